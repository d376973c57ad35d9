"""What kind of thing a noun names: a building, a craft, people who carry arms. What is of no kind can only be meant figuratively.

"The bridge collapsed" is an incident and "the talks collapsed" is none; the difference lies in the noun. The kinds are those of
``[things]`` in the lexicon, and `PERSON` for people, `NAME` for names, `IT` and `SELF` for pronouns.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from travaux.reading.happenings.figures import is_number
from travaux.reading.happenings.grammar import conjuncts
from travaux.reading.happenings.lands import names_people
from travaux.reading.happenings.words import happening_words

if TYPE_CHECKING:
    from spacy.tokens import Token

PERSON, NAME, IT, SELF, ACTOR, ANYTHING = "person", "name", "it", "self", "actor", "anything"
_ACTORS = {
    PERSON,
    NAME,
    IT,
    "arm",
    "armed",
    "force",
    "blaze",
    "craft",
    "crowd",
    "hacker",
    "driver",
    "unknown",
    "weight",
}
_PARTS = {
    "section", "part", "column", "block", "number", "group", "wall", "most", "some", "one", "two", "dozen", "score", "hundred",
    "thousand", "half", "stretch", "piece", "row", "string", "wave", "load", "pair", "couple", "handful", "majority", "barrel",
    "litre", "gallon", "plume", "cloud", "outskirts", "edge", "rest", "north", "south", "east", "west", "area", "mouth",
    "approach", "middle", "trailer", "bucket", "truckload", "lorryload", "cartload", "bag", "sack", "crate", "bale", "tonne",
    "ton", "million", "flock", "swarm", "case", "quarter", "third",
}  # fmt: skip
_BANDS = {"group", "gang", "team", "band", "cell", "ring"}
_FORCES = {"force", "blaze", "arm", "weight"}
_PEOPLE_ENDINGS = ("man", "men", "woman", "women", "worker", "keeper")
_ENDINGS = (
    (("house", "yard", "works", "field", "bridge", "hall"), "thing"),
    (("boat", "copter"), "craft"),
    (("storm", "quake", "slide"), "force"),
)
"""How nouns for things end that no list holds in full: "boathouse", "shipyard", "speedboat"."""

_PAPERS = {"wire", "mail", "post", "star", "press"}
_NO_AGENTS = frozenset(
    "number paper letter order offer answer matter quarter border computer chapter corner dollar error factor layer litre "
    "liter meter parameter power register river sector summer winter shoulder tower truster sensor minister water week year "
    "hour consumer semester september october november december grant variant restaurant plant elephant deer beer carrier "
    "trailer charter chamber centimeter kilometer amendment folder counter container newspaper poster dinner flower finger "
    "transformer server committee fee employer guarantee tree degree screen career volunteer beginner daughter tender "
    "buffer tier pier".split()
)
_AGENTS = ("er", "or", "ist", "ian", "ant", "ee", "eer")


def kinds_of(token: Token) -> frozenset[str]:
    """The kinds of things a word names, with what is joined to it; empty for an idea, a sum, a text."""
    return frozenset(kind for one in conjuncts(token) for kind in _own_kinds(one))


def are(tokens: Iterable[Token], kinds: Iterable[str]) -> bool:
    """Whether one of some words is of one of some kinds; `ACTOR` stands for all that can do something, `ANYTHING` for any word."""
    wanted = set(kinds)
    if ANYTHING in wanted:
        return any(True for _ in tokens)
    if ACTOR in wanted:
        wanted |= _ACTORS
    return any(kinds_of(token) & wanted for token in tokens)


def is_agent(noun: Token) -> bool:
    """Whether a noun of no kind is made as those for people are: "an interpreter", "27 contractors"."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower().endswith(_AGENTS) and not kinds_of(noun)


def is_armed(tokens: Iterable[Token]) -> bool:
    """Whether arms or those who carry them are among some words."""
    weapons = happening_words().weapons
    return any(token.lemma_.lower() in weapons for token in tokens)


