"""Which judgements are in force on which statements; a pure function of the two tables.

A judgement is made on one statement but belongs to what was judged: a passage of a report giving one party's stance
on one option. When a later reading cuts the passage a little differently, the statement has another id and the
judgement still holds.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from travaux.model import PERSON, Act, FieldValue, Judgement, Stance, Statement, Verdict, Via

SAME_PASSAGE = 0.5
"""Two spans are one passage when they share at least this part of the shorter one. A reading that draws a clause's
border elsewhere passes; the neighbouring clause does not. A definition, not tuned."""


@dataclass(frozen=True, slots=True)
class JudgedStatement:
    """A statement with what people decided on it.

    Attributes:
        statement: as it was read.
        effective: as it counts, with every correction in force; its id stays that of the statement.
        verdict: the latest in force, None where nobody judged; a rejected statement is kept but holds no position.
        judgement: number of that latest judgement, or None.
        carried: True where that judgement was made on another reading of the same passage.
        reason: the explanation a user reads; empty where nobody judged.
    """

    statement: Statement
    effective: Statement
    verdict: Verdict | None = None
    judgement: int | None = None
    carried: bool = False
    reason: str = ""


def in_force(statements: Iterable[Statement], judgements: Iterable[Judgement]) -> list[JudgedStatement]:
    """Each statement with the judgements in force on it, in the order given.

    1. A judgement holds for the statement it was made on. Where that is no longer read, it holds for the statement of
       the same party and option in the same report that shares most of its passage, at least half of the shorter.
       A rejection needs the same stance too: who rejected ``for`` said nothing about ``against``.
    2. Judgements on one statement are taken in the order they were signed, and the latest is its verdict; those that came
       later from another record keep their place in time. Corrections
       add up, a later one of a field replacing an earlier one; a confirmation confirms what then stands; a rejection
       or ``unsure`` puts the statement back to what was read. One made blind stands for itself: its reviewer coded the
       passage without seeing what was read or decided, so that no correction before it adds to it.
    3. A confirmation carried over to a statement of another stance keeps the stance that was confirmed.
    4. A rejection carried over never outweighs a judgement made on the statement itself.
    5. A judgement that its reviewer withdrew holds for nothing, as if it had never been made.
    6. What a person added is hers: judgements on it hold for no reader's statement, nor the other way round.
    """
    read = list(statements)
    held = held_judgements(read, judgements)
    return [
        judged_by(statement, held[statement.id]) if statement.id in held else _unjudged(statement) for statement in read
    ]


def held_judgements(statements: Sequence[Statement], judgements: Iterable[Judgement]) -> dict[str, list[Judgement]]:
    """The judgements in force on each statement that has any, by its id, in the order they were made; see `in_force`."""
    held: dict[str, list[Judgement]] = defaultdict(list)
    for judgement, statement in _matched(statements, judgements):
        if statement is not None:
            held[statement.id].append(judgement)
    return dict(held)


def orphaned(statements: Iterable[Statement], judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that hold for no statement any more, in the order they were made; see `in_force`."""
    return [judgement for judgement, statement in _matched(list(statements), judgements) if statement is None]


def unheld(statements: Iterable[Statement], judgements: Iterable[Judgement]) -> list[Judgement]:
    """All judgements but those that hold for one of the statements; what was withdrawn and the withdrawals stay among them."""
    made = list(judgements)
    held = {judgement.number for judgement, statement in _matched(list(statements), made) if statement is not None}
    return [judgement for judgement in made if judgement.number not in held]


def in_effect(judgements: Iterable[Judgement]) -> list[Judgement]:
    """The judgements that nobody withdrew, without the withdrawals, in the order they were signed."""
    made = sorted(judgements, key=_signed)
    gone = {one.withdraws for one in made if one.verdict is Verdict.WITHDRAW}
    return [one for one in made if one.verdict is not Verdict.WITHDRAW and one.number not in gone]


def same_passage(one: tuple[int, int], two: tuple[int, int]) -> bool:
    """Whether two spans share at least `SAME_PASSAGE` of the shorter one."""
    shared = min(one[1], two[1]) - max(one[0], two[0])
    return shared > 0 and shared >= SAME_PASSAGE * min(one[1] - one[0], two[1] - two[0])


def standing(judged: Iterable[JudgedStatement]) -> list[Statement]:
    """The statements that may hold a position: as they count, without the rejected ones."""
    return [one.effective for one in judged if one.verdict is not Verdict.REJECT]


