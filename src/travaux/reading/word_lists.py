"""The lexicon's files (``lexicon/*.toml``) as they stand, each read once."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def word_lists(name: str) -> dict[str, Any]:
    """What a file of the lexicon holds; name: without ``.toml``."""
    return tomllib.loads((files("travaux.reading") / "lexicon" / f"{name}.toml").read_text("utf-8"))


@cache
def words_in(name: str, kind: str) -> frozenset[str]:
    """The words of one list of such a file."""
    return frozenset(word_lists(name)[kind])
