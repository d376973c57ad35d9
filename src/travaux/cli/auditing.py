"""audit: who did what in the browser."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument

if TYPE_CHECKING:
    from travaux.record.deeds import Deed

COLUMNS = ("id", "at", "person", "address", "what", "about")


@click.command()
@record_argument
@click.option("--person", metavar="NAME", help="Only what this person did, by the name they sign in by.")
@click.option("--what", metavar="WHAT", help="Only this, as it is written in the listing: 'sign-in failed'.")
@click.option("--since", metavar="DATE", help="Only from this day on, in UTC.")
@listing
@example("travaux audit my-talks --what 'sign-in failed' --since 2025-12-01")
def audit(record: Path | None, person: str | None, what: str | None, since: str | None, out: Listing) -> None:
    """Who did what, when and from where, while the record was served for a team; failed sign-ins too.

    Nothing of it can be changed or removed by Travaux. It stands in the record's database, and goes where that goes.
    """
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        rows = [_row(one) for one in opened.audit(person, what, since)]
        out.write(rows, lambda _: rows_view(rows, COLUMNS[1:]), columns=COLUMNS, notice=opened.notice)


def _row(deed: Deed) -> dict[str, Any]:
    return {
        "id": str(deed.number),
        "at": deed.at,
        "person": deed.person or None,
        "address": deed.address or None,
        "what": str(deed.what),
        "about": deed.about or None,
    }
