"""Numbers of one matter that independent reports tell differently, whatever they call what is counted.

Two numbers may count one thing where their nouns tell one notion (flats and homes, ships and vessels) or their units are one; they do
where both sentences tell of one act (sold, put out, hurt, cancelled) or share what few sentences have, and much of what stands around.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence

from travaux.analysis.alignment import Token
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.figures_apart import (
    figures_meet,
    is_wished_or_part,
    may_have_grown,
    numbers_told,
    of_two,
    shown,
    told_too,
)
from travaux.analysis.matters import Matter
from travaux.analysis.matters_settled import ACTS, is_pending
from travaux.analysis.moments import moments_in
from travaux.analysis.notions import acts, notions_in, things
from travaux.analysis.one_fact import SAME_TIME, Differs, OneFact
from travaux.analysis.quantities import Quantity, make_a_whole, quantities_agree
from travaux.analysis.timing import Dates, days_apart
from travaux.provenance.telling import stem_of

MUCH, MEASURED, OF_AN_EVENT = 7.5, 8.0, 6.0
"""Score, in nats, of two sentences whose numbers are of one thing: counted, measured (money, shares, time), and where both tell of one
event; chosen on eighteen records and the exercises."""
EVENT = 100.0
"""What is added where both tell of one event."""
ITSELF, RARE = 2.5, 4.0
"""Weight that they share themselves beside what is counted, and from which what is counted is itself rare enough."""
TIMES_AS_MUCH, SHARE_AS_MUCH = 4, 2
"""How many times one number, and one share of a whole, may be the other."""
RIGHT_BEHIND = 2
"""Words between an act and the number that it is done to."""
A_SEASON = 120
"""Days after which what befell people is told with its day."""
NEWS = 3
"""Days between two reports of one meeting."""
SHORT = 8
"""Words up to which an answer counts what its question asks for."""
_PEOPLE = frozenset({"resident"})
_PERSONS = frozenset(
    "household resident worker soldier police prisoner fan protester student teacher nurse doctor patient "
    "passenger refugee farmer".split()
)
# What happens once, so that its number is one whenever it is told.
_EVENTS = frozenset(
    "sell evict dismiss resign hurt kill arrest fire attack clash collapse flood cancel release loss bear".split()
)
_PLAIN = frozenset(
    {
        "per",
        "cent",
        "percent",
        "million",
        "billion",
        "thousand",
        "hundred",
        "hour",
        "dollar",
        "euro",
        "+count",
        "+price",
        "+money",
    }
)
_BEFALLS = frozenset({"hurt", "kill", "arrest", "evict", "dismiss", "resign"})
_INANIMATE = things() - _PERSONS - _PEOPLE
# "put the number of people killed at 31", "the death toll stood at 12", "the number of homes lost was 40"
_NUMBER_OF = re.compile(
    r"\b(?:number of|toll (?:of|in|from)|death toll|count of|toll)(?P<what>(?: [^.;:]+?)??)"
    r" (?:at|is|was|to|stands at|stood at|as|reached|came to)(?: (?:about|around|some|roughly|nearly|least))* ?$",
    re.IGNORECASE,
)
_PLEDGED = re.compile(r"\b(?:pledg|promis|offer|vow)\w*(?: \w+){0,2} [$€£¥]?$", re.IGNORECASE)
_NEWS = frozenset({"+hurt", "+kill", "+arrest", "+fire", "+attack", "+clash"})
_NOW = re.compile(r"\b(?:now|today|currently|at present|still|remain(?:s|ed|ing)?)\b", re.IGNORECASE)
_OF_ANY = frozenset(
    map(stem_of, "page vote seat round session point article chapter line copy flag name word foot cubic".split())
)
_SINCE_THEN = re.compile(r"[^.;,]{0,12}\b(?:after|before|since|from|ago|until)\b", re.IGNORECASE)
_LASTING = {"minute", "day", "month"}


def counts_in(matter: Matter) -> list[tuple[Quantity, frozenset[str]]]:
    """The numbers of a sentence with the notions of what each counts; a short answer counts what its question asks for."""
    told = matter.told
    return [(quantity, _counted(matter, quantity)) for quantity in numbers_told(told.report.text, told.sentence)]


def _counted(matter: Matter, quantity: Quantity) -> frozenset[str]:
    told = matter.told
    found = frozenset(
        notion
        for notion, stems in matter.notions.items()
        if notion in things() and not quantity.unit and stems & set(quantity.counted)
    )
    if not found and not quantity.unit and not quantity.counted:
        number_of = _NUMBER_OF.search(told.report.text, told.sentence.start, quantity.start)
        if number_of is not None:
            nouns = {stem_of(word.lower()) for word in number_of["what"].split()}
            found = frozenset(kind for kind, stems in matter.notions.items() if kind in things() and stems & nouns)
            found = found or (_PEOPLE if matter.notions.keys() & _BEFALLS else found)
    answers = len(told.sentence.tokens) <= SHORT or (not quantity.at and not quantity.counted)
    if not found and not quantity.unit and told.question is not None and answers:
        asked = told.sentences[told.question]
        words = told.report.text[asked.start : asked.end].lower()
        if re.search(r"\bhow (?:many|much)\b", words):
            found = frozenset(notion for notion in notions_in(asked.tokens) if notion in things())
    if quantity.counted and not quantity.unit and not found and matter.notions.keys() & _BEFALLS:
        return _PEOPLE
    return found


def counts_apart(one: Matter, two: Matter, shared: dict[str, float], score: float, dates: Dates) -> Iterator[Differs]:
    """The numbers of two sentences that count one thing and do not agree; the pair that shows most."""
    best: tuple[float, Quantity, Quantity] | None = None
    for first, kinds in counts_in(one):
        for second, others in counts_in(two):
            if not _alike(first, second, kinds, others) or not _differ(first, second):
                continue
            weight = _of_one_thing(one, two, shared, first, second, kinds & others, dates)
            least = MEASURED if first.unit else OF_AN_EVENT if weight > EVENT or _rare(shared, first, second) else MUCH
            if weight and score >= least and (best is None or weight > best[0]):
                best = weight, first, second
    if best is not None:
        _, first, second = best
        values = shown(one.told, first), shown(two.told, second)
        yield Differs(ConflictKind.NUMBER, f"how many: {values[0]}", values, "both tell of one thing", score)


def _rare(shared: dict[str, float], first: Quantity, second: Quantity) -> bool:
    """Whether what both count is told of in few sentences of the record."""
    return any(shared.get(stem, 0.0) >= RARE for stem in ({*first.counted} & {*second.counted}) - _OF_ANY)


def _alike(one: Quantity, two: Quantity, kinds: frozenset[str], others: frozenset[str]) -> bool:
    if one.unit or two.unit:
        return one.unit == two.unit and one.unit != "time"
    if kinds & others:
        return True
    if not (kinds and others) and set(one.counted[:2]) & set(two.counted[:2]):
        return True
    return bool((kinds & _PEOPLE and others & _PERSONS) or (others & _PEOPLE and kinds & _PERSONS))


def _differ(one: Quantity, two: Quantity) -> bool:
    if quantities_agree(one, two) or figures_meet(one, two) or make_a_whole(one, two):
        return False
    most = SHARE_AS_MUCH if one.unit == "percent" else TIMES_AS_MUCH
    return max(one.value, two.value) <= most * min(one.value, two.value)


def _of_one_thing(
    one: Matter,
    two: Matter,
    shared: dict[str, float],
    first: Quantity,
    second: Quantity,
    kinds: frozenset[str],
    dates: Dates,
) -> float:
    """How much shows that two numbers count one thing, in nats; 0 where it is too little."""
    fact = as_fact(one, two)
    counted = {*first.counted, *second.counted, *(f"+{kind}" for kind in kinds)}
    itself = {
        term: weight
        for term, weight in shared.items()
        if (term not in counted | _PLAIN or (term[0] != "+" and weight >= RARE and term not in _OF_ANY))
        and term in one.own
        and term in two.own
    }
    does = {f"+{kind}" for kind in events_of(one, first) & events_of(two, second)} & itself.keys()
    acting = {f"+{kind}" for kind in acts()} | {
        stem for kind in one.notions.keys() & two.notions.keys() & acts() for stem in one.notions[kind]
    }
    if first.unit in _LASTING:
        if not _last_one_meeting(one, two, first, second, dates):
            return 0.0
    elif math.fsum(sorted(itself.values())) < (RARE if first.unit and not does else ITSELF) or not (
        does or any(weight >= ITSELF for term, weight in itself.items() if term not in acting)
    ):
        return 0.0
    if does & _NEWS and _at_two_places(one, two):
        return 0.0
    if any(
        _PLEDGED.search(side.told.report.text, max(0, number.start - 40), number.start)
        for side, number in ((one, first), (two, second))
    ):
        return 0.0
    if _undone(one, two) or of_two(fact, first, second):
        return 0.0
    if any(is_wished_or_part(told, number) for told, number in ((one.told, first), (two.told, second))):
        return 0.0
    if told_too(one.told, second) or told_too(two.told, first) or may_have_grown(fact, first, second, dates):
        return 0.0
    if not _one_time(one, two, first, second, does, dates):
        return 0.0
    return math.fsum(sorted(itself.values())) + (EVENT if does else 0.0) + 1.0


def events_of(matter: Matter, number: Quantity) -> set[str]:
    """What befell or was done to those whom a number counts: the acts whose words go with it and no other number; those of the
    question, where the sentence has none.
    """
    numbers = [one.start for one in numbers_told(matter.told.report.text, matter.told.sentence)]
    found = set()
    for kind in matter.notions.keys() & _EVENTS:
        for token in matter.told.sentence.tokens:
            if token.stem in matter.notions[kind] and number.start == _number_of(matter, token, numbers):
                found.add(kind)
    return found or ({term[1:] for term in matter.own} & _EVENTS - matter.notions.keys())


def _number_of(matter: Matter, act: Token, numbers: Sequence[int]) -> int:
    """The place of the number that an act's word goes with."""
    before = [place for place in numbers if place < act.start]
    behind = [place for place in numbers if place > act.start]
    if behind and len(matter.told.report.text[act.end : behind[0]].split()) <= RIGHT_BEHIND:
        return behind[0]
    return before[-1] if before else behind[0] if behind else -1


