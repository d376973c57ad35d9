"""The yardstick below every design: link by sentence embeddings alone, and call every link `for`.

    python baselines.py --layouts mentions.jsonl

A pair is predicted where a sentence that names the party is at least so alike to the option (cosine of published MiniLM
embeddings) as the threshold that is best on the other files. Writes baselines.jsonl anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

import torch

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from augment import OptionPool, embed
from measure import pair_figures
from passages import Example, load
from train_positions import published_tokenizer

LOG = Path(__file__).parent / "baselines.jsonl"
THRESHOLDS = [number / 20 for number in range(2, 16)]


def scores_of(example: Example, pool: OptionPool, vectors: dict[str, torch.Tensor]) -> torch.Tensor:
    """(P, O): highest likeness of an option with a sentence that names the party; -1 where none does."""
    scores = torch.full((len(example.parties), len(example.options)), -1.0)
    for mention in example.mentions:
        for number, option in enumerate(example.options):
            likeness = float(vectors[example.sentences[mention.sentence]] @ pool.vectors[pool.number[option]])
            scores[mention.party, number] = max(scores[mention.party, number], likeness)
    return scores


def main() -> None:
    """Measure every file with the threshold of the others."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--layouts", type=Path, required=True, help="what read_passages.py wrote")
    files, tokenizer = load(parser.parse_args().layouts), published_tokenizer()
    pool = OptionPool(files, tokenizer)
    texts = sorted({sentence for own in files.values() for example in own for sentence in example.sentences})
    vectors = dict(zip(texts, embed(texts, tokenizer), strict=True))
    scores = {name: [scores_of(example, pool, vectors) for example in own] for name, own in files.items()}

    def figures(names: list[str], threshold: float) -> dict[str, float]:
        examples = [example for name in names for example in files[name]]
        return pair_figures(examples, [(row >= threshold).long() for name in names for row in scores[name]])

    with LOG.open("w", encoding="utf-8") as log:
        for name in files:
            others = [other for other in files if other != name]
            best = max(THRESHOLDS, key=lambda threshold: figures(others, threshold)["position_f1"])
            found = {key: round(value, 4) for key, value in figures([name], best).items()}
            row = {"design": "embedding likeness, all for", "held_out": name, "trained_on": others} | found
            row |= {"settings": {"threshold": best}}
            print(json.dumps(row), flush=True)
            log.write(json.dumps(row) + "\n")


if __name__ == "__main__":
    main()
