"""The noun of a conflict, its sides and their passages, shared by the modules that find conflicts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from travaux.happening import Fact, Happening
from travaux.model import Statement, content_id

SHOWN = 14
"""Words of a sentence that stand for what a side says."""


class ConflictKind(StrEnum):
    """What reports cannot both be right about."""

    POSITION = "position"
    STATUS = "status"
    NUMBER = "number"
    DATE = "date"
    ROLE = "role"


@dataclass(frozen=True, slots=True)
class Passage:
    """Words of a report that take a side; code points into its text, half open."""

    report: str
    report_id: str
    start: int
    end: int
    quote: str

    def meets(self, other: Passage) -> bool:
        """Whether the words of two passages overlap."""
        return self.report_id == other.report_id and self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class Side:
    """What one side says, in a few words, and the passages that say it, by report and place."""

    value: str
    passages: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Conflict:
    """Reports that cannot both be right.

    Attributes:
        id: hash of kind, what it is about and its sides.
        about: what is in dispute, in words.
        sides: two or more.
        parties, options: ids, for conflicts about positions; empty otherwise.
        about_whom: the person whose office is in doubt; None otherwise.
        weight: how much of the record hangs on it: statements touched and families that take a side.
        says: why the sides exclude each other, as a user reads it.
    """

    id: str
    kind: ConflictKind
    about: str
    sides: tuple[Side, ...]
    says: str
    parties: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    about_whom: str | None = None
    weight: int = 0

    @property
    def reports(self) -> tuple[str, ...]:
        """Names of the reports on any side, sorted."""
        return tuple(sorted({one.report for side in self.sides for one in side.passages}))


def passage_of(one: Statement | Fact | Happening) -> Passage:
    """Where something stands."""
    return Passage(one.report, one.report_id, one.start, one.end, one.quote)


def side_of(value: str, held: Iterable[Statement | Fact | Happening]) -> Side:
    """A side from what stands on it, each passage once."""
    passages = {passage_of(one) for one in held}
    return Side(value, tuple(sorted(passages, key=lambda one: (one.report, one.start, one.end))))


def opening(words: str) -> str:
    """The first words of a sentence or clause, which stand for what one side says; a mark tells that more follow."""
    told = words.split()
    return " ".join(told[:SHOWN]) + ("…" if len(told) > SHOWN else "")


def conflict_id(kind: ConflictKind, about: str, sides: Iterable[Side]) -> str:
    """Id of a conflict from what it is about and the passages of its sides."""
    places = [
        part for side in sides for one in side.passages for part in (side.value, one.report_id, one.start, one.end)
    ]
    return content_id("conflict", kind, about, *places)


def conflict_between(
    kind: ConflictKind,
    about: str,
    sides: Iterable[Side],
    says: str,
    parties: tuple[str, ...] = (),
    options: tuple[str, ...] = (),
    whom: str | None = None,
) -> Conflict:
    """A conflict of sides in their order, with its id; see `Conflict`."""
    made = tuple(sides)
    return Conflict(conflict_id(kind, about, made), kind, about, made, says, parties, options, whom)


def conflict_of_passages(
    kind: ConflictKind,
    about: str,
    sides: Iterable[Side],
    why: str,
    held: Mapping[str, Sequence[Statement]],
    whom: str | None = None,
    *,
    of_will: bool = False,
) -> Conflict:
    """A conflict found in two passages; it is about a position where a statement rests on one of them, else about what is so.

    Args:
        held: statements by report id. whom: whose office it is about. of_will: whether the passages themselves tell somebody's
            will, so that it is about a position without a statement too.
    """
    made = tuple(sorted(sides, key=lambda side: (side.value, side.passages[0].report)))
    parties: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    if kind is ConflictKind.POSITION:
        resting = [
            one
            for side in made
            for passage in side.passages
            for one in held.get(passage.report_id, ())
            if one.start < passage.end and passage.start < one.end
        ]
        if resting:
            parties, options = (resting[0].party,), (resting[0].option,)
            about = f"the position of {parties[0]} on {options[0]}"
        elif not of_will:
            kind = ConflictKind.STATUS
    says = f"{' / '.join(side.value for side in made)}: {why}."
    return conflict_between(kind, about, made, says, parties, options, whom)
