"""What is exported: the tables, their columns in words, and the view of a record they are filled from."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from travaux.analysis.agreement import DealSpace, TermSheet
from travaux.analysis.hearsay import Distance
from travaux.analysis.judgements import JudgedStatement
from travaux.analysis.positions import Position
from travaux.exchange.agreement import PACKAGES, TERMS, space_rows, term_rows
from travaux.exchange.columns import Column, Table, date_columns, words_of
from travaux.exchange.rows import Row, judgement_row, position_row, report_row, statement_row
from travaux.model import Act, Agenda, Judgement, Report, ReportState, Stance, Verdict, Via
from travaux.record.rows import ReadingRow, ReportRow, Run


@dataclass(frozen=True, slots=True)
class ExportView:
    """What an export shows of a record.

    Attributes:
        title, notice: of the agenda.
        statements: with the judgements in force; occurrences: by statement id, see `occurrence_of`.
        positions, reports, judgements: all there are; the order does not matter.
        runs: which readers, in which version and with which models, the statements come from.
        terms, packages: the agreement on the table; None where the agenda has no instrument.
        agenda: the parties and options by their names, for formats that show them.
        texts: the reports with their text, for formats that carry it.
        readings: which run each report was read in, and when.
        families: the family of each report that is in one, by report id.
    """

    title: str
    statements: Sequence[JudgedStatement]
    positions: Sequence[Position]
    reports: Sequence[ReportRow]
    judgements: Sequence[Judgement] = ()
    runs: Sequence[Run] = ()
    occurrences: Mapping[str, int | None] = field(default_factory=dict)
    notice: str = ""
    terms: TermSheet | None = None
    packages: DealSpace | None = None
    agenda: Agenda | None = None
    texts: Sequence[Report] = ()
    readings: Sequence[ReadingRow] = ()
    families: Mapping[str, str] = field(default_factory=dict)

    def counting(self) -> list[JudgedStatement]:
        """The statements that count, rejected ones left out, by report and place."""
        return sorted((one for one in self.statements if one.verdict is not Verdict.REJECT), key=_place)

    def party_name(self, party: str) -> str:
        """What a party is called; its id where no agenda names it."""
        return self.agenda.name_of(party) if self.agenda else party

    def option_name(self, option: str) -> str:
        """What an option says; its id where no agenda names it."""
        return self.agenda.says_of(option) if self.agenda else option

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
        elif table == "terms":
            yield from term_rows(self.terms) if self.terms else ()
        elif table == "packages":
            yield from space_rows(self.packages) if self.packages else ()
        else:
            raise KeyError(table)


def _place(judged: JudgedStatement) -> tuple[str, int, int, str, str, str]:
    one = judged.statement
    return (one.report, one.start, one.end, one.party, one.option, one.id)


_IN_FORCE = tuple(str(verdict) for verdict in Verdict if verdict is not Verdict.WITHDRAW)
_ABOUT = Column("published_about", "boolean", "Whether `published` is an analyst's estimate.")
_PARTY = Column("party", "text", "Id of the party whose position it is.", required=True)
_OPTION = Column("option", "text", "Id of the option: the proposition the party is for or against.", required=True)
_STANCE = Column("stance", "text", "The party's attitude to the option coming true.", words_of(Stance), required=True)
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
        Column("act", "text", "What the words say the party does.", words_of(Act), required=True),
        Column("condition", "text", "The words that make it conditional."),
        Column("former", "boolean", "Whether the report marks the position as no longer held.", required=True),
        Column("via", "text", "Who vouches for it.", words_of(Via), required=True),
        Column("via_name", "text", "Name or description of who relays it, where via is other or anonymous."),
        Column("distance", "text", "How far it is from the party's own mouth.", words_of(Distance), required=True),
        _START,
        _END,
        *date_columns("published", "When the report was published"),
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
        Column("as_read", "object", "What the reader read where a person corrected it: field and value."),
        Column(
            "reasons",
            "objects",
            "Which words decided each step of the reading: step, says, start, end.",
            parts=(("step", "text"), ("says", "text"), ("start", "integer"), ("end", "integer")),
        ),
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
            words_of(Stance),
        ),
        Column("conditional", "boolean", "Whether every statement that carries it sets a condition.", required=True),
        Column("acts", "texts", "The acts of the statements that carry it.", words_of(Act)),
        Column("vias", "texts", "Who vouches for the statements that carry it.", words_of(Via)),
        Column(
            "distance",
            "text",
            "How far the nearest of its statements is from the party's own mouth.",
            words_of(Distance),
        ),
        Column("support", "integer", "How many families of reports carry it: copies count once.", required=True),
        *date_columns("since", "Date of the earliest report of the present unbroken stance"),
        *date_columns("latest", "Date of the latest report that carries it"),
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
        *date_columns("published", "When it was published"),
        _ABOUT,
        *date_columns("updated", "When the page says it was changed"),
        Column("url", "text", "Where it was published."),
        Column("language", "text", "Two letters; empty where it was not determined."),
        Column("state", "text", "What became of it.", words_of(ReportState), required=True),
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
        Column("verdict", "text", "The decision.", words_of(Verdict), required=True),
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
        Column("blind", "boolean", "Whether its reviewer had not seen what was read, nor what others decided."),
        _NOTICE,
    ),
    (("report_id", "reports", "id"),),
)

TABLES = (STATEMENTS, POSITIONS, REPORTS, JUDGEMENTS, TERMS, PACKAGES)
"""All tables, in the order they are written."""
