"""What a report tells flatly while one that derives from the same text has it on an unnamed source's word.

A rewording loses "according to two people who were there" more easily than anything else, and what is left reads as a fact. Only
reports of one family are compared, sentence by sentence, by the telling words that they share.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from travaux.model import Agenda, Family, Flag, FlagKind, Report
from travaux.provenance.only_reworded import told_alone
from travaux.provenance.sentences import sentences_of
from travaux.provenance.told import Topic
from travaux.provenance.told_in_family import Member, SharedWords, member_of
from travaux.provenance.visible import flag_of
from travaux.provenance.wording import Vocabulary

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
        told = {report_id: member_of(report(report_id), topic, vocabulary) for report_id in sorted(compared)}
        for link in family.links:
            if link.containment >= SAME_TEXT:
                continue
            for source, other in ((link.first_id, link.second_id), (link.second_id, link.first_id)):
                if told[other].report.name == family.original:
                    continue  # what the others are taken from loses nobody's source
                for flag in _of_pair(told[source], told[other], agenda):
                    found.setdefault(flag.id, flag)
        for flag in told_alone(told, family.links, agenda):
            found.setdefault(flag.id, flag)
    return sorted(found.values(), key=lambda flag: (flag.report, flag.start, flag.end))


def places_of_runs(report: Report) -> Iterator[tuple[str, int, int]]:
    """All places of a report at which `unattributed_flags` might put one: its id, start and end."""
    places = sentences_of(report)
    for number, (start, _) in enumerate(places):
        for _, end in places[number : number + LONGEST_RUN]:
            yield report.id, start, end


def _of_pair(source: Member, other: Member, agenda: Agenda | None) -> Iterator[Flag]:
    """The flags of one report by what another has on an unnamed source's word."""
    if not source.hidden or not other.places:
        return
    shared = SharedWords(source, other, agenda)
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


def _goes_on(told: Member, last: int, again: Mapping[int, int]) -> bool:
    """Whether the sentence behind a given one is told flatly too, in the same paragraph."""
    following = last + 1
    if following >= len(told.places) or not _is_same_paragraph(told, last):
        return False
    return following in again or following in told.flat


def _leading_up(told: Member, first: int) -> int:
    before = first
    while before > 0 and first - before < LEADING_UP and _is_same_paragraph(told, before - 1):
        before -= 1
    return before


def _is_same_paragraph(told: Member, number: int) -> bool:
    """Whether the sentence behind a given one stands in the same paragraph."""
    return "\n" not in told.report.text[told.places[number][1] : told.places[number + 1][0]]
