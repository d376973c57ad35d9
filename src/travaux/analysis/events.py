"""Meetings and incidents merged across reports: one event, with each report's version of it.

Two meetings are of one event where nothing in them disagrees that could not (who, where, when, by telephone or not) and what they
share makes one likelier than two, see `odds_of_one_meeting`; two incidents where place, or day and words, tie them.
What they tell differently stays
with the version; `travaux.analysis.conflicts` says where two versions cannot both be right.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache

from travaux.analysis.timing import Dates, Families, days_apart, days_meet, span_of, surely_before
from travaux.happening import ONE_DAY, Figure, Happening, HappeningKind, Status, number_of
from travaux.model import PartialDate, content_id

# A meeting told without a day is one with another told so only where the reports are no further apart.
SAME_TIME = 45
_APART, _SHARED, _CROSSED, _NOBODY = -2.0, 1.25, -2.5, -4.0
_PLACE, _DAY, _MONTH, _NUMBER, _FORM, _COPIED = 2.25, 2.5, 1.0, 4.0, 0.5, 4.0
"""Log odds of `odds_of_one_meeting`, by the records under tests/quality."""
_LEAST_WORDS, _MOST = 6, 0.8
_COMMON = set("after before about other their there where which while people police report reporte monday near".split())
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
    groups = _Groups(dates)
    for one in sorted(told, key=lambda one: _order(one, dates)):
        place = (one.place or "").casefold()
        fitting = [
            group for group in groups.near(one) if group.may_take(one, place) and _fits(group.versions, one, dates)
        ]
        groups.put(one, max(fitting, key=lambda group: _likeness(group, one)) if fitting else None)
    told_of = [group.versions for group in groups.all if _stands_alone(group.versions)]
    events = [_event(versions, dates, families or {}) for versions in told_of]
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
    if one.kind is HappeningKind.MEETING:
        yield f"told {_longest_words(one.quote)}"  # a copy may have lost who it was by its dateline
    yield from (f"where {word}" for word in (one.place or "").casefold().replace(",", " ").split())
    if one.kind is HappeningKind.MEETING and (counted := number_of(one.what)) is not None:
        yield f"which {counted[0]} {counted[1]}"
    if one.kind is HappeningKind.INCIDENT and one.day:
        yield f"when {one.day[:4]} {one.form}"
        yield f"when {one.day}"


class _Group:
    """Happenings of one event, with what of them all decides whether another may be of it too.

    Attributes:
        number: its place among the groups; last: date of the latest report so far.
        names: of all who take part; places: as compared; has_day: whether a version gives a day.
        counted: which of a series of rounds, sessions or meetings the versions make it.
    """

    def __init__(self, number: int):
        self.number = number
        self.versions: list[Happening] = []
        self.last: PartialDate | None = None
        self.names: set[str] = set()
        self.places: set[str] = set()
        self.ties: set[str] = set()
        self.counted: set[tuple[int, str]] = set()
        self.has_day = False

    def add(self, one: Happening, day: PartialDate | None) -> None:
        self.versions.append(one)
        self.last = day
        self.names.update(one.participants)
        self.ties.update(_ties(one))
        self.has_day = self.has_day or bool(one.day)
        counted = number_of(one.what) if one.kind is HappeningKind.MEETING else None
        self.counted |= {counted} if counted is not None else set()
        if one.place:
            self.places.add(one.place.casefold())

    def may_take(self, one: Happening, place: str) -> bool:
        """What `_fits` needs at the least, asked of the group as a whole, which spares comparing every version.

        Args:
            place: of the happening, as compared; empty where it tells none.
        """
        if place and self.places:
            return all(known in place or place in known for known in self.places)
        if one.day and self.has_day:
            return True
        if one.kind is HappeningKind.MEETING and number_of(one.what) in self.counted:
            return True
        if one.kind is not HappeningKind.MEETING:
            return False
        shared = self.names.intersection(one.participants)
        return len(shared) >= 2 or any(_is_copied(known, one) for known in self.versions)


class _Groups:
    """The groups so far, found by what could tie a happening to them, so that few are compared.

    Happenings come by the date of their reports, so that of each tie the groups that were added to last stand last.
    """

    def __init__(self, dates: Dates):
        self.all: list[_Group] = []
        self._dates = dates
        self._recent: dict[str, dict[int, None]] = defaultdict(dict)
        self._by_month: dict[tuple[str, str], set[int]] = defaultdict(set)

    def near(self, one: Happening) -> list[_Group]:
        """The groups that share a tie and may be of the same time, in the order they were begun.

        A group whose last report is too long ago can be tied by the day alone, and then by that of all its versions.
        """
        day = self._dates.get(one.report_id)
        earliest = None if day is None else day.earliest - timedelta(days=2 * SAME_TIME)
        found: set[int] = set()
        for tie in _ties(one):
            for number in reversed(self._recent.get(tie, {})):
                last = self.all[number].last
                if earliest is not None and last is not None and last.latest < earliest:
                    break
                found.add(number)
            for month in _months(one.day):
                found |= self._by_month.get((tie, month), set())
        return [self.all[number] for number in sorted(found)]

    def put(self, one: Happening, group: _Group | None) -> None:
        """Add a happening to a group, or to a new one."""
        if group is None:
            group = _Group(len(self.all))
            self.all.append(group)
        group.add(one, self._dates.get(one.report_id))
        for tie in group.ties:
            recent = self._recent[tie]
            recent.pop(group.number, None)
            recent[group.number] = None
        for tie in _ties(one):
            for month in _months(group.versions[0].day):
                self._by_month[tie, month].add(group.number)


def _months(day: str | None) -> list[str]:
    """The months that a day, month or year, or a stretch of them, may mean."""
    if day is None:
        return []
    first, last = span_of(day)
    months = range(12 * first.year + first.month - 1, 12 * last.year + last.month)
    return [f"{month // 12}-{month % 12 + 1}" for month in months]


def _fits(group: Sequence[Happening], one: Happening, dates: Dates) -> bool:
    return any(is_same_event(known, one, dates) for known in group) and all(
        _places_fit(known, one) and _time_fits(known, one, dates) and _numbers_fit(known, one) for known in group
    )


def _numbers_fit(one: Happening, two: Happening) -> bool:
    """Whether two meetings may be one by which of a series they are: the second round is not the third."""
    if one.kind is HappeningKind.INCIDENT:
        return True
    first, second = number_of(one.what), number_of(two.what)
    return first is None or second is None or first == second or first[1] != second[1]


def _likeness(group: _Group, one: Happening) -> tuple[int, bool, bool]:
    return (
        len(group.names.intersection(one.participants)),
        any(places_agree(known.place, one.place) for known in group.versions),
        any(known.status is one.status for known in group.versions),
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
    met = one.kind is HappeningKind.INCIDENT or bool(set(one.participants) & set(two.participants))
    return bool(one.place and two.place) and met and apart <= 2 * SAME_TIME


def _same_meeting(one: Happening, two: Happening, dates: Dates) -> bool:
    if ("call" in (one.form, two.form)) and one.form != two.form:
        return False
    if not _statuses_fit(one, two, dates):
        return False
    return odds_of_one_meeting(one, two) > 0


def odds_of_one_meeting(one: Happening, two: Happening) -> float:
    """The log odds that two tellings, which nothing keeps apart, are of one meeting.

    What they share speaks for it by as much as it is rarer between two meetings of a negotiation than within one: the number of the
    round most, then the day, the place, and who took part. Two that each had somebody whom the other had not speak against it.
    """
    first, second = set(one.participants), set(two.participants)
    shared, copied = first & second, _is_copied(one, two)
    odds = _APART + _SHARED * min(len(shared), 3)
    if shared:
        crossed = _CROSSED if first - shared and second - shared else 0.0
        odds += 2 * crossed if len(first) == len(second) == 2 else crossed  # "A met B", "A met C"
    elif one.parties and two.parties and not copied:
        # Groups that no party's name stands with ("ministers", "the governors") may be called otherwise by another report.
        odds += _NOBODY
    if places_agree(one.place, two.place):
        odds += _PLACE
    if one.day and two.day and days_meet(one.day, two.day):
        odds += _DAY if ONE_DAY == len(one.day) == len(two.day) else _MONTH
    counted = number_of(one.what)
    if counted is not None and counted == number_of(two.what):
        odds += _NUMBER
    if one.form == two.form:
        odds += _FORM
    return odds + (_COPIED if copied else 0.0)


def _is_copied(one: Happening, two: Happening) -> bool:
    """Whether the passage of one report holds nearly all the words of another's: reports print each other's sentences."""
    if one.report_id == two.report_id:
        return False
    first, second = sorted((_all_words(one.quote), _all_words(two.quote)), key=len)
    return len(first) >= _LEAST_WORDS and len(first & second) >= _MOST * len(first)


@lru_cache(maxsize=4096)
def _all_words(quote: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", quote.casefold()))


@lru_cache(maxsize=4096)
def _longest_words(quote: str) -> str:
    """The five longest words of a passage, in the order of the alphabet."""
    return " ".join(sorted(sorted(_all_words(quote), key=lambda word: (-len(word), word))[:5]))


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
    place = places_agree(one.place, two.place)
    day = bool(one.day and two.day) and days_meet(one.day or "", two.day or "")
    alike = len(_words(one) & _words(two))
    if not (one.form == two.form or {one.form, two.form} <= _VIOLENT):
        # Two reports may take another of its sides for what it was, "came down", "crashed". Then day and words must be one.
        exact = one.day == two.day and len(one.day or "") == ONE_DAY
        return exact and (alike > 0 if place else alike > 2 and not (one.place and two.place))
    if place:
        return True
    alike += 3 * bool(set(one.what.casefold().split()) & set(two.what.casefold().split()))
    return day and alike > 2 and one.form == two.form and not (one.place and two.place)


def _words(one: Happening) -> set[str]:
    """The longer words of what tells a happening, by their beginnings, without names and the calendar's words."""
    return {word[:6] for word in re.findall(r"(?<![\w'’])[a-z]{5,}", one.quote)} - _COMMON


def _stands_alone(group: Sequence[Happening]) -> bool:
    """Whether a group says enough: a meeting needs somebody who takes part, a place, its number, or the report's own heading for it.

    What all versions deny is none.
    """
    if group[0].kind is HappeningKind.INCIDENT:
        return True
    if all(one.denied for one in group):
        return False
    named = {"summit", "conference", "talks"}
    return any(one.participants or one.place or one.form in named or number_of(one.what) for one in group)


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
