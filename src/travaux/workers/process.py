"""One process beside this one, asked one thing at a time; it is started when first asked, and again after it ended."""

from __future__ import annotations

import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from travaux import settings
from travaux.workers.child import receive, send


class WorkerEnded(Exception):
    """The process ended while it worked on a request; its text says how, as a user reads it."""


class TookTooLong(WorkerEnded):
    """The process was ended because it worked on one request for longer than allowed."""


class WorkerClosed(Exception):
    """The process was ended for good by its owner, so that a request says nothing of what it was about."""


class Worker:
    """A process that answers; a context manager that ends it.

    Args:
        module: whose ``answering`` it runs; see `travaux.workers.child`.
        first: the first message, sent whenever it is started.
    """

    def __init__(self, module: str, first: bytes):
        self._module = module
        self._first = first
        self._process: subprocess.Popen[bytes] | None = None
        self._closed = False

    def ask(self, request: bytes, seconds: float | None = None) -> bytes:
        """The answer to a request.

        Args:
            seconds: how long it may take; for ever unless told. Starting the process counts.

        Raises:
            TookTooLong, WorkerEnded: the process is gone; the next request starts another.
            WorkerClosed: it was closed, before or in the meantime.
        """
        process = self._running()
        late = threading.Event()
        timer = None
        if seconds is not None:
            timer = threading.Timer(seconds, _ending(process, late))
            timer.daemon = True
            timer.start()
        try:
            assert process.stdin is not None and process.stdout is not None
            send(process.stdin, request)
            answer = receive(process.stdout)
        except OSError:
            answer = None
        except BaseException:  # Ctrl-C in the middle of a message: what comes next on the pipe would be its rest
            process.kill()
            self._end(process)
            raise
        finally:
            if timer is not None:
                timer.cancel()
        if answer is not None and not late.is_set():
            return answer
        code = self._end(process)
        if self._closed:
            raise WorkerClosed("the process was closed")
        if late.is_set():
            raise TookTooLong(f"took longer than {seconds:g} seconds")
        raise WorkerEnded(f"the process reading it {_how(code)}")

    def peak_memory(self) -> int | None:
        """Bytes of memory that the process has held at most; None where it is not running or the system does not tell."""
        if self._process is None:
            return None
        try:
            told = Path(f"/proc/{self._process.pid}/status").read_text(encoding="ascii", errors="replace")
        except OSError:
            return None
        line = next((line for line in told.splitlines() if line.startswith("VmHWM:")), None)
        return None if line is None else int(line.split()[1]) * 1024

    def close(self) -> None:
        """End the process for good, also while another thread waits for its answer; calling it twice does no harm."""
        self._closed = True
        process = self._process
        if process is not None:
            process.kill()
            self._end(process)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __del__(self) -> None:
        # An engine that made its owner lets go of it without a word; the process must not outlive that.
        if getattr(self, "_process", None) is not None:
            self.close()

    def _running(self) -> subprocess.Popen[bytes]:
        if self._closed:
            raise WorkerClosed("the process was closed")
        if self._process is None:
            command = [sys.executable, "-m", "travaux.workers.child", self._module]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=settings.one_thread_each()
            )
            assert self._process.stdin is not None
            with suppress(OSError):  # it ended at once; asking it says how
                send(self._process.stdin, self._first)
        return self._process

    def _end(self, process: subprocess.Popen[bytes]) -> int:
        """Close the pipes to a process that is ending, and return its exit code."""
        if self._process is process:
            self._process = None
        for stream in (process.stdin, process.stdout):
            assert stream is not None
            with suppress(OSError):  # what was still to be written to it has nobody to read it
                stream.close()
        return process.wait()


def _ending(process: subprocess.Popen[bytes], late: threading.Event) -> Callable[[], None]:
    def end() -> None:
        late.set()
        process.kill()

    return end


def _how(code: int) -> str:
    if code >= 0:
        return f"ended with code {code}"
    try:
        name = signal.Signals(-code).name
    except ValueError:
        name = str(-code)
    more = ", for want of memory or by somebody's hand" if name == "SIGKILL" else ""
    return f"was ended by {name}{more}"
