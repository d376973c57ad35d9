"""A record kept in memory for the pages, and looked at anew when somebody has written to it."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any, TypeVar

from travaux.analysis import JudgedStatement
from travaux.errors import StoreError
from travaux.model import Agenda, Report, Verdict
from travaux.record import ReportRow
from travaux.views.matrix import Matrix
from travaux.views.network import NetworkView, network_of
from travaux.views.page.contents import Contents, Counts, counts

if TYPE_CHECKING:
    from travaux.api import Record

Made = TypeVar("Made")

MOST_AROUND = 20_000
"""Surroundings of quotes that are kept in memory."""
SOON = 1.0
"""Seconds: a record that loads faster than this is loaded anew whenever it has changed, before the next page is shown."""
LASTING = frozenset({"tallies", "agreement", "blind agreement", "orphaned", "problems"})
"""What is shown as it was until the record is loaded anew."""
MOST_ONCE = 400
"""Pages, and what takes long to work out for them, that are kept until the record changes."""
REACH = 320
"""Characters of a paragraph that are shown on either side of a quote."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before and after a quote in its paragraph; a part that is cut begins or ends with ``…``."""

    before: str
    after: str


class Held:
    """The record as it was at one moment: everything the pages show but the texts.

    Attributes:
        contents: its statements in order.
    """

    def __init__(self, contents: Contents):
        self.contents = contents
        self._once: dict[object, Any] = {}

    def with_report(self, report_id: str, judged: Sequence[JudgedStatement]) -> Held:
        """The same with one report's statements as they are judged now; the queue goes on without what was settled."""
        made = Held(self.contents.with_report(report_id, judged))
        settled = {one.effective.id for one in judged if one.verdict not in (None, Verdict.UNSURE)}
        for key, found in list(self._once.items()):
            if isinstance(key, tuple) and key[0] == "queue":
                made._once[key] = [one for one in found if one.judged.effective.id not in settled]
            elif key in LASTING:
                made._once[key] = found
        return made

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What was made for a key before, or is made now; the oldest of many is forgotten."""
        if key not in self._once:
            made = make()
            while len(self._once) >= MOST_ONCE:
                self._once.pop(next(iter(self._once)), None)
            self._once[key] = made
        found: Made = self._once[key]
        return found

    @property
    def agenda(self) -> Agenda:
        """The agenda it was read with."""
        return self.contents.view.agenda

    @property
    def matrix(self) -> Matrix:
        """All positions."""
        return self.contents.view.matrix

    @cached_property
    def shown(self) -> Matrix:
        """The matrix without empty rows and columns."""
        return self.matrix.without_empty()

    @cached_property
    def counts(self) -> Counts:
        """The figures at the head of the overview."""
        return counts(self.contents)

    @cached_property
    def network(self) -> NetworkView:
        """Who sides with whom."""
        return network_of(self.matrix)

    @cached_property
    def rows_by_name(self) -> dict[str, ReportRow]:
        """The reports by name."""
        return {row.name: row for row in self.contents.view.rows}


class AtHand:
    """One record, open, and what is held of it in memory."""

    def __init__(self, record: Record):
        self.record = record
        self._count = record.store.change_counter()
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._stamp: tuple[int, Agenda | None] = (-1, None)
        self._seconds = 0.0
        self._loading: threading.Thread | None = None
        self._around: OrderedDict[tuple[str, int, int], Around] = OrderedDict()

    @property
    def held(self) -> Held:
        """The record as it is now; a record that takes long to load, as it was a moment ago while it is loaded anew.

        Raises:
            AgendaError: the agenda cannot be used.
        """
        agenda = self.record.agenda
        with self._lock:
            stamp = (self._count(), agenda)
            if self._held is None or (self._stamp != stamp and (self._seconds < SOON or self._stamp[1] != agenda)):
                self._load()
            elif self._stamp != stamp and self._loading is None:
                self._loading = threading.Thread(target=self._load_beside, daemon=True)
                self._loading.start()
            assert self._held is not None
            return self._held

    def judged_in(self, report_id: str) -> None:
        """Show at once what was just decided on a report's statements, where loading the whole record would take long."""
        with self._lock:
            held = self._held
            if held is None or self._seconds < SOON:
                return
            judged = self.record.judged(report=report_id, rejected=True)
            self._held = held.with_report(report_id, judged)

    def _load(self) -> None:
        begun = time.monotonic()
        self._held, self._stamp = self._loaded()
        self._seconds = time.monotonic() - begun

    def _loaded(self) -> tuple[Held, tuple[int, Agenda]]:
        self.record.assess()  # flags and families are written down where they were missing; that is no change to look at anew
        stamp = (
            self._count(),
            self.record.agenda,
        )  # asked before loading: what is written meanwhile is seen the next time
        return Held(Contents(self.record.page_view(texts=False))), stamp

    def _load_beside(self) -> None:
        """Load the record while pages are shown as they were; once more where somebody has written meanwhile."""
        begun = time.monotonic()
        try:
            made, stamp = self._loaded()
        except StoreError:
            return  # the next page that needs the record tells it
        finally:
            with self._lock:
                self._loading = None
        with self._lock:
            if self._count() == stamp[0]:  # else what was decided meanwhile would be shown undecided again
                self._held, self._stamp, self._seconds = made, stamp, time.monotonic() - begun

    def around(self, report_id: str, spans: list[tuple[int, int]]) -> dict[tuple[int, int], Around]:
        """What stands around quotes of one report in their paragraphs. Texts never change, so it is kept."""
        found: dict[tuple[int, int], Around] = {}
        report: Report | None = None
        for start, end in spans:
            kept = self._around.get((report_id, start, end))
            if kept is None:
                report = report or self.record.store.report(report_id)
                kept = around(report, start, end)
                self._around[report_id, start, end] = kept
                while len(self._around) > MOST_AROUND:
                    self._around.popitem(last=False)
            found[start, end] = kept
        return found


def around(report: Report, start: int, end: int) -> Around:
    """What stands before and after a quote in its block of the layout, no more than `REACH` characters of each."""
    first = max((block.start for block in report.blocks if block.start <= start < block.end), default=start)
    last = min((block.end for block in report.blocks if block.start < end <= block.end), default=end)
    before, after = report.text[first:start], report.text[end:last]
    if len(before) > REACH:
        cut = before[-REACH:]
        before = "…" + cut[cut.find(" ") + 1 :]
    if len(after) > REACH:
        cut = after[:REACH]
        after = cut[: cut.rfind(" ") if " " in cut else REACH] + "…"
    return Around(before, after)
