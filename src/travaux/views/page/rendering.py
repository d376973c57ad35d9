"""From a record's view to HTML, by the templates beside this file.

Texts come from strangers: the templates escape everything, links carry only addresses of the web, the one block of data
is JSON with its markup escaped, and a content security policy lets nothing in but the page's own style sheet.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from travaux.analysis import JudgedStatement
from travaux.model import Agenda, Report, ReportState, Statement
from travaux.record import ReportRow, Run
from travaux.version import __version__
from travaux.views.matrix import Cell, Matrix
from travaux.views.page.segments import Segment, segments
from travaux.views.words import LEGEND, counted, shown_date, shown_stances, shown_via


@dataclass(frozen=True, slots=True)
class PageView:
    """What a page shows of a record.

    Attributes:
        statements: with the judgements in force, rejected ones left out, by report and place.
        reports: with text and layout; rows: the same reports with what was made of them.
        runs: which readers the statements come from.
    """

    agenda: Agenda
    matrix: Matrix
    statements: Sequence[JudgedStatement]
    reports: Sequence[Report]
    rows: Sequence[ReportRow]
    runs: Sequence[Run] = ()


@dataclass(frozen=True, slots=True)
class Quoted:
    """A statement as the page lists it; `carries` says whether the present position rests on it."""

    judged: JudgedStatement
    row: ReportRow | None
    carries: bool

    @property
    def statement(self) -> Statement:
        """As it counts."""
        return self.judged.effective


@dataclass(frozen=True, slots=True)
class ReportText:
    """A report with its text in segments."""

    row: ReportRow
    segments: Sequence[Segment]
    places: dict[str, str]


def render_page(view: PageView) -> str:
    """The whole page."""
    style = files("travaux.views.page").joinpath("page.css").read_text(encoding="utf-8")
    digest = base64.b64encode(hashlib.sha256(style.encode()).digest()).decode()
    return (
        _environment()
        .get_template("page.html")
        .render(
            agenda=view.agenda,
            matrix=view.matrix,
            shown=view.matrix.without_empty(),
            quoted=_quoted(view),
            reports=list(_report_texts(view)),
            counts=_counts(view),
            runs=view.runs,
            legend=LEGEND,
            version=__version__,
            style=Markup(style),
            policy=f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'",
            data=script_json(_linked_data(view)),
        )
    )


def render_fragment(matrix: Matrix) -> str:
    """The notice and the matrix alone, for a notebook; everything it needs is in it, and it has no ids to clash."""
    return _environment().get_template("fragment.html").render(shown=matrix.without_empty(), legend=LEGEND)


def script_json(value: Any) -> Markup:
    """A value as JSON that can stand in a script element: nothing in it ends the element or a line of JavaScript."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # The escaped marks occur in JSON only inside texts, where \uXXXX means the same.
    for mark in "<>&\u2028\u2029":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    return Markup(text)


def web_address(url: str | None) -> str | None:
    """An address that may be linked to, else None: a page of a stranger may name ``javascript:`` as its own."""
    return url if url and url.lower().startswith(("https://", "http://")) else None


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("travaux.views.page"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters |= {
        "date": shown_date,
        "dated": lambda date: shown_date(date, basis=True),
        "via": shown_via,
        "stances": shown_stances,
        "address": web_address,
        "tone": _tone,
    }
    environment.globals["counted"] = counted
    return environment


def _tone(cell: Cell) -> str:
    """The class of a cell's colour; the sign says the same."""
    return {"+": "for", "−": "against", "○": "open", "±": "disagree"}.get(cell.sign[:1], "none")


def _quoted(view: PageView) -> dict[tuple[str, str], list[Quoted]]:
    """By party and option: the statements that carry the position, then the others."""
    rows = {row.id: row for row in view.rows}
    carrying = {cell.position.statements for line in view.matrix.rows for cell in line.cells if cell.position}
    present = {identity for statements in carrying for identity in statements}
    found: dict[tuple[str, str], list[Quoted]] = defaultdict(list)
    for judged in view.statements:
        one = judged.effective
        found[one.party, one.option].append(Quoted(judged, rows.get(one.report_id), one.id in present))
    return {pair: sorted(ones, key=_latest_first) for pair, ones in found.items()}


def _latest_first(quoted: Quoted) -> tuple[bool, int, str, int]:
    date = quoted.row.published if quoted.row else None
    return (not quoted.carries, -date.latest.toordinal() if date else 0, quoted.statement.report, quoted.statement.start)


def _report_texts(view: PageView) -> Iterator[ReportText]:
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for judged in view.statements:
        by_report[judged.effective.report_id].append(judged.effective)
    rows = {row.id: row for row in view.rows}
    parties = {party.id: party.name for party in view.agenda.parties}
    says = {option.id: option.says for option in view.agenda.options}
    for report in view.reports:
        statements = by_report[report.id]
        places = {
            one.id: f"{parties.get(one.party, one.party)}: {one.stance}: {says.get(one.option, one.option)}"
            for one in statements
        }
        yield ReportText(rows[report.id], segments(report, statements), places)


def _counts(view: PageView) -> dict[str, Any]:
    """The figures at the head of the page."""
    states = Counter(row.state for row in view.rows)
    dated = [row.published for row in view.rows if row.published]
    return {
        "reports": len(view.rows),
        "unread": [(str(state), states[state]) for state in ReportState if states[state] and state != "read"],
        "undated": len(view.rows) - len(dated),
        "from": min((date.earliest for date in dated), default=None),
        "to": max((date.latest for date in dated), default=None),
        "statements": len(view.statements),
        "positions": sum(1 for row in view.matrix.rows for cell in row.cells if cell.position),
        "judged": sum(1 for one in view.statements if one.verdict is not None),
    }


def _linked_data(view: PageView) -> dict[str, Any]:
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
