"""An answer becomes a report: its name, its kind, its dates, and what a feed adds to them."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as some
from web_stubs import Site, article, page

from travaux.errors import FetchError, IntakeError
from travaux.intake.web import Fetcher, Listed, page_received
from travaux.intake.web.pages import LONGEST_NAME, name_of_address
from travaux.model import DateBasis, PartialDate

Make = Callable[..., Fetcher]
BARE = re.sub(rb"<meta[^>]*>", b"", article())
"""The article without a date."""


@pytest.mark.parametrize(
    ("url", "kind", "name"),
    [
        ("https://example.org/world/talks", "text/html", "example.org/world/talks.html"),
        ("https://example.org/world/talks.htm", "text/html", "example.org/world/talks.htm"),
        ("https://Example.org:8443/", "text/html", "example.org-8443/index.html"),
        ("https://example.org/a/../../etc/passwd", "text/plain", "example.org/a/etc/passwd.txt"),
        ("https://example.org/report", "application/pdf", "example.org/report.pdf"),
        ("https://example.org/новости/", "text/html", "example.org/новости.html"),
        ("https://example.org/%2e%2e/x%00y", None, "example.org/x-y.html"),
    ],
)
def test_a_name_is_made_from_the_address(url: str, kind: str | None, name: str) -> None:
    assert name_of_address(url, kind) == name


def test_addresses_that_differ_in_their_query_have_names_that_differ() -> None:
    names = {name_of_address(f"https://example.org/a?id={number}", "text/html") for number in range(50)}
    assert len(names) == 50
    assert all(name.startswith("example.org/a~") for name in names)


@given(some.text(max_size=400))
def test_any_address_gives_a_harmless_name(path: str) -> None:
    name = name_of_address(f"https://example.org/{path}", "text/html")
    assert len(name) <= LONGEST_NAME + 20
    assert ".." not in name.split("/")
    assert name.isprintable()
    assert not name.startswith("/")
    assert "//" not in name


def test_the_page_goes_before_the_feed_and_the_feed_before_nothing(site: Site, fetcher: Make) -> None:
    told = Listed(site.url("/a"), "As the feed has it", "F. Eed", "The Feed", PartialDate("2025-08-20", DateBasis.PAGE))
    site.pages["/a"] = page(article("Talks on the ferry link", day="2025-08-18"))
    report = page_received(fetcher().fetch(site.url("/a")), told).report
    assert report.title == "Talks on the ferry link"
    assert report.published == PartialDate("2025-08-18", DateBasis.PAGE)
    assert (report.publisher, report.author, report.url) == ("The Feed", "F. Eed", site.url("/a"))
    assert report.name == f"{site.host.replace(':', '-')}/a.html"
    bare = BARE.replace(b"<title>Talks on the ferry link</title>", b"")
    site.pages["/b"] = page(bare)
    assert page_received(fetcher().fetch(site.url("/b")), told).report.published == told.published
    assert page_received(fetcher().fetch(site.url("/b"))).report.published is None, "never the day it was fetched"


def test_a_feed_makes_a_month_in_an_address_exact_but_never_contradicts_it(site: Site, fetcher: Make) -> None:
    for path, value in (("/2025/08/a", "2025-08-20"), ("/2025/07/a", "2025-07")):
        site.pages[path] = page(BARE)
        told = Listed(site.url(path), published=PartialDate("2025-08-20", DateBasis.PAGE))
        published = page_received(fetcher().fetch(site.url(path)), told).report.published
        assert published is not None and published.value == value


def test_the_servers_word_on_the_encoding_counts(site: Site, fetcher: Make) -> None:
    text = article(first="Премьер-министр заявил, что переговоры о паромной линии будут продолжены осенью в столице.")
    site.pages["/a"] = page(text.decode().encode("windows-1251"), "text/html; charset=windows-1251")
    received = page_received(fetcher().fetch(site.url("/a")))
    assert "Премьер-министр" in received.report.text
    assert received.report.encoding == "cp1251"


@pytest.mark.parametrize(
    ("body", "kind", "told"),
    [
        (b"\x89PNG", "image/png", "image/png is no kind of report"),
        (b"{}", "application/json", "JSON, but no news item"),
        (b"<html><body><script>go()</script></body></html>", "text/html", "there is no text on this page"),
        (b"\x89PNG\r\n\x1a\n" + bytes(50), "text/html", "not a text file but a PNG image"),
    ],
)
def test_what_is_no_report_is_told(site: Site, fetcher: Make, body: bytes, kind: str, told: str) -> None:
    site.pages["/a"] = page(body, kind)
    with pytest.raises(IntakeError, match=told):
        page_received(fetcher().fetch(site.url("/a")))


def test_a_page_nested_a_hundred_thousand_deep_is_read_or_told(site: Site, fetcher: Make) -> None:
    deep = b"<html><body>" + b"<div>" * 100_000 + b"<p>Northland accepts the ferry link.</p>" + b"</div>" * 100_000
    site.pages["/deep"] = page(deep)
    assert "Northland accepts the ferry link." in page_received(fetcher().fetch(site.url("/deep"))).report.text


def test_an_answer_without_a_body_is_no_report(site: Site, fetcher: Make) -> None:
    site.pages["/a"] = page(article(), ETag="1")
    first = fetcher().fetch(site.url("/a"))
    with pytest.raises(FetchError, match="unchanged"):
        page_received(fetcher().fetch(site.url("/a"), known=first.known))
