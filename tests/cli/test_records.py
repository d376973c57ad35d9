"""From nothing to a record and on: new, add, read, build again, which record is meant, judgements."""

import json
import shutil
import subprocess
import sys

import click
import pytest

from travaux.cli.root import COMMANDS, command


def test_the_whole_way_by_hand(travaux, folder, tmp_path):
    talks = tmp_path / "my-talks"
    made = travaux("new", talks, "--title", "Talks on guarantees")
    assert made.code == 0
    assert "title: Talks on guarantees" in (talks / "agenda.yaml").read_text()
    added = travaux("add", talks, folder / "reports")
    assert added.code == 0
    assert added.told[-1] == "2 reports added."
    unread = travaux("read", talks)
    assert unread.code == 2
    assert "no parties yet" in unread.err
    assert travaux("agenda", "suggest", talks, "--write").code == 0
    assert travaux("agenda", "check", talks).code == 0
    assert travaux("read", talks).code == 0
    assert travaux("doctor", talks).code == 0


def test_a_suggested_agenda_is_never_written_over_an_edited_one(travaux, folder, tmp_path):
    before = (folder / "agenda.yaml").read_bytes()
    assert travaux("agenda", "suggest", folder, "--write").code == 2
    assert travaux("agenda", "suggest", folder, "-o", folder / "agenda.yaml").code == 2
    assert (folder / "agenda.yaml").read_bytes() == before
    draft = travaux("agenda", "suggest", folder, "--title", "Drafted")
    assert draft.code == 0
    assert draft.out.startswith("title: Drafted\n")


def test_what_is_known_is_not_added_twice(travaux, record, folder):
    again = travaux("add", record, folder / "reports")
    assert again.told[-1] == "0 reports added, 2 known already."


def test_other_text_under_a_known_name_is_kept_too(travaux, record, tmp_path):
    other = tmp_path / "02-washington-wire.txt"
    other.write_text("Nothing was said on Monday.\n")
    ended = travaux("add", record, other)
    assert "another text under a known name: stored as 02-washington-wire~2.txt" in ended.err


def test_a_report_from_standard_input(apart, record):
    ended = apart("add", record, "-", "--name", "piped.txt", stdin=b"Moscow rejected it.\n")
    assert ended.code == 0
    names = [json.loads(line)["report"] for line in apart("reports", record, "--jsonl").out.splitlines()]
    assert "piped.txt" in names
    apart("add", record, "-", stdin=b"Kyiv accepted it.\n")
    assert any(name.startswith("stdin-") for name in apart("reports", record, "--jsonl").out.split('"'))


def test_files_of_other_kinds_are_told(travaux, folder, record):
    (folder / "reports" / "scan.png").write_bytes(b"\x89PNG")
    assert "Left out 1 file of other kinds: .png 1" in travaux("add", record, folder / "reports").err


def test_adding_never_guesses_at_the_record_used_last(travaux, record, folder, monkeypatch, tmp_path):
    assert travaux("show", record).code == 0  # now the one used last
    monkeypatch.chdir(tmp_path)
    ended = travaux("add", folder / "reports")
    assert ended.code == 2
    assert "this is no record" in ended.err
    ended = travaux("add", tmp_path / "my-tlaks", folder / "reports")
    assert ended.code == 2
    assert "there is no such record or file" in ended.err


def test_building_again_takes_in_and_reads_only_what_is_new(travaux, folder):
    assert travaux("build", folder).code == 0
    (folder / "reports" / "03-new.txt").write_text("Moscow rejected the plan on Monday.\n")
    again = travaux("build", folder)
    assert again.code == 0
    assert "1 report added, 2 known already." in again.told or any("1 report added" in line for line in again.told)
    assert any(line.startswith("1 report read now, 2 read before") for line in again.told)


def test_building_elsewhere_follows_the_agenda_until_somebody_edits_the_copy(travaux, folder, tmp_path):
    record = tmp_path / "elsewhere"
    assert travaux("build", folder, "-o", record).code == 0
    original = (folder / "agenda.yaml").read_text()
    (folder / "agenda.yaml").write_text(original.replace("names: [Kyiv, ", "names: [Kyjiw, Kyiv, "))
    assert "[Kyjiw, " in (folder / "agenda.yaml").read_text()
    assert travaux("build", folder, "-o", record).code == 0
    assert (record / "agenda.yaml").read_bytes() == (folder / "agenda.yaml").read_bytes()
    edited = original.replace("names: [Kyiv, ", "names: [Kiyev, Kyiv, ")
    (record / "agenda.yaml").write_text(edited)
    ended = travaux("build", folder, "-o", record)
    assert "differs from the folder's and is kept" in ended.err
    assert (record / "agenda.yaml").read_text() == edited


def test_building_into_a_folder_with_an_agenda_of_its_own_keeps_it(travaux, folder, tmp_path):
    other = tmp_path / "other"
    other.mkdir()
    own = (folder / "agenda.yaml").read_text().replace("title: ", "title: Another, ")
    (other / "agenda.yaml").write_text(own)
    ended = travaux("build", folder, "-o", other)
    assert ended.code == 0
    assert (other / "agenda.yaml").read_text() == own
    assert "is kept" in ended.err


