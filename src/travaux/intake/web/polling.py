"""Which kind of document an address points to, and what it lists."""

from __future__ import annotations

import re

from travaux.errors import FetchError
from travaux.intake.web.fetching import Fetched
from travaux.intake.web.listed import Polled
from travaux.visit import joined_address

KINDS = ("feed", "sitemap", "page")

_FEED = re.compile(rb"<(?:rss|rdf:RDF|(?:\w{1,20}:)?feed)[\s>]")
_SITEMAP = re.compile(rb"<(?:\w{1,20}:)?(?:urlset|sitemapindex)[\s>]")
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)[\s>]", re.IGNORECASE)
_OFFERED = re.compile(rb"<link\b[^>]{0,500}>", re.IGNORECASE)
_FEED_LINK = re.compile(rb"""type=["']?application/(?:rss|atom|feed)\+(?:xml|json)""", re.IGNORECASE)
_HREF = re.compile(rb"""href=["']?([^"'\s>]{1,1000})""", re.IGNORECASE)


def kind_of(fetched: Fetched) -> str:
    """``feed``, ``sitemap`` or ``page``: by what the document is, not by what it is called."""
    body = fetched.body or b""
    beginning = body[:4096]
    if body.startswith(b"\x1f\x8b"):
        return "sitemap"  # feeds are packed for the way only
    if fetched.media_type == "application/feed+json" or (
        beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b"jsonfeed.org" in beginning
    ):
        return "feed"
    marks = {"feed": _FEED, "sitemap": _SITEMAP, "page": _PAGE}
    found = {kind: mark.search(beginning) for kind, mark in marks.items()}
    places = sorted((match.start(), kind) for kind, match in found.items() if match is not None)
    return places[0][1] if places else "page"


def polled(fetched: Fetched, kind: str) -> Polled:
    """What a feed or sitemap lists.

    Raises:
        FetchError: it is not of that kind.
    """
    # lxml and feedparser take a while to load, and a page needs neither here.
    body, url = fetched.body or b"", fetched.visit.final_url
    if kind == "feed":
        from travaux.intake.web.feeds import read_feed

        return read_feed(body, url, fetched.visit.header("content-type") or "")
    if kind == "sitemap":
        from travaux.intake.web.sitemaps import read_sitemap

        return read_sitemap(body, url)
    raise FetchError(f"a {kind} lists nothing", path=url)


def offered_feeds(fetched: Fetched) -> tuple[str, ...]:
    """Addresses of the feeds that a page says it has."""
    found = []
    for tag in _OFFERED.findall((fetched.body or b"")[: 512 * 1024]):
        href = _HREF.search(tag) if _FEED_LINK.search(tag) else None
        if href is not None:
            found.append(joined_address(fetched.visit.final_url, href.group(1).decode("utf-8", "replace")))
    return tuple(dict.fromkeys(filter(None, found)))[:10]
