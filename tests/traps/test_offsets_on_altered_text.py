"""Trap: offsets computed on altered text. Lower case, composed accents and collapsed space all move characters.

Blocks are code points of the text as received: whatever stands in it, each block gives back what was there, blocks are
in order, and everything outside them is white space.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.intake import layout_blocks, receive_bytes
from travaux.model import BlockKind

BODY = "The delegations left Geneva on Friday without a result, and no date was set for another round of talks."

# Pieces that change length under lower(), NFC, strip() or in UTF-16, and lines that the layout marks or splits.
PIECES = (
    "İstanbul", "ß", "ﬁnal", "Erdog\u0306an", "\U0001f54a", "\U0001f1fa\U0001f1e6", "a\u00a0b", "\u200b", "\u2028",
    "\u2029", "\x85", "\r\n", "\r", "\n", "\n\n", "\t", " ", "\u3000", "\v", "\f", "\x1c", "\ufeff", "\u202eabc\u202c",
    "Headline: Kyiv says no", "HomeWorldKyiv says no to the plan", "Skip to content", "Read also:", "[1] [Source 1]",
    "- a point of a list", "# Heading", "---", "| a | b |", "Kyiv says no to the plan", "Key points:", BODY, f"{BODY} {BODY}",
    "Note: This article is based on the provided key facts and written in a neutral style.",
    f"{BODY} {BODY} Note: This article is based on the provided key facts.", "By Jane Example, 9 June 2023",
)  # fmt: skip


def check(text: str, title: str | None = None) -> None:
    blocks = layout_blocks(text, title)
    end = 0
    for block in blocks:
        assert end <= block.start < block.end <= len(text)
        assert not text[end : block.start].strip()
        words = text[block.start : block.end]
        assert words == words.strip()
        assert words
        end = block.end
    assert not text[end:].strip()


@given(st.text(max_size=400), st.none() | st.text(max_size=40))
def test_any_text(text: str, title: str | None) -> None:
    check(text, title)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.none() | st.sampled_from(PIECES))
def test_texts_of_awkward_pieces(text: str, title: str | None) -> None:
    check(text, title)


@given(st.lists(st.sampled_from(PIECES), max_size=30).map("\n".join))
def test_lines_of_awkward_pieces(text: str) -> None:
    check(text)


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r", "\u2028", "\u2029", "\x85"])
@pytest.mark.parametrize("before", ["", "İİİ ", "\U0001f54a\U0001f54a ", "e\u0301 ", "\u00a0\u00a0", "ﬁ "])
def test_each_block_is_the_words_that_stood_there(newline: str, before: str) -> None:
    lines = [
        f"{before}Talks end in İstanbul without result",
        f"{before}{BODY}",
        f"Read also: {before}İzmir",
        "Headline: Erdog\u0306an \U0001f54a says no",
        "Related News",
    ]
    text = f"{newline}{newline}".join(lines)
    blocks = layout_blocks(text)
    shown = [text[block.start : block.end] for block in blocks]
    label = ["Headline:", "Erdog\u0306an \U0001f54a says no"]
    assert shown == [line.strip() for line in (*lines[:3], *label, lines[4])]
    assert [block.kind for block in blocks if block.kind is BlockKind.CHROME] == [BlockKind.CHROME] * 2


def test_received_text_is_neither_composed_nor_trimmed_nor_given_other_line_ends() -> None:
    text = " \u00a0Talks in I\u0307stanbul\r\n\r\nErdog\u0306an \U0001f54a met them.\r\rA\u2028B\u0085C  \n"
    for encoding in ("utf-8", "utf-8-sig", "utf-16"):
        assert receive_bytes(text.encode(encoding), "a.txt").report.text == text


def test_a_title_that_differs_only_in_composition_is_not_searched_by_offset() -> None:
    text = f"Erdo\u011fan says no to the plan\n\n{BODY}\n"
    check(text, "Erdog\u0306an says no to the plan")
    check(text.upper(), "erdo\u011fan says no to the plan")
