"""What a person should look at next: least certain first, and of these what most of the matrix hangs on.

Doubt says how likely a statement is read wrong, stake how much of the matrix would change if it were; their product is
the share of a cell that is likely wrong because of this statement, and that is the order of the queue.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from travaux.analysis.judgements import JudgedStatement
from travaux.analysis.positions import carrying
from travaux.analysis.readers import REVIEW, place_in_record
from travaux.analysis.reviewers import Decided, Decision, differ
from travaux.errors import RequestError
from travaux.model import PartialDate, Stance, Statement, Verdict

UNKNOWN = 0.5
"""The doubt of a statement whose reader cannot say how sure it is. A definition: neither trusted nor distrusted."""

EARLIER_STAKE = 0.5
"""The stake of the only word for an earlier stance: the cell's stance stays, its change goes. A definition, not tuned."""


class Hangs(StrEnum):
    """What of the matrix hangs on a statement: what would change if its decision went the other way.

    ``only``: the cell would be empty. ``contradicts``: its reports would no longer disagree. ``decides``: the cell would
    show another stance. ``earlier``: the cell would stay and its change would go, the statement being the only one of an
    earlier stance. ``shares``: others carry the same stance. ``nothing``: later words or a person have settled it.
    """

    ONLY = "only"
    CONTRADICTS = "contradicts"
    DECIDES = "decides"
    EARLIER = "earlier"
    SHARES = "shares"
    NOTHING = "nothing"