def test_two_read_only_folders_of_one_name_get_two_records(travaux, folder, tmp_path, home):
    twin = tmp_path / "twin" / folder.name
    shutil.copytree(folder, twin)
    for place in (folder, twin):
        place.chmod(0o555)
    try:
        for place in (folder, twin, folder):
            assert travaux("build", place).code == 0
        assert sorted(path.name for path in (home / "records").iterdir()) == ["talks", "talks~2"]
    finally:
        for place in (folder, twin):
            place.chmod(0o755)


def test_which_record_is_meant(travaux, record, folder, tmp_path, monkeypatch):
    travaux("build", folder)
    travaux("show", record)
    monkeypatch.chdir(tmp_path)
    assert travaux("reports").err.startswith(f"Record: {record} (used last)")
    (folder / "deep" / "er").mkdir(parents=True)
    monkeypatch.chdir(folder / "deep" / "er")
    assert travaux("reports").err.startswith(f"Record: {folder} (above the current folder)")
    monkeypatch.setenv("TRAVAUX_RECORD", str(record))
    assert travaux("reports").err.startswith(f"Record: {record} (by TRAVAUX_RECORD)")
    assert not travaux("reports", folder).err.startswith("Record:")


def test_reading_again_with_nothing_new_loads_no_model_and_reads_nothing(record, apart):
    program = (
        "import sys; from travaux.cli.root import run; code = run(['read', sys.argv[1]]); "
        "heavy = [name for name in ('spacy', 'thinc', 'onnxruntime', 'trafilatura', 'alembic') if name in sys.modules]; "
        "print(code, heavy)"
    )
    done = subprocess.run([sys.executable, "-c", program, str(record)], capture_output=True, text=True, check=True)
    assert done.stdout == "0 []\n"
    assert "0 reports read now, 10 read before" in done.stderr
    assert "reading" not in done.stderr


def test_help_and_import_load_nothing_heavy():
    program = (
        "import sys, travaux; from travaux.cli.root import run; run(['--help']); "
        "print([name for name in ('sqlalchemy', 'pydantic', 'rich', 'spacy', 'lxml', 'numpy') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def commands():
    """Every command line there is, as its words."""
    for name in COMMANDS:
        found = command.get_command(click.Context(command), name)
        yield (name,)
        if isinstance(found, click.Group):
            yield from ((name, below) for below in found.commands)


@pytest.mark.parametrize("words", list(commands()), ids=" ".join)
def test_every_command_explains_itself_with_an_example(travaux, words):
    for flag in ("-h", "--help"):
        ended = travaux(*words, flag)
        assert ended.code == 0
        assert "Example:" in ended.out
        assert f"  travaux {words[0]}" in ended.out


def test_the_version(travaux):
    assert travaux("--version").out == "travaux 0.1.0\n"


class TestJudgements:
    def statement(self, travaux, record):
        return json.loads(travaux("statements", record, "--party", "russia", "--jsonl").out.splitlines()[0])

    def row(self, travaux, record, identity, *options):
        lines = travaux("statements", record, "--jsonl", *options).out.splitlines()
        return next((row for row in map(json.loads, lines) if row["id"] == identity), None)

    def test_a_correction_counts_everywhere_and_outlives_a_reading(self, travaux, record):
        one = self.statement(travaux, record)
        other = "open" if one["stance"] != "open" else "for"
        judged = travaux("judge", "correct", record, one["id"][:8], "--stance", other, "--by", "A. Reader")
        assert judged.code == 0
        self.holds(travaux, record, one["id"], other)
        agenda = record / "agenda.yaml"  # another agenda makes every report unread
        agenda.write_text(agenda.read_text().replace("names: [Berlin", "names: [the Berlin side, Berlin"))
        assert "10 reports read now" in travaux("read", record).err
        self.holds(travaux, record, one["id"], other)

    def holds(self, travaux, record, identity, stance):
        row = self.row(travaux, record, identity)
        assert (row["stance"], row["verdict"]) == (stance, "correct")
        assert "corrected by A. Reader" in row["judgement"]

    def test_a_rejected_statement_is_left_out_unless_asked_for(self, travaux, record):
        one = self.statement(travaux, record)
        assert travaux("judge", "reject", record, one["id"], "--note", "a caption").code == 0
        assert self.row(travaux, record, one["id"]) is None
        assert self.row(travaux, record, one["id"], "--rejected")["verdict"] == "reject"
        travaux("judge", "confirm", record, one["id"])
        assert self.row(travaux, record, one["id"])["verdict"] == "confirm"

    def test_a_correction_to_nothing_known_is_refused(self, travaux, record):
        one = self.statement(travaux, record)
        for wrong in (("--party", "atlantis"), ("--option", "no-such"), ("--condition", "words of nobody")):
            assert travaux("judge", "correct", record, one["id"], *wrong).code == 2
        assert travaux("judge", "correct", record, one["id"], "--party", "Kyiv").code == 0
        assert self.row(travaux, record, one["id"])["party"] == "ukraine"

    def test_nobody_judges_unsigned(self, travaux, record):
        one = self.statement(travaux, record)
        ended = travaux("judge", "unsure", record, one["id"], "--by", " ")
        assert ended.code == 2
        assert "must be signed" in ended.err
