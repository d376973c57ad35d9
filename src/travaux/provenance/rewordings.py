"""Links of reports that tell the same in the same order in other words."""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from travaux.model import Agenda, Kinship, Link
from travaux.provenance.candidates import LEAST_SHARED, sharing
from travaux.provenance.copies import shared_by
from travaux.provenance.groups import Groups
from travaux.provenance.likeness import Laid, Likeness, laid_out, likeness_of
from travaux.provenance.links import COPIED, link_between
from travaux.provenance.rare_words import SMALL, worth_comparing
from travaux.provenance.telling import Telling, Weights, stem_id
from travaux.provenance.traces import Traces
from travaux.provenance.wording import Wording
from travaux.provenance.words_at_hand import KEPT, Words

# Chosen as those of `links` are.
REWORDED = 0.11
"""Likeness in a record of `ENOUGH` reports and more."""
REWORDED_ALONE = 0.17
"""Likeness where there are only the two, and nothing shows which words others use of the same event; between, it falls evenly."""
ENOUGH = 4
SAYS_SO = 0.7
"""What part of that is enough where a report says of itself that it is reworded."""
STANDS_OUT, FAR = 0.035, 3.0
"""Likeness that is enough where a report says of itself that it is reworded and one other is so many times as alike to it as any
else: it has an original, and what stands out from all others is most likely that."""
WITH_THE_NEWS = 0.33
"""How well the first part must be retold, against the whole: agencies print old paragraphs again below new news."""
CLEARLY = 1.25
"""How many times as alike a report must be to be taken for what was reworded, and not one that has paragraphs of it."""
SURE = 1.5
"""How many times the likeness that is enough a link had, from which it stands without being measured again in a large record: a tenth
more reports, after which all are compared anew, change no likeness by so much."""
FEWEST_WORDS = 40
"""Reports with fewer words of their own are compared for copies only: a headline is reworded by chance."""
FEWEST_TELLING = 12
"""Telling words that must be left of either report."""
WORDS_SHOWN = 6


_AlikeTo = list[tuple[int, int, Likeness]]


def reworded(
    traces: Traces,
    new: NDArray[np.bool_] | None,
    standing: Sequence[tuple[int, int, Link]],
    agenda: Agenda | None,
    words: Words,
    joined: Groups,
) -> list[tuple[int, int, Link]]:
    """Links of rewordings, with both places; of what copies have joined the longest counts: a word in ten copies is still rare.

    Args:
        new: (reports,) which to compare with all; None for all.
        standing: links of others. Measured again are those that a few more reports may undo, and all where all pairs are compared.
        joined: by copies alone.
    """
    chosen = joined.longest(traces.words) & (traces.words >= FEWEST_WORDS)
    threshold = float(np.interp(chosen.sum(), (2, ENOUGH), (REWORDED_ALONE, REWORDED)))
    held = [one for one in standing if chosen[[one[0], one[1]]].all()]
    enough = SURE * threshold if chosen.sum() > SMALL else np.inf
    sure = [one for one in held if one[2].likeness >= enough]
    again = [(i, j) for i, j, link in held if link.likeness < enough]
    alike_to, weights = _alike(traces, chosen, new, again, agenda, words)
    stands_out = frozenset[tuple[int, int]]()
    if chosen.sum() >= ENOUGH:
        known = [(i, j, Likeness(link.likeness, 0.0, 0.0)) for i, j, link in sure]
        stands_out = _standing_out([*alike_to, *known])
        doubtful = stands_out & {
            (i, j) for i, j, likeness in alike_to if STANDS_OUT <= likeness.beyond_chance < threshold
        }
        if new is not None and (others := _not_compared_with_all(doubtful, new, traces, words)):
            more = new.copy()
            more[others] = True
            alike_to, weights = _alike(traces, chosen, more, again, agenda, words)
            stands_out = _standing_out([*alike_to, *known])
    measured = {(i, j) for i, j, _ in alike_to}
    told = list(_told_again(traces, words, alike_to, weights, threshold, stands_out))
    return _first_hand([*told, *(one for one in sure if (one[0], one[1]) not in measured)], traces)


def _alike(
    traces: Traces,
    chosen: NDArray[np.bool_],
    new: NDArray[np.bool_] | None,
    again: Sequence[tuple[int, int]],
    agenda: Agenda | None,
    words: Words,
) -> tuple[_AlikeTo, Weights]:
    """How alike reports worth comparing are, by place, and the weights of their stems."""
    pairs, weights = worth_comparing(traces.stems, chosen, new, agenda, again)
    laid = _LaidOut(words, weights)
    ids = traces.ids

    def measured(i: int, j: int) -> Likeness:
        return likeness_of(*(laid.of(one) for one in sorted((ids[i], ids[j]))))

    return [(i, j, measured(i, j)) for i, j in pairs.tolist()], weights


