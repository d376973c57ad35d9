"""When reports were published, by an analyst's word."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from travaux import settings
from travaux.api.foundation import RecordBase
from travaux.errors import RequestError
from travaux.model import DateBasis, PartialDate

if TYPE_CHECKING:
    from travaux.record import Dating


class Dated(RecordBase):
    """The verbs of dating."""

    def date(
        self,
        report: str,
        published: date | str | None,
        *,
        about: bool = False,
        reviewer: str | None = None,
        note: str = "",
    ) -> Dating:
        """Say when a report was published, for good: it counts before what the report says of itself, which is kept.

        Args:
            report: name or id.
            published: a day, or ``2025-08-18``, ``2025-08``, ``2025``; None takes the datings before it back.
            about: it is an estimate, and shown as one.
            reviewer: who signs; by default as `settings.reviewer` says.

        Raises:
            UnknownName: no such report. RequestError: no date, or nobody signs.
        """
        from travaux.record import Dating

        name = self._report(report)
        value = published.isoformat() if isinstance(published, date) else published
        try:
            told = None if value is None else PartialDate(value, DateBasis.ANALYST, about)
        except ValueError:
            raise RequestError(f"{value!r} is no date", remedy="write it as 2025-08-18, 2025-08 or 2025") from None
        signed = (reviewer if reviewer is not None else settings.reviewer()) or ""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        return self.store.date_report(Dating(0, self.store.report(name).id, told, signed, at, note))

    def datings(self, report: str | None = None) -> list[Dating]:
        """What analysts said of when reports were published, in the order they said it.

        Args:
            report: only of this report, by name or id.
        """
        wanted = None if report is None else self.store.report(self._report(report)).id
        return [one for one in self.store.datings() if wanted in (None, one.report_id)]
