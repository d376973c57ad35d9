"""Words that a rewording puts for one another: "relinquish" for "give up", "a third" for "33", "Tehran" for "Iran".

The list (``kindred_words.toml``) is of general English; words that are close in one negotiation alone are not in it.
"""

from __future__ import annotations

import tomllib
from functools import cache
from itertools import permutations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from travaux.provenance.telling import StemIds, stem_id

KINDRED = Path(__file__).with_name("kindred_words.toml")


@cache
def _pairs() -> tuple[StemIds, StemIds]:
    """Ids of stems, sorted, and beside each that of one of its kin; plain words, which tell nothing, are left out."""
    rows = [row for rows in tomllib.loads(KINDRED.read_text(encoding="utf-8")).values() for row in rows]
    found = set[tuple[int, int]]()
    for row in rows:
        telling = {number for word in row.split() if (number := stem_id(word)) >= 0}
        found.update(permutations(telling, 2))
    stems, kin = zip(*sorted(found), strict=True)
    return np.array(stems, dtype=np.uint32), np.array(kin, dtype=np.uint32)


def kin_of(stems: StemIds) -> tuple[NDArray[np.intp], StemIds]:
    """The kin of some stems, sorted and each once: for each its place among them, and its id."""
    known, kin = _pairs()
    begins, ends = np.searchsorted(known, stems, side="left"), np.searchsorted(known, stems, side="right")
    numbers = ends - begins
    first = np.repeat(begins - np.concatenate([[0], np.cumsum(numbers)[:-1]]), numbers)
    return np.repeat(np.arange(len(stems)), numbers), kin[first + np.arange(len(first))]
