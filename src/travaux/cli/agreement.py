"""terms, packages, whatif: the agreement on the table, and what could still be agreed."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument
from travaux.cli.showing import READER, tell_gaps, tell_reader

if TYPE_CHECKING:
    from travaux.analysis.agreement import DealSpace
    from travaux.api import Record
    from travaux.exchange.columns import Table

DAY = click.DateTime(["%Y-%m-%d"])
AS_OF = click.option("--as-of", type=DAY, metavar="DATE", help="Only what was published by this day: 2025-08-18.")


def _chosen(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options that choose among packages."""
    options = (
        click.option(
            "--with", "include", multiple=True, metavar="OPTION", help="Only packages with this option; repeatable."
        ),
        click.option(
            "--without", "leave_out", multiple=True, metavar="OPTION", help="Only packages without it; repeatable."
        ),
        click.option(
            "--limit", type=click.IntRange(1), default=10, show_default=True, help="How many packages to list."
        ),
    )
    for option in reversed(options):
        command = option(command)
    return command


@click.command()
@record_argument
@click.option("--against", metavar="REFERENCE", help="Beside a reference instrument: its id, or the beginning of it.")
@click.option("--references", is_flag=True, help="List the reference instruments, the nearest to the term sheet first.")
@AS_OF
@click.option("--since", type=DAY, metavar="DATE", help="What entered, fell out or was softened since this day.")
@click.option("--report", metavar="REPORT", help="Only what this report says: a draft as published.")
@click.option("--since-report", metavar="REPORT", help="What changed since the draft that this report publishes.")
@click.option("--why", is_flag=True, help="Quote every party, not only one for and one against.")
@READER
@listing
@example(
    "travaux terms my-talks",
    "travaux terms my-talks --against north_atlantic_treaty_1949",
    "travaux terms my-talks --since 2025-09-01",
)
def terms(
    record: Path | None,
    against: str | None,
    references: bool,
    as_of: datetime | None,
    since: datetime | None,
    out: Listing,
    **options: Any,
) -> None:
    """The term sheet of the agreement: each provision with its value, who stands for it, and the words that show it.

    What is not agreed stands in brackets. "Excluded", "not mentioned" and "unknown" are three different things. --against
    says by the order of the kind where it is stronger or weaker, on paper; cells nobody has checked are marked unverified.
    """
    modes = {
        "--against": against,
        "--references": references,
        "--since": since,
        "--since-report": options["since_report"],
    }
    given = [name for name, value in modes.items() if value]
    if len(given) > 1:
        raise click.UsageError(f"{given[0]} and {given[1]} exclude each other", click.get_current_context())
    if options["report"] and as_of:
        raise click.UsageError("--report and --as-of exclude each other", click.get_current_context())
    day = as_of.date() if as_of else None
    with open_record(record) as opened:
        tell_reader(opened, options["reader"])
        if against is not None:
            _compared(opened, against, day, out, options)
        elif references:
            _references(opened, day, out, options)
        elif since is not None or options["since_report"]:
            _changes(opened, since.date() if since else None, day, out, options)
        else:
            _sheet(opened, day, out, options)
        tell_gaps(opened, options["reader"])


def _sheet(record: Record, day: date | None, out: Listing, options: dict[str, Any]) -> None:
    from travaux.exchange.agreement import TERMS, term_rows
    from travaux.views.agreement_terminal import term_sheet_view

    sheet = record.term_sheet(day, report=options["report"], reader=options["reader"])
    rows = {row.name: row for row in record.reports(reader=options["reader"])}
    out.write(
        term_rows(sheet),
        lambda _: term_sheet_view(sheet, record.agenda, rows, why=options["why"]),
        columns=_columns(TERMS),
        notice=record.notice,
    )
    if sheet.unplaced:
        click.echo(f"Left out, since only undated reports speak to them: {sheet.unplaced} of the options.", err=True)


def _compared(record: Record, against: str, day: date | None, out: Listing, options: dict[str, Any]) -> None:
    from travaux.analysis.agreement import reference_named
    from travaux.exchange.agreement import COMPARED, compared_rows
    from travaux.views.agreement_terminal import compared_view

    reference = reference_named(against, record.references())
    found = record.compare_terms(reference.id, day, report=options["report"], reader=options["reader"])
    notice = record.notice
    out.write(
        compared_rows(found, reference.id),
        lambda _: compared_view(found, reference, notice),
        columns=COMPARED,
        notice=notice,
    )


def _references(record: Record, day: date | None, out: Listing, options: dict[str, Any]) -> None:
    from travaux.exchange.agreement import REFERENCES, reference_rows
    from travaux.views.terminal import rows_view

    found = list(reference_rows(record.nearest_references(day, reader=options["reader"])))
    shown = [
        {"id": row["id"], "date": row["date"], "same in": ", ".join(row["same"]), "of": len(row["compared"]),
         "unverified cells": f"{row['unverified']} of {row['cells']}"}
        for row in found
    ]  # fmt: skip
    columns = ("id", "date", "same in", "of", "unverified cells")
    out.write(
        found,
        lambda _: rows_view(shown, columns, "There are no reference instruments of this kind."),
        columns=REFERENCES,
        notice=record.notice,
    )


def _changes(record: Record, since: date | None, day: date | None, out: Listing, options: dict[str, Any]) -> None:
    from travaux.exchange.agreement import CHANGES, change_rows
    from travaux.views.agreement_terminal import changes_view

    found = record.term_changes(
        since, day, since_report=options["since_report"], report=options["report"], reader=options["reader"]
    )
    before = options["since_report"] or since
    after = options["report"] or day or "now"
    out.write(
        change_rows(found),
        lambda _: changes_view(found, record.agenda, f"From {before} to {after}"),
        columns=CHANGES,
        notice=record.notice,
    )


