"""export, import, merge and network on the command line."""

from __future__ import annotations

import csv
import io
import json
import shutil
from pathlib import Path

import pytest

from travaux.exchange.formats import FORMATS, INCOMING


@pytest.mark.parametrize("form", list(FORMATS))
def test_every_format_is_written_where_it_is_asked_for(form: str, record: Path, tmp_path: Path, travaux) -> None:
    chosen = FORMATS[form]
    place = tmp_path / "out" / (chosen.file or "folder")
    ended = travaux("export", record, "--format", form, "-o", place)
    assert ended.code == 0, ended.err
    assert ended.out == ""
    assert place.is_file() if chosen.file else any(place.iterdir())
    assert all(Path(line).is_file() for line in ended.told)


def test_without_a_place_it_goes_into_the_record(record: Path, travaux) -> None:
    assert travaux("export", record, "--format", "csl").told == [str(record / "export" / "reports.json")]
    assert (record / "export" / "reports.json").is_file()


def test_a_single_file_goes_to_standard_output(record: Path, apart) -> None:
    ended = apart("export", record, "--format", "csl", "-o", "-")
    assert len(json.loads(ended.out)) == 10
    refused = apart("export", record, "--format", "csv", "-o", "-")
    assert refused.code == 2
    assert refused.told == ["Error: csv is a folder of files (name the folder with -o)"]


def test_help_names_every_format(travaux) -> None:
    told = travaux("export", "-h").out
    assert all(f"{name} " in told for name in FORMATS)
    assert all(f"{name} " in travaux("import", "-h").out for name in INCOMING)


def test_a_correction_in_a_file_comes_back_and_is_signed(record: Path, tmp_path: Path, travaux) -> None:
    travaux("export", record, "--format", "jsonl", "-o", tmp_path)
    path = tmp_path / "statements.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    rows[0]["act"] = "consider" if rows[0]["act"] != "consider" else "state"
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    ended = travaux("import", record, "--format", "jsonl", tmp_path, "--by", "N. Named")
    assert (ended.code, ended.out) == (0, "")
    assert ended.told == [f"0 statements and 1 judgement added, {len(rows) - 1} known already."]
    shown = json.loads(travaux("statements", record, "--jsonl").out.splitlines()[0])
    assert (shown["act"], shown["verdict"]) == (rows[0]["act"], "correct")
    assert shown["judgement"].startswith("corrected by N. Named")
    assert (
        travaux("import", record, "--format", "jsonl", tmp_path, "--by", "N. Named")
        .told[0]
        .startswith("0 statements and 0")
    )


def test_what_is_not_taken_is_listed_and_the_exit_code_says_so(record: Path, tmp_path: Path, travaux) -> None:
    path = tmp_path / "own.jsonl"
    path.write_text('{"report": "none.txt", "quote": "x", "party": "ukraine", "option": "y", "stance": "for"}\n')
    ended = travaux("import", record, "--format", "jsonl", path, "--csv")
    assert ended.code == 1
    (row,) = csv.DictReader(io.StringIO(ended.out))
    assert (row["kind"], row["where"]) == ("refused", "own.jsonl, statement 1")
    assert row["says"].startswith("the record has no report 'none.txt'")
    assert "1 not taken." in ended.told[-1]
    assert travaux("import", record, "--format", "csv", tmp_path / "none").told[0].startswith("Error: ")
    assert travaux("import", record, "--format", "gexf", path).code == 2
    assert travaux("import", record, "--format", "csv").code == 2


def test_an_agenda_is_drafted_from_a_file(record: Path, tmp_path: Path, travaux) -> None:
    travaux("export", record, "--format", "dna", "-o", tmp_path / "x.dna")
    new = tmp_path / "new"
    travaux("new", new)
    ended = travaux("import", new, "--format", "dna", tmp_path / "x.dna", "--draft-agenda")
    assert ended.code == 0, ended.err
    assert travaux("agenda", "check", new).code == 0
    assert travaux("import", new, "--format", "dna", tmp_path / "x.dna", "--draft-agenda").code == 2
    taken = travaux("import", new, "--format", "dna", tmp_path / "x.dna")
    assert "10 reports added" in taken.told[-1]


def test_two_records_become_one(record: Path, tmp_path: Path, travaux) -> None:
    other = Path(shutil.copytree(record, tmp_path / "other"))
    first = json.loads(travaux("statements", record, "--jsonl").out.splitlines()[0])["id"]
    travaux("judge", "confirm", record, first, "--by", "A")
    travaux("judge", "reject", other, first, "--by", "B")
    ended = travaux("merge", record, other, "--conflicts", "--jsonl")
    assert ended.code == 0, ended.err
    (conflict,) = map(json.loads, ended.out.splitlines())
    assert (conflict["first"][:14], conflict["second"][:13], conflict["prevails"]) == (
        "confirmed by A",
        "rejected by B",
        "second",
    )
    assert ended.told[0].startswith("Agreement: 1 statement judged by both, 0 of them alike (kappa 0.00)")
    assert ended.told[-1].startswith("0 statements and 1 judgement added, ")
    assert travaux("merge", record, tmp_path / "none").code == 2


def test_the_ties_of_a_network(record: Path, travaux) -> None:
    rows = [
        json.loads(line)
        for line in travaux(
            "network", record, "--ties", "conflict", "--normalise", "jaccard", "--jsonl"
        ).out.splitlines()
    ]
    assert rows
    assert all(0 < row["weight"] <= 1 for row in rows)
    assert [row["weight"] for row in rows] == sorted((row["weight"] for row in rows), reverse=True)
    assert "ukraine" in travaux("network", record, "--two-mode").out
    refused = travaux("network", record, "--ties", "combine")
    assert refused.code == 2
    assert refused.told[0].startswith("Error: no one-mode network combine")
