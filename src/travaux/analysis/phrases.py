"""Phrases of word lists among the words of a sentence: "~" at a word's end stands for any ending, "..." for a few words."""

from __future__ import annotations

from collections.abc import Sequence


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
