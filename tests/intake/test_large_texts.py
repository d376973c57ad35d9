"""Long texts: time and memory grow with the length and no faster."""

from __future__ import annotations

import os
import subprocess
import sys
import time

from travaux.intake import layout_blocks, receive_bytes

SENTENCE = (
    "In round {} the delegations left Geneva without a result, and Kyiv said that it would not give up {} crossings. "
)

PROGRAM = """
import resource, sys
from travaux.intake import receive_bytes
sentence = {sentence!r}
raw = "\\n\\n".join(sentence.format(n, n) * 3 for n in range({paragraphs})).encode()
before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
report = receive_bytes(raw, "large.txt").report
after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
print(len(raw), len(report.blocks), (after - before) * 1024)
"""


def test_fifty_megabytes_are_received_in_little_memory() -> None:
    program = PROGRAM.format(sentence=SENTENCE, paragraphs=145_000)
    # The child finds the package where this process does, installed or not.
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", program]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=500, env=environment)
    size, blocks, grown = map(int, done.stdout.split())
    assert size > 48_000_000
    assert blocks == 145_000
    assert grown < 4 * size


def test_time_grows_with_length_and_no_faster() -> None:
    def seconds(lines: int) -> float:
        text = "\n".join(f"Kyiv says no to round {number}" for number in range(lines))
        begun = time.perf_counter()
        layout_blocks(text)
        return time.perf_counter() - begun

    seconds(1_000)
    small, large = min(seconds(4_000) for _ in range(2)), min(seconds(16_000) for _ in range(2))
    assert large < 12 * small


def test_one_line_of_two_megabytes_is_one_block() -> None:
    raw = (SENTENCE.format(1, 2) * 18_000).encode()
    report = receive_bytes(raw, "line.txt").report
    assert len(report.blocks) == 1
    assert report.text.encode() == raw
