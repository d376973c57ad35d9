"""How far a meeting has got by the words around it: held, planned, proposed or cancelled, and whether it is denied.

1. Cancelled: it is the object of a word of calling off, or "did not take place".
2. Denied: "nothing has been agreed", "no meeting is planned", "on nobody's calendar". It is then proposed at most.
3. Proposed: what may, might, could or would be; what somebody offers, wants, invites to; a question.
4. Planned: what will be, is due, expected, agreed; what the present tense puts on a day to come, and any day after the report.
5. Held: the rest: told in the past, or spoken of as known ("after the summit").
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.happening import Status
from travaux.reading.happenings.grammar import (
    above,
    auxiliaries,
    is_future,
    is_maybe,
    is_past,
    negated,
    objects,
    with_words_beside,
)
from travaux.reading.happenings.words import happening_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_AFTER = {"after", "since", "following", "during", "at", "in", "from", "on", "amid", "by", "with", "under", "through"}
_BEFORE = {"before", "until", "ahead", "pending"}
_UNSETTLED = (
    "nothing has been agreed",
    "nothing is agreed",
    "nothing has been settled",
    "on nobody's calendar",
    "not been agreed",
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a meeting has got; whether the report denies that it is agreed."""

    status: Status
    denied: bool = False


def standing_of(
    trigger: Token, following: str = "", *, dated: bool = False, ahead: bool | None = None, told_now: bool = False
) -> Standing:
    """How far the meeting that a word names has got.

    Args:
        trigger: the noun or verb that names it.
        following: the sentence after where this one is a question that it may answer; empty otherwise.
        dated: whether a time is told of it; ahead: whether that lies after the report, None where it does not tell.
        told_now: whether the present tense tells what has just been, as in the title of a live blog of the day.
    """
    sentence = trigger.sent.text.strip()
    question = sentence.endswith("?")
    around = f"{sentence} {following}".lower().replace("’", "'")
    if _is_called_off(trigger):
        return Standing(Status.CANCELLED)
    if any(words in around for words in _UNSETTLED) or _is_denied(trigger):
        return Standing(Status.PROPOSED, denied=True)
    if question:
        return Standing(Status.PROPOSED)
    status = _of_verb(trigger) if trigger.pos_ in {"VERB", "AUX"} or trigger.lower_ == "due" else _of_noun(trigger)
    if (
        status is Status.HELD
        and not _is_at_hand(trigger)
        and (ahead or (dated and ahead is None and _is_timetable(trigger, heads=told_now)))
    ):
        return Standing(Status.PLANNED)
    return Standing(status)


def _is_at_hand(trigger: Token) -> bool:
    """Whether something was done at a meeting, which then has been, whatever day it was about: "urged them at a briefing"."""
    if trigger.dep_ != "pobj" or trigger.head.lower_ not in {"at", "during", "throughout"}:
        return False
    verb = next((one for one in above(trigger) if one.pos_ in {"VERB", "AUX"}), None)
    return verb is not None and verb.tag_ == "VBD"


def _is_timetable(trigger: Token, *, heads: bool) -> bool:
    """Whether a meeting is told in the plain present, which with a day beside it speaks of what is to come: "they meet on Monday"."""
    if trigger.lower_ == "meet" and trigger.pos_ == "NOUN":
        return True
    if heads:
        return False  # headlines tell in the present what has happened
    verb = next((one for one in (trigger, *above(trigger)) if one.pos_ in {"VERB", "AUX"}), None)
    plain = verb is not None and verb.tag_ in {"VBP", "VBZ"} and not auxiliaries(verb)
    return plain and verb is not None and (verb == trigger or any(child == trigger for child in verb.children))


_DATES = frozenset("appointment invitation date meeting visit encounter session talk trip sitting".split())
"""What is called off where a meeting that somebody asked for is."""


def _is_called_off_behind(trigger: Token) -> bool:
    """Whether what was asked for is called off by the next clause: "had asked to see her in May; the appointment was withdrawn"."""
    words = happening_words().status
    for one in trigger.doc[trigger.i + 1 : trigger.sent.end]:
        if one.dep_ != "nsubjpass" or one.lemma_.lower() not in _DATES or one in trigger.subtree:
            continue
        verb = one.head
        particles = with_words_beside(verb, "prt")
        definite = any(child.lower_ in {"the", "this", "that"} for child in one.children)
        off = words["cancelled"] | {"withdraw", "revoke", "rescind"}
        if definite and (verb.lemma_.lower() in off or particles & words["cancelled_particles"]):
            return not (negated(verb) or is_maybe(verb))
    return False


