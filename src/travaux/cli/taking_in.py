"""import, merge: what other tools and other records bring."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import Listing, example, explained, listing
from travaux.cli.places import open_record, record_and_rest
from travaux.cli.progress import Progress
from travaux.errors import EXIT_SOME_FAILED
from travaux.exchange.formats import FORMATS, INCOMING
from travaux.views.words import counted, one_line

if TYPE_CHECKING:
    from travaux.exchange.taking_in import Unplaced
    from travaux.outcomes import TakenInOutcome

UNPLACED = ("id", "kind", "where", "report", "says", "quote")
CONFLICTS = ("id", "report", "party", "option", "quote", "first", "second", "prevails")


@click.command("import")
@click.argument("record_and_path", nargs=-1, required=True, metavar="[RECORD] PATH")
@click.option(
    "--format",
    "form",
    type=click.Choice(INCOMING),
    metavar="NAME",
    required=True,
    help="One of the formats above.",
)
@click.option("--by", metavar="NAME", help="Who signs decisions that the file does not sign; by default as for judge.")
@click.option(
    "--draft-agenda",
    is_flag=True,
    help="Write agenda.yaml from the parties and options of the file, and import nothing yet.",
)
@listing
@example("travaux import my-talks --format dna coded.dna")
@explained("Formats", *(f"{name:<14}{FORMATS[name].says}" for name in INCOMING))
def import_(
    record_and_path: tuple[str, ...], form: str, by: str | None, draft_agenda: bool, out: Listing
) -> int | None:
    """Take in what was made or changed in another tool: reports, statements, people's decisions.

    A value changed there becomes a correction, signed and dated. Nothing the record has is overwritten, and importing a
    file twice changes nothing more. What cannot be taken is listed, with the reason, and the exit code is then 1.
    """
    folder, (path,) = record_and_rest(record_and_path, 1, "PATH")
    with open_record(folder, read_only=False) as opened:
        if draft_agenda:
            click.echo(f"Agenda: {opened.draft_agenda(form, path)}. Put it in order, then import.", err=True)
            return None
        with Progress("taking in") as progress:
            outcome = opened.import_from(form, path, by=by, progress=progress)
        return _tell(outcome, out, opened.notice)


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.argument("other", type=click.Path(path_type=Path))
@click.option("--conflicts", is_flag=True, help="List the statements that the two judged differently.")
@listing
@example("travaux merge my-talks colleagues-talks --conflicts")
def merge(record: Path, other: Path, conflicts: bool, out: Listing) -> int | None:
    """Take in OTHER, a colleague's record of the same negotiation; OTHER itself is not changed.

    Reports, statements and judgements that RECORD lacks are added, each judgement with its signature and date; of two on
    one statement the one signed later counts. How far the two agree is said, by Cohen's kappa, and conflicts are listed.
    """
    with open_record(other) as theirs, open_record(record, read_only=False) as opened:
        with Progress("taking in") as progress:
            outcome = opened.merge(theirs, progress=progress)
        agreement = outcome.agreement
        kappa = "not to be told" if agreement.kappa is None else f"{agreement.kappa:.2f}"
        judged = (
            f"{counted(agreement.both, 'statement')} judged by both, {agreement.same} of them alike (kappa {kappa})"
        )
        click.echo(
            f"Agreement: {judged}; {agreement.first_only} by one, {agreement.second_only} by the other.", err=True
        )
        if not conflicts:
            return _tell(outcome.taken, out, opened.notice)
        rows: list[dict[str, Any]] = [
            {
                "id": one.id,
                "report": one.statement.report,
                "party": one.statement.party,
                "option": one.statement.option,
                "quote": one.statement.quote,
                "first": one.first,
                "second": one.second,
                "prevails": one.prevails,
            }
            for one in agreement.conflicts
        ]
        _write(rows, CONFLICTS, "The two records are in no conflict.", out, opened.notice)
        _say(outcome.taken)
        return EXIT_SOME_FAILED if outcome.taken.unplaced else None


def _tell(outcome: TakenInOutcome, out: Listing, notice: str) -> int | None:
    rows = [_row(place, one) for place, one in enumerate(outcome.unplaced, 1)]
    if rows or out.form != "table" or out.place is not None:
        _write(rows, UNPLACED, "Everything was taken in.", out, notice)
    _say(outcome)
    return EXIT_SOME_FAILED if rows else None


def _row(place: int, one: Unplaced) -> dict[str, Any]:
    return dict(zip(UNPLACED, (place, one.kind, one.where, one.report, one.says, one.quote), strict=True))


def _write(rows: list[dict[str, Any]], columns: tuple[str, ...], nothing: str, out: Listing, notice: str) -> None:
    from travaux.views.terminal import rows_view

    out.write(rows, lambda _: rows_view(rows, columns[1:], nothing), columns=columns, notice=notice)


def _say(outcome: TakenInOutcome) -> None:
    told = [
        counted(len(outcome.reports), "report") + " added" if outcome.reports else "",
        counted(len(outcome.described), "report") + " described anew" if outcome.described else "",
        f"{counted(outcome.statements, 'statement')} and {counted(outcome.judgements, 'judgement')} added",
        f"{outcome.known} known already" if outcome.known else "",
        f"{len(outcome.unplaced)} not taken" if outcome.unplaced else "",
    ]
    click.echo(f"{', '.join(filter(None, told))}.", err=True)
    for line in outcome.told:
        click.echo(f"Left in the file: {one_line(line)}", err=True)
