"""What `travaux doctor` does about a damaged record: say what it will do, do it, say what was saved and what was lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import click

from travaux.errors import RequestError
from travaux.views.words import counted

PLAN = (
    "The damaged file is kept as it is, beside the record.",
    "What can be read goes into a new database: judgements and datings first, then reports, readings and sources.",
    "A report counts as saved only where its text is exactly what was added. Flags and families are made anew.",
)


def repaired(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Save what can be read of the record in a folder; yields what was saved, kept and lost: about, state, says."""
    from travaux.record.repairing import LOST_REPORTS, damage, repair

    _check_is_file(folder)
    found = damage(folder)
    if not found:
        yield "database", "well", "the file is whole, so there is nothing to repair in it"
        return
    click.echo(f"The database is damaged: {found}", err=True)
    for line in PLAN:
        click.echo(line, err=True)
    done = repair(folder)
    for table, number in done.saved.items():
        if number:
            yield table, "saved", counted(number, "row")
    if done.aside is not None:
        yield "database", "note", f"the damaged file is kept as {done.aside.name}"
    for line in done.lost:
        yield "database", "lost", line
    if done.bytes_kept:
        yield "record", "note", f"travaux add {folder} {folder / LOST_REPORTS} takes those reports in again"
    if done.read_again:
        yield "record", "note", f"travaux read {folder} reads the reports again; judgements stay in force"


def restored(folder: Path, name: str) -> tuple[str, str, str]:
    """Bring a copy of the database back; what was done: about, state, says."""
    from travaux.record import DATABASE_NAME
    from travaux.record.backups import restore

    _check_is_file(folder)
    if Path(name).name != name:
        raise RequestError("a copy is named without its folder", remedy="travaux doctor lists the copies", path=name)
    click.echo(f"{name} is put in place of the database, which is kept beside it.", err=True)
    aside = restore(folder / DATABASE_NAME, folder / name)
    told = "there was no database before" if aside is None else f"the database until now is kept as {aside.name}"
    return "database", "restored", f"{name} is the database now; {told}"


def _check_is_file(folder: Path) -> None:
    from travaux.record import POINTER_NAME

    if (folder / POINTER_NAME).is_file():
        told = "this record's database is on a server, which has its own means against damage"
        raise RequestError(told, remedy="docs/teams.md says how to back it up and bring it back", path=folder)


def kept(folder: Path) -> Iterator[tuple[str, str, str]]:
    """Copies and leftovers in a record's folder, as notes."""
    from travaux.record.backups import backups, leftovers

    for copy in backups(folder):
        day = datetime.fromtimestamp(copy.at, UTC).date().isoformat()
        told = f"a copy with schema {copy.schema}, of {day}: travaux doctor {folder} --restore {copy.path.name}"
        yield copy.path.name, "note", told
    for path in leftovers(folder):
        yield path.name, "note", "left by a run that was killed, or being written now; it may be removed if none is"
