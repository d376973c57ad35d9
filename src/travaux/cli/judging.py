"""judge: a person's decisions on statements, additions and withdrawals; signed, dated, never changed or lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from textwrap import shorten
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_and_rest, record_argument
from travaux.errors import RequestError
from travaux.model import Act
from travaux.views.words import one_line, shown_stance

if TYPE_CHECKING:
    from travaux.model import FieldValue, Judgement


LOG = ("id", "day", "reviewer", "verdict", "statement", "quote", "withdrawn")
LOG_QUOTE = 24
"""Characters of a quote in the table of judgements."""


@click.group()
def judge() -> None:
    """Decide on a statement, for good: confirm, reject, correct or unsure; add one that was missed.

    A later decision on the same statement outweighs an earlier one; both stay in the record. undo takes one's own back.

    \b
    Example:
      travaux judge correct my-talks 3f2a91 --stance against --note 'she denied it'
    """


BY = click.option(
    "--by",
    "--reviewer",
    "reviewer",
    metavar="NAME",
    help="Who signs; by default TRAVAUX_REVIEWER or the login name.",
)
NOTE = click.option("--note", default="", help="Why, in free text.")
PASSAGE = (
    click.option("--quote", help="The words of the passage, as they stand in the report."),
    click.option(
        "--span",
        metavar="START:END",
        callback=lambda _context, _option, given: None if given is None else _span_of(given),
        help="The passage by its place in the report's text: characters from 0, the end being the one after the last.",
    ),
)
FIELDS = (
    click.option("--act", help="What the words say the party does: propose, offer, demand, accept, support, reject…"),
    click.option("--condition", help="The words of the condition, as they stand in the report; empty for none."),
    click.option(
        "--former/--not-former", default=None, help="Whether the report marks the position as no longer held."
    ),
    click.option("--via", type=click.Choice(["speaker", "narrator", "other", "anonymous"]), help="Who vouches for it."),
    click.option("--via-name", help="The party or source that relays it; empty for none."),
    click.option("--speaker", help="Who voices it; empty for none."),
)


def _with(*options: Callable[..., Any]) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Gives a command several options, in this order."""

    def decorated(command: Callable[..., Any]) -> Callable[..., Any]:
        for option in reversed(options):
            command = option(command)
        return command

    return decorated


_signed = _with(click.argument("record_and_statement", nargs=-1, required=True, metavar="[RECORD] STATEMENT"), BY, NOTE)
"""The arguments and options that every verdict takes."""


@judge.command()
@_signed
@example("travaux judge confirm my-talks 3f2a91")
def confirm(record_and_statement: tuple[str, ...], reviewer: str | None, note: str) -> None:
    """Say that a statement was read right. STATEMENT is its id, or the first characters of it."""
    _judge(record_and_statement, "confirm", reviewer, note)


@judge.command()
@_signed
@example("travaux judge reject my-talks 3f2a91 --note 'a caption, nobody says this'")
def reject(record_and_statement: tuple[str, ...], reviewer: str | None, note: str) -> None:
    """Say that the passage states no such thing: it no longer counts for any position."""
    _judge(record_and_statement, "reject", reviewer, note)


@judge.command()
@_signed
@example("travaux judge unsure my-talks 3f2a91")
def unsure(record_and_statement: tuple[str, ...], reviewer: str | None, note: str) -> None:
    """Say that you looked and could not tell; the statement counts as it was read."""
    _judge(record_and_statement, "unsure", reviewer, note)


@judge.command()
@_signed
@click.option("--party", help="The party whose position it is: its id or any of its names.")
@click.option("--option", help="The option it is about, by id.")
@click.option("--stance", type=click.Choice(["for", "against", "open"]), help="The party's attitude to the option.")
@_with(*FIELDS, *PASSAGE)
@example(
    "travaux judge correct my-talks 3f2a91 --stance against --condition ''",
    "travaux judge correct my-talks 3f2a91 --quote 'she ruled it out'",
)
def correct(
    record_and_statement: tuple[str, ...],
    reviewer: str | None,
    note: str,
    span: tuple[int, int] | None,
    **fields: str | bool | None,
) -> None:
    """Correct what was read, passage and all. Give only the fields that change.

    Where the words of --quote stand more than once, the place nearest to what was read is meant.
    """
    changes: dict[str, FieldValue] = _given(fields)
    if span is not None:
        changes |= {"start": span[0], "end": span[1]}
    if not changes:
        raise RequestError("nothing to correct", remedy="give a field and its value, such as --stance against")
    _judge(record_and_statement, "correct", reviewer, note, changes)


@judge.command()
@_signed
@click.option(
    "--stance",
    required=True,
    type=click.Choice(["for", "against", "open", "none", "unsure"]),
    help="The party's attitude to the option; none where the passage gives no such position.",
)
@click.option("--act", type=click.Choice([str(act) for act in Act]), help="What the words say the party does.")
@click.option("--condition", help="The words of the condition, as they stand in the report.")
@click.option("--former", is_flag=True, help="The report marks the position as no longer held.")
@example(
    "travaux queue my-talks --blind --by 'A. Reader'",
    "travaux judge blind my-talks 3f2a91 --stance against --act reject --by 'A. Reader'",
)
def blind(record_and_statement: tuple[str, ...], reviewer: str | None, note: str, stance: str, **coded: Any) -> None:
    """Code a passage of travaux queue --blind without seeing what was read of it. What was read is told afterwards.

    Nobody judges a passage blind that she has judged before.
    """
    folder, (statement,) = record_and_rest(record_and_statement, 1, "STATEMENT")
    with open_record(folder, read_only=False) as record:
        kept = record.judge_blind(statement, stance, reviewer=reviewer, note=note, **coded)
        judged = record.judged(report=kept.report_id, rejected=True)
    _tell(kept)
    for one in (each.statement for each in judged if each.statement.id == kept.statement):
        condition = f", if “{one_line(one.condition)}”" if one.condition else ""
        click.echo(f"Read as: {shown_stance(one)}, {one.act}{condition}", err=True)


