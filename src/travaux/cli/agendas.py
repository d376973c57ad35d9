"""agenda check, agenda suggest: the one file an analyst writes; its edits are in `agenda_edits`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.agenda_edits import add_name, add_option, log, merge, undo
from travaux.cli.asking import ChosenModel, model_options
from travaux.cli.output import Listing, example, listing
from travaux.cli.places import found_record, is_record, record_argument, remember
from travaux.errors import EXIT_SOME_FAILED, NotARecord, RequestError

if TYPE_CHECKING:
    from travaux.agenda import AgendaProblem
    from travaux.model import Report


@click.group()
def agenda() -> None:
    """Check agenda.yaml, have one suggested from the reports, or edit it with a preview.

    \b
    Example:
      travaux agenda suggest my-talks -o my-talks/agenda.yaml
      travaux agenda check my-talks
    """


for _edit in (add_option, merge, add_name, log, undo):
    agenda.add_command(_edit)


@agenda.command()
@record_argument
@listing
@example("travaux agenda check my-talks")
def check(record: Path | None, out: Listing) -> None:
    """Say what is wrong in agenda.yaml, with line and remedy; exit code 1 where there are errors.

    RECORD may be a record, or a folder with agenda.yaml and reports. Options whose words stand in no report are warned
    about.
    """
    from travaux.agenda import check_agenda
    from travaux.api import AGENDA_NAME
    from travaux.views.terminal import rows_view

    folder = _folder(record)
    if not (folder / AGENDA_NAME).is_file():
        raise RequestError(
            f"there is no {AGENDA_NAME} here", remedy=f"travaux agenda suggest {folder} drafts one", path=folder
        )
    problems = check_agenda(folder / AGENDA_NAME, {report.name: report.text for report in _reports(folder)})
    problems += _of_instrument(folder / AGENDA_NAME, problems)
    rows = [
        {"line": one.line, "severity": str(one.severity), "problem": one.message, "remedy": one.remedy or None}
        for one in problems
    ]
    shown = [
        {"id": f"{number}", "kind": one.kind, **row}
        for number, (one, row) in enumerate(zip(problems, rows, strict=True), 1)
    ]
    columns = ("line", "severity", "problem", "remedy")
    out.write(
        shown,
        lambda _: rows_view(rows, columns, f"{folder / AGENDA_NAME}: nothing wrong."),
        columns=("id", "kind", *columns),
    )
    if any(str(one.severity) == "error" for one in problems):
        sys.exit(EXIT_SOME_FAILED)


def _of_instrument(path: Path, problems: Sequence[AgendaProblem]) -> list[AgendaProblem]:
    """How the instrument fits its kind, and whether the rules leave any package, where the agenda can be read at all."""
    from travaux.agenda import AgendaProblem, Severity, load_agenda
    from travaux.analysis.agreement import impossible_rules, instrument_problems
    from travaux.analysis.agreement.kinds import source_of

    if any(str(one.severity) == "error" for one in problems):
        return []
    agenda = load_agenda(path)
    found = instrument_problems(agenda, path)
    wrong = (
        impossible_rules(agenda) if agenda.rules else None
    )  # without rules between options every agenda has a package
    if wrong is not None:
        line = source_of(path).line(wrong.place)
        found.append(AgendaProblem(Severity.ERROR, "impossible-rules", wrong.message, line, wrong.remedy))
    return found


@agenda.command()
@record_argument
@click.option("--title", help="The negotiation, in a few words; by default as in agenda.yaml, or the folder's name.")
@click.option(
    "-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file, which must be new."
)
@click.option("--write", is_flag=True, help="Write to RECORD's agenda.yaml, unless somebody has edited it.")
@click.option(
    "--reader",
    type=click.Choice(["local", "llm"]),
    default="local",
    show_default=True,
    help="Who drafts: this machine, or a language model, which --model or --base-url names.",
)
@model_options
@example("travaux agenda suggest my-talks --write", "travaux agenda check my-talks")
def suggest(
    record: Path | None, title: str | None, output: Path | None, write: bool, reader: str, chosen: ChosenModel
) -> None:
    """Draft an agenda from the reports: who speaks, in which role, and about what. For you to edit.

    RECORD may be a record, or any folder with reports. An agenda.yaml that somebody has edited is never written over. Of a
    language model's draft only names and phrases that stand in the reports are kept.
    """
    from travaux.agenda import dump_agenda
    from travaux.api import AGENDA_NAME
    from travaux.exchange.whole_files import whole_file
    from travaux.naming import title_of
    from travaux.reading.suggestion import suggest_agenda

    folder = _folder(record)
    standing = _template_title(folder / AGENDA_NAME)
    if write and output is not None:
        raise click.UsageError("--write and --output exclude each other", click.get_current_context())
    if write and (folder / AGENDA_NAME).exists() and standing is None:
        raise RequestError(
            "this agenda is not a fresh one", remedy="write the draft beside it with -o", path=folder / AGENDA_NAME
        )
    if output is not None and output.exists():
        raise RequestError("this file is there already", remedy="name another with -o", path=output)
    reports = _reports(folder)
    if not reports:
        raise RequestError("no reports to draft an agenda from", remedy="add some first", path=folder)
    named = title or standing or title_of(folder)
    if reader == "llm":
        draft = _drafted_by_model(folder, reports, named, chosen)
    elif chosen.is_named:
        raise RequestError("only a language model has a model or an address", remedy="add --reader llm")
    else:
        draft = dump_agenda(suggest_agenda(reports, named))
    place = folder / AGENDA_NAME if write else output
    if place is None:
        sys.stdout.write(draft)
        return
    with whole_file(place) as file:
        file.write(draft)
    click.echo(f"Drafted {place}. Edit it: names, propositions and what belongs together are guesses.", err=True)


def _drafted_by_model(folder: Path, reports: list[Report], title: str, chosen: ChosenModel) -> str:
    """A language model's draft as YAML that says so; what was left out is told on standard error."""
    from travaux.agenda import dump_agenda
    from travaux.api import AGENDA_NAME
    from travaux.asking import draft_agenda, require_sendable
    from travaux.views.words import one_line

    require_sendable(folder / AGENDA_NAME)
    with chosen.reader(None) as asking:
        click.echo(f"Asking {asking.place.shown}.", err=True)
        drafted = draft_agenda(asking, reports, title)
    for line in drafted.left_out:
        click.echo(f"Left out: {one_line(line)}", err=True)
    return f"# Drafted by {one_line(asking.place.model)} from the reports, to be edited.\n{dump_agenda(drafted.agenda)}"


def _template_title(path: Path) -> str | None:
    """The title of an agenda that is still as `travaux new` made it; None for any other."""
    from travaux.agenda import agenda_template
    from travaux.agenda.source import SourceError, parse_source, read_source

    try:
        text = read_source(path)
        data = parse_source(text).data
    except SourceError:
        return None
    title = data.get("title") if isinstance(data, dict) else None
    return title if isinstance(title, str) and agenda_template(title) == text else None


def _folder(named: Path | None) -> Path:
    folder = named or found_record()
    if not folder.is_dir():
        raise NotARecord("there is no such folder", remedy="name a record or a folder of reports", path=folder)
    if is_record(folder):
        remember(folder)
    return folder


def _reports(folder: Path) -> list[Report]:
    """Reports of a record, or of a folder that is none yet; files that cannot become reports are told."""
    from travaux.api import Record
    from travaux.intake import Received, receive_files
    from travaux.views.words import one_line

    if is_record(folder):
        with Record.open(folder, read_only=True) as record:
            return record.store.reports()
    reports = []
    for one in receive_files([folder]):
        if isinstance(one, Received):
            reports.append(one.report)
        else:
            click.echo(f"Refused: {one_line(str(one.error))}", err=True)
    return reports
