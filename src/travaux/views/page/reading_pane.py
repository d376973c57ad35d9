"""A report's text as the pages show it: what was read in it, flagged words, shared passages, and places linked to, in place."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from travaux.model import Family, Flag, FlagKind, Report, Statement
from travaux.record import ReportRow
from travaux.views.page.contents import Contents
from travaux.views.page.kin import Kin, Twin, kin_of
from travaux.views.page.links import Links
from travaux.views.page.segments import Segment, Span, segments

IN_THE_LAYOUT = frozenset({FlagKind.PAGE_CHROME, FlagKind.REPEATED_BLOCK})
"""Flags whose words stand grey in the text anyway, each with its reason before it."""


@dataclass(frozen=True, slots=True)
class Found:
    """A statement of a report in a line: whose stance on what."""

    statement: Statement
    party: str
    option: str


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report with its text in segments.

    Attributes:
        marks: by id of a statement that the page lists, the number beside its quote, from 1 in the order of the text.
        found: those statements, in the same order.
        flags: its flags; family: the family it belongs to, None where no link was found.
        kin: the other reports of that family, the nearest first.
        twins: the passages of one of them that are marked, by their anchors.
    """

    report: Report
    row: ReportRow
    segments: Sequence[Segment]
    marks: Mapping[str, int]
    found: Sequence[Found]
    flags: Sequence[Flag]
    family: Family | None
    kin: Sequence[Kin]
    twins: Mapping[str, Twin]

    @property
    def told_flags(self) -> Sequence[Flag]:
        """Its flags without those that the layout shows anyway: page chrome and repeats."""
        return [flag for flag in self.flags if flag.kind not in IN_THE_LAYOUT]

    @property
    def flags_by_id(self) -> Mapping[str, Flag]:
        """The flags that are marked in the text."""
        return {flag.id: flag for flag in self.told_flags if flag.start < flag.end}

    @property
    def kinships(self) -> list[str]:
        """The verdicts on the links of its family that lead to it, each once; all of them where none does."""
        links = self.family.links if self.family else ()
        own = [link for link in links if self.report.id in (link.first_id, link.second_id)] or links
        return sorted({str(link.kinship) for link in own})

    @property
    def left_out(self) -> int:
        """How many stretches of the text no evidence is taken from."""
        return sum(1 for block in self.report.blocks if not block.is_read)


def report_text(
    contents: Contents, report: Report, twins: Iterable[Twin] = (), named: Iterable[Span] = ()
) -> ReportText:
    """A report's text in segments, with what was found in it.

    Args:
        twins: the passages to mark as shared with another report.
        named: further places that are linked to, with the names of their anchors.
    """
    quoted = contents.by_report.get(report.id, [])
    statements = [one.statement for one in quoted]
    flags, family = contents.flags.get(report.id, []), contents.families.get(report.id)
    marked = {one.anchor: one for one in twins}
    flagged = [(one.start, one.end, one.id) for one in flags if one.start < one.end and one.kind not in IN_THE_LAYOUT]
    return ReportText(
        report=report,
        row=contents.rows[report.id],
        segments=segments(
            report, statements, flagged=flagged, shared=[one.span for one in marked.values()], named=named
        ),
        marks={one.statement.id: one.mark for one in quoted},
        found=[Found(one, contents.parties[one.party], contents.options[one.option]) for one in statements],
        flags=flags,
        family=family,
        kin=kin_of(report.id, family, contents.rows),
        twins=marked,
    )


def linked_places(contents: Contents, links: Links) -> dict[str, list[Span]]:
    """By report id the places of the words that conflicts, meetings and incidents quote, by the anchors ``links`` leads to.

    Where a statement quotes the same words the place is its beginning, so that its highlight shows them.
    """
    view = contents.view
    quoted = {
        *((one.report_id, one.start) for each in view.conflicts for side in each.sides for one in side.passages),
        *((one.report_id, one.start) for event in (*view.meetings, *view.incidents) for one in event.versions),
    }
    found: dict[str, list[Span]] = {}
    for report_id, start in sorted(quoted):
        beside = (one.statement for one in contents.by_report.get(report_id, ()))
        place = max((one.start for one in beside if one.start <= start < one.end), default=start)
        anchor = links.words(report_id, start, start).partition("#")[2]
        found.setdefault(report_id, []).append((place, place, anchor))
    return found
