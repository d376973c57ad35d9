"""Incidents: what happened on the ground, where, how many were killed and injured, and who says so.

A noun ("shelling", "collision") or verb ("hit", "exploded", "shot down") names one where it tells what has happened: nothing
under "if", "may" or "any", nothing that a treaty says of attacks as such, and no strike for wages. Casualties in its
sentence and in the two after belong to it, unless these tell of another incident.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from travaux.happening import Figure
from travaux.model import Report
from travaux.reading.happenings.casualties import casualties_in, casualty_of
from travaux.reading.happenings.days import base_day, day_meant, time_words
from travaux.reading.happenings.figures import figure_at, is_number
from travaux.reading.happenings.grammar import (
    after_preposition,
    auxiliaries,
    clause_verb,
    is_past,
    is_supposed,
    negated,
    objects,
    subjects,
)
from travaux.reading.happenings.places import place_name, place_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2
"""How many sentences after an incident its casualties may stand in."""

_SAYING = {"say", "report", "claim", "announce", "tell", "state", "write", "confirm", "declare", "acknowledge", "admit"}
_GENERIC = {"article", "treaty", "pact", "member", "clause", "law", "charter"}


@dataclass(slots=True)
class ToldIncident:
    """One incident as a report tells it.

    Attributes:
        line: the sentence it stands in; lines: all sentences that speak of it; trigger: the word that names it.
    """

    line: Line
    trigger: Token
    what: str
    form: str
    place: str | None
    day: str | None
    when: str | None
    claimed_by: str | None
    figures: list[Figure] = field(default_factory=list)
    last_line: Line | None = None

    def add(self, figures: Sequence[Figure]) -> None:
        """Take figures of what is not counted yet."""
        self.figures += [one for one in figures if one.counted not in {known.counted for known in self.figures}]


def incidents_told(lines: Sequence[Line], report: Report) -> list[ToldIncident]:
    """Every incident a report tells of, in order, each once."""
    found: list[ToldIncident] = []
    for line in lines:
        here = list(_in_line(line, report))
        casualties = casualties_in(line)
        for told in here:
            same = next((one for one in reversed(found) if _is_same(one, told)), None)
            if same is None:
                found.append(told)
            else:
                same.place, same.day, same.when = same.place or told.place, same.day or told.day, same.when or told.when
                same.add(told.figures)
                same.last_line = line
        latest = found[-1] if found else None
        if casualties and latest is not None:
            last = latest.last_line or latest.line
            if line.sentence.number - last.sentence.number <= REACH:
                latest.add(casualties)
                latest.last_line = line
    return found


def _is_same(one: ToldIncident, two: ToldIncident) -> bool:
    """Whether a later mention is of an incident told before: nothing in the way, and near or tied by the place."""
    places = (one.place or "").casefold(), (two.place or "").casefold()
    if all(places) and places[0] not in places[1] and places[1] not in places[0]:
        return False
    if one.day and two.day and one.day != two.day:
        return False
    if one.claimed_by and two.claimed_by and one.claimed_by != two.claimed_by:
        return False
    apart = two.line.sentence.number - (one.last_line or one.line).sentence.number
    related = one.form == two.form or {one.form, two.form} & {"killing", "attack"} or two.form == "explosion"
    if apart == 0:
        return bool(related) or not (one.place and two.place)
    if one.place and two.place:
        return bool(related)
    definite = any(child.lower_ in {"the", "this", "that"} for child in two.trigger.children)
    return apart <= REACH and two.trigger.pos_ == "NOUN" and definite and bool(related)


def _in_line(line: Line, report: Report) -> Iterator[ToldIncident]:
    for token in line.sentence.span:
        form = _form(token)
        if form is None:
            continue
        place = _place(token)
        figures = _figures(token, form)
        if not _is_told(token, form, place, figures, line):
            continue
        words = time_words(report.text, line.sentence.start, line.sentence.end)
        meant = [day_meant(one, base_day(report), ahead=False) for one in words]
        day = next((one for one in meant if one), None)
        when = report.text[words[0].start : words[0].end] if words else None
        told = ToldIncident(line, token, _what(token), form, place, day, when, claimed_by(token, line))
        told.add(figures)
        yield told


def _form(token: Token) -> str | None:
    words = happening_words()
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        form = words.incident_nouns.get(lemma)
        return form if form and token.dep_ not in {"compound", "npadvmod"} else None
    if token.pos_ in {"VERB", "ADJ"} or (token.pos_ == "PROPN" and token.dep_ == "ROOT"):
        if lemma == "shoot" and any(child.lower_ == "down" for child in token.children):
            return "shot-down"
        return words.incident_verbs.get(lemma)
    return None


def _is_told(token: Token, form: str, place: str | None, figures: Sequence[Figure], line: Line) -> bool:
    """Whether a word tells of something that happened and that could be looked up."""
    words = happening_words()
    around = {one.lemma_.lower() for one in line.sentence.span}
    armed = bool(around & words.weapons)
    if is_supposed(token) or _is_general(token, around):
        return False
    if token.pos_ == "NOUN":
        if form == "attack" and token.lemma_ == "strike" and not (armed or figures or _strikes_something(token)):
            return False
        strong = token.lemma_.lower() in words.incident_nouns and token.lemma_ != "strike"
        return (strong and bool(place or figures or armed or (kind_of(token) == "" and _named_victim(token)))) or (
            form == "attack" and bool(place) and (armed or _strikes_something(token))
        )
    if not _is_real(token):
        return False
    things = objects(token) + [one for one in subjects(token) if _is_passive(token) or form in {"rupture", "collision"}]
    hit = any(_is_target(one) for one in things)
    if form == "strike":
        return (hit and (armed or bool(place) or _is_passive(token))) or (armed and bool(place))
    if form == "launch":
        return any(_is_weapon(one) for one in things)
    if form == "shot-down":
        return any(_is_weapon(one) for one in things)
    if form == "rupture":
        return hit
    if form == "attack":
        return hit or (bool(place) and armed)
    if form == "seizure":
        return hit
    if form == "killing":
        return bool(figures) and bool(place or armed)
    if form == "explosion":
        return bool(place or armed or figures)
    if form == "collision":
        return hit or bool(place)
    return bool(place or figures)


def _is_real(verb: Token) -> bool:
    """Whether a verb is told as done: in the past, as a bare participle, or in the headline's present."""
    if negated(verb) or is_supposed(verb):
        return False
    return is_past(verb) or verb.tag_ in {"VBG", "VBN", "VBZ", "VBP"} or verb.pos_ == "PROPN"