def _is_called_off(trigger: Token) -> bool:
    words = happening_words().status
    if trigger.pos_ == "VERB" and _is_called_off_behind(trigger):
        return True
    for at in (trigger, *_chain(trigger)):
        if at.pos_ not in {"VERB", "AUX"}:
            continue
        if at.lemma_.lower() == "be" and any(child.lower_ == "off" for child in at.children):
            return _concerns(at, trigger)
        particles = with_words_beside(at, "prt", "advmod", "prep")
        if at is not trigger and (at.lemma_.lower() in words["cancelled"] or particles & words["cancelled_particles"]):
            return _concerns(at, trigger)
        if (at is trigger or at.lemma_.lower() in {"take", "hold", "happen"}) and is_future(at) and negated(at):
            return True
        comes_about = _is_coming_about(at) and negated(at) and not is_maybe(at)
        failed = at.lemma_.lower() == "fail" and any(_is_coming_about(child) for child in at.children)
        if at is not trigger and (comes_about or failed):
            return _concerns(at, trigger)
    return False


def _is_coming_about(verb: Token) -> bool:
    """Whether a verb says that something comes about: "take place", "go ahead", "happen"."""
    beside = {"take": "place", "go": "ahead"}.get(verb.lemma_.lower())
    words = happening_words().status["happens"]
    if beside is None:
        return verb.pos_ == "VERB" and verb.lemma_.lower() in words
    return any(child.lower_ == beside for child in verb.children)


def _concerns(verb: Token, trigger: Token) -> bool:
    """Whether the trigger is what a verb is done to, and no bystander in its clause."""
    done_to = (
        {"dobj", "nsubjpass", "nsubj"} if verb.lemma_.lower() not in {"drop", "abandon"} else {"dobj", "nsubjpass"}
    )
    at = trigger
    while at.head != at and at.head != verb:
        at = at.head
    return at.dep_ in done_to or verb == trigger or _is_participle(at)


def _is_participle(verb: Token) -> bool:
    """Whether a verb only describes what stands before it: "the round foreseen for June", which the grammar may take for a clause."""
    return verb.tag_ == "VBN" and not auxiliaries(verb)


def _is_denied(trigger: Token) -> bool:
    words = happening_words().status
    if trigger.pos_ == "NOUN" and any(child.lower_ == "no" for child in trigger.children):
        verb = next((one for one in _chain(trigger) if one.pos_ in {"VERB", "AUX"}), None)
        return verb is not None and (verb.lemma_.lower() in words["planned"] or verb.lemma_.lower() == "be")
    for at in _chain(trigger):
        if at.pos_ == "VERB" and at.lemma_.lower() in {"agree", "settle", "plan", "schedule", "fix"} and negated(at):
            return True
    return False


def _chain(trigger: Token) -> list[Token]:
    """The words above a trigger up to the verb of its clause and the verbs that verb hangs on."""
    found = []
    for at in above(trigger):
        found.append(at)
        if at.pos_ == "VERB" and at.dep_ in {"ccomp", "advcl", "relcl", "ROOT", "parataxis"} and not _is_participle(at):
            break
    return found


def _of_verb(verb: Token) -> Status:
    words = happening_words().status
    if verb.lemma_ == "expect" or verb.lower_ == "due":
        return Status.PLANNED
    for at in _upward(verb):
        lemma = at.lemma_.lower()
        if lemma in words["proposed"] and at is not verb and not _is_granted(at, lemma):
            return Status.PROPOSED
        if at is not verb and lemma in words["planned"]:
            return Status.PLANNED
        if at.pos_ in {"VERB", "AUX"}:
            if is_maybe(at) and at.lemma_.lower() not in {"say", "tell"}:
                return Status.PROPOSED if not _reported_future(at) else Status.PLANNED
            if is_future(at):
                return Status.PLANNED
    aux = auxiliaries(verb)
    if "to" in aux and verb.head.lemma_ == "be" and verb.dep_ == "xcomp":
        return Status.PLANNED
    if verb.tag_ == "VBG" and aux & {"is", "are"} and not aux & {"been"} and verb.lemma_ not in {"host", "meet"}:
        return Status.PLANNED
    return Status.HELD


def _upward(verb: Token) -> list[Token]:
    """A verb and the words that govern it without its being a clause of its own."""
    found, at = [verb], verb
    while (
        at.head != at
        and at.dep_ in {"xcomp", "acl", "pcomp", "acomp", "prep", "conj", "dobj", "attr", "ccomp", "advcl"}
        and len(found) < 6
    ):
        if at.dep_ == "ccomp" and auxiliaries(at) - {"be"} and "to" not in auxiliaries(at):
            break  # "that they be convened" is what somebody asks for
        if at.dep_ == "advcl" and "to" not in auxiliaries(at):
            break
        at = at.head
        found.append(at)
        if at.dep_ == "acomp" or at.pos_ == "ADJ":
            continue
    return found


