"""A record's rows taken from one database to another, whichever kinds they are, and held against each other.

All is one transaction on the new side and one moment of the old one: whatever goes wrong, nothing is half copied.
"""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import closing
from itertools import islice, zip_longest
from typing import Any

from sqlalchemy import Connection, Row, Table, func, insert, select
from sqlalchemy.exc import DBAPIError

from travaux.errors import StoreError
from travaux.record.dialect import index_words, known_error, told_plainly
from travaux.record.schema import CHANGE, METADATA, REPORT, SEARCHED

TABLES = tuple(table for table in METADATA.sorted_tables if table not in (SEARCHED, CHANGE))
"""What is copied, in an order in which no row comes before one it refers to. The index of words is made anew, and how often
a database was written to it counts for itself."""

_PACK = 100

Told = Callable[[str, int, int], None]


def copy_rows(source: Connection, target: Connection, place: str, progress: Told | None = None) -> dict[str, int]:
    """Copy every row into a new database's empty tables, then read both again and compare them row by row.

    Args:
        place: where the rows come from, in words for messages.
        progress: told a table's name, how many rows are done, and how many there are, before each pack of rows.

    Returns:
        The number of rows by table.

    Raises:
        StoreError: a row that the new database does not take, or that comes back changed. Nothing is copied then.
    """
    numbers = {table.name: source.scalar(select(func.count()).select_from(table)) or 0 for table in TABLES}
    whole, done = 2 * sum(numbers.values()), 0
    for table in TABLES:
        with closing(_rows(source, table, place)) as rows:
            while pack := [dict(row._mapping) for row in islice(rows, _PACK)]:
                if progress is not None:
                    progress(table.name, done, whole)
                _put(target, table, pack, place)
                done += len(pack)
    for table in TABLES:
        with closing(_rows(source, table, place)) as before, closing(_rows(target, table, "the copy")) as after:
            for number, (old, new) in enumerate(zip_longest(before, after), 1):
                if progress is not None and number % _PACK == 1:
                    progress(f"{table.name}, compared", done + number - 1, whole)
                if old is None or new is None or tuple(old) != tuple(new):
                    told = f"row {number} of table {table.name} does not come back as it was"
                    raise StoreError(told, remedy="nothing was copied; travaux doctor checks the record", path=place)
        done += numbers[table.name]
    return numbers


def _rows(connection: Connection, table: Table, place: str) -> Generator[Row[Any], None, None]:
    """All rows in the order of their keys, which is the same in every database; never all at once."""
    query = select(table).order_by(*table.primary_key.columns).execution_options(yield_per=_PACK)
    with told_plainly(place), connection.execute(query) as found:
        yield from found


def _put(target: Connection, table: Table, rows: list[dict[str, Any]], place: str) -> None:
    try:
        target.execute(insert(table), rows)
        if table is REPORT:
            for row in rows:
                index_words(target, row["id"], row["text"])
    except DBAPIError as error:
        known = known_error(error, place)
        if known is not None:
            raise known from error
        first = str(error.orig).splitlines()[0]
        told = f"a row of table {table.name} is not taken by the new database: {first}"
        raise StoreError(told, remedy="nothing was copied; travaux doctor checks the record", path=place) from error
