"""A damaged database: one clear line, and a way out that loses no judgement that can be read."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from older_schema import put_back
from small_record import TEXTS, ByHeart, make_small_record

from travaux import Record
from travaux.cli.root import run
from travaux.errors import RecordBusy, RecordDamaged, TravauxError
from travaux.record import DATABASE_NAME, Store
from travaux.record.repairing import LOST_REPORTS, damage, repair

PAGE = 4096


def root_of(file, name):
    with closing(sqlite3.connect(file)) as database:
        return database.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (name,)).fetchone()[0]


def overwrite(file, page, *, start=0, length=PAGE):
    with file.open("r+b") as stream:
        stream.seek((page - 1) * PAGE + start)
        stream.write(b"\xa5" * length)


def rows(out):
    return {(row["id"], row["state"]): row["says"] for row in map(json.loads, out.splitlines())}


def judged(folder):
    with Record.open(folder, read_only=True) as record:
        return record.store.judgements(), record.store.datings(), record.statements(), record.store.reports()


def test_a_damaged_table_of_statements_costs_a_second_reading_and_nothing_else(talks, travaux):
    before = judged(talks)
    overwrite(talks / DATABASE_NAME, root_of(talks / DATABASE_NAME, "statement"))
    code, out, told = travaux("statements", talks)
    assert (code, out) == (3, "")
    assert told == [
        f"Error: {talks / DATABASE_NAME}: the database is damaged (travaux doctor --repair saves what can be read)"
    ]
    code, out, told = travaux("doctor", talks, "--repair", "--jsonl")
    assert code == 1, "something was lost"
    assert told[0].startswith("The database is damaged: ")
    assert "The damaged file is kept as it is, beside the record." in told
    found = rows(out)
    assert found["judgement", "saved"] == "2 rows"
    assert found["report", "saved"] == "3 rows"
    assert "all reports are to be read again" in found["database", "lost"]
    assert (talks / "record.damaged-1.sqlite").exists()
    with Record.open(talks) as record:
        assert record.store.check() == []
        record.read(ByHeart())
        record.assess()
    assert judged(talks) == before
    assert travaux("doctor", talks)[0] == 0


def test_a_lost_report_is_named_its_bytes_are_kept_and_its_judgements_hold_when_it_is_added_again(talks, travaux):
    before = judged(talks)
    file = talks / DATABASE_NAME
    with closing(sqlite3.connect(file)) as database:
        database.execute("PRAGMA ignore_check_constraints = ON")
        database.execute("DROP TRIGGER report_no_update")
        database.execute("UPDATE report SET text = 'Forged ' || substr(text, 8) WHERE name = 'a.txt'")
        database.commit()
    overwrite(file, root_of(file, "flag"))
    code, out, _ = travaux("doctor", talks, "--repair", "--jsonl")
    assert code == 1
    (lost,) = [says for (_, state), says in rows(out).items() if state == "lost"]
    assert lost.startswith("report a.txt: add it again")
    assert (talks / LOST_REPORTS / "a.txt").read_text() == TEXTS["a.txt"][2]
    for command in (["show"], ["statements"], ["queue"], ["shifts"], ["judge", "log"]):
        assert run([*command, str(talks)]) == 0, command
    assert run(["page", str(talks), "-o", str(talks / "page.html")]) == 0
    assert travaux("add", talks, talks / LOST_REPORTS)[0] == 0
    with Record.open(talks) as record:
        assert record.store.check() == []
        record.read(ByHeart())
        assert record.store.judgements() == before[0]
        assert [one.verdict for one in record.judged() if one.verdict] == ["confirm", "confirm"]


def test_a_judgement_that_cannot_be_read_is_told_for_ever_and_new_ones_get_new_numbers(talks, travaux):
    file = talks / DATABASE_NAME
    with Record.open(talks) as record:
        one = record.statements()[0]
        for number in range(120):
            record.judge(one, "unsure", reviewer="Tester", note=f"{number} " + "words " * 40)
    with closing(sqlite3.connect(file)) as database:
        pages = [row[0] for row in database.execute(
            "SELECT pageno FROM dbstat WHERE name = 'judgement' AND pagetype = 'leaf' ORDER BY pageno")]  # fmt: skip
    overwrite(file, pages[len(pages) // 2])
    code, out, _ = travaux("doctor", talks, "--repair", "--jsonl")
    assert code == 1
    assert "cannot be read" in rows(out)["database", "lost"]
    assert "lost to damage" in rows(out)["judgements", "note"]
    with Record.open(talks) as record:
        numbers = [one.number for one in record.store.judgements()]
        assert 90 < len(numbers) < 122
        assert record.store.check() == [], "the gap is known"
        assert record.judge(record.statements()[0], "reject", reviewer="Tester").number == 123
        assert record.store.check() == []
    with closing(sqlite3.connect(file)) as database:
        database.execute("DROP TRIGGER judgement_no_delete")
        database.execute("DELETE FROM judgement WHERE number = ?", (numbers[3],))
        database.commit()
    with Store.open(talks) as store:
        assert any("one is missing before it" in problem.says for problem in store.check()), "a forger's gap is not"


def test_a_damaged_record_of_an_older_schema_is_saved_too(talks):
    before = judged(talks)
    put_back(talks / DATABASE_NAME, "0005")
    overwrite(talks / DATABASE_NAME, root_of(talks / DATABASE_NAME, "statement"))
    with pytest.raises(RecordDamaged):
        Store.open(talks).statements()
    repair(talks)
    with Record.open(talks) as record:
        assert record.store.check() == []
        record.read(ByHeart())
        record.assess()
    assert judged(talks) == before


def test_a_whole_file_is_left_alone(talks, travaux):
    before = (talks / DATABASE_NAME).read_bytes()
    code, out, _ = travaux("doctor", talks, "--repair", "--jsonl")
    assert code == 0
    assert rows(out)["database", "well"] == "the file is whole, so there is nothing to repair in it"
    assert (talks / DATABASE_NAME).read_bytes() == before


@pytest.mark.parametrize("left", [b"", b"\0" * 9000, b"SQLite format 3\0" + b"\xff" * 9000])
def test_where_nothing_can_be_read_nothing_is_touched_and_the_copy_is_named(talks, travaux, left):
    file = talks / DATABASE_NAME
    shutil.copy(file, talks / "record.schema-0009.sqlite")
    file.write_bytes(left)
    before = sorted(path.name for path in talks.iterdir())
    code, out, told = travaux("doctor", talks, "--repair")
    assert (code, out) == (3, "")
    assert told[-1].startswith(f"Error: {file}: ")
    assert "travaux doctor --restore record.schema-0009.sqlite" in told[-1]
    assert sorted(path.name for path in talks.iterdir()) == before
    assert file.read_bytes() == left
    code, out, _ = travaux("doctor", talks, "--restore", "record.schema-0009.sqlite", "--jsonl")
    assert code == 0, out
    assert (talks / "record.replaced-1.sqlite").read_bytes() == left


def test_a_record_that_somebody_writes_to_is_not_repaired(talks):
    overwrite(talks / DATABASE_NAME, root_of(talks / DATABASE_NAME, "flag"))
    with closing(sqlite3.connect(talks / DATABASE_NAME, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(RecordBusy):
            repair(talks)


def test_stopped_between_putting_aside_and_in_place_it_is_done_again_with_the_log(talks, monkeypatch):
    """The one moment at which the old database stands without its log."""
    from travaux.record import backups

    overwrite(talks / DATABASE_NAME, root_of(talks / DATABASE_NAME, "flag"))
    note = (
        "import os, sys; from pathlib import Path; from travaux.record import Store; from dataclasses import replace\n"
        "store = Store.open(Path(sys.argv[1])); one = store.judgements()[0]\n"
        "store.judge(replace(one, note='in the log')); os._exit(0)"
    )
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    subprocess.run([sys.executable, "-c", note, str(talks)], check=True, env=environment)
    log = (talks / "record.sqlite-wal").read_bytes()
    assert log
    replace = Path.replace

    def stopped(self, target):
        if Path(target).name == DATABASE_NAME:
            raise KeyboardInterrupt
        return replace(self, target)

    monkeypatch.setattr(Path, "replace", stopped)
    with pytest.raises(KeyboardInterrupt):
        repair(talks)
    monkeypatch.undo()
    assert (talks / "record.damaged-1.sqlite-wal").read_bytes() == log, "kept as it was"
    repair(talks)
    assert backups.leftovers(talks) == []
    assert {path.name for path in talks.glob("record.damaged-*.sqlite")} == {"record.damaged-1.sqlite"}
    assert [one.note for one in judged(talks)[0]] == ["looked at twice", "looked at twice", "in the log"]


@pytest.fixture(scope="module")
def sound(tmp_path_factory):
    """The bytes of a whole database with judgements, and what it holds."""
    folder = make_small_record(tmp_path_factory.mktemp("sound") / "talks")
    with Record.open(folder) as record:
        for number in range(30):
            for statement in record.statements():
                record.judge(statement, "confirm", reviewer=f"Tester {number}", note="words " * 20)
    held = judged(folder)
    return lambda: (folder, held)  # a function, since hypothesis would print the whole record


@given(
    st.lists(
        st.tuples(st.floats(0, 1), st.integers(1, 3 * PAGE), st.sampled_from([b"\0", b"\xff", b"a"])),
        min_size=1,
        max_size=3,
    ),
    st.none() | st.floats(0.05, 1),
)
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_whatever_is_overwritten_or_cut_off_nothing_false_is_saved(sound, tmp_path_factory, blows, cut):
    folder, (judgements, _, _, reports) = sound()
    place = tmp_path_factory.mktemp("hurt") / "talks"
    place.mkdir()
    shutil.copy(folder / "agenda.yaml", place)
    whole = bytearray((folder / DATABASE_NAME).read_bytes())
    for where, length, byte in blows:
        start = int(where * (len(whole) - 1))
        whole[start : start + length] = byte * len(whole[start : start + length])
    (place / DATABASE_NAME).write_bytes(whole if cut is None else whole[: int(cut * len(whole))])
    before = (place / DATABASE_NAME).read_bytes()
    if not damage(place):
        return
    try:
        done = repair(place)
    except TravauxError as error:
        assert isinstance(error, RecordDamaged)
        assert "\n" not in str(error)
        assert (place / DATABASE_NAME).read_bytes() == before
        return
    assert done.aside is not None
    assert done.aside.read_bytes() == before
    with Record.open(place) as record:
        problems = [
            one
            for one in record.store.check()
            if "add the report again" not in one.says and "missing row" not in one.says
        ]
        assert problems == []
        assert {one.id: one.text for one in reports}.items() >= {
            one.id: one.text for one in record.store.reports()
        }.items()
        # A note or a name has no checksum: damage within it cannot be told. What was judged is compared with the text.
        assert {(one.number, one.quote) for one in record.store.judgements()} <= {
            (one.number, one.quote) for one in judgements
        }
        record.read(ByHeart())
        record.matrix()
        record.queue()
    shutil.rmtree(place.parent)


def test_a_backup_is_kept_before_the_schema_changes_and_can_be_brought_back(talks, travaux):
    for _ in range(5):
        put_back(talks / DATABASE_NAME, "0005")
        Store.open(talks, read_only=True).close()
    kept = sorted(path.name for path in talks.glob("record.schema-*"))
    assert len(kept) == 3
    code, out, _ = travaux("doctor", talks, "--jsonl")
    assert code == 0
    found = rows(out)
    assert all("--restore" in found[name, "note"] for name in kept)
    code, out, told = travaux("doctor", talks, "--restore", kept[0], "--jsonl")
    assert code == 0
    assert rows(out)["database", "restored"].startswith(f"{kept[0]} is the database now")
    code, out, told = travaux("doctor", talks, "--restore", "record.schema-1111.sqlite")
    assert (code, out) == (2, "")
    assert kept[-1] in told[-1]
