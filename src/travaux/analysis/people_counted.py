"""People of one event whom independent reports count differently, and nights in which nothing happened by one and something by another.

Two counts are of one event where they are of one kind (hurt, killed, seized, on board), their days meet as far as they are told, and
both have a name in reach that few reports of the record have, or a name and the very day. A count that a later report gives higher is
no conflict where it may have grown: that of the dead, and of many.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from itertools import combinations

from travaux.analysis.conflict import Conflict, ConflictKind, conflict_between, side_of
from travaux.analysis.conflicts_of_facts import figures_agree
from travaux.analysis.events import Event
from travaux.analysis.timing import Dates, Families, days_apart, days_meet, surely_before
from travaux.happening import ONE_DAY, Fact, FactKind, Figure, Happening, HappeningKind
from travaux.reading.happenings.people_counted import PEOPLE, QUIET

FEW = 3
"""Families of reports in which a name may stand in reach of what people are counted for, so that it tells one event from others."""
MANY = 10
"""People from which more may be found later."""
LONG = 400
"""Days between two reports beyond which they tell of two events, where neither names a day."""
AT_MOST = 12
"""How many times one count may be another."""


def people_apart(facts: Iterable[Fact], dates: Dates, families: Families) -> list[Conflict]:
    """Counts of people of one event that do not agree, one conflict for two passages of two families."""
    counted = [one for one in facts if one.kind is FactKind.NUMBER and one.subject.startswith(PEOPLE)]
    of = {one.report_id: families.get(one.report_id, one.report_id) for one in counted}
    known: dict[str, set[str]] = defaultdict(set)
    for one in counted:
        for name in one.qualities:
            known[name].add(of[one.report_id])
    rare = {name for name, held in known.items() if len(held) <= FEW}
    found: list[Conflict] = []
    taken: set[str] = set()
    pairs = [
        (_shared(one, two, rare), one, two)
        for one, two in combinations(sorted(counted, key=lambda one: (one.report, one.start, one.id)), 2)
        if one.subject == two.subject and of[one.report_id] != of[two.report_id]
    ]
    for shared, one, two in sorted(pairs, key=lambda pair: -pair[0]):
        if not shared or one.figure is None or two.figure is None or {one.id, two.id} & taken:
            continue
        if not _one_time(one, two, dates) or figures_agree(one.figure, two.figure) or _grew(one, two, dates):
            continue
        if _agrees_elsewhere(one, two, counted) or _far_apart(one.figure, two.figure):
            continue
        taken |= {one.id, two.id}
        what = one.subject.removeprefix(PEOPLE)
        sides = [side_of(fact.value, [fact]) for fact in (one, two)]
        about = f"how many people: {what}"
        says = f"{one.value} / {two.value} {what}: both tell of one event."
        found.append(conflict_between(ConflictKind.NUMBER, about, sides, says))
    return found


def _shared(one: Fact, two: Fact, rare: set[str]) -> int:
    """How much shows that two counts are of one event: names that both have in reach, and the very day; 0 for too little."""
    names = set(one.qualities) & set(two.qualities)
    day = bool(one.day and two.day and len(one.day) == ONE_DAY and one.day == two.day)
    if not names or not (names & rare or day):
        return 0
    return len(names & rare) * 2 + len(names) + 2 * day


def _one_time(one: Fact, two: Fact, dates: Dates) -> bool:
    if one.day and two.day:
        return days_meet(one.day, two.day, 1)
    apart = days_apart(dates.get(one.report_id), dates.get(two.report_id))
    return apart is None or apart <= LONG


def _grew(one: Fact, two: Fact, dates: Dates) -> bool:
    """Whether the later count is the higher one of what may grow."""
    if one.figure is None or two.figure is None:
        return False
    days = dates.get(one.report_id), dates.get(two.report_id)
    first, later = (one.figure, two.figure) if surely_before(*days) else (two.figure, one.figure)
    if not (surely_before(*days) or surely_before(days[1], days[0])):
        return False
    low, high = first.least or 0.0, later.least or 0.0
    grows = one.subject == f"{PEOPLE}killed" or low >= MANY or first.rough or later.rough
    return high > low and grows and first.most != 0


def _far_apart(one: Figure, two: Figure) -> bool:
    """Whether one count is so many times the other that it is of something else; nobody is near to a few."""
    low, high = sorted((one.least or one.most or 0.0, two.least or two.most or 0.0))
    return high > AT_MOST * max(low, 1.0)


def _agrees_elsewhere(one: Fact, two: Fact, counted: Sequence[Fact]) -> bool:
    """Whether a report has the other's count of the same kind as well: it then tells of two events, or of a part."""
    return any(
        own.report_id == fact.report_id and own.subject == fact.subject and own.id != fact.id
        and own.figure is not None and other.figure is not None and figures_agree(own.figure, other.figure)
        and bool(set(own.qualities) & set(other.qualities))
        for fact, other in ((one, two), (two, one))
        for own in counted
    )  # fmt: skip


def nights_apart(facts: Iterable[Fact], events: Iterable[Event], families: Families) -> Iterator[Conflict]:
    """Nights in which nothing happened by one report and something by another."""
    told = [one for event in events if event.kind is HappeningKind.INCIDENT for one in event.versions]
    for quiet in facts:
        if quiet.kind is not FactKind.STATUS or quiet.subject != QUIET or quiet.day is None:
            continue
        fitting = [one for one in told if _contradicts(quiet, one, families)]
        if not fitting:
            continue
        shared = max(len(_words(one.place) & set(quiet.qualities)) for one in fitting)
        fitting = [one for one in fitting if len(_words(one.place) & set(quiet.qualities)) == shared]
        one = fitting[0]
        sides = side_of("nothing happened", [quiet]), side_of(one.what, fitting)
        about = f"whether anything happened: {one.what}" + (f" in {one.place}" if one.place else "")
        says = "nothing happened / " + one.what + ": it cannot be both of one place and night."
        yield conflict_between(ConflictKind.STATUS, about, sides, says)


def _contradicts(quiet: Fact, one: Happening, families: Families) -> bool:
    """Whether an incident falls into a night in which nothing happened, and into no other place than the one that is named."""
    if families.get(one.report_id, one.report_id) == families.get(quiet.report_id, quiet.report_id):
        return False
    if one.day is None or len(one.day) != ONE_DAY or not days_meet(one.day, quiet.day or ""):
        return False
    place = _words(one.place)
    return not (place and quiet.qualities) or bool(place & set(quiet.qualities))


def _words(place: str | None) -> set[str]:
    return {word for word in (place or "").casefold().replace(",", " ").split() if len(word) > 2}
