"""What changed, in every form: the same entries, and what strangers wrote stays words."""

from __future__ import annotations

import email
import email.policy
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from travaux.record import Updating
from travaux.views.change_formats import ATOM, FORMATS, as_atom, as_html, as_mail, as_markdown, as_text
from travaux.views.changes import Changes, Entry, changes_of

UPDATES = (
    Updating(0, "2025-08-18T06:00:00+00:00", "2025-08-18T06:00:00+00:00"),
    Updating(1, "2025-08-18T06:00:00+00:00", "2025-08-18T06:01:00+00:00"),
    Updating(2, "2025-08-19T06:00:00+00:00", "2025-08-19T06:02:00+00:00"),
)
REPORT = Entry("report", "r1", "Ferry talks", "", "a.txt · Lake Herald · 2025-08-18", "https://a.example/1")
STATEMENT = Entry(
    "statement", "s1", "Northland · for · A ferry runs", "would accept the ferry link", "a.txt · in its own words"
)
OLD = Entry("report", "r0", "Old talks", "", "b.txt", None)
EVIL = Entry(
    "report",
    "r2",
    "</title><script>alert(1)</script> [x](javascript:1) *b* \u202eevil\n# heading",
    "<img src=x onerror=alert(1)>\n\n- item `code`",
    "x\x1b[2J\x00\ufffe",
    "javascript:alert(1)",
)
TOLD = {("report", "r0"): 0, ("report", "r1"): 1, ("statement", "s1"): 2, ("report", "r2"): 2, ("report", "gone"): 2}


def changed(*entries: Entry, after: int = 0, title: str = "The link", notice: str = "Exercise.") -> Changes:
    return changes_of(title, notice, entries, TOLD, UPDATES, after)


def test_what_counts_is_what_was_told_after_and_is_still_there() -> None:
    changes = changed(STATEMENT, OLD, REPORT)
    assert [section.kind for section in changes.sections] == ["report", "statement"]
    assert [entry.key for entry in changes.entries] == ["r1", "s1"]
    assert [entry.told for entry in changes.entries] == ["2025-08-18T06:01:00+00:00", "2025-08-19T06:02:00+00:00"]
    assert (changes.since, changes.until) == ("2025-08-18T06:00:00+00:00", "2025-08-19T06:02:00+00:00")
    assert changes.summary == "1 report, 1 statement"
    assert [entry.key for entry in changed(STATEMENT, REPORT, after=1).entries] == ["s1"]
    nothing = changed(OLD)
    assert nothing.is_empty
    assert nothing.summary == "nothing new"
    assert changes_of("T", "", [OLD], {}, [], 0).until == ""


def test_text_is_for_a_terminal() -> None:
    assert as_text(changed(REPORT, STATEMENT)) == (
        "The link: 1 report, 1 statement since 2025-08-18 06:00 UTC\n"
        "Exercise.\n"
        "\n"
        "New reports (1)\n"
        "- Ferry talks\n"
        "  a.txt · Lake Herald · 2025-08-18\n"
        "  https://a.example/1\n"
        "\n"
        "New statements (1)\n"
        "- Northland · for · A ferry runs\n"
        "  “would accept the ferry link”\n"
        "  a.txt · in its own words\n"
    )
    evil = as_text(changed(EVIL))
    assert "\x1b" not in evil and "\u202e" not in evil and "\x00" not in evil
    assert len(evil.splitlines()) == 7


def test_markdown_escapes_what_strangers_wrote() -> None:
    evil = as_markdown(changed(EVIL))
    assert "<script" not in re.sub(r"\\.", "", evil)
    assert not re.search(r"(?<!\\)\[x", evil)
    assert [line for line in evil.splitlines() if line.startswith("#")] == [
        "# The link: 1 report since 2025\\-08\\-18 06:00 UTC",
        "## New reports (1)",
    ]
    assert "[Ferry talks](<https://a.example/1>)" in as_markdown(changed(REPORT))


def test_a_mail_has_text_and_html_and_nothing_that_is_loaded() -> None:
    changes = changed(REPORT, STATEMENT, EVIL)
    raw = as_mail(changes, "travaux@a.example", "desk@a.example\r\nBcc: spy@b.example")
    assert raw == as_mail(changes, "travaux@a.example", "desk@a.example\r\nBcc: spy@b.example"), (
        "the same changes, the same bytes"
    )
    message = email.message_from_bytes(raw.encode(), policy=email.policy.default)
    assert message["Subject"] == "The link: 2 reports, 1 statement since 2025-08-18 06:00 UTC"
    assert message["Date"].datetime.isoformat() == changes.until
    assert message["Bcc"] is None
    plain, html = message.get_body(("plain",)), message.get_body(("html",))
    assert plain.get_content().replace("\r\n", "\n") == as_text(changes)
    page = html.get_content()
    assert "<script" not in page and "<img" not in page and "javascript:" not in re.sub(r"\(javascript:1\)", "", page)
    assert not re.search(r"\bsrc=|url\(|<link", page.replace("src=x onerror", ""))
    assert '<a href="https://a.example/1">Ferry talks</a>' in page
    assert "To" not in email.message_from_bytes(as_mail(changes).encode())


def test_an_atom_feed_is_valid_xml_with_ids_that_stay() -> None:
    changes = changed(REPORT, STATEMENT, EVIL)
    feed = ElementTree.fromstring(as_atom(changes).encode())
    names = {"a": ATOM}
    entries = feed.findall("a:entry", names)
    assert [one.findtext("a:id", namespaces=names) for one in entries] == [
        "urn:travaux:report:r2",
        "urn:travaux:statement:s1",
        "urn:travaux:report:r1",
    ]
    assert feed.findtext("a:updated", namespaces=names) == changes.until
    for name in ("title", "id", "updated", "author"):
        assert feed.find(f"a:{name}", names) is not None
    links = [link.get("href") for link in feed.iterfind("a:entry/a:link", names)]
    assert links == ["https://a.example/1"]
    later = ElementTree.fromstring(as_atom(changed(REPORT)).encode())
    assert later.findtext("a:id", namespaces=names) == feed.findtext("a:id", namespaces=names)


@pytest.mark.parametrize(
    "url",
    ['https://a.example/"onclick=', "https://a.example/<b>", "HTTPS://a.example/ x", "data:text/html,x", "//a.example"],
)
def test_addresses_that_could_do_harm_are_no_links(url: str) -> None:
    changes = changed(replace(REPORT, url=url))
    for form, written in FORMATS.items():
        assert url not in written(changes) or form == "eml", form
    assert "<a " not in as_html(changes)


def test_every_form_says_every_thing() -> None:
    changes = changed(REPORT, STATEMENT)
    for form, written in FORMATS.items():
        for told in ("Ferry talks", "would accept the ferry link", "Exercise."):
            shown = written(changes).replace("=\r\n", "").replace("\\", "")
            assert told in shown, form
