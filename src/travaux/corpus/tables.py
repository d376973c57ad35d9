"""What stands in a corpus: its tables, their columns in words, and how the nouns become rows and come back."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from travaux.exchange.columns import Column, Table, date_columns, words_of
from travaux.exchange.rows import Row, date_values, statement_row
from travaux.exchange.tables import STATEMENTS as EXPORTED
from travaux.intake import Received
from travaux.model import (
    Act,
    Block,
    BlockKind,
    DateBasis,
    Family,
    Flag,
    FlagKind,
    Kinship,
    PartialDate,
    Reason,
    Report,
    ReportState,
    Stance,
    Statement,
    Via,
)
from travaux.visit import Visit
from travaux.workers.reading import form_of

_ID = Column("report_id", "text", "Id of the report: a hash of its name and its bytes.", required=True)
_NAME = Column("report", "text", "Name of the report.", required=True)
_START = Column("start", "integer", "First character of the quote in the report's text, from 0.", required=True)
_END = Column("end", "integer", "The character after the quote's last, in Unicode code points.", required=True)
_SPAN = (("start", "integer"), ("end", "integer"))

REPORTS = Table(
    "reports",
    "One row for each report, as it was received.",
    (
        Column("id", "text", _ID.says, required=True),
        _NAME,
        Column("title", "text", "Title, as the report or its source gives it."),
        Column("author", "text", "Who wrote it."),
        Column("publisher", "text", "Who published it."),
        *date_columns("published", "When it was published"),
        Column("published_about", "boolean", "Whether `published` is an estimate."),
        *date_columns("updated", "When it says it was changed"),
        Column("updated_about", "boolean", "Whether `updated` is an estimate."),
        Column("url", "text", "Where it was published."),
        Column("language", "text", "Two letters; empty where it was not determined."),
        Column("listed", "boolean", "Whether a manifest has a row for it.", required=True),
        Column("media_type", "text", "What its bytes are.", required=True),
        Column("encoding", "text", "The encoding its bytes were read in.", required=True),
        Column("sha256", "text", "Of its bytes.", required=True),
        Column("characters", "integer", "Length of its text in Unicode code points.", required=True),
        Column("text", "text", "The text that all places refer to.", required=True),
        Column(
            "blocks",
            "objects",
            "Its layout: what each stretch of the text is.",
            parts=(*_SPAN, ("kind", "text"), ("reason", "text")),
        ),
        Column("visit", "object", "Request, time and headers, where it comes from an archive of the web."),
        Column("raw", "bytes", "The bytes as received; of a corpus the line or row.", required=True),
    ),
)
READINGS = Table(
    "readings",
    "One row for each report: what became of it, and what it tells beside positions.",
    (
        _ID,
        _NAME,
        Column("state", "text", "What became of it.", words_of(ReportState), required=True),
        Column("reason", "text", "Why it was not read, or its flags could not be found, where that is so."),
        Column("sentences", "integer", "How many sentences were looked at.", required=True),
        Column("statements", "integer", "How many statements were taken.", required=True),
        Column("told", "object", "Meetings, incidents and facts, as a record keeps them.", required=True),
        Column("titles", "object", "People it introduces with an office, for comparison across reports."),
    ),
    (("report_id", "reports", "id"),),
)
_LEFT_OUT = {"occurrence", "verdict", "judgement", "as_read", "notice"}
STATEMENTS = Table(
    "statements",
    "One row for each passage that gives one party's stance on one option.",
    tuple(
        found
        for column in EXPORTED.columns
        if column.name not in _LEFT_OUT
        for found in ((column, _ID) if column.name == "report" else (column,))
    ),
    (("report_id", "reports", "id"),),
)
FLAGS = Table(
    "flags",
    "One row for each visible reason to trust a report less.",
    (
        Column("id", "text", "Id of the flag.", required=True),
        _ID,
        _NAME,
        Column("kind", "text", "What the reason is.", words_of(FlagKind), required=True),
        _START,
        _END,
        Column("quote", "text", "The words that show it; empty where what is missing is the point.", required=True),
        Column("says", "text", "The reason, as a user reads it.", required=True),
    ),
    (("report_id", "reports", "id"),),
)
FAMILIES = Table(
    "families",
    "One row for each family: reports that derive from one text and count as one source.",
    (
        Column("id", "text", "Id of the family: a hash of the ids of its reports.", required=True),
        Column("reports", "texts", "Names of its reports.", required=True),
        Column("report_ids", "texts", "Their ids in the same order.", required=True),
        Column("original", "text", "Name of the probable original; empty where nothing tells."),
        Column("says", "text", "Why that is taken for the original, or why none is.", required=True),
    ),
)
LINKS = Table(
    "links",
    "One row for each two reports of a family that were found to hang together.",
    (
        Column("family", "text", "Id of the family.", required=True),
        Column("first", "text", "Name of the first report.", required=True),
        Column("first_id", "text", "Its id.", required=True),
        Column("second", "text", "Name of the second report.", required=True),
        Column("second_id", "text", "Its id.", required=True),
        Column("kinship", "text", "The verdict.", words_of(Kinship), required=True),
        Column("containment", "number", "Share of the shorter's runs of three words in the other.", required=True),
        Column("likeness", "number", "How much of what the shorter tells the other tells too.", required=True),
        Column("says", "text", "The reason, as a user reads it.", required=True),
        Column(
            "passages",
            "objects",
            "What stands in both word for word.",
            parts=(*_SPAN, ("other_start", "integer"), ("other_end", "integer")),
        ),
    ),
    (("family", "families", "id"),),
)
REFUSED = Table(
    "refused",
    "One row for each document that could not become a report.",
    (
        Column("name", "text", "What the report would have been called.", required=True),
        Column("address", "text", "The file it stands in.", required=True),
        Column("reason", "text", "Why it was refused, with what to do about it.", required=True),
    ),
)
SOURCES = Table(
    "sources",
    "One row for each file that was taken in.",
    (
        Column("name", "text", "Its name below the source.", required=True),
        Column("address", "text", "Where it lay.", required=True),
        Column("key", "text", "Hash of its content, and of what decides how it is taken in.", required=True),
        Column("bytes", "integer", "Its size.", required=True),
    ),
)
TABLES = (REPORTS, READINGS, STATEMENTS, FLAGS, FAMILIES, LINKS, REFUSED, SOURCES)


def report_values(received: Received) -> Row:
    """The row of a report, `report_of` its way back."""
    report = received.report
    return {
        "id": report.id,
        "report": report.name,
        "title": report.title,
        "author": report.author,
        "publisher": report.publisher,
        **date_values("published", report.published),
        "published_about": None if report.published is None else report.published.about,
        **date_values("updated", report.updated),
        "updated_about": None if report.updated is None else report.updated.about,
        "url": report.url,
        "language": report.language,
        "listed": report.listed,
        "media_type": report.media_type,
        "encoding": report.encoding,
        "sha256": report.sha256,
        "characters": len(report.text),
        "text": report.text,
        "blocks": [asdict(block) for block in report.blocks],
        "visit": None if received.visit is None else form_of(Visit).dump_python(received.visit, mode="json"),
        "raw": received.raw,
    }


REPORT_COLUMNS = tuple(
    column.name
    for column in REPORTS.columns
    if column.name not in {"characters", "visit", "raw", "published_precision", "updated_precision"}
)
"""What `report_of` needs of a row."""


def report_of(row: Mapping[str, Any]) -> Report:
    """The report of a row with `REPORT_COLUMNS`."""
    return Report(
        row["id"],
        row["report"],
        row["sha256"],
        row["media_type"],
        row["encoding"],
        row["text"],
        tuple(Block(one["start"], one["end"], BlockKind(one["kind"]), one["reason"]) for one in row["blocks"] or ()),
        row["title"],
        row["author"],
        row["publisher"],
        row["url"],
        _date_of(row, "published"),
        _date_of(row, "updated"),
        row["language"],
        row["listed"],
    )


def _date_of(row: Mapping[str, Any], name: str) -> PartialDate | None:
    if row[name] is None:
        return None
    return PartialDate(row[name], DateBasis(row[f"{name}_basis"]), bool(row[f"{name}_about"]))


def statement_values(statement: Statement, report: Report) -> Row:
    """The row of a statement, `statement_of` its way back."""
    return {**statement_row(statement, report, occurrence=1), "report_id": report.id}


def statement_of(row: Mapping[str, Any]) -> Statement:
    """The statement of a row."""
    return Statement(
        row["id"],
        row["report"],
        row["report_id"],
        row["start"],
        row["end"],
        row["quote"],
        row["party"],
        row["option"],
        Stance(row["stance"]),
        Act(row["act"]),
        row["speaker"],
        row["condition"],
        row["former"],
        Via(row["via"]),
        row["via_name"],
        row["reader"],
        row["confidence"],
        tuple(Reason(one["step"], one["says"], one["start"], one["end"]) for one in row["reasons"] or ()),
    )


def flag_values(flag: Flag) -> Row:
    """The row of a flag."""
    return {**asdict(flag), "kind": str(flag.kind)}


def family_values(family: Family) -> tuple[Row, list[Row]]:
    """The row of a family and those of its links."""
    links = [
        {**asdict(link), "kinship": str(link.kinship), "passages": [asdict(one) for one in link.passages]}
        | {"family": family.id}
        for link in family.links
    ]
    row = {
        "id": family.id,
        "reports": list(family.reports),
        "report_ids": list(family.report_ids),
        "original": family.original,
        "says": family.says,
    }
    return row, links
