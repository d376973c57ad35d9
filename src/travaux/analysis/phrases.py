"""Phrases of word lists among the words of a sentence: "~" at a word's end stands for any ending, "..." for a few words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

REMEMBERED = 50_000
"""Words whose phrases a `Thesaurus` remembers."""
SLACK = 3
"""Words that "..." stands for at most in a `Thesaurus`."""


def phrase_end(parts: Sequence[str], words: Sequence[str], at: int, gap: int) -> int | None:
    """Where a phrase that begins at a word ends; None where it does not stand there.

    Args:
        parts: of the phrase. words: of the sentence, in lower case. at: place of the word where it is to begin.
        gap: words that "..." stands for at most.
    """
    for place, part in enumerate(parts):
        if part == "...":
            rest = parts[place + 1 :]
            ends = (phrase_end(rest, words, at + step, gap) for step in range(gap + 1))
            return next((end for end in ends if end is not None), None)
        if at >= len(words) or not (words[at].startswith(part[:-1]) if part.endswith("~") else words[at] == part):
            return None
        at += 1
    return at - 1


class Thesaurus:
    """Notions by the phrases that tell them, found by their first word; of a phrase's hyphens each stands for a space.

    Args:
        phrases: each notion with its phrases.
    """

    def __init__(self, phrases: Iterable[tuple[str, Iterable[str]]]) -> None:
        self._by_first: dict[str, list[tuple[str, tuple[str, ...]]]] = {}
        for notion, told in phrases:
            for phrase in told:
                first, *rest = phrase.replace("-", " ").split()
                self._by_first.setdefault(first, []).append((notion, tuple(rest)))
        # A bounded memory of each thesaurus's own: few words begin a phrase, and most come again.
        self._beginning_with = lru_cache(maxsize=REMEMBERED)(self._phrases_begun_by)

    def found_in(self, words: Sequence[str]) -> Iterator[tuple[str, int, int]]:
        """Each notion that some words tell of, with the places of the first and the last word that tell it."""
        for at, word in enumerate(words):
            for notion, rest in self._beginning_with(word):
                last = phrase_end(rest, words, at + 1, SLACK)
                if last is not None:
                    yield notion, at, last

    def _phrases_begun_by(self, word: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """The phrases that a word begins; one whose first word may have any ending is kept with its "~"."""
        found = list(self._by_first.get(word, ()))
        for end in range(2, len(word) + 1):
            found += self._by_first.get(f"{word[:end]}~", ())
        return tuple(found)
