"""The hour at which talks ended, and the day on which a term ran out, told otherwise by independent reports."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from travaux.analysis.conflict import Conflict, ConflictKind, conflict_between, side_of
from travaux.analysis.timing import Families, span_of
from travaux.happening import Fact, FactKind
from travaux.reading.happenings.hours import HOUR, TERM

LEAST = 0.7
"""Hours by which two tellings of one end must lie apart; what is less is one clock's word against another's."""
MOST = 9.0
"""Hours beyond which two tellings are of two sessions of a day."""
NEAR = 31
"""Days that may lie between two tellings of the end of one term."""


def times_apart(facts: Iterable[Fact], families: Families) -> list[Conflict]:
    """The conflicts on hours and on the ends of terms, one for each pair of passages of two families."""
    dated = sorted(
        (one for one in facts if one.kind is FactKind.DATE and (one.subject == TERM or one.subject.startswith(HOUR))),
        key=lambda one: (one.report, one.start, one.id),
    )
    found: list[Conflict] = []
    taken: set[str] = set()
    for one, two in combinations(dated, 2):
        if one.subject != two.subject or {one.id, two.id} & taken or one.day is None or two.day is None:
            continue
        if families.get(one.report_id, one.report_id) == families.get(two.report_id, two.report_id):
            continue
        if _terms_differ(one, two) if one.subject == TERM else _hours_differ(one, two):
            taken |= {one.id, two.id}
            sides = [side_of(fact.value, [fact]) for fact in (one, two)]
            about = "the end of a term" if one.subject == TERM else f"the hour: {one.subject.removeprefix(HOUR)}"
            says = f"{one.value} / {two.value}: what happens once has one time."
            found.append(conflict_between(ConflictKind.DATE, about, sides, says))
    return found


def _hours_differ(one: Fact, two: Fact) -> bool:
    if one.figure is None or two.figure is None:
        return False
    days = (span_of(two.day or "")[0] - span_of(one.day or "")[0]).days
    if abs(days) > 1:
        return False
    hours = [{figure.least or 0.0, figure.most or 0.0} for figure in (one.figure, two.figure)]
    # Whose day midnight is, and the night's small hours, is told either way: the nearest reading of both counts.
    apart = min(
        abs((second + 24 * days) - first + shift)
        for first in hours[0]
        for second in hours[1]
        for shift in ((-24, 0, 24) if {24.0, 24.1, 0.1} & (hours[0] | hours[1]) else (0,))
    )
    return LEAST <= apart <= MOST


def _terms_differ(one: Fact, two: Fact) -> bool:
    days = abs((span_of(one.day or "")[0] - span_of(two.day or "")[0]).days)
    if not 0 < days <= NEAR:
        return False
    own = [{word for word in fact.qualities if not word.startswith("near ")} for fact in (one, two)]
    every = [{word.removeprefix("near ") for word in fact.qualities} for fact in (one, two)]
    return bool(own[0] & every[1] or own[1] & every[0])
