"""Counts again what tests/reading/language_model/test_costs.py compares estimates with; to be run when a prompt changes.

usage: python tests/reading/language_model/count_tokens.py > tests/reading/language_model/counted_tokens.jsonl

Counts with tiktoken, which the extra `llm` brings along; it fetches two vocabularies the first time it is used.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[2] / "support"))

from model_stubs import counted_texts, digest


def main() -> None:
    """Writes one line a text: what it is, its digest, and its tokens in each vocabulary."""
    import tiktoken

    vocabularies = {name: tiktoken.get_encoding(name) for name in ("o200k_base", "cl100k_base")}
    for what, text in counted_texts():
        counts = {name: len(one.encode(text, disallowed_special=())) for name, one in vocabularies.items()}
        print(json.dumps({"what": what, "sha256": digest(text), **counts}))


if __name__ == "__main__":
    main()
