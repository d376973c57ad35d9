"""The server started: on which port, until when, and what it says of itself."""

from __future__ import annotations

import socket
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING

import uvicorn

from travaux.errors import RequestError
from travaux.server.application import application
from travaux.server.at_hand import AtHand
from travaux.server.beside import Beside
from travaux.server.guards import Guard
from travaux.server.team import Team

if TYPE_CHECKING:
    from travaux.api import Record
    from travaux.intake.web import Rules

Ready = Callable[[str, Guard], None]

PORT = 8642
"""Where nobody says otherwise. Datasette takes 8001, Label Studio 8080, Jupyter 8888, marimo 2718."""

A_TURN = 0.001
"""Seconds a thread works before another may: pages are small, and what is worked out beside them is not."""


def serve(
    record: Record,
    host: str,
    port: int,
    ready: Ready,
    *,
    web: Rules | None = None,
    team: Team | None = None,
    public: str = "",
) -> None:
    """Serve a record until it is stopped by Ctrl-C.

    Args:
        host: an address of this machine; port: 0 for any that is free.
        ready: called with the address to open once connections are taken, and with the guard.
        web: limits and manners of fetching pages that somebody names in the browser.
        team: who may come in; None lets in whoever reaches it.
        public: the address by which a server in front lets people reach it, as ``https://talks.example``.

    Raises:
        RequestError: the address or the port cannot be had, or the public address is none.
    """
    server, listening = prepared(record, host, port, ready, web=web, team=team, public=public)
    sys.setswitchinterval(A_TURN)
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def prepared(
    record: Record,
    host: str,
    port: int,
    ready: Ready,
    *,
    web: Rules | None = None,
    team: Team | None = None,
    public: str = "",
) -> tuple[uvicorn.Server, socket.socket]:
    """A server for a record that is yet to run, and the socket it listens on; see `serve`."""
    Guard.of(host, port, public=public)  # refuses an address that is none before a port is taken
    listening = _listening(host, port)
    taken = int(listening.getsockname()[1])
    guard = Guard.of(host, taken, public=public, keyed=team is None)
    shown = f"[{host}]" if ":" in host else host
    at_hand, beside = AtHand(record), Beside(record, web)
    served = application(at_hand, guard, beside, team)
    at_hand.begin()
    server = _Announced(
        uvicorn.Config(
            served,
            log_level="warning",
            access_log=False,
            server_header=False,
            proxy_headers=False,
            lifespan="off",
            ws="none",
            timeout_graceful_shutdown=2,
        )
    )
    server.announce = lambda: ready(f"http://{shown}:{taken}/", guard)
    server.leave = beside.end
    return server, listening


class _Announced(uvicorn.Server):
    """A server that says when it takes connections, and ends what is done beside the pages before it ends."""

    announce: Callable[[], None]
    leave: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.announce()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        self.leave()
        await super().shutdown(sockets)


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    # The protocol is named so that asyncio turns off waiting for full packets, which costs 40 ms an answer.
    listening = socket.socket(family, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind((host, port))
    except OSError as error:
        listening.close()
        remedy = "-p 0 takes any free port" if port else "give an address of this machine"
        raise RequestError(f"{host} port {port} cannot be had: {error.strerror or error}", remedy=remedy) from error
    return listening
