"""The hour at which talks ended or began by a report, and the day on which a term ran out: what happens once and has one time.

An hour is told in any words ("shortly after two o'clock this morning", "at half past three on Friday", "23.40"), and with the day that
its sentence names. Where the words leave open which half of the day is meant, both are kept.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from travaux.happening import ONE_DAY, Fact, FactKind, Figure
from travaux.model import Report
from travaux.reading.happenings.days import base_day, day_meant, time_words
from travaux.reading.happenings.facts import DEALS
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.line import Line

HOUR = "hour: "
"""How the subjects of hours begin: "hour: ended"."""
TERM = "term ran out"
"""The subject of the day on which a term ran out."""

_NUMBER = r"(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|\d{1,2})"
_MINUTES = r"(?:half|(?:a\s+)?quarter|(?:twenty-five|twenty|ten|five|\d{1,2})(?:\s+minutes)?)"
_ABOUT = r"(?:shortly|just|soon|well|a\s+little|not\s+long|some\s+\w+\s+minutes|a\s+few\s+minutes|minutes)"
_CLOCK = re.compile(
    rf"\b(?:(?P<about>{_ABOUT}\s+)?(?P<side>after|before|past|about|around|towards|at|by|until|till|nearly)\s+)"
    rf"(?:(?P<minutes>{_MINUTES})\s+(?P<to>past|to|after|before)\s+)?"
    rf"(?:(?P<named>midnight|noon|midday)|(?P<hour>{_NUMBER})(?:[.:](?P<exact>\d\d))?)"
    r"(?P<clock>\s*o['’]clock|\s*hours|\s*h\b)?"
    r"(?P<half>\s*(?:a\.?m\b\.?|p\.?m\b\.?)|,?\s+(?:in\s+the|on\s+\w+|this|that|on\s+the|the\s+next|the\s+following|yesterday)?\s*"
    r"(?:early\s+)?(?:small\s+hours|morning|afternoon|evening|night)|,?\s+at\s+night)?",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:clos(?:e|ed|ing)|end(?:ed|ing)|adjourn\w*|rose|bro(?:ke|ken)\s+(?:up|off)|(?:was|were)\s+(?:broken\s+off|over|suspended|interrupted|halted)"
    r"|conclud\w+|finish\w*|wound\s+up|dissolved|stood\s+up|got\s+up|called\s+it\s+a\s+(?:day|night)|gave\s+up|parted|dispersed"
    r"|left\s+the\s+table|walked\s+out|lights\s+went\s+out|gavel\w*|the\s+end\s+came|stopped|left|departed|went\s+(?:home|to\s+bed)"
    r"|came\s+to\s+(?:an\s+end|a\s+close)|dr[ae]w\s+to\s+a\s+close|(?:sat|went\s+on|lasted|talked|negotiated|continued|dragged\s+on)\s+(?:\w+\s+){0,2}?(?:until|till))\b",
    re.IGNORECASE,
)
_SIGNED = re.compile(
    r"\b(?:signed|initialled|shook\s+hands|struck|reached|agreed|adopted|sealed|clinched|approved|gavelled\s+through)\b",
    re.IGNORECASE,
)
_TALKS = re.compile(
    r"\b(?:conference|talks|sessions?|meetings?|negotiat\w+|plenary|sittings?|rounds?|summit|assembly|council|committee|delegat\w+|ministers?"
    r"|leaders?|chair\w*|president|parties|sides|mediat\w+|hearing|consultations?|secretary-general|deal|agreement|accord|text|envoys?|debate"
    r"|gathering|dinner|bargain\w*|discussions?)\b",
    re.IGNORECASE,
)
_NOT_ENDED = re.compile(
    r"\b(?:will|would|should|must|may|might|could|if|unless|before|not|never|expected|due|hope\w*|plan\w*)\b",
    re.IGNORECASE,
)
_RAN_OUT = re.compile(
    r"\b(?:ran|run|running)\s+out\b|\bexpir(?:e|ed|es|y|ing)\b|\blaps(?:e|ed|es|ing)\b|\belaps(?:e|ed)\b|\bdeadlines?\b|\btime\s+limit\b|\bwas\s+up\b"
    r"|\bcut-?off\b|\b(?:was|were|is|are|been|fell|falls?)\s+due\b|\bdue\s+(?:to\s+\w+|by|on)\b|\bhad\s+(?:until|till)\b"
    r"|\b(?:had|were|was)\s+to\s+(?:\w+\s+){1,5}?by\b|\bterm\s+ended\b|\bclosing\s+date\b",
    re.IGNORECASE,
)
_NOT_RUN_OUT = re.compile(
    r"\b(?:if|unless|propos\w*|demand\w*|want\w*|would\s+like|ask\w*|extend\w*|postpon\w*|prolong\w*|new\s+deadline)\b",
    re.IGNORECASE,
)
_GENERAL = frozenset(
    "day week month year hour time date deadline term end party side talk negotiation meeting member country government state people "
    "nation question answer clause council conference session thing report way work one".split()
)


def hours_told(lines: Sequence[Line], report: Report) -> Iterator[Fact]:
    """The hours at which talks ended or something was agreed, and the days on which terms ran out, in the order of the text."""
    for place, line in enumerate(lines):
        text = report.text[line.sentence.start : line.sentence.end]
        yield from _hours(lines, place, text, report)
        yield from _terms(lines, place, text, report)


def _hours(lines: Sequence[Line], place: int, text: str, report: Report) -> Iterator[Fact]:
    line = lines[place]
    for kind, pattern in (("ended", _ENDED), ("agreed", _SIGNED)):
        verb = pattern.search(text)
        if verb is None or not any(_TALKS.search(one) for one in (text, *_beside(lines, place, report))):
            continue
        if _NOT_ENDED.search(_clause(text, verb.start())):
            continue
        clocks = [(found, hours) for found in _CLOCK.finditer(text) if (hours := hours_of(found))]
        if not clocks:
            continue
        found, hours = min(clocks, key=lambda one: abs(one[0].start() - verb.start()))
        day = _day(line, text, report)
        if day is None:
            continue
        figure = Figure("hour", found.group().strip(), min(hours), max(hours), len(hours) > 1)
        yield told_fact(line, report, FactKind.DATE, HOUR + kind, (), found.group().strip(), figure, day.isoformat())
        return


def _beside(lines: Sequence[Line], place: int, report: Report) -> list[str]:
    """The sentences right before and behind one."""
    return [
        report.text[one.sentence.start : one.sentence.end]
        for one in (*lines[max(0, place - 1) : place], *lines[place + 1 : place + 2])
    ]


def _clause(text: str, place: int) -> str:
    return re.split(r"[.;:—–]", text[:place])[-1]


def hours_of(found: re.Match[str]) -> list[float]:
    """The hours of a day that words may mean, 0 to 24: one, or one of each half; none where the words are no hour."""
    named, told = found["named"], found["hour"]
    plain = not (found["minutes"] or found["clock"] or found["half"] or found["exact"] or named)
    if plain and (found["side"].lower() not in {"at", "after", "before", "by"} or told is None or told.isdigit()):
        return []
    if plain and re.match(r"\s+(?:\w+s\b|per\b|%|of\b|million|billion)", found.string[found.end() :]):
        return []
    if named is not None:
        hour = 24.0 if named.lower() == "midnight" else 12.0
    else:
        value = number_value(told)
        if value is None or value > 24:
            return []
        hour = value
    if found["minutes"]:
        words = found["minutes"].lower().replace("minutes", "").replace("a ", "").strip()
        minutes = 30.0 if words == "half" else 15.0 if words == "quarter" else number_value(words) or 0.0
        hour += minutes / 60 if found["to"].lower() in {"past", "after"} else -minutes / 60
    elif found["exact"]:
        hour += int(found["exact"]) / 60
    if found["about"] and found["side"].lower() in {"after", "past"}:
        hour += 0.1
    elif found["side"].lower() == "before" and found["about"]:
        hour -= 0.1
    half = (found["half"] or "").lower()
    if named is not None or hour > 13 or (found["exact"] and len(told or "") == 2):
        return [hour]
    if re.search(r"a\.?m|morning|small hours", half):
        return [hour % 12]
    if re.search(r"p\.?m|afternoon|evening", half):
        return [hour % 12 + 12]
    if "night" in half:
        return [hour % 12 + (12 if hour % 12 >= 6 else 0)]
    return [hour % 12, hour % 12 + 12]


def _day(line: Line, text: str, report: Report) -> date | None:
    """The day that a sentence with an hour is about: the one it names, or that of publication where it says "this morning"."""
    base = base_day(report)
    for words in time_words(report.text, line.sentence.start, line.sentence.end):
        meant = day_meant(words, base, ahead=False)
        if meant is not None and len(meant) == ONE_DAY:
            day = date.fromisoformat(meant)
            if (
                words.kind == "weekday"
                and base is not None
                and re.match(r"\s+of last week\b", report.text[words.end :])
            ):
                day = base - timedelta(days=base.weekday() + 7 - day.weekday())
            return day
    if base is None:
        return None
    if re.search(r"\bthis\s+(?:morning|afternoon|evening)\b|\btoday\b", text, re.IGNORECASE):
        return base
    if re.search(r"\byesterday\b|\blast\s+night\b", text, re.IGNORECASE):
        return base - timedelta(days=1)
    return None


def _terms(lines: Sequence[Line], place: int, text: str, report: Report) -> Iterator[Fact]:
    line = lines[place]
    found = _RAN_OUT.search(text)
    if found is None or text.rstrip().endswith("?"):
        return
    clause = _clause(text, found.start()) + re.split(r"[,.;:—–]", text[found.start() :])[0]
    if _NOT_RUN_OUT.search(clause):
        return
    base = base_day(report)
    for words in time_words(report.text, line.sentence.start, line.sentence.end):
        if words.kind not in {"full", "day"}:
            continue
        at = words.start - line.sentence.start
        between = text[min(at, found.end()) : max(at, found.end())]
        if abs(at - found.end()) > 60 or re.search(r"[.;:—–]", between):
            continue
        day = day_meant(words, base, ahead=False)
        own = _nouns(line)
        near = {noun for other in lines[max(0, place - 1) : place + 2] for noun in _nouns(other)} - own
        qualities = (*sorted(own), *(f"near {noun}" for noun in sorted(near)))
        yield told_fact(line, report, FactKind.DATE, TERM, qualities, report.text[words.start : words.end], None, day)
        return


def _nouns(line: Line) -> set[str]:
    """The nouns of a sentence that tell what it is about, in base forms."""
    return {
        token.lemma_.lower()
        for token in line.sentence.span
        if token.pos_ == "NOUN"
        and token.is_alpha
        and len(token.text) > 3
        and token.lemma_.lower() not in _GENERAL | DEALS
    }
