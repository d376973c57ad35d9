"""When something is: the time words of a sentence, and the days they mean.

A stretch ("from 30 June to 2 July", "4-5 September", "12 and 13 November") is one time. Relative words ("on Monday", "last week",
"today") are resolved against the report's date only where that is known to the day; a day without a year takes the report's year,
or the one beside it where half a year lies between. Otherwise the words stand without a day.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TYPE_CHECKING

from travaux.model import Report
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

MONTHS = "january february march april may june july august september october november december".split()
HALF_A_YEAR = 183
"""Days by which a day without a year may lie on the far side of a report before it is of the year beside."""
WEEKDAYS = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?"
    r"|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_DAY_OF_WEEK = rf"(?:{'|'.join(WEEKDAYS)})"
_YEAR = r"(?:19|20)\d\d"
_NAMED = rf"(?:\b{_DAY_OF_WEEK},?\s+(?:the\s+)?)?"
_ST = r"(?:st|nd|rd|th)?"
_UNTIL = r"\s*(?:[-–—]|\bto\b|\buntil\b|\btill\b|\bthrough\b)\s*"
_PATTERNS = (
    (
        "range",
        rf"\b(?P<d>\d{{1,2}}){_ST}(?:\s+(?P<m>{_MONTH}))?(?:{_UNTIL}|\s+and\s+)(?P<d2>\d{{1,2}}){_ST}\s+(?P<m2>{_MONTH})\b(?:,?\s+(?P<y>{_YEAR}))?",
    ),
    (
        "range",
        rf"\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}}){_ST}{_UNTIL}(?:(?P<m2>{_MONTH})\.?\s+)?(?P<d2>\d{{1,2}}){_ST}(?:,\s+(?P<y>{_YEAR}))?(?![\d:,.]*\d)",
    ),
    ("full", rf"{_NAMED}\b(?P<d>\d{{1,2}}){_ST}(?:\s+of)?\s+(?P<m>{_MONTH})\.?,?\s+(?P<y>{_YEAR})"),
    ("full", rf"{_NAMED}\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}}){_ST},?\s+(?P<y>{_YEAR})"),
    ("day", rf"{_NAMED}\b(?P<d>\d{{1,2}}){_ST}(?:\s+of)?\s+(?P<m>{_MONTH})\b"),
    ("day", rf"{_NAMED}\b(?P<m>{_MONTH})\.?\s+(?P<d>\d{{1,2}}){_ST}(?![\d:,.]*\d)"),
    (
        "week of",
        rf"\b(?P<n>first|second|third|last|final)\s+(?:full\s+)?week\s+of\s+(?P<m>{_MONTH})\b(?:,?\s+(?P<y>{_YEAR}))?",
    ),
    ("day of", r"\b(?:the\s+)?(?P<d>\d{1,2})(?:st|nd|rd|th)\s+of\s+(?:that|the same)\s+month\b"),
    ("month", rf"\b(?P<m>{_MONTH})\.?,?\s+(?P<y>{_YEAR})"),
    ("near", r"\b(?P<w>last|this|next|coming|past)\s+(?P<u>week|weekend|month|year)\b(?!\s+of\b)"),
    ("near", r"\b(?:at|over)\s+the\s+(?P<u>weekend)\b"),
    ("weekday", rf"\b(?:(?P<w>last|next|this)\s+)?(?P<k>{_DAY_OF_WEEK})\b"),
    ("today", r"\b(?P<t>today|tonight|yesterday|tomorrow|overnight|last night|this morning)\b"),
    ("bare month", rf"\b(?:in|since|for|during|early|late|mid|(?:beginning|start|middle|end|close|half) of)[ -](?P<m>{_MONTH})\b"),
    ("year", rf"\b(?:in|of|since)\s+(?P<y>{_YEAR})\b"),
)  # fmt: skip
_COMPILED = tuple((kind, re.compile(pattern, re.IGNORECASE)) for kind, pattern in _PATTERNS)
_WORD = re.compile(r"[a-z]+|\d+")
_IN_MONTH = frozenset(month[:3] for month in MONTHS)
_BEGINNINGS = {
    **dict.fromkeys(("range", "full", "day", "month", "bare month", "week of"), _IN_MONTH),
    "day of": frozenset({"mon"}),
    "near": frozenset({"wee", "mon", "yea"}),
    "weekday": frozenset(day[:3] for day in WEEKDAYS),
    "today": frozenset({"tod", "ton", "yes", "tom", "ove", "las", "thi"}),
    "year": frozenset(f"{century}{decade}" for century in ("19", "20") for decade in range(10)),
}
"""Three letters that a word begins with wherever words of a kind stand: the patterns cost more than a look at these."""
_BESIDE = 3
_OF_TIME = frozenset({*MONTHS, *WEEKDAYS, *(month[:3] for month in MONTHS)}) | set(
    """second minute hour day night morning noon afternoon evening midnight dawn dusk week weekday weekend fortnight month
    quarter season spring summer autumn fall winter year decade century era age eve today tomorrow yesterday tonight now
    date time moment period term while o'clock a.m. p.m. am pm hourly daily nightly weekly monthly quarterly yearly annual
    christmas easter ramadan thanksgiving passover ashura eid diwali sabbath""".split()
)
"""Words beside which a number may be a day, or an hour, or so many of them."""

_A_MONTH = re.compile(rf"\b(?P<m>{_MONTH})\b(?:,?\s+(?P<y>{_YEAR}))?", re.IGNORECASE)
REACH = 200
"""Characters before "that month" within which the month is named."""


@dataclass(frozen=True, slots=True)
class TimeWords:
    """Words of time in a sentence.

    Attributes:
        start, end: code points into the report's text.
        kind: which kind of words; parts: their pieces, lower case.
    """

    start: int
    end: int
    kind: str
    parts: dict[str, str]


def is_of_time(token: Token) -> bool:
    """Whether a word is part of a day, an hour or a stretch of time, as spaCy recognises them: "the fourth day", "in 2023"."""
    return _may_be_of_time(token) and kind_of(token) in {"DATE", "TIME"}


def _may_be_of_time(token: Token) -> bool:
    near = token.doc[max(0, token.i - _BESIDE) : token.i + _BESIDE + 1]
    return any(one.lower_ in _OF_TIME or one.lemma_.lower() in _OF_TIME or one.shape_ == "dddd" for one in near)


def time_words(text: str, start: int, end: int) -> list[TimeWords]:
    """The time words of a stretch of a report's text, in order; a longer reading keeps a shorter one out."""
    beginnings = {word[:3] for word in _WORD.findall(text[start:end].lower())}
    found: list[TimeWords] = []
    for kind, pattern in _COMPILED:
        if beginnings.isdisjoint(_BEGINNINGS[kind]):
            continue
        for match in pattern.finditer(text, start, end):
            if kind == "bare month" and match["m"] == "may":
                continue  # "may" in lower case is the verb
            if all(match.end() <= other.start or match.start() >= other.end for other in found):
                parts = {name: value.lower() for name, value in match.groupdict().items() if value}
                if kind == "day of":
                    parts |= _month_before(text, match.start())
                    if "m" not in parts:
                        continue
                found.append(TimeWords(match.start(), match.end(), kind, parts))
    return sorted(found, key=lambda words: words.start)


