"""Conflicts on numbers, days, offices and whether a meeting is settled: facts about one thing at one time that do not agree.

Only like is compared with like: the same doer, verb and thing counted, and no word that narrows one and contradicts what
narrows the other. No conflict: a rough number beside an exact one within reach, "more than 100" beside 103, a count that a
later report gives higher, an office beside its shorter form.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from itertools import combinations

from travaux.analysis.conflict import Conflict, ConflictKind, conflict_between, side_of
from travaux.analysis.timing import (
    Dates,
    Families,
    days_apart,
    days_meet,
    pairs_of_one_time,
    span_of,
    surely_before,
    told_dates,
)
from travaux.happening import Fact, FactKind, Figure
from travaux.reading.countries import countries
from travaux.reading.happenings.days import day_meant, time_words
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.hours import HOUR, TERM
from travaux.reading.happenings.next_meetings import Settled
from travaux.reading.happenings.people_counted import PEOPLE, QUIET
from travaux.reading.happenings.services import SERVICE
from travaux.reading.happenings.tallies import AS_ONE, TALLY

SAME_TIME = 14
"""Days that may lie between two reports that count one thing, where they name no time themselves."""

SAME_LIFE = 60
"""Days that may lie between two tellings of one end or beginning; what is further apart is another agreement's."""

SAME_NIGHT = 10
"""Days that may lie between two tellings of the day on which an agreement was reached; what is further apart is another step."""

TIMES_AS_MUCH = 12
"""How many times one number of a thing may be another of it; a price and a sum, or the part and the whole, lie further apart."""

SAME_VOTE = 45
"""Days that may lie between two tellings of one vote; a body that votes on the like again does so at another session."""

NEWS = 3
"""Days after which a meeting that was settled may be open again."""

SAME_OFFICE = 90
"""Days after which somebody may well hold another office."""

_TOPMOST = {"president", "chancellor", "premier", "king"}
# Offices of which one person may well hold two.
_SEVERAL = {"envoy", "ambassador", "negotiator"}
# Words that make a presidency one of a state or of a body of states, which leaves no room for another office.
_OF_STATES = {
    "european",
    "council",
    "commission",
    "parliament",
    "federal",
    "republic",
    "union",
    "state",
    "assembly",
    "senate",
}
_HEADS = (
    "commissioner",
    "secretary",
    "minister",
    "envoy",
    "ambassador",
    "president",
    "chancellor",
    "governor",
    "mayor",
    "king",
    "negotiator",
)
# Words of an office that say nothing about its portfolio.
_PLAIN = set(
    "deputy vice special acting general new chief first prime former ex s u us eu un its his her their press".split()
)


def conflicts_of_facts(facts: Iterable[Fact], dates: Dates, families: Families) -> list[Conflict]:
    """The conflicts on numbers, days and offices."""
    groups: dict[tuple[FactKind, str], list[Fact]] = defaultdict(list)
    for one in sorted(facts, key=lambda one: (one.report, one.start, one.end, one.id)):
        if one.kind in _CONFLICTS and one.subject not in {QUIET, TERM} and not one.subject.startswith((PEOPLE, HOUR)):
            groups[one.kind, one.subject].append(one)
    told = told_dates(dates, families)
    found: list[Conflict] = []
    for (kind, subject), group in sorted(groups.items()):
        found += _CONFLICTS[kind](subject, group, dates, told)
    return found


def figures_agree(one: Figure, two: Figure) -> bool:
    """Whether two figures of one thing can both be right: what they may mean has something in common."""
    least = max(one.least if one.least is not None else 0.0, two.least if two.least is not None else 0.0)
    most = min(one.most if one.most is not None else float("inf"), two.most if two.most is not None else float("inf"))
    return least <= most


def _far_apart(one: Figure, two: Figure) -> bool:
    values = [figure.least if figure.least is not None else figure.most or 0.0 for figure in (one, two)]
    return max(values) > TIMES_AS_MUCH * min(values)


