"""date: an analyst's word on when a report was published."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import is_record, open_record
from travaux.errors import RequestError

if TYPE_CHECKING:
    from travaux.model import PartialDate

COLUMNS = ("id", "report", "date", "precision", "basis", "about", "by", "at", "note")


@click.command()
@click.argument("record_report_date", nargs=-1, required=True, metavar="[RECORD] REPORT [DATE]")
@click.option("--about", is_flag=True, help="The date is an estimate, and shown as one.")
@click.option("--by", metavar="NAME", help="Who says so; by default TRAVAUX_REVIEWER, else the login name.")
@click.option("--note", default="", help="Why, in a few words.")
@click.option(
    "--withdraw", is_flag=True, help="Take the datings before it back: what the report says of itself counts."
)
@listing
@example(
    "travaux date my-talks communique.txt 2025-08-18 --about --note 'names Monday’s meeting'",
    "travaux date my-talks communique.txt",
)
def date(
    record_report_date: tuple[str, ...], about: bool, by: str | None, note: str, withdraw: bool, out: Listing
) -> None:
    """Say when a report was published, or show what is known of it.

    DATE is 2025-08-18, 2025-08 or 2025. It counts before what the report says of itself, which is kept beside it; datings
    are signed, never lost, and outlive adding the report again. Without DATE, all that was said is listed.
    """
    from travaux.naming import id_of
    from travaux.views.terminal import rows_view

    given = list(record_report_date)
    folder = Path(given.pop(0)) if len(given) > 1 and is_record(Path(given[0])) else None
    if len(given) > 2:
        raise click.UsageError("more than RECORD, REPORT and DATE was given", click.get_current_context())
    report, day = given[0], given[1] if len(given) == 2 else None
    if withdraw and day is not None:
        raise click.UsageError("--withdraw takes no DATE", click.get_current_context())
    if (about or note or by) and day is None and not withdraw:
        raise RequestError("there is no date", remedy="write it behind the report: 2025-08-18")
    with open_record(folder, read_only=day is None and not withdraw) as opened:
        by_name = {one.name: one for one in opened.reports()}
        name = id_of(report, {one.name: (one.name, one.id) for one in by_name.values()}, "report")
        if day is not None or withdraw:
            opened.date(name, day, about=about, reviewer=by, note=note)
        said = opened.datings(name)
        row = by_name[name]
        own = _row("0", row.name, row.given, None, None, "the report itself")
        rows = [
            own,
            *(
                _row(
                    str(one.number),
                    row.name,
                    one.date,
                    one.reviewer,
                    one.at,
                    one.note or (None if one.date else "withdrawn"),
                )
                for one in said
            ),
        ]
        out.write(rows, lambda _: rows_view(rows, COLUMNS[2:]), columns=COLUMNS, notice=opened.notice)


def _row(
    identity: str, report: str, date: PartialDate | None, by: str | None, at: str | None, note: str | None
) -> dict[str, object]:
    return {
        "id": identity,
        "report": report,
        "date": date.value if date else None,
        "precision": date.precision if date else None,
        "basis": str(date.basis) if date else None,
        "about": date is not None and date.about,
        "by": by,
        "at": at,
        "note": note,
    }
