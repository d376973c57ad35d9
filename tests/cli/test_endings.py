"""Each way a command can end: one clear line for what a user can mend, and the documented exit code."""

import os
import re
import shutil
import signal
import sqlite3
import subprocess
import sys
import time

import pytest

import travaux.api
from travaux.errors import ReadingError
from travaux.model import Reading

LINE = re.compile(r"Error: \S.*")


def one_line(ended, code, *words):
    """The command failed with this code and one line on standard error that says all these words."""
    assert ended.code == code, ended
    assert ended.out == ""
    (line,) = [line for line in ended.told if not line.endswith("-h explains it.")]
    assert LINE.fullmatch(line)
    for word in words:
        assert word in line
    assert "Traceback" not in ended.err


def test_an_empty_folder(travaux, tmp_path):
    one_line(travaux("build", tmp_path), 2, "there is no agenda.yaml here", "travaux agenda suggest")
    assert list(tmp_path.iterdir()) == [], "nothing is left half made"


def test_an_agenda_without_reports(travaux, folder):
    shutil.rmtree(folder / "reports")
    ended = travaux("build", folder)
    assert ended.code == 2
    assert "no reports here" in ended.told[-1]


def test_a_folder_that_is_not_there(travaux, tmp_path):
    one_line(travaux("build", tmp_path / "none"), 2, "there is no such folder")
    one_line(travaux("show", tmp_path / "none"), 2, "there is no such folder", "travaux new")


def test_a_folder_that_is_no_record(travaux, folder):
    one_line(travaux("show", folder), 2, "this folder is no record", "travaux new")


def test_no_record_at_all(travaux, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    one_line(travaux("show"), 2, "no record is named and none was found")


def test_an_empty_file_is_an_empty_report_and_the_rest_go_on(travaux, folder):
    (folder / "reports" / "empty.txt").write_bytes(b"")
    ended = travaux("build", folder)
    assert ended.code == 0
    assert re.search(r"empty +1 +nothing to read in them", ended.err)
    assert re.search(r'"report": "empty.txt".*"state": "empty"', travaux("reports", folder, "--jsonl").out)


def test_a_binary_file_is_refused_and_the_rest_go_on(travaux, folder):
    (folder / "reports" / "picture.txt").write_bytes(bytes(range(256)) * 40)
    ended = travaux("build", folder)
    assert ended.code == 1
    (refused,) = [line for line in ended.told if line.startswith("Refused: ")]
    assert "picture.txt" in refused
    assert "2 reports added, 1 refused." in ended.told
    assert "Ukraine" in ended.out, "the matrix of the others is shown"


def test_broken_yaml_names_file_and_line_and_makes_nothing(travaux, folder):
    agenda = folder / "agenda.yaml"
    lines = agenda.read_text().splitlines()
    broken = next(number for number, line in enumerate(lines) if line.startswith("title:"))
    lines[broken] = "title: [unclosed"
    agenda.write_text("\n".join(lines))
    ended = travaux("build", folder)
    one_line(ended, 2, "agenda.yaml:")
    assert re.search(r"agenda\.yaml:\d+: ", ended.err)
    assert not (folder / "record.sqlite").exists()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("show", "--party", "russsia"), ("no party 'russsia'", "did you mean `russia`?")),
        (("statements", "--option", "nato-membrship"), ("no option", "did you mean `nato-membership`?")),
        (("statements", "--report", "02-washington.txt"), ("no report", "02-washington-wire.txt")),
        (("judge", "confirm", "ffffffff"), ("no statement 'ffffffff'", "travaux statements")),
        (("judge", "correct", "ffffffff"), ("nothing to correct",)),
        (("evaluate", "/nowhere"), ("/nowhere",)),
    ],
)
def test_an_unknown_name(travaux, record, monkeypatch, arguments, words):
    monkeypatch.setenv("TRAVAUX_RECORD", str(record))
    one_line(travaux(*arguments), 2, *words)


