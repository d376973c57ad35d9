"""A record kept in memory for the pages, and looked at anew when somebody has written to it.

1. It is loaded beside the server's own work; a page asked for meanwhile waits a moment and then says so (`StillLoading`).
2. What takes long and many pages need (the queue, who sides with whom…) is worked out right after, before anybody asks.
3. A small record is loaded anew before the next page whenever it has changed.
4. In a large one, a judgement, whoever made it, is shown at once: only what hangs on its report is made anew. What hangs on
   the whole record, and whatever else was written, follows when that is worked out; until then pages say as of when they are.
"""

from __future__ import annotations

import gc
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from travaux.analysis import JudgedStatement
from travaux.api.looking import Look
from travaux.errors import StoreError, TravauxError
from travaux.model import Agenda, Judgement, Report, Verdict
from travaux.record import ReportRow, Topic
from travaux.server.kept import Kept
from travaux.views.matrix import Matrix
from travaux.views.network import NetworkView, network_of
from travaux.views.page.contents import Contents, Counts, counts

if TYPE_CHECKING:
    from travaux.api import Record

Made = TypeVar("Made")

MOST_AROUND = 20_000
"""Surroundings of quotes that are kept in memory."""
SMALL = 10_000
"""Statements: a record with no more is loaded anew whenever it has changed, before the next page is shown; in under a second."""
PATIENCE = 5.0
"""Seconds a page waits for a record that is being loaded for the first time."""
MOST_PATCHED = 20
"""Reports judged since a large record was loaded that are each shown at once; more are waited for like anything else."""
LASTING = frozenset({"tallies", "agreement", "blind agreement", "orphaned", "problems"})
"""What is shown as it was until the record is loaded anew."""
UNSEEN = frozenset({Topic.ERRANDS})
"""What may be written without any page showing it."""
MOST_PAGES = 400
"""Pages that are kept until the record changes."""
MOST_WORKED_OUT = 100
"""Things that take long to work out for a page, kept as long."""
REACH = 320
"""Characters of a paragraph that are shown on either side of a quote."""


class StillLoading(StoreError):
    """A record that is not in memory yet, with how far it has got."""


@dataclass(frozen=True, slots=True)
class Around:
    """What stands before and after a quote in its paragraph; a part that is cut begins or ends with ``…``."""

    before: str
    after: str


class Held:
    """The record as it was at one moment: everything the pages show but the texts.

    Attributes:
        contents: its statements in order.
        look: what was asked of the record for it.
        at: that moment.
        behind: somebody has written since, and what hangs on it is being worked out; pages say so.
    """

    def __init__(self, contents: Contents, record: Record, look: Look):
        self.contents = contents
        self.at = datetime.now().astimezone()
        self.behind = False
        self._record = record
        self.look = look
        self._worked_out = Kept(MOST_WORKED_OUT)
        self.pages = Kept(MOST_PAGES)

    def with_judgements(self, judgements: Sequence[Judgement], reports: Sequence[str]) -> Held:
        """The same with some reports' statements as they are judged now; the queue goes on without what was settled.

        Args:
            judgements: all there are; reports: ids of those on whose statements some came.
        """
        look, contents, settled = self.look.after(judgements), self.contents, set[str]()
        with self._record.looking(look):
            for report_id in reports:
                judged = self._record.judged(report=report_id, rejected=True)
                contents = contents.with_report(report_id, judged)
                settled |= {one.effective.id for one in judged if _is_settled(one)}
        made = Held(contents, self._record, look)
        made.at, made.behind = self.at, True
        for key, found in self._worked_out.items():
            if isinstance(key, tuple) and key[0] == "queue":
                made._worked_out.put(key, [one for one in found if one.judged.effective.id not in settled])
            elif key in LASTING:
                made._worked_out.put(key, found)
        return made

    def once(self, key: object, make: Callable[[], Made]) -> Made:
        """What was worked out for a key before, or is now."""
        return self._worked_out.once(key, make)

    def asked(self, key: object, ask: Callable[[Record], Made]) -> Made:
        """What the record answers, from what was loaded for this moment; asked once for a key."""

        def make() -> Made:
            with self._record.looking(self.look):
                return ask(self._record)

        return self.once(key, make)

    @property
    def is_small(self) -> bool:
        """Whether loading it anew takes no longer than a person waits for a page."""
        return len(self.contents.view.statements) <= SMALL

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


@dataclass(frozen=True, slots=True)
class _Stamp:
    """What a record was loaded at: changes counted and by topic, its agenda, the number of the last judgement."""

    counted: int
    written: Mapping[Topic, int]
    agenda: Agenda
    judgement: int


def _is_settled(one: JudgedStatement) -> bool:
    return one.verdict not in (None, Verdict.UNSURE)


