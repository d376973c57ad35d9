"""`Changes` as a message for Slack: the body of a request to an incoming webhook, in Block Kit's form.

Limits are Slack's own (docs.slack.dev, Block Kit reference): 50 blocks a message, 150 characters a header, 3,000 a section.
What does not fit is counted, never cut in the middle of an entry.
"""

from __future__ import annotations

import json
from bisect import bisect_left
from itertools import accumulate
from typing import Any

from travaux.views.changes import Changes, Entry
from travaux.views.words import counted, one_line, shortened

MOST_BLOCKS = 50
LONGEST_HEADER = 150
LONGEST_SECTION = 3_000
LONGEST_PART = 900
"""Characters of a title, quote or detail that are sent, escapes counted, so that an entry fits a section; the record has all
of it."""

Block = dict[str, Any]


def as_slack(changes: Changes) -> str:
    """JSON to post to an incoming webhook as it is; the same changes give the same bytes."""
    headline = f"{one_line(changes.title)}: {changes.summary}"
    blocks: list[Block] = [_header(headline)]
    if changes.notice:
        blocks.append(_section(f"_{_shown(changes.notice)}_"))
    room, left = MOST_BLOCKS - len(blocks) - 1, 0  # one block is kept for what does not fit
    for section in changes.sections:
        pages = _pages(f"*{section.heading} ({len(section.entries)})*", [_entry(one) for one in section.entries])
        for words, entries in pages:
            if room:
                blocks.append(_section(words))
                room -= 1
            else:
                left += entries
    if left:
        blocks.append(_section(f"and {counted(left, 'change')} more: `travaux changes` lists them"))
    return json.dumps({"text": _escaped(headline), "blocks": blocks}, ensure_ascii=False, indent=1) + "\n"


def _pages(heading: str, entries: list[str]) -> list[tuple[str, int]]:
    """Entries in as few sections as fit, the heading first; each with how many entries it holds."""
    pages: list[tuple[str, int]] = [(heading, 0)]
    for entry in entries:
        words, number = pages[-1]
        if len(words) + 1 + len(entry) > LONGEST_SECTION:
            pages.append((entry, 1))
        else:
            pages[-1] = (f"{words}\n{entry}", number + 1)
    return pages


def _entry(entry: Entry) -> str:
    lines = [f"• {_shown(entry.title)}"]
    if entry.quote:
        lines.append(f"> {_shown(entry.quote)}")
    if entry.detail:
        lines.append(_shown(entry.detail))
    return "\n".join(lines)


def _header(words: str) -> Block:
    return {"type": "header", "text": {"type": "plain_text", "text": shortened(words, LONGEST_HEADER), "emoji": False}}


def _section(words: str) -> Block:
    # Verbatim: addresses, channels and names in a stranger's words become no links and call nobody.
    return {"type": "section", "text": {"type": "mrkdwn", "text": words, "verbatim": True}}


def _shown(words: str) -> str:
    pieces = [_escaped(character) for character in one_line(words)]
    lengths = list(accumulate(map(len, pieces)))
    if not lengths or lengths[-1] <= LONGEST_PART:
        return "".join(pieces)
    return "".join(pieces[: bisect_left(lengths, LONGEST_PART)]) + "…"


def _escaped(words: str) -> str:
    """Slack's three control characters as entities; a mention or link is written with them."""
    return words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
