"""Incidents: what happened on the ground, where, how many were killed and injured, and who says so.

1. A noun ("shelling", "collision"), a deed of the lexicon ("the port blew up") or a count of dead and injured names one.
2. It is meant in the flesh: done by and to things and people, not ideas; `things`, `deeds`.
3. It has happened by the report's words; `reality`.
4. What no word names may be shown, see `shown`.
5. It can be looked up: a place, a day, victims or arms stand with it; `scene`, `casualties`.

Mentions of one incident are put together, and casualties in its sentence and in the two after belong to it, unless these tell of
another.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from travaux.happening import Figure
from travaux.model import Report
from travaux.reading.happenings.casualties import INJURED, KILLED, casualties_in, casualty_of, found_dead, to_death
from travaux.reading.happenings.deeds import deed_of
from travaux.reading.happenings.figures import figure_at, is_number
from travaux.reading.happenings.grammar import after_preposition, objects, subjects
from travaux.reading.happenings.masthead import inside, scene_of
from travaux.reading.happenings.reality import has_happened
from travaux.reading.happenings.scene import CALENDAR, claimed_by, day_told, named, place_told
from travaux.reading.happenings.shown import place_shown
from travaux.reading.happenings.things import NAME, PERSON, are, is_agent, is_armed, kinds_of
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.noticing import Noticed
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2
"""How many sentences after an incident its casualties may stand in."""

SHOWS = -1.0
"""Log odds from which a sentence is believed to show an incident; of 164 so found in texts with labels 108 of 124 stay, and 8 of 40 that are none."""

SHOWN = "event"
"""The form of an incident that no word of the lexicon names."""

HARM = "killing"
"""The form of an incident that is told by its victims alone."""

_FAMILIES = (
    frozenset({"attack", "strike", "explosion", "launch", "clash", "fire", "shot-down", HARM, "injury"}),
    frozenset({"explosion", "fire", "collapse", "collision", "leak", "rupture", "disaster", "strike", HARM, "injury"}),
    frozenset({"protest", "blockade", "clash", "attack", "seizure", "fire", "collision", "damage", HARM, "injury"}),
    frozenset({"outage", "attack", "strike", "explosion", "sabotage", "fire", "disaster", "rupture"}),
    frozenset({"closure", "attack", "clash", "blockade", "protest", "disaster", HARM, "injury"}),
    frozenset({"evacuation", "disaster", "fire", "attack", "explosion", "leak", "strike"}),
    frozenset({"disease", "disaster", HARM, "injury"}),
    frozenset({"sabotage", "rupture", "explosion", "attack"}),
    frozenset({"seizure", "attack", "collision", HARM, "injury"}),
)
"""Forms in which one incident may be told."""

_SURE = {"attack", "strike", "explosion", "rupture", "collision", "shot-down", "launch"}
"""Forms whose deeds are told of things alone, and need neither place nor day to be believed."""

_EVERYDAY = {"outage", "closure"}
"""Forms of what fails or is shut every day somewhere, which is told by where and when alone."""

_VICTIMS = {PERSON, "crowd", "armed", "soft"}
_PHYSICAL = (
    _VICTIMS
    | {"thing", "craft", "arm", "fired", "force", "blaze", "fuel", "conduit", "goods", "weight", "system", "open", "seat"}
    | {"disease", "household"}
)  # fmt: skip


@dataclass(slots=True)
class ToldIncident:
    """One incident as a report tells it.

    Attributes:
        line: the sentence it stands in; last_line: the last that speaks of it; trigger: the word that names it.
        beside: whether the place is only one to find it by, "west of Nicosia".
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
    beside: bool = False

    def add(self, figures: Sequence[Figure]) -> None:
        """Take figures of what is not counted yet."""
        self.figures += [one for one in figures if one.counted not in {known.counted for known in self.figures}]


