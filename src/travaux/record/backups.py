"""Copies of a record's database that are made before its schema changes, and how one of them is brought back."""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import count
from pathlib import Path

from travaux.errors import RecordBusy, RequestError, StoreError
from travaux.record.sqlite_file import SQLITE_FILES, copy_database, database_problem, is_locked, schema_version

KEPT = 3
"""Copies that are kept; the oldest goes when there is one more."""

_NAME = re.compile(r"record\.schema-(\w+?)(?:~(\d+))?\.sqlite")
_DRAFT = re.compile(r"\..+\.[0-9a-f]{8}\.part|\.record\.sqlite\.\d+")


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy of the database.

    Attributes:
        path: where it is. schema: the schema it has. at: when it was made, seconds since 1970.
    """

    path: Path
    schema: str
    at: float


def backups(folder: Path) -> list[Backup]:
    """The copies kept in a record's folder, the newest first."""
    found = [
        Backup(path, match[1], path.stat().st_mtime)
        for path in folder.glob("record.schema-*.sqlite")
        if (match := _NAME.fullmatch(path.name))
    ]
    return sorted(found, key=lambda one: (one.at, one.path.name), reverse=True)


def keep_before_migration(file: Path, latest: str) -> Path | None:
    """Copy a database that is about to be brought up to date, and return the copy.

    It appears under its name only when it is whole. None where another process has brought the database up to date
    meanwhile. Of the copies made before, the newest `KEPT` less one stay.

    Raises:
        StoreError: there is no room for the copy; nothing was changed.
    """
    with draft_beside(file.parent) as draft:
        try:
            copy_database(file, draft)
            version = schema_version(draft)
        except (StoreError, OSError) as error:
            told = "no copy can be kept before the schema changes, so it was left as it is"
            raise StoreError(told, remedy=f"make room on the disk; {_reason(error)}", path=file) from error
        if version == latest:
            return None
        place = placed(draft, lambda number: f"record.schema-{version}{f'~{number}' if number > 1 else ''}.sqlite")
    for old in backups(file.parent)[KEPT:]:
        old.path.unlink(missing_ok=True)
    return place


def _reason(error: Exception) -> str:
    return error.message if isinstance(error, StoreError) else str(error)


def restore(file: Path, backup: Path) -> Path | None:
    """Put a copy in place of the record's database, and return where that is kept now; None where there was none.

    Raises:
        RequestError: there is no such copy, or it is damaged itself; nothing was changed. RecordBusy: somebody writes to it.
    """
    if not backup.is_file():
        names = ", ".join(one.path.name for one in backups(file.parent)) or "there are none"
        raise RequestError("there is no such copy", path=backup, remedy=f"copies in this record: {names}")
    if file.exists() and is_locked(file):
        raise RecordBusy("another process is writing to this record", remedy="try again when it is done", path=file)
    problem = database_problem(backup)
    if problem:
        raise RequestError(f"this copy cannot be used: {problem}", path=backup, remedy="name another one")
    with draft_beside(file.parent) as draft:
        copy_database(backup, draft)
        return replace_database(file, draft, "replaced")


def replace_database(file: Path, whole: Path, aside: str) -> Path | None:
    """Give a whole new database the record's name, and return where the old one is kept; None where there was none.

    Killed in between, the old one is there under both names, or the new one is in its place.
    """
    kept = None
    if file.exists():
        kept = kept_as(file, aside) or placed(file, lambda number: f"record.{aside}-{number}.sqlite", remove=False)
        for ending in SQLITE_FILES:
            if (beside := Path(f"{file}{ending}")).exists():
                # A log left beside the new database would be taken for its own.
                beside.replace(f"{kept}{ending}")
    whole.replace(file)
    return kept


def kept_as(file: Path, aside: str) -> Path | None:
    """Where a database was put aside by a run that got no further; its log may be there already."""
    found = file.parent.glob(f"record.{aside}-*.sqlite")
    return next((kept for kept in found if file.exists() and kept.samefile(file)), None)


def placed(file: Path, name: Callable[[int], str], *, remove: bool = True) -> Path:
    """Give a file the first name that is free, never over another file's; ``name`` makes one from 1, 2, 3…"""
    for number in count(1):
        place = file.with_name(name(number))
        if place.exists():
            continue
        try:
            os.link(file, place)
        except FileExistsError:
            continue
        except OSError:  # a file system without hard links
            file.rename(place)
            return place
        if remove:
            file.unlink()
        return place
    raise AssertionError("numbers do not end")


@contextmanager
def draft_beside(folder: Path) -> Iterator[Path]:
    """A name in the folder for a database that is being made; nothing is left of it unless it was given another."""
    draft = folder / f".record.{secrets.token_hex(4)}.part"
    try:
        yield draft
    finally:
        for ending in ("", *SQLITE_FILES):
            Path(f"{draft}{ending}").unlink(missing_ok=True)


def leftovers(folder: Path) -> list[Path]:
    """Files that a run which was killed has left unfinished in the folder; nothing needs them."""
    found = [path for path in folder.glob(".*") if _DRAFT.fullmatch(re.sub("-(wal|shm|journal)$", "", path.name))]
    return sorted(found)
