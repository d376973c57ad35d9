"""The killed and the injured of a sentence, however it words them."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from travaux.happening import Figure
from travaux.reading.happenings.figures import NOBODY, figure_at, is_number
from travaux.reading.happenings.grammar import after_preposition, is_supposed, objects, subjects
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Token

KILLED, INJURED = "killed", "injured"


def casualties_in(line: Line) -> list[Figure]:
    """The killed and the injured a sentence counts, each once, the killed first."""
    found: dict[str, Figure] = {}
    if line.sentence.words.isdisjoint(casualty_words()):
        return []
    for token in line.sentence.span:
        figure = casualty_of(token)
        if figure is not None:
            found.setdefault(figure.counted, figure)
    return [found[counted] for counted in (KILLED, INJURED) if counted in found]


def casualty_of(token: Token) -> Figure | None:
    """The figure that a word of death or injury counts; None for any other word, and for what is only supposed.

    Kept with the parsed text, for incidents and counts of people both ask.
    """
    kept: dict[int, Figure | None] = token.doc.user_data.setdefault("travaux casualties", {})
    if token.i not in kept:
        counted = _counted(token)
        kept[token.i] = None if counted is None or is_supposed(token) else _of(token, counted)
    return kept[token.i]


@cache
def casualty_words() -> frozenset[str]:
    """Words, one of which a sentence must have to count the killed or the injured."""
    words = happening_words().casualties
    lists = "killed_verbs died_verbs injured_verbs killed_nouns injured_nouns found_as limbs hospitals".split()
    return frozenset().union({"dead", "death", "life", "wounded", "treat"}, *(words[name] for name in lists))


def _counted(token: Token) -> str | None:
    words, lemma = happening_words().casualties, token.lemma_.lower()
    if token.pos_ in {"VERB", "AUX", "ADJ"}:
        if lemma in words["killed_verbs"] | words["died_verbs"] or token.lower_ == "dead":
            return KILLED
        if found_dead(token) or to_death(token):
            return KILLED
        if (
            lemma in words["injured_verbs"]
            or _of_limbs(token)
            or token.lower_ in {"wounded", "injured", "hurt"}
            or _in_hospital(token)
        ):
            return INJURED
    if token.pos_ == "NOUN":
        lost = lemma == "life" and (
            token.head.lemma_ in {"claim", "lose", "cost", "take"} or token.head.head.lemma_ == "loss"
        )
        if lemma in {"body", "corpse"} and token.head.lemma_.lower() not in words["found_verbs"]:
            return None
        if lemma in words["killed_nouns"] or lost:
            return KILLED
        if lemma in words["injured_nouns"]:
            return INJURED
    return None


def found_dead(verb: Token) -> bool:
    """Whether a verb tells that people were found dead: "found strangled", "discovered lifeless"."""
    words = happening_words().casualties
    if verb.pos_ != "VERB" or verb.lemma_.lower() not in words["found_verbs"]:
        return False
    below = [
        one
        for one in verb.children
        if one.i > verb.i
        and one.dep_ in {"oprd", "xcomp", "acomp", "advcl", "ccomp", "acl", "conj", "dobj", "advmod", "dep"}
    ]
    below += [
        child for one in below for child in one.children if child.dep_ in {"advmod", "amod", "acomp", "acl", "oprd"}
    ]
    return any(one.lower_ in words["found_as"] for one in below)


def to_death(verb: Token) -> bool:
    """Whether somebody burns, falls or freezes to death."""
    return (
        verb.pos_ == "VERB"
        and any(one.lemma_.lower() == "death" for one in after_preposition(verb, "to"))
        and any(child.dep_ in {"nsubj", "nsubjpass"} for child in verb.children)
    )


def _of_limbs(verb: Token) -> bool:
    """Whether somebody loses or breaks a part of the body: "two men lost fingers"."""
    words = happening_words().casualties
    return verb.lemma_.lower() in words["limb_verbs"] and any(
        one.lemma_.lower() in words["limbs"] for one in objects(verb)
    )


def _in_hospital(verb: Token) -> bool:
    """Whether a verb tells of people brought to hospital or lying there: "was taken to hospital", "are in hospital"."""
    words = happening_words().casualties
    if verb.lemma_.lower() not in words["hospital_verbs"] or any(child.dep_ == "neg" for child in verb.children):
        return False
    moved = verb.lemma_.lower() == "be" or any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children)
    if verb.lemma_.lower() == "treat" and moved and any(child.lower_ == "for" for child in verb.children):
        return True  # "for shock", "for smoke in the lungs"
    goals = after_preposition(verb, "to", "in", "at", "for")
    return moved and any(
        one.lemma_.lower() in words["hospitals"] or one.lemma_.lower() in words["injured_nouns"] for one in goals
    )


def _of(token: Token, counted: str) -> Figure | None:
    """The figure that a word of death or injury counts."""
    words, lemma = happening_words().casualties, token.lemma_.lower()
    number = _put_at(token)
    if number is not None:
        return figure_at(number, counted)
    if token.i - 2 >= token.sent.start and token.nbor(-1).lower_ == "as":
        return _number_of(token.nbor(-2), counted)  # "lists two riggers as injured"
    if token.pos_ == "NOUN" or token.lower_ == "dead":
        own = _number_of(token, counted)
        if own is not None:
            return own
        before = token.doc[token.i - 1] if token.i > token.sent.start else None
        if token.lower_ == "dead" and before is not None and is_number(before):
            return figure_at(before, counted)  # "with 29 dead"
        if lemma == "life":
            # "Five colleagues lost their lives", "claimed the lives of 131 people"
            near = subjects(token.head) if token.head.lemma_ == "lose" else after_preposition(token, "of")
            return next((figure for one in near if (figure := _number_of(one, counted)) is not None), None)
        # "The dead numbered at least seven", "the toll rose to nine", "left 15 people dead", "with four people dead".
        verb = token.head
        if verb.lemma_.lower() in {"number", "rise", "reach", "stand", "climb", "leave", "be", "put"}:
            for one in verb.subtree:
                if one.i != token.i and is_number(one) and kind_of(one) != "DATE":
                    return figure_at(one, counted)
        if token.dep_ in {"acomp", "oprd", "amod", "xcomp", "ccomp"} or (
            token.head.pos_ == "NOUN" and token.dep_ != "appos"
        ):
            near = [child for child in token.children if child.dep_ in {"nsubj"}] or [token.head]
            if verb.lemma_.lower() in words["found_verbs"]:
                near = [*subjects(verb), *objects(verb)]
            return next((figure for one in near if (figure := _number_of(one, counted)) is not None), None)
        return None
    died = lemma in words["died_verbs"] or lemma == "be" or _of_limbs(token) or (to_death(token) and not objects(token))
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in token.children) or token.tag_ == "VBN"
    things = subjects(token) if died or (passive and not objects(token)) else objects(token)
    for one in things:
        no = next((child for child in one.children if child.lower_ == "no" and child.i < one.i), None)
        if one.lower_ in NOBODY or no is not None:
            return Figure(counted, token.doc[(no or one).i : one.i + 1].text, 0, 0)
        figure = _number_of(one, counted)
        if figure is not None:
            return figure
    # "12 people were killed and 30 wounded": the second verb's number stands before it without a noun.
    before = token.doc[token.i - 1] if token.i > token.sent.start else None
    if before is not None and is_number(before):
        return figure_at(before, counted)
    return None


_COUNTS = frozenset({"number", "total", "figure", "count", "tally"})
_PUTS = frozenset({"put", "stand", "rise", "reach", "climb", "be", "fix", "set", "estimate", "give", "remain", "grow"})


def _put_at(token: Token) -> Token | None:
    """The number that a count of those killed or injured is put at: "put the number of people killed at 31"."""
    at = token
    for _ in range(6):
        if at.head == at or (at.pos_ in {"VERB", "AUX"} and at.dep_ not in {"acl", "relcl"}):
            return None
        at = at.head
        if at.lemma_.lower() in _COUNTS and at.head.lemma_.lower() in _PUTS:
            # The grammar may hang "at 31" on any word before it.
            told = [one for one in at.head.subtree if one.dep_ == "pobj" and one.head.lower_ in {"at", "to"}]
            told += [one for one in at.head.children if one.dep_ == "attr"]
            return next((one for one in told if is_number(one) and not any(mark in one.text for mark in ".:")), None)
    return None


def _number_of(noun: Token, counted: str) -> Figure | None:
    """The number of a noun that stands for people: "seven people", "dozens", "two of its crew", "scores more"."""
    if noun.dep_ == "appos" and is_number(noun):
        return None  # "the skipper, 54, drowned"
    number = next((child for child in noun.children if child.dep_ in {"nummod", "quantmod"} and is_number(child)), None)
    if number is None and (
        is_number(noun) or (noun.tag_ == "NNS" and noun.lemma_ in {"dozen", "score", "hundred", "thousand"})
    ):
        number = noun
    return (
        figure_at(number, counted)
        if number is not None and (number == noun or kind_of(noun) not in {"DATE", "TIME"})
        else None
    )
