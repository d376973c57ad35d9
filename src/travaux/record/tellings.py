"""What each update told: which reports, statements and other things were new then. Nothing is told twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, select

from travaux.record.dialect import insert_missing
from travaux.record.schema import TOLD, UPDATING


@dataclass(frozen=True, slots=True)
class Updating:
    """One update.

    Attributes:
        number: from 1; 0 is no update but what the record held before the first one.
        started, finished: ISO 8601 times in UTC.
    """

    number: int
    started: str
    finished: str


def updatings(connection: Connection) -> list[Updating]:
    """All updates, oldest first; number 0 is what was there before the first."""
    rows = connection.execute(select(UPDATING).order_by(UPDATING.c.number))
    return [Updating(row.number, row.started, row.finished) for row in rows]


def told(connection: Connection) -> dict[tuple[str, str], int]:
    """The number of the update that told each thing, by its kind and key."""
    return {(row.kind, row.key): row.updating for row in connection.execute(select(TOLD))}


def tell(connection: Connection, things: Iterable[tuple[str, str]], started: str, finished: str) -> Updating:
    """Note an update and what it told; things told before keep their update. The first one noted is number 0."""
    last = connection.scalar(select(func.max(UPDATING.c.number)))
    number = 0 if last is None else last + 1
    connection.execute(insert(UPDATING).values(number=number, started=started, finished=finished))
    rows = [{"kind": kind, "key": key, "updating": number} for kind, key in things]
    if rows:
        connection.execute(insert_missing(connection.dialect, TOLD), rows)
    return Updating(number, started, finished)
