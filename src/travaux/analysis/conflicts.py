"""Conflicts: reports that cannot both be right, on a position, a number, a day, an office, or how far a thing has got.

One conflict is about one thing and has two sides or more, each with the passages that take it. It explains itself, and the
conflicts stand in the order of how much of the record hangs on each. The kinds, one module each:

1. `conflicts_of_positions`  one party, one option, one time, stances that exclude each other
2. `conflicts_of_facts`      numbers, days and offices
3. `conflicts_of_events`     the killed and injured of an incident; a meeting that is settled and not settled
4. `conflicts_of_offices`    an office that by the agenda is somebody's in one report, and in another is not
5. `conflicts_of_consent`    consent told by one report and denied by another; `people_counted` people of one event, by names in
   reach, and a night in which nothing happened; `times_apart` hours and terms
6. `conflicts_of_copies`     what a copy or rewording tells otherwise than its family in the same place
7. `conflicts_apart`         what two sentences of independent reports tell otherwise of one fact, by what they share; `matters_apart`
   of one matter, by all that they are about
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from travaux.analysis.conflict import Conflict, ConflictKind, Side
from travaux.analysis.conflicts_apart import conflicts_apart
from travaux.analysis.conflicts_of_consent import conflicts_of_consent
from travaux.analysis.conflicts_of_copies import beside_in_families, conflicts_of_copies
from travaux.analysis.conflicts_of_events import conflicts_of_events
from travaux.analysis.conflicts_of_facts import conflicts_of_facts
from travaux.analysis.conflicts_of_offices import conflicts_of_offices, joined
from travaux.analysis.conflicts_of_positions import conflicts_of_positions
from travaux.analysis.events import Event
from travaux.analysis.matters_denied import OUTRIGHT
from travaux.analysis.people_counted import nights_apart, people_apart
from travaux.analysis.times_apart import times_apart
from travaux.analysis.timing import Dates, Families
from travaux.happening import Fact
from travaux.model import Agenda, Report, Statement

_KINDS = list(ConflictKind)


@dataclass(frozen=True, slots=True)
class Material:
    """What conflicts are looked for in.

    Attributes:
        statements: as they count, rejected ones left out.
        events: of all the reports' happenings, without limits of time.
        facts: of all reports.
        reports: with their texts, those of families at least: what their copies tell otherwise is looked for in them.
        agenda: of the record; without it nothing is known of who holds which office.
    """

    statements: Sequence[Statement]
    events: Sequence[Event]
    facts: Sequence[Fact]
    reports: Sequence[Report] = ()
    agenda: Agenda | None = None


def conflicts_in(
    material: Material,
    dates: Dates,
    families: Families | None = None,
    *,
    as_of: date | None = None,
    since: date | None = None,
) -> list[Conflict]:
    """The conflicts of a record, those first on which most hangs.

    Args:
        dates: date of publication by report id. families: family by report id; a conflict inside a family is none between
            its copies, but stands where one of them says something else.
        as_of: only what was published by this day; undated reports are then left out.
        since: only conflicts with a passage published on this day or after.
    """
    own_families = families or {}
    besides = beside_in_families(material.reports, own_families)
    texts = {report.id: report.text for report in material.reports}
    found = [
        *conflicts_of_positions(material.statements, dates, own_families, besides, texts),
        *conflicts_of_offices(material.reports, dates, material.agenda),
        *conflicts_of_facts(material.facts, dates, own_families),
        *conflicts_of_events(material.events, dates),
        *nights_apart(material.facts, material.events, own_families),
    ]
    apart = conflicts_apart(material.reports, dates, own_families, material.statements, material.agenda)
    for means in (
        times_apart(material.facts, own_families),
        [
            one
            for one in conflicts_of_consent(material.statements, material.facts, dates, own_families)
            if not _is_answered(one, apart)
        ],
        people_apart(material.facts, dates, own_families),
        conflicts_of_copies(besides, material.statements, dates),
        apart,
    ):
        found += [one for one in means if not _is_known(one, found)]
    found = joined(found)
    within = [one for conflict in found if (one := _by(conflict, dates, as_of)) is not None]
    recent = [one for one in within if since is None or _is_from(one, dates, since)]
    touched = _Touched(material.statements)
    weighed = [replace(one, weight=_weight(one, touched, own_families)) for one in recent]
    return sorted(weighed, key=lambda one: (-one.weight, _KINDS.index(one.kind), one.about, one.id))


def _is_known(conflict: Conflict, found: Iterable[Conflict]) -> bool:
    """Whether a conflict of the kind with passages of its two sides on two sides has been found by other means.

    Whether somebody consented is one matter, whichever kind it is told as.
    """
    return any(
        (other.kind is conflict.kind or {other.kind, conflict.kind} == {ConflictKind.POSITION, ConflictKind.STATUS})
        and any(
            _meets(conflict.sides[0], first) and _meets(conflict.sides[1], second)
            for first in other.sides
            for second in other.sides
            if first is not second
        )
        for other in found
    )


def _is_answered(consent: Conflict, apart: Iterable[Conflict]) -> bool:
    """Whether consent that is denied outright is denied, by what the sentences share, to another sentence than a conflict has it."""
    return any(
        OUTRIGHT in other.says
        and any(_meets(consent.sides[-1], side) for side in other.sides)
        and not any(_meets(consent.sides[0], side) for side in other.sides)
        for other in apart
    )


def _meets(one: Side, other: Side) -> bool:
    return any(first.meets(second) for first in one.passages for second in other.passages)


def _by(conflict: Conflict, dates: Dates, as_of: date | None) -> Conflict | None:
    """What is left of a conflict where only reports published by a day count; None where one side is left."""
    if as_of is None:
        return conflict
    sides = []
    for side in conflict.sides:
        kept = tuple(one for one in side.passages if _latest(one.report_id, dates, date.max) <= as_of)
        if kept:
            sides.append(replace(side, passages=kept))
    return replace(conflict, sides=tuple(sides)) if len(sides) > 1 else None


def _is_from(conflict: Conflict, dates: Dates, since: date) -> bool:
    passages = [one for side in conflict.sides for one in side.passages]
    return any(_latest(one.report_id, dates, date.min) >= since for one in passages)


def _latest(report_id: str, dates: Dates, unknown: date) -> date:
    day = dates.get(report_id)
    return day.latest if day is not None else unknown


class _Touched:
    """How many statements a conflict touches: those on its options, or those of the person whose office is in doubt."""

    def __init__(self, statements: Iterable[Statement]):
        self._by_position: Counter[tuple[str, str]] = Counter()
        self._by_speaker: Counter[str | None] = Counter()
        for one in statements:
            self._by_position[one.party, one.option] += 1
            self._by_speaker[one.speaker] += 1

    def number(self, conflict: Conflict) -> int:
        if conflict.options:
            cells = {(party, option) for party in conflict.parties for option in conflict.options}
            return sum(self._by_position[cell] for cell in cells)
        return self._by_speaker[conflict.about_whom] if conflict.kind is ConflictKind.ROLE else 0


def _weight(conflict: Conflict, touched: _Touched, families: Families) -> int:
    """How much of the record hangs on a conflict: the statements it touches, and the families that take a side."""
    sides = {families.get(one.report_id, one.report_id) for side in conflict.sides for one in side.passages}
    return len(sides) + touched.number(conflict)
