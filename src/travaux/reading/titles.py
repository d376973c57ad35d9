"""Which offices the people in a report hold, by the agenda and by what stands beside their names there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from travaux.reading.offices import offices_in, role_words, speaker_words
from travaux.reading.pronouns import PRONOUNS, Salience

if TYPE_CHECKING:
    from spacy.tokens import Token

    from travaux.reading.mention import Mention
    from travaux.reading.parse import Sentence

BESIDE = {"compound", "appos", "amod"}


class Titles:
    """The words of everybody's offices, carried through the sentences of one report.

    Args:
        roles: of the people on the agenda, by full name.
    """

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.words = {name: role_words(role) for name, role in roles.items()}
        self.offices = {name: role_words(" ".join(offices_in(role))) for name, role in roles.items()}

    def hear(self, sentence: Sentence, found: Mapping[int, Mention]) -> None:
        """Remember the offices beside the names in a sentence: "Energy Minister Ann Lee", "Ann Lee, the mayor"."""
        for at, mention in found.items():
            name = sentence.span.doc[at]
            if mention.person is not None and name.lower_ not in PRONOUNS:
                words, offices = title_beside(name)
                self.words.setdefault(mention.person, set()).update(words)
                self.offices.setdefault(mention.person, set()).update(offices)

    def last_with(self, office: Sequence[str], salience: Salience) -> Mention | None:
        """The person last spoken of, if all words of an office belong to that person's."""
        meant = salience.person
        if meant is None or meant.person is None or not meant.parties:
            return None
        told = role_words(" ".join(office))
        holds = told <= self.words.get(meant.person, set()) and bool(told & self.offices.get(meant.person, set()))
        return meant if holds else None  # the president's envoy is not the president


def title_beside(name: Token) -> tuple[set[str], set[str]]:
    """The words of the office that stands beside a name, and those of them that are the office; none where there is none."""
    beside = [child for child in name.children if child.dep_ in BESIDE]
    beside += [name.head] if name.dep_ in {"appos", "compound"} else []
    offices = [word for word in beside if word.lemma_.lower() in speaker_words()["offices"]]
    if not offices:
        return set(), set()
    described = [one for office in offices for one in office.children if one.dep_ in {"compound", "amod"}]
    before = [one for one in beside if one.i < name.i]
    words = role_words(" ".join(one.text for one in (*offices, *described, *before)))
    return words, role_words(" ".join(one.lemma_ for one in offices))
