"""Conflicts between a report and its own copy or rewording: what one of a family tells otherwise than another in the same place.

Only members of one family are laid beside each other. In a large family all are held against the longest, which most likely has
what the others took; so time grows with the number of reports.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import combinations

from travaux.analysis.alignment import Beside, laid_beside
from travaux.analysis.conflict import Conflict, Passage, Side, conflict_of_passages
from travaux.analysis.said_offices import offices_otherwise
from travaux.analysis.scales_in_copies import states_otherwise
from travaux.analysis.timing import Dates, Families, surely_before
from travaux.analysis.told_otherwise import Difference, days_otherwise, moments_otherwise, numbers_otherwise
from travaux.analysis.turned_claims import claims_otherwise
from travaux.analysis.wanted_by import wanted_otherwise
from travaux.model import Report, Statement
from travaux.reading.happenings.days import time_words

ALL_PAIRS = 6
"""Members of a family up to which each is laid beside each."""


def beside_in_families(reports: Iterable[Report], families: Families) -> list[Beside]:
    """The reports of each family laid beside each other.

    Args:
        reports: with their texts, at least those of families. families: family by report id.
    """
    members: dict[str, list[Report]] = defaultdict(list)
    for report in sorted(reports, key=lambda report: (report.name, report.id)):
        family = families.get(report.id)
        if family is not None:
            members[family].append(report)
    return [laid_beside(one, two) for _, group in sorted(members.items()) for one, two in _pairs(group)]


def _pairs(group: Sequence[Report]) -> Iterator[tuple[Report, Report]]:
    if len(group) <= ALL_PAIRS:
        yield from combinations(group, 2)
        return
    longest = max(group, key=lambda report: (len(report.text), report.name))
    yield from ((longest, report) for report in group if report is not longest)


def conflicts_of_copies(besides: Iterable[Beside], statements: Sequence[Statement], dates: Dates) -> list[Conflict]:
    """What members of families tell differently, a conflict each.

    Args:
        besides: as `beside_in_families` gives them. statements: as they count; a claim that one of them rests on is about a
            position. dates: date of publication by report id.
    """
    held: dict[str, list[Statement]] = defaultdict(list)
    for one in statements:
        held[one.report_id].append(one)
    found: dict[str, Conflict] = {}
    for beside in besides:
        for told in (numbers_otherwise, days_otherwise, moments_otherwise, offices_otherwise, _told_otherwise):
            for difference in told(beside):
                if _goes_on(beside, difference, dates):
                    continue
                conflict = _conflict(beside, difference, held)
                found.setdefault(conflict.id, conflict)
    return list(found.values())


def _told_otherwise(beside: Beside) -> Iterator[Difference]:
    """Claims turned round, then states that exclude each other where not both sentences have been used by a turned claim."""
    by_state = {one.sentences: one for one in states_otherwise(beside)}
    used: set[tuple[int, int]] = set()
    for one in claims_otherwise(beside):
        used |= set(enumerate(one.sentences))
        state = by_state.get(one.sentences)
        yield replace(one, kind=state.kind, of_will=True) if state is not None and state.of_will else one
    for one in by_state.values():
        if not set(enumerate(one.sentences)) <= used:
            used |= set(enumerate(one.sentences))
            yield one
    yield from (one for one in wanted_otherwise(beside) if not set(enumerate(one.sentences)) <= used)


def _goes_on(beside: Beside, difference: Difference, dates: Dates) -> bool:
    """Whether a later report tells the same of a later day: the story went on, and its figures with it."""
    days = dates.get(beside.first.id), dates.get(beside.second.id)
    if not difference.moves or not (surely_before(*days) or surely_before(days[1], days[0])):
        return False
    named = []
    for report, side, place in zip((beside.first, beside.second), beside.sentences, difference.sentences, strict=True):
        words = time_words(report.text, side[place].start, side[place].end)
        named.append({tuple(sorted(one.parts.items())) for one in words if one.kind in {"weekday", "today", "day"}})
    return bool(named[0] and named[1]) and named[0] != named[1]


def _conflict(beside: Beside, difference: Difference, held: dict[str, list[Statement]]) -> Conflict:
    sides = []
    for report, sentences, place, value in zip(
        (beside.first, beside.second), beside.sentences, difference.sentences, difference.values, strict=True
    ):
        sentence = sentences[place]
        quote = report.text[sentence.start : sentence.end]
        sides.append(Side(value, (Passage(report.name, report.id, sentence.start, sentence.end, quote),)))
    return conflict_of_passages(
        difference.kind, difference.about, sides, difference.why, held, difference.whom, of_will=difference.of_will
    )
