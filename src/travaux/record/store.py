"""A record's store: open it, add reports, save readings and judgements, ask what is there.

Every method is one transaction; a process killed between two leaves a whole record. What may be written is checked
here, whoever calls: no quote, no statement.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy import Connection, Engine, delete, insert

from travaux.errors import RecordReadOnly
from travaux.happening import Fact, Happening
from travaux.model import (
    PERSON,
    Dropped,
    Judgement,
    PartialDate,
    Reading,
    Report,
    ReportState,
    Statement,
)
from travaux.record import adding, changes, checking, judging, queries, retrievals, settled
from travaux.record.changes import Topic
from travaux.record.dialect import (
    DURABLE,
    WRITES,
    change_counter,
    insert_missing,
    reports_with,
    told_plainly,
    upsert,
)
from travaux.record.evidence import check_reading, check_told
from travaux.record.keeping import Keeping
from travaux.record.opening import create_database, open_database, place_of
from travaux.record.rows import Added, Outcome, Problem, ReadingRow, ReportRow, Run
from travaux.record.schema import DROPPED, INFO, READING, RUN, STATEMENT
from travaux.record.searching import Term
from travaux.record.told import facts, happenings, save_told
from travaux.record.worked_out import WorkedOut
from travaux.visit import Visit


class Store(Keeping, WorkedOut):
    """The database of one record. Made by `create` or `open`; a context manager that closes it.

    Every method that reads may raise RecordDamaged, RecordAway or StoreError; every method that writes also RecordReadOnly
    and RecordBusy.
    """

    def __init__(self, folder: Path, engine: Engine, *, read_only: bool):
        self.folder = folder
        self.read_only = read_only
        self.place = place_of(folder)
        """Where the database is, in words for messages: its file, or its schema on a server."""
        self._engine = engine

    @classmethod
    def create(cls, folder: Path) -> Self:
        """Make an empty database for a folder, which is made where it is missing, and open it.

        The database is where TRAVAUX_DB says, else a file in the folder.

        Raises:
            RecordExists, RecordReadOnly, RecordAway, RequestError: see `opening.create_database`.
        """
        create_database(folder)
        return cls.open(folder)

    @classmethod
    def open(cls, folder: Path, *, read_only: bool = False) -> Self:
        """Open the record in a folder; an older schema is brought up to date.

        Args:
            read_only: nothing will be written; works on a folder or file that may not be written too.

        Raises:
            NotARecord, RecordReadOnly, RecordTooNew, RecordDamaged, RecordBusy, RecordAway: see `opening.open_database`.
        """
        return cls(folder, open_database(folder, read_only=read_only), read_only=read_only)

    def close(self) -> None:
        """Close the database; calling it twice does no harm."""
        self._engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @contextmanager
    def _reads(self) -> Iterator[Connection]:
        with told_plainly(self.place), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writes(self, topic: Topic = Topic.REST, *, durable: bool = False) -> Iterator[Connection]:
        """One writing transaction; `topic` says of what, so that what hangs on other parts need not be made anew."""
        if self.read_only:
            raise RecordReadOnly("this record was opened for reading only", path=self.folder)
        options = {WRITES: True, DURABLE: durable}
        with (
            told_plainly(self.place),
            self._engine.connect().execution_options(**options) as connection,
            connection.begin(),
        ):
            changes.note(connection, topic)
            yield connection

    def add_report(self, report: Report, raw: bytes, visit: Visit | None = None) -> Added:
        """Store a report with its original bytes, unless the record has it; see `adding.add_report`.

        Args:
            visit: how the bytes came, where that was not from a file.
        """
        with self._writes(Topic.REPORTS) as connection:
            kept = settled.account(connection)
            added = adding.add_report(connection, report, raw)
            if kept and added.outcome is Outcome.UPDATED:
                settled.touch(connection, [_stored_id(connection, added)])
            if visit is not None:
                retrievals.note(connection, visit, _stored_id(connection, added))
            return added

    def reports(self) -> list[Report]:
        """All reports with text and layout, by name."""
        with self._reads() as connection:
            return queries.reports(connection)

    def report_rows(self, *, reader: str = "local", among: Collection[str] | None = None) -> list[ReportRow]:
        """Reports without their text, by name, with what a reader made of them: all, or those of the ids given."""
        with self._reads() as connection:
            return queries.report_rows(connection, reader, among)

    def report(self, name_or_id: str) -> Report:
        """The report of that name, or else of that id.

        Raises:
            UnknownName: there is none; the message names the nearest names.
        """
        with self._reads() as connection:
            return queries.report(connection, name_or_id)

    def known_report(self, name_or_id: str) -> tuple[str, str] | None:
        """Id and name of the report of that name, or else of that id; None where there is none."""
        with self._reads() as connection:
            return queries.known_report(connection, name_or_id)

    def dates(self, among: Collection[str] | None = None) -> dict[str, PartialDate | None]:
        """Date of publication by report id, of all reports or of those of the ids given."""
        with self._reads() as connection:
            return queries.dates(connection, among)

    def states(self, *, reader: str = "local") -> dict[ReportState, int]:
        """How many reports are in each state for a reader."""
        with self._reads() as connection:
            return queries.states(connection, reader)

    def number_of_statements(self, *, reader: str = "local") -> int:
        """How many statements a reader took from all reports."""
        with self._reads() as connection:
            return queries.number_of_statements(connection, reader)

    def raw(self, report_id: str) -> bytes:
        """The original bytes of a report.

        Raises:
            UnknownName: no report has that id.
        """
        with self._reads() as connection:
            return queries.raw(connection, report_id)

    def pending(self, reader: str, fingerprint: str, agenda_digest: str) -> list[str]:
        """Ids of the reports to read, by name: not read exactly so yet, or failed.

        Args:
            fingerprint: as `fingerprint_json` writes it.
        """
        with self._reads() as connection:
            return queries.pending(connection, reader, fingerprint, agenda_digest)

    def save_reading(self, report_id: str, run: Run, reading: Reading) -> None:
        """Replace what this run's reader took from a report; a reading of no sentences makes the report ``empty``.

        Raises:
            ValueError: the reading breaks a rule of evidence; see `evidence.check_reading`. Nothing is written.
            UnknownName: no report has that id.
        """
        if run.reader == PERSON:
            raise ValueError(f"no reader may be called {PERSON!r}: statements that a person added name it")
        with self._writes(Topic.READINGS) as connection:
            report = queries.report(connection, report_id)
            check_reading(report, run.reader, reading)
            check_told(report, run.reader, reading)
            state = ReportState.READ if reading.sentences else ReportState.EMPTY
            kept = _replace_reading(connection, report_id, run, state, sentences=reading.sentences)
            save_told(connection, report_id, run.reader, reading)
            if reading.statements:
                connection.execute(insert(STATEMENT), [_statement_columns(one) for one in reading.statements])
            if reading.dropped:
                rows = [_dropped_columns(report_id, place, one) for place, one in enumerate(reading.dropped, 1)]
                connection.execute(insert(DROPPED), rows)
            if kept:
                settled.touch(connection, [report_id])

    def save_unread(self, report_id: str, run: Run, language: str) -> None:
        """Note that a report is in a language this reader does not read; what it took from it before is no longer held.

        Raises:
            UnknownName: no report has that id.
        """
        with self._writes(Topic.READINGS) as connection:
            queries.report(connection, report_id)
            _replace_reading(connection, report_id, run, ReportState.UNREAD, reason=f"language {language}")

    def save_failure(self, report_id: str, run: Run, reason: str) -> None:
        """Note that a report could not be read; what the reader took from it before is no longer held.

        Raises:
            ValueError: no reason is given. UnknownName: no report has that id.
        """
        if not reason.strip():
            raise ValueError("a failure needs a reason")
        with self._writes(Topic.READINGS) as connection:
            queries.report(connection, report_id)
            _replace_reading(connection, report_id, run, ReportState.FAILED, reason=reason)

    def statements(self, *, reader: str = "local", report_id: str | None = None) -> list[Statement]:
        """What a reader took from all reports, or from one, by report name, start, end, party and option."""
        with self._reads() as connection:
            return queries.statements(connection, reader, report_id)

    def statement(self, identity: str) -> Statement | None:
        """The statement of that id, whoever read it; None where none did."""
        with self._reads() as connection:
            return queries.statement(connection, identity)

    def happenings(self, *, reader: str = "local") -> list[Happening]:
        """The meetings and incidents a reader took from all reports, by report name, start, end and id."""
        with self._reads() as connection:
            return happenings(connection, reader)

    def facts(self, *, reader: str = "local") -> list[Fact]:
        """The numbers, offices and days a reader took from all reports, by report name, start, end and id."""
        with self._reads() as connection:
            return facts(connection, reader)

    def dropped(self, *, reader: str) -> list[Dropped]:
        """What a reader brought forward that may not stand, by report name and place in its answer."""
        with self._reads() as connection:
            return queries.dropped(connection, reader)

    def statements_on(self, cells: Collection[tuple[str, str]], reports: Collection[str]) -> list[Statement]:
        """What all readers took on some parties and options, and all they took from some reports, by report and place.

        Args:
            cells: ids of party and option. reports: ids.
        """
        with self._reads() as connection:
            return queries.statements_on(connection, cells, reports)

    def readers(self) -> list[str]:
        """The readers that have read some report of the record, by name."""
        with self._reads() as connection:
            return queries.readers(connection)

    def runs(self) -> list[Run]:
        """The runs that present readings come from, by reader, version and id."""
        with self._reads() as connection:
            return queries.runs(connection)

    def readings(self) -> list[ReadingRow]:
        """Which run each present reading comes from, and when that began."""
        with self._reads() as connection:
            return queries.readings(connection)

    def judge(self, judgement: Judgement) -> Judgement:
        """Add a judgement for good and return it with its number; see `judging.add_judgement` for what is refused."""
        with self._writes(Topic.JUDGEMENTS, durable=True) as connection:
            made = judging.add_judgement(connection, judgement)
            settled.account(connection, [made.report_id])
            return made

    def withdraw(self, number: int, reviewer: str, at: str, note: str = "", *, others: bool = False) -> Judgement:
        """Add a judgement that takes an earlier one back, and return it; see `judging.withdraw` for what is refused."""
        with self._writes(Topic.JUDGEMENTS, durable=True) as connection:
            made = judging.withdraw(connection, number, reviewer, at, note, others=others)
            settled.account(connection, [made.report_id])
            return made

    def judgements(self) -> list[Judgement]:
        """All judgements in the order they were made."""
        with self._reads() as connection:
            return queries.judgements(connection)

    def judgement(self, number: int) -> Judgement | None:
        """The judgement of that number, or None."""
        with self._reads() as connection:
            return queries.judgement(connection, number)

    def reports_with(self, terms: Sequence[Term]) -> list[str]:
        """Ids of the reports whose text has all terms, those first in which they weigh most.

        Raises:
            ValueError: no terms.
        """
        with self._reads() as connection:
            return reports_with(connection, terms)

    def copy_to(
        self,
        folder: Path,
        *,
        called: Path | None = None,
        database: str | None = None,
        progress: Callable[[str, int, int], None] | None = None,
    ) -> dict[str, int]:
        """Make a database for another folder and copy every row there; see `copying.copy_rows`.

        Args:
            called, database: see `opening.create_database`.

        Raises:
            RecordExists, RecordReadOnly, RecordAway, RequestError: see `opening.create_database`.
            StoreError: a row is not taken, or comes back changed; then there is no copy.
        """
        from travaux.record.copying import copy_rows  # seldom needed

        numbers: dict[str, int] = {}
        with self._reads() as source:

            def fill(target: Connection) -> None:
                numbers.update(copy_rows(source, target, self.place, progress))

            create_database(folder, database, fill, called)
        return numbers

    def change_counter(self) -> Callable[[], int]:
        """A function whose value changes whenever anybody has written to the record."""
        with told_plainly(self.place):
            count = change_counter(self._engine)

        def counted() -> int:
            with told_plainly(self.place):
                return count()

        return counted

    def changes(self) -> dict[Topic, int]:
        """How often each part of the record has been written to; of equal numbers nothing has changed."""
        with self._reads() as connection:
            return changes.changes(connection)

    def info(self) -> dict[str, str]:
        """The record's small facts, by key."""
        with self._reads() as connection:
            return queries.info(connection)

    def set_info(self, key: str, value: str) -> None:
        """Write a small fact, over an older one of the same key."""
        with self._writes() as connection:
            connection.execute(upsert(connection.dialect, INFO, ["key"]).values(key=key, value=value))

    def check(self) -> list[Problem]:
        """Everything that is wrong with the record; empty where all is well. See `checking.problems`."""
        with self._reads() as connection:
            return list(checking.problems(connection, self.place))


