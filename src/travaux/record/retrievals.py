"""Requests that brought reports, or did not: when, from where, with which headers. Append-only."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, func, insert, or_, select

from travaux.record.numbering import next_number
from travaux.record.schema import REPORT, RETRIEVAL
from travaux.visit import Visit


@dataclass(frozen=True, slots=True)
class Retrieval:
    """One request for a page.

    Attributes:
        number: its place in the append-only table, from 1.
        report_id: the report that came of it; None where none did, for the `problem` in one line.
    """

    number: int
    report_id: str | None
    visit: Visit
    problem: str = ""


def note(connection: Connection, visit: Visit, report_id: str | None, problem: str = "") -> None:
    """Add a request; one that an archive tells of is kept once, however often the archive is added."""
    if visit.by == "warc":
        same = (RETRIEVAL.c.by == visit.by) & (RETRIEVAL.c.url == visit.url) & (RETRIEVAL.c.at == visit.at)
        if connection.scalar(select(RETRIEVAL.c.number).where(same, RETRIEVAL.c.report_id == report_id)) is not None:
            return
    connection.execute(
        insert(RETRIEVAL).values(
            number=next_number(connection, RETRIEVAL),
            report_id=report_id,
            by=visit.by,
            url=visit.url,
            final_url=visit.final_url,
            at=visit.at,
            status=visit.status,
            problem=problem,
            request_headers=visit.request_headers,
            headers=visit.headers,
            redirects=visit.redirects,
        )
    )


def of_report(connection: Connection, report_id: str) -> list[Retrieval]:
    """The requests that brought a report, in order."""
    rows = connection.execute(select(RETRIEVAL).where(RETRIEVAL.c.report_id == report_id).order_by(RETRIEVAL.c.number))
    return [
        Retrieval(
            row.number,
            row.report_id,
            Visit(
                row.by,
                row.url,
                row.final_url,
                row.at,
                row.status,
                tuple((name, value) for name, value in row.request_headers),
                tuple((name, value) for name, value in row.headers),
                tuple(row.redirects),
            ),
            row.problem,
        )
        for row in rows
    ]


def addresses_had(connection: Connection) -> set[str]:
    """The addresses of pages the record has: asked for, answered from, or told by the report."""
    found: set[str] = set()
    rows = connection.execute(select(RETRIEVAL.c.url, RETRIEVAL.c.final_url).where(RETRIEVAL.c.report_id.is_not(None)))
    for url, final_url in rows:
        found |= {url, final_url}
    found.update(connection.scalars(select(REPORT.c.url).where(REPORT.c.url.is_not(None))))
    return found


def tries_in_vain(connection: Connection) -> dict[str, int]:
    """How often each address was asked for and no report came of it."""
    rows = connection.execute(
        select(RETRIEVAL.c.url, func.count()).where(RETRIEVAL.c.report_id.is_(None)).group_by(RETRIEVAL.c.url)
    )
    return {row[0]: row[1] for row in rows}


def page_had(connection: Connection, url: str) -> tuple[str, str, str] | None:
    """Id, name and text's SHA-256 of the report that an address brought last, or None."""
    row = connection.execute(
        select(REPORT.c.id, REPORT.c.name, REPORT.c.text_sha256)
        .join(RETRIEVAL, RETRIEVAL.c.report_id == REPORT.c.id)
        .where(or_(RETRIEVAL.c.url == url, RETRIEVAL.c.final_url == url))
        .order_by(RETRIEVAL.c.number.desc())
        .limit(1)
    ).first()
    return None if row is None else (row.id, row.name, row.text_sha256)
