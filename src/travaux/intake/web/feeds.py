"""Feeds: RSS and Atom, read by feedparser, and JSON Feed (jsonfeed.org, version 1.1)."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import feedparser

from travaux.errors import FetchError
from travaux.intake.dating import machine_date, plausible
from travaux.intake.known import in_one_line, text_or_none
from travaux.intake.web.listed import MOST_LISTED, Listed, Polled, each_once
from travaux.model import DateBasis, PartialDate
from travaux.visit import is_web_address, joined_address

_ITEM = re.compile(rb"<(?:\w{1,20}:)?(?:item|entry)[\s>]")
_ROOT = re.compile(rb"<(rss|rdf:RDF|RDF|(?:\w{1,20}:)?feed)[\s>]")
_DOCTYPE = re.compile(rb"<!DOCTYPE", re.IGNORECASE)
_WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")


def read_feed(body: bytes, url: str, content_type: str = "") -> Polled:
    """The pages a feed lists.

    Args:
        body: the feed. url: where it lies, for addresses given in part.
        content_type: the server's header, which names the encoding where the feed does not.

    Raises:
        FetchError: it is no feed.
    """
    if body.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        return _json_feed(body, url)
    if body.startswith(_WIDE_MARKS):
        body = body.decode("utf-16", "replace").encode()  # so that the next steps see its tags
    if _DOCTYPE.search(body[:4096]):
        raise FetchError("this feed defines entities of its own, which is not read", path=url)
    body, warning = _first_items(body)
    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    # A stream, never the bytes themselves: given those, feedparser looks for a file of that name.
    try:
        found = feedparser.parse(io.BytesIO(body), response_headers=headers, sanitize_html=False)
    except Exception as error:  # strangers' feeds meet every corner of a parser; the other sources go on
        raise FetchError(f"this feed cannot be read: {type(error).__name__}", path=url) from error
    if not found.get("version") and not found.entries:
        raise FetchError("this is no feed", remedy="RSS, Atom or JSON Feed", path=url)
    title = in_one_line(found.feed.get("title"))
    items = [item for entry in found.entries[:MOST_LISTED] if (item := _item(entry, url, title)) is not None]
    if found.get("version") in ("rss10", "rss090"):
        # These have one date only (dc:date), the day of the item, which feedparser calls "updated".
        items = [replace(one, published=one.published or one.updated, updated=None) for one in items]
    return Polled(title or "", each_once(items), warning=warning)


def _item(entry: Mapping[str, Any], url: str, publisher: str | None) -> Listed | None:
    link = entry.get("link") or (entry.get("id") if is_web_address(str(entry.get("id", ""))) else None)
    if not link:
        return None
    address = joined_address(url, str(link))
    if not is_web_address(address):
        return None
    source = entry.get("source")
    named = in_one_line(source.get("title")) if isinstance(source, Mapping) else None
    return Listed(
        address,
        in_one_line(entry.get("title")),
        in_one_line(entry.get("author")),
        named or publisher,
        _day(entry, "published"),
        _day(entry, "updated"),
    )


def _day(entry: Mapping[str, Any], name: str) -> PartialDate | None:
    # feedparser gives "updated" for "published" where only one is there; what the feed says is wanted.
    if not dict.__contains__(entry, name):
        return None
    found = machine_date(str(entry.get(name) or ""), DateBasis.PAGE)
    if found is None and (parsed := entry.get(f"{name}_parsed")):
        found = plausible(time.strftime("%Y-%m-%d", parsed), DateBasis.PAGE)
    return found


def _first_items(body: bytes) -> tuple[bytes, str]:
    """The feed with its first items only, where it has too many to hold in memory; and the line that says so."""
    for number, found in enumerate(_ITEM.finditer(body)):
        if number == MOST_LISTED:
            root = _ROOT.search(body[:4096])
            name = root.group(1) if root else b"rss"
            inner = b"</channel>" if name == b"rss" else b""
            told = f"lists more than {MOST_LISTED:,} pages; the first {MOST_LISTED:,} are looked at"
            return body[: found.start()] + inner + b"</" + name + b">", told
    return body, ""


def _json_feed(body: bytes, url: str) -> Polled:
    try:
        data = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise FetchError("this is no feed: broken JSON", path=url) from error
    entries = data.get("items") if isinstance(data, dict) else None
    if not isinstance(entries, list) or "jsonfeed.org" not in str(data.get("version", "")):
        raise FetchError("this is no feed", remedy="RSS, Atom or JSON Feed", path=url)
    title = in_one_line(data.get("title"))
    items = []
    for entry in entries[:MOST_LISTED]:
        if not isinstance(entry, dict):
            continue
        link = entry.get("url") or entry.get("id")
        address = joined_address(url, link) if isinstance(link, str) else ""
        if not is_web_address(address):
            continue
        authors = entry.get("authors")
        first = authors[0] if isinstance(authors, list) and authors else entry.get("author")
        items.append(
            Listed(
                address,
                in_one_line(entry.get("title")),
                in_one_line(first.get("name")) if isinstance(first, dict) else None,
                title,
                machine_date(text_or_none(entry.get("date_published")), DateBasis.PAGE),
                machine_date(text_or_none(entry.get("date_modified")), DateBasis.PAGE),
            )
        )
    more = len(entries) > MOST_LISTED
    told = f"lists more than {MOST_LISTED:,} pages; the first {MOST_LISTED:,} are looked at" if more else ""
    return Polled(title or "", each_once(items), warning=told)
