"""What a report says that a party is: "Debt Watch, a campaign in London", whom it goes on to call "the campaign"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

    from travaux.reading.mention import Mention
    from travaux.reading.parse import Sentence

ARTICLES = {"a", "an", "the"}
MODIFIERS = {"amod", "compound", "poss", "nummod", "nmod", "prep", "acl"}
"""What makes a noun another than the one described: "the campaign" is not "the London campaign"."""


@dataclass
class Descriptions:
    """Nouns by which a report has said what parties are, and which party each means; carried through its sentences."""

    parties: dict[str, str | None] = field(default_factory=dict)

    def hear(self, sentence: Sentence, found: Mapping[int, Mention]) -> None:
        """Take what a sentence says that parties are; a noun said of two means neither."""
        for at, mention in found.items():
            if len(mention.parties) != 1 or mention.speaker is not None:
                continue
            for noun in described_as(sentence.span.doc[at]):
                if noun.i not in found:
                    party = self.parties.setdefault(noun.lemma_.lower(), mention.parties[0])
                    if party != mention.parties[0]:
                        self.parties[noun.lemma_.lower()] = None

    def meant(self, noun: Token) -> str | None:
        """The party that "the <noun>" means, if the report has said of one that it is such."""
        return self.parties.get(noun.lemma_.lower())


def stands_alone(noun: Token) -> bool:
    """Whether a noun means what was spoken of: "the campaign", and not "a campaign" or "the London campaign"."""
    if noun.tag_ not in {"NN", "NNP"} or noun.dep_ in {"compound", "amod"}:
        return False
    definite = any(child.lower_ == "the" for child in noun.children)
    return definite and not any(child.dep_ in MODIFIERS for child in noun.children)


def described_as(name: Token) -> list[Token]:
    """Nouns that say what the bearer of a name is: beside it ("X, a campaign", "the campaign X") or by "is"."""
    nouns = [child for child in name.children if child.dep_ == "appos"]
    if name.dep_ == "appos":
        nouns.append(name.head)
    if name.dep_ == "nsubj" and name.head.lemma_ == "be":
        nouns += [child for child in name.head.children if child.dep_ == "attr"]
    return [
        noun
        for noun in nouns
        if noun.pos_ == "NOUN" and noun.tag_ == "NN" and any(child.lower_ in ARTICLES for child in noun.children)
    ]
