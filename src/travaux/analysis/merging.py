"""How far two sets of judgements agree: two analysts who judged the same negotiation apart from each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from travaux.analysis.judgements import JudgedStatement, in_force
from travaux.analysis.readers import cohens_kappa
from travaux.model import Judgement, Statement, Verdict, content_id

COMPARED = ("party", "option", "stance", "act", "condition", "former", "via", "via_name", "speaker", "start", "end")
"""The fields in which two analysts may make different things of one statement."""


@dataclass(frozen=True, slots=True)
class JudgesConflict:
    """A statement that two analysts judged differently.

    Attributes:
        statement: as it was read; first, second: what each made of it, in words.
        prevails: ``first`` or ``second``: whose judgement was signed last, which is the one that counts after merging.
    """

    id: str
    statement: Statement
    first: str
    second: str
    prevails: str


@dataclass(frozen=True, slots=True)
class JudgesAgreement:
    """How far two analysts agree.

    Attributes:
        first_only, second_only: statements that only one judged; both: those that both did; same: of these, alike.
        kappa: Cohen's kappa over what both made of a statement (as read, corrected, rejected, unsure), -1 to 1; None
            where both judged nothing, or all of it the same one way.
        conflicts: those judged differently, by report and place.
    """

    first_only: int
    second_only: int
    both: int
    same: int
    kappa: float | None
    conflicts: tuple[JudgesConflict, ...]


def letters(judgement: Judgement) -> tuple[Any, ...]:
    """What makes a judgement itself: all but the numbers it has and takes back in a record, and the note beside it."""
    blank = replace(judgement, number=0, note="", withdraws=None)
    return tuple(getattr(blank, name) for name in Judgement.__slots__)


def identities(judgements: Sequence[Judgement]) -> dict[int, tuple[Any, ...]]:
    """What each judgement is, whatever its number, by its number: the same of one judgement in two records.

    Of several alike to the letter the first there is the first here; a withdrawal is what it takes back.
    """
    met: Counter[tuple[Any, ...]] = Counter()
    found: dict[int, tuple[Any, ...]] = {}
    for one in sorted(judgements, key=lambda one: one.number):
        if one.withdraws is not None:
            found[one.number] = ("withdraws", found.get(one.withdraws))
            continue
        written = letters(one)
        found[one.number] = (written, met[written])
        met[written] += 1
    return found


def judges_agreement(
    statements: Iterable[Statement], first: Sequence[Judgement], second: Sequence[Judgement]
) -> JudgesAgreement:
    """How far the judgements agree that only one of two records holds; those both hold are older than their parting.

    Args:
        statements: as they were read, of both records.
        first, second: all judgements of either.
    """
    known = [identities(side) for side in (first, second)]
    shared = set(known[0].values()) & set(known[1].values())
    read = list({one.id: one for one in statements}.values())
    sides = [_apart(read, side, of_side, shared) for side, of_side in zip((first, second), known, strict=True)]
    times = [{one.number: datetime.fromisoformat(one.at) for one in side} for side in (first, second)]
    conflicts: list[JudgesConflict] = []
    pairs: list[tuple[str, str]] = []
    first_only = second_only = 0
    for statement in sorted(read, key=lambda one: (one.report, one.start, one.end, one.id)):
        one, two = (side[statement.id] for side in sides)
        if one.verdict is None or two.verdict is None:
            first_only += one.verdict is not None
            second_only += two.verdict is not None
            continue
        pairs.append((_outcome(one), _outcome(two)))
        if not _alike(one, two):
            later = times[0][one.judgement or 0] > times[1][two.judgement or 0]  # at one moment, what came last counts
            identity = content_id("judges-conflict", statement.id, one.reason, two.reason)
            prevails = "first" if later else "second"
            conflicts.append(JudgesConflict(identity, statement, one.reason, two.reason, prevails))
    same = len(pairs) - len(conflicts)
    return JudgesAgreement(first_only, second_only, len(pairs), same, cohens_kappa(pairs), tuple(conflicts))


def _apart(
    read: Sequence[Statement],
    side: Iterable[Judgement],
    known: Mapping[int, tuple[Any, ...]],
    shared: Collection[tuple[Any, ...]],
) -> dict[str, JudgedStatement]:
    """Each statement with what one side alone decided on it. That both hold an addition still says whose it is."""
    own = [one for one in side if known[one.number] not in shared or one.verdict is Verdict.ADD]
    both = {one.number for one in own if known[one.number] in shared}
    return {
        held.statement.id: JudgedStatement(held.statement, held.statement) if held.judgement in both else held
        for held in in_force(read, own)
    }


def _outcome(one: JudgedStatement) -> str:
    if one.verdict in (Verdict.REJECT, Verdict.UNSURE):
        return str(one.verdict)
    return "as read" if one.effective == one.statement else "corrected"


def _alike(one: JudgedStatement, two: JudgedStatement) -> bool:
    decided = (Verdict.REJECT, Verdict.UNSURE)
    if one.verdict in decided or two.verdict in decided:
        return one.verdict is two.verdict
    return all(getattr(one.effective, name) == getattr(two.effective, name) for name in COMPARED)