def _own_kinds(token: Token) -> Iterator[str]:
    words, lemma = happening_words(), token.lemma_.lower()
    if token.pos_ == "PRON" or token.lower_ in {"somebody", "someone", "nobody"}:
        yield from _of_pronoun(token)
        return
    if token.pos_ == "NUM" or is_number(token):
        yield PERSON
        yield from _below(token)
        return
    if token.pos_ == "ADJ":
        # "Facilities vital for exports were hit": the grammar may take the adjective for what is hit.
        for child in token.children:
            if child.dep_ == "nsubj":
                yield from kinds_of(child)
        return
    if token.pos_ == "PROPN":
        # "Hurricane Ada", "the Long Bridge"
        for one in (token, *(child for child in token.children if child.dep_ in {"compound", "amod"})):
            if one.lower_ in _PAPERS:
                continue
            yield from words.things.get(one.lower_, words.things.get(one.lower_.removesuffix("s"), ()))
        before = token.doc[token.left_edge.i - 1] if token.left_edge.i > token.sent.start else token
        if before.pos_ == "NOUN":
            yield from words.things.get(
                before.lemma_.lower(), ()
            )  # "the ferry Ada", taken for two words by the grammar
        yield NAME
        return
    if (lemma in _PARTS or token.lower_ in _PARTS) and any(child.lower_ == "of" for child in token.children):
        # "A wave of strikes" is no wave, and "two of the crew" are people.
        yield from _below(token)
        yield from (words.things.get(token.lower_, frozenset()) | words.things.get(lemma, frozenset())) & {
            "area",
            "goods",
        }
        return
    if lemma in _BANDS:
        narrowing = [child for child in token.children if child.dep_ in {"compound", "amod"}]
        yield from (kind for child in narrowing for kind in words.things.get(child.lemma_.lower(), ()))
    kinds = words.things.get(lemma, words.things.get(token.lower_, frozenset()))
    if not kinds:
        kinds = frozenset(kind for endings, kind in _ENDINGS if lemma.endswith(endings))
    for child in token.children:
        # "Bulk carrier": a carrier alone may be an airline.
        kinds |= words.things.get(f"{child.lower_} {lemma}", frozenset())
    if not kinds and token.text[:1].isupper() and names_people(token.text):
        yield NAME
    if kinds & _FORCES and _is_of_ideas(token):
        return
    yield from kinds
    if (
        lemma in words.casualties["people"]
        or lemma.endswith(_PEOPLE_ENDINGS)
        or (not kinds and _is_counted_agent(token))
    ):
        yield PERSON
    if any(child.lower_ == "armed" for child in token.children) or (
        lemma in words.casualties["people"] and _are_of_arms(token)
    ):
        yield "armed"


def _are_of_arms(token: Token) -> bool:
    """Whether people are those of a force: "customs men", "men of the Revolutionary Guard"."""
    things = happening_words().things
    of = [one for child in token.children if child.lower_ == "of" for one in child.children]
    return any(
        "armed" in things.get(one.lower_, ())
        for one in (*of, *(child for child in token.children if child.dep_ == "compound"))
    )


def _is_counted_agent(token: Token) -> bool:
    """Whether a noun of no kind is counted and made as those for people are: "four paddlers", and not "four chapters"."""
    counted = token.tag_ == "NNS" and any(child.dep_ == "nummod" for child in token.children)
    return counted and token.lemma_.lower().endswith(_AGENTS) and token.lemma_.lower() not in _NO_AGENTS


def _is_of_ideas(token: Token) -> bool:
    """Whether a force is one of speech: "an avalanche of claims", "a storm of protest"."""
    of = [one for child in token.children if child.dep_ == "prep" and child.lower_ == "of" for one in child.children]
    return bool(of) and not any(kinds_of(one) for one in of)


def _of_pronoun(token: Token) -> Iterator[str]:
    if token.lower_.endswith(("self", "selves")) or token.lower_ == "other":
        yield SELF
    elif token.lower_ in {"it", "which", "that", "this", "itself"}:
        yield IT
    elif token.lower_ in {"somebody", "someone"}:
        yield from (PERSON, "crowd", "unknown", "armed")
    elif token.lower_ in {"he", "she", "they", "who", "him", "her", "them", "we", "us", "i", "those", "others"}:
        yield PERSON


def _below(token: Token) -> Iterator[str]:
    """The kinds of what a part or a number is of: "two of its crew", "a section of the line"."""
    for child in token.children:
        if child.dep_ == "prep" and child.lower_ == "of":
            for one in child.children:
                yield from kinds_of(one)
                if one.tag_ in {"WDT", "WP"}:
                    yield from _of_antecedent(token)


def _of_antecedent(token: Token) -> Iterator[str]:
    """The kinds of what "three of which" are of; where the grammar hangs them on "Khartoum", the waterworks of Khartoum too."""
    clause = next((one for one in token.ancestors if one.dep_ == "relcl"), None)
    at = clause.head if clause is not None else None
    while at is not None:
        yield from kinds_of(at)
        at = at.head.head if at.dep_ == "pobj" and at.head.lower_ == "of" else None
