"""Meetings that a sentence shows without a word that names one, one or several, by the heads on the encoder's states."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from travaux.happening import ORDINALS, Status
from travaux.model import Report
from travaux.reading.happenings.days import base_day, day_meant, lies_ahead
from travaux.reading.happenings.grammar import clause_verb, conjuncts, is_future, negated, subjects, with_words_beside
from travaux.reading.happenings.groups import with_parties
from travaux.reading.happenings.participants import who_of_verb
from travaux.reading.happenings.participants_of_nouns import who_of_noun
from travaux.reading.happenings.places import place_beside, place_of
from travaux.reading.happenings.shown import place_shown, standing_shown, those_shown, time_shown
from travaux.reading.happenings.so_far import SoFar
from travaux.reading.happenings.telling import Told
from travaux.reading.happenings.times import is_told_now, time_of, times_in
from travaux.reading.happenings.triggers import BY_PHONE, WRITTEN
from travaux.reading.happenings.venues import DATELINE, set_here
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.noticing import SHOWN, Noticed
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

_TERM = re.compile(r"\b(?:until|till|by)\s+\Z", re.IGNORECASE)
_GOING = {"be", "come", "go", "fly", "travel", "get", "head", "return", "drive", "arrive", "sit", "meet"}
_MOVES = frozenset("go return come head travel fly".split())
"""Verbs whose goal is where those who meet do so: "go back to a Swiss conference table"."""
_QUESTION = re.compile(r"^\s*(?:Q|Question)\s*[:.]", re.MULTILINE)
_LONG = 12
"""Words of a sentence from which it may tell of two meetings."""


def shown_beside(line: Line, seen: Noticed, mentioned: Sequence[Told], so_far: SoFar) -> list[Told]:
    """The meetings that a sentence shows without a word that names one: the likeliest, and beside others those with more to tell."""
    found: list[Told] = []
    if not mentioned:
        trigger = seen.naming(line.sentence, "meeting")
        sure = trigger is not None and seen.meeting + seen.names(trigger, line.sentence, "meeting") >= SHOWN
        told = shown_by(line, seen, trigger, so_far) if trigger is not None else None
        opening = so_far.scene.dated is not None and 0 <= line.sentence.start - so_far.scene.dated <= DATELINE
        dated = told is not None and told.to_the_day and (opening or is_of_body(told))
        found = [told] if told is not None and (sure or dated) else []
    clauses = {clause_verb(one.trigger) for one in (*mentioned, *found)}
    for trigger in seen.namings(line.sentence) if clauses and len(line.sentence.span) > _LONG else ():
        told = shown_by(line, seen, trigger, so_far, alone=False) if clause_verb(trigger) not in clauses else None
        if told is not None and len({one.party for one in told.who} - {None}) > 1 and (told.place or told.when):
            clauses.add(clause_verb(trigger))
            found.append(told)
    return found


def shown_by(line: Line, seen: Noticed, trigger: Token, so_far: SoFar, *, alone: bool = True) -> Told | None:
    """The meeting that a word of a sentence shows without naming one.

    Args:
        alone: whether it is the only one there, so that whoever the heads mark takes part in it.
    """
    if trigger.lemma_.lower() in happening_words().status["other_gatherings"] | WRITTEN or _is_written_or_over(trigger):
        return None
    if trigger.lower_ == "back" and trigger.head.lemma_.lower() not in _GOING:
        return None  # "is keeping back the money"
    if trigger.pos_ == "VERB" and negated(trigger) and not is_future(trigger):
        return None  # "they have not sat in one room"
    if so_far.reporters and is_by_reporter(trigger, so_far.report, line):
        return None
    report, names = so_far.report, so_far.names
    noun = trigger.pos_ in {"NOUN", "PROPN"}
    if noun and any(child.lower_ in {"press", "news"} for child in trigger.children):
        return None
    form = happening_words().meeting_nouns.get(trigger.lemma_.lower(), "meeting") if noun else "meeting"
    by_phone = any(token.lower_ in BY_PHONE for token in line.sentence.span)
    who = those_shown(line, seen, names) if alone else []
    if len(who) < 2:
        hanging = who_of_noun(trigger, line, names) if noun else who_of_verb(trigger, line, names, so_far.spoken)
        who += [one for one in hanging if one.name not in {each.name for each in who}]
    who = list(dict.fromkeys(with_parties(who, so_far.last_who, so_far.spoken, names.agenda)))
    own = time_of(trigger, line, so_far)
    words = time_shown(line, seen, times_in(line, so_far), own) if alone else own
    if words is not None and _TERM.search(report.text[max(0, words.start - 8) : words.start]):
        words = None  # "gave them until Friday"
    lies = lies_ahead(words, base_day(report)) if words else None
    now = is_told_now(line, words, so_far)
    standing = standing_shown(trigger, seen, dated=words is not None, ahead=lies, told_now=now)
    if standing.status is Status.CANCELLED and noun and trigger.lemma_.lower() not in happening_words().meeting_nouns:
        return None  # calling off takes a word for what is called off
    day = day_meant(words, base_day(report), ahead=standing.status is not Status.HELD) if words else None
    when = report.text[words.start : words.end] if words else None
    own_place = place_of(trigger, toward=trigger.lemma_.lower() in _MOVES) or place_beside(trigger)
    own_place = own_place if own_place is not None and is_of_a_place(own_place, line) else None
    told = Told(
        line, trigger, what_words(trigger, form), "call" if by_phone else form, standing, who,
        None if by_phone else place_shown(line, seen, own_place) if alone else own_place, day, when,
        shown=True,
    )  # fmt: skip
    if is_history(told, base_day(report)):
        return None
    set_here(told, so_far)
    if told.status is Status.PROPOSED and len(told.who) < 2 and not told.place:
        return None
    return told if _is_evident(told) else None


def _is_written_or_over(verb: Token) -> bool:
    """Whether what is done is done by a letter, or calls something off that no word of meeting names: "a message came in"."""
    off = with_words_beside(verb, "prt", "advmod") & happening_words().status["cancelled_particles"]
    return bool(off) or any(one.lemma_.lower() in WRITTEN for one in subjects(verb))


def _is_evident(told: Told) -> bool:
    """Whether what is shown and not named has what a meeting must have beside people: its day, or for those who are back a place.

    Two sides that do something at no time are as often a comparison, a letter or a quarrel.
    """
    placed = told.place is not None and told.place[:1].isupper()
    dated = told.to_the_day or (told.when is not None and told.day is None)
    known = any(one.party is not None or one.person for one in told.who)
    return (dated and (bool(told.who) or placed)) or (placed and known and told.trigger.pos_ == "ADV")


def is_of_a_place(place: str, line: Line) -> bool:
    """Whether the tagger, too, takes a place's name for one; a land told by its adjective is no word of the sentence."""
    last = place.split()[-1].rpartition("-")[2]
    own = [one for one in line.sentence.span if one.text == last]
    return not own or any(kind_of(one) in {"GPE", "LOC", "FAC"} for one in own)


