"""What belongs to the meeting that a report is about: who speaks in it, who is still to come to it, where its sittings are held.

An agency's story names a council in its first sentence and who spoke there in the next five; a bulletin has them in capitals. Whoever
tells "the council", "the plenary" or "delegates" something was there, and so was whoever replies in the sentence after. In minutes and
bulletins everybody who speaks was. What is told to reporters, on television or in a letter is told elsewhere.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.happening import Status
from travaux.reading.happenings.days import time_words
from travaux.reading.happenings.grammar import after_preposition, auxiliaries, is_future, negated, objects, subjects
from travaux.reading.happenings.participants import Somebody, people_among, somebodies
from travaux.reading.happenings.places import place_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

    from travaux.model import Report
    from travaux.reading.happenings.masthead import Scene
    from travaux.reading.happenings.telling import Told

OPENING = 8
"""Sentences at the head of a report within which it says what it is about."""
_NUMBERS = {"one", "two", "three", "four", "five", "six", "i", "ii", "iii", "iv"}
_FORMS = {"meeting", "conference", "summit", "talks"}


def chief_of(found: Sequence[Told], scene: Scene) -> Told | None:
    """The meeting that a report is about: the first held, or going on, in its opening; None where it tells of none there."""
    opening = [one for one in found if one.line.sentence.number < OPENING and one.form in _FORMS]
    held = [one for one in opening if one.status is Status.HELD]
    placed = [one for one in held if one.place is not None and one.place == scene.place]
    told = [one for one in held if one.place is not None or one.day is not None]
    return next(iter(placed or told or held), None)


def speaking_in(line: Line, names: Names, *, recorded: bool, answering: bool) -> list[Somebody]:
    """Those who speak in the meeting that is reported on, by a sentence.

    Args:
        recorded: whether the report is a bulletin or minutes, in which everybody who speaks does so there.
        answering: whether somebody spoke there in the sentence before.
    """
    words = happening_words().status
    who: list[Somebody] = []
    for verb in line.sentence.span:
        lemma = verb.lemma_.lower()
        if (
            verb.pos_ != "VERB"
            or negated(verb)
            or is_future(verb)
            or lemma not in words["speaking"] | words["answering"]
        ):
            continue
        if _is_elsewhere(verb):
            continue
        inside = _is_inside(verb) or recorded or (answering and lemma in words["answering"])
        if inside:
            who += somebodies(people_among(_own_subjects(verb), line), names)
    return [one for one in who if one.person or one.party is not None]


def _own_subjects(verb: Token) -> list[Token]:
    """The subjects of a verb of speech, also where the clause it governs was taken for its head."""
    return [one for one in subjects(verb) if one.tag_ not in {"WDT", "WP"}]


def _is_inside(verb: Token) -> bool:
    """Whether words are told to those who sit there, or in the course of it."""
    words = happening_words()
    urged = [one for child in verb.children if child.dep_ == "ccomp" for one in child.children if one.dep_ == "nsubj"]
    heard = [*objects(verb), *urged, *after_preposition(verb, "to", "before", "with")]
    here = after_preposition(verb, "in", "during", "at", "throughout")
    house = words.status["listening"]
    debate = words.status["debates"] | words.meeting_nouns.keys()
    return any(one.lemma_.lower() in house and not _is_others(one) for one in heard) or any(
        one.lemma_.lower() in debate and not any(child.lower_ in {"press", "news"} for child in one.children)
        for one in here
    )


def _is_others(noun: Token) -> bool:
    """Whether those who listen are one's own people, and no meeting: "told her members"."""
    return any(child.dep_ == "poss" for child in noun.children)


def _is_elsewhere(verb: Token) -> bool:
    """Whether words are for the press or the public, or written."""
    outside = happening_words().status["outside"]
    return any(
        one.lemma_.lower() in outside for one in verb.subtree if one.dep_ in {"dobj", "pobj", "dative", "compound"}
    )


def guests_to_come(line: Line, report: Report) -> Iterator[Token]:
    """The verbs that say of somebody that they are still to come to where the report stands: "is expected on Friday"."""
    if not time_words(report.text, line.sentence.start, line.sentence.end):
        return
    for verb in line.sentence.span:
        lemma = verb.lemma_.lower()
        passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
        awaited = verb.pos_ == "VERB" and lemma in {"expect", "await"} and passive
        due = verb.lower_ == "due" and verb.dep_ in {"acomp", "ROOT", "conj"}
        joins = (
            verb.pos_ == "VERB" and lemma in {"join", "arrive"} and bool(auxiliaries(verb) & {"will", "would", "to"})
        )
        if not (awaited or due or joins) or negated(verb):
            continue
        own = subjects(verb.head if due and verb.dep_ == "acomp" else verb)
        persons = [mention for _, mention in people_among(own, line) if mention.person]
        others = [one for one in objects(verb) if one.pos_ != "PRON"]
        below = [child for child in verb.children if child.dep_ in {"xcomp", "ccomp"}]
        if persons and not others and not below and place_of(verb) is None:
            yield verb


def is_sitting(verb: Token) -> bool:
    """Whether a body of a conference, told by its number, meets: "Table one resumes", "Group 2 reconvenes"."""
    for one in subjects(verb):
        follows = one.doc[one.i + 1] if one.i + 1 < len(one.doc) else None
        numbered = (
            one.lower_ in _NUMBERS
            or any(
                child.pos_ == "NUM" or child.lower_ in _NUMBERS
                for child in (*one.children, follows)
                if child is not None
            )
            or one.pos_ == "NUM"
        )
        named = {one.lemma_.lower(), *(child.lemma_.lower() for child in one.children)}
        if numbered and named & happening_words().status["bodies_within"]:
            return True
    return False
