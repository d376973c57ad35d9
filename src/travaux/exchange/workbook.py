"""A spreadsheet: one sheet a table and one that explains the columns, with frozen headers, filters and links to the reports.

Every text is written as text, so that none runs as a formula. Excel holds 32,767 characters a cell and no more: a longer
text ends with an ellipsis.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from travaux.errors import RequestError
from travaux.exchange.csv_files import LIST_SEPARATOR
from travaux.exchange.extras import library
from travaux.exchange.tables import TABLES, ExportView
from travaux.exchange.whole_files import whole_place

LONGEST_CELL = 32_767
LONGEST_LINK = 2_079
CODEBOOK = "codebook"
_WIDTHS = {"quote": 70, "reason": 50, "judgement": 30, "title": 40, "condition": 30, "report": 26, "id": 18}
_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f]|005[Ff]|007[Ff])_")
_MADE = datetime(2000, 1, 1)  # the same record gives the same bytes, whenever it is written


def export_workbook(path: Path, view: ExportView) -> list[Path]:
    """Writes one ``.xlsx``.

    Raises:
        RequestError: XlsxWriter is not installed, or the place cannot be written to.
    """
    writer = library("xlsxwriter", "excel")
    with whole_place(path) as draft:
        # Texts stay texts: no formulas, no numbers made of digits, no links made of addresses.
        quiet = {"strings_to_formulas": False, "strings_to_numbers": False, "strings_to_urls": False}
        book = writer.Workbook(str(draft), quiet)
        book.set_properties({"title": view.title, "comments": view.notice, "created": _MADE})
        head, wrapped = book.add_format({"bold": True}), book.add_format({"text_wrap": True, "valign": "top"})
        for table in TABLES:
            sheet = book.add_worksheet(table.name)
            names = [column.name for column in table.columns]
            rows = list(view.rows(table.name))
            sheet.write_row(0, 0, names, head)
            for place, row in enumerate(rows, 1):
                _write_row(sheet, place, names, row, wrapped)
            sheet.freeze_panes(1, 1)
            sheet.autofilter(0, 0, max(len(rows), 1), len(names) - 1)
            for number, name in enumerate(names):
                sheet.set_column(number, number, _WIDTHS.get(name, 14))
        _write_codebook(book.add_worksheet(CODEBOOK), head, wrapped)
        book.close()
    return [path]


def _write_row(sheet: Any, place: int, names: Sequence[str], row: Mapping[str, Any], wrapped: Any) -> None:
    for number, name in enumerate(names):
        value = row[name]
        if value is None or value in ([], {}):
            continue
        if isinstance(value, bool):
            sheet.write_boolean(place, number, value)
        elif isinstance(value, int | float):
            sheet.write_number(place, number, value)
        else:
            text = _short(_text(value))
            link = row.get("url")
            if name == "quote" and _is_link(link):
                sheet.write_url(place, number, link, wrapped, text)
            else:
                sheet.write_string(place, number, text, wrapped if name == "quote" else None)


def _write_codebook(sheet: Any, head: Any, wrapped: Any) -> None:
    sheet.write_row(0, 0, ["table", "column", "kind", "what it holds", "values"], head)
    described = [
        (table.name, column.name, column.kind, column.says, LIST_SEPARATOR.join(column.values))
        for table in TABLES
        for column in table.columns
    ]
    for place, texts in enumerate(described, 1):
        for number, text in enumerate(texts):
            sheet.write_string(place, number, text, wrapped)
    sheet.freeze_panes(1, 0)
    sheet.set_column(0, 2, 16)
    sheet.set_column(3, 4, 70)


def _text(value: Any) -> str:
    if isinstance(value, str):
        return value
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return LIST_SEPARATOR.join(value)
    return json.dumps(value, ensure_ascii=False)


def _short(text: str) -> str:
    # Excel counts UTF-16 units.
    if len(text.encode("utf-16-le")) // 2 <= LONGEST_CELL:
        return text
    return text.encode("utf-16-le")[: 2 * (LONGEST_CELL - 2)].decode("utf-16-le", "ignore") + "…"


def _is_link(link: object) -> bool:
    return isinstance(link, str) and link.startswith(("https://", "http://")) and len(link) <= LONGEST_LINK


def read_workbook(path: Path) -> dict[str, list[dict[str, Any]]]:
    """The rows of each sheet of a file that `export_workbook` wrote, whoever saved it since, by the names of the header.

    Raises:
        RequestError: openpyxl is not installed, or the file is no workbook.
    """
    openpyxl = library("openpyxl", "excel")
    try:
        book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    except Exception as error:  # openpyxl lets through whatever zip and XML raise
        raise RequestError(f"not a workbook: {type(error).__name__}", path=path) from None
    try:
        return {sheet.title: _rows(sheet.iter_rows(values_only=True)) for sheet in book if sheet.title != CODEBOOK}
    finally:
        book.close()


def _rows(lines: Iterable[Sequence[Any]]) -> list[dict[str, Any]]:
    given = iter(lines)
    header = [str(name) for name in next(given, ()) if name is not None]
    return [
        dict(zip(header, map(_unescaped, line), strict=False))
        for line in given
        if any(value is not None for value in line)
    ]


def _unescaped(value: Any) -> Any:
    """A cell's text with the carriage returns and other controls that spreadsheets spell out (``_x000D_``)."""
    if not isinstance(value, str):
        return value
    return _ESCAPED.sub(lambda found: chr(int(found[1], 16)), value)
