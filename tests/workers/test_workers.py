"""Processes that work beside this one: asked, hung, killed, and how many of them there are."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import travaux
from travaux.model import ReportState
from travaux.reading.local import LocalReader
from travaux.workers import machine, reading
from travaux.workers.process import TookTooLong, Worker, WorkerClosed, WorkerEnded

ECHO = """
import json, os, signal, sys, time
def answering(first):
    def answer(request):
        told = json.loads(request)
        if "sleep" in told: time.sleep(told["sleep"])
        if "kill" in told: os.kill(os.getpid(), signal.SIGKILL)
        if "leave" in told: os._exit(told["leave"])
        print("a library that talks")
        return json.dumps([first.decode(), told, os.getpid(), os.environ["OMP_NUM_THREADS"]]).encode()
    return answer
"""


@pytest.fixture
def worker(tmp_path, monkeypatch):
    (tmp_path / "echo_for_workers.py").write_text(ECHO)
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    with Worker("echo_for_workers", b"first") as made:
        yield made


def asked(worker, seconds=None, **told):
    return json.loads(worker.ask(json.dumps(told).encode(), seconds))


def test_one_process_answers_in_one_thread_until_it_is_closed(worker):
    first, told, process, threads = asked(worker, a=1)
    assert (first, told, threads) == ("first", {"a": 1}, "1")
    assert asked(worker, b="😀" * 100_000)[2] == process != os.getpid()
    worker.close()
    worker.close()
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)
    with pytest.raises(WorkerClosed, match="closed"):
        asked(worker, a=1)


def test_a_request_that_ends_or_hangs_the_process_fails_and_the_next_finds_another(worker):
    process = asked(worker)[2]
    with pytest.raises(WorkerEnded, match="ended by SIGKILL"):
        asked(worker, kill=1)
    with pytest.raises(WorkerEnded, match="ended with code 7"):
        asked(worker, leave=7)
    with pytest.raises(TookTooLong, match="longer than 0.5 seconds"):
        asked(worker, 0.5, sleep=60)
    assert asked(worker)[2] != process


def test_a_process_ends_with_whoever_asked_it(tmp_path):
    (tmp_path / "echo_for_workers.py").write_text(ECHO)
    program = (
        "import os, signal; from travaux.workers.process import Worker; w = Worker('echo_for_workers', b'x')\n"
        "print(w.ask(b'{}').decode(), flush=True); w._process.stdin; os.kill(os.getpid(), signal.SIGKILL)"
    )
    env = {**os.environ, "PYTHONPATH": str(tmp_path)}
    told = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True)
    process = json.loads(told.stdout)[2]
    for _ in range(500):
        try:
            os.kill(process, 0)
        except ProcessLookupError:
            return
        time.sleep(0.02)
    raise AssertionError("the process outlived whoever asked it")


@pytest.mark.parametrize(
    ("jobs", "wanted", "cores", "free", "workers"),
    [
        (100, None, 8, 64 << 30, 8),
        (100, None, 8, 2 << 30, 3),
        (100, None, 8, 100 << 20, 1),
        (3, None, 8, 64 << 30, 3),
        (0, None, 8, 64 << 30, 1),
        (100, None, 4, None, 4),
        (100, 6, 2, 100 << 20, 6),
        (3, 6, 2, None, 3),
    ],
)
def test_there_are_no_more_processes_than_jobs_cores_and_memory_for(monkeypatch, jobs, wanted, cores, free, workers):
    monkeypatch.setattr(machine, "cores", lambda: cores)
    monkeypatch.setattr(machine, "free_memory", lambda: free)
    assert machine.fitting_workers(jobs, wanted) == workers


def test_what_a_container_allows_counts(tmp_path, monkeypatch):
    monkeypatch.setattr(machine, "_GROUP", tmp_path)
    plain = machine.cores()
    (tmp_path / "cpu.max").write_text("100000 100000\n")
    (tmp_path / "memory.max").write_text(f"{1 << 30}\n")
    (tmp_path / "memory.current").write_text(f"{1 << 29}\n")
    assert machine.cores() == 1 <= plain
    assert machine.free_memory() == 1 << 29
    (tmp_path / "cpu.max").write_text("max 100000\n")
    (tmp_path / "memory.max").write_text("max\n")
    assert machine.cores() == plain and machine.free_memory() != 1 << 29


def test_small_jobs_and_other_readers_stay_in_this_process(monkeypatch):
    monkeypatch.setattr(machine, "cores", lambda: 4)
    monkeypatch.setattr(machine, "free_memory", lambda: None)
    enough = reading.WORTH_A_PROCESS
    assert reading.team_size(LocalReader(), [enough // 10] * 10) == 1
    assert reading.team_size(LocalReader(), [enough // 10] * 30) == 3
    assert reading.team_size(LocalReader(), [enough] * 30) == 4
    assert reading.team_size(LocalReader(), [10] * 3, wanted=2) == 2
    assert reading.team_size(type("Own", (LocalReader,), {})(), [enough] * 30) == 1


SMALL = """\
title: The link
parties: [{id: northland, name: Northland}, {id: southland, name: Southland}]
issues:
  - {id: link, title: The link, options: [{id: ferry, says: A ferry links the two shores, words: [ferry link]}]}