@judge.command()
@click.argument("record_and_report", nargs=-1, required=True, metavar="[RECORD] REPORT")
@_with(*PASSAGE)
@click.option("--occurrence", type=click.IntRange(min=1), help="Which of the places the words stand at, from 1.")
@click.option("--party", required=True, help="The party whose position it is: its id or any of its names.")
@click.option("--option", required=True, help="The option it is about, by id.")
@click.option(
    "--stance",
    required=True,
    type=click.Choice(["for", "against", "open"]),
    help="The party's attitude to the option.",
)
@_with(*FIELDS, BY, NOTE)
@example(
    "travaux judge add my-talks 03-paris.txt --quote 'Rome will send no one' --party italy --option troops --stance against"
)
def add(
    record_and_report: tuple[str, ...],
    span: tuple[int, int] | None,
    quote: str | None,
    occurrence: int | None,
    reviewer: str | None,
    note: str,
    **fields: str | bool | None,
) -> None:
    """Add a statement that was missed, by report and passage. It counts whichever reader is chosen.

    Unless told otherwise its act is state, it is held now, and the party's own speaker vouches for it.
    """
    passage = quote if span is None else span
    if passage is None or (quote is not None and span is not None):
        raise RequestError(
            "a statement needs one passage", remedy="give its words with --quote, or its place with --span"
        )
    folder, (report,) = record_and_rest(record_and_report, 1, "REPORT")
    with open_record(folder, read_only=False) as record:
        _tell(
            record.add_statement(report, passage, _given(fields), occurrence=occurrence, reviewer=reviewer, note=note)
        )


@judge.command()
@record_argument
@click.option("--number", type=int, help="The judgement of this number; by default your last one that still holds.")
@_with(BY, NOTE)
@example("travaux judge undo my-talks", "travaux judge undo my-talks --number 12")
def undo(record: Path | None, number: int | None, reviewer: str | None, note: str) -> None:
    """Take your own last judgement back; again, the one before. Nothing is removed: a new row says so."""
    with open_record(record, read_only=False) as opened:
        signed: dict[str, Any] = {"reviewer": reviewer, "note": note}
        kept = opened.undo(**signed) if number is None else opened.withdraw(number, **signed)
        told = f"Judgement {kept.number}: takes back {kept.withdraws}, by {one_line(kept.reviewer)}"
        click.echo(f"{told}: “{one_line(kept.quote)}”", err=True)


@judge.command()
@record_argument
@click.option("--statement", metavar="STATEMENT", help="Only those on this statement, by its id.")
@click.option("--by", "--reviewer", "reviewer", metavar="NAME", help="Only those of this reviewer.")
@click.option("--orphaned", is_flag=True, help="Only those that hold for nothing, their passage being no longer read.")
@listing
@example("travaux judge log my-talks --statement 3f2a91")
def log(record: Path | None, statement: str | None, reviewer: str | None, orphaned: bool, out: Listing) -> None:
    """Every judgement ever made, in the order they were made; withdrawn ones too, with what withdrew them."""
    from travaux.exchange.rows import judgement_row
    from travaux.exchange.tables import JUDGEMENTS
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        withdrawn = {one.withdraws: one.number for one in opened.judgements() if one.withdraws is not None}
        found, notice = opened.judgements(statement, reviewer=reviewer), opened.notice
        lost = {one.number for one in opened.orphaned()} if orphaned else set()
    rows = [
        {**judgement_row(one), "withdrawn_by": withdrawn.get(one.number)}
        for one in found
        if one.number in lost or not orphaned
    ]
    # For people short enough that a row stays a row; the machine forms have everything.
    shown = [
        {
            **row,
            "day": row["at"][:10],
            "statement": row["statement"][:8],
            "quote": shorten(row["quote"], LOG_QUOTE, placeholder="…"),
            "withdrawn": row["withdrawn_by"] and f"by {row['withdrawn_by']}",
        }
        for row in rows
    ]
    columns = [*(column.name for column in JUDGEMENTS.columns if column.name != "notice"), "withdrawn_by"]
    out.write(rows, lambda _: rows_view(shown, LOG, "Nobody has judged anything."), columns=columns, notice=notice)


def _given(fields: Mapping[str, str | bool | None]) -> dict[str, FieldValue]:
    """The options that were given, an empty text meaning that there is none."""
    return {name: (None if value == "" else value) for name, value in fields.items() if value is not None}


def _span_of(given: str) -> tuple[int, int]:
    start, colon, end = given.partition(":")
    if not (colon and start.isdecimal() and end.isdecimal()):
        raise click.BadParameter(f"{given!r} is no place in a text: write it as 120:158")
    return int(start), int(end)


def _judge(
    given: tuple[str, ...],
    verdict: str,
    reviewer: str | None,
    note: str,
    corrections: Mapping[str, FieldValue] | None = None,
) -> None:
    folder, (statement,) = record_and_rest(given, 1, "STATEMENT")
    with open_record(folder, read_only=False) as record:
        kept = record.judge(statement, verdict, reviewer=reviewer, note=note, corrections=corrections)
        _tell(kept)


def _tell(kept: Judgement) -> None:
    blind = " blind" if kept.blind else ""
    told = f"Judgement {kept.number}: {kept.verdict} {kept.statement}{blind} by {one_line(kept.reviewer)}"
    click.echo(f"{told}: “{one_line(kept.quote)}”", err=True)
