"""Meetings: who met, meets or may meet whom, where, when, and how far it has got.

A noun of meeting ("summit", "talks with", "telephone conversation") or a verb ("met", "received", "spoke by telephone with")
names one. Those who take part hang on it: subjects and objects, "with X", "between X and Y", "X's talks". A word of meeting
without anybody, or with one party and neither place nor day, names nothing that could be looked up, and is passed over.
Mentions of one meeting in one report become one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.happening import Status
from travaux.model import BlockKind, Report
from travaux.reading.happenings.days import TimeWords, base_day, day_meant, time_words
from travaux.reading.happenings.grammar import (
    after_preposition,
    clause_verb,
    negated,
    objects,
    subjects,
    token_at,
)
from travaux.reading.happenings.participants import (
    Somebody,
    counted_holders,
    is_state,
    partners_of,
    people_among,
    somebodies,
    theirs,
    who_of_noun,
    who_of_verb,
)
from travaux.reading.happenings.places import place_name, place_of
from travaux.reading.happenings.standing import Standing, standing_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.names import Names
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_BY_PHONE = {"phone", "telephone", "telephonic", "video"}


@dataclass(slots=True)
class Told:
    """One mention of a meeting, before those of one meeting are brought together.

    Attributes:
        line: the sentence it stands in; trigger: the word that names it.
        answer: the sentence after, where the first is a question that it answers.
    """

    line: Line
    trigger: Token
    what: str
    form: str
    standing: Standing
    who: list[Somebody]
    place: str | None
    day: str | None
    when: str | None
    answer: Line | None = None

    @property
    def status(self) -> Status:
        """How far the meeting has got."""
        return self.standing.status


def meetings_told(lines: Sequence[Line], names: Names, report: Report) -> list[Told]:
    """Every meeting a report tells of, in order, each once."""
    found: list[Told] = []
    spoken: list[Somebody] = []
    for number, line in enumerate(lines):
        following = lines[number + 1] if number + 1 < len(lines) else None
        doc = line.sentence.span.doc
        spoken += somebodies([(doc[at], mention) for at, mention in line.mentions.items() if at < len(doc)], names)
        for told in _in_line(line, following, names, report, spoken):
            counted = counted_holders(told.trigger, spoken, names)
            meant = counted or theirs(told.trigger, spoken)
            # A plural office may have been taken for one holder; whoever is counted out has no part in it.
            kept = [one for one in told.who if not counted or one in meant or not one.person]
            told.who = kept + [one for one in meant if one.name not in {each.name for each in kept}]
            same = next((one for one in reversed(found) if is_same(one, told)), None)
            if same is None:
                found.append(told)
            else:
                _bring_together(same, told)
    return [one for one in found if is_enough(one)]


def is_enough(told: Told) -> bool:
    """Whether a mention says enough to be a meeting: two who take part, or one and a place or a day."""
    people = {one.name for one in told.who}
    where_or_when = told.place is not None or told.day is not None or told.when is not None
    definite = told.trigger.pos_ == "NOUN" and any(child.lower_ == "the" for child in told.trigger.children)
    named = told.line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING} or definite
    if told.place is not None and named and told.form in {"meeting", "summit", "talks", "conference"}:
        return True
    if told.form == "conference" and told.day is not None and named:
        return True
    if told.form == "visit":
        return bool(people) and (told.place is not None or len(people) > 1)
    return len(people) > 1 or (bool(people) and where_or_when) or (told.form == "summit" and where_or_when)


def is_same(one: Told, two: Told) -> bool:
    """Whether two mentions in one report are of one meeting: nobody and nothing in the way, and something in common."""
    if one.status is not two.status and Status.CANCELLED not in (one.status, two.status):
        return False
    if one.place and two.place and not _same_place(one.place, two.place):
        return False
    if one.day and two.day and not (one.day.startswith(two.day) or two.day.startswith(one.day)):
        return False
    first, second = {who.name for who in one.who}, {who.name for who in two.who}
    if first and second:
        shared = first & second
        return len(shared) > 1 or (bool(shared) and (first <= second or second <= first) and _near(one, two))
    return bool(one.place and two.place) or (_near(one, two) and one.form == two.form and bool(first or second))


def _near(one: Told, two: Told) -> bool:
    return abs(one.line.sentence.number - two.line.sentence.number) <= 3


def _same_place(one: str, two: str) -> bool:
    first, second = one.casefold(), two.casefold()
    return first in second or second in first


def _bring_together(first: Told, second: Told) -> None:
    """What a later mention adds to an earlier one."""
    richer = len(second.who) > len(first.who)
    first.who += [one for one in second.who if one.name not in {known.name for known in first.who}]
    first.place, first.day, first.when = first.place or second.place, first.day or second.day, first.when or second.when
    if second.status is Status.CANCELLED:
        first.standing = second.standing
    elif second.standing.denied and not first.standing.denied:
        first.standing, first.line, first.trigger, first.answer = (
            second.standing,
            second.line,
            second.trigger,
            second.answer,
        )
    elif richer:
        first.line, first.trigger, first.answer = second.line, second.trigger, second.answer


def _in_line(
    line: Line, following: Line | None, names: Names, report: Report, spoken: Sequence[Somebody]
) -> Iterable[Told]:
    for token in line.sentence.span:
        form = _form_of_noun(token) if token.pos_ in {"NOUN", "PROPN"} else _form_of_verb(token, line)
        if form is None:
            continue
        noun = token.pos_ in {"NOUN", "PROPN"}
        who = who_of_noun(token, line, names) if noun else who_of_verb(token, line, names, spoken)
        who = [one for place, one in enumerate(who) if one.name not in {before.name for before in who[:place]}]
        question = line.sentence.span.text.strip().endswith("?")
        answer = following if question and following and following.sentence.block == line.sentence.block else None
        standing = standing_of(token, answer.sentence.span.text if answer else "")
        place = _place(token, form, line)
        words = _time_of(token, line, report)
        # "Monday's meeting was cancelled" is of a day gone by; "the meeting set for Monday was cancelled" may lie ahead.
        gone = words is not None and report.text[words.end : words.end + 2] in {"'s", "’s"}
        ahead = standing.status is not Status.HELD and not (gone and standing.status is Status.CANCELLED)
        day = day_meant(words, base_day(report), ahead=ahead) if words else None
        when = report.text[words.start : words.end] if words else None
        yield Told(line, token, _what(token, form), form, standing, who, place, day, when, answer)


def _place(token: Token, form: str, line: Line) -> str | None:
    if form == "call":
        return None
    if token.pos_ == "VERB" and _is_talks_in_title(token, line):
        return next(place_name(one) for one in subjects(token) if is_state(one))
    return place_of(token, toward=form == "visit")


def _form_of_noun(token: Token) -> str | None:
    words = happening_words()
    lemma = token.lemma_.lower()
    form = words.meeting_nouns.get(lemma)
    if form is None or token.dep_ == "compound" or (token.pos_ == "PROPN" and kind_of(token) in {"ORG", "PERSON"}):
        return None
    before = {child.lower_ for child in token.children if child.dep_ in {"compound", "amod", "nmod", "nummod"}}
    if lemma in words.needs_before and not before & words.needs_before[lemma]:
        return None
    if lemma == "conversation" and not before & _BY_PHONE:
        return "talks"
    if lemma == "talk" and token.tag_ == "NN" and not any(child.lower_ == "with" for child in token.children):
        return None
    if before & {"press", "news"} and "joint" not in before:
        return None
    if before & {"such", "any", "every"} or any(child.lower_ in {"such", "any"} for child in token.children):
        return None
    if lemma in {"meeting", "meetings"} and any(child.lower_ in {"minds"} for child in token.subtree):
        return None
    if before & _BY_PHONE:
        return "call" if before & {"phone", "telephone", "telephonic"} else "conference"
    return form


def _form_of_verb(token: Token, line: Line) -> str | None:
    if token.pos_ != "VERB":
        return None
    if _is_talks_in_title(token, line):
        return "talks"
    lemma = token.lemma_.lower()
    if lemma in {"say", "tell", "assure", "inform", "discuss", "ask", "repeat"} and _is_by_phone(token):
        return "call" if people_among([*objects(token), *after_preposition(token, "to", "with")], line) else None
    if lemma in {"face", "address", "meet"} and any(
        one.lemma_ in {"press", "reporter", "journalist"} for one in objects(token)
    ):
        return (
            "conference"
            if len({mention.person for _, mention in people_among(subjects(token), line)} - {None}) > 1
            else None
        )
    rule = happening_words().meeting_verbs.get(lemma)
    if rule is None or (negated(token) and lemma != "meet"):
        return None
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.children)
    by_phone = any(one.lower_ in _BY_PHONE for one in token.subtree)
    if rule.get("by_phone") and not by_phone:
        return None
    if any(one.lemma_.lower() in happening_words().status["refused"] for one in _rulers(token)):
        return None
    if lemma == "send" and (objects(token) or not _goal(token)):
        return None
    if rule.get("particle") and not any(child.lower_ == rule["particle"] for child in token.children):
        return None
    if rule.get("place_needed") and place_of(token) is None:
        return None
    if rule.get("passive") and not passive and rule["form"] == "visit" and not rule.get("object"):
        # "whom he expects in Türkiye": the one who is expected is the object.
        return rule["form"] if people_among(objects(token), line) and _goal(token) else None
    if rule.get("person") and not people_among(objects(token), line) and not passive:
        return None
    if rule.get("object") and rule["form"] == "meeting" and not rule.get("person"):
        others = people_among(objects(token), line) or people_among(after_preposition(token, "with"), line)
        several = len({one.i for one in subjects(token)}) > 1 or any(
            one.tag_ in {"NNS", "PRP"} for one in subjects(token)
        )
        if not others and (objects(token) or not several):
            return None
    if rule.get("with") and not rule.get("object"):
        partners = people_among([*partners_of(token), *after_preposition(token, "to")], line)
        if not partners or (token.lemma_ == "speak" and not by_phone and not partners_of(token)):
            return None
        return "call" if by_phone else str(rule["form"])
    if rule["form"] == "visit" and _goal(token) is None:
        return None
    return "call" if by_phone and rule["form"] != "visit" else str(rule["form"])


def _rulers(verb: Token) -> list[Token]:
    """The verbs that a verb is the complement of: "refused to meet"."""
    found, at = [], verb
    while at.dep_ in {"xcomp", "pcomp", "prep"} and at.head != at:
        at = at.head
        found.append(at)
    return found


def _is_by_phone(verb: Token) -> bool:
    return any(one.lower_ in _BY_PHONE for one in after_preposition(verb, "by", "over", "in"))


def _is_talks_in_title(token: Token, line: Line) -> bool:
    """Whether the grammar took the noun of "Paris talks on a force" for a verb, as it does in headlines."""
    headline = line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING}
    return headline and token.lower_ == "talks" and any(is_state(one) for one in subjects(token))


def _goal(verb: Token) -> str | None:
    """Where a verb of going leads: after "to" or "in", or the place that is its object."""
    goals = after_preposition(verb, "to", "in", "at")
    if happening_words().meeting_verbs.get(verb.lemma_.lower(), {}).get("named"):
        goals = [one for one in goals if is_state(one)]
    named = next((place for one in goals if (place := place_name(one))), None)
    return named or next((place_name(one) for one in objects(verb) if is_state(one)), None)


def _time_of(token: Token, line: Line, report: Report) -> TimeWords | None:
    """The time words that belong to a meeting: those that hang on it, else on its clause's verb, else none."""
    words = time_words(report.text, line.sentence.start, line.sentence.end)
    if not words:
        return None
    verb = clause_verb(token)
    beside = token.dep_ == "pobj" and token.head.lower_ in {"after", "since", "following", "before", "from"}
    for top in (token, None if beside else verb):
        if top is None:
            continue
        for one in words:
            at = token_at(line, one.start)
            if at is not None and _reaches(at, top, token):
                return one
    return None


def _reaches(token: Token, top: Token, trigger: Token) -> bool:
    """Whether a word hangs on another with no verb between ("set for" beside a meeting is none), and on no other meeting."""
    at = token
    while at != top:
        if at.head == at:
            return False
        at = at.head
        beside = at.dep_ == "acl" and at.head == trigger
        other = at != trigger and at.lemma_.lower() in happening_words().meeting_nouns
        if at != top and ((at.pos_ == "VERB" and not beside) or other):
            return False
    return True


def _what(token: Token, form: str) -> str:
    if token.pos_ == "VERB":
        return form
    first = min((one.left_edge.i for one in token.lefts if one.dep_ in {"compound", "amod", "nummod"}), default=token.i)
    return token.doc[first : token.i + 1].text
