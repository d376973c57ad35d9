"""Numbers as a sentence words them, with what they count: read by their words alone, for comparing two tellings of one text.

A number keeps the stems of what stands behind it ("45,000 dock workers"), with units brought together: "per cent" and "%",
"a quarter", "one in four" and "25%", "€2" and "two euros", "two decades" and "twenty years", "an hour" and "sixty minutes". Years,
clock times and ordinals are no quantities here, nor is "one" but of a measure of time.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from travaux.analysis.alignment import Sentence, Token, near_groups
from travaux.analysis.claims import claim_words
from travaux.happening import Figure
from travaux.provenance.telling import PLAIN, UNSEEN, ordinary, stem_of
from travaux.reading.happenings.days import time_words
from travaux.reading.happenings.figures import NEAR, TIMES, bounded, number_value

ROUNDED = 0.05
"""How far a figure of a hundred or more may lie from one that ends in zeros which rounds it."""

_SCALES = {"hundred", "thousand", "million", "billion", "trillion", "m", "bn", "mn", "tn"}
_HUNDREDS = {"hundred", "thousand", "million", "billion"}
_LETTERS = {"m": "million", "mn": "million", "bn": "billion", "tn": "trillion"}
_SYMBOLS = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
# Units, by the stem of the word behind the number: what they are brought to, and how many of it one is.
_UNITS = {"decad": ("month", 120.0), "year": ("month", 12.0), "month": ("month", 1.0), "fortnight": ("day", 14.0),
          "week": ("day", 7.0), "day": ("day", 1.0), "hour": ("minute", 60.0), "minut": ("minute", 1.0),
          "centuri": ("month", 1200.0),
          "percent": ("percent", 1.0), "time": ("time", 1.0), "fold": ("time", 1.0),
          "dollar": ("dollar", 1.0), "usd": ("dollar", 1.0), "euro": ("euro", 1.0), "eur": ("euro", 1.0),
          "pound": ("pound", 1.0), "yen": ("yen", 1.0)}  # fmt: skip
_SPANS = {"month", "day", "minute"}
_HANDED = frozenset(
    "hand hands handed handing give gives gave given turn turns turned take takes took taken pass passed sign "
    "signed sent carried".split()
)
# Parts of a whole: "a quarter", "two thirds of", "one dose in five", "two out of three".
_PARTS = {
    "half": 2,
    "third": 3,
    "quarter": 4,
    "fourth": 4,
    "fifth": 5,
    "sixth": 6,
    "seventh": 7,
    "eighth": 8,
    "ninth": 9,
    "tenth": 10,
}
_FEW = "two|three|four|five|six|seven|eight|nine"
_SHARE = re.compile(
    rf"(?<![\w-])(?:(?P<many>an?|one|{_FEW})[ -])?(?P<part>{'|'.join(_PARTS)})(?:s|(?<=hal)ves)?(?![\w'’-])"
    r"(?=\s*(?:$|[,.;:!?)—–]|(?:of|to|in|at|on|by|for|from|with|and|or|than|that|who|which|is|are|was|were|has|have|had"
    r"|will|would|the|its"
    r"|their|his|her|what|as|but|more|less)\b))",
    re.IGNORECASE,
)
_RATIO = re.compile(
    rf"(?<![\w-])(?P<some>one|{_FEW}|\d)(?: [a-z]+){{0,2}}? (?:in|out of)(?: every)? (?P<all>{_FEW}|ten|twelve|twenty"
    rf"|fifty|a hundred"
    r"|\d{1,3})(?![\w%-]|[.,:]\d| (?:days?|weeks?|months?|years?|hours?|minutes?|decades?|rounds?|times))",
    re.IGNORECASE,
)
_NO_SHARE = re.compile(
    r"(?:first|second|third|last|next|other|latter|former|this|each|that|final|previous|fiscal|better|the)"
    r" $|\b(?:an?|one|minute|hour|day|week|month|year|decade) and $",
    re.IGNORECASE,
)
# A measure of time that stands alone: "for an hour", "half a year", "after a week and a half"; not "twice a year".
_ONE_SPAN = re.compile(
    r"(?<![\w-])(?P<half>half |(?:a )?quarter of )?(?P<one>an?|one) (?:(?:full|whole|good|entire|single|mere) )?"
    r"(?P<span>minute|hour|day|week|month|year|decade|century)(?![\w’'-])(?P<more> and a half)?",
    re.IGNORECASE,
)
_MEASURES = re.compile(
    r"(?:\b(?:for|of|in|within|over|about|almost|nearly|after|last(?:s|ed|ing)?|took|takes|than|only|just|by|least|most"
    r"|some|spent|wait(?:ed)?"
    r"|to|early|late|under|around|roughly|barely|scarcely|hardly|during|until|and|held|up|it) |^|, )$",
    re.IGNORECASE,
)
_PERCENT = re.compile(r"(?:\s?%|\s[Pp]er\s[Cc]ent\b)?")
_ORDINAL = re.compile(r"(?:st|nd|rd|th)\b", re.IGNORECASE)
_CLOCK = re.compile(r"\d{1,2}[:.]\d\d(?:\s?[ap]\.?m\b|(?=\s+[A-Z]))|\d{1,2}\s?[ap]\.?m\b")
_TALLY = re.compile(r"(?:\s+votes?)?\s+to\s+(?:\d|[a-z])|\s?[-–]\s?\d", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number in a sentence.

    Attributes:
        figure: what it may be. start, end: its words, code points into the report's text.
        unit: what it is brought to where it is a measure ("percent", "day"), else empty.
        counted: stems of what stands behind it.
        at: its place among the words of its sentence. shown_end: where the words end that say what it counts, two at most.
    """

    figure: Figure
    start: int
    end: int
    unit: str
    counted: tuple[str, ...]
    at: int
    shown_end: int

    @property
    def value(self) -> float:
        """The number itself, whatever its words leave open."""
        bounds = [one for one in (self.figure.least, self.figure.most) if one is not None]
        return sum(bounds) / len(bounds)

    @property
    def closed(self) -> bool:
        """Whether its words leave it open neither upwards nor downwards."""
        return self.figure.least is not None and self.figure.most is not None

    def counts_what(self, other: Quantity) -> bool:
        """Whether two numbers count one thing by their words."""
        if self.unit or other.unit:
            return self.unit == other.unit
        if set(self.counted) & set(other.counted):
            return True
        groups = {group for stem in self.counted for group in near_groups(stem)}
        return any(group in groups for stem in other.counted for group in near_groups(stem))


