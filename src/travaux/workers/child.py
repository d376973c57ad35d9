"""What runs in a process of its own: ``python -m travaux.workers.child MODULE`` answers requests on standard input.

MODULE has a function ``answering(first: bytes)`` that makes of the first message a function from request to answer; both are bytes,
each message with its length before it. Everything else that is printed goes to standard error. At the end of the input the process
ends, whatever it is doing: whoever asked is gone.
"""

from __future__ import annotations

import os
import queue
import signal
import struct
import sys
import threading
from importlib import import_module
from typing import IO

LENGTH = struct.Struct(">Q")
LARGEST_MESSAGE = 1024 * 1024 * 1024


def send(stream: IO[bytes], message: bytes) -> None:
    """Write one message."""
    stream.write(LENGTH.pack(len(message)))
    stream.write(message)
    stream.flush()


def receive(stream: IO[bytes]) -> bytes | None:
    """The next message; None at the end of the stream, in the middle of a message too, and for one too large to be ours."""
    head = stream.read(LENGTH.size)
    if len(head) < LENGTH.size:
        return None
    (length,) = LENGTH.unpack(head)
    if length > LARGEST_MESSAGE:
        return None
    message = stream.read(length)
    return message if len(message) == length else None


def main(module: str) -> None:
    """Answers until the input ends."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; whoever started this one ends it
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())  # a library that prints must not be taken for an answer
    requests: queue.SimpleQueue[bytes] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(sys.stdin.buffer, requests), daemon=True).start()
    answer = import_module(module).answering(requests.get())
    while True:
        send(answers, answer(requests.get()))


def _listen(stream: IO[bytes], requests: queue.SimpleQueue[bytes]) -> None:
    while (message := receive(stream)) is not None:
        requests.put(message)
    os._exit(0)


if __name__ == "__main__":
    main(sys.argv[1])
