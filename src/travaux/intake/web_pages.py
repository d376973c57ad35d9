"""A web page's own words and what it says about itself.

The words come from trafilatura. Where it finds none, or the page is built to break a tree parser, they come from a
plain rendition of everything visible, so that nothing is lost. Dates come from what the page declares for machines
(JSON-LD, meta and time tags, read here and by htmldate), then from its address, then from a dated line on the page;
the day a copy was saved, and today, never count. What only a page needs is loaded with the first one.
"""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from lxml import etree
from lxml import html as lxml_html

from travaux.intake.dating import date_in_url, dates_in, machine_date, plausible
from travaux.intake.furniture import kind_of_line
from travaux.model import BlockKind, DateBasis, PartialDate

LARGEST_EXTRACTED = 8 * 1024 * 1024
MOST_TAGS = 100_000
"""Larger pages get the plain rendition: extraction takes seconds for so many tags and minutes for a million, while
long articles have some thousands."""
LARGEST_HEAD = 1024 * 1024
LONGEST_TAG = 20_000
"""Characters; parsing takes the square of a tag's attributes, and no page needs so many."""
DEEPEST_NESTING = 200
"""libxml2 drops what is nested deeper than 255 elements; such a page gets the plain rendition."""

_LONG_TAG = re.compile(rf"<([a-zA-Z][\w:-]{{0,40}})\s[^<>]{{{LONGEST_TAG},}}>")
# End tags of the ones left out here are often missing, and the parser closes them by itself.
_NESTING_TAG = re.compile(
    r"<(/?)(?!(?:p|li|td|th|tr|dt|dd|option|br|hr|img|input|link|meta|source|wbr|col|area|base)\b)[a-z]", re.IGNORECASE
)
_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]{0,300}\?>", re.IGNORECASE)
_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff\ud800-\udfff]")
_BLANK_LINES = re.compile(r"[ \t\r\f\v]*\n\s*")

_INVISIBLE = frozenset({"script", "style", "noscript", "template", "head", "svg", "math", "object", "iframe", "select"})
_BLOCK_TAG_NAMES = (
    "address article aside blockquote br caption center dd details div dl dt fieldset figcaption figure footer form h1 "
    "h2 h3 h4 h5 h6 header hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul"
)
_BLOCK_TAGS = frozenset(_BLOCK_TAG_NAMES.split())

# Names pages use for the day of publication, the surest first; those for changes are kept apart.
_PUBLISHED_META = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "article.published",
    "publishdate",
    "publish_date",
    "publish-date",
    "publication_date",
    "pubdate",
    "dc.date.issued",
    "dcterms.issued",
    "citation_publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "originalpublicationdate",
    "date.issued",
    "dc.date.created",
    "dcterms.created",
    "dc.date",
    "dcterms.date",
    "date",
)
_UPDATED_META = (
    "article:modified_time",
    "og:article:modified_time",
    "og:updated_time",
    "datemodified",
    "dc.date.modified",
    "dcterms.modified",
    "article.updated",
    "lastmod",
    "last-modified",
    "revision_date",
)
_ARTICLE_TYPES = re.compile(r"Article|Posting|Report|News|WebPage|Review|Speech|LiveBlog|Creative")
_DATED_CLASS = re.compile(
    r"(?<![a-z])(?:date|time|datetime|timestamp|dateline|byline|published|posted|(?:pub|publish|publication|post|entry|"
    r"article)[_-]?(?:date|time)|fecha|datum)(?![a-z])",
    re.IGNORECASE,
)
_UPDATE_WORDS = re.compile(r"updat|modif|revis|correct|aktualis|mis à jour|actualiz", re.IGNORECASE)

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


@dataclass(frozen=True, slots=True)
class Page:
    """What a web page says.

    Attributes:
        text: its paragraphs, separated by blank lines; empty where nothing is visible.
        title, author, publisher, url: as the page gives them; None where it does not.
        published, updated: dates with their basis.
        extracted: False where the text is the plain rendition of all that is visible.
    """

    text: str
    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    extracted: bool = True


def read_page(html: str, *, url: str | None = None, today: date | None = None) -> Page:
    """Reads a web page.

    Args:
        html: the page's source, decoded.
        url: its address, where it is known from elsewhere; the page's own canonical address otherwise.
        today: what counts as a future date; the system's day by default.
    """
    source = _LONG_TAG.sub(r"<\1>", _XML_DECLARATION.sub("", _NOT_XML.sub("", html)))
    tree = _tree(source)
    if tree is None:
        # What the page declares stands in its head, which is harmless.
        text, tree = visible_text(source), _head_tree(source)
        if tree is None:
            return Page(text, extracted=False)
    else:
        text = ""
    address = url or _canonical(tree)
    published, updated = page_dates(tree, address, today=today)
    title, author, publisher = _described(tree)
    found = "" if text else _with_headline(_extracted(source), tree)
    text = text or found or visible_text(source)
    return Page(text, title, author, publisher, address, published, updated, extracted=bool(found))


