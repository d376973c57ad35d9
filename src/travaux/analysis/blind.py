"""Review without seeing what was read or decided: which passages to judge, a sample of them, and what a coding comes to.

A reviewer who is shown an answer tends to agree with it. So whoever judges blind sees the passage, the party and the option,
and codes stance, act and condition herself; how far two such codings agree says something about the question, and how far
they agree with the reading says something about the reading.
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from travaux.analysis.judgements import shared_passage
from travaux.analysis.readers import place_in_record
from travaux.model import PERSON, Act, FieldValue, Judgement, Stance, Statement, Verdict

NO_POSITION, UNSURE = "none", "unsure"
"""Said in place of a stance: the passage gives no such position; the reviewer could not tell."""


@dataclass(frozen=True, slots=True)
class BlindPassage:
    """A passage to judge blind: the words, and whose position on what is asked. What was read of it is not here."""

    id: str
    report: str
    report_id: str
    start: int
    end: int
    quote: str
    party: str
    option: str


@dataclass(frozen=True, slots=True)
class Coding:
    """What a reviewer codes of a passage.

    Attributes:
        stance: ``for``, ``against``, ``open``, `NO_POSITION` or `UNSURE`; with the last two the rest says nothing.
    """

    stance: str
    act: Act | None = None
    condition: str | None = None
    former: bool = False


def sample_of(statements: Iterable[Statement], number: int, seed: int) -> list[Statement]:
    """A random sample of statements that is the same for the same seed, by report and place.

    Each statement draws a number from the hash of seed and id, and the smallest are taken: every statement is as likely as any
    other, a larger sample of one seed holds the smaller one, and a statement that comes or goes changes no more than its own
    place. What a person added is no part of it.
    """
    read = {one.id: one for one in statements if one.reader != PERSON}
    drawn = sorted(read.values(), key=lambda one: hashlib.sha256(f"{seed} {one.id}".encode()).digest())
    return sorted(drawn[:number], key=place_in_record)


def blind_passages(
    statements: Iterable[Statement], judgements: Iterable[Judgement], reviewer: str
) -> list[BlindPassage]:
    """What a reviewer can still judge blind, by report and place: what she never judged, not even to take it back."""
    seen = seen_by(judgements, reviewer)
    found = [one for one in statements if one.reader != PERSON and not has_seen(one, seen)]
    return [
        BlindPassage(one.id, one.report, one.report_id, one.start, one.end, one.quote, one.party, one.option)
        for one in sorted(found, key=place_in_record)
    ]


Seen = dict[tuple[str, str, str], list[Judgement]]


def seen_by(judgements: Iterable[Judgement], reviewer: str) -> Seen:
    """All that a reviewer ever judged, withdrawn or not, by report, party and option."""
    found: Seen = defaultdict(list)
    for one in judgements:
        if one.reviewer == reviewer:
            found[one.report_id, one.party, one.option].append(one)
    return found


def has_seen(statement: Statement, seen: Seen) -> bool:
    """Whether a statement's passage is among what was judged."""
    made = seen.get((statement.report_id, statement.party, statement.option), ())
    return any(one.statement == statement.id or shared_passage(statement, one) for one in made)


def decided_by(coding: Coding, read: Statement) -> tuple[Verdict, dict[str, FieldValue]]:
    """The verdict that a coding comes to, and what it corrects of the statement as it was read.

    `NO_POSITION` rejects; what is coded just as it was read confirms; anything else corrects. Words of a condition that hold
    those read, or stand in them, are the same condition.
    """
    if coding.stance == UNSURE:
        return Verdict.UNSURE, {}
    if coding.stance == NO_POSITION:
        return Verdict.REJECT, {}
    coded: Sequence[tuple[str, FieldValue]] = (
        ("stance", str(Stance(coding.stance))),
        ("act", str(coding.act or read.act)),
        ("former", coding.former),
        ("condition", read.condition if _same_words(coding.condition, read.condition) else coding.condition),
    )
    changes = {name: value for name, value in coded if value != getattr(read, name)}
    return (Verdict.CORRECT, changes) if changes else (Verdict.CONFIRM, {})


def _same_words(one: str | None, other: str | None) -> bool:
    if one is None or other is None:
        return one is other
    first, second = (" ".join(text.casefold().split()) for text in (one, other))
    return first in second or second in first
