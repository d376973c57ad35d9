"""What people are said to have done and deny having done (``deeds.toml``), and what finds it among the words of a sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files

from travaux.analysis.alignment import Token
from travaux.analysis.phrases import Thesaurus


@cache
def _thesaurus() -> Thesaurus:
    lists = tomllib.loads(files("travaux.analysis").joinpath("deeds.toml").read_text(encoding="utf-8"))
    return Thesaurus(lists["deeds"].items())


def deeds_in(tokens: Sequence[Token]) -> Iterator[tuple[str, Token]]:
    """The deeds that some words tell of, each with the first of its words; a word may tell of several."""
    for deed, first, _ in _thesaurus().found_in([token.word for token in tokens]):
        yield deed, tokens[first]
