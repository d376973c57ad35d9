"""Score families by pairs: of all pairs of reports that are put into one family, how many belong together, and the other way round."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import combinations

from travaux.evaluation.checks import Checks
from travaux.evaluation.counting import Measured, measure_of
from travaux.model import Family

Pair = tuple[str, str]


def measured_families(checks: Checks, found: Iterable[Family]) -> list[Measured]:
    """Pairwise precision, recall and F1 of families, whatever the verdict that joins them."""
    expected = _pairs(checks.families)
    pairs = _pairs(family.reports for family in found)
    both = len(expected & pairs)
    return [Measured("families", measure_of(both, len(pairs), both, len(expected)))]


def _pairs(families: Iterable[Iterable[str]]) -> set[Pair]:
    return {pair for family in families for pair in combinations(sorted(set(family)), 2)}
