"""new, add, read, build: how a folder of reports becomes a record."""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.asking import ChosenModel, model_options, read_with_model_and_tell
from travaux.cli.output import example
from travaux.cli.places import found_record, is_record, open_record, record_argument, remember
from travaux.cli.progress import Progress
from travaux.cli.reading import read_and_tell
from travaux.cli.web import web_options
from travaux.errors import EXIT_INTERRUPTED, EXIT_SOME_FAILED, NotARecord, RequestError
from travaux.views.words import counted, one_line
from travaux.visit import is_web_address

if TYPE_CHECKING:
    from travaux.intake.web import Rules
    from travaux.outcomes import AddOutcome


@click.command()
@click.argument("record", type=click.Path(path_type=Path))
@click.option("--title", default="", help="The negotiation, in a few words; the folder's name by default.")
@example("travaux new my-talks --title 'Talks on the ferry link'")
def new(record: Path, title: str) -> None:
    """Make an empty record: a folder with a commented agenda.yaml.

    An agenda.yaml that is there already is kept.
    """
    from travaux.api import AGENDA_NAME, Record

    kept = (record / AGENDA_NAME).exists()
    Record.new(record, title).close()
    remember(record)
    click.echo(f"Made the record {record}.", err=True)
    agenda = record / AGENDA_NAME
    click.echo(f"{agenda} was there and is kept." if kept else f"Write down who negotiates what in {agenda}.", err=True)


@click.command()
@click.argument("record_and_paths", nargs=-1, required=True, metavar="[RECORD] PATH...")
@click.option("--name", help="The report's name, for what comes by standard input (PATH is -).")
@click.option(
    "--field",
    "fields",
    multiple=True,
    metavar="FIELD=COLUMN",
    help="JSON lines, Parquet: which column holds what, such as text=body; otherwise found by the usual names.",
)
@click.option(
    "--fields-file",
    type=click.Path(dir_okay=False, exists=True, path_type=Path),
    help="The same in a file, a line 'text: body' for each.",
)
@web_options
@click.option(
    "--ignore-robots", is_flag=True, help="Fetch pages that robots.txt closes to programs; you may read them by hand."
)
@example(
    "travaux add my-talks reports/ more.html https://example.org/communique",
    "travaux add my-talks corpus.jsonl --field text=story --field published=day",
    "curl -s https://… | travaux add my-talks - --name talks.html",
)
def add(
    record_and_paths: tuple[str, ...],
    name: str | None,
    fields: tuple[str, ...],
    fields_file: Path | None,
    rules: Rules,
    ignore_robots: bool,
) -> None:
    """Add reports: files, folders, and pages on the web by their address.

    Read are text, Markdown, HTML, e-mail (.eml) and ninjs, with the extra documents PDF, Word (.docx) and rich text; files
    that hold many reports are split: WARC archives, JSON lines, Parquet (extra parquet), and text exported from LexisNexis
    or Factiva. A manifest.csv beside files says when and by whom they were published. What the record has already is left
    alone; what cannot become a report is told, and the rest go on. RECORD may be left out inside a record, and where
    TRAVAUX_RECORD names one.
    """
    from dataclasses import replace

    from travaux.intake import load_fields, parse_fields

    folder, paths = _record_and_paths(record_and_paths)
    if fields and fields_file is not None:
        raise click.UsageError("--field and --fields-file exclude each other", click.get_current_context())
    named = load_fields(fields_file) if fields_file is not None else parse_fields(fields)
    if name is not None and "-" not in paths:
        raise RequestError("--name is for a report from standard input", remedy="give - as the path")
    with open_record(folder, read_only=False) as record:
        failed = False
        if "-" in paths:
            raw = sys.stdin.buffer.read()
            digest = hashlib.sha256(raw).hexdigest()
            failed |= _told_added(record.add_bytes(raw, name or f"stdin-{digest[:12]}.txt"))
        files = [path for path in paths if path != "-"]
        if files:
            with Progress("taking in") as progress:
                web = replace(rules, robots=not ignore_robots)
                outcome = record.add(*files, fields=named, web=web, progress=progress)
            failed |= _told_added(outcome)
    if failed:
        sys.exit(EXIT_SOME_FAILED)


def _record_and_paths(given: tuple[str, ...]) -> tuple[Path, list[str]]:
    """The record is the first path where that is one; the record used last is never guessed at for adding."""
    first = Path(given[0])
    if given[0] != "-" and is_record(first):
        if len(given) == 1:
            raise click.UsageError("PATH is missing", click.get_current_context())
        return first, list(given[1:])
    if given[0] != "-" and not is_web_address(given[0]) and not first.exists():
        raise NotARecord("there is no such record or file", remedy=f"travaux new {first} makes a record", path=first)
    try:
        return found_record(used_last=False), list(given)
    except NotARecord:
        if given[0] == "-":
            raise
        remedy = f"travaux new {first} makes one" if first.is_dir() else "name the record first, then what to add"
        raise NotARecord("this is no record", remedy=remedy, path=first) from None