@pytest.mark.parametrize(
    "arguments",
    [
        ("shwo",),
        ("show", "--json", "--csv"),
        ("show", "--as-of", "yesterday"),
        ("add",),
        ("judge", "confirm"),
        ("evaluate",),
        ("export", "--format", "doc"),
        ("statements", "a", "b"),
    ],
)
def test_a_wrong_request_is_one_line_and_code_2(travaux, record, monkeypatch, arguments):
    monkeypatch.setenv("TRAVAUX_RECORD", str(record))
    one_line(travaux(*arguments), 2)


def test_a_mistyped_command_names_the_nearest(travaux):
    assert "did you mean show?" in travaux("shwo").err


def test_a_read_only_folder_keeps_its_record_at_home(travaux, folder, home):
    for path in (folder / "reports", folder):
        path.chmod(0o555)
    before = sorted(path.name for path in folder.rglob("*"))
    try:
        ended = travaux("build", folder)
        assert ended.code == 0
        assert f"Record: {home / 'records' / 'talks'}" in ended.err
        assert "may not be written" in ended.err
        assert sorted(path.name for path in folder.rglob("*")) == before
        assert travaux("statements", "--party", "russia").code == 0
        named = travaux("reports", folder, "--jsonl")
        assert named.out.count("\n") == 2, "the folder's name leads to its record"
    finally:
        for path in (folder, folder / "reports"):
            path.chmod(0o755)


def test_a_read_only_record_is_shown_and_not_written(travaux, record):
    record.chmod(0o555)
    try:
        assert travaux("show", record).code == 0
        one_line(travaux("read", record), 3, "may not be written")
        one_line(travaux("judge", "reject", record, "ffffffff"), 3, "may not be written")
    finally:
        record.chmod(0o755)


def test_a_record_of_a_later_version(travaux, record):
    database = sqlite3.connect(record / "record.sqlite")
    database.execute("UPDATE alembic_version SET version_num = '9999'")
    database.commit()
    database.close()
    one_line(travaux("show", record), 3, "schema 9999", "upgrade Travaux")


def test_a_record_is_not_made_over_another(travaux, record):
    one_line(travaux("new", record), 2, "there is a record here already")


class Failing:
    """A reader that cannot read one report, for a reason of the report's or by a bug."""

    name = "local"

    def __init__(self, error):
        self.error = error

    def fingerprint(self):
        return {"code": "failing"}

    def read(self, report, agenda):
        if report.name.startswith("01"):
            raise self.error
        return Reading((), 3)


def test_a_report_that_cannot_be_read_is_failed_and_the_rest_go_on(travaux, folder, monkeypatch):
    travaux("build", folder)
    monkeypatch.setattr(travaux_api().reading, "_reader", lambda _: Failing(ReadingError("too long to read")))
    ended = travaux("read", folder)
    assert ended.code == 1
    assert "Not read: 01-rome-after-alaska.txt: too long to read" in ended.told
    assert re.search(r"failed +1 ", ended.err)
    assert re.search(r"read +1 ", ended.err)
    states = travaux("reports", folder, "--csv").out
    assert "failed,too long to read" in states
    assert "Missing: 1 report could not be read" in travaux("show", folder).err


def test_a_bug_shows_its_traceback_says_so_and_loses_nothing(travaux, folder, monkeypatch):
    travaux("build", folder)
    monkeypatch.setattr(travaux_api().reading, "_reader", lambda _: Failing(KeyError("spam")))
    ended = travaux("read", folder)
    assert ended.code == 70
    assert "KeyError: 'spam'" in ended.err
    assert "This is a bug of Travaux 0.1.0" in ended.err
    assert "failed,a bug of Travaux: KeyError: 'spam'" in travaux("reports", folder, "--csv").out


def travaux_api():
    """The module, by another name than the fixture's."""
    return travaux.api


def test_a_bug_anywhere_else_is_no_mistake_of_the_users(travaux, record, monkeypatch):
    def broken(*_, **__):
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr(travaux_api().Record, "matrix", broken)
    ended = travaux("show", record)
    assert ended.code == 70
    assert "ZeroDivisionError: by hand" in ended.err
    assert "Please report it" in ended.err


