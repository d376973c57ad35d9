"""Which offices the people in a report hold, by the agenda and by what stands beside their names there."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from travaux.reading.offices import role_words, speaker_words
from travaux.reading.pronouns import PRONOUNS, Salience

if TYPE_CHECKING:
    from spacy.tokens import Token

    from travaux.reading.mentions import Mention
    from travaux.reading.parse import Sentence

BESIDE = {"compound", "appos", "amod"}


class Titles:
    """The words of everybody's offices, carried through the sentences of one report.

    Args:
        roles: of the people on the agenda, by full name.
    """

    def __init__(self, roles: Mapping[str, str]) -> None:
        self.words = {name: role_words(role) for name, role in roles.items()}

    def hear(self, sentence: Sentence, found: Mapping[int, Mention]) -> None:
        """Remember the offices beside the names in a sentence: "Energy Minister Ann Lee", "Ann Lee, the mayor"."""
        for at, mention in found.items():
            name = sentence.span.doc[at]
            if mention.person is not None and name.lower_ not in PRONOUNS:
                self.words.setdefault(mention.person, set()).update(title_beside(name))

    def last_with(self, office: Sequence[str], salience: Salience) -> Mention | None:
        """The person last spoken of, if all words of an office belong to that person's."""
        meant = salience.person
        if meant is None or meant.person is None or not meant.parties:
            return None
        return meant if role_words(" ".join(office)) <= self.words.get(meant.person, set()) else None


def title_beside(name: Token) -> set[str]:
    """The words of the office that stands beside a name; none where there is no office."""
    beside = [child for child in name.children if child.dep_ in BESIDE]
    beside += [name.head] if name.dep_ in {"appos", "compound"} else []
    offices = [word for word in beside if word.lemma_.lower() in speaker_words()["offices"]]
    if not offices:
        return set()
    described = [one for office in offices for one in office.children if one.dep_ in {"compound", "amod"}]
    before = [one for one in beside if one.i < name.i]
    return role_words(" ".join(one.text for one in (*offices, *described, *before)))
