"""How much is asked of a server and taken from it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rules:
    """Limits and manners of fetching.

    Attributes:
        largest: bytes of a body, before and after it is unpacked.
        seconds: for one address in all: looking it up, redirects, retries and every byte of the answer.
        silence: seconds a server may send nothing.
        redirects: how many are followed. tries: how often an address is asked where the server falters.
        pause: seconds before the second try; twice as long before each further one.
        delay: seconds between two requests to one host; robots.txt may ask for more.
        longest_wait: seconds that are waited where a server asks for a pause; a longer one is told instead.
        loopback: ``host:port`` of servers on this machine that may be asked, for tests; no other private address is.
        robots: whether robots.txt is obeyed.
    """

    largest: int = 16 * 1024 * 1024
    seconds: float = 60.0
    silence: float = 20.0
    redirects: int = 5
    tries: int = 3
    pause: float = 1.0
    delay: float = 1.0
    longest_wait: float = 30.0
    loopback: frozenset[str] = frozenset()
    robots: bool = True
