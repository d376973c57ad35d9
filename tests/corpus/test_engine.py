"""Jobs on this machine: each row once, and an end to all of them."""

from __future__ import annotations

import json
import threading

import pytest

pytest.importorskip("daft")
from travaux.corpus.engine import Engine, JobBug, answered


class Waiting:
    """A job that answers the row 0 at once and the others when it is closed."""

    made: list[Waiting] = []

    def __init__(self, told: str) -> None:
        self.told, self.closed = json.loads(told), threading.Event()
        self.made.append(self)

    def __call__(self, row: str) -> str:
        return answered(self.answer, row)

    def answer(self, row: dict[str, int]) -> dict[str, int]:
        if row["number"] and self.told["waits"]:
            assert self.closed.wait(60)
            raise ValueError("closed")
        return row

    def close(self) -> None:
        self.closed.set()


@pytest.fixture(autouse=True)
def none_made():
    Waiting.made.clear()


def test_every_row_is_answered_once_and_the_jobs_are_closed():
    rows = [{"number": number} for number in range(20)]
    answers = list(Engine(workers=3).each(Waiting, {"waits": False}, rows))
    assert sorted(answer["number"] for answer in answers) == list(range(20))
    assert len(Waiting.made) == 3 and all(one.closed.is_set() for one in Waiting.made)


def test_jobs_whose_answers_nobody_waits_for_are_ended():
    engine = Engine(workers=2)
    answers = engine.each(Waiting, {"waits": True}, [{"number": number} for number in range(9)])
    assert next(answers) == {"number": 0}
    engine.close()
    assert all(one.closed.is_set() for one in Waiting.made)
    assert not [thread for thread in threading.enumerate() if thread.name.startswith("travaux-corpus")]
    assert list(answers) == []


def test_a_bug_of_a_job_is_raised_with_its_traceback():
    with pytest.raises(JobBug, match=r"(?s)Traceback.*KeyError: 'number'"):
        list(Engine(workers=1).each(Waiting, {"waits": False}, [{}]))
