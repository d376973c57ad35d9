"""Words for a meeting that name none: talks in general, what is held every month, one of many, a conversation that is printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.happening import Status, number_of
from travaux.reading.happenings.grammar import above, auxiliaries, clause_verb, conjuncts, is_future
from travaux.reading.happenings.telling import Told
from travaux.reading.happenings.words import happening_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_ONE_IN_PLURAL = {"talk", "negotiation", "consultation", "discussion", "deliberation", "conversation"}
"""Nouns whose plural may be one meeting."""
_SEASONS = {"spring", "summer", "autumn", "fall", "winter", "annual"}
_FOLLOWS = frozenset("follow watch cover know observe monitor pursue".split())
"""What is done about talks that go on, whenever they are."""
_FRAMES = frozenset("framework context format scope auspices spirit terms aegis course history record".split())
"""What talks are when something is said to happen within them: "in the framework of the dialogue"."""


def is_general(told: Told) -> bool:
    """Whether talks are spoken of in general and no meeting is: "another round", "walked away from the talks"."""
    token = told.trigger
    if token.pos_ == "NOUN" and (_is_one_of_many(told) or _is_process(told)):
        return True
    clause = clause_verb(token)
    supposed = clause is not None and any(
        one.dep_ == "mark" and one.lower_ in {"if", "unless", "whether"} for one in clause.children
    )
    awaited = clause is not None and any(
        one.dep_ == "mark" and one.lower_ in {"until", "till"} for one in clause.children
    )
    if awaited and clause is not None and auxiliaries(clause) & {"has", "have"}:
        return True  # "wait until the committee has met"
    if supposed and not (told.place or told.when):
        return True
    if clause is not None and any(
        one.dep_ == "npadvmod" and any(child.lower_ in {"every", "each"} for child in one.children)
        for one in clause.children
    ):
        return True  # "is held every year"
    if token.pos_ == "VERB":
        words = happening_words()
        aim = token.dep_ in {"advcl", "xcomp"} and token.head.lemma_.lower() in words.meeting_verbs
        return token.lemma_.lower() in words.status["loose"] and not (told.place or told.when or aim)
    if told.place or told.when or told.status is Status.CANCELLED or told.standing.denied:
        return False
    if _is_looked_at(token) or _is_wanted(token):
        return True
    if told.form == "talks" and told.status is Status.PROPOSED:
        return True  # "called for talks between the two"
    beside = {child.lower_ for child in token.children}
    if beside & {"another", "further", "more", "fresh", "future", "new", "additional"}:
        return True
    role = token.head
    if token.dep_ == "pobj" and role.lower_ in {"to", "from", "into", "of", "with"}:
        verb = next((one for one in above(role) if one.pos_ in {"VERB", "AUX"}), None)
        return verb is not None and verb.lemma_.lower() in happening_words().status["general"] and told.form == "talks"
    return False


def _is_looked_at(noun: Token) -> bool:
    """Whether talks are what somebody keeps an eye on, or goes on with: "who follows the talks", "pursue their negotiations"."""
    return noun.dep_ == "dobj" and noun.head.lemma_.lower() in _FOLLOWS and not is_future(noun.head)


def _is_wanted(noun: Token) -> bool:
    """Whether talks are what somebody says is called for: "what they need is a conversation"."""
    rulers = [one for one in noun.head.children if one.dep_ == "csubj"] if noun.dep_ == "attr" else []
    return any(
        one.lemma_.lower() in {"need", "want", "lack", "require", "seek", "miss", "ask", "take"} for one in rulers
    )


def _is_one_of_many(told: Told) -> bool:
    """Whether a noun is of meetings that are held again and again, or of several: "every sitting", "their monthly meetings"."""
    noun = told.trigger
    beside = {child.lower_ for child in noun.children} | {
        below.lower_ for child in noun.children if child.dep_ in {"amod", "quantmod"} for below in child.children
    }
    if beside & {"every", "each"}:
        return True
    if noun.tag_ not in {"NNS", "NNPS"} or noun.lemma_.lower() in _ONE_IN_PLURAL:
        return False
    if "the" in beside and beside & _SEASONS:
        return False  # "the spring meetings" are one
    return not told.when and (bool(beside & happening_words().status["many"]) or not told.place)


def _is_process(told: Told) -> bool:
    """Whether talks at no time and nowhere only say what something else is of: "in the framework of the dialogue"."""
    noun = told.trigger
    if noun.dep_ != "pobj" or number_of(told.what) is not None:
        return False
    ruler = noun.head.head
    if ruler.lemma_.lower() in _FRAMES:
        return True
    own = told.when or told.place or told.form != "talks" or told.status is not Status.HELD
    return not own and ruler.pos_ == "NOUN" and ruler.lemma_.lower() not in happening_words().meeting_nouns


def is_edited(token: Token) -> bool:
    """Whether a conversation is the one that the report prints: "the conversation was held on Monday and has been shortened"."""
    verb = clause_verb(token)
    if verb is None or token.dep_ not in {"nsubj", "nsubjpass"}:
        return False
    return any(one.lemma_.lower() in happening_words().status["edited"] for one in conjuncts(verb))
