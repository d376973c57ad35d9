"""What the machine refuses: one clear line with the documented exit code, nothing lost, and the same command works later."""

import os
import resource
import shutil
import sqlite3
import subprocess
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from older_schema import put_back
from small_record import AGENDA, make_small_record

import travaux.api.dating
import travaux.api.judging
from travaux import Record
from travaux.model import Verdict
from travaux.record import DATABASE_NAME, Store
from travaux.record.dialect import common

LARGE = "\n\n".join(f"Northland wants the ferry, it said on day {day}." for day in range(60_000)) + "\n"


@pytest.fixture
def small_disk(tmp_path):
    """A file system of its own with two megabytes; skipped where none can be mounted."""
    place = tmp_path / "disk"
    place.mkdir()
    mounted = shutil.which("mount") and subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=2m", "tmpfs", place], capture_output=True, check=False
    )
    if not mounted or mounted.returncode:
        pytest.skip("a small file system can be mounted by root only")
    yield place
    subprocess.run(["umount", "-l", place], check=True)


def fill(place):
    """Use up what room there is."""
    with (place / "filler").open("wb", buffering=0) as file:
        try:
            while True:
                file.write(b"\0" * 4096)
        except OSError:
            return


def told(ended, code, *words):
    """One line on standard error that says these words, and the exit code."""
    assert ended[0] == code, ended
    assert ended[1] == ""
    (line,) = [line for line in ended[2] if line.startswith("Error: ")]
    for word in words:
        assert word in line
    return line


def on(disk):
    """A small record on that disk, made elsewhere and copied."""
    apart = disk.parent / "apart"
    apart.mkdir()
    return Path(shutil.copytree(make_small_record(apart / "talks"), disk / "talks"))


def check(folder):
    with Store.open(folder, read_only=True) as store:
        return store.check()


@pytest.mark.parametrize("command", ["add", "judge", "date", "page", "export", "agenda", "new"])
def test_a_full_disk(small_disk, travaux, tmp_path, command):
    folder = on(small_disk)
    with Record.open(folder, read_only=True) as record:
        statement = record.statements()[0].id
    (tmp_path / "large.txt").write_text(LARGE)
    arguments = {
        "add": ["add", folder, tmp_path / "large.txt"],
        "judge": ["judge", "confirm", folder, statement],
        "date": ["date", folder, "c.txt", "2025-03"],
        "page": ["page", folder, "-o", folder / "page.html"],
        "export": ["export", folder],
        "agenda": ["agenda", "add-option", folder, "ferry", "A ferry at noon", "--write"],
        "new": ["new", small_disk / "another"],
    }[command]
    before = (folder / "agenda.yaml").read_bytes()
    fill(small_disk)
    ended = travaux(*arguments)
    line = told(ended, 2 if command in ("page", "export", "new") else 3)
    assert "disk" in line or "No space left" in line
    assert travaux("show", folder)[0] == 0, "what is there can be looked at"
    assert check(folder) == []
    assert (folder / "agenda.yaml").read_bytes() == before
    assert not [path.name for path in small_disk.rglob("*.part")]
    (small_disk / "filler").unlink()
    if command == "add":
        arguments[-1] = folder / "agenda-is-no-report.txt"
        arguments[-1].write_text("Northland wants the ferry.\n")
    assert travaux(*arguments)[0] == 0
    assert check(folder) == []


def test_no_room_for_a_copy_before_a_migration_leaves_the_record_as_it_was(small_disk, travaux):
    folder = on(small_disk)
    put_back(folder / DATABASE_NAME, "0005")
    before = (folder / DATABASE_NAME).read_bytes()
    fill(small_disk)
    told(travaux("reports", folder), 3, "no copy can be kept before the schema changes", "make room")
    assert (folder / DATABASE_NAME).read_bytes() == before
    (small_disk / "filler").unlink()
    assert travaux("reports", folder)[0] == 0


def test_a_file_that_may_not_grow(talks, travaux, tmp_path):
    """The limit every system has for a process, so that a full disk is tried where none can be mounted too."""
    (tmp_path / "large.txt").write_text(LARGE)
    size = (talks / DATABASE_NAME).stat().st_size + 100_000
    limited = {"preexec_fn": lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, resource.RLIM_INFINITY))}
    told(travaux("add", talks, tmp_path / "large.txt", **limited), 3, "check the disk")
    assert check(talks) == []
    assert travaux("add", talks, tmp_path / "large.txt")[0] == 0


@pytest.mark.parametrize(
    "command", [["add", "{}", "{}/agenda.yaml"], ["read", "{}"], ["date", "{}", "c.txt", "2025-03"]]
)
def test_a_folder_that_may_not_be_written(talks, travaux, command):
    talks.chmod(0o555)
    try:
        told(travaux(*(one.format(talks) for one in command)), 3, "may not be written", "check the permissions")
        assert travaux("show", talks)[0] == 0
    finally:
        talks.chmod(0o755)