def _told_added(outcome: AddOutcome) -> bool:
    """Says what became of files; True where some were refused."""
    for one in outcome.added:
        if one.outcome == "renamed":
            click.echo(
                f"{one_line(one.of or '')} is another text under a known name: stored as {one_line(one.name)}", err=True
            )
        elif one.outcome == "already" and one.of:
            click.echo(f"{one_line(one.name)} is {one_line(one.of)}, byte for byte: left out", err=True)
    for warning in outcome.warnings:
        click.echo(f"Warning: {one_line(warning)}", err=True)
    for refused in outcome.refused:
        click.echo(f"Refused: {one_line(str(refused.error))}", err=True)
    if outcome.skipped:
        kinds = ", ".join(f"{one_line(ending) or 'no ending'} {number}" for ending, number in outcome.skipped.items())
        click.echo(f"Left out {counted(sum(outcome.skipped.values()), 'file')} of other kinds: {kinds}", err=True)
    known = sum(1 for one in outcome.added if one.outcome == "already")
    updated = sum(1 for one in outcome.added if one.outcome == "updated")
    parts = [f"{counted(outcome.new, 'report')} added"]
    parts += [f"{known} known already"] * bool(known) + [f"{updated} described anew"] * bool(updated)
    parts += [f"{len(outcome.refused)} refused"] * bool(outcome.refused)
    click.echo(f"{', '.join(parts)}.", err=True)
    return bool(outcome.refused)


@click.command()
@record_argument
@click.option(
    "--reader",
    type=click.Choice(["local", "llm"]),
    help="local reads on this machine and is the default; llm asks a language model, which --model or --base-url names.",
)
@model_options
@click.option("--dry-run", is_flag=True, help="llm: say what would be asked and what it costs; nothing is sent.")
@click.option(
    "--limit", type=click.FloatRange(min=0), default=1.0, show_default=True, help="llm: ask before more US dollars."
)
@click.option("--yes", is_flag=True, help="llm: go on above the limit without asking.")
@click.option(
    "--workers",
    type=click.IntRange(min=1),
    help="local: processes that read side by side; by default as many as cores, memory and the work are good for.",
)
@example(
    "travaux read my-talks",
    "travaux read my-talks --workers 4",
    "travaux read my-talks --reader llm --model openai:gpt-5-mini --dry-run",
)
def read(
    record: Path | None,
    reader: str | None,
    chosen: ChosenModel,
    dry_run: bool,
    limit: float,
    yes: bool,
    workers: int | None,
) -> None:
    """Read the reports that are new, or were read with another agenda or another version of the reader.

    Each report is kept as soon as it is read: stopped with Ctrl-C, the next reading goes on there. What the reader named
    last by --reader took is what counts; --reader local goes back. A second reading of the same record at the same time ends
    at once with exit code 3.
    """
    if reader != "llm":
        if chosen.is_named or dry_run:
            raise RequestError("only a language model has a model, an address or a dry run", remedy="add --reader llm")
        with open_record(record, read_only=False) as opened:
            code = read_and_tell(opened, workers)
            if reader is not None:
                opened.choose_reader(reader)
    else:
        if workers is not None:
            raise RequestError(
                "a language model is asked over the network, not by processes here", remedy="leave out --workers"
            )
        with open_record(record, read_only=dry_run) as opened:
            code = read_with_model_and_tell(opened, chosen, dry_run=dry_run, limit=limit, yes=yes)
    if code:
        sys.exit(code)


@click.command()
@click.argument("folder", type=click.Path(path_type=Path))
@click.option(
    "-o", "--output", type=click.Path(path_type=Path), help="Folder of the record; by default FOLDER itself becomes it."
)
@example("travaux build examples/example-guarantees --output my-record")
def build(folder: Path, output: Path | None) -> None:
    """A folder of reports in one go: makes the record, adds, reads, shows the matrix.

    FOLDER holds agenda.yaml, the reports (in reports/), and manifest.csv where there is one. Building again adds and
    reads what is new. The record of a folder that may not be written lies in TRAVAUX_HOME.
    """
    from travaux.api import AGENDA_NAME
    from travaux.building import nothing_to_read, prepare
    from travaux.cli.showing import show_matrix, tell_reader

    with prepare(folder, output) as record:
        remember(record.folder)
        if record.folder.resolve() != folder.resolve():
            why = "" if output else f" ({folder} may not be written)"
            click.echo(f"Record: {record.folder}{why}", err=True)
            if (record.folder / AGENDA_NAME).read_bytes() != (folder / AGENDA_NAME).read_bytes():
                click.echo(f"Warning: {record.folder / AGENDA_NAME} differs from the folder's and is kept.", err=True)
        with Progress("taking in") as progress:
            added = record.add(folder, progress=progress)
        if not added.added and not record.reports():
            raise nothing_to_read(folder, added)
        refused = _told_added(added)
        code = read_and_tell(record)
        if code != EXIT_INTERRUPTED:
            tell_reader(record, None)
            show_matrix(record)
    if code or refused:
        sys.exit(code or EXIT_SOME_FAILED)
