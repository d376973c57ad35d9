"""Demonstrations: a counted crowd that takes to the streets, "some 7,000 farmers protested outside", "a rally of 3,000 teachers".

Where nobody counts the crowd a protest is as often made in a letter, and of a few people somebody would rather say who they were.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.happening import Figure
from travaux.reading.happenings.figures import figure_at, is_number
from travaux.reading.happenings.grammar import after_preposition, negated, objects, subjects
from travaux.reading.happenings.things import PERSON, are, is_agent
from travaux.reading.happenings.words import happening_words

if TYPE_CHECKING:
    from spacy.tokens import Token

FORM = "protest"
LEAST = 50
"""People from which a crowd is one."""
_MARCHES = frozenset({"protest", "demonstrate", "march", "rally", "parade", "picket"})
_GATHERINGS = frozenset({"protest", "demonstration", "march", "rally", "demo", "vigil", "sit-in"})
_STREETS = frozenset("street square avenue boulevard road centre center".split())
_TAKES = frozenset({"take", "go", "pour", "come", "return", "fill", "pack", "throng", "line", "crowd", "block"})
_COMES = frozenset({"join", "attend", "draw", "bring", "gather", "number", "attract"})
_ON_PAPER = frozenset("letter statement petition post e-mail email note vote".split())
_TELLING = (
    frozenset(form for verb in _MARCHES for form in (verb, f"{verb}ed", f"{verb}s", f"{verb}es"))
    | _GATHERINGS
    | frozenset("rallied marching marchers streets street square avenue demonstrations boulevard demonstrated".split())
)


def may_tell_of_demonstration(words: frozenset[str]) -> bool:
    """Whether a sentence of these words, see `Sentence.words`, has any that a demonstration could be told by."""
    return not words.isdisjoint(_TELLING)


def is_demonstration(token: Token) -> bool:
    """Whether a word tells of a demonstration with a counted crowd."""
    # A sentence is gone through only where a crowd is counted.
    return crowd_of(token) is not None and may_tell_of_demonstration(frozenset(one.lower_ for one in token.sent))


def crowd_of(token: Token) -> Figure | None:
    """How many came to the demonstration that a word tells of; None for any other word, and where nobody counted them."""
    lemma = token.lemma_.lower()
    if token.pos_ == "NOUN":
        if lemma not in _GATHERINGS:
            return None
        verb = token.head if token.dep_ in {"nsubj", "dobj"} else None
        if token.dep_ == "pobj" and token.head.lower_ in {"in", "at", "for"} and token.head.head.pos_ == "VERB":
            verb = token.head.head
        joined = [*subjects(verb), *objects(verb)] if verb is not None and verb.lemma_.lower() in _COMES else []
        return _counted([*after_preposition(token, "of", "by", "with"), *(one for one in joined if one != token)])
    if token.pos_ != "VERB" or negated(token) or not _is_in_the_street(token, lemma):
        return None
    return _counted(subjects(token))


def _is_in_the_street(verb: Token, lemma: str) -> bool:
    # "Made themselves heard in the streets"
    there = [verb, *(child for child in verb.children if child.dep_ == "ccomp")]
    where = [one for word in there for one in _places(word)]
    if any(one.lemma_.lower() in _ON_PAPER for one in [*where, *objects(verb)]):
        return False
    streets = any(one.lemma_.lower() in _STREETS for one in where)
    if lemma in _TAKES:
        return streets or any(one.lemma_.lower() in _STREETS for one in objects(verb))
    return lemma in _MARCHES or streets


def _places(verb: Token) -> list[Token]:
    return after_preposition(verb, "in", "into", "to", "through", "on", "onto", "along", "across", "around")


def _counted(nouns: list[Token]) -> Figure | None:
    """The count of the first crowd among some words, or of thousands that nobody says of whom."""
    people = happening_words().casualties["people"]
    for one in nouns:
        of = [below for child in one.children if child.lower_ == "of" for below in child.children]
        crowd = next((below for below in (one, *of) if _is_crowd(below, people)), None)
        if crowd is None and (of or not _is_count(one)):
            continue
        before = one.nbor(-1) if one.i > one.sent.start else one  # the grammar may hang a number on the word before it
        numbers = [one, before, *(child for child in one.children if child.dep_ == "nummod")]
        counted = crowd.lemma_.lower() if crowd is not None else "people"
        figures = (figure_at(number, counted) for number in numbers if _is_count(number))
        many = next((figure for figure in figures if figure is not None and (figure.least or 0) >= LEAST), None)
        if many is not None:
            return many
    return None


def _is_count(token: Token) -> bool:
    """Whether a word ends a number, or is one of "hundreds" and "thousands"."""
    return is_number(token) or (token.tag_ == "NNS" and token.lemma_.lower() in {"hundred", "thousand", "dozen"})


def _is_crowd(noun: Token, people: frozenset[str]) -> bool:
    return noun.tag_ == "NNS" and (are([noun], {"crowd", PERSON}) or is_agent(noun) or noun.lemma_.lower() in people)