def visible_text(source: str) -> str:
    """Everything a reader of the page may see, in order, a blank line between blocks; works at any depth of nesting."""
    target = _VisibleText()
    try:
        parser = etree.HTMLParser(target=target, huge_tree=True, recover=True)
        parser.feed(source if source[:1] == "<" else f"<html>{source}")
        parser.close()
        found = "".join(target.parts)
    except (etree.LxmlError, ValueError, AssertionError):
        found = re.sub(r"<[^>]*>", "\n", source)
    paragraphs = (" ".join(paragraph.split()) for paragraph in _BLANK_LINES.split(found))
    return "\n\n".join(paragraph for paragraph in paragraphs if paragraph)


class _VisibleText:
    """Collects text as the parser meets it; builds no tree, so depth costs nothing."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.hidden: list[str | bytes] = []

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        if tag in _INVISIBLE:
            self.hidden.append(tag)
        elif tag in _BLOCK_TAGS:
            self.parts.append("\n\n")

    def end(self, tag: str | bytes) -> None:
        if self.hidden and tag == self.hidden[-1]:
            self.hidden.pop()
        elif tag in _BLOCK_TAGS:
            self.parts.append("\n\n")

    def data(self, data: str | bytes) -> None:
        if not self.hidden:
            # A line end in the source is a space on the page.
            self.parts.append(str(data).replace("\n", " "))

    def comment(self, text: str | bytes) -> None:
        """Comments are not visible."""

    def close(self) -> str:
        return "".join(self.parts)


def page_dates(
    tree: lxml_html.HtmlElement, url: str | None, *, today: date | None = None
) -> tuple[PartialDate | None, PartialDate | None]:
    """Days of publication and of the last change that a page gives, with their basis; None where it gives none."""
    # A page's own object may carry the day of its template; the article's is meant.
    objects = sorted(_json_objects(tree), key=lambda item: "WebPage" in item["@type"])
    metas = _metas(tree)

    def first(values: Iterator[str | None]) -> PartialDate | None:
        found = (machine_date(value, DateBasis.PAGE, today=today) for value in values)
        return next((item for item in found if item is not None), None)

    published = (
        first(item.get("datePublished") for item in objects)
        or first(metas.get(name) for name in _PUBLISHED_META)
        or first(_time_tags(tree, updates=False))
        or _by_htmldate(tree, today)
        or date_in_url(url, today=today)
        or _dated_line(tree, today)
    )
    updated = (
        first(item.get("dateModified") for item in objects)
        or first(metas.get(name) for name in _UPDATED_META)
        or first(_time_tags(tree, updates=True))
    )
    return (
        published,
        None if updated is not None and published is not None and updated.value == published.value else updated,
    )


def _tree(source: str) -> lxml_html.HtmlElement | None:
    if not source.strip() or len(source) > LARGEST_EXTRACTED or _is_hostile(source):
        return None
    try:
        parser = lxml_html.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True)
        return lxml_html.document_fromstring(source.encode("utf-8"), parser=parser)
    except (etree.LxmlError, ValueError, AssertionError):
        return None


def _head_tree(source: str) -> lxml_html.HtmlElement | None:
    end = re.search(r"</head\s*>", source[:LARGEST_HEAD], re.IGNORECASE)
    return None if end is None else _tree(source[: end.end()] + "<body></body></html>")


def _is_hostile(source: str) -> bool:
    """Whether a page is too large or too deep for parsers that build a tree."""
    if source.count("<") > MOST_TAGS:
        return True
    depth = deepest = 0
    for tag in _NESTING_TAG.finditer(source):
        depth = max(0, depth - 1) if tag.group(1) else depth + 1
        deepest = max(deepest, depth)
    return deepest > DEEPEST_NESTING and _depth(source) > DEEPEST_NESTING


def _depth(source: str) -> int:
    """How deep the parser nests a page: unclosed tags close each other, so counting tags only tells so much."""
    target = _Depth()
    try:
        parser = etree.HTMLParser(target=target, huge_tree=True, recover=True)
        parser.feed(source)
        parser.close()
    except (etree.LxmlError, ValueError, AssertionError):
        return DEEPEST_NESTING + 1
    return target.deepest


class _Depth:
    def __init__(self) -> None:
        self.depth = self.deepest = 0

    def start(self, tag: str | bytes, attrib: dict[str | bytes, str | bytes]) -> None:
        self.depth += 1
        self.deepest = max(self.deepest, self.depth)

    def end(self, tag: str | bytes) -> None:
        self.depth -= 1

    def data(self, data: str | bytes) -> None:
        """Text does not nest."""

    def comment(self, text: str | bytes) -> None:
        """Comments do not nest."""

    def close(self) -> int:
        return self.deepest


def _extracted(source: str) -> str:
    import trafilatura

    try:
        # Losing a paragraph costs evidence, a line too many costs a grey line: so recall is favoured.
        document = trafilatura.bare_extraction(
            source, favor_recall=True, include_comments=False, include_tables=True, deduplicate=False
        )
    except (
        etree.LxmlError,
        ValueError,
        RecursionError,
        AttributeError,
        TypeError,
        IndexError,
        KeyError,
        AssertionError,
    ):
        return ""  # the plain rendition follows; pages from strangers meet every corner of a parser
    text = "" if document is None or isinstance(document, dict) else document.text or ""
    return "\n\n".join(line.strip() for line in text.splitlines() if line.strip())


def _with_headline(text: str, tree: lxml_html.HtmlElement) -> str:
    """Puts the page's one headline back above the text where extraction left it off: headlines state positions too."""
    headlines = [" ".join(heading.text_content().split()) for heading in tree.iter("h1")]
    headlines = [headline for headline in headlines if headline]
    if not text or len(headlines) != 1 or len(headlines[0]) > 300 or headlines[0] in text[:2_000]:
        return text
    return f"{headlines[0]}\n\n{text}"


