"""Text exported from news archives, many articles in one file: split into reports, nothing dropped.

Four forms are told apart by the lines such exports put between articles:

1. LexisNexis, ``3 of 25 DOCUMENTS`` above each article, ``LOAD-DATE:`` and the like below it
2. Nexis Uni, ``Body`` above the text, ``Load-Date:`` and ``End of Document`` below it
3. Factiva with field codes (``HD``, ``PD``, ``SN``, ``LP``, ``TD``, ``AN``)
4. Factiva as displayed: headline, words, date, source; ``Document ABC0000020250818…`` below each article

The archive's own lines are marked as such in the layout and give title, publisher, author, date and language.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from travaux.intake.dating import dates_in, plausible
from travaux.intake.formats.article import Article
from travaux.intake.known import Described, language_code
from travaux.intake.layout import layout_blocks
from travaux.intake.web_pages import Page
from travaux.model import Block, BlockKind, DateBasis

LINES_OF_HEAD = 40

_NUMBERED = re.compile(r"^[ \t]*(?:Document )?\d+ of \d+ DOCUMENTS?[ \t\r]*$", re.MULTILINE)
_END_OF_DOCUMENT = re.compile(r"^[ \t]*End of Document[ \t\r]*$", re.MULTILINE)
_NEXIS_SIGN = re.compile(r"^[ \t]*(?:Load-Date|Length):", re.MULTILINE)
_FACTIVA_END = re.compile(r"^Document [A-Z][A-Z0-9]{2,}\d{8}[a-z0-9]{5,}[ \t\r]*$", re.MULTILINE)
_CODED = re.compile(r"^HD(?:[ \t]+\S|[ \t\r]*$)", re.MULTILINE)
_CODED_TEXT = re.compile(r"^(?:LP|TD)(?:[ \t]|\r?$)", re.MULTILINE)
_CODED_END = re.compile(r"^AN[ \t]+\S", re.MULTILINE)

_HEAD_FIELD = re.compile(
    r"^(HEADLINE|BYLINE|SECTION|LENGTH|DATELINE|HIGHLIGHT|SERIES|Headline|Byline|Section|Length|Dateline|Highlight|"
    r"Title):[ \t]*(.*)$"
)
_TAIL_FIELD = re.compile(
    r"^(?:LOAD-DATE|LANGUAGE|PUBLICATION-TYPE|JOURNAL-CODE|SUBJECT|GRAPHIC|Load-Date|Language|Publication-Type|Journal Code|"
    r"Subject|Graphic):|^Classification$|^End of Document$"
)
_LANGUAGE = re.compile(r"^(?:LANGUAGE|Language):[ \t]*(\w+)", re.MULTILINE)
_RIGHTS = re.compile(r"^(?:Copyright |\(c\) |© )", re.IGNORECASE)
_WORDS = re.compile(r"^[\d,.]+ words$")
_CODE = re.compile(r"^([A-Z][A-Z0-9])(?:[ \t]+(.*)|[ \t\r]*)$")
_CODE_OF_SOURCE = re.compile(r"^[A-Z][A-Z0-9]{2,11}$")


@dataclass(slots=True)
class _Line:
    start: int
    end: int
    text: str
    apart: bool = False
    """Whether an empty line stands before it."""


@dataclass(slots=True)
class _Parts:
    """The stretches of an article's text, in order, and what the archive says of it."""

    texts: list[tuple[int, int]]
    title: tuple[int, int] | None = None
    publisher: str | None = None
    author: str | None = None
    date: str | None = None
    language: str | None = None


def export_articles(text: str, encoding: str = "utf-8") -> list[Article]:
    """The articles of an exported file, in order; empty where the text is no such export.

    Args:
        encoding: what the file's bytes were read in; each article's bytes are its part of the file.
    """
    for cut, parse in _FORMS:
        parts = list(cut(text))
        if parts:
            return [
                _article(text[start:end], parse, f"{number:03}", encoding)
                for number, (start, end) in enumerate(parts, 1)
            ]
    return []


def _article(text: str, parse: Callable[[Sequence[_Line]], _Parts | None], part: str, encoding: str) -> Article:
    lines = _lines(text)
    parts = parse(lines)
    raw = text.encode(encoding, "replace")
    if parts is None or not all(text[start:end].strip() for start, end in parts.texts):
        return Article(part, raw, "text/plain", encoding, Page(text))
    found = next((value for _, _, value in dates_in(parts.date or "")), None)
    described = Described(
        author=parts.author,
        publisher=parts.publisher,
        published=plausible(found, DateBasis.TEXT) if found else None,
        language=language_code(parts.language),
    )
    title = " ".join(text[slice(*parts.title)].split()) if parts.title else None
    return Article(part, raw, "text/plain", encoding, Page(text, title), described, tuple(_blocks(text, parts)))


