"""JSON lines and Parquet: one report a row, its fields found by their usual names or told."""

from __future__ import annotations

import gzip
import json
from datetime import datetime
from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from travaux.errors import RequestError
from travaux.intake import Fields, Received, Refused, find_files, load_fields, parse_fields, receive_each
from travaux.intake.formats import articles
from travaux.intake.formats.articles import date_told
from travaux.model import DateBasis, PartialDate

ROWS = [
    {"id": "no/1", "title": "Ferry", "text": "Northland would accept the ferry link.", "publish_date": "2025-08-18 10:00:00",
     "url": "https://a.example/1", "media_name": "Lake Herald", "language": "en", "authors": ["A. One", "B. Two"]},
    {"title": "Bridge", "body": "Southland rejects the bridge.", "date": "20250819"},
]  # fmt: skip


def taken(path: Path, fields: Fields | None = None) -> list[Received | Refused]:
    return [one for found in find_files([path]) for one in receive_each(found, fields)]


def lines_of(path: Path, *rows: object) -> Path:
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return path


def test_each_line_is_a_report_with_its_bytes(tmp_path: Path) -> None:
    first, second = taken(lines_of(tmp_path / "corpus.jsonl", *ROWS))
    assert isinstance(first, Received) and isinstance(second, Received)
    assert first.raw.decode() == json.dumps(ROWS[0])
    report = first.report
    assert (report.name, report.text) == ("corpus.jsonl/no-1", ROWS[0]["text"])
    assert report.published == PartialDate("2025-08-18", DateBasis.MANIFEST)
    assert (report.publisher, report.author, report.url) == ("Lake Herald", "A. One, B. Two", "https://a.example/1")
    assert (second.report.name, second.report.published) == (
        "corpus.jsonl/000002",
        PartialDate("2025-08-19", DateBasis.MANIFEST),
    )


def test_packed_lines_and_other_endings_are_read(tmp_path: Path) -> None:
    path = lines_of(tmp_path / "a.ndjson", *ROWS)
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(path.read_bytes()))
    assert [type(one) for one in taken(tmp_path)] == [Received] * 4
    (tmp_path / "b.jsonl.gz").write_bytes(gzip.compress(path.read_bytes())[:-25])
    assert [type(one) for one in taken(tmp_path / "b.jsonl.gz")][-1] is Refused


def test_broken_lines_are_told_with_their_number_and_the_rest_go_on(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b'{"text": "One."}\nnot json\n[1]\n{"title": "no text"}\n\n{"text": "Two."}\n' + b"[" * 100_000)
    items = taken(path)
    assert [one.report.text for one in items if isinstance(one, Received)] == ["One.", "Two."]
    told = [str(one.error) for one in items if isinstance(one, Refused)]
    assert [line.partition(": ")[0] for line in told] == [f"{path}:{number}" for number in (2, 3, 4, 7)]
    assert "no text among the fields title (name its field: --field text=COLUMN)" in told[2]


def test_a_file_that_is_none_is_left_soon(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text("words\n" * 1_000)
    assert len(taken(path)) == articles.MOST_BROKEN + 1


def test_a_line_without_end_is_left_and_memory_stays_bounded(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(articles, "LONGEST_LINE", 10_000)
    path = tmp_path / "a.jsonl"
    path.write_bytes(
        b'{"text": "One."}\n' + b"x" * 50_000 + b'\n{"text": "Two."}\n' + b"y" * 500_000 + b'\n{"text": "Three."}\n'
    )
    items = taken(path)
    assert [one.report.text for one in items if isinstance(one, Received)] == ["One.", "Two."]
    assert "the rest is left out" in str(items[-1].error)  # type: ignore[union-attr]


def test_fields_are_told_by_flags_or_a_small_file(tmp_path: Path) -> None:
    row = {"Story": {"clean": "Northland accepts it."}, "body": "<junk>", "day": "18 August 2025"}
    path = lines_of(tmp_path / "a.jsonl", row)
    small = tmp_path / "fields.txt"
    small.write_text("# ours: theirs\ntext: Story.clean\npublished: day\n")
    for fields in (parse_fields(["text=Story.clean", "published=day"]), load_fields(small)):
        (item,) = taken(path, fields)
        assert isinstance(item, Received)
        assert item.report.text == "Northland accepts it."
        assert item.report.published == PartialDate("2025-08-18", DateBasis.MANIFEST)


@pytest.mark.parametrize(
    ("given", "told"), [("texts=body", "names no field"), ("text", "names no column"), ("text=", "names no column")]
)
def test_fields_that_are_none_are_told(tmp_path: Path, given: str, told: str) -> None:
    with pytest.raises(RequestError, match=told):
        parse_fields([given])
    small = tmp_path / "fields.txt"
    small.write_text("title: t\n" + given.replace("=", ": ") + "\n")
    with pytest.raises(RequestError, match=rf"fields\.txt:2: .*{told}"):
        load_fields(small)


def test_html_in_a_field_is_read_as_a_page(tmp_path: Path) -> None:
    (item,) = taken(
        lines_of(
            tmp_path / "a.jsonl",
            {"html": "<html><body><h1>T</h1><p>Northland accepts the ferry link.</p></body></html>"},
        )
    )
    assert isinstance(item, Received)
    assert "Northland accepts the ferry link." in item.report.text
    assert "<" not in item.report.text


@pytest.mark.parametrize(
    ("value", "day"),
    [("2025-08-18T23:59:00-05:00", "2025-08-18"), ("2025-08", "2025-08"), ("2025", "2025"), (1755475200, "2025-08-18"),
     (1755475200000, "2025-08-18"), (datetime(2025, 8, 18, 23), "2025-08-18"), ("Mon, 18 Aug 2025 10:00:00 GMT", "2025-08-18"),
     ("soon", None), (True, None), (1e40, None), ("05/06/2025", None), (None, None), ("2999-01-01", None)],
)  # fmt: skip
def test_dates_of_corpora(value: object, day: str | None) -> None:
    found = date_told(value)
    assert (found.value if found else None) == day


def test_a_parquet_file_gives_its_rows(tmp_path: Path) -> None:
    table = pyarrow.table(
        {"text": ["Northland accepts the ferry link.", "", "Southland rejects it."], "date": [datetime(2025, 8, 18)] * 3,
         "vector": [[0.0] * 100] * 3}
    )  # fmt: skip
    parquet.write_table(table, tmp_path / "a.parquet")
    items = taken(tmp_path / "a.parquet")
    assert [type(one) for one in items] == [Received, Refused, Received]
    first = items[0]
    assert isinstance(first, Received)
    assert first.report.name == "a.parquet/000001"
    assert first.report.published == PartialDate("2025-08-18", DateBasis.MANIFEST)
    assert b"vector" not in first.raw


def test_a_broken_parquet_file_is_one_line(tmp_path: Path) -> None:
    for raw in (b"", b"PAR1 no", b"PAR1" + bytes(100) + b"PAR1"):
        (tmp_path / "a.parquet").write_bytes(raw)
        (item,) = taken(tmp_path / "a.parquet")
        assert isinstance(item, Refused)
        assert "no Parquet file that can be read" in str(item.error)
        assert "\n" not in str(item.error)
