"""Which reports are joined so far, while links are found."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

WELL_KNIT = 12
"""Within a family of so many reports further pairs are not compared: they add nothing."""


class Groups:
    """Which reports are joined so far; the head of each group is its first."""

    def __init__(self, ids: Sequence[str]):
        self._ids = ids
        self._head = list(range(len(ids)))
        self._size = [1] * len(ids)
        self.places = set[int]()
        """Of the reports that are joined to any other."""

    def head(self, place: int) -> int:
        while self._head[place] != place:
            self._head[place] = self._head[self._head[place]]
            place = self._head[place]
        return place

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        if first != second:
            self._head[second] = first
            self._size[first] += self._size[second]
            self.places.update((one, other))

    def well_knit(self, one: int, other: int) -> bool:
        """Whether both are in one family so large that another link between them adds nothing."""
        head = self.head(one)
        return head == self.head(other) and self._size[head] >= WELL_KNIT

    def longest(self, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which reports are the longest of their group, of equals that with the first id; one that is joined to none is that too."""
        found = np.ones(len(lengths), dtype=bool)
        longest: dict[int, int] = {}
        for place in sorted(self.places, key=lambda one: (-int(lengths[one]), self._ids[one])):
            found[place] = False
            longest.setdefault(self.head(place), place)
        found[list(longest.values())] = True
        return found