class AtHand:
    """One record, open, and what is held of it in memory.

    Attributes:
        beforehand: works out what pages need of a record that was just loaded, before anybody asks.
    """

    def __init__(self, record: Record):
        self.record = record
        self.beforehand: Callable[[Held], None] = lambda held: None
        self._count = record.store.change_counter()
        self._lock = threading.Lock()
        self._held: Held | None = None
        self._written: Mapping[Topic, int] = {}
        self._counted = -1
        self._agenda: Agenda | None = None
        self._judgement = 0
        self._stamp: _Stamp | None = None
        self._loading: threading.Thread | None = None
        self._settled = threading.Event()
        self._problem: TravauxError | None = None
        self._progress = ""
        self._around: OrderedDict[tuple[str, int, int], Around] = OrderedDict()

    def begin(self) -> None:
        """Start loading before anybody asks."""
        with self._lock:
            self._load_in_thread()

    @property
    def held(self) -> Held:
        """The record as it is now; a record that takes long to load, as it was a moment ago while it is loaded anew.

        Raises:
            AgendaError: the agenda cannot be used. StillLoading: it is not in memory yet.
        """
        agenda = self.record.agenda
        if self._held is None:
            self._wait()
        with self._lock:
            held = self._held
            assert held is not None
            counted = self._count()
            if counted == self._counted and agenda == self._agenda:
                return held
            if held.is_small or agenda != self._agenda:
                return self._take(*self._loaded())
            return self._followed(held, counted)

    def _followed(self, held: Held, counted: int) -> Held:
        """A large record after somebody has written to it: judgements at once, the rest when it is worked out."""
        written = self.record.store.changes()
        touched = {topic for topic, number in written.items() if number != self._written.get(topic)} - UNSEEN
        self._counted, self._written = counted, written
        if not touched:
            return held
        held.behind = True
        if Topic.JUDGEMENTS in touched:
            judgements = self.record._judgements()
            reports = sorted({one.report_id for one in judgements if one.number > self._judgement})
            if len(reports) <= MOST_PATCHED:
                self._held = held = held.with_judgements(judgements, reports)
                self._judgement = max((one.number for one in judgements), default=0)
        self._load_in_thread()
        return held

    def _wait(self) -> None:
        """Wait for a record that is being loaded for the first time, though not for ever."""
        with self._lock:
            if self._held is None:
                self._load_in_thread()
        self._settled.wait(PATIENCE)
        if self._held is None:
            problem, self._problem = self._problem, None
            raise problem or StillLoading(
                f"the record is being loaded{self._progress}", remedy="look again in a moment"
            )

    def _load_in_thread(self) -> None:
        if self._loading is None:
            self._settled.clear()
            self._loading = threading.Thread(target=self._load_beside, daemon=True)
            self._loading.start()

    def _load_beside(self) -> None:
        try:
            loaded = self._loaded()
            if self._held is not None:
                self.beforehand(loaded[0])  # while pages are shown as they were
            with self._lock:
                held = self._take(*loaded)
                self._loading = None
            self._settled.set()
            self.beforehand(held)
        except TravauxError as error:  # told to whoever waits for the first page; others see the record as it was
            self._problem = error
            self._counted, self._written = -1, {}  # and it is tried again
        finally:
            with self._lock:
                if self._loading is threading.current_thread():
                    self._loading = None
            self._settled.set()

    def _loaded(self) -> tuple[Held, _Stamp]:
        agenda = self.record.agenda
        gc.unfreeze()
        # Always asked before loading: what is written meanwhile is seen the next time.
        counted, written = self._count(), self.record.store.changes()
        going_on = self._look_going_on(agenda, written)
        with self.record.looking(going_on or Look()) as look:
            if going_on is None:
                self.record.assess(self._tell)  # flags and families are written down where they were missing
                counted, written = self._count(), self.record.store.changes()
            last = max((one.number for one in self.record._judgements()), default=0)
            contents = Contents(self.record.page_view(texts=False))
        self._progress = ""
        return Held(contents, self.record, look), _Stamp(counted, written, agenda, last)

    def _look_going_on(self, agenda: Agenda, written: Mapping[Topic, int]) -> Look | None:
        """A look that has what was loaded before, where nothing but judgements came since."""
        loaded = self._stamp
        if self._held is None or loaded is None or loaded.agenda != agenda:
            return None
        touched = {topic for topic, number in written.items() if number != loaded.written.get(topic)}
        if touched - UNSEEN - {Topic.JUDGEMENTS}:
            return None
        return self._held.look.after(self.record._judgements())

    def _take(self, held: Held, stamp: _Stamp) -> Held:
        """Show what was loaded; what was written since is seen the next time."""
        self._held, self._agenda, self._stamp = held, stamp.agenda, stamp
        self._counted, self._written, self._judgement = stamp.counted, stamp.written, stamp.judgement
        gc.freeze()  # it stays: looking through all of it for garbage again and again would hold up pages
        return held

    def _tell(self, name: str, place: int, number: int) -> None:
        self._progress = f": report {place:,}" + (f" of {number:,}" if number else "") + " is looked at"

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
