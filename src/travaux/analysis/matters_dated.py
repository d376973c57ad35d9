"""Days of what happens once that independent reports tell differently: sold, resigned, closed, founded, first met, adopted, run out.

Each time that a sentence names is that of the act which stands nearest to it. Two times of one act exclude each other where their days
have none in common, whatever their precision: a day, a month, a season.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator

from travaux.analysis.conflict import ConflictKind
from travaux.analysis.matters import DATELINE, Matter
from travaux.analysis.moments import Moment, moments_in
from travaux.analysis.one_fact import Differs
from travaux.analysis.timing import Dates, days_apart

MUCH, OFTEN = 5.0, 7.5
"""Score, in nats, of two sentences whose days are of one act, and of one of many such (adopted, signed, opened); chosen on eighteen
records and the exercises."""
ITSELF, RULE = 2.0, 4.0
"""Weight that they share themselves beside the act; the higher one where such acts are many."""
LAPSE = "lapse"
"""The notion of a term that runs out."""
NAMED, NEARBY = 2.0, 1.5
"""What a name around both counts where a term runs out, and what it weighs at least."""
REACH = 120
"""Letters that may lie between an act and its time."""
YEARS = 5 * 366
"""Days beyond which two times are of two acts."""
NEWS = 7
"""Days between two reports that tell a time from their own day."""
TERM = 93
"""The same of the end of one term."""

_ONCE = frozenset(
    "sell resign close ban open lapse adopt sign found appoint publish collapse build show decree agree outbreak finish first".split()
)
_FEW = frozenset({"agree", "sell", "resign", "lapse", "first meeting", "found", "collapse", "ban", "show", "outbreak"})
_DECIDERS = frozenset(
    "committee plenary senate parliament assembly council cabinet board lower upper chamber congress government members court".split()
)
_PLAIN = frozenset({"sinc"})
_NEVER_SO = re.compile(
    r"\b(?:if|unless|would|could|might|should|not|never|want\w*|demand\w*|propos\w*|ask\w*|plan\w*|wish\w*|speaks? of"
    r"|hope\w*|expect\w*|until then|again|another"
    r"|second|third|re-?opened|every|each)\b|n['’]t\b",
    re.IGNORECASE,
)
_ASKED = re.compile(
    r"\b(?:if|unless|would|could|want\w*|demand\w*|propos\w*|ask\w*|extend\w*|prolong\w*|again)\b", re.IGNORECASE
)
_AHEAD = re.compile(r"\b(?:will|shall|is to|are to|is due|are due|is set to|next)\b", re.IGNORECASE)
_SAID = re.compile(
    r"\b(?:said|says|told|tells|announced|wrote|added|warned|recalled|according)\b[^,.;]{0,30}$", re.IGNORECASE
)
_RELATIVE = re.compile(
    r"^(?:(?:on |last |this |next |the )*(?:mon|tues|wednes|thurs|fri|satur|sun)day|.*\b(?:week|weekend|month|today"
    r"|yesterday|tonight))$",
    re.IGNORECASE,
)


def times_of_acts(matter: Matter) -> dict[str, Moment]:
    """The time of each act of a sentence that happens once; of two, the nearer one."""
    told = matter.told
    kinds = matter.notions.keys() & (_ONCE | {"meet", LAPSE})
    if not kinds:
        return {}
    text, start, end = told.report.text, told.sentence.start, told.sentence.end
    lapses = LAPSE in kinds
    moments = moments_in(text, start, end, matter.base, ahead=lapses)
    moments = [one for one in moments if not _SAID.search(text[start : one.start])]
    if not lapses:
        moments = [one for one in moments if matter.base is None or one.first <= matter.base]
    if not moments:
        return {}
    dateline = DATELINE.match(told.text)
    found: dict[str, tuple[int, Moment]] = {}
    for kind in kinds:
        places = [token for token in told.sentence.tokens if token.stem in matter.notions[kind]]
        for moment in moments:
            if dateline is not None and moment.end <= start + dateline.end():
                continue
            for token in places:
                between = text[min(token.end, moment.end) : max(token.start, moment.start)]
                if len(between) > REACH or re.search(r"[;:—–]|\. ", between):
                    continue
                clause = re.split(r"[;:—–]", text[start : max(token.end, moment.end)])[-1]
                if (_ASKED if kind == LAPSE else _NEVER_SO).search(clause) or (kind != LAPSE and _AHEAD.search(clause)):
                    continue
                if kind not in found or len(between) < found[kind][0]:
                    found[kind] = len(between), moment
    times = {kind: moment for kind, (_, moment) in found.items()}
    if {"first", "meet"} <= times.keys():
        times["first meeting"] = times["first"]
    for kind in ("first", "meet"):
        times.pop(kind, None)
    if LAPSE in times:
        return {LAPSE: times[LAPSE]}
    return times


def days_apart_of(one: Matter, two: Matter, shared: dict[str, float], score: float, dates: Dates) -> Iterator[Differs]:
    """The days of one act that two sentences tell differently; the first that shows."""
    first, second = times_of_acts(one), times_of_acts(two)
    for kind in sorted(first.keys() & second.keys()):
        moments = first[kind], second[kind]
        if moments[0].first <= moments[1].last and moments[1].first <= moments[0].last:
            return
        apart = max((moments[1].first - moments[0].last).days, (moments[0].first - moments[1].last).days)
        relative = any(_is_relative(side, moment) for side, moment in zip((one, two), moments, strict=True))
        # "On Monday night" may be Tuesday for another; a day with its number is not.
        by_calendar = all(_names_a_day(side, moment) for side, moment in zip((one, two), moments, strict=True))
        if apart < (1 if by_calendar else 2) or apart > (TERM if kind == LAPSE else YEARS):
            return
        own = {
            term
            for name in ((kind,) if kind != "first meeting" else ("first", "meet"))
            for term in one.act(name) | two.act(name)
        }
        counted = {term for term in shared if term not in own}
        if kind == "adopt" and _of_two_bodies(one, two):
            return
        if relative and not _near(one, two, dates):
            return
        itself = math.fsum(sorted(shared[term] for term in counted - _PLAIN if term in one.own and term in two.own))
        names = one.told.names_around & two.told.names_around
        if kind == LAPSE and any(shared[term] >= NEARBY and (term[0] == "#" or term in names) for term in counted):
            itself += NAMED
        if score < (MUCH if kind in _FEW else OFTEN) or itself < (ITSELF if kind in _FEW else RULE):
            return
        values = tuple(
            side.told.report.text[moment.start : moment.end] for side, moment in zip((one, two), moments, strict=True)
        )
        yield Differs(
            ConflictKind.DATE, f"the day: {values[0]}", (values[0], values[1]), "what happens once has one day", score
        )
        return


def _of_two_bodies(one: Matter, two: Matter) -> bool:
    """Whether each sentence names a body that decides and the other does not."""
    first, second = ({*side.told.sentence.words} & _DECIDERS for side in (one, two))
    return bool(first - second and second - first)


def _is_relative(matter: Matter, moment: Moment) -> bool:
    """Whether a time is told from its report's own day: "on Monday", "this week"."""
    return _RELATIVE.search(matter.told.report.text[moment.start : moment.end]) is not None


def _names_a_day(matter: Matter, moment: Moment) -> bool:
    """Whether a time is a day of the calendar, "on 6 May", and no night, which has two."""
    text = matter.told.report.text
    words = text[moment.start : moment.end]
    night = _NIGHT.search(
        text, max(matter.told.sentence.start, moment.start - 40), min(matter.told.sentence.end, moment.end + 20)
    )
    return moment.first == moment.last and re.search(r"\d", words) is not None and night is None


_NIGHT = re.compile(r"\b(?:nights?|midnight|overnight|small hours|late on|early on|dawn|hours of)\b", re.IGNORECASE)


def _near(one: Matter, two: Matter, dates: Dates) -> bool:
    apart = days_apart(dates.get(one.told.report.id), dates.get(two.told.report.id))
    return apart is not None and apart <= NEWS