def _described(tree: lxml_html.HtmlElement) -> tuple[str | None, str | None, str | None]:
    from trafilatura.metadata import extract_metadata

    try:
        found = extract_metadata(tree, extensive=False)
    except (etree.LxmlError, ValueError, RecursionError, AttributeError, TypeError, IndexError, KeyError):
        return None, None, None
    return _line(found.title), _line(found.author), _line(found.sitename)


def _line(value: str | None) -> str | None:
    return " ".join(value.split())[:500] or None if value else None


def _canonical(tree: lxml_html.HtmlElement) -> str | None:
    values = [link.get("href") for link in tree.iter("link") if "canonical" in (link.get("rel") or "").casefold()]
    values += [_metas(tree).get("og:url")]
    return next(
        (value.strip() for value in values if value and value.strip().startswith(("http://", "https://"))), None
    )


def _metas(tree: lxml_html.HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop") or ""
        content = meta.get("content")
        if name and content:
            metas.setdefault(name.strip().casefold(), content)
    return metas


def _json_objects(tree: lxml_html.HtmlElement) -> Iterator[dict[str, Any]]:
    """Objects of the page's JSON-LD that are articles of some kind, outermost first."""
    for script in tree.iter("script"):
        if "ld+json" not in (script.get("type") or "") or not script.text:
            continue
        try:
            waiting: list[Any] = [json.loads(script.text, strict=False)]
        except (ValueError, RecursionError):
            continue
        seen = 0
        while waiting and seen < 1_000:
            item = waiting.pop(0)
            seen += 1
            if isinstance(item, list):
                waiting += item
            elif isinstance(item, dict):
                waiting += [item[key] for key in ("@graph", "mainEntity", "mainEntityOfPage") if key in item]
                if _ARTICLE_TYPES.search(str(item.get("@type", ""))[:200]):
                    yield {key: value for key, value in item.items() if isinstance(value, str)} | {
                        "@type": str(item["@type"])
                    }


def _time_tags(tree: lxml_html.HtmlElement, *, updates: bool) -> Iterator[str | None]:
    """Time tags that say they are of publication (or of change); a bare one only where the page has no other."""
    times = list(tree.iter("time"))
    for tag in times:
        about = " ".join((tag.get("itemprop") or "", tag.get("class") or "", tag.text_content()[:60]))
        is_update = bool(_UPDATE_WORDS.search(about))
        says_so = tag.get("pubdate") is not None or "publi" in about.casefold() or len(times) == 1
        if is_update == updates and (updates or says_so):
            yield tag.get("datetime") or tag.get("content") or tag.text_content()


def _by_htmldate(tree: lxml_html.HtmlElement, today: date | None) -> PartialDate | None:
    """Rarer tags for machines, which htmldate knows; it is shown nothing else, so it cannot guess from the text."""
    from htmldate import find_date

    shown = [
        meta
        for meta in tree.iter("meta")
        if (meta.get("property") or meta.get("name") or "").casefold() not in _UPDATED_META
    ]
    if not shown:
        return None
    source = "".join(etree.tostring(meta, encoding="unicode", with_tail=False) for meta in shown)
    try:
        found = find_date(
            f"<html><head>{source}</head><body></body></html>",
            extensive_search=False,
            original_date=True,
            deferred_url_extractor=True,
            min_date="1990-01-01",
        )
    except (etree.LxmlError, ValueError, RecursionError, AttributeError, TypeError):
        return None
    # A day it has completed or read the wrong way round does not stand in the tags.
    stands = {value for meta in shown for _, _, value in dates_in(meta.get("content") or "")}
    return plausible(found, DateBasis.PAGE, today=today) if found in stands else None


def _dated_line(tree: lxml_html.HtmlElement, today: date | None) -> PartialDate | None:
    """A full date in an element made for it, such as ``<span class="date">``; the report's own text is no source."""
    for element in tree.iter("span", "p", "div", "time", "small", "li", "td"):
        if not _DATED_CLASS.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            continue
        shown = " ".join(element.text_content()[:200].split())
        told = kind_of_line(shown) if 0 < len(shown) <= 120 and not _UPDATE_WORDS.search(shown) else None
        if told is None or told[0] is not BlockKind.BYLINE:
            continue
        if (found := machine_date(shown, DateBasis.TEXT, today=today)) is not None:
            return found
    return None
