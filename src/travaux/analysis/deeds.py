"""What people are said to have done and deny having done (``deeds.toml``), and what finds it among the words of a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from travaux.analysis.alignment import Token
from travaux.analysis.phrases import phrase_end

SLACK = 3
"""Words that "..." stands for at most."""


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Deed and remaining words of each phrase, by its first word; one that may have any ending is kept with its "~"."""
    lists = tomllib.loads(files("travaux.analysis").joinpath("deeds.toml").read_text(encoding="utf-8"))["deeds"]
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for deed, phrases in lists.items():
        for phrase in phrases:
            first, *rest = phrase.replace("-", " ").split()
            found.setdefault(first, []).append((deed, tuple(rest)))
    return {first: tuple(held) for first, held in found.items()}


@lru_cache(maxsize=50_000)
def _beginning_with(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    known = _phrases()
    found = list(known.get(word, ()))
    for end in range(2, len(word) + 1):
        found += known.get(f"{word[:end]}~", ())
    return tuple(found)


def deeds_in(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """The deeds that some words tell of, each with the first of its words; a word may tell of several."""
    words = [token.word for token in tokens]
    for at, token in enumerate(tokens):
        for deed, rest in _beginning_with(token.word):
            if phrase_end(rest, words, at + 1, SLACK) is not None:
                yield deed, token
