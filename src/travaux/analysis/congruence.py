"""Who sides with whom: on which options two parties stand on the same side, and on which on opposite ones.

Sides are those of positions, so that a party that says a thing ten times counts once. A position on which the reports
disagree, one that is open, and one held formerly are on neither side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import combinations

from travaux.analysis.positions import Position
from travaux.model import Stance


@dataclass(frozen=True, slots=True)
class Pair:
    """Two parties and the options that both take a side on.

    Attributes:
        first, second: ids of the parties, in the order given.
        same, opposite: ids of the options they agree and disagree on, in the order of the positions.
    """

    first: str
    second: str
    same: tuple[str, ...]
    opposite: tuple[str, ...]

    @property
    def shared(self) -> int:
        """How many options both take a side on."""
        return len(self.same) + len(self.opposite)

    @property
    def balance(self) -> float:
        """From -1, opposite on all that both take a side on, to 1, the same on all."""
        return (len(self.same) - len(self.opposite)) / self.shared


def pairs_of(parties: Iterable[str], positions: Iterable[Position]) -> list[Pair]:
    """The pairs of parties that both take a side on some option, those with most in common first.

    Args:
        parties: ids, in the order that names the first of a pair.
        positions: as `positions_at` gives them.
    """
    sides: dict[str, dict[str, Stance]] = defaultdict(dict)
    for one in positions:
        if len(one.stances) == 1 and one.stances[0] is not Stance.OPEN:
            sides[one.party][one.option] = one.stances[0]
    found = []
    for first, second in combinations([party for party in parties if party in sides], 2):
        both = [option for option in sides[first] if option in sides[second]]
        if both:
            same = tuple(option for option in both if sides[first][option] is sides[second][option])
            found.append(Pair(first, second, same, tuple(option for option in both if option not in same)))
    return sorted(found, key=lambda pair: (-len(pair.same), len(pair.opposite)))
