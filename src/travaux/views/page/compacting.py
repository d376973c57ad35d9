"""The one file without what no browser needs: it is sent by mail, and a third of it would be markup that says nothing."""

from __future__ import annotations

import re

_LEFT_ALONE = re.compile(r"(<(script|style)\b.*?</\2>)", re.DOTALL)

_OPTIONAL_ENDS = re.compile(r"</(?:td|th|tr|li)>\n?")
"""End tags that HTML lets out: the next element, or the end of the one around, says the same."""

_BOTH_WAYS = re.compile(
    "[\u0590-\u08ff\u200e\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefc"
    "\U00010800-\U00010fff\U0001e800-\U0001efff]"
)
"""Letters that are written from right to left, and marks of direction."""
_ISOLATION = re.compile(r"</?bdi>")
_DIRECTION = re.compile(r'(<\w[^<>]*?) dir="auto"')


def compact_page(html: str) -> str:
    """Our markup without end tags that HTML lets out; and where nothing is written from right to left, without isolation.

    Strangers' texts are escaped before: every ``<`` is our own. Scripts and style sheets stay as they are. A reader, a
    screen reader and a script find the same words in the same order.
    """
    one_way = _BOTH_WAYS.search(html) is None
    parts = _LEFT_ALONE.split(html)
    # Split by two groups, the parts are: page, script or style whole, its name, page…
    return "".join(
        part if place % 3 == 1 else _compact(part, one_way) for place, part in enumerate(parts) if place % 3 != 2
    )


def _compact(markup: str, one_way: bool) -> str:
    if one_way:
        markup = _DIRECTION.sub(r"\1", _ISOLATION.sub("", markup))
    return _OPTIONAL_ENDS.sub("", markup)
