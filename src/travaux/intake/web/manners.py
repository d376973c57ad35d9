"""Manners towards hosts: what robots.txt asks for (RFC 9309, read by protego), and a pause between two requests."""

from __future__ import annotations

import time
from collections.abc import Callable

from protego import Protego

from travaux.errors import FetchError
from travaux.intake.web.rules import Rules

ROBOTS_NAME = "Travaux"
LARGEST_ROBOTS = 512 * 1024
"""RFC 9309, 2.5: at least 500 KiB are read; the rest does not count."""
LONGEST_DELAY = 60.0
"""Seconds between two requests that a host may ask for; one that asks for more is left alone."""


class Manners:
    """What each host asks for, and when it was asked last; one for a run of ours.

    Args:
        fetch: the text of a host's robots.txt by its address: the empty text where there is none.
    """

    def __init__(self, rules: Rules, fetch: Callable[[str], str]) -> None:
        self._rules = rules
        self._fetch = fetch
        self._robots: dict[str, Protego | FetchError] = {}
        self._asked: dict[str, float] = {}

    def check(self, origin: str, url: str) -> None:
        """Let an address pass that robots.txt leaves open to us.

        Args:
            origin: scheme, host and port, such as ``https://example.org``.

        Raises:
            FetchError: robots.txt forbids it, asks for too long pauses, or cannot be had.
        """
        if not self._rules.robots:
            return
        found = self._robots_of(origin)
        if isinstance(found, FetchError) and found.status is None:
            # The host itself cannot be had, or may not be asked; robots.txt has no part in it.
            raise FetchError(found.message, remedy=found.remedy, path=url)
        if isinstance(found, FetchError):
            raise FetchError(
                f"left alone: {origin}/robots.txt cannot be had: {found.message}", remedy="try again later", path=url
            )
        if not found.can_fetch(url, ROBOTS_NAME):
            raise FetchError(
                "the host's robots.txt asks programs to leave this page alone",
                remedy="save the page by hand and add the file",
                path=url,
            )
        if (found.crawl_delay(ROBOTS_NAME) or 0.0) > LONGEST_DELAY:
            raise FetchError(f"the host asks for more than {LONGEST_DELAY:.0f} seconds between two requests", path=url)

    def wait(self, origin: str) -> None:
        """Wait until the host may be asked again, and note that it is asked now."""
        known = self._robots.get(origin)
        asked_for = (known.crawl_delay(ROBOTS_NAME) or 0.0) if isinstance(known, Protego) else 0.0
        delay = max(self._rules.delay, min(asked_for, LONGEST_DELAY))
        before = self._asked.get(origin)
        if before is not None and (left := before + delay - time.monotonic()) > 0:
            time.sleep(left)
        self._asked[origin] = time.monotonic()

    def _robots_of(self, origin: str) -> Protego | FetchError:
        if origin not in self._robots:
            try:
                self._robots[origin] = Protego.parse(self._fetch(f"{origin}/robots.txt"))
            except FetchError as error:
                self._robots[origin] = error
        return self._robots[origin]
