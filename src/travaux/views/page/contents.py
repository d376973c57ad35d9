"""What stands on the page, in order for the templates: which statements where, what each report holds, the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from travaux.analysis import JudgedStatement, positions_at
from travaux.analysis import standing as standing_of
from travaux.analysis.conflict import Conflict
from travaux.analysis.events import Event
from travaux.analysis.shifts import Order, Shift
from travaux.analysis.timing import span_of
from travaux.model import (
    Agenda,
    Family,
    Flag,
    FlagKind,
    Issue,
    Option,
    Report,
    ReportState,
    Stance,
    Statement,
    Verdict,
)
from travaux.record import ReportRow, Run
from travaux.version import __version__
from travaux.views.agreement import AgreementView
from travaux.views.matrix import Cell, Matrix, matrix_of
from travaux.views.page.escaping import web_address
from travaux.views.page.links import Links
from travaux.views.page.segments import in_order
from travaux.views.timeline import Dated

SHIFTED, FLAGGED = "→", "⚑"
"""Signs in a cell of the matrix; what they say stands in strings.toml under ``across``."""

WEIGHTY = frozenset(FlagKind) - {FlagKind.PAGE_CHROME, FlagKind.REPEATED_BLOCK, FlagKind.UNDATED}
"""Flags that a cell shows. Page chrome and repeats are no evidence and are never read; undated has a sign of its own."""


@dataclass(frozen=True, slots=True)
class PageView:
    """What a page shows of a record.

    Attributes:
        statements: with the judgements in force, rejected ones left out, by report and place.
        reports: with text and layout; rows: the same reports with what was made of them.
        runs: which readers the statements come from.
        rejected: the statements that a person rejected, for whoever reviews.
        flags: of all reports; families: of reports that derive from one text.
        agreement: term sheet and packages; None where the agenda has no instrument.
        shifts, conflicts, meetings, incidents: what is found across the reports.
    """

    agenda: Agenda
    matrix: Matrix
    statements: Sequence[JudgedStatement]
    reports: Sequence[Report]
    rows: Sequence[ReportRow]
    runs: Sequence[Run] = ()
    rejected: Sequence[JudgedStatement] = ()
    flags: Sequence[Flag] = ()
    families: Sequence[Family] = ()
    agreement: AgreementView | None = None
    shifts: Sequence[Shift] = ()
    conflicts: Sequence[Conflict] = ()
    meetings: Sequence[Event] = ()
    incidents: Sequence[Event] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement as the page lists it.

    Attributes:
        row: the report it stands in; mark: the number beside its quote there, from 1 in the order of the text.
        carries: the present position rests on it.
    """

    judged: JudgedStatement
    row: ReportRow
    mark: int
    carries: bool

    @property
    def statement(self) -> Statement:
        """As it counts."""
        return self.judged.effective

    @property
    def standing(self) -> str:
        """How it stands to the present position, in a word; empty where it carries it."""
        if self.statement.former:
            return "former"
        return "" if self.carries else "earlier"


@dataclass(frozen=True, slots=True)
class HeldPosition:
    """A party's position on an option with all its statements: those that carry it first, then the latest first."""

    cell: Cell
    quoted: Sequence[Quoted]


@dataclass(frozen=True, slots=True)
class OptionSection:
    """An option and the positions on it, in the order of the parties."""

    issue: Issue
    option: Option
    positions: Sequence[HeldPosition]


@dataclass(frozen=True, slots=True)
class Counts:
    """The figures at the head of the page.

    Attributes:
        statements: that the page lists; off_agenda: that it does not, their party or option being gone from the agenda.
        states: how many reports are in each state but ``read``.
        first, last: days between which the dated reports were published.
        judged: statements that a person has judged.
    """

    reports: int
    undated: int
    states: Sequence[tuple[str, int]]
    first: date | None
    last: date | None
    statements: int
    off_agenda: int
    positions: int
    judged: int


