"""Making and opening a record in a file: what folders are refused, and what is left behind."""

import os
import shutil
import sqlite3
import stat
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from travaux.errors import (
    NotARecord,
    RecordBusy,
    RecordDamaged,
    RecordExists,
    RecordReadOnly,
    RecordTooNew,
    RequestError,
    StoreError,
)
from travaux.record import DATABASE_NAME, Store, is_writable
from travaux.record.dialect import common


@pytest.fixture
def database(monkeypatch):
    """These tests are about files; test_server_opening.py has those about a server."""
    monkeypatch.delenv("TRAVAUX_DB", raising=False)
    return "sqlite"


@pytest.fixture
def read_only_folder(store, folder, make_report):
    """A record in a folder that nobody may write, as it comes from a medium or a colleague."""
    store.add_report(*make_report())
    store.close()
    (folder / DATABASE_NAME).chmod(0o444)
    folder.chmod(0o555)
    yield folder
    folder.chmod(0o755)


def one_line(error):
    assert "\n" not in str(error.value)
    return str(error.value)


def test_create_makes_the_folder_and_leaves_one_file(folder):
    Store.create(folder / "deep" / "down").close()
    assert os.listdir(folder / "deep" / "down") == [DATABASE_NAME]


def test_create_refuses_a_second_record_and_keeps_the_first(store, folder, make_report):
    store.add_report(*make_report())
    with pytest.raises(RecordExists) as error:
        Store.create(folder)
    assert str(folder) in one_line(error)
    assert [row.name for row in store.report_rows()] == ["a.txt"]


def test_create_under_a_file_is_refused(tmp_path):
    (tmp_path / "file").write_text("x")
    with pytest.raises(RequestError, match="a file, not a folder"):
        Store.create(tmp_path / "file" / "talks")


def test_create_in_a_read_only_folder_is_refused_even_for_root(tmp_path):
    tmp_path.chmod(0o555)
    try:
        with pytest.raises(RecordReadOnly) as error:
            Store.create(tmp_path / "talks")
    finally:
        tmp_path.chmod(0o755)
    assert str(tmp_path) in one_line(error)
    assert os.listdir(tmp_path) == []


def test_names_with_the_characters_of_addresses(tmp_path):
    odd = tmp_path / "a b#?%41&mode=ro ünï"
    with Store.create(odd) as store:
        store.set_info("title", "x")
    with Store.open(odd, read_only=True) as store:
        assert store.info() == {"title": "x"}


def test_a_relative_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    Store.create(Path("talks")).close()
    with Store.open(Path("talks")) as store:
        assert store.report_rows() == []


def test_no_folder_no_database_no_sqlite(tmp_path):
    with pytest.raises(NotARecord, match="no such folder"):
        Store.open(tmp_path / "missing")
    with pytest.raises(NotARecord, match=f"has no {DATABASE_NAME}"):
        Store.open(tmp_path)
    (tmp_path / DATABASE_NAME).write_bytes(b"%PDF-1.7 and so on, not a database at all\n" * 9)
    with pytest.raises(NotARecord, match="no SQLite database") as error:
        Store.open(tmp_path)
    assert DATABASE_NAME in one_line(error)


def test_a_database_of_something_else_is_no_record(tmp_path):
    with closing(sqlite3.connect(tmp_path / DATABASE_NAME)) as other:
        other.execute("CREATE TABLE report (x)")
        other.commit()
    with pytest.raises(NotARecord, match="no record of Travaux"):
        Store.open(tmp_path)


def test_an_empty_file_is_a_damaged_record(tmp_path):
    (tmp_path / DATABASE_NAME).touch()
    with pytest.raises(RecordDamaged, match="empty"):
        Store.open(tmp_path)


@pytest.mark.parametrize("kept", [100, 5000, 20000])
def test_a_truncated_database_is_damaged(store, folder, make_report, kept):
    store.add_report(*make_report(text="word " * 20000))
    store.close()
    os.truncate(folder / DATABASE_NAME, kept)
    with pytest.raises((RecordDamaged, NotARecord)) as error:
        Store.open(folder)
    assert DATABASE_NAME in one_line(error)


def test_damage_met_while_reading_is_one_line(store, folder, make_report):
    store.add_report(*make_report(text="word " * 20000))
    store.close()
    file = folder / DATABASE_NAME
    whole = bytearray(file.read_bytes())
    whole[4096 * 3 : 4096 * 20] = b"\xff" * 4096 * 17
    file.write_bytes(whole)
    with pytest.raises(StoreError) as error, Store.open(folder) as opened:
        opened.reports()
        opened.statements()
        opened.judgements()
    assert "damaged" in one_line(error)


def test_a_later_schema_is_refused(store, folder):
    store.close()
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
        database.execute("UPDATE alembic_version SET version_num = '9999'")
        database.commit()
    with pytest.raises(RecordTooNew, match="9999.*upgrade Travaux") as error:
        Store.open(folder)
    assert error.value.exit_code == 3


