"""Sources of every documented kind on the local disk: the same reports and statements as `add` and `read` give, named as documented."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from corpus_runs import AGENDA, lines, run

import travaux

pytest.importorskip("daft")
import pyarrow.parquet

from travaux.corpus.engine import Engine
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.running import Settings, _taken_in
from travaux.corpus.source import files_of
from travaux.corpus.tables import REFUSED, REPORTS, SOURCES, STATEMENTS, report_of, statement_of
from travaux.errors import RequestError
from travaux.intake import Refused


def rows_of(corpus, table):
    return [row for part in corpus.parts(table) for row in corpus.rows(table, part)]


def reports_in(folder):
    """Reports by name, and the bytes of each."""
    rows = rows_of(CorpusFolder.opened(folder), REPORTS)
    return {row["report"]: (report_of(row), row["raw"]) for row in rows}


def recorded(place, source):
    """The record that `add` and `read` make of the same."""
    record = travaux.Record.new(place / "record")
    (place / "record" / "agenda.yaml").write_text(AGENDA)
    record.add(source)
    record.read(workers=1)
    return record


def as_parquet(path, number):
    rows = [{**json.loads(line), "publisher": "Lake Herald", "views": 12} for line in lines(number).splitlines()]
    pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path, row_group_size=2)


@pytest.mark.parametrize("kind", ["parquet", "jsonl"])
def test_a_file_at_which_workers_take_turns_gives_what_a_record_has_of_it(tmp_path, kind):
    (tmp_path / "agenda.yaml").write_text(AGENDA)
    source = tmp_path / f"articles.{kind}"
    if kind == "parquet":
        as_parquet(source, 7)
    else:
        source.write_text(lines(7))
    turn = -(-source.stat().st_size // 3)
    outcome = run(source, tmp_path / "corpus", turn=turn, part=2, workers=3)
    assert (outcome["turns"], outcome["new"], outcome["read"], outcome["refused"]) == (3, 7, 7, [])
    with recorded(tmp_path, source) as record:
        own = {report.name: (report, record.store.raw(report.id)) for report in record.store.reports()}
        assert reports_in(tmp_path / "corpus") == own
        assert list(own) == [f"articles.{kind}/a{n:03}" for n in range(7)]
        statements = [statement_of(row) for row in rows_of(CorpusFolder.opened(tmp_path / "corpus"), STATEMENTS)]
        assert sorted(statements, key=lambda one: one.id) == sorted(record.store.statements(), key=lambda one: one.id)
        assert len(statements) >= 7


@pytest.fixture
def articles(tmp_path, monkeypatch):
    """Folders of two months with what lies in such folders beside reports."""
    monkeypatch.chdir(tmp_path)
    several = lines(6).splitlines(keepends=True)
    files = {
        "2025-07/a.jsonl": several[0] + several[1],
        "2025-07/b.txt": "Northland supports the ferry link.\n",
        "2025-08/a.jsonl": several[2],
        "2025-08/deep/c.jsonl": several[3],
        "2025-08/manifest.csv": "file,publisher,published\nd.txt,Lake Herald,2025-08-20\n",
        "2025-08/d.txt": "Southland rejects the bridge.\n",
        "2025-08/picture.png": "",
        "2025-08/package.json": "{}",
        "2025-08/.kept/a.jsonl": several[4],
        "2024-12/a.jsonl": several[5],
    }
    for name, text in files.items():
        path = tmp_path / "articles" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    return tmp_path / "articles"


PATTERNS = {
    "articles/2025-*/*.jsonl": ["2025-07/a.jsonl", "2025-08/a.jsonl"],
    "articles/2025-0[78]/?.jsonl": ["2025-07/a.jsonl", "2025-08/a.jsonl"],
    "articles/**/*.jsonl": ["2024-12/a.jsonl", "2025-07/a.jsonl", "2025-08/a.jsonl", "2025-08/deep/c.jsonl"],
    "articles/2025-08/**": ["a.jsonl", "d.txt", "deep/c.jsonl"],
    "articles/2025-*/**": [
        "2025-07/a.jsonl",
        "2025-07/b.txt",
        "2025-08/a.jsonl",
        "2025-08/d.txt",
        "2025-08/deep/c.jsonl",
    ],
    "*/2025-08/*": ["articles/2025-08/a.jsonl", "articles/2025-08/d.txt"],
    "articles/2025-08/.kept/*": ["a.jsonl"],
}


@pytest.mark.parametrize("absolute", [False, True])
@pytest.mark.parametrize("pattern", PATTERNS)
def test_a_pattern_finds_files_named_below_its_part_without_stars(articles, pattern, absolute):
    source = str(Path(pattern).absolute()) if absolute and not pattern.startswith("*") else pattern
    found = list(files_of(source, Engine()))
    assert [one.name for one in found] == PATTERNS[pattern]
    rows = {one.name: one.row for one in found if one.row is not None}
    assert {name: row.publisher for name, row in rows.items()} == {
        name: "Lake Herald" for name in PATTERNS[pattern] if name.endswith("d.txt")
    }


@pytest.mark.parametrize("pattern", ["articles/1999-*/*", "articles/2025-*", "articles/2025-**/a.jsonl", "none/*.txt"])
def test_a_pattern_that_fits_nothing_is_told_in_one_line(articles, pattern):
    with pytest.raises(RequestError) as error:
        list(files_of(pattern, Engine()))
    assert pattern in str(error.value) and "\n" not in str(error.value)


def test_a_manifest_that_is_broken_is_told_once_and_files_are_taken(articles):
    (articles / "2025-08" / "manifest.csv").write_text("publisher\nLake Herald\n")
    found = list(files_of("articles/2025-08/*", Engine()))
    assert [one.name for one in found if not isinstance(one, Refused)] == ["a.jsonl", "d.txt"]
    assert [one.name for one in found if isinstance(one, Refused)] == ["manifest.csv"]


def _one_by_one(self, job, told, rows):
    """Stands in for the engine: what is tested is what the jobs do."""
    made = job(json.dumps(told))
    for row in rows:
        yield json.loads(made(json.dumps(row)))


@pytest.fixture
def in_this_process(monkeypatch):
    """Jobs are done here, one after the other."""
    monkeypatch.setattr(Engine, "each", _one_by_one)


def taken_in(source, folder, **chosen):
    """Steps 1 to 3, without the reader."""
    corpus = CorpusFolder.made(folder)
    return (*_taken_in(str(source), corpus, Engine(None, 1), Settings(**chosen), None), corpus)


def test_reports_of_a_pattern_are_those_of_a_record_under_longer_names(articles, in_this_process):
    told, refused, _ = taken_in("articles/2025-*/**", articles.parent / "corpus", part=2)
    assert (told.total(), refused) == (6, ())
    found = reports_in(articles.parent / "corpus")
    with travaux.Record.new(articles.parent / "record") as record:
        record.add(articles)
        own = {report.name: (report, record.store.raw(report.id)) for report in record.store.reports()}
    assert found == {name: one for name, one in own.items() if name.startswith("2025-")}
    assert found["2025-08/d.txt"][0].published.value == "2025-08-20"


def test_a_name_that_is_no_text_is_kept_readable(tmp_path, in_this_process):
    for number, name in enumerate([b"caf\xe9.txt", b"caf\xe9.jsonl"]):
        (tmp_path / "in").mkdir(exist_ok=True)
        path = os.path.join(os.fsencode(tmp_path / "in"), name)
        Path(os.fsdecode(path)).write_text(["Northland supports the ferry link.\n", lines(1) + "no JSON\n"][number])
    for source in (tmp_path / "in", tmp_path / "in" / "*"):
        told, refused, corpus = taken_in(source, tmp_path / f"corpus-{source.name.replace('*', 'star')}")
        assert (told.total(), len(refused)) == (2, 1)
        assert [row["report"] for row in rows_of(corpus, REPORTS)] == ["caf\\xe9.jsonl/a000", "caf\\xe9.txt"]
        assert len(rows_of(corpus, SOURCES)) == 2 and "caf\\xe9.jsonl" in rows_of(corpus, REFUSED)[0]["address"]


def test_a_file_that_changes_between_two_turns_is_taken_by_the_next_run(tmp_path, monkeypatch, in_this_process):
    from travaux.corpus import unpacking

    source = tmp_path / "a.jsonl"
    source.write_text(lines(6))
    turn = source.stat().st_size // 2
    unpack = unpacking.Unpacker._unpack

    def growing(self, files, turn, *rest):
        unpack(self, files, turn, *rest)
        source.write_text(lines(7))

    def at(folder):
        corpus = CorpusFolder.made(folder)
        return (*_taken_in(str(source), corpus, Engine(None, 2), Settings(part=2, workers=2, turn=turn), None), corpus)

    with monkeypatch.context() as changing:
        changing.setattr(unpacking.Unpacker, "_unpack", growing)
        told, refused, corpus = at(tmp_path / "corpus")
    assert (told.total(), len(refused), rows_of(corpus, SOURCES)) == (0, 1, [])
    assert "changed while it was taken in" in refused[0][2]
    told, refused, corpus = at(tmp_path / "corpus")
    assert (told.total(), refused, rows_of(corpus, REFUSED)) == (7, (), [])
    assert [row["report"] for row in rows_of(corpus, REPORTS)] == [f"a.jsonl/a{n:03}" for n in range(7)]
