"""Families: reports that derive from one text, copied or reworded, and which of them is probably the original.

1. wording, telling   what each report says in its own words
2. candidates         pairs worth comparing
3. links              copies by exact containment, rewordings by likeness in order; the verdict and the words that show it
4. families           reports joined by links, with the probable original where credits or dates tell

Nothing is deleted and nobody is called independent: "no link found" is all that can be said.
"""

from __future__ import annotations

from collections import OrderedDict, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from travaux.model import Agenda, Family, Kinship, Link, Report, content_id
from travaux.provenance.candidates import Pairs, Postings, all_pairs, fingerprints_of, sharing_rare_words
from travaux.provenance.copies import Shared, shared_by
from travaux.provenance.originals import Credited, credited_of, original_of
from travaux.provenance.telling import Stems, Telling, likeness_of
from travaux.provenance.wording import Vocabulary, Wording, wording_of

# The thresholds are chosen on the odd-numbered stories of tests/provenance/stories, on 289 pairs of the encoder's training
# articles about one negotiation, and on the gold records; docs/provenance.md gives what they miss on the even-numbered ones.
COPIED = 0.25
"""Containment outside quotation marks from which a report is a copy, given that the copied part holds the news."""
COPIED_LEAD = 0.4
"""How much of either report's first part must be shared: agencies print old paragraphs again below new news."""
COPIED_WHOLE = 0.8
"""Containment from which it is a copy wherever the shared part stands."""
REWORDED = 0.08
"""Likeness in a record of `ENOUGH` reports and more, where the record itself shows which words all of them use."""
REWORDED_ALONE = 0.15
"""Likeness where there are only the two; in between it falls evenly."""
ENOUGH = 5
FEWEST_WORDS = 40
"""Reports with fewer words of their own are compared for copies only: a headline is reworded by chance."""
WORTH_COMPARING = 0.15
"""Share of the shorter's telling words, by weight, that a rewording has in common with it at least."""
SMALL = 300
"""In a record of up to so many reports every pair is compared for rewording."""
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
PASSED_ON = 0.1
"""Containment from which passages that two reports share are left out before they are compared for rewording."""

Load = Callable[[str], Report]
Progress = Callable[[str, int, int], None]


