"""Packages by an analyst's own weights, and how far their order hangs on each of them.

A weight says how much an option matters to a party, in numbers of the analyst's; Travaux guesses none. What a package
is worth to a party is the share of its weights that go its way: options it is for that are in, options it is against that
are out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from travaux.analysis.agreement.packages import DealSpace, Package
from travaux.analysis.agreement.stands import OPPOSITION, SUPPORT, StandKind, stand_in

FACTORS = (0.5, 2.0)
"""Each weight is halved and doubled in turn, the others kept."""

Weights = Mapping[tuple[str, str], float]


@dataclass(frozen=True, slots=True)
class WeighedPackage:
    """A package with what it is worth by the weights.

    Attributes:
        shares: by party, 0 to 1: the share of its weights that go its way; only parties with weights on which a stand is
            known.
        worst: the least of these, by which packages are ordered (what the worst-off party gets).
        rank: from 1; packages worth the same share a rank.
        lowest, highest: the ranks it takes when each weight is halved and doubled in turn.
        hangs_on: party and option of the weights that change its rank so.
        weighed_by: who signs for the weights, and when.
    """

    package: Package
    shares: Mapping[str, float]
    worst: float
    rank: int
    lowest: int
    highest: int
    hangs_on: tuple[tuple[str, str], ...]
    weighed_by: str


def weighed(space: DealSpace, weights: Weights, weighed_by: str = "") -> list[WeighedPackage]:
    """The packages of a deal space, open ones and those that need moves, ordered by what the worst-off party gets.

    Args:
        weights: by party and option, 0 or more.
        weighed_by: who signs for them.
    """
    packages = [*space.open, *space.nearest]
    base = _ranks(space, packages, weights)
    least, most = list(base), list(base)
    hangs: list[list[tuple[str, str]]] = [[] for _ in packages]
    for pair in weights:
        for factor in FACTORS:
            ranks = _ranks(space, packages, {**weights, pair: weights[pair] * factor})
            for place, rank in enumerate(ranks):
                least[place], most[place] = min(least[place], rank), max(most[place], rank)
                if rank != base[place] and pair not in hangs[place]:
                    hangs[place].append(pair)
    found = []
    for place, package in enumerate(packages):
        shares = _shares(space, package, weights)
        worst = min(shares.values(), default=0.0)
        found.append(
            WeighedPackage(
                package, shares, worst, base[place], least[place], most[place], tuple(hangs[place]), weighed_by
            )
        )
    return sorted(found, key=lambda one: one.rank)


def _ranks(space: DealSpace, packages: Sequence[Package], weights: Weights) -> list[int]:
    worth = [round(min(_shares(space, one, weights).values(), default=0.0), 9) for one in packages]
    return [1 + sum(1 for other in worth if other > each) for each in worth]


def _shares(space: DealSpace, package: Package, weights: Weights) -> dict[str, float]:
    shares = {}
    inside = set(package.options)
    for party in space.parties:
        met = known = 0.0
        for (whose, option), weight in weights.items():
            kind = stand_in(space.stands, party, option).kind
            if whose != party or kind not in _SIDES:
                continue
            known += weight
            met += weight * ((option in inside) is (kind in SUPPORT))
        if known:
            shares[party] = met / known
    return shares


_SIDES: frozenset[StandKind] = SUPPORT | OPPOSITION
