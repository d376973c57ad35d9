"""One sentence and what the grammar tells of it, which the later steps share."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from travaux.model import Stance
from travaux.reading.attribution import together
from travaux.reading.condition import Condition, conditions_of
from travaux.reading.linking import Link
from travaux.reading.mention import Mention
from travaux.reading.parse import Sentence
from travaux.reading.sides import Found, sides_of
from travaux.reading.turning import says_untrue

PLACING = frozenset({"in", "at", "near", "outside"})


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence and what the grammar tells of it.

    Attributes:
        members: each party that takes a side, with the side and the mention that names the party.
        told: the same sides by party and option.
    """

    sentence: Sentence
    mentions: Mapping[int, Mention]
    links: Sequence[Link]
    conditions: Sequence[Condition]
    members: Sequence[tuple[str, Found, Mention]]
    told: Mapping[tuple[str, str], Sequence[tuple[Found, Mention]]]

    def spoken(self) -> set[str]:
        """Parties named or meant in the sentence."""
        return {party for mention in self.mentions.values() for party in mention.parties}

    def subjects(self) -> set[str]:
        """Parties that are a subject in the sentence."""
        doc = self.sentence.span.doc
        heads = [at for at in self.mentions if doc[at].dep_ in {"nsubj", "nsubjpass"}]
        return {party for at in heads for party in self.mentions[at].parties}

    def asked(self) -> dict[str, Stance]:
        """The side last told on each option, for whoever answers it in the sentence behind."""
        return {found.link.option: found.side.stance for _, found, _ in self.members if not found.side.former}

    def others_alone(self, party: str, option: str) -> bool:
        """Whether the grammar gives a side on an option here to other parties, and none to this one."""
        return (party, option) not in self.told and any(option == other for _, other in self.told)

    def denies(self) -> bool:
        """Whether the sentence says that what is told of somebody is not so."""
        return any(map(says_untrue, self.sentence.span))

    def only_where(self, party: str) -> bool:
        """Whether a party is named here only as the place where something is done: "was drawn up in N'Djamena"."""
        named = [at for at, mention in self.mentions.items() if party in mention.parties]
        return bool(named) and all(self.is_place(at) for at in named)

    def only_done_to(self, party: str) -> bool:
        """Whether something is only done to a party here: it is an object, and the grammar gives it no side."""
        named = [at for at, mention in self.mentions.items() if party in mention.parties]
        done_to = bool(named) and all(self.sentence.span.doc[at].dep_ == "dobj" for at in named)
        return done_to and not any(party == holder for holder, _ in self.told)

    def is_place(self, at: int) -> bool:
        """Whether the mention at a token is where a verb's deed is done, and no person or body of the party."""
        token, mention = self.sentence.span.doc[at], self.mentions[at]
        place = token.dep_ == "pobj" and token.head.lower_ in PLACING and token.head.head.pos_ in {"VERB", "AUX"}
        return place and mention.speaker is None


def line_of(
    sentence: Sentence,
    mentions: Mapping[int, Mention],
    links: list[Link],
    earlier: list[Link],
    before: Line | None = None,
) -> Line:
    """What the grammar tells of a sentence.

    Args:
        earlier: the options named just before it. before: the sentence before, which it may answer.
    """
    conditions = conditions_of(sentence)
    asked = before.asked() if before is not None and before.sentence.block == sentence.block else {}
    members = [
        (party, found, source)
        for found in sides_of(sentence, mentions, links, earlier, conditions, asked)
        for source in together(found.side.source, mentions, sentence)
        for party in source.parties
    ]
    told: dict[tuple[str, str], list[tuple[Found, Mention]]] = {}
    for party, found, source in members:
        told.setdefault((party, found.link.option), []).append((found, source))
    return Line(sentence, mentions, links, conditions, members, told)