def incidents_told(
    lines: Sequence[Line], report: Report, noticed: Mapping[int, Noticed] | None = None
) -> list[ToldIncident]:
    """Every incident a report tells of, in order, each once.

    Args:
        noticed: what the heads make of the sentences, by number; without them words alone decide.
    """
    noticed = noticed or {}
    found: list[ToldIncident] = []
    for line in lines:
        here: list[ToldIncident] = []
        seen = noticed.get(line.sentence.number)
        named_here = list(_in_line(line, report))
        if seen is not None and not named_here and (shown := _shown(line, seen, report)):
            named_here = [shown]
        for told in named_here:
            same = next((one for one in reversed(found + here) if _is_same(one, told)), None)
            if same is None and not _is_taken_up(told):
                here.append(told)
            elif same is None:
                continue
            else:
                if told.place and (same.place is None or (same.beside and not told.beside)):
                    same.place, same.beside = told.place, told.beside
                same.day, same.when = same.day or told.day, same.when or told.when
                same.claimed_by = same.claimed_by or told.claimed_by
                same.add(told.figures)
                if same.form in {HARM, "injury"}:
                    same.form, same.what = told.form, told.what
                same.last_line = line
        casualties = casualties_in(line)
        latest = found[-1] if found else None
        if latest is not None and not here and line.sentence.number - (latest.last_line or latest.line).sentence.number == 1:
            _take_up(latest, line, report)
        found += here
        latest = found[-1] if found else None
        if casualties and latest is not None:
            last = latest.last_line or latest.line
            if line.sentence.number - last.sentence.number <= REACH:
                latest.add(casualties)
                latest.last_line = line
    scene = scene_of(report)
    for told in found:
        told.place = inside(told.place, scene.place)  # "outside the Palais", from a report out of Geneva
        if told.place and scene.place and scene.on_the_spot and told.place.islower():
            told.place = f"{told.place}, {scene.place}"
    return [one for one in found if _can_be_looked_up(one)]


def _take_up(told: ToldIncident, line: Line, report: Report) -> None:
    """Take the place and the day of an incident from the sentence behind it: "The attack took place at Kosti on Monday"."""
    nouns = happening_words().incident_nouns
    noun = next((one for one in line.sentence.span if one.dep_ in {"nsubj", "nsubjpass"} and _is_definite(one)), None)
    if noun is None or (noun.lemma_.lower() not in nouns and noun.lemma_.lower() != "incident"):
        return
    place, beside = place_told(noun, line, report)
    if place is not None and (told.place is None or (told.beside and not beside)):
        told.place, told.beside, told.last_line = place, beside, line
    if told.day is None:
        told.day, told.when = day_told(noun, line, report)


def _shown(line: Line, seen: Noticed, report: Report) -> ToldIncident | None:
    """The incident that a sentence shows without a word that names one, by heads that find it no likelier to show a meeting."""
    if seen.incident <= max(SHOWS, seen.meeting):
        return None
    trigger = seen.naming(line.sentence, "incident")
    if trigger is None or trigger.pos_ == "ADV" or (trigger.pos_ == "VERB" and not has_happened(trigger, line, report)):
        return None
    if any(child.dep_ == "xcomp" for child in trigger.children) and trigger.pos_ == "ADJ":
        return None  # "due to sink a well"
    form = (_form(trigger) or SHOWN) if trigger.pos_ in {"NOUN", "VERB"} else SHOWN
    day, when = day_told(trigger, line, report)
    place, beside = place_told(trigger, line, report)
    place = place or _place_marked(line, seen)
    told = ToldIncident(
        line, trigger, named(trigger), form, place, day, when, claimed_by(trigger, line), beside=beside
    )
    told.add(_figures(trigger, form))
    return told


def _place_marked(line: Line, seen: Noticed) -> str | None:
    """The place that the heads mark, unless it is somebody's name."""
    place = place_shown(line, seen)
    doc = line.sentence.span.doc
    return None if any(one.person and doc[one.first : one.last + 1].text in (place or "") for one in line.mentions.values()) else place


def _can_be_looked_up(told: ToldIncident) -> bool:
    """Whether enough is told of an incident to tell it from others: where, when, whom it hit, or with what arms."""
    if told.form in _SURE and told.trigger.pos_ == "VERB":
        return True
    if told.form in _EVERYDAY:
        return bool(told.place and (told.when or told.figures) and len(told.day or "day unknown") > len("2024"))
    return bool(told.place or told.day or told.figures or is_armed(told.line.sentence.span))


