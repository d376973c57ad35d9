"""An analyst's datings of reports: signed, append-only, beside what the reports say of themselves."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, insert, select

from travaux.model import DateBasis, PartialDate
from travaux.record.numbering import next_number
from travaux.record.schema import DATING


@dataclass(frozen=True, slots=True)
class Dating:
    """When a person says a report was published.

    Attributes:
        number: its place in the append-only table, from 1; 0 before it is stored.
        report_id: the report.
        date: of basis ``analyst``; None takes the datings before it back.
        reviewer: who signs; at: ISO 8601 time in UTC; note: free text.
    """

    number: int
    report_id: str
    date: PartialDate | None
    reviewer: str
    at: str
    note: str = ""


def add(connection: Connection, dating: Dating) -> Dating:
    """Add a dating for good; the number it came with does not matter."""
    number = next_number(connection, DATING)
    connection.execute(
        insert(DATING).values(
            number=number,
            report_id=dating.report_id,
            value=None if dating.date is None else dating.date.value,
            about=False if dating.date is None else dating.date.about,
            reviewer=dating.reviewer,
            at=dating.at,
            note=dating.note,
        )
    )
    return Dating(number, dating.report_id, dating.date, dating.reviewer, dating.at, dating.note)


def datings(connection: Connection) -> list[Dating]:
    """All datings, in the order they were made."""
    rows = connection.execute(select(DATING).order_by(DATING.c.number))
    return [
        Dating(
            row.number,
            row.report_id,
            None if row.value is None else PartialDate(row.value, DateBasis.ANALYST, row.about),
            row.reviewer,
            row.at,
            row.note,
        )
        for row in rows
    ]


def in_force(connection: Connection) -> dict[str, PartialDate]:
    """The dating that counts for each report that has one: the latest, unless it takes the earlier ones back."""
    latest = {one.report_id: one.date for one in datings(connection)}
    return {report_id: date for report_id, date in latest.items() if date is not None}
