"""Which of two reports is the later one, as far as their dates tell; and which of a family counts."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import lru_cache
from typing import Protocol, TypeVar

from travaux.happening import ONE_DAY
from travaux.model import PartialDate

Dates = Mapping[str, PartialDate | None]
"""Date of publication by report id; a report missing here, or with None, is undated."""

Families = Mapping[str, str]
"""Family by report id; a report missing here is a family of its own."""


class InReport(Protocol):
    """What stands in a report."""

    @property
    def report_id(self) -> str:
        """Id of the report."""


Item = TypeVar("Item", bound=InReport)


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


def told_dates(dates: Dates, families: Families) -> dict[str, PartialDate | None]:
    """The date each report's text is told on: that of its family's earliest dated report, since a later copy is no new date."""
    earliest: dict[str, PartialDate] = {}
    for report_id, day in dates.items():
        family = families.get(report_id)
        if family is None or day is None:
            continue
        known = earliest.get(family)
        if known is None or (day.latest, day.value) < (known.latest, known.value):
            earliest[family] = day
    return {
        report_id: day if (family := families.get(report_id)) is None else earliest.get(family)
        for report_id, day in dates.items()
    }


def pairs_of_one_time(items: Iterable[Item], dates: Dates, within: int) -> Iterator[tuple[Item, Item]]:
    """Pairs whose reports are no more than so many days apart, or one of which is undated; near ones alone are looked at.

    Args:
        items: what stands in reports, in the order the pairs are to have as far as dates leave it open.
        within: days that may lie between the two reports at the least.
    """
    dated: list[tuple[PartialDate, Item]] = []
    undated: list[Item] = []
    for item in items:
        day = dates.get(item.report_id)
        if day is None:
            undated.append(item)
        else:
            dated.append((day, item))
    dated.sort(key=lambda pair: pair[0].earliest)
    reach = timedelta(days=within)
    for place, (day, one) in enumerate(dated):
        for other, two in dated[place + 1 :]:
            if other.earliest > day.latest + reach:
                break
            yield one, two
    for place, one in enumerate(undated):
        for _, two in dated:
            yield one, two
        for two in undated[place + 1 :]:
            yield one, two


@lru_cache(maxsize=65_536)
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
    if len(day) == ONE_DAY:
        exact = date.fromisoformat(day)
        return exact, exact
    year = int(day[:4])
    if len(day) == 4:
        return date(year, 1, 1), date(year, 12, 31)
    month = int(day[5:7])
    following = date(year + month // 12, month % 12 + 1, 1)
    return date(year, month, 1), following - timedelta(days=1)
