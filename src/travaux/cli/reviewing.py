"""queue, reviewers: what waits for a person, and how far several people agree."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument
from travaux.cli.showing import OPTION, PARTY, READER, tell_reader
from travaux.views.words import counted

if TYPE_CHECKING:
    from travaux.analysis.queue import Waiting
    from travaux.analysis.reviewers import ReviewerAgreement, ReviewerTally
    from travaux.api import Record

QUEUE = (
    "id",
    "priority",
    "doubt",
    "stake",
    "hangs",
    "says",
    "report",
    "start",
    "end",
    "quote",
    "party",
    "option",
    "stance",
    "verdict",
    "decisions",
)
BLIND = ("id", "report", "start", "end", "quote", "party", "option")
AGREEMENT = ("id", "measure", "field", "reviewers", "units", "same", "value", "blind")
COUNTS = ("id", "statements", "confirm", "reject", "correct", "unsure", "add", "withdrawn", "blind", "first", "last")


@click.command()
@record_argument
@PARTY
@OPTION
@click.option("--report", metavar="REPORT", help="Only from this report, by its name.")
@click.option(
    "--by", "--reviewer", "reviewer", metavar="NAME", help="What this reviewer has not judged, whatever others decided."
)
@click.option(
    "--order",
    type=click.Choice(["priority", "doubt", "stake"]),
    default="priority",
    show_default=True,
    help="priority is doubt times stake: the share of a cell that is likely wrong.",
)
@click.option("-n", "--limit", type=click.IntRange(min=1), metavar="NUMBER", help="No more than so many.")
@click.option("--blind", is_flag=True, help="Without what was read or decided, for travaux judge blind.")
@click.option(
    "--sample", type=click.IntRange(min=1), metavar="NUMBER", help="Only of a random sample of so many statements."
)
@click.option("--seed", type=int, default=0, show_default=True, help="Another seed gives another sample.")
@READER
@listing
@example(
    "travaux queue my-talks -n 10",
    "travaux judge confirm my-talks 3f2a91",
    "travaux queue my-talks --blind --by 'A. Reader' --sample 50 --seed 1",
)
def queue(
    record: Path | None, party: str | None, option: str | None, report: str | None, out: Listing, **chosen: Any
) -> None:
    """Statements that wait for a person: least certain first, and of these what most of the matrix hangs on.

    Waiting is what nobody has judged, what was left unsure, and what reviewers decided differently. doubt is 1 less the
    reader's confidence; stake is 1 where the cell of the matrix would show something else without the statement, a part of
    1 where others carry the same stance, 0 where later words have settled it.

    --sample is the same for the same seed whatever was judged since, so that several people judge the same statements. --blind
    lists what one reviewer has never judged, in the order of the reports.
    """
    from travaux.views.terminal import queue_view

    asked = {"party": party, "option": option, "report": report, "reader": chosen["reader"]}
    with open_record(record) as opened:
        tell_reader(opened, chosen["reader"])
        sample = chosen["sample"]
        among = {one.id for one in opened.sample(sample, seed=chosen["seed"], **asked)} if sample else None
        if chosen["blind"]:
            _blind(opened, among, asked, chosen, out)
            return
        found = opened.queue(**asked, reviewer=chosen["reviewer"], order=chosen["order"])
        found = [one for one in found if among is None or one.judged.statement.id in among]
        shown, agenda = found[: chosen["limit"]], opened.agenda
        rows = {row.name: row for row in opened.reports(reader=chosen["reader"])}
        out.write(
            map(_queue_row, shown), lambda _: queue_view(shown, agenda, rows), columns=QUEUE, notice=agenda.notice
        )
        if len(shown) < len(found):
            click.echo(f"{counted(len(found) - len(shown), 'more waits', 'more wait')}.", err=True)


def _blind(
    record: Record, among: Collection[str] | None, asked: dict[str, Any], chosen: dict[str, Any], out: Listing
) -> None:
    from travaux.views.terminal import rows_view

    found = record.blind_queue(reviewer=chosen["reviewer"], among=among, **asked)
    shown = found[: chosen["limit"]]
    rows = [{name: getattr(one, name) for name in BLIND} for one in shown]
    columns = ("id", "report", "quote", "party", "option")
    nothing = "Nothing is left to judge blind."
    brief = [{**row, "id": row["id"][:8]} for row in rows]
    out.write(rows, lambda _: rows_view(brief, columns, nothing), columns=BLIND, notice=record.notice)
    if len(shown) < len(found):
        click.echo(f"{counted(len(found) - len(shown), 'more waits', 'more wait')}.", err=True)


@click.command()
@record_argument
@click.option("--counts", is_flag=True, help="Who has judged how much instead.")
@click.option("--blind", is_flag=True, help="Only over what was judged blind.")
@listing
@example("travaux reviewers my-talks", "travaux reviewers my-talks --counts")
def reviewers(record: Path | None, counts: bool, blind: bool, out: Listing) -> None:
    """How far reviewers agree: Krippendorff's alpha over all of them, Cohen's kappa for each two.

    Compared over the statements that at least two have judged: the verdict, the position that stands after it, and its
    stance alone; whoever was unsure has said nothing. 1 is full agreement, 0 what chance would give. travaux queue lists
    first what they decided differently.

    What was judged blind (travaux judge blind) is compared once more apart from the rest: position, stance, act and whether
    there is a condition, between reviewers and with what was read. These figures are those that mean something: whoever
    sees an answer tends to agree with it.
    """
    from travaux.views.terminal import rows_view

    if counts and blind:
        raise click.UsageError("--counts and --blind exclude each other", click.get_current_context())

    with open_record(record) as opened:
        tallies = opened.reviewers()
        columns: tuple[str, ...] = COUNTS if counts else AGREEMENT
        shown = COUNTS[:-2] if counts else AGREEMENT[1:]
        rows = (
            [_tally_row(one) for one in tallies]
            if counts
            else [
                _agreement_row(one)
                for one in [*(() if blind else opened.reviewer_agreement()), *opened.blind_agreement()]
            ]
        )
        nothing = "Agreement needs two reviewers." if tallies else "Nobody has judged anything."
        out.write(rows, lambda _: rows_view(rows, shown, nothing), columns=columns, notice=opened.notice)
        told = ", ".join(f"{one.reviewer} {one.statements}" for one in tallies)
        if told and not counts:
            click.echo(f"Statements judged: {told}.", err=True)


def _queue_row(one: Waiting) -> dict[str, Any]:
    shown = one.judged.effective
    return {
        "id": shown.id,
        "priority": one.priority,
        "doubt": one.doubt,
        "stake": one.stake,
        "hangs": str(one.hangs),
        "says": one.reason,
        "report": shown.report,
        "start": shown.start,
        "end": shown.end,
        "quote": shown.quote,
        "party": shown.party,
        "option": shown.option,
        "stance": str(shown.stance),
        "verdict": None if one.judged.verdict is None else str(one.judged.verdict),
        "decisions": [
            {"judgement": made.number, "reviewer": made.reviewer, "verdict": str(made.verdict)}
            for made in one.decisions
        ],
    }


def _agreement_row(one: ReviewerAgreement) -> dict[str, Any]:
    return {
        "id": one.id,
        "measure": one.measure,
        "field": one.field,
        "reviewers": ", ".join(one.reviewers),
        "units": one.units,
        "same": one.same,
        "value": one.value,
        "blind": one.blind,
    }


def _tally_row(one: ReviewerTally) -> dict[str, Any]:
    verdicts = {str(verdict): number for verdict, number in one.verdicts.items()}
    return {
        "id": one.reviewer,
        "statements": one.statements,
        **{name: verdicts.get(name, 0) for name in ("confirm", "reject", "correct", "unsure", "add")},
        "withdrawn": one.withdrawn,
        "blind": one.blind,
        "first": one.first,
        "last": one.last,
    }
