"""How many processes this machine bears: its cores, the memory that is free, and what a container allows of both."""

from __future__ import annotations

import os
from pathlib import Path

WORKER_MEMORY = 500 * 1024 * 1024
"""Bytes that one process with its models is counted at: 272 MiB at most after the example's short reports (`benchmarks/corpus.py` tells
them for others), and room for long ones."""
LEFT_FREE = 0.2
"""Share of the free memory that is left to others."""

_GROUP = Path("/sys/fs/cgroup")


def cores() -> int:
    """Cores this process may use, 1 at least."""
    given = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    quota, _, period = _told(_GROUP / "cpu.max").partition(" ")
    if quota.isdigit() and period.strip().isdigit():
        given = min(given, int(quota) // int(period))
    return max(1, given)


def free_memory() -> int | None:
    """Bytes that can be had without pushing anything out, as far as the system tells; None where it does not."""
    free = None
    for line in _told(Path("/proc/meminfo")).splitlines():
        name, _, rest = line.partition(":")
        if name == "MemAvailable":
            free = int(rest.split()[0]) * 1024
    limit, used = _told(_GROUP / "memory.max").strip(), _told(_GROUP / "memory.current").strip()
    if limit.isdigit() and used.isdigit():
        allowed = max(0, int(limit) - int(used))
        free = allowed if free is None else min(free, allowed)
    return free


def fitting_workers(jobs: int, wanted: int | None = None) -> int:
    """How many processes to start, 1 at least: no more than there are jobs, cores, and memory for.

    Args:
        wanted: a number a person asked for; it counts instead of cores and memory.
    """
    if wanted is not None:
        return max(1, min(wanted, jobs))
    free = free_memory()
    held = cores() if free is None else int(free * (1 - LEFT_FREE)) // WORKER_MEMORY
    return max(1, min(jobs, cores(), held))


def _told(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace")
    except OSError:
        return ""
