"""Hearsay: how far what a report says of a party is from that party's own mouth."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

from travaux.model import Statement, Via

FEWEST_QUOTED = 3
"""Words between quotation marks that are somebody's own words; fewer are a term of art ("Article 5-like")."""

_QUOTED = re.compile(r"[\"“„]([^\"“”„\n]+)[\"”]?")
_OPEN = re.compile(r"^[^\"“]*[\"”]")


class Distance(StrEnum):
    """How far a statement is from its owner's mouth, the nearest first."""

    OWN_WORDS = "own words"  # between quotation marks
    PARAPHRASED = "paraphrased"  # its speaker's, in the report's words
    REPORT = "report's account"  # the report says so in its own voice
    RELAYED = "relayed"  # another named party or person says so
    ANONYMOUS = "anonymous"  # somebody whom nobody names says so


DISTANCE = {Via.SPEAKER: 0, Via.NARRATOR: 1, Via.OTHER: 2, Via.ANONYMOUS: 3}
"""Hearsay distance: the party's own words, the report's account, another's word, an unnamed source."""


def distance_of(statement: Statement) -> Distance:
    """How far a statement is from its owner's mouth, by who vouches and by quotation marks in its passage."""
    if statement.via is Via.SPEAKER:
        return Distance.OWN_WORDS if _quotes_words(statement.quote) else Distance.PARAPHRASED
    return {Via.NARRATOR: Distance.REPORT, Via.OTHER: Distance.RELAYED, Via.ANONYMOUS: Distance.ANONYMOUS}[
        statement.via
    ]


def nearest(statements: Iterable[Statement]) -> Distance | None:
    """The shortest of several distances; None where there is no statement."""
    order = list(Distance)
    return min(map(distance_of, statements), key=order.index, default=None)


def _quotes_words(passage: str) -> bool:
    """Whether a passage holds somebody's own words, a quotation that began before it included."""
    if any(len(found.split()) >= FEWEST_QUOTED for found in _QUOTED.findall(passage)):
        return True
    before = _OPEN.match(passage)
    closes = before is not None and (before.group()[-1] == "”" or passage.count('"') % 2 == 1)
    return closes and before is not None and len(before.group().split()) >= FEWEST_QUOTED
