"""families, flags: what each report is worth."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import found_record, open_record, record_argument
from travaux.cli.progress import Progress
from travaux.errors import RecordBusy, RecordReadOnly
from travaux.model import FlagKind

if TYPE_CHECKING:
    from travaux.api import Record

REPORT = click.option("--report", metavar="REPORT", help="Only this report, by its name.")


def _day(name: str, says: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    return click.option(name, type=click.DateTime(["%Y-%m-%d"]), metavar="DATE", help=says)


AS_OF = _day("--as-of", "Only of reports published by this day: 2025-08-18.")
SINCE = _day("--since", "Only of reports published from this day on.")


@contextmanager
def assessed_record(named: Path | None) -> Iterator[Record]:
    """A record whose flags and families are up to date; stored where that may be, for this once where it may not."""
    place = found_record() if named is None else named
    written = open_record(place, read_only=False)
    with suppress(RecordReadOnly, RecordBusy), written as opened, Progress("comparing") as progress:
        opened.assess(progress)
    with open_record(place) as opened:
        yield opened


@click.command()
@record_argument
@REPORT
@click.option("--kind", type=click.Choice([str(kind) for kind in FlagKind]), metavar="KIND", help="Only this kind.")
@AS_OF
@SINCE
@listing
@example("travaux flags my-talks --kind wrong-role", "travaux flags my-talks --report 04-two-layers.txt --json")
def flags(
    record: Path | None,
    report: str | None,
    kind: str | None,
    as_of: datetime | None,
    since: datetime | None,
    out: Listing,
) -> None:
    """Reasons to trust a report less, each with the exact words and why.

    Kinds: page-chrome, generator-leftover, placeholder-citation, undated, anonymous-only, wrong-role, misspelt-name,
    repeated-block, no-source, mixed-spelling, contradictory-tense. There is no score, and no flag proves nothing. start and end are
    code points into the report's text.
    """
    from travaux.exchange.worth import FLAGS, flag_row
    from travaux.views.worth import flag_view

    with assessed_record(record) as opened:
        found = opened.flags(report, kind, as_of=_date(as_of), since=_date(since))
        notice = opened.notice
        out.write(map(flag_row, found), lambda _: flag_view(found, notice), columns=FLAGS, notice=notice)


@click.command()
@record_argument
@REPORT
@click.option("--why", is_flag=True, help="Show the passages that are shared word for word.")
@AS_OF
@SINCE
@listing
@example("travaux families my-talks --why")
def families(
    record: Path | None, report: str | None, why: bool, as_of: datetime | None, since: datetime | None, out: Listing
) -> None:
    """Which reports derive from one text, copied or reworded: they count as one source.

    Verdicts: copy shown, shared origin likely; reports without a family have no link found, which does not make them
    independent. As data, with every link and the places of what is shared in both reports.
    """
    from travaux.exchange.worth import FAMILIES, family_row
    from travaux.views.worth import family_view

    with assessed_record(record) as opened:
        found = opened.families(report, as_of=_date(as_of), since=_date(since))
        texts = {}
        if why and out.form == "table":
            texts = {link.first: opened.store.report(link.first_id).text for one in found for link in one.links}
        notice = opened.notice
        about = f"No link found of {report} to any other report." if report else "No link found between any reports."
        out.write(
            map(family_row, found), lambda _: family_view(found, texts, about, notice), columns=FAMILIES, notice=notice
        )


def _date(given: datetime | None) -> date | None:
    return given.date() if given else None
