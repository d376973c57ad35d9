"""The command ``travaux``: its groups, loaded when they are asked for, and how errors are told."""

from __future__ import annotations

import logging
import os
import sys
import traceback
from collections import namedtuple
from collections.abc import Sequence
from importlib import import_module
from keyword import iskeyword
from typing import NoReturn

import click

from travaux.errors import EXIT_BUG, EXIT_INTERRUPTED, EXIT_OK, EXIT_REQUEST, TravauxError
from travaux.version import __version__

# Command, the module it lives in, and its line in the overview: modules are imported only when a command is used.
COMMANDS = {
    "build": ("building", "A folder of reports in one go: new, add, read, show."),
    "new": ("building", "Make an empty record with a commented agenda.yaml."),
    "add": ("building", "Add files, folders and web pages of reports."),
    "read": ("building", "Read the reports that are new."),
    "sources": ("updating", "Feeds, sitemaps and pages to be asked for news."),
    "update": ("updating", "Ask the sources, read what is new, print what changed."),
    "changes": ("updating", "What the last updates found new."),
    "corpus": ("corpus", "Very many reports: read into Parquet, and records made of slices."),
    "show": ("showing", "The matrix: who is for or against what."),
    "statements": ("showing", "Statements, each with its exact quote."),
    "shifts": ("across", "Where a party's position changes, with both quotes."),
    "conflicts": ("across", "Where reports cannot both be right, and why."),
    "meetings": ("across", "Meetings held, planned, proposed or cancelled."),
    "incidents": ("across", "What happened on the ground, with its figures."),
    "said": ("showing", "Who says what in the reports, positions or not."),
    "search": ("searching", "Words in the reports, each place with its surroundings."),
    "reports": ("showing", "Reports, and what became of each."),
    "date": ("dating", "Say when a report was published."),
    "families": ("worth", "Which reports are copies or rewordings of one another."),
    "flags": ("worth", "Reasons to trust a report less, each with its words."),
    "terms": ("agreement", "The term sheet of the agreement, with references beside it."),
    "packages": ("agreement", "Which packages are open, who blocks the others, what would have to move."),
    "whatif": ("agreement", "What a party's move would open."),
    "agenda": ("agendas", "Check agenda.yaml, have one suggested, or edit it."),
    "queue": ("reviewing", "What waits for a person, most urgent first."),
    "judge": ("judging", "Confirm, reject, correct or add a statement, for good."),
    "reviewers": ("reviewing", "How far several reviewers agree."),
    "serve": ("serving", "The record in the browser, to look at and to work in."),
    "users": ("users", "Who may sign in to the record in the browser, and as what."),
    "audit": ("auditing", "Who did what in the browser, when and from where."),
    "page": ("taking_out", "The record as one HTML file to look at and forward."),
    "export": ("taking_out", "The record as other tools read it: tables, networks, annotations, references."),
    "import": ("taking_in", "Take in what was made or changed in another tool."),
    "merge": ("taking_in", "Take in a colleague's record of the same negotiation."),
    "copy": ("copying", "A record into another folder or database, every row compared."),
    "network": ("networks", "Who shares positions with whom, and who opposes whom."),
    "mcp": ("assistant", "Serve the record to an assistant, read-only."),
    "compare-readers": ("comparing", "How far two readers agree, and what to look at."),
    "llm": ("language_models", "Language models: prompt, requests, answers, what was dropped."),
    "evaluate": ("checking", "Score the record against a gold record."),
    "doctor": ("checking", "Check the installation, and a record through and through."),
}


class ReaderGone(Exception):
    """Whoever read our output has closed it."""


