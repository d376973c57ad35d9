"""Meetings told by what several can only do together: signing a paper on a day or in a place, settling it as holders of one office.

"The two ministers initialled the treaty in Vienna on Friday", "Ambassadors of the 27 failed on Wednesday to settle the law": whoever
signs puts the pen to it with the others, and offices held by many decide where they sit. At no time and nowhere they may have done it
by letter, so that a day or a place must stand with the verb.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.reading.happenings.days import MONTHS, WEEKDAYS
from travaux.reading.happenings.grammar import after_preposition, is_future, negated, objects, subjects
from travaux.reading.happenings.participants import people_among
from travaux.reading.happenings.places import place_of
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token

_SIGNS = frozenset({"sign", "initial", "ink", "countersign"})
_INITIALS = frozenset({"initial", "name", "signature", "pen"})
"""What is put to a paper: "put their initials to an accord"."""
_PAPERS = frozenset(
    "agreement accord treaty deal pact truce armistice protocol convention charter contract memorandum declaration text paper document"
    " roadmap framework compromise settlement ceasefire understanding".split()
)
_SETTLES = frozenset(
    "agree settle decide adopt approve endorse fix fail debate discuss conclude strike reach finalise finalize".split()
)
"""What a body does sitting; `fail` where what it fails to do is one of the others."""
_OFFICES_OF_MANY = frozenset(
    "ambassador minister leader governor envoy delegate negotiator deputy commissioner head director plenipotentiary".split()
)
"""Offices whose holders, spoken of together, sit together."""
_HOUSES = frozenset("council assembly board plenary".split())
_TELLS = frozenset({"address", "brief"})
_SPEAKS = frozenset(
    "speak say greet argue plead appear present tell warn urge defend read welcome remind testify report".split()
)
_TODAY = frozenset("today yesterday tonight tomorrow morning afternoon evening night".split())
_APART = frozenset(
    "letter statement e-mail email post call phone telephone writing separately each online interview".split()
)


def is_act_together(verb: Token, line: Line) -> bool:
    """Whether a verb tells of several who sign, or settle in office, on a day or in a place."""
    lemma = verb.lemma_.lower()
    if lemma == "put" and not any(one.lemma_.lower() in _INITIALS for one in objects(verb)):
        return False
    if lemma not in _SIGNS | _SETTLES | {"vote", "put"} or negated(verb) or not line.sentence.words.isdisjoint(_APART):
        return False
    if not (where_together(verb) is not None or _is_dated(verb)):
        return False
    if lemma in _SIGNS | {"put"}:
        return _several_sign(verb, line)
    if lemma == "vote":
        return verb.tag_ == "VBD" and any(one.lower_ in _HOUSES | {"committee"} for one in subjects(verb))
    if lemma == "fail" and not any(
        child.dep_ == "xcomp" and child.lemma_.lower() in _SETTLES for child in verb.children
    ):
        return False
    return verb.tag_ == "VBD" and not is_future(verb) and any(is_office_of_many(one) for one in subjects(verb))


def speaks_before_body(verb: Token, line: Line) -> bool:
    """Whether somebody speaks before a body on a day, which then sat: "briefed the Security Council on Monday"."""
    lemma = verb.lemma_.lower()
    if lemma not in _SPEAKS | _TELLS or negated(verb) or verb.tag_ != "VBD" or not _is_dated(verb):
        return False
    heard = objects(verb) if lemma in _TELLS else [*after_preposition(verb, "before")]
    heard += [one for thing in objects(verb) for one in after_preposition(thing, "before")]
    bodies = [one for one in heard if one.lower_ in _HOUSES and not any(child.dep_ == "poss" for child in one.children)]
    return bool(bodies) and bool(people_among(subjects(verb), line)) and line.sentence.words.isdisjoint(_APART)


def is_office_of_many(noun: Token) -> bool:
    """Whether a noun names the holders of one office together: "the foreign ministers", "heads of state", and not "most ministers"."""
    # The tagger may take the first word of a sentence for a name: "Negotiators fixed the quota".
    if not noun.lower_.endswith("s") or noun.lower_[:-1] not in _OFFICES_OF_MANY:
        return False
    beside = {child.lower_ for child in noun.children}
    return not beside & {"some", "most", "many", "several", "few", "other", "former", "no", "both"}


def where_together(verb: Token) -> str | None:
    """Where something is signed, settled or dealt with; the grammar may hang the place on the paper: "signed the treaty in Lima"."""
    things = [*objects(verb), *after_preposition(verb, "to")]
    return place_of(verb) or next((place for one in things if (place := place_of(one)) is not None), None)


def _several_sign(verb: Token, line: Line) -> bool:
    signed = [*objects(verb), *(child for child in verb.children if child.dep_ == "nsubjpass")]
    signed += after_preposition(verb, "to", "under") if verb.lemma_.lower() == "put" else []
    signed += [verb.head] if verb.dep_ == "relcl" else []  # "the contract, which they signed in Leeds"
    if not any(one.lemma_.lower() in _PAPERS for one in signed):
        return False
    own = subjects(verb) or (subjects(verb.head) if verb.dep_ == "xcomp" else [])
    who = people_among([*(one for one in own if one not in signed), *after_preposition(verb, "by")], line)
    many = any(one.tag_ == "NNS" or is_office_of_many(one) or one.lower_ in {"they", "both", "we"} for one, _ in who)
    return many or len({mention.person or mention.parties for _, mention in who}) > 1


def _is_dated(verb: Token) -> bool:
    """Whether a day, or a part of today, hangs on a verb."""
    days = {*WEEKDAYS, *MONTHS} | _TODAY
    own = [child for child in verb.children if child.dep_ in {"npadvmod", "advmod"}]
    behind = after_preposition(verb, "on", "in", "late", "early", "at")
    return any(below.lower_ in days for one in (*own, *behind) for below in one.subtree)
