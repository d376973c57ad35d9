"""Making and opening a record's database: what a folder must be, who may write, which schema it has.

A database on a server is made and opened by `opening_on_server`; all the rest here is about files.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Engine, inspect, text

from travaux.errors import (
    NotARecord,
    RecordBusy,
    RecordDamaged,
    RecordExists,
    RecordReadOnly,
    RecordTooNew,
    RequestError,
    StoreError,
)
from travaux.record.backups import backups, keep_before_migration
from travaux.record.dialect import DURABLE, WRITES, told_plainly
from travaux.record.dialect.sqlite import Access, sqlite_engine, write_ahead
from travaux.record.migrations import KNOWN, LATEST, migrate
from travaux.record.whereabouts import DATABASE_NAME, is_record, pointer_in, wanted_server

if TYPE_CHECKING:
    from travaux.record.opening_on_server import OnServer

Fill = Callable[[Connection], None]


def is_writable(path: Path) -> bool:
    """Whether an existing folder or file may be written.

    Permission bits count for root too: a folder that nobody may write is meant to stay as it is.
    """
    return os.access(path, os.W_OK) and bool(path.stat().st_mode & 0o222)


def check_room(folder: Path) -> None:
    """Refuse a folder in which no record can be made.

    Raises:
        RecordExists: there is one already. RecordReadOnly: the folder may not be written. RequestError: a file
            stands where the folder should be.
    """
    standing = next(place for place in (folder, *folder.absolute().parents) if place.exists())
    if not standing.is_dir():
        raise RequestError("this is a file, not a folder", remedy="choose another name", path=standing)
    if is_record(folder):
        raise RecordExists("there is a record here already", remedy="choose another folder", path=folder)
    if not is_writable(standing):
        raise RecordReadOnly("this folder may not be written", remedy="check its permissions", path=standing)


def create_database(
    folder: Path, database: str | None = None, fill: Fill | None = None, called: Path | None = None
) -> None:
    """Make an empty database for the record in ``folder``, which is made where it is missing.

    It is there only when it is whole: an interrupted call leaves no half-made record.

    Args:
        database: ``sqlite`` or the address of a server; None for what TRAVAUX_DB says, else a file.
        fill: puts rows into the new tables, in one transaction.
        called: the folder that messages name and a schema is named after; None for ``folder``.

    Raises:
        RecordExists, RecordReadOnly, RequestError: see `check_room`. RequestError: what names the database does not.
        RecordAway: no server answers.
    """
    url = wanted_server(database)
    check_room(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if url is None:
        _create_file(folder, fill, called or folder)
        return
    from travaux.record.opening_on_server import create_on_server

    create_on_server(folder, url, fill, called or folder)


def _create_file(folder: Path, fill: Fill | None, called: Path) -> None:
    unfinished = folder / f".{DATABASE_NAME}.{os.getpid()}"
    try:
        unfinished.write_bytes(b"")
        engine = sqlite_engine(unfinished, Access.WRITE)
        try:
            with told_plainly(called):
                write_ahead(engine)
                migrate(engine)
                if fill is not None:
                    options = {WRITES: True, DURABLE: True}
                    with engine.connect().execution_options(**options) as connection, connection.begin():
                        fill(connection)
        finally:
            engine.dispose()
        _place(unfinished, folder / DATABASE_NAME)
    finally:
        for leftover in ("", "-wal", "-shm"):
            Path(f"{unfinished}{leftover}").unlink(missing_ok=True)


def _place(unfinished: Path, file: Path) -> None:
    """Give the finished database its name, unless another process was faster."""
    try:
        os.link(unfinished, file)  # unlike a rename it never replaces what stands there
    except FileExistsError:
        raise RecordExists("there is a record here already", path=file.parent) from None
    except OSError:  # a file system without hard links
        unfinished.rename(file)


def open_database(folder: Path, *, read_only: bool) -> Engine:
    """An engine on the record's database, its schema brought up to date.

    Raises:
        NotARecord, RecordDamaged, RecordTooNew, RecordBusy, RecordAway: what stands there cannot be used.
        RecordReadOnly: it may not be written and ``read_only`` is False, or its old schema cannot be brought up to date.
    """
    server = _on_server(folder)
    if server is not None:
        from travaux.record.opening_on_server import open_on_server

        return open_on_server(server, read_only=read_only)
    file = folder / DATABASE_NAME
    _check_file(folder, file)
    writable = is_writable(folder) and is_writable(file)
    if not read_only and not writable:
        place = folder if is_writable(file) else file
        raise RecordReadOnly("this record may not be written", remedy="check the permissions", path=place)
    try:
        return _opened(file, _access(folder, file, writable=writable, read_only=read_only), writable=writable)
    except StoreError as error:
        if not read_only or isinstance(error, (RecordDamaged, RecordTooNew, RecordBusy)) or _has_log(file):
            raise
        # A full disk has no room for what SQLite puts beside a file; what is in the file can be read without it.
        return _opened(file, Access.READ_STILL, writable=writable)


def _opened(file: Path, access: Access, *, writable: bool) -> Engine:
    engine = sqlite_engine(file, access)
    try:
        with told_plainly(file):
            version = _schema_version(engine, file)
            if version != LATEST:
                _bring_up_to_date(file, version, writable=writable)
    except BaseException:
        engine.dispose()
        raise
    return engine


def place_of(folder: Path) -> str:
    """Where a record's database is, in words for messages."""
    server = _on_server(folder)
    return str(folder / DATABASE_NAME) if server is None else server.place


