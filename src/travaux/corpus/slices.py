"""A record made of a slice of a corpus: the reports that a condition in SQL chooses, with what was read from them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from travaux.api.foundation import AGENDA_NAME, Progress, tell
from travaux.api.record import Record
from travaux.corpus.engine import Engine
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.reading import told_of
from travaux.corpus.running import is_finished
from travaux.corpus.tables import READINGS, REPORTS, STATEMENTS, report_of, statement_of
from travaux.errors import RequestError
from travaux.exchange.rows import Row
from travaux.exchange.whole_files import whole_file
from travaux.model import Reading, ReportState
from travaux.reading.local import LocalReader
from travaux.record import Run, fingerprint_json
from travaux.version import __version__
from travaux.visit import Visit
from travaux.workers.reading import form_of

LONGEST_CONDITION = 10_000
COLUMNS = tuple(column.name for column in REPORTS.columns if column.name not in {"text", "blocks", "visit", "raw"})
"""What a condition may name of reports, besides ``published_day`` and ``updated_day``."""
DAYS = ("published_day", "updated_day")
"""Dates to the day, for comparisons with ``date '2025-08-01'``."""
READING_COLUMNS = ("state", "sentences", "statements")
"""What it may name of their readings."""


@dataclass(frozen=True, slots=True)
class SliceOutcome:
    """What became of a slice.

    Attributes:
        reports: how many reports the condition chose; added: how many of them the record did not have.
        read: how many came with their reading; the record reads the others itself.
        statements: how many came over.
    """

    reports: int
    added: int
    read: int
    statements: int


def record_of_slice(
    corpus: Path, condition: str, record: Path, *, agenda: Path | None = None, progress: Progress | None = None
) -> SliceOutcome:
    """Add the reports that a condition chooses to a record, with their bytes, and the statements read from them.

    Args:
        corpus: its folder. condition: SQL over the columns of reports and `READING_COLUMNS`, such as
            ``published >= '2025-08-01' and publisher = 'X'``; no statement, and no other table.
        record: its folder; made where there is none, with the corpus's agenda.
        agenda: a file for a new record in place of the corpus's.

    Raises:
        RequestError: no such corpus, an unfinished one, or a condition that is none.
    """
    place = CorpusFolder.opened(corpus.absolute())
    _refuse_hostile(condition)
    engine = Engine()
    chosen = _chosen(place, condition, engine)
    with place.locked():
        if not is_finished(place):
            raise RequestError(
                "a run at this corpus was not finished", remedy="travaux corpus read goes on", path=corpus
            )
        copied = place.folder / AGENDA_NAME
        with _record(record, agenda or copied) as opened:
            return _filled(opened, place, chosen, progress)


def _refuse_hostile(condition: str) -> None:
    """A condition is one expression over columns; what could name a file, a table or a function of the machine is refused.

    Raises:
        RequestError: it is something else.
    """
    remedy = "write one condition on columns, such as published >= '2025-08-01' and publisher = 'X'"
    bare = re.sub(r"'(?:[^']|'')*'", "''", condition)
    if len(condition) > LONGEST_CONDITION or "\0" in condition:
        raise RequestError("the condition is too long or holds a zero byte", remedy=remedy)
    if not condition.strip():
        raise RequestError("there is no condition", remedy=remedy)
    for mark in (";", "--", "/*"):
        if mark in bare:
            raise RequestError(f"a condition has no {mark}", remedy=remedy)
    found = re.search(
        r"\b(select|from|with|insert|update|delete|drop|create|copy|attach|into|union)\b", bare, re.IGNORECASE
    )
    if found:
        raise RequestError(f"a condition has no {found[0].upper()}", remedy=remedy)
    for name in re.findall(r"\b([A-Za-z_]\w*)\s*\(", bare):
        if name.casefold() not in FUNCTIONS:
            raise RequestError(
                f"a condition has no function {name}", remedy=f"these may be used: {', '.join(FUNCTIONS)}"
            )


FUNCTIONS = (
    "lower",
    "upper",
    "length",
    "contains",
    "starts_with",
    "ends_with",
    "regexp_match",
    "coalesce",
    "in",
    "and",
    "or",
    "not",
)
"""What may stand before an opening parenthesis in a condition."""


def _chosen(corpus: CorpusFolder, condition: str, engine: Engine) -> dict[str, set[str]]:
    """The ids of the reports that a condition chooses, by the part they stand in."""
    parts = corpus.parts(REPORTS)
    if not parts:
        return {}
    where = {table.name: [corpus.file(table, part) for part in parts] for table in (REPORTS, READINGS)}
    if any(not path.exists() for path in where[READINGS.name]):
        raise RequestError(
            "a run at this corpus was not finished", remedy="travaux corpus read goes on", path=corpus.folder
        )
    frames = engine.tables(where)
    reports = frames[REPORTS.name].select(*COLUMNS, *DAYS)
    readings = frames[READINGS.name].select("report_id", *READING_COLUMNS)
    joined = reports.join(readings, left_on="id", right_on="report_id")
    ids = {row["id"] for row in engine.chosen(joined, condition)}
    found = {part: {row["id"] for row in corpus.rows(REPORTS, part, ["id"])} & ids for part in parts}
    return {part: some for part, some in found.items() if some}


def _record(folder: Path, agenda: Path) -> Record:
    from travaux.agenda import load_agenda
    from travaux.record import DATABASE_NAME

    if (folder / DATABASE_NAME).exists():
        return Record.open(folder)
    load_agenda(agenda)
    if not (folder / AGENDA_NAME).exists():
        with whole_file(folder / AGENDA_NAME) as file:
            file.write(agenda.read_text(encoding="utf-8"))
    return Record.new(folder)


def _filled(
    record: Record, corpus: CorpusFolder, chosen: dict[str, set[str]], progress: Progress | None
) -> SliceOutcome:
    from travaux.agenda import load_agenda

    reader = LocalReader()
    run = Run(reader.name, fingerprint_json(reader.fingerprint()), record.agenda.digest, __version__)
    # What was read with another agenda than the record's is not what the record would read.
    fits = load_agenda(corpus.folder / AGENDA_NAME).digest == record.agenda.digest
    number = sum(map(len, chosen.values()))
    added = read = statements = place = 0
    for part, ids in chosen.items():
        readings = {row["report_id"]: row for row in corpus.rows(READINGS, part)}
        taken: dict[str, list[Row]] = defaultdict(list)
        for row in corpus.rows(STATEMENTS, part):
            taken[row["report_id"]].append(row)
        for row in _rows(corpus, part, ids):
            place += 1
            tell(progress, row["report"], place, number)
            report = report_of(row)
            visit = None if row["visit"] is None else form_of(Visit).validate_python(row["visit"])
            outcome = record.store.add_report(report, row["raw"], visit)
            added += outcome.is_new
            if (
                not fits
                or outcome.stored != report.name
                or (not outcome.is_new and record.store.statements(report_id=report.id))
            ):
                continue
            state = ReportState(readings[report.id]["state"])
            if state is ReportState.UNREAD and report.language is not None:
                record.store.save_unread(report.id, run, report.language)
            elif state in (ReportState.READ, ReportState.EMPTY):
                happenings, facts = told_of(readings[report.id])
                own = tuple(map(statement_of, taken[report.id]))
                reading = Reading(own, readings[report.id]["sentences"], happenings=happenings, facts=facts)
                record.store.save_reading(report.id, run, reading)
                read, statements = read + 1, statements + len(own)
    return SliceOutcome(number, added, read, statements)


def _rows(corpus: CorpusFolder, part: str, ids: set[str]) -> Iterator[dict[str, Any]]:
    return (row for row in corpus.rows(REPORTS, part) if row["id"] in ids)
