"""Which deed of the lexicon a verb tells of: by the words that go with it, who does it, and what it is done to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from travaux.reading.happenings.days import is_of_time
from travaux.reading.happenings.grammar import auxiliaries, conjuncts, objects, subjects
from travaux.reading.happenings.things import ACTOR, ANYTHING, IT, are, kinds_of
from travaux.reading.happenings.words import Deed, happening_words

if TYPE_CHECKING:
    from spacy.tokens import Token

_REACH = 9
"""How many words after a verb those that go with it may stand: "brought four of the activists down"."""

_TOWARD = {
    "on",
    "onto",
    "at",
    "into",
    "through",
    "against",
    "over",
    "across",
    "to",
    "from",
    "with",
    "in",
    "off",
    "aboard",
    "around",
}
_TAKEN = {"over", "on", "up", "in", "back", "out"}
_NEEDS_DOER = {"sabotage", "collision", "disaster", "damage"}
"""Forms that a passive alone does not show: "the plant was shut down", "the port was hit"."""

_BEFALLS = {"collision", "collapse", "rupture"}
"""Forms whose verbs without a role for what it is done to tell of what befalls their subject, and so have no object."""

_HARD = {"hard", "badly", "worst", "hardest", "heavily"}


@dataclass(frozen=True, slots=True)
class Roles:
    """Who does what a verb tells, and what it is done to; `things` are the direct objects among these."""

    who: list[Token]
    what: list[Token]
    passive: bool
    things: list[Token] = field(default_factory=list)


def deed_of(verb: Token) -> tuple[Deed, Roles] | None:
    """The deed a verb tells of, with its roles; None where it tells of none, or where its words do not fit one."""
    known = happening_words().deeds.get(verb.lemma_.lower(), ())
    if not known or _is_of_text(verb) or is_given(verb):
        return None
    if any(child.lower_ in _HARD and child.dep_ == "advmod" for child in verb.children):
        return None
    behind = _words_behind(verb)
    going = [deed for deed in known if _goes_with(verb, deed, behind)]
    for roles in _readings(verb) if going else ():
        found = next((deed for deed in going if _fits(deed, roles)), None)
        if found is not None:
            return found, roles
    return None


def _is_of_text(verb: Token) -> bool:
    """Whether words are struck, "struck out of the act", "struck off the list", or a post is "taken over from" others."""
    if verb.lemma_.lower() == "take" and any(child.dep_ == "prt" and child.lower_ in _TAKEN for child in verb.children):
        return True
    if verb.lemma_.lower() == "seize" and any(child.lower_ in {"of", "with"} for child in verb.children):
        return True  # "the board was seized of the matter"
    return verb.lemma_.lower() == "strike" and any(
        child.lower_ in {"out", "off", "from"} and child.i == verb.i + 1 for child in verb.children
    )


def is_given(verb: Token) -> bool:
    """Whether what is done is given to somebody and no thing: "shot him a look"."""
    given = any(child.dep_ == "dative" for child in verb.children)
    return given and any(one.dep_ == "dobj" and one.pos_ == "NOUN" and not kinds_of(one) for one in verb.children)


def is_of_ideas(verb: Token) -> bool:
    """Whether a verb of deeds tells of what an idea does: "hit by a strike", "the merger sank"."""
    if verb.lemma_.lower() not in happening_words().deeds:
        return False
    roles = roles_of(verb)
    doers = roles.who if roles.passive else subjects(verb)
    return bool(doers) and all(one.pos_ == "NOUN" and not kinds_of(one) for one in doers)


def _readings(verb: Token) -> Iterator[Roles]:
    """The roles by the grammar; for a participle alone also as a passive, which headlines and lists leave bare: "20 arrested"."""
    roles = roles_of(verb)
    yield roles
    if (
        verb.tag_ == "VBN"
        and not roles.passive
        and not objects(verb)
        and not auxiliaries(verb) & {"has", "have", "had"}
    ):
        yield Roles([], subjects(verb), True)
    if verb.tag_ == "VBN" and verb.dep_ == "acl" and not any(child.dep_ == "agent" for child in verb.children):
        yield _active(verb)  # "A van ploughed into pickets", which the grammar may take for a van that was ploughed


def roles_of(verb: Token) -> Roles:
    """Who does what a verb tells and what it is done to, whether it is told in the active or the passive."""
    passive = any(child.dep_ in {"nsubjpass", "auxpass"} for child in verb.children) or (
        verb.tag_ == "VBN"
        and verb.dep_ in {"acl", "conj"}
        and not any(child.dep_ == "dobj" for child in verb.children)
        and not any(child.dep_ == "nsubj" for child in verb.children)
        and _is_passive_above(verb)
    )
    if passive:
        agents = [
            one for child in verb.children if child.dep_ == "agent" or child.lower_ == "by" for one in _pobjs(child)
        ]
        return Roles(agents, subjects(verb), True)
    return _active(verb)


def _active(verb: Token) -> Roles:
    """The roles of a verb told in the active: its subjects do it to its objects, and to what stands after "into" and the like."""
    toward = [child for child in verb.children if child.lower_ in _TOWARD and child.dep_ in {"prep", "prt", "advmod"}]
    things = [_meant(one) for one in objects(verb)]
    # "Set fire to a warehouse": the grammar may hang what it is set to on the fire.
    below = (
        child for one in objects(verb) for child in one.children if child.lower_ in {"to", "on", "at", "across", "over"}
    )
    toward = [*toward, *(child for child in below if child.dep_ == "prep")]
    return Roles(subjects(verb), [*things, *(_meant(one) for child in toward for one in _pobjs(child))], False, things)


def _is_passive_above(verb: Token) -> bool:
    if verb.dep_ == "acl":
        return True
    return any(child.dep_ == "auxpass" for child in verb.head.children)


def _meant(word: Token) -> Token:
    """What "which" and "whom" stand for: the noun that the clause describes."""
    if word.tag_ not in {"WDT", "WP"}:
        return word
    clause = next((one for one in word.ancestors if one.dep_ == "relcl"), None)
    return clause.head if clause is not None else word


def _pobjs(preposition: Token) -> list[Token]:
    found = [one for child in preposition.children if child.dep_ in {"pobj", "pcomp"} for one in conjuncts(child)]
    # "on to the quay", "out of the window"
    found += [one for child in preposition.children if child.dep_ == "prep" for one in _pobjs(child)]
    return found


def _words_behind(verb: Token) -> list[tuple[str, str]]:
    """The words within reach behind a verb, each as it stands and in its base form, both in lower case."""
    last = min(verb.sent.end, verb.i + _REACH)
    return [(token.lower_, token.lemma_.lower()) for token in verb.doc[verb.i + 1 : last]]


def _goes_with(verb: Token, deed: Deed, behind: Sequence[tuple[str, str]]) -> bool:
    """Whether the words that make a verb this deed stand behind it in their order; `behind` is what stands within its reach."""
    at = -1
    for word in deed.following:
        places = (place for place in range(at + 1, len(behind)) if word in behind[place])
        found = next((place for place in places if _belongs(verb.doc[verb.i + 1 + place], verb)), None)
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
    # "fell silent on Monday"
    return word.dep_ != "prep" or not any(map(is_of_time, word.children))


def _fits(deed: Deed, roles: Roles) -> bool:
    if not deed.what:
        # "A storm hit the coast", and not "a storm hit the market": what befalls its subject alone must not befall an idea.
        things = [one for one in roles.things if not {one.lower_, one.lemma_.lower()} & set(deed.following)]
        ideas = not roles.passive and bool(things) and not any(kinds_of(one) for one in things)
        # Who sinks a well, breaks a tie or fails a test does something to another thing, and nothing befalls him.
        apart = any(one.pos_ == "NOUN" for one in things)
        ideas = ideas or (not roles.passive and apart and deed.form in _BEFALLS)
        return are(roles.what if roles.passive else roles.who, deed.who) and not ideas
    if not deed.following and ANYTHING not in deed.what and roles.things and not any(map(kinds_of, roles.things)):
        return False  # "held talks with villagers"
    # "Set two lorries alight": the grammar may take "alight" for the thing and the lorries for what kind of one it is.
    inside = [child for one in roles.what if one.lower_ in deed.following for child in one.lefts]
    if not are([*roles.what, *inside], deed.what):
        return False
    if not roles.who:
        return (
            (roles.passive and (deed.form not in _NEEDS_DOER or "gear" in deed.what))
            or ACTOR in deed.who
            or IT in deed.who
        )
    return are(roles.who, deed.who)
