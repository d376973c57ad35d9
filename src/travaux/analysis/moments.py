"""When something is by any words of time: beside the days that reading knows, seasons, parts of a month and days told in words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from travaux.analysis.timing import span_of
from travaux.reading.happenings.days import MONTHS, day_meant, time_words

_MONTH = "|".join(MONTHS)
_YEAR = r"(?:19|20)\d\d"
_ORDINALS = (
    "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth "
    "seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third twenty-fourth twenty-fifth twenty-sixth "
    "twenty-seventh twenty-eighth twenty-ninth thirtieth thirty-first"
).split()
_WORDED = "|".join(sorted(_ORDINALS, key=lambda word: -len(word)))
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
# Parts of a month by their first and last day.
_PARTS = (
    (r"(?:early(?: in)?|(?:at |by |in |since |from )?the (?:beginning|start) of|the first days of)", 1, 10),
    (r"(?:mid[- ]|in the middle of|(?:by |since |from |around )?the middle of)", 8, 23),
    (r"(?:late(?: in)?|(?:at |by |until |since |from )?the end of|the last days of)", 20, 31),
    (r"(?:in |by )?the first half of", 1, 16),
    (r"(?:in |by )?the second half of", 15, 31),
    (r"(?:in |since )?the first week of", 1, 8),
    (r"(?:in |since )?the last week of", 22, 31),
)
_OF_MONTH = tuple(
    (re.compile(rf"\b{words}\s*(?P<m>{_MONTH})\b(?:,? (?P<y>{_YEAR}))?", re.IGNORECASE), first, last)
    for words, first, last in _PARTS
)
_WORDED_DAY = re.compile(
    rf"\bthe (?P<d>{_WORDED}) of (?P<m>{_MONTH})\b(?:,? (?P<y>{_YEAR}))?"
    rf"|\b(?P<m2>{_MONTH}) the (?P<d2>{_WORDED})\b(?:,? (?P<y2>{_YEAR}))?",
    re.IGNORECASE,
)
_MONTH_END = re.compile(r"\bthe end of (?:the|this) month\b|\bmonth['’]s end\b", re.IGNORECASE)
_SEASON = re.compile(
    r"\b(?:in|since|during|until|by|of|last|this|that|the|(?P<part>early|late)) (?:the )?"
    rf"(?P<s>{'|'.join(SEASONS)})\b(?:,? (?:of )?(?P<y>{_YEAR}))?",
    re.IGNORECASE,
)
_YEAR_ALONE = re.compile(rf"\b(?:in|since|of|from|until|by|during) (?P<y>{_YEAR})\b", re.IGNORECASE)
_LAST_MONTH_NAMED = re.compile(rf"\blast (?P<m>{_MONTH})\b", re.IGNORECASE)
_BARE_MONTH = re.compile(
    rf"\b(?:in|since|for|until|by|from|of) (?P<m>{'|'.join(month.title() for month in MONTHS)})\b(?! \d)"
)


@dataclass(frozen=True, slots=True)
class Moment:
    """Words of time and the days they may mean: first and last; `start`, `end` into the report's text."""

    start: int
    end: int
    first: date
    last: date

    @property
    def days(self) -> int:
        """How many days it may be besides one."""
        return (self.last - self.first).days


def moments_in(text: str, start: int, end: int, base: date | None, *, ahead: bool = False) -> list[Moment]:
    """The times of a stretch of text, in order; those that cannot be told without a date of the report are left out.

    Args:
        base: the day from which relative words count. ahead: whether what they date lies ahead of it.
    """
    found: list[Moment] = []
    for moment in (*_told(text, start, end, base, ahead), *_known(text, start, end, base, ahead)):
        if all(moment.end <= other.start or other.end <= moment.start for other in found):
            found.append(moment)
    return sorted(found, key=lambda one: one.start)


def _known(text: str, start: int, end: int, base: date | None, ahead: bool) -> Iterator[Moment]:
    for words in time_words(text, start, end):
        meant = day_meant(words, base, ahead=ahead)
        if meant is not None:
            yield Moment(words.start, words.end, *span_of(meant))
    for found in _LAST_MONTH_NAMED.finditer(text, start, end):
        if base is not None:
            month = _month(found["m"])
            yield Moment(*found.span(), *_of_month(base.year - (month >= base.month), month))
    for found in _BARE_MONTH.finditer(text, start, end):
        month = _month(found["m"])
        year = _year(None, month, base, ahead)
        if year is not None:
            yield Moment(*found.span(), *_of_month(year, month))
    for found in _YEAR_ALONE.finditer(text, start, end):
        yield Moment(*found.span(), date(int(found["y"]), 1, 1), date(int(found["y"]), 12, 31))


def _told(text: str, start: int, end: int, base: date | None, ahead: bool) -> Iterator[Moment]:
    for found in _WORDED_DAY.finditer(text, start, end):
        month, day = _month(found["m"] or found["m2"]), _ORDINALS.index((found["d"] or found["d2"]).lower()) + 1
        year = _year(found["y"] or found["y2"], month, base, ahead)
        if year is not None and day <= _last_of(year, month):
            yield Moment(*found.span(), date(year, month, day), date(year, month, day))
    for pattern, first, last in _OF_MONTH:
        for found in pattern.finditer(text, start, end):
            month = _month(found["m"])
            year = _year(found["y"], month, base, ahead)
            if year is not None:
                yield Moment(
                    *found.span(), date(year, month, first), date(year, month, min(last, _last_of(year, month)))
                )
    for found in _SEASON.finditer(text, start, end):
        yield from _season(found, base, ahead)
    for found in _MONTH_END.finditer(text, start, end):
        if base is not None:
            last = _last_of(base.year, base.month)
            yield Moment(
                *found.span(), date(base.year, base.month, max(1, last - 2)), date(base.year, base.month, last)
            )


def _season(found: re.Match[str], base: date | None, ahead: bool) -> Iterator[Moment]:
    name = found["s"].lower()
    if name == "fall" and not found["y"]:
        return  # a fall in prices
    first, last = SEASONS[name]
    year = int(found["y"]) if found["y"] else None
    if year is None and base is not None:
        year = base.year
        begins = date(year, first, 1)
        if not ahead and begins > base:
            year -= 1
        elif ahead and date(year, min(last, 12), 28) < base:
            year += 1
    if year is not None:
        months = [year * 12 + month - 1 for month in (first, last)]
        ends = months[1] // 12, months[1] % 12 + 1
        yield Moment(*found.span(), date(year, first, 1), date(*ends, _last_of(*ends)))


def _year(told: str | None, month: int, base: date | None, ahead: bool) -> int | None:
    """The year of a month: as told, or the one nearest to the report on the side it is told of."""
    if told is not None:
        return int(told)
    if base is None:
        return None
    if ahead:
        return base.year + (month < base.month)
    return base.year - (month > base.month)


def _of_month(year: int, month: int) -> tuple[date, date]:
    return date(year, month, 1), date(year, month, _last_of(year, month))


def _last_of(year: int, month: int) -> int:
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def _month(name: str) -> int:
    return MONTHS.index(name.lower()) + 1