def _month_before(text: str, place: int) -> dict[str, str]:
    """The month named last before a place, which "that month" means, with its year where that is told."""
    named = list(_A_MONTH.finditer(text, max(0, place - REACH), place))
    return {name: value.lower() for name, value in named[-1].groupdict().items() if value} if named else {}


def base_day(report: Report) -> date | None:
    """The day a report's relative words count from: its publication, where known to the day and not estimated."""
    published = report.published
    if published is None or published.precision != "day" or published.about:
        return None
    return published.earliest


def day_meant(words: TimeWords, base: date | None, *, ahead: bool) -> str | None:
    """What time words mean: an ISO date to the day, month or year, two joined by ``/``, or None where it cannot be told.

    Args:
        base: see `base_day`.
        ahead: whether what they date lies ahead of the report; weekdays and bare months go that way then.
    """
    parts = words.parts
    if words.kind == "range":
        first = _of_year(parts, "m" if "m" in parts else "m2", "d", base, ahead)
        last = _of_year(parts, "m2" if "m2" in parts else "m", "d2", base, ahead)
        if first is not None and last is not None and first > last:
            first = _valid(last.year - 1, first.month, first.day)  # from December to January
        return f"{first.isoformat()}/{last.isoformat()}" if first and last else None
    if words.kind == "week of":
        return _week_of(parts, base, ahead)
    if words.kind in ("full", "day", "day of"):
        day = _of_year(parts, "m", "d", base, ahead)
        return day.isoformat() if day else None
    if words.kind == "month":
        return f"{parts['y']}-{_month(parts['m']):02}"
    if words.kind == "year":
        return parts["y"]
    if base is None:
        return None
    if words.kind == "bare month":
        month = _month(parts["m"])
        year = base.year + (1 if ahead and month < base.month else -1 if not ahead and month > base.month else 0)
        return f"{year}-{month:02}"
    if words.kind == "today":
        shift = {"yesterday": -1, "tomorrow": 1}.get(parts["t"], 0)
        return (base + timedelta(days=shift)).isoformat()
    if words.kind == "weekday":
        return _weekday(base, parts, ahead).isoformat()
    return _near(base, parts, ahead)


