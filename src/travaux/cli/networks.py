"""network: the ties between parties, or between parties and options."""

from __future__ import annotations

from pathlib import Path

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument
from travaux.cli.showing import READER, tell_reader
from travaux.views.words import counted

TIES = ("common", "congruence", "conflict", "subtract", "combine")
DIVIDED = ("none", "average", "jaccard", "cosine", "activity", "prominence", "dna-jaccard", "dna-cosine")
COLUMNS = ("id", "one", "two", "weight")


@click.command()
@record_argument
@click.option("--two-mode", is_flag=True, help="Parties and options, instead of parties alone.")
@click.option(
    "--ties",
    type=click.Choice(TIES),
    help="What a tie counts: common statements, congruence, conflict, or one less the other; combine (two-mode): 1 for, "
    "2 against, 3 both. By default congruence, and subtract with --two-mode.",
)
@click.option(
    "--normalise",
    type=click.Choice(DIVIDED),
    default="none",
    show_default=True,
    help="What it is divided by; activity and prominence with --two-mode only.",
)
@READER
@listing
@example("travaux network my-talks --ties conflict --normalise jaccard")
def network(
    record: Path | None, two_mode: bool, ties: str | None, normalise: str, reader: str | None, out: Listing
) -> None:
    """Who shares positions with whom: the ties of a network of parties, strongest first.

    A report that says a thing five times says it once, and so do copies and rewrites of one text; statements of stance open
    are on neither side. --ties and --normalise are explained in docs/exchange.md; `travaux export --format graphml` writes
    all of them for Gephi.
    """
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        tell_reader(opened, reader)
        found = opened.network(ties, normalise, two_mode=two_mode, reader=reader)
        rows = [
            {"id": f"{one}/{two}", "one": one, "two": two, "weight": round(weight, 6)}
            for (one, two), weight in sorted(found.ties.items(), key=lambda tie: (-abs(tie[1]), tie[0]))
        ]
        nothing = f"No ties of {found.aggregation} between {counted(len(found.rows), 'party', 'parties')}."
        out.write(rows, lambda _: rows_view(rows, COLUMNS[1:], nothing), columns=COLUMNS, notice=opened.notice)
