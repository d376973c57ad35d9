"""``manifest.csv``: all the shapes spreadsheets write it in, and what is wrong with it, by file and line."""

from __future__ import annotations

from pathlib import Path

import pytest

from travaux.errors import IntakeError
from travaux.intake import load_manifest
from travaux.model import DateBasis, PartialDate

PLAIN = 'file,publisher,published,url,title\na.txt,Lake Herald,2025-08-18,https://x.example/a,"Yes, and no"\nb.txt,,2025-08,,\n'


def written(folder: Path, content: str | bytes) -> Path:
    path = folder / "manifest.csv"
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return path


@pytest.mark.parametrize(
    "content",
    [
        PLAIN.encode(),
        PLAIN.encode("utf-8-sig"),
        PLAIN.replace("\n", "\r\n").encode(),
        PLAIN.replace('"Yes, and no"', "«Yes, and no»")
        .replace(",", ";")
        .replace("Yes;", "Yes,")
        .encode()
        .replace("«".encode(), b'"')
        .replace("»".encode(), b'"'),
        (
            "sep=;\r\n" + PLAIN.replace('"Yes, and no"', '"Yes|and no"').replace(",", ";").replace("Yes|", "Yes,")
        ).encode(),
        PLAIN.replace('"Yes, and no"', '"Yes, and no"').encode("utf-16"),
    ],
    ids=["plain", "mark", "crlf", "semicolons", "sep", "utf-16"],
)
def test_all_shapes_read_the_same(tmp_path: Path, content: bytes) -> None:
    manifest = load_manifest(written(tmp_path, content))
    first, second = manifest.row("a.txt"), manifest.row("b.txt")
    assert first is not None
    assert second is not None
    assert (first.publisher, first.title.replace(" ", "") if first.title else None) == ("Lake Herald", "Yes,andno")
    assert first.published == PartialDate("2025-08-18", DateBasis.MANIFEST)
    assert second.published is not None
    assert second.published.precision == "month"
    assert second.title is None
    assert manifest.row("c.txt") is None


def test_further_columns_are_kept(tmp_path: Path) -> None:
    manifest = load_manifest(written(tmp_path, "File,Title,Shelf,author\na.txt,Yes,12b,J. Example\n"))
    row = manifest.row("a.txt")
    assert row is not None
    assert row.other == (("Shelf", "12b"),)
    assert row.author == "J. Example"


@pytest.mark.parametrize("day", ["18.08.2025", "2025-13-01", "2025-02-30", "yesterday", "2025-8-1", "25-08-18"])
def test_a_bad_date_names_file_and_line(tmp_path: Path, day: str) -> None:
    path = written(tmp_path, f"file,published,title\na.txt,2025-08-18,\nb.txt,{day},\n")
    row = load_manifest(path).row("b.txt")
    assert row is not None
    assert row.problem is not None
    assert str(row.problem).startswith(f"{path}:3: published '{day}' of 'b.txt' is no date")
    assert load_manifest(path).row("a.txt").problem is None  # type: ignore[union-attr]


def test_a_cell_of_several_lines_does_not_shift_the_line_numbers(tmp_path: Path) -> None:
    path = written(tmp_path, 'file,published,title\na.txt,,"two\nlines"\nb.txt,never,\n')
    row = load_manifest(path).row("b.txt")
    assert row is not None
    assert row.problem is not None
    assert row.problem.line == 4


def test_the_same_file_twice_is_a_problem_of_that_file(tmp_path: Path) -> None:
    path = written(tmp_path, "file,title\na.txt,One\na.txt,Two\n")
    row = load_manifest(path).row("a.txt")
    assert row is not None
    assert str(row.problem) == f"{path}:3: 'a.txt' stands in line 2 already (keep one row)"


@pytest.mark.parametrize(
    ("content", "told"),
    [
        ("", "empty"),
        ("name,title\na.txt,One\n", "no column 'file' among name, title"),
        ("file,title,Title\na.txt,One,Two\n", "two columns 'title'"),
        ('file,title\na.txt,"open\n', "not a CSV file"),
        (b"%PDF-1.7", "not a text file but a PDF document"),
    ],
)
def test_a_manifest_that_cannot_be_used_says_why(tmp_path: Path, content: str | bytes, told: str) -> None:
    path = written(tmp_path, content)
    with pytest.raises(IntakeError) as raised:
        load_manifest(path)
    assert told in str(raised.value)
    assert str(raised.value).startswith(str(path))
    assert "\n" not in str(raised.value)


def test_too_many_cells_are_told(tmp_path: Path) -> None:
    row = load_manifest(written(tmp_path, "file,title\na.txt,Yes, and no\n")).row("a.txt")
    assert row is not None
    assert "3 cells under 2 headings" in str(row.problem)


def test_accents_are_found_however_they_are_composed(tmp_path: Path) -> None:
    manifest = load_manifest(written(tmp_path, "file,title\nErdog\u0306an.txt,One\n"))
    assert manifest.row("Erdo\u011fan.txt") is not None


def test_rows_about_files_that_are_not_there(tmp_path: Path) -> None:
    path = written(tmp_path, "file,title\na.txt,One\nsub/b.txt,Two\n")
    assert load_manifest(path).warnings(["a.txt"]) == (f"{path}:3: there is no file 'sub/b.txt'",)
