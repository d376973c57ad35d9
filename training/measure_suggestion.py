"""How well a drafted agenda groups what reports are about into options, on training articles that share an agenda.

    python measure_suggestion.py [--write]

Contents that stand in the quotes of one option alone should be in one group, those of two options in two: pairwise precision,
recall and F1 within each negotiation. The threshold for one file is the best on all others. --write keeps the figures in
suggestions.jsonl, which docs/accuracy.md shows. The encoder has seen most of these articles, but no grouping.
"""

from __future__ import annotations

import argparse
import itertools
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from measure_reader import rows_in
from read_passages import agenda_of

from travaux.intake import receive_bytes
from travaux.reading.names import Names
from travaux.reading.parse import sentences_of
from travaux.reading.suggestion import Content, groups_of, told_in
from travaux.reading.table_model import TableModel, load_model, model_folder

LOG = Path(__file__).parent / "suggestions.jsonl"
FILES = tuple(f"articles-{name}" for name in ("arms", "commerce", "home", "mixed", "planet", "south", "war"))
THRESHOLDS = tuple(round(0.1 + 0.05 * step, 2) for step in range(9))


def contents_in(name: str) -> Iterator[dict[Content, str | None]]:
    """For each negotiation of a file, its contents with the one option they are about, None where there is none or more."""
    negotiations = defaultdict(list)
    for row in rows_in(name):
        negotiations[row["negotiation"]].append(row)
    for rows in negotiations.values():
        names, found = Names(agenda_of(rows[0])), dict[Content, str | None]()
        for row in rows:
            report = receive_bytes(row["passage"].encode(), f"{row['id']}.txt").report
            for _, content in told_in(list(sentences_of(report)), names):
                if content is not None:
                    about = {
                        statement["option"]
                        for statement in row["statements"]
                        for start in [report.text.find(statement["quote"])]
                        if start <= content.place[0] < start + len(statement["quote"])
                    }
                    found[content] = about.pop() if len(about) == 1 else None
        yield found


def pairs_of(contents: dict[Content, str | None], model: TableModel | None, least: float) -> tuple[int, int, int]:
    """Pairs rightly together, pairs put together, pairs that belong together."""
    group = {content: number for number, own in enumerate(groups_of(list(contents), model, least)) for content in own}
    known = [(content, option) for content, option in contents.items() if option is not None and content in group]
    pairs = [
        (group[one] == group[other], option == another)
        for (one, option), (other, another) in itertools.combinations(known, 2)
    ]
    return sum(a and b for a, b in pairs), sum(a for a, _ in pairs), sum(b for _, b in pairs)


def f1(counts: list[tuple[int, int, int]]) -> tuple[float, float, float]:
    """Precision, recall and F1 over several counts."""
    both, said, wanted = (sum(column) for column in zip(*counts, strict=True))
    return both / max(1, said), both / max(1, wanted), 2 * both / max(1, said + wanted)


def main() -> None:
    """Measure by words alone, and by words and meaning."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true", help="keep the figures in suggestions.jsonl")
    arguments = parser.parse_args()
    negotiations = {name: list(contents_in(name)) for name in FILES}
    rows = []
    for label, model in (("shared words", None), ("shared words and meaning", load_model(model_folder()))):
        counts = {
            (name, least): [pairs_of(contents, model, least) for contents in negotiations[name]]
            for name in FILES
            for least in THRESHOLDS
        }
        best = {
            name: max(THRESHOLDS, key=lambda least: f1([c for o in FILES if o != name for c in counts[o, least]])[2])
            for name in FILES
        }
        figures = f1([count for name in FILES for count in counts[name, best[name]]])
        overall = max(THRESHOLDS, key=lambda least: f1([c for name in FILES for c in counts[name, least]])[2])
        row = {"by": label, "threshold": overall} | dict(
            zip(("p", "r", "f1"), (round(v, 4) for v in figures), strict=True)
        )
        rows.append(row)
        print(json.dumps(row), flush=True)
    if arguments.write:
        LOG.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


if __name__ == "__main__":
    main()
