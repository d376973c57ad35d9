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

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from travaux.happening import Figure
from travaux.model import Report
from travaux.reading.happenings.casualties import casualties_in
from travaux.reading.happenings.days import MONTHS
from travaux.reading.happenings.deeds import is_given, is_of_ideas
from travaux.reading.happenings.entry_days import EntryDays
from travaux.reading.happenings.grammar import is_future, is_maybe, negated, subjects
from travaux.reading.happenings.incident_forms import (
    HARM,
    figures_of,
    form_of,
    has_cause,
    may_tell_of_incident,
    strokes,
)
from travaux.reading.happenings.lands import names_of_lands
from travaux.reading.happenings.masthead import inside, scene_of
from travaux.reading.happenings.reality import has_happened
from travaux.reading.happenings.scene import claimed_by, day_told, named, place_told
from travaux.reading.happenings.shown import place_shown
from travaux.reading.happenings.things import are, is_armed
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.noticing import NAMING, Noticed

if TYPE_CHECKING:
    from spacy.tokens import Token

REACH = 2
"""How many sentences after an incident its casualties may stand in."""

SHOWS = -1.0
"""Log odds from which a sentence is believed to show an incident, where no meeting is likelier: of 124 so found in half of the texts
with labels 108 stay, and of 40 that are none 8."""

SURELY = 2.0
"""Log odds from which that is believed whatever its words are and without a place or day: 15 more there, and 1 that is none."""

SHOWN = "event"
"""The form of an incident that no word of the lexicon names."""

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

_SUMMED_UP = re.compile(
    r"\b(?:by (?:(?:the end|the middle|the beginning) of |early |late |mid-)?"
    rf"(?:{'|'.join(month.title() for month in MONTHS)})|so far|to date|until now|all told)\b"
)
"""What sums up those killed over a time: "10,000 had been killed by the end of October" is a war's toll and no incident."""
_EVERYDAY = {"outage", "closure"}
"""Forms of what fails or is shut every day somewhere, which is told by where and when alone."""


@dataclass(slots=True)
class ToldIncident:
    """One incident as a report tells it.

    Attributes:
        line: the sentence it stands in; last_line: the last that speaks of it; trigger: the word that names it.
        beside: whether the place is only one to find it by, "west of Nicosia". sure: whether the heads are sure of it.
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
    sure: bool = False

    def add(self, figures: Sequence[Figure]) -> None:
        """Take figures of what is not counted yet."""
        self.figures += [one for one in figures if one.counted not in {known.counted for known in self.figures}]


def incidents_told(
    lines: Sequence[Line], report: Report, days: EntryDays, noticed: Mapping[int, Noticed] | None = None
) -> list[ToldIncident]:
    """Every incident a report tells of, in order, each once.

    Args:
        days: that its entries stand under.
        noticed: what the heads make of the sentences, by number; without them words alone decide.
    """
    noticed = noticed or {}
    found: list[ToldIncident] = []
    for line in lines:
        here: list[ToldIncident] = []
        seen = noticed.get(line.sentence.number)
        told_as_of = days.as_of(line.sentence.start, report)
        named_here = list(_in_line(line, told_as_of))
        if seen is not None and not named_here and (shown := _shown(line, seen, told_as_of)):
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
        if (
            latest is not None
            and not here
            and line.sentence.number - (latest.last_line or latest.line).sentence.number == 1
        ):
            _take_up(latest, line, told_as_of)
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
    sure = seen.incident > SURELY
    trigger = seen.naming(line.sentence, "incident", 0.0 if sure else NAMING)
    if trigger is None or (trigger.pos_ == "ADV" and not sure):
        return None
    if trigger.pos_ == "VERB" and not has_happened(trigger, line, report):
        supposed = is_maybe(trigger) or is_future(trigger) or negated(trigger) or trigger.tag_ == "VB"
        if supposed or not sure:
            return None
    if trigger.pos_ == "VERB" and (is_given(trigger) or (seen.incident < 0 and is_of_ideas(trigger))):
        return None
    if trigger.dep_ in {"compound", "dobj"} and not sure and trigger.head.lemma_.lower() in happening_words().unreal:
        return None  # "a fire drill", "rehearsed the rescue"
    if any(child.dep_ == "xcomp" for child in trigger.children) and trigger.pos_ == "ADJ":
        return None  # "due to sink a well"
    form = (form_of(trigger) or SHOWN) if trigger.pos_ in {"NOUN", "VERB"} else SHOWN
    day, when = day_told(trigger, line, report)
    place, beside = place_told(trigger, line, report)
    place = place or _place_marked(line, seen)
    told = ToldIncident(
        line, trigger, named(trigger), form, place, day, when, claimed_by(trigger, line), beside=beside, sure=sure
    )
    told.add(figures_of(trigger, form))
    return told


def _place_marked(line: Line, seen: Noticed) -> str | None:
    """The place that the heads mark, unless it is somebody's name."""
    place = place_shown(line, seen)
    doc = line.sentence.span.doc
    return (
        None
        if any(one.person and doc[one.first : one.last + 1].text in (place or "") for one in line.mentions.values())
        else place
    )


