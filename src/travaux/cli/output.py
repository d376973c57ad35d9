"""How every listing is written: one decorator gives each the same options, and one function writes them all."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from travaux import settings

if TYPE_CHECKING:
    from rich.console import RenderableType

Row = Mapping[str, Any]
CHOSEN = "travaux.form"
FORMS = {
    "table": "A table to read (the default, on a terminal and elsewhere).",
    "json": "One JSON list.",
    "jsonl": "JSON lines, id first.",
    "csv": "CSV with a header.",
}


@dataclass(frozen=True, slots=True)
class Listing:
    """How and where one listing is to be written.

    Attributes:
        form: ``table``, ``json``, ``jsonl`` or ``csv``; place: a file, or None for standard output.
    """

    form: str
    place: Path | None

    def write(
        self,
        rows: Iterable[Row],
        table: Callable[[int], RenderableType],
        *,
        columns: Sequence[str],
        notice: str = "",
    ) -> None:
        """Write the listing.

        Args:
            rows: for the machine forms; not looked at for a table.
            table: makes what people read, for a width in characters; it shows the notice itself.
            columns: names and order of the CSV columns; each row has exactly these.
            notice: said on standard error where a machine form is written.
        """
        if notice and self.form != "table":
            click.echo(f"Notice: {notice}", err=True)
        if self.place is None:
            self._write_to(sys.stdout, rows, table, columns)
            return
        from travaux.exchange.whole_files import whole_file

        with whole_file(self.place) as file:
            self._write_to(file, rows, table, columns)

    def _write_to(
        self, file: TextIO, rows: Iterable[Row], table: Callable[[int], RenderableType], columns: Sequence[str]
    ) -> None:
        if self.form == "table":
            self._write_table(file, table)
            return
        from travaux.exchange import write_csv, write_json_lines

        if self.form == "jsonl":
            write_json_lines(file, rows)
        elif self.form == "csv":
            write_csv(file, columns, rows)
        else:
            from travaux.exchange.json_lines import json_line

            lines = ",\n".join(f" {json_line(row)}" for row in rows)
            file.write(f"[\n{lines}\n]\n" if lines else "[]\n")

    def _write_table(self, file: TextIO, table: Callable[[int], RenderableType]) -> None:
        from rich.console import Console

        # A file gets plain text of a fixed width, so that it is the same on every machine.
        width = None if self.place is None else 100
        console = Console(file=file, width=width, no_color=settings.no_colour() or None, highlight=False)
        if console.is_terminal:
            console.print(table(console.width))
            return
        with console.capture() as captured:
            console.print(table(console.width))
        # Columns are padded with spaces; in a file or a pipe nobody needs those at the ends of lines.
        file.writelines(f"{line.rstrip()}\n" for line in captured.get().splitlines())


def listing(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--table``, ``--json``, ``--jsonl``, ``--csv`` and ``-o``, and hands it a `Listing` as `out`."""

    @wraps(command)
    def with_listing(*args: Any, output: Path | None, **options: Any) -> Any:
        form = click.get_current_context().meta.get(CHOSEN, "table")
        return command(*args, out=Listing(form, output), **options)

    decorated: Callable[..., Any] = click.option(
        "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file instead of showing."
    )(with_listing)
    for form in reversed(FORMS):
        option = click.option(f"--{form}", form, is_flag=True, expose_value=False, callback=_choose, help=FORMS[form])
        decorated = option(decorated)
    return decorated


def _choose(context: click.Context, option: click.Parameter, given: bool) -> None:
    if not given:
        return
    before = context.meta.setdefault(CHOSEN, option.name)
    if before != option.name:
        raise click.UsageError(f"--{before} and --{option.name} exclude each other", context)


def example(*lines: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds an example to a command's help."""
    return explained("Example", *lines)


def explained(heading: str, *lines: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Adds lines to a command's help that are shown as they are, below a heading; the nearest to the command come first."""

    def with_lines(command: Callable[..., Any]) -> Callable[..., Any]:
        shown = "\n".join(f"      {line}" for line in lines)
        command.__doc__ = f"{(command.__doc__ or '').rstrip()}\n\n    \b\n    {heading}:\n{shown}"
        return command

    return with_lines
