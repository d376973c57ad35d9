"""What a text generator left within a line: a label before the report's words, notes before and behind them.

A note is known by how its sentences begin (`furniture.note_end`). One that announces the text ends with its colon, any other
with its sentence. Between quotation marks it is what the report is about.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from travaux.intake import furniture, line_phrases
from travaux.intake.lines import Line
from travaux.model import BlockKind

WHOLE_NOTE = 400
"""Code points; a shorter line that begins with a note is one, though not each of its sentences says so."""
LONGEST_OPENING = 800
"""Code points at a line's beginning in which notes may stand before the report's words."""
LONGEST_ENDING = 1_500
"""Code points at a line's end in which notes may stand behind them; so a book on one line stays cheap."""
FEWEST_WORDS = 6
"""Words behind a note's colon that are a text and no part of the note."""

_BREAK = re.compile(r"(?:(?<=[.!?…])|(?<=[.!?…][\"”’)\]*_]))\s+(?=[\"“‘(\[*_]*[A-ZÀ-ÞА-Я0-9\[])")
_COLON = re.compile(r":[*_]*\s+")


def parts_of(text: str, line: Line) -> Iterator[Line]:
    """A line, or its parts where a generator's label or note stands in one line with the report's words."""
    beginning = text[line.start : min(line.end, line.start + 120)]
    label = furniture.label_end(beginning)
    if label is not None and line.start + label < line.end:
        shown = beginning[:label].rstrip()
        told = f"a text generator's label ({shown.strip('#*_> ')})"
        yield Line(line.start, line.start + len(shown), line.gap, BlockKind.LEFTOVER, told)
        yield Line(line.start + label, line.end, 0, behind_label=True)
        return
    opened = _opening_end(text, line)
    closed = _ending_start(text, line, opened)
    announces = text[line.start : opened].rstrip(" \t*_").endswith(":")
    # Sentences between two notes go on with the first, unless it announced them.
    if line.start < opened < closed < line.end and closed - opened <= WHOLE_NOTE and not announces:
        opened = closed = line.end
    for start, end in ((line.start, opened), (opened, closed), (closed, line.end)):
        if shown := text[start:end].rstrip():
            yield Line(start, start + len(shown), line.gap if start == line.start else 0)


def _opening_end(text: str, line: Line) -> int:
    """Where the notes end that open a line; its beginning where none does."""
    opening = text[line.start : min(line.end, line.start + LONGEST_OPENING)]
    end = 0
    while end < len(opening) and (told := furniture.note_end(opening[end:])) is not None:
        stop = _sentence_end(opening, end + told)
        colon = _COLON.search(opening, end + told - 1, stop)
        if colon is not None and line_phrases.word_count(opening[colon.end() :]) >= FEWEST_WORDS:
            return line.start + colon.end()
        end = stop
    announces = opening[:end].rstrip(" \t*_").endswith(":")
    is_whole = 0 < end < len(opening) and line.end - line.start <= WHOLE_NOTE and not announces
    return line.end if is_whole else line.start + end


def _sentence_end(words: str, told: int) -> int:
    """Where the sentence ends in which a place stands, with the white space behind it."""
    found = _BREAK.search(words, max(0, told - 1))
    return found.end() if found else len(words)


def _ending_start(text: str, line: Line, begin: int) -> int:
    """Where the notes begin that end a line, outside quotation marks; its end where there is none."""
    start = max(begin, line.end - LONGEST_ENDING)
    ending = text[start : line.end]
    for found in _BREAK.finditer(ending):
        at = found.end()
        before = ending[:at]
        is_quoted = before.count('"') % 2 == 1 or before.count("“") > before.count("”")
        if not is_quoted and furniture.note_end(ending[at:]) is not None:
            return start + at
    return line.end
