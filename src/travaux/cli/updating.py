"""sources, update, changes: a record kept up to date."""

from __future__ import annotations

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from travaux.cli.output import Listing, example, listing
from travaux.cli.places import is_record, open_record, record_argument
from travaux.cli.progress import Progress
from travaux.cli.web import web_options
from travaux.errors import EXIT_BUG, EXIT_SOME_FAILED, RequestError
from travaux.views.words import counted, one_line

if TYPE_CHECKING:
    from collections.abc import Callable

    from travaux.intake.web import Rules
    from travaux.outcomes import Polling, UpdateOutcome
    from travaux.views.changes import Changes

COLUMNS = ("id", "kind", "url", "only", "title", "added", "polled", "problem")


@click.group()
def sources() -> None:
    """Feeds, sitemaps and pages that `travaux update` asks for news; the record remembers them.

    \b
    Example:
      travaux sources add my-talks https://example.org/world/feed.xml
      travaux sources list my-talks
    """


@sources.command("add")
@click.argument("record_and_urls", nargs=-1, required=True, metavar="[RECORD] URL...")
@click.option(
    "--kind",
    type=click.Choice(["feed", "sitemap", "page"]),
    help="What it is, where it cannot be asked now; by default found out by asking once.",
)
@click.option("--only", default="", metavar="PATTERN", help="Only pages whose address fits, such as '*/world/*'.")
@web_options
@example("travaux sources add my-talks https://example.org/news-sitemap.xml --only '*/world/*'")
def add_sources(record_and_urls: tuple[str, ...], kind: str | None, only: str, rules: Rules) -> None:
    """Remember feeds (RSS, Atom, JSON Feed), sitemaps, or single pages that change."""
    folder, urls = _record_and_rest(record_and_urls)
    with open_record(folder, read_only=False) as record:
        for url in urls:
            source, offered = record.add_source(url, kind=kind, only=only, web=rules)
            title = f", {one_line(source.title)}" if source.title else ""
            click.echo(f"Kept as {source.kind}{title}: {one_line(source.url)}", err=True)
            if offered:
                told = ", ".join(map(one_line, offered))
                click.echo(f"The page offers feeds, which tell of new pages: {told}", err=True)


@sources.command("list")
@record_argument
@listing
@example("travaux sources list my-talks --json")
def list_sources(record: Path | None, out: Listing) -> None:
    """List the sources, when each was asked last, and why that came to nothing where it did."""
    from travaux.views.terminal import rows_view

    with open_record(record) as opened:
        rows = [
            {
                "id": str(one.number),
                "kind": one.kind,
                "url": one.url,
                "only": one.only or None,
                "title": one.title or None,
                "added": one.added,
                "polled": one.polled,
                "problem": one.problem or None,
            }
            for one in opened.sources()
        ]
        shown = ("id", "kind", "url", "only", "polled", "problem")
        out.write(
            rows,
            lambda _: rows_view(rows, shown, "No sources yet: travaux sources add keeps one."),
            columns=COLUMNS,
            notice=opened.notice,
        )


@sources.command("remove")
@click.argument("record_and_sources", nargs=-1, required=True, metavar="[RECORD] SOURCE...")
@example("travaux sources remove my-talks 2")
def remove_sources(record_and_sources: tuple[str, ...]) -> None:
    """Ask a source no more, by its address or its number; what it brought stays in the record."""
    folder, named = _record_and_rest(record_and_sources)
    with open_record(folder, read_only=False) as record:
        for one in named:
            click.echo(f"Removed: {one_line(record.remove_source(one).url)}", err=True)


def _change_options(command: Callable[..., None]) -> Callable[..., None]:
    for option in reversed(
        (
            click.option(
                "--format",
                "form",
                type=click.Choice(["text", "markdown", "html", "eml", "atom", "slack"]),
                default="text",
                show_default=True,
                help="eml is an e-mail with text and HTML; atom a feed of what the updates of 30 days told; slack the body "
                "of a request to an incoming webhook.",
            ),
            click.option("-o", "--output", type=click.Path(dir_okay=False, path_type=Path), help="Write to this file."),
            click.option("--from", "sender", default="", metavar="ADDRESS", help="eml: who sends it."),
            click.option("--to", "receiver", default="", metavar="ADDRESS", help="eml: who gets it."),
        )
    ):
        command = option(command)
    return command


