"""What independent reports tell otherwise of one fact in figures: numbers of one thing, and the day of what happens once.

Compared is what happened, not what somebody wants: numbers under a demand, an offer or a plan are left out. Where anything keeps two
sentences apart (another name before the number, days that do not meet, a count that may have grown), nothing is said.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from travaux.analysis.alignment import Sentence
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.conflicts_of_facts import TIMES_AS_MUCH
from travaux.analysis.one_fact import COMMON, TELLS, Differs, OneFact, Told, mostly, of_one_time
from travaux.analysis.quantities import Quantity, make_a_whole, quantities_agree, quantities_in, tells_what
from travaux.analysis.timing import Dates, days_apart, span_of, surely_before
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.days import WEEKDAYS, TimeWords, base_day, day_meant, time_words

NEAR_DAYS = 10
"""Days that may lie between two tellings of the day of one thing; what is further apart is most likely another."""
FRESH = 6
"""Days after which a report's bare weekday counts no longer from its publication, where another told the thing before."""
MUCH = 16.0
"""Weight, in nats, that two sentences share themselves where all but the number or day tells of one fact."""
STILL_NEWS = 4
"""Days after which what a report dates is no news of its own any more."""
VERY_RARE = 6.0
"""Weight of a name that hardly any other sentence of the record has."""
SOME = 4.0
"""The same for the rest of a sentence where the thing counted is shared already, or for a name or two."""

# ------------------------------------------------------------------------------------------------- numbers

_WISHED = re.compile(
    r"\b(?:should|would|could|(?-i:may)|might|must|will|shall|if|unless|until|wants?|wanted|wish\w*|ask\w*|demand\w*|call\w* for"
    r"|propos\w*|offer\w*|suggest\w*|request\w*|seek\w*|sought|insist\w*|require\w*|limit\w*|cap|ceiling|floor|target\w*|aim\w*|goal|plan\w*"
    r"|ready|willing|prepared|hope\w*|expect\w*|promis\w*|due|is to|are to|was to|were to|up to|reject\w*|refus\w*|insufficient"
    r"|what [a-z]+ (?:asked|wanted))\b",
    re.IGNORECASE,
)
_PART = frozenset(
    "another further more other these those both all next last first only its their his her remaining same every additional".split()
)
_MEASURED = frozenset(
    map(
        stem_of,
        "tonne tonnes ton tons barrel litre kilometre kilometer mile metre meter hectare acre degree point".split(),
    )
)
_OF_WHAT = re.compile(
    r"(?: [a-z]+){0,2}? (?:of|in) (?:the |its |their |his |her |all |what )*([a-z-]{3,})(?: ([a-z-]{3,}))?"
)
_COUNTED_BY = re.compile(
    r"\b(?:by (?:the|an?|his|her|their|its) \w+(?:['’]s?)? ?(?:count|estimate|reckoning)|by the count of|according to"
    r"|as [\w' ]{3,40} (?:have|has|tell|tells|put|puts|count|counts) it"
    r"|(?:police|organis\w+|organiz\w+|union\w*|ministry|master|sheriff|campaigners|officials?) (?:\w+ )?"
    r"(?:count|put|speak|spoke|said|say|says|counted|estimate)\w*)\b",
    re.IGNORECASE,
)
_GROWS = frozenset(
    map(
        stem_of,
        "dead death body bodies victim casualty injured wounded missing case infection signature tonne ton barrel home house evacuee "
        "refugee round session meeting day week month year dollar euro pound complaint application patient arrest".split(),
    )
)
_SO_FAR = re.compile(
    r"\b(?:so far|to date|by now|until now|up to now|already|has risen|have risen|rose|climbed|grown)\b", re.IGNORECASE
)


@lru_cache(maxsize=20_000)
def numbers_told(text: str, sentence: Sentence) -> tuple[Quantity, ...]:
    return tuple(quantities_in(text, sentence))


