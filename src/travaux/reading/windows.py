"""A report in windows of a few sentences, as much as the encoder reads at once."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from travaux.reading.parse import Sentence

# A window's own sentences, and those before them that it reads for context. Measured on passages left out: training/README.md.
WIDTH = 5
CONTEXT = 1
# Code points that fit the encoder's 512 tokens with room to spare: of a window's own sentences, of what stands before them.
LONGEST_WINDOW = 1300
LONGEST_CONTEXT = 350


def windows(sentences: Sequence[Sentence]) -> Iterator[tuple[int, int, int]]:
    """Windows as (first sentence for context, first sentence, end), short enough that nothing is cut off."""
    at = 0
    while at < len(sentences):
        high = at + 1
        while high < min(len(sentences), at + WIDTH) and sentences[high].end - sentences[at].start <= LONGEST_WINDOW:
            high += 1
        low = at
        while low > max(0, at - CONTEXT) and sentences[at - 1].end - sentences[low - 1].start <= LONGEST_CONTEXT:
            low -= 1
        yield low, at, high
        at = high
