"""Dates with their precision and basis. A date of retrieval, a file's time and today never become a date of a report.

Only full dates count in running text, and only in a byline or dateline at the top: dates further down are background.
Numeric dates that could be read two ways (05/06/2023) are no dates.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from functools import cache
from importlib.resources import files

from travaux.model import Block, BlockKind, DateBasis, PartialDate

EARLIEST_YEAR = 1990
"""The web has no older pages; an older date on one is a template's default (1970-01-01) or a mistake."""

LINES_AT_THE_TOP = 12
"""How many blocks a byline or dateline may stand below the beginning."""

_YEAR = re.compile(r"\d{4}")
_URL_DAY = re.compile(r"(?<!\d)(\d{4})[/_-](\d{1,2})[/_-](\d{1,2})(?!\d)")
_URL_NAMED_DAY = re.compile(r"/(\d{4})/([a-z]{3,9})/(\d{1,2})(?!\d)", re.IGNORECASE)
_URL_SOLID_DAY = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])([0-2]\d|3[01])(?!\d)")
_URL_MONTH = re.compile(r"/((?:19|20)\d{2})/(0[1-9]|1[0-2])(?=/|$)")
_UPDATED = re.compile(
    r"\b(?:updated|modified|revised|corrected|aktualisiert|mis à jour|actualizado|aggiornato|обновлено|оновлено)\b",
    re.IGNORECASE,
)
# "ISTANBUL/KYIV, " or "MOSCOW - " before the date: a place in capitals at the head of a paragraph.
DATELINE = re.compile(r"[A-ZÀ-ÞА-Я][A-ZÀ-ÞА-Я .'’/-]{2,40}(?: \([^()]{2,30}\))?[,.:]? *[-–—]? *")


@cache
def month_names() -> dict[str, int]:
    """Names and short forms of the months in the languages of ``months.toml``, lower case, to 1…12."""
    data = tomllib.loads(files("travaux.intake").joinpath("months.toml").read_text(encoding="utf-8"))
    return {name: int(number) for number, names in data["months"].items() for name in names.split()}


def plausible(value: str, basis: DateBasis, *, today: date | None = None) -> PartialDate | None:
    """The date, unless it is malformed, before 1990 or in the future.

    Args:
        value: ``2025-08-18``, ``2025-08`` or ``2025``.
        today: what counts as future lies more than a day after it (time zones); the system's day by default.
    """
    try:
        found = PartialDate(value, basis)
    except ValueError:
        return None
    limit = (today or date.today()) + timedelta(days=1)
    return found if found.earliest.year >= EARLIEST_YEAR and found.earliest <= limit else None


def date_in_url(url: str | None, *, today: date | None = None) -> PartialDate | None:
    """The date in the path of an address, to the day or the month, or None."""
    if not url:
        return None
    path = re.sub(r"^[a-z]+://[^/]*|[?#].*$", "", url)
    values = [f"{year}-{int(month):02}-{int(day):02}" for year, month, day in _URL_DAY.findall(path)]
    for year, name, day in _URL_NAMED_DAY.findall(path):
        if (month := month_names().get(name.casefold())) is not None:
            values.append(f"{year}-{month:02}-{int(day):02}")
    values += ["-".join(parts) for parts in _URL_SOLID_DAY.findall(path)]
    values += ["-".join(parts) for parts in _URL_MONTH.findall(path)]
    found = (plausible(value, DateBasis.URL, today=today) for value in values)
    return next((item for item in found if item is not None), None)