def has_grown(earlier: Figure, later: Figure) -> bool:
    """Whether a later count is the higher one, as counts of the dead and of tonnes shipped become."""
    return (later.least or 0.0) >= (earlier.most if earlier.most is not None else earlier.least or 0.0)


def _numbers(subject: str, group: Sequence[Fact], dates: Dates, told: Dates) -> list[Conflict]:
    if subject == TALLY:
        return _tallies(group, told)

    def disagree(one: Fact, two: Fact) -> bool:
        if one.figure is None or two.figure is None or figures_agree(one.figure, two.figure):
            return False
        if not _qualities_fit(one, two) or not _one_time(one, two, told) or _far_apart(one.figure, two.figure):
            return False
        if _has(one.quote, two.figure) or _has(two.quote, one.figure):
            return False  # one of them tells both, a whole and its part or what was and what is
        days = dates.get(one.report_id), dates.get(two.report_id)
        grown = (surely_before(*days) and has_grown(one.figure, two.figure)) or (
            surely_before(days[1], days[0]) and has_grown(two.figure, one.figure)
        )
        return not grown

    return _paired(
        ConflictKind.NUMBER,
        f"how many: {subject}",
        combinations(group, 2),
        disagree,
        "both count one thing at one time",
    )


def _has(quote: str, figure: Figure) -> bool:
    words = figure.words.split()
    while len(words) > 1 and number_value(words[0]) is None:
        words.pop(0)  # "at least", "some"
    return re.search(rf"(?<![\w.,]){re.escape(' '.join(words))}(?![\w]|[.,]\d)", quote, re.IGNORECASE) is not None


def _tallies(group: Sequence[Fact], told: Dates) -> list[Conflict]:
    """Votes of one body on one thing: one of the two numbers is the same, and more than that of what is told of them."""

    def disagree(one: Fact, two: Fact) -> bool:
        votes = [fact.value.split(" to ") for fact in (one, two)]
        shared = set(one.qualities) & set(two.qualities)
        if AS_ONE in {one.value, two.value}:
            return len(shared) > 1 and votes[0][1] != votes[1][1]
        same = [first == second for first, second in zip(*votes, strict=True)]
        return sum(same) == 1 and bool(shared)

    near = pairs_of_one_time(group, told, SAME_VOTE)
    return _paired(ConflictKind.NUMBER, TALLY, near, disagree, "one vote has one count")


def _meetings(subject: str, group: Sequence[Fact], dates: Dates, told: Dates) -> list[Conflict]:
    """Another meeting that is settled by one report and open by another.

    A later report in which somebody announces it tells news; one that takes it for settled on nobody's word contradicts.
    """

    leave_open = {one.report_id for one in group if one.value == Settled.OPEN}

    def disagree(one: Fact, two: Fact) -> bool:
        if (one.value == Settled.OPEN) == (two.value == Settled.OPEN):
            return False
        still, fixed = (one, two) if one.value == Settled.OPEN else (two, one)
        if fixed.report_id in leave_open:
            return False  # "in November", and the day is still open
        days = told.get(still.report_id), told.get(fixed.report_id)
        if (days[0] is None) != (days[1] is None):
            return False
        if surely_before(*days):
            return fixed.value == Settled.FIXED
        apart = days_apart(*days)
        return apart is None or apart <= NEWS

    near = pairs_of_one_time(group, told, SAME_TIME)
    return _paired(
        ConflictKind.STATUS, "whether another meeting is settled", near, disagree, "it cannot be both at one time"
    )


def _one_time(one: Fact, two: Fact, told: Dates) -> bool:
    if one.day and two.day:
        return days_meet(one.day, two.day)
    apart = days_apart(told.get(one.report_id), told.get(two.report_id))
    return apart is None or apart <= SAME_TIME


