"""Reports with their words, loaded when they are compared."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable

from travaux.model import Report
from travaux.provenance.copies import Outline, outline_of
from travaux.provenance.originals import Credited, credited_of
from travaux.provenance.telling import Telling, telling_of
from travaux.provenance.traces import Trace, traced
from travaux.provenance.wording import Vocabulary, Wording, wording_of

KEPT = 500
"""Reports whose words are kept in memory while pairs are compared."""

Load = Callable[[str], Report]
Progress = Callable[[str, int, int], None]


class Words:
    """Reports with their words, loaded when they are compared; the last `KEPT` are kept, and what is small of all of them."""

    def __init__(self, load: Load, progress: Progress | None = None):
        self._vocabulary = Vocabulary()
        self._load = load
        self._progress = progress
        self._loaded = 0
        self._kept: OrderedDict[str, tuple[Report, Wording]] = OrderedDict()
        self._telling: dict[str, Telling] = {}
        self._outlines: dict[str, Outline] = {}
        self._credited: dict[str, tuple[str, Credited]] = {}

    def trace_of(self, report: Report) -> Trace:
        """The trace of a report that is looked at; what it tells, and what it says of its origin, is kept."""
        self._credited[report.id] = report.name, credited_of(report)
        wording = wording_of(report, self._vocabulary)
        telling = self._telling[report.id] = telling_of(report, wording)
        self._outlines[report.id] = outline_of(wording)
        return traced(report, wording, telling)

    def of(self, report_id: str) -> tuple[Report, Wording]:
        """A report and its words."""
        found = self._kept.get(report_id)
        if found is None:
            report = self._load(report_id)
            self._loaded += 1
            if self._progress is not None:
                self._progress(report.name, self._loaded, 0)
            found = self._kept[report_id] = report, wording_of(report, self._vocabulary)
            if len(self._kept) > KEPT:
                self._kept.popitem(last=False)
        else:
            self._kept.move_to_end(report_id)
        return found

    def of_both(self, one: str, other: str) -> list[tuple[Report, Wording]]:
        """Two reports and their words, by name."""
        return sorted((self.of(one), self.of(other)), key=lambda held: held[0].name)

    def telling_of(self, report_id: str) -> Telling:
        """What a report tells."""
        found = self._telling.get(report_id)
        if found is None:
            found = self._telling[report_id] = telling_of(*self.of(report_id))
        return found

    def outline_of(self, report_id: str) -> Outline:
        """The outline of a report's words."""
        found = self._outlines.get(report_id)
        if found is None:
            found = self._outlines[report_id] = outline_of(self.of(report_id)[1])
        return found

    def credited_of(self, report_id: str) -> tuple[str, Credited]:
        """The name of a report, and what it says of its origin."""
        found = self._credited.get(report_id)
        if found is None:
            kept = self._kept.get(report_id)
            report = self._load(report_id) if kept is None else kept[0]
            found = self._credited[report_id] = report.name, credited_of(report)
        return found
