"""Groups by average linkage: every number in one group, and only what is alike together."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from travaux.reading.grouping import grouped


def test_what_is_alike_on_average_is_together() -> None:
    alike = np.array([[1, 0.9, 0.1, 0.0], [0.9, 1, 0.2, 0.1], [0.1, 0.2, 1, 0.8], [0.0, 0.1, 0.8, 1]])
    assert grouped(alike, 0.5) == [[0, 1], [2, 3]]
    assert grouped(alike, 0.05) == [[0, 1, 2, 3]]
    assert grouped(alike, 0.95) == [[0], [1], [2], [3]]


def test_a_chain_of_likenesses_does_not_join_its_ends() -> None:
    alike = np.array([[1, 0.8, 0.0], [0.8, 1, 0.7], [0.0, 0.7, 1]])
    assert grouped(alike, 0.5) == [[0, 1], [2]]


@given(st.integers(1, 12), st.floats(0, 1), st.randoms(use_true_random=False))
def test_every_number_is_in_one_group(count: int, least: float, source: object) -> None:
    alike = np.array([[source.random() for _ in range(count)] for _ in range(count)])  # type: ignore[attr-defined]
    alike = (alike + alike.T) / 2
    groups = grouped(alike, least)
    assert sorted(number for group in groups for number in group) == list(range(count))
    assert [len(group) for group in groups] == sorted((len(group) for group in groups), reverse=True)
    for group in groups:
        for other in groups:
            if group is not other:
                assert alike[np.ix_(group, other)].mean() < least + 1e-9
