"""A record in a schema of a PostgreSQL database, beside others on the same server.

Several people may write at once. What SQLite gives by itself is asked for here:

1. One writer at a time: a writing transaction first writes the one row of ``alembic_version`` anew. Whoever comes second
   waits for it, so that numbers follow one another without a gap; a killed client's lock goes with its connection.
2. That row also says whether somebody has written (its version in the database, ``xmin``), and which schema it has.
3. A reading transaction sees the record as it was at one moment (repeatable read).
4. Texts sort by code point, whatever the server's language, and no length is enforced (`RecordTypes`).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import URL, Column, Connection, Engine, create_engine, event, func, select, text
from sqlalchemy.dialects.postgresql import insert as insert
from sqlalchemy.dialects.postgresql.base import PGTypeCompiler
from sqlalchemy.schema import CreateSchema

from travaux.errors import (
    NotARecord,
    RecordAway,
    RecordBusy,
    RecordDamaged,
    RecordReadOnly,
    RecordTooNew,
    RequestError,
    StoreError,
    TravauxError,
)
from travaux.record.dialect import common
from travaux.record.dialect.common import DURABLE, WRITES
from travaux.record.dialect.postgresql_words import index_words, reports_with, unindexed, word_index

__all__ = [
    "NEW",
    "change_counter",
    "forbid_change",
    "index_words",
    "insert",
    "integrity_problems",
    "known_error",
    "make_schema",
    "postgresql_engine",
    "present_triggers",
    "reports_with",
    "server_words",
    "word_index",
]

NEW = "travaux_new"
"""Execution option of a writing connection to a schema that is being made: nobody else sees it, there is no lock to take."""

CONNECTION = {
    "application_name": "travaux",
    "connect_timeout": 10,
    # A server that vanished with its network is noticed within a minute, not after two hours.
    "keepalives_idle": 30,
    "keepalives_interval": 10,
    "keepalives_count": 3,
}
"""How a server is connected to, unless its address says otherwise; seconds (PostgreSQL manual, "Parameter Key Words")."""
MOST_CONNECTIONS = 40
"""Of one process at once: as many as the web server has threads."""
HUNG_SECONDS = 60
"""A writer that does nothing for so long is put out by the server, so that others can write."""

WRITERS_TURN = "UPDATE alembic_version SET version_num = version_num RETURNING version_num"


def make_schema(connection: Connection, schema: str, comment: str) -> None:
    """Make an empty schema with a comment, of which SQLAlchemy knows no construct of its own."""
    connection.execute(CreateSchema(schema))
    name = connection.dialect.identifier_preparer.quote_identifier(schema)
    told = comment.replace("'", "''")
    connection.execute(text(f"COMMENT ON SCHEMA {name} IS '{told}'"))


class RecordTypes(PGTypeCompiler):
    """Text columns sort by code point and take any length, as in SQLite, whatever the server's language is."""

    def _render_string_type(self, name: str, *_: Any, **more: Any) -> str:
        # Only a column of a table has an order of its own; a cast has not.
        return f'{name} COLLATE "C"' if isinstance(more.get("type_expression"), Column) else name


def server_words(url: URL) -> str:
    """A server's database in words, without user and password: ``db.example:5432/talks``."""
    host = url.host or url.query.get("host") or "this machine"
    port = "" if url.port is None else f":{url.port}"
    return f"{host if isinstance(host, str) else ', '.join(host)}{port}/{url.database or url.username or ''}"