@click.command()
@record_argument
@_change_options
@click.option(
    "--most",
    type=click.IntRange(min=1),
    default=100,
    show_default=True,
    help="New pages of one source that are fetched; the others wait for the next update.",
)
@web_options
@example(
    "travaux update my-talks",
    "travaux update my-talks --format eml --to me@example.org | /usr/sbin/sendmail -t",
)
def update(
    record: Path | None,
    form: str,
    output: Path | None,
    sender: str,
    receiver: str,
    most: int,
    rules: Rules,
) -> None:
    """Ask all sources, fetch and read what is new, and print what changed since the update before.

    Made for cron: it asks nothing, prints nothing where nothing changed (an Atom feed is written all the same), and a second
    update of the same record at the same time ends at once with exit code 3. A source that cannot be had is told, the
    rest go on, and the exit code is 1. Reading is by the reader that ships: no text leaves this machine.
    """
    _check_form(form, sender, receiver)
    with open_record(record, read_only=False) as opened:
        with Progress("updating") as progress:
            outcome = opened.update(most=most, web=rules, progress=progress)
        code = _told_update(outcome)
        changes = opened.changes(_days_before(outcome.changes, 30)) if form == "atom" else outcome.changes
        if form == "atom" or not changes.is_empty:
            _write(changes, form, output, sender, receiver)
    if code:
        sys.exit(code)


@click.command()
@record_argument
@click.option(
    "--since",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="What all updates from this day on told: 2025-08-18. By default what the last one told.",
)
@_change_options
@example("travaux changes my-talks --since 2025-08-18 --format markdown -o changes.md")
def changes(
    record: Path | None, since: datetime | None, form: str, output: Path | None, sender: str, receiver: str
) -> None:
    """Print again what the last update found new, or all updates since a day. Nothing is fetched."""
    _check_form(form, sender, receiver)
    with open_record(record) as opened:
        _write(opened.changes(since.date() if since else None), form, output, sender, receiver)


def _check_form(form: str, sender: str, receiver: str) -> None:
    if (sender or receiver) and form != "eml":
        raise RequestError("only an e-mail has a sender and a receiver", remedy="add --format eml")


def _write(changes: Changes, form: str, output: Path | None, sender: str, receiver: str) -> None:
    from travaux.exchange.whole_files import whole_file
    from travaux.views.change_formats import FORMATS, as_mail

    text = as_mail(changes, sender, receiver) if form == "eml" else FORMATS[form](changes)
    if output is None:
        sys.stdout.write(text)
        return
    with whole_file(output) as file:
        file.write(text)
    click.echo(f"Changes: {output.resolve()}", err=True)


def _told_update(outcome: UpdateOutcome) -> int:
    """Tells on standard error how sources, pages and reading went; the exit code."""
    for polling in outcome.pollings:
        for line in _polling_lines(polling):
            click.echo(line, err=True)
    for refused in outcome.added.refused:
        click.echo(f"Refused: {one_line(str(refused.error))}", err=True)
    code = EXIT_SOME_FAILED if outcome.problems else 0
    if outcome.not_read is not None:
        click.echo(f"Not read: {one_line(str(outcome.not_read))}", err=True)
        code = outcome.not_read.exit_code
    elif outcome.read is not None:
        for failure in outcome.read.failures:
            click.echo(f"Not read: {one_line(failure.report)}: {one_line(failure.reason)}", err=True)
        if outcome.read.failures:
            from travaux.cli.reading import tell_bugs

            code = EXIT_BUG if tell_bugs(outcome.read.failures) else EXIT_SOME_FAILED
    asked = counted(len(outcome.pollings), "source")
    click.echo(f"{asked} asked, {counted(outcome.added.new, 'page')} fetched: {outcome.changes.summary}.", err=True)
    return code


def _polling_lines(polling: Polling) -> list[str]:
    url = one_line(polling.source.url)
    lines = [f"Source: {url}: {one_line(polling.source.problem)}"] if polling.source.problem else []
    if polling.warning:
        lines.append(f"Source: {url}: {one_line(polling.warning)}")
    if polling.waiting:
        lines.append(f"Source: {url}: {counted(polling.waiting, 'page')} wait for the next update")
    return lines


def _days_before(changes: Changes, days: int) -> str:
    from datetime import timedelta

    return (datetime.fromisoformat(changes.until) - timedelta(days=days)).date().isoformat()


def _record_and_rest(given: tuple[str, ...]) -> tuple[Path | None, tuple[str, ...]]:
    """The record is the first of what is given where that is one."""
    if len(given) > 1 and is_record(Path(given[0])):
        return Path(given[0]), given[1:]
    return None, given
