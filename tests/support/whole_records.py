"""Scores the small records of tests/analysis/told_otherwise: which conflicts are found when each is read as a whole; run it to see."""

from __future__ import annotations

from collections import Counter
from functools import cache

import yaml
from happening_exercises import report
from told_otherwise_exercises import HERE, scored

from travaux.agenda import parse_agenda
from travaux.analysis.conflict import Conflict
from travaux.analysis.conflicts import Material, conflicts_in
from travaux.analysis.events import events_of
from travaux.reading.local import LocalReader

SETS = (
    "records",
    "records_once_more",
    "records_third",
    "records_facts",
    "records_facts_once_more",
    "records_facts_third",
    "records_facts_fourth",
)


def records(name: str) -> list[dict]:
    """The small records of a set."""
    return yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8"))


@cache
def _reader() -> LocalReader:
    return LocalReader()


def conflicts_of_record(record: dict) -> list[Conflict]:
    """The conflicts between the reports of a small record, read with all that the reader has."""
    agenda = parse_agenda(yaml.safe_dump(record["agenda"], allow_unicode=True))
    given = enumerate(record["reports"])
    reports = [report(one["text"], f"{number}.txt", str(one["published"])) for number, one in given]
    readings = [_reader().read(one, agenda) for one in reports]
    statements = [one for reading in readings for one in reading.statements]
    facts = [one for reading in readings for one in reading.facts]
    dates = {one.id: one.published for one in reports}
    events = events_of([one for reading in readings for one in reading.happenings], dates)
    return conflicts_in(Material(statements, events, facts, reports, agenda), dates)


def score_record(record: dict) -> tuple[Counter, list[str]]:
    """How many conflicts of a record are right, missed and spurious, and a line for each that is not right."""
    return scored(conflicts_of_record(record), record["conflicts"])
