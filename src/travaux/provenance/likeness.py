"""Likeness: whether two reports tell the same in the same order, whatever their words; how rewordings are told.

A rewording goes through its original sentence by sentence. Who reports the same event from elsewhere has its names and figures
too, but in an order of his own. So

1. each two sentences are compared by the words they share, or have of like meaning; what a sentence shares with others of the
   other report as well says nothing of this one;
2. each sentence of the shorter report is laid beside one of the longer, in order;
3. what that comes to is compared with what the same sentences come to in orders of chance. Words that both reports use anywhere
   count on both sides and cancel out, whether they come from the event, the record or the language.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from random import Random
from statistics import fmean, pstdev

import numpy as np
from numpy.typing import NDArray

from travaux.provenance.kindred import kin_of
from travaux.provenance.telling import StemIds, Telling, Weights

# Chosen on the stories of tests/provenance/stories, the encoder's training articles and the gold records; the figures
# there change little where these are a third smaller or larger.
ONE_WORD = 3.0
"""Nats that one word counts at most: however rare it is, it makes no sentence retold."""
KIN = 0.5
"""What a word counts for which the other sentence has another of like meaning, of the plainer's weight."""
SAID = 4.0
"""Nats that two sentences share beyond others from which it is likely that they say the same."""
SHARPNESS = 2.0
"""Less than that counts less than its part."""
MANY = 8
"""Sentences of the shorter report from which each may retell two of the longer that follow one another, as in a summary."""
ORDERS = 32
"""Orders of chance with which the true one is compared."""
DEVIATIONS = 1.0
"""How many of their standard deviations are taken for chance as well: few sentences stand in order by accident."""
MOST_SENTENCES = 500
"""Sentences of a report that are compared, from its first: what is reworded is an article and no book."""


@dataclass(frozen=True, slots=True, eq=False)
class Laid:
    """What a report tells, laid out by sentence for comparison; a sentence that it repeats counts once.

    Attributes:
        stems: the different ones, sorted. weights: of each, in nats, `ONE_WORD` at most.
        holds: (sentences, stems) 1 where a sentence has the stem.
        extent: (sentences,) how much each counts.
        lead: of how many sentences its first part consists.
        kin_of, kin: places of stems, and for each the id of a stem of like meaning.
        told: the stems of each sentence in order, as bytes.
    """

    stems: StemIds
    weights: NDArray[np.float64]
    holds: NDArray[np.float64]
    extent: NDArray[np.float64]
    lead: int
    kin_of: NDArray[np.intp]
    kin: StemIds
    told: tuple[bytes, ...]


def laid_out(telling: Telling, weights: Weights) -> Laid:
    """What a report tells, for comparison."""
    cuts = [0, *(np.flatnonzero(np.diff(telling.sentences)) + 1).tolist(), len(telling.stems)]
    lead = len(telling.lead().stems)
    sentences = dict[bytes, StemIds]()
    leading = 0
    for start, end in pairwise(cuts if len(telling.stems) else [0]):
        own = telling.stems[start:end]
        sentences.setdefault(own.tobytes(), own)
        if start < lead:
            leading = len(sentences)
    kept = list(sentences.values())[:MOST_SENTENCES]
    stems = np.unique(np.concatenate([np.empty(0, dtype=np.uint32), *kept]))
    holds = np.zeros((len(kept), len(stems)))
    for row, own in zip(holds, kept, strict=True):
        row[np.searchsorted(stems, own)] = 1.0
    extent = np.sqrt([float(len(own)) for own in kept])
    return Laid(
        stems,
        np.minimum(weights.of(stems), ONE_WORD),
        holds,
        extent,
        leading,
        *kin_of(stems),
        tuple(sentences)[:MOST_SENTENCES],
    )


@dataclass(frozen=True, slots=True)
class Likeness:
    """How much of what the shorter of two reports tells the other tells in the same order.

    Attributes:
        beyond_chance: what it comes to beyond what orders of chance do, `DEVIATIONS` included, as a share of what it could come
            to, 0 to 1 (as Cohen's kappa, 1960, corrects agreement for chance).
        told, news: what it comes to with chance, in all and of the first part of either report, the larger of the two, 0 to 1.
    """

    beyond_chance: float
    told: float
    news: float


