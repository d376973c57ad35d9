"""A record read: which reader, which reports, and what became of them."""

from __future__ import annotations

from collections.abc import Collection, Generator, Sequence
from contextlib import closing, nullcontext
from typing import TYPE_CHECKING, cast

from travaux.api.foundation import LOCAL, Progress, RecordBase, tell
from travaux.api.locking import locked
from travaux.errors import ModelMissing, ModelRefuses, ReadingError, RequestError
from travaux.model import Agenda, Report, ReportState
from travaux.outcomes import Failure, ReadOutcome
from travaux.version import __version__

if TYPE_CHECKING:
    from travaux.reading.local import LocalReader
    from travaux.reading.protocol import Reader
    from travaux.record import ReportRow, Run
    from travaux.workers.reading import Made


LOCK_NAME = ".reading.lock"


class Read(RecordBase):
    """The verbs that read reports."""

    def read(
        self,
        reader: str | Reader = LOCAL,
        progress: Progress | None = None,
        *,
        only: Collection[str] | None = None,
        workers: int | None = None,
    ) -> ReadOutcome:
        """Read the reports that have not been read with this reader and this agenda, one transaction each.

        Stopped in the middle, it has kept what was read and goes on there the next time. The statements are the same however many
        processes read; this one alone writes, report by report in order.

        Args:
            reader: ``local``, or any object of the protocol in `travaux.reading.protocol`.
            only: ids of the reports to read; None for all.
            workers: processes that read, for the reader that ships; None for as many as the machine bears and the work is worth.

        Raises:
            ModelMissing: the reader's language model is not installed. AgendaError: the agenda cannot be used.
            ModelRefuses: the server of a language model cannot be used.
            RecordBusy: this record is being read already, from here or from elsewhere; nothing was done.
        """
        chosen = _reader(reader)
        with nullcontext() if self.store.read_only else locked(self.folder, LOCK_NAME, "reading"):
            return self._read_with(chosen, progress, only, workers)

    def _read_with(
        self, chosen: Reader, progress: Progress | None, only: Collection[str] | None, workers: int | None
    ) -> ReadOutcome:
        from travaux.record import Run, fingerprint_json

        agenda = self.agenda
        fingerprint = fingerprint_json(chosen.fingerprint())
        run = Run(chosen.name, fingerprint, agenda.digest, __version__)
        unread = self.store.pending(chosen.name, fingerprint, agenda.digest)
        pending = self._left_in_languages([one for one in unread if only is None or one in only], chosen, run)
        failures: list[Failure] = []
        readings: list[tuple[int, int]] = []
        made = self._each_made(pending, chosen, agenda, workers, progress)
        with closing(made):
            for report, one in made:
                failure = self._kept(report, one, run)
                if failure is not None:
                    failures.append(failure)
                elif one.reading is not None:
                    readings.append((len(one.reading.statements), len(one.reading.dropped)))
        states = self.store.states(reader=chosen.name)
        counts = {state: states[state] for state in ReportState if states.get(state)}
        statements, dropped = (sum(numbers) for numbers in zip(*readings, strict=True)) if readings else (0, 0)
        return ReadOutcome(len(readings), counts, tuple(failures), statements, dropped)

    def _left_in_languages(self, pending: list[str], reader: Reader, run: Run) -> list[ReportRow]:
        """Those of the reports that are in a language the reader reads; the others are noted as left unread."""
        if not pending:
            return []
        rows = {row.id: row for row in self.store.report_rows(reader=reader.name, among=pending)}
        languages = getattr(reader, "languages", None)
        left = []
        for row in (rows[report_id] for report_id in pending):
            if languages is not None and row.language is not None and row.language not in languages:
                self.store.save_unread(row.id, run, row.language)
            else:
                left.append(row)
        return left

    def _each_made(
        self,
        pending: Sequence[ReportRow],
        reader: Reader,
        agenda: Agenda,
        workers: int | None,
        progress: Progress | None,
    ) -> Generator[tuple[Report, Made]]:
        """Reports with what came of each, in order: read here, or by processes beside this one where that is worth their start."""
        from travaux.workers.reading import made_of, read_by_many, team_size

        reports = (self.store.report(row.id) for row in pending)
        number = team_size(reader, [row.characters for row in pending], workers)
        made: Generator[tuple[Report, Made]]
        if number == 1:
            read_ahead = getattr(reader, "read_ahead", None)  # a reader that waits for others works on several at once
            if read_ahead is not None:
                read_ahead((self.store.report(row.id) for row in pending), agenda)
            made = ((report, made_of(report, reader, agenda)) for report in reports)
        else:
            made = read_by_many(reports, cast("LocalReader", reader), agenda, number)
        with closing(made):
            for place, row in enumerate(pending, 1):
                tell(progress, row.name, place, len(pending))
                yield next(made)

    def _kept(self, report: Report, made: Made, run: Run) -> Failure | None:
        """Write down what came of a report; the failure where it could not be read."""
        error = made.error
        if isinstance(error, (ModelMissing, ModelRefuses)):
            raise error  # without its model the reader can read nothing at all
        if made.reading is not None:
            self.store.save_reading(report.id, run, made.reading)
            return None
        if isinstance(error, ReadingError):
            failure = Failure(report.name, error.message)
        else:
            failure = Failure(report.name, f"a bug of Travaux: {type(error).__name__}: {error}".strip(": "), error)
        self.store.save_failure(report.id, run, failure.reason)
        return failure


def _reader(reader: str | Reader) -> Reader:
    if not isinstance(reader, str):
        return reader
    if reader != LOCAL:
        remedy = "local ships; travaux.asking.language_model_reader makes one of a language model"
        raise RequestError(f"no reader {reader!r}", remedy=remedy)
    from travaux.reading.local import LocalReader

    return LocalReader()