class Order(StrEnum):
    """What the queue is sorted by: doubt times stake, doubt alone, or stake alone; what is equal by the others."""

    PRIORITY = "priority"
    DOUBT = "doubt"
    STAKE = "stake"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A statement that waits for a person.

    Attributes:
        judged: the statement with the judgements in force on it.
        doubt: 0 to 1, how likely it is read wrong: 1 less the reader's confidence, `UNKNOWN` where it has none; 1 where the
            reader asks for a look, a person was unsure, or reviewers differ.
        stake: 0 to 1: 1 for ``only``, ``contradicts`` and ``decides``, `EARLIER_STAKE` for ``earlier``, one part in as many
            as carry the stance for ``shares``, 0 for ``nothing``.
        hangs: what of the matrix hangs on it.
        reason: both in words, as a user reads it.
        decisions: what reviewers decided on it so far, by number.
    """

    judged: JudgedStatement
    doubt: float
    stake: float
    hangs: Hangs
    reason: str
    decisions: tuple[Decision, ...] = ()

    @property
    def priority(self) -> float:
        """Doubt times stake, 0 to 1."""
        return round(self.doubt * self.stake, 4)


def waiting(
    judged: Iterable[JudgedStatement],
    dates: Mapping[str, PartialDate | None],
    decided: Decided,
    *,
    reviewer: str | None = None,
    order: Order = Order.PRIORITY,
) -> list[Waiting]:
    """The statements that wait for a person, what is most urgent first.

    1. For nobody in particular: what nobody has judged, what was left unsure, and what reviewers decided differently.
    2. For one reviewer: what she has no judgement in effect on, whatever others decided.

    Args:
        judged: the statements that count and the rejected ones, with the judgements in force.
        dates: date of publication by report id, see `positions_at`.
        decided: who decided what, see `reviewers.decisions`.
        reviewer: for whom; None for nobody in particular.
    """
    every = list(judged)
    stakes = _stakes(every, dates)
    found = []
    for one in every:
        by_reviewer = decided.get(one.statement.id, {})
        if not _waits(one, by_reviewer, reviewer):
            continue
        doubt, why = _doubt(one, by_reviewer)
        hangs, stake, what = stakes[one.statement.id]
        made = tuple(sorted(by_reviewer.values(), key=lambda decision: decision.number))
        found.append(Waiting(one, doubt, stake, hangs, f"{why}; {what}", made))
    return sorted(found, key=lambda one: (*_urgency(one, order), place_in_record(one.judged.effective)))


def order_of(named: Order | str) -> Order:
    """An order from its word.

    Raises:
        RequestError: there is no such order.
    """
    try:
        return Order(named)
    except ValueError:
        raise RequestError(f"no order {named!r}", remedy=f"one of {', '.join(Order)}") from None


def _waits(one: JudgedStatement, by_reviewer: Mapping[str, Decision], reviewer: str | None) -> bool:
    if reviewer is not None:
        return reviewer not in by_reviewer
    return one.verdict in (None, Verdict.UNSURE) or differ(by_reviewer)


def _doubt(one: JudgedStatement, by_reviewer: Mapping[str, Decision]) -> tuple[float, str]:
    if differ(by_reviewer):
        told = ", ".join(f"{name} {by_reviewer[name].value('position') or 'unsure'}" for name in sorted(by_reviewer))
        return 1.0, f"reviewers differ: {told}"
    if one.verdict is Verdict.UNSURE:
        return 1.0, "a reviewer was unsure"
    asked = [reason.says for reason in one.statement.reasons if reason.step == REVIEW]
    if asked:
        return 1.0, f"the reader asks for a look: {'; '.join(asked)}"
    confidence = one.statement.confidence
    if confidence is None:
        return UNKNOWN, "nobody says how sure the reading is"
    return round(1 - confidence, 4), f"the reader is {round(100 * confidence)} in 100 sure"


def _urgency(one: Waiting, order: Order) -> tuple[float, ...]:
    if order is Order.DOUBT:
        return (-one.doubt, -one.stake)
    if order is Order.STAKE:
        return (-one.stake, -one.doubt)
    return (-one.priority, -one.stake, -one.doubt)


Stake = tuple[Hangs, float, str]


def _stakes(judged: Sequence[JudgedStatement], dates: Mapping[str, PartialDate | None]) -> dict[str, Stake]:
    """What hangs on each statement, by its id."""
    cells: dict[tuple[str, str], list[JudgedStatement]] = defaultdict(list)
    for one in judged:
        cells[one.effective.party, one.effective.option].append(one)
    return {identity: stake for cell in cells.values() for identity, stake in _Cell(cell, dates).stakes().items()}


class _Cell:
    """The statements of one party on one option, and the position they give."""

    def __init__(self, judged: Sequence[JudgedStatement], dates: Mapping[str, PartialDate | None]):
        self.judged = judged
        self.dates = dates
        self.counting = [one.effective for one in judged if one.verdict is not Verdict.REJECT]
        present = carrying(self.counting, dates)
        self.stances = _stances(present)
        self.carrying = {one.id for one in present}
        self.carriers = Counter(one.stance for one in present)
        # Words of equal date and stance stand for each other: taking away one of several changes no stance.
        self.alike = Counter(self._kind(one) for one in self.counting)
        self.earlier = [one for one in self.counting if self._is_earlier(one)]

    def stakes(self) -> dict[str, Stake]:
        return {
            one.statement.id: self._rejected(one.effective)
            if one.verdict is Verdict.REJECT
            else self._counted(one.effective)
            for one in self.judged
        }

    def _counted(self, one: Statement) -> Stake:
        if one.former:
            return (Hangs.NOTHING, 0.0, "it gives a position no longer held")
        if one.id not in self.carrying:
            if self.earlier == [one]:
                return (Hangs.EARLIER, EARLIER_STAKE, f"it alone shows that the stance was {one.stance} before")
            return (Hangs.NOTHING, 0.0, "later words have settled the position")
        if self.alike[self._kind(one)] == 1:
            without = [other for other in self.counting if other.id != one.id]
            stances = _stances(carrying(without, self.dates))
            if not stances:
                return (Hangs.ONLY, 1.0, "the position rests on it alone")
            if stances != self.stances:
                shown = " and ".join(stances)
                if set(stances) < set(self.stances):
                    return (Hangs.CONTRADICTS, 1.0, f"it contradicts the others: without it the position is {shown}")
                return (Hangs.DECIDES, 1.0, f"it decides the position: without it that is {shown}")
        number = self.carriers[one.stance]
        if number == 1:  # without it an older word of the same stance would carry the position
            return (Hangs.SHARES, 0.5, "an earlier statement says the same")
        return (Hangs.SHARES, round(1 / number, 4), f"{number} statements carry this stance")

    def _rejected(self, one: Statement) -> Stake:
        stances = _stances(carrying([*self.counting, one], self.dates))
        if stances == self.stances:
            return (Hangs.NOTHING, 0.0, "rejected, and the position would be the same with it")
        return (Hangs.DECIDES, 1.0, f"rejected: with it the position would be {' and '.join(stances)}")

    def _kind(self, one: Statement) -> tuple[date | None, date | None, Stance, bool]:
        day = self.dates.get(one.report_id)
        return (day.earliest if day else None, day.latest if day else None, one.stance, one.former)

    def _is_earlier(self, one: Statement) -> bool:
        present = one.former or one.id in self.carrying or one.stance in self.stances
        return not present and self.dates.get(one.report_id) is not None


def _stances(statements: Iterable[Statement]) -> tuple[Stance, ...]:
    """The stances of statements, in the order for, against, open."""
    found = {one.stance for one in statements}
    return tuple(stance for stance in Stance if stance in found)