def _days(subject: str, group: Sequence[Fact], dates: Dates, told: Dates) -> list[Conflict]:
    def disagree(first: Fact, second: Fact) -> bool:
        one, two = _with_year(first, second, told), _with_year(second, first, told)
        if one.day is None or two.day is None or days_meet(one.day, two.day) or not _qualities_fit(one, two):
            return False
        life = SAME_LIFE if not subject.startswith(("deal reach", "deal adopt")) else SAME_NIGHT
        return subject.endswith(SERVICE) or abs((span_of(one.day)[0] - span_of(two.day)[0]).days) <= life

    return _paired(ConflictKind.DATE, f"the day: {subject}", combinations(group, 2), disagree, "one thing has one day")


def _with_year(fact: Fact, other: Fact, told: Dates) -> Fact:
    """A fact with its day, where an undated report names it without a year: that of its family, or of the other telling."""
    day = told.get(fact.report_id)
    base = day.earliest if day is not None else span_of(other.day)[0] if other.day is not None else None
    if fact.day is not None or base is None:
        return fact
    meant = [day_meant(words, base, ahead=False) for words in time_words(fact.value, 0, len(fact.value))]
    return replace(fact, day=next(iter(meant), None))


def _offices(person: str, group: Sequence[Fact], dates: Dates, told: Dates) -> list[Conflict]:
    def disagree(one: Fact, two: Fact) -> bool:
        days = told.get(one.report_id), told.get(two.report_id)
        if one.former != two.former:
            former, present = (0, 1) if one.former else (1, 0)
            return _same_office(one, two) and not surely_before(days[present], days[former])
        if one.former:
            return False
        return offices_exclude(one.qualities, two.qualities) or _of_two_states(one, two)

    # Whom somebody serves may change with the office; of which state an envoy is does not.
    near = [
        *pairs_of_one_time(group, told, SAME_OFFICE),
        *(pair for pair in combinations(group, 2) if _envoys_of_two_states(*pair)),
    ]
    found = _paired(ConflictKind.ROLE, f"the office of {person}", near, disagree, "nobody holds both at one time")
    return [Conflict(one.id, one.kind, one.about, one.sides, one.says, about_whom=person) for one in found]


def _of_two_states(one: Fact, two: Fact) -> bool:
    """Whether one office is given to somebody of two states: the French ambassador and the German ambassador."""
    heads = _head(one.qualities), _head(two.qualities)
    states = _state_of(one.value), _state_of(two.value)
    return heads[0] is not None and heads[0] == heads[1] and None not in states and states[0] != states[1]


def _envoys_of_two_states(one: Fact, two: Fact) -> bool:
    return _head(one.qualities) in _SEVERAL and _of_two_states(one, two)


def _state_of(office: str) -> str | None:
    """The state whose office it is by the word before it, or behind it: "French ambassador to Madrid", "minister of Chad"."""
    words = re.split(r"\b(?:to|in|for|at|with|on|who|and)\b|,", office)[0]
    found = {
        state
        for name, state in state_names().items()
        if name in words and re.search(rf"(?<![\w-]){re.escape(name)}(?![\w-])", words)
    }
    return found.pop() if len(found) == 1 else None


def offices_exclude(one: Sequence[str], two: Sequence[str]) -> bool:
    """Whether two offices cannot be one person's at one time: two portfolios, two heads of government, or head and minister."""
    if _runs_a_body(one) != _runs_a_body(two) and (_presides(one) or _presides(two)):
        return True
    heads = _head(one), _head(two)
    if None in heads:
        return False
    portfolios = _portfolio(one), _portfolio(two)
    if heads[0] == heads[1]:
        if heads[0] in _TOPMOST or heads[0] in _SEVERAL:
            return False
        return bool(portfolios[0] and portfolios[1]) and not portfolios[0] & portfolios[1]
    topmost = [head in _TOPMOST for head in heads]
    if all(topmost):
        return True
    if not any(topmost):
        return "minister" in heads and "secretary" not in heads and not _shared_field(*portfolios)
    other = 1 if topmost[0] else 0
    if heads[other] == "minister":
        return bool(portfolios[other])
    of_states = heads[1 - other] != "president" or not portfolios[1 - other] or portfolios[1 - other] & _OF_STATES
    return heads[other] in {"negotiator", "ambassador", "envoy"} and bool(of_states)


