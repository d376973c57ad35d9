"""Somebody whom a sentence speaks of: the noun that names, describes or stands for a party or one of its people."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Mention:
    """Somebody a sentence speaks of.

    Attributes:
        parties: ids of the parties meant; more than one for "both sides", none for a stranger or unnamed source.
        person: full name where a person is meant, as the agenda has it or as given; None where only the party is.
        body: the words as given, where a body or unnamed group of the party is meant ("Turkish officials"), else None;
            beside a person, what that person wrote ("her letter"), which "it" goes on to mean.
        anonymous: True for a source nobody names.
        how: how it was recognised, in words a user reads.
        first, last: token numbers in the document, inclusive.
        of_many: whether it is the name of a company, union or other body, which is no "he" however like a person's it is.
    """

    parties: tuple[str, ...]
    person: str | None
    body: str | None
    anonymous: bool
    how: str
    first: int
    last: int
    of_many: bool = False

    @property
    def speaker(self) -> str | None:
        """The codebook's speaker: person or body as given, None where only the party is named."""
        return self.person or self.body


def parties_below(token: Token, found: Mapping[int, Mention]) -> list[str]:
    """Parties named in the words that hang on a token."""
    return [party for below in token.subtree if below.i in found for party in found[below.i].parties]
