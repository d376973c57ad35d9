"""show, statements, reports: what the record holds, in the terminal and as data."""

from __future__ import annotations

from datetime import date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument
from travaux.model import ReportState
from travaux.views.words import counted

if TYPE_CHECKING:
    from travaux.api import Record

PARTY = click.option("--party", metavar="PARTY", help="Only this party: its id or any of its names.")
OPTION = click.option("--option", metavar="OPTION", help="Only this option, by its id.")
READER = click.option(
    "--reader", metavar="READER", help="Whose statements count: local or llm; by default the reader chosen last."
)


@click.command()
@record_argument
@PARTY
@OPTION
@click.option(
    "--as-of",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="Only what was published by this day: 2025-08-18.",
)
@READER
@listing
@example("travaux show my-talks --as-of 2025-08-31")
def show(
    record: Path | None,
    party: str | None,
    option: str | None,
    as_of: datetime | None,
    reader: str | None,
    out: Listing,
) -> None:
    """The matrix of parties and options: who is for or against what.

    As data, one position a line.
    """
    with open_record(record) as opened:
        tell_reader(opened, reader)
        show_matrix(opened, party, option, as_of.date() if as_of else None, out, reader=reader)
        tell_gaps(opened, reader)


def show_matrix(
    record: Record,
    party: str | None = None,
    option: str | None = None,
    as_of: date | None = None,
    out: Listing | None = None,
    *,
    reader: str | None = None,
) -> None:
    """Writes the matrix, or its positions as data."""
    from travaux.exchange import position_row
    from travaux.exchange.tables import POSITIONS
    from travaux.views.terminal import matrix_view

    matrix = record.matrix(as_of, party, option, reader=reader)
    cells = (cell for row in matrix.rows for cell in row.cells)
    positions = sorted((cell.position for cell in cells if cell.position), key=lambda one: (one.party, one.option))
    (out or Listing("table", None)).write(
        map(position_row, positions),
        lambda width: matrix_view(matrix, width),
        columns=[column.name for column in POSITIONS.columns if column.name != "notice"],
        notice=matrix.notice,
    )


@click.command()
@record_argument
@PARTY
@OPTION
@click.option("--report", metavar="REPORT", help="Only from this report, by its name.")
@click.option("--why", is_flag=True, help="Show which words decided each step of the reading.")
@click.option("--rejected", is_flag=True, help="Show statements that a person rejected too.")
@READER
@listing
@example("travaux statements my-talks --party russia --why")
def statements(
    record: Path | None,
    party: str | None,
    option: str | None,
    report: str | None,
    why: bool,
    rejected: bool,
    reader: str | None,
    out: Listing,
) -> None:
    """Statements with their exact quote, report, date and who vouches, as they count after judgements.

    As data, the codebook's fields by their names, id first; start and end are code points into the report's text.
    """
    from travaux.exchange import statement_row
    from travaux.exchange.tables import STATEMENTS
    from travaux.views.terminal import statement_view

    with open_record(record) as opened:
        tell_reader(opened, reader)
        judged = opened.judged(party, option, report, rejected=rejected, reader=reader)
        agenda, shown = opened.agenda, judged
        rows = {row.name: row for row in opened.reports(reader=reader)} if out.form == "table" else {}
        text_of = lru_cache(
            opened.store.report
        )  # statements stand in the order of their reports: few texts are needed at a time
        out.write(
            (statement_row(one, text_of(one.effective.report)) for one in shown),
            lambda _: statement_view(shown, agenda, rows, why=why),
            columns=[column.name for column in STATEMENTS.columns if column.name != "notice"],
            notice=agenda.notice,
        )
        tell_gaps(opened, reader)


@click.command()
@record_argument
@click.option("--by", metavar="WORDS", help="Only where the source's words contain these: a name, an office, “poll”.")
@click.option("--report", metavar="REPORT", help="Only in this report, by its name.")
@listing
@example("travaux said my-talks --by lavrov")
def said(record: Path | None, by: str | None, report: str | None, out: Listing) -> None:
    """Who says, thinks or wants what in the reports: source, cue and content, positions or not.

    Needs no agenda: it shows what there is to make one from. Nothing is stored. start and end are code points into the
    report's text, from the first of the words shown to the last.
    """
    from travaux.cli.progress import Progress
    from travaux.exchange.rows import SAID, said_row
    from travaux.views.terminal import said_view

    with open_record(record) as opened:
        with Progress("looking at") as progress:
            found = opened.said(by, report, progress)
        notice = opened.notice
        out.write(map(said_row, found), lambda _: said_view(found, notice), columns=SAID, notice=notice)


def tell_reader(record: Record, named: str | None) -> None:
    """Says on standard error whose statements are shown, where that is not the reader that ships."""
    reader, readers = named or record.reader, record.store.readers()
    if reader != "local" and reader in readers:
        others = [name for name in readers if name != reader]
        told = f"; --reader {others[0]} shows the other's" if others else ""
        click.echo(f"Reader: {reader}, and what a person confirmed{told}.", err=True)


def tell_gaps(record: Record, reader: str | None = None) -> None:
    """Says on standard error what is missing from what was shown: reports not read, or not readable."""
    states = record.store.states(reader=reader or record.reader)
    gaps = [
        (states.get(ReportState.NEW), "not read yet"),
        (states.get(ReportState.UNREAD), "in a language that is not read"),
        (states.get(ReportState.FAILED), "could not be read"),
    ]
    told = ", ".join(f"{counted(number, 'report')} {says}" for number, says in gaps if number)
    if told:
        click.echo(f"Missing: {told}; travaux reports names them.", err=True)


@click.command()
@record_argument
@READER
@listing
@example("travaux reports my-talks --csv -o reports.csv")
def reports(record: Path | None, reader: str | None, out: Listing) -> None:
    """Reports with their date, and what became of each: new, read, empty, or failed and why."""
    from travaux.exchange import report_row
    from travaux.exchange.tables import REPORTS
    from travaux.views.terminal import report_view

    with open_record(record) as opened:
        tell_reader(opened, reader)
        rows, notice = opened.reports(reader=reader), opened.notice
        out.write(
            map(report_row, rows),
            lambda _: report_view(rows, notice),
            columns=[column.name for column in REPORTS.columns if column.name != "notice"],
            notice=notice,
        )
