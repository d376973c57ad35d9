"""Where something is: the place that hangs on a word."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.reading.happenings.days import MONTHS, WEEKDAYS
from travaux.reading.happenings.grammar import clause_verb, conjuncts
from travaux.reading.happenings.lands import place_by_land
from travaux.reading.happenings.masthead import VENUES
from travaux.reading.happenings.words import happening_words
from travaux.reading.parse import kind_of

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

_WHERE = {"in", "at", "near", "outside", "off", "around", "over", "on", "to", "for", "into", "inside", "from", "across"}
_AT_REST = {"in", "at", "near", "outside", "off", "around", "across", "inside"}
_CALENDAR = {*MONTHS, *WEEKDAYS, "today", "tomorrow", "yesterday"}
_BESIDE = {"table", "roof", "room", "phone", "hotel", "embassy", "week", "month", "weekend", "day", "hour", "time"}
"""Words after which a place may stand that belongs to the whole clause."""
_HAS_PLACE = VENUES | frozenset(
    "city town capital port harbour harbor suburb airport parliament university square quarter centre center station stadium border"
    " outskirts coast museum cathedral waterfront seafront old new".split()
)
"""What lies where its owner does: "in Tallinn's town hall", and not "at Tallinn's request"."""
_PARTICLES = {"des", "de", "du", "del", "della", "di", "da", "do", "dos", "von", "van"}
_PLACES = {"GPE", "LOC", "FAC"}
_NOT_PLACES = {"TIME", "LAW", "MONEY", "PERCENT", "QUANTITY", "CARDINAL", "EVENT", "LANGUAGE"}
"""What a name after "in" is not; the tagger's other guesses at small towns are too often wrong to shut one out."""


def place_of(token: Token, *, toward: bool = False) -> str | None:
    """The place of what a word names: in its own words ("Alaska summit", "talks in Paris"), else in its clause's.

    Args:
        toward: whether where one goes counts as well ("visit to Kyiv", "came to Berlin").
    """
    words = _WHERE if toward else _AT_REST
    named = _before(token) or _hanging(token, words)
    if named is not None:
        return named
    for child in token.children:
        # "The talks that were to begin in Brussels"
        if child.dep_ in {"relcl", "acl"} and token.pos_ == "NOUN":
            verbs = [child, *(one for one in child.children if one.dep_ == "xcomp")]
            named = next((place for one in verbs if (place := _hanging(one, words)) is not None), None)
            if named is not None:
                return named
    verb = clause_verb(token)
    if verb is None:
        return None
    if verb is token:
        return None
    completes = [
        child for child in verb.children if child.dep_ == "xcomp" and child.lemma_ in {"hold", "host", "convene"}
    ]
    # "A workshop is to be held in Lagos"
    return next((place for one in (verb, *completes) if (place := _hanging(one, words)) is not None), None)


def place_beside(token: Token) -> str | None:
    """A place that the grammar hung on a day, a name or a table of the same clause: "foreseen for 8 June in Lagos"."""
    verb = clause_verb(token)
    for preposition in token.sent:
        if preposition.lower_ not in {"in", "at"} or preposition.dep_ != "prep":
            continue
        on = preposition.head
        people = on.lemma_.lower() in happening_words().attenders and on.dep_ in {"pobj", "dobj", "nsubj"}
        loose = on.pos_ in {"PROPN", "NUM"} or on.lower_ in _CALENDAR | _BESIDE | VENUES or on.tag_ == "VBN" or people
        if not loose or not _in_clause(on, token, verb):
            continue
        goals = [child for child in preposition.children if child.dep_ == "pobj" and child.pos_ == "PROPN"]
        named = next((name for one in goals if (name := place_name(one)) is not None), None)
        if named is not None:
            return named
    return None


def _in_clause(word: Token, trigger: Token, verb: Token | None) -> bool:
    """Whether a word stands in the clause of a trigger: no verb between, but a participle that describes the trigger."""
    at = word
    while at not in (trigger, verb):
        own = at.tag_ == "VBN" and at.dep_ == "acl" and (at.head == trigger or at.head in trigger.subtree)
        if at.pos_ in {"VERB", "AUX"} and not own:
            return at.tag_ == "VBN" and trigger in at.children
        if at.head == at:
            return False
        at = at.head
    return True


def place_within(span: Span, *, anywhere: bool = False) -> str | None:
    """The one place a sentence names after a word of place at rest; None where it names none, or more than one.

    Args:
        anywhere: whether it may also be where a thing is that the sentence speaks of ("a clause in Wales").
    """
    resting = [
        one
        for one in span
        if one.lower_ in _AT_REST
        and (anywhere or one.head.pos_ != "NOUN" or one.head.dep_ == "ROOT" or one.head.lower_ in _BESIDE)
    ]
    goals = [child for token in resting for child in token.children if child.dep_ == "pobj"]
    named = [place_name(one) for one in goals if one.pos_ == "PROPN" and kind_of(one) not in {"PERSON", "DATE", "ORG"}]
    places = list(dict.fromkeys(one for one in named if one is not None))
    return places[0] if len(places) == 1 else None