def _runs_a_body(office: Sequence[str]) -> bool:
    """Whether an office is that of a secretary-general, who serves those whom a president or a chairman leads."""
    return {"secretary", "general"} <= set(office) and not {"deputy", "assistant", "under", "spokesman"} & set(office)


def _presides(office: Sequence[str]) -> bool:
    others = {"deputy", "vice", "spokesman", "adviser", "aide", "envoy", "representative", "secretary"} & set(office)
    return (
        bool({"president", "chairman", "chairwoman", "chair", "chairperson", "minister"} & set(office)) and not others
    )


def _shared_field(one: set[str], two: set[str]) -> bool:
    """Whether a minister and the holder of another office may be one: "the energy minister", "the energy commissioner"."""
    return not (one and two) or bool(one & two)


@cache
def state_names() -> Mapping[str, str]:
    """The names of states and of their people, each with the state."""
    return {
        name: country.name
        for country in countries()
        if country.kind == "state"
        for name in (country.name, *country.people, *country.others)
    }


def _head(office: Sequence[str]) -> str | None:
    if "prime" in office:
        return None if {"deputy", "vice"} & set(office) else "premier"  # a deputy may well have a portfolio
    if "spokesman" in office or "adviser" in office or "aide" in office or "commission" in office:
        return None  # "the Commission's President" and the spokesman of a minister hold neither office
    return next((word for word in _HEADS if word in office), None)


def _portfolio(office: Sequence[str]) -> set[str]:
    """The words of an office that name its field; the reader has left nations out."""
    return {word for word in office if word not in _PLAIN and word not in _HEADS}


def _same_office(one: Fact, two: Fact) -> bool:
    heads = _head(one.qualities), _head(two.qualities)
    if None in heads or heads[0] != heads[1]:
        return False
    first, second = _portfolio(one.qualities), _portfolio(two.qualities)
    return not first or not second or bool(first & second)


def _qualities_fit(one: Fact, two: Fact) -> bool:
    """Whether what narrows one does not contradict what narrows the other: one may say more, both not different things."""
    first, second = set(one.qualities), set(two.qualities)
    return first <= second or second <= first


def _paired(
    kind: ConflictKind, about: str, pairs: Iterable[tuple[Fact, Fact]], disagree: Callable[[Fact, Fact], bool], why: str
) -> list[Conflict]:
    """One conflict from all facts that disagree with another, a side for each value."""
    sides: dict[str, dict[str, Fact]] = defaultdict(dict)
    for one, two in pairs:
        # Two values in one sentence are set side by side on purpose, as shares of two groups are.
        together = (one.report_id, one.start) == (two.report_id, two.start)
        if not together and disagree(one, two):
            for fact in (one, two):
                sides[_value(fact)][fact.id] = fact
    if len(sides) < 2:
        return []
    made = tuple(side_of(value, held.values()) for value, held in sorted(sides.items()))
    says = f"{' / '.join(side.value for side in made)}: {why}."
    return [conflict_between(kind, about, made, says)]


def _value(fact: Fact) -> str:
    if fact.kind is FactKind.DATE:
        return fact.day or fact.value
    if fact.kind is FactKind.ROLE:
        return fact.value if not fact.former or "former" in fact.value.casefold() else f"former {fact.value}"
    return fact.value.casefold()


_CONFLICTS = {
    FactKind.NUMBER: _numbers,
    FactKind.DATE: _days,
    FactKind.ROLE: _offices,
    FactKind.STATUS: _meetings,
}
