"""Families: reports that derive from one text, copied or reworded, and which of them is probably the original.

1. wording, telling   what each report says in its own words
2. traces, candidates pairs worth comparing
3. links              copies by exact containment, rewordings by likeness in order; the verdict and the words that show it
4. families           reports joined by links, with the probable original where credits or dates tell

Nothing is deleted and nobody is called independent: "no link found" is all that can be said.

What is new in a large record is compared with all there is, by the words of all, and joined to the families that stand; what was
compared before is not compared again, though each report that comes changes a little which words are telling.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from operator import itemgetter

import numpy as np
from numpy.typing import NDArray

from travaux.model import Agenda, Family, Kinship, Link, Report, content_id
from travaux.provenance.candidates import Pairs, in_both, sharing
from travaux.provenance.copies import Outline, Shared, outline_of, outlined, shared_by
from travaux.provenance.likeness import Laid, Likeness, laid_out, likeness_of
from travaux.provenance.originals import Credited, credited_of, original_of
from travaux.provenance.rare_words import worth_comparing
from travaux.provenance.telling import Telling, Weights, stem_id, telling_of
from travaux.provenance.traces import Trace, Traces, traced
from travaux.provenance.wording import Vocabulary, Wording, wording_of

# The thresholds are chosen on the stories of tests/provenance/stories, on 483 pairs of the encoder's training articles about one
# negotiation, and on the gold records; docs/provenance.md tells how the held-out stories had a part in that.
COPIED = 0.25
"""Containment outside quotation marks from which a report is a copy, given that the copied part holds the news."""
PASSED_ON = 0.1
"""Containment from which a shared origin is likely, on the same condition."""
COPIED_LEAD = 0.4
"""How much of either report's first part must be shared: agencies print old paragraphs again below new news."""
COPIED_WHOLE = 0.8
"""Containment from which it is a copy wherever the shared part stands."""
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
FEWEST_WORDS = 40
"""Reports with fewer words of their own are compared for copies only: a headline is reworded by chance."""
FEWEST_TELLING = 12
"""Telling words that must be left of either report."""
WORDS_SHOWN = 6
KEPT = 500
"""Reports whose words are kept in memory while pairs are compared."""
WELL_KNIT = 12
"""Within a family of so many reports further pairs are not compared: they add nothing."""

LEAST_SHARED = 0.04
"""Share of the smaller number of fingerprints that two reports have in common before their words are compared: well under the
least containment that counts, since fingerprints are a sample."""

