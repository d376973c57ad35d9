"""One event told as past and as still to come in one text: a mark of two texts put together."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from travaux.model import Flag, FlagKind, Report
from travaux.provenance.sentences import sentences_of
from travaux.provenance.visible import flag_of

_NOUN = r"(?:meeting|summit|talks|visit|conference|session|call|vote|referendum|hearing|signing|ceremony)"
_PLACE = r"[A-ZÀ-Þ][\w’'-]+"
# "the Washington meeting", "the talks in Geneva": an event is known by its place, or it is left alone.
_NO_PLACE = r"(?:The|A|An|This|That|These|Those|His|Her|Their|Its|Our|At|In|After|Before|During|Following)\b"
_EVENT = re.compile(
    rf"(?P<place_1>(?!{_NO_PLACE}){_PLACE})[ \u00a0](?:(?:peace|security|trade|climate|budget)[ \u00a0])?(?P<noun_1>(?i:{_NOUN}))\b"
    rf"|\b(?P<noun_2>(?i:{_NOUN}))[ \u00a0](?:in|at)[ \u00a0](?P<place_2>{_PLACE})"
)
# A second or another one is another event.
_ANOTHER = re.compile(
    r"\b(?:another|next|second|third|fourth|new|further|previous|earlier|last|follow-up|follow-on|rounds?|again|annual|each|every"
    r"|any|no)\b",
    re.IGNORECASE,
)
_OF_IT = r"(?:the |a |their |his |her )?(?:\w+ )?$"
_TO_COME = re.compile(
    r"\b(?:will|shall|is|are) (?:likely |expected |due |scheduled |set |planned |about |going )?(?:to )?be\b"
    r"|\b(?:is|are) (?:due|scheduled|expected|planned|set|likely) (?:to|for|in|on)\b"
    r"|\bwill (?:\w+ )?(?:take place|open|begin|start|meet|travel|host|receive|attend|decide|show|be)\b"
    rf"|\b(?:upcoming|forthcoming)\b|\b(?:ahead of|before|prior to) {_OF_IT}",
    re.IGNORECASE,
)
_PAST = re.compile(
    r"\b(?:was|were|has been|have been) (?:held|concluded|ended|over|finished|adjourned)\b"
    r"|\b(?:took place|ended|concluded|closed|broke up|finished|adjourned)\b"
    rf"|\b(?:after|following|since|in the wake of) {_OF_IT}|\b(?:at|during) {_OF_IT}",
    re.IGNORECASE,
)
_SPOKE = re.compile(r"\b(?:said|told|agreed|announced|declared|signed|decided|met|received|was|were|made)\b")


@dataclass(frozen=True, slots=True)
class _Told:
    """An event in a sentence: whether as past, with the sentence's place."""

    past: bool
    start: int
    end: int


def contradictory_tenses(report: Report) -> Iterator[Flag]:
    """Events that one sentence tells as over and another as still to come, each once, at the later of the two places.

    A report may be about the time before and after an event in turn, so only one and the same event, by its kind and place,
    counts, and none that is called another, next or earlier one.
    """
    told: dict[tuple[str, str], list[_Told]] = defaultdict(list)
    for start, end in sentences_of(report):
        sentence = report.text[start:end]
        if _ANOTHER.search(sentence):
            continue
        for event in _EVENT.finditer(sentence):
            place = event["place_1"] or event["place_2"]
            noun = (event["noun_1"] or event["noun_2"]).casefold()
            past = _tense(sentence, event.start(), event.end())
            if past is not None and place.casefold() not in _TIMES:
                told[place.casefold(), noun].append(_Told(past, start, end))
    for (place, noun), places in told.items():
        first = places[0]
        other = next((one for one in places[1:] if one.past is not first.past and one.start != first.start), None)
        if other is not None:
            words = report.text[first.start : first.end]
            shown = words if len(words) <= 160 else f"{words[:157]}…"
            said = (
                f"Here the {place.title()} {noun} is {'over' if other.past else 'still to come'}; elsewhere: “{shown}”"
            )
            yield flag_of(report, FlagKind.CONTRADICTORY_TENSE, other.start, other.end, said)


_TIMES = frozenset(
    "the this that his her their its our a an monday tuesday wednesday thursday friday saturday sunday january february march april "
    "may june july august september october november december peace security trade telephone video joint first news press".split()
)


def _tense(sentence: str, start: int, end: int) -> bool | None:
    """True where the words around an event tell it as past, False as still to come, None where they do not say."""
    before, after = sentence[:start][-60:], sentence[end:][:60]
    near = _PAST.search(before.rstrip() + " "), _TO_COME.search(before.rstrip() + " ")
    if _TO_COME.match(after.lstrip()) or near[1] is not None:
        return False
    if _PAST.match(after.lstrip()):
        return True
    if near[0] is not None and _SPOKE.search(sentence) and not re.search(r"\b(?:will|shall|would)\b", sentence):
        return True
    return None
