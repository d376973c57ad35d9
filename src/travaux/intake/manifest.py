"""``manifest.csv``: what an analyst knows about reports that the reports do not say. It overrides everything else.

Columns ``file, publisher, published, url, title``, and optionally ``author``, ``updated``, ``language`` (two letters);
any others are kept in `ManifestRow.other`. Comma, semicolon and tab separated files are read, with or without a byte order mark.
"""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from travaux.errors import IntakeError
from travaux.intake.encodings import decode
from travaux.intake.known import language_code
from travaux.model import DateBasis, PartialDate

MANIFEST_NAME = "manifest.csv"
KNOWN_COLUMNS = ("file", "publisher", "published", "url", "title", "author", "updated", "language")
LARGEST_MANIFEST = 64 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class ManifestRow:
    """What the manifest says about one file; None where a cell is empty.

    Attributes:
        file: path below the manifest's folder, with ``/``.
        line: where the row begins in the manifest, from 1.
        problem: what is wrong with the row, with file and line; the report it is about is then refused.
        other: further columns, by their heading, in order.
    """

    file: str
    line: int
    publisher: str | None = None
    published: PartialDate | None = None
    url: str | None = None
    title: str | None = None
    author: str | None = None
    updated: PartialDate | None = None
    other: tuple[tuple[str, str], ...] = ()
    language: str | None = None
    problem: IntakeError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Manifest:
    """The rows of one manifest, by the file they are about."""

    path: Path
    rows: dict[str, ManifestRow]

    def row(self, file: str) -> ManifestRow | None:
        """The row about a file, given by its path below the manifest's folder; None where there is none."""
        return self.rows.get(_key(file))

    def warnings(self, present: Iterable[str]) -> tuple[str, ...]:
        """One line for each row about a file that is not there.

        Args:
            present: the paths of the files found, below the manifest's folder.
        """
        found = {_key(file) for file in present}
        return tuple(
            f"{self.path}:{row.line}: there is no file {row.file!r}"
            for key, row in self.rows.items()
            if key not in found
        )


def load_manifest(path: Path) -> Manifest:
    """Reads a manifest.

    Raises:
        IntakeError: it cannot be read or has no ``file`` column. What is wrong with a single row stands in that
            row's ``problem``.
    """
    try:
        if path.stat().st_size > LARGEST_MANIFEST:
            raise IntakeError("larger than 64 MiB", remedy="split the folder", path=path)
        raw = path.read_bytes()
    except OSError as error:
        raise IntakeError(f"cannot be read: {error.strerror}", path=path) from error
    try:
        text = decode(raw).text
    except IntakeError as error:
        raise IntakeError(error.message, remedy=error.remedy, path=path) from error
    return Manifest(path, _rows(path, text))


def _rows(path: Path, text: str) -> dict[str, ManifestRow]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    rows: dict[str, ManifestRow] = {}
    headings: list[str] | None = None
    begins = 1
    try:
        for cells in reader:
            line, begins = begins, reader.line_num + 1
            if not any(cell.strip() for cell in cells):
                continue
            if headings is None:
                # Excel writes a line "sep=;" before the headings.
                if len(cells) <= 2 and cells[0].strip().casefold().startswith("sep="):
                    continue
                headings = _headings(path, line, cells)
                continue
            row = _row(path, line, headings, cells)
            key = _key(row.file)
            if key in rows:
                problem = IntakeError(
                    f"{row.file!r} stands in line {rows[key].line} already", remedy="keep one row", path=path, line=line
                )
                row = ManifestRow(row.file, rows[key].line, problem=problem)
            rows[key] = row
    except csv.Error as error:
        raise IntakeError(f"not a CSV file: {error}", path=path, line=reader.line_num) from error
    if headings is None:
        raise IntakeError("empty", remedy=f"its first line names the columns: {','.join(KNOWN_COLUMNS[:5])}", path=path)
    return rows


def _headings(path: Path, line: int, cells: list[str]) -> list[str]:
    headings = [cell.strip().lstrip("\ufeff") for cell in cells]
    known = [heading.casefold() if heading.casefold() in KNOWN_COLUMNS else heading for heading in headings]
    if "file" not in known:
        raise IntakeError(
            f"no column 'file' among {', '.join(headings)}",
            remedy=f"the first line names the columns: {','.join(KNOWN_COLUMNS[:5])}",
            path=path,
            line=line,
        )
    for heading in KNOWN_COLUMNS:
        if known.count(heading) > 1:
            raise IntakeError(f"two columns {heading!r}", remedy="keep one of them", path=path, line=line)
    return known


def _row(path: Path, line: int, headings: list[str], cells: list[str]) -> ManifestRow:
    named: dict[str, str] = {}
    other: list[tuple[str, str]] = []
    for number, cell in enumerate(cells):
        heading = headings[number] if number < len(headings) else ""
        if heading in KNOWN_COLUMNS:
            named[heading] = cell.strip()
        elif cell.strip():
            other.append((heading, cell.strip()))
    file = named.get("file", "").replace("\\", "/").removeprefix("./")
    problem: IntakeError | None = None
    dates: dict[str, PartialDate | None] = {}
    for column in ("published", "updated"):
        try:
            dates[column] = _date(named.get(column, ""))
        except ValueError:
            problem = IntakeError(
                f"{column} {named[column]!r} of {file!r} is no date",
                remedy="write 2025-08-18, 2025-08 or 2025, or leave it empty",
                path=path,
                line=line,
            )
    if named.get("language") and language_code(named["language"]) is None:
        problem = IntakeError(
            f"language {named['language']!r} of {file!r} is none", remedy="write two letters: en", path=path, line=line
        )
    if len(cells) > len(headings) and any(cell.strip() for cell in cells[len(headings) :]):
        problem = IntakeError(
            f"{len(cells)} cells under {len(headings)} headings", remedy="quote cells with commas", path=path, line=line
        )
    return ManifestRow(
        file,
        line,
        named.get("publisher") or None,
        dates.get("published"),
        named.get("url") or None,
        named.get("title") or None,
        named.get("author") or None,
        dates.get("updated"),
        tuple(other),
        language_code(named.get("language")),
        problem,
    )


def _date(cell: str) -> PartialDate | None:
    if not cell:
        return None
    day = cell[:10] if len(cell) > 10 and cell[10] in "T " else cell
    if not all(part.isascii() and part.isdigit() for part in day.split("-")):
        raise ValueError(cell)
    return PartialDate(day, DateBasis.MANIFEST)


def _delimiter(text: str) -> str:
    first = next((line for line in text.splitlines() if line.strip()), "")
    if first.casefold().startswith("sep=") and len(first) > 4:
        return first[4]
    return max(",;\t", key=first.count)


def _key(file: str) -> str:
    # File systems differ in how they compose accents; a manifest is written by hand on another machine.
    return unicodedata.normalize("NFC", file.replace("\\", "/").removeprefix("./"))