Load = Callable[[str], Report]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class Standing:
    """The families that were found before some reports came.

    Attributes:
        new: ids of the reports that came since, or are to be looked at anew.
        family_of: family by report id.
        links: the links of some families, by their ids.
    """

    new: frozenset[str]
    family_of: Mapping[str, str]
    links: Callable[[Collection[str]], Sequence[Link]]

    def families_anew(self) -> set[str]:
        """The families that have a report which is looked at anew."""
        return {self.family_of[one] for one in self.new if one in self.family_of}

    def families_reached(self, links: Iterable[Link]) -> set[str]:
        """The other families to which links lead."""
        ends = {one for link in links for one in (link.first_id, link.second_id)}
        return {self.family_of[one] for one in ends if one in self.family_of} - self.families_anew()


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
    words = _Words(load)

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
        standing: what was found before; then only the families that have new reports now are given, each whole.
        progress: told each report's name that has to be looked at, and how many that are so far (0 of how many: not known).
    """
    return _found(traces, _Words(load, progress), agenda, None, standing)


def _found(
    traces: Traces, words: _Words, agenda: Agenda | None, copied: Pairs | None, standing: Standing | None
) -> list[Family]:
    place_of = {report_id: place for place, report_id in enumerate(traces.ids)}
    joined, links, new = _Joined(len(traces)), list[Link](), None
    if standing is not None:
        new = np.zeros(len(traces), dtype=bool)
        new[[place_of[one] for one in standing.new]] = True
        links += _join_standing(joined, place_of, standing)
    pairs = sharing(traces.fingerprints, new, share=LEAST_SHARED)
    links += _copied(traces, pairs if copied is None else in_both(pairs, copied), words, joined)
    for i, j, link in _first_hand(list(_reworded(traces, new, agenda, words, joined)), pairs):
        joined.join(i, j)
        links.append(link)
    if standing is not None:
        links += standing.links(standing.families_reached(links))
    return _families(place_of, words, joined, links)


def _join_standing(joined: _Joined, place_of: Mapping[str, int], standing: Standing) -> list[Link]:
    """Join what stands. Families with a report that is looked at anew hold by their other links alone, which are given."""
    anew = standing.families_anew()
    first: dict[str, int] = {}
    for report_id, family in standing.family_of.items():
        if family not in anew:
            joined.join(first.setdefault(family, place_of[report_id]), place_of[report_id])
    links = [link for link in standing.links(anew) if standing.new.isdisjoint((link.first_id, link.second_id))]
    for link in links:
        joined.join(place_of[link.first_id], place_of[link.second_id])
    return links


# --------------------------------------------------------------------------------------------------------- 3: links


def copied_link(first: Report, second: Report, shared: Shared) -> Link | None:
    """The link of two reports that share passages, or None where these show nothing.

    1. "copy shown": a quarter of the shorter report's runs of three words stand in the other, outside quotation marks, and the
       news is among them; or nearly all of them do.
    2. "shared origin likely": a tenth of them do, the news among them.
    3. Old paragraphs that an agency prints again below new ones, and words that both quote, are no link.
    """
    kinship = _kinship(shared.unquoted, shared.lead)
    if kinship is Kinship.NONE:
        return None
    longest = max((one.end - one.start for one in shared.passages), default=0)
    said = (
        f"{round(100 * shared.containment)} in 100 of the shorter report's runs of three words stand in the other; "
        f"{len(shared.passages)} shared {'passage' if len(shared.passages) == 1 else 'passages'}, "
        f"the longest of {longest} characters."
    )
    return _link(first, second, kinship, shared, 0.0, said)


def _kinship(unquoted: float, lead: float) -> Kinship:
    with_news = lead >= COPIED_LEAD
    if unquoted >= COPIED_WHOLE or (unquoted >= COPIED and with_news):
        return Kinship.COPY
    return Kinship.ORIGIN if unquoted >= PASSED_ON and with_news else Kinship.NONE


def _link(first: Report, second: Report, kinship: Kinship, shared: Shared, likeness: float, says: str) -> Link:
    return Link(
        first.name,
        first.id,
        second.name,
        second.id,
        kinship,
        round(shared.containment, 4),
        round(likeness, 4),
        shared.passages,
        says,
    )


def _copied(traces: Traces, pairs: Pairs, words: _Words, joined: _Joined) -> Iterator[Link]:
    for i, j in pairs.tolist():
        if joined.well_knit(i, j):
            continue
        found = outlined(words.outline_of(traces.ids[i]), words.outline_of(traces.ids[j]))
        if found is not None and _kinship(*found) is Kinship.NONE:
            continue  # most pairs: told without their texts
        (first, one), (second, other) = words.of_both(traces.ids[i], traces.ids[j])
        link = copied_link(first, second, shared_by(one, other))
        if link is not None:
            joined.join(i, j)
            yield link


def _reworded(
    traces: Traces, new: NDArray[np.bool_] | None, agenda: Agenda | None, words: _Words, joined: _Joined
) -> Iterator[tuple[int, int, Link]]:
    """Links of rewordings, with both places; of what copies have joined the longest counts: a word in ten copies is still rare."""
    chosen = joined.longest(traces.words) & (traces.words >= FEWEST_WORDS)
    threshold = float(np.interp(chosen.sum(), (2, ENOUGH), (REWORDED_ALONE, REWORDED)))
    pairs, weights = worth_comparing(traces.stems, chosen, new, agenda)
    laid = _LaidOut(words, weights)
    alike_to = [(i, j, likeness_of(laid.of(traces.ids[i]), laid.of(traces.ids[j]))) for i, j in pairs.tolist()]
    stands_out = _standing_out(alike_to) if chosen.sum() >= ENOUGH else frozenset()
    for i, j, likeness in alike_to:
        if not _retold(likeness, STANDS_OUT if (i, j) in stands_out else SAYS_SO * threshold):
            continue
        ours, theirs = words.telling_of(traces.ids[i]), words.telling_of(traces.ids[j])
        says_so = [place for place in (i, j) if words.credited_of(traces.ids[place])[1].reworded]
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
        yield i, j, _link(first, second, Kinship.ORIGIN, shared, alike, f"{told}; both have {named}.")


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


def _first_hand(links: Sequence[tuple[int, int, Link]], sharing: Pairs) -> list[tuple[int, int, Link]]:
    """Links but for those that old paragraphs make: a rewording of a report is alike to another that prints parts of that again."""
    best: dict[int, tuple[float, int]] = {}
    for i, j, link in links:
        for place, other in ((i, j), (j, i)):
            best[place] = max(best.get(place, (0.0, -1)), (link.likeness, other))
    some = sharing[np.isin(sharing, list(best)).all(axis=1)].tolist() if best else []
    printed_again = {frozenset(pair) for pair in some}

    def second_hand(place: int, other: int, link: Link) -> bool:
        likeness, source = best[other]
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


class _Words:
    """Reports with their words, loaded when they are compared; the last `KEPT` are kept, and what is small of all of them."""

    def __init__(self, load: Load, progress: Progress | None = None):
        self._vocabulary = Vocabulary()
        self._load = load
        self._progress = progress
        self._loaded = 0
        self._kept: OrderedDict[str, tuple[Report, Wording]] = OrderedDict()
        self._telling: dict[str, Telling] = {}
        self._outlines: dict[str, Outline] = {}
        self._credited: dict[str, tuple[str, Credited]] = {}

    def trace_of(self, report: Report) -> Trace:
        """The trace of a report that is looked at; what it tells, and what it says of its origin, is kept."""
        self._credited[report.id] = report.name, credited_of(report)
        wording = wording_of(report, self._vocabulary)
        telling = self._telling[report.id] = telling_of(report, wording)
        self._outlines[report.id] = outline_of(wording)
        return traced(report, wording, telling)

    def of(self, report_id: str) -> tuple[Report, Wording]:
        """A report and its words."""
        found = self._kept.get(report_id)
        if found is None:
            report = self._load(report_id)
            self._loaded += 1
            if self._progress is not None:
                self._progress(report.name, self._loaded, 0)
            found = self._kept[report_id] = report, wording_of(report, self._vocabulary)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(report_id)
        return found

    def of_both(self, one: str, other: str) -> list[tuple[Report, Wording]]:
        """Two reports and their words, by name."""
        return sorted((self.of(one), self.of(other)), key=lambda held: held[0].name)

    def telling_of(self, report_id: str) -> Telling:
        """What a report tells."""
        found = self._telling.get(report_id)
        if found is None:
            found = self._telling[report_id] = telling_of(*self.of(report_id))
        return found

    def outline_of(self, report_id: str) -> Outline:
        """The outline of a report's words."""
        found = self._outlines.get(report_id)
        if found is None:
            found = self._outlines[report_id] = outline_of(self.of(report_id)[1])
        return found

    def credited_of(self, report_id: str) -> tuple[str, Credited]:
        """The name of a report, and what it says of its origin."""
        found = self._credited.get(report_id)
        if found is None:
            kept = self._kept.get(report_id)
            report = self._load(report_id) if kept is None else kept[0]
            found = self._credited[report_id] = report.name, credited_of(report)
        return found


