"""The page of the example record: all of it there, every link leading somewhere, nothing from elsewhere."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

import lxml.html
import pytest

from travaux.views.page import PageView
from travaux.views.page.links import FileLinks

CHECKOUT = Path(__file__).resolve().parents[3]
LARGEST_PAGE = 400_000
"""Bytes: what goes through any mail system and opens at once on a telephone."""


@pytest.fixture(scope="module")
def view(example: tuple[PageView, str]) -> PageView:
    return example[0]


@pytest.fixture(scope="module")
def page(example: tuple[PageView, str]) -> str:
    return example[1]


@pytest.fixture(scope="module")
def document(page: str, parse) -> lxml.html.HtmlElement:
    return parse(page)


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_every_link_in_the_page_leads_to_one_place(document: lxml.html.HtmlElement) -> None:
    ids = Counter(document.xpath("//@id"))
    assert [name for name, number in ids.items() if number > 1] == []
    links = [link[1:] for link in document.xpath("//a/@href") if link.startswith("#")]
    assert len(links) > 200
    assert [link for link in links if link not in ids] == []


def test_texts_stand_letter_for_letter(view: PageView, document: lxml.html.HtmlElement) -> None:
    for report in view.reports:
        (text,) = document.xpath(f"//article[@id='r-{report.id[:6]}']//div[contains(@class, 'text')]")
        assert text.text_content() == report.text


def test_from_a_quote_to_its_place_and_back(view: PageView, document: lxml.html.HtmlElement) -> None:
    names = FileLinks(judged.effective.id for judged in view.statements).name
    assert len(view.statements) > 20
    for judged in view.statements:
        one = judged.effective
        name = names(one.id)
        figure = document.get_element_by_id(f"s-{name}")
        assert figure.find("blockquote").text_content() == one.quote
        assert figure.xpath(f".//a[@href='#at-{name}']")
        marks = document.xpath(f"//mark[contains(concat(' ', @data-statements, ' '), ' {name} ')]")
        assert "".join(mark.text_content() for mark in marks) == one.quote
        place = document.get_element_by_id(f"at-{name}")
        assert place is marks[0] or place.getparent() is marks[0]
        back = document.xpath(f"//article[@id='r-{one.report_id[:6]}']//a[@class='ref'][@href='#s-{name}']")
        assert [link.get("data-mark") for link in back] == [figure.xpath("string(.//sup)")]


def test_marks_never_nest_and_lead_to_a_statement_of_theirs(document: lxml.html.HtmlElement) -> None:
    assert document.xpath("//mark//mark") == []
    for mark in document.xpath("//mark[@data-statements]"):
        (link,) = mark.findall("a")
        assert link.get("href").removeprefix("#s-") in mark.get("data-statements").split()


def test_a_statement_says_who_what_when_and_on_whose_word(view: PageView, document: lxml.html.HtmlElement) -> None:
    published = {row.id: row.published for row in view.rows}
    why = json.loads(document.get_element_by_id("why").text)
    names = FileLinks(judged.effective.id for judged in view.statements).name
    for judged in view.statements:
        one = judged.effective
        figure = document.get_element_by_id(f"s-{names(one.id)}")
        told = words(figure.find("figcaption"))
        assert f"{one.stance} · {one.act} · " in told
        assert not one.speaker or one.speaker in told
        assert not one.condition or "on the condition" in told
        assert ("former " in told) == one.former
        date = published[one.report_id]
        assert (f"{date.value} (by the manifest)" if date else "no date") in told
        reasons = [why["says"][number].split(":")[0] for number in why["by_id"][names(one.id)]]
        assert reasons[: len(one.reasons)] == [reason.step for reason in one.reasons]
        assert len(reasons) == len(one.reasons) + (one.confidence is not None)


def test_the_matrix_is_a_table_with_headers(view: PageView, document: lxml.html.HtmlElement) -> None:
    shown = view.matrix.without_empty()
    (table,) = document.xpath("//section[@id='matrix']//table")
    assert [words(cell) for cell in table.xpath("./thead//th[@scope='col']")] == [
        "Option",
        *(party.name for party in shown.parties),
    ]
    rows = table.xpath("./tbody/tr[not(@class='issue')]")
    assert [words(row.find("th[@scope='row']")) for row in rows] == [row.option.says for row in shown.rows]
    assert {len(row.findall("td")) for row in rows} == {len(shown.parties)}
    assert all(cell.get("scope") == "rowgroup" for cell in table.xpath(".//tr[@class='issue']/th"))


def test_a_cell_says_its_stance_by_sign_and_word_and_opens_its_section(
    view: PageView, document: lxml.html.HtmlElement
) -> None:
    seen = Counter()
    names = FileLinks(judged.effective.id for judged in view.statements).name
    for cell in (cell for row in view.matrix.rows for cell in row.cells if cell.position):
        name = f"{cell.party.id}.{cell.option.id}"
        told = words(document.get_element_by_id(f"c-{name}"))
        assert told.startswith(cell.sign)
        for marked, says in (
            (cell.is_conditional, "on a condition"),
            (cell.is_hearsay, "on hearsay only"),
            (cell.is_undated, "undated reports only"),
            (cell.is_former, "held formerly"),
            (len(cell.position.stances) == 1, cell.position.stances[0] if cell.position.stances else ""),
            (cell.support > 0, f"{cell.support} source"),
        ):
            assert not marked or says in told
            seen[says] += bool(marked)
        section = document.get_element_by_id(f"p-{name}")
        assert section.xpath(f".//a[@href='#c-{name}']")
        listed = [figure.get("id").removeprefix("s-") for figure in section.xpath(".//figure")]
        carrying = {names(one) for one in cell.position.statements}
        assert set(listed[: len(carrying)]) == carrying
    assert min(seen[says] for says in ("on a condition", "on hearsay only", "undated reports only", "for")) > 0


def test_what_no_evidence_is_taken_from_is_labelled_with_its_reason(
    view: PageView, document: lxml.html.HtmlElement
) -> None:
    for report in view.reports:
        said = document.xpath(f"//article[@id='r-{report.id[:6]}']//span/@data-says")
        assert said == [block.reason or str(block.kind) for block in report.blocks if not block.is_read]


def test_the_list_of_reports(view: PageView, document: lxml.html.HtmlElement) -> None:
    rows = document.xpath("//section[@id='reports']//tbody/tr")
    assert len(rows) == len(view.rows)
    for element, row in zip(rows, view.rows, strict=True):
        assert element.xpath(f"./th/a[@href='#r-{row.id[:6]}']")
        told = [words(cell) for cell in element.findall("td")]
        dated = f"{row.published.value} (by the manifest)" if row.published else "no date"
        assert told == [row.publisher or "", dated, row.language, str(row.state), str(row.statements)]


def test_counts_at_the_head_link(view: PageView, document: lxml.html.HtmlElement) -> None:
    links = {words(link): link.get("href") for link in document.xpath("//ul[@class='counts']//a")}
    assert links[f"{len(view.rows)} reports"] == "#reports"
    assert links[f"{len(view.statements)} statements"] == "#positions"


def test_the_notice_is_shown_above_all_else(view: PageView, document: lxml.html.HtmlElement) -> None:
    assert view.agenda.notice
    assert words(document.xpath("//header//*[@role='note']")[0]) == view.agenda.notice


def test_the_policy_lets_in_the_pages_own_style_and_script_only(page: str, document: lxml.html.HtmlElement) -> None:
    (policy,) = document.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")

    def sources(kind: str, contents: list[str]) -> str:
        hashes = (base64.b64encode(hashlib.sha256(one.encode()).digest()).decode() for one in contents)
        return f"{kind} " + " ".join(f"'sha256-{one}'" for one in hashes)

    assert policy.startswith("default-src 'none'; ")
    assert sources("style-src", re.findall("<style>(.*?)</style>", page, re.DOTALL)) in policy
    assert sources("script-src", re.findall("<script>(.*?)</script>", page, re.DOTALL)) in policy
    assert page.index("Content-Security-Policy") < page.index("<style>") < page.index("<script")


def test_nothing_comes_from_elsewhere(page: str, document: lxml.html.HtmlElement) -> None:
    assert (
        document.xpath("//@src | //@srcset | //@style | //link | //iframe | //object | //embed | //form | //base") == []
    )
    assert [name for one in document.iter() for name in one.attrib if name.startswith("on")] == []
    (style,) = document.xpath("//style/text()")
    assert "url(" not in style
    assert "@import" not in style
    outside = [link for link in document.xpath("//a/@href") if not link.startswith("#")]
    assert all(link.startswith("https://") for link in outside)
    assert all("noreferrer" in link.get("rel") for link in document.xpath("//a[starts-with(@href, 'http')]"))


def test_the_data_for_machines_is_whole(view: PageView, document: lxml.html.HtmlElement) -> None:
    (data,) = document.xpath("//script[@type='application/ld+json']/text()")
    described = json.loads(data)
    assert described["name"] == view.agenda.title
    assert [one["identifier"] for one in described["citation"]] == [row.id for row in view.rows]


def test_it_can_be_read_aloud_and_by_keyboard(document: lxml.html.HtmlElement) -> None:
    assert document.get("lang") == "en"
    assert document.xpath("//meta[@name='viewport']")
    first = document.xpath("//body//a")[0]
    assert first.get("class") == "skip"
    assert document.get_element_by_id(first.get("href")[1:]).tag == "main"
    levels = [int(one.tag[1]) for one in document.iter("h1", "h2", "h3", "h4")]
    assert levels[0] == 1
    assert levels.count(1) == 1
    assert all(later <= earlier + 1 for earlier, later in pairwise(levels))
    assert all(one.get("tabindex") == "0" and one.get("aria-label") for one in document.find_class("wide"))
    # What a style sheet writes behind a link from its attribute is part of its name (accname 1.2, 2F).
    assert all(link.get("aria-label") or words(link) or link.get("data-mark") for link in document.xpath("//a"))


def test_it_is_small(page: str) -> None:
    assert len(page.encode("utf-8")) < LARGEST_PAGE


def test_the_same_record_gives_the_same_bytes(example_record: Path, page: str) -> None:
    code = (
        "import sys; from travaux import Record\n"
        "with Record.open(sys.argv[1], read_only=True) as record: sys.stdout.buffer.write(record.page().encode())"
    )
    environment = {**os.environ, "PYTHONPATH": str(CHECKOUT / "src"), "PYTHONHASHSEED": "7", "TZ": "Asia/Tokyo"}
    made = subprocess.run(
        [sys.executable, "-c", code, str(example_record)], env=environment, capture_output=True, check=True, timeout=60
    )
    assert made.stdout == page.encode("utf-8")
