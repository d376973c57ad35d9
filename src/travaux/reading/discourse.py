"""What a report has told so far that a later word may mean: who was spoken of, with which office, who presides, who is quoted."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from travaux.reading.descriptions import Descriptions
from travaux.reading.first_persons import Quoting
from travaux.reading.interviews import Interview
from travaux.reading.letterheads import issuer_of
from travaux.reading.mention import Mention
from travaux.reading.names import Names
from travaux.reading.offices import speaker_words
from travaux.reading.pronouns import SUBJECTS, Salience
from travaux.reading.titles import Titles

if TYPE_CHECKING:
    from spacy.tokens import Token

BODIES_OF_MANY = {"company", "union", "organisation"}
"""Kinds of party that are no one person's."""
CHAIRS = {"chair", "chairman", "chairwoman", "chairperson", "moderator", "facilitator"}
"""Who presides over a meeting, where the words do not say whose chair it is."""


class Discourse:
    """The report as told up to the sentence that is being read."""

    def __init__(self, names: Names, letterhead: str = "") -> None:
        """Ready for the first sentence.

        Args:
            letterhead: the report's first lines; where one is a party's letterhead, the report is that party's own.
        """
        self.names = names
        self.salience = Salience()
        self.kinds = {party.id: party.kind for party in names.agenda.parties}
        self.own_paper = self.issuer(letterhead)
        self.descriptions = Descriptions()
        self.titles = Titles({one.name: one.role for party in names.agenda.parties for one in party.people})
        self.quoting = Quoting(author=self.own_paper)
        self.interview: Interview | None = None
        self.chair: Mention | None = None
        self.named_before: list[Mention] = []
        self.lexicon = speaker_words()

    def issuer(self, head: str) -> Mention | None:
        """Whose letterhead the head of a report has: "EUROPEAN COMMISSION", "OFFICE OF THE PRESIDENT OF SERBIA"."""
        found = issuer_of(head, self.names)
        if found is None:
            return None
        known, line = found
        return Mention((known.party,), None, None, False, f"letterhead: {line}", 0, 0)

    def salience_at(self, token: Token, found: Mapping[int, Mention]) -> Salience:
        """Who was spoken of last as seen from a word: the sentence's own mentions before it, its subject most of all."""
        here = self.salience.so_far()
        before = sorted(at for at in found if at < token.left_edge.i and found[at].parties)
        subjects = [at for at in before if token.doc[at].dep_ in SUBJECTS]
        for at in [*before, *subjects[:1]]:
            here.saw(found[at], token.doc[at])
        return here
