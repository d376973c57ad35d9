"""The edits of agenda.yaml that were made through Travaux: signed, append-only, each with the file as it was before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection, insert, select

from travaux.errors import RequestError
from travaux.record.numbering import next_number
from travaux.record.schema import AGENDA_EDIT

UNDO = "undo"


@dataclass(frozen=True, slots=True)
class LoggedEdit:
    """One edit of agenda.yaml, or the taking back of one.

    Attributes:
        number: its place in the append-only table, from 1; 0 before it is stored.
        kind: ``add-option``, ``merge``, ``add-name`` or ``undo``; says: what was done, in a line.
        reviewer: who signs; at: ISO 8601 time in UTC; note: free text.
        undoes: number of the edit that this one takes back, for ``undo``; None otherwise.
        before, after: SHA-256 of the file before and after; text_before: the file before, to go back to.
    """

    number: int
    kind: str
    says: str
    reviewer: str
    at: str
    note: str
    before: str
    after: str
    text_before: str
    undoes: int | None = None


def add(connection: Connection, edit: LoggedEdit) -> LoggedEdit:
    """Add an edit for good, and return it with its number; the number it came with does not matter.

    Raises:
        RequestError: nobody signs.
    """
    if not edit.reviewer.strip():
        raise RequestError("an edit of the agenda must be signed", remedy="say who edits")
    numbered = replace(edit, number=next_number(connection, AGENDA_EDIT))
    names = LoggedEdit.__dataclass_fields__
    connection.execute(insert(AGENDA_EDIT).values({name: getattr(numbered, name) for name in names}))
    return numbered


def logged(connection: Connection) -> list[LoggedEdit]:
    """All edits, in the order they were made."""
    names = LoggedEdit.__dataclass_fields__
    rows = connection.execute(select(AGENDA_EDIT).order_by(AGENDA_EDIT.c.number))
    return [LoggedEdit(**{name: getattr(row, name) for name in names}) for row in rows]


def last_standing(edits: Sequence[LoggedEdit]) -> LoggedEdit | None:
    """The last edit that was not taken back; None where there is none."""
    undone = {one.undoes for one in edits if one.undoes is not None}
    standing = [one for one in edits if one.kind != UNDO and one.number not in undone]
    return standing[-1] if standing else None