class Contents:
    """A record's view, sorted for pages: by report, by party and option, by id.

    Statements of parties or options that are no longer on the agenda are left out: they are listed nowhere to lead to.

    Attributes:
        rows: the reports by id, in the order given.
        by_report: statements by the report's id, in the order of its text.
        by_position: statements by party and option: those that carry the position first, then the latest first.
        by_id: statements by id; as by_report and by_position, they are `Quoted`.
        dates: date of publication by report id; flags, families: by report id too.
    """

    def __init__(self, view: PageView):
        self.view = view
        self.parties = {party.id: party.name for party in view.agenda.parties}
        self.options = {option.id: option.says for option in view.agenda.options}
        self.rows = {row.id: row for row in view.rows}
        self.dates = {row.id: row.published for row in view.rows}
        self.flags: dict[str, list[Flag]] = defaultdict(list)
        for flag in view.flags:
            self.flags[flag.report_id].append(flag)
        self.families = {report_id: family for family in view.families for report_id in family.report_ids}
        self._shifted = frozenset(
            (one.party, one.option) for one in view.shifts if one.order is not Order.UNKNOWN and one.changes_stance
        )
        self._flagged = frozenset(flag.report_id for flag in view.flags if flag.kind in WEIGHTY)
        self._present = _carrying(view.matrix)
        given: dict[str, list[JudgedStatement]] = defaultdict(list)
        for judged in view.statements:
            if self._is_listed(judged):
                given[judged.effective.report_id].append(judged)
        self.by_report = {report_id: self._quoted(report_id, ones) for report_id, ones in given.items()}
        self.by_id = {quoted.statement.id: quoted for ones in self.by_report.values() for quoted in ones}
        self._rejected = self._quoted_rejected()
        found: dict[tuple[str, str], list[Quoted]] = defaultdict(list)
        for quoted in self.by_id.values():
            found[quoted.statement.party, quoted.statement.option].append(quoted)
        self.by_position = {pair: sorted(ones, key=_carrying_then_latest) for pair, ones in found.items()}

    def _quoted_rejected(self) -> dict[str, Quoted]:
        return {
            judged.effective.id: Quoted(judged, self.rows[judged.effective.report_id], 0, False)
            for judged in self.view.rejected
            if self._is_listed(judged)
        }

    def _is_listed(self, judged: JudgedStatement) -> bool:
        one = judged.effective
        return one.party in self.parties and one.option in self.options and one.report_id in self.rows

    def _quoted(self, report_id: str, given: Sequence[JudgedStatement]) -> list[Quoted]:
        row, by_id = self.rows[report_id], {judged.effective.id: judged for judged in given}
        ordered = in_order(judged.effective for judged in given)
        return [Quoted(by_id[one.id], row, place, one.id in self._present) for place, one in enumerate(ordered, 1)]

    def with_report(self, report_id: str, judged: Sequence[JudgedStatement]) -> Contents:
        """The same with one report's statements as they are judged now; positions and marks with them.

        What is found across reports (shifts, conflicts, term sheet) stays as it was: that takes the whole record.

        Args:
            judged: of that report, rejected ones too.
        """
        view, made = self.view, copy(self)
        standing = [one for one in judged if one.verdict is not Verdict.REJECT and self._is_listed(one)]
        old = self.by_report.get(report_id, [])
        cells = {
            (one.party, one.option)
            for one in (*(quoted.statement for quoted in old), *(one.effective for one in standing))
        }
        kept = [
            quoted.judged for cell in cells for quoted in self.by_position.get(cell, ()) if quoted.row.id != report_id
        ]
        families = {identity: family.id for identity, family in self.families.items()}
        changed = positions_at(standing_of([*kept, *standing]), self.dates, None, families)
        positions = [
            cell.position
            for row in view.matrix.rows
            for cell in row.cells
            if cell.position is not None and (cell.party.id, cell.option.id) not in cells
        ]
        given = tuple(one for one in view.statements if one.effective.report_id != report_id)
        rejected = tuple(one for one in view.rejected if one.effective.report_id != report_id)
        made.view = replace(
            view,
            matrix=matrix_of(view.agenda, [*positions, *(one for one in changed if (one.party, one.option) in cells)]),
            statements=(*given, *(one for one in judged if one.verdict is not Verdict.REJECT)),
            rejected=(*rejected, *(one for one in judged if one.verdict is Verdict.REJECT)),
        )
        made._present = _carrying(made.view.matrix)
        made.by_report, made.by_id, made.by_position = dict(self.by_report), dict(self.by_id), dict(self.by_position)
        for quoted in old:
            del made.by_id[quoted.statement.id]
        made._put(report_id, standing)
        for one in kept:  # what stands elsewhere may carry a position now, or no longer
            made._put(one.effective.report_id, [quoted.judged for quoted in made.by_report[one.effective.report_id]])
        for cell in cells:
            ours = [made.by_id[identity] for identity in made._concerned(cell, kept, standing)]
            made.by_position[cell] = sorted(ours, key=_carrying_then_latest)
        made._rejected = made._quoted_rejected()
        return made

    def _put(self, report_id: str, standing: Sequence[JudgedStatement]) -> None:
        self.by_report[report_id] = self._quoted(report_id, standing)
        self.by_id.update({quoted.statement.id: quoted for quoted in self.by_report[report_id]})

    def _concerned(
        self, cell: tuple[str, str], kept: Sequence[JudgedStatement], standing: Sequence[JudgedStatement]
    ) -> list[str]:
        """Ids of the statements of a party on an option, of those given."""
        ours = (one.effective for one in (*kept, *standing))
        return [one.id for one in ours if (one.party, one.option) == cell]

    def found(self, identity: str) -> Quoted | None:
        """The statement of that id, a rejected one too; None where there is none."""
        return self.by_id.get(identity) or self._rejected.get(identity)

    def signs(self, cell: Cell) -> list[str]:
        """What a cell says besides its position: `SHIFTED`, `FLAGGED`."""
        found = [SHIFTED] if (cell.party.id, cell.option.id) in self._shifted else []
        carrying = cell.position.statements if cell.position else ()
        flagged = (self.by_id[one].row.id in self._flagged for one in carrying if one in self.by_id)
        return [*found, FLAGGED] if any(flagged) else found

    @property
    def standing(self) -> list[Statement]:
        """The statements that may hold a position."""
        return [quoted.statement for quoted in self.by_id.values() if quoted.judged.verdict is not Verdict.REJECT]

    def held(self, cell: Cell) -> HeldPosition | None:
        """A cell with its statements; None where there is nothing."""
        quoted = self.by_position.get((cell.party.id, cell.option.id), ())
        return HeldPosition(cell, quoted) if cell.position is not None or quoted else None

    def option_sections(self) -> list[OptionSection]:
        """The options that have a position or a statement, in the order of the agenda."""
        found = []
        for row in self.view.matrix.rows:
            held = [one for cell in row.cells if (one := self.held(cell)) is not None]
            if held:
                found.append(OptionSection(row.issue, row.option, held))
        return found


