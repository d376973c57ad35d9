"""Web pages: their words, what they declare, and pages built to break parsers."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.intake import receive_bytes
from travaux.intake.web_pages import read_page
from travaux.model import BlockKind, DateBasis, PartialDate

TODAY = date(2026, 3, 1)
PARAGRAPHS = (
    "The delegations left Geneva on Friday without a result, and no date was set for another round.",
    "“No,” said the negotiator.",
    "Kyiv will not give up the crossing points, its negotiator said, and Moscow repeated that it wants them guarded.",
    "The mediators want both sides to exchange lists of prisoners before the month is out, a statement said.",
)


def page(head: str = "", body: str = "", *, paragraphs: tuple[str, ...] = PARAGRAPHS) -> str:
    text = "".join(f"<p>{paragraph}</p>" for paragraph in paragraphs)
    return (
        f"<!DOCTYPE html><html lang='en'><head><title>Talks end in Geneva | Lake Herald</title>{head}</head><body>"
        f"<nav><ul><li><a href='/'>Home</a></li><li><a href='/w'>World</a></li></ul></nav>"
        f"<article><h1>Talks end in Geneva</h1>{body}{text}</article>"
        f"<footer>© 2024 Lake Herald. All rights reserved.</footer></body></html>"
    )


def ld(**fields: str) -> str:
    inside = ",".join(f'"{key}":"{value}"' for key, value in {"@type": "NewsArticle", **fields}.items())
    return f'<script type="application/ld+json">{{"@context":"https://schema.org",{inside}}}</script>'


def test_a_page_gives_its_paragraphs_and_what_it_says_about_itself() -> None:
    head = (
        '<meta property="og:site_name" content="Lake Herald"><meta name="author" content="Jane Example">'
        '<link rel="canonical" href="https://lake.example/talks">'
        '<meta property="article:published_time" content="2025-08-18T23:30:00-05:00">'
        '<meta property="article:modified_time" content="2025-08-20T08:00:00Z">'
    )
    report = receive_bytes(page(head).encode(), "talks.html").report
    for paragraph in PARAGRAPHS:
        assert paragraph in report.text
    assert "All rights reserved" not in report.text
    assert report.text.startswith("Talks end in Geneva\n\n")
    assert "\n\n" in report.text
    assert report.title == "Talks end in Geneva"
    assert report.author == "Jane Example"
    assert report.publisher == "Lake Herald"
    assert report.url == "https://lake.example/talks"
    assert report.published == PartialDate("2025-08-18", DateBasis.PAGE)
    assert report.updated == PartialDate("2025-08-20", DateBasis.PAGE)
    assert report.language == "en"
    assert report.blocks[0].kind is BlockKind.TITLE


@pytest.mark.parametrize(
    "head",
    [
        ld(datePublished="2025-08-18T10:00:00+02:00"),
        '<script type="application/ld+json">{"@graph":[{"@type":"WebPage","datePublished":"2001-01-01"},'
        '{"@type":["NewsArticle"],"datePublished":"2025-08-18"}]}</script>',
        '<meta itemprop="datePublished" content="2025-08-18">',
        '<meta name="DC.date.issued" content="2025-08-18">',
        '<meta name="parsely-pub-date" content="2025-08-18T10:00:00Z">',
        '<meta name="rnews:datePublished" content="2025-08-18">',
    ],
)
def test_what_a_page_declares_for_machines_is_its_date(head: str) -> None:
    assert read_page(page(head), today=TODAY).published == PartialDate("2025-08-18", DateBasis.PAGE)


@pytest.mark.parametrize(
    "body",
    [
        '<time datetime="2025-08-18T10:00">Monday</time>',
        '<time itemprop="datePublished" datetime="2025-08-18">x</time><time datetime="2025-09-01">y</time>',
        '<time pubdate datetime="2025-08-18">x</time><time datetime="2025-09-01">y</time>',
    ],
)
def test_time_tags(body: str) -> None:
    assert read_page(page(body=body), today=TODAY).published == PartialDate("2025-08-18", DateBasis.PAGE)


def test_time_tags_of_updates_are_kept_apart() -> None:
    body = '<time class="published" datetime="2025-08-18">a</time><time class="updated" datetime="2025-08-19">b</time>'
    found = read_page(page(body=body), today=TODAY)
    assert (found.published, found.updated) == (
        PartialDate("2025-08-18", DateBasis.PAGE),
        PartialDate("2025-08-19", DateBasis.PAGE),
    )


def test_the_address_and_a_dated_line_are_weaker_bases() -> None:
    by_url = read_page(page('<link rel="canonical" href="https://lake.example/2025/08/18/talks">'), today=TODAY)
    assert by_url.published == PartialDate("2025-08-18", DateBasis.URL)
    by_line = read_page(page(body='<span class="date">18 August 2025</span>'), today=TODAY)
    assert by_line.published == PartialDate("2025-08-18", DateBasis.TEXT)


def test_a_byline_in_the_text_is_a_basis_too() -> None:
    report = receive_bytes(page(body="<p>By Jane Example, 18 August 2025</p>").encode(), "a.html").report
    assert report.published == PartialDate("2025-08-18", DateBasis.TEXT)


def test_a_page_without_a_date_has_none() -> None:
    found = read_page(page(), today=TODAY)
    assert (found.published, found.updated) == (None, None)


@pytest.mark.parametrize("day", ["2031-01-01", "1970-01-01", "0001-01-01", "2025-13-40", "soon"])
def test_impossible_dates_are_refused(day: str) -> None:
    head = ld(datePublished=day) + f'<meta property="article:published_time" content="{day}">'
    assert read_page(page(head), today=TODAY).published is None


def test_short_quotations_and_lists_are_not_lost() -> None:
    body = (
        "<ul><li>lists of prisoners</li><li>crossing points</li></ul><blockquote><p>We will not sign.</p></blockquote>"
    )
    text = read_page(page(body=body)).text
    for words in ("lists of prisoners", "crossing points", "We will not sign.", PARAGRAPHS[1]):
        assert words in text


def test_where_extraction_finds_nothing_all_that_is_visible_is_kept() -> None:
    source = (
        "<html><body><div><span>No.</span></div><script>x=1</script><style>b{}</style><!-- not this --></body></html>"
    )
    found = read_page(source)
    assert found.text == "No."


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (
            "<html><body>" + "<div>" * 100_000 + "<p>Deep words.</p>" + "</div>" * 100_000 + "</body></html>",
            "Deep words.",
        ),
        ("<html><body><p>Start.</p>" + "<xx>" * 100_000 + "deep", "deep"),
        (
            "<html><body><p>Before.</p><script>" + "x=1;" * 500_000 + "</script><p>After the bomb.</p>",
            "After the bomb.",
        ),
        (
            "<html><body><div " + " ".join(f"a{n}='x'" for n in range(50_000)) + ">Many attributes.</div>",
            "Many attributes.",
        ),
        ("<html><body>" + "<x>word</x>" * 200_000 + "last", "last"),
        ("<p>Broken <b>mark <i>up</b></p><<<>>><table><tr><td>cell", "cell"),
        ("<html><body>" + "<table><tr><td>" * 3_000 + "cell", "cell"),
        ("<html><body><p>" + "&amp;" * 200_000 + "end</p>", "end"),
        ("<" * 200_000, ""),
        ("<!--" * 100_000, ""),
        ("<html><body></body></html>", ""),
        ("<html><body><p>zero &#0; and &#xD800; surrogate</p></body></html>", "surrogate"),
        ('<?xml version="1.0" encoding="utf-8"?><html><body><p>Declared in XML.</p></body></html>', "Declared in XML."),
        (f'<html><head><script type="application/ld+json">{"[" * 50_000}</script></head><body><p>x</p>', "x"),
    ],
    ids="divs unknown script attributes elements broken tables entities angles comments empty characters xml json".split(),
)
def test_hostile_pages_are_read_in_bounded_time(source: str, words: str) -> None:
    begun = time.perf_counter()
    report = receive_bytes(source.encode(), "a.html", media_type="text/html").report
    assert time.perf_counter() - begun < 10
    assert words in report.text


PIECES = (
    "<html>", "<head>", "<body>", "<p>", "</p>", "<div>", "</div>", "<article>", "<table>", "<td>", "<script>", "</script>",
    "<!--", "-->", "<![CDATA[", "]]>", "<?php", "<title>", "</title>", "<h1>", "</h1>", "<time datetime='x'>", "&", "&#x0;",
    "<meta name='date' content='2025-99-99'>", "<script type='application/ld+json'>", '{"@type": [1], "datePublished": {}}',
    '{"@type":"Article","datePublished":"2025-08-18"}', "null", "\x0c", "\ud7ff", "\U0001f54a", "İ", " words said here. ",
    "<link rel='canonical' href='javascript:x'>", "<base href='//['>", "<a href='http://[::1'>", "<svg>", "<li>", "<br/>",
)  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=25).map("".join))
def test_no_page_breaks_the_reading(source: str) -> None:
    report = receive_bytes(source.encode(), "a.html", media_type="text/html").report
    assert report.published is None or report.published.value == "2025-08-18"


def test_a_page_too_large_for_extraction_keeps_what_its_head_declares() -> None:
    source = page('<meta property="article:published_time" content="2025-08-18">', body="<b>x</b>" * 60_000)
    found = read_page(source, today=TODAY)
    assert not found.extracted
    assert found.published == PartialDate("2025-08-18", DateBasis.PAGE)
    assert all(paragraph in found.text for paragraph in PARAGRAPHS)


def test_declared_encodings_reach_the_text() -> None:
    source = page(
        '<meta charset="windows-1251">', paragraphs=("Россия требует гарантий, сообщил представитель Кремля.",) * 3
    )
    report = receive_bytes(source.encode("cp1251", "ignore"), "a.html").report
    assert "Россия требует гарантий" in report.text
    assert report.encoding == "cp1251"
