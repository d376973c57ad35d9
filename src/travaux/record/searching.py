"""The words somebody looks for: read from what was typed, and found again in a text at their exact places.

All words must be there, in any order. Words in quotation marks stand together; a star ends the beginning of a word. Case
and diacritics do not matter. The database's index names the reports; the places are found here, in code points.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from travaux.errors import RequestError

LONGEST = 200
"""Characters of a search; nobody types more, and a stranger's link may."""

_TYPED = re.compile(r'["“„]([^"”“]*)["”“]|(\S+)')
_WORD = re.compile(r"[^\W_]+")
_MARKS = "[\u0300-\u036f]*"


@dataclass(frozen=True, slots=True)
class Term:
    """Words that stand together, folded; ``beginning`` where the last may go on."""

    words: tuple[str, ...]
    beginning: bool = False


def terms_of(typed: str) -> tuple[Term, ...]:
    """What was typed as terms; nothing where it holds no word.

    Raises:
        RequestError: it is longer than `LONGEST`.
    """
    if len(typed) > LONGEST:
        raise RequestError(f"a search of {len(typed)} characters", remedy=f"{LONGEST} are enough")
    found = []
    for together, single in _TYPED.findall(typed):
        words = tuple(_WORD.findall(folded(unicodedata.normalize("NFC", together or single))))
        if words:
            found.append(Term(words, single.endswith("*")))
    return tuple(dict.fromkeys(found))


def folded(text: str) -> str:
    """A text without case and diacritics, each character for one, so that places stay what they are."""
    return "".join(map(_folded, text))


@cache
def _folded(character: str) -> str:
    if unicodedata.combining(character):
        return character
    base = unicodedata.normalize("NFD", character)[0].lower()
    return base if len(base) == 1 else character


def places(text: str, terms: Sequence[Term]) -> list[tuple[int, int]]:
    """Where the terms stand in a text, [start, end) in code points, in order; none where one of them is missing."""
    plain = folded(text)
    found: list[tuple[int, int]] = []
    for term in terms:
        ours = [match.span() for match in _pattern(term).finditer(plain)]
        if not ours:
            return []
        found += ours
    return sorted(set(found))


def stands_in(text: str, terms: Sequence[Term]) -> bool:
    """Whether all terms stand in a text."""
    plain = folded(text)
    return all(_pattern(term).search(plain) for term in terms)


@cache
def _pattern(term: Term) -> re.Pattern[str]:
    # Marks between letters are what is left of diacritics that the text writes apart.
    words = (_MARKS.join(map(re.escape, word)) + _MARKS for word in term.words)
    end = "" if term.beginning else r"(?![^\W_])"
    return re.compile(r"(?<![^\W_])" + r"[\W_]+".join(words) + end)


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text around a place where words were found.

    Attributes:
        start, end: of the place, in code points of the text.
        before, words, after: what stands around it, and the place itself; joined they are the text's own characters.
        cut_before, cut_after: whether its paragraph goes on.
    """

    start: int
    end: int
    before: str
    words: str
    after: str
    cut_before: bool
    cut_after: bool


def passages(text: str, found: Sequence[tuple[int, int]], around: int = 90) -> Iterator[Passage]:
    """The places with their surroundings, on one line each; a place inside the surroundings of the one before is left out."""
    reached = -1
    for start, end in found:
        if start < reached:
            continue
        first, last = _edge(text, start, -around), _edge(text, end, around)
        reached = last
        cut_before = first > 0 and text[first - 1] != "\n"
        cut_after = last < len(text) and text[last] != "\n"
        yield Passage(start, end, text[first:start], text[start:end], text[end:last], cut_before, cut_after)


def _edge(text: str, place: int, reach: int) -> int:
    """A place about ``reach`` characters on, at the edge of a word and within the paragraph."""
    if reach < 0:
        first = max(0, place + reach)
        line = text.rfind("\n", first, place) + 1
        if line:
            return line
        space = text.find(" ", first, place) if first else -1
        return space + 1 if space >= 0 else first
    last = min(len(text), place + reach)
    line = text.find("\n", place, last)
    if line >= 0:
        return line
    space = text.rfind(" ", place, last) if last < len(text) else -1
    return space if space >= 0 else last