def dates_in(text: str) -> Iterator[tuple[int, int, str]]:
    """Each unambiguous full date in a text as (start, end, ISO date), in the order of the text.

    Read are 2025-08-18, 18 August 2025, August 18, 2025, 18.08.2025, and 18/08/2025 where only one reading is possible.
    """
    if not _YEAR.search(text):
        return
    for found in _date_pattern().finditer(text):
        group = found.groupdict()
        value = None
        if group["iso"]:
            value = group["iso"].replace("/", "-")
        elif group["month_first"]:
            value = _iso(group["year_1"], month_names().get(group["month_first"].casefold()), group["day_1"])
        elif group["month_second"]:
            value = _iso(group["year_2"], month_names().get(group["month_second"].casefold()), group["day_2"])
        elif group["dotted_day"]:
            value = _iso(group["dotted_year"], int(group["dotted_month"]), group["dotted_day"])
        else:
            value = _slashed(int(group["first"]), int(group["second"]), group["slashed_year"])
        if value is not None and _is_day(value):
            yield found.start(), found.end(), value


def machine_date(value: str | None, basis: DateBasis, *, today: date | None = None) -> PartialDate | None:
    """The day in a machine-readable time stamp or a date as pages print it; the day as printed, whatever its zone."""
    found = next(dates_in((value or "")[:200]), None)
    return None if found is None else plausible(found[2], basis, today=today)


def dates_in_layout(
    text: str, blocks: Sequence[Block], *, today: date | None = None
) -> tuple[PartialDate | None, PartialDate | None]:
    """Dates of publication and of update that a byline or dateline at the top of a text gives; None where none does."""
    published: PartialDate | None = None
    updated: PartialDate | None = None
    for block in blocks[:LINES_AT_THE_TOP]:
        if block.kind is BlockKind.BYLINE:
            line = text[block.start : min(block.end, block.start + 400)]
            for start, _, value in dates_in(line):
                found = plausible(value, DateBasis.TEXT, today=today)
                before = line[:start]
                is_update = bool(_UPDATED.search(re.split(r"[|·•;]|\d{4}", before)[-1]))
                if is_update:
                    updated = updated or found
                else:
                    published = published or found
        elif block.kind is BlockKind.PARAGRAPH and published is None:
            published = _dateline(text[block.start : min(block.end, block.start + 120)], today)
    return published, updated


def _dateline(beginning: str, today: date | None) -> PartialDate | None:
    place = DATELINE.match(beginning)
    if place is None:
        return None
    found = next(dates_in(beginning), None)
    # The date must follow the place at once, or it is the paragraph's own.
    return plausible(found[2], DateBasis.TEXT, today=today) if found and found[0] <= place.end() else None


def _slashed(first: int, second: int, year: str) -> str | None:
    if first > 12 or first == second:
        return _iso(year, second, first)
    return _iso(year, first, second) if second > 12 else None


def _iso(year: str, month: int | None, day: int | str) -> str | None:
    return None if month is None else f"{year}-{month:02}-{int(day):02}"


def _is_day(value: str) -> bool:
    try:
        date.fromisoformat(value)
    except ValueError:
        return False
    return True


@cache
def _date_pattern() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, month_names()), key=lambda name: (-len(name), name)))
    return re.compile(
        rf"""(?<![\d.,/-])(?:
            (?P<iso>\d{{4}}([-/])(?:0[1-9]|1[0-2])\2(?:0[1-9]|[12]\d|3[01]))(?!\d)
          | (?P<day_2>\d{{1,2}})(?:st|nd|rd|th|er|[.º°])?\s+(?:(?:de|of)\s+)?(?P<month_second>{months})\.?,?\s+
            (?:(?:de|del)\s+)?(?P<year_2>\d{{4}})(?!\d)
          | (?P<dotted_day>\d{{1,2}})\.\s?(?P<dotted_month>\d{{1,2}})\.\s?(?P<dotted_year>\d{{4}})(?!\.?\d)
          | (?P<first>\d{{1,2}})/(?P<second>\d{{1,2}})/(?P<slashed_year>\d{{4}})(?![\d/])
        ) | \b(?P<month_first>{months})\.?\s+(?P<day_1>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year_1>\d{{4}})(?!\d)
        """,
        re.IGNORECASE | re.VERBOSE,
    )
