"""Terminal views: the matrix, statements with their quotes, and plain tables of rows; data only, no talk.

Every text from a report or an agenda goes through `one_line`: strangers' control characters are shown, not obeyed.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby
from typing import Any

from rich import box
from rich.align import VerticalAlignMethod
from rich.cells import cell_len
from rich.console import Group, RenderableType
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from travaux.analysis import JudgedStatement
from travaux.analysis.queue import Waiting
from travaux.model import Agenda, Party, Said, Stance, Statement
from travaux.record import ReportRow
from travaux.views.matrix import Cell, Matrix, Row
from travaux.views.words import COUNTED, LEGEND, counted, one_line, shown_date, shown_stance, shown_via

NARROWEST_OPTION = 26
WIDEST_OPTION = 60
WIDEST_NAME = 34
GAP = 2
INDENT = 2
_STYLES = {"+": "green", "−": "red", "○": "yellow", "±": "magenta"}


def notice_lines(notice: str) -> list[RenderableType]:
    """The record's notice, where it has one, for the top of whatever shows the record."""
    return [Text(one_line(notice), style="bold yellow"), Text()] if notice else []


def matrix_view(matrix: Matrix, width: int) -> RenderableType:
    """The matrix in a given width, in characters.

    Parties without a position have no column, options without one no row; both are named below. Columns carry the
    parties' names where they fit, else short forms with a key; where even these do not fit, options are listed with the
    parties under them.
    """
    shown = matrix.without_empty()
    parts: list[RenderableType] = [Text(_heading(matrix), style="bold"), *notice_lines(matrix.notice)[:1]]
    if not shown.rows:
        parts += [Text(), Text("No positions.")]
    else:
        parts += _laid_out(shown, width)
        parts.append(_legend(shown))
    return Group(*parts, *_left_out(matrix, shown))


def _heading(matrix: Matrix) -> str:
    return one_line(matrix.title) + (f" · as of {matrix.as_of}" if matrix.as_of else "")


def _laid_out(shown: Matrix, width: int) -> list[RenderableType]:
    names = [one_line(party.name) for party in shown.parties]
    widths = [_column_width(name, place, shown) for place, name in enumerate(names)]
    if NARROWEST_OPTION + sum(size + GAP for size in widths) <= width:
        return [_grid(shown, names, width)]
    short = short_names(shown.parties)
    widths = [_column_width(short[party.id], place, shown) for place, party in enumerate(shown.parties)]
    key = " · ".join(f"{short[party.id]} {name}" for party, name in zip(shown.parties, names, strict=True))
    if NARROWEST_OPTION + sum(size + GAP for size in widths) <= width:
        return [_grid(shown, [short[party.id] for party in shown.parties], width), Text(key, style="dim")]
    return [_stacked(shown)]


def _column_width(name: str, place: int, shown: Matrix) -> int:
    words = [cell_len(word) for word in name.split()]
    return max([*words, *(cell_len(row.cells[place].shown) for row in shown.rows)])


def short_names(parties: Sequence[Party]) -> dict[str, str]:
    """A short form for each party, all different: initials of several words (``US``), or first letters (``Ukr``)."""
    taken: set[str] = set()
    short: dict[str, str] = {}
    for party in parties:
        words = [word for word in one_line(party.name).split() if word[:1].isupper()] or one_line(party.name).split()
        initials = "".join(word[0] for word in words) if len(words) > 1 else ""
        whole = "".join(words) or party.id
        lengths = [whole[:size] for size in range(3, len(whole) + 1)]
        numbered = (f"{whole[:2]}{number}" for number in range(2, len(parties) + 3))
        name = next(one for one in (*filter(None, [initials]), *lengths, *numbered) if one not in taken)
        taken.add(name)
        short[party.id] = name
    return short


def _grid(shown: Matrix, headings: Sequence[str], width: int) -> RenderableType:
    """One table an issue, all with the same columns, so that an issue's title may be wider than its first column."""
    sizes = [_column_width(heading, place, shown) for place, heading in enumerate(headings)]
    longest = max(cell_len(one_line(row.option.says)) for row in shown.rows) + INDENT
    first = min(longest, WIDEST_OPTION, width - sum(size + GAP for size in sizes))

    def table(*, header: bool) -> Table:
        made = Table(box=None, padding=(0, GAP, 0, 0), pad_edge=False, show_header=header, header_style="bold")
        made.add_column("", width=first, overflow="fold")
        for heading, size in zip(headings, sizes, strict=True):
            vertical: VerticalAlignMethod = "bottom" if header else "top"
            made.add_column(heading, justify="center", width=size, overflow="fold", vertical=vertical)
        return made

    parts: list[RenderableType] = [Text(), table(header=True)]
    for _, group in groupby(shown.rows, key=lambda row: row.issue.id):
        rows = list(group)
        body = table(header=False)
        for row in rows:
            body.add_row(Padding(Text(one_line(row.option.says)), (0, 0, 0, INDENT)), *map(_cell_text, row.cells))
        parts += [Text(one_line(rows[0].issue.title), style="bold"), body]
    return Group(*parts, Text())


