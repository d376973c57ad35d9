"""shifts, conflicts, meetings, incidents: what reports tell one after another, and against one another."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument
from travaux.cli.showing import OPTION, PARTY, READER, tell_gaps, tell_reader

if TYPE_CHECKING:
    from travaux.analysis.events import Event
    from travaux.api import Record

_DAY = click.DateTime(["%Y-%m-%d"])
AS_OF = click.option("--as-of", type=_DAY, metavar="DATE", help="Only what was published by this day: 2025-08-18.")
SINCE = click.option(
    "--since", type=_DAY, metavar="DATE", help="Only what was published on this day or after brings up."
)


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


@click.command()
@record_argument
@PARTY
@OPTION
@AS_OF
@SINCE
@READER
@listing
@example("travaux shifts my-talks --since 2025-08-01")
def shifts(
    record: Path | None,
    party: str | None,
    option: str | None,
    as_of: datetime | None,
    since: datetime | None,
    reader: str | None,
    out: Listing,
) -> None:
    """Where a party's position changes from one report to a later one, with both quotes.

    Only dates of known order prove a shift; differences without one are listed last, as such. A report that says what a party
    held before gives a shift by itself. Statements that the reader half believes are passed over.
    """
    from travaux.exchange.across_rows import SHIFTS, shift_row
    from travaux.views.across import shifts_view

    with open_record(record) as opened:
        tell_reader(opened, reader)
        found = opened.shifts(_day(as_of), _day(since), party, option, reader=reader)
        agenda = opened.agenda
        out.write(map(shift_row, found), lambda _: shifts_view(found, agenda), columns=SHIFTS, notice=agenda.notice)
        tell_gaps(opened, reader)


@click.command()
@record_argument
@AS_OF
@SINCE
@READER
@listing
@example("travaux conflicts my-talks --json")
def conflicts(
    record: Path | None, as_of: datetime | None, since: datetime | None, reader: str | None, out: Listing
) -> None:
    """Where reports cannot both be right: on a position, a number, a day, an office, or whether something is settled.

    Each says why, with the words of every side. Those come first on which most of the record hangs: weight counts the
    statements touched and the sources that take a side.
    """
    from travaux.exchange.across_rows import CONFLICTS, conflict_row
    from travaux.views.across import conflicts_view

    with open_record(record) as opened:
        tell_reader(opened, reader)
        found, agenda = opened.conflicts(_day(as_of), _day(since), reader=reader), opened.agenda
        out.write(
            map(conflict_row, found), lambda _: conflicts_view(found, agenda), columns=CONFLICTS, notice=agenda.notice
        )
        tell_gaps(opened, reader)
        _tell_uncompared(sum(opened.store.states(reader=reader or opened.reader).values()))


def _tell_uncompared(reports: int) -> None:
    """Says on standard error that a record is too large for its reports to be held against each other sentence by sentence."""
    from travaux.analysis.conflicts_apart import AT_MOST

    if reports > AT_MOST:
        click.echo(
            f"With {reports} reports (more than {AT_MOST}), independent reports are compared by what the reader found in them, "
            "and not sentence by sentence.",
            err=True,
        )


@click.command()
@record_argument
@AS_OF
@SINCE
@listing
@example("travaux meetings my-talks --as-of 2025-08-31")
def meetings(record: Path | None, as_of: datetime | None, since: datetime | None, out: Listing) -> None:
    """Meetings held, planned, proposed or cancelled: who, where, when, with every report's version.

    A day is given where the report's words and date tell it; "on Monday" in an undated report tells none.
    """
    _listed(record, lambda opened: opened.meetings(_day(as_of), _day(since)), out)


@click.command()
@record_argument
@AS_OF
@SINCE
@listing
@example("travaux incidents my-talks --csv -o incidents.csv")
def incidents(record: Path | None, as_of: datetime | None, since: datetime | None, out: Listing) -> None:
    """Incidents: what, where, how many killed and injured, by whose word, with every report's version."""
    _listed(record, lambda opened: opened.incidents(_day(as_of), _day(since)), out)


def _listed(record: Path | None, found_in: Callable[[Record], list[Event]], out: Listing) -> None:
    from travaux.exchange.across_rows import EVENTS, event_row
    from travaux.views.across import events_view

    with open_record(record) as opened:
        found, notice = found_in(opened), opened.notice
        out.write(map(event_row, found), lambda _: events_view(found, notice), columns=EVENTS, notice=notice)
        tell_gaps(opened)