class Overview(click.Group):
    """A group that knows its commands by name and imports each when it is used."""

    def invoke(self, ctx: click.Context) -> object:
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            raise ReaderGone from None  # click would end the process with code 1

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        name = cmd_name.replace("-", "_")
        found = getattr(import_module(f"travaux.cli.{COMMANDS[cmd_name][0]}"), f"{name}_" if iskeyword(name) else name)
        assert isinstance(found, click.Command)
        return found

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        if args and not args[0].startswith("-") and args[0] not in COMMANDS:
            import difflib

            near = difflib.get_close_matches(args[0], COMMANDS, n=1)
            told = f"did you mean {near[0]}?" if near else "travaux -h lists them"
            raise click.UsageError(f"There is no command {args[0]!r} ({told})", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, says) for name, (_, says) in COMMANDS.items()])


@click.group(
    cls=Overview,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog="Exit codes: 0 all well, 1 some reports failed or a check found problems, 2 the request was wrong, "
    "3 the record or the machine refuses, 70 a bug of Travaux, 130 stopped by Ctrl-C.",
)
@click.version_option(__version__, "-V", "--version", message="travaux %(version)s")
def command() -> None:
    """Keep the record of a negotiation from what is published about it.

    Who offers, demands, accepts or rejects what, on which condition, since when, and on whose word, with the exact
    words as evidence.

    \b
    Example:
      travaux build examples/example-guarantees --output my-record
      travaux statements --party russia

    A record that is not named is looked for: TRAVAUX_RECORD, the current folder and those above it, then the record
    used last.
    """


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Run the command line and exit with its code."""
    try:
        code = run(arguments)
    finally:
        # Ctrl-C inside a text that is executed, as classes of data do when they are made, is remembered by Python, and `python -m`
        # would end by the signal and not with our code, although it was caught. Making another class that way makes it forget.
        namedtuple("Forgotten", ())
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _quiet_stdout()
    sys.exit(code)


def run(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; returns the exit code. Known errors are one line on standard error."""
    _speak_utf8()
    _keep_interrupts_quiet()
    try:
        code = command.main(
            args=None if arguments is None else list(arguments), prog_name="travaux", standalone_mode=False
        )
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message())
        return EXIT_OK if arguments == [] or len(sys.argv) == 1 else EXIT_REQUEST
    except click.ClickException as error:
        _tell(error.format_message().rstrip("."))
        if isinstance(error, click.UsageError) and error.ctx is not None:
            click.echo(f"{error.ctx.command_path} -h explains it.", err=True)
        return EXIT_REQUEST
    except TravauxError as error:
        _tell(str(error))
        return error.exit_code
    except (click.Abort, KeyboardInterrupt):
        click.echo("Stopped.", err=True)
        return EXIT_INTERRUPTED
    except (BrokenPipeError, ReaderGone):  # whoever read our output has had enough, as `head` does; that is no failure
        _quiet_stdout()
        return EXIT_OK
    except Exception:
        tell_bug(traceback.format_exc())
        return EXIT_BUG
    return code if isinstance(code, int) else EXIT_OK


def tell_bug(trace: str) -> None:
    """Show a traceback and say that it is ours, not the user's."""
    python = ".".join(map(str, sys.version_info[:3]))
    click.echo(trace, err=True)
    click.echo(
        f"This is a bug of Travaux {__version__} (Python {python}, {sys.platform}), not a mistake of yours. "
        "Please report it with the lines above.",
        err=True,
    )


def _tell(message: str) -> None:
    from travaux.views.words import one_line

    click.echo(f"Error: {one_line(message)}", err=True)


def _keep_interrupts_quiet() -> None:
    # Ctrl-C while a connection goes back to its pool is logged there, with a traceback, before it is passed on to us.
    if logging.lastResort is not None:
        logging.lastResort.addFilter(_is_no_interrupt)


def _is_no_interrupt(record: logging.LogRecord) -> bool:
    kind = record.exc_info[0] if record.exc_info else None
    return kind is None or not issubclass(kind, KeyboardInterrupt)


def _speak_utf8() -> None:
    # A quote may hold any character, and a terminal or pipe set to ASCII must not stop the listing of it.
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _quiet_stdout() -> None:
    # Python flushes standard output once more at its end; into the void this time.
    try:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    except (OSError, ValueError):  # standard output is no file, as under a test
        return