@click.command()
@record_argument
@_chosen
@click.option("--package", metavar="OPTIONS", help="Look at one package: ids of its options, joined by commas.")
@click.option(
    "--weighed", is_flag=True, help="Order them by the weights in terms.yaml, with how far the order hangs on each."
)
@AS_OF
@READER
@listing
@example(
    "travaux packages my-talks", "travaux packages my-talks --with economic-zone", "travaux packages my-talks --weighed"
)
def packages(
    record: Path | None,
    include: Sequence[str],
    leave_out: Sequence[str],
    limit: int,
    package: str | None,
    weighed: bool,
    as_of: datetime | None,
    reader: str | None,
    out: Listing,
) -> None:
    """The packages open to all parties, who blocks the others and with which words, and the fewest moves that would open one.

    A package settles every issue as `choose` and `rules` in agenda.yaml say. Nothing is guessed: what is unknown blocks
    nothing and is counted.
    """
    from travaux.exchange.agreement import PACKAGES, WEIGHED, space_rows, weighed_rows
    from travaux.views.agreement_terminal import packages_view
    from travaux.views.terminal import rows_view

    if package is not None and weighed:
        raise click.UsageError("--package and --weighed exclude each other", click.get_current_context())
    with open_record(record) as opened:
        tell_reader(opened, reader)
        space = opened.packages(
            as_of.date() if as_of else None, include=include, leave_out=leave_out, limit=limit, reader=reader
        )
        reports = {row.name: row for row in opened.reports(reader=reader)}
        notice = opened.notice
        if weighed:
            rows = list(weighed_rows(opened.weighed_packages(space)))
            shown = ("rank", "lowest", "highest", "worst", "state", "options", "hangs_on")
            out.write(rows, lambda _: rows_view(rows, shown), columns=WEIGHED, notice=notice)
            for signed in sorted({row["weighed_by"] for row in rows}):
                click.echo(f"Weights: {signed}; Travaux guesses none.", err=True)
        elif package is not None:
            _one_package(opened, space, package, out)
        else:
            out.write(
                space_rows(space), lambda _: packages_view(space, reports), columns=_columns(PACKAGES), notice=notice
            )
        tell_gaps(opened, reader)


def _one_package(record: Record, space: DealSpace, named: str, out: Listing) -> None:
    from rich.console import Group
    from rich.text import Text

    from travaux.exchange.agreement import PACKAGES, package_rows
    from travaux.views.agreement_terminal import package_lines
    from travaux.views.terminal import notice_lines
    from travaux.views.words import one_line

    options = record.option_ids([one.strip() for one in named.split(",") if one.strip()])
    found = space.package(options)
    names = {party.id: one_line(party.name) for party in space.agenda.parties}
    out.write(
        package_rows([found]),
        lambda _: Group(*notice_lines(record.notice)[:1], *package_lines("•", found, space, names), Text()),
        columns=_columns(PACKAGES),
        notice=record.notice,
    )
    for rule in space.broken(options):
        click.echo(f"Breaks a rule of agenda.yaml: {rule}", err=True)


@click.command()
@record_argument
@click.option("--suppose", multiple=True, metavar="PARTY:OPTION=STAND", help="A stand to suppose; repeatable.")
@_chosen
@AS_OF
@READER
@listing
@example("travaux whatif my-talks --suppose russia:economic-zone=for", "travaux whatif my-talks")
def whatif(
    record: Path | None,
    suppose: Sequence[str],
    include: Sequence[str],
    leave_out: Sequence[str],
    limit: int,
    as_of: datetime | None,
    reader: str | None,
    out: Listing,
) -> None:
    """What a party's move would open. Nothing of it is stored.

    STAND is for, against, ruled-out, open, without (it would do without the option) or unknown. Without --suppose, a line
    for each position that blocks a package: what it would open if it alone moved.
    """
    from travaux.exchange.agreement import OPENINGS, PACKAGES, opening_rows, space_rows
    from travaux.views.agreement_terminal import packages_view
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        tell_reader(opened, reader)
        day, notice = as_of.date() if as_of else None, opened.notice
        if not suppose:
            from travaux.analysis.agreement import openings

            space = opened.packages(day, include=include, leave_out=leave_out, limit=limit, reader=reader)
            rows = list(opening_rows(openings(space)))
            shown = ("party", "option", "stand", "opens_an_agreement", "in_sets", "gained", "report")
            nothing = "Nobody objects to any option."
            out.write(rows, lambda _: rows_view(rows, shown, nothing), columns=OPENINGS, notice=notice)
            return
        found = opened.what_if(suppose, day, include=include, leave_out=leave_out, limit=limit, reader=reader)
        reports = {row.name: row for row in opened.reports(reader=reader)}
        out.write(
            space_rows(found.after),
            lambda _: packages_view(found.after, reports),
            columns=_columns(PACKAGES),
            notice=notice,
        )
        before, after = found.before.open_number, found.after.open_number
        told = f"{_number(before)} sets of options open before, {_number(after)} with what is supposed"
        click.echo(f"Supposed, not stored: {', '.join(suppose)}. {told}.", err=True)


def _number(value: int | None) -> str:
    return "uncounted" if value is None else f"{value:,}"


def _columns(table: Table) -> list[str]:
    return [column.name for column in table.columns if column.name != "notice"]
