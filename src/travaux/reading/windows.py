"""A report in windows of a few sentences, as much as the encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from travaux.reading.parse import Sentence

# Code points that fit the encoder's 512 tokens with room to spare: of a window's own sentences, of what stands before them.
LONGEST_WINDOW = 1300
LONGEST_CONTEXT = 350


@dataclass(frozen=True, slots=True)
class Cut:
    """How a report is cut: sentences that a window answers for, and those before and after them that it reads for context."""

    width: int
    before: int
    after: int


# Measured on passages left out: training/README.md.
POSITIONS = Cut(8, 1, 1)
# The heads of who says what were trained on windows of six sentences.
ATTRIBUTIONS = Cut(5, 1, 0)


class Window(NamedTuple):
    """Sentences by number: those from `low` to before `end` are read, those from `at` to before `high` asked about."""

    low: int
    at: int
    high: int
    end: int


def windows(sentences: Sequence[Sentence], cut: Cut) -> Iterator[Window]:
    """Windows in the order of the text, short enough that nothing is cut off; every sentence is asked about in one of them."""
    at = 0
    while at < len(sentences):
        high = at + 1
        while (
            high < min(len(sentences), at + cut.width) and sentences[high].end - sentences[at].start <= LONGEST_WINDOW
        ):
            high += 1
        low, end = at, high
        while low > max(0, at - cut.before) and sentences[at - 1].end - sentences[low - 1].start <= LONGEST_CONTEXT:
            low -= 1
        while (
            end < min(len(sentences), high + cut.after)
            and sentences[end].end - sentences[low].start <= LONGEST_WINDOW + LONGEST_CONTEXT
        ):
            end += 1
        yield Window(low, at, high, end)
        at = high