def _is_granted(word: Token, lemma: str) -> bool:
    """Whether a word that may mean a proposal stands as something else: "held open talks", "asked for time"."""
    return lemma in {"open", "ask", "want", "discuss"} and word.pos_ == "ADJ" and word.dep_ == "amod"


def _reported_future(verb: Token) -> bool:
    """Whether "would" is a "will" told in the past: "it was agreed that he would visit", "he said it would take place"."""
    aux = auxiliaries(verb)
    if not aux & {"would", "'d", "’d"}:
        return False
    ruler = verb.head
    return verb.dep_ == "ccomp" and ruler.lemma_.lower() in {
        "agree",
        "announce",
        "confirm",
        "settle",
        "decide",
        "schedule",
    }


def _of_noun(noun: Token) -> Status:
    words = happening_words().status
    if any(child.lower_ in {"possible", "potential", "proposed"} for child in noun.children):
        return Status.PROPOSED
    if noun.dep_ == "nsubjpass" and noun.head.lemma_.lower() in words["proposed"] | words["called_for"]:
        return Status.PROPOSED  # "the next meeting has been asked for"
    if any(
        child.lower_ in {"planned", "upcoming", "scheduled", "forthcoming", "next", "coming"} for child in noun.children
    ):
        return Status.PLANNED
    at, through = noun, noun.dep_
    while at.head != at:
        before, at = at, at.head
        lemma = at.lemma_.lower()
        if at.dep_ == "prep" and at.lower_ in _BEFORE and before.dep_ == "pobj":
            return _before(at)
        if at.pos_ == "ADP" and at.lower_ in {"after", "since", "following", "during"}:
            return Status.HELD
        if lemma == "eve" and before.lower_ == "of":
            return _before(at)
        if at.pos_ in {"NOUN", "ADJ", "VERB", "AUX"}:
            asked = lemma in words["proposed"] and _is_aim(before, at)
            asked = asked or (before.lower_ == "for" and lemma in words["called_for"])
            # "Expressed openness to a meeting": the grammar may hang on the verb what its object is about.
            over = at.pos_ == "VERB" and before.dep_ == "prep" and before.lower_ in {"to", "for", "of"}
            asked = asked or (over and any(one.lemma_.lower() in words["proposed"] for one in objects(at)))
            if asked and not (at.pos_ == "VERB" and lemma == "open" and through in {"dobj", "nsubj"}):
                return Status.PROPOSED
            does = at.pos_ == "VERB" and before.dep_ == "nsubj" and at.tag_ != "VBN"  # "the dinner sets a date"
            if at.pos_ in {"VERB", "ADJ"} and lemma in words["planned"] and _is_aim(before, at) and not does:
                return Status.PLANNED
        if at.pos_ in {"VERB", "AUX"}:
            at_hand = before.dep_ == "prep" and before.lower_ in _AFTER
            if is_maybe(at):
                return Status.HELD if at_hand else (Status.PLANNED if _reported_future(at) else Status.PROPOSED)
            if is_future(at):
                return Status.PLANNED
            if at_hand or is_past(at):
                return Status.HELD
            if "to" in auxiliaries(at) and at.dep_ in {"xcomp", "acl", "advcl"}:
                continue
            preparing = at.tag_ == "VBG" and auxiliaries(at) & {"is", "are"} and lemma in {"prepare", "plan"}
            return Status.PLANNED if preparing or _is_awaited(at) else Status.HELD
    return Status.HELD


def _is_awaited(verb: Token) -> bool:
    """Whether the present tells of what is to come: "would like to have it beside her when the talks begin"."""
    waits = any(child.lower_ in {"when", "once", "until", "till", "before"} for child in verb.children)
    rulers = [one for one in above(verb) if one.pos_ in {"VERB", "AUX"}]
    willed = any(is_future(one) or is_maybe(one) or "to" in auxiliaries(one) for one in rulers[:3])
    return verb.tag_ in {"VBZ", "VBP"} and verb.dep_ == "advcl" and waits and willed


def _is_aim(word: Token, ruler: Token) -> bool:
    """Whether a word is what its ruler is about: its object, its complement, or after "to", "for", "of", "in"."""
    if word.dep_ in {"dobj", "nsubjpass", "xcomp", "acl", "ccomp", "attr", "pobj", "nsubj"}:
        return True
    return word.dep_ == "prep" and word.lower_ in {"to", "for", "of", "with", "in"}


def _before(preposition: Token) -> Status:
    """What lies before a meeting in a report: still ahead, unless the report tells the time before it in the past."""
    verb = next((one for one in above(preposition) if one.pos_ in {"VERB", "AUX"}), None)
    return Status.HELD if verb is not None and is_past(verb) else Status.PLANNED
