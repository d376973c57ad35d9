"""Every error Travaux raises on purpose, drawn as one tree.

::

    TravauxError                       a mistake or circumstance a user can mend: one clear line, no traceback
    ├── RequestError          exit 2   the command or call asked for something that cannot be
    │   ├── UnknownName                a party, option, report or statement the record does not know
    │   └── RecordExists               a record would have to be overwritten
    ├── AgendaError           exit 2   agenda.yaml cannot be used; names file, line and what was expected
    ├── NotARecord            exit 2   the folder named is no record
    ├── EvaluationError       exit 2   a gold record that cannot be scored
    ├── StoreError            exit 3   the database or its folder refuses
    │   ├── RecordReadOnly             no permission to write
    │   ├── RecordBusy                 another process holds the write lock
    │   ├── RecordAway                 the database's server does not answer, or lets nobody in
    │   ├── RecordTooNew               written by a later version of Travaux
    │   └── RecordDamaged              the database fails its own checks
    ├── EngineGivesUp         exit 3   what many machines were to do breaks off again and again
    ├── ModelRefuses          exit 3   a language model's server cannot be used: no key, no answer, sent elsewhere
    ├── IntakeError           exit 1   one file that cannot become a report; the others go on
    │   └── FetchError                 one address that cannot be fetched
    └── ReadingError          exit 1   one report that could not be read; the others go on
        └── ModelMissing      exit 3   a language model the reader needs is not installed

Exit codes, the same for every command: 0 all well; 1 some reports failed, or a check found problems; 2 the request
was wrong; 3 the record or the machine refuses; 70 a bug of ours (with a traceback); 130 stopped by Ctrl-C.
"""

from __future__ import annotations

from pathlib import Path

EXIT_OK = 0
EXIT_SOME_FAILED = 1
EXIT_REQUEST = 2
EXIT_REFUSED = 3
EXIT_BUG = 70
EXIT_INTERRUPTED = 130


class TravauxError(Exception):
    """A mistake or circumstance the user can mend; its message is one line that says what to do.

    Args:
        message: what is wrong, in one line.
        remedy: what to do about it, in one line; may be empty.
        path: the file or folder concerned, where there is one.
        line: the line in that file, counted from 1.
    """

    exit_code = EXIT_REQUEST

    def __init__(self, message: str, *, remedy: str = "", path: Path | str | None = None, line: int | None = None):
        # What is quoted from a stranger's file may hold line ends; the line stays one.
        self.message, self.remedy = (" ".join(said.splitlines()) for said in (message, remedy))
        self.path = None if path is None else str(path)
        self.line = line
        super().__init__(str(self))

    def __str__(self) -> str:
        place = self.path or ""
        if place and self.line is not None:
            place = f"{place}:{self.line}"
        told = f"{place}: {self.message}" if place else self.message
        return f"{told} ({self.remedy})" if self.remedy else told


class RequestError(TravauxError):
    """The command or call asked for something that cannot be."""


class UnknownName(RequestError):
    """A party, option, report or statement was named that the record does not know."""


class RecordExists(RequestError):
    """A record stands where a new one was to be made."""


class AgendaError(TravauxError):
    """The agenda cannot be used as it is written."""


class NotARecord(TravauxError):
    """The folder named holds no record."""


class EvaluationError(TravauxError):
    """The gold record cannot be scored against."""


class StoreError(TravauxError):
    """The database or its folder refuses."""

    exit_code = EXIT_REFUSED


class RecordReadOnly(StoreError):
    """The record may be read but not written."""


class RecordBusy(StoreError):
    """Another process holds the record's write lock."""


class RecordAway(StoreError):
    """The server that holds the record's database does not answer, went away, or lets nobody in."""


class RecordTooNew(StoreError):
    """The record was written by a later version of Travaux."""


class RecordDamaged(StoreError):
    """The record's database fails its own checks."""


class EngineGivesUp(TravauxError):
    """The engine that a corpus is read on breaks off again and again without anything done."""

    exit_code = EXIT_REFUSED


class ModelRefuses(TravauxError):
    """A language model's server cannot be used at all, so that asking it for the next report is no use either."""

    exit_code = EXIT_REFUSED


class IntakeError(TravauxError):
    """One file cannot become a report; the others go on."""

    exit_code = EXIT_SOME_FAILED


class FetchError(IntakeError):
    """One address cannot be fetched; the others go on.

    Args:
        message, remedy, path, line: see `TravauxError`; the path is the address.
        retry: whether trying again soon may help.
        again_after: seconds after which the server wants to be asked again, where it says so.
        status: of the answer that was refused; None where there was none.
    """

    def __init__(
        self,
        message: str,
        *,
        remedy: str = "",
        path: Path | str | None = None,
        line: int | None = None,
        retry: bool = False,
        again_after: float | None = None,
        status: int | None = None,
    ):
        super().__init__(message, remedy=remedy, path=path, line=line)
        self.retry = retry
        self.again_after = again_after
        self.status = status


class ReadingError(TravauxError):
    """One report could not be read; the others go on."""

    exit_code = EXIT_SOME_FAILED


class ModelMissing(ReadingError):
    """A language model the reader needs is not installed."""

    exit_code = EXIT_REFUSED
