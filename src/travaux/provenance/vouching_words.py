"""The lists of ``vouching.toml`` and how they become expressions, for `vouching` and `unnamed` alike."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def vouching_lists() -> dict[str, Any]:
    """The lists by section, read once."""
    return tomllib.loads(files("travaux.provenance").joinpath("vouching.toml").read_text(encoding="utf-8"))


def any_of(patterns: Sequence[str]) -> re.Pattern[str]:
    """One expression for several, upper and lower case alike."""
    return compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def compiled(pattern: str) -> re.Pattern[str]:
    """An expression, upper and lower case alike."""
    return re.compile(pattern, re.IGNORECASE)
