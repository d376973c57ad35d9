"""page, export: the record as files for others."""

from __future__ import annotations

import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from travaux.cli.output import example, explained
from travaux.cli.places import open_record, record_argument
from travaux.cli.showing import READER, tell_reader
from travaux.errors import RequestError
from travaux.exchange.formats import FORMATS


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
    type=click.Choice(list(FORMATS)),
    metavar="NAME",
    default="csv",
    show_default=True,
    help="One of the formats above.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, allow_dash=True),
    help="The folder, or the file where the format is one; - for standard output; by default export/ in RECORD.",
)
@READER
@example("travaux export my-talks --format xlsx -o my-talks.xlsx")
@explained("Formats", *(f"{name:<14}{one.says}" for name, one in FORMATS.items()))
def export(record: Path | None, form: str, output: Path | None, reader: str | None) -> None:
    """Write the record as other tools read it. The same record gives the same bytes."""
    from travaux.exchange.whole_files import told_as_unwritable

    chosen = FORMATS[form]
    to_stdout = output is not None and str(output) == "-"
    if to_stdout and not chosen.file:
        raise RequestError(f"{form} is a folder of files", remedy="name the folder with -o")
    with open_record(record) as opened, TemporaryDirectory() as apart:
        tell_reader(opened, reader)
        place = Path(apart) if to_stdout else output or opened.folder / "export"
        if output is None:
            with told_as_unwritable(place):
                place.mkdir(exist_ok=True)  # a single file goes into it under its own name
        for path in opened.export(form, place, reader=reader):
            if to_stdout:
                sys.stdout.buffer.write(path.read_bytes())
            else:
                click.echo(str(path), err=True)
