"""CSV: one file a table, UTF-8 without a byte order mark, a header, lines ending in a line feed.

Lists are joined by ``; ``, mappings and lists of mappings are JSON. What is not there is an empty cell.

A spreadsheet runs a cell that begins with ``= + - @``, a tab or a line end as a formula. Such a cell gets an apostrophe
in front, and so does one that has apostrophes before such a character, so that `read_csv` can take exactly one off
again: the text that comes back is the text that went in.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TextIO

from travaux.errors import RequestError
from travaux.exchange.tables import TABLES, ExportView
from travaux.exchange.whole_files import whole_file

LIST_SEPARATOR = "; "
_QUOTE = '"'
_NEEDS_QUOTES = frozenset(',"\r\n')
MAXIMUM_CELL = 100_000_000

# Spreadsheets take the full-width signs for the plain ones.
_RUNS = frozenset("=+-@\t\r\n＝＋－＠")


def neutral_cell(text: str) -> str:
    """A text that no spreadsheet takes for a formula; `plain_cell` gives the text back."""
    return f"'{text}" if _is_formula(text) else text


def plain_cell(cell: str) -> str:
    """The text that `neutral_cell` was given."""
    return cell[1:] if cell.startswith("'") and _is_formula(cell) else cell


def _is_formula(text: str) -> bool:
    return text.lstrip("'")[:1] in _RUNS


def cell(value: Any) -> str:
    """A value of a row as the text of a cell."""
    if value is None or value in ([], {}):
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return neutral_cell(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return neutral_cell(LIST_SEPARATOR.join(value))
    if isinstance(value, (list, dict)):
        return json.dumps(value, ensure_ascii=False, separators=(", ", ": "))
    return repr(value)


def write_csv(file: TextIO, columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """A header and the rows, in the order of `columns`; a row lacks nothing and holds nothing else.

    Args:
        file: opened with ``newline=""``, or a stream that leaves line feeds alone.
    """
    file.write(_line(columns))
    for row in rows:
        if set(row) != set(columns):
            raise ValueError(f"columns {sorted(set(row) ^ set(columns))} are on one side only")
        file.write(_line([cell(row[name]) for name in columns]))


def _line(cells: Sequence[str]) -> str:
    # Python's own writer leaves a lone carriage return unquoted before 3.13, and readers take that for the end of a row.
    quoted = (f'"{text.replace(_QUOTE, _QUOTE * 2)}"' if _NEEDS_QUOTES & set(text) else text for text in cells)
    return (",".join(quoted) or '""') + "\n"  # an empty line would be no row


def export_csv(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``statements.csv``, ``positions.csv``, ``reports.csv`` and ``judgements.csv``; returns their paths.

    Raises:
        RequestError: the folder cannot be written to; a file is written whole or not at all.
    """
    paths = []
    for table in TABLES:
        path = folder / f"{table.name}.csv"
        with whole_file(path) as file:
            write_csv(file, [column.name for column in table.columns], view.rows(table.name))
        paths.append(path)
    return paths


@contextmanager
def _large_cells() -> Iterator[None]:
    """A quote may be longer than the 131,072 characters that Python's reader lets through."""
    before = csv.field_size_limit(MAXIMUM_CELL)
    try:
        yield
    finally:
        csv.field_size_limit(before)


def read_csv(path: Path) -> list[dict[str, str]]:
    """The rows of a file that `export_csv` wrote, as texts, without the apostrophes that keep spreadsheets quiet.

    Raises:
        RequestError: the file cannot be read as such; the line is named where one is to blame.
    """
    rows = []
    try:
        with path.open(encoding="utf-8-sig", newline="") as file, _large_cells():
            reader = csv.reader(file, strict=True)
            header = [plain_cell(name) for name in next(reader, [])]
            for cells in reader:
                if len(cells) != len(header):
                    told = f"expected {len(header)} cells, found {len(cells)}"
                    raise RequestError(told, path=path, line=reader.line_num, remedy="export the table again")
                rows.append(dict(zip(header, map(plain_cell, cells), strict=True)))
    except UnicodeDecodeError:
        raise RequestError("the file is not UTF-8", path=path, remedy="save it as CSV UTF-8") from None
    except csv.Error as error:
        raise RequestError(f"not a CSV file: {error}", path=path) from None
    except OSError as error:
        raise RequestError(f"cannot be read: {error.strerror}", path=path) from None
    return rows
