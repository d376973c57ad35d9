"""Step 1: a report as a model is shown it, whole or cut at paragraphs; page chrome and leftovers are never shown."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from travaux.model import Report

LONGEST_CONTEXT = 600
"""Of the paragraph before a cut, this many characters are shown again, so that "he" and "the plan" keep their meaning."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a report that one request asks about.

    Attributes:
        number: from 1; of: how many the report has.
        start, end: code points into the report's text, half open; what lies between the blocks read is in it too.
        text: the report's own words, paragraph by paragraph.
        before: the end of what stands before, for understanding only; empty for the first.
    """

    number: int
    of: int
    start: int
    end: int
    text: str
    before: str = ""


def passages_of(report: Report, longest: int) -> tuple[Passage, ...]:
    """A report's passages in order; empty where it has no evidence blocks.

    Args:
        longest: characters one passage may have; a report that fits is one passage.
    """
    groups: list[list[tuple[int, int]]] = []
    size = 0
    for start, end in _pieces(report, longest):
        if not groups or size + (end - start) > longest:
            groups.append([])
            size = 0
        groups[-1].append((start, end))
        size += end - start + 2
    text = report.text
    return tuple(
        Passage(
            number,
            len(groups),
            group[0][0],
            group[-1][1],
            "\n\n".join(text[start:end] for start, end in group),
            _before(text, groups[number - 2][-1]) if number > 1 else "",
        )
        for number, group in enumerate(groups, 1)
    )


def _before(text: str, last: tuple[int, int]) -> str:
    start = max(last[0], last[1] - LONGEST_CONTEXT)
    if start > last[0]:
        space = text.find(" ", start, last[1])
        start = space + 1 if space >= 0 else start
    return text[start : last[1]]


def _pieces(report: Report, longest: int) -> Iterator[tuple[int, int]]:
    """Evidence blocks, those longer than a passage cut at the end of a sentence or at a space where there is one."""
    for block in report.blocks:
        if not block.is_read:
            continue
        start = block.start
        while block.end - start > longest:
            cut = max(report.text.rfind(mark, start + 1, start + longest) for mark in ("\n", ". ", " "))
            cut = cut + 1 if cut > start else start + longest
            yield start, cut
            start = cut
        if report.text[start : block.end].strip():
            yield start, block.end


def sentences_in(report: Report) -> int:
    """How many sentences the evidence blocks hold, by their full stops; at least one a block that has words."""
    count = 0
    for start, end in _pieces(report, max(len(report.text), 1)):
        words = report.text[start:end]
        count += max(1, sum(words.count(mark) for mark in (". ", "? ", "! ", ".\n")) + words.rstrip().endswith("."))
    return count