def numbers_apart(fact: OneFact, dates: Dates) -> Iterator[Differs]:
    sides = [numbers_told(told.report.text, told.sentence) for told in (fact.first, fact.second)]
    if not all(sides) or not of_one_time(fact, dates):
        return
    best: tuple[float, Quantity, Quantity] | None = None
    for one in sides[0]:
        for two in sides[1]:
            weight = _count_one_thing(fact, one, two, dates)
            if weight > 0 and (best is None or weight > best[0]):
                best = weight, one, two
    if best is not None:
        weight, one, two = best
        values = shown(fact.first, one), shown(fact.second, two)
        yield Differs(ConflictKind.NUMBER, f"how many: {values[0]}", values, "both tell of one thing", weight)


def _count_one_thing(fact: OneFact, one: Quantity, two: Quantity, dates: Dates) -> float:
    """How much shows that two numbers count one thing, in nats; 0 where they may count two, or agree."""
    if quantities_agree(one, two) or figures_meet(one, two) or make_a_whole(one, two) or not _alike(fact, one, two):
        return 0.0
    if max(one.value, two.value) > TIMES_AS_MUCH * min(one.value, two.value):
        return 0.0
    if any(is_wished_or_part(told, quantity) for told, quantity in ((fact.first, one), (fact.second, two))):
        return 0.0
    if {"now", "alreadi"} & {*one.counted, *two.counted}:
        return 0.0
    if told_too(fact.first, two) or told_too(fact.second, one) or of_two(fact, one, two):
        return 0.0
    if may_have_grown(fact, one, two, dates):
        return 0.0
    counted = frozenset(one.counted) & frozenset(two.counted)
    if one.unit or counted & _MEASURED:
        named = fact.names and fact.weighs(fact.own) >= MUCH
        return fact.weighs(fact.own) if named and len(fact.own) > 2 and mostly(fact) else 0.0
    if not (tells_what(one) and tells_what(two)):
        return 0.0
    apart = fact.first.names - fact.second.known_to_report and fact.second.names - fact.first.known_to_report
    known = (
        fact.names_near
        if apart
        else fact.names_near | {mark for mark in fact.own if mark[-1].isdigit() and "~turnout" in fact.own}
    )
    if not any(fact.first.weights[name] >= (TELLS if name in fact.names_near else COMMON) for name in known):
        return 0.0
    near = fact.weight - fact.weighs(counted & fact.own)
    about = fact.first.around.keys() & fact.second.around.keys() - counted - fact.names_near
    if near < SOME or not any(fact.first.weights[stem] >= COMMON for stem in about):
        return 0.0
    narrowed = [set(quantity.counted) & told.names for quantity, told in ((one, fact.first), (two, fact.second))]
    if (narrowed[0] - fact.second.known_to_report) or (narrowed[1] - fact.first.known_to_report):
        return 0.0  # "1,950 Dutch soldiers" are not those of another
    return fact.weight


_PEOPLE = frozenset(
    map(
        stem_of,
        "men women man woman people persons person victims youths member employee worker staff participant striker".split(),
    )
)
_OF_PEOPLE = {"~hurt", "~turnout"} | frozenset(
    map(
        stem_of,
        "hospital injured injuries hurt wounded killed dead died arrested arrest detained jailed bail treated evacuated".split(),
    )
)


def _alike(fact: OneFact, one: Quantity, two: Quantity) -> bool:
    """Whether two numbers count the same by their nouns; people are told by any of theirs where what befell them is shared."""
    if one.counts_what(two):
        return True
    if one.unit or two.unit or not (one.counted and two.counted):
        return False
    return bool({one.counted[0], two.counted[0]} & _PEOPLE and fact.own & _OF_PEOPLE)


def figures_meet(one: Quantity, two: Quantity) -> bool:
    least = max(one.figure.least or 0.0, two.figure.least or 0.0)
    most = min(*(float("inf") if figure.most is None else figure.most for figure in (one.figure, two.figure)))
    return least <= most


def is_wished_or_part(told: Told, quantity: Quantity) -> bool:
    text = told.report.text
    before = text[told.sentence.start : quantity.start]
    clause = re.split(r"[;:—–]| while | whereas ", before)[-1]
    if _WISHED.search(clause) or re.match(
        r"[^.;,]{0,20}\b(?:will|would|should|must|(?-i:may)|might|could)\b", text[quantity.end : told.sentence.end]
    ):
        return True
    words = re.findall(r"[\w'’-]+", before.lower())[-2:]
    if set(words[-1:]) & _PART or (words[-1:] == ["of"] and set(words[:-1]) & _PART):
        return True
    if words[-1:] == ["the"] and not re.match(
        r"(?: \w+){1,2} (?:that|who|which|in|at|on|of|from)\b", text[quantity.end :]
    ):
        return True
    return (
        re.match(
            r"(?: \w+){0,2} (?:more|others?|fewer|less|later|earlier|ago|old)\b", text[quantity.end : told.sentence.end]
        )
        is not None
    )