def _cell_text(cell: Cell) -> Text:
    return Text(cell.shown or "·", style=_STYLES.get(cell.sign[:1], "dim"))


def _stacked(shown: Matrix) -> RenderableType:
    lines: list[RenderableType] = []
    issue = None
    for row in shown.rows:
        if row.issue.id != issue:
            issue = row.issue.id
            lines += [Text(), Text(one_line(row.issue.title), style="bold")]
        lines.append(Padding(Text(one_line(row.option.says)), (0, 0, 0, 2)))
        # Without its space, so that no line ends between a sign and its number.
        sides = [f"{cell.shown.replace(' ', '')} {one_line(cell.party.name)}" for cell in _by_side(row)]
        lines.append(Padding(Text(", ".join(sides)), (0, 0, 0, 4)))
    return Group(*lines, Text())


def _by_side(row: Row) -> list[Cell]:
    order = {"+": 0, "−": 1, "±": 2, "○": 3}
    return sorted((cell for cell in row.cells if cell.position), key=lambda cell: order.get(cell.sign[:1], 4))


def _legend(shown: Matrix) -> Text:
    used = {mark for row in shown.rows for cell in row.cells for mark in cell.sign + cell.marks}
    told = ", ".join(f"{sign} {says}" for sign, says in LEGEND if sign in used)
    return Text(f"{told}; {COUNTED}.", style="dim")


def _left_out(matrix: Matrix, shown: Matrix) -> list[RenderableType]:
    kept_parties, kept_options = {one.id for one in shown.parties}, {row.option.id for row in shown.rows}
    parties = [one_line(one.name) for one in matrix.parties if one.id not in kept_parties]
    options = [row.option.id for row in matrix.rows if row.option.id not in kept_options]
    lines: list[RenderableType] = []
    if parties:
        lines.append(Text(f"No position read of: {', '.join(parties)}.", style="dim"))
    if options:
        lines.append(Text(f"No position read on: {', '.join(options)}.", style="dim"))
    if matrix.unplaced:
        told = f"Left out, since only undated reports speak to them: {counted(matrix.unplaced, 'position')}."
        lines.append(Text(told, style="dim"))
    if matrix.strays:
        told = f"{counted(matrix.strays, 'position')} on parties or options no longer on the agenda"
        lines.append(Text(f"{told}: travaux read reads anew.", style="yellow"))
    return lines


def statement_view(
    statements: Sequence[JudgedStatement], agenda: Agenda, reports: Mapping[str, ReportRow], *, why: bool = False
) -> RenderableType:
    """Statements one below the other, each with its quote, report, date and who vouches.

    Args:
        reports: by name.
        why: show which words decided each step of the reading too.
    """
    parts: list[RenderableType] = notice_lines(agenda.notice)
    if not statements:
        return Group(*parts, Text("No statements."))
    for judged in statements:
        parts += _statement_lines(judged, agenda, reports.get(judged.effective.report), why)
    return Group(*parts, Text(counted(len(statements), "statement"), style="dim"))


def queue_view(queue: Sequence[Waiting], agenda: Agenda, reports: Mapping[str, ReportRow]) -> RenderableType:
    """Statements that wait for a person, each with why it waits."""
    parts: list[RenderableType] = notice_lines(agenda.notice)
    if not queue:
        return Group(*parts, Text("Nothing waits."))
    for waiting in queue:
        *lines, blank = _statement_lines(waiting.judged, agenda, reports.get(waiting.judged.effective.report), False)
        told = f"{waiting.priority:.2f}: {one_line(waiting.reason)}"
        parts += [*lines, Padding(Text(told, style="yellow"), (0, 0, 0, 2)), blank]
    return Group(*parts, Text(counted(len(queue), "statement"), style="dim"))


def said_view(found: Sequence[Said], notice: str = "") -> RenderableType:
    """Who says what, report by report."""
    parts: list[RenderableType] = notice_lines(notice)
    for name, own in groupby(found, key=lambda one: one.report):
        parts.append(Text(one_line(name), style="bold"))
        for one in own:
            line = Text(one_line(one.source) if one.source else "(nobody named)", style="cyan" if one.source else "dim")
            line.append(f" {one_line(one.cue)} ", style="dim")
            line.append(one_line(one.content), style="not dim")
            parts.append(Padding(line, (0, 0, 0, INDENT)))
        parts.append(Text())
    return Group(*parts, Text(counted(len(found), "attribution"), style="dim"))


