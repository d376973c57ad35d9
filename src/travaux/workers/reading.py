"""Reports read in processes beside this one by the reader that ships: its models are loaded once in each.

The statements are those it takes in this process: reports go over whole, and readings come back whole.
"""

from __future__ import annotations

import json
import traceback
from collections import deque
from collections.abc import Callable, Generator, Iterable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from travaux.errors import ModelMissing, ReadingError
from travaux.model import Agenda, Reading, Report
from travaux.workers.machine import fitting_workers
from travaux.workers.process import TookTooLong, Worker, WorkerEnded
from travaux.workers.team import by_whoever_is_idle

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from travaux.provenance.flags import Assessed, Assessor
    from travaux.reading.local import LocalReader
    from travaux.reading.protocol import Reader

WORTH_A_PROCESS = 30_000
"""Characters to read for which a process is started: loading its models takes three seconds, in which 24,000 to 46,000 are read
(`benchmarks/corpus.py`)."""
_READ, _ASSESS = b"r", b"a"
AHEAD = 3
"""Reports handed out for each process before the first of them is back, so that none waits for the slowest."""


class ReadingBug(Exception):
    """A bug of ours in another process; its text is that process's traceback."""


@cache
def form_of(kind: Any) -> TypeAdapter[Any]:
    """How a noun goes to JSON and back; what comes back is checked."""
    from pydantic import TypeAdapter

    return TypeAdapter(kind)


@dataclass(frozen=True, slots=True)
class Made:
    """What came of one report.

    Attributes:
        reading: what the reader took; assessed: what the report shows by itself; each where that was asked for.
        error: why there is neither: a `ReadingError`, or a bug.
    """

    reading: Reading | None = None
    assessed: Assessed | None = None
    error: Exception | None = None


def made_of(report: Report, reader: Reader, agenda: Agenda) -> Made:
    """What comes of a report in this process; one bad report never stops the others."""
    try:
        return Made(reader.read(report, agenda))
    except Exception as error:  # told by whoever asked: as a failure, or as the bug of ours that it is
        return Made(error=error)


class ReadingWorker:
    """One process that reads.

    Args:
        seconds: how long one report may take.
    """

    def __init__(self, reader: LocalReader, agenda: Agenda, *, seconds: float | None = None):
        first = {"encoder": reader.encoder, "models": str(reader.models)}
        first["agenda"] = form_of(Agenda).dump_python(agenda, mode="json")
        self._worker = Worker(__name__, json.dumps(first).encode())
        self._seconds = seconds

    def read(self, report: Report) -> Made:
        """What came of a report; a process that ends on it is tried once more, since it may have been ended for another's sake."""
        return self._ask(_READ, report)

    def assess(self, report: Report) -> Made:
        """What a report shows by itself: its flags and titles; see `read` for a process that ends on it."""
        return self._ask(_ASSESS, report)

    def _ask(self, what: bytes, report: Report) -> Made:
        request = what + form_of(Report).dump_json(report)
        try:
            try:
                answer = self._worker.ask(request, self._seconds)
            except TookTooLong:
                raise
            except WorkerEnded:
                answer = self._worker.ask(request, self._seconds)
        except WorkerEnded as error:
            return Made(error=ReadingError(str(error)))
        return _made(json.loads(answer))

    def peak_memory(self) -> int | None:
        """Bytes of memory that the process has held at most; None where it is not running or the system does not tell."""
        return self._worker.peak_memory()

    def close(self) -> None:
        """End the process."""
        self._worker.close()


def _made(told: dict[str, Any]) -> Made:
    if "missing" in told:
        message, remedy = told["missing"]
        return Made(error=ModelMissing(message, remedy=remedy))
    if "failed" in told:
        return Made(error=ReadingError(told["failed"]))
    if "bug" in told:
        says, trace = told["bug"]
        bug = ReadingBug(says)
        bug.__cause__ = ReadingBug(f"\n{trace}")
        return Made(error=bug)
    if "reading" in told:
        return Made(form_of(Reading).validate_python(told["reading"]))
    from travaux.provenance.flags import Assessed

    return Made(assessed=form_of(Assessed).validate_python(told["assessed"]))


def team_size(reader: Reader, sizes: Sequence[int], wanted: int | None = None) -> int:
    """How many processes are to read, 1 for this one alone; only the reader that ships can be started anew elsewhere.

    Args:
        sizes: of the reports, in characters. wanted: a number a person asked for.
    """
    from travaux.reading.local import LocalReader

    if type(reader) is not LocalReader:
        return 1
    jobs = len(sizes) if wanted is not None else min(len(sizes), sum(sizes) // WORTH_A_PROCESS)
    return fitting_workers(jobs, wanted)


def read_by_many(
    reports: Iterable[Report], reader: LocalReader, agenda: Agenda, workers: int
) -> Generator[tuple[Report, Made]]:
    """Reports with what came of each, in the order given, however many processes read them."""
    team = [ReadingWorker(reader, agenda) for _ in range(workers)]
    read = by_whoever_is_idle(team, ReadingWorker.read)
    threads = ThreadPoolExecutor(workers, thread_name_prefix="travaux-reading")
    waiting: deque[tuple[Report, Future[Made]]] = deque()
    try:
        for report in reports:
            waiting.append((report, threads.submit(read, report)))
            if len(waiting) >= AHEAD * workers:
                first, made = waiting.popleft()
                yield first, made.result()
        while waiting:
            first, made = waiting.popleft()
            yield first, made.result()
    finally:
        for _, made in waiting:
            made.cancel()
        for one in team:
            one.close()
        threads.shutdown(cancel_futures=True)


# ------------------------------------------------------------------------------------------------ in the other process


def answering(first: bytes) -> Callable[[bytes], bytes]:
    """Readings for reports; the first message names the agenda and the models."""
    from travaux.reading.local import LocalReader

    told = json.loads(first)
    agenda: Agenda = form_of(Agenda).validate_python(told["agenda"])
    reader = LocalReader(encoder=told["encoder"], models=Path(told["models"]))
    assessor = cache(lambda: _assessor(agenda))

    def answer(request: bytes) -> bytes:
        report: Report = form_of(Report).validate_json(request[1:])
        if request[:1] == _READ:
            return json.dumps(_told(made_of(report, reader, agenda))).encode()
        try:
            made = Made(assessed=assessor().assess(report))
        except Exception as error:  # as in `made_of`
            made = Made(error=error)
        return json.dumps(_told(made)).encode()

    return answer


def _assessor(agenda: Agenda) -> Assessor:
    from travaux.provenance.flags import Assessor

    return Assessor(agenda)


def _told(made: Made) -> dict[str, Any]:
    """What came of a report as JSON has it; `_made` takes it back."""
    error = made.error
    if isinstance(error, ModelMissing):
        return {"missing": [error.message, error.remedy]}
    if isinstance(error, ReadingError):
        return {"failed": error.message}
    if error is not None:
        trace = "".join(traceback.format_exception(error))
        return {"bug": [f"{type(error).__name__}: {error}".strip(": "), trace]}
    if made.reading is not None:
        return {"reading": form_of(Reading).dump_python(made.reading, mode="json")}
    from travaux.provenance.flags import Assessed

    return {"assessed": form_of(Assessed).dump_python(made.assessed, mode="json")}