def told_too(told: Told, quantity: Quantity) -> bool:
    """Whether a report has a number of the thing as well, in the sentence itself or anywhere by the same noun."""
    for place, sentence in enumerate(told.sentences):
        if not quantity.unit or place == told.place:
            for own in numbers_told(told.report.text, sentence):
                same = own.unit == quantity.unit and quantities_agree(own, quantity)
                if same and (own.unit or own.counts_what(quantity) or (place == told.place and not own.counted)):
                    return True
    return False


def of_two(fact: OneFact, one: Quantity, two: Quantity) -> bool:
    """Whether two numbers are of different things or doers: what stands behind "of", or the name before, is another's."""
    of = [
        found and {stem_of(word) for word in found.groups() if word}
        for told, number in ((fact.first, one), (fact.second, two))
        for found in (_OF_WHAT.match(told.report.text, number.end, told.sentence.end),)
    ]
    if one.unit and of[0] and of[1] and not of[0] & of[1] and "what" not in of[0] | of[1]:
        return True
    names = [_names_before(told, number) for told, number in ((fact.first, one), (fact.second, two))]
    strange = names[0] - fact.second.known_to_report, names[1] - fact.first.known_to_report
    if strange[0] and strange[1]:
        return True  # each is of somebody of whom the other report has never heard
    if names[0] and names[1] and not names[0] & names[1]:
        return not (names[0] & fact.second.names_around or names[1] & fact.first.names_around)
    return False


def _names_before(told: Told, quantity: Quantity) -> set[str]:
    """The stems of the names between the beginning of a sentence and a number."""
    names = set(told.names_at(told.place))
    return {
        token.stem
        for token in told.sentence.tokens[: quantity.at]
        if token.stem in names and told.report.text[token.start].isupper()
    }


def may_have_grown(fact: OneFact, one: Quantity, two: Quantity, dates: Dates) -> bool:
    """Whether a later report may count more because there was more: of the dead, of rounds, of what is told "so far"."""
    days = dates.get(fact.first.report.id), dates.get(fact.second.report.id)
    grown = (surely_before(*days) and two.value > one.value) or (
        surely_before(days[1], days[0]) and one.value > two.value
    )
    if not grown:
        return False
    both = f"{fact.first.text} {fact.second.text}"
    return bool(set(one.counted) & _GROWS or (_SO_FAR.search(both) and not _COUNTED_BY.search(both)))


def shown(told: Told, quantity: Quantity) -> str:
    start = quantity.start - (told.report.text[quantity.start - 1 : quantity.start] in {*"$€£¥"})
    return told.report.text[start : quantity.shown_end]


# ---------------------------------------------------------------------------------------------------- days

_AGAIN = frozenset(
    map(
        stem_of,
        "speak spoke spoken "
        "meet met meeting talk talks session sit sat discuss negotiate visit round plenary vote voted debate speech demonstrate strike "
        "consult write wrote call called telephone telephoned travel play played publish pray lie lay receive".split(),
    )
)
_DENIED = re.compile(r"\b(?:not|never)\b|n['’]t\b", re.IGNORECASE)  # what did not happen has no day
_SAID_ON = re.compile(
    r"\b(?:said|says|told|tells|announced|stated|warned|added|wrote|insisted|declared|confirmed|recalled)\b[^,.;]{0,24}$",
    re.IGNORECASE,
)
_DAYS = {"full", "day", "weekday", "today"}


