"""What every command that asks a language model shares: its options and the estimate before."""

from __future__ import annotations

import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import wraps
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.reading import reading_told
from travaux.errors import RequestError
from travaux.views.words import counted

if TYPE_CHECKING:
    from travaux.api import Record
    from travaux.reading.language_model.costs import Estimate
    from travaux.reading.language_model.reader import LanguageModelReader

UNPRICED_TOKENS = 1_000_000
"""Above so many tokens of unknown price the command asks first, as it does above the limit in dollars."""


@dataclass(frozen=True, slots=True)
class ChosenModel:
    """Which model somebody chose on the command line, and how it is to be asked."""

    model: str | None
    base_url: str | None
    prompt: str
    concurrency: int
    timeout: float

    @property
    def is_named(self) -> bool:
        """Whether a model or an address was given."""
        return self.model is not None or self.base_url is not None

    def reader(self, record: Record | None, *, sending: bool = True) -> LanguageModelReader:
        """The reader that asks it, about a record or about reports of none; see `travaux.asking.language_model_reader`."""
        from travaux.asking import language_model_reader
        from travaux.reading.language_model.calling import Patience

        patience = Patience(self.concurrency, self.timeout)
        return language_model_reader(
            record, self.model, self.base_url, form=self.prompt, patience=patience, sending=sending
        )


def model_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--model``, ``--base-url`` and what goes with them, and hands it a `ChosenModel` as `chosen`."""

    @wraps(command)
    def with_model(
        *args: Any,
        model: str | None,
        base_url: str | None,
        prompt: str,
        concurrency: int,
        timeout: float,
        **options: Any,
    ) -> Any:
        return command(*args, chosen=ChosenModel(model, base_url, prompt, concurrency, timeout), **options)

    decorated: Callable[..., Any] = with_model
    for option in reversed(_OPTIONS):
        decorated = option(decorated)
    return decorated


_OPTIONS = (
    click.option("--model", metavar="PROVIDER:NAME", help="llm: the model, such as openai:gpt-5-mini."),
    click.option(
        "--base-url",
        metavar="URL",
        help="llm: an OpenAI-compatible server, such as http://127.0.0.1:8080/v1; --model is then the name it knows.",
    ),
    click.option(
        "--prompt",
        type=click.Choice(["full", "terse"]),
        default="full",
        show_default=True,
        help="llm: terse fits a context of four thousand tokens.",
    ),
    click.option(
        "--concurrency",
        type=click.IntRange(1, 64),
        default=4,
        show_default=True,
        help="llm: requests under way at once.",
    ),
    click.option(
        "--timeout",
        type=click.FloatRange(min=1),
        default=300.0,
        show_default=True,
        help="llm: seconds for one whole answer.",
    ),
)


def read_with_model_and_tell(record: Record, chosen: ChosenModel, *, dry_run: bool, limit: float, yes: bool) -> int:
    """Reads what is new with a language model, after saying what it takes; the exit code."""
    from travaux.asking import estimate, read_with_model

    if dry_run and not chosen.is_named:
        chosen = ChosenModel("unnamed:unnamed", None, chosen.prompt, chosen.concurrency, chosen.timeout)
    with chosen.reader(record, sending=not dry_run) as reader:
        expected = estimate(record, reader)
        click.echo(estimate_told(expected, reader.place.shown), err=True)
        if dry_run:
            click.echo("Nothing was sent.", err=True)
            return 0
        if expected.requests and not yes:
            _ask_above(expected, limit)
        return reading_told(record, lambda progress: read_with_model(record, reader, progress), reader=reader.name)


def estimate_told(expected: Estimate, shown: str) -> str:
    """An estimate in words."""
    kept = f", {counted(expected.kept, 'answer')} kept from before" if expected.kept else ""
    told = f"{counted(expected.requests, 'request')} about {counted(expected.reports, 'report')} to {shown}{kept}"
    if not expected.requests:
        return f"{told}: nothing to pay."
    tokens = f"about {expected.input_tokens:,} tokens in and {expected.output_tokens:,} out"
    return f"{told}: {tokens}; {cost_told(expected)}."


def cost_told(expected: Estimate) -> str:
    """What an estimate costs, in words."""
    if expected.own_server:
        return "the server is on this machine, and no text leaves it"
    if expected.dollars is None or expected.price is None:
        return "the price is not known"
    return f"about {expected.dollars:.2f} US dollars, by prices of {expected.price.as_of}"


def _ask_above(expected: Estimate, limit: float) -> None:
    """Goes on where the cost is under the limit, or somebody says yes.

    Raises:
        RequestError: nobody is there to be asked. click.Abort: the answer is no.
    """
    dollars = expected.dollars
    if dollars is None:
        above = expected.input_tokens + expected.output_tokens > UNPRICED_TOKENS
        why = f"more than {UNPRICED_TOKENS:,} tokens of unknown price"
    else:
        above, why = dollars > limit, f"more than the limit of {limit:.2f} US dollars"
    if not above:
        return
    if not sys.stdin.isatty():
        raise RequestError(f"this takes {why}, and nothing was sent", remedy="--yes goes on, --limit sets the limit")
    click.confirm(f"This takes {why}. Send?", abort=True, err=True)