@pytest.mark.parametrize("how", ["BEGIN IMMEDIATE", "PRAGMA locking_mode = EXCLUSIVE; BEGIN EXCLUSIVE"])
def test_a_database_that_another_process_holds(talks, monkeypatch, capsys, how):
    from travaux.cli.root import run

    monkeypatch.setattr(common, "BUSY_SECONDS", 0.1)
    with closing(sqlite3.connect(talks / DATABASE_NAME, isolation_level=None)) as other:
        for one in how.split("; "):
            other.execute(one)
        assert run(["date", str(talks), "c.txt", "2025-03"]) == 3
        assert "another process is writing to this record (try again when it is done)" in capsys.readouterr().err
        assert run(["doctor", str(talks), "--repair"]) in (0, 3), "what is held is not taken for damaged"
        assert not list(talks.glob("record.damaged-*"))
    assert run(["date", str(talks), "c.txt", "2025-03"]) == 0


def test_a_clock_that_goes_backwards(talks, monkeypatch):
    """What was judged last counts, whatever the clock says; nothing is refused, and doctor is content."""

    class Earlier(datetime):
        @classmethod
        def now(cls, zone=None):
            return datetime.now(zone) - timedelta(days=4000)

    with Record.open(talks) as record:
        one = record.judged()[0].statement
        monkeypatch.setattr(travaux.api.judging, "datetime", Earlier)
        monkeypatch.setattr(travaux.api.dating, "datetime", Earlier)
        made = record.judge(one, "reject", reviewer="Tester")
        assert made.at == record.store.judgements()[0].at, "not the hour that the clock says, which would come first"
        assert {held.verdict for held in record.judged(rejected=True) if held.statement.id == one.id} == {
            Verdict.REJECT
        }
        record.date("c.txt", "2025-04", reviewer="Tester")
        assert str(record.store.report("c.txt").published.value) == "2025-04"
        assert record.store.check() == []


def test_an_update_after_the_clock_went_backwards(talks):
    late = datetime.now(UTC) + timedelta(days=400)
    with Record.open(talks) as record:
        record.store.tell([("report", "x")], late.isoformat(), late.isoformat())
        outcome = record.update()
        assert outcome.pollings == ()
        assert record.changes() is not None
        assert record.store.check() == []


def test_a_copy_without_its_log_is_the_record_as_of_its_last_close(talks, tmp_path):
    with Record.open(talks) as record:
        record.date("a.txt", "2025-03-02", reviewer="Tester")
        assert (talks / f"{DATABASE_NAME}-wal").stat().st_size
        copy = tmp_path / "copy"
        copy.mkdir()
        for name in ("agenda.yaml", DATABASE_NAME):
            shutil.copy(talks / name, copy)
    assert check(copy) == []
    with Record.open(copy) as record, Record.open(talks) as whole:
        assert len(record.store.datings()) == 1
        assert len(whole.store.datings()) == 2


def test_a_copy_without_its_agenda_or_with_an_empty_one(talks, travaux):
    (talks / "agenda.yaml").unlink()
    told(travaux("show", talks), 2, "agenda.yaml", "travaux agenda suggest --write")
    code, out, _ = travaux("doctor", talks, "--csv")
    assert (code, "agenda.yaml,wrong," in out) == (1, True)
    assert travaux("judge", "log", talks)[0] == 0, "what people did can be seen all the same"
    assert travaux("agenda", "suggest", talks, "--write")[0] == 0
    assert "parties:" in (talks / "agenda.yaml").read_text()
    (talks / "agenda.yaml").write_bytes(b"")
    told(travaux("show", talks), 2, "agenda.yaml")
    (talks / "agenda.yaml").write_text(AGENDA)
    assert travaux("doctor", talks)[0] == 0


def test_a_database_of_no_bytes_and_no_copy(talks, travaux):
    (talks / DATABASE_NAME).write_bytes(b"")
    told(travaux("show", talks), 3, "the database is empty", "restore it from a copy")


def test_leftovers_of_killed_runs_are_named(talks, travaux):
    for name in (".page.html.0a1b2c3d.part", f".{DATABASE_NAME}.99999"):
        (talks / name).touch()
    code, out, _ = travaux("doctor", talks, "--csv")
    assert code == 0
    assert out.count("left by a run that was killed") == 2


def test_a_schema_of_a_later_version(talks, travaux):
    with closing(sqlite3.connect(talks / DATABASE_NAME)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    told(travaux("doctor", talks), 3, "schema 9999", "upgrade Travaux")
    assert os.listdir(talks).count(DATABASE_NAME) == 1
