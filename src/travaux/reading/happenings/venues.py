"""Where a meeting is: in its own words, in those of the sentence before, or where the report stands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from travaux.happening import ONE_DAY, Status
from travaux.model import BlockKind, Report
from travaux.reading.happenings.acts_together import is_act_together, where_together
from travaux.reading.happenings.days import base_day, day_meant, time_words
from travaux.reading.happenings.deliberations import is_asked_in
from travaux.reading.happenings.grammar import above, after_preposition, auxiliaries, clause_verb, subjects
from travaux.reading.happenings.lands import names_of_lands
from travaux.reading.happenings.masthead import PRINTED, Scene, inside
from travaux.reading.happenings.participants import MEALS, is_state
from travaux.reading.happenings.places import place_beside, place_name, place_of, place_within
from travaux.reading.happenings.so_far import SoFar
from travaux.reading.happenings.telling import NEAR, Told
from travaux.reading.happenings.triggers import came_from, form_of_noun, inner_noun, is_phrase, is_talks_in_title
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

DATELINE = 60
"""Characters that a dateline may take."""

_SITS = frozenset("meet gather assemble convene reconvene resume adjourn break sit open close rise".split())
_SAT = frozenset(
    "session meeting plenary stocktake round consultation conference sitting briefing assembly congress".split()
)


def told_place(token: Token, form: str, line: Line) -> str | None:
    """Where a meeting is by the words around the one that names it; None for a call, and where they say nothing."""
    if form == "call":
        return None
    aim = token.head if token.dep_ in {"advcl", "xcomp"} and "to" in auxiliaries(token) else None
    if aim is not None and token.pos_ == "VERB" and (place_of(token) is None) and (there := place_of(aim)) is not None:
        return there  # "will be in Lima on Monday to see her"
    if token.pos_ == "VERB" and is_asked_in(token, line):
        return place_of(token, toward=True) or place_within(line.sentence.span, anywhere=True)
    if token.pos_ == "VERB" and is_act_together(token, line):
        return where_together(token) or place_beside(token)
    verb = clause_verb(token)
    if verb is not None and verb.lemma_.lower() == "invite" and token.dep_ == "pobj":
        return place_of(token) or place_of(verb, toward=True)
    origin = came_from(token)
    if origin is not None:
        return place_name(origin)
    if token.pos_ == "VERB" and is_talks_in_title(token, line):
        return next(place_name(one) for one in subjects(token) if is_state(one))
    loosely = line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING} or is_phrase(token)
    within = inner_noun(token)
    named = (
        where_it_is_held(token)
        or place_of(token, toward=form == "visit")
        or (place_of(within) if within is not None else None)
        or place_beside(token)
        or _where_told(verb)
        or _town_of_body(token)
    )
    return named or (place_within(line.sentence.span) if loosely else None)


def _town_of_body(token: Token) -> str | None:
    """The town whose body sits: "the session of Tarnhaven's round table", "Bergen's council met"; of a land it says too little."""
    below = [one for child in token.children if child.lower_ == "of" for one in child.children if one.dep_ == "pobj"]
    bodies = [*below, *(subjects(token) if token.pos_ == "VERB" else [])]
    owners = [child for body in bodies for child in body.children if child.dep_ == "poss" and kind_of(child) == "GPE"]
    return next(
        (place for one in owners if (place := place_name(one)) is not None and place not in names_of_lands()), None
    )


def _where_told(verb: Token | None) -> str | None:
    """The place that a clause with "where" is about: "in Brussels, where the negotiators met"."""
    if verb is None or verb.dep_ != "relcl" or not any(child.lower_ == "where" for child in verb.children):
        return None
    return place_name(verb.head)


def where_it_is_held(noun: Token) -> str | None:
    """The place behind "was held in" or "due to be held in", which a name before the noun gives way to ("the Baltic conference")."""
    verb = noun.head if noun.dep_ in {"nsubj", "nsubjpass"} else None
    due = [one for child in noun.children if child.dep_ == "amod" for one in child.children if one.dep_ == "xcomp"]
    held = [one for one in (verb, *due) if one is not None and one.lemma_.lower() in happening_words().status["runs"]]
    return next((place for one in held if (place := place_of(one)) is not None), None)


def set_here(told: Told, so_far: SoFar) -> None:
    """Give a meeting without a place the report's own where it is held there, and the days of its masthead."""
    scene, report = so_far.scene, so_far.report
    told.place = inside(told.place if told.place and not _is_no_place(told.place, so_far) else None, so_far.city)
    if told.day is None and is_going_on(told, scene):
        told.day = _day_of_title(so_far) or (base.isoformat() if (base := base_day(report)) is not None else None)
    if told.place is None and is_in_the_same(told):
        told.place = last_place(so_far)
    if (
        told.place is None
        and told.status is Status.HELD
        and any(one.lower_ == "they" for one in subjects(told.trigger))
    ):
        last = so_far.before[-1] if so_far.before else None
        here = last is not None and last.sentence.block == told.line.sentence.block
        told.place = place_within(last.sentence.span) if here and last is not None else None
    if told.place is None and is_here(told, scene, report):
        told.place, told.here = scene.place, scene.on_the_spot
        if told.day is None and scene.days is not None and told.status is Status.HELD:
            told.day = day_meant(scene.days, base_day(report), ahead=False)
            told.when = report.text[scene.days.start : scene.days.end]


