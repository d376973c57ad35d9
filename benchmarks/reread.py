"""How long `travaux read` takes on a record of 100 reports with nothing new, against a yardstick in the same run.

usage: python benchmarks/reread.py [REPORTS]

The yardstick is a Python process that imports the libraries any command on a record needs (SQLAlchemy, pydantic, PyYAML,
click, rich) and does nothing: what is above it is Travaux's own work. The best of five is taken of each, in turns.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from travaux.api import Record
from travaux.model import Agenda, Reading, Report
from travaux.reading.local import LocalReader

ROOT = Path(__file__).resolve().parents[1]
TURNS = 5
YARDSTICK = "import sqlalchemy, pydantic, yaml, click, rich.console, rich.table"


class Mute:
    """Signs as the shipped reader and reads nothing, so that the record is filled in no time."""

    name = "local"

    def fingerprint(self) -> dict[str, str]:
        """Exactly the shipped reader's."""
        return dict(LocalReader().fingerprint())

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """One sentence without a statement."""
        return Reading((), 1)


def fill(folder: Path, number: int) -> None:
    """A record of that many reports of some 2,000 characters, all read."""
    agenda = (ROOT / "examples" / "example-guarantees" / "agenda.yaml").read_text(encoding="utf-8")
    folder.mkdir()
    (folder / "agenda.yaml").write_text(agenda, encoding="utf-8")
    with Record.new(folder) as record:
        for report in range(number):
            lines = "".join(f"On day {day} of report {report} the talks went on.\n" for day in range(45))
            record.add_bytes(lines.encode(), f"{report:05}.txt")
        record.read(Mute())


def seconds(arguments: list[str], home: Path) -> float:
    """Wall-clock time of a Python process."""
    surroundings = {**os.environ, "TRAVAUX_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    begun = time.perf_counter()
    subprocess.run([sys.executable, *arguments], env=surroundings, capture_output=True, check=True)
    return time.perf_counter() - begun


def main() -> None:
    """Measures and prints one line."""
    number = int(sys.argv[1]) if len(sys.argv) > 1 else 100
    with tempfile.TemporaryDirectory() as place:
        home, record = Path(place) / "home", Path(place) / "record"
        fill(record, number)
        turns = [
            (seconds(["-c", YARDSTICK], home), seconds(["-m", "travaux", "read", str(record)], home))
            for _ in range(TURNS)
        ]
    yardstick, reread = (min(column) for column in zip(*turns, strict=True))
    print(
        f"{number} reports, nothing new: {reread:.2f} s, {reread / yardstick:.1f} times the yardstick of {yardstick:.2f} s; "
        f"own work {reread - yardstick:.2f} s"
    )


if __name__ == "__main__":
    main()
