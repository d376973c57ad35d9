"""How the whole reader does on passages that its models were not trained on, in the figures of `travaux evaluate`.

    python measure_reader.py trade,wire-security,articles-conflict [--grammar] [--write]

Each passage is read as a report against an agenda of its own options and others of its negotiation and file, so that there
are as many options to confuse as in a real record. --write keeps the figures in readings.jsonl, which docs/accuracy.md shows.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "src"))

from dossiers import HELD_OUT
from passages import FOLDER, passage_rows
from read_passages import agenda_of

from travaux.evaluation import count_differences, explain, score
from travaux.intake import receive_bytes
from travaux.model import Statement
from travaux.reading.local import LocalReader
from travaux.reading.table_model import model_folder

LOG = Path(__file__).parent / "readings.jsonl"
DOSSIERS_UNSEEN = "dossiers-held-out"
"""What the dossiers left out of training are called together."""


def rows_in(name: str) -> list[dict[str, Any]]:
    """The passages of one file; `DOSSIERS_UNSEEN` for those of all dossiers that no encoder is trained on."""
    if name == DOSSIERS_UNSEEN:
        return [row for path in sorted(HELD_OUT.glob("*.txt")) for row in passage_rows(path)]
    return passage_rows(FOLDER / f"{name}.jsonl")


def write_gold(rows: list[dict[str, Any]], folder: Path) -> None:
    """The passages as a gold record's reports and statements."""
    (folder / "reports").mkdir()
    statements = []
    for row in rows:
        (folder / "reports" / f"{row['id']}.txt").write_text(row["passage"], encoding="utf-8")
        statements += [json.dumps(statement | {"report": f"{row['id']}.txt"}) for statement in row["statements"]]
    (folder / "statements.jsonl").write_text("\n".join(statements) + "\n", encoding="utf-8")


def measure(name: str, reader: LocalReader) -> tuple[dict[str, Any], Counter[str]]:
    """Figures and differences by kind on one file."""
    rows, source = rows_in(name), random.Random(1)
    with tempfile.TemporaryDirectory() as scratch:
        write_gold(rows, Path(scratch))
        found: list[Statement] = []
        for row in rows:
            report = receive_bytes(row["passage"].encode(), f"{row['id']}.txt").report
            found += reader.read(report, agenda_of(row, rows, source)).statements
        return score(Path(scratch), found).as_dict(), Counter(count_differences(explain(Path(scratch), found)))


def keep(row: dict[str, Any]) -> None:
    """Put a row into readings.jsonl, in place of an older one on the same file by the same reader."""
    rows = [json.loads(line) for line in LOG.read_text("utf-8").splitlines()] if LOG.exists() else []
    others = [old for old in rows if (old["file"], old["reader"]) != (row["file"], row["reader"])]
    ordered = sorted([*others, row], key=lambda each: (each["file"], each["reader"]))
    LOG.write_text("".join(json.dumps(each) + "\n" for each in ordered), encoding="utf-8")


def main() -> None:
    """Measure each file and print a line of JSON."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", help="files the models were not trained on, comma separated")
    parser.add_argument("--models", type=Path, default=model_folder(), help="folder of the models; those that ship")
    parser.add_argument("--grammar", action="store_true", help="read by grammar alone")
    parser.add_argument("--write", action="store_true", help="keep the figures in readings.jsonl")
    arguments = parser.parse_args()
    reader = LocalReader(encoder=not arguments.grammar, models=arguments.models)
    for name in arguments.files.split(","):
        figures, differences = measure(name, reader)
        label = "grammar alone" if arguments.grammar else "grammar and encoder"
        if name == DOSSIERS_UNSEEN:
            figures["speaker"] = None  # nobody labelled who speaks in a dossier
        row = {"file": name, "reader": label, **figures, "differences": dict(differences.most_common())}
        print(json.dumps(row), flush=True)
        if arguments.write:
            keep(row)


if __name__ == "__main__":
    main()
