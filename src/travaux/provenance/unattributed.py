"""What a report tells flatly while one that derives from the same text has it on an unnamed source's word.

A rewording loses "according to two people who were there" more easily than anything else, and what is left reads as a fact. Only
reports of one family are compared, sentence by sentence, by the telling words that they share.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from travaux.model import Agenda, Family, Flag, FlagKind, Report
from travaux.provenance.kindred import kin_of
from travaux.provenance.likeness import KIN, ONE_WORD
from travaux.provenance.sentences import sentences_of
from travaux.provenance.telling import Weights, telling_of
from travaux.provenance.told import Topic
from travaux.provenance.visible import flag_of
from travaux.provenance.vouching import acts_of_speech, unvouched_flags, vouched_sentences
from travaux.provenance.wording import Vocabulary, wording_of

# Chosen on the families of the gold records and of tests/provenance/stories; little changes where these are a third larger.
TOLD_AGAIN = 3.5
"""Nats that a sentence shares with the unnamed source's, what leads up to it included, from which it tells the same."""
OF_THE_CLAIM = 1.5
"""Nats of these that must come from the words of the source itself."""
OF_THE_SENTENCE = 0.25
"""Share of a sentence's own telling words, by weight, that must come from the claim and what leads up to it."""
LED_UP = 2.0
"""How many times more a sentence shares with what leads up to a claim than with the claim, from which it tells that and no more."""
SAME_TEXT = 0.95
"""Containment from which two reports print the same sentences, so that none of them loses its source."""
LEADING_UP = 2
"""Sentences of the same paragraph before the source's, which say who "it" and "the company" are."""
LONGEST_RUN = 3
"""Sentences in a row that are one flag."""


@dataclass(frozen=True, slots=True)
class _Told:
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

    def has_lost(self, number: int, source: _Told, claim: int) -> bool:
        """Whether nobody vouches in a sentence but by an act that the claim of the source is about: "Chile argued against the tax"."""
        if not self.vouched[number]:
            return True
        acts, alone = self.acts[number]
        return alone and number not in self.flat and number not in self.hidden and acts <= source.acts[claim][0]


def unattributed_flags(
    families: Iterable[Family], report: Callable[[str], Report], agenda: Agenda | None
) -> list[Flag]:
    """The flags of what members of families tell flatly, while another member has it on an unnamed source's word.

    Args:
        report: gives a report by its id.
    """
    topic, vocabulary = Topic(agenda), Vocabulary()
    found: dict[str, Flag] = {}
    for family in families:
        compared = {
            one for link in family.links if link.containment < SAME_TEXT for one in (link.first_id, link.second_id)
        }
        told = {report_id: _told(report(report_id), topic, vocabulary) for report_id in sorted(compared)}
        for link in family.links:
            if link.containment >= SAME_TEXT:
                continue
            for source, other in ((link.first_id, link.second_id), (link.second_id, link.first_id)):
                if told[other].report.name == family.original:
                    continue  # what the others are taken from loses nobody's source
                for flag in _of_pair(told[source], told[other], agenda):
                    found.setdefault(flag.id, flag)
    return sorted(found.values(), key=lambda flag: (flag.report, flag.start, flag.end))


def places_of_runs(report: Report) -> Iterator[tuple[str, int, int]]:
    """All places of a report at which `unattributed_flags` might put one: its id, start and end."""
    places = sentences_of(report)
    for number, (start, _) in enumerate(places):
        for _, end in places[number : number + LONGEST_RUN]:
            yield report.id, start, end


def _told(report: Report, topic: Topic, vocabulary: Vocabulary) -> _Told:
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
    return _Told(report, places, stems, sorted(hidden), frozenset(flat), vouched, acts_of_speech(report))


def _of_pair(source: _Told, other: _Told, agenda: Agenda | None) -> Iterator[Flag]:
    """The flags of one report by what another has on an unnamed source's word."""
    if not source.hidden or not other.places:
        return
    shared = _Shared(source, other, agenda)
    again: dict[int, int] = {}
    for claim in source.hidden:
        before = _leading_up(source, claim)
        lead = frozenset[int]().union(*source.stems[before:claim])
        alone, whole = source.stems[claim] - lead, source.stems[claim] | lead
        of_claim = [shared.by(own, alone) for own in other.stems]
        in_all = [shared.by(own, whole) for own in other.stems]
        # The words of the claim count twice, those that lead up to it once.
        nearest = max(range(len(in_all)), key=lambda number: (in_all[number] + of_claim[number], -number))
        if (
            not other.has_lost(nearest, source, claim)
            or in_all[nearest] < TOLD_AGAIN
            or of_claim[nearest] < OF_THE_CLAIM
        ):
            continue
        if in_all[nearest] < OF_THE_SENTENCE * shared.weight(other.stems[nearest]):
            continue
        # What only leads up to the claim is told on the report's own word, and may be told again so.
        leads = max((shared.by(other.stems[nearest], one) for one in source.stems[before:claim]), default=0.0)
        if leads > LED_UP * shared.by(other.stems[nearest], source.stems[claim]):
            continue
        rest = (one for number, one in enumerate(source.stems) if not before <= number <= claim)
        if in_all[nearest] > max((shared.by(other.stems[nearest], one) for one in rest), default=0.0):
            again[nearest] = claim
    number = 0
    while number < len(other.places):
        if number not in again:
            number += 1
            continue
        last = number
        while _goes_on(other, last, again) and last + 1 - number < LONGEST_RUN:
            last += 1
        start, end = source.places[again[number]]
        words = source.report.text[start:end]
        shown = words if len(words) <= 200 else f"{words[:197]}…"
        told = f"{source.report.name} has this on the word of somebody unnamed: “{shown}”"
        yield flag_of(other.report, FlagKind.NO_SOURCE, other.places[number][0], other.places[last][1], told)
        number = last + 1


def _goes_on(told: _Told, last: int, again: Mapping[int, int]) -> bool:
    """Whether the sentence behind a given one is told flatly too, in the same paragraph."""
    following = last + 1
    if following >= len(told.places) or not _is_same_paragraph(told, last):
        return False
    return following in again or following in told.flat


def _leading_up(told: _Told, first: int) -> int:
    before = first
    while before > 0 and first - before < LEADING_UP and _is_same_paragraph(told, before - 1):
        before -= 1
    return before


def _is_same_paragraph(told: _Told, number: int) -> bool:
    """Whether the sentence behind a given one stands in the same paragraph."""
    return "\n" not in told.report.text[told.places[number][1] : told.places[number + 1][0]]


class _Shared:
    """What sentences of two reports share, in nats; a word of like meaning counts `KIN`."""

    def __init__(self, first: _Told, second: _Told, agenda: Agenda | None):
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
