"""What one of two reports of a family tells otherwise than the other: a number, a day, somebody's office or body, a claim turned.

Compared is what stands in one place of both (`alignment`): a copy or rewording should tell the same. No difference: what one of the
two leaves out, adds, rounds or says in other words, and what the other says elsewhere too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from rapidfuzz.distance import Levenshtein

from travaux.analysis.alignment import Beside, Facing, Sentence
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.moments import SEASONS, moments_in
from travaux.analysis.quantities import Quantity, make_a_whole, quantities_agree, quantities_in, tallied, tells_what
from travaux.analysis.timing import span_of
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, TimeWords, base_day, day_meant, time_words

LIKE, VERY_LIKE, COPIED = 0.15, 0.4, 0.85
"""Likeness from which two sentences tell of one thing; of which a number without its own words is compared too; and from which
one is copied from the other. Chosen on the exercises and the three fresh development records."""
Told = TypeVar("Told")

RETOLD = 0.45
"""Likeness from which the one day that each of two sentences names is that of one thing, weekdays too."""
BYLINE = 14
"""Words of a line without a full stop up to which it is a headline or byline."""
FEW = 2
"""Forms of days (the day, its weekday) in a sentence that names one day only."""
ANY_DAY = date(2000, 7, 1)
"""The day from which months count where neither report has a date: what is compared are two of one year."""
CONTEXT = 6
"""Words around a number or day that say what it is about."""


@dataclass(frozen=True, slots=True)
class Difference:
    """What two reports laid beside each other tell differently.

    Attributes:
        about: what, in words. values: what each says. sentences: the place of each, by number.
        why: why both cannot be right, as a user reads it.
        certain: 0 to 1 and more, for choosing among several that touch the same words.
        moves: whether it may differ because a later report tells of a later day.
        opposed: whether a word of one is the opposite of the other's.
        of_will: whether it turns on somebody's will, so that it is about a position whether or not a statement rests on it.
        whom: the person whose office it is about; None otherwise.
    """

    kind: ConflictKind
    about: str
    values: tuple[str, str]
    sentences: tuple[int, int]
    why: str
    certain: float = 1.0
    whom: str | None = None
    moves: bool = False
    opposed: bool = False
    of_will: bool = False


def numbers_otherwise(beside: Beside) -> Iterator[Difference]:
    """Numbers that count one thing in one place, and differ."""
    if not beside.facing:
        return
    told = _by_sentence(beside, quantities_in)
    candidates = []
    for pair in beside.facing:
        first, second = told[0][pair.first], told[1][pair.second]
        alone = (
            [one for one in first if not _is_told(one, second, told[1], copied=pair.likeness >= COPIED)],
            [two for two in second if not _is_told(two, first, told[0], copied=pair.likeness >= COPIED)],
        )
        candidates += [
            (certain, pair, one, two)
            for one in alone[0]
            for two in alone[1]
            if not _agree(one, two)
            and not make_a_whole(one, two)
            and (certain := _one_count(beside, pair, one, two, alone)) > 0
        ]
    candidates += _without_match(beside, told)
    used: set[tuple[int, int]] = set()
    for certain, pair, one, two in sorted(candidates, key=lambda each: (-each[0], each[2].start, each[3].start)):
        if (0, one.start) in used or (1, two.start) in used:
            continue
        used |= {(0, one.start), (1, two.start)}
        values = (_words(beside.first.text, one), _words(beside.second.text, two))
        about = f"how many: {_words(beside.first.text, one)}"
        why = "one is taken from the other, and the number is not the same"
        yield Difference(ConflictKind.NUMBER, about, values, (pair.first, pair.second), why, certain, moves=True)


def _by_sentence(
    beside: Beside, told_in: Callable[[str, Sentence], list[Told]]
) -> tuple[list[list[Told]], list[list[Told]]]:
    texts = beside.first.text, beside.second.text
    first, second = ([told_in(text, one) for one in side] for text, side in zip(texts, beside.sentences, strict=True))
    return first, second


def _is_told(
    one: Quantity, facing: Sequence[Quantity], others: Sequence[Sequence[Quantity]], *, copied: bool = False
) -> bool:
    """Whether the other report has a number as well: in the facing sentence, or anywhere of the same thing.

    Args:
        copied: whether the sentence is copied word for word, so that eighteen minutes elsewhere are not its eighteen people.
    """
    if any(
        one.unit == two.unit and _agree(one, two) and (one.counts_what(two) or (one.closed and two.closed))
        for two in facing
    ):
        return True
    return any(
        not (copied and one.unit != two.unit)
        and _agree(one, two)
        and (one.counts_what(two) or (one.value == two.value and one.value > CONTEXT))
        for side in others
        for two in side
    )


def _agree(one: Quantity, two: Quantity) -> bool:
    """Whether one of two numbers may be the other told anew; what has as many digits before its zeros rounds nothing."""
    if one.value != two.value and _is_exact(one) and _is_exact(two) and _digits(one) == _digits(two) > 1:
        return False
    return quantities_agree(one, two)


def _is_exact(one: Quantity) -> bool:
    return one.closed and not one.figure.rough and one.figure.least == one.figure.most


def _digits(one: Quantity) -> int:
    """How many digits a number has before the zeros at its end, whatever its value; 0 for one that is no whole number."""
    return len(str(int(one.value)).rstrip("0")) if one.value == int(one.value) else 0


def _without_match(
    beside: Beside, told: tuple[list[list[Quantity]], list[list[Quantity]]]
) -> Iterator[tuple[float, Facing, Quantity, Quantity]]:
    """Numbers of one unit or noun of which each telling has one that the other has nowhere, in places that face each other loosely.

    A reworder makes no numbers up: what is the only one of its kind that one telling has alone is the only one that the other has.
    """
    lone = [
        [
            (place, one)
            for place in sorted(beside.facing_places(side))
            for one in told[side][place]
            if (one.unit or tells_what(one)) and not any(_agree(one, two) for other in told[1 - side] for two in other)
        ]
        for side in (0, 1)
    ]
    for place, one in lone[0]:
        for other, two in lone[1]:
            pair = next((pair for pair in beside.facing if (pair.first, pair.second) == (place, other)), None)
            if pair is None or pair.likeness >= LIKE or not one.counts_what(two):
                continue
            own = [[each for _, each in side if each.counts_what(one)] for side in lone]
            if all(len({each.value for each in side}) == 1 for side in own) and _slipped(one, two):
                yield 0.1 + pair.likeness, pair, one, two


def _slipped(one: Quantity, two: Quantity) -> bool:
    """Whether one number is the other with its digits in another order, or with one changed, left out or put in."""
    first, second = (f"{each.value:g}" if each.value < 1e6 else str(int(each.value)) for each in (one, two))
    return sorted(first) == sorted(second) or Levenshtein.distance(first, second) <= 1


def _one_count(
    beside: Beside, pair: Facing, one: Quantity, two: Quantity, alone: tuple[list[Quantity], list[Quantity]]
) -> float:
    """How sure it is that two numbers count one thing, 0 to 1 and more; 0 where nothing says so."""
    near = _context(beside, 0, pair.first, one.at) & _context(beside, 1, pair.second, two.at)
    only = all(sum(other.unit == one.unit for other in side) == 1 for side in alone)
    if one.counts_what(two):
        if one.unit and not (pair.likeness >= LIKE and (near or only)):
            return 0.0
        return 1.0 + pair.likeness + len(near) if one.unit or tells_what(one) or pair.likeness >= LIKE else 0.0
    if _same_tally(beside, pair, one, two):
        return 1.0 + pair.likeness
    unnamed = not one.unit and not two.unit and not (one.counted and two.counted)
    return pair.likeness if unnamed and near and only and pair.likeness >= VERY_LIKE else 0.0


def _same_tally(beside: Beside, pair: Facing, one: Quantity, two: Quantity) -> bool:
    """Whether both are the same side of a vote, "14 votes to 3"."""
    sides = []
    for report, sentence, number in (
        (beside.first, beside.sentences[0][pair.first], one),
        (beside.second, beside.sentences[1][pair.second], two),
    ):
        tally = tallied(report.text, quantities_in(report.text, sentence))
        sides.append(tally.index(number) if tally is not None and number in tally else None)
    return sides[0] is not None and sides[0] == sides[1]


def _context(beside: Beside, side: int, sentence: int, at: int) -> set[str]:
    """The stems around a word of a sentence that say what it is about."""
    tokens = beside.sentences[side][sentence].tokens
    around = (*tokens[max(0, at - CONTEXT) : at], *tokens[at + 1 : at + 1 + CONTEXT])
    return {token.stem for token in around if token.stem in beside.weights}


def _words(text: str, quantity: Quantity) -> str:
    """A number with the words behind it that say what it counts, as printed."""
    return text[quantity.start : quantity.shown_end]


# ------------------------------------------------------------------------------------------------------ days

_YEAR = re.compile(r"(?<![\d.,-])(?:19|20)\d\d(?![\d,.]*\d|\s?(?:people|tonnes|votes|jobs))")

_CALENDAR = frozenset((*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS), "sept"))
_DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ .'’/-]+(?:,[^,()\n]{2,24}){0,2}?,? (?:[A-Z][a-z]{2,8}\.? \d{1,2}|\d{1,2} [A-Z][a-z]{2,8})"
    r"(?=[ ,]*(?:\d{4})?\s*[(–—-])"
)


@dataclass(frozen=True, slots=True)
class _Day:
    """A day, month, year or weekday that a sentence names; `at`: its place among the words."""

    form: str
    value: str
    start: int
    end: int
    at: int
    words: TimeWords


_DAYS = frozenset({"day", "weekday"})


def days_otherwise(beside: Beside) -> Iterator[Difference]:
    """Days, months and years that stand in one place and differ; weekdays only where the sentence is copied."""
    if not beside.facing:
        return
    told = _by_sentence(beside, _days_in)
    used: set[tuple[int, int]] = set()
    for pair in sorted(beside.facing, key=lambda pair: (-pair.likeness, pair.first, pair.second)):
        first, second = told[0][pair.first], told[1][pair.second]
        for one in first:
            for two in second:
                if pair.likeness < LIKE and not (one.form == "day" and len(first) <= FEW and len(second) <= FEW):
                    continue  # what is retold has few days of its own: one that only one of them names stands for the other's
                if not _differ(beside, one, two):
                    continue
                if _is_named(one, _told_there(beside, told, pair, one, 1)) or _is_named(
                    two, _told_there(beside, told, pair, two, 0)
                ):
                    continue
                if {(0, one.start), (1, two.start)} & used or not _one_day(beside, pair, one, two, (first, second)):
                    continue
                used |= {(0, one.start), (1, two.start)}
                values = (beside.first.text[one.start : one.end], beside.second.text[two.start : two.end])
                why = "one is taken from the other, and the day is not the same"
                about = (
                    f"the {'year' if one.form == 'year' else 'month' if one.form == 'month' else 'day'}: {values[0]}"
                )
                places, moves = (pair.first, pair.second), one.form == "weekday"
                yield Difference(ConflictKind.DATE, about, values, places, why, pair.likeness, moves=moves)


def moments_otherwise(beside: Beside) -> Iterator[Difference]:
    """Times told by other words than days that stand in one place and have no day in common: "by early May", "late in June"."""
    bases = [day for report in (beside.first, beside.second) if (day := base_day(report)) is not None]
    base = bases[0] if bases else ANY_DAY
    known = {difference.sentences for difference in days_otherwise(beside)}
    for pair in beside.facing:
        if pair.likeness < RETOLD or (pair.first, pair.second) in known:
            continue
        told = []
        for report, sentences, place in zip(
            (beside.first, beside.second), beside.sentences, (pair.first, pair.second), strict=True
        ):
            sentence = sentences[place]
            if not any(token.word in _CALENDAR or token.word in SEASONS for token in sentence.tokens):
                break
            told.append(moments_in(report.text, sentence.start, sentence.end, base))
        if len(told) != 2 or len(told[0]) != 1 or len(told[1]) != 1:
            continue
        one, two = told[0][0], told[1][0]
        if not (one.days or two.days) or (one.first <= two.last and two.first <= one.last):
            continue
        values = (beside.first.text[one.start : one.end], beside.second.text[two.start : two.end])
        if len([value for value in values if SEASONS.keys() & set(value.casefold().split())]) == 1:
            continue  # "after the summer" may be "on 19 September"
        why = "one is taken from the other, and the time is not the same"
        yield Difference(
            ConflictKind.DATE, f"the time: {values[0]}", values, (pair.first, pair.second), why, pair.likeness
        )


def _differ(beside: Beside, one: _Day, two: _Day) -> bool:
    """Whether two days of one form differ, or a day of the calendar is not the weekday that the other names."""
    if one.form == two.form:
        return one.value != two.value
    if {one.form, two.form} != {"day", "weekday"}:
        return False
    dated, named = (one, two) if one.form == "day" else (two, one)
    base = next((day for report in (beside.first, beside.second) if (day := base_day(report)) is not None), None)
    meant = day_meant(dated.words, base, ahead=False)
    return meant is not None and WEEKDAYS[span_of(meant)[0].weekday()] != named.value


def _told_there(
    beside: Beside, told: tuple[list[list[_Day]], list[list[_Day]]], pair: Facing, day: _Day, side: int
) -> list[list[_Day]]:
    """Where one side may name the day of a sentence of the other: anywhere; a weekday, which comes often, in what faces it."""
    if day.form != "weekday":
        return told[side]
    own = pair.second if side == 0 else pair.first
    return [
        told[side][other.first if side == 0 else other.second]
        for other in beside.facing
        if (other.second if side == 0 else other.first) == own
    ]


def _is_named(day: _Day, others: Sequence[Sequence[_Day]]) -> bool:
    return any(day.form == other.form and day.value == other.value for side in others for other in side)


def _one_day(beside: Beside, pair: Facing, one: _Day, two: _Day, told: tuple[list[_Day], list[_Day]]) -> bool:
    only = all(sum(other.form in _DAYS for other in side) == 1 for side in told)
    if "weekday" in {one.form, two.form}:
        return pair.likeness >= (RETOLD if only else COPIED) and one.words.parts.get("w") == two.words.parts.get("w")
    only = all(sum(other.form == one.form for other in side) == 1 for side in told)
    if one.form == "day" and pair.likeness < LIKE:
        return only
    near = _context(beside, 0, pair.first, one.at) & _context(beside, 1, pair.second, two.at)
    return bool(near) or (only and pair.likeness >= VERY_LIKE)


def _days_in(text: str, sentence: Sentence) -> list[_Day]:
    found: list[_Day] = []
    if not any(token.is_number or token.word in _CALENDAR for token in sentence.tokens):
        return found
    if len(sentence.tokens) <= BYLINE and text[sentence.end - 1 : sentence.end] not in ".!?":
        return found  # "ANALYSIS | The Weir Review | 9 June 2024": of each report as well
    dateline = _DATELINE.match(text, sentence.start, sentence.end)
    for words in time_words(text, sentence.start, sentence.end):
        if dateline is not None and words.start < dateline.end():
            continue  # of each report, and not of what it tells
        if words.kind == "bare month" and " of" in text[words.start : words.end]:
            continue  # a part of a month is no month, see `moments_otherwise`
        for form, value in _forms(words):
            found.append(_Day(form, value, words.start, words.end, _at(sentence, words.start), words))
    for year in _YEAR.finditer(text, sentence.start, sentence.end):
        if not any(day.form == "year" and day.start <= year.start() < day.end for day in found):
            words = TimeWords(year.start(), year.end(), "year", {"y": year.group()})
            found.append(_Day("year", year.group(), year.start(), year.end(), _at(sentence, year.start()), words))
    return found


def _forms(words: TimeWords) -> Iterator[tuple[str, str]]:
    parts: Mapping[str, str] = words.parts
    if words.kind == "range":
        first, last = parts.get("m", parts.get("m2", "")), parts.get("m2", parts.get("m", ""))
        yield "days", f"{_month(first)} {int(parts['d'])} to {_month(last)} {int(parts['d2'])}"
    elif "d" in parts:
        yield "day", f"{_month(parts['m'])} {int(parts['d'])}"
    elif "m" in parts:
        yield "month", _month(parts["m"])
    if "y" in parts:
        yield "year", parts["y"]
    if words.kind == "weekday":
        yield "weekday", parts["k"]


def _month(name: str) -> str:
    return next(month for month in MONTHS if month.startswith(name[:3]))


def _at(sentence: Sentence, start: int) -> int:
    return next((place for place, token in enumerate(sentence.tokens) if token.start >= start), len(sentence.tokens))
