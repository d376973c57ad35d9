"""What goes to standard output: the same options for every listing, data alone, the same bytes every time."""

import csv
import io
import json
import shutil
from pathlib import Path

import pytest
from program_files import loaded

from travaux.exchange.agreement import PACKAGES, TERMS
from travaux.exchange.tables import POSITIONS, REPORTS, STATEMENTS

LISTINGS = {
    "show": (),
    "statements": (),
    "said": ("--report", "02-washington-wire.txt"),
    "reports": (),
    "shifts": (),
    "conflicts": (),
    "meetings": (),
    "incidents": (),
    "terms": (),
    "packages": ("--limit", "2"),
    "whatif": (),
    "agenda check": (),
    "families": (),
    "flags": (),
    "queue": (),
    "reviewers": (),
    "doctor": (),
    "evaluate": (str(Path(__file__).resolve().parents[2] / "examples" / "example-guarantees"),),
}
CODEBOOK = "report quote occurrence speaker party option stance act condition former via via_name".split()


@pytest.fixture
def listed(travaux, record, monkeypatch):
    """Runs a listing of the example's record with a form."""
    monkeypatch.setenv("TRAVAUX_RECORD", str(record))
    monkeypatch.chdir(record)

    def run(name, *options):
        return travaux(*name.split(), *LISTINGS[name], *options)

    return run


@pytest.mark.parametrize("name", LISTINGS)
def test_every_listing_takes_every_form_and_says_the_same_in_each(listed, name):
    lines = [json.loads(line) for line in listed(name, "--jsonl").out.splitlines()]
    assert json.loads(listed(name, "--json").out) == lines
    rows = list(csv.DictReader(io.StringIO(listed(name, "--csv").out, newline="")))
    assert len(rows) == len(lines)
    assert all(next(iter(line)) == "id" for line in lines)
    for row, line in zip(rows, lines, strict=True):
        assert list(row) == list(line)
    assert listed(name, "--table").out == listed(name).out != ""


@pytest.mark.parametrize("name", LISTINGS)
@pytest.mark.parametrize("form", ["--json", "--jsonl", "--csv"])
def test_a_listing_goes_to_a_file_byte_for_byte(listed, name, form, tmp_path):
    place = tmp_path / "out"
    shown = listed(name, form)
    ended = listed(name, form, "-o", place)
    assert ended.out == ""
    assert place.read_bytes().decode() == shown.out


@pytest.mark.parametrize("name", ["show", "statements", "said", "reports", "terms", "packages"])
def test_the_notice_is_shown_wherever_the_record_is(listed, name):
    notice = "Exercise material, no news."
    table = listed(name)
    assert notice in table.out
    data = listed(name, "--jsonl")
    assert notice in data.err
    assert notice not in data.out


_OF_THE_EXPORTS = (
    ("show", POSITIONS), ("statements", STATEMENTS), ("reports", REPORTS), ("terms", TERMS), ("packages", PACKAGES),
)  # fmt: skip


def test_columns_are_those_of_the_exports(listed):
    for name, table in _OF_THE_EXPORTS:
        (header, *_) = listed(name, "--csv").out.splitlines()
        assert header.split(",") == [column.name for column in table.columns if column.name != "notice"]


def test_a_statement_line_has_the_codebooks_fields_and_its_quote_stands_in_the_report(listed, record):
    lines = [json.loads(line) for line in listed("statements", "--jsonl").out.splitlines()]
    assert len(lines) > 20
    example = Path(LISTINGS["evaluate"][0])
    for line in lines:
        assert set(CODEBOOK) | {"id", "start", "end"} <= set(line)
        text = (example / "reports" / line["report"]).read_text(encoding="utf-8")
        assert text[line["start"] : line["end"]] == line["quote"]


def test_the_neighbouring_scorer_reads_the_lines_as_they_are(listed, tmp_path, travaux):
    script = Path(__file__).resolve().parents[3] / "shared" / "gold" / "score_record.py"
    if not script.is_file():
        pytest.skip("the scorer is not beside the checkout")
    scorer = loaded(script)
    listed("statements", "--jsonl", "-o", tmp_path / "lines.jsonl")
    theirs = scorer.score(LISTINGS["evaluate"][0], tmp_path / "lines.jsonl")
    ours = {row["id"]: row for row in json.loads(listed("evaluate", "--json").out)}
    for name in ("position", "statement", "condition"):
        assert {key: ours[name][key] for key in theirs[name]} == theirs[name]
    for name in ("stance", "speaker", "via", "act"):
        assert ours[name]["agree"] == theirs[name]