def test_a_reader_of_our_output_that_goes_away_is_no_failure(record, started):
    with started("statements", record, "--jsonl", bufsize=0) as process:
        process.stdout.read(10)
        process.stdout.close()
        assert process.wait(60) == 0
        assert b"Traceback" not in process.stderr.read()


def test_ctrl_c_keeps_what_was_read_and_goes_on_there(travaux, folder, started):
    first = (folder / "reports" / "02-washington-wire.txt").read_text()
    for number in range(8):
        (folder / "reports" / f"copy-{number:02}.txt").write_text(f"{first}\nEdition {number}.\n")
    with started("build", folder) as process:
        assert stopped_while_reading(folder, process)
        told = process.stderr.read().decode()
    assert process.returncode == 130, told
    (line,) = [line for line in told.splitlines() if line.startswith("Stopped")]
    assert "read and kept" in line
    assert "Traceback" not in told
    kept = travaux("reports", folder, "--csv").out
    done, waiting = kept.count(",read,"), kept.count(",new,")
    assert done
    assert waiting
    assert done + waiting == 10, "every report is read or not: none half"
    assert [row for row in travaux("doctor", folder, "--csv").out.splitlines() if ",wrong," in row] == []
    on = travaux("read", folder)
    assert on.code == 0
    assert f"{waiting} reports read now, {done} read before" in on.err


def stopped_while_reading(folder, process):
    """Sends the interrupt of Ctrl-C once a first report is read; whether there were others left."""
    until = time.monotonic() + 90
    database = folder / "record.sqlite"
    while time.monotonic() < until and process.poll() is None:
        if database.exists():
            with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as connection:
                try:
                    (read,) = connection.execute("SELECT count(*) FROM reading").fetchone()
                except sqlite3.OperationalError:  # the schema is being made
                    read = 0
            connection.close()
            if read:
                os.kill(process.pid, signal.SIGINT)
                process.wait(60)
                return True
        time.sleep(0.05)
    return False


def test_a_text_of_50_mb_is_taken_in_and_told_to_be_too_long(travaux, folder):
    # 50 MB in long paragraphs, no two of them alike: repeats would not be read anyway.
    saying = "Kyiv and Moscow said nothing new, and nobody asked them to. " * 90
    with (folder / "reports" / "long.txt").open("w") as file:
        for day in range(50 * 1024 * 1024 // len(saying) + 1):
            file.write(f"Day {day}. {saying}\n\n")
    ended = travaux("build", folder)
    assert ended.code == 1
    (line,) = [line for line in ended.told if line.startswith("Not read: long.txt")]
    assert "too long" in line
    assert any(line.startswith("2 reports read now") for line in ended.told)
    (row,) = [row for row in travaux("reports", folder, "--csv").out.splitlines() if ",long.txt," in row]
    assert ",failed,too long" in row or ',failed,"too long' in row


def test_a_file_over_the_limit_is_refused_unread(travaux, folder):
    with (folder / "reports" / "huge.txt").open("wb") as file:
        file.truncate(65 * 1024 * 1024)
    ended = travaux("build", folder)
    assert ended.code == 1
    (line,) = [line for line in ended.told if line.startswith("Refused: ")]
    assert "huge.txt: larger than 64 MiB" in line


def test_ctrl_c_that_a_library_logs_on_its_way_is_no_traceback(tmp_path):
    program = """
import logging
from travaux.cli import root

def interrupted(**options):
    try:
        raise KeyboardInterrupt
    except BaseException:
        logging.getLogger("sqlalchemy.pool").error("Exception during reset", exc_info=True)
        raise

root.command.main = interrupted
root.main([])
"""
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (130, "Stopped.")


def test_ctrl_c_while_a_class_is_made_ends_with_the_code_for_it(tmp_path):
    """Dataclasses execute texts, and Python remembers an interrupt that came in one."""
    (tmp_path / "stopped.py").write_text("""
from travaux.cli import root

def interrupted(**options):
    exec("raise KeyboardInterrupt")

root.command.main = interrupted
root.main([])
""")
    done = subprocess.run([sys.executable, "-m", "stopped"], capture_output=True, text=True, cwd=tmp_path)
    assert (done.returncode, done.stderr.strip()) == (130, "Stopped.")
