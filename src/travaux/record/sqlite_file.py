"""A SQLite file as a file: copied, looked at, and read past damage. Beside `dialect` the one module that knows the format."""

from __future__ import annotations

import sqlite3
from collections.abc import Generator, Iterator, Sequence
from contextlib import closing, suppress
from pathlib import Path
from typing import Any

from travaux.record.dialect import told_plainly
from travaux.record.dialect.common import BUSY_SECONDS

SQLITE_FILES = ("-wal", "-shm", "-journal")
"""Endings of what SQLite keeps beside a database file."""

_BLIND = 10_000
"""Row numbers that are tried one by one where nothing tells how many rows there were."""


def copy_database(file: Path, to: Path) -> None:
    """Copy a database, what stands in its log included, while others may go on reading and writing it.

    Raises:
        StoreError and what else `told_plainly` makes of the database's errors.
    """
    with (
        told_plainly(file),
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as source,
        closing(sqlite3.connect(to)) as target,
    ):
        source.backup(target)


def schema_version(file: Path) -> str | None:
    """The schema a database file says it has; None where it says nothing.

    Raises:
        StoreError and what else `told_plainly` makes of the database's errors.
    """
    with (
        told_plainly(file),
        closing(sqlite3.connect(f"{file.absolute().as_uri()}?mode=ro", uri=True, timeout=BUSY_SECONDS)) as database,
    ):
        try:
            row = database.execute("SELECT version_num FROM alembic_version").fetchone()
        except sqlite3.OperationalError as error:
            if "no such table" in str(error):
                return None
            raise
        return None if row is None else str(row[0])


def database_problem(file: Path) -> str:
    """The first thing wrong with a database file as such, in one line; empty where nothing is."""
    address = f"{file.absolute().as_uri()}?mode=ro"
    try:
        with closing(sqlite3.connect(address, uri=True, timeout=BUSY_SECONDS)) as database:
            told = str(database.execute("PRAGMA integrity_check(1)").fetchone()[0])
            return "" if told == "ok" else " ".join(told.split())
    except sqlite3.Error as error:
        return str(error)


def is_locked(file: Path) -> bool:
    """Whether another process is writing to a database file. The file and its log stay as they are."""
    address = file.absolute().as_uri()
    # The last to close a database that may write to it would fold the log into the file; a reader closes last here.
    with (
        closing(sqlite3.connect(f"{address}?mode=ro", uri=True, timeout=0)) as reader,
        closing(sqlite3.connect(f"{address}?mode=rw", uri=True, timeout=0, isolation_level=None)) as writer,
    ):
        try:
            with suppress(sqlite3.DatabaseError):
                reader.execute("SELECT count(*) FROM sqlite_master").fetchone()
            writer.execute("BEGIN IMMEDIATE")
            writer.execute("ROLLBACK")
        except sqlite3.Error as error:
            return getattr(error, "sqlite_errorname", "").startswith(("SQLITE_BUSY", "SQLITE_LOCKED"))
    return False


class Salvage:
    """Reads what can be read of a damaged SQLite file, past what cannot. A context manager."""

    def __init__(self, file: Path):
        self._database = sqlite3.connect(file, isolation_level=None)
        self._missing: dict[str, int] = {}

    def __enter__(self) -> Salvage:
        return self

    def __exit__(self, *_: object) -> None:
        with suppress(sqlite3.Error):
            self._database.close()

    def rows(self, table: str, columns: Sequence[str]) -> Iterator[tuple[Any, ...]]:
        """The rows of a table by row number, as far as pages can be read.

        1. from the first on, until a page is damaged
        2. from the last back, until a page is damaged
        3. one by one in between, by the numbers an index tells, or by all that are possible
        """
        present = self._columns(table)
        if present is not None and not present:
            return  # an older schema had no such table
        names = ", ".join(f'"{name}"' if present is None or name in present else "NULL" for name in columns)
        query = f'SELECT rowid, {names} FROM "{table}" NOT INDEXED'
        seen: set[int] = set()
        whole = yield from self._until_damage(f"{query} ORDER BY rowid", seen)
        if whole:
            return
        reached = max(seen, default=0)
        yield from self._until_damage(f"{query} WHERE rowid > {reached} ORDER BY rowid DESC", seen)
        first = min((number for number in seen if number > reached), default=None)
        told = self.numbers(table)
        between = sorted(told - seen) if told else range(reached + 1, first or reached + _BLIND)
        for number in between:
            try:
                row = self._database.execute(f"{query} WHERE rowid = {number}").fetchone()
            except sqlite3.Error:
                self._missing[table] = self._missing.get(table, 0) + 1
                continue
            if row is not None:
                seen.add(number)
                yield row[1:]
        # Whether rows are missing cannot be told for certain without an index; then the damage itself counts as one.
        self._missing[table] = max(len(told - seen) if told else 0, self._missing.get(table, 0), 0 if told else 1)

    def _columns(self, table: str) -> set[str] | None:
        """The columns a table has in this file; None where that cannot be read."""
        try:
            return {row[1] for row in self._database.execute(f'PRAGMA table_info("{table}")')}
        except sqlite3.Error:
            return None

    def _until_damage(self, query: str, seen: set[int]) -> Generator[tuple[Any, ...], None, bool]:
        """Rows until there are no more (True) or a page is damaged (False)."""
        try:
            for row in self._database.execute(query):
                if row[0] not in seen:
                    seen.add(row[0])
                    yield row[1:]
        except sqlite3.Error:
            return False
        return True

    def missing(self, table: str) -> int:
        """Rows of a table that were asked for and could not be read; at least 1 where there is damage."""
        return self._missing.get(table, 0)

    def numbers(self, table: str) -> set[int]:
        """The numbers of a table's rows by the first of its indexes that can be read; empty where none can."""
        try:
            names = [row[1] for row in self._database.execute(f'PRAGMA index_list("{table}")')]
        except sqlite3.Error:
            return set()
        for name in names:
            with suppress(sqlite3.Error):
                column = self._database.execute(f'PRAGMA index_info("{name}")').fetchone()[2]
                query = f'SELECT rowid FROM "{table}" INDEXED BY "{name}" ORDER BY "{column}"'
                return {row[0] for row in self._database.execute(query)}
        return set()

    def names(self) -> dict[str, str]:
        """Report ids and names, by the two indexes that hold them, for reports whose rows cannot be read."""
        found: list[dict[int, str]] = []
        for column in ("id", "name"):
            values: dict[int, str] = {}
            with suppress(sqlite3.Error):
                for number, value in self._database.execute(
                    f'SELECT rowid, "{column}" FROM report ORDER BY "{column}"'
                ):
                    values[number] = value
            found.append(values)
        ids, names = found
        return {identity: names.get(number, identity) for number, identity in ids.items()}
