"""Pairs of reports worth comparing, among very many: candidates only, the exact comparison decides.

Copies are found by winnowed fingerprints (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document
fingerprinting"): two reports that share a run of `GUARANTEED` words share a fingerprint, however long each of them is, which
MinHash over whole reports cannot promise of a short copy in a long report. Rewordings are found by the rare words they share.
Time and memory grow with the number of reports: what stands in very many of them joins each only to its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from travaux.provenance.wording import Hashes

SHINGLE = 5
"""Words a fingerprint is made of."""
WINDOW = 10
"""Of so many fingerprints in a row the smallest is kept."""
GUARANTEED = SHINGLE + WINDOW - 1
"""A run of so many words that two reports share is never missed."""

CROWD = 40
"""A fingerprint or word in more reports than this joins each of them to the next ones only."""
NEIGHBOURS = 3

_MIXER = np.uint64(0x9E3779B97F4A7C15)

Pairs = NDArray[np.int32]
"""(n, 2) numbers of reports, the smaller first, each pair once, sorted."""


def fingerprints_of(hashes: Hashes) -> Hashes:
    """The fingerprints of a report's word hashes, sorted, each once; one at least where there are `SHINGLE` words."""
    count = len(hashes) - SHINGLE + 1
    if count < 1:
        return np.empty(0, dtype=np.uint64)
    rolled = np.zeros(count, dtype=np.uint64)
    for place in range(SHINGLE):
        rolled = (rolled ^ (rolled >> np.uint64(31))) * _MIXER + hashes[place : place + count]
    rolled = (rolled ^ (rolled >> np.uint64(29))) * _MIXER
    if count <= WINDOW:
        return np.array([rolled.min()])
    smallest: Hashes = np.unique(np.lib.stride_tricks.sliding_window_view(rolled, WINDOW).min(axis=1))
    return smallest


class Postings:
    """Which reports have which keys; filled report by report, then asked once for the pairs that share some."""

    def __init__(self) -> None:
        self._keys: list[NDArray[np.uint64]] = []

    def add(self, keys: NDArray[np.uint64]) -> None:
        """The next report's keys, each once."""
        self._keys.append(keys)

    def pairs(self, share: float = 0.0, fewest: int = 1) -> Pairs:
        """Pairs of reports that share keys; crowds count their neighbours only.

        Args:
            share: of the smaller number of keys that must be shared at least; fewest: keys that must be.
        """
        lengths = np.array([len(keys) for keys in self._keys], dtype=np.int64)
        keys = np.concatenate([*self._keys, np.empty(0, dtype=np.uint64)])
        owners = np.repeat(np.arange(len(lengths), dtype=np.int32), lengths)
        self._keys = []
        order = np.argsort(keys, kind="stable")
        keys, owners = keys[order], owners[order]
        del order
        cuts = np.flatnonzero(np.diff(keys)) + 1
        starts, ends = np.append(0, cuts), np.append(cuts, len(keys))
        del keys
        sizes = ends - starts
        shared = sizes > 1
        starts, sizes = starts[shared], sizes[shared]
        found, counts = pairs_within(owners, starts, sizes)
        wanted = np.maximum(share * lengths[found].min(axis=1, initial=2**62), fewest)
        kept: Pairs = found[counts >= wanted]
        return kept


def pairs_within(
    owners: NDArray[np.int32], starts: NDArray[np.intp], sizes: NDArray[np.intp]
) -> tuple[Pairs, NDArray[np.int32]]:
    """Pairs of reports in lists of those that share a key, and how many keys each pair shares; crowds count their neighbours only.

    Args:
        owners: (n,) numbers of reports, list after list, rising in each. starts, sizes: where each list begins, and its length.
    """
    return counted(_joined(owners, starts, sizes, apart) for apart in range(1, CROWD))


def _joined(
    owners: NDArray[np.int32], starts: NDArray[np.intp], sizes: NDArray[np.intp], apart: int
) -> NDArray[np.int64]:
    """Pairs that stand so far apart in the lists of reports with one key, as one number each."""
    chosen = (sizes > apart) & ((sizes <= CROWD) | (apart <= NEIGHBOURS))
    counts = sizes[chosen] - apart
    if not len(counts):
        return np.empty(0, dtype=np.int64)
    first = np.repeat(starts[chosen] - np.append(0, np.cumsum(counts)[:-1]), counts) + np.arange(counts.sum())
    joined: NDArray[np.int64] = owners[first].astype(np.int64) << 32 | owners[first + apart]
    return joined


def counted(joined: Iterable[NDArray[np.int64]]) -> tuple[Pairs, NDArray[np.int32]]:
    """Pairs given as numbers, each once with how often it was given."""
    numbers, counts = np.unique(np.concatenate([*joined, np.empty(0, dtype=np.int64)]), return_counts=True)
    return np.stack([numbers >> 32, numbers & 0xFFFFFFFF], axis=1).astype(np.int32), counts.astype(np.int32)


def all_pairs(reports: int) -> Pairs:
    """Every pair of so many reports."""
    first, second = np.triu_indices(reports, 1)
    pairs: Pairs = np.stack([first, second], axis=1).astype(np.int32)
    return pairs


def sharing_rare_words(
    stems: Sequence[NDArray[np.int32]], weights: NDArray[np.float64], counts: NDArray[np.int32], share: float
) -> Pairs:
    """Pairs of reports that share rare words worth a share of what the report with less to tell tells.

    Args:
        stems: the different stems of each report, sorted. weights, counts: (stems,) of each stem, see `Stems.weights`.
    """
    postings = Postings()
    totals = np.array([float(weights[own].sum()) for own in stems])
    rare = (counts >= 2) & (counts <= CROWD)
    for own in stems:
        postings.add(own[rare[own]].astype(np.uint64))
    found = postings.pairs(fewest=FEWEST_RARE)
    kept = [
        float(weights[np.intersect1d(stems[i], stems[j], assume_unique=True)].sum())
        >= share * min(totals[i], totals[j])
        for i, j in found.tolist()
    ]
    worth: Pairs = found[np.array(kept, dtype=bool)]
    return worth


FEWEST_RARE = 3
"""Rare words that two reports must share to be compared as rewordings where the record is too large to compare all pairs."""
