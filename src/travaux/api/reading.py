"""A record read: which reader, which reports, and what became of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection
from contextlib import nullcontext
from typing import TYPE_CHECKING

from travaux.api.foundation import LOCAL, Progress, RecordBase, tell
from travaux.api.locking import locked
from travaux.errors import ModelMissing, ModelRefuses, ReadingError, RequestError
from travaux.model import Agenda, Reading, Report, ReportState
from travaux.outcomes import Failure, ReadOutcome
from travaux.version import __version__

if TYPE_CHECKING:
    from travaux.reading.protocol import Reader
    from travaux.record import Run


LOCK_NAME = ".reading.lock"


class Read(RecordBase):
    """The verbs that read reports."""

    def read(
        self,
        reader: str | Reader = LOCAL,
        progress: Progress | None = None,
        *,
        only: Collection[str] | None = None,
    ) -> ReadOutcome:
        """Read the reports that have not been read with this reader and this agenda, one transaction each.

        Stopped in the middle, it has kept what was read and goes on there the next time.

        Args:
            reader: ``local``, or any object of the protocol in `travaux.reading.protocol`.
            only: ids of the reports to read; None for all.

        Raises:
            ModelMissing: the reader's language model is not installed. AgendaError: the agenda cannot be used.
            ModelRefuses: the server of a language model cannot be used.
            RecordBusy: this record is being read already, from here or from elsewhere; nothing was done.
        """
        chosen = _reader(reader)
        with nullcontext() if self.store.read_only else locked(self.folder, LOCK_NAME, "reading"):
            return self._read_with(chosen, progress, only)

    def _read_with(self, chosen: Reader, progress: Progress | None, only: Collection[str] | None) -> ReadOutcome:
        from travaux.record import Run, fingerprint_json

        agenda = self.agenda
        fingerprint = fingerprint_json(chosen.fingerprint())
        run = Run(chosen.name, fingerprint, agenda.digest, __version__)
        pending = [
            report_id
            for report_id in self.store.pending(chosen.name, fingerprint, agenda.digest)
            if only is None or report_id in only
        ]
        read_ahead = getattr(chosen, "read_ahead", None)  # a reader that waits for others works on several at once
        if read_ahead is not None:
            read_ahead((self.store.report(report_id) for report_id in pending), agenda)
        failures: list[Failure] = []
        readings: list[tuple[int, int]] = []
        for place, report_id in enumerate(pending, 1):
            report = self.store.report(report_id)
            tell(progress, report.name, place, len(pending))
            made = self._read_one(report, chosen, agenda, run)
            if isinstance(made, Failure):
                failures.append(made)
            elif made is not None:
                readings.append((len(made.statements), len(made.dropped)))
        states = Counter(row.state for row in self.store.report_rows(reader=chosen.name))
        counts = {state: states[state] for state in ReportState if states[state]}
        statements, dropped = (sum(numbers) for numbers in zip(*readings, strict=True)) if readings else (0, 0)
        return ReadOutcome(len(readings), counts, tuple(failures), statements, dropped)

    def _read_one(self, report: Report, reader: Reader, agenda: Agenda, run: Run) -> Reading | Failure | None:
        """What a reader took from a report, or why it failed; None for a report in a language it does not read."""
        languages = getattr(reader, "languages", None)
        if languages is not None and report.language is not None and report.language not in languages:
            self.store.save_unread(report.id, run, report.language)
            return None
        try:
            reading = reader.read(report, agenda)
        except (ModelMissing, ModelRefuses):
            raise  # without its model the reader can read nothing at all
        except ReadingError as error:
            failure = Failure(report.name, error.message)
        except Exception as error:  # one bad report never stops the others; the caller shows the bug
            failure = Failure(report.name, f"a bug of Travaux: {type(error).__name__}: {error}".strip(": "), error)
        else:
            self.store.save_reading(report.id, run, reading)
            return reading
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
