"""Reports into a record: files, folders, and addresses on the web."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from travaux.api.foundation import Progress, RecordBase, tell
from travaux.outcomes import AddOutcome
from travaux.visit import Visit, is_web_address

if TYPE_CHECKING:
    from travaux.errors import IntakeError
    from travaux.intake import Fields, Received, Refused
    from travaux.intake.web import Fetched, Fetcher, Listed, Rules
    from travaux.record import Added


class Incoming(RecordBase):
    """The verbs that take reports in."""

    def add(
        self,
        *places: str | Path,
        fields: Fields | None = None,
        web: Rules | None = None,
        progress: Progress | None = None,
    ) -> AddOutcome:
        """Add files, folders and web pages; what the record has already is left alone.

        What cannot become a report is refused, with the reason, and the rest go on.

        Args:
            places: files, folders that are searched through (``manifest.csv`` beside them describes them), and addresses
                beginning with ``http://`` or ``https://``, which are fetched. Files that hold many reports are split.
            fields: which field of a corpus (JSON lines, Parquet) holds what; by their usual names where it is not told.
            web: limits and manners of fetching.
            progress: see `Progress`.
        """
        from travaux.intake import Refused, find_files, manifest_warnings, receive_each

        pages = [one for one in map(str, places) if is_web_address(one)]
        given = [Path(one) for one in places if not is_web_address(str(one))]
        skipped: Counter[str] = Counter()
        added: list[Added] = []
        refused: list[Refused] = []
        place = 0
        for found in find_files(given, skipped=skipped):
            for one in receive_each(found, fields):
                place += 1
                tell(progress, one.name if isinstance(one, Refused) else one.report.name, place, 0)
                self._take_in(one, added, refused)
        if pages:
            from travaux.intake.web import Fetcher

            fetcher = Fetcher(web)
            for number, url in enumerate(pages, 1):
                tell(progress, url, number, len(pages))
                self._take_page(fetcher, url, None, added, refused)
        return AddOutcome(tuple(added), tuple(refused), manifest_warnings(given), dict(sorted(skipped.items())))

    def add_bytes(self, raw: bytes, name: str) -> AddOutcome:
        """Add one report from its bytes.

        Raises:
            IntakeError: they cannot become a report.
        """
        from travaux.intake import receive_bytes

        added: list[Added] = []
        self._take_in(receive_bytes(raw, name), added, [])
        return AddOutcome(tuple(added))

    def _take_in(self, one: Received | Refused, added: list[Added], refused: list[Refused]) -> None:
        from travaux.intake import Received

        if isinstance(one, Received):
            added.append(self.store.add_report(one.report, one.raw, one.visit))
        else:
            refused.append(one)

    def _take_page(
        self, fetcher: Fetcher, url: str, listed: Listed | None, added: list[Added], refused: list[Refused]
    ) -> None:
        """Fetch a page and take it in; one that cannot be had is noted with the reason."""
        from travaux.errors import IntakeError

        try:
            fetched = fetcher.fetch(url)
            self._take_fetched(fetched, listed, added)
        except IntakeError as error:
            self._note_in_vain(url, error)
            from travaux.intake import Refused

            refused.append(Refused(url, url, error))

    def _take_fetched(self, fetched: Fetched, listed: Listed | None, added: list[Added]) -> None:
        """Take in a page that was fetched. Where its words are those the record has of it, only the visit is kept:
        pages change their advertisements with every visit.

        Raises:
            IntakeError: it cannot become a report.
        """
        import hashlib

        from travaux.intake.web import page_received
        from travaux.record import Added, Outcome

        received = page_received(fetched, listed)
        had = self.store.page_had(fetched.visit.url)
        if had is not None and had[2] == hashlib.sha256(received.report.text.encode()).hexdigest():
            self.store.note_visit(fetched.visit, had[0])
            added.append(Added(Outcome.ALREADY, had[1]))
        else:
            self._take_in(received, added, [])

    def _note_in_vain(self, url: str, error: IntakeError) -> None:
        from datetime import UTC, datetime

        at = datetime.now(UTC).isoformat(timespec="seconds")
        self.store.note_visit(Visit("fetch", url, url, at, 0), None, error.message)
