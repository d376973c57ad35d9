"""What may be written as a judgement. Rows are only ever added; taking one back is a row too."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection, insert, select

from travaux.errors import RequestError
from travaux.model import PERSON, Judgement, Report, Verdict, statement_id
from travaux.record import queries
from travaux.record.corrections import Correction, checked_addition, checked_corrections
from travaux.record.evidence import Evidence
from travaux.record.numbering import next_number
from travaux.record.schema import JUDGEMENT


def add_judgement(connection: Connection, judgement: Judgement) -> Judgement:
    """Add a judgement and return it with its number; the number it came with does not matter.

    Raises:
        RequestError: nobody signs; corrections without ``correct`` or the other way round; a correction that cannot be
            (see `checked_corrections`); a condition that does not stand in the report; a quote that is blank or is not
            the text at its corrected span; ``withdraw``, which `withdraw` writes.
        UnknownName: no report has that id.
        ValueError: its quote is not the report's text at its span, its time is not in UTC, or an added statement's id is
            not the hash of its content.
    """
    fields = _checked_fields(judgement)
    _check_signed(judgement.reviewer, judgement.at)
    report = queries.report(connection, judgement.report_id)
    fault = Evidence(report.text, ()).span_fault(judgement.start, judgement.end, judgement.quote)
    if fault:
        raise ValueError(f"{report.name}: {fault}")
    if judgement.verdict is Verdict.ADD:
        _check_added(judgement, fields, report)
    _check_words(fields, report)
    return _numbered(connection, replace(judgement, corrections=fields, withdraws=None))


def withdraw(
    connection: Connection, number: int, reviewer: str, at: str, note: str, *, others: bool = False
) -> Judgement:
    """Take one's own judgement back: add a row that says so, and return it.

    Withdrawing what is withdrawn adds nothing and returns the row that did it.

    Args:
        others: somebody else's may be taken back too; the row is signed by who does it, so that both stay to be seen.

    Raises:
        RequestError: nobody signs; there is no judgement of that number; somebody else made it; it is a withdrawal.
        ValueError: the time is not in UTC.
    """
    _check_signed(reviewer, at)
    row = connection.execute(select(JUDGEMENT).where(JUDGEMENT.c.number == number)).one_or_none()
    if row is None:
        raise RequestError(f"no judgement {number} in this record", remedy="travaux judge log lists them")
    taken_back = queries.judgement_of(row)
    if taken_back.reviewer != reviewer and not others:
        told = f"judgement {number} was made by {taken_back.reviewer}"
        raise RequestError(told, remedy="only who made it takes it back; judge the statement yourself")
    if taken_back.verdict is Verdict.WITHDRAW:
        raise RequestError(f"judgement {number} is a withdrawal", remedy="judge the statement again")
    before = connection.execute(select(JUDGEMENT).where(JUDGEMENT.c.withdraws == number)).first()
    if before is not None:
        return queries.judgement_of(before)
    row_of = replace(
        taken_back,
        verdict=Verdict.WITHDRAW,
        reviewer=reviewer,
        at=at,
        corrections=(),
        note=note,
        withdraws=taken_back.number,
        blind=False,
    )
    return _numbered(connection, row_of)


def added_id(judgement: Judgement) -> str:
    """Id of the statement that a judgement adds, from its content."""
    fields = dict(judgement.corrections)
    speaker = fields.get("speaker")
    return statement_id(
        PERSON,
        judgement.report_id,
        judgement.start,
        judgement.end,
        judgement.party,
        judgement.option,
        judgement.stance,
        bool(fields.get("former")),
        None if speaker is None else str(speaker),
        str(fields.get("via")),
    )


def span_fault(fields: tuple[Correction, ...], text: str) -> str | None:
    """Why corrected start, end and quote are no exact evidence, or None; None too where they are not corrected."""
    values = dict(fields)
    start, end, quote = values.get("start"), values.get("end"), values.get("quote")
    if not (isinstance(start, int) and isinstance(end, int) and isinstance(quote, str)):
        return None
    return Evidence(text, ()).span_fault(start, end, quote)


def _checked_fields(judgement: Judgement) -> tuple[Correction, ...]:
    if judgement.verdict is Verdict.WITHDRAW:
        raise RequestError("a withdrawal names the judgement it takes back", remedy="withdraw it by its number")
    if judgement.verdict is Verdict.ADD:
        return checked_addition(judgement.corrections)
    fields = checked_corrections(judgement.corrections)
    if (judgement.verdict is Verdict.CORRECT) != bool(fields):
        raise RequestError(
            "a correction names what it changes, and only a correction does", remedy="give field and new value"
        )
    return fields


def _check_signed(reviewer: str, at: str) -> None:
    if not reviewer.strip():
        raise RequestError("a judgement must be signed", remedy="say who judges")
    if datetime.fromisoformat(at).utcoffset() != timedelta(0):
        raise ValueError(f"not a time in UTC: {at}")


def _check_added(judgement: Judgement, fields: tuple[Correction, ...], report: Report) -> None:
    if not judgement.quote.strip():
        raise RequestError("the passage is blank", path=report.name, remedy="choose the words that carry the position")
    if judgement.statement != added_id(replace(judgement, corrections=fields)):
        raise ValueError(f"{report.name}: the id of an added statement is not the hash of its content")


def _check_words(fields: tuple[Correction, ...], report: Report) -> None:
    values = dict(fields)
    condition = values.get("condition")
    if isinstance(condition, str) and condition not in report.text:
        raise RequestError(
            f"the condition {condition!r} does not stand in {report.name}", remedy="use the report's own words"
        )
    fault = span_fault(fields, report.text)
    if fault:
        raise RequestError(fault, path=report.name, remedy="use the report's own words")


def _numbered(connection: Connection, judgement: Judgement) -> Judgement:
    numbered = replace(judgement, number=next_number(connection, JUDGEMENT))
    connection.execute(insert(JUDGEMENT).values(_columns(numbered)))
    return numbered


def _columns(judgement: Judgement) -> dict[str, object]:
    return {
        "number": judgement.number,
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
        "corrections": judgement.corrections,
        "note": judgement.note,
        "withdraws": judgement.withdraws,
        "blind": judgement.blind,
    }