def days_apart_told(fact: OneFact, dates: Dates) -> Iterator[Differs]:
    named = any(fact.first.weights[name] >= TELLS for name in fact.names)
    common = fact.own - fact.names - fact.names_near
    if (
        not named
        or fact.own & _AGAIN
        or _DENIED.search(fact.first.text)
        or _DENIED.search(fact.second.text)
        or not common
        or (fact.weighs(common) < COMMON and (len(fact.names) > 1 or fact.weighs(fact.names) < VERY_RARE))
        or fact.weighs(fact.own) < 2 * TELLS
    ):
        return
    counts = [numbers_told(one.report.text, one.sentence) for one in (fact.first, fact.second)]
    if any(one.counts_what(two) and not quantities_agree(one, two) for one in counts[0] for two in counts[1]):
        return  # another day and another number of it: most likely another event
    told = [_times(one) for one in (fact.first, fact.second)]
    if len(told[0]) != 1 or len(told[1]) != 1:
        return
    (one,), (two,) = told
    if not _other_day(fact, one, two, dates):
        return
    values = tuple(side.report.text[words.start : words.end] for side, words in ((fact.first, one), (fact.second, two)))
    yield Differs(
        ConflictKind.DATE, f"the day: {values[0]}", (values[0], values[1]), "what happens once has one day", fact.weight
    )


def _times(told: Told) -> list[TimeWords]:
    """The words of time of a sentence that may date what it tells; not those of when it was said."""
    text = told.report.text
    found = time_words(text, told.sentence.start, told.sentence.end)
    found = [words for words in found if not _SAID_ON.search(text[told.sentence.start : words.start])]
    days = [words for words in found if words.kind in {"full", "day", "weekday", "today"}]
    return days if days and all(words.kind in {"bare month", "month", "year", *_DAYS} for words in found) else found


def _other_day(fact: OneFact, one: TimeWords, two: TimeWords, dates: Dates) -> bool:
    bases = base_day(fact.first.report), base_day(fact.second.report)
    kinds = {one.kind, two.kind}
    if kinds - _DAYS:
        return False
    days = [day_meant(words, base, ahead=False) for words, base in zip((one, two), bases, strict=True)]
    apart = days_apart(dates.get(fact.first.report.id), dates.get(fact.second.report.id))
    if "weekday" in kinds and apart is not None and apart > FRESH:
        # The later report's weekday is one of long ago: which, only its name tells.
        later = 1 if surely_before(dates.get(fact.first.report.id), dates.get(fact.second.report.id)) else 0
        words, other = (one, two) if later == 0 else (two, one)
        text = (fact.first, fact.second)[later].report.text
        if words.kind != "weekday" or not re.search(
            r"\b(?:the|a|that|one) $", text[max(0, words.start - 6) : words.start], re.IGNORECASE
        ):
            return False  # "on Friday" is the last one; "on the Friday", "on a Friday" are told of from afar
        day = days[1 - later]
        if day is None or len(day) != 10:
            return False
        return not _weekday_fits(fact, words, other, day)
    if None in days or any(len(day or "") != 10 for day in days):
        return False
    first, second = (span_of(day or "")[0] for day in days)
    fresh = all(
        base is not None and abs((base - day).days) <= STILL_NEWS
        for base, day in zip(bases, (first, second), strict=True)
    )
    if fresh and apart is not None and apart >= abs((first - second).days) - 1 and apart > 1:
        return False  # each tells the news of its day, and the day after is another's
    return 0 < abs((first - second).days) <= NEAR_DAYS and not _into(fact, one, two, (first - second).days)


def _weekday_fits(fact: OneFact, words: TimeWords, other: TimeWords, day: str) -> bool:
    weekday = span_of(day)[0].weekday()
    named = WEEKDAYS.index(words.parts["k"])
    nights = any(
        re.search(r"\bnight\b|\bsmall hours\b|\bovernight\b", told.text, re.IGNORECASE)
        for told in (fact.first, fact.second)
    )
    return named == weekday or (nights and (named - weekday) % 7 in {1, 6})


def _into(fact: OneFact, one: TimeWords, two: TimeWords, apart: int) -> bool:
    """Whether two days that follow each other are one night's: "in the night to Sunday", "late on Saturday" and Sunday."""
    if abs(apart) != 1:
        return False
    return any(
        re.search(r"\b(?:night|overnight|midnight)\b", told.text, re.IGNORECASE) for told in (fact.first, fact.second)
    )