def quantities_in(text: str, sentence: Sentence) -> list[Quantity]:
    """The numbers of a sentence, in order; those of its dates and times of day are left out."""
    runs = list(_runs(text, sentence.tokens))
    others = [*_shares(text, sentence), *_single_spans(text, sentence)]
    if not runs and not others:
        return []
    dated = [(one.start, one.end) for one in time_words(text, sentence.start, sentence.end)]
    dated += [found.span() for found in _CLOCK.finditer(text, sentence.start, sentence.end)]
    found: list[Quantity] = []
    for other in others:
        if not any(other.start < one.end and one.start < other.end for one in found):
            found.append(other)
    taken = [(one.start, one.end) for one in found]
    for first, last in runs:
        if any(sentence.tokens[first].start < end and start < sentence.tokens[last].end for start, end in taken):
            continue
        start, end = sentence.tokens[first].start, sentence.tokens[last].end
        if any(start < other[1] and other[0] < end for other in dated) or _ORDINAL.match(text, end):
            continue
        quantity = _quantity(text, sentence.tokens, first, last)
        if quantity is not None:
            found.append(quantity)
    return sorted(found, key=lambda one: one.start)


def _shares(text: str, sentence: Sentence) -> Iterator[Quantity]:
    """Parts of a whole, as per cent: "a quarter", "two thirds of", "one in five"."""
    for found in _RATIO.finditer(text, sentence.start, sentence.end):
        some, whole = number_value(found["some"]), number_value(found["all"])
        if some and whole and some < whole:
            yield _measured(text, sentence, found.span(), 100 * some / whole, "percent")
    for found in _SHARE.finditer(text, sentence.start, sentence.end):
        before = text[sentence.start : found.start()]
        own = re.search(r"(?:['’]s?|\b(?:its|their|his|her)) $", before) and found["part"].lower() != "second"
        counted = found["many"] or ("one" if own or re.match(r" (?:of|the|its|their)\b", text[found.end() :]) else None)
        if (
            counted is None
            or _NO_SHARE.search(before)
            or re.match(
                r" (?:of )?an? (?:hour|dozen|year|day|month|minute|century)|\s*(?:past|to) \w+\b(?! of)",
                text[found.end() :],
            )
        ):
            continue  # "the first quarter", "half a dozen", "a quarter of an hour"
        some = number_value("one" if counted.lower() in {"a", "an"} else counted)
        if some:
            yield _measured(text, sentence, found.span(), 100 * some / _PARTS[found["part"].lower()], "percent")