def _carrying(matrix: Matrix) -> frozenset[str]:
    """Ids of the statements that present positions rest on."""
    cells = (cell for row in matrix.rows for cell in row.cells if cell.position is not None)
    return frozenset(identity for cell in cells for identity in (cell.position.statements if cell.position else ()))


def _carrying_then_latest(quoted: Quoted) -> tuple[bool, int, str, int, int, str]:
    published, one = quoted.row.published, quoted.statement
    latest = -published.latest.toordinal() if published else 0
    return (not quoted.carries, latest, one.report, one.start, one.end, one.id)


def counts(contents: Contents) -> Counts:
    """The figures at the head of the page."""
    view = contents.view
    states = Counter(row.state for row in view.rows)
    dated = [row.published for row in view.rows if row.published]
    listed = len(contents.by_id)
    return Counts(
        reports=len(view.rows),
        undated=len(view.rows) - len(dated),
        states=[(str(state), states[state]) for state in ReportState if states[state] and state != ReportState.READ],
        first=min((one.earliest for one in dated), default=None),
        last=max((one.latest for one in dated), default=None),
        statements=listed,
        off_agenda=len(view.statements) - listed,
        positions=sum(1 for row in view.matrix.rows for cell in row.cells if cell.position),
        judged=sum(1 for one in view.statements if one.verdict is not None),
    )


