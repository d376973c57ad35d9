"""Packages as a table that one can sort and filter: what a row says, in which order, and which rows are left."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from travaux.analysis.agreement import Condition, DealSpace, Objection, Package
from travaux.errors import RequestError


class PackageOrder(StrEnum):
    """What packages are sorted by: fewest first, and of equals as they were listed; ``options``: most first."""

    MOVES = "moves"
    HARD = "hard"
    SOFT = "soft"
    UNKNOWN = "unknown"
    BLOCKERS = "blockers"
    OPTIONS = "options"


@dataclass(frozen=True, slots=True)
class PackageRow:
    """A package of a deal space.

    Attributes:
        number: its place among those listed, from 1: open ones first, then those that need moves, the fewest first.
        hard, soft: how many of its moves a party rules out, and how many it only opposes or hangs on a condition.
        blockers: ids of the parties that would have to move, in the order of the agenda.
    """

    number: int
    package: Package
    hard: int
    soft: int
    blockers: tuple[str, ...]

    @property
    def moves(self) -> tuple[Objection, ...]:
        """What would have to move."""
        return self.package.moves


@dataclass(frozen=True, slots=True)
class PackageFilter:
    """Which packages are shown; ids, empty for any.

    Attributes:
        blocked_by: only those that this party blocks; agreed_by: only those that it does not.
        holds: only those with this option; open_only: only those open to all.
    """

    blocked_by: str = ""
    agreed_by: str = ""
    holds: str = ""
    open_only: bool = False

    def passes(self, row: PackageRow) -> bool:
        """Whether a row is shown."""
        return (
            (not self.blocked_by or self.blocked_by in row.blockers)
            and (not self.agreed_by or self.agreed_by not in row.blockers)
            and (not self.holds or self.holds in row.package.options)
            and (not self.open_only or row.package.is_open)
        )


def package_rows_of(space: DealSpace) -> list[PackageRow]:
    """The packages listed of a deal space as rows, open ones first."""
    order = [party.id for party in space.agenda.parties]
    rows = []
    for number, package in enumerate((*space.open, *space.nearest), 1):
        hard = sum(one.is_hard for one in package.moves)
        moving = {one.party for one in package.moves}
        blockers = tuple(party for party in order if party in moving)
        rows.append(PackageRow(number, package, hard, len(package.moves) - hard, blockers))
    return rows


def ordered_packages(rows: Iterable[PackageRow], order: PackageOrder) -> list[PackageRow]:
    """Rows in an order; what is equal in it stays as it was listed."""

    def size(row: PackageRow) -> int:
        return {
            PackageOrder.MOVES: len(row.moves),
            PackageOrder.HARD: row.hard,
            PackageOrder.SOFT: row.soft,
            PackageOrder.UNKNOWN: row.package.unknown,
            PackageOrder.BLOCKERS: len(row.blockers),
            PackageOrder.OPTIONS: -len(row.package.options),
        }[order]

    return sorted(rows, key=lambda row: (size(row), row.number))


def package_order(named: str) -> PackageOrder:
    """An order from its word; that of the moves needed where nothing is named.

    Raises:
        RequestError: there is no such order.
    """
    try:
        return PackageOrder(named or PackageOrder.MOVES)
    except ValueError:
        raise RequestError(f"no order {named!r}", remedy=f"one of {', '.join(PackageOrder)}") from None


@dataclass(frozen=True, slots=True)
class Meaning:
    """What packages mean to a party; ids of options, see `travaux.analysis.agreement.Balance`."""

    party: str
    gets: tuple[str, ...]
    keeps_out: tuple[str, ...]
    forgoes: tuple[str, ...]
    yields: tuple[str, ...]

    @property
    def is_empty(self) -> bool:
        """Nothing."""
        return not (self.gets or self.keeps_out or self.forgoes or self.yields)


@dataclass(frozen=True, slots=True)
class Told:
    """What is said of a package, or of several at once.

    Attributes:
        options: ids, in the order of the agenda.
        conditions: party, option and condition, of those that name no option.
        meanings: one a party, in their order; those of whom there is nothing to say are left out.
    """

    options: tuple[str, ...]
    conditions: tuple[tuple[str, str, Condition], ...]
    meanings: tuple[Meaning, ...]


PARTS = ("gets", "keeps_out", "forgoes", "yields")


def shared_of(rows: Sequence[PackageRow]) -> Told | None:
    """What all of several packages have in common, to be said once; None where there are fewer than two."""
    if len(rows) < 2:
        return None
    first, *rest = (_told(row.package) for row in rows)
    options = tuple(one for one in first.options if all(one in other.options for other in rest))
    conditions = tuple(one for one in first.conditions if all(one in other.conditions for other in rest))
    others = [{one.party: one for one in other.meanings} for other in rest]
    meanings = []
    for one in first.meanings:
        same = [other.get(one.party, _nothing(one.party)) for other in others]
        common = {
            name: tuple(option for option in getattr(one, name) if all(option in getattr(each, name) for each in same))
            for name in PARTS
        }
        meanings.append(Meaning(one.party, **common))
    return Told(options, conditions, tuple(one for one in meanings if not one.is_empty))


def told_beside(row: PackageRow, shared: Told | None) -> Told:
    """What is to be said of a package beside what it shares with the others; all of it for None."""
    told = _told(row.package)
    if shared is None:
        return told
    known = {one.party: one for one in shared.meanings}
    meanings = []
    for one in told.meanings:
        there = known.get(one.party, _nothing(one.party))
        own = {
            name: tuple(option for option in getattr(one, name) if option not in getattr(there, name)) for name in PARTS
        }
        meanings.append(Meaning(one.party, **own))
    return Told(
        tuple(one for one in told.options if one not in shared.options),
        tuple(one for one in told.conditions if one not in shared.conditions),
        tuple(one for one in meanings if not one.is_empty),
    )


def _told(package: Package) -> Told:
    meanings = (Meaning(one.party, one.gets, one.keeps_out, one.forgoes, one.yields) for one in package.balances)
    return Told(package.options, package.conditions, tuple(one for one in meanings if not one.is_empty))


def _nothing(party: str) -> Meaning:
    return Meaning(party, (), (), (), ())
