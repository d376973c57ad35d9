"""Bodies and officials, with a party's name or without: "Turkish officials", "his spokesman", "the ministry", "the chair"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.reading.discourse import CHAIRS, Discourse
from travaux.reading.mention import Mention, parties_below
from travaux.reading.offices import (
    end_of_office,
    is_holder,
    office_of,
    party_words,
    person_beside,
    phrase_from,
    role_words,
)
from travaux.reading.offices_meant import office_in_discourse
from travaux.reading.parse import Sentence
from travaux.reading.pronouns import PARTY_PRONOUNS, PRONOUNS, antecedent

if TYPE_CHECKING:
    from spacy.tokens import Token

AT_HOME = {"ministry", "government", "parliament", "cabinet", "leadership", "administration", "authority"}
"""Bodies that sit in the capital of their own party."""
PLAIN = {"government", "side", "country", "leadership", "capital", "nation", "state", "authority", "administration"}
"""Nouns that mean no more than their party: "the Turkish side"."""
DOCUMENTS = {"statement", "communique", "letter", "readout", "declaration", "note", "paper", "position"}
"""What somebody says in writing; its words are those of whoever wrote it."""


def body(told: Discourse, noun: Token, party_id: str, first: int, last: int, owner: Mention | None = None) -> Mention:
    """A noun that stands for a party: an office with its holder on the agenda, or a body as given.

    Args:
        owner: whose it is: "her ministry" is the one that her role names.
    """
    party = told.names.agenda.party(party_id)
    assert party is not None
    beside = person_beside(noun)
    if beside is not None:
        name, last = beside
        known = told.names.known.get(name)
        full = known.person.name if known is not None and known.person is not None else name
        return Mention((party_id,), full, None, False, "named beside the office", first, last)
    words = [word for word in office_of(noun) if word.lower() not in party_words(party)]
    holder = told.names.holder(words, party)
    of_body = owner.body if owner is not None and owner.person is None else None
    if holder is not None and of_body and not role_words(of_body) - party_words(party) <= role_words(holder.role):
        holder = None  # the embassy's spokesman is not the president's
    last = max(last, end_of_office(noun))
    named = told.names.full_name(words, party) or told.names.body_of(owner, noun.lemma_)
    text = named or phrase_from(noun.left_edge, last)
    if of_body and not named and any(child.lower_ in PARTY_PRONOUNS for child in noun.lefts):
        text = f"{' '.join(words)} of {of_body}"
    if holder is not None and noun.tag_ in {"NN", "NNP"}:
        return Mention((party_id,), holder.name, None, False, f"office: {text}", first, last)
    body = None if noun.lemma_.lower() in PLAIN | DOCUMENTS else text
    anonymous = noun.lemma_.lower() in told.lexicon["anonymous"] and noun.ent_type_ != "PERSON"
    return Mention(
        (party_id,), None, body, anonymous and unnamed(told, noun), f"body of the party: {text}", first, last
    )


def unnamed(told: Discourse, noun: Token) -> bool:
    """Whether the words around a source say that it is not named."""
    around = noun.sent.text.lower()
    marked = any(mark in around for mark in told.lexicon["anonymous_marks"])
    senior = any(child.lower_ in {"senior", "unnamed", "anonymous", "one", "two", "several"} for child in noun.lefts)
    if noun.lemma_.lower() in told.lexicon["unnamed"]:
        before = {child.lower_ for child in noun.lefts}
        indefinite = bool(before & {"a", "an", "another"})
        return marked or senior or indefinite or (noun.tag_ in {"NNS", "NNPS"} and "the" not in before)
    return marked or (senior and noun.lemma_.lower() != "minister")


def find_offices(told: Discourse, sentence: Sentence, found: dict[int, Mention]) -> None:
    """Offices without a party's name beside them: "the foreign minister", "his spokesman", "the ministry"."""
    for token in sentence.span:
        if token.i in found or token.pos_ not in {"NOUN", "PROPN"} or token.ent_type_ == "PERSON":
            continue
        if token.lemma_.lower() not in told.lexicon["agents"] or token.dep_ in {"compound", "amod"}:
            continue
        if is_somebody_elses(told, token) or not is_holder(token):
            continue
        below = [
            party
            for child in token.children
            if child.dep_ == "prep" and child.lower_ in owning(token)
            for party in parties_below(child, found)
        ]
        owner = next((found[child.i] for child in token.children if child.dep_ == "poss" and child.i in found), None)
        if owner is None or not owner.parties:
            owner = owner_meant(told, token, found) if not below else None
        parties = list(owner.parties) if owner is not None else below
        definite = any(child.lower_ == "the" for child in token.lefts)
        if owner is not None and owner.person is not None and token.lemma_.lower() in DOCUMENTS:
            how = f"the words of {owner.person}"
            last = end_of_office(token)
            words = token.doc[token.left_edge.i : last + 1].text
            found[token.i] = Mention(owner.parties, owner.person, words, False, how, token.left_edge.i, last)
        elif parties:
            found[token.i] = body(told, token, parties[0], token.left_edge.i, token.i, owner)
        elif definite:
            mention = presiding(told, token) or office_in_discourse(told, token, told.salience_at(token, found))
            if mention is not None:
                found[token.i] = mention
        if token.i not in found and token.lemma_.lower() in told.lexicon["anonymous"] and unnamed(told, token):
            words = token.doc[token.left_edge.i : token.i + 1].text.strip()
            found[token.i] = Mention((), None, words, True, f"unnamed source: {words}", token.left_edge.i, token.i)


def is_somebody_elses(told: Discourse, noun: Token) -> bool:
    """Whether somebody is told of by whose counterpart, guest or ally he is: "his guests", "allies of Russia"."""
    if noun.lemma_.lower() not in told.lexicon["others"]:
        return False
    return any(child.dep_ == "poss" or (child.dep_ == "prep" and child.lower_ == "of") for child in noun.children)


def owning(noun: Token) -> set[str]:
    """Prepositions that say whose a body is: "the ministry in Moscow" is Moscow's, the embassy there is not."""
    return {"of", "from", "for", "in"} if noun.lemma_.lower() in AT_HOME else {"of", "from", "for"}


def owner_meant(told: Discourse, token: Token, found: Mapping[int, Mention]) -> Mention | None:
    """Whom a possessive pronoun before an office means: "his spokesman", "its ministry"."""
    pronoun = next((child for child in token.children if child.dep_ == "poss" and child.lower_ in PRONOUNS), None)
    return antecedent(pronoun, told.salience_at(token, found)) if pronoun is not None else None


def presiding(told: Discourse, token: Token) -> Mention | None:
    """Whom "the chair" means once a report has said who presides; of a meeting it is seldom a party's."""
    if told.chair is None or token.lemma_.lower() not in CHAIRS:
        return None
    return replace(told.chair, how=f"presides: {told.chair.speaker}", first=token.left_edge.i, last=token.i)


def saw_chair(told: Discourse, sentence: Sentence, found: Mapping[int, Mention]) -> None:
    """Remember who presides: "in the chair was Ms Ruiz", "Ms Ruiz chaired the session"."""
    people = [at for at in found if found[at].person is not None]
    if not people or sentence.words.isdisjoint({"chair", "preside"}):
        return
    for token in sentence.span:
        if token.lemma_.lower() in {"chair", "preside"} and token.pos_ == "VERB":
            here = [at for at in people if sentence.span.doc[at].head == token]
        elif token.lower_ == "chair" and token.head.lower_ == "in":
            here = people
        else:
            continue
        if len(here) == 1:
            told.chair = found[here[0]]
