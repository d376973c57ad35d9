"""What the grammar of a sentence says of a word: its clause, its subjects and objects, whether it is real or only thought of."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

from travaux.reading.happenings.days import WEEKDAYS
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = {"nsubj", "nsubjpass", "csubj"}
_FUTURE = {"will", "shall", "'ll", "’ll", "wo"}
_MAYBE = {"may", "might", "could", "would", "can", "should", "must", "need", "'d", "’d"}


def clause_verb(token: Token) -> Token | None:
    """The nearest verb above a word, or the word itself where it is one."""
    at = token
    while at.pos_ not in {"VERB", "AUX"}:
        if at.head == at:
            return None
        at = at.head
    return at


def conjuncts(token: Token) -> list[Token]:
    """A word and what is joined to it by "and"; what stands in apposition to one of them too."""
    found = [token]
    for one in found:
        found += [child for child in one.children if child.dep_ in {"conj", "appos"} and child not in found]
    return found


def subjects(verb: Token) -> list[Token]:
    """The subjects of a verb, with what is joined to them; inherited from the verb it is joined to or hangs on."""
    at, steps = verb, 0
    while steps < 6:
        own = [child for child in at.children if child.dep_ in SUBJECTS]
        own = own or _behind_a_day(at)
        if own:
            return [one for first in own for one in conjuncts(_antecedent(first))]
        if at.dep_ in {"acl", "relcl"} and at.head.pos_ in {"NOUN", "PROPN"}:
            return conjuncts(at.head)
        if at.dep_ not in {"conj", "xcomp", "advcl", "acomp", "pcomp", "prep"} or at.head == at:
            return []
        at, steps = at.head, steps + 1
    return []


def _behind_a_day(verb: Token) -> list[Token]:
    """The subject that the grammar took for one name with the day before it: "On Monday Ann Lee saw him"."""
    days = [child for child in verb.children if child.dep_ == "prep" and child.lower_ == "on" and child.i < verb.i]
    below = [one for child in days for one in child.children if one.dep_ == "pobj"]
    return [one for one in below if any(child.lower_ in WEEKDAYS for child in one.lefts)]


def _antecedent(subject: Token) -> Token:
    """What "who", "which" and "that" stand for in a relative clause; any other word itself."""
    if subject.tag_ not in {"WDT", "WP"} or subject.head.dep_ != "relcl":
        return subject
    at = subject.head.head
    if subject.lower_ == "who" and at.dep_ == "pobj" and at.head.lower_ == "of" and at.pos_ == "PROPN":
        at = at.head.head  # "the head of the Agency, who is due": the head, and no agency
        at = at.head if at.dep_ == "appos" else at
    return at


def objects(verb: Token) -> list[Token]:
    """The direct objects of a verb, with what is joined to them."""
    found = [child for child in verb.children if child.dep_ in {"dobj", "dative", "oprd"}]
    return [one for first in found for one in conjuncts(first)]


def after_preposition(token: Token, *prepositions: str) -> list[Token]:
    """What stands after certain prepositions that hang on a word, with what is joined to it.

    Whose it is does not: "with Ann Lee's envoy and Ann Lee's son" is with the envoy, and not with Ann Lee.
    """
    found = []
    for child in token.children:
        if child.dep_ in {"prep", "agent", "dative"} and child.lower_ in prepositions:
            found += [one for below in child.children if below.dep_ in {"pobj", "pcomp"} for one in conjuncts(below)]
    return [one for one in found if not any(child.dep_ == "case" for child in one.children)]


def auxiliaries(verb: Token) -> set[str]:
    """The auxiliaries of a verb, lower case, those of the verb it is joined to among them where it has none."""
    own = {child.lower_ for child in verb.children if child.dep_ in {"aux", "auxpass"}}
    if not own and verb.dep_ == "conj" and verb.head.pos_ in {"VERB", "AUX"} and verb.tag_ in {"VB", "VBN"}:
        return auxiliaries(verb.head)
    return own


def with_words_beside(verb: Token, *kinds: str) -> set[str]:
    """A verb with each word beside it that the grammar calls so: "call off", "put off"."""
    return {f"{verb.lemma_.lower()} {child.lower_}" for child in verb.children if child.dep_ in kinds}


def negated(verb: Token) -> bool:
    """Whether a verb is denied by "not", "never" or a subject that is nobody."""
    if any(child.dep_ == "neg" for child in verb.children):
        return True
    no_subject = [child for child in verb.children if child.dep_ in SUBJECTS]
    return any(
        one.lower_ in {"nobody", "nothing", "none"} or any(child.lower_ == "no" for child in one.children)
        for one in no_subject
    )


def is_future(verb: Token) -> bool:
    """Whether a verb speaks of what lies ahead for sure: "will meet", "is to meet"."""
    aux = auxiliaries(verb)
    return bool(aux & _FUTURE)


def is_maybe(verb: Token) -> bool:
    """Whether a verb speaks of what may be: "may meet", "could be killed"."""
    return bool(auxiliaries(verb) & _MAYBE)


def is_past(verb: Token) -> bool:
    """Whether a verb tells what has happened."""
    aux = auxiliaries(verb)
    if aux & (_FUTURE | _MAYBE):
        return False
    if verb.tag_ == "VBD" or aux & {"had", "has", "have", "was", "were", "been"}:
        return True
    return verb.tag_ == "VBN" and not aux & {"is", "are", "be"}


def above(token: Token) -> Iterator[Token]:
    """The words a word hangs on, the nearest first."""
    at = token
    while at.head != at:
        at = at.head
        yield at


def is_supposed(token: Token) -> bool:
    """Whether a word stands under an "if", "unless", "in case of", "any" or "every", or under a verb of what may be."""
    if any(child.lower_ in {"any", "every", "each", "no", "another", "such"} for child in token.children):
        return True
    for at in (token, *above(token)):
        if any(child.dep_ == "mark" and child.lower_ in {"if", "unless", "whether"} for child in at.children):
            return True
        if at.pos_ in {"VERB", "AUX"} and (is_maybe(at) or is_future(at)):
            return True
        if at.dep_ == "prep" and at.lower_ in {"against", "of", "without", "from"} and at.head.lemma_.lower() in {
            "case", "event", "threat", "risk", "fear", "danger", "deter", "prevent", "defence", "defense", "protection",
        }:  # fmt: skip
            return True
        if at.pos_ in {"VERB", "AUX"}:
            # What is said may be real; the verb of saying says nothing about it.
            return False
    return False


def token_at(line: Line, place: int) -> Token | None:
    """The word of a sentence that stands at a place in the report; None where it lies outside."""
    start = place - line.sentence.offset
    return next((one for one in line.sentence.span if one.idx <= start < one.idx + len(one.text)), None)
