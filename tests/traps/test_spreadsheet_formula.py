"""Trap: a spreadsheet runs a cell that begins with = + - @. Seen in CSV exports everywhere."""

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.exchange import read_csv, write_csv
from travaux.exchange.csv_files import neutral_cell, plain_cell

HARMFUL = ["=1+1", "+1", "-1+1", "@SUM(A1)", "\t=1", "\r=1", "\n=1", '=HYPERLINK("http://x")', "＝1", "－1"]


def written(values: list[str]) -> list[str]:
    stream = io.StringIO()
    write_csv(stream, ["id", "quote"], [{"id": "1", "quote": value} for value in values])
    return [cells[1] for cells in csv.reader(io.StringIO(stream.getvalue(), newline=""))][1:]


@pytest.mark.parametrize("text", HARMFUL)
def test_a_cell_never_begins_like_a_formula(text: str) -> None:
    assert written([text]) == [f"'{text}"]


@pytest.mark.parametrize("text", ["", "'tis", "a=b", "1-2", " =1", "“-”"])
def test_other_cells_stay_as_they_are(text: str) -> None:
    assert written([text]) == [text]


@given(st.text() | st.text("'=+-@\t\r\n＝a\"; ,", max_size=6))
def test_what_was_written_is_read_back(text: str) -> None:
    cell = neutral_cell(text)
    assert cell[:1] not in {"=", "+", "-", "@", "\t", "\r", "\n"}
    assert plain_cell(cell) == text
    assert written([text]) == [cell]


def test_a_file_of_formulas_reads_back(tmp_path: Path) -> None:
    texts = [*HARMFUL, *(f"'{text}" for text in HARMFUL), "'", "''", "x" * 200_000]
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        write_csv(file, ["id", "quote"], [{"id": "1", "quote": text} for text in texts])
    assert [row["quote"] for row in read_csv(path)] == texts


def test_lists_and_numbers_too() -> None:
    stream = io.StringIO()
    write_csv(stream, ["a", "b", "c"], [{"a": ["=1", "b"], "b": 0.5, "c": True}])
    assert stream.getvalue() == "a,b,c\n'=1; b,0.5,true\n"
