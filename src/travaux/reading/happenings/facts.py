"""What a report states and another may state otherwise: numbers with what they count, and the days of an agreement's life.

A number is kept with the verb that governs it, whoever does it and what is counted, so that only like is compared with like:
"the union represents 12,000 dockers" is about ``union represent docker``, and its adjectives and places narrow it.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.happening import Fact, FactKind, Figure
from travaux.model import Report
from travaux.reading.happenings.days import base_day, day_meant, is_of_time, time_words
from travaux.reading.happenings.figures import TIMES, figure_at, is_number
from travaux.reading.happenings.grammar import (
    above,
    after_preposition,
    is_future,
    is_maybe,
    is_past,
    negated,
    objects,
    subjects,
    token_at,
)
from travaux.reading.happenings.places import place_name
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token

DEALS = {
    "accord",
    "agreement",
    "deal",
    "pact",
    "treaty",
    "initiative",
    "mandate",
    "arrangement",
    "convention",
    "protocol",
    "contract",
    "understanding",
    "compromise",
    "settlement",
    "bargain",
    "truce",
    "ceasefire",
    "merger",
}
"""Words that a text uses in turn for the one agreement it is about."""

_LIFE = {
    "begin": {"begin", "start", "commence"},
    "sign": {"sign", "initial"},
    "reach": {"agree", "reach", "strike", "clinch", "conclude", "seal", "come", "find"},
    "adopt": {"adopt", "approve", "ratify", "endorse"},
    "end": {"end", "expire", "lapse", "terminate", "run"},
    "force": {"enter", "take", "come"},
}
_PERIODS = {"day", "week", "month", "year", "hour", "minute", "decade", "time", "quarter"}
_GENERAL = {"be", "have", "do", "say", "tell", "make", "get", "go", "include", "see", "number", "need", "want", "give"}


@dataclass(frozen=True, slots=True)
class _Thing:
    """What a noun stands for when two reports are compared, and the words that narrow it."""

    name: str
    qualities: tuple[str, ...]


def facts_told(lines: Sequence[Line], report: Report) -> list[Fact]:
    """Numbers and days that a report states, in the order of the text."""
    return [fact for line in lines for fact in (*_numbers(line, report), *_days(line, report))]


def _numbers(line: Line, report: Report) -> Iterator[Fact]:
    for token in line.sentence.span:
        told = _times(token) or _counted(token)
        if told is None:
            continue
        figure, verb, noun = told
        if negated(verb) or is_maybe(verb) or is_future(verb) or not (is_past(verb) or verb.tag_ in {"VBZ", "VBP"}):
            continue
        subject = next((one for one in subjects(verb) if one != noun), None)
        thing = next((one for one in objects(verb) if one != noun), None)
        passive = any(child.dep_ == "nsubjpass" for child in verb.children) or noun in subjects(verb)
        if noun is None and subject is None:
            continue
        doer = _thing(subject, line) if subject is not None else _Thing("", ())
        counted = _thing(noun, line) if noun is not None else _Thing("time", ())
        goal = _thing(thing, line) if thing is not None and noun is None else _Thing("", ())
        if noun is not None and not doer.name and not passive:
            continue
        words = [doer.name, verb.lemma_.lower(), goal.name, counted.name]
        qualities = tuple(sorted({*doer.qualities, *counted.qualities, *goal.qualities, *_places(verb)}))
        yield _fact(" ".join(word for word in words if word), qualities, figure, _time(line, report), line, report)


def _times(token: Token) -> tuple[Figure, Token, Token | None] | None:
    """A number of times: "was prolonged three times", "twice"."""
    if token.lower_ in TIMES and token.head.pos_ == "VERB":
        value = float(TIMES[token.lower_])
        return Figure("time", token.text, value, value), token.head, None
    if token.lower_ in {"times", "time"} and token.tag_ == "NNS" and token.head.pos_ == "VERB":
        number = next((child for child in token.children if child.dep_ == "nummod" and is_number(child)), None)
        figure = figure_at(number, "time") if number is not None else None
        return (figure, token.head, None) if figure is not None else None
    return None


def _counted(token: Token) -> tuple[Figure, Token, Token] | None:
    """A number of things that a verb governs: object or subject of it."""
    if token.dep_ != "nummod" or not is_number(token):
        return None
    noun = token.head
    if noun.pos_ != "NOUN" or noun.lemma_.lower() in _PERIODS or noun.dep_ not in {"dobj", "nsubj", "nsubjpass"}:
        return None
    verb, casualties = noun.head, happening_words().casualties
    lost = casualties["killed_verbs"] | casualties["died_verbs"] | casualties["injured_verbs"]
    if verb.pos_ != "VERB" or verb.lemma_.lower() in _GENERAL | lost:
        return None  # the killed and injured are counted with their incident
    figure = figure_at(token, noun.lemma_.lower())
    if figure is None or _is_part(noun) or is_of_time(token):
        return None
    return figure, verb, noun


def _is_part(noun: Token) -> bool:
    """Whether a number counts only some of more: "another 20", "three more", "five others", "the other two"."""
    words = {child.lower_ for child in noun.children} | {noun.lower_}
    return bool(words & {"another", "more", "further", "additional", "other", "others", "these", "those", "the"})


def _thing(token: Token, line: Line) -> _Thing:
    mention = line.mentions.get(token.i)
    if mention is not None and (mention.person or len(mention.parties) == 1):
        return _Thing(mention.person or mention.parties[0], ())
    lemma = token.lemma_.lower()
    if token.pos_ == "PRON":
        return _Thing("", ())
    name = "deal" if lemma in DEALS else lemma
    of = [one for child in token.children if child.dep_ == "prep" and child.lower_ == "of" for one in child.children]
    if lemma in {"tonne", "ton", "barrel", "litre", "percent", "dollar", "euro"} and of:
        name = f"{name} {of[0].lemma_.lower()}"
    qualities = [one.lemma_.lower() for one in token.children if one.dep_ in {"compound", "amod"} and one.is_alpha]
    return _Thing(name, tuple(sorted({*qualities, *_places(token)})))


def _places(word: Token) -> list[str]:
    """The places that hang on a verb, or on a noun: "the mine at Vell", "walked out of the congress of the miners in Lubin"."""
    found = []
    for child in word.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "at", "near", "off", "outside", "around"}:
            things = (one for one in child.children if one.dep_ == "pobj")
            names = (place_name(one) or (one.text if one.pos_ == "PROPN" else None) for one in things)
            found += [f"in {place.casefold()}" for place in names if place]
        elif child.dep_ == "prep" or (child.dep_ == "pobj" and word.dep_ == "prep"):
            found += _places(child)
    return found


def _time(line: Line, report: Report) -> str | None:
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    meant = (day_meant(one, base_day(report), ahead=False) for one in words)
    return next((day for day in meant if day), None)


def _days(line: Line, report: Report) -> Iterator[Fact]:
    """The days on which an agreement is signed, begins, enters into force or ends."""
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    for verb in line.sentence.span:
        event = _event(verb)
        if event is None or negated(verb) or is_maybe(verb):
            continue
        deal = _deal(verb, event)
        if deal is None:
            continue
        told = [(one, day_meant(one, base_day(report), ahead=is_future(verb))) for one in words]
        for one, day in told:
            at = token_at(line, one.start)
            # A day without a year in an undated report is told with its words alone.
            if at is None or (len(day) != 10 if day is not None else one.kind != "day"):
                continue
            if not _belongs(at, verb) and not (event == "reach" and len(told) == 1 and _around(at, verb)):
                continue
            doer = _decider(verb, line) if event == "adopt" else ""
            if doer is None:
                continue
            qualities = _thing(deal, line).qualities if deal.lemma_.lower() in DEALS else ()
            yield _dated(f"{event} {doer}".strip(), qualities, report.text[one.start : one.end], day, line, report)
            break


def _deal(verb: Token, event: str) -> Token | None:
    """The agreement that a verb is about: its subject or object, or what stands behind "to" or "on" where it is reached."""
    near = [*objects(verb), *(child for child in verb.children if child.dep_ == "nsubjpass")]
    if event in {"sign", "begin", "end", "force"}:
        return next((one for one in (*subjects(verb), *objects(verb)) if one.lemma_.lower() in DEALS), None)
    if event == "adopt":
        return next((one for one in near if one.lemma_.lower() in DEALS), None)
    if not is_past(verb):
        return None
    lemma = verb.lemma_.lower()
    if lemma in {"come", "find"}:
        common = [*after_preposition(verb, "to"), *objects(verb)]
        return next(
            (one for one in common if one.lemma_.lower() in {"term", "ground", "agreement", "understanding"}), None
        )
    if lemma == "agree":
        near = [*near, *after_preposition(verb, "on", "to")]
    return next((one for one in near if one.lemma_.lower() in DEALS | {"ground"}), None)


def _decider(verb: Token, line: Line) -> str | None:
    """Who adopts: the subject, or what stands behind "by"; None where nobody is named."""
    agents = after_preposition(verb, "by")
    passive = any(child.dep_ == "nsubjpass" for child in verb.children)
    doer = next(iter(agents if passive else subjects(verb)), None)
    if doer is None:
        return None
    thing = _thing(doer, line)  # "the upper house" is not the lower one
    return " ".join((*thing.qualities, thing.name)) if thing.name else None


_TOLD = {"say", "tell", "announce", "report", "confirm", "state", "declare", "write", "add", "recall", "warn"}


def _around(token: Token, verb: Token) -> bool:
    """Whether time words stand with a verb above another that shows what came about: "emerged on Friday to say they had agreed"."""
    at = token
    while at.pos_ not in {"VERB", "AUX"} and at.head != at:
        at = at.head
    return at.pos_ in {"VERB", "AUX"} and at.lemma_.lower() not in _TOLD and at in above(verb) and is_past(at)


def _event(verb: Token) -> str | None:
    if verb.pos_ != "VERB":
        return None
    lemma, around = verb.lemma_.lower(), {child.lower_ for child in verb.children}
    for event, verbs in _LIFE.items():
        if lemma not in verbs:
            continue
        if lemma == "run":
            return event if "out" in around else None
        if event == "force":
            below = {one.lower_ for one in verb.subtree}
            return "force" if below & {"force", "effect"} else None
        return event
    return None


def _belongs(token: Token, verb: Token) -> bool:
    """Whether time words hang on a verb with neither another verb nor its subject or object between."""
    at = token
    if verb.dep_ in {"relcl", "advcl"} and verb.head == token:
        return True  # "since 30 June, when the house approved it"
    while at != verb:
        if at.head == at or at.pos_ == "VERB" or at.dep_ in {"nsubj", "nsubjpass", "dobj"}:
            return False
        at = at.head
    return True


def _fact(
    subject: str, qualities: tuple[str, ...], figure: Figure, day: str | None, line: Line, report: Report
) -> Fact:
    return told_fact(line, report, FactKind.NUMBER, subject, qualities, figure.words, figure, day)


def _dated(event: str, qualities: tuple[str, ...], words: str, day: str | None, line: Line, report: Report) -> Fact:
    return told_fact(line, report, FactKind.DATE, f"deal {event}", qualities, words, None, day)
