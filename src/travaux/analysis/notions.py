"""Notions that independent reports tell of in different words (``notions.toml``), and what finds them among the words of a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache, lru_cache
from importlib.resources import files

from travaux.analysis.alignment import Token
from travaux.analysis.phrases import phrase_end

SLACK = 3
"""Words that "..." stands for at most."""


@cache
def _lists() -> Mapping[str, Mapping[str, Sequence[str]]]:
    return tomllib.loads(files("travaux.analysis").joinpath("notions.toml").read_text(encoding="utf-8"))


@cache
def things() -> frozenset[str]:
    """The notions of what can be counted."""
    return frozenset(_lists()["things"])


@cache
def acts() -> frozenset[str]:
    """The notions of what happens or is done."""
    return frozenset(_lists()["acts"])


@cache
def _phrases() -> Mapping[str, tuple[tuple[str, tuple[str, ...]], ...]]:
    """Notion and remaining words of each phrase, by its first word; one that may have any ending is kept with its "~"."""
    found: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
    for section in _lists().values():
        for notion, phrases in section.items():
            for phrase in phrases:
                first, *rest = phrase.replace("-", " ").split()
                found.setdefault(first, []).append((notion, tuple(rest)))
    return {first: tuple(held) for first, held in found.items()}


@lru_cache(maxsize=50_000)
def _beginning_with(word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The phrases that a word begins."""
    known = _phrases()
    found = list(known.get(word, ()))
    for end in range(2, len(word) + 1):
        found += known.get(f"{word[:end]}~", ())
    return tuple(found)


def notions_in(tokens: Sequence[Token]) -> dict[str, frozenset[str]]:
    """The notions that some words tell of, each with the stems of the words that tell it."""
    found: dict[str, set[str]] = {}
    words = [token.word for token in tokens]
    for at, token in enumerate(tokens):
        for notion, rest in _beginning_with(token.word):
            last = phrase_end(rest, words, at + 1, SLACK)
            if last is not None:
                found.setdefault(notion, set()).update({token.stem, tokens[last].stem})
    return {notion: frozenset(stems) for notion, stems in found.items()}
