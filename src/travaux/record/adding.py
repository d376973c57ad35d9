"""What becomes of a report that is added: new, known already, or known under another name."""

from __future__ import annotations

import hashlib
from dataclasses import replace
from itertools import count
from pathlib import PurePosixPath
from typing import Any

from sqlalchemy import Connection, Row, delete, insert, select, update

from travaux.model import DateBasis, PartialDate, Report, ReportState, report_id
from travaux.record.assessments import forget
from travaux.record.dialect import index_words
from travaux.record.evidence import Evidence
from travaux.record.queries import date_of
from travaux.record.rows import Added, Outcome
from travaux.record.schema import ORIGINAL, READING, REPORT

DESCRIBING = (
    "title",
    "author",
    "publisher",
    "url",
    "published",
    "published_basis",
    "published_about",
    "updated",
    "updated_basis",
    "updated_about",
    "language",
    "listed",
)
"""The columns a manifest may change; all others say what the report is."""


def add_report(connection: Connection, report: Report, raw: bytes) -> Added:
    """Store a report with its bytes, unless the record has it.

    1. The same bytes under the same name are the same report; a manifest's row may describe it anew.
    2. The same bytes under another name are a copy of what is there, unless a manifest lists them on their own.
    3. Other bytes under a name that is taken are stored as ``name~2.ext``, ``name~3.ext``…

    Raises:
        ValueError: a bug of the caller: id, digest or layout do not belong to the bytes and the text.
    """
    _check_report(report, raw)
    standing = _row(connection, REPORT.c.name == report.name)
    if standing is not None and standing.sha256 == report.sha256:
        return _describe_anew(connection, standing, report)
    if not report.listed:
        twin = _row(connection, REPORT.c.sha256 == report.sha256)
        if twin is not None:
            return Added(Outcome.ALREADY, report.name, of=twin.name)
    if standing is None:
        _insert(connection, report, raw)
        return Added(Outcome.ADDED, report.name)
    for number in count(2):
        name = numbered_name(report.name, number)
        standing = _row(connection, REPORT.c.name == name)
        if standing is None:
            _insert(connection, replace(report, name=name, id=report_id(name, report.sha256)), raw)
            return Added(Outcome.RENAMED, name, of=report.name)
        if standing.sha256 == report.sha256:
            return _describe_anew(connection, standing, report)
    raise AssertionError("numbers do not end")


def numbered_name(name: str, number: int) -> str:
    """``talks/a.txt`` and 2 give ``talks/a~2.txt``."""
    path = PurePosixPath(name)
    return str(path.with_name(f"{path.stem}~{number}{path.suffix}"))


def _check_report(report: Report, raw: bytes) -> None:
    if report.sha256 != hashlib.sha256(raw).hexdigest():
        raise ValueError(f"{report.name}: sha256 is not that of the bytes")
    if report.id != report_id(report.name, report.sha256):
        raise ValueError(f"{report.name}: the id is not the hash of name and bytes")
    for fault in Evidence(report.text, report.blocks).layout_faults():
        raise ValueError(f"{report.name}: {fault}")


def _row(connection: Connection, condition: Any) -> Row[Any] | None:
    columns = [REPORT.c[name] for name in ("id", "name", "sha256", *DESCRIBING)]
    return connection.execute(select(*columns).where(condition).order_by(REPORT.c.name).limit(1)).first()


def _describe_anew(connection: Connection, standing: Row[Any], report: Report) -> Added:
    """Take over what a manifest says; without a manifest what stands stays."""
    of = None if standing.name == report.name else standing.name
    if not report.listed:
        return Added(Outcome.ALREADY, report.name, of=of)
    kept = date_of(standing.published, standing.published_basis, standing.published_about)
    if kept is not None and kept.basis is DateBasis.ANALYST:
        report = replace(report, published=kept)  # a person's dating outlives a manifest
    told = _describing(report)
    if all(getattr(standing, name) == value for name, value in told.items()):
        return Added(Outcome.ALREADY, report.name, of=of)
    connection.execute(update(REPORT).where(REPORT.c.id == standing.id).values(told))
    forget(connection, standing.id)
    if report.language != standing.language:
        # Whoever left it for its language may read it now.
        unread = (READING.c.report_id == standing.id) & (READING.c.state == str(ReportState.UNREAD))
        connection.execute(delete(READING).where(unread))
    return Added(Outcome.UPDATED, report.name, of=of)


def _describing(report: Report) -> dict[str, Any]:
    return {
        "title": report.title,
        "author": report.author,
        "publisher": report.publisher,
        "url": report.url,
        **_date_columns("published", report.published),
        **_date_columns("updated", report.updated),
        "language": report.language,
        "listed": report.listed,
    }


def _date_columns(name: str, date: PartialDate | None) -> dict[str, Any]:
    return {
        name: None if date is None else date.value,
        f"{name}_basis": None if date is None else str(date.basis),
        f"{name}_about": False if date is None else date.about,
    }


def _insert(connection: Connection, report: Report, raw: bytes) -> None:
    connection.execute(
        insert(REPORT).values(
            id=report.id,
            name=report.name,
            media_type=report.media_type,
            encoding=report.encoding,
            sha256=report.sha256,
            text_sha256=hashlib.sha256(report.text.encode()).hexdigest(),
            characters=len(report.text),
            blocks=[(block.start, block.end, str(block.kind), block.reason) for block in report.blocks],
            text=report.text,
            **_describing(report),
        )
    )
    connection.execute(insert(ORIGINAL).values(report_id=report.id, raw=raw))
    index_words(connection, report.id, report.text)
