"""What every reader is: the shipped one, a language model, somebody's own."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Protocol

from travaux.model import Agenda, Reading, Report


class Reader(Protocol):
    """Reads one report at a time against an agenda; the same input gives the same reading.

    A reader that reads some languages only has their two-letter codes in an attribute ``languages``: reports known to be
    in another are then left unread. One that can begin a report while another is being read has a method
    ``read_ahead(reports, agenda)``, called with an iterator over the reports that will be read next, in their order.
    """

    @property
    def name(self) -> str:
        """Short name stored with each statement, such as ``local``."""

    def fingerprint(self) -> Mapping[str, str]:
        """Version and digests of everything that decides a reading (code, lexicons, models).

        Cheap to call: it must not load a model, since re-reading a record with nothing new calls it.
        """

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """The statements of one report.

        Raises:
            ReadingError: the report cannot be read; the message says why.
        """
