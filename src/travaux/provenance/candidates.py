"""Pairs of reports worth comparing, among very many: candidates only, the exact comparison decides.

Copies are found by winnowed fingerprints (Schleimer, Wilkerson and Aiken 2003, "Winnowing: local algorithms for document
fingerprinting"): two reports that share a run of `GUARANTEED` words share a fingerprint, however long each of them is, which
MinHash over whole reports cannot promise of a short copy in a long report. Rewordings are found by the rare words they share.
Time and memory grow with the number of reports: what stands in very many of them joins each only to its neighbours.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence, Sized
from dataclasses import dataclass
from typing import Any

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

LEAST_SHARED = 0.04
"""Share of the smaller number of fingerprints that two reports have in common before their words are compared: well under the
least containment that counts, since fingerprints are a sample."""

SOME = 20_000
"""Keys wanted of very many that are first looked for by their last bits: with more of them, most bits are some key's."""
LAST_BITS = 1 << 16
"""How many different last bits there are."""

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


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of many reports in one row: report n has ``row[starts[n]:starts[n + 1]]``, each once.

    Attributes:
        row: (keys,) of any unsigned kind. starts: (reports + 1,) rising from 0.
    """

    row: NDArray[Any]
    starts: NDArray[np.intp]

    @classmethod
    def of_each(cls, keys: Sequence[NDArray[Any]], kind: type[np.unsignedinteger[Any]]) -> Keys:
        """The keys of report after report."""
        row = np.concatenate([*keys, np.empty(0, dtype=kind)]).astype(kind, copy=False)
        return cls(row, _starts(keys))

    @classmethod
    def of_bytes(cls, keys: Sequence[bytes], kind: str) -> Keys:
        """The same from bytes; kind: of the numbers in them, as numpy names it."""
        row = np.frombuffer(b"".join(keys), dtype=kind)
        return cls(row.astype(row.dtype.newbyteorder("="), copy=False), _starts(keys) // row.itemsize)

    def of(self, number: int) -> NDArray[Any]:
        """The keys of one report."""
        return self.row[self.starts[number] : self.starts[number + 1]]

    def among(self, numbers: NDArray[np.intp]) -> NDArray[Any]:
        """The keys of some reports, each once, sorted."""
        return np.unique(np.concatenate([*(self.of(number) for number in numbers.tolist()), self.row[:0]]))

    @property
    def lengths(self) -> NDArray[np.int64]:
        """(reports,) how many keys each has."""
        return np.diff(self.starts).astype(np.int64)

    def places_of(self, wanted: NDArray[Any]) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
        """Where some keys stand in the row, rising, and which of them stands there.

        Args:
            wanted: sorted, each once.
        """
        if not len(wanted):
            return np.empty(0, dtype=np.intp), np.empty(0, dtype=np.intp)
        if len(wanted) < SOME:
            # Most keys of a large record are none of a few: their last bits tell, without a search for each.
            last = wanted.dtype.type(LAST_BITS - 1)
            ends = np.zeros(LAST_BITS, dtype=bool)
            ends[(wanted & last).astype(np.intp)] = True
            places = np.flatnonzero(ends[(self.row & last).astype(np.intp)])
        else:
            places = np.arange(len(self.row))
        held = self.row[places]
        which = np.minimum(np.searchsorted(wanted, held), len(wanted) - 1)
        there = wanted[which] == held
        return places[there], which[there]

    def owners_of(self, places: NDArray[np.intp]) -> NDArray[np.int32]:
        """The reports whose keys stand at some places of the row."""
        return (np.searchsorted(self.starts, places, side="right") - 1).astype(np.int32)


def _starts(keys: Sequence[Sized]) -> NDArray[np.intp]:
    return np.append(0, np.cumsum(list(map(len, keys)), dtype=np.intp)).astype(np.intp)


def sharing(
    keys: Keys,
    new: NDArray[np.bool_] | None = None,
    *,
    share: float = 0.0,
    fewest: int = 1,
    wanted: NDArray[Any] | None = None,
    among: NDArray[np.bool_] | None = None,
) -> Pairs:
    """Pairs of reports that share keys; crowds count their neighbours only.

    Args:
        new: (reports,) only pairs with one of these; None for all.
        share: of the smaller number of keys that must be shared at least; fewest: keys that must be.
        wanted: the keys that count, sorted, each once; None for all. among: (reports,) which count at all; None for all.
    """
    if wanted is None and new is not None:
        wanted = keys.among(np.flatnonzero(new))
    places, which = (np.arange(len(keys.row)), keys.row) if wanted is None else keys.places_of(wanted)
    order = np.argsort(which, kind="stable")
    owners, which = keys.owners_of(places[order]), which[order]
    if among is not None:
        owners, which = owners[among[owners]], which[among[owners]]
    first = np.ones(len(which), dtype=bool)
    first[1:] = which[1:] != which[:-1]
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, len(owners)))
    found, counts = pairs_within(owners, starts[sizes > 1], sizes[sizes > 1])
    least = np.maximum(share * keys.lengths[found].min(axis=1, initial=2**62), fewest)
    kept = counts >= least
    if new is not None:
        kept &= new[found].any(axis=1)
    pairs: Pairs = found[kept]
    return pairs


def in_both(one: Pairs, other: Pairs) -> Pairs:
    """The pairs that are among one and the other."""
    found: Pairs = one[np.isin(_numbered(one[:, 0], one[:, 1]), _numbered(other[:, 0], other[:, 1]))]
    return found


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
    return _numbered(owners[first], owners[first + apart])


def _numbered(first: NDArray[np.int32], second: NDArray[np.int32]) -> NDArray[np.int64]:
    """Pairs as one number each; `counted` takes them apart."""
    numbers: NDArray[np.int64] = first.astype(np.int64) << 32 | second
    return numbers


def counted(joined: Iterable[NDArray[np.int64]]) -> tuple[Pairs, NDArray[np.int32]]:
    """Pairs given as numbers, each once with how often it was given."""
    numbers, counts = np.unique(np.concatenate([*joined, np.empty(0, dtype=np.int64)]), return_counts=True)
    return np.stack([numbers >> 32, numbers & 0xFFFFFFFF], axis=1).astype(np.int32), counts.astype(np.int32)


def all_pairs(reports: int) -> Pairs:
    """Every pair of so many reports."""
    first, second = np.triu_indices(reports, 1)
    pairs: Pairs = np.stack([first, second], axis=1).astype(np.int32)
    return pairs
