"""The audit trail: what people did in the pages of a team's server, when and from where. Rows are only ever added."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import Connection, insert, select

from travaux.record.numbering import next_number
from travaux.record.schema import DEED

MOST_NOTED = 2000
"""Characters of what a deed is about; names of files that a browser sends may be longer than anybody reads."""


class What(StrEnum):
    """What is noted, each as `travaux audit` shows it."""

    SIGNED_IN = "signed in"
    SIGN_IN_FAILED = "sign-in failed"
    SIGNED_OUT = "signed out"
    REFUSED = "refused"
    JUDGED = "judged"
    ADDED_STATEMENT = "added a statement"
    WITHDREW = "took back"
    EDITED_AGENDA = "edited the agenda"
    SENT_REPORTS = "sent in reports"
    FETCHED_PAGES = "had pages fetched"
    READ_REPORTS = "had reports read"


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing that somebody did, or tried.

    Attributes:
        number: its place in the append-only table, from 1; 0 before it is stored.
        at: ISO 8601 time in UTC.
        person: the name they signed in with; empty where nobody known did it.
        address: the network address it came from; empty where it cannot be told.
        what: what was done; about: on what, in words: a judgement's number, an option, names of reports.
    """

    number: int
    at: str
    person: str
    address: str
    what: What
    about: str = ""


def add(connection: Connection, deed: Deed) -> Deed:
    """Note a deed for good and return it as noted; the number it came with does not matter."""
    number = next_number(connection, DEED)
    about = deed.about if len(deed.about) <= MOST_NOTED else f"{deed.about[: MOST_NOTED - 1]}…"
    noted = Deed(number, deed.at, deed.person, deed.address, deed.what, about)
    connection.execute(
        insert(DEED).values(
            number=number,
            at=noted.at,
            person=noted.person,
            address=noted.address,
            what=str(noted.what),
            about=noted.about,
        )
    )
    return noted


def deeds(connection: Connection) -> list[Deed]:
    """All deeds in the order they were noted."""
    rows = connection.execute(select(DEED).order_by(DEED.c.number))
    return [Deed(row.number, row.at, row.person, row.address, What(row.what), row.about) for row in rows]
