"""agenda add-option, merge, add-name, log, undo: edits of agenda.yaml, shown before they are made, signed, and taken back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.judging import BY, NOTE
from travaux.cli.output import Listing, example, listing
from travaux.cli.places import open_record, record_and_rest, record_argument
from travaux.views.words import counted, one_line, shown_stances

if TYPE_CHECKING:
    from travaux.agenda.editing import AgendaEdit
    from travaux.model import Stance
    from travaux.outcomes import AgendaPreview

LOGGED = ("id", "kind", "says", "reviewer", "at", "note", "undoes", "undone_by", "before", "after")
FEW = 10
"""Names and sentences shown of a longer list."""


def _edit(metavar: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The arguments and the option that every edit takes."""

    def with_arguments(command: Callable[..., Any]) -> Callable[..., Any]:
        write = click.option("--write", is_flag=True, help="Make the edit; without it, only say what it would change.")
        return click.argument("given", nargs=-1, required=True, metavar=f"[RECORD] {metavar}")(write(BY(NOTE(command))))

    return with_arguments


@click.command("add-option")
@_edit("ISSUE SENTENCE")
@click.option("--words", "words", multiple=True, metavar="WORDS", help="How reports refer to it; may be given again.")
@click.option("--id", "identity", default="", metavar="ID", help="Its id; by default made from the sentence.")
@example("travaux agenda add-option my-talks pay 'The dockers get a single payment' --words 'lump sum' --write")
def add_option(
    given: tuple[str, ...], write: bool, words: tuple[str, ...], identity: str, **signed: str | None
) -> None:
    """Put a new option at the end of an issue. SENTENCE is the proposition, true or false of the agreement."""
    from travaux.agenda.editing import NewOption

    folder, (issue, says) = record_and_rest(given, 2, "ISSUE SENTENCE")
    _make(folder, NewOption(issue, says, words, identity), write, signed)


@click.command()
@_edit("GONE KEPT")
@example("travaux agenda merge my-talks nato-bid nato-membership")
def merge(given: tuple[str, ...], write: bool, **signed: str | None) -> None:
    """Merge the option GONE into the option KEPT, whose sentence stands.

    Words, rules and terms of the instrument go over; judgements made on either hold for the one that is left. A comment in
    agenda.yaml keeps the sentence that goes.
    """
    from travaux.agenda.editing import MergedOptions

    folder, (gone, kept) = record_and_rest(given, 2, "GONE KEPT")
    _make(folder, MergedOptions(gone, kept), write, signed)


@click.command("add-name")
@_edit("PARTY NAME")
@click.option("--person", metavar="PERSON", help="The name is this person's, who speaks for the party.")
@example(
    "travaux agenda add-name my-talks ukraine Kyjiw", "travaux agenda add-name my-talks germany 'F. Merz' --person Merz"
)
def add_name(given: tuple[str, ...], write: bool, person: str | None, **signed: str | None) -> None:
    """Add a name that reports use for a party, or for somebody who speaks for it."""
    from travaux.agenda.editing import NewName

    folder, (party, name) = record_and_rest(given, 2, "PARTY NAME")
    _make(folder, NewName(party, name, person), write, signed)


@click.command()
@record_argument
@listing
@example("travaux agenda log my-talks")
def log(record: Path | None, out: Listing) -> None:
    """Every edit of the agenda made by these commands or in the browser, in the order they were made.

    Edits that were taken back stay, with what took them back. What is changed in agenda.yaml by hand is not among them.
    """
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        found, notice = opened.agenda_log(), opened.notice
    undone = {one.undoes: one.number for one in found if one.undoes is not None}
    rows = [
        {
            "id": one.number,
            "kind": one.kind,
            "says": one.says,
            "reviewer": one.reviewer,
            "at": one.at,
            "note": one.note or None,
            "undoes": one.undoes,
            "undone_by": undone.get(one.number),
            "before": one.before,
            "after": one.after,
        }
        for one in found
    ]
    shown = [{**row, "day": str(row["at"])[:10]} for row in rows]
    columns = ("id", "day", "reviewer", "says", "note", "undone_by")
    nothing = "No edit of the agenda was made by a command or in the browser."
    out.write(rows, lambda _: rows_view(shown, columns, nothing), columns=LOGGED, notice=notice)


@click.command()
@record_argument
@BY
@NOTE
@example("travaux agenda undo my-talks")
def undo(record: Path | None, reviewer: str | None, note: str) -> None:
    """Take the last edit of the agenda back; again, the one before. Nothing is removed from the log: a new row says so.

    It can be taken back while agenda.yaml is as the edit left it. Judgements hold as they did before.
    """
    with open_record(record, read_only=False) as opened:
        undone = opened.undo_agenda_edit(reviewer=reviewer, note=note)
    for line in undone.diff.splitlines():
        click.echo(_shown_line(line))
    again = f"; travaux read reads {counted(len(undone.reread), 'report')} anew" if undone.reread else ""
    click.echo(f"Taken back: edit {undone.edit.number}, {one_line(undone.edit.says)}{again}.", err=True)


def _make(folder: Path | None, edit: AgendaEdit, write: bool, signed: Mapping[str, str | None]) -> None:
    with open_record(folder, read_only=not write) as record:
        # What is shown is taken before the edit, and the edit is made in the very file that was shown.
        preview = record.preview_edit(edit)
        if write:
            record.edit_agenda(edit, expected=preview.digest, reviewer=signed["reviewer"], note=signed["note"] or "")
    for line in _told(preview):
        click.echo(line)
    if write:
        again = f"; travaux read reads {counted(len(preview.reread), 'report')} anew" if preview.reread else ""
        click.echo(f"Edited agenda.yaml: {one_line(str(preview.edit))}{again}.", err=True)
    else:
        click.echo("Nothing is written yet; --write makes this edit.", err=True)


def _told(preview: AgendaPreview) -> Iterator[str]:
    yield from map(_shown_line, preview.diff.splitlines())
    yield ""
    if preview.found_in:
        yield f"Stands in {counted(len(preview.found_in), 'report')}: {_few(preview.found_in)}."
    if preview.statements:
        judged = f", {counted(len(preview.judgements), 'judgement')} on them" if preview.judgements else ""
        yield f"Goes over to the option that is left: {counted(len(preview.statements), 'statement')}{judged}."
    for change in preview.positions:
        yield f"Position: {change.party} on {change.option}, {_held(change.before)} → {_held(change.after)}."
    if preview.reread:
        yield f"To be read anew: {counted(len(preview.reread), 'report')}; judgements hold wherever their passage is found again."
    for warning in preview.warnings[:FEW]:
        yield f"Look at: {one_line(warning)}."
    if len(preview.warnings) > FEW:
        yield f"Look at: {len(preview.warnings) - FEW} more."


def _shown_line(line: str) -> str:
    """A line of the agenda for a terminal: its indentation kept, whatever else it holds shown and not obeyed."""
    stripped = line[1:].lstrip(" ")
    return line[:1] + " " * (len(line[1:]) - len(stripped)) + one_line(stripped) if line[1:] else line


def _few(names: tuple[str, ...]) -> str:
    told = ", ".join(map(one_line, names[:FEW]))
    return told if len(names) <= FEW else f"{told} and {len(names) - FEW} more"


def _held(stances: tuple[Stance, ...]) -> str:
    return shown_stances(stances) if stances else "none"
