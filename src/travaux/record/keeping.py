"""What the store keeps beside reports and readings: requests, sources, datings, deeds, agenda edits, what updates told."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from travaux.errors import RequestError
from travaux.record import agenda_edits, assessments, datings, deeds, queries, retrievals, settled, sources, tellings
from travaux.record.agenda_edits import LoggedEdit
from travaux.record.changes import Topic
from travaux.record.datings import Dating
from travaux.record.deeds import Deed
from travaux.record.retrievals import Retrieval
from travaux.record.sources import Source
from travaux.record.tellings import Updating
from travaux.visit import Visit


class Keeping:
    """The part of a `Store` that is about where reports come from and what was told of them."""

    if TYPE_CHECKING:

        def _reads(self) -> AbstractContextManager[Connection]: ...

        def _writes(self, topic: Topic = ..., *, durable: bool = False) -> AbstractContextManager[Connection]: ...

    # ------------------------------------------------------------------------------------------ requests

    def note_visit(self, visit: Visit, report_id: str | None = None, problem: str = "") -> None:
        """Keep a request that brought a report the record has, or no report, for the problem in one line."""
        with self._writes(Topic.ERRANDS) as connection:
            retrievals.note(connection, visit, report_id, problem)

    def retrievals(self, report_id: str) -> list[Retrieval]:
        """The requests that brought a report, in order; empty for one from a file."""
        with self._reads() as connection:
            return retrievals.of_report(connection, report_id)

    def addresses_had(self) -> set[str]:
        """The addresses of pages the record has."""
        with self._reads() as connection:
            return retrievals.addresses_had(connection)

    def tries_in_vain(self) -> dict[str, int]:
        """How often each address was asked for in vain."""
        with self._reads() as connection:
            return retrievals.tries_in_vain(connection)

    def page_had(self, url: str) -> tuple[str, str, str] | None:
        """Id, name and text's SHA-256 of the report that an address brought last, or None."""
        with self._reads() as connection:
            return retrievals.page_had(connection, url)

    # ------------------------------------------------------------------------------------------ sources

    def sources(self) -> list[Source]:
        """The sources that are asked at an update, in the order they were added."""
        with self._reads() as connection:
            return sources.sources(connection)

    def keep_source(self, source: Source) -> Source:
        """Add a source, or bring back one that was removed, and return it with its number."""
        with self._writes(Topic.ERRANDS) as connection:
            return sources.keep(connection, source)

    def remove_source(self, number: int, at: str) -> None:
        """Let a source be asked no more; what it brought stays."""
        with self._writes(Topic.ERRANDS) as connection:
            sources.remove(connection, number, at)

    def note_polled(self, source: Source) -> None:
        """Note how the last asking of a source went."""
        with self._writes(Topic.ERRANDS) as connection:
            sources.note_polled(connection, source)

    # ------------------------------------------------------------------------------------------ datings

    def date_report(self, dating: Dating) -> Dating:
        """Add a dating for good and return it with its number.

        Raises:
            RequestError: nobody signs. UnknownName: no report has that id. ValueError: its time is not in UTC.
        """
        if not dating.reviewer.strip():
            raise RequestError("a dating must be signed", remedy="say who dates, with --by")
        if datetime.fromisoformat(dating.at).utcoffset() != timedelta(0):
            raise ValueError(f"not a time in UTC: {dating.at}")
        with self._writes(Topic.REPORTS, durable=True) as connection:
            queries.report(connection, dating.report_id)
            settled.account(connection, [dating.report_id])
            assessments.forget(connection, dating.report_id)
            return datings.add(connection, dating)

    def datings(self) -> list[Dating]:
        """All datings in the order they were made."""
        with self._reads() as connection:
            return datings.datings(connection)

    # ------------------------------------------------------------------------------------------ deeds

    def note_deed(self, deed: Deed) -> Deed:
        """Note for good what somebody did, and return it with its number.

        Raises:
            ValueError: its time is not in UTC.
        """
        if datetime.fromisoformat(deed.at).utcoffset() != timedelta(0):
            raise ValueError(f"not a time in UTC: {deed.at}")
        with self._writes(Topic.ERRANDS, durable=True) as connection:
            return deeds.add(connection, deed)

    def deeds(self) -> list[Deed]:
        """What people did in the pages of a team's server, in the order it was noted."""
        with self._reads() as connection:
            return deeds.deeds(connection)

    # ------------------------------------------------------------------------------------------ updates

    def updatings(self) -> list[Updating]:
        """All updates, oldest first."""
        with self._reads() as connection:
            return tellings.updatings(connection)

    def told(self) -> dict[tuple[str, str], int]:
        """The number of the update that told each thing, by kind and key."""
        with self._reads() as connection:
            return tellings.told(connection)

    def tell(self, things: Iterable[tuple[str, str]], started: str, finished: str) -> Updating:
        """Note an update and what it told, in one transaction."""
        with self._writes(Topic.ERRANDS) as connection:
            return tellings.tell(connection, things, started, finished)

    # ------------------------------------------------------------------------------------------ edits of the agenda

    def log_agenda_edit(self, edit: LoggedEdit, check: Callable[[], None]) -> LoggedEdit:
        """Keep an edit of the agenda for good, if nothing is raised by `check`, which is asked while nobody else writes.

        Raises:
            RequestError: nobody signs. What `check` raises.
        """
        with self._writes(durable=True) as connection:
            check()
            return agenda_edits.add(connection, edit)

    def agenda_edits(self) -> list[LoggedEdit]:
        """All edits of the agenda, and what took them back, in the order they were made."""
        with self._reads() as connection:
            return agenda_edits.logged(connection)