def _is_no_place(place: str, so_far: SoFar) -> bool:
    """Whether a place is in truth somebody's name, a newspaper's, or what the report is about: "Teak: summary of the session"."""
    known = so_far.names.known.get(place)
    return (known is not None and known.person is not None) or bool(set(place.casefold().split()) & PRINTED)


def is_in_the_same(told: Told) -> bool:
    """Whether a meeting is in the place spoken of before: "meeting in the same city"."""
    return any(
        any(child.lower_ == "same" for child in one.children) and one.lower_ in {"city", "town", "place", "capital"}
        for verb in (told.trigger, *above(told.trigger))
        for one in after_preposition(verb, "in", "at")
    )


def last_place(so_far: SoFar) -> str | None:
    """The place spoken of last in the sentences before."""
    named = (place_within(one.sentence.span) for one in so_far.before[: -NEAR - 1 : -1])
    return next((place for place in named if place is not None), None)


def _day_of_title(so_far: SoFar) -> str | None:
    """The day that the title of a live blog bears."""
    report = so_far.report
    titles = [(one.start, one.end) for one in report.blocks if one.kind is BlockKind.TITLE]
    words = [one for start, end in titles for one in time_words(report.text, start, end) if one.kind in {"full", "day"}]
    return day_meant(words[0], base_day(report), ahead=False) if words and not so_far.of_days else None


def is_going_on(told: Told, scene: Scene) -> bool:
    """Whether a live blog tells of what a body is at, or has just ended, and so of its own day."""
    if not scene.on_the_spot or scene.recorded or told.status is not Status.HELD or told.when is not None:
        return False
    verb = clause_verb(told.trigger)
    lemma = told.trigger.lemma_.lower()
    present = verb is not None and verb.tag_ != "VBD" and not auxiliaries(verb) & {"had", "was", "were"}
    return present and (
        lemma in _SITS | {"meet"} or (verb is not None and verb.lemma_.lower() in happening_words().status["runs"])
    )


def is_here(told: Told, scene: Scene, report: Report) -> bool:
    """Whether a meeting without a place is in the place of the report: what a bulletin is about, or what a dateline stands above."""
    standings = {Status.HELD, Status.PLANNED, *([Status.CANCELLED] if scene.on_the_spot else [])}
    if scene.place is None or told.status not in standings or told.form in {"call", "visit"}:
        return False
    base = base_day(report)
    if (
        base is not None
        and told.status is Status.HELD
        and told.day in {base.isoformat(), (base - timedelta(days=1)).isoformat()}
    ):
        # A statement made on the spot, on the day or the day after.
        definite = any(child.lower_ == "the" for child in told.trigger.children)
        if definite and scene.dated is None and told.form in {"conference", "summit", "talks"}:
            return True
    lemma, sentence = told.trigger.lemma_.lower(), told.line.sentence
    if any(child.lower_ in {"last", "previous", "earlier", "next"} for child in told.trigger.children):
        return False
    opening = scene.dated is not None and scene.dated <= sentence.start <= scene.dated + DATELINE
    fresh = base is not None and told.day is not None and told.day[-ONE_DAY:] >= (base - timedelta(days=1)).isoformat()
    if opening and told.status is Status.HELD and fresh and not told.shown:
        return True  # what was held on the day before at most and is told in a dateline's sentence was held there
    if told.shown and opening:
        return told.status is Status.HELD
    if told.trigger.pos_ == "VERB" and (scene.on_the_spot or (opening and told.status is Status.HELD)):
        return lemma in _SITS
    if scene.on_the_spot:
        return lemma in _SAT or lemma in MEALS
    verb = clause_verb(told.trigger)
    begun = verb is not None and verb.lemma_.lower() in happening_words().status["runs"]
    at = told.trigger
    while at.dep_ == "pobj" and at.head.lower_ == "of":
        at = at.head.head  # "a fourth day of talks"
    return opening and begun and at.dep_ in {"nsubj", "nsubjpass"} and told.status is Status.HELD


def stands_there(told: Told, so_far: SoFar) -> None:
    """Take the place of the first meeting held for the report's own, where that is a bulletin that says none at its head."""
    scene = so_far.scene
    if scene.on_the_spot and scene.place is None and told.place and told.status is Status.HELD and told.form != "call":
        so_far.scene, so_far.city = replace(scene, place=told.place), told.place


def city_of_title(lines: Sequence[Line]) -> str | None:
    """The one place that the title names: "Ten days in Geneva", "Geneva talks"."""
    for title in (line.sentence.span for line in lines if line.sentence.kind is BlockKind.TITLE):
        named = next((place for one in title if form_of_noun(one) and (place := place_of(one))), None)
        if (place := named or place_within(title, anywhere=True)) is not None:
            return place
    return None
