"""Days that a text tells in part: "on Sunday", "yesterday", "Aug 17". They mean a day only against a known one.

A weekday without "next" is the last one on or before the day of the report, as newspapers use it ("said on Sunday"),
unless the words tell what is to come ("will meet on Sunday"). A day without a year is the nearest one of that name, where
one is near: half a year away it could be either.
Without a known day nothing is resolved: the day a copy was saved, and today, never stand in for it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from functools import cache

from travaux.intake.dating import DATELINE, month_names
from travaux.model import DateBasis, PartialDate

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_NEAR = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1}
FARTHEST = 120
"""Days that a day without a year may be away."""


def day_meant(words: str, known: PartialDate | None, *, ahead: bool = False) -> PartialDate | None:
    """The day that words such as "on Sunday", "last Friday", "tomorrow" or "17 August" mean.

    Args:
        known: the day the words were written; None, or one known to the month or year only, resolves nothing, save a
            day and month inside it.
        ahead: whether the words tell what is to come.

    Returns:
        The day, of basis ``text`` (an estimate where the known day is one); None where the words mean no single day.
    """
    if known is None:
        return None
    found = next(relative_days_in(words, known, ahead=ahead), None)
    return None if found is None else found[2]


def relative_days_in(
    text: str, known: PartialDate | None, *, ahead: bool = False
) -> Iterator[tuple[int, int, PartialDate]]:
    """Each day told in part as (start, end, the day meant), in the order of the text; nothing without a known day."""
    if known is None:
        return
    for found in _pattern().finditer(text):
        day = _day(found, known, ahead)
        if day is not None:
            yield found.start(), found.end(), PartialDate(day.isoformat(), DateBasis.TEXT, known.about)


def with_dateline_day(published: PartialDate | None, opening: str) -> PartialDate | None:
    """A date known to the month or year made exact by a dateline such as "KYIV, Aug 17 (Agency) —".

    Args:
        opening: how the report's first paragraph begins.
    """
    if published is None or published.precision == "day":
        return published
    place = DATELINE.match(opening[:120])
    found = None if place is None else next(relative_days_in(opening[: place.end() + 24], published), None)
    if place is None or found is None or found[0] > place.end():
        return published
    return replace(found[2], about=published.about)


def _day(found: re.Match[str], known: PartialDate, ahead: bool) -> date | None:
    group = found.groupdict()
    if group["near"]:
        return known.earliest + timedelta(_NEAR[group["near"].lower()]) if known.precision == "day" else None
    if group["weekday"]:
        if known.precision != "day":
            return None
        steps = (_WEEKDAYS.index(group["weekday"].lower()) - known.earliest.weekday()) % 7
        which = (group["which"] or "").lower()
        if which in ("next", "coming"):
            return known.earliest + timedelta(steps or 7)
        if which in ("last", "past"):
            return known.earliest + timedelta(steps - 7)
        return known.earliest + timedelta(steps if ahead or steps == 0 else steps - 7)
    name = group["month_1"] or group["month_2"]
    month, number = month_names().get(name.casefold().rstrip(".")), int(group["day_1"] or group["day_2"])
    if month is None:
        return None
    if known.precision == "day":
        years: tuple[int, ...] = (known.earliest.year - 1, known.earliest.year, known.earliest.year + 1)
    else:
        years = (known.earliest.year,)
    days = [day for year in years if (day := _date(year, month, number)) is not None]
    if known.precision != "day":
        return next((day for day in days if known.earliest <= day <= known.latest), None)
    nearest = min(days, key=lambda day: abs((day - known.earliest).days), default=None)
    return nearest if nearest is not None and abs((nearest - known.earliest).days) <= FARTHEST else None


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


@cache
def _pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, month_names()), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"""\b(?:
            (?P<near>today|tonight|yesterday|tomorrow)\b
          | (?:(?P<which>next|coming|last|past|this)\s+)?(?P<weekday>{"|".join(_WEEKDAYS)})\b
          | (?P<month_1>{months})\.?\s+(?P<day_1>\d{{1,2}})(?:st|nd|rd|th)?(?![\d.:]|,?\s+\d{{4}})
          | (?P<day_2>\d{{1,2}})(?:st|nd|rd|th|\.)?\s+(?:of\s+)?(?P<month_2>{months})(?!\w)(?!\.?,?\s+\d{{4}})
        )""",
        re.IGNORECASE | re.VERBOSE,
    )
