"""Sessions: who has signed in, until when. They live in memory; a server that starts anew asks everybody again.

A cookie holds a random secret; here only its digest is kept. A session ends when nobody has used it for `IDLE`, at `WHOLE`
after it began, when its owner signs out, is removed or has another password, and when its owner has `MOST` younger ones.
"""

from __future__ import annotations

import hashlib
import secrets
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from travaux.server.people import Person

IDLE = 2 * 3600.0
"""Seconds without a request."""
WHOLE = 12 * 3600.0
"""Seconds from the beginning."""
MOST = 10
"""Sessions of one person at a time."""


@dataclass(slots=True)
class Session:
    """One person in one browser.

    Attributes:
        name: who; proof: digest of the password hash they signed in with.
        begun, seen: by the clock of `Sessions`.
        token: what the forms of this session carry.
    """

    name: str
    proof: str
    begun: float
    seen: float
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))


class Sessions:
    """The sessions of a server.

    Args:
        clock: seconds that never go back.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic):
        self._clock = clock
        self._lock = threading.Lock()
        self._found: dict[str, Session] = {}

    def begin(self, person: Person) -> str:
        """Begin a session; returns the secret for its cookie."""
        secret, now = secrets.token_urlsafe(32), self._clock()
        with self._lock:
            self._found = {key: one for key, one in self._found.items() if _holds(one, now)}
            own = [key for key, one in self._found.items() if one.name == person.name]
            for key in own[: len(own) - MOST + 1] if len(own) >= MOST else ():
                del self._found[key]
            self._found[_digest(secret)] = Session(person.name, _digest(person.password), now, now)
        return secret

    def of(self, secret: str, named: Callable[[str], Person | None]) -> tuple[Person, Session] | None:
        """Whose session it is, as they are now; None where it has ended or never was.

        Args:
            named: who goes by a name now.
        """
        now = self._clock()
        with self._lock:
            found = self._found.get(_digest(secret))
            if found is None:
                return None
            person = named(found.name)
            if (
                person is None
                or not person.password
                or _digest(person.password) != found.proof
                or not _holds(found, now)
            ):
                del self._found[_digest(secret)]
                return None
            found.seen = now
            return person, found

    def end(self, secret: str) -> None:
        """End a session; one that is none changes nothing."""
        with self._lock:
            self._found.pop(_digest(secret), None)


def _holds(session: Session, now: float) -> bool:
    return now - session.seen <= IDLE and now - session.begun <= WHOLE


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()
