"""Trap: an article with ``</script>``, ``<!--`` or U+2028 breaks the page, or runs in it.

Everything here goes the way of any report: files and a manifest through intake, a reader, the store, the page.
"""

from __future__ import annotations

import base64
import csv
import hashlib
import json
import re
from collections.abc import Mapping

import lxml.html
import pytest

from travaux import Record
from travaux.model import Act, Agenda, Reading, Reason, Report, Stance, Statement, Via, statement_id

HOSTILE = (
    "</script><script>document.title='taken'</script>",
    "<!-- <script>alert(1)//",
    "--><![CDATA[ ]]>",
    "<img src=https://evil.example/x.png onerror=alert(1)>",
    "<style>body{display:none}</style><link rel=stylesheet href=//evil.example/x.css>",
    "</mark></div></article></main><plaintext>",
    '" onmouseover="alert(1)" x="',
    "{{ 7 * 7 }} {% include 'page.html' %} ${7*7}",
    "&lt;b&gt; &amp; &#x3c;script&#x3e; &",
    "before\u2028middle\u2029after",
    "\u202egnp.exe \u2067מילה\u2069 שלום \u061c مرحبا",
    "😀 👩‍👩‍👧 e\u0301 İ \u00a0\u00a0 \ufeff \u200b",
    "javascript:alert(1)",
    "=cmd|'/c calc'!A1",
)
TEXT = "\n\n".join(f"Northland wants the ferry {one} and says so." for one in HOSTILE) + "\r\nThe end.\r"
LONG_LINE = "Northland wants the ferry <b>. " * 65_000
AGENDA = """
title: "Talks </title><script>alert(1)</script>"
notice: "Exercise <!-- only \\u202e reversed"
parties:
  - {id: northland, name: "Northland <b>"}
issues:
  - id: ferry
    title: "The ferry & <i>others"
    options:
      - {id: ferry-link, says: "A ferry runs </th></table>", words: [ferry]}
"""


class SentenceReader:
    """Takes each sentence on the ferry for a statement, and puts hostile words wherever a reader may put words."""

    name = "local"  # what a record shows is what this reader read

    def fingerprint(self) -> Mapping[str, str]:
        return {"version": "1"}

    def read(self, report: Report, agenda: Agenda) -> Reading:
        if report.text == LONG_LINE:
            return Reading((), sentences=1)
        found = re.finditer(r"Northland wants.*?says so", report.text, re.DOTALL)
        return Reading(tuple(self._statement(report, *one.span()) for one in found), sentences=len(HOSTILE))

    def _statement(self, report: Report, start: int, end: int) -> Statement:
        stated = ("northland", "ferry-link", Stance.FOR, False, "<b>Speaker</b>", Via.ANONYMOUS)
        return Statement(
            id=statement_id(self.name, report.id, start, end, *stated),
            report=report.name,
            report_id=report.id,
            start=start,
            end=end,
            quote=report.text[start:end],
            party="northland",
            option="ferry-link",
            stance=Stance.FOR,
            act=Act.DEMAND,
            speaker="<b>Speaker</b>",
            condition=report.text[start + len("Northland wants the ferry ") : end - len(" and says so")],
            via=Via.ANONYMOUS,
            via_name="<i>somebody",
            reader=self.name,
            reasons=(Reason("stance", "</li><script>alert(3)</script>"),),
        )


@pytest.fixture(scope="module")
def record(tmp_path_factory: pytest.TempPathFactory) -> Record:
    folder = tmp_path_factory.mktemp("hostile") / "talks"
    texts = tmp_path_factory.mktemp("texts")
    (texts / "<img src=x>.txt").write_bytes(TEXT.encode("utf-8"))
    (texts / "long.txt").write_bytes(LONG_LINE.encode("utf-8"))
    with (texts / "manifest.csv").open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file)
        rows.writerow(["file", "title", "publisher", "url", "published"])
        rows.writerow(["<img src=x>.txt", HOSTILE[0], HOSTILE[10], "javascript:alert(1)", "2025-08-18"])
    Record.new(folder).close()
    (folder / "agenda.yaml").write_text(AGENDA, encoding="utf-8")
    made = Record.open(folder)
    assert made.add(texts).new == 2
    assert made.read(SentenceReader()).failures == ()
    yield made
    made.close()


