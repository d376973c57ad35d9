"""Sentences by their punctuation, for what needs places and no grammar; the reader has its own, by spaCy."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travaux.model import Report

_END = re.compile(r"[.!?…][\"”’')\]]*(?=\s+(?:[\"“‘'(\[]?[A-Z0-9À-ÞА-Я]|\[))|\n")
_ABBREVIATION = re.compile(
    r"(?:\b(?:Mr|Mrs|Ms|Dr|Prof|Gen|Lt|Col|Maj|Capt|Sgt|Adm|Sen|Rep|Gov|Rev|Hon|St|Jr|Sr|No|Nos|vs|approx|Inc|Ltd|Co|Corp"
    r"|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept|Sep|Oct|Nov|Dec)|\b[A-Z])\.$"
)


def stretches_of(report: Report) -> list[tuple[int, int]]:
    """The evidence blocks as [start, end) in code points; the whole text where no layout is known."""
    if not report.blocks:
        return [(0, len(report.text))]
    return [(block.start, block.end) for block in report.blocks if block.is_read]


def sentences_of(report: Report) -> list[tuple[int, int]]:
    """The sentences of a report's evidence blocks as [start, end) in code points, in order."""
    return [place for start, end in stretches_of(report) for place in sentences_in(report.text, start, end)]


def sentences_in(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The sentences of a stretch of text; a full stop after an initial or a title ends none."""
    begin = start
    for found in _END.finditer(text, start, end):
        if text[found.start()] == "." and _ABBREVIATION.search(text, max(begin, found.start() - 12), found.start() + 1):
            continue
        if trimmed := _trimmed(text, begin, found.end()):
            yield trimmed
        begin = found.end()
    if trimmed := _trimmed(text, begin, end):
        yield trimmed


def _trimmed(text: str, start: int, end: int) -> tuple[int, int] | None:
    shown = text[start:end]
    left = start + len(shown) - len(shown.lstrip())
    right = start + len(shown.rstrip())
    return (left, right) if left < right else None