def test_a_read_only_record_can_be_read_but_not_written(read_only_folder, make_report):
    assert not is_writable(read_only_folder)
    with pytest.raises(RecordReadOnly) as error:
        Store.open(read_only_folder)
    assert str(read_only_folder) in one_line(error)
    with Store.open(read_only_folder, read_only=True) as opened:
        assert [report.name for report in opened.reports()] == ["a.txt"]
        assert opened.check() == []
        with pytest.raises(RecordReadOnly):
            opened.add_report(*make_report("b.txt", "other"))
        assert os.listdir(read_only_folder) == [DATABASE_NAME]


def test_a_read_only_file_in_a_writable_folder(store, folder, make_report):
    store.add_report(*make_report())
    store.close()
    (folder / DATABASE_NAME).chmod(stat.S_IRUSR)
    with pytest.raises(RecordReadOnly) as error:
        Store.open(folder)
    assert str(folder / DATABASE_NAME) in one_line(error)
    with Store.open(folder, read_only=True) as opened:
        assert opened.report("a.txt").name == "a.txt"


def test_read_only_leaves_no_files_behind(store, folder):
    store.close()
    with Store.open(folder, read_only=True) as opened:
        opened.report_rows()
    assert os.listdir(folder) == [DATABASE_NAME]


def test_closing_twice_does_no_harm(store):
    store.close()
    store.close()


def test_a_writer_that_cannot_get_the_lock_says_so(store, folder, make_report, monkeypatch):
    monkeypatch.setattr(common, "BUSY_SECONDS", 0.05)
    with closing(sqlite3.connect(folder / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with Store.open(folder) as waiting:
            with pytest.raises(RecordBusy, match="another process") as error:
                waiting.add_report(*make_report())
            assert waiting.report_rows() == []  # readers need not wait
        other.execute("ROLLBACK")
    one_line(error)
    store.add_report(*make_report())
    assert len(store.report_rows()) == 1


def test_opening_does_not_import_alembic(store, folder):
    store.close()
    program = (
        "import sys; from pathlib import Path; from travaux.record import Store\n"
        "with Store.open(Path(sys.argv[1])) as store: store.pending('local', '{}', '')\n"
        "assert 'alembic' not in sys.modules and 'rapidfuzz' not in sys.modules"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, env=environment)


def test_a_hundred_reports_with_nothing_new_are_found_fast(store, folder, make_report, make_reading, make_run):
    text = make_report()[0].text
    run = make_run()
    for number in range(100):
        report, raw = make_report(f"{number:03}.txt", f"{text}{number}")
        store.add_report(report, raw)
        store.save_reading(report.id, run, make_reading(report))
    store.close()
    fastest = 9.0
    for _ in range(5):  # what it works, not how long it waits: the machine may be busy with something else
        began = time.process_time()
        with Store.open(folder) as opened:
            assert opened.pending(run.reader, run.fingerprint, run.agenda_digest) == []
        fastest = min(fastest, time.process_time() - began)
    assert fastest < 0.5


def test_a_copied_folder_is_the_same_record(store, folder, tmp_path, make_report):
    store.add_report(*make_report())
    store.close()
    shutil.copytree(folder, tmp_path / "copy")
    with Store.open(tmp_path / "copy") as copy, Store.open(folder) as original:
        assert copy.reports() == original.reports()


def test_what_an_interrupted_run_committed_is_read_in_a_read_only_folder(store, folder):
    store.close()
    program = (
        "import os, sys; from pathlib import Path; from travaux.record import Store\n"
        "Store.open(Path(sys.argv[1])).set_info('title', 'committed'); os._exit(0)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    subprocess.run([sys.executable, "-c", program, str(folder)], check=True, env=environment)
    assert (folder / f"{DATABASE_NAME}-wal").stat().st_size
    folder.chmod(0o555)
    try:
        with Store.open(folder, read_only=True) as opened:
            assert opened.info() == {"title": "committed"}
    finally:
        folder.chmod(0o755)


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_record_opened_twice_in_one_process_stays_whole_when_another_process_writes(store, folder):
    writes = (
        "import sys\nfrom travaux.record import Store\nwith Store.open(__import__('pathlib').Path(sys.argv[1])) as s:\n"
    )
    writes += "    s.set_info('written', sys.argv[2])"
    for number in ("1", "2"):
        store.set_info("here", number)
        with Store.open(folder, read_only=True) as second:  # closing it must not let go of the locks of the first
            assert second.info()["here"] == number
        subprocess.run([sys.executable, "-c", writes, str(folder), number], check=True)
        assert store.info()["written"] == number
        store.set_info("here", f"{number} again")
    with closing(sqlite3.connect(folder / DATABASE_NAME)) as database:
        assert database.execute("PRAGMA integrity_check").fetchone() == ("ok",)
