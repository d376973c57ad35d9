"""The days of a live blog that runs for several: what stands under "THURSDAY 4 OCTOBER" is told as of that day.

"Today" and "on Friday" count from there, and what lay ahead then lies ahead, whatever day the page was last changed on.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from travaux.model import DateBasis, PartialDate, Report
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, base_day, day_meant, time_words
from travaux.reading.happenings.masthead import scene_of

LONGEST = 45
"""Characters of a line that is nothing but a day."""
FARTHEST = timedelta(days=21)
"""How far the days of one blog lie from that on which it was published."""
_CALENDAR_AND_MARKS = re.compile(rf"\b(?:{'|'.join((*WEEKDAYS, *MONTHS))})\b|[\W_]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class EntryDays:
    """The report as of the day that each of its headings names, in order of where they begin; empty where none does."""

    starts: Sequence[int]
    reports: Sequence[Report]

    def as_of(self, start: int, report: Report) -> Report:
        """The report as it was told at a code point."""
        at = bisect_right(self.starts, start)
        return self.reports[at - 1] if at else report


def entry_days_of(report: Report) -> EntryDays:
    """The days that the headings of a live blog name; none in any other report, and where its own day is unknown."""
    base = base_day(report)
    scene = scene_of(report) if base is not None else None
    if base is None or scene is None or not scene.on_the_spot or scene.recorded:
        return EntryDays((), ())
    found = []
    for block in report.blocks:
        if block.end - block.start > LONGEST:
            continue
        day = _day_alone(report.text, block.start, block.end, base)
        if day is not None and abs(day - base) <= FARTHEST:
            found.append((block.start, day))
    days = [day for _, day in found]
    if len(set(days)) < 2:
        return EntryDays((), ())
    told = [replace(report, published=PartialDate(day.isoformat(), DateBasis.PAGE)) for day in days]
    return EntryDays([start for start, _ in found], told)


def _day_alone(text: str, start: int, end: int, base: date) -> date | None:
    """The day that a line names which names nothing else."""
    words = [one for one in time_words(text, start, end) if one.kind in {"full", "day"}]
    if len(words) != 1 or _CALENDAR_AND_MARKS.sub("", text[start : words[0].start] + text[words[0].end : end]):
        return None
    meant = day_meant(words[0], base, ahead=False)
    return date.fromisoformat(meant) if meant is not None and len(meant) == len("2024-10-04") else None
