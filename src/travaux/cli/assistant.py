"""mcp: the record as tools for an assistant."""

from __future__ import annotations

from pathlib import Path

import click

from travaux.cli.output import example
from travaux.cli.places import open_record, record_argument


@click.command()
@record_argument
@example("travaux mcp my-talks")
def mcp(record: Path | None) -> None:
    """Serve the record to an assistant over the Model Context Protocol, on standard input and output.

    Read-only: positions, statements, passages, reports, networks, shifts, conflicts, flags, families, the agreement's terms
    and packages, each with exact quotes. Needs the extra mcp. The assistant starts this command itself;
    docs/recipes/assistant.md shows its settings.
    """
    from travaux.assistant import record_server

    with open_record(record) as opened:
        folder = opened.folder
    record_server(folder).run()
