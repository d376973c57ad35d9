"""One mention of a meeting, whether it says enough, and what a later mention adds to it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.happening import ONE_DAY, Status, number_of
from travaux.model import BlockKind
from travaux.reading.happenings.participants import Somebody
from travaux.reading.happenings.standing import Standing
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR = 3
"""Sentences between two mentions that may be of one meeting though little ties them."""


@dataclass(slots=True)
class Told:
    """One mention of a meeting, before those of one meeting are brought together.

    Attributes:
        line: the sentence it stands in; trigger: the word that names it.
        answer: the sentence after, where the first is a question that it answers.
        announced: whether a line of its own names it, as titles and calendars do.
        shown: whether they alone find it, without a word that names one.
        here: whether it is held where the report stands.
        noticed: whether the heads on the encoder's states, too, take the sentence to tell of a meeting.
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
    announced: bool = False
    noticed: bool = False
    shown: bool = False
    here: bool = False

    @property
    def status(self) -> Status:
        """How far the meeting has got."""
        return self.standing.status

    @property
    def heads(self) -> bool:
        """Whether a title or a heading tells of it, and not the text."""
        return self.line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING}

    @property
    def to_the_day(self) -> bool:
        """Whether its day is known, and not its month or year alone."""
        return self.day is not None and len(self.day) >= ONE_DAY

    @property
    def names(self) -> set[str]:
        """Of those who take part."""
        return {one.name for one in self.who}


def is_enough(told: Told) -> bool:
    """Whether a mention says enough to be a meeting: two who take part, or one and a place or a day."""
    where_or_when = told.place is not None or told.day is not None or told.when is not None
    definite = told.trigger.pos_ in {"NOUN", "PROPN"} and any(
        child.lower_ in {"the", "this", "that"} or child.dep_ == "poss" for child in told.trigger.children
    )
    named = told.announced or told.line.sentence.kind in {BlockKind.TITLE, BlockKind.HEADING} or definite
    named = named or number_of(told.what) is not None
    held_together = told.form in {"meeting", "summit", "talks", "conference"}
    to_come = told.when is not None and told.trigger.pos_ == "NOUN" and told.status is not Status.HELD
    if told.place is not None and held_together and (named or to_come):
        return True
    if told.day is not None and (told.announced or (told.form == "conference" and named) or number_of(told.what)):
        return True
    if told.status is not Status.HELD and number_of(told.what) is not None:
        return True  # "called off the fifth session", "a second session is to follow"
    if told.noticed and (told.to_the_day or (told.place is not None and told.when is not None)):
        return True  # "The committee meets again on 3 February", "maps were laid on a table in Lima in May"
    if told.here and told.to_the_day:
        return True  # "Table two resumes on Thursday", in a bulletin
    if told.form == "visit":
        return is_known(told) and (told.place is not None or len(told.who) > 1)
    several = len(told.who) > 1 and is_known(told)
    return several or (bool(told.who) and where_or_when) or (told.form == "summit" and where_or_when)


def is_a_headline(told: Told) -> bool:
    """Whether only a title names talks, at no time and of no two sides: it sums up what the text has other words for."""
    sides = {one.party for one in told.who} - {None}
    return told.heads and not told.announced and told.when is None and len(sides) < 2


def bring_together(first: Told, second: Told) -> None:
    """What a later mention adds to an earlier one."""
    richer = len(second.who) > len(first.who)
    if first.heads and not second.heads:
        first.place, richer = second.place or first.place, bool(second.who)  # the text says it more closely
    if first.form == "visit" and second.form == "meeting" and second.place:
        first.place, first.day, first.when = second.place, second.day or first.day, second.when or first.when
    first.who += [one for one in second.who if one.name not in first.names]
    first.place, first.day, first.when = first.place or second.place, first.day or second.day, first.when or second.when
    if number_of(first.what) is None and number_of(second.what) is not None:
        first.what = second.what
    first.announced, first.noticed = first.announced or second.announced, first.noticed or second.noticed
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


def is_known(told: Told) -> bool:
    """Whether somebody takes part who can be told from others; groups by their trade ("ministers") may be those of another name."""
    return any(one.party is not None or one.person for one in told.who)
