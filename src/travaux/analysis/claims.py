"""The word lists of ``claims.toml``, read once, and what finds their phrases among the words of a sentence."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from typing import Any

from travaux.analysis.alignment import Token


@cache
def claim_words() -> dict[str, Any]:
    """The lists of ``claims.toml`` as they stand."""
    return tomllib.loads(files("travaux.analysis").joinpath("claims.toml").read_text(encoding="utf-8"))


@cache
def phrases(section: str, name: str) -> re.Pattern[str]:
    """The phrases of a list, as one pattern over words joined by single spaces."""
    return _pattern(tuple(claim_words()[section][name]))


@cache
def opposites() -> tuple[tuple[re.Pattern[str], re.Pattern[str]], ...]:
    """The pairs of phrases that exclude each other, either way round, as patterns like those of `phrases`."""
    pairs = [tuple(_pattern((words,)) for words in pair) for pair in claim_words()["opposites"]["pairs"]]
    return tuple((one, two) for first, second in pairs for one, two in ((first, second), (second, first)))


@cache
def any_opposite() -> re.Pattern[str]:
    """A pattern of all phrases of `opposites`, for passing over what has none."""
    return _pattern(tuple(phrase for pair in claim_words()["opposites"]["pairs"] for phrase in pair))


def _pattern(listed: tuple[str, ...]) -> re.Pattern[str]:
    shown = (one.replace(" ... ", r"(?: [^ ]+){0,3} ").replace("~", r"[a-z]*") for one in listed)
    return re.compile(rf"(?<![\w'])(?:{'|'.join(sorted(shown, key=lambda one: (-len(one), one)))})(?![\w'])")


def found_in(section: str, name: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The places of a list's phrases among words: first and last."""
    joined = " ".join(token.word for token in tokens)
    pattern = phrases(section, name)
    if pattern.search(joined) is None:
        return
    starts, at = {}, 0
    for place, token in enumerate(tokens):
        starts[at] = place
        at += len(token.word) + 1
    for match in pattern.finditer(joined):
        first = starts[match.start()]
        yield first, first + match.group().count(" ")
