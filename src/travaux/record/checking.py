"""The checks of a whole record that ``travaux doctor`` shows."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from itertools import count

from sqlalchemy import Connection, select
from sqlalchemy.exc import DBAPIError

from travaux.errors import RequestError
from travaux.model import Judgement, Report, Verdict, report_id
from travaux.record import queries
from travaux.record.corrections import checked_addition, checked_corrections
from travaux.record.dialect import forbid_change, integrity_problems, known_error, missing_triggers
from travaux.record.evidence import Evidence
from travaux.record.judging import added_id, span_fault
from travaux.record.lost import lost_judgements
from travaux.record.rows import Problem, Run
from travaux.record.schema import FLAG, JUDGEMENT, ORIGINAL, READING, REPORT, RUN, STATEMENT
from travaux.record.told import told_problems

GUARDED = (
    ("report", ("text",)),
    *((table, ()) for table in ("original", "judgement", "dating", "retrieval", "deed", "agenda_edit")),
)
"""Tables whose rows may not change, wholly or in some columns."""

MISSING_REPORT = "its report is missing; add the report again"
GAP = "one is missing before it"


def problems(connection: Connection, place: str) -> Iterator[Problem]:
    """What is wrong with a record, in the order it is checked.

    1. The database's own checks of its file and foreign keys; the triggers that forbid change are there.
    2. Each report: bytes and text have the stored SHA-256, id and length are recomputed, the layout fits the text.
    3. Each statement, happening and fact: its quote is the text at its span, in evidence blocks; its id is recomputed. A
       statement has a reading. Each flag's quote is the text at its span.
    4. Each run's id is recomputed.
    5. Judgements are numbered without a gap and quote the text they judged, corrected spans and added statements too; a
       withdrawal takes back an earlier judgement on the same statement.
    """
    for check in (_database, _reports, _runs, _judgements):
        yield from _even_if_damaged(check, connection, place)


def _even_if_damaged(
    check: Callable[[Connection, str], Iterator[Problem]], connection: Connection, place: str, about: str = "database"
) -> Iterator[Problem]:
    try:
        yield from check(connection, place)
    except DBAPIError as error:
        known = known_error(error, place)
        if known is None:
            raise
        yield Problem(about, known.message)
    except (ValueError, TypeError) as error:
        yield Problem(about, f"a row holds what it cannot: {error}")


def _database(connection: Connection, place: str) -> Iterator[Problem]:
    for line in integrity_problems(connection):
        yield Problem("database", line)
    wanted = [name for table, columns in GUARDED for name in forbid_change(connection.dialect, table, columns)]
    for name in missing_triggers(connection, wanted):
        yield Problem("database", f"the trigger {name} is missing")


def _reports(connection: Connection, place: str) -> Iterator[Problem]:
    # One report at a time: all texts of a large record need not fit in memory, and one broken row hides no other.
    for name, identity in sorted(connection.execute(select(REPORT.c.name, REPORT.c.id))):
        yield from _even_if_damaged(partial(_report, name=name, identity=identity), connection, place, about=name)


def _report(connection: Connection, place: str, *, name: str, identity: str) -> Iterator[Problem]:
    row = connection.execute(select(REPORT).where(REPORT.c.id == identity)).one()
    raw = connection.scalar(select(ORIGINAL.c.raw).where(ORIGINAL.c.report_id == identity))
    if raw is None:
        yield Problem(name, "its bytes are missing")
    elif hashlib.sha256(raw).hexdigest() != row.sha256:
        yield Problem(name, "its bytes are not what was added: SHA-256 differs")
    if hashlib.sha256(row.text.encode()).hexdigest() != row.text_sha256:
        yield Problem(name, "its text is not what was added: SHA-256 differs")
    if len(row.text) != row.characters:
        yield Problem(name, f"its text has {len(row.text)} characters, not {row.characters}")
    if report_id(name, row.sha256) != identity:
        yield Problem(name, "its id is not the hash of its name and bytes")
    yield from _statements(connection, queries.report_of(row))
    yield from _flags(connection, name, identity, row.text)


def _statements(connection: Connection, report: Report) -> Iterator[Problem]:
    evidence = Evidence(report.text, report.blocks)
    for broken in evidence.layout_faults():
        yield Problem(report.name, broken)
    read = {
        row.reader: row.sentences
        for row in connection.execute(
            select(READING.c.reader, READING.c.sentences).where(READING.c.report_id == report.id)
        )
    }
    rows = connection.execute(queries.statement_rows().where(STATEMENT.c.report_id == report.id))
    for statement in sorted(map(queries.statement_of, rows), key=lambda one: (one.start, one.end, one.id)):
        fault = evidence.statement_fault(statement)
        if fault is None and not read.get(statement.reader):
            fault = f"no reading of {report.name} by {statement.reader} took it"
        if fault:
            yield Problem(f"statement {statement.id}", f"{report.name}: {fault}")
    for about, fault in told_problems(connection, report):
        yield Problem(about, f"{report.name}: {fault}")


def _flags(connection: Connection, name: str, identity: str, text: str) -> Iterator[Problem]:
    for flag in connection.execute(select(FLAG).where(FLAG.c.report_id == identity).order_by(FLAG.c.id)):
        if not 0 <= flag.start <= flag.end <= len(text) or text[flag.start : flag.end] != flag.quote:
            yield Problem(f"flag {flag.id}", f"{name}: the quote is not the text at {flag.start}:{flag.end}")


def _runs(connection: Connection, place: str) -> Iterator[Problem]:
    for row in connection.execute(select(RUN).order_by(RUN.c.id)):
        if Run(row.reader, row.fingerprint, row.agenda_digest, row.version).id != row.id:
            yield Problem(f"run {row.id}", "the id is not the hash of its content")


def _judgements(connection: Connection, place: str) -> Iterator[Problem]:
    texts = select(REPORT.c.id, REPORT.c.text).where(REPORT.c.id.in_(select(JUDGEMENT.c.report_id)))
    evidence = {row.id: Evidence(row.text, ()) for row in connection.execute(texts)}
    made: dict[int, Judgement] = {}
    lost = set(lost_judgements(queries.info(connection)))  # a gap that damage made is told as such, and is no forgery
    numbers = (number for number in count(1) if number not in lost)
    for expected, judgement in zip(numbers, queries.judgements(connection), strict=False):
        about = f"judgement {judgement.number}"
        if judgement.number != expected:
            yield Problem(about, f"it should be number {expected}: {GAP}")
            return
        for fault in _judgement_faults(judgement, evidence.get(judgement.report_id), made):
            yield Problem(about, fault)
        made[judgement.number] = judgement


def _judgement_faults(judgement: Judgement, judged: Evidence | None, made: Mapping[int, Judgement]) -> Iterator[str]:
    if judged is None:
        yield MISSING_REPORT
    else:
        fault = judged.span_fault(judgement.start, judgement.end, judgement.quote)
        fault = fault or span_fault(judgement.corrections, judged.text)
        if fault:
            yield fault
    if judgement.verdict is Verdict.WITHDRAW:
        taken_back = made.get(judgement.withdraws or 0)
        if taken_back is None or taken_back.verdict is Verdict.WITHDRAW or taken_back.statement != judgement.statement:
            yield "it withdraws no earlier judgement on its statement"
        return
    try:
        check = checked_addition if judgement.verdict is Verdict.ADD else checked_corrections
        check(judgement.corrections)
    except RequestError as error:
        yield error.message
        return
    if judgement.verdict is Verdict.ADD and judgement.statement != added_id(judgement):
        yield "the id of the statement it adds is not the hash of its content"