def differences_view(rows: Sequence[Mapping[str, Any]], notice: str = "") -> RenderableType:
    """What was read otherwise than in a gold record, report by report: what it is about, both values, both quotes.

    Args:
        rows: with the fields of `travaux.evaluation.Difference` and the number of each as ``id``.
    """
    parts: list[RenderableType] = notice_lines(notice)
    for name, own in groupby(rows, key=lambda row: str(row["report"])):
        parts.append(Text(one_line(name), style="bold"))
        for row in own:
            line = Text(f"{row['id']}  ", style="dim")
            line.append(str(row["kind"]), style="not dim")
            line.append(f" · {one_line(row['party'])} · {one_line(row['option'])}", style="not dim")
            parts.append(Padding(line, (0, 0, 0, INDENT)))
            for label, value, quote in (("gold", "gold", "gold_quote"), ("read", "predicted", "predicted_quote")):
                if row[value] is None and row[quote] is None:
                    continue
                told = Text(
                    f"{label}: {one_line(row[value] or 'nothing')}", style="green" if label == "gold" else "yellow"
                )
                if row[quote] is not None:
                    told.append(f"  “{one_line(row[quote])}”", style="default")
                parts.append(Padding(told, (0, 0, 0, 2 * INDENT)))
        parts.append(Text())
    return Group(*parts, Text(counted(len(rows), "difference") if rows else "No differences.", style="dim"))


def _statement_lines(
    judged: JudgedStatement, agenda: Agenda, report: ReportRow | None, why: bool
) -> Iterable[RenderableType]:
    one = judged.effective
    head = Text(one_line(agenda.name_of(one.party)), style="bold")
    head.append(" · ", style="dim")
    head.append(_stance_words(one), style=_stance_style(one.stance))
    head.append(" · ", style="dim")
    head.append(one_line(agenda.says_of(one.option)), style="not bold")
    yield head
    yield Padding(Text(f"“{one_line(one.quote)}”"), (0, 0, 0, 2))
    if one.condition:
        yield Padding(Text(f"on the condition: “{one_line(one.condition)}”"), (0, 0, 0, 2))
    date = shown_date(report.published, basis=True) if report else "undated"
    source = f"{one_line(one.report)}, {date} · {one_line(shown_via(one))} · {one.act} · {one.id}"
    yield Padding(Text(source, style="dim"), (0, 0, 0, 2))
    if judged.reason:
        yield Padding(Text(one_line(judged.reason), style="cyan"), (0, 0, 0, 2))
    if why:
        for reason in one.reasons:
            yield Padding(Text(f"{reason.step}: {one_line(reason.says)}", style="dim"), (0, 0, 0, 4))
    yield Text()


def _stance_words(statement: Statement) -> str:
    told = shown_stance(statement)
    return f"{told}, on a condition" if statement.condition else told


def _stance_style(stance: Stance) -> str:
    return {Stance.FOR: "green", Stance.AGAINST: "red"}.get(stance, "yellow")


def report_view(reports: Sequence[ReportRow], notice: str = "") -> RenderableType:
    """Reports with their date and what became of them."""
    table = _plain_table(("report", "published", "publisher", "state", "statements"))
    table.columns[0].min_width = min(max((cell_len(one_line(row.name)) for row in reports), default=0), WIDEST_NAME)
    table.columns[4].justify = "right"
    for row in reports:
        state = f"{row.state}: {one_line(row.reason)}" if row.reason else str(row.state)
        cells = (row.name, shown_date(row.published), row.publisher or "", state, str(row.statements))
        table.add_row(*(Text(one_line(cell)) for cell in cells))
    return Group(*notice_lines(notice), table)


def rows_view(rows: Sequence[Mapping[str, Any]], columns: Sequence[str], nothing: str = "Nothing.") -> RenderableType:
    """Rows of any listing as a table."""
    if not rows:
        return Text(nothing)
    table = _plain_table(columns)
    for row in rows:
        table.add_row(*(Text(one_line(_cell(row[name]))) for name in columns))
    return table


def _cell(value: object) -> str:
    if value is None:
        return ""
    return f"{value:.4f}" if isinstance(value, float) else str(value)


def _plain_table(columns: Iterable[str]) -> Table:
    table = Table(box=box.SIMPLE_HEAD, padding=(0, 1), pad_edge=False, header_style="bold")
    for column in columns:
        table.add_column(column, overflow="fold")
    return table
