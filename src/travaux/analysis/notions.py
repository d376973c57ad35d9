"""Notions that independent reports tell of in different words (``notions.toml``), and what finds them among the words of a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from travaux.analysis.alignment import Token
from travaux.analysis.phrases import Thesaurus


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
def _thesaurus() -> Thesaurus:
    return Thesaurus(each for section in _lists().values() for each in section.items())


def notions_in(tokens: Sequence[Token]) -> dict[str, frozenset[str]]:
    """The notions that some words tell of, each with the stems of the words that tell it."""
    found: dict[str, set[str]] = {}
    for notion, first, last in _thesaurus().found_in([token.word for token in tokens]):
        found.setdefault(notion, set()).update({tokens[first].stem, tokens[last].stem})
    return {notion: frozenset(stems) for notion, stems in found.items()}