def lies_ahead(words: TimeWords, base: date | None) -> bool | None:
    """Whether time words mean what is still to come of a report, or what has been; None where they do not tell.

    A bare weekday may be either: the tense beside it decides.
    """
    parts = words.parts
    told = parts.get("w") or parts.get("t")
    if told in {"next", "coming", "tomorrow"}:
        return True
    if told in {"last", "past", "yesterday", "last night", "overnight"}:
        return False
    if base is None or words.kind not in {"range", "full", "day", "day of", "week of", "month", "year"}:
        return None
    day = day_meant(words, base, ahead=True)
    if day is None:
        return None
    if "y" not in parts and words.kind != "week of" and day[:10] > (base + timedelta(days=HALF_A_YEAR)).isoformat():
        day = day_meant(words, base, ahead=False) or day  # "14 December", told in January, is nearer behind
    first, last = day.split("/")[0], day.split("/")[-1]
    now = base.isoformat()
    if first > now[: len(first)]:
        return True
    return False if last < now[: len(last)] else None


def _of_year(parts: dict[str, str], month: str, day: str, base: date | None, ahead: bool) -> date | None:
    """A day whose year is told, or the one nearest to the report on the side it is told of."""
    if "y" in parts:
        return _valid(int(parts["y"]), _month(parts[month]), int(parts[day]))
    if base is None:
        return None
    meant = _valid(base.year, _month(parts[month]), int(parts[day]))
    if meant is not None and ahead and (base - meant).days > HALF_A_YEAR:
        return _valid(base.year + 1, meant.month, meant.day)
    if meant is not None and not ahead and (meant - base).days > HALF_A_YEAR:
        return _valid(base.year - 1, meant.month, meant.day)
    return meant


def _week_of(parts: dict[str, str], base: date | None, ahead: bool) -> str | None:
    """The seven days that "the second week of May" are; the last week of a month ends with it."""
    number = {"first": 0, "second": 1, "third": 2}.get(parts["n"])
    first = _of_year({**parts, "d": "1"}, "m", "d", base, ahead)
    if first is None:
        return None
    end = (first.replace(day=28) + timedelta(days=4)).replace(day=1)
    start = first + timedelta(days=7 * number) if number is not None else end - timedelta(days=7)
    return f"{start.isoformat()}/{(start + timedelta(days=6)).isoformat()}"


def _weekday(base: date, parts: dict[str, str], ahead: bool) -> date:
    apart = (WEEKDAYS.index(parts["k"]) - base.weekday()) % 7
    forward = parts.get("w") == "next" or (ahead and parts.get("w") != "last")
    return base + timedelta(days=apart if forward else apart - 7 if apart else 0)


def _near(base: date, parts: dict[str, str], ahead: bool) -> str:
    word, unit = parts.get("w", "next" if ahead else "last"), parts["u"]
    step = {"last": -1, "past": -1, "next": 1, "coming": 1}.get(word, 0)
    if unit == "year":
        return str(base.year + step)
    if unit == "month":
        month = base.year * 12 + base.month - 1 + step
        return f"{month // 12}-{month % 12 + 1:02}"
    monday = base - timedelta(days=base.weekday())
    if unit == "week":
        monday += timedelta(days=7 * step)
        return f"{monday.isoformat()}/{(monday + timedelta(days=6)).isoformat()}"
    # A weekend spoken of from within the week is the one before it or the one that ends it.
    saturday = monday + timedelta(days=-2 if step < 0 else 5)
    return f"{saturday.isoformat()}/{(saturday + timedelta(days=1)).isoformat()}"


def _month(name: str) -> int:
    return next(place for place, month in enumerate(MONTHS, 1) if month.startswith(name[:3]))


def _valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
