"""Rows of the database read back as the nouns of the data model."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Column, Connection, Row, Select, except_, func, or_, select

from travaux.errors import UnknownName
from travaux.model import (
    Act,
    Block,
    BlockKind,
    DateBasis,
    Dropped,
    Judgement,
    PartialDate,
    Reason,
    Report,
    ReportState,
    Stance,
    Statement,
    Verdict,
    Via,
)
from travaux.record.datings import in_force
from travaux.record.rows import ReadingRow, ReportRow, Run
from travaux.record.schema import DROPPED, INFO, JUDGEMENT, ORIGINAL, READING, REPORT, RUN, STATEMENT

PACK = 100
"""Ids in one query: so few that any database takes them."""
NEAR_ENOUGH = 60.0
"""How alike (0 to 100, by rapidfuzz's weighted ratio) a name must be to be suggested; chosen by eye on file names."""


def packs(identities: Iterable[str]) -> Iterator[list[str]]:
    """Ids, sorted, in lists so short that any database takes one into a query."""
    ordered = sorted(identities)
    for at in range(0, len(ordered), PACK):
        yield ordered[at : at + PACK]


def rows_among(
    connection: Connection, query: Select[Any], column: Column[str], among: Iterable[str] | None
) -> Iterator[Row[Any]]:
    """The rows of a query in which a column has one of some values, or all rows for None."""
    queries = [query] if among is None else [query.where(column.in_(pack)) for pack in packs(among)]
    for one in queries:
        yield from connection.execute(one).all()  # all at once: one by one takes twice as long


def report_of(row: Row[Any]) -> Report:
    """The report that a row of all the report table's columns holds."""
    return Report(
        id=row.id,
        name=row.name,
        sha256=row.sha256,
        media_type=row.media_type,
        encoding=row.encoding,
        text=row.text,
        blocks=tuple(Block(start, end, BlockKind(kind), reason) for start, end, kind, reason in row.blocks),
        title=row.title,
        author=row.author,
        publisher=row.publisher,
        url=row.url,
        published=date_of(row.published, row.published_basis, row.published_about),
        updated=date_of(row.updated, row.updated_basis, row.updated_about),
        language=row.language,
        listed=row.listed,
    )


def date_of(value: str | None, basis: str | None, about: bool) -> PartialDate | None:
    """The date that three columns hold, or None."""
    return None if value is None or basis is None else PartialDate(value, DateBasis(basis), about)


def statement_of(row: Row[Any]) -> Statement:
    """The statement that a row of `statement_rows` holds."""
    return Statement(
        id=row.id,
        report=row.report,
        report_id=row.report_id,
        start=row.start,
        end=row.end,
        quote=row.quote,
        party=row.party,
        option=row.option,
        stance=Stance(row.stance),
        act=Act(row.act),
        speaker=row.speaker,
        condition=row.condition,
        former=row.former,
        via=Via(row.via),
        via_name=row.via_name,
        reader=row.reader,
        confidence=row.confidence,
        reasons=tuple(Reason(step, says, start, end) for step, says, start, end in row.reasons),
    )


def judgement_of(row: Row[Any]) -> Judgement:
    """The judgement that a row of its table holds."""
    return Judgement(
        number=row.number,
        statement=row.statement,
        verdict=Verdict(row.verdict),
        reviewer=row.reviewer,
        at=row.at,
        report_id=row.report_id,
        start=row.start,
        end=row.end,
        quote=row.quote,
        party=row.party,
        option=row.option,
        stance=Stance(row.stance),
        corrections=tuple((name, value) for name, value in row.corrections),
        note=row.note,
        withdraws=row.withdraws,
        blind=row.blind,
    )


def reports(connection: Connection) -> list[Report]:
    """All reports with text and layout, by name."""
    dated = in_force(connection)
    found = (as_dated(report_of(row), dated) for row in connection.execute(select(REPORT)))
    return sorted(found, key=lambda report: report.name)


def as_dated(report: Report, dated: Mapping[str, PartialDate]) -> Report:
    """The report as an analyst dates it, where one does."""
    date = dated.get(report.id)
    return report if date is None else replace(report, published=date)


def report_rows(connection: Connection, reader: str, among: Collection[str] | None = None) -> list[ReportRow]:
    """Reports without their text, by name, with what ``reader`` made of them: all, or those of the ids given."""
    own = (STATEMENT.c.report_id == REPORT.c.id) & (STATEMENT.c.reader == reader)
    counted = select(func.count()).where(own).correlate(REPORT).scalar_subquery().label("statements")
    dated = in_force(connection)
    of_reader = (READING.c.report_id == REPORT.c.id) & (READING.c.reader == reader)
    columns = [column for column in REPORT.c if column.name not in ("blocks", "text")]
    query = select(*columns, READING.c.state, READING.c.reason, counted).select_from(
        REPORT.outerjoin(READING, of_reader)
    )
    found = [
        ReportRow(
            id=row.id,
            name=row.name,
            title=row.title,
            publisher=row.publisher,
            url=row.url,
            published=dated.get(row.id) or date_of(row.published, row.published_basis, row.published_about),
            given=date_of(row.published, row.published_basis, row.published_about),
            updated=date_of(row.updated, row.updated_basis, row.updated_about),
            language=row.language,
            state=ReportState(row.state or ReportState.NEW),
            reason=row.reason or "",
            statements=row.statements,
            characters=row.characters,
        )
        for row in rows_among(connection, query, REPORT.c.id, among)
    ]
    return sorted(found, key=lambda row: row.name)


def report(connection: Connection, name_or_id: str) -> Report:
    """The report of that name, or else of that id.

    Raises:
        UnknownName: there is none; the message names the nearest names.
    """
    wanted = or_(REPORT.c.name == name_or_id, REPORT.c.id == name_or_id)
    dated = in_force(connection)
    rows = [as_dated(report_of(row), dated) for row in connection.execute(select(REPORT).where(wanted))]
    if rows:
        return next((found for found in rows if found.name == name_or_id), rows[0])
    raise UnknownName(
        f"no report {name_or_id!r} in this record",
        remedy=_nearest(name_or_id, connection.scalars(select(REPORT.c.name))),
    )


def known_report(connection: Connection, name_or_id: str) -> tuple[str, str] | None:
    """Id and name of the report of that name, or else of that id; None where there is none."""
    wanted = or_(REPORT.c.name == name_or_id, REPORT.c.id == name_or_id)
    found = [(row.id, row.name) for row in connection.execute(select(REPORT.c.id, REPORT.c.name).where(wanted))]
    return min(found, key=lambda one: one[1] != name_or_id, default=None)


def dates(connection: Connection, among: Collection[str] | None = None) -> dict[str, PartialDate | None]:
    """Date of publication by report id, as an analyst dates it where one does: of all, or of the reports of the ids given."""
    dated = in_force(connection)
    query = select(REPORT.c.id, REPORT.c.published, REPORT.c.published_basis, REPORT.c.published_about)
    return {
        row.id: dated.get(row.id) or date_of(row.published, row.published_basis, row.published_about)
        for row in rows_among(connection, query, REPORT.c.id, among)
    }


def states(connection: Connection, reader: str) -> dict[ReportState, int]:
    """How many reports are in each state for a reader; those it has not looked at are ``new``."""
    counted = connection.execute(
        select(READING.c.state, func.count()).where(READING.c.reader == reader).group_by(READING.c.state)
    )
    found = {ReportState(state): number for state, number in counted}
    unseen = (connection.scalar(select(func.count()).select_from(REPORT)) or 0) - sum(found.values())
    return {**found, ReportState.NEW: unseen} if unseen else found


def number_of_statements(connection: Connection, reader: str) -> int:
    """How many statements a reader took from all reports."""
    return connection.scalar(select(func.count()).select_from(STATEMENT).where(STATEMENT.c.reader == reader)) or 0


def _nearest(name: str, names: Iterable[str]) -> str:
    from rapidfuzz import process  # only where somebody mistyped

    near = process.extract(name, sorted(names), processor=_stem, limit=3, score_cutoff=NEAR_ENOUGH)
    if near:
        return f"did you mean {' or '.join(match for match, _, _ in near)}?"
    return "travaux reports lists them"


def _stem(name: str) -> str:
    """A file name without what it has in common with most others."""
    return PurePosixPath(name).stem.casefold()


def raw(connection: Connection, report_id: str) -> bytes:
    """The original bytes of a report.

    Raises:
        UnknownName: no report has that id.
    """
    found = connection.scalar(select(ORIGINAL.c.raw).where(ORIGINAL.c.report_id == report_id))
    if found is None:
        raise UnknownName(f"no report {report_id!r} in this record", remedy="travaux reports lists them")
    return bytes(found)


def pending(connection: Connection, reader: str, fingerprint: str, agenda_digest: str) -> list[str]:
    """Ids of the reports that have no reading made exactly so, or whose reading failed; in the order of their names."""
    same = (RUN.c.reader == reader) & (RUN.c.fingerprint == fingerprint) & (RUN.c.agenda_digest == agenda_digest)
    runs = list(connection.scalars(select(RUN.c.id).where(same)))
    own = READING.c.reader == reader
    otherwise = or_(READING.c.run_id.not_in(runs), READING.c.state == str(ReportState.FAILED))
    found = set(connection.scalars(select(READING.c.report_id).where(own, otherwise)))
    # By its indexes alone the database tells the reports that have no reading at all.
    found.update(connection.scalars(except_(select(REPORT.c.id), select(READING.c.report_id).where(own))))
    return [row.id for row in sorted(rows_among(connection, select(REPORT.c.name, REPORT.c.id), REPORT.c.id, found))]


def statement_rows() -> Select[Any]:
    """The query for whole statements, each with the name of its report."""
    return select(STATEMENT, REPORT.c.name.label("report")).join(REPORT, REPORT.c.id == STATEMENT.c.report_id)


def statements(connection: Connection, reader: str, report_id: str | None = None) -> list[Statement]:
    """What ``reader`` took from all reports, or from one, by report name, start, end, party and option."""
    query = statement_rows().where(STATEMENT.c.reader == reader)
    rows = connection.execute(query if report_id is None else query.where(STATEMENT.c.report_id == report_id))
    return sorted(map(statement_of, rows), key=_in_record)


def _in_record(one: Statement) -> tuple[str, int, int, str, str, str]:
    return (one.report, one.start, one.end, one.party, one.option, one.id)


def statements_on(
    connection: Connection, cells: Collection[tuple[str, str]], reports: Collection[str]
) -> list[Statement]:
    """What all readers took on some parties and options, and all they took from some reports; see `statements` for the order."""
    found = {row.id: row for row in rows_among(connection, statement_rows(), STATEMENT.c.report_id, reports)}
    for party, option in sorted(cells):
        on = (STATEMENT.c.party == party) & (STATEMENT.c.option == option)
        found.update((row.id, row) for row in connection.execute(statement_rows().where(on)).all())
    return sorted(map(statement_of, found.values()), key=_in_record)


def statement(connection: Connection, identity: str) -> Statement | None:
    """The statement of that id, whoever read it; None where none did."""
    row = connection.execute(statement_rows().where(STATEMENT.c.id == identity)).first()
    return None if row is None else statement_of(row)


def dropped(connection: Connection, reader: str) -> list[Dropped]:
    """What ``reader`` brought forward that may not stand, by report name and number."""
    rows = connection.execute(
        select(DROPPED, REPORT.c.name.label("report"))
        .join(REPORT, REPORT.c.id == DROPPED.c.report_id)
        .where(DROPPED.c.reader == reader)
    )
    ordered = sorted(rows, key=lambda row: (row.report, row.number))
    return [Dropped(row.report, row.reader, row.kind, row.says, row.answer) for row in ordered]


def readers(connection: Connection) -> list[str]:
    """The readers that have a reading, by name."""
    return sorted(connection.scalars(select(READING.c.reader).distinct()))


def runs(connection: Connection) -> list[Run]:
    """The runs that some present reading comes from, by reader, version and id."""
    used = select(RUN.c.reader, RUN.c.fingerprint, RUN.c.agenda_digest, RUN.c.version).where(
        RUN.c.id.in_(select(READING.c.run_id))
    )
    found = [Run(*row) for row in connection.execute(used)]
    return sorted(found, key=lambda run: (run.reader, run.version, run.id))


def readings(connection: Connection) -> list[ReadingRow]:
    """The present readings, by report and reader."""
    rows = connection.execute(
        select(READING.c.report_id, READING.c.reader, RUN.c.id, RUN.c.started).join(RUN, RUN.c.id == READING.c.run_id)
    )
    return sorted((ReadingRow(*row) for row in rows), key=lambda one: (one.report_id, one.reader))


def judgements(connection: Connection) -> list[Judgement]:
    """All judgements in the order they were made."""
    return list(map(judgement_of, connection.execute(select(JUDGEMENT).order_by(JUDGEMENT.c.number))))


def judgement(connection: Connection, number: int) -> Judgement | None:
    """The judgement of that number, or None."""
    row = connection.execute(select(JUDGEMENT).where(JUDGEMENT.c.number == number)).first()
    return None if row is None else judgement_of(row)


def info(connection: Connection) -> dict[str, str]:
    """The record's small facts, by key."""
    return {row.key: row.value for row in connection.execute(select(INFO).order_by(INFO.c.key))}
