"""Families: reports that derive from one text, copied or reworded, and which of them is probably the original.

1. wording, telling   what each report says in its own words
2. traces, candidates pairs worth comparing
3. links              copies by exact containment, rewordings by likeness in order; the verdict and the words that show it
4. families           reports joined by links, with the probable original where credits or dates tell

Nothing is deleted and nobody is called independent: "no link found" is all that can be said.

What is new in a large record is compared with all there is, by the words of all, and joined to the families that stand. Copies are
joined before rewordings are looked for, and the rewordings that stand are measured again by the words of all there are now, so that
the order in which reports came does not tell.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

import numpy as np

from travaux.model import Agenda, Family, Kinship, Link, Report, content_id
from travaux.provenance.candidates import LEAST_SHARED, Pairs, in_both, sharing
from travaux.provenance.copies import outlined, shared_by
from travaux.provenance.groups import Groups
from travaux.provenance.links import copied_link, kinship_of
from travaux.provenance.originals import original_of
from travaux.provenance.rewordings import reworded
from travaux.provenance.traces import Trace, Traces
from travaux.provenance.words_at_hand import Load, Progress, Words


@dataclass(frozen=True, slots=True)
class Standing:
    """The families that were found before some reports came.

    Attributes:
        new: ids of the reports that came since, or are to be looked at anew.
        family_of: family by report id.
        links: the links of some families, by their ids.
        replaced: ids of the families that are not what they were, those that fell apart included; `families_among` puts them there.
    """

    new: frozenset[str]
    family_of: Mapping[str, str]
    links: Callable[[Collection[str]], Sequence[Link]]
    replaced: set[str] = field(default_factory=set)

    def loosened(self) -> tuple[set[str], list[Link], list[Link]]:
        """Families with a report that is new or reworded, which have to hold anew; their links of others: of copies, of rewordings."""
        loose = {self.family_of[one] for one in self.new if one in self.family_of}
        links = self.links(set(self.family_of.values()))
        loose |= {self.family_of[link.first_id] for link in links if link.likeness}
        kept = [
            link
            for link in links
            if self.family_of[link.first_id] in loose and self.new.isdisjoint((link.first_id, link.second_id))
        ]
        return loose, [link for link in kept if not link.likeness], [link for link in kept if link.likeness]


def families_of(
    reports: Iterable[Report],
    load: Load,
    agenda: Agenda | None = None,
    progress: Progress | None = None,
    copied: Pairs | None = None,
) -> list[Family]:
    """The families among reports, by the name of their first; reports without a link are in none.

    Args:
        reports: all there are, in an order that is always the same; each is looked at once and let go.
        load: a report by its id, for those worth a second look.
        agenda: names and terms that every report of the negotiation uses; they show no common origin.
        progress: told each report's name, its place, and how many there are (0: not known).
        copied: pairs that may be worth comparing for copies, where they were found elsewhere; numbers of reports from 0 in their
            order. Those are compared whose fingerprints say so too: a set phrase in very many reports makes no pairs of them all.
    """
    words = Words(load)

    def each() -> Iterator[Trace]:
        for number, report in enumerate(reports, 1):
            if progress is not None:
                progress(report.name, number, 0)
            yield words.trace_of(report)

    return _found(Traces.of(each()), words, agenda, copied, None)


def families_among(
    traces: Traces,
    load: Load,
    agenda: Agenda | None = None,
    standing: Standing | None = None,
    progress: Progress | None = None,
) -> list[Family]:
    """The families among reports whose traces are known.

    Args:
        traces: of all reports, in an order that is always the same; of a crowd that shares something each is compared with those
            next to it. load, agenda: see `families_of`.
        standing: what was found before; then only the families that have new reports or are not what they were are given, each whole.
        progress: told each report's name that has to be looked at, and how many that are so far (0 of how many: not known).
    """
    return _found(traces, Words(load, progress), agenda, None, standing)


def _found(
    traces: Traces, words: Words, agenda: Agenda | None, copied: Pairs | None, standing: Standing | None
) -> list[Family]:
    place_of = {report_id: place for place, report_id in enumerate(traces.ids)}
    joined, links = Groups(traces.ids), list[Link]()
    new, rewordings, loose = None, list[tuple[int, int, Link]](), set[str]()
    if standing is not None:
        new = np.zeros(len(traces), dtype=bool)
        new[[place_of[one] for one in standing.new]] = True
        loose, links, reworded_before = standing.loosened()
        for link in reworded_before:
            first, second = sorted((place_of[link.first_id], place_of[link.second_id]))
            rewordings.append((first, second, link))
        _join_standing(joined, place_of, standing, loose, links)
    pairs = sharing(traces.fingerprints, new, share=LEAST_SHARED)
    links += _copied(traces, pairs if copied is None else in_both(pairs, copied), words, joined)
    for i, j, link in reworded(traces, new, rewordings, agenda, words, joined):
        joined.join(i, j)
        links.append(link)
    if standing is None:
        return _families(place_of, words, joined, links)
    ends = {one for link in links for one in (link.first_id, link.second_id)}
    reached = {standing.family_of[one] for one in ends if one in standing.family_of} - loose
    same = _as_they_were(joined, place_of, standing, loose | reached)
    standing.replaced.update((loose | reached) - same.keys())
    return _families(place_of, words, joined, [*links, *standing.links(reached - same.keys())], set(same.values()))


def _as_they_were(
    joined: Groups, place_of: Mapping[str, int], standing: Standing, families: Collection[str]
) -> dict[str, int]:
    """Families that have the reports they had, none of them new, and the heads of these."""
    had: dict[str, set[str]] = defaultdict(set)
    for report_id, family in standing.family_of.items():
        if family in families:
            had[family].add(report_id)
    have: dict[int, set[str]] = defaultdict(set)
    ids = list(place_of)
    for place in joined.places:
        have[joined.head(place)].add(ids[place])
    heads = {family: joined.head(place_of[next(iter(reports))]) for family, reports in had.items()}
    return {
        family: head
        for family, head in heads.items()
        if have[head] == had[family] and standing.new.isdisjoint(had[family])
    }


def _join_standing(
    joined: Groups, place_of: Mapping[str, int], standing: Standing, loose: Collection[str], links: Iterable[Link]
) -> None:
    """Join what stands: families whole, but for the loose ones, which hold by some links alone."""
    first: dict[str, int] = {}
    for report_id, family in standing.family_of.items():
        if family not in loose:
            joined.join(first.setdefault(family, place_of[report_id]), place_of[report_id])
    for link in links:
        joined.join(place_of[link.first_id], place_of[link.second_id])


# --------------------------------------------------------------------------------------------------------- 3: links


def _copied(traces: Traces, pairs: Pairs, words: Words, joined: Groups) -> Iterator[Link]:
    for i, j in pairs.tolist():
        if joined.well_knit(i, j):
            continue
        found = outlined(words.outline_of(traces.ids[i]), words.outline_of(traces.ids[j]))
        if found is not None and kinship_of(*found) is Kinship.NONE:
            continue  # most pairs: told without their texts
        (first, one), (second, other) = words.of_both(traces.ids[i], traces.ids[j])
        link = copied_link(first, second, shared_by(one, other))
        if link is not None:
            joined.join(i, j)
            yield link


# ------------------------------------------------------------------------------------------------------ 4: families


def _families(
    place_of: Mapping[str, int], words: Words, joined: Groups, links: Iterable[Link], but: Collection[int] = ()
) -> list[Family]:
    """The families that links make, but for those with some heads."""
    ids = list(place_of)
    held: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        if (head := joined.head(place_of[link.first_id])) not in but:
            held[head].append(link)
    members: dict[int, list[str]] = defaultdict(list)
    for place in sorted(joined.places):
        if (head := joined.head(place)) in held:
            members[head].append(ids[place])
    families = [_family(own, words, held[head]) for head, own in members.items()]
    return sorted(families, key=lambda family: family.reports)


def _family(members: Sequence[str], words: Words, links: Sequence[Link]) -> Family:
    told = sorted(((*words.credited_of(report_id), report_id) for report_id in members), key=itemgetter(0))
    names, ids = tuple(name for name, _, _ in told), tuple(report_id for _, _, report_id in told)
    original, says = original_of(names, [credited for _, credited, _ in told])
    ordered = tuple(sorted(links, key=lambda link: (link.first, link.second)))
    return Family(content_id("family", *ids), names, ids, None if original is None else names[original], ordered, says)