def _single_spans(text: str, sentence: Sentence) -> Iterator[Quantity]:
    """One of a measure of time, or half of it: "for an hour", "half a year"."""
    for found in _ONE_SPAN.finditer(text, sentence.start, sentence.end):
        if not found["half"] and not _MEASURES.search(text[sentence.start : found.start()]):
            continue
        value = {"h": 0.5, "a": 0.25, "q": 0.25}[found["half"][0].lower()] if found["half"] else 1.0
        unit, factor = _UNITS[stem_of(found["span"].lower())]
        value += 0.5 if found["more"] else 0.0
        yield _measured(text, sentence, found.span(), value * factor, unit)


def _measured(text: str, sentence: Sentence, place: tuple[int, int], value: float, unit: str) -> Quantity:
    start, end = place
    at = next((number for number, token in enumerate(sentence.tokens) if token.start >= start), len(sentence.tokens))
    figure = bounded(value, _before(sentence.tokens, at, 3), unit, text[start:end])
    return Quantity(figure, start, end, unit, (), at, end)


def tallied(text: str, quantities: Sequence[Quantity]) -> tuple[Quantity, Quantity] | None:
    """The two numbers of a vote, "14 votes to 3"; None where a sentence has none."""
    for one, two in pairwise(quantities):
        if _TALLY.fullmatch(text[one.end : two.start] + text[two.start : two.start + 1]):
            return one, two
    return None


def quantities_agree(one: Quantity, two: Quantity) -> bool:
    """Whether one of two numbers may be the other told anew: the same, within reach of a rough one, or one rounded to the other.

    What leaves a number open ("at least", "up to") is told anew with it: "more than 70" may be 71, but "at least 8" does not become
    "18" by being retold.
    """
    for this, other in ((one, two), (two, one)):
        near = this.closed or abs(this.value - other.value) <= NEAR * this.value
        if near and _may_be(this.figure, other.value):
            return True
    larger = max(one.value, two.value)
    rounded = any(value >= 100 and value % 100 == 0 for value in (one.value, two.value))
    return rounded and abs(one.value - two.value) <= ROUNDED * larger


def make_a_whole(one: Quantity, two: Quantity) -> bool:
    """Whether two shares are what the two sides of one division get: two thirds and a third."""
    return one.unit == two.unit == "percent" and abs(one.value + two.value - 100) < 1


def _may_be(figure: Figure, value: float) -> bool:
    least, most = figure.least or 0.0, float("inf") if figure.most is None else figure.most
    return least <= value <= most


def _runs(text: str, tokens: Sequence[Token]) -> Iterator[tuple[int, int]]:
    """The first and last word of each number."""
    at = 0
    while at < len(tokens):
        alone = at > 0 and tokens[at].word in _HUNDREDS and tokens[at - 1].word in {"a", "an"}  # "a hundred boats"
        if not _is_numeral(tokens[at]) and not alone:
            at += 1
            continue
        last = at
        while last + 1 < len(tokens) and _goes_on(text, tokens, at, last):
            last += 1
        yield at, last
        at = last + 1


def _is_numeral(token: Token) -> bool:
    if token.is_number:
        return True
    value = None if token.word in {"and", "a", "half", *_SCALES} else number_value(token.word)
    return value is not None or token.word in TIMES


