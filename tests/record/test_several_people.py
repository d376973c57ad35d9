"""Several people reviewing one record at once: no judgement is lost, doubled or left half, whoever is killed meanwhile."""

import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest
from postgresql_server import started, wait_until

from travaux.errors import RecordAway, RecordBusy, StoreError
from travaux.model import Judgement, Verdict
from travaux.record import Store
from travaux.record.dialect import common

PEOPLE, EACH = 4, 12
AT = "2025-09-01T10:00:00+00:00"


def judgement(one, reviewer, note):
    return Judgement(
        0, one.id, Verdict.CONFIRM, reviewer, AT, one.report_id, one.start, one.end, one.quote, one.party, one.option,
        one.stance, note=note,
    )  # fmt: skip


@pytest.fixture
def held(store, make_report, make_reading, make_run):
    report, raw = make_report()
    store.add_report(report, raw)
    store.save_reading(report.id, make_run(), make_reading(report))
    return store


def reviews(folder, reviewer, started):
    with Store.open(folder) as store:
        statements = store.statements()
        started.wait()
        for number in range(EACH):
            made = store.judge(judgement(statements[number % 2], reviewer, str(number)))
            if number % 5 == 4:
                store.withdraw(made.number, reviewer, AT)


def test_people_in_processes_of_their_own_judge_at_once(held, folder):
    held.close()
    context = multiprocessing.get_context("fork")
    begin = context.Barrier(PEOPLE)
    people = [context.Process(target=reviews, args=(folder, f"reviewer-{n}", begin)) for n in range(PEOPLE)]
    for one in people:
        one.start()
    for one in people:
        one.join(120)
    assert [one.exitcode for one in people] == [0] * PEOPLE
    with Store.open(folder) as store:
        found = store.judgements()
        assert [one.number for one in found] == list(range(1, PEOPLE * (EACH + EACH // 5) + 1))
        for n in range(PEOPLE):
            own = [one.note for one in found if one.reviewer == f"reviewer-{n}" and one.verdict is Verdict.CONFIRM]
            assert own == [str(number) for number in range(EACH)], "each in the order it was made"
        assert store.check() == []


def test_people_on_one_server_process_judge_at_once(held):
    statement = held.statements()[0]
    failed = []

    def review(reviewer):
        try:
            for number in range(EACH):
                held.judge(judgement(statement, reviewer, str(number)))
                held.judgements()
        except BaseException as error:
            failed.append(error)

    people = [threading.Thread(target=review, args=(f"reviewer-{n}",)) for n in range(8)]
    for one in people:
        one.start()
    for one in people:
        one.join(120)
    assert failed == []
    assert [one.number for one in held.judgements()] == list(range(1, 8 * EACH + 1))


JUDGING = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import test_several_people as tests
from travaux.record import Store
with Store.open(Path(sys.argv[1])) as store:
    statement = store.statements()[0]
    for number in range(100_000):
        print(store.judge(tests.judgement(statement, "reviewer-a", str(number))).number, flush=True)
"""
HOLDING = """
import os, sys
from pathlib import Path
from travaux.record import Store
store = Store.open(Path(sys.argv[1]))
with store._writes(durable=True) as connection:
    connection.exec_driver_sql("INSERT INTO info VALUES ('half', 'written')")
    print("holds", flush=True)
    sys.stdin.read()
"""


def process(program, *arguments):
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-c", program, *map(str, arguments)]
    return subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=environment, text=True)


def test_a_killed_reviewer_loses_nothing_that_was_confirmed(held, folder):
    with process(JUDGING, folder, Path(__file__).parent) as killed:
        confirmed = 0
        for line in killed.stdout:
            confirmed = int(line)
            if confirmed >= 15:
                break
        time.sleep(0.007)  # somewhere in the middle of a later one
        killed.send_signal(signal.SIGKILL)
    found = held.judgements()
    assert len(found) >= confirmed
    assert [one.note for one in found] == [str(number) for number in range(len(found))]
    assert held.judge(judgement(held.statements()[0], "reviewer-b", "")).number == len(found) + 1
    assert held.check() == []


def test_a_killed_writers_turn_goes_to_the_next(held, folder):
    with process(HOLDING, folder) as killed:
        assert killed.stdout.readline() == "holds\n"
        killed.send_signal(signal.SIGKILL)
    held.judge(judgement(held.statements()[0], "reviewer-b", "after it"))
    assert "half" not in held.info()


@pytest.mark.parametrize("database", ["postgresql"], indirect=True)
def test_a_writer_that_hangs_is_put_out_and_nothing_of_it_is_kept(held, folder, monkeypatch):
    from travaux.record.dialect import postgresql

    monkeypatch.setattr(postgresql, "HUNG_SECONDS", 1)
    turn = threading.Event()

    def hang():
        with Store.open(folder) as other, pytest.raises(StoreError) as error, other._writes() as connection:
            connection.exec_driver_sql("INSERT INTO info VALUES ('half', 'written')")
            turn.set()
            time.sleep(3)
            connection.exec_driver_sql("SELECT 1")
        assert "\n" not in str(error.value)
        told.append(error.value)

    told = []
    hanging = threading.Thread(target=hang)
    hanging.start()
    assert turn.wait(20)
    held.judge(judgement(held.statements()[0], "reviewer-b", "after it"))
    hanging.join(20)
    assert [type(error) for error in told] == [RecordAway]
    assert "half" not in held.info()


@pytest.mark.parametrize("how", ["fast", "immediate"])
def test_a_server_restarted_in_the_middle(folder, monkeypatch, make_report, make_reading, make_run, how):
    """People go on judging while the server goes down and comes up: what was confirmed is there, what was not is told."""
    with started() as server:
        monkeypatch.setenv("TRAVAUX_DB", server.address)
        monkeypatch.setattr(common, "BUSY_SECONDS", 20)
        with Store.create(folder) as store:
            report, raw = make_report()
            store.add_report(report, raw)
            store.save_reading(report.id, make_run(), make_reading(report))
            statement = store.statements()[0]
            confirmed, told, stop = [], [], threading.Event()

            def review(reviewer):
                number = 0
                while not stop.is_set():
                    number += 1
                    try:
                        store.judge(judgement(statement, reviewer, str(number)))
                        confirmed.append((reviewer, str(number)))
                    except (RecordAway, RecordBusy) as error:
                        told.append(str(error))
                        time.sleep(0.1)

            people = [threading.Thread(target=review, args=(f"reviewer-{n}",)) for n in range(3)]
            for one in people:
                one.start()
            wait_until(lambda: len(confirmed) > 15)
            server.stop(how)
            wait_until(lambda: len(told) > 3)
            before = len(confirmed)
            server.start()
            wait_until(lambda: len(confirmed) > before + 15)
            stop.set()
            for one in people:
                one.join(60)
            assert not any(one.is_alive() for one in people)
            found = store.judgements()
            assert [one.number for one in found] == list(range(1, len(found) + 1))
            kept = [(one.reviewer, one.note) for one in found]
            assert len(kept) == len(set(kept)), "none is there twice"
            assert set(confirmed) <= set(kept), "none is lost"
            assert all("\n" not in line for line in told)
            assert store.check() == []
