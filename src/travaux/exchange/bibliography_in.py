"""References that come back from a reference manager: what somebody put right there describes the reports anew.

A reference is known by the report's id in its note or key, or else by its address. Only what it gives is taken: an empty
field empties nothing.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from travaux.errors import RequestError
from travaux.exchange.bibliography import LATEX, MARK
from travaux.exchange.extras import library
from travaux.exchange.incoming import Incoming, IncomingReport
from travaux.exchange.tables_in import text_of
from travaux.model import DateBasis, PartialDate

_ID = re.compile(r"(?:^|[^0-9a-f])([0-9a-f]{16})(?![0-9a-f])")


def read_csl(path: Path) -> Incoming:
    """CSL-JSON, as Zotero and others export it.

    Raises:
        RequestError: the file is no JSON list of items.
    """
    try:
        items = json.loads(text_of(path))
    except ValueError as error:
        raise RequestError(f"not JSON: {error}", path=path) from None
    if not isinstance(items, list) or not all(isinstance(item, dict) for item in items):
        raise RequestError("not a list of CSL items", path=path)
    return Incoming(path.name, tuple(_csl(item) for item in items))


def _csl(item: dict[str, Any]) -> IncomingReport:
    parts = ((item.get("issued") or {}).get("date-parts") or [[]])[0]
    about = bool((item.get("issued") or {}).get("circa"))
    return _reference(
        [item.get("note"), item.get("id")],
        title=item.get("title"),
        author="; ".join(filter(None, map(_person, item.get("author") or ()))),
        publisher=item.get("container-title") or item.get("publisher"),
        url=item.get("URL"),
        published=_date("-".join(f"{int(part):02d}" for part in parts), about),
    )


def _person(name: dict[str, Any]) -> str:
    return name.get("literal") or " ".join(filter(None, (name.get("given"), name.get("family"))))


def read_bibtex(path: Path) -> Incoming:
    """BibTeX or biblatex.

    Raises:
        RequestError: bibtexparser is not installed, or the file holds no entries.
    """
    parser = library("bibtexparser", "bibliography")
    text = text_of(path)
    parsed = parser.parse_string(text)
    if parsed.failed_blocks:
        line = parsed.failed_blocks[0].start_line
        raise RequestError("not BibTeX", path=path, line=None if line is None else line + 1)
    if text.strip() and not parsed.entries:
        raise RequestError("no entries in this file", path=path)
    return Incoming(path.name, tuple(_bibtex(entry) for entry in parsed.entries))


def _bibtex(entry: Any) -> IncomingReport:
    fields = {name.casefold(): str(field.value).strip("{}") for name, field in entry.fields_dict.items()}
    words = {name.casefold(): _decoded(str(field.value)) for name, field in entry.fields_dict.items()}
    given = fields.get("date") or fields.get("year") or ""
    return _reference(
        [fields.get("travauxid"), fields.get("note"), entry.key],
        title=words.get("title"),
        author=words.get("author"),
        publisher=words.get("journal") or words.get("journaltitle") or words.get("organization"),
        url=fields.get("url"),
        published=_date(given),
    )


def _decoded(value: str) -> str:
    """A field's words: what LaTeX escapes as the characters meant, without the braces that only keep capitals."""
    words = _ESCAPES.sub(lambda found: _PLAIN[found[0]], value)
    if "\\" in words:  # accents and other commands of somebody else's file
        words = library("pylatexenc.latex2text", "bibliography").LatexNodes2Text().latex_to_text(words)
    words = re.sub(r"[{}]", "", words).replace("~", "\u00a0")
    return words.translate(_HELD).strip()


_HIDDEN = {character: chr(0xE000 + place) for place, character in enumerate(LATEX)}
"""Characters that were escaped, out of the way of what still has a meaning in LaTeX."""
_PLAIN = {written: _HIDDEN[character] for character, written in LATEX.items()}
_HELD = {ord(hidden): character for character, hidden in _HIDDEN.items()}
_ESCAPES = re.compile("|".join(re.escape(written) for written in sorted(_PLAIN, key=len, reverse=True)))


def read_ris(path: Path) -> Incoming:
    """RIS.

    Raises:
        RequestError: rispy is not installed, or the file is no RIS.
    """
    parser = library("rispy", "bibliography")
    try:
        items = parser.loads(text_of(path))
    except (OSError, ValueError, KeyError) as error:
        raise RequestError(f"not RIS: {error}", path=path) from None
    return Incoming(path.name, tuple(_ris(item) for item in items))


def _ris(item: dict[str, Any]) -> IncomingReport:
    day = "-".join(part for part in str(item.get("date") or "").strip("/").split("/") if part)
    notes = item.get("notes") or []
    urls = item.get("urls") or []
    return _reference(
        [*notes, item.get("id")],
        title=item.get("title") or item.get("primary_title"),
        author="; ".join(item.get("authors") or item.get("first_authors") or ()),
        publisher=item.get("secondary_title") or item.get("journal_name"),
        url=urls[0] if urls else None,
        published=_date(day or str(item.get("year") or "")),
    )


def _reference(keys: Iterable[object], *, url: Any, **given: Any) -> IncomingReport:
    identity = None
    for key in filter(None, keys):
        text = str(key)
        found = _ID.search(text.partition(MARK)[2] if MARK in text else text)
        if found:
            identity = found[1]
            break
    # A field that is no text is one that is not there.
    told: dict[str, Any] = {
        name: value if value and isinstance(value, str | PartialDate) else None
        for name, value in {**given, "url": url}.items()
    }
    return IncomingReport(told["url"] or told["title"] or identity or "a reference", identity, **told)


def _date(value: str, about: bool = False) -> PartialDate | None:
    """A date as far as it is one; what a reference manager writes beyond that is left."""
    for length in (10, 7, 4):
        try:
            return PartialDate(value[:length], DateBasis.MANIFEST, about)
        except ValueError:
            continue
    return None
