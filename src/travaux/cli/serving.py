"""serve: the record in the browser."""

from __future__ import annotations

import webbrowser
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.output import example
from travaux.cli.places import open_record, record_argument
from travaux.cli.web import web_options

if TYPE_CHECKING:
    from travaux.intake.web import Rules
    from travaux.server import Guard

USUAL_PORT = 8642  # `travaux.server.running.PORT`, without importing a server to print a help text


@click.command()
@record_argument
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=USUAL_PORT, show_default=True, help="0 takes any free one."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen. On another address than loopback everybody who reaches it may look, and writing needs a key.",
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--read-only", is_flag=True, help="Nothing can be written, by whomever.")
@web_options
@example("travaux serve my-talks --open")
def serve(record: Path | None, port: int, host: str, show: bool, read_only: bool, rules: Rules) -> None:
    """The record in the browser: matrix, timeline, options, parties, reports, network, search, and judging.

    Its address is all that goes to standard output. Nothing leaves the machine but requests for pages whose addresses
    somebody enters. Ctrl-C stops it; what was decided is kept.
    """
    from travaux import server
    from travaux.record import DATABASE_NAME, is_writable

    def ready(address: str, guard: Guard) -> None:
        click.echo(address)
        if guard.key:
            click.echo(f"Whoever reaches this address may look. To write, give this key: {guard.key}", err=True)
        click.echo("Ctrl-C stops it.", err=True)
        if show:
            webbrowser.open(address)

    with open_record(record) as looked_at:
        folder = looked_at.folder
    writable = not read_only and is_writable(folder) and is_writable(folder / DATABASE_NAME)
    with open_record(folder, read_only=not writable) as opened:
        server.serve(opened, host, port, ready, rules)
