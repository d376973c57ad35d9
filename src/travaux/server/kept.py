"""What was made once and is kept: each thing made by one thread while the others wait, the longest unused forgotten."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from concurrent.futures import Future
from typing import Any, TypeVar

Made = TypeVar("Made")


class Kept:
    """Things by key.

    Args:
        most: how many are kept.
    """

    def __init__(self, most: int):
        self._most = most
        self._kept: OrderedDict[object, Any] = OrderedDict()
        self._making: dict[object, Future[Any]] = {}
        self._lock = threading.Lock()

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What was made for a key before, or is made now; whoever asks meanwhile waits for it.

        Raises:
            Whatever `make` raises, in every thread that waits; nothing is kept then.
        """
        with self._lock:
            if key in self._kept:
                self._kept.move_to_end(key)
                found: Made = self._kept[key]
                return found
            making = self._making.get(key)
            mine = self._making.setdefault(key, Future()) if making is None else None
        if making is not None:
            waited: Made = making.result()
            return waited
        assert mine is not None
        try:
            made = make()
        except BaseException as error:
            with self._lock:
                del self._making[key]
            mine.set_exception(error)
            raise
        with self._lock:
            self._put(key, made)
            del self._making[key]
        mine.set_result(made)
        return made

    def put(self, key: object, made: object) -> None:
        """Keep a thing that was made elsewhere."""
        with self._lock:
            self._put(key, made)

    def _put(self, key: object, made: object) -> None:
        self._kept[key] = made
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    def items(self) -> list[tuple[object, Any]]:
        """What is kept now, the longest unused first."""
        with self._lock:
            return list(self._kept.items())