def is_of_body(told: Told) -> bool:
    """Whether what is done on a day is done by a body, which sits for that: "the Council adopted it on Monday"."""
    bodies = {"council", "assembly", "committee", "board", "commission", "congress", "plenary", "conference"}
    return any(one.lemma_.lower() in bodies for one in subjects(told.trigger))


def what_words(token: Token, form: str) -> str:
    """What a meeting is called: the noun with what stands before it, else its form."""
    if token.pos_ not in {"NOUN", "PROPN"} or token.lower_ == "meet":
        number = _time_told(token)
        return f"{number} {form}" if number is not None and form == "meeting" else form
    first = min((one.left_edge.i for one in token.lefts if one.dep_ in {"compound", "amod", "nummod"}), default=token.i)
    return token.doc[first : token.i + 1].text


def _time_told(verb: Token) -> str | None:
    """Which time something is done: "first sat down", "met for the third time"."""
    alone = (child for child in verb.children if child.dep_ == "advmod" and child.lower_ in ORDINALS)
    times = (
        below
        for child in verb.children
        if child.dep_ == "prep" and child.lower_ == "for"
        for goal in child.children
        if goal.lower_ == "time"
        for below in goal.children
        if below.lower_ in ORDINALS
    )
    found = next(iter([*alone, *times]), None)
    return found.lower_ if found is not None else None


def is_history(told: Told, base: date | None) -> bool:
    """Whether a meeting is history: of years ago, or one of those counted up ("it has met in Bern, Rome and Oslo")."""
    if base is not None and told.day is not None and told.day.split("/")[-1] < str(base.year - 1):
        return True
    goals = [
        one for child in told.trigger.children if child.lower_ == "in" for one in child.children if one.dep_ == "pobj"
    ]
    return any(len(conjuncts(one)) > 2 for one in goals)


def is_by_reporter(trigger: Token, report: Report, line: Line) -> bool:
    """Whether a word tells of a meeting with whoever writes: "we met him in his office", outside quotations and answers."""
    verb = clause_verb(trigger)
    if verb is None:
        return False
    own = [child for child in verb.children if child.dep_ in {"nsubj", "dobj", "nsubjpass"}]
    first = [one for one in own if one.lower_ in {"we", "i", "us", "me"}]
    # Whoever answers in an interview is known to the agenda, and so is their "I"; before the first question it is the reporter's.
    asked = _QUESTION.search(report.text)
    opening = asked is not None and line.sentence.end <= asked.start()
    known = any(one.i in line.mentions and line.mentions[one.i].parties for one in first)
    if not first or (known and not opening):
        return False
    block = report.blocks[line.sentence.block]
    begun = report.text[block.start : line.sentence.place(verb)[0]]
    quoted = begun.count('"') % 2 or begun.count("“") > begun.count("”")
    return not quoted and re.match(r"\s*(?:A|Answer)\s*[:.]", begun) is None
