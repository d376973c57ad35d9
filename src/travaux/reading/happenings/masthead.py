"""Where a report stands itself: the place of its dateline or masthead, and whether it tells of what goes on there.

"GENEVA, June 11 (Agency) - " and "Geneva, Tuesday, 11 June 2024 | Number 7" name the place; a bulletin, minutes or a live blog
tell of a meeting in that place day by day, so that "the session" and "the Assembly Hall" are the ones there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from travaux.model import BlockKind, Report
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, TimeWords, time_words

_HEAD = {BlockKind.BYLINE, BlockKind.TITLE, BlockKind.HEADING}
_NAME = r"[A-ZÀ-Þ][\w'’.-]*(?:[ -][A-ZÀ-Þ][\w'’.-]*){0,2}"
_PLACE = re.compile(rf"\s*(?P<place>{_NAME})(?:,\s+[A-ZÀ-Þ][\w .'’-]*?)?,\s+")
_DATELINE = re.compile(
    r"\s*(?P<place>[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?: [A-ZÀ-Þ][A-ZÀ-Þ'’.-]+){0,2})(?:,[^—–:;|]{0,40}?)?(?:\s*\([^()]{1,40}\))?"
    r"\s*(?:\s[—–-]+\s|\.\s)"
)
_ON_THE_SPOT = re.compile(
    r"\b(?:bulletin|digest|proceedings|minutes|daily report|live|as it happened|summary of the (?:\w+ )?(?:day|session|meeting)"
    r"|(?:number|no\.|issue) \d+)\b",
    re.IGNORECASE,
)
_MINUTES = re.compile(r"\b(?:minutes|proceedings)\b", re.IGNORECASE)
_LIVE = re.compile(r"\b(?:live|as it happened)\b", re.IGNORECASE)
PRINTED = frozenset(
    "times news post herald review journal press wire gazette tribune star courier weekly daily report bulletin digest chronicle"
    " observer standard mail telegraph magazine online live agency today published updated interview analysis opinion number issue"
    " statement release edition channel radio television tv network broadcasting media newswire newsletter desk blog reporter"
    " monitor".split()
)
_CALENDAR = frozenset({*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS)})
VENUES = frozenset(
    "hall palace palais hotel embassy villa centre center building headquarters residence castle club auditorium chamber campus"
    " chancellery ministry room office".split()
)
"""Words for a house or room, which say where in a place and not which."""


_SHORT = 70
"""Characters that a line of a masthead may take."""


@dataclass(frozen=True, slots=True)
class Scene:
    """Where a report stands.

    Attributes:
        place: of its dateline or masthead; None where there is none, or more than one.
        days: the time words beside the place in the masthead, where they are a stretch of days; what was held there.
        on_the_spot: whether it is a bulletin, minutes or a live blog of what goes on in the place.
        recorded: whether it is a bulletin or minutes, which record what is said there, and no live blog.
        dated: the code point where the paragraph with the dateline begins; None without one.
        told_from: where what is told begins, behind the dateline and its day.
    """

    place: str | None = None
    days: TimeWords | None = None
    on_the_spot: bool = False
    recorded: bool = False
    dated: int | None = None
    told_from: int = 0


def inside(place: str | None, city: str | None) -> str | None:
    """A place as told; a hall or a hotel with the city behind it that it lies in, and "the Office" alone is only where that is."""
    if place is not None and place.casefold() in VENUES:
        return city
    if place is None or city is None or city.casefold() in place.casefold():
        return place
    return f"{place}, {city}" if VENUES.intersection(place.casefold().split()) else place


def scene_of(report: Report) -> Scene:
    """Where a report stands, by the lines at its head and the dateline of its first paragraph."""
    text, place, days, dated = report.text, None, None, None
    spot = live = minutes = False
    begins = 0
    for start, end, kind in _head(report):
        if kind not in {*_HEAD, BlockKind.CHROME}:
            told = _DATELINE.match(text, start, end) or _before_a_day(text, start, end)
            if told is not None and "/" not in text[start : told.end()] and _is_of_a_place(told["place"]):
                place, dated = place or told["place"], start
                bar = re.compile(r"\s[—–-]+\s").search(text, start, min(end, start + 90))
                begins = bar.end() if bar is not None else start
            break
        spot = spot or (kind is not BlockKind.CHROME and _ON_THE_SPOT.search(text, start, end) is not None)
        minutes = minutes or _MINUTES.search(text, start, end) is not None
        live = live or _LIVE.search(text, start, end) is not None
        for first, last in _segments(text, start, end):
            commas = [first, *(comma.end() + first for comma in re.finditer(r",\s+", text[first:last]))]
            each = (_before_a_day(text, one, last) for one in commas)
            found = next((one for one in each if one is not None), None)
            if found is not None and place is None:
                place = found["place"]
                # Minutes bear the day that they are of, a bulletin that on which it came out.
                kinds = {"range", "full"} if minutes else {"range"}
                days = next((one for one in time_words(text, found.end(), last) if one.kind in kinds), None)
    return Scene(place.strip(" .,") if place else None, days, spot, spot and not live, dated, begins)


def _head(report: Report) -> Iterator[tuple[int, int, BlockKind]]:
    """The blocks before the first paragraph, and that paragraph.

    A masthead with bars may have been taken for chrome, and a line in capitals for a paragraph.
    """
    for block in report.blocks:
        if block.kind in _HEAD or block.kind is BlockKind.CHROME:
            yield block.start, block.end, block.kind
        elif block.kind in {BlockKind.PARAGRAPH, BlockKind.LIST_ITEM}:
            words = report.text[block.start : block.end].strip()
            # A short line without an end is no paragraph yet: "An independent record of the talks".
            heads = words.isupper() or (len(words) < _SHORT and words[-1:].isalnum() and _DATELINE.match(words) is None)
            yield block.start, block.end, BlockKind.HEADING if heads else block.kind
            if not heads:
                return


def _segments(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    first = start
    for bar in re.finditer(r"[|\n•]|\s[-–—]\s", text[start:end]):
        yield first, start + bar.start()
        first = start + bar.end()
    yield first, end


def _before_a_day(text: str, start: int, end: int) -> re.Match[str] | None:
    """A place at the head of a line with a day right behind it: "Geneva, Tuesday, 11 June 2024"."""
    found = _PLACE.match(text, start, end)
    if found is None:
        return None
    named = _is_of_a_place(found["place"]) and not found["place"].startswith("The ")
    times = time_words(text, found.end(), end)
    kinds = {"full", "range", "day", "weekday"}
    return found if named and times and times[0].kind in kinds and times[0].start <= found.end() + 1 else None


def _is_of_a_place(name: str) -> bool:
    """Whether a name at the head of a report may be a place's: no newspaper's, and no day."""
    words = {word.strip(".").lower() for word in re.split(r"[ -]", name)}
    return not words & (PRINTED | _CALENDAR)