@pytest.fixture(scope="module")
def page(record: Record) -> str:
    return record.page()


@pytest.fixture(scope="module")
def document(page: str) -> lxml.html.HtmlElement:
    parser = lxml.html.HTMLParser(encoding="utf-8", huge_tree=True)
    return lxml.html.document_fromstring(page.encode("utf-8"), parser=parser)


def test_every_text_is_shown_exactly(record: Record, document: lxml.html.HtmlElement) -> None:
    assert {report.text for report in record.store.reports()} == {TEXT, LONG_LINE}
    for report in record.store.reports():
        (text,) = document.xpath(f"//article[@id='r-{report.id[:6]}']//div[@class='text']")
        assert text.text_content() == report.text


def test_every_quote_is_shown_exactly(record: Record, document: lxml.html.HtmlElement) -> None:
    statements = record.statements()
    assert len(statements) == len(HOSTILE)
    for one, hostile in zip(statements, HOSTILE, strict=True):
        figure = document.get_element_by_id(f"s-{one.id[:6]}")
        assert figure.find("blockquote").text_content() == one.quote
        assert [condition.text_content() for condition in figure.iter("q")] == [hostile]


def test_hostile_names_titles_and_words_of_readers_are_words(document: lxml.html.HtmlElement) -> None:
    told = document.find("body").text_content()
    for expected in (
        "Talks </title><script>alert(1)</script>",
        "Exercise <!-- only \u202e reversed",
        "Northland <b>",
        "The ferry & <i>others",
        "A ferry runs </th></table>",
        "<img src=x>.txt",
        HOSTILE[0],
        "<b>Speaker</b>, by an unnamed source: <i>somebody",
    ):
        assert expected in told
    why = json.loads(document.get_element_by_id("why").text)
    assert any("</li><script>alert(3)</script>" in line for line in why["says"])
    assert document.findtext("head/title") == "Talks </title><script>alert(1)</script>"


def test_no_element_comes_from_a_text(page: str, document: lxml.html.HtmlElement) -> None:
    allowed = (
        "html head meta title style script body a header p h1 ul li b nav main section h2 h3 h4 div table colgroup col thead tbody tr "
        "th td bdi br span figure blockquote figcaption q sup details summary article code mark ol small footer "
        "svg defs g path line rect circle use text"
    )
    assert {one.tag for one in document.iter(lxml.html.etree.Element)} <= set(allowed.split())
    assert list(document.iter(lxml.html.etree.Comment)) == []
    assert [script.get("type") for script in document.iter("script")] == [
        "application/ld+json",
        "application/json",
        None,
    ]
    assert document.xpath("//@src | //@style") == []
    assert [name for one in document.iter(lxml.html.etree.Element) for name in one.attrib if name[:2] == "on"] == []
    assert [link for link in document.xpath("//a/@href") if not link.startswith("#")] == []


def test_the_scripts_are_the_two_of_the_page(page: str) -> None:
    pieces = re.findall(r"<script( type=\"application/ld\+json\")?>(.*?)</script", page, re.DOTALL)
    assert len(pieces) == 2
    digest = base64.b64encode(hashlib.sha256(pieces[1][1].encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}'" in page.replace("&#39;", "'")
    described = json.loads(pieces[0][1])
    assert described["name"] == "Talks </title><script>alert(1)</script>"
    assert {one["headline"] for one in described["citation"]} == {HOSTILE[0], "long.txt"}
    assert not re.search("[<>&\u2028\u2029]", pieces[0][1])


def test_overrides_of_direction_reach_no_further_than_their_mark(document: lxml.html.HtmlElement) -> None:
    holders = [one for one in document.find("body").iter(lxml.html.etree.Element) if "\u202e" in (one.text or "")]
    assert len(holders) >= 4  # title of the report's publisher, notice, quote, text
    assert {(one.tag, one.get("class"), one.text) for one in holders} == {("span", "control", "\u202e")}


def test_the_notebook_fragment_is_as_safe(record: Record) -> None:
    fragment = lxml.html.fragment_fromstring(record._repr_html_())
    assert "Northland <b>" in fragment.text_content()
    assert list(fragment.iter("script", "img", "i")) == []
