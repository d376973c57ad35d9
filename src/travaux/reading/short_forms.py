"""Parties by a part of their name or by what they are: "the council", "the campaign", "the lender"."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from travaux.reading.descriptions import stands_alone
from travaux.reading.discourse import BODIES_OF_MANY, Discourse
from travaux.reading.mention import Mention
from travaux.reading.officials import body
from travaux.reading.parse import Sentence
from travaux.reading.pronouns import SUBJECTS

if TYPE_CHECKING:
    from spacy.tokens import Token

FIRMS = {"company", "firm", "bank", "lender", "carrier", "operator", "manufacturer", "insurer", "utility", "developer"}
"""Bodies that do business, of two that were named the likelier ones."""


def find_by_last_word(told: Discourse, sentence: Sentence, found: dict[int, Mention]) -> None:
    """Parties by the last word of their name: "the union", "the makers", "the council's chair"."""
    if sentence.words.isdisjoint(told.names.heads):
        return
    for token in sentence.span:
        if token.lower_ not in told.names.heads or token.i == sentence.span.start or token.nbor(-1).lower_ != "the":
            continue
        describes = token.dep_ in {"compound", "nmod"} and token.head.lemma_.lower() in told.lexicon["agents"]
        noun = token.head if describes else token
        if token.i in found or noun.i in found or token.pos_ not in {"NOUN", "PROPN"}:
            continue
        party = told.names.called(token, told.salience_at(token, found))
        if party is None:
            continue
        if describes:
            found[noun.i] = body(told, noun, party, noun.left_edge.i, noun.i)
        else:
            how = f"“the {token.text}” is {party}"
            found[token.i] = Mention((party,), None, None, False, how, token.left_edge.i, token.i)


def find_by_description(told: Discourse, sentence: Sentence, found: dict[int, Mention]) -> None:
    """Parties by what the report has said that they are: "the campaign", "the lender"."""
    nouns = told.lexicon["bodies_too"] | told.descriptions.parties.keys()
    if sentence.words.isdisjoint(nouns):
        return
    for token in sentence.span:
        if token.lemma_.lower() not in nouns or token.i in found or not stands_alone(token):
            continue
        party = told.descriptions.meant(token) or body_just_named(told, token, found)
        if party is not None:
            how = f"the {token.text} that {party} is"
            found[token.i] = Mention((party,), None, None, False, how, token.left_edge.i, token.i, of_many=True)


def body_just_named(told: Discourse, token: Token, found: Mapping[int, Mention]) -> str | None:
    """The party last spoken of, where it is a body of the kind that a subject names: "The campaign asks" after "Debt Watch"."""
    if token.lemma_.lower() not in told.lexicon["bodies_too"] or token.dep_ not in SUBJECTS:
        return None
    last = told.salience_at(token, found).ids[-2:]
    many = [party for party in last if told.kinds[party] in BODIES_OF_MANY]
    firms = [party for party in many if told.kinds[party] == "company"]
    return next(reversed(firms or many if token.lemma_.lower() in FIRMS else many), None)
