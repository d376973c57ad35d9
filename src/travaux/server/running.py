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
from travaux.server.guards import Guard

if TYPE_CHECKING:
    from travaux.api import Record

Ready = Callable[[str, Guard], None]

PORT = 8642
"""Where nobody says otherwise. Datasette takes 8001, Label Studio 8080, Jupyter 8888, marimo 2718."""

A_TURN = 0.001
"""Seconds a thread works before another may: pages are small, and what is worked out beside them is not."""


def serve(record: Record, host: str, port: int, ready: Ready) -> None:
    """Serve a record until it is stopped by Ctrl-C.

    Args:
        host: an address of this machine; port: 0 for any that is free.
        ready: called with the address to open once connections are taken, and with the guard.

    Raises:
        RequestError: the address or the port cannot be had.
    """
    server, listening = prepared(record, host, port, ready)
    sys.setswitchinterval(A_TURN)
    try:
        server.run(sockets=[listening])
    finally:
        listening.close()


def prepared(record: Record, host: str, port: int, ready: Ready) -> tuple[uvicorn.Server, socket.socket]:
    """A server for a record that is yet to run, and the socket it listens on; see `serve`."""
    listening = _listening(host, port)
    taken = int(listening.getsockname()[1])
    guard = Guard.of(host, taken)
    shown = f"[{host}]" if ":" in host else host
    at_hand = AtHand(record)
    served = application(at_hand, guard)
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
    return server, listening


class _Announced(uvicorn.Server):
    """A server that says when it takes connections."""

    announce: Callable[[], None]

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        if self.started:
            self.announce()


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
