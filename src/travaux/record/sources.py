"""Sources: feeds, sitemaps and pages that an update asks for news, and how that went the last time."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, Row, insert, select, update

from travaux.record.numbering import next_number
from travaux.record.schema import SOURCE


@dataclass(frozen=True, slots=True)
class Source:
    """A feed, sitemap or page that is asked at each update.

    Attributes:
        number: its place among all there ever were, from 1; 0 before it is stored.
        url: its address. kind: ``feed``, ``sitemap`` or ``page``.
        only: a pattern such as ``*/world/*`` that addresses must fit; empty for all.
        title: as it names itself.
        added: when, ISO 8601 in UTC. polled: when it was asked last; None for never.
        etag, last_modified: what the server said of its last answer.
        problem: why the last asking came to nothing; empty where it did not.
        again_at: the server wants to be left alone until then; None for any time.
    """

    number: int
    url: str
    kind: str
    only: str = ""
    title: str = ""
    added: str = ""
    polled: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    problem: str = ""
    again_at: str | None = None


def sources(connection: Connection) -> list[Source]:
    """The sources that are asked, in the order they were added."""
    rows = connection.execute(select(SOURCE).where(SOURCE.c.removed.is_(None)).order_by(SOURCE.c.number))
    return list(map(_source_of, rows))


def keep(connection: Connection, source: Source) -> Source:
    """Add a source, or bring back one of the same address that was removed; what is there already stays as it was."""
    standing = connection.execute(select(SOURCE).where(SOURCE.c.url == source.url)).first()
    told = {"kind": source.kind, "only": source.only, "title": source.title}
    if standing is None:
        number = next_number(connection, SOURCE)
        connection.execute(insert(SOURCE).values(number=number, url=source.url, added=source.added, problem="", **told))
    else:
        number = standing.number
        connection.execute(
            update(SOURCE)
            .where(SOURCE.c.number == number)
            .values(removed=None, etag=None, last_modified=None, problem="", again_at=None, **told)
        )
    return _source_of(connection.execute(select(SOURCE).where(SOURCE.c.number == number)).one())


def remove(connection: Connection, number: int, at: str) -> None:
    """Let a source be asked no more; what it brought stays."""
    connection.execute(update(SOURCE).where(SOURCE.c.number == number).values(removed=at))


def note_polled(connection: Connection, source: Source) -> None:
    """Note how the last asking of a source went."""
    connection.execute(
        update(SOURCE)
        .where(SOURCE.c.number == source.number)
        .values(
            title=source.title,
            polled=source.polled,
            etag=source.etag,
            last_modified=source.last_modified,
            problem=source.problem,
            again_at=source.again_at,
        )
    )


def _source_of(row: Row[tuple[object, ...]]) -> Source:
    return Source(
        row.number,
        row.url,
        row.kind,
        row.only,
        row.title,
        row.added,
        row.polled,
        row.etag,
        row.last_modified,
        row.problem,
        row.again_at,
    )
