"""Making and opening a record's database on a PostgreSQL server."""

from __future__ import annotations

import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, text
from sqlalchemy.schema import DropSchema

from travaux.errors import NotARecord, RecordExists, RecordReadOnly, RecordTooNew
from travaux.record.dialect import DURABLE, WRITES, told_plainly
from travaux.record.dialect.postgresql import NEW, make_schema, not_here, postgresql_engine, server_words
from travaux.record.migrations import KNOWN, LATEST, migrate, migrate_on
from travaux.record.whereabouts import POINTER_NAME, Pointer, schema_name, server_of

COMMENT = "A record of Travaux, mark "
"""How the comment of a record's schema begins; its mark follows."""
GRANTING = "docs/teams.md says what to grant"


def create_on_server(folder: Path, url: URL, fill: Callable[[Connection], None] | None, called: Path) -> None:
    """Make an empty schema for the record in ``folder``, which is there, and write down its name.

    All of it is one transaction, and the folder becomes a record when that is over: an interrupted call leaves none.

    Args:
        fill: puts rows into the new tables, within the same transaction.
        called: the folder whose name the schema gets, or one like it where that is taken.

    Raises:
        RecordExists: another process was faster. RecordReadOnly, RecordAway: the server refuses.
    """
    server, mark = server_words(url), secrets.token_hex(8)
    place = f"{called} ({server})"
    schema = _make_schema(url, mark, fill, called, place)
    draft = folder / f".{POINTER_NAME}.{os.getpid()}"
    try:
        draft.write_text(Pointer(schema, mark, server).text(), encoding="utf-8")
        os.link(draft, folder / POINTER_NAME)  # unlike a rename it never replaces what stands there
    except OSError as error:
        _drop(url, schema, place)
        if isinstance(error, FileExistsError):
            raise RecordExists("there is a record here already", path=folder) from None
        raise RecordReadOnly(f"this folder may not be written: {error.strerror}", path=folder) from error
    finally:
        draft.unlink(missing_ok=True)


def _make_schema(url: URL, mark: str, fill: Callable[[Connection], None] | None, called: Path, place: str) -> str:
    for number in count(1):
        schema = schema_name(called, number)
        engine = postgresql_engine(url, schema, LATEST, place)
        options = {WRITES: True, DURABLE: True, NEW: True}
        try:
            with told_plainly(place), engine.connect().execution_options(**options) as connection, connection.begin():
                # A name that another process is just using up is taken too.
                free = text("SELECT pg_try_advisory_xact_lock(hashtext('travaux: new schema ' || :schema))")
                if not connection.scalar(free, {"schema": schema}) or _comment(connection, schema) is not None:
                    continue
                make_schema(connection, schema, f"{COMMENT}{mark}")
                migrate_on(connection)
                if fill is not None:
                    fill(connection)
            return schema
        finally:
            engine.dispose()
    raise AssertionError("numbers do not end")


def _drop(url: URL, schema: str, place: str) -> None:
    engine = postgresql_engine(url, schema, LATEST, place)
    try:
        with (
            told_plainly(place),
            engine.connect().execution_options(**{WRITES: True}) as connection,
            connection.begin(),
        ):
            connection.execute(DropSchema(schema, cascade=True))
    finally:
        engine.dispose()


def _comment(connection: Connection, schema: str) -> str | None:
    """A schema's comment, empty where it has none; None where there is no such schema."""
    query = text("SELECT coalesce(obj_description(oid, 'pg_namespace'), '') FROM pg_namespace WHERE nspname = :schema")
    found = connection.scalar(query, {"schema": schema})
    return None if found is None else str(found)


@dataclass(frozen=True, slots=True)
class OnServer:
    """A record's database on a server, found but not opened."""

    url: URL
    schema: str
    mark: str
    place: str


def on_server(folder: Path, pointer: Pointer) -> OnServer:
    """Where the schema is that a folder names; nothing is asked of the server yet.

    Raises:
        NotARecord, RequestError: see `whereabouts.server_of`.
    """
    url = server_of(pointer, folder)
    return OnServer(url, pointer.schema, pointer.mark, f"{folder} ({pointer.schema} on {server_words(url)})")


def open_on_server(found: OnServer, *, read_only: bool) -> Engine:
    """An engine on the record's schema, brought up to date.

    Raises:
        NotARecord: there is no such schema, or it is another record's. RecordTooNew, RecordAway: it cannot be used.
        RecordReadOnly: it may not be written and ``read_only`` is False, or its old schema cannot be brought up to date.
    """
    engine = postgresql_engine(found.url, found.schema, LATEST, found.place)
    try:
        with told_plainly(found.place):
            with engine.connect() as connection:
                if _comment(connection, found.schema) != f"{COMMENT}{found.mark}":
                    raise not_here(found.schema, server_words(found.url), found.place)
                version, writable = _version(connection, found), _may_write(connection)
            if version != LATEST:
                _bring_up_to_date(engine, version, found, writable=writable)
            elif not (read_only or writable):
                raise _refused(found.place)
    except BaseException:
        engine.dispose()
        raise
    return engine


def may_write_on_server(found: OnServer) -> bool:
    """Whether the user that TRAVAUX_DB names may write to a record.

    Raises:
        RecordAway: the server does not answer.
    """
    engine = postgresql_engine(found.url, found.schema, LATEST, found.place)
    try:
        with told_plainly(found.place), engine.connect() as connection:
            return _may_write(connection)
    finally:
        engine.dispose()


def _refused(place: str) -> RecordReadOnly:
    return RecordReadOnly("this user may read the record but not write to it", remedy=GRANTING, path=place)


def _version(connection: Connection, found: OnServer) -> str:
    if not connection.scalar(text("SELECT has_schema_privilege(:schema, 'USAGE')"), {"schema": found.schema}):
        raise RecordReadOnly("this user may not look into the record", remedy=GRANTING, path=found.place)
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        raise NotARecord("this schema is no record of Travaux", remedy="restore it from a backup", path=found.place)
    return str(connection.scalar(text("SELECT version_num FROM alembic_version")))


def _may_write(connection: Connection) -> bool:
    """Whether rows may be added; on a standby server nobody may."""
    allowed = text(
        "SELECT has_table_privilege('judgement', 'INSERT') AND has_table_privilege('alembic_version', 'UPDATE') "
        "AND current_setting('default_transaction_read_only') = 'off' AND NOT pg_is_in_recovery()"
    )
    return bool(connection.scalar(allowed))


def _bring_up_to_date(engine: Engine, version: str, found: OnServer, *, writable: bool) -> None:
    if version not in KNOWN:
        raise RecordTooNew(
            f"this record has schema {version}; this version of Travaux knows schemas up to {LATEST}",
            remedy="upgrade Travaux",
            path=found.place,
        )
    if not writable:
        raise _refused(found.place)
    # One at a time: the second one finds nothing left to do.
    migrate(engine)