def dated_beside(contents: Contents, party: str = "", option: str = "") -> list[Dated]:
    """What a timeline shows beside statements: meetings and incidents of known days, and shifts of known order.

    Args:
        party, option: only what concerns them; meetings and incidents belong to no option.
    """
    view, parties, options = contents.view, contents.parties, contents.options
    found = []
    for event in () if option else (*view.meetings, *view.incidents):
        days = span_of(event.day) if event.day else None
        if days and party in ("", *event.parties):
            says = " · ".join(
                part for part in (event.day, event.what, event.place, ", ".join(event.participants)) if part
            )
            found.append(Dated(str(event.kind), event.id, says, *days))
    for shift in view.shifts:
        before, after = shift.published
        wanted = party in ("", shift.party) and option in ("", shift.option)
        if wanted and before and after and shift.order is Order.DATES:
            about = (
                f"{parties.get(shift.party, shift.party)} · {shift.kind} · {options.get(shift.option, shift.option)}"
            )
            found.append(Dated("shift", shift.id, about, before.earliest, after.latest))
    return found


def linked_ids(view: PageView) -> set[str]:
    """The ids of what is linked to beside statements and reports."""
    found = {one.id for one in view.flags} | {one.id for one in view.shifts} | {one.id for one in view.conflicts}
    return found | {one.id for one in (*view.meetings, *view.incidents)}


def stance_word(cell: Cell) -> str:
    """A cell's stance in a word or two, beside its sign."""
    stances = cell.position.stances if cell.position else ()
    if Stance.FOR in stances and Stance.AGAINST in stances:
        return "disagree"
    return " or ".join(stances) or ("former" if cell.is_former else "none")


def reasons_data(contents: Contents, links: Links, heading: str, sure: str, to: str) -> dict[str, Any]:
    """Why each statement is read so, for the script of the one file: much repeats, so every reason stands in it once.

    ``says`` holds the reasons as lines, ``by_id`` the numbers of each statement's, counted from 0; ``to`` names the link
    from a quote in a report to its statement.
    """
    numbers: dict[str, int] = {}

    def number(line: str) -> int:
        return numbers.setdefault(line, len(numbers))

    by_id = {}
    for quoted in contents.by_id.values():
        one = quoted.statement
        lines = [f"{reason.step}: {reason.says}" for reason in one.reasons]
        if one.confidence is not None:
            lines.append(sure.format(f"{one.confidence:.0%}"))
        if lines:
            by_id[links.name(one.id)] = [number(line) for line in lines]
    return {"heading": heading, "to": to, "says": list(numbers), "by_id": by_id}


def linked_data(view: PageView) -> dict[str, Any]:
    """The page described for machines, in the words of schema.org."""
    articles = (
        {
            "@type": "NewsArticle",
            "identifier": row.id,
            "headline": row.title or row.name,
            "publisher": row.publisher,
            "url": web_address(row.url),
            "datePublished": row.published.value if row.published else None,
        }
        for row in view.rows
    )
    return {
        "@context": "https://schema.org",
        "@type": "Dataset",
        "name": view.agenda.title,
        "description": view.agenda.notice or None,
        "measurementTechnique": f"Travaux {__version__}",
        "citation": [{key: value for key, value in article.items() if value is not None} for article in articles],
    }
