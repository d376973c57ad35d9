"""Count how ordinary words are, over the passages the encoder was trained on, and write the list that families use.

usage: python benchmarks/ordinary_words.py

Each passage counts once a word; words in fewer than three passages of a thousand are left out.
"""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

from travaux.provenance.telling import ORDINARY, stem_of
from travaux.provenance.wording import WORD

ROOT = Path(__file__).resolve().parents[1]
LEAST = 0.003


def main() -> None:
    """Counts and writes."""
    counts: Counter[str] = Counter()
    passages = 0
    for path in sorted((ROOT / "training" / "passages").glob("*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            passages += 1
            text = json.loads(line)["passage"]
            counts.update({stem_of(found.group().casefold().replace("’", "'")) for found in WORD.finditer(text)})
    ordinary = sorted((word, count) for word, count in counts.items() if count >= LEAST * passages)
    with ORDINARY.open("w", encoding="utf-8") as file:
        file.write(f"# passages {passages}; written by benchmarks/ordinary_words.py\n")
        file.writelines(f"{word}\t{count / passages:.4f}\n" for word, count in ordinary)
    print(f"{len(ordinary)} words of {passages} passages")


if __name__ == "__main__":
    main()
