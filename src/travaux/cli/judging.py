"""judge: a person's decisions on statements; signed, dated, never changed or lost."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import click

from travaux.cli.output import example
from travaux.cli.places import open_record, record_and_rest
from travaux.errors import RequestError
from travaux.views.words import one_line


@click.group()
def judge() -> None:
    """Decide on a statement, for good: confirm, reject, correct or unsure.

    A later decision on the same statement outweighs an earlier one; both stay in the record.

    \b
    Example:
      travaux judge correct my-talks 3f2a91 --stance against --note 'she denied it'
    """


def _signed(command: Callable[..., Any]) -> Callable[..., Any]:
    """The arguments and options that every verdict takes."""
    options = (
        click.argument("record_and_statement", nargs=-1, required=True, metavar="[RECORD] STATEMENT"),
        click.option(
            "--by",
            "--reviewer",
            "reviewer",
            metavar="NAME",
            help="Who signs; by default TRAVAUX_REVIEWER or the login name.",
        ),
        click.option("--note", default="", help="Why, in free text."),
    )
    for option in reversed(options):
        command = option(command)
    return command


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
@click.option("--act", help="What the words say the party does: propose, offer, demand, accept, support, reject…")
@click.option("--condition", help="The words of the condition, as they stand in the report; empty for none.")
@click.option("--former/--not-former", default=None, help="Whether the report marks the position as no longer held.")
@click.option("--via", type=click.Choice(["speaker", "narrator", "other", "anonymous"]), help="Who vouches for it.")
@click.option("--via-name", help="The party or source that relays it; empty for none.")
@click.option("--speaker", help="Who voices it; empty for none.")
@example("travaux judge correct my-talks 3f2a91 --stance against --condition ''")
def correct(
    record_and_statement: tuple[str, ...], reviewer: str | None, note: str, **fields: str | bool | None
) -> None:
    """Correct what was read; the quote stays. Give only the fields that change."""
    changes = {name: (None if value == "" else value) for name, value in fields.items() if value is not None}
    if not changes:
        raise RequestError("nothing to correct", remedy="give a field and its value, such as --stance against")
    _judge(record_and_statement, "correct", reviewer, note, changes)


def _judge(
    given: tuple[str, ...],
    verdict: str,
    reviewer: str | None,
    note: str,
    corrections: Mapping[str, str | bool | None] | None = None,
) -> None:
    folder, (statement,) = record_and_rest(given, 1, "STATEMENT")
    with open_record(folder, read_only=False) as record:
        kept = record.judge(statement, verdict, reviewer=reviewer, note=note, corrections=corrections)
        told = f"Judgement {kept.number}: {kept.verdict} {kept.statement} by {one_line(kept.reviewer)}"
        click.echo(f"{told}: “{one_line(kept.quote)}”", err=True)
