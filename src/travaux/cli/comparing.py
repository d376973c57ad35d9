"""compare-readers: how far two readers agree, and the queue of what a person should look at."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_argument
from travaux.views.words import counted

if TYPE_CHECKING:
    from travaux.analysis import Agreement, Disagreement

FIGURES = ("id", "measure", "value", "first_only", "both", "second_only", "same", "matched")
QUEUE = (
    "id",
    "kind",
    "report",
    "party",
    "option",
    "says",
    "judged",
    "first",
    "first_quote",
    "second",
    "second_quote",
)


@click.command("compare-readers")
@record_argument
@click.option(
    "--reader", "readers", multiple=True, metavar="READER", help="A reader; given twice, or local and the other one."
)
@click.option("--queue", is_flag=True, help="List what they read differently and nobody has judged yet.")
@click.option("--all", "everything", is_flag=True, help="With --queue: what has been judged too.")
@listing
@example("travaux compare-readers my-talks", "travaux compare-readers my-talks --queue")
def compare_readers(record: Path | None, readers: tuple[str, ...], queue: bool, everything: bool, out: Listing) -> None:
    """How far two readers agree over the reports that both have read, before anybody judged.

    f1 compares cells of report, party, option and stance; kappa is Cohen's, over the passages both took for one party and
    option. --queue lists where they differ, positions first, and what a reader itself wants looked at: judge the statements it
    names, and they leave the queue.
    """
    from travaux.views.terminal import rows_view

    if len(readers) > 2:
        raise click.UsageError("more than two readers were given", click.get_current_context())
    first, second = (*readers, None, None)[:2]
    with open_record(record) as opened:
        if first is not None and second is None and first != "local":
            first, second = "local", first
        agreement, found = opened.compare_readers(first or "local", second)
        names = (agreement.first, agreement.second)
        waiting = [one for one in found if not one.judged]
        if queue:
            rows = [_queue_row(one) for one in (found if everything else waiting)]
            columns: tuple[str, ...] = QUEUE
            shown: tuple[str, ...] = ("kind", "report", "party", "option", "says", "first", "second")
        else:
            rows, columns, shown = _figures(agreement), FIGURES, FIGURES[1:]
        nothing = f"{names[0]} and {names[1]} leave nothing to look at."
        out.write(rows, lambda _: rows_view(rows, shown, nothing), columns=columns, notice=opened.notice)
        told = f"{names[0]} and {names[1]}, {counted(agreement.reports, 'report')} read by both"
        click.echo(f"{told}; {len(waiting)} of {counted(len(found), 'difference')} nobody has judged.", err=True)


def _figures(agreement: Agreement) -> list[dict[str, Any]]:
    blank: dict[str, Any] = dict.fromkeys(FIGURES)
    position = {
        "id": "position",
        "measure": "f1",
        "value": agreement.f1,
        "first_only": agreement.first_only,
        "both": agreement.both,
        "second_only": agreement.second_only,
    }
    rows = [{**blank, **position}]
    for field in agreement.fields:
        told = {"id": field.field, "measure": f"kappa {field.field}", "value": field.kappa}
        rows.append({**blank, **told, "same": field.same, "matched": field.matched})
    return rows


def _queue_row(one: Disagreement) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "report": one.report,
        "party": one.party,
        "option": one.option,
        "says": one.says,
        "judged": one.judged,
        "first": one.first.id if one.first else None,
        "first_quote": one.first.quote if one.first else None,
        "second": one.second.id if one.second else None,
        "second_quote": one.second.quote if one.second else None,
    }
