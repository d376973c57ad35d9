"""Sitemaps (sitemaps.org, and Google's news extension), read as a stream: a sitemap may list fifty thousand pages.

``lastmod`` is a day of change, never of publication; ``news:publication_date`` is one.
"""

from __future__ import annotations

import io
import zlib

from lxml import etree

from travaux.errors import FetchError
from travaux.intake.dating import machine_date
from travaux.intake.web.listed import Listed, Polled, each_once
from travaux.intake.web.unpacking import BrokenOff, TooLarge, Unpacking
from travaux.model import DateBasis
from travaux.visit import is_web_address, joined_address

MOST_PAGES = 50_000
"""The most that a sitemap may list, by the protocol."""
MOST_FURTHER = 500
LARGEST_SITEMAP = 50 * 1024 * 1024
"""Bytes of an unpacked sitemap, by the protocol."""


def read_sitemap(body: bytes, url: str) -> Polled:
    """The pages, or the further sitemaps, that a sitemap lists; newest first where it gives days.

    Args:
        body: the sitemap, packed with gzip or not. url: where it lies.

    Raises:
        FetchError: it is no sitemap.
    """
    if body.startswith(b"\x1f\x8b"):
        unpacking = Unpacking("gzip", LARGEST_SITEMAP)
        try:
            unpacking.feed(body)
            body = unpacking.whole()
        except TooLarge:
            raise FetchError(f"larger than {LARGEST_SITEMAP // 1024 // 1024} MiB when unpacked", path=url) from None
        except (BrokenOff, zlib.error) as error:
            raise FetchError("the packed sitemap is broken", path=url) from error
    items: list[Listed] = []
    further: list[str] = []
    root = ""
    warning = ""
    try:
        stream = etree.iterparse(
            io.BytesIO(body), events=("start", "end"), resolve_entities=False, no_network=True, recover=True
        )
        for event, element in stream:
            name = _name(element)
            if not root:
                root = name
                if root not in ("urlset", "sitemapindex"):
                    raise FetchError("this is no sitemap", remedy=f"it is a document of kind <{root[:40]}>", path=url)
            if event == "end" and name in ("url", "sitemap"):
                fields = _fields(element)
                element.clear()
                while (before := element.getprevious()) is not None:
                    parent = before.getparent()
                    if parent is None:
                        break
                    parent.remove(before)
                address = joined_address(url, fields.get("loc", ""))
                if not is_web_address(address):
                    continue
                if name == "sitemap":
                    further.append(address)
                else:
                    items.append(_listed(address, fields))
                if len(items) >= MOST_PAGES or len(further) >= MOST_FURTHER:
                    warning = f"lists more than {len(items) or len(further):,} addresses; the first are looked at"
                    break
    except etree.LxmlError as error:
        raise FetchError("this is no sitemap: broken XML", path=url) from error
    if not root:
        raise FetchError("this is no sitemap: it is empty", path=url)
    days = [item.published or item.updated for item in items]
    order = sorted(range(len(items)), key=lambda place: (days[place] is None, _newest_first(days[place]), place))
    return Polled("", each_once([items[place] for place in order]), tuple(dict.fromkeys(further)), warning)


def _newest_first(day: object) -> int:
    latest = getattr(day, "latest", None)
    return -latest.toordinal() if latest is not None else 0


def _listed(address: str, fields: dict[str, str]) -> Listed:
    return Listed(
        address,
        fields.get("title"),
        None,
        fields.get("name"),
        machine_date(fields.get("publication_date"), DateBasis.PAGE),
        machine_date(fields.get("lastmod"), DateBasis.PAGE),
    )


def _fields(element: etree._Element) -> dict[str, str]:
    fields: dict[str, str] = {}
    for below in element.iter():
        text = " ".join((below.text or "").split())[:4_000] if isinstance(below.tag, str) else ""
        if text:
            fields.setdefault(_name(below), text)
    return fields


def _name(element: etree._Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""
