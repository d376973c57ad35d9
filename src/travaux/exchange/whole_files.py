"""Files that are there whole or not at all."""

from __future__ import annotations

import os
import secrets
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from travaux.errors import RequestError


@contextmanager
def whole_file(path: Path) -> Iterator[TextIO]:
    """A UTF-8 file to write text to, with line ends as given; `path` gets it when all is written, not before.

    What stands at `path` stays untouched where writing fails or is stopped. Folders above it are made.

    Raises:
        RequestError: the place cannot be written to.
    """
    with (
        whole_place(path) as draft,
        # Opened with the user's own permissions mask, which files from the tempfile module would not have.
        draft.open("x", encoding="utf-8", newline="") as file,
    ):
        yield file
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def whole_place(path: Path) -> Iterator[Path]:
    """A name beside `path`, nothing there yet, for a library to write a file to; see `whole_file`."""
    draft = path.with_name(f".{path.name}.{secrets.token_hex(4)}.part")
    with told_as_unwritable(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            yield draft
            draft.replace(path)
        finally:
            with suppress(FileNotFoundError):
                draft.unlink()


@contextmanager
def told_as_unwritable(path: Path) -> Iterator[None]:
    """Turns what the system says of a place that cannot be written to into one clear line."""
    try:
        yield
    except OSError as error:
        reason = error.strerror or type(error).__name__
        raise RequestError(f"cannot be written: {reason}", path=path, remedy="name another place with -o") from error
