"""The cue lexicon (``lexicon/cues.toml``) and finding its entries at a token of a parsed sentence."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from travaux.model import Act
from travaux.reading.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Cue:
    """A word by which a position is told.

    Attributes:
        word: its lemma, with particle or preposition; word_class: verb, noun, adjective or verdict.
        stance: ``for``, ``against``, ``open`` or ``relay`` (speech that takes no side by itself).
        negated: what it makes of its content under negation: a stance, or ``none``.
    """

    word: str
    word_class: str
    stance: str
    act: Act
    speech: bool
    negated: str


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All cues by class and word, the modals and the words that undo what stands below them."""

    cues: dict[tuple[str, str], Cue]
    modals: dict[str, Act]
    undo: frozenset[str]
    general_nouns: frozenset[str]
    general_pronouns: frozenset[str]


@cache
def lexicon() -> Lexicon:
    """The lexicon that ships; of two entries for one word of one class the first counts."""
    raw = word_lists("cues")
    cues: dict[tuple[str, str], Cue] = {}
    for entry in raw["cue"]:
        for word in entry["words"]:
            cue = Cue(word, entry["class"], entry["stance"], Act(entry["act"]), entry["speech"], entry["negated"])
            cues.setdefault((entry["class"], word), cue)
    modals = {word: Act(entry["act"]) for entry in raw["modal"] for word in entry["words"]}
    return Lexicon(
        cues,
        modals,
        frozenset(raw["effects"]["undo"]),
        frozenset(raw["general"]["nouns"]),
        frozenset(raw["general"]["pronouns"]),
    )


def with_particles(token: Token) -> list[str]:
    """The lemma with its particles and prepositions, longest first, then alone: "rule out", "rule"."""
    lemma = token.lemma_.lower()
    small = [child for child in token.children if child.dep_ in {"prt", "prep", "advmod"} and child.i > token.i]
    joined = [f"{lemma} {child.lower_}" for child in small]
    joined += [
        f"{lemma} {child.lower_} {below.lower_}"
        for child in small
        for below in child.children
        if below.dep_ in {"prep", "pobj"}
    ]
    joined += [f"{lemma} {child.lower_}" for child in token.children if child.dep_ == "acomp" or child.dep_ == "oprd"]
    return [*sorted(joined, key=len, reverse=True), lemma]


def cue_at(token: Token) -> Cue | None:
    """The cue a token is, by its part of speech; None where it is none."""
    words = lexicon().cues
    if token.pos_ in {"VERB", "AUX"}:
        classes = ["verb"]
        if token.tag_ == "VBN" and token.dep_ in {"acomp", "ROOT", "conj"}:
            classes = ["verb", "adjective"]
    elif token.pos_ in {"NOUN", "PROPN"}:
        classes = ["noun"]
        if token.dep_ == "attr":
            classes = ["verdict", "noun"]
    elif token.pos_ in {"ADJ", "ADV"} or (token.pos_ == "ADP" and token.lower_ in {"against", "for", "behind"}):
        classes = ["adjective", "verdict"]
    else:
        return None
    for word in with_particles(token):
        for word_class in classes:
            cue = words.get((word_class, word))
            if cue is not None:
                return cue
    return None


def undoes(token: Token) -> bool:
    """Whether a word undoes what stands below it ("end", "without", "give up")."""
    return any(word in lexicon().undo for word in with_particles(token))


NEGATORS = {"not", "n't", "never", "no", "neither", "nor", "hardly", "scarcely", "nothing", "nobody", "none"}


def negated(token: Token) -> bool:
    """Whether a word is negated by a word of its own: "did not agree", "no plan", "no longer wants"."""
    count = sum(negates(child, token) for child in token.children)
    return count % 2 == 1


def negates(child: Token, token: Token) -> bool:
    """Whether one word below another negates it."""
    if child.dep_ == "neg":
        return True
    if child.lower_ in NEGATORS and child.dep_ in {"det", "advmod", "preconj", "cc"}:
        return child.i < token.i
    if child.lower_ == "longer":
        return any(below.lower_ == "no" for below in child.children)
    if child.dep_ in {"nsubj", "nsubjpass", "dobj"}:
        # "No party agreed", "sees no reason": the determiner of a subject or object negates the verb.
        return any(below.lower_ in {"no", "neither"} and below.dep_ == "det" for below in child.children)
    return False
