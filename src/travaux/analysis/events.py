"""Meetings and incidents merged across reports: one event, with each report's version of it.

Two happenings are of one event where nothing in them disagrees that could not (who, where, when, by telephone or not) and
something ties them: two who took part, or the place, or the day with somebody in common. What they tell differently stays
with the version; `travaux.analysis.conflicts` says where two versions cannot both be right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from travaux.analysis.timing import Dates, Families, days_apart, days_meet, surely_before
from travaux.happening import Figure, Happening, HappeningKind, Status
from travaux.model import content_id

# A meeting told without a day is one with another told so only where the reports are no further apart.
SAME_TIME = 45
_VIOLENT = {"attack", "strike", "explosion", "killing", "launch"}


@dataclass(frozen=True, slots=True)
class Event:
    """A meeting or incident, as all reports together tell it.

    Attributes:
        id: hash of the versions' ids.
        what, form, place, day: of the version that says most; None where no version says it.
        statuses: how far it has got, by the versions in the order of their dates, each status once.
        participants, parties: of all versions.
        figures: what is counted, each wording once.
        claimed_by: whoever the versions name as source.
        versions: by date of the report, undated last.
        reports: names, sorted. families: how many independent families tell of it.
    """

    id: str
    kind: HappeningKind
    what: str
    form: str
    place: str | None
    day: str | None
    statuses: tuple[Status, ...]
    participants: tuple[str, ...]
    parties: tuple[str, ...]
    figures: tuple[Figure, ...]
    claimed_by: tuple[str, ...]
    versions: tuple[Happening, ...]
    reports: tuple[str, ...]
    families: int

    @property
    def status(self) -> Status:
        """How far it has got by the latest report; with undated ones only, the furthest."""
        return self.statuses[-1]


def events_of(
    happenings: Iterable[Happening],
    dates: Dates,
    families: Families | None = None,
    *,
    as_of: date | None = None,
    since: date | None = None,
) -> list[Event]:
    """The events that happenings tell of, by day or date of report, undated ones last.

    Args:
        as_of: the last day a report may have been published; undated reports are then left out.
        since: only events with a version published on this day or after.
    """
    told = [one for one in happenings if as_of is None or _is_by(one, dates, as_of)]
    groups: list[list[Happening]] = []
    by_tie: dict[str, set[int]] = defaultdict(
        set
    )  # groups by what could tie a happening to them, so that few are compared
    for one in sorted(told, key=lambda one: _order(one, dates)):
        near = sorted({number for tie in _ties(one) for number in by_tie[tie]})
        fitting = [
            number for number in near if not _is_past(groups[number], one, dates) and _fits(groups[number], one, dates)
        ]
        if fitting:
            chosen = max(fitting, key=lambda number: _likeness(groups[number], one))
        else:
            chosen = len(groups)
            groups.append([])
        groups[chosen].append(one)
        for tie in _ties(one):
            by_tie[tie].add(chosen)
    events = [_event(group, dates, families or {}) for group in groups if _stands_alone(group)]
    if since is not None:
        events = [event for event in events if any(_is_from(one, dates, since) for one in event.versions)]
    return sorted(events, key=lambda event: _event_order(event, dates))


def is_same_event(one: Happening, two: Happening, dates: Dates) -> bool:
    """Whether two happenings are of one event; see the module."""
    if one.kind is not two.kind or not _time_fits(one, two, dates) or not _places_fit(one, two):
        return False
    return _same_meeting(one, two, dates) if one.kind is HappeningKind.MEETING else _same_incident(one, two)


def places_agree(one: str | None, two: str | None) -> bool:
    """Whether two places are both told and one, or one within the other's name ("Stuttgart", "Stuttgart, Germany")."""
    if not one or not two:
        return False
    first, second = one.casefold(), two.casefold()
    return first in second or second in first


def _ties(one: Happening) -> Iterator[str]:
    """What a happening must share with another to be of one event: a name, a word of the place, or, for incidents, the day."""
    yield from (f"who {name}" for name in one.participants)
    yield from (f"where {word}" for word in (one.place or "").casefold().replace(",", " ").split())
    if one.kind is HappeningKind.INCIDENT and one.day:
        yield f"when {one.day[:4]} {one.form}"


def _is_past(group: Sequence[Happening], one: Happening, dates: Dates) -> bool:
    """Whether the last report of a group is too long ago, which spares comparing every version; a day may tie them still."""
    apart = days_apart(dates.get(group[-1].report_id), dates.get(one.report_id))
    return one.day is None and apart is not None and apart > 2 * SAME_TIME


def _fits(group: Sequence[Happening], one: Happening, dates: Dates) -> bool:
    return any(is_same_event(known, one, dates) for known in group) and all(
        _places_fit(known, one) and _time_fits(known, one, dates) for known in group
    )


def _likeness(group: Sequence[Happening], one: Happening) -> tuple[int, bool, bool]:
    names = {name for known in group for name in known.participants}
    return (
        len(names & set(one.participants)),
        any(places_agree(known.place, one.place) for known in group),
        any(known.status is one.status for known in group),
    )