NO_LIKENESS = Likeness(0.0, 0.0, 0.0)


def likeness_of(first: Laid, second: Laid) -> Likeness:
    """How much of what the shorter report tells is told by the longer in the same order.

    Sentences that both have to the letter are left out: headings and set phrases of a series, and what both quote.
    """
    if first.holds.sum() > second.holds.sum():
        first, second = second, first
    both = set(first.told) & set(second.told)
    rows = np.array([own not in both for own in first.told], dtype=bool)
    columns = np.array([own not in both for own in second.told], dtype=bool)
    if not rows.any() or not columns.any():
        return NO_LIKENESS
    same = _same(first, second)[rows][:, columns]
    extent, others = first.extent[rows], second.extent[columns]
    orders = _orders(len(same))
    told, *chance = _in_order(same * (extent / extent.sum())[:, None], orders).tolist()
    by_chance = fmean(chance)
    beyond = (told - by_chance - DEVIATIONS * pstdev(chance)) / (1.0 - by_chance) if by_chance < told else 0.0
    news = (
        _news(same, extent, int(rows[: first.lead].sum())),
        _news(same.T, others, int(columns[: second.lead].sum())),
    )
    return Likeness(max(beyond, 0.0), told, max(news))


def _same(first: Laid, second: Laid) -> NDArray[np.float64]:
    """(sentences, sentences) how likely it is that one of the first says what one of the second, or two there, say, 0 to 1."""
    _, ours, theirs = np.intersect1d(first.stems, second.stems, assume_unique=True, return_indices=True)
    apart = 1 if len(first.holds) < MANY else 2
    holds = second.holds if apart == 1 else np.maximum(second.holds, np.roll(second.holds, -1, axis=0))
    told = np.zeros((len(first.stems), len(holds)))
    told[ours] = first.weights[ours, None] * holds[:, theirs].T
    places = np.minimum(np.searchsorted(second.stems, first.kin), max(len(second.stems) - 1, 0))
    there = second.stems[places] == first.kin
    of, kin = first.kin_of[there], places[there]
    np.maximum.at(told, of, KIN * np.minimum(first.weights[of], second.weights[kin])[:, None] * holds[:, kin].T)
    shared: NDArray[np.float64] = first.holds @ told
    elsewhere = (_next_best(shared, apart) + _next_best(shared.T, 1).T) / 2
    return -np.expm1(-((np.maximum(shared - elsewhere, 0.0) / SAID) ** SHARPNESS))


def _next_best(shared: NDArray[np.float64], apart: int) -> NDArray[np.float64]:
    """(rows, 1) the largest of each row but for so many; 0 where there are too few to say."""
    place = shared.shape[1] - 1 - apart
    if place < 1:
        return np.zeros((len(shared), 1))
    return np.partition(shared, place, axis=1)[:, place : place + 1]


def _news(same: NDArray[np.float64], extent: NDArray[np.float64], lead: int) -> float:
    """How much of a report's first sentences the other tells in the same order, 0 to 1."""
    if not lead:
        return 0.0
    own = extent[:lead] / extent[:lead].sum()
    return float(_in_order(same[:lead] * own[:, None], np.arange(lead)[None])[0])


def _in_order(worth: NDArray[np.float64], orders: NDArray[np.intp]) -> NDArray[np.float64]:
    """(orders,) the most that rows come to, taken in an order given, each beside one column and none before its last one's."""
    best = np.zeros((len(orders), worth.shape[1]))
    for taken in orders.T:
        best = np.maximum(best, np.maximum.accumulate(best, axis=1) + worth[taken])
    reached: NDArray[np.float64] = best.max(axis=1)
    return reached


@lru_cache(maxsize=MOST_SENTENCES)
def _orders(number: int) -> NDArray[np.intp]:
    """(1 + `ORDERS`, number) the true order and some of chance, always the same."""
    chance = Random(number)
    mixed = [sorted(range(number), key=lambda _: chance.random()) for _ in range(ORDERS)]
    return np.array([list(range(number)), *mixed], dtype=np.intp)
