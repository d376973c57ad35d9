"""Which report of a record an incoming one is; it is added where it is new, or described anew where only that is brought."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from travaux.errors import IntakeError
from travaux.exchange.dna.writing import dna_text
from travaux.exchange.incoming import IncomingReport
from travaux.exchange.taking_in import Unplaced
from travaux.intake import ManifestRow, receive_bytes
from travaux.model import Report
from travaux.record import Outcome, Store


class Placing:
    """Places incoming reports, one after the other.

    Attributes:
        added, described: names of reports that were added, or are described anew; unplaced: what could not be placed.
    """

    def __init__(self, store: Store):
        self.added: list[str] = []
        self.described: list[str] = []
        self.unplaced: list[Unplaced] = []
        self._store = store
        self._ids: set[str] = set()
        self._by_name: dict[str, str] = {}
        self._by_address: dict[str, set[str]] = defaultdict(set)
        for row in store.report_rows():
            self._know(row.id, row.name, row.url)

    def _know(self, identity: str, name: str, url: str | None) -> None:
        self._ids.add(identity)
        self._by_name[name] = identity
        if url:
            self._by_address[url].add(identity)

    def place(self, one: IncomingReport) -> IncomingReport:
        """The incoming report with the id it has in this record; as it came where it has none."""
        standing = self._same(one)
        if standing is None and one.raw is not None:
            try:
                standing = self._receive(one, one.raw)
            except IntakeError as error:
                self.unplaced.append(Unplaced("refused", one.name, one.name, "", error.message))
        elif one.raw is None and (one.title or one.publisher or one.url or one.published):
            if standing is None:
                told = "no report of this record has this id or address"
                self.unplaced.append(Unplaced("refused", one.name, one.name, "", told))
            elif self._describe(standing, one):
                self.described.append(standing.name)
        return one if standing is None else replace(one, id=standing.id)

    def _same(self, one: IncomingReport) -> Report | None:
        """The report of that id; else of that name, if it holds the same text; else the only one of that address."""
        if one.id in self._ids:
            return self._store.report(one.id)
        named = self._by_name.get(one.name)
        if named is not None:
            report = self._store.report(named)
            if one.raw is None or dna_text(report.text) == dna_text(one.raw.decode("utf-8", "replace")):
                return report
        addressed = self._by_address.get(one.url or "", set())
        if one.raw is None and len(addressed) == 1:
            return self._store.report(next(iter(addressed)))
        return None

    def _receive(self, one: IncomingReport, raw: bytes) -> Report:
        known = {name: getattr(one, name) for name in ("publisher", "published", "url", "title", "author")}
        row = ManifestRow(one.name, 0, **known)
        received = receive_bytes(raw, one.name, row=row, media_type=one.media_type)
        done = self._store.add_report(received.report, received.raw)
        if done.is_new:
            self.added.append(done.name)
        report = self._store.report(done.stored)
        self._know(report.id, report.name, report.url)
        return report

    def _describe(self, standing: Report, one: IncomingReport) -> bool:
        """Take over what the file says of a report; what it does not say stays, and so does a date an analyst gave."""
        given = {name: getattr(one, name) for name in ("title", "author", "publisher", "url") if getattr(one, name)}
        if one.published and (standing.published is None or standing.published.value != one.published.value):
            given["published"] = one.published
        described = replace(standing, **given)
        if described == standing:
            return False
        raw = self._store.raw(standing.id)
        return self._store.add_report(replace(described, listed=True), raw).outcome is Outcome.UPDATED