@dataclass(frozen=True, slots=True)
class _Seen:
    """What is remembered of each report: not its text."""

    report_id: str
    name: str
    telling: Telling
    words: int
    credited: Credited


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
        copied: pairs worth comparing for copies, where they were found elsewhere; numbers of reports from 0 in their order.
    """
    stems, copies = Stems(agenda), Postings()
    words = _Words(load)
    seen: list[_Seen] = []
    for number, report in enumerate(reports, 1):
        if progress is not None:
            progress(report.name, number, 0)
        wording = wording_of(report, words.vocabulary)
        if copied is None:
            copies.add(fingerprints_of(wording.hashes))
        telling = stems.telling_of(report, wording)
        seen.append(_Seen(report.id, report.name, telling, len(wording.words), credited_of(report)))
    joined = _Joined(len(seen))
    links = [*_copied(seen, copies.pairs(LEAST_SHARED) if copied is None else copied, words, joined)]
    links += _reworded(seen, stems, words, joined)
    return _families(seen, joined, links)


# --------------------------------------------------------------------------------------------------------- 3: links


def copied_link(first: Report, second: Report, shared: Shared) -> Link | None:
    """The link of two reports that share passages, or None where these show nothing.

    1. "copy shown": a quarter of the shorter report's runs of three words stand in the other, outside quotation marks, and the
       news is among them; or nearly all of them do.
    2. "shared origin likely": a tenth of them do, the news among them.
    3. Old paragraphs that an agency prints again below new ones, and words that both quote, are no link.
    """
    with_news = shared.lead >= COPIED_LEAD
    if shared.unquoted >= COPIED_WHOLE or (shared.unquoted >= COPIED and with_news):
        kinship = Kinship.COPY
    elif shared.unquoted >= PASSED_ON and with_news:
        kinship = Kinship.ORIGIN
    else:
        return None
    longest = max((one.end - one.start for one in shared.passages), default=0)
    said = (
        f"{round(100 * shared.containment)} in 100 of the shorter report's runs of three words stand in the other; "
        f"{len(shared.passages)} shared {'passage' if len(shared.passages) == 1 else 'passages'}, "
        f"the longest of {longest} characters."
    )
    return _link(first, second, kinship, shared, 0.0, said)


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


def _copied(seen: Sequence[_Seen], pairs: Pairs, words: _Words, joined: _Joined) -> Iterator[Link]:
    for i, j in pairs.tolist():
        if joined.well_knit(i, j):
            continue
        (first, one), (second, other) = words.of(seen[i]), words.of(seen[j])
        link = copied_link(first, second, shared_by(one, other))
        if link is not None:
            joined.join(i, j)
            yield link


def _reworded(seen: Sequence[_Seen], stems: Stems, words: _Words, joined: _Joined) -> Iterator[Link]:
    """Links of rewordings, between the longest reports of what copies have joined: a word in ten copies is still rare."""
    chosen = [place for place in joined.heads([one.words for one in seen]) if seen[place].words >= FEWEST_WORDS]
    distinct = [seen[place].telling.distinct for place in chosen]
    counts = np.zeros(len(stems), dtype=np.int32)
    for own in distinct:
        counts[own] += 1
    weights = stems.weights(counts, len(chosen))
    telling = weights.tolist()
    threshold = REWORDED + (REWORDED_ALONE - REWORDED) * max(0, ENOUGH - len(chosen)) / (ENOUGH - 2)
    small = len(chosen) <= SMALL
    candidates = all_pairs(len(chosen)) if small else sharing_rare_words(distinct, weights, counts, WORTH_COMPARING)
    for i, j in ((chosen[a], chosen[b]) for a, b in candidates.tolist()):
        if likeness_of(seen[i].telling, seen[j].telling, telling) < threshold:
            continue
        (first, one), (second, other) = words.of(seen[i]), words.of(seen[j])
        shared = shared_by(one, other)
        if shared.containment >= COPIED:
            continue  # old paragraphs below other news: what the agencies' follow-ups look like
        ours, theirs = seen[i].telling, seen[j].telling
        if shared.containment >= PASSED_ON:
            ours = stems.telling_of(first, one, [(passage.start, passage.end) for passage in shared.passages])
            others = sorted((passage.other_start, passage.other_end) for passage in shared.passages)
            theirs = stems.telling_of(second, other, others)
        likeness = likeness_of(ours, theirs, telling)
        news = max(likeness_of(ours.lead(), theirs, telling), likeness_of(theirs.lead(), ours, telling))
        if min(likeness, news) >= threshold and min(len(ours.stems), len(theirs.stems)) >= FEWEST_TELLING:
            joined.join(i, j)
            named = ", ".join(f"“{word}”" for word in _shared_words(one, other, ours, theirs, stems, telling))
            told = (
                f"They tell the same in the same order in other words (likeness {likeness:.2f}, from {threshold:.2f})"
            )
            yield _link(first, second, Kinship.ORIGIN, shared, likeness, f"{told}; both have {named}.")


def _shared_words(
    one: Wording, other: Wording, ours: Telling, theirs: Telling, stems: Stems, weights: Sequence[float]
) -> list[str]:
    """The most telling words two reports share, as the first has them."""
    shared = set(np.intersect1d(ours.stems, theirs.stems).tolist())
    first_with: dict[int, str] = {}
    for word in one.words:
        number = stems.number_of(word)
        if number in shared:
            first_with.setdefault(number, word)
    most_telling = sorted(first_with, key=lambda number: (-weights[number], first_with[number]))
    return [first_with[number] for number in most_telling[:WORDS_SHOWN]]


class _Words:
    """Reports with their words, loaded when they are compared; the last `KEPT` of them are kept."""

    def __init__(self, load: Load):
        self.vocabulary = Vocabulary()
        self._load = load
        self._kept: OrderedDict[str, tuple[Report, Wording]] = OrderedDict()

    def of(self, seen: _Seen) -> tuple[Report, Wording]:
        found = self._kept.get(seen.report_id)
        if found is None:
            report = self._load(seen.report_id)
            found = self._kept[seen.report_id] = report, wording_of(report, self.vocabulary)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(seen.report_id)
        return found


# ------------------------------------------------------------------------------------------------------ 4: families


class _Joined:
    """Which reports are joined so far; the head of each group is its first."""

    def __init__(self, reports: int):
        self._head = list(range(reports))
        self._size = [1] * reports

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

    def well_knit(self, one: int, other: int) -> bool:
        """Whether both are in one family so large that another link between them adds nothing."""
        head = self.head(one)
        return head == self.head(other) and self._size[head] >= WELL_KNIT

    def heads(self, lengths: Sequence[int]) -> list[int]:
        """The longest report of each group, in order."""
        longest: dict[int, int] = {}
        for place, length in enumerate(lengths):
            head = self.head(place)
            if head not in longest or length > lengths[longest[head]]:
                longest[head] = place
        return sorted(longest.values())


def _families(seen: Sequence[_Seen], joined: _Joined, links: Iterable[Link]) -> list[Family]:
    place_of = {one.report_id: place for place, one in enumerate(seen)}
    held: dict[int, list[Link]] = defaultdict(list)
    for link in links:
        held[joined.head(place_of[link.first_id])].append(link)
    members: dict[int, list[int]] = defaultdict(list)
    for place in range(len(seen)):
        if (head := joined.head(place)) in held:
            members[head].append(place)
    families = [
        _family([seen[place] for place in sorted(places, key=lambda at: seen[at].name)], held[head])
        for head, places in members.items()
    ]
    return sorted(families, key=lambda family: family.reports)


def _family(members: Sequence[_Seen], links: Sequence[Link]) -> Family:
    names, ids = tuple(one.name for one in members), tuple(one.report_id for one in members)
    original, says = original_of(names, [one.credited for one in members])
    ordered = tuple(sorted(links, key=lambda link: (link.first, link.second)))
    return Family(content_id("family", *ids), names, ids, None if original is None else names[original], ordered, says)