def _stored_id(connection: Connection, added: Added) -> str:
    known = queries.known_report(connection, added.stored)
    assert known is not None  # it was stored in this transaction, or stood there before
    return known[0]


def _replace_reading(
    connection: Connection, report_id: str, run: Run, state: ReportState, *, reason: str = "", sentences: int = 0
) -> bool:
    """Replace what a reader made of a report, its statements not yet among it; whether positions are kept that hang on it."""
    kept = settled.account(connection, [report_id])
    started = datetime.now(UTC).isoformat(timespec="seconds")
    connection.execute(
        insert_missing(connection.dialect, RUN).values(
            id=run.id,
            reader=run.reader,
            fingerprint=run.fingerprint,
            agenda_digest=run.agenda_digest,
            version=run.version,
            started=started,
        )
    )
    old = (STATEMENT.c.report_id == report_id) & (STATEMENT.c.reader == run.reader)
    connection.execute(delete(STATEMENT).where(old))
    connection.execute(delete(DROPPED).where((DROPPED.c.report_id == report_id) & (DROPPED.c.reader == run.reader)))
    save_told(connection, report_id, run.reader, None)
    connection.execute(
        upsert(connection.dialect, READING, ["report_id", "reader"]).values(
            report_id=report_id,
            reader=run.reader,
            run_id=run.id,
            state=str(state),
            reason=reason,
            sentences=sentences,
        )
    )
    return kept


def _statement_columns(statement: Statement) -> dict[str, object]:
    return {
        "id": statement.id,
        "report_id": statement.report_id,
        "start": statement.start,
        "end": statement.end,
        "quote": statement.quote,
        "party": statement.party,
        "option": statement.option,
        "stance": str(statement.stance),
        "act": str(statement.act),
        "speaker": statement.speaker,
        "condition": statement.condition,
        "former": statement.former,
        "via": str(statement.via),
        "via_name": statement.via_name,
        "reader": statement.reader,
        "confidence": statement.confidence,
        "reasons": [(reason.step, reason.says, reason.start, reason.end) for reason in statement.reasons],
    }


def _dropped_columns(report_id: str, number: int, dropped: Dropped) -> dict[str, object]:
    return {
        "report_id": report_id,
        "reader": dropped.reader,
        "number": number,
        "kind": dropped.kind,
        "says": dropped.says,
        "answer": dropped.answer,
    }
