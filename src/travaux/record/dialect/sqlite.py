"""A record in one file: SQLite in write-ahead mode. Readers never wait for the writer, and a process killed between two
commits leaves the last commit whole."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Callable, Sequence
from enum import Enum
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, QueuePool, create_engine, event, text
from sqlalchemy.dialects.sqlite import insert as insert

from travaux.errors import NotARecord, RecordBusy, RecordDamaged, RecordReadOnly, StoreError, TravauxError
from travaux.record.dialect import common
from travaux.record.dialect.common import DURABLE, WORDS, WRITES
from travaux.record.searching import Term


class Access(Enum):
    """How a database file is opened.

    ``WRITE`` and ``READ`` need a folder that can be written (write-ahead files stand beside the database while it is
    open); ``READ_FILE`` reads a file that may not be written; ``READ_STILL`` reads a file whose folder may not be
    written either and which nobody has open for writing: nothing is created beside it.
    """

    WRITE = "write"
    READ = "read"
    READ_FILE = "read-file"
    READ_STILL = "read-still"


OPENED = {
    # Opened for writing even to read, so that the last one to close can clear the write-ahead files away.
    Access.WRITE: "mode=rw",
    Access.READ: "mode=rw",
    Access.READ_FILE: "mode=ro",
    Access.READ_STILL: "mode=ro&immutable=1",
}
"""SQLite's address parameters for each way of opening."""


def sqlite_engine(file: Path, access: Access) -> Engine:
    """An engine on an existing SQLite file; ``Connection.execution_options(travaux_writes=True)`` begins as writer."""
    address = f"{file.absolute().as_uri()}?{OPENED[access]}"

    def connect() -> sqlite3.Connection:
        # isolation_level None leaves BEGIN to us: the driver's own would start writing transactions too late.
        connection = sqlite3.connect(
            address, uri=True, timeout=common.BUSY_SECONDS, isolation_level=None, check_same_thread=False
        )
        connection.execute("PRAGMA foreign_keys = ON")
        if access is not Access.WRITE:
            connection.execute("PRAGMA query_only = ON")
        return connection

    engine = create_engine("sqlite://", creator=connect, poolclass=QueuePool)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        if options.get(WRITES):
            # In write-ahead mode NORMAL survives a killed process and FULL a power cut too.
            connection.exec_driver_sql(f"PRAGMA synchronous = {'FULL' if options.get(DURABLE) else 'NORMAL'}")
            # The lock is taken at once: a transaction that reads first and writes later could not wait for it.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("BEGIN")

    return engine


def write_ahead(engine: Engine) -> None:
    """Switch a new SQLite file to write-ahead mode; the file remembers it."""
    connection = engine.raw_connection()  # SQLAlchemy's own connections begin a transaction, where this cannot be done
    try:
        connection.cursor().execute("PRAGMA journal_mode = WAL")
    finally:
        connection.close()


def known_error(original: object, place: str) -> TravauxError | None:
    """The error a user can mend that stands behind one of SQLite's, or None."""
    code = getattr(original, "sqlite_errorname", None) or ""
    if code.startswith(("SQLITE_BUSY", "SQLITE_LOCKED")):
        return RecordBusy("another process is writing to this record", remedy="try again when it is done", path=place)
    if code.startswith("SQLITE_READONLY"):
        return RecordReadOnly("this record may not be written", remedy="check the permissions", path=place)
    if code.startswith("SQLITE_CANTOPEN"):
        return RecordReadOnly(
            "the database cannot be opened, or an interrupted run left changes that need a writable folder",
            remedy="check the permissions of the folder and open it once where it can be written",
            path=place,
        )
    if code.startswith("SQLITE_NOTADB"):
        return NotARecord("this is no SQLite database", remedy="restore it from a copy", path=place)
    if code.startswith("SQLITE_CORRUPT") or "Could not decode to UTF-8" in str(original):
        return RecordDamaged(
            "the database is damaged", remedy="travaux doctor --repair saves what can be read", path=place
        )
    if code.startswith(("SQLITE_FULL", "SQLITE_IOERR", "SQLITE_PERM", "SQLITE_TOOBIG")):
        return StoreError(f"the database cannot be used: {original}", remedy="check the disk", path=place)
    return None


