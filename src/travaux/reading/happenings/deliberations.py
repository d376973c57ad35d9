"""Meetings told by what is done at them: a body that will take something up on a day, somebody asked to a house.

"The executive board is due to take up the review in December", "the accord goes before the plenary on Tuesday": whoever
deliberates on something by a day to come meets for it. What a body has done already it may have done in any way.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.reading.happenings.acts_together import is_office_of_many
from travaux.reading.happenings.grammar import (
    above,
    after_preposition,
    auxiliaries,
    is_future,
    negated,
    objects,
    subjects,
)
from travaux.reading.happenings.participants import MEALS, Somebody, people_among, somebodies
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.names import Names

if TYPE_CHECKING:
    from spacy.tokens import Token

_DEALS_WITH = {
    ("take", "up"),
    ("deal", "with"),
    ("look", "at"),
    ("turn", "to"),
    ("rule", "on"),
    ("go", "over"),
    ("pick", "up"),
}


_PHRASAL = frozenset(verb for verb, _ in _DEALS_WITH)


def is_deliberation(verb: Token, line: Line) -> bool:
    """Whether a verb tells of what a body is still to deal with, or of what is still to come before a body."""
    lemma, words = verb.lemma_.lower(), happening_words().status
    if lemma not in words["deals"] | words["brings"] | _PHRASAL or negated(verb) or not _lies_ahead(verb):
        return False
    beside = {(lemma, child.lower_) for child in verb.children}
    if lemma in words["deals"] or beside & _DEALS_WITH:
        return any(_is_body(one, line) for one in subjects(verb))
    return lemma in words["brings"] and bool(bodies_before(verb, line))


def bodies_before(verb: Token, line: Line) -> list[Token]:
    """The bodies that something is brought before: "goes to the Fund's board", "will be put to the plenary"."""
    return [one for one in after_preposition(verb, "to", "before") if _is_body(one, line)]


def who_deliberates(verb: Token, line: Line, names: Names) -> list[Somebody]:
    """Whoever brings something before a body, and the body."""
    people = [(one, mention) for one, mention in people_among(subjects(verb), line) if mention.person]
    bodies = bodies_before(verb, line) or [one for one in subjects(verb) if _is_body(one, line)]
    known = people_among(bodies, line)
    other = [Somebody(one.text, None, False) for one in bodies if one.i not in {token.i for token, _ in known}]
    return [*somebodies([*people, *known], names), *other]


def is_asked_in(verb: Token, line: Line) -> bool:
    """Whether somebody had somebody else come: "asked her to his residence", "summoned the envoys to the ministry"."""
    if verb.lemma_.lower() not in {"ask", "summon", "call", "have", "bid"} or negated(verb) or is_future(verb):
        return False
    if (
        verb.tag_ not in {"VBD", "VBN"}
        or not people_among(objects(verb), line)
        or not people_among(subjects(verb), line)
    ):
        return False
    goals = [one for child in (verb, *objects(verb)) for one in after_preposition(child, "to", "into")]
    return any(one.lemma_.lower() in happening_words().status["asked_to"] | MEALS for one in goals)


def _lies_ahead(verb: Token) -> bool:
    """Whether a verb speaks of what is to come for sure: "will", "is to", "is due to", "goes on Tuesday", "promises to"."""
    if is_future(verb):
        return True
    ruler = verb.head
    if "to" in auxiliaries(verb) and verb.dep_ == "xcomp":
        planned = happening_words().status["planned"] | {"be", "promise", "vow", "pledge", "want"}
        return ruler.lemma_.lower() in planned and not negated(ruler)
    own = verb.tag_ in {"VBP", "VBZ"} and not auxiliaries(verb)
    told = next((one for one in above(verb) if one.pos_ == "VERB" and one.lemma_.lower() in {"say", "tell"}), None)
    would = "would" in auxiliaries(verb) and told is not None
    return own or would


def _is_body(noun: Token, line: Line) -> bool:
    """Whether a noun is a body that sits: a board, a council, a court, a plenary, the ministers."""
    sits = happening_words().status["sits"]
    named = noun.lemma_.lower() in sits or (noun.pos_ == "PROPN" and noun.text.lower() in sits)
    return named or is_office_of_many(noun)
