"""Which deed of the lexicon a verb tells of: by the words that go with it, who does it, and what it is done to."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.reading.happenings.grammar import conjuncts, objects, subjects
from travaux.reading.happenings.things import ACTOR, IT, NAME, PERSON, are
from travaux.reading.happenings.words import Deed, happening_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 9
"""How many words after a verb those that go with it may stand: "brought four of the activists down"."""

_TOWARD = {"on", "onto", "at", "into", "through", "against", "over", "across", "to", "from", "with", "in", "off"}
_HARD = {"hard", "badly", "worst", "hardest", "heavily"}


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does what a verb tells, and what it is done to."""

    who: list[Token]
    what: list[Token]
    passive: bool


def deed_of(verb: Token) -> tuple[Deed, Roles] | None:
    """The deed a verb tells of, with its roles; None where it tells of none, or where its words do not fit one."""
    known = happening_words().deeds.get(verb.lemma_.lower(), ())
    if not known or any(child.lower_ in _HARD and child.dep_ == "advmod" for child in verb.children):
        return None
    roles = roles_of(verb)
    return next(((deed, roles) for deed in known if _goes_with(verb, deed) and _fits(deed, roles)), None)


def roles_of(verb: Token) -> Roles:
    """Who does what a verb tells and what it is done to, whether it is told in the active or the passive."""
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children) or (
        verb.tag_ == "VBN" and verb.dep_ in {"acl", "conj"} and not any(child.dep_ == "dobj" for child in verb.children)
        and not any(child.dep_ == "nsubj" for child in verb.children) and _is_passive_above(verb)
    )
    goals = [one for child in verb.children if child.lower_ in _TOWARD and child.dep_ in {"prep", "prt", "advmod"}
             for one in _pobjs(child)]
    if passive:
        agents = [one for child in verb.children if child.dep_ == "agent" or child.lower_ == "by" for one in _pobjs(child)]
        return Roles(agents, subjects(verb), True)
    return Roles(_doers(verb), [*objects(verb), *goals], False)


def _is_passive_above(verb: Token) -> bool:
    if verb.dep_ == "acl":
        return True
    return any(child.dep_ == "auxpass" for child in verb.head.children)


def _doers(verb: Token) -> list[Token]:
    # The grammar takes "A crane toppled on Monday" for a crane that was toppled: a noun with its participle.
    return subjects(verb)


def _pobjs(preposition: Token) -> list[Token]:
    found = [one for child in preposition.children if child.dep_ in {"pobj", "pcomp"} for one in conjuncts(child)]
    # "on to the quay", "out of the window"
    found += [one for child in preposition.children if child.dep_ == "prep" for one in _pobjs(child)]
    return found


def _goes_with(verb: Token, deed: Deed) -> bool:
    if not deed.following:
        return True
    doc, at = verb.doc, verb.i
    last = min(verb.sent.end, verb.i + _REACH)
    for word in deed.following:
        near = last if at > verb.i else min(last, verb.i + _REACH)
        found = next((i for i in range(at + 1, near) if word in (doc[i].lower_, doc[i].lemma_.lower())
                      and _belongs(doc[i], verb)), None)
        if found is None:
            return False
        at = found
    return True


def _belongs(word: Token, verb: Token) -> bool:
    """Whether a word hangs on a verb, or on what hangs on it, with no other verb between."""
    at, steps = word, 0
    while at != verb:
        if at.head == at or steps > 3 or (at is not word and at.pos_ == "VERB"):
            return False
        at, steps = at.head, steps + 1
    return True


def _fits(deed: Deed, roles: Roles) -> bool:
    if not deed.what:
        return are(roles.what if roles.passive else roles.who, deed.who)
    if not are(roles.what, deed.what):
        return False
    if not roles.who:
        return roles.passive or ACTOR in deed.who or IT in deed.who
    return are(roles.who, deed.who)