def _is_general(token: Token, around: set[str]) -> bool:
    """Whether a text speaks of attacks as such: of a treaty, of what counts as one."""
    if around & _GENERIC and any(
        one in around for one in ("treat", "count", "consider", "regard", "member", "mean", "pledge")
    ):
        return True
    bare = token.pos_ == "NOUN" and any(child.lower_ in {"a", "an"} for child in token.children)
    verb = clause_verb(token)
    if not bare or verb is None or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    # "An attack on one is treated as an attack on all": an unnamed subject in the present tense.
    passive_now = verb.tag_ == "VBN" and bool(auxiliaries(verb) & {"is", "are"})
    return passive_now or (
        verb.tag_ in {"VBZ", "VBP"} and verb.lemma_ in {"be", "mean", "count", "end", "bring", "call"}
    )


def _is_passive(verb: Token) -> bool:
    return any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "ROOT"}
    )


def _is_target(token: Token) -> bool:
    words = happening_words()
    lemmas = {one.lemma_.lower() for one in token.subtree if one.dep_ not in {"relcl", "acl"}}
    return bool(lemmas & words.targets) or kind_of(token) in {"GPE", "FAC", "LOC"}


def _is_weapon(token: Token) -> bool:
    lemmas = {token.lemma_.lower(), *(one.lemma_.lower() for one in token.children if one.dep_ in {"compound", "conj"})}
    return bool(lemmas & happening_words().weapons)


def _strikes_something(noun: Token) -> bool:
    """Whether a strike is one on a place or thing: "a strike on Kharkiv", "a missile strike"."""
    weapons = happening_words().weapons
    if any(child.lemma_.lower() in weapons for child in noun.children if child.dep_ in {"compound", "amod"}):
        return True
    return any(_is_target(one) for one in _aimed_at(noun, "on", "against"))


def _named_victim(noun: Token) -> bool:
    """Whether an attack is one on something in particular: "last night's attack on the Crimean bridge"."""
    return any(_is_target(one) for one in _aimed_at(noun, "on", "against", "of"))


def _aimed_at(noun: Token, *words: str) -> Iterator[Token]:
    """What stands right after certain prepositions on a noun: "an attack on the bridge"."""
    for child in noun.children:
        if child.dep_ == "prep" and child.lower_ in words:
            yield from child.children


