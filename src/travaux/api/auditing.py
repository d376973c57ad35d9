"""Who did what in the pages of a team's server."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from travaux.api.foundation import RecordBase
from travaux.errors import UnknownName
from travaux.naming import day_of

if TYPE_CHECKING:
    from travaux.record.deeds import Deed


class Audited(RecordBase):
    """The verb of the audit trail."""

    def audit(self, person: str | None = None, what: str | None = None, since: date | str | None = None) -> list[Deed]:
        """What people did in the browser when the record was served for a team, failed sign-ins too, oldest first.

        Args:
            person: only of whoever signs in by this name; what: only deeds of this kind, as `What` spells them.
            since: only from this day on, in UTC.

        Raises:
            UnknownName: there is no such kind of deed. RequestError: `since` is no date.
        """
        from travaux.record.deeds import What

        if what is not None and what not in tuple(What):
            raise UnknownName(f"nothing called {what!r} is noted", remedy=f"one of: {', '.join(What)}")
        first = day_of(since)
        return [
            one
            for one in self.store.deeds()
            if person in (None, one.person)
            and what in (None, one.what)
            and (first is None or one.at[:10] >= first.isoformat())
        ]
