"""What is exported: four tables, their columns in words, and the view of a record they are filled from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from travaux.analysis.judgements import JudgedStatement
from travaux.analysis.positions import Position
from travaux.exchange.rows import Row, judgement_row, position_row, report_row, statement_row
from travaux.model import Act, DateBasis, Judgement, ReportState, Stance, Verdict, Via
from travaux.record.rows import ReportRow, Run


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table.

    Attributes:
        name: as in the header and as the key in JSON.
        kind: ``text``, ``integer``, ``number``, ``boolean``, ``date`` (to the day, month or year), ``time`` (ISO 8601, UTC),
            ``texts`` (a list), ``objects`` (a list of mappings) or ``object`` (a mapping).
        says: what it holds, a sentence.
        values: all values it can have, where they are few; of a list, those of its entries.
        required: whether it always has a value.
    """

    name: str
    kind: str
    says: str
    values: tuple[str, ...] = ()
    required: bool = False


@dataclass(frozen=True, slots=True)
class Table:
    """A table of the export.

    Attributes:
        references: columns that name a row of another table: column, table, its column.
    """

    name: str
    says: str
    columns: tuple[Column, ...]
    references: tuple[tuple[str, str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class ExportView:
    """What an export shows of a record.

    Attributes:
        title, notice: of the agenda.
        statements: with the judgements in force; occurrences: by statement id, see `occurrence_of`.
        positions, reports, judgements: all there are; the order does not matter.
        runs: which readers, in which version and with which models, the statements come from.
    """

    title: str
    statements: Sequence[JudgedStatement]
    positions: Sequence[Position]
    reports: Sequence[ReportRow]
    judgements: Sequence[Judgement] = ()
    runs: Sequence[Run] = ()
    occurrences: Mapping[str, int | None] = field(default_factory=dict)
    notice: str = ""

    def rows(self, table: str) -> Iterator[Row]:
        """The rows of a table by its name, in a fixed order, each with the record's notice as its last value."""
        for row in self._rows(table):
            yield row | {"notice": self.notice or None}

    def _rows(self, table: str) -> Iterator[Row]:
        if table == "statements":
            reports = {report.name: report for report in self.reports}
            for judged in sorted(self.statements, key=_place):
                shown = judged.effective
                yield statement_row(judged, reports.get(shown.report), self.occurrences.get(shown.id))
        elif table == "positions":
            yield from map(position_row, sorted(self.positions, key=lambda one: (one.party, one.option)))
        elif table == "reports":
            yield from map(report_row, sorted(self.reports, key=lambda one: (one.name, one.id)))
        elif table == "judgements":
            yield from map(judgement_row, sorted(self.judgements, key=lambda one: one.number))
        else:
            raise KeyError(table)


def _place(judged: JudgedStatement) -> tuple[str, int, int, str, str, str]:
    one = judged.statement
    return (one.report, one.start, one.end, one.party, one.option, one.id)


def _words(kind: type[StrEnum]) -> tuple[str, ...]:
    return tuple(str(word) for word in kind)


def _date(name: str, says: str) -> tuple[Column, Column, Column]:
    return (
        Column(name, "date", f"{says}, to the day, month or year as far as known; empty where nobody gives it."),
        Column(f"{name}_precision", "text", f"How exactly `{name}` is known.", ("day", "month", "year")),
        Column(f"{name}_basis", "text", f"Where `{name}` comes from.", _words(DateBasis)),
    )


_IN_FORCE = tuple(str(verdict) for verdict in Verdict if verdict is not Verdict.WITHDRAW)
_ABOUT = Column("published_about", "boolean", "Whether `published` is an analyst's estimate.")
_PARTY = Column("party", "text", "Id of the party whose position it is.", required=True)
_OPTION = Column("option", "text", "Id of the option: the proposition the party is for or against.", required=True)
_STANCE = Column("stance", "text", "The party's attitude to the option coming true.", _words(Stance), required=True)
_START = Column("start", "integer", "First character of the quote in the report's text, from 0.", required=True)
_END = Column("end", "integer", "The character after the quote's last, in Unicode code points.", required=True)
_QUOTE = Column("quote", "text", "The exact words of the report that carry the position.", required=True)
_NOTICE = Column("notice", "text", "What the record's makers want everybody to know who uses it.")

STATEMENTS = Table(
    "statements",
    "One row for each passage that gives one party's stance on one option.",
    (
        Column(
            "id", "text", "Id of the statement: a hash of all that is stated; the same over re-reading.", required=True
        ),
        Column("report", "text", "File name of the report.", required=True),
        _QUOTE,
        Column("occurrence", "integer", "Which occurrence of these words in the report it is, from 1."),
        Column("speaker", "text", "The person or body whose position is voiced; empty where only the party is named."),
        _PARTY,
        _OPTION,
        _STANCE,
        Column("act", "text", "What the words say the party does.", _words(Act), required=True),
        Column("condition", "text", "The words that make it conditional."),
        Column("former", "boolean", "Whether the report marks the position as no longer held.", required=True),
        Column("via", "text", "Who vouches for it.", _words(Via), required=True),
        Column("via_name", "text", "Name or description of who relays it, where via is other or anonymous."),
        _START,
        _END,
        *_date("published", "When the report was published"),
        _ABOUT,
        Column("publisher", "text", "Who published the report."),
        Column("url", "text", "Where the report was published."),
        Column(
            "reader",
            "text",
            "Which reader took the statement from the report; person where a person added it.",
            required=True,
        ),
        Column("confidence", "number", "How sure the reader is of its reading, 0 to 1; nothing about the truth of it."),
        Column("verdict", "text", "The latest judgement in force, empty where nobody judged.", _IN_FORCE),
        Column("judgement", "text", "Who judged, when, and what was corrected; the row shows the corrected values."),
        Column("reasons", "objects", "Which words decided each step of the reading: step, says, start, end."),
        _NOTICE,
    ),
    (("report", "reports", "report"),),
)

POSITIONS = Table(
    "positions",
    "One row for each party and option that statements speak to: the position by the latest dated reports.",
    (
        Column("id", "text", "Party and option, joined by a stroke.", required=True),
        _PARTY,
        _OPTION,
        Column(
            "stances",
            "texts",
            "More than one where the latest reports disagree or their order is unknown.",
            _words(Stance),
        ),
        Column("conditional", "boolean", "Whether every statement that carries it sets a condition.", required=True),
        Column("acts", "texts", "The acts of the statements that carry it.", _words(Act)),
        Column("vias", "texts", "Who vouches for the statements that carry it.", _words(Via)),
        *_date("since", "Date of the earliest report of the present unbroken stance"),
        *_date("latest", "Date of the latest report that carries it"),
        Column("undated", "integer", "How many undated reports speak to it.", required=True),
        Column("reports", "texts", "File names of the reports that carry it."),
        Column("statements", "texts", "Ids of the statements that carry it."),
        Column("former", "texts", "Ids of statements that reports mark as no longer held."),
        Column("reason", "text", "Why the position is what it is.", required=True),
        _NOTICE,
    ),
)

REPORTS = Table(
    "reports",
    "One row for each report, whether it could be read or not.",
    (
        Column("id", "text", "Id of the report: a hash of its name and its bytes.", required=True),
        Column("report", "text", "File name.", required=True),
        Column("title", "text", "Title, as the page or the manifest gives it."),
        Column("publisher", "text", "Who published it."),
        *_date("published", "When it was published"),
        _ABOUT,
        *_date("updated", "When the page says it was changed"),
        Column("url", "text", "Where it was published."),
        Column("language", "text", "Two letters; empty where it was not determined."),
        Column("state", "text", "What became of it.", _words(ReportState), required=True),
        Column("reason", "text", "Why it could not be read, where that is so."),
        Column("statements", "integer", "How many statements were read.", required=True),
        Column("characters", "integer", "Length of its text in Unicode code points.", required=True),
        _NOTICE,
    ),
)

JUDGEMENTS = Table(
    "judgements",
    "One row for each decision of a person on a statement, in the order they were made; none is ever changed.",
    (
        Column("id", "integer", "Number of the judgement in the record, from 1.", required=True),
        Column("statement", "text", "Id of the statement judged; it may no longer be read.", required=True),
        Column("verdict", "text", "The decision.", _words(Verdict), required=True),
        Column("reviewer", "text", "Who signs.", required=True),
        Column("at", "time", "When, in UTC.", required=True),
        Column("report_id", "text", "Id of the report.", required=True),
        _START,
        _END,
        _QUOTE,
        _PARTY,
        _OPTION,
        _STANCE,
        Column(
            "corrections", "object", "Corrected fields and their new values; of an added statement, its further fields."
        ),
        Column("note", "text", "What the reviewer adds."),
        Column("withdraws", "integer", "Number of the judgement that this one takes back."),
        _NOTICE,
    ),
    (("report_id", "reports", "id"),),
)

TABLES = (STATEMENTS, POSITIONS, REPORTS, JUDGEMENTS)
"""All tables, in the order they are written."""
