"""Which of two reports is the later one, as far as their dates tell; and which of a family counts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from travaux.model import PartialDate

Dates = Mapping[str, PartialDate | None]
"""Date of publication by report id; a report missing here, or with None, is undated."""

Families = Mapping[str, str]
"""Family by report id; a report missing here is a family of its own."""


def surely_before(one: PartialDate | None, two: PartialDate | None) -> bool:
    """Whether one date is before the other whatever their precision leaves open; an estimate proves nothing."""
    if one is None or two is None or one.about or two.about:
        return False
    return one.latest < two.earliest


def days_apart(one: PartialDate | None, two: PartialDate | None) -> int | None:
    """How many days lie between two dates at the least; None where one of them is unknown."""
    if one is None or two is None:
        return None
    return max((two.earliest - one.latest).days, (one.earliest - two.latest).days, 0)


def first_told(report_id: str, dates: Dates, families: Families) -> PartialDate | None:
    """The date a report's text is told on: that of its family's earliest dated report, since a later copy is no new date."""
    family = families.get(report_id)
    if family is None:
        return dates.get(report_id)
    of_family = [day for other, day in dates.items() if families.get(other) == family and day is not None]
    return min(of_family, key=lambda day: (day.latest, day.value), default=None)


def is_first_of_family(report_id: str, dates: Dates, families: Families) -> bool:
    """Whether a dated report is the earliest dated one of its family."""
    return dates.get(report_id) is not None and dates.get(report_id) == first_told(report_id, dates, families)


def span_of(day: str) -> tuple[date, date]:
    """First and last day that an ISO date to the day, month or year may mean, or two joined by ``/``."""
    first, _, last = day.partition("/")
    return _bounds(first)[0], _bounds(last or first)[1]


def days_meet(one: str, two: str, slack: int = 0) -> bool:
    """Whether two times have a day in common, or lie no more than `slack` days apart."""
    first, second = span_of(one), span_of(two)
    reach = timedelta(days=slack)
    return first[0] <= second[1] + reach and second[0] <= first[1] + reach


def _bounds(day: str) -> tuple[date, date]:
    if len(day) == 10:
        exact = date.fromisoformat(day)
        return exact, exact
    year = int(day[:4])
    if len(day) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(day[5:7])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
