"""Whether two mentions in one report are of one meeting: by how much likelier that makes what both tell.

Nothing may be in the way: another status, day, place or number of the round. Then each thing they have in common speaks for one
meeting, by as much as it is rarer between two meetings than within one, and each that they do not share speaks against it. A report
tells of few meetings, so that a mention with nothing of its own ("the consultations", a title, what is shown on the day of a meeting
told) is most likely of one told already.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.happening import Status, number_of
from travaux.reading.happenings.participants import MEALS
from travaux.reading.happenings.telling import NEAR, Told

if TYPE_CHECKING:
    from travaux.reading.happenings.participants import Somebody

NEVER = -99.0
APART = -1.5
"""The log odds of two mentions that have nothing to tell; these and those below by the records under tests/quality."""
_DAY, _PLACE, _NUMBER, _PERSON, _PARTY, _OTHERS, _VISIT, _MEAL, _CROSSED, _ROUGHLY, _DURING, _ADDED, _WORD = (
    2.0, 2.0, 4.0, 1.5, 1.0, -3.0, -0.5, -1.0, -2.0, -1.0, 1.5, -0.5, 0.75,
)  # fmt: skip
_HEADS, _POINTS_BACK, _NEW, _NEAR, _ALIKE, _RECORDED = 1.5, 1.25, -2.0, 0.75, 0.5, 1.0
_BACK = {"the", "this", "that", "these", "their", "its"}
_ANEW = {"a", "an", "another", "new", "further", "other", "separate", "different", "second", "also"}


def odds_of_one(one: Told, two: Told, *, recorded: bool = False) -> float:
    """The log odds that two mentions, in the order of the text, are of one meeting.

    Args:
        recorded: whether the report is a bulletin or minutes, which are of one meeting.
    """
    if _is_ruled_out(one, two):
        return NEVER
    odds = APART + _of_people(one.who, two.who, anew=not (two.shown or _points_back(two)))
    if one.trigger.pos_ == two.trigger.pos_ == "NOUN" and one.trigger.lemma_ == two.trigger.lemma_:
        odds += _WORD
    if one.day and two.day:
        odds += _DAY
    if one.place and two.place:
        odds += _PLACE if _same_place(one.place, two.place) else _ROUGHLY
    counted, other = number_of(one.what), number_of(two.what)
    if counted is not None and other is not None:
        odds += _NUMBER
    odds += _DURING if _is_on_visit(one, two) else 0.0
    odds += _ALIKE if one.form == two.form else _VISIT if "visit" in {one.form, two.form} else 0.0
    if len({one.trigger.lemma_.lower() in MEALS, two.trigger.lemma_.lower() in MEALS}) == 2:
        odds += _MEAL
    if _near(one, two):
        odds += _NEAR
    if recorded and "call" not in {one.form, two.form}:
        odds += _RECORDED
    return odds + _of_manner(one, two)


def _is_ruled_out(one: Told, two: Told) -> bool:
    """Whether two mentions say of one thing what cannot both be said of one meeting."""
    if one.status is not two.status and Status.CANCELLED not in (one.status, two.status):
        return True
    # A title and a visit may name the land, but no list of places and days.
    rough = (one.heads and not (one.announced and one.to_the_day)) or _is_on_visit(one, two)
    if one.place and two.place and not _same_place(one.place, two.place) and not rough:
        return True
    if one.day and two.day and not _same_day(one.day, two.day):
        return True
    counted, other = number_of(one.what), number_of(two.what)
    if counted is not None and other is not None and counted != other and counted[1] == other[1]:
        return True
    forms = {one.form, two.form}
    return len(forms) == 2 and (
        ("call" in forms and "conference" not in forms and not _is_conversation(one, two))
        or ("visit" in forms and not one.names & two.names)
    )


def _is_conversation(one: Told, two: Told) -> bool:
    """Whether a call and a word that does not say by what means they spoke: "the conversation lasted forty minutes"."""
    other = one if two.form == "call" else two
    return other.trigger.lemma_.lower() in {"conversation", "discussion", "talk"} and not other.place


def _is_on_visit(one: Told, two: Told) -> bool:
    """Whether one sentence tells of a visit and of a meeting during it: "paid a visit to Chile and met her in Lota"."""
    return one.line is two.line and (one.form == "visit") != (two.form == "visit") and bool(one.names & two.names)


def _of_people(first: list[Somebody], second: list[Somebody], *, anew: bool) -> float:
    """What those who take part say: each shared speaks for one meeting, two sides with nobody in common against it.

    Args:
        anew: whether the second mention names its meeting itself, and does not add somebody to one told ("she opened the session").
    """
    ones, twos = ({one.name: one for one in who if one.person or one.party is not None} for who in (first, second))
    shared = ones.keys() & twos.keys()
    if shared:
        crossed = _CROSSED if ones.keys() - shared and twos.keys() - shared else 0.0
        if crossed and len(ones) == len(twos) == 2:
            crossed *= 2  # "A met B", "A met C"
        return crossed + sum(_PERSON if ones[name].person else _PARTY for name in sorted(shared)[:3])
    parties = {one.party for one in ones.values()} & {two.party for two in twos.values()} - {None}
    if parties:
        told_so = any(one.person for one in ones.values()) and any(one.person for one in twos.values())
        return -_PARTY / 2 if told_so else 0.0
    if ones and twos:
        return _OTHERS if anew else _ADDED
    same = {one.name for one in first} & {one.name for one in second}
    return _PARTY if same else 0.0


def _of_manner(one: Told, two: Told) -> float:
    """What the way of telling says: a title heads what follows, "the talks" point back, "another meeting" does not."""
    if one.announced or two.announced or one.heads != two.heads:
        return _HEADS
    if two.shown and one.day and one.day == two.day:
        return _POINTS_BACK
    if {child.lower_ for child in two.trigger.children} & _ANEW:
        return _NEW
    return _POINTS_BACK if _points_back(two) else 0.0


def _points_back(told: Told) -> bool:
    """Whether a mention means a meeting told already: "the session", "consultations", at no time of its own and of no two people."""
    noun = told.trigger
    definite = noun.tag_ == "NNS" or any(child.lower_ in _BACK for child in noun.children)
    people = sum(one.person for one in told.who)
    return noun.pos_ == "NOUN" and definite and not told.place and not told.when and people < 2


def _near(one: Told, two: Told) -> bool:
    return abs(one.line.sentence.number - two.line.sentence.number) <= NEAR


def _same_day(one: str, two: str) -> bool:
    if one.startswith(two) or two.startswith(one):
        return True
    first, second = sorted((one, two), key=len)
    start, _, end = second.partition("/")
    return "/" not in first and bool(end) and start <= first <= end


def _same_place(one: str, two: str) -> bool:
    first, second = one.casefold(), two.casefold()
    return first in second or second in first
