"""Copies: the exact share of one report's word 3-grams that stand in another, and the passages both have.

Containment of 3-grams is measured (Broder 1997, "On the resemblance and containment of documents"), not likeness of
whole texts: one wire text in two papers that cut it differently is alike by 0.40 and contained by 0.96.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from travaux.model import SharedPassage
from travaux.provenance.wording import GRAM, Hashes, Wording, grams_of

SHORTEST_PASSAGE = 8
"""Words; shorter runs that two reports share are names, titles and set phrases."""
SOFT_GAP = 3
"""Words changed in both that do not end a passage."""
ENOUGH_UNQUOTED = 0.4
"""Where less than this share of a report stands outside quotation marks, what it quotes is compared too."""
LEAD = 0.3
"""The first part of a report in which its news stands; agencies print background again further down."""


MOST_PLACES = 8
"""Places of one 3-gram in the other report that are tried for the longest run."""


@dataclass(frozen=True, slots=True)
class Shared:
    """What two reports have word for word.

    Attributes:
        containment: 3-grams of the shorter that stand in the other, as a share of its own, 0 to 1.
        unquoted: the same over what neither puts between quotation marks; equal to it where too little is left.
        lead: the same over the first part of either report outside quotation marks, the larger of the two.
        passages: in the order of the first report.
    """

    containment: float
    unquoted: float
    lead: float
    passages: tuple[SharedPassage, ...]


def containment_of(one: Hashes, other: Hashes) -> float:
    """Share of the different 3-grams of the smaller set that are in the larger, 0 to 1; 0 where one is empty."""
    a, b = np.unique(one), np.unique(other)
    smaller = min(len(a), len(b))
    return len(np.intersect1d(a, b, assume_unique=True)) / smaller if smaller else 0.0


def shared_by(first: Wording, second: Wording) -> Shared:
    """What two reports share, exactly."""
    grams = first.grams(), second.grams()
    containment = containment_of(*grams)
    if containment == 0:
        return Shared(0.0, 0.0, 0.0, ())
    own = grams_of(first.hashes[~first.quoted]), grams_of(second.hashes[~second.quoted])
    if min(map(len, own)) < ENOUGH_UNQUOTED * min(map(len, grams)):
        own = grams
    lead = max(_lead(own[0], own[1]), _lead(own[1], own[0]))
    return Shared(containment, containment_of(*own), lead, passages_of(first, second))


def _lead(grams: Hashes, others: Hashes) -> float:
    if not len(grams):
        return 0.0
    lead = np.unique(grams[: max(1, int(len(grams) * LEAD))])
    return float(np.isin(lead, others).mean())


@dataclass(frozen=True, slots=True)
class Outline:
    """Enough of a report's words to say what `shared_by` would, but for the passages; small enough to be kept of very many.

    Attributes:
        grams, own: how many 3-grams it has, and how many outside quotation marks.
        distinct, lead: 32 bits of the latter, of all and of the first part, sorted, each once.
    """

    grams: int
    own: int
    distinct: NDArray[np.uint32]
    lead: NDArray[np.uint32]


def outline_of(wording: Wording) -> Outline:
    """The outline of a report."""
    own = grams_of(wording.hashes[~wording.quoted])
    lead = own[: max(1, int(len(own) * LEAD))]
    short, short_lead = (np.unique(one.astype(np.uint32)) for one in (own, lead))  # the lower half of each hash
    return Outline(max(0, len(wording.hashes) - GRAM + 1), len(own), short, short_lead)


def outlined(first: Outline, second: Outline) -> tuple[float, float] | None:
    """The `unquoted` and `lead` of what two reports share, hardly ever too high and never too low; None where quotes count too."""
    if min(first.own, second.own) < ENOUGH_UNQUOTED * min(first.grams, second.grams):
        return None
    smaller = min(len(first.distinct), len(second.distinct))
    if not smaller:
        return 0.0, 0.0
    shared = len(np.intersect1d(first.distinct, second.distinct, assume_unique=True)) / smaller
    leads = (np.isin(one.lead, other.distinct, assume_unique=True) for one, other in ((first, second), (second, first)))
    return shared, max(float(lead.mean()) if len(lead) else 0.0 for lead in leads)


def passages_of(first: Wording, second: Wording) -> tuple[SharedPassage, ...]:
    """Passages of eight words and more that stand in both, a few changed words inside them allowed."""
    return tuple(
        SharedPassage(
            int(first.starts[i]), int(first.ends[i + n - 1]), int(second.starts[j]), int(second.ends[j + m - 1])
        )
        for i, j, n, m in _runs(first, second)
    )


def _runs(first: Wording, second: Wording) -> list[tuple[int, int, int, int]]:
    """Runs of words in both as (place in first, place in second, length in first, length in second)."""
    grams, others = first.grams(), second.grams()
    order = np.argsort(others, kind="stable")
    at = np.searchsorted(others[order], grams)
    runs: list[tuple[int, int, int, int]] = []
    place = 0
    while place < len(grams):
        slot = int(at[place])
        if slot >= len(order) or others[order[slot]] != grams[place]:
            place += 1
            continue
        length, there = _longest(grams, others, place, order, slot)
        words = length + GRAM - 1
        if runs:
            i, j, n, m = runs[-1]
            if 0 <= place - (i + n) <= SOFT_GAP and 0 <= there - (j + m) <= SOFT_GAP:
                runs[-1] = (i, j, place + words - i, there + words - j)
                place += length
                continue
        runs.append((place, there, words, words))
        place += length
    return [run for run in runs if min(run[2:]) >= SHORTEST_PASSAGE]


def _longest(grams: Hashes, others: Hashes, place: int, order: NDArray[np.intp], slot: int) -> tuple[int, int]:
    """The longest run of equal 3-grams from a place, and where it stands in the other report."""
    best, there = 0, 0
    for candidate in order[slot : slot + MOST_PLACES]:
        if others[candidate] != grams[place]:
            break
        reach = min(len(grams) - place, len(others) - int(candidate))
        same = grams[place : place + reach] == others[candidate : candidate + reach]
        length = reach if same.all() else int(np.argmin(same))
        if length > best:
            best, there = length, int(candidate)
    return best, there
