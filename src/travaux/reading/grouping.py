"""Groups of things that are alike, by average linkage, and how alike two phrases are for it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from travaux.reading.table_model import TableModel


def grouped(likeness: NDArray[np.float64], least: float) -> list[list[int]]:
    """Groups of the numbers 0 to n - 1, each by size and number; every number is in one group.

    The two groups most alike are joined first, groups being as alike as their members are on average, until no two are
    `least` alike (Sokal and Michener 1958, "unweighted pair-group method").

    Args:
        likeness: (n, n), symmetric; the diagonal is not looked at.
    """
    alike = likeness.astype(float)
    np.fill_diagonal(alike, -np.inf)
    groups = {number: [number] for number in range(len(alike))}
    while len(groups) > 1:
        one, other = sorted(int(place) for place in np.unravel_index(alike.argmax(), alike.shape))
        if alike[one, other] < least:
            break
        sizes = len(groups[one]), len(groups[other])
        mean = (sizes[0] * alike[one] + sizes[1] * alike[other]) / sum(sizes)
        alike[one], alike[:, one] = mean, mean
        alike[one, one] = alike[other, :] = alike[:, other] = -np.inf
        groups[one] += groups.pop(other)
    return sorted((sorted(group) for group in groups.values()), key=lambda group: (-len(group), group))


def meanings(model: TableModel, phrases: Sequence[str]) -> NDArray[np.float64]:
    """(n, n) cosines of the means of the phrases' words as the encoder states them."""
    vectors = np.stack([model.option(phrase)[0][: model.width] for phrase in phrases]).astype(float)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    cosines: NDArray[np.float64] = vectors @ vectors.T
    return cosines