def may_write(folder: Path) -> bool:
    """Whether a record may be written to: by its file and folder, or by what the server grants.

    Raises:
        NotARecord, RecordAway: no record is there, or no server answers.
    """
    server = _on_server(folder)
    if server is None:
        return is_writable(folder) and is_writable(folder / DATABASE_NAME)
    from travaux.record.opening_on_server import may_write_on_server

    return may_write_on_server(server)


def _on_server(folder: Path) -> OnServer | None:
    """The schema that a record's folder names, or None."""
    pointer = pointer_in(folder)
    if pointer is None:
        return None
    from travaux.record.opening_on_server import on_server  # what only a server needs is not imported for a file

    return on_server(folder, pointer)


def _has_log(file: Path) -> bool:
    log = Path(f"{file}-wal")
    return log.exists() and log.stat().st_size > 0


def _check_file(folder: Path, file: Path) -> None:
    if not folder.is_dir():
        raise NotARecord("there is no such folder", remedy=f"travaux new {folder} makes a record", path=folder)
    if not file.is_file():
        raise NotARecord(
            f"this folder is no record: it has no {DATABASE_NAME}",
            remedy=f"travaux new {folder} makes one",
            path=folder,
        )
    # Never opened but by the database: closing a file lets go of all locks this process has on it, and another process that
    # writes would then clear the write-ahead file away from under a record that is open here.
    if not os.access(file, os.R_OK):
        raise StoreError("the database cannot be read: Permission denied", path=file)
    if not file.stat().st_size:
        raise RecordDamaged("the database is empty", remedy=way_back(folder), path=file)


def way_back(folder: Path) -> str:
    """What can be done about a database in which nothing can be read."""
    kept = backups(folder)
    return f"travaux doctor --restore {kept[0].path.name} brings it back" if kept else "restore it from a copy"


def _access(folder: Path, file: Path, *, writable: bool, read_only: bool) -> Access:
    if writable:
        return Access.READ if read_only else Access.WRITE
    still = not is_writable(folder) and not _has_log(file)
    return Access.READ_STILL if still else Access.READ_FILE


def _schema_version(engine: Engine, file: Path) -> str:
    with engine.connect() as connection:
        if inspect(connection).has_table("alembic_version"):
            version = connection.scalar(text("SELECT version_num FROM alembic_version"))
            if version is not None:
                return str(version)
    raise NotARecord("this database is no record of Travaux", remedy="name the folder of a record", path=file)


def _bring_up_to_date(file: Path, version: str, *, writable: bool) -> None:
    if version not in KNOWN:
        raise RecordTooNew(
            f"this record has schema {version}; this version of Travaux knows schemas up to {LATEST}",
            remedy="upgrade Travaux",
            path=file,
        )
    if not writable:
        raise RecordReadOnly(
            f"this record has the older schema {version} and may not be written",
            remedy="make it writable and open it once",
            path=file,
        )
    keep_before_migration(file, LATEST)
    engine = sqlite_engine(file, Access.WRITE)
    try:
        migrate(engine)
    except Exception:
        # Another process may have brought it up to date meanwhile; then there is nothing left to do.
        if _schema_version(engine, file) != LATEST:
            raise
    finally:
        engine.dispose()