def _matched(
    statements: Sequence[Statement], judgements: Iterable[Judgement]
) -> list[tuple[Judgement, Statement | None]]:
    made = list(judgements)
    by_id = {statement.id: statement for statement in statements}
    by_place: dict[tuple[str, str, str], list[Statement]] = defaultdict(list)
    for statement in by_id.values():
        if statement.reader != PERSON:
            by_place[statement.report_id, statement.party, statement.option].append(statement)
    # Of all that was ever made: a judgement on an added statement stays one where the addition was withdrawn.
    added = {judgement.statement for judgement in made if judgement.verdict is Verdict.ADD}

    def held_for(judgement: Judgement) -> Statement | None:
        if judgement.statement in by_id or judgement.statement in added:
            return by_id.get(judgement.statement)
        return _same_passage(judgement, by_place.get((judgement.report_id, judgement.party, judgement.option), []))

    return [(judgement, held_for(judgement)) for judgement in in_effect(made)]


def _signed(judgement: Judgement) -> tuple[datetime, int]:
    return (datetime.fromisoformat(judgement.at), judgement.number)


def _same_passage(judgement: Judgement, candidates: Iterable[Statement]) -> Statement | None:
    """The candidate that is the passage judged: the same stance before another, then most shared, then first."""
    best: tuple[Any, ...] | None = None
    chosen: Statement | None = None
    for statement in candidates:
        same_stance = statement.stance is judgement.stance
        shared = shared_passage(statement, judgement)
        if not shared:
            continue
        if judgement.verdict is Verdict.REJECT and not same_stance:
            continue
        length_apart = abs(statement.end - statement.start - (judgement.end - judgement.start))
        rank = (not same_stance, -shared, length_apart, statement.start, statement.id)
        if best is None or rank < best:
            best, chosen = rank, statement
    return chosen


def shared_passage(one: Statement | Judgement, other: Statement | Judgement) -> int:
    """How many characters of a report two passages share, where they are one passage by `SAME_PASSAGE`; 0 otherwise."""
    if not same_passage((one.start, one.end), (other.start, other.end)):
        return 0
    return min(one.end, other.end) - max(one.start, other.start)


def _unjudged(statement: Statement) -> JudgedStatement:
    return JudgedStatement(statement, statement)


def judged_by(statement: Statement, judgements: Sequence[Judgement]) -> JudgedStatement:
    """A statement under the judgements that hold for it, given in the order they were made; see `in_force`."""
    own = any(judgement.statement == statement.id for judgement in judgements)
    corrections: dict[str, FieldValue] = {}
    latest: Judgement | None = None
    for judgement in judgements:
        carried = judgement.statement != statement.id
        if own and carried and judgement.verdict is Verdict.REJECT:
            continue
        if judgement.blind or judgement.verdict in (Verdict.REJECT, Verdict.UNSURE):
            corrections = {}
        if judgement.verdict is Verdict.CORRECT:
            corrections.update(judgement.corrections)
        elif (
            judgement.verdict not in (Verdict.REJECT, Verdict.UNSURE)
            and carried
            and judgement.stance is not statement.stance
        ):
            corrections.setdefault("stance", str(judgement.stance))
        latest = judgement
    if latest is None:
        return _unjudged(statement)
    return JudgedStatement(
        statement,
        _corrected(statement, corrections),
        latest.verdict,
        latest.number,
        latest.statement != statement.id,
        _told(statement, latest, corrections),
    )


def _corrected(statement: Statement, corrections: dict[str, FieldValue]) -> Statement:
    """The statement with corrections that `travaux.record.checked_corrections` let pass when they were stored."""
    kinds: dict[str, Any] = {"stance": Stance, "act": Act, "via": Via}
    values: dict[str, Any] = {
        name: kinds[name](value) if name in kinds else value for name, value in corrections.items()
    }
    return replace(statement, **values) if values else statement


def _told(statement: Statement, latest: Judgement, corrections: dict[str, FieldValue]) -> str:
    did = {
        Verdict.CONFIRM: "confirmed",
        Verdict.REJECT: "rejected",
        Verdict.CORRECT: "corrected",
        Verdict.UNSURE: "left unsure",
        Verdict.ADD: "added",
    }[latest.verdict]
    told = f"{did}{' blind' if latest.blind else ''} by {latest.reviewer} on {latest.at[:10]}"
    changed = [
        f"{name} {_shown(getattr(statement, name))} → {_shown(value)}"
        for name, value in corrections.items()
        if name not in ("start", "end")  # the quote tells the same in words
    ]
    if changed:
        told += f" ({', '.join(changed)})"
    if latest.statement != statement.id:
        told += "; judged on an earlier reading of this passage"
    return told


def _shown(value: object) -> str:
    if value is None:
        return "none"
    return str(value).lower() if isinstance(value, bool) else str(value)
