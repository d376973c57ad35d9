"""What one party's move would open: what-if, which is never stored."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from travaux.analysis.agreement.counting import count_packages
from travaux.analysis.agreement.packages import DealSpace, Package, deal_space
from travaux.analysis.agreement.rules import Objection, agenda_rules, given
from travaux.analysis.agreement.stands import Stand, StandKind

SUPPOSABLE = {
    "for": StandKind.FOR,
    "against": StandKind.OPPOSED,
    "ruled-out": StandKind.RULED_OUT,
    "open": StandKind.OPEN,
    "without": StandKind.WITHOUT,
    "unknown": StandKind.UNKNOWN,
}
"""What may be supposed of a party and an option."""


@dataclass(frozen=True, slots=True)
class Supposition:
    """A stand somebody supposes, for a what-if."""

    party: str
    option: str
    kind: StandKind


@dataclass(frozen=True, slots=True)
class WhatIf:
    """The deal space before and after suppositions.

    Attributes:
        opened: packages open only afterwards; closed: those open before and no longer contained in an open one.
    """

    suppositions: tuple[Supposition, ...]
    before: DealSpace
    after: DealSpace
    opened: tuple[Package, ...]
    closed: tuple[Package, ...]


@dataclass(frozen=True, slots=True)
class Opening:
    """What follows if one position alone moved.

    Attributes:
        gained: how many more sets of options would be open; None where counting takes too long.
        agreement: it alone opens a package where none is open now.
        in_sets: in how many of the smallest sets of moves it is.
    """

    objection: Objection
    gained: int | None
    agreement: bool
    in_sets: int


def supposed(
    stands: Mapping[tuple[str, str], Stand], suppositions: Iterable[Supposition]
) -> dict[tuple[str, str], Stand]:
    """The stands with what is supposed in place of what was read."""
    changed = dict(stands)
    for one in suppositions:
        changed[one.party, one.option] = Stand(one.party, one.option, one.kind, supposed=True)
    return changed


def what_if(before: DealSpace, suppositions: Sequence[Supposition]) -> WhatIf:
    """The deal space as it would be.

    Raises:
        AgendaError: see `deal_space`.
    """
    after = deal_space(before.agenda, before.parties, supposed(before.stands, suppositions), before.asked)
    opened = tuple(one for one in after.open if before.blocking(one.options))
    closed = tuple(one for one in before.open if after.blocking(one.options))
    return WhatIf(tuple(suppositions), before, after, opened, closed)


def openings(space: DealSpace) -> list[Opening]:
    """For each position that blocks a package, what its move alone would open; those that open most first."""
    options = [option.id for option in space.agenda.options]
    asked = space.asked
    rules = [
        clause
        for rule in (*agenda_rules(space.agenda), *given(asked.include, asked.leave_out))
        for clause in rule.clauses
    ]
    # Sets of moves are listed smallest first: where a larger one is, every position that is enough alone is listed too.
    all_alone_known = not space.more_nearest or any(len(package.moves) > 1 for package in space.nearest)
    found = []
    for one in space.objections:
        alone = not space.open and any(package.moves == (one,) for package in space.nearest)
        gained = None
        if not space.open and not alone and all_alone_known:
            gained = 0
        elif space.open_number is not None:
            rest = [clause for other in space.objections if other is not one for clause in other.clauses]
            number = count_packages(options, [*rules, *rest])
            gained = None if number is None else number - space.open_number
        in_sets = sum(1 for package in space.nearest if one in package.moves)
        found.append(Opening(one, gained, alone, in_sets))
    return sorted(found, key=lambda each: (not each.agreement, -each.in_sets, -(each.gained or 0)))
