"""Locks on a record's folder, so that two processes do not do the same work at once."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from travaux.errors import RecordBusy


@contextmanager
def locked(folder: Path, name: str, doing: str) -> Iterator[None]:
    """Hold a lock while something is done; the system lets go of it when the process ends, however it ends.

    Args:
        name: of the lock's file in the record's folder.
        doing: what is done under it, for whoever finds it taken: ``reading``.

    Raises:
        RecordBusy: somebody else holds it, another process or another thread of this one; nothing was done.
    """
    from filelock import FileLock, Timeout

    lock = FileLock(folder / name, timeout=0)
    try:
        lock.acquire()
    except Timeout:
        raise RecordBusy(
            f"another {doing} of this record is under way", remedy="nothing was done", path=folder
        ) from None
    try:
        yield
    finally:
        lock.release()