def _place(token: Token) -> str | None:
    # What is hit tells the place best; whoever fires is nowhere near it.
    things = [*objects(token), *(subjects(token) if _is_passive(token) else [])] if token.pos_ != "NOUN" else []
    found = next((place for one in things if (place := _place_in(one)) is not None and kind_of(one) != "PERSON"), None)
    found = found or place_of(token, toward=True) or _after_particle(token) or _struck_by(token)
    if found is not None or token.pos_ != "NOUN":
        return found
    aims = _aimed_at(token, "on", "against", "of")
    return next((place for one in aims if (place := _place_in(one)) is not None), None)


def _struck_by(noun: Token) -> str | None:
    """The place in what a noun's verb goes through: "an explosion ripped through a depot in X"."""
    verb = clause_verb(noun) if noun.pos_ == "NOUN" else None
    goals = after_preposition(verb, "through", "into", "against", "across") if verb is not None else []
    return next((place for one in goals if (place := _place_in(one)) is not None), None)


def _after_particle(verb: Token) -> str | None:
    """The place in "collided off Tromso", where the grammar may take "off" for a part of the verb."""
    if not any(child.dep_ == "prt" and child.lower_ in {"off", "in", "around"} for child in verb.children):
        return None
    return next((place_name(one) for one in objects(verb) if one.pos_ == "PROPN"), None)


def _place_in(token: Token) -> str | None:
    """A place inside a noun phrase: "a block of flats in Kharkiv", "the Crimean bridge"."""
    if kind_of(token) in {"GPE", "LOC", "FAC"}:
        return place_name(token)
    if token.lemma_.lower() in happening_words().targets:
        # "The Kosti bridge": a thing that carries a place's name is a place.
        named = next((one for one in token.children if one.dep_ == "compound" and one.pos_ == "PROPN"), None)
        if named is not None and kind_of(named) not in {"PERSON", "DATE"}:
            return token.doc[named.i : token.i + 1].text
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ in {"in", "at", "near", "of", "off", "outside", "over"}:
            found = next((place for one in child.children if (place := place_name(one)) is not None), None)
            if found is not None:
                return found
    return None


def _figures(token: Token, form: str) -> list[Figure]:
    """What an incident counts besides people: "sent 138 drones", "destroyed 60,000 tonnes of cereals"."""
    if form == "killing":
        casualty = casualty_of(token)
        return [casualty] if casualty is not None else []
    things = objects(token) + subjects(token) if token.pos_ != "NOUN" else []
    people = happening_words().casualties["people"]
    found = []
    for one in things:
        if one.lemma_.lower() in people and form != "seizure":
            continue
        for child in one.children:
            figure = figure_at(child, one.lemma_.lower()) if child.dep_ == "nummod" and is_number(child) else None
            if figure is not None:
                found.append(figure)
    return found


def claimed_by(token: Token, line: Line) -> str | None:
    """Who says so: the subject of the verb of saying above, or whoever stands after "according to"."""
    doc = token.doc
    for one in line.sentence.span:
        if one.lower_ == "according" and one.i + 1 < len(doc):
            source = next((below for child in one.children for below in child.children if below.dep_ == "pobj"), None)
            return _phrase(source) if source is not None else None
    for one in line.sentence.span:
        if one.pos_ == "VERB" and one.lemma_.lower() in _SAYING | {"speak"} and one != token:
            told = one == token.head or token in list(one.subtree) or one.dep_ in {"parataxis", "ccomp"}
            source = next(iter(child for child in one.children if child.dep_ in {"nsubj", "agent"}), None)
            if told and source is not None:
                return _phrase(source)
    return None


def _phrase(token: Token) -> str:
    ends = [one for one in token.subtree if one.dep_ not in {"relcl", "appos", "acl"}]
    text = token.doc[token.left_edge.i : max(one.i for one in ends) + 1].text
    return text.split(",")[0].strip()


def _what(token: Token) -> str:
    if token.pos_ == "NOUN":
        words = [one for one in token.lefts if one.dep_ in {"compound", "amod", "nummod"}]
        return " ".join([*(one.text for one in words), token.text])
    things = objects(token) or subjects(token)
    thing = next((one for one in things), None)
    particle = next((f" {child.text}" for child in token.children if child.dep_ == "prt"), "")
    return f"{thing.text} {token.text.lower()}{particle}" if thing is not None else token.text.lower()
