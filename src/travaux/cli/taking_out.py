"""page, export: the record as files for others."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from travaux.cli.output import example
from travaux.cli.places import open_record, record_argument
from travaux.cli.showing import READER, tell_reader


@click.command()
@record_argument
@click.option(
    "-o",
    "--output",
    required=True,
    type=click.Path(path_type=Path, allow_dash=True),
    help="The file; - for standard output.",
)
@READER
@example("travaux page my-talks -o my-talks.html")
def page(record: Path | None, output: Path, reader: str | None) -> None:
    """Write the record as one HTML file: the matrix, every quote, every report with its highlights.

    It needs no server and no network, works from a mail attachment, and prints. The same record gives the same bytes.
    """
    from travaux.exchange.whole_files import whole_file

    with open_record(record) as opened:
        tell_reader(opened, reader)
        html = opened.page(reader=reader)
    if str(output) == "-":
        sys.stdout.write(html)
        return
    with whole_file(output) as file:
        file.write(html)
    click.echo(f"Page: {output.resolve()}", err=True)


@click.command()
@record_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["csv", "jsonl", "datapackage"]),
    default="csv",
    show_default=True,
    help="csv and jsonl: one file a table; datapackage: both, and a codebook that machines can read.",
)
@click.option(
    "-o", "--output", type=click.Path(file_okay=False, path_type=Path), help="The folder; by default export/ in RECORD."
)
@READER
@example("travaux export my-talks --format datapackage -o out/")
def export(record: Path | None, form: str, output: Path | None, reader: str | None) -> None:
    """Write statements, positions, reports and judgements as files. The same record gives the same bytes."""
    with open_record(record) as opened:
        tell_reader(opened, reader)
        for path in opened.export(form, output or opened.folder / "export", reader=reader):
            click.echo(str(path), err=True)
