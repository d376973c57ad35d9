"""What is done beside the pages, one thing at a time: reading what is new, and fetching pages from the web.

It runs in a thread of its own, so that pages are answered meanwhile; they show how far it is and what came of it.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from travaux.api.judging import now
from travaux.errors import RecordBusy, RequestError, TravauxError
from travaux.visit import is_web_address

if TYPE_CHECKING:
    from travaux.api import Record
    from travaux.intake.web import Rules
    from travaux.outcomes import AddOutcome, ReadOutcome
    from travaux.views.changes import Changes

MOST_ADDRESSES = 20
"""Addresses that are fetched at one go."""
PATIENCE = 10.0
"""Seconds that the server waits, when it ends, for the report that is being read."""


class Doing(StrEnum):
    """What is done."""

    READING = "reading"
    FETCHING = "fetching"


@dataclass(frozen=True, slots=True)
class Progressing:
    """How far it is, and what came of it.

    Attributes:
        begun, ended: ISO 8601 in UTC; `ended` is empty while it goes on.
        name, place, number: what is worked on, its place from 1, and how many there are; empty and 0 before the first.
        read, changes, added: what came of it.
        problem: why it ended before its time, in one line; stopped: because somebody wanted it to.
    """

    doing: Doing
    begun: str
    ended: str = ""
    name: str = ""
    place: int = 0
    number: int = 0
    read: ReadOutcome | None = None
    changes: Changes | None = None
    added: AddOutcome | None = None
    problem: str = ""
    stopped: bool = False

    @property
    def goes_on(self) -> bool:
        """Whether it is under way."""
        return not self.ended


class _Stopped(Exception):
    """Somebody wants it to end; between two reports nothing is half done."""


class Beside:
    """The work beside the pages of one record.

    Args:
        web: limits and manners of fetching.
    """

    def __init__(self, record: Record, web: Rules | None = None):
        self.record = record
        self._web = web
        self._lock = threading.Lock()
        self._thread: threading.Thread | None = None
        self._stop = threading.Event()
        self._state: Progressing | None = None

    @property
    def state(self) -> Progressing | None:
        """The work under way, or the last; None where there was none since the server started."""
        return self._state

    def read(self) -> None:
        """Begin to read what is new.

        Raises:
            RecordBusy: something is under way here. Where a reading is under way elsewhere, the state says so.
        """

        def work() -> None:
            outcome, changes = self.record.read_changes(self._progress)
            self._note(read=outcome, changes=changes)

        self._begin(Doing.READING, work)

    def fetch(self, addresses: Sequence[str]) -> None:
        """Begin to fetch pages and take them in.

        Raises:
            RecordBusy: something is under way here. RequestError: none or too many addresses, or one that is none of the web.
        """
        strange = next((one for one in addresses if not is_web_address(one)), None)
        if strange is not None:  # never a path: what is no address would be looked for among the files
            raise RequestError(
                f"{strange[:80]!r} is no address of the web", remedy="it begins with https:// or http://"
            )
        if not 0 < len(addresses) <= MOST_ADDRESSES:
            raise RequestError(f"{len(addresses)} addresses were given", remedy=f"give 1 to {MOST_ADDRESSES}")

        def work() -> None:
            self._note(added=self.record.add(*addresses, web=self._web, progress=self._progress))

        self._begin(Doing.FETCHING, work)

    def stop(self) -> None:
        """Let the work end after the report or page it is at; what was done is kept."""
        self._stop.set()

    def end(self) -> None:
        """Stop, and wait for that."""
        self.stop()
        if self._thread is not None:
            self._thread.join(PATIENCE)

    def _begin(self, doing: Doing, work: Callable[[], None]) -> None:
        with self._lock:
            if self._state is not None and self._state.goes_on:
                told = f"{self._state.doing} is under way already"
                raise RecordBusy(told, remedy="wait until it is done, or stop it")
            self._stop.clear()
            self._state = Progressing(doing, now())
            self._thread = threading.Thread(target=self._run, args=(work,), name=f"travaux-{doing}", daemon=True)
            self._thread.start()

    def _run(self, work: Callable[[], None]) -> None:
        try:
            work()
        except _Stopped:
            self._note(stopped=True)
        except TravauxError as error:
            self._note(problem=f"{error.message}: {error.remedy}" if error.remedy else error.message)
        except Exception as error:
            logging.getLogger("travaux").exception("a bug of Travaux, beside the pages")
            self._note(problem=f"a bug of Travaux: {type(error).__name__}; the terminal shows more")
        finally:
            self._note(ended=now())

    def _progress(self, name: str, place: int, number: int) -> None:
        if self._stop.is_set():
            raise _Stopped
        self._note(name=name, place=place, number=number)

    def _note(self, **changed: object) -> None:
        assert self._state is not None
        self._state = replace(self._state, **changed)  # type: ignore[arg-type]