def _before(noun: Token) -> str | None:
    """A place's name right before a noun: "the Alaska summit"."""
    for child in noun.children:
        if child.dep_ in {"compound", "nmod", "amod"} and child.pos_ == "PROPN" and kind_of(child) in _PLACES:
            return child.doc[child.left_edge.i : child.i + 1].text
    return None


def _hanging(token: Token, words: set[str]) -> str | None:
    for child in token.children:
        if child.dep_ not in {"prep", "advmod", "prt"}:
            continue
        if child.dep_ == "prep" and child.lower_ in words:
            goals = [one for first in child.children if first.dep_ == "pobj" for one in conjuncts(first)]
            named = next((name for one in goals if (name := place_name(one)) is not None), None)
            if named is not None:
                return named
        # "near the town of X", "at a meeting in X": the place may hang one step lower.
        for below in child.children:
            if below.dep_ == "prep" and below.lower_ in words:
                named = next((name for one in below.children if (name := place_name(one)) is not None), None)
                if named is not None:
                    return named
    return None


def place_name(token: Token) -> str | None:
    """The name of a place that a noun is, or holds ("the ports of the Odesa region"); None where it is none."""
    if (land := place_by_land(token)) is not None:
        return land
    if all(below.pos_ != "PROPN" for below in token.subtree) or _is_label(token) or _is_clock(token):
        return None
    if kind_of(token) in _PLACES:
        return _entity(token)
    person = kind_of(token) == "PERSON" and token.head.lower_ not in _AT_REST
    if token.pos_ == "PROPN" and kind_of(token) not in _NOT_PLACES and not person and token.lower_ not in _CALENDAR:
        return _joined(token.doc[_first_name(token) : token.i + 1])
    for below in token.subtree:
        if (
            below.pos_ == "PROPN"
            and kind_of(below) in _PLACES
            and not _under_verb(below, token)
            and not (below.dep_ == "poss" and below.head == token and token.lemma_.lower() not in _HAS_PLACE)
            and not _is_clock(below)
        ):
            return _entity(below)
    return None


def _is_label(token: Token) -> bool:
    """Whether a word in capitals before a colon says what kind of text follows: "IN BRIEF: …"."""
    following = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    return token.text.isupper() and following is not None and following.text == ":"


def _is_clock(token: Token) -> bool:
    """Whether a place's name only says whose clock is meant: "at 17.40, West Africa Time"."""
    last = token
    while last.pos_ == "PROPN" and last.i + 1 < token.sent.end and token.doc[last.i + 1].pos_ == "PROPN":
        last = last.nbor()
    return last.lower_ == "time"


def _entity(token: Token) -> str:
    span: Span | None = next((one for one in token.doc.ents if one.start <= token.i < one.end), None)
    text = _joined(span if span is not None else token.doc[token.i : token.i + 1])
    for article in ("the ", "The "):
        text = text.removeprefix(article)
    return text.removesuffix("'s").removesuffix("’s").strip()


def _joined(span: Span) -> str:
    """A name with what hyphens join to it, which the tagger may leave out: "Val-Claret" where it marks "Claret"."""
    doc, first, last = span.doc, span.start, span.end - 1
    while first > span.sent.start + 1 and _is_hyphen(doc[first - 1]) and doc[first - 2].text[:1].isalpha():
        first -= 2
    while last + 2 < span.sent.end and _is_hyphen(doc[last + 1]) and doc[last + 2].text[:1].isalpha():
        last += 2
    joined = doc[first : last + 1].text
    return joined if joined[:1].isupper() and joined.rpartition("-")[2][:1].isupper() else span.text


def _is_hyphen(token: Token) -> bool:
    return token.text == "-" and not token.whitespace_ and not token.nbor(-1).whitespace_


def _first_name(token: Token) -> int:
    first = token.i
    while first > token.sent.start and token.doc[first - 1].pos_ == "PROPN" and token.doc[first - 1].head.i >= first:
        first -= 1
    if (
        first > token.sent.start + 1
        and token.doc[first - 1].lower_ in _PARTICLES
        and token.doc[first - 2].text.istitle()
    ):
        first -= 2  # "Palais des Nations"
    return first


def _under_verb(token: Token, top: Token) -> bool:
    at = token
    while at != top and at.head != at:
        if at.pos_ in {"VERB", "AUX"}:
            return True
        at = at.head
    return False