def postgresql_engine(url: URL, schema: str, version: str, place: str) -> Engine:
    """An engine on one schema of a database; nothing is asked of the server yet.

    Args:
        version: the schema of a record that writers expect: whoever finds a later one stops.
        place: the record and its schema, in words for messages.

    Raises:
        RequestError: the driver is not installed.
    """
    try:
        import psycopg
        from psycopg import sql
    except ImportError:
        told = "a record on a PostgreSQL server needs psycopg, which is not installed"
        raise RequestError(told, remedy="pip install 'travaux[postgresql]'") from None

    def connect() -> psycopg.Connection[Any]:
        _, arguments = engine.dialect.create_connect_args(url)
        arguments = {**CONNECTION, **arguments}
        connection = psycopg.connect(**{**arguments, "client_encoding": "utf8", "autocommit": True})
        encoding = connection.info.parameter_status("server_encoding")
        if encoding != "UTF8":
            connection.close()
            told = f"the database {server_words(url)} keeps texts as {encoding}, a record needs UTF8"
            raise StoreError(told, remedy="CREATE DATABASE … ENCODING 'UTF8' TEMPLATE template0", path=place)
        # Nothing but this record's schema is looked into: what others put into `public` cannot stand in for a table.
        connection.execute(sql.SQL("SET search_path = {}, pg_temp").format(sql.Identifier(schema)))
        connection.autocommit = False
        return connection

    # A connection that a restarted server has forgotten is noticed before it is used, and made anew.
    engine = create_engine(
        "postgresql+psycopg://", creator=connect, pool_pre_ping=True, max_overflow=MOST_CONNECTIONS - 5
    )
    engine.dialect.type_compiler_instance = RecordTypes(engine.dialect)

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        options = connection.get_execution_options()
        driver: Any = connection.connection.driver_connection
        writes = bool(options.get(WRITES))
        levels = psycopg.IsolationLevel
        driver.isolation_level = levels.READ_COMMITTED if writes else levels.REPEATABLE_READ
        driver.read_only = None if writes else True  # a standby server refuses to be told that it may be written
        if writes:
            _be_writer(connection, version, place)

    return engine


def _be_writer(connection: Connection, version: str, place: str) -> None:
    """Take the writer's turn; until the transaction ends nobody else has it."""
    options = connection.get_execution_options()
    settings = {"lock_timeout": f"{common.BUSY_SECONDS}s", "idle_in_transaction_session_timeout": f"{HUNG_SECONDS}s"}
    if options.get(DURABLE):
        settings["synchronous_commit"] = "on"
    connection.execute(select(*(func.set_config(name, value, True) for name, value in settings.items())))
    if options.get(NEW):
        return
    found = connection.exec_driver_sql(WRITERS_TURN).scalar()
    if found is not None and str(found) > version:
        raise RecordTooNew(
            f"somebody has brought this record to schema {found}; this version of Travaux writes {version}",
            remedy="upgrade Travaux",
            path=place,
        )


def forbid_change(table: str, columns: Sequence[str] = ()) -> dict[str, str]:
    """Triggers, by name, that forbid changing rows of ``table``: the given columns, or with none any change or removal.

    Emptying the whole table at once is forbidden in either case.
    """
    events = {"update": "UPDATE OF " + ", ".join(columns)} if columns else {"update": "UPDATE", "delete": "DELETE"}
    each = {**{name: (when, "ROW") for name, when in events.items()}, "truncate": ("TRUNCATE", "STATEMENT")}
    return {
        f"{table}_no_{name}": f"DO $made$ BEGIN {_FORBID} CREATE TRIGGER {table}_no_{name} BEFORE {when} ON {table} "
        f"FOR EACH {which} EXECUTE FUNCTION forbid_change(); END $made$"
        for name, (when, which) in each.items()
    }


_FORBID = """
CREATE OR REPLACE FUNCTION forbid_change() RETURNS trigger LANGUAGE plpgsql AS $forbids$
BEGIN
  RAISE EXCEPTION '%', TG_TABLE_NAME || '\\: ' || lower(TG_OP) || ' is forbidden' USING ERRCODE = 'restrict_violation';
END $forbids$;
"""


def present_triggers(connection: Connection) -> set[str]:
    """The names of the triggers that are there and not switched off."""
    query = text(
        "SELECT tgname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid "
        "WHERE relnamespace = current_schema()\\:\\:regnamespace AND NOT tgisinternal AND tgenabled IN ('O', 'A')"
    )
    return set(connection.scalars(query))


def integrity_problems(connection: Connection) -> list[str]:
    """Rows that refer to missing ones, rules and indexes that do not hold, texts without words in the index."""
    from travaux.record.schema import METADATA

    problems = []
    for table in METADATA.sorted_tables:
        for key in sorted(table.foreign_keys, key=lambda key: key.parent.name):
            column, wanted = key.parent, key.column
            missing = select(func.count()).where(column.is_not(None), ~select(1).where(wanted == column).exists())
            number = connection.scalar(missing.select_from(table))
            if number:
                rows = f"a row of table {table.name} refers"
                rows = rows if number == 1 else f"{number} rows of table {table.name} refer"
                problems.append(f"{rows} to a missing row of table {wanted.table.name}")
    here = "current_schema()\\:\\:regnamespace"
    loose = f"SELECT conname FROM pg_constraint WHERE connamespace = {here} AND NOT convalidated ORDER BY conname"
    problems += [f"the rule {name} was never held against all rows" for name in connection.scalars(text(loose))]
    broken = (
        "SELECT relname FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid "
        f"WHERE relnamespace = {here} AND NOT indisvalid ORDER BY relname"
    )
    problems += [f"the index {name} is broken" for name in connection.scalars(text(broken))]
    number = unindexed(connection)
    if number:
        told = "the words of a report are" if number == 1 else f"the words of {number} reports are"
        problems.append(f"{told} not in the index: a search does not find them")
    return problems


