"""The lists of ``vouching.toml`` and how they become expressions, for `vouching` and `unnamed` alike."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
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


_WORD = re.compile(r"[a-z]+")
_TO_BE = frozenset(("is", "are", "was", "were", "be", "been", "being"))


@dataclass(frozen=True, slots=True)
class Cued:
    """An expression of very many words, which is looked for where a sentence has one of a few plain ones.

    Attributes:
        cues: words of which one stands wherever the expression is found; passive: words of which one may stand there instead,
            beside a form of "to be".
    """

    whole: re.Pattern[str]
    cues: frozenset[str]
    passive: frozenset[str] = frozenset()

    def is_worth_while(self, words: str) -> bool:
        """Whether the expression may be in some words."""
        plain = set(_WORD.findall(words.lower()))
        if not plain.isdisjoint(self.cues):
            return True
        return not plain.isdisjoint(self.passive) and not plain.isdisjoint(_TO_BE)

    def search(self, words: str) -> re.Match[str] | None:
        """The first place of the expression."""
        return self.whole.search(words) if self.is_worth_while(words) else None

    def finditer(self, words: str) -> Iterator[re.Match[str]]:
        """All places of the expression."""
        return self.whole.finditer(words) if self.is_worth_while(words) else iter(())

    def sub(self, other: str, words: str) -> str:
        """The words with something else in all places of the expression."""
        return self.whole.sub(other, words) if self.is_worth_while(words) else words


def cued(whole: re.Pattern[str], section: Mapping[str, Any]) -> Cued:
    """An expression with the plain words of its section."""
    return Cued(whole, frozenset(section["cue"].split()), frozenset(section.get("passive", "").split()))