def _is_taken_up(told: ToldIncident) -> bool:
    """Whether a noun only takes up what is known, "before the blast", and so is no incident of its own."""
    noun = told.trigger
    if noun.pos_ != "NOUN" or told.figures or noun.dep_ in {"nsubjpass", "dobj"}:
        return False
    definite = any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"} for child in noun.children
    )
    return definite and all(child.dep_ in {"det", "punct"} for child in noun.children) and not _strokes(noun)


def _is_same(one: ToldIncident, two: ToldIncident) -> bool:
    """Whether a later mention is of an incident told before: nothing in the way, and near or tied by the place."""
    places = (one.place or "").casefold(), (two.place or "").casefold()
    apart = two.line.sentence.number - (one.last_line or one.line).sentence.number
    # "In the hills above Kosti. The attack took place at Tsol": the second is where it was.
    closer = one.beside and not two.beside and 0 < apart <= REACH and _is_definite(two.trigger)
    if all(places) and places[0] not in places[1] and places[1] not in places[0] and not closer:
        return False
    if one.day and two.day and one.day != two.day:
        return False
    if one.claimed_by and two.claimed_by and one.claimed_by != two.claimed_by:
        return False
    related = one.form == two.form or SHOWN in {one.form, two.form} or any({one.form, two.form} <= family for family in _FAMILIES)
    if apart == 0:
        return True
    if one.place and two.place:
        return related
    bare = not two.place and (two.form in {HARM, "injury"} or (apart == 1 and not two.day))
    definite = _is_definite(two.trigger)
    if apart == 1 and not two.place and any(one.lower_ in {"it", "this", "that"} for one in subjects(two.trigger)):
        return True  # "It lasted an hour and damaged a roof"
    again = any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that"}
        for subject in subjects(two.trigger) for child in subject.children
    ) and one.form == two.form and not two.place  # fmt: skip
    return related and ((apart <= REACH and (definite or bare)) or again)


def _is_definite(trigger: Token) -> bool:
    return trigger.pos_ == "NOUN" and any(child.lower_ in {"the", "this", "that"} for child in trigger.children)


def _in_line(line: Line, report: Report) -> Iterator[ToldIncident]:
    for token in line.sentence.span:
        form = _form(token)
        if form is None or not has_happened(token, line, report):
            continue
        day, when = day_told(token, line, report)
        place, beside = place_told(token, line, report)
        told = ToldIncident(
            line, token, named(token), form, place, day, when, claimed_by(token, line), beside=beside
        )
        told.add(_figures(token, form))
        by_arms = (
            bool(told.figures and (told.day or _has_cause(token)))
            or is_armed(line.sentence.span)
            or (day is not None and are(subjects(token), {"armed"}))
        )
        if told.form not in {HARM, "injury"} or told.place or by_arms:
            yield told


def _has_cause(token: Token) -> bool:
    """Whether what killed or injured somebody is named and is an incident: "at least 86 have died in the floods"."""
    nouns = happening_words().incident_nouns
    near = after_preposition(token, "in", "by", "of", "from", "during")
    return any(one.lemma_.lower() in nouns or are([one], {"force", "blaze", "disease", "arm"}) for one in near)


def _form(token: Token) -> str | None:
    """The form of incident a word names in the flesh; None for any other word."""
    if token.pos_ == "NOUN":
        form = happening_words().incident_nouns.get(token.lemma_.lower())
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
    if noun.dep_ == "attr" and any(one.pos_ == "NOUN" and not kinds_of(one) and one.lemma_.lower() not in words.incident_nouns for one in subjects(noun.head)):
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
            *(one for child in noun.children if child.lower_ in {"between", "with"} for one in child.children),
        ]
        return are(sides, {"armed", "crowd"}) or is_armed(noun.sent) or _has_victims(noun)
    if lemma == "strike":
        return is_armed(noun.sent) and (are(aims, _PHYSICAL | {NAME}) or bool(before & words.weapons) or _strokes(noun))
    return physical or is_armed(noun.sent) or bool(before & words.weapons) or _strokes(noun) or _has_victims(noun)


def _strokes(noun: Token) -> bool:
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


def _figures(token: Token, form: str) -> list[Figure]:
    """What an incident counts besides people: "sent 138 drones", "destroyed 60,000 tonnes of cereals"."""
    casualty = casualty_of(token)
    if casualty is not None:
        return [casualty]
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
