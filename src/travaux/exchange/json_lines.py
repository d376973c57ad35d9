"""JSON lines: one object a line, `id` first, UTF-8. A line of ``statements.jsonl`` has the codebook's fields by name."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any, TextIO

from travaux.exchange.tables import TABLES, ExportView
from travaux.exchange.whole_files import whole_file

# JSON lets these stand in a text as they are, but many programs take them for the end of a line.
_LINE_ENDS = {ord(mark): f"\\u{ord(mark):04x}" for mark in "\x85\u2028\u2029"}


def json_line(row: Mapping[str, Any]) -> str:
    """A row as one line of JSON, without its line feed."""
    return json.dumps(row, ensure_ascii=False, allow_nan=False, separators=(", ", ": ")).translate(_LINE_ENDS)


def write_json_lines(file: TextIO, rows: Iterable[Mapping[str, Any]]) -> None:
    """One line a row."""
    file.writelines(json_line(row) + "\n" for row in rows)


def export_json_lines(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``statements.jsonl``, ``positions.jsonl``, ``reports.jsonl`` and ``judgements.jsonl``; returns their paths.

    Raises:
        RequestError: the folder cannot be written to; a file is written whole or not at all.
    """
    paths = []
    for table in TABLES:
        path = folder / f"{table.name}.jsonl"
        with whole_file(path) as file:
            write_json_lines(file, view.rows(table.name))
        paths.append(path)
    return paths
