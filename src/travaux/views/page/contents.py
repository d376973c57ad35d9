"""What stands on the page, in order for the templates: which statements where, what each report holds, the counts."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from travaux.analysis import JudgedStatement
from travaux.model import Agenda, Family, Flag, Issue, Option, Report, ReportState, Stance, Statement
from travaux.record import ReportRow, Run
from travaux.version import __version__
from travaux.views.agreement import AgreementView
from travaux.views.matrix import Cell, Matrix
from travaux.views.page.escaping import web_address
from travaux.views.page.segments import Segment, in_order, segments


@dataclass(frozen=True, slots=True)
class PageView:
    """What a page shows of a record.

    Attributes:
        statements: with the judgements in force, rejected ones left out, by report and place.
        reports: with text and layout; rows: the same reports with what was made of them.
        runs: which readers the statements come from.
        flags: of all reports; families: of reports that derive from one text.
        agreement: term sheet and packages; None where the agenda has no instrument.
    """

    agenda: Agenda
    matrix: Matrix
    statements: Sequence[JudgedStatement]
    reports: Sequence[Report]
    rows: Sequence[ReportRow]
    runs: Sequence[Run] = ()
    flags: Sequence[Flag] = ()
    families: Sequence[Family] = ()
    agreement: AgreementView | None = None


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
    """

    report: Report
    row: ReportRow
    segments: Sequence[Segment]
    marks: Mapping[str, int]
    found: Sequence[Found]
    flags: Sequence[Flag] = ()
    family: Family | None = None

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


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement as the page lists it.

    Attributes:
        text: the report it stands in.
        carries: the present position rests on it.
    """

    judged: JudgedStatement
    text: ReportText
    carries: bool

    @property
    def statement(self) -> Statement:
        """As it counts."""
        return self.judged.effective

    @property
    def mark(self) -> int:
        """The number beside its quote in the report's text."""
        return self.text.marks[self.statement.id]

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


def report_texts(view: PageView) -> list[ReportText]:
    """The reports with their texts in segments, in the order given.

    Statements of parties or options that are no longer on the agenda are left out: they are listed nowhere to lead to.
    """
    parties = {party.id: party.name for party in view.agenda.parties}
    options = {option.id: option.says for option in view.agenda.options}
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for judged in view.statements:
        one = judged.effective
        if one.party in parties and one.option in options:
            by_report[one.report_id].append(one)
    rows = {row.id: row for row in view.rows}
    flags: dict[str, list[Flag]] = defaultdict(list)
    for flag in view.flags:
        flags[flag.report_id].append(flag)
    families = {report_id: family for family in view.families for report_id in family.report_ids}
    texts = []
    for report in view.reports:
        statements = in_order(by_report[report.id])
        marks = {one.id: number for number, one in enumerate(statements, 1)}
        found = [Found(one, parties[one.party], options[one.option]) for one in statements]
        row, family = rows[report.id], families.get(report.id)
        texts.append(ReportText(report, row, segments(report, statements), marks, found, flags[report.id], family))
    return texts


def option_sections(view: PageView, texts: Sequence[ReportText]) -> list[OptionSection]:
    """The options that have a position or a statement, in the order of the agenda."""
    quoted = _quoted(view, texts)
    found = []
    for row in view.matrix.rows:
        held = [
            HeldPosition(cell, quoted.get((cell.party.id, cell.option.id), ()))
            for cell in row.cells
            if cell.position is not None or (cell.party.id, cell.option.id) in quoted
        ]
        if held:
            found.append(OptionSection(row.issue, row.option, held))
    return found


def _quoted(view: PageView, texts: Sequence[ReportText]) -> dict[tuple[str, str], list[Quoted]]:
    by_id = {text.report.id: text for text in texts}
    present = {
        identity
        for row in view.matrix.rows
        for cell in row.cells
        if cell.position is not None
        for identity in cell.position.statements
    }
    found: dict[tuple[str, str], list[Quoted]] = defaultdict(list)
    for judged in view.statements:
        one = judged.effective
        if one.report_id in by_id and one.id in by_id[one.report_id].marks:
            found[one.party, one.option].append(Quoted(judged, by_id[one.report_id], one.id in present))
    return {pair: sorted(ones, key=_carrying_then_latest) for pair, ones in found.items()}


def _carrying_then_latest(quoted: Quoted) -> tuple[bool, int, str, int, int, str]:
    published, one = quoted.text.row.published, quoted.statement
    latest = -published.latest.toordinal() if published else 0
    return (not quoted.carries, latest, one.report, one.start, one.end, one.id)


def counts(view: PageView, texts: Sequence[ReportText]) -> Counts:
    """The figures at the head of the page."""
    states = Counter(row.state for row in view.rows)
    dated = [row.published for row in view.rows if row.published]
    listed = sum(len(text.found) for text in texts)
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


def stance_word(cell: Cell) -> str:
    """A cell's stance in a word or two, beside its sign."""
    stances = cell.position.stances if cell.position else ()
    if Stance.FOR in stances and Stance.AGAINST in stances:
        return "disagree"
    return " or ".join(stances) or ("former" if cell.is_former else "none")


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
