"""Progress on standard error: one line that changes on a terminal, a line now and then elsewhere."""

from __future__ import annotations

import shutil
import sys
import time
from types import TracebackType
from typing import Self

QUIET_SECONDS = 5.0


class Progress:
    """Tells which report is worked on; a context manager that leaves the terminal clean.

    Args:
        doing: what is done, such as ``reading``.
    """

    def __init__(self, doing: str):
        self.doing = doing
        self._begun = 0
        self._on_terminal = sys.stderr.isatty()
        self._told = time.monotonic()

    @property
    def done(self) -> int:
        """How many were finished before the one that was told last."""
        return max(self._begun - 1, 0)

    def __call__(self, name: str, place: int, number: int) -> None:
        """See `travaux.api.Progress`."""
        from travaux.views.words import one_line

        self._begun = place
        line = f"{self.doing} {place}/{number}" if number else f"{self.doing} {place}"
        line = f"{line} {one_line(name)}"
        if self._on_terminal:
            width = shutil.get_terminal_size().columns - 1
            self._write(f"\r\x1b[K{line[:width]}")
        elif time.monotonic() - self._told >= QUIET_SECONDS:
            self._told = time.monotonic()
            self._write(f"{line}\n")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._on_terminal and self._begun:
            self._write("\r\x1b[K")

    def _write(self, text: str) -> None:
        sys.stderr.write(text)
        sys.stderr.flush()
