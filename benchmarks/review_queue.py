"""How long the review queue of a large record takes, against a yardstick in the same run.

usage: python benchmarks/review_queue.py [STATEMENTS] [JUDGEMENTS]

The yardstick is `Record.positions` on the same record, which reads the same statements and judgements from the database:
what is above it is the queue's own work. The best of three is taken of each, in turns.
"""

from __future__ import annotations

import hashlib
import random
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from travaux.api import Record
from travaux.model import Act, Agenda, Judgement, Reading, Report, Stance, Statement, Verdict, statement_id

TURNS = 3
PARTIES, OPTIONS, PER_REPORT = 20, 50, 10
LINE = "On day {place} of talk {report:05} somebody said something about it.\n"


class MadeUp:
    """Takes `PER_REPORT` statements from each report, by chance and the same every time."""

    name = "local"

    def fingerprint(self) -> dict[str, str]:
        """Nothing decides but the report."""
        return {"code": "made up"}

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """A statement a line."""
        chance = random.Random(hashlib.sha256(report.name.encode()).digest())
        found = []
        end = -1
        for line in report.text.splitlines()[:PER_REPORT]:
            start = end + 1
            end = start + len(line)
            party, option = f"p{chance.randrange(PARTIES)}", f"o{chance.randrange(OPTIONS)}"
            stance = chance.choice(list(Stance))
            identity = statement_id("local", report.id, start, end, party, option, stance, False, None, "speaker")
            found.append(
                Statement(
                    identity, report.name, report.id, start, end, report.text[start:end], party, option, stance,
                    Act.STATE, confidence=round(chance.random(), 4),
                )
            )  # fmt: skip
        return Reading(tuple(found), PER_REPORT)


def fill(folder: Path, reports: int, judgements: int) -> None:
    """A record of that many reports, one a day or so, and judgements by three reviewers."""
    options = "".join(f"      - {{id: o{number}, says: Thing {number} comes true}}\n" for number in range(OPTIONS))
    parties = "".join(f"  - {{id: p{number}, name: Party {number}}}\n" for number in range(PARTIES))
    folder.mkdir()
    agenda = f"title: Made up\nparties:\n{parties}issues:\n  - id: all\n    title: All\n    options:\n{options}"
    (folder / "agenda.yaml").write_text(agenda, encoding="utf-8")
    source = folder.parent / "source"
    source.mkdir()
    rows = ["file,published"]
    for number in range(reports):
        text = "".join(LINE.format(place=place, report=number) for place in range(PER_REPORT))
        (source / f"{number:05}.txt").write_text(text, encoding="utf-8")
        rows.append(f"{number:05}.txt,20{number % 20 + 10}-{number % 12 + 1:02}-{number % 28 + 1:02}")
    (source / "manifest.csv").write_text("\n".join(rows), encoding="utf-8")
    chance = random.Random(1)
    with Record.new(folder) as record:
        record.add(source)
        record.read(MadeUp())
        statements = record.statements()
        for one in chance.sample(statements, min(judgements, len(statements))):
            record.store.judge(_decided(one, chance))


def _decided(one: Statement, chance: random.Random) -> Judgement:
    verdict = chance.choice([Verdict.CONFIRM, Verdict.REJECT, Verdict.UNSURE])
    return Judgement(
        0, one.id, verdict, chance.choice("ABC"), "2026-01-01T00:00:00+00:00", one.report_id, one.start, one.end,
        one.quote, one.party, one.option, one.stance,
    )  # fmt: skip


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock time of a call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Measures and prints one line."""
    statements = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    judgements = int(sys.argv[2]) if len(sys.argv) > 2 else 1_000
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "record"
        fill(folder, statements // PER_REPORT, judgements)
        with Record.open(folder, read_only=True) as record:
            turns = [(seconds(record.positions), seconds(record.queue)) for _ in range(TURNS)]
            waiting = len(record.queue())
    yardstick, queue = (min(column) for column in zip(*turns, strict=True))
    print(
        f"{statements:,} statements, {judgements:,} judged, {waiting:,} wait: {queue:.2f} s, {queue / yardstick:.2f} times the "
        f"yardstick of {yardstick:.2f} s"
    )


if __name__ == "__main__":
    main()
