"""Everything that differs between databases; no other room names one.

`sqlite` keeps a record in one file, `postgresql` in a schema of a server's database; `common` says what both offer. The
functions here ask the one that a connection belongs to.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Dialect, Engine, Insert, Table
from sqlalchemy.exc import DBAPIError

from travaux.errors import TravauxError
from travaux.record.dialect.common import DURABLE, WORDS, WRITES, Database
from travaux.record.searching import Term

__all__ = [
    "DURABLE",
    "WORDS",
    "WRITES",
    "change_counter",
    "forbid_change",
    "index_words",
    "insert_missing",
    "integrity_problems",
    "known_error",
    "missing_triggers",
    "reports_with",
    "told_plainly",
    "upsert",
    "word_index",
]


def _database(dialect: Dialect) -> Database:
    # Each is imported where a record needs it: most have one kind only, and opening a record is felt.
    if dialect.name == "sqlite":
        from travaux.record.dialect import sqlite

        return sqlite
    if dialect.name == "postgresql":
        from travaux.record.dialect import postgresql

        return postgresql
    raise NotImplementedError(f"nothing written for {dialect.name}")


def upsert(dialect: Dialect, table: Table, keys: Sequence[str]) -> Insert:
    """An INSERT that overwrites the row of the same ``keys``."""
    statement: Any = _database(dialect).insert(table)
    changed = {column.name: statement.excluded[column.name] for column in table.columns if column.name not in keys}
    made: Insert = statement.on_conflict_do_update(index_elements=list(keys), set_=changed)
    return made


def insert_missing(dialect: Dialect, table: Table) -> Insert:
    """An INSERT that leaves a row with the same key as it is."""
    statement: Any = _database(dialect).insert(table)
    made: Insert = statement.on_conflict_do_nothing()
    return made


@contextmanager
def told_plainly(place: Path | str) -> Iterator[None]:
    """Turn what a user can meet of the database's errors into one line about the record at ``place``.

    Raises:
        RecordBusy, RecordReadOnly, RecordDamaged, RecordAway, NotARecord, StoreError, RequestError: by the database's
            error code. Other errors of the database are bugs of ours and pass through.
    """
    try:
        yield
    except (DBAPIError, sqlite3.Error) as error:
        known = known_error(error, place)
        if known is None:
            raise
        raise known from error


def known_error(error: Exception, place: Path | str) -> TravauxError | None:
    """The error a user can mend that stands behind a database error, or None."""
    original = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(original, sqlite3.Error):
        from travaux.record.dialect import sqlite

        return sqlite.known_error(original, str(place))
    from travaux.record.dialect import postgresql

    return postgresql.known_error(original, str(place))


def forbid_change(dialect: Dialect, table: str, columns: Sequence[str] = ()) -> dict[str, str]:
    """Triggers, by name, that forbid changing rows of ``table``: the given columns, or with none any change or removal."""
    return _database(dialect).forbid_change(table, columns)


def missing_triggers(connection: Connection, wanted: Sequence[str]) -> list[str]:
    """Those of the ``wanted`` triggers that the database has not, or has switched off."""
    present = _database(connection.dialect).present_triggers(connection)
    return [name for name in wanted if name not in present]


def integrity_problems(connection: Connection) -> list[str]:
    """What the database's own checks find, rows that refer to missing ones among it, one line each."""
    return _database(connection.dialect).integrity_problems(connection)


def word_index(dialect: Dialect) -> list[str]:
    """What makes the index of the words of all reports. Texts never change."""
    return _database(dialect).word_index()


def index_words(connection: Connection, report_id: str, text: str) -> None:
    """Put the words of a report that was just added into the index, where the database does not do so by itself."""
    _database(connection.dialect).index_words(connection, report_id, text)


def reports_with(connection: Connection, terms: Sequence[Term]) -> list[str]:
    """Ids of the reports with all terms, those first in which they weigh most.

    Raises:
        ValueError: no terms.
    """
    if not terms:
        raise ValueError("nothing to look for")
    return _database(connection.dialect).reports_with(connection, terms)


def change_counter(engine: Engine) -> Callable[[], int]:
    """A function whose value changes whenever somebody has written to the record, this process or another."""
    return _database(engine.dialect).change_counter(engine)
