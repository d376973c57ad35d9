"""Where a record's database is: a file in the record's folder, or a schema of a PostgreSQL database.

The folder is the record in either case: it holds ``agenda.yaml`` and whatever else belongs to it. Its database is
``record.sqlite`` beside these; or ``record.postgresql``, a small text that names the schema. Which server that is says
TRAVAUX_DB and never the folder: a stranger's folder must not choose whom we send a password to. The text and the schema
carry the same mark, so that a schema of the same name on another server is not taken for this record's.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

from travaux import settings
from travaux.errors import NotARecord, RequestError, StoreError

DATABASE_NAME = "record.sqlite"
POINTER_NAME = "record.postgresql"
SQLITE = "sqlite"
DRIVER = "postgresql+psycopg"
LONGEST_SCHEMA = 48
"""Characters of a schema's name; PostgreSQL keeps 63."""

_KNOWN = ("postgresql+psycopg", "postgresql", "postgres")
_SCHEMA = re.compile(r"[a-z_][a-z0-9_]{0,62}")
_MARK = re.compile(r"[0-9a-f]{16}")


@dataclass(frozen=True, slots=True)
class Pointer:
    """What ``record.postgresql`` says.

    Attributes:
        schema: the record's schema; mark: what the schema's comment ends with.
        server: where it was made, in words; for people only.
    """

    schema: str
    mark: str
    server: str

    def text(self) -> str:
        """The file's content."""
        return (
            "# The database of this record is a schema on a PostgreSQL server; TRAVAUX_DB says which server.\n"
            f'schema = "{self.schema}"\n'
            f'mark = "{self.mark}"\n'
            f"# Made on {self.server}\n"
        )


def is_record(folder: Path) -> bool:
    """Whether a folder holds a record: a database, or the name of one."""
    return (folder / DATABASE_NAME).is_file() or (folder / POINTER_NAME).is_file()


def pointer_in(folder: Path) -> Pointer | None:
    """The schema that a folder names; None where its database is a file, or there is none.

    Raises:
        NotARecord: the text cannot be used, or the folder has a database file too.
    """
    file = folder / POINTER_NAME
    if not file.is_file():
        return None
    if (folder / DATABASE_NAME).is_file():
        both = f"this folder has two databases, {DATABASE_NAME} and the one that {POINTER_NAME} names"
        raise NotARecord(both, remedy="move the one that is not meant away", path=folder)
    text, told = "", dict[str, object]()
    try:
        text = file.read_text(encoding="utf-8")
        told = tomllib.loads(text)
    except OSError as error:
        raise StoreError(f"cannot be read: {error.strerror}", path=file) from error
    except (ValueError, RecursionError):
        pass  # told below: what cannot be read names nothing
    schema, mark = told.get("schema"), told.get("mark")
    if not (isinstance(schema, str) and _SCHEMA.fullmatch(schema) and isinstance(mark, str) and _MARK.fullmatch(mark)):
        raise NotARecord("this names no schema of a database", remedy="restore it from a copy", path=file)
    made = re.search(r"^# Made on (\S.{0,200})$", text, re.MULTILINE)
    return Pointer(schema, mark, made[1] if made and made[1].isprintable() else "")


def server_of(pointer: Pointer, folder: Path) -> URL:
    """The address of the server that holds a record's schema.

    Raises:
        NotARecord: the environment names none. RequestError: what it names is no address of a server.
    """
    url = wanted_server(None)
    if url is None:
        made = f" (it was made on {pointer.server})" if pointer.server else ""
        raise NotARecord(
            f"the database of this record is on a PostgreSQL server{made}",
            remedy=f"set TRAVAUX_DB={DRIVER}://user@server/database",
            path=folder,
        )
    return url


def wanted_server(named: str | None) -> URL | None:
    """Where a new record's database is to be: the address of a server, or None for a file in its folder.

    Args:
        named: ``sqlite`` or the address of a server; None for what TRAVAUX_DB says.

    Raises:
        RequestError: it is neither. The message holds no password.
    """
    given, about = (settings.named_database(), "TRAVAUX_DB") if named is None else (named.strip(), "the database named")
    if not given or given == SQLITE:
        return None
    try:
        url = make_url(given)
    except (ArgumentError, ValueError):
        url = None
    if url is None or url.drivername not in _KNOWN:
        told = f"{about} is neither {SQLITE} nor the address of a PostgreSQL server"
        raise RequestError(told, remedy=f"{DRIVER}://user@server/database")
    return url.set(drivername=DRIVER)


def schema_name(folder: Path, number: int = 1) -> str:
    """A schema's name after a folder's: ``my-talks`` gives ``my_talks``, as the second of that name ``my_talks_2``."""
    plain = re.sub(r"[^a-z0-9]+", "_", folder.absolute().name.lower()).strip("_")
    if (
        not plain
        or not plain[0].isalpha()
        or plain.startswith("pg_")
        or plain in ("public", "information_schema", "pg")
    ):
        plain = f"record_{plain}".rstrip("_")
    plain = plain[:LONGEST_SCHEMA].rstrip("_")
    return plain if number == 1 else f"{plain}_{number}"
