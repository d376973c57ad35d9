"""How often each part of a record has been written to, so that whoever holds it in memory knows what to look at anew."""

from __future__ import annotations

from enum import StrEnum

from sqlalchemy import Connection, select, update

from travaux.record.schema import CHANGE


class Topic(StrEnum):
    """A part of a record that is written to. ``rest`` is everything that has no topic of its own."""

    REPORTS = "reports"
    READINGS = "readings"
    JUDGEMENTS = "judgements"
    WORTH = "worth"
    ERRANDS = "errands"  # requests, sources, what updates told: nothing a page shows
    REST = "rest"


def note(connection: Connection, topic: Topic) -> None:
    """Count a change, in the transaction that makes it."""
    connection.execute(update(CHANGE).where(CHANGE.c.topic == str(topic)).values(number=CHANGE.c.number + 1))


def changes(connection: Connection) -> dict[Topic, int]:
    """How often each part has been written to since the record was made or brought up to date."""
    return {Topic(row.topic): row.number for row in connection.execute(select(CHANGE))}
