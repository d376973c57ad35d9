"""Who takes part in a meeting that a noun names: those who hang on it, who hold or attend it, and whose it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.reading.happenings.grammar import above, after_preposition, clause_verb, conjuncts, objects, subjects
from travaux.reading.happenings.participants import MEALS, Somebody, is_state, people_among, somebodies
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.mention import Mention
from travaux.reading.names import Names

if TYPE_CHECKING:
    from spacy.tokens import Token

WITH = ("with", "between", "of", "among", "involving", "by")
_GIVEN = {"give", "host", "have", "hold", "attend"}


def who_of_noun(noun: Token, line: Line, names: Names) -> list[Somebody]:
    """Those who take part in the meeting that a noun names."""
    if noun.lower_ == "meet":
        # The grammar took "the governors meet" for a noun: those who do stand above it.
        return [
            replace(one, name=token.doc[token.i : noun.i].text) if not one.person else one
            for token, mention in people_among(above(noun), line)
            for one in somebodies([(token, mention)], names)
        ]
    found = _hanging_on(noun, line) + _leading(noun, line)
    owner = _owner_to_come(noun)
    if owner:
        # "Since its first session the committee has met": whose it is follows.
        found = people_among(owner, line) + [pair for pair in found if pair[0].dep_ != "poss"]
    # "The conference for which Lima had pressed": whoever wants one takes part.
    asked = happening_words().status["proposed"] | happening_words().status["called_for"]
    of = [one for child in noun.children if child.lower_ == "of" for one in child.children]
    clauses = [child for one in (noun, *of) for child in one.children if child.dep_ == "relcl"]
    wanting = [child for child in clauses if child.lemma_.lower() in asked]
    found += [pair for child in wanting for pair in people_among(subjects(child), line)]
    # "The dinner that she was to give for him"
    hosts = [one for child in clauses for one in (child, *child.children) if one.lemma_.lower() in _GIVEN]
    found += [
        pair
        for child in hosts
        for pair in people_among([*subjects(child), *after_preposition(child, "for", "with")], line)
    ]
    verb = clause_verb(noun)
    # "Between X and Y" and "of X and Y" name all who take part; "with Y" leaves one to be found.
    closed = any(
        one.lower_ in {"between", "among", "of"} and _are_all(people_among(_below(one), line))
        for one in _prepositions(noun)
    )
    if noun.dep_ == "advcl":
        # "Meeting in the same city, the ministers called for patience"
        return somebodies(found + people_among(subjects(noun), line), names)
    if verb is None or noun.dep_ not in {"dobj", "pobj", "attr", "conj", "nsubj", "nsubjpass"}:
        return somebodies(found, names)
    if verb.dep_ in {"advcl", "csubj"} and any(one.dep_ == "poss" and one.pos_ == "PRON" for one in noun.children):
        # "Coming out of his meeting with her, the minister said": whose it is follows.
        found = people_among([one for one in verb.head.children if one.dep_ == "nsubj"], line) + found
    words, lemma = happening_words().status, verb.lemma_.lower()
    if noun.dep_ in {"nsubj", "nsubjpass"}:
        by = ["by"] if noun.dep_ == "nsubjpass" and lemma in asked else []
        found += people_among(after_preposition(verb, "with", "between", "among", *by), line)
    elif not closed or lemma in {"attend", "join", "host", "hold"}:
        light = lemma in words["light"] | words["planned"] | words["proposed"] | words["cancelled"]
        light = light or any(f"{lemma} {child.lower_}" in words["cancelled_particles"] for child in verb.children)
        role = noun if noun.dep_ != "pobj" else noun.head
        going = happening_words().meeting_verbs.get(lemma, {}).get("place", False) and role.lower_ in {
            "to",
            "for",
            "at",
        }
        beside = role.dep_ == "prep" and role.lower_ in {"during", "at", "in", "for", "to"} and len(found) < 2
        # "They will be back after a dinner": whoever does one thing after the other was there.
        behind = role.dep_ == "prep" and role.lower_ in {"after", "following", "over", "throughout"} and len(found) < 2
        there = [
            (one, mention)
            for one, mention in people_among(subjects(verb), line)
            if mention.person or not mention.parties
        ]
        if behind and not there:
            # "They are to meet again, an official said, after a lunch"
            said = [child for child in verb.children if child.dep_ == "ccomp"]
            there = [pair for child in said for pair in people_among(subjects(child), line)]
        if behind and not light:
            found = there + found
        elif (light and role.lower_ not in {"after", "before", "since", "following"}) or going or beside:
            found = people_among(subjects(verb), line) + found + people_among(after_preposition(verb, "with"), line)
            by_phone = beside and lemma in {"tell", "assure", "inform", "ask", "warn", "urge", "promise", "remind"}
            given = lemma == "give" and noun.lemma_.lower() in MEALS
            if given:
                found += people_among(after_preposition(verb, "to", "for"), line)
            if lemma == "invite" or by_phone or given:
                found += people_among(objects(verb), line)
    return somebodies(found, names)


def _owner_to_come(noun: Token) -> list[Token]:
    """The subject that "its" or "their" before a meeting means where it follows: "at its session the council voted"."""
    verb = clause_verb(noun)
    own = any(child.dep_ == "poss" and child.tag_ == "PRP$" for child in noun.children)
    if not own or verb is None or noun.dep_ != "pobj" or noun.head.head != verb:
        return []
    return [one for one in subjects(verb) if one.i > noun.i and one.i < verb.i and one.pos_ != "PRON"]


def _are_all(named: Sequence[tuple[Token, Mention]]) -> bool:
    """Whether those named are more than the one body that sits: "of the two sides", but not "of the Council"."""
    plural = any(token.tag_ in {"NNS", "NNPS"} for token, _ in named)
    return plural or len(named) > 1 or any(mention.person for _, mention in named)


def _prepositions(noun: Token) -> list[Token]:
    """The prepositions that name who takes part, on a noun or on "held" beside it ("held in Sochi between X and Y")."""
    own = [child for child in noun.children if child.dep_ == "prep"]
    held = [child for child in noun.children if child.dep_ == "acl" and child.lemma_.lower() in {"hold", "have"}]
    deeper = [
        one for child in held for one in child.subtree if one.dep_ == "prep" and one.lower_ in {"between", "with"}
    ]
    loose = [one for child in own for one in child.subtree if one.lower_ == "between" and one is not child]
    guests = [one for one in own if one.lower_ == "for" and noun.lemma_.lower() in MEALS]
    return [*(one for one in own if one.lower_ in WITH), *guests, *deeper, *loose]


def _leading(noun: Token, line: Line) -> list[tuple[Token, Mention]]:
    """Whoever a meeting is hosted, chaired or brokered by: "the talks hosted in Lima by Ann Lee"."""
    led = [one for one in noun.children if one.dep_ in {"acl", "relcl"} and one.tag_ == "VBN"]
    inside = [one for child in noun.children if child.lower_ == "of" for one in child.children]
    led += [one for below in inside for one in below.children if one.dep_ == "acl" and one.tag_ == "VBN"]
    words = happening_words().status["leading"]
    chairs = [one for body in (noun, *inside) for one in body.children if one.dep_ == "relcl" and one.tag_ != "VBN"]
    active = [one for verb in chairs if verb.lemma_.lower() in words for one in verb.children if one.dep_ == "nsubj"]
    by = [one for first in active if first.tag_ not in {"WDT", "WP"} for one in conjuncts(first)]
    own = people_among(by, line)
    return own + people_among(
        [one for verb in led if verb.lemma_.lower() in words for one in after_preposition(verb, "by")], line
    )


def _below(preposition: Token) -> list[Token]:
    """What stands after a preposition, with what is joined to it and what is joined to its adjectives."""
    found = [one for child in preposition.children if child.dep_ == "pobj" for one in conjuncts(child)]
    adjectives = [child for one in found for child in one.children if child.dep_ in {"compound", "amod"}]
    return [*found, *(one for child in adjectives for one in conjuncts(child))]


def _hanging_on(noun: Token, line: Line) -> list[tuple[Token, Mention]]:
    """Those who hang on a noun of meeting: "with X", "between X and Y", "X's", "the Trump-Putin summit"."""
    tokens: list[Token] = []
    for child in noun.children:
        if child.dep_ in {"poss", "compound", "amod", "nmod"}:
            places = child.dep_ != "poss"
            tokens += [one for one in child.subtree if not (places and is_state(one))]
        elif child.dep_ in {"acl", "relcl"} and child.lemma_.lower() in {"involve", "bring", "include"}:
            tokens += objects(child)
    inside = [
        pair
        for preposition in _prepositions(noun)
        for below in preposition.children
        if below.dep_ == "pobj" and below.lemma_.lower() in happening_words().meeting_nouns
        for pair in _hanging_on(below, line)
    ]
    below = [one for preposition in _prepositions(noun) for one in _below(preposition)]
    return people_among([*tokens, *below], line) + inside