def _places_fit(one: Happening, two: Happening) -> bool:
    return not (one.place and two.place) or places_agree(one.place, two.place)


def _time_fits(one: Happening, two: Happening, dates: Dates) -> bool:
    if one.day and two.day:
        return days_meet(one.day, two.day)
    apart = days_apart(dates.get(one.report_id), dates.get(two.report_id))
    if apart is None or apart <= SAME_TIME:
        return True
    # What has no place and no day of its own may be of any time: further apart than this nothing shows that it is one.
    return bool(one.place and two.place) and apart <= 2 * SAME_TIME


def _same_meeting(one: Happening, two: Happening, dates: Dates) -> bool:
    if ("call" in (one.form, two.form)) and one.form != two.form:
        return False
    if not _statuses_fit(one, two, dates):
        return False
    first, second = set(one.participants), set(two.participants)
    shared = first & second
    place = places_agree(one.place, two.place)
    day = bool(one.day and two.day) and days_meet(one.day or "", two.day or "")
    if len(shared) >= 2:
        return first <= second or second <= first or place or day
    if shared:
        return place or (day and (first <= second or second <= first))
    return place and not (first and second)


def _statuses_fit(one: Happening, two: Happening, dates: Dates) -> bool:
    """Whether what one says of how far it has got may be said of what the other tells: held after planned, not before."""
    statuses = {one.status, two.status}
    if Status.HELD not in statuses or len(statuses) == 1:
        return True
    held, other = (one, two) if one.status is Status.HELD else (two, one)
    if other.status is Status.CANCELLED:
        return bool(one.day and two.day)
    days = dates.get(held.report_id), dates.get(other.report_id)
    if surely_before(*days):
        return False
    return places_agree(one.place, two.place) or bool(one.day and two.day)


def _same_incident(one: Happening, two: Happening) -> bool:
    related = one.form == two.form or {one.form, two.form} <= _VIOLENT
    if not related:
        return False
    if places_agree(one.place, two.place):
        return True
    words = set(one.what.casefold().split()) & set(two.what.casefold().split())
    return bool(one.day and two.day and words) and one.form == two.form and not (one.place and two.place)


def _stands_alone(group: Sequence[Happening]) -> bool:
    """Whether a group says enough: a meeting needs somebody who takes part, or the report's own heading for it."""
    if group[0].kind is HappeningKind.INCIDENT:
        return True
    return any(one.participants for one in group) or any(one.form in {"summit", "conference", "talks"} for one in group)


def _event(group: Sequence[Happening], dates: Dates, families: Families) -> Event:
    versions = tuple(sorted(group, key=lambda one: _order(one, dates)))
    richest = max(versions, key=lambda one: (len(one.participants), bool(one.place), bool(one.day), one.id))
    day = next(
        (one.day for one in sorted(versions, key=lambda one: -len(one.day or "")) if one.day and "/" not in one.day),
        None,
    )
    return Event(
        id=content_id("event", *sorted(one.id for one in versions)),
        kind=richest.kind,
        what=richest.what,
        form=richest.form,
        place=richest.place or next((one.place for one in versions if one.place), None),
        day=day or next((one.day for one in versions if one.day), None),
        statuses=_statuses(versions),
        participants=tuple(dict.fromkeys(name for one in (richest, *versions) for name in one.participants)),
        parties=tuple(dict.fromkeys(party for one in versions for party in one.parties)),
        figures=_figures(versions),
        claimed_by=tuple(dict.fromkeys(one.claimed_by for one in versions if one.claimed_by)),
        versions=versions,
        reports=tuple(sorted({one.report for one in versions})),
        families=len({families.get(one.report_id, one.report_id) for one in versions}),
    )


def _statuses(versions: Sequence[Happening]) -> tuple[Status, ...]:
    """Each status once, the latest told at the end."""
    latest_last = dict.fromkeys(one.status for one in reversed(versions))
    return tuple(reversed(latest_last))


def _figures(versions: Sequence[Happening]) -> tuple[Figure, ...]:
    unique = {(figure.counted, figure.words.casefold()): figure for one in versions for figure in one.figures}
    return tuple(unique.values())


def _order(one: Happening, dates: Dates) -> tuple[date, str, int, str]:
    day = dates.get(one.report_id)
    return (day.latest if day else date.max, one.report, one.start, one.id)


def _event_order(event: Event, dates: Dates) -> tuple[str, tuple[date, str, int, str]]:
    first = _order(event.versions[0], dates)
    return (event.day or first[0].isoformat(), first)


def _is_by(one: Happening, dates: Dates, as_of: date) -> bool:
    day = dates.get(one.report_id)
    return day is not None and day.latest <= as_of


def _is_from(one: Happening, dates: Dates, since: date) -> bool:
    day = dates.get(one.report_id)
    return day is not None and day.latest >= since
