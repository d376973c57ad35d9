"""A place told by a land's adjective instead of a name: "a Swiss resort" lies in Switzerland, "the Austrian capital" is Vienna."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from travaux.reading.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Land:
    """A land's name and its capital's."""

    name: str
    capital: str


@cache
def lands() -> tuple[frozenset[str], dict[str, Land]]:
    """The nouns of places that an adjective may stand before, and the lands by their adjectives."""
    raw = word_lists("lands")
    rows = [[part.strip() for part in row.split("|")] for row in raw["lands"]["names"]]
    by_adjective = {
        adjective.strip(): Land(name, capital)
        for name, adjectives, capital in rows
        for adjective in adjectives.split(",")
    }
    return frozenset(raw["spots"]["nouns"]), by_adjective


def place_by_land(noun: Token) -> str | None:
    """Where a noun without a name is, by the adjective of a land before it; None where there is none."""
    spots, by_adjective = lands()
    if noun.pos_ not in {"NOUN", "PROPN"} or noun.lemma_.lower() not in spots:
        return None
    land = next((by_adjective[one.text] for one in noun.lefts if one.text in by_adjective), None)
    if land is None:
        return None
    return land.capital if noun.lemma_.lower() == "capital" else land.name
