"""Reports that share passages, as the text of one of them shows it: which other reports, which passages, and where there.

A passage has the same number in both reports, so that it is told apart where several stand side by side.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from travaux.model import Family, Link, SharedPassage
from travaux.record import ReportRow
from travaux.views.page.segments import Span


@dataclass(frozen=True, slots=True)
class Kin:
    """Another report of a report's family.

    Attributes:
        link: what was found between the two; None where only further reports tie them together.
        passages: what stands in both, its place in the report itself first, in the order of the link.
        is_original: the other report is the probable original of the family.
    """

    row: ReportRow
    link: Link | None
    passages: Sequence[SharedPassage]
    is_original: bool

    @property
    def shared(self) -> int:
        """Characters that stand in both."""
        return sum(one.end - one.start for one in self.passages)


@dataclass(frozen=True, slots=True)
class Twin:
    """A passage that stands in another report too, as one text marks it.

    Attributes:
        start, end: its place in this text, in code points, half open.
        number: from 1, the same in the other report.
        anchor: what it is called in the page; there: the address of the same passage in the other report.
        other: the other report's name.
    """

    start: int
    end: int
    number: int
    anchor: str
    there: str
    other: str

    @property
    def span(self) -> Span:
        """Its place, by its anchor."""
        return self.start, self.end, self.anchor


def kin_of(report_id: str, family: Family | None, rows: Mapping[str, ReportRow]) -> list[Kin]:
    """The other reports of a family: the original first, then whichever has most in common.

    Args:
        rows: the record's reports by id.
    """
    if family is None:
        return []
    links = {frozenset((link.first_id, link.second_id)): link for link in family.links}
    found = []
    for other in family.report_ids:
        if other != report_id and other in rows:
            link = links.get(frozenset((report_id, other)))
            found.append(Kin(rows[other], link, _passages(link, report_id), rows[other].name == family.original))
    return sorted(found, key=lambda one: (not one.is_original, -one.shared, one.row.name))


def nearest(kin: Iterable[Kin]) -> Kin | None:
    """The one whose passages are marked where nobody asked for another: the first that has any."""
    return next((one for one in kin if one.passages), None)


def twins(kin: Kin, anchor: str, there: str) -> list[Twin]:
    """The passages that a report shares with another one.

    Args:
        anchor: how their anchors begin; there: how the addresses of the same passages in the other report begin.
    """
    return [
        Twin(one.start, one.end, number, f"{anchor}-{number}", f"{there}-{number}", kin.row.name)
        for number, one in enumerate(kin.passages, 1)
    ]


@dataclass(frozen=True, slots=True)
class Paired:
    """The passages of one report on a page that holds all reports.

    Attributes:
        twins: those shared with its nearest kin, each leading there.
        anchors: those that another report leads to.
    """

    twins: Sequence[Twin]
    anchors: Sequence[Span]


def paired(kin: Mapping[str, Sequence[Kin]]) -> dict[str, Paired]:
    """For every report by its id the passages it shares with its nearest kin, and the places that other reports lead to.

    Args:
        kin: of each report by its id.
    """
    found: dict[str, tuple[list[Twin], list[Span]]] = defaultdict(lambda: ([], []))
    numbers: dict[frozenset[str], int] = {}
    nearests = {report_id: nearest(ones) for report_id, ones in kin.items()}
    for report_id, near in sorted(nearests.items()):
        if near is None:
            continue
        pair = frozenset((report_id, near.row.id))
        number = numbers.setdefault(pair, len(numbers) + 1)
        own, other = ("a", "b") if report_id < near.row.id else ("b", "a")
        ours = twins(near, f"w{number}{own}", f"#w{number}{other}")
        found[report_id][0].extend(ours)
        theirs = nearests.get(near.row.id)
        if theirs is None or theirs.row.id != report_id:
            found[near.row.id][1].extend(
                (one.other_start, one.other_start, twin.there[1:])
                for one, twin in zip(near.passages, ours, strict=True)
            )
    return {report_id: Paired(*both) for report_id, both in found.items()}


def _passages(link: Link | None, report_id: str) -> tuple[SharedPassage, ...]:
    if link is None:
        return ()
    if link.first_id == report_id:
        return link.passages
    return tuple(SharedPassage(one.other_start, one.other_end, one.start, one.end) for one in link.passages)