class _LaidOut:
    """Reports laid out for comparison; the last `KEPT` are kept."""

    def __init__(self, words: _Words, weights: Weights):
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


# ------------------------------------------------------------------------------------------------------ 4: families


class _Joined:
    """Which reports are joined so far; the head of each group is its first."""

    def __init__(self, reports: int):
        self._head = list(range(reports))
        self._size = [1] * reports
        self.places = set[int]()
        """Of the reports that are joined to any other."""

    def head(self, place: int) -> int:
        while self._head[place] != place:
            self._head[place] = self._head[self._head[place]]
            place = self._head[place]
        return place

    def join(self, one: int, other: int) -> None:
        first, second = sorted((self.head(one), self.head(other)))
        if first != second:
            self._head[second] = first
            self._size[first] += self._size[second]
            self.places.update((one, other))

    def well_knit(self, one: int, other: int) -> bool:
        """Whether both are in one family so large that another link between them adds nothing."""
        head = self.head(one)
        return head == self.head(other) and self._size[head] >= WELL_KNIT

    def longest(self, lengths: NDArray[np.int64]) -> NDArray[np.bool_]:
        """Which reports are the longest of their group, of equals the first; one that is joined to none is that too."""
        found = np.ones(len(lengths), dtype=bool)
        longest: dict[int, int] = {}
        for place in sorted(self.places):
            found[place] = False
            head = self.head(place)
            if head not in longest or lengths[place] > lengths[longest[head]]:
                longest[head] = place
        found[list(longest.values())] = True
        return found


def _families(place_of: Mapping[str, int], words: _Words, joined: _Joined, links: Iterable[Link]) -> list[Family]:
    ids = list(place_of)
    held: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        held[joined.head(place_of[link.first_id])].append(link)
    members: dict[int, list[str]] = defaultdict(list)
    for place in sorted(joined.places):
        if (head := joined.head(place)) in held:
            members[head].append(ids[place])
    families = [_family(own, words, held[head]) for head, own in members.items()]
    return sorted(families, key=lambda family: family.reports)


def _family(members: Sequence[str], words: _Words, links: Sequence[Link]) -> Family:
    told = sorted(((*words.credited_of(report_id), report_id) for report_id in members), key=itemgetter(0))
    names, ids = tuple(name for name, _, _ in told), tuple(report_id for _, _, report_id in told)
    original, says = original_of(names, [credited for _, credited, _ in told])
    ordered = tuple(sorted(links, key=lambda link: (link.first, link.second)))
    return Family(content_id("family", *ids), names, ids, None if original is None else names[original], ordered, says)
