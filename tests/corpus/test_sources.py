"""Files of each kind as a source, by turns of several workers: every article once, with the names and statements of a record."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from archive_stubs import a_warc
from corpus_runs import AGENDA, lines, run

import travaux

pytest.importorskip("daft")
from travaux.corpus import Settings, running
from travaux.corpus.engine import Engine
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.source import files_of
from travaux.corpus.tables import READINGS, REPORTS, STATEMENTS, statement_of
from travaux.corpus.unpacking import Unpacker
from travaux.errors import RequestError
from travaux.exchange.extras import library
from travaux.intake import receive_files

NUMBER = 23


def articles(number: int = NUMBER) -> list[dict[str, str]]:
    """Articles without a line end in their texts."""
    return [json.loads(line) for line in lines(number).splitlines()]


def written(kind: str, place: Path, number: int = NUMBER) -> Path:
    """A file of so many articles."""
    path = place / f"a.{kind}"
    if kind == "jsonl":
        path.write_text(lines(number))
    elif kind == "parquet":
        table = library("pyarrow", "corpus").Table.from_pylist(articles(number))
        library("pyarrow.parquet", "corpus").write_table(table, path, row_group_size=5)
    else:
        pages = [
            (f"https://herald.example/{place}", f"<html><body><p>{one['text']}</p></body></html>".encode())
            for place, one in enumerate(articles(number))
        ]
        path.write_bytes(a_warc(pages))
    return path


def unpacked(path: Path, work: Path, turns: int, size: int) -> list[str]:
    """The names of the reports that so many turns at a file bring, in the order of their numbers."""
    told = {"work": str(work), "fields": [], "size": size, "seconds": 60, "taking": "now"}
    file = {"address": str(path), "name": path.name, "row": None}
    packs = set()
    for turn in range(turns):
        row = {"unit": 0, "turn": turn, "of": turns, "files": [file], "known": []}
        answer = json.loads(Unpacker(json.dumps(told))(json.dumps(row)))
        assert answer["refused"] == [] and [one["name"] for one in answer["files"]] == [path.name]
        packs.add(answer["pack"])
    (pack,) = packs
    rows = []
    for part in (work / pack).glob("[!.]*.parquet"):
        with library("pyarrow.parquet", "corpus").ParquetFile(part) as held:
            rows += held.read(["number", "report"]).to_pylist()
    rows.sort(key=lambda row: row["number"])
    assert [row["number"] for row in rows] == list(range(len(rows))), "none is missing and none is there twice"
    return [json.loads(row["report"])["name"] for row in rows]


@pytest.mark.parametrize("kind", ["jsonl", "parquet", "warc.gz"])
def test_turns_at_one_file_bring_every_article_once(kind, tmp_path):
    path = written(kind, tmp_path)
    named = [one.report.name for one in receive_files([path])]
    assert len(named) == NUMBER
    for turns, size in ((1, 7), (3, 4), (2, 23)):
        assert unpacked(path, tmp_path / f"{turns}", turns, size) == named


def test_a_large_file_is_read_by_turns_and_gives_what_a_record_has(tmp_path):
    path = written("parquet", tmp_path, 8)
    turn = path.stat().st_size // 3
    found = files_of(str(path), Engine(workers=2))
    assert [of for _, of in running._units(found, Settings(turn=turn), Engine(workers=2), [])] == [2]
    outcome = run(path, tmp_path / "corpus", part=2, workers=2, turn=turn)
    assert outcome["new"] == outcome["read"] == 8
    corpus = CorpusFolder.opened(tmp_path / "corpus")
    with travaux.Record.new(tmp_path / "record") as record:
        (tmp_path / "record" / "agenda.yaml").write_text(AGENDA)
        record.add(path)
        record.read()
        rows = [row for part in corpus.parts(STATEMENTS) for row in corpus.rows(STATEMENTS, part)]
        read = sorted(map(statement_of, rows), key=lambda one: (one.report, one.start, one.id))
        own = sorted(record.store.statements(), key=lambda one: (one.report, one.start, one.id))
        assert read == own and own


def test_patterns_name_files_below_their_part_without_stars(tmp_path):
    for place in ("2025-01/a.jsonl", "2025-02/deep/b.jsonl", "2025-02/c.txt", "2024-12/d.jsonl", "2025-02/.e.jsonl"):
        (tmp_path / "articles" / place).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / "articles" / place).write_text(lines(1))

    def found(pattern: str) -> list[str]:
        return [one.name for one in files_of(str(tmp_path / pattern), Engine())]

    assert found("articles/2025-*/*.jsonl") == ["2025-01/a.jsonl"]
    assert found("articles/2025-*/**/*.jsonl") == ["2025-01/a.jsonl", "2025-02/deep/b.jsonl"]
    assert found("articles/**/[bc].*") == ["2025-02/c.txt", "2025-02/deep/b.jsonl"]
    with pytest.raises(RequestError, match="no file fits this pattern"):
        found("articles/2023-*/*.jsonl")


def test_a_pattern_is_read_with_those_names(tmp_path):
    for month in ("01", "02"):
        (tmp_path / f"2025-{month}").mkdir()
        (tmp_path / f"2025-{month}" / "a.jsonl").write_text(lines(2).replace("Herald number", f"Herald {month} number"))
    outcome = run(tmp_path / "2025-*" / "*.jsonl", tmp_path / "corpus", workers=1)
    corpus = CorpusFolder.opened(tmp_path / "corpus")
    names = [row["report"] for part in corpus.parts(REPORTS) for row in corpus.rows(REPORTS, part, ["report"])]
    assert outcome["read"] == 4 and sorted(names) == [
        "2025-01/a.jsonl/a000", "2025-01/a.jsonl/a001", "2025-02/a.jsonl/a000", "2025-02/a.jsonl/a001",
    ]  # fmt: skip
    assert {row["state"] for part in corpus.parts(READINGS) for row in corpus.rows(READINGS, part, ["state"])} == {
        "read"
    }
