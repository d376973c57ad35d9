"""serve: the record in the browser."""

from __future__ import annotations

import webbrowser
from collections.abc import Callable
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from travaux.cli.output import example
from travaux.cli.places import open_record, record_argument
from travaux.cli.web import web_options

if TYPE_CHECKING:
    from travaux.intake.web import Rules
    from travaux.server import Guard, Team

USUAL_PORT = 8642  # `travaux.server.running.PORT`, without importing a server to print a help text


def team_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Gives a command the options by which people are known, and hands it the `Team` of them as `team`, or None."""

    @wraps(command)
    def with_team(
        *args: Any, users: Path | None, trusted_header: str, proxy: tuple[str, ...], others: str | None, **options: Any
    ) -> Any:
        from travaux.errors import RequestError

        team = None
        if users or trusted_header:
            from travaux.server.people import People
            from travaux.server.team import Team

            team = Team.of(People(users) if users else None, trusted_header, proxy, others or "")
            if users and users.stat().st_mode & 0o007:
                click.echo(f"{users} may be read or written by everybody on this machine: chmod 600 {users}", err=True)
        elif proxy or others:
            raise RequestError("--proxy and --others are about a team", remedy="--users or --trusted-header names it")
        return command(*args, team=team, **options)

    decorated: Callable[..., Any] = with_team
    for option in reversed(TEAM_OPTIONS):
        decorated = option(decorated)
    return decorated


TEAM_OPTIONS = (
    click.option(
        "--users",
        type=click.Path(dir_okay=False, path_type=Path),
        help="Only for the people of this file, who sign in; travaux users writes it.",
    ),
    click.option(
        "--trusted-header",
        default="",
        metavar="NAME",
        help="Only for people whom a server in front names by this header, like X-Remote-User; needs --proxy.",
    ),
    click.option(
        "--proxy",
        multiple=True,
        metavar="ADDRESS",
        help="Where a server in front asks from: its headers are believed, nobody else's. An address or a network.",
    ),
    click.option(
        "--others",
        type=click.Choice(("read", "review", "edit")),
        help="The role of people whom the header names and --users does not; without it they are not let in.",
    ),
    click.option(
        "--public-address",
        default="",
        metavar="URL",
        help="Where a server in front lets people reach it, like https://talks.example.",
    ),
)


@click.command()
@record_argument
@click.option(
    "-p", "--port", type=click.IntRange(0, 65535), default=USUAL_PORT, show_default=True, help="0 takes any free one."
)
@click.option(
    "--host",
    default="127.0.0.1",
    show_default=True,
    metavar="ADDRESS",
    help="Where to listen. On another address than loopback everybody who reaches it may look, and writing needs a key.",
)
@click.option("--open", "show", is_flag=True, help="Open it in the browser.")
@click.option("--read-only", is_flag=True, help="Nothing can be written, by whomever.")
@web_options
@team_options
@example(
    "travaux serve my-talks --open", "travaux serve my-talks --users users.yaml --public-address https://talks.example"
)
def serve(
    record: Path | None,
    port: int,
    host: str,
    show: bool,
    read_only: bool,
    rules: Rules,
    public_address: str,
    team: Team | None,
) -> None:
    """The record in the browser: matrix, timeline, options, parties, reports, network, search, and judging.

    Its address is all that goes to standard output. Nothing leaves the machine but requests for pages whose addresses
    somebody enters. Ctrl-C stops it; what was decided is kept. For a team, --users or --trusted-header: see
    docs/serving-a-team.md.
    """
    from travaux import server
    from travaux.record import may_write
    from travaux.server.guards import is_loopback

    def ready(address: str, guard: Guard) -> None:
        click.echo(address)
        if team is not None and not is_loopback(host) and not guard.is_private:
            click.echo(
                "Passwords and pages go unencrypted: put a server with TLS in front (--public-address).", err=True
            )
        if guard.key:
            click.echo(f"Whoever reaches this address may look. To write, give this key: {guard.key}", err=True)
        click.echo("Ctrl-C stops it.", err=True)
        if show:
            webbrowser.open(address)

    with open_record(record) as looked_at:
        folder = looked_at.folder
    writable = not read_only and may_write(folder)
    with open_record(folder, read_only=not writable) as opened:
        server.serve(opened, host, port, ready, web=rules, team=team, public=public_address)
