"""A message for Slack keeps to Slack's limits, calls nobody, and loses no change silently."""

from __future__ import annotations

import json
import re

from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.views.changes import Changes, Entry, Section
from travaux.views.slack import LONGEST_HEADER, LONGEST_SECTION, MOST_BLOCKS, as_slack


def changes(*entries: Entry, title: str = "The link", notice: str = "") -> Changes:
    return Changes(title, notice, "", "2025-08-18T06:00:00+00:00", (Section("statement", "New statements", entries),))


def words(message: str) -> str:
    return "\n".join(block["text"]["text"] for block in json.loads(message)["blocks"])


def test_a_message_shows_headline_notice_heading_and_entries() -> None:
    entry = Entry("statement", "s1", "Northland · for · A ferry runs", "would accept the ferry", "a.txt, 2025-08-18")
    message = json.loads(as_slack(changes(entry, notice="Exercise.")))
    assert message["text"] == "The link: 1 statement"
    assert [block["type"] for block in message["blocks"]] == ["header", "section", "section"]
    assert message["blocks"][1]["text"]["text"] == "_Exercise._"
    assert message["blocks"][2]["text"]["text"] == (
        "*New statements (1)*\n• Northland · for · A ferry runs\n> would accept the ferry\na.txt, 2025-08-18"
    )


def test_a_strangers_words_call_nobody_and_make_no_link() -> None:
    evil = Entry("statement", "s", "<!channel> & <@U1>", "<https://evil.example|click>\n@here", "x")
    message = as_slack(changes(evil))
    assert "<" not in words(message) and "&lt;!channel&gt; &amp; &lt;@U1&gt;" in words(message)
    sections = [block for block in json.loads(message)["blocks"] if block["type"] == "section"]
    assert all(block["text"]["verbatim"] for block in sections)


@settings(deadline=None)
@given(st.lists(st.tuples(st.text(max_size=80), st.sampled_from(["", "&" * 2_000, "a <b> " * 300])), max_size=400))
def test_whatever_changes_the_message_keeps_to_the_limits_and_counts_what_is_left(parts: list[tuple[str, str]]) -> None:
    entries = [Entry("statement", str(n), title, quote, quote) for n, (title, quote) in enumerate(parts)]
    message = json.loads(as_slack(changes(*entries, title="T" * 400)))
    assert len(message["blocks"]) <= MOST_BLOCKS
    assert len(message["blocks"][0]["text"]["text"]) <= LONGEST_HEADER
    assert all(0 < len(block["text"]["text"]) <= LONGEST_SECTION for block in message["blocks"])
    shown = sum(
        block["text"]["text"].count("\n• ") + block["text"]["text"].startswith("• ") for block in message["blocks"]
    )
    told = re.search(r"and (\d+) changes? more", message["blocks"][-1]["text"]["text"])
    assert shown + (int(told.group(1)) if told else 0) == len(entries)
