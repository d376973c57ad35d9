"""Which record a command works on: the one named, else the one meant."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux import settings
from travaux.errors import NotARecord

if TYPE_CHECKING:
    from travaux.api import Record

LAST_NAME = "last-record"


def record_argument(command: Callable[..., Any]) -> Callable[..., Any]:
    """Adds the argument RECORD, which may be left out; `found_record` says which it is then."""
    return click.argument("record", required=False, type=click.Path(path_type=Path))(command)


@contextmanager
def open_record(named: Path | None, *, read_only: bool = True) -> Iterator[Record]:
    """The record that is named or else meant, open; it is the one used last from then on.

    For a folder that may not be written and is no record itself, it is the record that was built from it.

    Raises:
        NotARecord: none is named and none is found. What `Record.open` raises.
    """
    from travaux.api import Record

    folder = found_record() if named is None else _built_from(named) or named
    with Record.open(folder, read_only=read_only) as record:
        remember(folder)
        yield record


def found_record(*, used_last: bool = True) -> Path:
    """The record that is meant where none is named; standard error says which it is.

    1. the one that TRAVAUX_RECORD names
    2. the current folder, or the nearest of those above it that is a record
    3. the one used last, where ``used_last`` allows it

    Raises:
        NotARecord: none of these is there.
    """
    found = _named_by_setting() or _around_here() or (_used_last() if used_last else None)
    if found is None:
        raise NotARecord("no record is named and none was found", remedy="name the folder of one")
    folder, why = found
    click.echo(f"Record: {folder} ({why})", err=True)
    return folder


def record_and_rest(given: tuple[str, ...], number: int, noun: str) -> tuple[Path | None, tuple[str, ...]]:
    """Splits ``[RECORD] X…`` where exactly ``number`` of X are wanted; the record is None where it was left out.

    Raises:
        click.UsageError: too few or too many were given.
    """
    if len(given) == number:
        return None, given
    if len(given) == number + 1:
        return Path(given[0]), given[1:]
    told = f"{noun} is missing" if len(given) < number else f"more than RECORD and {noun} was given"
    raise click.UsageError(told, click.get_current_context())


def is_record(folder: Path) -> bool:
    """Whether a folder holds a record's database."""
    from travaux.record import is_record

    return is_record(folder)


def remember(folder: Path) -> None:
    """Note the record as the one used last; where that cannot be written down, it is not."""
    place = settings.home() / LAST_NAME
    text = f"{folder.resolve()}\n".encode(errors="surrogateescape")
    with suppress(OSError):
        if place.exists() and place.read_bytes() == text:
            return
        place.parent.mkdir(parents=True, exist_ok=True)
        draft = place.with_name(f".{LAST_NAME}.{os.getpid()}")
        draft.write_bytes(text)
        draft.replace(place)


def _named_by_setting() -> tuple[Path, str] | None:
    named = settings.named_record()
    return None if named is None else (named, "by TRAVAUX_RECORD")


def _around_here() -> tuple[Path, str] | None:
    here = Path.cwd()
    found = next((folder for folder in (here, *here.parents) if is_record(folder)), None)
    if found is None:
        return None
    return found, "the current folder" if found == here else "above the current folder"


def _used_last() -> tuple[Path, str] | None:
    try:
        text = (settings.home() / LAST_NAME).read_bytes().decode(errors="surrogateescape").rstrip("\n")
    except OSError:
        return None
    folder = Path(text)
    return (folder, "used last") if text and is_record(folder) else None


def _built_from(source: Path) -> Path | None:
    """The record of a folder that may not be written, where `build` has put it."""
    from travaux.building import record_place

    if not source.is_dir() or is_record(source):
        return None
    place = record_place(source)
    if place == source or not is_record(place):
        return None
    click.echo(f"Record: {place} (built from {source}, which may not be written)", err=True)
    return place
