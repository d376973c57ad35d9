"""Conflicts between reports that know nothing of each other: two sentences tell of one fact (`one_fact`) and not the same of it.

1. numbers of one thing: counts by the noun behind them, and money, shares and durations where the sentences share nearly all else
2. the day of what happens once: found by names and words in common, where each sentence names one day
3. whether something took place: called off in one, told as done in another
4. what is denied in one ("never", "at no time", "not by letter") and told in another; consent above all, in whatever words
5. what is still to be decided in one and decided in the other
6. how many, when, and whether it is done, where they share hardly a word (`matters_apart`); what is denied outright, beside whatever
   tells the same deed (`matters_denied`)

Compared is what happened, not what somebody wants: numbers under a demand, an offer or a plan are left out. Independent reports tell
different things far more often than one thing differently; so where anything keeps two sentences apart (another name before the
number, days that do not meet, a count that may have grown), nothing is said.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from travaux.analysis.claims import any_opposite, opposites
from travaux.analysis.claims_apart import DENIED_AND_TOLD, FRAGMENT, HELD, NOT_BY, OFF, called_off, denied, turned
from travaux.analysis.conflict import Conflict, ConflictKind, Passage, Side, conflict_of_passages
from travaux.analysis.figures_apart import days_apart_told, numbers_apart, numbers_told
from travaux.analysis.matters_apart import matters_apart
from travaux.analysis.one_fact import ANYTHING, Differs, OneFact, Told, named_days, one_fact, pairs_apart, tellings_of
from travaux.analysis.timing import Dates, Families
from travaux.analysis.turned_claims import decisions_in
from travaux.model import Agenda, Report, Statement
from travaux.reading.happenings.days import MONTHS, WEEKDAYS

AT_MOST = 60
"""Reports of a record up to which each is held against each."""


_Place = tuple[str, int, ConflictKind]


def conflicts_apart(
    reports: Sequence[Report],
    dates: Dates,
    families: Families,
    statements: Sequence[Statement] = (),
    agenda: Agenda | None = None,
) -> list[Conflict]:
    """What independent reports tell differently, a conflict each; the best pair of passages of two families stands for a matter.

    Args:
        reports: with their texts. dates, families: date of publication and family by report id.
        statements: as they count; consent that one of them rests on is about a position. agenda: whose options sentences may name.
    """
    held: dict[str, list[Statement]] = defaultdict(list)
    for statement in statements:
        held[statement.report_id].append(statement)
    if len(reports) < 2 or len(reports) > AT_MOST:
        return []
    told = tellings_of(sorted(reports, key=lambda report: (report.name, report.id)))
    found: list[tuple[Differs, OneFact]] = []
    for first, second in pairs_apart(told, families, _tells):
        fact = one_fact(first, second)
        if fact is not None:
            found += [(one, fact) for one in _differences(fact, dates)]
    by_matter = list(matters_apart(told, dates, families, statements, agenda))
    of_matters = {id(one) for one, _ in by_matter}
    found += by_matter
    strictly: set[_Place] = set()
    freely: set[tuple[_Place, str]] = set()
    made = []
    for one, fact in sorted(found, key=lambda each: (-each[0].weight, each[1].first.report.name, each[1].first.place)):
        of = [families.get(side.report.id, side.report.id) for side in (fact.first, fact.second)]
        kind = _STATUS.get(one.kind, one.kind)
        places = [(family, side.place, kind) for family, side in zip(of, (fact.first, fact.second), strict=True)]
        against = set(zip(places, reversed(of), strict=True))
        # A number of one report, and what is of one matter whatever its words, may be told otherwise by two others.
        is_free = one.kind is ConflictKind.NUMBER or id(one) in of_matters
        known = {place for place, _ in freely} if not is_free else strictly
        if known & set(places) or against & freely:
            continue
        freely |= against
        if not is_free:
            strictly |= set(places)
        made.append(_conflict(one, fact, held))
    return made


def _conflict(one: Differs, fact: OneFact, held: Mapping[str, Sequence[Statement]]) -> Conflict:
    sides = [Side(value, (_passage(told),)) for value, told in zip(one.values, (fact.first, fact.second), strict=True)]
    return conflict_of_passages(one.kind, one.about, sides, one.why, held)


def _passage(told: Told) -> Passage:
    """The sentence; where it is no more than the beginning of an answer, with the next one."""
    start, end = told.sentence.start, told.sentence.end
    following = told.sentences[told.place + 1 : told.place + 2]
    if len(told.sentence.tokens) <= FRAGMENT and following and "\n" not in told.report.text[end : following[0].start]:
        end = following[0].end
    return Passage(told.report.name, told.report.id, start, end, told.report.text[start:end])


_STATUS = {ConflictKind.POSITION: ConflictKind.STATUS}  # consent denied is one matter, whichever kind it is told as


def _tells(told: Told) -> frozenset[str]:
    """What a sentence tells that another may tell differently."""
    text = told.text
    found = set()
    if numbers_told(told.report.text, told.sentence):
        found.add("number")
    if any(token.word in _DATED for token in told.sentence.tokens) or named_days(told.report.text, told.sentence):
        found.add("day")
    if any(willed.search(text) for _, willed in DENIED_AND_TOLD):
        found.add("will")
    if NOT_BY.match(text):
        found.add(ANYTHING)
    if OFF.search(text) or HELD.search(text):
        found.add("meeting")
    joined = " ".join(told.sentence.words)
    if any_opposite().search(joined):
        found |= {f"either {number // 2}" for number, (one, _) in enumerate(opposites()) if one.search(joined)}
    if decisions_in(told.report.text, told.sentence):
        found.add("decision")
    return frozenset(found)


_DATED = frozenset((*WEEKDAYS, *MONTHS, "today", "yesterday", "tonight"))


def _differences(fact: OneFact, dates: Dates) -> Iterator[Differs]:
    for told in (numbers_apart, days_apart_told, called_off, denied, turned):
        yield from told(fact, dates)
