"""The nouns of what is told beside positions: meetings, incidents, and facts that two reports may tell differently.

Frozen dataclasses, as in `travaux.model`, which names them in a reading; ids are made by whoever reads.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

_ORDINALS = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
ONE_DAY = len("2024-06-12")
"""Characters of an ISO date that is known to the day; a stretch of two has more, a month or year fewer."""
ORDINALS = {**{word: number for number, word in enumerate(_ORDINALS, 1)}, "1st": 1, "2nd": 2, "3rd": 3}
_NUMBERED = re.compile(
    r"\b(?P<n>[a-z]+|\d+(?:st|nd|rd|th))\s+(?:[\w-]+\s+){0,2}?(?P<noun>round|session|meeting|talks|summit|conference|plenary)\b",
    re.IGNORECASE,
)


class HappeningKind(StrEnum):
    """What a happening is."""

    MEETING = "meeting"
    INCIDENT = "incident"


class Status(StrEnum):
    """How far a meeting has got by a report's words; incidents have happened and are ``held``."""

    HELD = "held"
    PLANNED = "planned"
    PROPOSED = "proposed"
    CANCELLED = "cancelled"


def number_of(what: str) -> tuple[int, str] | None:
    """Which of a series the words for a meeting make it: ``(3, "round")`` for "third round"; None where they do not say.

    A meeting and talks are counted as rounds are.
    """
    for match in _NUMBERED.finditer(what):
        told = match["n"].lower()
        number = ORDINALS.get(told) or (int(told[:-2]) if told[:-2].isdigit() else None)
        if number is not None:
            noun = match["noun"].lower()
            return number, "round" if noun in {"meeting", "talks"} else noun
    return None


class FactKind(StrEnum):
    """What a fact tells: how many, who somebody is, on which day, how far a thing has got, whether somebody consented."""

    NUMBER = "number"
    ROLE = "role"
    DATE = "date"
    STATUS = "status"
    CONSENT = "consent"


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts, as a report words it.

    Attributes:
        counted: what is counted: ``killed``, ``injured``, or the counted noun in its base form.
        words: the number as printed, with the words that make it rough ("at least seven").
        least, most: what it may be; equal for an exact number, None where there is no bound.
        rough: whether the words say that it is not exact ("about", "some", "dozens").
    """

    counted: str
    words: str
    least: float | None
    most: float | None
    rough: bool = False


@dataclass(frozen=True, slots=True)
class Happening:
    """One place where a report tells of a meeting or an incident.

    Attributes:
        id: hash of reader, report, place in it and all that is told.
        start, end, quote: the passage, code points into the report's text; ``text[start:end] == quote``.
        what: the words that name it ("telephone conference", "missile strike").
        form: its class by the lexicon: ``call``, ``visit``, ``summit``… or ``attack``, ``collision``…
        place: as printed; None where none is told.
        day: ISO date to the day, month or year, or two joined by ``/``; None where the report's words and date give none.
        when: the words of the time as printed, None where there are none.
        participants: names, of the agenda where it has them; empty for incidents.
        parties: ids of the parties they belong to.
        figures: killed, injured, and what else is counted.
        claimed_by: who says so, where the report does not say it on its own account.
        denied: the report says that it is not agreed, or that nobody has it planned.
    """

    id: str
    report: str
    report_id: str
    start: int
    end: int
    quote: str
    kind: HappeningKind
    what: str
    form: str
    status: Status
    place: str | None = None
    day: str | None = None
    when: str | None = None
    participants: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    figures: tuple[Figure, ...] = ()
    claimed_by: str | None = None
    denied: bool = False
    reader: str = "local"

    def figure(self, counted: str) -> Figure | None:
        """The first figure of what is counted, such as ``killed``; None where the passage gives none."""
        return next((figure for figure in self.figures if figure.counted == counted), None)


@dataclass(frozen=True, slots=True)
class Fact:
    """Something a report states that another may state otherwise: a number, an office, a day.

    Attributes:
        id: hash of reader, report, place in it and all that is told.
        start, end, quote: the passage; ``text[start:end] == quote``.
        subject: whom or what it is about, in base forms that two reports share: a name, ``deal``, ``union represent docker``.
        qualities: words that narrow the subject ("fisheries" agreement); two facts whose qualities differ are about two things.
        value: what is told, as printed.
        figure: the number, for facts of that kind.
        day: the day told, or the time the number is about; ISO as in `Happening.day`, None where there is none.
        former: for an office: the report says that it is no longer held.
    """

    id: str
    report: str
    report_id: str
    start: int
    end: int
    quote: str
    kind: FactKind
    subject: str
    qualities: tuple[str, ...]
    value: str
    figure: Figure | None = None
    day: str | None = None
    former: bool = False
    reader: str = "local"