def _not_compared_with_all(
    stands_out: Iterable[tuple[int, int]], new: NDArray[np.bool_], traces: Traces, words: Words
) -> list[int]:
    """Those of which it is not known how alike they are to all others, where that tells and a report says that it is reworded."""
    return sorted(
        {
            place
            for pair in stands_out
            if any(words.credited_of(traces.ids[one])[1].reworded for one in pair)
            for place in pair
            if not new[place]
        }
    )


def _told_again(
    traces: Traces,
    words: Words,
    alike_to: _AlikeTo,
    weights: Weights,
    threshold: float,
    stands_out: Collection[tuple[int, int]],
) -> Iterator[tuple[int, int, Link]]:
    for i, j, likeness in alike_to:
        if not _retold(likeness, STANDS_OUT if (i, j) in stands_out else SAYS_SO * threshold):
            continue
        ours, theirs = words.telling_of(traces.ids[i]), words.telling_of(traces.ids[j])
        says_so = any(words.credited_of(traces.ids[place])[1].reworded for place in (i, j))
        least = SAYS_SO * threshold if says_so else threshold
        if says_so and (i, j) in stands_out:
            least = STANDS_OUT
        if not _retold(likeness, least) or min(len(ours.stems), len(theirs.stems)) < FEWEST_TELLING:
            continue
        (first, one), (second, other) = words.of_both(traces.ids[i], traces.ids[j])
        shared = shared_by(one, other)
        if shared.containment >= COPIED:
            continue  # old paragraphs below other news: what the agencies' follow-ups look like
        named = ", ".join(f"“{word}”" for word in _shared_words(one, ours, theirs, weights))
        alike = likeness.beyond_chance
        told = f"They tell the same in the same order in other words (likeness {alike:.2f}, from {least:.2f})"
        yield i, j, link_between(first, second, Kinship.ORIGIN, shared, alike, f"{told}; both have {named}.")


def _standing_out(alike_to: Iterable[tuple[int, int, Likeness]]) -> frozenset[tuple[int, int]]:
    """The pairs of which each report is to the other by far the most alike."""
    best: dict[int, list[tuple[float, tuple[int, int]]]] = defaultdict(list)
    for i, j, likeness in alike_to:
        for place in (i, j):
            best[place] = sorted([*best[place], (likeness.beyond_chance, (i, j))], reverse=True)[:2]
    clear = {
        (place, first[1])
        for place, (first, *others) in best.items()
        if first[0] >= FAR * max((other for other, _ in others), default=first[0])
    }
    return frozenset(pair for _, pair in clear if all((place, pair) in clear for place in pair))


def _first_hand(links: Sequence[tuple[int, int, Link]], traces: Traces) -> list[tuple[int, int, Link]]:
    """Links but for those that old paragraphs make: a rewording of a report is alike to another that prints parts of that again."""
    best: dict[int, tuple[float, str, int]] = {}
    for i, j, link in links:
        for place, other in ((i, j), (j, i)):
            best[place] = max(best.get(place, (0.0, "", -1)), (link.likeness, traces.ids[other], other))
    linked = np.zeros(len(traces), dtype=bool)
    linked[list(best)] = True
    some = sharing(traces.fingerprints, linked, share=LEAST_SHARED, among=linked).tolist() if best else []
    printed_again = {frozenset(pair) for pair in some}

    def second_hand(place: int, other: int, link: Link) -> bool:
        likeness, _, source = best[other]
        return likeness >= CLEARLY * link.likeness and frozenset((place, source)) in printed_again

    return [one for one in links if not (second_hand(*one) or second_hand(one[1], one[0], one[2]))]


def _retold(likeness: Likeness, threshold: float) -> bool:
    """Whether enough is told in the same order, and the news among it."""
    return likeness.beyond_chance >= threshold and likeness.news >= WITH_THE_NEWS * likeness.told


def _shared_words(one: Wording, ours: Telling, theirs: Telling, weights: Weights) -> list[str]:
    """The most telling words two reports share, as the first has them."""
    shared = np.intersect1d(ours.stems, theirs.stems)
    weight_of = dict(zip(shared.tolist(), weights.of(shared).tolist(), strict=True))
    first_with: dict[int, str] = {}
    for word in one.words:
        if (number := stem_id(word)) in weight_of:
            first_with.setdefault(number, word)
    most_telling = sorted(first_with, key=lambda number: (-weight_of[number], first_with[number]))
    return [first_with[number] for number in most_telling[:WORDS_SHOWN]]


class _LaidOut:
    """Reports laid out for comparison; the last `KEPT` are kept."""

    def __init__(self, words: Words, weights: Weights):
        self._words = words
        self._weights = weights
        self._kept: OrderedDict[str, Laid] = OrderedDict()

    def of(self, report_id: str) -> Laid:
        """A report, laid out."""
        found = self._kept.get(report_id)
        if found is None:
            found = self._kept[report_id] = laid_out(self._words.telling_of(report_id), self._weights)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(report_id)
        return found
