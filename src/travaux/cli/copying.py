"""copy: a record into another folder, and into another kind of database."""

from __future__ import annotations

from pathlib import Path

import click

from travaux import settings
from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record
from travaux.cli.progress import Progress
from travaux.views.words import counted

COLUMNS = ("id", "rows")


@click.command()
@click.argument("record", metavar="FROM", type=click.Path(path_type=Path))
@click.argument("folder", metavar="TO", type=click.Path(path_type=Path))
@click.option(
    "--database",
    metavar="WHERE",
    help="sqlite, or a server's address: postgresql+psycopg://user@server/database. By default what TRAVAUX_DB says, else "
    "sqlite.",
)
@listing
@example(
    "travaux copy my-talks team-talks --database postgresql+psycopg://ada@db.example/talks",
    "travaux copy team-talks my-copy --database sqlite",
)
def copy(record: Path, folder: Path, database: str | None, out: Listing) -> None:
    """Copy a record into a new folder TO, from SQLite to PostgreSQL, the other way, or within one kind.

    Every row is compared after copying; the listing says how many each table has. Nothing is half copied. The agenda,
    terms.yaml and a language model's answers come along. FROM is not changed.
    """
    from travaux.views.terminal import rows_view

    with open_record(record) as opened, Progress("copying") as progress:
        numbers = opened.copy(folder, database=database, progress=progress)
    rows = [{"id": table, "rows": number} for table, number in numbers.items()]
    out.write(rows, lambda _: rows_view(rows, COLUMNS), columns=COLUMNS)
    click.echo(f"{folder}: {counted(sum(numbers.values()), 'row')}, each compared with the original.", err=True)
    if database not in (None, "sqlite", settings.named_database()):
        click.echo("It can be opened where TRAVAUX_DB names that server.", err=True)
