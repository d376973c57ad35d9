"""What commands that fetch share."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

import click


def web_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command ``--delay`` and ``--allow-loopback``, and hands it the `Rules` of fetching as `rules`."""

    @wraps(command)
    def with_rules(*args: Any, delay: float, allow_loopback: tuple[str, ...], **options: Any) -> Any:
        from travaux.intake.web.rules import Rules

        return command(*args, rules=Rules(delay=delay, loopback=frozenset(allow_loopback)), **options)

    decorated: Callable[..., Any] = click.option(
        "--allow-loopback",
        multiple=True,
        metavar="HOST:PORT",
        help="For tests: this server on this machine may be asked. All other private addresses are refused.",
    )(with_rules)
    return click.option(
        "--delay",
        type=click.FloatRange(min=0),
        default=1.0,
        show_default=True,
        help="Seconds between two requests to one host; more where its robots.txt asks for more.",
    )(decorated)
