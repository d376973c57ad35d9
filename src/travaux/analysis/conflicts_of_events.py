"""Conflicts inside an event that several reports, or one report twice, tell of: its figures, and how far it has got.

A count that a later report gives higher is no conflict; nor is a meeting that was proposed, then planned, then held.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from travaux.analysis.conflict import Conflict, ConflictKind, conflict_between, side_of
from travaux.analysis.conflicts_of_facts import figures_agree, has_grown
from travaux.analysis.events import Event
from travaux.analysis.timing import Dates, days_apart, surely_before
from travaux.happening import Figure, Happening, HappeningKind, Status
from travaux.model import DateBasis, PartialDate

STILL_COUNTED = 2
"""Days after what has happened within which a count may still grow."""
SAME_TIME = 30
"""Days within which a meeting cannot be settled by one report and not settled by another."""


def conflicts_of_events(events: Iterable[Event], dates: Dates) -> list[Conflict]:
    """The conflicts inside events."""
    found: list[Conflict] = []
    for event in events:
        found += _counts(event, dates) if event.kind is HappeningKind.INCIDENT else _statuses(event, dates)
    return found


def _counts(event: Event, dates: Dates) -> list[Conflict]:
    """What is counted differently: the killed, the injured, the drones."""
    counted = dict.fromkeys(figure.counted for figure in event.figures)
    return [one for what in counted if (one := _count(event, what, dates)) is not None]


def _count(event: Event, counted: str, dates: Dates) -> Conflict | None:
    told = [(one, figure) for one in event.versions if (figure := one.figure(counted)) is not None]
    sides: dict[str, list[Happening]] = defaultdict(list)
    for place, (one, first) in enumerate(told):
        for two, second in told[place + 1 :]:
            if figures_agree(first, second) or _grew(one, first, two, second, dates):
                continue
            for version, figure in ((one, first), (two, second)):
                if version not in sides[figure.words.casefold()]:
                    sides[figure.words.casefold()].append(version)
    if len(sides) < 2:
        return None
    made = tuple(side_of(value, versions) for value, versions in sorted(sides.items()))
    about = f"how many: {counted}, {_named(event)}"
    says = f"{' / '.join(side.value for side in made)} {counted}: both tell of one event."
    return conflict_between(ConflictKind.NUMBER, about, made, says)


def _grew(one: Happening, first: Figure, two: Happening, second: Figure, dates: Dates) -> bool:
    """Whether the later of two counts is the higher one, and the earlier was made while people were still counting."""
    days = dates.get(one.report_id), dates.get(two.report_id)
    if surely_before(*days):
        return has_grown(first, second) and _is_fresh(one, two, dates)
    return surely_before(days[1], days[0]) and has_grown(second, first) and _is_fresh(two, one, dates)


def _is_fresh(earlier: Happening, later: Happening, dates: Dates) -> bool:
    """Whether a report came out so soon after what it tells of that its count may have grown; so it may where no day is told."""
    published = dates.get(earlier.report_id)
    day = next((one.day for one in (earlier, later) if one.day is not None and len(one.day) == len("2024-06-12")), None)
    if day is None or published is None:
        return True
    apart = days_apart(PartialDate(day, DateBasis.TEXT), published)
    return apart is None or apart <= STILL_COUNTED


def _statuses(event: Event, dates: Dates) -> list[Conflict]:
    """A meeting that is settled by one report and denied by another, or held by one and called off by another."""
    sides: dict[str, list[Happening]] = defaultdict(list)
    for place, one in enumerate(event.versions):
        for two in event.versions[place + 1 :]:
            if _exclude(one, two, dates):
                for version in (one, two):
                    value = "not agreed" if version.denied else str(version.status)
                    if version not in sides[value]:
                        sides[value].append(version)
    if len(sides) < 2:
        return []
    made = tuple(side_of(value, versions) for value, versions in sorted(sides.items()))
    about = f"whether it is settled: {_named(event)}"
    says = f"{' / '.join(side.value for side in made)}: a meeting cannot be both at one time."
    return [conflict_between(ConflictKind.STATUS, about, made, says)]


def _exclude(one: Happening, two: Happening, dates: Dates) -> bool:
    apart = days_apart(dates.get(one.report_id), dates.get(two.report_id))
    if apart is not None and apart > SAME_TIME:
        return False
    if one.denied != two.denied:
        settled = two if one.denied else one
        return settled.status is Status.PLANNED
    return {one.status, two.status} == {Status.HELD, Status.CANCELLED}


def _named(event: Event) -> str:
    who: Sequence[str] = event.participants[:3]
    parts = [event.what, *([f"of {', '.join(who)}"] if who else []), *([f"in {event.place}"] if event.place else [])]
    return " ".join(parts)
