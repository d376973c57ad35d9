"""Work for a team of which each does one thing at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from queue import SimpleQueue
from typing import TypeVar

Member = TypeVar("Member")
Task = TypeVar("Task")
Result = TypeVar("Result")


def by_whoever_is_idle(team: Iterable[Member], work: Callable[[Member, Task], Result]) -> Callable[[Task], Result]:
    """A function that has a task done by a member with nothing to do, and waits while there is none; threads may share it."""
    idle: SimpleQueue[Member] = SimpleQueue()
    for one in team:
        idle.put(one)

    def done(task: Task) -> Result:
        mine = idle.get()
        try:
            return work(mine, task)
        finally:
            idle.put(mine)

    return done
