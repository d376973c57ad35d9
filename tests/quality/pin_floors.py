"""Measure the shipped reader on the gold records and pin what it reaches as floors that cannot fall unnoticed.

usage: python tests/quality/pin_floors.py [--lower] [--new-gold]

Floors stand in floors.json beside this file. A floor is only ever raised, unless --lower says aloud that it may fall. Each
record's floors are pinned together with a fingerprint over its texts, agenda and annotations: figures on changed gold are not
comparable, so other gold is refused unless --new-gold says that it is meant. A record that is not on this machine keeps its
floors. Floors are figures rounded down to two places, since a parse may differ by a word between machines.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import sys
import tempfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from travaux import build
from travaux.agenda import load_agenda
from travaux.evaluation import Score, require_sound_gold, score
from travaux.intake import Received, receive_files
from travaux.model import Statement

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
sys.path.insert(0, str(ROOT / "docs"))

from gold_records import RECORDS  # noqa: E402

FLOORS = HERE / "floors.json"

PINNED = (
    "position.p",
    "position.r",
    "position.f1",
    "statement.f1",
    "stance",
    "speaker",
    "via",
    "act",
    "condition.f1",
)
ACROSS = ("flags", "families", "meetings", "incidents", "shifts of gold statements", "conflicts of gold statements")
"""What is measured of a whole record without the encoder; F1 is pinned."""

Pins = dict[str, dict[str, Any]]


class PinRefused(Exception):
    """Floors that may not be pinned as asked; one line a reason."""


def fingerprint(folder: Path) -> str:
    """SHA-256 over what the figures rest on: the reports, what a reader sees of the agenda, and the annotations."""
    digest = hashlib.sha256()
    for path in [*sorted((folder / "reports").glob("*.txt")), folder / "statements.jsonl", folder / "checks.yaml"]:
        content = path.read_bytes()
        digest.update(f"{path.name}\0{len(content)}\0".encode() + content)
    digest.update(load_agenda(folder / "agenda.yaml").digest.encode())
    return digest.hexdigest()


def read_record(folder: Path) -> list[Statement]:
    """What the shipped reader takes from a gold record's reports."""
    from travaux.reading.local import LocalReader

    reader, agenda = LocalReader(), load_agenda(folder / "agenda.yaml")
    statements: list[Statement] = []
    for received in receive_files([folder / "reports"]):
        if not isinstance(received, Received):
            raise TypeError(f"a gold report was refused: {received}")
        statements += reader.read(received.report, agenda).statements
    return statements


def figures(measured: Score) -> dict[str, float]:
    """The figures that are pinned, by name."""
    values = measured.as_dict()
    named = (name.partition(".") for name in PINNED)
    return {f"{head}{dot}{tail}": values[head][tail] if tail else values[head] for head, dot, tail in named}


def reached(folder: Path) -> dict[str, float]:
    """Every figure that is pinned, of a record made of a gold record's reports; F1 of what is expected across them."""
    with tempfile.TemporaryDirectory() as scratch, build(folder, Path(scratch) / "record") as record:
        found = {one.name: one.measure.f1 for one in record.evaluate_checks(folder)}
        return figures(score(folder, record.statements())) | {f"{name}.f1": found[name] for name in ACROSS}


def floor_of(figure: float) -> float:
    """The figure rounded down to two places."""
    return math.floor(figure * 100 + 1e-9) / 100


def repinned(
    old: Pins, measured: Mapping[str, tuple[str, Mapping[str, float]]], *, lower: bool = False, new_gold: bool = False
) -> Pins:
    """Floors after measuring.

    Args:
        old: floors as they are pinned: record -> {"fingerprint", "floors"}.
        measured: record -> its fingerprint and its figures.

    Raises:
        PinRefused: a floor would fall without `lower`, or the gold is another one without `new_gold`.
    """
    pins, refused = dict(old), []
    for record, (gold, reached) in sorted(measured.items()):
        before = old.get(record)
        changed = before is not None and before["fingerprint"] != gold
        if changed and not new_gold:
            refused.append(f"{record}: texts, agenda or annotations have changed; --new-gold pins the new ones")
            continue
        floors = {name: floor_of(figure) for name, figure in reached.items()}
        if before is not None and not changed and not lower:
            fallen = [name for name, floor in before["floors"].items() if floors.get(name, -1.0) < floor]
            for name in fallen:
                now = f"{reached[name]:.4f}" if name in reached else "not measured"
                refused.append(
                    f"{record}: {name} is {now}, under its floor {before['floors'][name]:.2f}; --lower lowers it"
                )
        pins[record] = {"fingerprint": gold, "floors": floors}
    if refused:
        raise PinRefused("\n".join(refused))
    return dict(sorted(pins.items()))


def load_pins() -> Pins:
    """The floors as they are pinned; none where the file is not there yet."""
    if not FLOORS.exists():
        return {}
    pins: Pins = json.loads(FLOORS.read_text(encoding="utf-8"))
    return pins


def main(arguments: list[str] | None = None) -> int:
    """Measures, pins, prints; 1 where pinning is refused."""
    parser = argparse.ArgumentParser(description="Pin the quality floors of the shipped reader.")
    parser.add_argument("--lower", action="store_true", help="let floors fall")
    parser.add_argument("--new-gold", action="store_true", help="accept changed texts, agendas or annotations")
    asked = parser.parse_args(arguments)
    measured = {}
    for record, folder in RECORDS.items():
        if not folder.is_dir():
            print(f"{record}: not on this machine, its floors stay", file=sys.stderr)
            continue
        require_sound_gold(folder)
        measured[record] = (fingerprint(folder), reached(folder))
        print(record, " ".join(f"{name} {figure:.4f}" for name, figure in measured[record][1].items()))
    try:
        pins = repinned(load_pins(), measured, lower=asked.lower, new_gold=asked.new_gold)
    except PinRefused as refusal:
        print(f"not pinned\n{refusal}", file=sys.stderr)
        return 1
    FLOORS.write_text(json.dumps(pins, indent=2) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
