"""People counted by what befell them or what they did at a named place: hurt, killed, seized, climbed aboard; nobody counts as none.

Independent reports call the place by its name and little else alike, so what is kept of where and when is the proper names in reach
that are no party's and nobody's on the agenda, and the day. A sentence that says that nothing happened is kept with its night.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from travaux.happening import ONE_DAY, Fact, FactKind, Figure
from travaux.model import Report
from travaux.reading.happenings.casualties import INJURED, KILLED, casualties_in
from travaux.reading.happenings.days import MONTHS, WEEKDAYS, base_day, day_meant, time_words
from travaux.reading.happenings.figures import figure_at, is_number
from travaux.reading.happenings.grammar import is_future, is_maybe, negated
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.line import Line
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

PEOPLE = "people: "
"""How the subjects of these facts begin: "people: injured"."""
QUIET = "no incident"
"""The subject of a sentence that says that nothing happened."""

_BACK = 2
"""Sentences before one in which the place of what it tells may be named."""
_NOT_PEOPLE = frozenset(
    "day week month year hour minute night time house home car boat ship lorry truck bus tent shop vessel trawler tonne ton metre mile "
    "kilometre kilometer euro dollar pound per cent percent point vote seat option chapter round session meeting page article station "
    "drone missile shell rocket shot building window vehicle tank plane aircraft animal country state government nation".split()
)
_HOUSE = r"(?:hospital|clinic|infirmary)"
_DEEDS = {
    KILLED: r"\b(?:killed|died|dead|lost\s+their\s+lives|drowned|perished|shot\s+dead|deaths?|dies|slain)\b",
    INJURED: rf"\b(?:injur\w+|hurt|wound(?:s|ed)?|(?:in|to|into|from|out\s+of|at)\s+(?:the\s+|a\s+)?(?:\w+\s+)?{_HOUSE}|hospitali[sz]ed"
    r"|stretchers?|treat(?:ed|s|ing)\s+(?:for|by|at|in|on|\w+\s+(?:\w+\s+)?\w+)|bruis\w+|cuts|burns|burnt|fractur\w+"
    r"|broken\s+(?:\w+\s+)?(?:bones?|arms?|legs?|ribs?|noses?)|concuss\w+|bandag\w+|stitch\w*|casualt\w+|maimed)\b",
    "boarded": r"\b(?:climb\w*|board(?:ed|ing|ers)|clamber\w*|scal(?:e|ed|ing)\s+(?:the|its|a)|storm(?:ed|ing)|occupied|occupying"
    r"|broke\s+into|got\s+(?:on\s*to|on\s+board|aboard|into|over)|c[ao]me\s+(?:on\s+board|aboard|over\s+the\s+side)|went\s+aboard"
    r"|on\s+board|chained|swarmed)\b",
    "seized": r"\b(?:detain\w*|arrest\w*|in\s+custody|into\s+custody|held\s+by|jailed|taken\s+away|led\s+away|handcuff\w*|taken\s+in"
    r"|rounded\s+up|kidnapp\w*|abduct\w*)\b",
}
_DONE = {what: re.compile(words, re.IGNORECASE) for what, words in _DEEDS.items()}
_HARM = r"(?:hurt|injured|wounded|killed|harmed|died|dead|lost|burnt|drowned|treated|hit)"
_NOBODY = re.compile(
    rf"\b(?:nobody|no\s?-?one|none(?:\s+of\s+(?:\w+\s+){{1,3}}?)?|not\s+a\s+soul|neither\s+\w+|no\s+(?:\w+\s+)?\w+)"
    rf"\s*(?:on\s+board\s+|aboard\s+)?(?:(?:was|were|is|are|has\s+been|had\s+been|have\s+been|got|came\s+to)\s+(?:\w+\s+){{0,2}}?)?(?:{_HARM}|any\s+harm)\b"
    r"|\b(?:no|without|were\s+no|without\s+any)\s+(?:injur(?:y|ies)|casualt(?:y|ies)|deaths?|wounded|dead|fatalities|victims)\b",
    re.IGNORECASE,
)
_UNHURT = re.compile(
    r"\b(?:unhurt|unharmed|uninjured|unscathed|without\s+(?:a\s+scratch|injur\w+|casualties))\b", re.IGNORECASE
)
_FOUND_LATER = re.compile(r"\b(?:bod(?:y|ies)|remains|corpses?|graves?)\b", re.IGNORECASE)
_NOT_SO = re.compile(
    r"\b(?:if|unless|would|could|might|should|will|may|more|other|others|another|further|except|but|besides|apart\s+from|else|mentioned"
    r"|known|yet|so\s+far|responsible|blame\w*|charged|claimed)\b"
)
_QUIET = re.compile(
    r"\b(?:no|not\s+an?y?|without(?:\s+an?y?)?|free\s+of|nor\s+any)\s+(?:\w+\s+){0,2}?(?:incidents?|trouble|clash(?:es)?|violence|disturbances?"
    r"|shots?|shooting|attacks?|skirmish\w*|violations?|breach(?:es)?|unrest|fighting)\b"
    r"|\bnothing\s+(?:stirred|happened|moved|untoward|to\s+report)\b|\bnot\s+a\s+(?:single\s+)?(?:shot|stone|incident|scuffle)\b"
    r"|\b(?:night|evening|day|weekend|line|front|border|town|street|streets|gate|gates)\b[^.;]{0,40}\b(?:was|were|stayed|remained|passed|passed\s+off)"
    r"\s+(?:\w+\s+)?(?:quiet(?:ly)?|calm(?:ly)?|peaceful(?:ly)?|uneventful\w*)\b|\b(?:quiet|calm|uneventful)\s+(?:night|evening|weekend)\b"
    r"|\b(?:calm|quiet)\s+(?:reigned|prevailed|held)\b",
    re.IGNORECASE,
)
_LAST = re.compile(rf"\blast\s+(?P<m>{'|'.join(MONTHS)})\b", re.IGNORECASE)
_EARLIER = re.compile(
    r"\b(?:days?|weeks?|months?|years?|nights?|evening|morning|fortnight)\s+(?:before|earlier|ago|previously)\b|\bthe\s+(?:previous|same)\b",
    re.IGNORECASE,
)
_CAPITALS = frozenset((*MONTHS, *WEEKDAYS))
_OFFICE = re.compile(
    r"(?i)president|minister|secretary|police|commission|council|committee|red|cross|mr|mrs|ms|dr|sir|live|interview|statement"
)


def people_counted(lines: Sequence[Line], report: Report) -> Iterator[Fact]:
    """How many people a report counts in what happened, and the nights in which nothing did, in the order of the text."""
    for place, line in enumerate(lines):
        text = report.text[line.sentence.start : line.sentence.end]
        if text.rstrip("\"”’' ").endswith("?"):
            continue
        counts = _counts(line, text)
        if counts:
            where, day = _names(lines, place), _day(lines, place, report)
            for what, figure in counts.items():
                yield told_fact(line, report, FactKind.NUMBER, PEOPLE + what, where, figure.words, figure, day)
        elif _QUIET.search(text) and not _NOT_SO.search(text):
            day = _night(line, report, text)
            if day is not None:
                where = tuple(sorted(names_of(line)))
                yield told_fact(line, report, FactKind.STATUS, QUIET, where, "nothing", None, day)


def _counts(line: Line, text: str) -> dict[str, Figure]:
    """The people that a sentence counts, by what befell them: by the grammar of casualties, else by a number beside its words."""
    found = {} if _FOUND_LATER.search(text) else {figure.counted: figure for figure in casualties_in(line)}
    done = {what: pattern.search(text) for what, pattern in _DONE.items()}
    told = any(match is not None for match in done.values())
    numbers = [token for token in line.sentence.span if _is_of_people(token, line)] if told else []
    for what, match in done.items():
        if match is None or (what == INJURED and KILLED in found and len(numbers) < 2):
            continue
        if what in found and (what != INJURED or (found[what].least or 0) != 1):
            continue  # "treated four, one of whom lost a finger" counts four
        if what in {"boarded", "seized"} and done[KILLED] is not None:
            continue
        near = [token for token in numbers if not _apart(token, match, line, text)]
        if near:
            at = min(near, key=lambda token: abs(line.sentence.place(token)[0] - line.sentence.start - match.start()))
            figure = figure_at(at, what)
            if figure is not None:
                found[what] = figure
    none = _NOBODY.search(text) or _UNHURT.search(text)
    if none is not None and not _NOT_SO.search(text):
        for what in (KILLED, INJURED):
            if what not in found and (done[what] is not None or (what == INJURED and _UNHURT.search(text))):
                found[what] = Figure(what, none.group(), 0.0, 0.0)
    return found


def _is_of_people(token: Token, line: Line) -> bool:
    """Whether a number counts people: by its noun, or standing alone as a subject or before "of us"."""
    if not is_number(token):
        return False
    if token.dep_ == "nummod":
        noun = token.head
        following = noun.text[:1].isupper() and noun.dep_ in {"compound", "nmod"}
        counting = (
            not following
            and noun.pos_ in {"NOUN", "PROPN"}
            and noun.lemma_.lower() not in _NOT_PEOPLE
            and noun.tag_ in {"NNS", "NN"}
        )
    else:
        counting = token.dep_ in {"nsubj", "nsubjpass", "dobj"}
    return counting and kind_of(token) not in {"DATE", "TIME", "MONEY", "PERCENT", "ORDINAL", "QUANTITY"}


def _apart(token: Token, match: re.Match[str], line: Line, text: str) -> bool:
    """Whether a number stands in another part of the sentence than the words of what befell people, or is not what happened."""
    at = line.sentence.place(token)[0] - line.sentence.start
    between = text[min(at, match.start()) : max(at, match.start())]
    if re.search(r"[;:—–]|\b(?:while|whereas|although|after\s+which)\b", between):
        return True
    if token.dep_ != "nummod":
        done = line.sentence.place(token.head)[0] - line.sentence.start
        return not match.start() <= done < match.end()
    verb = token.head
    while verb.pos_ not in {"VERB", "AUX"} and verb.head != verb:
        verb = verb.head
    return verb.pos_ in {"VERB", "AUX"} and (negated(verb) or is_future(verb) or is_maybe(verb))


def _names(lines: Sequence[Line], place: int) -> tuple[str, ...]:
    """The proper names in and right before a sentence that are no party's and nobody's on the agenda, in lower case, sorted."""
    found: set[str] = set()
    for number in range(max(0, place - _BACK), place + 1):
        found |= names_of(lines[number])
    return tuple(sorted(found))


def names_of(line: Line) -> set[str]:
    """The proper names of a sentence that are no party's and nobody's on the agenda, in lower case."""
    taken = {
        at for mention in line.mentions.values() if mention.parties for at in range(mention.first, mention.last + 1)
    }
    found = set()
    for token in line.sentence.span:
        word = token.text
        proper = (
            word[:1].isupper()
            and len(word) > 2
            and word.isalpha()
            and (token.pos_ == "PROPN" or not token.is_sent_start)
        )
        if (
            proper
            and token.i not in taken
            and word.lower() not in _CAPITALS
            and not token.is_stop
            and not _OFFICE.fullmatch(word)
        ):
            found.add(word.lower())
    return found


def _day(lines: Sequence[Line], place: int, report: Report) -> str | None:
    """The day that a sentence tells, or one right before it in its paragraph where it has no words of time at all."""
    own = report.text[lines[place].sentence.start : lines[place].sentence.end]
    base = base_day(report)
    last = _LAST.search(own)
    if last is not None and base is not None:
        month = MONTHS.index(last["m"].lower()) + 1
        return f"{base.year - (month >= base.month)}-{month:02}"
    if last is not None or _EARLIER.search(own):
        return None
    for number in (place, place - 1, place - 2):
        if number < 0 or lines[number].sentence.block != lines[place].sentence.block:
            break
        start, end = lines[number].sentence.start, lines[number].sentence.end
        for words in time_words(report.text, start, end):
            day = day_meant(words, base, ahead=False)
            if day is not None and words.kind == "weekday" and base is not None and day == base.isoformat():
                return f"{(base - timedelta(days=7)).isoformat()}/{day}"  # today's name may be that of a week ago
            if day is not None:
                return day
    return None


def _night(line: Line, report: Report, text: str) -> str | None:
    """The days of a night in which nothing happened, ISO, two joined by ``/``; one day where it is no night."""
    base = base_day(report)
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    meant = [day_meant(one, base, ahead=False) for one in words]
    day = next((one for one in meant if one and len(one) == ONE_DAY), None)
    last = base is not None and re.search(
        r"\b(?:overnight|last\s+night|small\s+hours|the\s+night)\b", text, re.IGNORECASE
    )
    named = any(one.kind in {"full", "day", "weekday"} for one in words)
    if base is not None and last and not named:
        return f"{(base - timedelta(days=1)).isoformat()}/{base.isoformat()}"
    return day
