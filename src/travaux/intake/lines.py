"""A text as lines: where each begins and ends, what stands between, and which lines only wrap one paragraph.

Every character that is no white space is in exactly one line. Line ends of all systems count, U+2028 too.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from travaux.model import BlockKind

_LINE = re.compile("[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile("\r\n|[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")

LIST_MARK = re.compile(r"(?:[-*+•‣▪◦–—·●○■□✓✔➤→]|\(?\d{1,3}[.)]|\(?[a-z][.)]|\(?[A-Z]\))[ \t\u00a0]+(?=\S)")
_STARTS_ANEW = re.compile(r"(?:[-*+•‣▪◦–—·●○■□✓✔➤→#>|]|\(?\d{1,3}[.)]\s)")

# Widths at which mail programs, wire services and text converters wrap.
NARROWEST_WRAP = 45
WIDEST_WRAP = 110
MOST_LINES_WEIGHED = 2_000
"""Whether a text is wrapped shows in its first lines."""


@dataclass(slots=True)
class Line:
    """A line, or a paragraph wrapped over several.

    Attributes:
        start, end: code points into the text, white space at both ends left out.
        gap: line breaks before it; 2 and more mean an empty line.
        kind, reason: what it was taken for so far, None while unknown.
        behind_label: whether a generator's label stands before it in the same line.
    """

    start: int
    end: int
    gap: int
    kind: BlockKind | None = None
    reason: str = ""
    behind_label: bool = False


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold anything but white space, wrapped lines joined to paragraphs."""
    lines: list[Line] = []
    end = 0
    for found in _LINE.finditer(text):
        line = found.group()
        without_left = line.lstrip()
        if not without_left:
            continue
        start = found.end() - len(without_left)
        lines.append(Line(start, start + len(without_left.rstrip()), _breaks(text, end, start)))
        end = lines[-1].end
    width = _wrap_width(text, lines)
    return _joined(text, lines, width)


def _breaks(text: str, start: int, end: int) -> int:
    between = text[start:end]
    return 1 if between == "\n" else 2 if between == "\n\n" else len(_BREAK.findall(between))


def _wrap_width(text: str, lines: list[Line]) -> int | None:
    """The width a text is wrapped at, or None.

    A wrapped line is one that the next line's first word would not have fitted on. A text is wrapped where that holds
    for most of the lines that another follows at once, and where many of those others go on in lower case.
    """
    followed = [(first, second) for first, second in pairwise(lines[:MOST_LINES_WEIGHED]) if second.gap == 1]
    if len(followed) < 3:
        return None
    lengths = sorted(first.end - first.start for first, _ in followed)
    # Single long lines (an address, a table) do not make the text wide.
    width = lengths[int(len(lengths) * 0.98)]
    if not NARROWEST_WRAP <= width <= WIDEST_WRAP:
        return None
    wrapped = [second for first, second in followed if _is_full(text, first, second, width)]
    lower = sum(text[second.start].islower() for second in wrapped)
    return width if len(wrapped) >= 0.5 * len(followed) and lower >= 0.35 * len(wrapped) else None


def _same(text: str, first: Line, second: Line) -> bool:
    return text[first.start : first.end] == text[second.start : second.end]


def _is_full(text: str, line: Line, following: Line, width: int) -> bool:
    first_word = text[following.start : min(following.end, following.start + width)].split(maxsplit=1)[0]
    return line.end - line.start + 1 + len(first_word) > width


def _joined(text: str, lines: list[Line], width: int | None) -> list[Line]:
    joined: list[Line] = []
    last: Line | None = None
    for line in lines:
        goes_on = (
            last is not None
            and line.gap == 1
            and not _STARTS_ANEW.match(text, line.start)
            and (
                (width is not None and _is_full(text, last, line, width) and not _same(text, last, line))
                or (text[line.start - 2 : line.start] == "  " and LIST_MARK.match(text, joined[-1].start) is not None)
            )
        )
        if goes_on:
            joined[-1].end = line.end
        else:
            joined.append(Line(line.start, line.end, line.gap))
        last = line
    return joined
