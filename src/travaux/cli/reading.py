"""What every command that reads reports shares: the progress while it lasts, and what it came to afterwards."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

import click

from travaux import settings
from travaux.cli.progress import Progress
from travaux.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_SOME_FAILED
from travaux.model import ReportState
from travaux.views.words import counted, one_line

if TYPE_CHECKING:
    from travaux.api import Record
    from travaux.outcomes import Failure, ReadOutcome


def read_and_tell(record: Record, workers: int | None = None) -> int:
    """Reads what is new with progress on standard error, and a table of report states at the end; the exit code."""
    return reading_told(record, lambda progress: record.read(progress=progress, workers=workers))


def reading_told(record: Record, reading: Callable[[Progress], ReadOutcome], reader: str = "local") -> int:
    """Runs a reading with progress on standard error, and tells what came of it; the exit code."""
    progress = Progress("reading")
    try:
        with progress:
            outcome = reading(progress)
        with Progress("comparing") as comparing:
            record.settle(comparing)
    except KeyboardInterrupt:
        done = counted(progress.done, "report")
        click.echo(f"Stopped: {done} read and kept; the same command goes on from there.", err=True)
        return EXIT_INTERRUPTED
    return told_read(outcome, record, reader)


def told_read(outcome: ReadOutcome, record: Record, reader: str = "local") -> int:
    """Tells what a reading came to on standard error; the exit code."""
    for failure in outcome.failures:
        click.echo(f"Not read: {one_line(failure.report)}: {one_line(failure.reason)}", err=True)
    _state_table(outcome, record, reader)
    if reader != "local":
        tell_dropped(outcome.statements, outcome.dropped)
    if tell_bugs(outcome.failures):
        return EXIT_BUG
    return EXIT_SOME_FAILED if "failed" in outcome.counts else 0


def tell_bugs(failures: Iterable[Failure]) -> bool:
    """Shows the first bug of ours among failures; whether there was one."""
    bug = next((failure.bug for failure in failures if failure.bug is not None), None)
    if bug is not None:
        import traceback

        from travaux.cli.root import tell_bug

        tell_bug("".join(traceback.format_exception(bug)))
    return bug is not None


_STATES = {
    "new": "not read yet",
    "read": "read",
    "empty": "nothing to read in them",
    "unread": "in a language that is not read",
    "failed": "could not be read",
}


def _state_table(outcome: ReadOutcome, record: Record, reader: str) -> None:
    """How many reports are in which state, on standard error."""
    from rich.console import Console

    from travaux.views.terminal import rows_view

    total = sum(outcome.counts.values())
    rows = [
        {"state": str(state), "reports": number, "meaning": _STATES[state]} for state, number in outcome.counts.items()
    ]
    console = Console(stderr=True, no_color=settings.no_colour() or None, highlight=False)
    console.print(rows_view(rows, ("state", "reports", "meaning"), "No reports in the record."))
    statements = record.store.number_of_statements(reader=reader)
    known = total - outcome.read - len(outcome.failures) - outcome.counts.get(ReportState.UNREAD, 0)
    before = f", {known} read before" if known else ""
    click.echo(
        f"{counted(outcome.read, 'report')} read now{before}; {counted(statements, 'statement')} in the record.",
        err=True,
    )


def tell_dropped(statements: int, dropped: int) -> None:
    """Says on standard error what share of a model's answers could not be grounded."""
    brought = statements + dropped
    if brought:
        share = f"{100 * dropped / brought:.1f} %"
        tail = "; travaux llm dropped lists them with the reason" if dropped else ""
        click.echo(f"Dropped: {dropped} of {counted(brought, 'answered statement')} ({share}){tail}.", err=True)