def forbid_change(table: str, columns: Sequence[str] = ()) -> dict[str, str]:
    """Triggers, by name, that forbid changing rows of ``table``: the given columns, or with none any change or removal."""
    events = {"update": "UPDATE OF " + ", ".join(columns)} if columns else {"update": "UPDATE", "delete": "DELETE"}
    return {
        f"{table}_no_{name}": f"CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table} "
        f"BEGIN SELECT RAISE(ABORT, '{table}: {name} is forbidden'); END"
        for name, when in events.items()
    }


def present_triggers(connection: Connection) -> set[str]:
    """The names of the triggers that are there."""
    return {row.name for row in connection.execute(text("SELECT name FROM sqlite_master WHERE type = 'trigger'"))}


def integrity_problems(connection: Connection) -> list[str]:
    """What the database's own checks of its file and of its foreign keys find, one line each."""
    found = [str(row[0]) for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    problems = [line.strip() for told in found if told != "ok" for line in told.splitlines()]
    rows: list[Any] = list(connection.exec_driver_sql("PRAGMA foreign_key_check"))
    problems += [f"row {row[1]} of table {row[0]} refers to a missing row of table {row[2]}" for row in rows]
    return problems


def word_index() -> list[str]:
    """What makes the index of the words of all reports, and keeps it when reports come and go.

    FTS5 keeps the words and their places, not the texts, and knows a report by its number in ``searched``: a table's own
    row numbers may change.
    """
    return [
        f"CREATE VIRTUAL TABLE {WORDS} USING fts5(text, content='', tokenize='unicode61 remove_diacritics 2')",
        "INSERT INTO searched (report_id) SELECT id FROM report ORDER BY name",
        f"INSERT INTO {WORDS} (rowid, text) SELECT searched.number, report.text FROM report "
        "JOIN searched ON searched.report_id = report.id",
        "CREATE TRIGGER report_words_added AFTER INSERT ON report BEGIN "
        "INSERT INTO searched (report_id) VALUES (new.id); "
        f"INSERT INTO {WORDS} (rowid, text) SELECT number, new.text FROM searched WHERE report_id = new.id; END",
        "CREATE TRIGGER report_words_removed BEFORE DELETE ON report BEGIN "
        f"INSERT INTO {WORDS} ({WORDS}, rowid, text) SELECT 'delete', number, old.text FROM searched "
        "WHERE report_id = old.id; DELETE FROM searched WHERE report_id = old.id; END",
    ]


def index_words(connection: Connection, report_id: str, text: str) -> None:
    """Nothing: triggers keep the index."""


def reports_with(connection: Connection, terms: Sequence[Term]) -> list[str]:
    """Ids of the reports with all terms, those first in which they weigh most (BM25)."""
    # Each term is a string of FTS5: nothing in it is an operator, and words hold no quotation marks.
    wanted = " AND ".join(f'"{" ".join(term.words)}"{"*" if term.beginning else ""}' for term in terms)
    query = text(
        f"SELECT searched.report_id FROM {WORDS} JOIN searched ON searched.number = {WORDS}.rowid "
        f"WHERE {WORDS} MATCH :wanted ORDER BY {WORDS}.rank, searched.report_id"
    )
    return list(connection.scalars(query, {"wanted": wanted}))


def change_counter(engine: Engine) -> Callable[[], int]:
    """A function whose value changes whenever somebody has written to the database, this process or another."""
    connection = engine.raw_connection()  # its own for good: SQLite counts the changes that others made
    lock = threading.Lock()

    def count() -> int:
        with lock:
            cursor = connection.cursor()
            try:
                return int(cursor.execute("PRAGMA data_version").fetchone()[0])
            finally:
                cursor.close()

    return count
