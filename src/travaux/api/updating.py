"""A record kept up to date: its sources, what is new in them, and what changed.

`Updated.update` runs these steps; the same numbers stand in its code:

1. a lock, so that two updates at once do no harm
2. what the record holds before, where this is its first update: that is nothing new
3. each source asked for its pages; those the record has not are fetched
4. what is new read
5. what changed since the update before, noted so that it is told once
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from fnmatch import fnmatchcase
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from travaux.api.across import Across
from travaux.api.foundation import LOCAL, Progress, tell
from travaux.api.incoming import Incoming
from travaux.api.judging import now
from travaux.api.locking import locked
from travaux.api.reading import Read
from travaux.errors import AgendaError, FetchError, IntakeError, RequestError, TravauxError, UnknownName
from travaux.naming import day_of
from travaux.outcomes import AddOutcome, Polling, ReadOutcome, UpdateOutcome

if TYPE_CHECKING:
    from travaux.intake import Refused
    from travaux.intake.web import Fetcher, Listed, Polled, Rules
    from travaux.record import Added, Source
    from travaux.views.changes import Changes, Entry

LOCK_NAME = ".update.lock"
MOST_PAGES = 100
"""New pages of one source that one update fetches; the others wait for the next."""
MOST_SITEMAPS = 20
MOST_TRIES = 3
"""How often a page that cannot be had is asked for, over all updates."""


class Updated(Incoming, Read, Across):
    """The verbs that keep a record up to date."""

    def sources(self) -> list[Source]:
        """The feeds, sitemaps and pages that an update asks, in the order they were added."""
        return self.store.sources()

    def add_source(
        self, url: str, *, kind: str | None = None, only: str = "", web: Rules | None = None
    ) -> tuple[Source, tuple[str, ...]]:
        """Remember a feed, sitemap or page, and return it with the feeds that it offers where it is a page.

        Args:
            kind: ``feed``, ``sitemap`` or ``page``; found out by asking the address once where it is not given.
            only: a pattern such as ``*/world/*`` that the addresses of its pages must fit.

        Raises:
            FetchError: it is no address, or cannot be had. RequestError: no such kind.
        """
        from travaux.intake.web import KINDS, Fetcher, kind_of, offered_feeds, polled, split_address
        from travaux.record import Source

        split_address(url.strip())
        address = urldefrag(url.strip()).url
        if kind is not None and kind not in KINDS:
            raise RequestError(f"no kind of source {kind!r}", remedy=f"one of {', '.join(KINDS)}")
        title = ""
        offered: tuple[str, ...] = ()
        if kind is None:
            fetched = Fetcher(web).fetch(address)
            kind = kind_of(fetched)
            if kind == "page":
                offered = offered_feeds(fetched)
            else:
                title = polled(fetched, kind).title
        return self.store.keep_source(Source(0, address, kind, only, title, now())), offered

    def remove_source(self, named: str | int) -> Source:
        """Ask a source no more; what it brought stays.

        Args:
            named: its address or number.

        Raises:
            UnknownName: there is no such source.
        """
        found = next((one for one in self.sources() if str(named) in (one.url, str(one.number))), None)
        if found is None:
            raise UnknownName(f"no source {named!r} in this record", remedy="travaux sources list shows them")
        self.store.remove_source(found.number, now())
        return found

    def update(
        self, *, most: int = MOST_PAGES, web: Rules | None = None, progress: Progress | None = None
    ) -> UpdateOutcome:
        """Ask all sources, fetch and read what is new, and say what changed since the update before.

        Reading is by the reader that ships, whichever was chosen last: an update sends no text anywhere. A source or page
        that cannot be had is told and the rest go on.

        Args:
            most: new pages of one source that are fetched; the others wait for the next update.
            web: limits and manners of fetching.
            progress: see `Progress`.

        Raises:
            RecordBusy: another update of this record is under way; nothing was done.
        """
        from travaux.intake.web import Fetcher

        with locked(self.folder, LOCK_NAME, "update"):  # 1
            started = now()
            if not self.store.updatings():
                self.store.tell(_keys(self._told_entries()), started, started)  # 2
            added: list[Added] = []
            refused: list[Refused] = []
            fetcher = Fetcher(web)
            pollings = []
            sources = self.sources()
            for place, source in enumerate(sources, 1):  # 3
                tell(progress, source.url, place, len(sources))
                polling = self._poll(fetcher, source, most, added, refused, progress)
                self.store.note_polled(polling.source)
                pollings.append(polling)
            read, not_read = self._read_what_is_new(progress)  # 4
            entries, told = self._told_entries(), self.store.told()
            new = [key for key in _keys(entries) if key not in told]
            this = self.store.tell(new, started, now())  # 5
            outcome = AddOutcome(tuple(added), tuple(refused))
            return UpdateOutcome(
                tuple(pollings), outcome, read, self._changes_after(this.number - 1, entries), not_read
            )

    def changes(self, since: date | str | None = None) -> Changes:
        """What the last update found new, or all updates from a day on.

        Args:
            since: a date or ``2025-08-18``.
        """
        day = day_of(since)
        updatings = self.store.updatings()
        last = updatings[-1].number if updatings else 0
        if day is None:
            return self._changes_after(max(last - 1, 0), self._told_entries())
        before = [one.number for one in updatings if one.finished[:10] < day.isoformat()]
        return self._changes_after(max([0, *before]), self._told_entries())

    # ------------------------------------------------------------------------------------------ inside

    def _told_entries(self) -> list[Entry]:
        """Everything there is now that a person may want to hear of once."""
        with self.looking():
            return self._entries_of_all()

    def _entries_of_all(self) -> list[Entry]:
        from travaux.views import changes

        rows = self._rows(LOCAL)
        entries = changes.report_entries(rows) + changes.flag_entries(self.flags())
        try:
            agenda = self.agenda
        except AgendaError:
            return entries  # without an agenda there are no statements to show
        return [
            *entries,
            *changes.statement_entries(self.judged(reader=LOCAL), agenda, {row.name: row for row in rows}),
            *changes.shift_entries(self.shifts(reader=LOCAL), agenda),
            *changes.conflict_entries(self.conflicts(reader=LOCAL), agenda),
        ]

    def _changes_after(self, number: int, entries: Sequence[Entry]) -> Changes:
        from travaux.views.changes import changes_of

        told, updatings = self.store.told(), self.store.updatings()
        return changes_of(self._title(), self.notice, entries, told, updatings, max(number, 0))

    def _title(self) -> str:
        from travaux.naming import title_of

        try:
            return self.agenda.title
        except AgendaError:
            return title_of(self.folder)

    def _read_what_is_new(self, progress: Progress | None) -> tuple[ReadOutcome | None, TravauxError | None]:
        try:
            return self.read(progress=progress), None
        except TravauxError as error:  # what was fetched is kept, and read when this is mended
            return None, error

    def _poll(
        self,
        fetcher: Fetcher,
        source: Source,
        most: int,
        added: list[Added],
        refused: list[Refused],
        progress: Progress | None,
    ) -> Polling:
        """Ask one source, and fetch the pages it lists that the record has not."""
        begun = now()
        if source.again_at is not None and begun < source.again_at:
            shown = source.again_at[:16].replace("T", " ")
            return Polling(source, warning=f"left alone, as its server asks, until {shown} UTC")
        try:
            if source.kind == "page":
                return self._poll_page(fetcher, source, added)
            listed, source, warning = self._listed(fetcher, source)
        except IntakeError as error:
            again = getattr(error, "again_after", None)
            until = None if again is None else datetime.now(UTC) + timedelta(seconds=min(again, 86_400.0))
            again_at = None if until is None else until.isoformat(timespec="seconds")
            return Polling(replace(source, polled=begun, problem=error.message, again_at=again_at))
        had, in_vain = self.store.addresses_had(), self.store.tries_in_vain()
        wanted = [
            item
            for item in listed
            if urldefrag(item.url).url not in had
            and in_vain.get(urldefrag(item.url).url, 0) < MOST_TRIES
            and fnmatchcase(item.url, source.only or "*")
        ]
        before, failed = len(added), len(refused)
        for place, item in enumerate(wanted[:most], 1):
            tell(progress, item.url, place, min(len(wanted), most))
            self._take_page(fetcher, urldefrag(item.url).url, item, added, refused)
        new = sum(one.is_new for one in added[before:])
        waiting = max(0, len(wanted) - most)
        if waiting or len(refused) > failed:
            # The server would answer "as before" next time, and those that are missing would never come.
            source = replace(source, etag=None, last_modified=None)
        return Polling(replace(source, polled=begun, problem="", again_at=None), new, waiting, warning)

    def _poll_page(self, fetcher: Fetcher, source: Source, added: list[Added]) -> Polling:
        from travaux.intake.web import Known

        fetched = fetcher.fetch(source.url, known=Known(source.etag, source.last_modified))
        before = len(added)
        if fetched.body is not None:
            self._take_fetched(fetched, None, added)
            source = replace(source, etag=fetched.known.etag, last_modified=fetched.known.last_modified)
        new = sum(one.is_new for one in added[before:])
        return Polling(replace(source, polled=now(), problem="", again_at=None), new)

    def _listed(self, fetcher: Fetcher, source: Source) -> tuple[list[Listed], Source, str]:
        """The pages a feed or sitemap lists, and the source with what its server said of it."""
        from travaux.intake.web import LISTS, Known, polled

        fetched = fetcher.fetch(source.url, known=Known(source.etag, source.last_modified), accept=LISTS)
        if fetched.body is None:
            return [], source, ""
        found: Polled = polled(fetched, source.kind)
        listed, warning = list(found.items), found.warning
        etag, last_modified = fetched.known.etag, fetched.known.last_modified
        for url in found.further[:MOST_SITEMAPS]:
            etag = last_modified = None  # an index may stay as it is while what it points to changes
            try:
                listed += polled(fetcher.fetch(url, accept=LISTS), "sitemap").items
            except FetchError as error:
                warning = f"its sitemap {error}"
        if len(found.further) > MOST_SITEMAPS:
            warning = f"points to {len(found.further)} sitemaps; the first {MOST_SITEMAPS} are looked at"
        title = found.title or source.title
        return listed, replace(source, title=title, etag=etag, last_modified=last_modified), warning


def _keys(entries: list[Entry]) -> list[tuple[str, str]]:
    return [(entry.kind, entry.key) for entry in entries]
