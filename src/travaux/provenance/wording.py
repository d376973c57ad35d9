"""A report's own words with their places, cleaned for comparison: what is not the report's is left out.

Two pages of one site match on page chrome alone, so only blocks that evidence may come from are compared. Words are
compared by 64-bit hashes of their lower-case letters with typewriter apostrophes; places are code points.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from travaux.model import LONGEST_REPORT, Report
from travaux.provenance.sentences import stretches_of

Hashes = NDArray[np.uint64]

WORD = re.compile(r"\w+(?:['’]\w+)*")
GRAM = 3
"""Words in a run that is compared: runs of three keep word order and survive a changed word near by."""

_MIXERS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)


class Vocabulary:
    """Hashes of words, each made once; the same word has the same hash in every run and on every machine."""

    def __init__(self) -> None:
        self._hashes: dict[str, int] = {}

    def hash_of(self, word: str) -> int:
        """64 bits of BLAKE2 over a word."""
        found = self._hashes.get(word)
        if found is None:
            digest = hashlib.blake2b(word.encode("utf-8", "surrogatepass"), digest_size=8).digest()
            found = self._hashes[word] = int.from_bytes(digest, "little")
        return found


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one report that are its own.

    Attributes:
        words: as they are compared, in order.
        starts, ends: their places in the report's text, (n,) code points.
        hashes: (n,) one a word.
        quoted: (n,) whether a word stands between quotation marks.
    """

    words: tuple[str, ...]
    starts: NDArray[np.int32]
    ends: NDArray[np.int32]
    hashes: Hashes
    quoted: NDArray[np.bool_]

    def grams(self) -> Hashes:
        """(n − 2,) hashes of the word 3-grams, in order; empty for fewer than three words."""
        return grams_of(self.hashes)


def grams_of(hashes: Hashes) -> Hashes:
    """Hashes of the runs of `GRAM` words in a row of word hashes."""
    if len(hashes) < GRAM:
        return np.empty(0, dtype=np.uint64)
    mixed: Hashes = hashes[: len(hashes) - GRAM + 1] * _MIXERS[0]
    for place in range(1, GRAM):
        mixed = (mixed ^ (mixed >> np.uint64(29))) * _MIXERS[place] + hashes[
            place : len(hashes) - GRAM + 1 + place
        ] * _MIXERS[0]
    return mixed


def wording_of(report: Report, vocabulary: Vocabulary) -> Wording:
    """The words of a report's evidence blocks, or of its whole text where no layout is known."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    for start, end in stretches_of(report):
        for found in WORD.finditer(report.text, start, min(end, LONGEST_REPORT)):
            words.append(found.group().casefold().replace("’", "'"))
            starts.append(found.start())
            ends.append(found.end())
    hashes = np.fromiter(map(vocabulary.hash_of, words), dtype=np.uint64, count=len(words))
    first = np.array(starts, dtype=np.int32)
    return Wording(tuple(words), first, np.array(ends, dtype=np.int32), hashes, _quoted(report.text, first))


def _quoted(text: str, starts: NDArray[np.int32]) -> NDArray[np.bool_]:
    """Which words stand between quotation marks; a paragraph that ends with a mark open does not quote the next."""
    places, inside = [0], [False]
    for found in re.finditer('["“”„«»\n]', text):
        mark = found.group()
        before = inside[-1]
        now = not before if mark == '"' else mark in "“„«"
        if now != before:
            places.append(found.start())
            inside.append(now)
    return np.array(inside)[np.searchsorted(places, starts, side="right") - 1]