def test_explained_differences_name_report_and_quotes(listed):
    rows = json.loads(listed("evaluate", "--explain", "--json").out)
    assert rows
    assert all(row["gold_quote"] or row["predicted_quote"] for row in rows)


def test_explained_differences_are_told_report_by_report(listed):
    rows = json.loads(listed("evaluate", "--explain", "--json").out)
    told = listed("evaluate", "--explain").out
    lines = [line.strip() for line in told.splitlines()]
    assert {row["report"] for row in rows} <= set(lines)
    assert sum(line.startswith(f"{row['id']}  {row['kind']} · ") for row in rows for line in lines) == len(rows)
    assert "gold: " in told and "read: " in told
    assert lines[-1] == f"{len(rows)} differences"


def test_why_shows_which_words_decided(listed):
    told = listed("statements", "--party", "Kyiv", "--why").out
    assert "    stance: " in told
    assert "    via: " in told


def test_party_and_option_leave_the_others_out(listed):
    lines = [json.loads(line) for line in listed("statements", "--jsonl", "--party", "moscow").out.splitlines()]
    assert {line["party"] for line in lines} == {"russia"}
    shown = json.loads(listed("show", "--json", "--option", "nato-membership").out)
    assert {row["option"] for row in shown} == {"nato-membership"}


def test_as_of_leaves_out_what_came_later(listed):
    early = json.loads(listed("show", "--json", "--as-of", "2025-08-17").out)
    assert early
    assert all(row["latest"] is None or row["latest"] <= "2025-08-17" for row in early)
    assert len(early) < len(json.loads(listed("show", "--json").out))


def test_two_builds_give_the_same_bytes(travaux, built, tmp_path, apart):
    """Exports and page of a record built twice, in two places and two processes."""
    example = Path(LISTINGS["evaluate"][0])
    apart("build", example, "-o", tmp_path / "again")
    shutil.copytree(built[0], tmp_path / "once")
    files = {}
    for name in ("once", "again"):
        for form in ("csv", "jsonl", "datapackage"):
            assert travaux("export", tmp_path / name, "--format", form, "-o", tmp_path / name / form).code == 0
        assert travaux("page", tmp_path / name, "-o", tmp_path / name / "page" / "record.html").code == 0
        files[name] = {
            path.relative_to(tmp_path / name): path.read_bytes()
            for folder in ("csv", "jsonl", "datapackage", "page")
            for path in (tmp_path / name / folder).iterdir()
        }
    assert len(files["once"]) == 6 + 6 + 13 + 1
    assert files["once"] == files["again"]


def test_export_has_a_place_of_its_own_by_default(travaux, record):
    assert travaux("export", record).code == 0
    assert sorted(path.name for path in (record / "export").iterdir()) == [
        "judgements.csv",
        "packages.csv",
        "positions.csv",
        "reports.csv",
        "statements.csv",
        "terms.csv",
    ]


def test_the_page_goes_to_standard_output_too(travaux, record):
    ended = travaux("page", record, "-o", "-")
    assert ended.out.startswith("<!doctype html>")
    assert "Exercise material, no news." in ended.out


def test_control_characters_of_a_report_do_not_reach_the_terminal(travaux, folder):
    evil = "\x1b[2J\x1b]0;owned\x07\u202eLavrov rejected NATO membership for Ukraine.\u202c\x9b31m\n"
    (folder / "reports" / "evil.txt").write_text(evil)
    (folder / "manifest.csv").write_text('file,publisher\nevil.txt,"\x1b[31mRed Press"\n')
    assert travaux("build", folder).code == 0
    for command in (("reports",), ("statements", "--report", "evil.txt"), ("show",)):
        ended = travaux(*command[:1], folder, *command[1:])
        assert not set(ended.out + ended.err) & set("\x1b\x07\x9b\u202e\u202c")