"""


@pytest.fixture
def record(tmp_path):
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "agenda.yaml").write_text(SMALL)
    with travaux.Record.new(tmp_path / "talks") as made:
        for place in range(6):
            text = f"Northland supports the ferry link, its minister said in round {place}. Southland rejects the ferry link."
            made.add_bytes(text.encode(), f"{place}.txt")
        made.add_bytes(
            "Die Verhandlungen über die Fähre und das Abkommen gehen nach der Pause weiter, und die Lage ist nicht gut.".encode(),
            "de.txt",
        )
        yield made


def test_the_statements_are_the_same_however_many_processes_read(record, tmp_path):
    import shutil

    (record.folder.with_name("other")).mkdir()
    shutil.copy(record.folder / "agenda.yaml", record.folder.with_name("other"))
    seen = []
    one = record.read(workers=1)
    with travaux.Record.new(record.folder.with_name("other")) as other:
        for report in record.store.reports():
            other.add_bytes(record.store.raw(report.id), report.name)
        two = other.read(workers=2, progress=lambda name, place, number: seen.append((name, place, number)))
        assert (two.read, two.counts, two.statements) == (one.read, one.counts, one.statements)
        assert other.store.statements() == record.store.statements() != []
        assert other.store.happenings() == record.store.happenings()
        assert other.store.readings()[0].run == record.store.readings()[0].run
    assert seen == [(f"{place}.txt", place + 1, 6) for place in range(6)]
    assert one.counts[ReportState.UNREAD] == 1


def test_a_report_that_ends_its_process_fails_alone(record, tmp_path, monkeypatch):
    from corpus_runs import surroundings

    record.add_bytes(b"Northland supports the ferry link: reading kills whoever reads on.", "3a.txt")
    monkeypatch.setenv("PYTHONPATH", surroundings(tmp_path / "poison")["PYTHONPATH"])
    outcome = record.read(workers=2)
    assert [(one.report, "SIGKILL" in one.reason, one.bug) for one in outcome.failures] == [("3a.txt", True, None)]
    assert outcome.read == 6 and outcome.counts[ReportState.FAILED] == 1
    assert record.store.check() == []


def test_a_bug_in_another_process_is_shown_with_its_traceback(record, tmp_path, monkeypatch):
    (tmp_path / "models").mkdir()
    (tmp_path / "models" / "positions.json").write_text("{}")
    made = list(
        reading.read_by_many(record.store.reports()[:2], LocalReader(models=tmp_path / "models"), record.agenda, 2)
    )
    for _, one in made:
        assert isinstance(one.error, reading.ReadingBug) and "KeyError" in str(one.error)
        assert "Traceback" in str(one.error.__cause__)


def test_ctrl_c_keeps_what_was_read_and_leaves_no_process(record):
    from corpus_runs import surroundings

    for place in range(6, 40):
        record.add_bytes(
            f"Northland supports the ferry link, its envoy said in round {place}.".encode(), f"{place}.txt"
        )
    # As people start it: `python -m` forgets the exit code where Ctrl-C came while Python ran code given as text.
    command = [Path(sys.executable).with_name("travaux"), "read", record.folder, "--workers", "2"]
    process = subprocess.Popen(command, env=surroundings(), stderr=subprocess.PIPE, text=True, start_new_session=True)
    while process.poll() is None and not record.store.readings():
        time.sleep(0.01)
    os.killpg(process.pid, signal.SIGINT)  # as a terminal does: to all of the group
    _, told = process.communicate()
    assert process.returncode == 130 and "the same command goes on from there" in told and "Traceback" not in told
    with pytest.raises(ProcessLookupError):
        os.killpg(process.pid, 0)
    kept = len(record.store.readings())
    assert 0 < kept < 41 and record.store.check() == []
    assert record.read(workers=1).read == 41 - kept
