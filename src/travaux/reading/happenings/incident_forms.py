"""Which form of incident a word names in the flesh: "an explosion at the plant", "the port blew up", "killed 240", "shot dead".

A noun of the lexicon is literal where what it is of, or what it does, is a thing; a verb is one of `deeds`; people killed or
injured, counted or named, tell of an incident that no other word names.
"""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from travaux.happening import Figure
from travaux.reading.happenings import demonstrations
from travaux.reading.happenings.casualties import INJURED, KILLED, casualty_of, casualty_words, found_dead, to_death
from travaux.reading.happenings.deeds import deed_of
from travaux.reading.happenings.demonstrations import crowd_of, is_demonstration, may_tell_of_demonstration
from travaux.reading.happenings.figures import figure_at, is_number
from travaux.reading.happenings.grammar import after_preposition, objects, subjects
from travaux.reading.happenings.scene import CALENDAR
from travaux.reading.happenings.things import NAME, PERSON, are, is_agent, is_armed, kinds_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

HARM = "killing"
"""The form of an incident that is told by its victims alone."""

_VICTIMS = {PERSON, "crowd", "armed", "soft"}
_PHYSICAL = (
    _VICTIMS
    | {"thing", "craft", "arm", "fired", "force", "blaze", "fuel", "conduit", "goods", "weight", "system", "open", "seat"}
    | {"disease", "household"}
)  # fmt: skip


def has_cause(token: Token) -> bool:
    """Whether what killed or injured somebody is named and is an incident: "at least 86 have died in the floods"."""
    nouns = happening_words().incident_nouns
    near = after_preposition(token, "in", "by", "of", "from", "during")
    return any(one.lemma_.lower() in nouns or are([one], {"force", "blaze", "disease", "arm"}) for one in near)


@cache
def _incident_words() -> frozenset[str]:
    return casualty_words() | happening_words().incident_nouns.keys() | {"exchange", "shoot", "gun"}


def may_tell_of_incident(words: frozenset[str]) -> bool:
    """Whether a sentence of these words, see `Sentence.words`, has any that `form_of` could find an incident in."""
    if not words.isdisjoint(_incident_words()) or may_tell_of_demonstration(words):
        return True
    deeds = happening_words().deeds
    return any(words.issuperset(deed.following) for verb in words & deeds.keys() for deed in deeds[verb])


def form_of(token: Token) -> str | None:
    """The form of incident a word names in the flesh; None for any other word."""
    if is_demonstration(token):
        return demonstrations.FORM
    if token.pos_ == "NOUN":
        form = happening_words().incident_nouns.get(token.lemma_.lower())
        if token.lemma_.lower() == "exchange" and are(after_preposition(token, "of"), {"shots"}):
            return "clash"
        # "Under fire" is told by who came under it.
        shown = token.dep_ not in {"compound", "npadvmod"} and not (
            token.dep_ == "pobj" and token.head.lower_ == "under"
        )
        if form is not None and shown and _is_literal(token):
            return form
    elif (
        token.tag_ == "VBG"
        and token.dep_ == "pcomp"
        and not objects(token)
        and token.lower_ in happening_words().incident_nouns
    ):
        return happening_words().incident_nouns[token.lower_]  # "lost its power after shelling"
    elif _is_shot_dead(token):
        return _harm(token)
    elif token.pos_ in {"VERB", "ADJ", "AUX"} or (token.pos_ == "PROPN" and token.dep_ == "ROOT"):
        found = None if token.dep_ == "amod" else deed_of(token)
        if found is not None:
            return found[0].form
    return _harm(token)


def _harm(token: Token) -> str | None:
    """An incident told by its victims: people killed or injured, counted, or one of them named."""
    words = happening_words().casualties
    figure, lemma = casualty_of(token), token.lemma_.lower()
    if figure is not None and figure.most != 0 and _are_victims(token):
        return HARM if figure.counted == KILLED else "injury" if figure.counted == INJURED else None
    if found_dead(token):
        return HARM if are([*subjects(token), *objects(token)], _VICTIMS | {NAME}) else None
    if to_death(token) and any(
        are([one], _VICTIMS) or is_agent(one) or kind_of(one) == "PERSON" for one in subjects(token)
    ):
        return HARM
    if token.pos_ != "VERB" or not _has_killer(token):
        return None
    killed = lemma in words["killed_verbs"] or _is_shot_dead(token)
    if killed or lemma in words["injured_verbs"] - {"hurt"}:
        victims = subjects(token) if any(child.dep_ == "nsubjpass" for child in token.children) else objects(token)
        if are(victims, _VICTIMS) or any(kind_of(one) == "PERSON" for one in victims):
            return HARM if killed else "injury"
    return None


def _is_shot_dead(token: Token) -> bool:
    return (
        token.lemma_.lower() in {"shoot", "gun"}
        and any(child.lower_ in {"dead", "down"} for child in token.children)
        and are([*objects(token), *subjects(token)], _VICTIMS | {NAME})
        and not are(objects(token), {"craft", "fired"})
    )