def change_counter(engine: Engine) -> Callable[[], int]:
    """A function whose value changes whenever somebody has written to the record.

    It is the number of the transaction that had the writer's turn last.
    """
    query = text("SELECT CAST(CAST(xmin AS text) AS bigint) FROM alembic_version")

    def count() -> int:
        with engine.connect() as connection:
            return int(connection.scalar(query) or 0)

    return count


# ------------------------------------------------------------------------------------------ errors

_REFUSED = {
    "28": "check user and password in TRAVAUX_DB, or PGPASSWORD and ~/.pgpass",
    "3D": "createdb makes a database; check its name in TRAVAUX_DB",
}
_REFUSED_WORDS = {
    "password": _REFUSED["28"],
    "authentication": _REFUSED["28"],
    "role": _REFUSED["28"],
    "pg_hba": "the server's pg_hba.conf lets this user in from elsewhere only",
    "database": _REFUSED["3D"],
}
"""Remedies for a connection that was refused, by a word of the server's message where it gives no code."""


def known_error(original: object, place: str) -> TravauxError | None:
    """The error a user can mend that stands behind one of psycopg's, or None; by SQLSTATE, PostgreSQL manual, appendix A."""
    code = getattr(original, "sqlstate", None) or ""
    said = _said(original)
    if _is_gone(original, code):
        return _away(said, code, place)
    if code in ("55P03", "40001", "40P01"):
        return RecordBusy("another process is writing to this record", remedy="try again when it is done", path=place)
    if code in ("42501", "25006"):
        remedy = "docs/teams.md says what a reader and a writer must be granted"
        return RecordReadOnly(f"the server does not allow it: {said}", remedy=remedy, path=place)
    if code in ("3F000", "42P01"):
        return RecordDamaged(f"the database lacks what a record has: {said}", remedy="restore it", path=place)
    if code in ("XX001", "XX002", "58P01"):
        return RecordDamaged(f"the database is damaged: {said}", remedy="restore it from a backup", path=place)
    if code.startswith(("53", "54", "58")) or code == "57014":
        return StoreError(f"the database cannot be used: {said}", remedy="ask who keeps the server", path=place)
    if code in ("22021", "22P05") or "NUL (0x00)" in said:
        remedy = "remove it from the text"
        return RequestError("PostgreSQL keeps no text with a zero character (U+0000)", remedy=remedy, path=place)
    return None


def _is_gone(original: object, code: str) -> bool:
    """Whether there is no connection: never made, refused, or lost."""
    if code.startswith(("08", "28", "3D")) or code in ("57P01", "57P02", "57P03", "57P05", "25P03"):
        return True
    # Without a code it is the client's library that speaks: of a server that is not there, or not any more.
    return not code and type(original).__name__ in ("OperationalError", "ConnectionTimeout", "InterfaceError")


def _away(said: str, code: str, place: str) -> TravauxError:
    for word, remedy in _REFUSED_WORDS.items():
        if _REFUSED.get(code[:2]) == remedy or (not code and "FATAL" in said and word in said):
            return RecordAway(f"the server refuses: {said}", remedy=remedy, path=place)
    remedy = (
        "is it running, and does TRAVAUX_DB name it? What was not confirmed may not be stored: look before repeating"
    )
    return RecordAway(f"the database's server does not answer: {said}", remedy=remedy, path=place)


def _said(original: object) -> str:
    """What the server or the driver says, in one line."""
    diagnosis = getattr(original, "diag", None)
    told = getattr(diagnosis, "message_primary", None) or str(original)
    # A connection that was tried at several addresses tells of each; what is indented only asks back.
    lines = [line for line in told.splitlines() if line.strip() and not line[0].isspace()]
    return lines[-1].removeprefix("- ").removeprefix("connection failed: ") if lines else type(original).__name__


def not_here(schema: str, server: str, place: str) -> NotARecord:
    """The error of a schema that is not there, or belongs to another record."""
    remedy = "TRAVAUX_DB names another server or database than the one this record was made on?"
    return NotARecord(f"{server} has no schema {schema} of this record", remedy=remedy, path=place)