def _blocks(text: str, parts: _Parts) -> Iterator[Block]:
    """The layout: title and text where the archive says they stand, all other lines as the archive's own."""
    first = parts.texts[0][0]
    title = parts.title if parts.title is not None and parts.title[1] <= first else None
    at = 0
    for start, end in (*([title] if title else []), *parts.texts):
        yield from _own_lines(text, at, start, first)
        if (start, end) == title:
            yield Block(start, end, BlockKind.TITLE, "the title, by the news archive")
        else:
            named = " ".join(text[slice(*title)].split()) if title else None
            for block in layout_blocks(text[start:end], named):
                yield Block(block.start + start, block.end + start, block.kind, block.reason)
        at = end
    yield from _own_lines(text, at, len(text), first)


def _own_lines(text: str, start: int, end: int, first: int) -> Iterator[Block]:
    kind = BlockKind.BYLINE if start < first else BlockKind.CHROME
    for line in _lines(text[start:end]):
        yield Block(line.start + start, line.end + start, kind, "the news archive's own line")


def _lines(text: str) -> list[_Line]:
    lines: list[_Line] = []
    end = 0
    for found in re.finditer(r"[^\r\n]*\S", text):
        shown = found.group().strip()
        start = found.end() - len(found.group().lstrip())
        apart = re.sub("\r\n?", "\n", text[end:start]).count("\n") > 1
        lines.append(_Line(start, found.end(), shown, apart))
        end = found.end()
    return lines


# ------------------------------------------------------------------------------------------------ where articles end


def _between_numbers(text: str) -> Iterator[tuple[int, int]]:
    starts = [found.start() for found in _NUMBERED.finditer(text)]
    yield from pairwise([*starts, len(text)])


def _to_ends(text: str, end: re.Pattern[str]) -> Iterator[tuple[int, int]]:
    at = 0
    for found in end.finditer(text):
        yield at, found.end()
        at = found.end()


def _nexis_cut(text: str) -> Iterator[tuple[int, int]]:
    if _NEXIS_SIGN.search(text):
        yield from _to_ends(text, _END_OF_DOCUMENT)


def _coded_cut(text: str) -> Iterator[tuple[int, int]]:
    if not (_CODED_TEXT.search(text) and _CODED_END.search(text)):
        return
    starts = [found.start() for found in _CODED.finditer(text)]
    # Some sources put their name (SE) above the headline; it belongs to what follows.
    for place, start in enumerate(starts):
        before = text.rfind("\n", 0, max(start - 1, 0)) + 1
        if text[before:start].startswith("SE ") and start - before < 300:
            starts[place] = before
    yield from pairwise([*starts, len(text)])


def _factiva_cut(text: str) -> Iterator[tuple[int, int]]:
    yield from _to_ends(text, _FACTIVA_END)


# ------------------------------------------------------------------------------------------------ what the lines say


def _lexis(lines: Sequence[_Line]) -> _Parts | None:
    head = lines[1 : LINES_OF_HEAD + 1]
    fields = [place for place, line in enumerate(head) if _HEAD_FIELD.match(line.text)]
    tail = next((line for line in lines[1:] if _TAIL_FIELD.match(line.text)), None)
    if not fields or not head:
        return None
    parts = _with_fields(head, _Parts([(head[fields[-1]].end, tail.start if tail else lines[-1].end)]))
    date = _dated_line(head[: fields[0]])
    if date is not None:
        parts.date = head[date].text
        above = [line.text for line in head[:date] if not _RIGHTS.match(line.text)]
        parts.publisher = above[0] if above else None
        if parts.title is None and date + 1 < fields[0]:
            # The last lines that stand together above the fields; above them may stand the edition.
            begins = fields[0] - 1
            while begins > date + 1 and not head[begins].apart:
                begins -= 1
            parts.title = (head[begins].start, head[fields[0] - 1].end)
    parts.language = _language(lines)
    return parts


