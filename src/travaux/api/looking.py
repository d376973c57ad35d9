"""One look at a record: what several questions need is asked of the database once."""

from __future__ import annotations

import threading
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import TypeVar, cast

from travaux.model import Judgement

Found = TypeVar("Found")

JUDGEMENTS = "judgements"
"""Key of all judgements."""
LASTING = frozenset({"statements", "rows", "dates", "families", "happenings", "facts", "events", "worth"})
"""First words of the keys of what no judgement changes."""


class Look:
    """What has been asked of a record so far, kept for the next question.

    Several threads may ask; what one works out the others wait for. What is kept is never altered.
    """

    def __init__(self) -> None:
        self._kept: dict[Hashable, object] = {}
        self._lock = threading.RLock()

    def once(self, key: Hashable, make: Callable[[], Found]) -> Found:
        """What was found for a key before, or is found now."""
        if key not in self._kept:
            with self._lock:
                if key not in self._kept:
                    self._kept[key] = make()
        return cast(Found, self._kept[key])

    def has(self, key: Hashable) -> bool:
        """Whether something was found for a key."""
        return key in self._kept

    def after(self, judgements: Sequence[Judgement]) -> Look:
        """The same look where only judgements came since: what hangs on none of them need not be asked again.

        Args:
            judgements: all there are now, options by the ids they go by.
        """
        made = Look()
        kept = list(self._kept.items())  # others may add to it meanwhile
        made._kept = {key: found for key, found in kept if isinstance(key, tuple) and key[0] in LASTING}
        made._kept[JUDGEMENTS,] = list(judgements)
        return made


_LOOKING: ContextVar[tuple[object, Look] | None] = ContextVar("looking", default=None)


@contextmanager
def looking_at(record: object, look: Look | None) -> Iterator[Look]:
    """Within the block, what is asked of the record is kept in the look; with None in the one there is, else in a new one."""
    present = _LOOKING.get()
    going_on = present[1] if present is not None and present[0] is record else Look()
    held = going_on if look is None else look
    token = _LOOKING.set((record, held))
    try:
        yield held
    finally:
        _LOOKING.reset(token)


def once(record: object, key: Hashable, make: Callable[[], Found]) -> Found:
    """What the present look at this record has for a key; without a look it is made each time."""
    looking = _LOOKING.get()
    return looking[1].once(key, make) if looking is not None and looking[0] is record else make()


def is_known(record: object, key: Hashable) -> bool:
    """Whether the present look at this record has something for a key already."""
    looking = _LOOKING.get()
    return looking is not None and looking[0] is record and looking[1].has(key)
