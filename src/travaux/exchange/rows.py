"""The nouns of a record as rows: the one place where listings and exports get their columns from.

A row is a mapping with `id` first and values ready for JSON: None, truth values, numbers, texts, lists, mappings. The
columns of each row are described in `travaux.exchange.tables`. A date takes three columns: the date itself to its
precision (``2025-08``), the precision in a word, and the basis; the date of publication has a fourth that says
whether it is an analyst's estimate.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from travaux.analysis.hearsay import distance_of
from travaux.analysis.judgements import JudgedStatement
from travaux.analysis.positions import Position
from travaux.model import Judgement, PartialDate, Report, Said, Statement
from travaux.record.corrections import CORRECTABLE
from travaux.record.rows import ReportRow

Row = dict[str, Any]


def occurrence_of(text: str, quote: str, start: int) -> int | None:
    """Which occurrence of a quote in a report's text begins at `start`, from 1, overlapping ones counted.

    None where the quote does not begin there, so that a wrong place is never written down as a right one.
    """
    occurrence, at = 0, -1
    while at < start:
        at = text.find(quote, at + 1)
        if at < 0:
            return None
        occurrence += 1
    return occurrence if at == start else None


def occurrences(statements: Iterable[Statement], texts: Mapping[str, str]) -> dict[str, int | None]:
    """`occurrence_of` for many statements, by statement id; `texts` are those of the reports, by name."""
    return {one.id: occurrence_of(texts[one.report], one.quote, one.start) for one in statements}


def statement_row(
    statement: Statement | JudgedStatement,
    report: Report | ReportRow | None = None,
    occurrence: int | None = None,
) -> Row:
    """A statement with the codebook's fields by their names.

    Args:
        statement: with judgements in force its values are the corrected ones.
        report: the report it stands in, for date and publisher; those columns are empty without it.
        occurrence: see `occurrence_of`; found in the text where a whole `Report` is given and this is not.
    """
    judged = statement if isinstance(statement, JudgedStatement) else JudgedStatement(statement, statement)
    shown = judged.effective
    if occurrence is None and isinstance(report, Report):
        occurrence = occurrence_of(report.text, shown.quote, shown.start)
    return {
        "id": shown.id,
        "report": shown.report,
        "quote": shown.quote,
        "occurrence": occurrence,
        "speaker": shown.speaker,
        "party": shown.party,
        "option": shown.option,
        "stance": str(shown.stance),
        "act": str(shown.act),
        "condition": shown.condition,
        "former": shown.former,
        "via": str(shown.via),
        "via_name": shown.via_name,
        "distance": str(distance_of(shown)),
        "start": shown.start,
        "end": shown.end,
        **date_values("published", None if report is None else report.published),
        "published_about": _is_about(None if report is None else report.published),
        "publisher": None if report is None else report.publisher,
        "url": None if report is None else report.url,
        "reader": shown.reader,
        "confidence": shown.confidence,
        "verdict": None if judged.verdict is None else str(judged.verdict),
        "judgement": judged.reason or None,
        "as_read": as_read(judged),
        "reasons": [
            {"step": reason.step, "says": reason.says, "start": reason.start, "end": reason.end}
            for reason in shown.reasons
        ],
    }


def as_read(judged: JudgedStatement) -> Row:
    """What the reader read where a person corrected it: field and value; empty where nothing is corrected."""
    read, counts = judged.statement, judged.effective
    return {
        name: getattr(read, name) for name in CORRECTABLE if getattr(read, name) != getattr(counts, name)
    }  # words of the codebook are texts too, so that JSON takes them


def position_row(position: Position) -> Row:
    """A party's position on an option; its id is ``party/option``."""
    return {
        "id": f"{position.party}/{position.option}",
        "party": position.party,
        "option": position.option,
        "stances": [str(stance) for stance in position.stances],
        "conditional": position.conditional,
        "acts": [str(act) for act in position.acts],
        "vias": [str(via) for via in position.vias],
        "distance": None if position.distance is None else str(position.distance),
        "support": position.support,
        **date_values("since", position.since),
        **date_values("latest", position.latest),
        "undated": position.undated,
        "reports": list(position.reports),
        "statements": list(position.statements),
        "former": list(position.former),
        "reason": position.reason,
    }


def report_row(report: ReportRow) -> Row:
    """A report, without its text, and what became of it."""
    return {
        "id": report.id,
        "report": report.name,
        "title": report.title,
        "publisher": report.publisher,
        **date_values("published", report.published),
        "published_about": _is_about(report.published),
        **date_values("updated", report.updated),
        "url": report.url,
        "language": report.language,
        "state": str(report.state),
        "reason": report.reason or None,
        "statements": report.statements,
        "characters": report.characters,
    }


def judgement_row(judgement: Judgement) -> Row:
    """A person's decision; its id is its number in the record."""
    return {
        "id": judgement.number,
        "statement": judgement.statement,
        "verdict": str(judgement.verdict),
        "reviewer": judgement.reviewer,
        "at": judgement.at,
        "report_id": judgement.report_id,
        "start": judgement.start,
        "end": judgement.end,
        "quote": judgement.quote,
        "party": judgement.party,
        "option": judgement.option,
        "stance": str(judgement.stance),
        "corrections": dict(judgement.corrections),
        "note": judgement.note or None,
        "withdraws": judgement.withdraws,
        "blind": judgement.blind,
    }


SAID = ("id", "report", "source", "cue", "content", "start", "end")
"""Columns of `said_row`."""


def said_row(one: Said) -> Row:
    """Who says what in one place; its id is the report's with the place."""
    values = (
        f"{one.report_id}-{one.start}-{one.end}",
        one.report,
        one.source,
        one.cue,
        one.content,
        one.start,
        one.end,
    )
    return dict(zip(SAID, values, strict=True))


def date_values(name: str, date: PartialDate | None) -> Row:
    return {
        name: None if date is None else date.value,
        f"{name}_precision": None if date is None else date.precision,
        f"{name}_basis": None if date is None else str(date.basis),
    }


def _is_about(date: PartialDate | None) -> bool | None:
    return None if date is None else date.about
