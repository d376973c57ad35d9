"""Reports worth comparing as rewordings of one another: those that share rare words, and how telling each word is among all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from travaux.model import Agenda
from travaux.provenance.candidates import CROWD, Keys, Pairs, all_pairs, sharing
from travaux.provenance.telling import Weights

WORTH_COMPARING = 0.12
"""Share of the shorter's telling words, by weight, that a rewording has in common with it at least."""
SMALL = 300
"""In a record of up to so many reports every pair is compared for rewording."""
FEWEST_RARE = 3
"""Rare words that two reports must share to be compared as rewordings where the record is too large to compare all pairs."""


def worth_comparing(
    stems: Keys,
    chosen: NDArray[np.bool_],
    new: NDArray[np.bool_] | None,
    agenda: Agenda | None,
    again: Sequence[tuple[int, int]] = (),
) -> tuple[Pairs, Weights]:
    """Pairs of reports to compare, and the weights of the stems that they have.

    Args:
        stems: of all reports, see `travaux.provenance.traces`. chosen: (reports,) which count, and may be compared.
        new: (reports,) only pairs with one of these; None for all. Where all pairs are compared anyway, that is so for old ones too:
            each report that comes changes a little which words are telling.
        again: pairs of others that are compared whatever is new.
    """
    number = int(chosen.sum())
    if number <= SMALL:
        places = np.flatnonzero(chosen).astype(np.int32)
        pairs: Pairs = places[all_pairs(number)]
        return pairs, _weights(stems, chosen, None, agenda)
    counting = None if new is None else stems.among(np.flatnonzero(new & chosen))
    known, counts = _counted(stems, chosen, counting)
    rare = known[(counts >= 2) & (counts <= CROWD)]
    found = sharing(stems, new, fewest=FEWEST_RARE, wanted=rare, among=chosen)
    if again:
        standing = np.sort(np.array(again, dtype=np.int32), axis=1)
        found = np.unique(np.concatenate([found, standing[chosen[standing].all(axis=1)]]), axis=0)
    weights = _weights(stems, chosen, None if new is None else np.unique(found), agenda)
    totals = {place: float(weights.of(stems.of(place)).sum()) for place in np.unique(found).tolist()}
    kept = [
        float(weights.of(np.intersect1d(stems.of(i), stems.of(j), assume_unique=True)).sum())
        >= WORTH_COMPARING * min(totals[i], totals[j])
        for i, j in found.tolist()
    ]
    return found[np.array(kept, dtype=bool)], weights


def _weights(
    stems: Keys, chosen: NDArray[np.bool_], places: NDArray[np.integer] | None, agenda: Agenda | None
) -> Weights:
    """Weights of the stems of some reports, by how many of those chosen have them; of all stems for None."""
    wanted = None if places is None else stems.among(places.astype(np.intp))
    return Weights(*_counted(stems, chosen, wanted), int(chosen.sum()), agenda)


def _counted(
    stems: Keys, chosen: NDArray[np.bool_], wanted: NDArray[np.uint32] | None
) -> tuple[NDArray[np.uint32], NDArray[np.int64]]:
    """In how many of the reports chosen some stems stand, or all for None; sorted."""
    if wanted is None:
        return np.unique(stems.row[np.repeat(chosen, stems.lengths)], return_counts=True)
    places, which = stems.places_of(wanted)
    counts = np.bincount(which[chosen[stems.owners_of(places)]], minlength=len(wanted))
    return wanted, counts