def _last_one_meeting(one: Matter, two: Matter, first: Quantity, second: Quantity, dates: Dates) -> bool:
    """Whether two measures of time are how long one meeting took: of one day, both said to have taken so long."""
    for side, number in ((one, first), (two, second)):
        text = side.told.report.text[number.end : side.told.sentence.end]
        if "lasting" not in side.notions or "+meet" not in side.terms or _SINCE_THEN.match(text):
            return False
    if one.days and two.days:
        return bool(one.days & two.days)
    apart = days_apart(dates.get(one.told.report.id), dates.get(two.told.report.id))
    return apart is not None and apart <= NEWS


def _at_two_places(one: Matter, two: Matter) -> bool:
    """Whether both sentences, or those right before them, name a place of which the other's report has never heard."""
    return bool(one.names_before - two.told.known_to_report and two.names_before - one.told.known_to_report)


def _undone(one: Matter, two: Matter) -> bool:
    """Whether one sentence counts those who did and the other those who did not."""
    return any(
        is_pending(one, kind) != is_pending(two, kind) for kind in one.notions.keys() & two.notions.keys() & ACTS
    )


def _one_time(one: Matter, two: Matter, first: Quantity, second: Quantity, does: set[str], dates: Dates) -> bool:
    """Whether two sentences may tell of one time: by the days they name; what happened once has one, whenever it is told. What is so
    "now" or "still" is told of the time of its report.
    """
    apart = days_apart(dates.get(one.told.report.id), dates.get(two.told.report.id))
    together = apart is not None and apart <= SAME_TIME
    if not together and (_is_now(one, first) or _is_now(two, second)):
        return False
    moments = [
        moments_in(side.told.report.text, side.told.sentence.start, side.told.sentence.end, side.base)
        for side in (one, two)
    ]
    if moments[0] and moments[1]:
        return any(a.first <= b.last and b.first <= a.last for a in moments[0] for b in moments[1])
    named = any(one.told.weights.get(name, 0.0) >= RARE for name in one.names & two.names)
    if does & _NEWS and not named:
        for told, other in ((moments[0], two), (moments[1], one)):
            if told and other.base is not None and (other.base - max(one.last for one in told)).days > A_SEASON:
                return False
    return together or bool(does)


def _is_now(matter: Matter, number: Quantity) -> bool:
    """Whether a number is told of the time of its report, by the words of its clause."""
    text, sentence = matter.told.report.text, matter.told.sentence
    before = re.split(r"[,;:—–]", text[sentence.start : number.start])[-1]
    return _NOW.search(before + " " + re.split(r"[,;:—–]", text[number.end : sentence.end])[0]) is not None


def as_fact(one: Matter, two: Matter) -> OneFact:
    """Two sentences as what `conflicts_apart` compares."""
    first, second = one.told, two.told
    own = frozenset(term for term in one.own & two.own if term[0] not in "+@")
    return OneFact(first, second, own, first.names & second.names, first.names_around & second.names_around, 0.0)
