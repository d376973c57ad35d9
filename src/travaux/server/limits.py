"""How often somebody may: attempts to sign in wait longer and longer, writes and searches come at a rate."""

from __future__ import annotations

import math
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address

MOST_KEPT = 20_000
"""People and addresses that are remembered; the ones met longest ago are forgotten."""
FORGOTTEN = 3600.0
"""Seconds after which failures count no more."""

Clock = Callable[[], float]


class Allowance:
    """So many at once, and so many a minute from then on, for each of many people.

    Args:
        at_once: how many without a pause; a_minute: how many are given back in a minute.
    """

    def __init__(self, at_once: int, a_minute: int, clock: Clock = time.monotonic):
        self.at_once, self.a_minute = at_once, a_minute
        self._clock = clock
        self._lock = threading.Lock()
        self._left: OrderedDict[Hashable, tuple[float, float]] = OrderedDict()

    def wait(self, who: Hashable) -> float:
        """Take one; 0 where there was one left, else the seconds until there is."""
        now = self._clock()
        with self._lock:
            left, at = self._left.pop(who, (float(self.at_once), now))
            left = min(self.at_once, left + (now - at) * self.a_minute / 60)
            granted = left >= 1
            self._left[who] = (left - 1 if granted else left, now)
            while len(self._left) > MOST_KEPT:
                self._left.popitem(last=False)
        return 0.0 if granted else (1 - left) * 60 / self.a_minute


@dataclass(frozen=True, slots=True)
class Patience:
    """After how many failures a wait begins, and how long it may become. It doubles from a second on."""

    free: int
    longest: float


PATIENCE = {
    # One name from one address: what somebody guessing a password does.
    "name and address": Patience(3, 900.0),
    # Many names from one address: what somebody does who tries one common password on all.
    "address": Patience(12, 900.0),
    # One name from many addresses. Short, so that strangers cannot keep somebody out.
    "name": Patience(30, 60.0),
}
"""What failures are counted by."""


class Delays:
    """Attempts to sign in, and how long the next one must wait."""

    def __init__(self, clock: Clock = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._failed: OrderedDict[tuple[str, Hashable], tuple[int, float]] = OrderedDict()

    def attempt(self, name: str, address: str) -> float:
        """0 where an attempt may be made, else the seconds to wait; one that may be made counts as failed until `succeeded`.

        Counted beforehand, so that a hundred attempts at the same moment are not all free.
        """
        now = self._clock()
        with self._lock:
            counts = [(key, self._count(key, now)) for key in _keys(name, address)]
            longest = max(self._left(key, count, now) for key, count in counts)
            if longest > 0:
                return longest
            for key, count in counts:
                self._failed.pop(key, None)
                self._failed[key] = (count + 1, now)
            while len(self._failed) > MOST_KEPT:
                self._failed.popitem(last=False)
        return 0.0

    def succeeded(self, name: str, address: str) -> None:
        """The attempt was none that failed: this name from this address is trusted anew, the other counts are as before it."""
        pair, *others = _keys(name, address)
        with self._lock:
            self._failed.pop(pair, None)
            for key in others:
                count, at = self._failed.get(key, (0, 0.0))
                if count > 1:
                    self._failed[key] = (count - 1, at)
                else:
                    self._failed.pop(key, None)

    def _count(self, key: tuple[str, Hashable], now: float) -> int:
        count, at = self._failed.get(key, (0, now))
        return 0 if now - at > FORGOTTEN else count

    def _left(self, key: tuple[str, Hashable], count: int, now: float) -> float:
        patience = PATIENCE[key[0]]
        if count < patience.free:
            return 0.0
        wait = min(math.ldexp(1.0, min(count - patience.free, 60)), patience.longest)
        return max(0.0, self._failed[key][1] + wait - now)


def _keys(name: str, address: str) -> tuple[tuple[str, Hashable], ...]:
    near = network_of(address)
    return (("name and address", (name, near)), ("address", near), ("name", name))


def network_of(address: str) -> str:
    """An address as attempts are counted by it: of IPv6 the first 64 bits, which one household has to itself."""
    try:
        found = ip_address(address)
    except ValueError:
        return address
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> 64 << 64))
    return str(found)
