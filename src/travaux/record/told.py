"""Happenings and facts in the store: their rows, and what may stand among them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, Row, Table, delete, insert, select

from travaux.happening import Fact, FactKind, Figure, Happening, HappeningKind, Status
from travaux.model import Reading, Report
from travaux.record.evidence import Evidence, called, fault_of
from travaux.record.schema import FACT, HAPPENING, REPORT


def save_told(connection: Connection, report_id: str, reader: str, reading: Reading | None) -> None:
    """Replace what a reader told of a report beside positions; None where it could not be read."""
    for table in (HAPPENING, FACT):
        connection.execute(delete(table).where((table.c.report_id == report_id) & (table.c.reader == reader)))
    if reading is not None and reading.happenings:
        connection.execute(insert(HAPPENING), [_happening_columns(one) for one in reading.happenings])
    if reading is not None and reading.facts:
        connection.execute(insert(FACT), [_fact_columns(one) for one in reading.facts])


def happenings(connection: Connection, reader: str) -> list[Happening]:
    """The meetings and incidents a reader took from all reports, by report name, start, end and id."""
    return sorted(map(_happening_of, _rows(connection, HAPPENING, reader)), key=_place)


def facts(connection: Connection, reader: str) -> list[Fact]:
    """The numbers, offices and days a reader took from all reports, by report name, start, end and id."""
    return sorted(map(_fact_of, _rows(connection, FACT, reader)), key=_place)


def told_problems(connection: Connection, report: Report) -> Iterator[tuple[str, str]]:
    """What is wrong with the stored happenings and facts of a report: which, and what."""
    evidence = Evidence(report.text, report.blocks)
    for table, read in ((HAPPENING, _happening_of), (FACT, _fact_of)):
        rows = connection.execute(_named(table).where(table.c.report_id == report.id))
        told: list[Happening | Fact] = [read(row) for row in rows]
        for one in sorted(told, key=_place):
            fault = fault_of(one, evidence)
            if fault:
                yield called(one), fault


def _named(table: Table) -> Any:
    return select(table, REPORT.c.name.label("report")).join(REPORT, REPORT.c.id == table.c.report_id)


def _rows(connection: Connection, table: Table, reader: str) -> list[Row[Any]]:
    return list(connection.execute(_named(table).where(table.c.reader == reader)))


def _place(one: Happening | Fact) -> tuple[str, int, int, str]:
    return (one.report, one.start, one.end, one.id)


def _figure_columns(one: Figure) -> list[object]:
    return [one.counted, one.words, one.least, one.most, one.rough]


def _figure_of(columns: Sequence[Any]) -> Figure:
    return Figure(*columns)


def _happening_columns(one: Happening) -> dict[str, object]:
    return {
        "id": one.id,
        "report_id": one.report_id,
        "reader": one.reader,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "kind": str(one.kind),
        "what": one.what,
        "form": one.form,
        "status": str(one.status),
        "place": one.place,
        "day": one.day,
        "when": one.when,
        "participants": list(one.participants),
        "parties": list(one.parties),
        "figures": [_figure_columns(figure) for figure in one.figures],
        "claimed_by": one.claimed_by,
        "denied": one.denied,
    }


def _happening_of(row: Row[Any]) -> Happening:
    return Happening(
        id=row.id,
        report=row.report,
        report_id=row.report_id,
        start=row.start,
        end=row.end,
        quote=row.quote,
        kind=HappeningKind(row.kind),
        what=row.what,
        form=row.form,
        status=Status(row.status),
        place=row.place,
        day=row.day,
        when=row.when,
        participants=tuple(row.participants),
        parties=tuple(row.parties),
        figures=tuple(map(_figure_of, row.figures)),
        claimed_by=row.claimed_by,
        denied=row.denied,
        reader=row.reader,
    )


def _fact_columns(one: Fact) -> dict[str, object]:
    return {
        "id": one.id,
        "report_id": one.report_id,
        "reader": one.reader,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
        "kind": str(one.kind),
        "subject": one.subject,
        "qualities": list(one.qualities),
        "value": one.value,
        "figure": None if one.figure is None else _figure_columns(one.figure),
        "day": one.day,
        "former": one.former,
    }


def _fact_of(row: Row[Any]) -> Fact:
    return Fact(
        id=row.id,
        report=row.report,
        report_id=row.report_id,
        start=row.start,
        end=row.end,
        quote=row.quote,
        kind=FactKind(row.kind),
        subject=row.subject,
        qualities=tuple(row.qualities),
        value=row.value,
        figure=None if row.figure is None else _figure_of(row.figure),
        day=row.day,
        former=row.former,
        reader=row.reader,
    )
