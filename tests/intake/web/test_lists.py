"""Feeds and sitemaps: what they list, with dates kept apart, and hostile ones within bounds."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from collections.abc import Callable
from pathlib import Path

import pytest
from web_stubs import Site, article, page, raw

from travaux.errors import FetchError
from travaux.intake.web import Fetcher, Listed, kind_of, offered_feeds, polled
from travaux.intake.web.feeds import read_feed
from travaux.intake.web.listed import MOST_LISTED
from travaux.intake.web.sitemaps import read_sitemap
from travaux.model import DateBasis, PartialDate

Make = Callable[..., Fetcher]
URL = "https://news.example/feed"


def day(value: str) -> PartialDate:
    return PartialDate(value, DateBasis.PAGE)


RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><channel>
<title>Lake Herald</title><link>https://news.example/</link>
<item><title>Ferry &amp; fares</title><link>/2025/ferry</link><pubDate>Mon, 18 Aug 2025 23:30:00 -0500</pubDate>
<dc:creator>A. Reporter</dc:creator></item>
<item><title>Again</title><link>https://news.example/2025/ferry</link></item>
<item><title>A script</title><link>javascript:alert(1)</link></item>
<item><title>No address</title></item>
<item><guid>https://news.example/2025/bridge</guid></item>
</channel></rss>"""
RDF = """<?xml version="1.0"?><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/"
xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Old Herald</title></channel>
<item><title>Ferry</title><link>https://news.example/2025/ferry</link><dc:date>2025-08-18</dc:date></item></rdf:RDF>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom"><title>Ministry</title>
<entry><title>Ferry</title><link rel="alternate" href="https://news.example/2025/ferry"/><updated>2025-08-19T00:10:00Z</updated>
<published>2025-08-18T23:10:00Z</published><author><name>Press office</name></author></entry>
<entry><title>Changed only</title><link href="https://news.example/2025/bridge"/><updated>2025-08-20T00:10:00Z</updated></entry></feed>"""
JSON_FEED = json.dumps(
    {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "Ministry",
        "items": [
            {"id": "1", "url": "https://news.example/2025/ferry", "title": "Ferry", "date_published": "2025-08-18T09:00:00Z",
             "date_modified": "2025-08-19T09:00:00Z", "authors": [{"name": "Press office"}]},
            {"id": "no address"}, "no item",
        ],
    }
)  # fmt: skip


def test_rss_lists_each_page_once_with_the_day_as_printed() -> None:
    found = read_feed(RSS.encode(), URL)
    assert found.title == "Lake Herald"
    assert found.items == (
        Listed("https://news.example/2025/ferry", "Ferry & fares", "A. Reporter", "Lake Herald", day("2025-08-18")),
        Listed("https://news.example/2025/bridge", None, None, "Lake Herald"),
    )


def test_older_rss_atom_and_json_feed_are_read() -> None:
    (old,) = read_feed(RDF.encode(), URL).items
    assert old.published == day("2025-08-18")
    first, second = read_feed(ATOM.encode(), URL).items
    assert (first.published, first.updated, first.author) == (day("2025-08-18"), day("2025-08-19"), "Press office")
    assert (second.published, second.updated) == (None, day("2025-08-20")), "changed is not published"
    (item,) = (one for one in read_feed(JSON_FEED.encode(), URL).items if one.url.endswith("ferry"))
    assert (item.published, item.updated, item.author) == (day("2025-08-18"), day("2025-08-19"), "Press office")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_feeds_in_other_encodings_are_read(encoding: str) -> None:
    text = RSS.replace('<?xml version="1.0"?>', "")
    assert [one.title for one in read_feed(text.encode(encoding), URL).items] == ["Ferry & fares", None]


@pytest.mark.parametrize(
    "body", [b"", b"hello", b"<html><body>hello</body></html>", b"{", b'{"items": []}', b"[" * 100_000]
)
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(FetchError, match="this is no feed"):
        read_feed(body, URL)


def test_a_feed_is_never_taken_for_the_name_of_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret.xml").write_text(RSS)
    with pytest.raises(FetchError, match="this is no feed"):
        read_feed(str(tmp_path / "secret.xml").encode(), URL)


def test_entities_of_a_feed_are_not_expanded() -> None:
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]><rss><channel>&b;</channel></rss>'
    with pytest.raises(FetchError, match="defines entities of its own"):
        read_feed(bomb.encode(), URL)
    outside = (
        '<?xml version="1.0"?><!DOCTYPE urlset [<!ENTITY x SYSTEM "file:///etc/hostname">]>'
        '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/&x;</loc></url></urlset>'
    )
    assert [one.url for one in read_sitemap(outside.encode(), URL).items] in ([], ["https://a.example/"])


