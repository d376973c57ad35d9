"""Scores for `peers.py`: what a program found, against labels that belong to this project. Pure functions, nothing imported.

- **Words said.** A program's attributions and the labels are compared word by word, so that it does not matter whether an
  interrupted quotation is one attribution or two. A word is found rightly where somebody is found to say it who is one of those
  that the labels name for it: the two sources share a word (or both say that no source is named).
- **Lines of a page.** A line is kept where its words stand in the text that a program gives, whatever the white space.
- **Pairs.** Two texts are joined or not.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

Span = Sequence[int]
WORD = re.compile(r"\w+(?:[-'’]\w+)*")
QUOTED = re.compile(r"“[^“”\n]+”|\"[^\"\n]+\"")


@dataclass(frozen=True)
class Counts:
    """What was found rightly, what was found at all, what there was to be found."""

    right: int = 0
    found: int = 0
    wanted: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(self.right + other.right, self.found + other.found, self.wanted + other.wanted)

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 0 where nothing was found."""
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        """Share of what there was that was found rightly; 0 where there was nothing."""
        return self.right / self.wanted if self.wanted else 0.0

    @property
    def f1(self) -> float:
        """The harmonic mean of both."""
        both = self.found + self.wanted
        return 2 * self.right / both if both else 0.0


def quoted_words(text: str) -> set[int]:
    """Numbers of the words between double quotation marks, straight or typographic, within a paragraph."""
    stretches = [found.span() for found in QUOTED.finditer(text)]
    return {number for number, span in enumerate(word_spans(text)) if any(_meet(span, one) for one in stretches)}


def word_spans(text: str) -> list[tuple[int, int]]:
    """Where each word stands; hyphens and apostrophes within a word do not part it."""
    return [found.span() for found in WORD.finditer(text)]


def words_said(
    text: str, labels: Iterable[dict[str, Any]], found: Iterable[dict[str, Any]], within: set[int] | None = None
) -> Counts:
    """Compares attributions word by word.

    Args:
        labels, found: attributions as ``{"source": [[start, end], …], "content": [[start, end], …]}``, in code points.
        within: only words of these numbers count; all unless told.
    """
    spans = word_spans(text)
    wanted, given = _sources_of_words(spans, labels), _sources_of_words(spans, found)
    if within is not None:
        wanted = {word: sources for word, sources in wanted.items() if word in within}
        given = {word: sources for word, sources in given.items() if word in within}
    right = sum(
        any(_same_source(one, other) for one in sources for other in wanted.get(word, ()))
        for word, sources in given.items()
    )
    return Counts(right, len(given), len(wanted))


def _sources_of_words(
    spans: Sequence[tuple[int, int]], attributions: Iterable[dict[str, Any]]
) -> dict[int, list[frozenset[int]]]:
    """For each word that is said, the words of every source that says it."""
    found: dict[int, list[frozenset[int]]] = {}
    for attribution in attributions:
        source = frozenset(_words_in(spans, attribution["source"]))
        for word in _words_in(spans, attribution["content"]):
            found.setdefault(word, []).append(source)
    return found


def _words_in(spans: Sequence[tuple[int, int]], stretches: Iterable[Span]) -> set[int]:
    stretches = list(stretches)
    return {number for number, span in enumerate(spans) if any(_meet(span, one) for one in stretches)}


def _same_source(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(one & other) or not (one or other)


def _meet(one: Span, other: Span) -> bool:
    return one[0] < other[1] and other[0] < one[1]


def lines_kept(lines: Iterable[str], given: str) -> int:
    """How many lines stand in what a program gives as the text of a page, whatever the white space."""
    whole = f" {_words_alone(given)} "
    return sum(f" {_words_alone(line)} " in whole for line in lines)


def _words_alone(text: str) -> str:
    """Words in lower case, one space apart: programs differ in what they do to white space, bullets and quotation marks."""
    return " ".join(WORD.findall(text.casefold().replace("’", "'")))


def missed_and_false(related: Sequence[bool], joined: Sequence[bool]) -> tuple[int, int]:
    """Related pairs that were not joined, and unrelated pairs that were."""
    both = list(zip(related, joined, strict=True))
    return sum(is_one and not found for is_one, found in both), sum(found and not is_one for is_one, found in both)