def _goes_on(text: str, tokens: Sequence[Token], first: int, last: int) -> bool:
    one, two = tokens[last], tokens[last + 1]
    if two.word == "and" and one.word == "hundred" and last + 2 < len(tokens) and _is_numeral(tokens[last + 2]):
        return True  # "one hundred and ten"
    if one.word == "and":
        return _is_numeral(two)
    if two.start - one.end > 1 or text[one.end : two.start] not in {"", " ", "-", "\u00a0"}:
        return False
    if two.word in _SCALES:
        return two.word not in _LETTERS or one.is_number
    if two.is_number or one.is_number or two.word in TIMES:
        return False
    return _is_numeral(two) and number_value(" ".join(token.word for token in tokens[first : last + 2])) is not None


def _quantity(text: str, tokens: Sequence[Token], first: int, last: int) -> Quantity | None:
    words = [_LETTERS.get(token.word, token.word) for token in tokens[first : last + 1]]
    start, end = tokens[first].start, tokens[last].end
    if words[0] in TIMES:
        value: float | None = float(TIMES[words[0]])
    else:
        value = number_value(" ".join(words))
    halved = (
        words in (["dozen"], ["million"], ["billion"], ["thousand"])
        and first > 0
        and _before(tokens, first, 2) == ("half", "a")
    )
    if value is None or value == 1 or _is_year(words, value):
        return None
    value = value / 2 if halved else value
    symbol = _SYMBOLS.get(text[start - 1 : start])
    noun = _of_whose(tokens, last)
    behind = list(_behind(text, tokens, noun))
    noun = noun if behind else last
    unit, factor = (symbol, 1.0) if symbol else _unit(text, end, behind, words)
    alone = words[0] in _HUNDREDS
    bounds = _before(tokens, first - alone, 3)
    if bounds[-1:] == ("over",) and (unit in _SPANS or (bounds[-2:-1] and bounds[-2] in _HANDED)):
        bounds = ()  # "paid back over 25 years", "handed over 500 rifles" are not "more than"
    shown = text[start - 1 if symbol else start : end]
    figure = bounded(value * factor, bounds, unit or " ".join(behind), shown)
    counted = () if unit else tuple(behind)
    named = behind[:1] if unit else behind[:2]
    shown_end = tokens[noun + len(named)].end if named else _PERCENT.match(text, end).end()  # type: ignore[union-attr]
    return Quantity(figure, start, end, unit, counted, first, shown_end)


def _before(tokens: Sequence[Token], first: int, number: int) -> tuple[str, ...]:
    return tuple(token.word for token in tokens[max(0, first - number) : first])


def _is_year(words: Sequence[str], value: float) -> bool:
    return len(words) == 1 and len(words[0]) == 4 and words[0].isdigit() and 1800 <= value <= 2150


def _of_whose(tokens: Sequence[Token], last: int) -> int:
    """The last word before what a number counts: its own, or of "fourteen thousand of its", "sixty of the 140"."""
    following = [token.word for token in tokens[last + 1 : last + 3]]
    if following[:1] != ["of"] or following[-1] not in {"its", "their", "his", "her", "our", "the"}:
        return last
    return last + 3 if tokens[last + 3 : last + 4] and tokens[last + 3].is_number else last + 2


def _behind(text: str, tokens: Sequence[Token], last: int) -> Iterator[str]:
    """The stems of up to three words behind a number that may name what it counts."""
    end, ends = tokens[last].end, claim_words()["counted"]["ends"]
    for token in tokens[last + 1 : last + 4]:
        if token.word in ends or token.is_number or re.search(r"[^\s\u00a0-]", text[end : token.start]):
            return
        yield token.stem
        end = token.end


def _unit(text: str, end: int, behind: Sequence[str], words: Sequence[str]) -> tuple[str, float]:
    if words[0] in TIMES:
        return "time", 1.0
    if text[end : end + 2].strip().startswith("%") or (
        len(behind) == 0 and text[end:].lstrip()[:8].lower() == "per cent"
    ):
        return "percent", 1.0
    return next((_UNITS[stem] for stem in behind[:2] if stem in _UNITS), ("", 1.0))


def tells_what(quantity: Quantity) -> bool:
    """Whether the words behind a number say well enough what it counts, and are not such as stand behind any."""
    return bool(quantity.unit) or any(ordinary().get(stem, UNSEEN) <= PLAIN for stem in quantity.counted)
