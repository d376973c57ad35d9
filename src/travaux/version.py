"""The version of Travaux and of its rules, in a module of its own so that any room can name it.

A test compares the version with the metadata.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from importlib.resources.abc import Traversable

__version__ = "0.1.0"


def rules_digest(*places: tuple[Traversable, tuple[str, ...]]) -> str:
    """SHA-256 over files of the package, sorted by name: with another one, what these rules have made is made anew.

    Args:
        places: folders, each with the endings of the names that count.
    """
    digest = hashlib.sha256()
    parts = [one for folder, endings in places for one in folder.iterdir() if one.name.endswith(endings)]
    for one in sorted(parts, key=lambda one: one.name):
        digest.update(one.name.encode() + b"\0" + one.read_bytes())
    return digest.hexdigest()
