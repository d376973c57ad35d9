"""The reports of one family sentence by sentence: what each tells, who vouches for it, and what two of them share."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from travaux.model import Agenda, FlagKind, Report
from travaux.provenance.kindred import kin_of
from travaux.provenance.likeness import KIN, ONE_WORD
from travaux.provenance.sentences import sentences_of
from travaux.provenance.telling import Weights, telling_of
from travaux.provenance.told import Topic
from travaux.provenance.vouching import acts_of_speech, unvouched_flags, vouched_sentences
from travaux.provenance.wording import Vocabulary, wording_of


@dataclass(frozen=True, slots=True)
class Member:
    """A report by its sentences: where they stand, the telling stems of each, and what in it is vouched for.

    Attributes:
        hidden: the sentences on an unnamed source's word. flat: those that are flagged already since nobody vouches.
        vouched: for each sentence whether somebody vouches, or it is flagged already.
        acts: for each sentence what somebody does by speaking in it, and whether nothing else vouches.
    """

    report: Report
    places: Sequence[tuple[int, int]]
    stems: Sequence[frozenset[int]]
    hidden: Sequence[int]
    flat: frozenset[int]
    vouched: Sequence[bool]
    acts: Sequence[tuple[frozenset[str], bool]]

    def has_lost(self, number: int, source: Member, claim: int) -> bool:
        """Whether nobody vouches in a sentence but by an act that the claim of the source is about: "Chile argued against the tax"."""
        if not self.vouched[number]:
            return True
        acts, alone = self.acts[number]
        return alone and number not in self.flat and number not in self.hidden and acts <= source.acts[claim][0]


def member_of(report: Report, topic: Topic, vocabulary: Vocabulary) -> Member:
    places = sentences_of(report)
    telling = telling_of(report, wording_of(report, vocabulary))
    stems = [frozenset(telling.stems[telling.sentences == number].tolist()) for number in range(len(places))]
    hidden, flat = set[int](), set[int]()
    starts = {start: number for number, (start, _) in enumerate(places)}
    ends = {end: number for number, (_, end) in enumerate(places)}
    for flag in unvouched_flags(report, topic):
        run = range(starts[flag.start], ends[flag.end] + 1)
        (hidden if flag.kind is FlagKind.ANONYMOUS_ONLY else flat).update(run)
    vouched = [is_so or number in hidden | flat for number, is_so in enumerate(vouched_sentences(report))]
    return Member(report, places, stems, sorted(hidden), frozenset(flat), vouched, acts_of_speech(report))


class SharedWords:
    """What sentences of two reports share, in nats; a word of like meaning counts `KIN`."""

    def __init__(self, first: Member, second: Member, agenda: Agenda | None):
        known = np.array(sorted(frozenset[int]().union(*first.stems, *second.stems)), dtype=np.uint32)
        weights = Weights(known, np.full(len(known), 2), 2, agenda).of(known)
        self._weights: dict[int, float] = dict(zip(known.tolist(), np.minimum(weights, ONE_WORD).tolist(), strict=True))
        self._kin: dict[int, set[int]] = {}
        for place, kin in zip(*(one.tolist() for one in kin_of(known)), strict=True):
            self._kin.setdefault(int(known[place]), set()).add(kin)

    def weight(self, stems: frozenset[int]) -> float:
        """What a sentence tells in all."""
        return math.fsum(self._weights[stem] for stem in stems)

    def by(self, own: frozenset[int], others: frozenset[int]) -> float:
        """What a sentence shares with the words of others."""
        both = own & others
        alike = [stem for stem in own - both if not others.isdisjoint(self._kin.get(stem, ()))]
        return math.fsum(self._weights[stem] for stem in both) + KIN * math.fsum(self._weights[stem] for stem in alike)
