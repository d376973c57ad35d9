"""ninjs, the JSON format of news agencies (IPTC), versions 1 to 3."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from travaux.errors import IntakeError
from travaux.intake.dating import machine_date
from travaux.intake.known import Described, in_one_line, language_code, text_or_none
from travaux.intake.web_pages import Page, visible_text
from travaux.model import DateBasis

NINJS = "application/json"
_SIGNS = ("body_text", "body_xhtml", "body_html", "bodies", "body")


def is_ninjs(data: object) -> bool:
    """Whether a JSON document is a news item of ninjs."""
    return isinstance(data, Mapping) and isinstance(data.get("uri"), str) and any(sign in data for sign in _SIGNS)


def looks_like_ninjs(beginning: bytes) -> bool:
    """Whether a JSON file may be a news item, from its first bytes."""
    return beginning.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{" and b'"uri"' in beginning and b'"bod' in beginning


def read_ninjs(raw: bytes) -> tuple[Page, Described]:
    """The text of a news item, and what it says of itself.

    Raises:
        IntakeError: no news item, or one without text.
    """
    try:
        data = json.loads(raw)
    except (ValueError, RecursionError) as error:
        raise IntakeError("broken JSON") from error
    if not is_ninjs(data):
        raise IntakeError("JSON, but no news item of ninjs", remedy="a corpus goes into JSON lines: one article a line")
    title = in_one_line(data.get("headline")) or next(_values(data.get("headlines")), None)
    body = _body(data)
    if not body.strip():
        raise IntakeError("there is no text in this news item")
    text = f"{title}\n\n{body}" if title and title not in body[:1_000] else body
    first = machine_date(text_or_none(data.get("firstcreated")), DateBasis.PAGE)
    version = machine_date(text_or_none(data.get("versioncreated")), DateBasis.PAGE)
    described = Described(
        title,
        in_one_line(data.get("byline") or data.get("by")),
        in_one_line(data.get("copyrightholder")) or _provider(data),
        text_or_none(data.get("url")) or (data["uri"] if data["uri"].startswith(("http://", "https://")) else None),
        first or version,
        version if first is not None and version != first else None,
        language_code(text_or_none(data.get("language"))),
    )
    return Page(text), described


def _body(data: Mapping[str, Any]) -> str:
    if isinstance(data.get("body_text"), str) and data["body_text"].strip():
        return str(data["body_text"])
    for name in ("body_xhtml", "body_html", "body"):
        if isinstance(data.get(name), str) and data[name].strip():
            return visible_text(data[name])
    bodies = data.get("bodies")
    for one in bodies if isinstance(bodies, list) else []:
        value = one.get("value") if isinstance(one, Mapping) else None
        if isinstance(value, str) and value.strip():
            plain = "html" not in str(one.get("contenttype", "")) and "<p" not in value
            return value if plain else visible_text(value)
    return ""


def _values(given: object) -> Iterator[str]:
    for one in given if isinstance(given, list) else []:
        if isinstance(one, Mapping) and (line := in_one_line(one.get("value"))):
            yield line


def _provider(data: Mapping[str, Any]) -> str | None:
    found = data.get("provider") or data.get("source")
    return in_one_line(found.get("name")) if isinstance(found, Mapping) else in_one_line(found)
