"""What a sentence tells as still ahead and what as done, by the forms around a verb: "will resume", "have resumed"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from travaux.analysis.alignment import Sentence, Token
from travaux.analysis.scales import stretches
from travaux.provenance.telling import stem_of

AHEAD, DONE, OPEN = "ahead", "done", "open"

_AHEAD = re.compile(
    r"(?:^| )(?:will|shall|(?:is|are|was|were|due|set|expected|scheduled|planned|about|going|plans?|intends?|hopes?|aims?) to)"
    r"(?: be)?$"
)
_DONE = re.compile(r"(?:^| )(?:has|have|had|was|were)(?: been)?$")
_BETWEEN = frozenset(
    "also already now just since then meanwhile both all still soon again finally formally officially".split()
)
_DENIES = re.compile(
    r"\b(?:not|never|no|nor|neither|yet to|if|unless|until|before|once|would|could|should|might|may|whether|n't)\b|n't\b"
)
_NOT_ONCE = frozenset("be been have has had do did say said tell told is are was were".split())


@dataclass(frozen=True, slots=True)
class Doing:
    """A verb told as ahead or done: its stem, its state, the words from the auxiliary on, and the stretch around it."""

    stem: str
    state: str
    first: int
    last: int
    stretch: tuple[int, int]


def doings_told(text: str, sentence: Sentence) -> Iterator[Doing]:
    """The verbs that a sentence tells as ahead or as done; none where it denies them or makes them hang on something else."""
    tokens = sentence.tokens
    for first, last in stretches(text, tokens):
        for at in range(first, last + 1):
            word = tokens[at].word
            stem = _IRREGULAR.get(word, tokens[at].stem)
            if word in _NOT_ONCE or tokens[at].is_number or len(word) < 4:
                continue
            if _left_open(tokens, first, at):
                yield Doing(stem, OPEN, at, at, (first, last))
                continue
            before = _before(tokens, first, at)
            joined = " ".join(token.word for token in tokens[first:at])
            if (word not in _PLANS and not before) or _DENIES.search(joined):
                continue
            if word in _PLANS:
                noun = _planned(tokens, first, last, at)
                if noun is not None:
                    yield Doing(tokens[noun].stem, AHEAD, at, at, (first, last))
            elif _AHEAD.search(before) or (word in _RULES and at < last and tokens[at + 1].word in _WHEN):
                yield Doing(stem, AHEAD, at, at, (first, last))
            elif _is_past(word) and (_DONE.search(before) or _is_plain_past(tokens[at - 1].word, word)):
                yield Doing(stem, DONE, at, at, (first, last))


_LEFT_OPEN = re.compile(
    r"(?:\b(?:not|never|nothing|neither)|n't) (?:\w+ )?(?:rul(?:e|ed|ing) out|exclud(?:e|ed|ing))(?: the \w+ of)?$"
)


def _left_open(tokens: Sequence[Token], first: int, at: int) -> bool:
    """Whether somebody does not rule out doing what a verb tells."""
    word = tokens[at].word
    return word.endswith("ing") and bool(
        _LEFT_OPEN.search(" ".join(token.word for token in tokens[max(first, at - 7) : at]))
    )


def _planned(tokens: Sequence[Token], first: int, last: int, at: int) -> int | None:
    """What is planned: the noun before "that was planned" or "is planned", else the word behind "the planned"."""
    before = at - 1
    while before >= first and tokens[before].word in _LINKS:
        before -= 1
    if before < at - 1:
        return before if before >= first else None
    return at + 1 if at < last else None


def _before(tokens: Sequence[Token], first: int, at: int) -> str:
    return " ".join(token.word for token in tokens[max(first, at - 5) : at] if token.word not in _BETWEEN)


def _is_plain_past(before: str, word: str) -> bool:
    """Whether a form in "-ed" is what the word before it did: "the assembly voted"."""
    return (word.endswith("ed") or word in _SIMPLE_PAST) and before.isalpha() and before not in _NO_SUBJECT


def _is_past(word: str) -> bool:
    return word.endswith("ed") or word in _PAST or word in _SIMPLE_PAST


_RULES = frozenset(
    "vote votes decide decides rule rules meet meets sign signs ratify ratifies begin begins start starts resume resumes".split()
)
_WHEN = frozenset("in on next tomorrow at later".split())
_NO_SUBJECT = frozenset(
    "a an the of in on at by for with from to as and or but be being been is are was were not its their his her our no any some all"
    " each more most very so too than that which who newly long well".split()
)
_PLANS = frozenset("planned scheduled".split())
_LINKS = frozenset("that which was were is are has have been".split())
# Past forms that do not end in "-ed", each with the stem of its verb; those that are no more than the past are told by themselves.
_VERBS = (
    "begin began begun, hold held, meet met, sell sold, send sent, build built, lose lost, find found, make made, give gave"
    " given, take took taken, write wrote written, spend spent, bring brought, buy bought, leave left, win won, choose chose"
    " chosen, draw drew drawn, withdraw withdrew withdrawn, freeze froze frozen, break broke broken, swear swore sworn, hear"
    " heard, speak spoke spoken, fly flew flown, go went gone, come came, sit sat, see saw seen, grow grew grown, rise rose"
    " risen, fall fell fallen, lead led, lay laid, pay paid, say said, tell told, teach taught, seek sought, think thought,"
    " fight fought, keep kept, sink sank sunk, steal stole stolen, stand stood, drive drove driven, ride rode ridden, throw"
    " threw thrown, undertake undertook undertaken, strike struck, step stepped"
)
_IRREGULAR = {form: stem_of(one.split()[0]) for one in _VERBS.split(", ") for form in one.split()[1:]}
_SIMPLE_PAST = frozenset(
    "began met took gave wrote chose drew withdrew froze broke swore spoke flew went came sat saw grew rose fell drove rode threw"
    " undertook".split()
)
_PAST = frozenset(_IRREGULAR) - _SIMPLE_PAST | frozenset(
    "begun held met sold sent built paid lost found made given taken written spent brought bought left won chosen drawn shut put"
    " withdrawn frozen broken sworn read".split()
)