def _has_killer(verb: Token) -> bool:
    """Whether what kills or injures is a thing, a person or an incident; of smoking and pollution a count is no incident."""
    words = happening_words()
    if verb.lemma_.lower() in words.casualties["died_verbs"]:
        return True
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    doers = [one for one in (after_preposition(verb, "by") if passive else subjects(verb)) if one.pos_ == "NOUN"]
    return not doers or any(
        are([one], _PHYSICAL)
        or one.lemma_.lower() in words.incident_nouns
        or one.lemma_.lower() in words.casualties["killers"]
        for one in doers
    )


def _are_victims(token: Token) -> bool:
    """Whether what is killed or injured are people: "killed 240", and not "killed 40 jobs"."""
    if token.pos_ in {"NOUN", "ADJ"} and token.lemma_.lower() not in happening_words().casualties["killed_verbs"]:
        return True
    if not _has_killer(token):
        return False
    near = [*subjects(token), *objects(token)]
    return are(near, _VICTIMS) or any(_is_of_people(one) for one in near)


def _is_of_people(noun: Token) -> bool:
    """Whether a counted noun is made as those for people are: "13 contractors", "27 schoolchildren"."""
    made = is_agent(noun) or noun.lemma_.lower().endswith(("children", "people", "folk"))
    return made and noun.tag_ == "NNS" and not kinds_of(noun)


def _is_literal(noun: Token) -> bool:
    """Whether a noun names an incident in the flesh: "an explosion at the plant", and not "an explosion of costs"."""
    words, lemma = happening_words(), noun.lemma_.lower()
    ideas = [one for one in subjects(noun.head) if one.pos_ == "NOUN" and not kinds_of(one)]
    if noun.dep_ == "attr" and any(one.lemma_.lower() not in words.incident_nouns for one in ideas):
        return False  # "the dinner was a car crash"
    before = {child.lemma_.lower() for child in noun.children if child.dep_ in {"compound", "amod", "nmod"}}
    if before & words.incident_needs["ideas"]:
        return False
    aims = [
        one
        for child in noun.children
        if child.dep_ == "prep" and child.lower_ in {"of", "on", "against", "over", "about"}
        for one in child.children
        if one.dep_ in {"pobj", "pcomp"} and one.lower_ not in CALENDAR
    ]
    physical = are(aims, _PHYSICAL) or any(words.things.get(one, frozenset()) & _PHYSICAL for one in before)
    if aims and not physical and not are(aims, {NAME}):
        return False
    if lemma not in words.incident_needs["loose"]:
        return True
    if lemma in words.incident_needs["sided"]:
        sides = [
            *aims,
            *(one for child in noun.children if child.lower_ == "with" for one in child.children),
            *(one for child in noun.sent if child.lower_ == "between" for one in child.children),
        ]
        return are(sides, {"armed", "crowd"}) or is_armed(noun.sent) or _has_victims(noun)
    if lemma == "strike":
        return is_armed(noun.sent) and (are(aims, _PHYSICAL | {NAME}) or bool(before & words.weapons) or strokes(noun))
    return physical or is_armed(noun.sent) or bool(before & words.weapons) or strokes(noun) or _has_victims(noun)


def strokes(noun: Token) -> bool:
    """Whether a noun does what only an incident does: "the fire destroyed a depot", "an accident in which six died"."""
    words = happening_words()
    verb = noun.head
    does = noun.dep_ in {"nsubj", "nsubjpass"} and verb.lemma_.lower() in words.incident_needs["strokes"]
    if does:
        things = [*objects(verb), *(one for child in verb.children if child.dep_ == "prep" for one in child.children)]
        return (
            are(things, _PHYSICAL)
            or any(kind_of(one) in {"GPE", "LOC", "FAC"} for one in things)
            or any(is_number(one) for one in things)
        )
    below = (one for child in noun.children if child.dep_ in {"relcl", "acl"} for one in child.subtree)
    return any(
        one.lemma_.lower() in words.incident_needs["strokes"] and are([*objects(one), *subjects(one)], _PHYSICAL)
        for one in below
        if one.pos_ == "VERB"
    )


def _has_victims(noun: Token) -> bool:
    return any((figure := casualty_of(one)) is not None and figure.most != 0 and _are_victims(one) for one in noun.sent)


def figures_of(token: Token, form: str) -> list[Figure]:
    """What an incident counts besides people: "sent 138 drones", "destroyed 60,000 tonnes of cereals"."""
    casualty = casualty_of(token)
    if casualty is not None:
        return [casualty]
    crowd = crowd_of(token) if form == demonstrations.FORM else None
    if crowd is not None:
        return [crowd]
    things = objects(token) + subjects(token) if token.pos_ != "NOUN" else []
    people = happening_words().casualties["people"]
    found = []
    for one in things:
        # Who is seized is counted here; how many boats are boarded in a month is a fact, and compared as such.
        if (one.lemma_.lower() in people) is not (form == "seizure"):
            continue
        for child in one.children:
            figure = figure_at(child, one.lemma_.lower()) if child.dep_ == "nummod" and is_number(child) else None
            if figure is not None:
                found.append(figure)
    return found