def _nexis(lines: Sequence[_Line]) -> _Parts | None:
    body = next((place for place, line in enumerate(lines) if line.text == "Body"), None)
    fields = [place for place, line in enumerate(lines[:LINES_OF_HEAD]) if _HEAD_FIELD.match(line.text)]
    begins = body if body is not None else fields[-1] if fields else None
    if begins is None:
        return None
    after = lines[begins + 1 :]
    tail = next((line for line in after if _TAIL_FIELD.match(line.text)), None)
    head = lines[: begins + 1]
    parts = _with_fields(head, _Parts([(lines[begins].end, tail.start if tail else lines[-1].end)]))
    date = _dated_line(head)
    if date is not None:
        parts.date = head[date].text
        if date >= 1:
            parts.publisher = head[date - 1].text
        if date >= 2 and parts.title is None:
            parts.title = (head[date - 2].start, head[date - 2].end)
    parts.language = _language(lines)
    return parts


def _coded(lines: Sequence[_Line]) -> _Parts | None:
    # Each field as a stretch of its own: a damaged file may have one twice.
    fields: list[tuple[str, list[_Line]]] = []
    for line in lines:
        found = _CODE.match(line.text)
        if found is not None and found.group(1) in _CODES:
            fields.append((found.group(1), []))
            if found.group(2):
                fields[-1][1].append(_Line(line.start + found.start(2), line.end, found.group(2)))
        elif fields:
            fields[-1][1].append(line)
    held = [own for code, own in fields if code in ("LP", "TD") and own]
    if not held:
        return None
    told = {code: " ".join(line.text for line in own) for code, own in reversed(fields)}
    head = next((own for code, own in fields if code == "HD" and own), None)
    return _Parts(
        [(own[0].start, own[-1].end) for own in held],
        (head[0].start, head[-1].end) if head else None,
        told.get("SN"),
        told.get("BY"),
        told.get("PD"),
        told.get("LA"),
    )


_CODES = frozenset(
    "SE HD BY CR WC PD ET SN SC ED PG LA CY LP TD CO IN NS RE IPC IPD PUB AN CT RF ART CLM VOL DE RS".split()
)


def _factiva(lines: Sequence[_Line]) -> _Parts | None:
    head = lines[:LINES_OF_HEAD]
    words = next((place for place, line in enumerate(head) if _WORDS.match(line.text)), None)
    date = None if words is None else _dated_line(head[words:])
    if words is None or date is None:
        return None
    date += words
    rights = next((place for place in range(date, len(head)) if _RIGHTS.match(head[place].text)), None)
    coded = next((place for place in range(date, len(head)) if _CODE_OF_SOURCE.match(head[place].text)), None)
    begins = rights if rights is not None else coded if coded is not None else date
    parts = _Parts([(head[begins].end, lines[-1].start)], date=head[date].text)
    if coded is not None and coded - 1 > date:
        parts.publisher = head[coded - 1].text
    if coded is not None and coded + 1 < len(head):
        parts.language = head[coded + 1].text
    title = [line for line in head[:words] if not line.text.lower().startswith("by ")]
    if title:
        parts.title = (title[-1].start, title[-1].end)
    by = next((line.text[3:] for line in head[:words] if line.text.lower().startswith("by ")), None)
    parts.author = by
    return parts


def _with_fields(head: Sequence[_Line], parts: _Parts) -> _Parts:
    for line in head:
        found = _HEAD_FIELD.match(line.text)
        if found is None or not found.group(2).strip():
            continue
        name = found.group(1).upper()
        if name in ("HEADLINE", "TITLE"):
            begin = line.start + found.start(2)
            parts.title = (begin, line.end)
        elif name == "BYLINE":
            parts.author = found.group(2).strip()
    return parts


def _dated_line(lines: Sequence[_Line]) -> int | None:
    """The first line that begins with a full date."""
    return next(
        (
            place
            for place, line in enumerate(lines)
            if len(line.text) < 100 and any(start <= 12 for start, _, _ in dates_in(line.text))
        ),
        None,
    )


def _language(lines: Sequence[_Line]) -> str | None:
    found = next((match for line in lines if (match := _LANGUAGE.match(line.text))), None)
    return found.group(1) if found else None


_FORMS: tuple[tuple[Callable[[str], Iterator[tuple[int, int]]], Callable[[Sequence[_Line]], _Parts | None]], ...] = (
    (_between_numbers, _lexis),
    (_nexis_cut, _nexis),
    (_coded_cut, _coded),
    (_factiva_cut, _factiva),
)
