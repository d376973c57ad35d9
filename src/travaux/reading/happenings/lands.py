"""A place told by a land's adjective instead of a name: "a Swiss resort" lies in Switzerland, "the Austrian capital" is Vienna."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from travaux.reading.countries import Country, countries

if TYPE_CHECKING:
    from spacy.tokens import Token

_SPOTS = frozenset(
    "capital city town village resort spa port harbour harbor island coast lake lakeside shore mountain alps highlands "
    "countryside border table soil chalet castle palace monastery hotel estate base valley suburb territory side parliament".split()
)
"""What an adjective of a land says the place of."""


def place_by_land(noun: Token) -> str | None:
    """Where a noun without a name is, by the adjective of a land before it; None where there is none."""
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.lemma_.lower() not in _SPOTS:
        return None
    land = next((_by_adjective()[one.text] for one in noun.lefts if one.text in _by_adjective()), None)
    if land is None:
        return None
    return land.seats[0] if noun.lemma_.lower() == "capital" and land.seats else land.name


def names_people(word: str) -> bool:
    """Whether a word says of which land somebody is: "Danish", "Russians"."""
    return word in _by_adjective()


def is_land(word: str) -> bool:
    """Whether a word is the name of a state and of hardly anybody: "Ukraine", and not "Jordan"."""
    return word in names_of_lands("state") and word not in _PEOPLE_TOO


_PEOPLE_TOO = frozenset({"Chad", "Georgia", "Israel", "Jordan"})


@cache
def names_of_lands(kind: str | None = None) -> frozenset[str]:
    """The names of countries and large bodies; of those of one kind alone where it is given."""
    lands = (land for land in countries() if kind in (None, land.kind))
    return frozenset(name for land in lands for name in (land.name, *land.others))


@cache
def _by_adjective() -> dict[str, Country]:
    return {word: land for land in countries() if land.kind == "state" for word in land.people}
