"""What the databases have in common: how long a writer waits, how a transaction says that it writes, what each must offer."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine, Insert, Table

from travaux.errors import TravauxError
from travaux.record.searching import Term

BUSY_SECONDS = 10.0
"""How long a writer waits for another one before it gives up. A transaction writes one report: milliseconds."""

WRITES = "travaux_writes"
"""Execution option of a connection whose transactions write: they take the record's one writer's lock at once."""
DURABLE = "travaux_durable"
"""Execution option: what is committed must outlive a power cut too."""

WORDS = "report_words"
"""The index of words; a database may keep tables of its own beside it, whose names begin with this one."""


class Database(Protocol):
    """What a kind of database offers; the modules `sqlite` and `postgresql` do."""

    def insert(self, table: Table) -> Insert:
        """An INSERT that knows ON CONFLICT."""

    def known_error(self, original: object, place: str) -> TravauxError | None:
        """The error a user can mend that stands behind one of the driver's, or None."""

    def forbid_change(self, table: str, columns: Sequence[str]) -> dict[str, str]:
        """Triggers, by name, that forbid changing rows of a table."""

    def present_triggers(self, connection: Connection) -> set[str]:
        """The names of the triggers that are there and work."""

    def integrity_problems(self, connection: Connection) -> list[str]:
        """What the database's own checks find, one line each."""

    def word_index(self) -> list[str]:
        """What makes the index of the words of all reports."""

    def index_words(self, connection: Connection, report_id: str, text: str) -> None:
        """Puts a report's words into the index, unless the database does so by itself."""

    def reports_with(self, connection: Connection, terms: Sequence[Term]) -> list[str]:
        """Ids of the reports with all terms, those first in which they weigh most."""

    def change_counter(self, engine: Engine) -> Callable[[], int]:
        """A function whose value changes whenever somebody has written to the record."""