@pytest.mark.parametrize(
    ("head", "item", "tail"),
    [
        (
            "<rss version='2.0'><channel><title>T</title>",
            "<item><link>https://a.example/{}</link></item>",
            "</channel></rss>",
        ),
        (
            "<feed xmlns='http://www.w3.org/2005/Atom'><title>T</title>",
            "<entry><link href='https://a.example/{}'/></entry>",
            "</feed>",
        ),
    ],
)
def test_of_a_feed_of_a_million_items_the_first_are_read_within_bounds(head: str, item: str, tail: str) -> None:
    body = (head + "".join(item.format(number) for number in range(1_000_000)) + tail).encode()
    tracemalloc.start()
    found = read_feed(body, URL)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert len(found.items) == MOST_LISTED
    assert found.items[0].url == "https://a.example/0"
    assert found.warning == "lists more than 2,000 pages; the first 2,000 are looked at"
    assert peak < 64 * 1024 * 1024


def test_a_feed_of_a_million_items_from_a_server_is_one_line(site: Site, fetcher: Make) -> None:
    item = b"<item><title>Talks</title><link>https://a.example/%d</link></item>"
    site.pages["/feed"] = raw(
        lambda write: [
            write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss><channel>"),
            *(
                write(b"".join(item % (start + number) for number in range(1_000)))
                for start in range(0, 1_000_000, 1_000)
            ),
        ]
    )
    with pytest.raises(FetchError, match=r"larger than 16 MiB"):
        fetcher().fetch(site.url("/feed"))


# ------------------------------------------------------------------------------------------------ sitemaps

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://news.example/old</loc><lastmod>2024-01-05</lastmod></url>
<url><loc>https://news.example/undated</loc></url>
<url><loc> https://news.example/new </loc><lastmod>2025-08-20T10:00:00+02:00</lastmod><news:news><news:publication>
<news:name>Lake Herald</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2025-08-18</news:publication_date><news:title>Ferry</news:title></news:news></url>
<url><loc>ftp://news.example/x</loc></url></urlset>"""


def test_a_sitemap_gives_the_newest_first_and_change_is_not_publication() -> None:
    for body in (SITEMAP.encode(), gzip.compress(SITEMAP.encode())):
        assert read_sitemap(body, URL).items == (
            Listed("https://news.example/new", "Ferry", None, "Lake Herald", day("2025-08-18"), day("2025-08-20")),
            Listed("https://news.example/old", updated=day("2024-01-05")),
            Listed("https://news.example/undated"),
        )


def test_an_index_points_to_further_sitemaps() -> None:
    index = "<sitemapindex><sitemap><loc>/a.xml</loc></sitemap><sitemap><loc>https://o.example/b.xml</loc></sitemap></sitemapindex>"
    assert read_sitemap(index.encode(), URL).further == ("https://news.example/a.xml", "https://o.example/b.xml")


def test_hostile_sitemaps_are_one_line_or_cut() -> None:
    with pytest.raises(FetchError, match="larger than 50 MiB when unpacked"):
        read_sitemap(gzip.compress(bytes(60_000_000)), URL)
    with pytest.raises(FetchError, match="packed sitemap is broken"):
        read_sitemap(gzip.compress(SITEMAP.encode())[:-30], URL)
    for body in (b"", b"hello", b"<html><body/></html>", b"<" * 100_000):
        with pytest.raises(FetchError, match="this is no sitemap"):
            read_sitemap(body, URL)
    many = "<urlset>" + "<url><loc>https://a.example/x</loc></url>" * 60_000 + "</urlset>"
    assert read_sitemap(many.encode(), URL).warning.startswith("lists more than 50,000 addresses")


# ------------------------------------------------------------------------------------------------ kinds


@pytest.mark.parametrize(
    ("body", "kind"),
    [(RSS, "feed"), (RDF, "feed"), (ATOM, "feed"), (JSON_FEED, "feed"), (SITEMAP, "sitemap"), (article().decode(), "page"),
     ("plain words about <rss> and <urlset>", "feed"), ("plain words", "page")],
)  # fmt: skip
def test_a_document_is_told_by_what_it_is(site: Site, fetcher: Make, body: str, kind: str) -> None:
    site.pages["/x"] = page(body.encode(), "application/octet-stream")
    assert kind_of(fetcher().fetch(site.url("/x"))) == kind


def test_a_page_tells_the_feeds_it_offers(site: Site, fetcher: Make) -> None:
    links = (
        b"<link rel='alternate' type='application/rss+xml' href='/feed.xml'><link rel=stylesheet href=/x.css>"
        b"<link href='https://o.example/atom' type='application/atom+xml'>"
    )
    site.pages["/x"] = page(article().replace(b"<head>", b"<head>" + links))
    fetched = fetcher().fetch(site.url("/x"))
    assert offered_feeds(fetched) == (site.url("/feed.xml"), "https://o.example/atom")
    with pytest.raises(FetchError, match="a page lists nothing"):
        polled(fetched, "page")