def _can_be_looked_up(told: ToldIncident) -> bool:
    """Whether enough is told of an incident to tell it from others: where, when, whom it hit, or with what arms."""
    if told.form in _SURE and told.trigger.pos_ == "VERB":
        return True
    if told.form == HARM and _SUMMED_UP.search(told.line.sentence.span.text) and not has_cause(told.trigger):
        return False
    if told.form in _EVERYDAY:
        return bool(told.place and (told.when or told.figures) and len(told.day or "day unknown") > len("2024"))
    return told.sure or bool(told.place or told.day or told.figures or is_armed(told.line.sentence.span))


def _is_taken_up(told: ToldIncident) -> bool:
    """Whether a noun only takes up what is known, "before the blast", and so is no incident of its own."""
    noun = told.trigger
    if noun.pos_ != "NOUN" or told.figures or noun.dep_ in {"nsubjpass", "dobj"}:
        return False
    definite = any(
        child.dep_ == "det" and child.lower_ in {"the", "this", "that", "these", "those"} for child in noun.children
    )
    return definite and all(child.dep_ in {"det", "punct"} for child in noun.children) and not strokes(noun)


def _is_same(one: ToldIncident, two: ToldIncident) -> bool:
    """Whether a later mention is of an incident told before: nothing in the way, and near or tied by the place."""
    places = (one.place or "").casefold(), (two.place or "").casefold()
    apart = two.line.sentence.number - (one.last_line or one.line).sentence.number
    # "In the hills above Kosti. The attack took place at Tsol": the second is where it was.
    closer = one.beside and not two.beside and 0 < apart <= REACH and _is_definite(two.trigger)
    # "Shots near Tsol in Armenia's south; a roof was damaged": the land is where the village is.
    wide = apart == 0 and any(place in names_of_lands("state") for place in (one.place, two.place))
    if all(places) and places[0] not in places[1] and places[1] not in places[0] and not (closer or wide):
        return False
    if one.day and two.day and one.day != two.day:
        return False
    if one.claimed_by and two.claimed_by and one.claimed_by != two.claimed_by:
        return False
    related = (
        one.form == two.form
        or SHOWN in {one.form, two.form}
        or any({one.form, two.form} <= family for family in _FAMILIES)
    )
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
    if not may_tell_of_incident(line.sentence.words):
        return
    for token in line.sentence.span:
        form = form_of(token)
        if form is None or not has_happened(token, line, report):
            continue
        day, when = day_told(token, line, report)
        place, beside = place_told(token, line, report)
        told = ToldIncident(line, token, named(token), form, place, day, when, claimed_by(token, line), beside=beside)
        told.add(figures_of(token, form))
        by_arms = (
            bool(told.figures and (told.day or has_cause(token)))
            or is_armed(line.sentence.span)
            or (day is not None and are(subjects(token), {"armed"}))
        )
        if told.form not in {HARM, "injury"} or told.place or by_arms:
            yield told
