"""Tables that come back: CSV, JSON lines, Parquet and spreadsheets, as `travaux export` writes them and people edit them.

What a person does there is taken as said: another value in a cell is a correction; ``confirm``, ``reject`` or ``unsure`` in the
column `verdict` is that decision.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from travaux.errors import RequestError
from travaux.exchange.columns import Table
from travaux.exchange.csv_files import read_csv
from travaux.exchange.incoming import Incoming, IncomingJudgement, IncomingReport, IncomingStatement
from travaux.exchange.incoming_values import stamped_verdict
from travaux.exchange.parquet_files import read_parquet
from travaux.exchange.tables import JUDGEMENTS, REPORTS, STATEMENTS
from travaux.exchange.workbook import read_workbook
from travaux.model import Verdict
from travaux.record.corrections import CORRECTABLE

Rows = Sequence[Mapping[str, Any]]
_ANSWERS = {"confirm": "accept", "reject": "reject", "unsure": "unsure"}
_NEEDED = ("report", "quote", "party", "option", "stance")
_NEEDED_OF_A_JUDGEMENT = ("statement", "verdict", "reviewer", "at", "report_id", "start", "end", "quote")


def read_json_lines(path: Path) -> list[dict[str, Any]]:
    """The objects of a file of JSON lines.

    Raises:
        RequestError: a line is no JSON object; the line is named.
    """
    rows = []
    for number, line in numbered_lines(path):
        try:
            row = json.loads(line)
        except ValueError as error:
            raise RequestError(f"not JSON: {error}", path=path, line=number) from None
        if not isinstance(row, dict):
            raise RequestError("not a JSON object", path=path, line=number)
        rows.append(row)
    return rows


def numbered_lines(path: Path) -> list[tuple[int, str]]:
    """The lines of a UTF-8 file that hold something, with their numbers from 1; only line feeds end a line."""
    text = text_of(path)
    return [(number, line) for number, line in enumerate(text.split("\n"), 1) if line.strip()]


def text_of(path: Path) -> str:
    """The text of a UTF-8 file.

    Raises:
        RequestError: it cannot be read, or is not UTF-8.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except OSError as error:
        raise RequestError(f"cannot be read: {error.strerror}", path=path) from None
    except UnicodeDecodeError:
        raise RequestError("the file is not UTF-8", path=path) from None


def read_csv_tables(path: Path) -> Incoming:
    """A folder of CSV files, or the file of statements alone."""
    return _from_files(path, "csv", read_csv, in_text=True)


def read_json_tables(path: Path) -> Incoming:
    """A folder of JSON lines, or the file of statements alone."""
    return _from_files(path, "jsonl", read_json_lines)


def read_parquet_tables(path: Path) -> Incoming:
    """A folder of Parquet files, or the file of statements alone."""
    return _from_files(path, "parquet", read_parquet)


def read_workbook_tables(path: Path) -> Incoming:
    """A workbook with the sheet ``statements`` at least."""
    sheets = read_workbook(path)
    if STATEMENTS.name not in sheets:
        raise RequestError(f"no sheet {STATEMENTS.name!r}", path=path, remedy=f"it has {', '.join(sheets) or 'none'}")
    return incoming_tables(path, sheets, in_text=True)


def _from_files(path: Path, ending: str, read: Callable[[Path], Rows], *, in_text: bool = False) -> Incoming:
    if not path.is_dir():
        return incoming_tables(path, {STATEMENTS.name: read(path)}, in_text=in_text)
    files = {table.name: path / f"{table.name}.{ending}" for table in (STATEMENTS, JUDGEMENTS, REPORTS)}
    if not files[STATEMENTS.name].is_file():
        raise RequestError(f"no {STATEMENTS.name}.{ending} in this folder", path=path)
    return incoming_tables(path, {name: read(file) for name, file in files.items() if file.is_file()}, in_text=in_text)


def incoming_tables(path: Path, tables: Mapping[str, Rows], *, in_text: bool) -> Incoming:
    """What tables bring.

    Args:
        tables: rows by name of the table.
        in_text: numbers, lists and mappings may be texts, as CSV and spreadsheets have them.

    Raises:
        RequestError: columns are missing, or a cell holds what its column cannot.
    """
    statements, judgements, reports = (
        _typed(path, table, tables.get(table.name, ()), in_text) for table in (STATEMENTS, JUDGEMENTS, REPORTS)
    )
    _require(path, statements, _NEEDED)
    _require(path, judgements, _NEEDED_OF_A_JUDGEMENT)
    return Incoming(
        path.name,
        tuple(IncomingReport(str(row["report"]), _id_of(row)) for row in reports if row.get("report")),
        tuple(_statement(row, f"{path.name}, statement {number}") for number, row in enumerate(statements, 1)),
        tuple(IncomingJudgement(f"{path.name}, judgement {number}", row) for number, row in enumerate(judgements, 1)),
    )


def _statement(row: Mapping[str, Any], where: str) -> IncomingStatement:
    stamp = str(row.get("judgement") or "")
    verdict = row.get("verdict")
    return IncomingStatement(
        where=where,
        report=str(row["report"]),
        quote=str(row["quote"] or ""),
        values={name: row[name] for name in CORRECTABLE if name in row},
        start=row.get("start"),
        end=row.get("end"),
        id=row.get("id"),
        reader=str(row.get("reader") or ""),
        stamp=stamp,
        answer=_ANSWERS.get(str(verdict)) if verdict != stamped_verdict(stamp) else None,
        as_read=row.get("as_read") or {},
        extra={name: row[name] for name in ("confidence", "reasons") if row.get(name) is not None},
    )


def _id_of(report: Mapping[str, Any]) -> str | None:
    identity = report.get("id")
    return identity if isinstance(identity, str) else None


def _require(path: Path, rows: Iterable[Mapping[str, Any]], needed: Sequence[str]) -> None:
    for row in rows:
        missing = [name for name in needed if name not in row]
        if missing:
            raise RequestError(f"no column {', '.join(missing)}", path=path)
        return


def _typed(path: Path, table: Table, rows: Rows, in_text: bool) -> list[dict[str, Any]]:
    kinds = {column.name: column.kind for column in table.columns}
    typed = []
    for number, row in enumerate(rows, 1):
        values = {}
        for name, value in row.items():
            try:
                values[name] = _value(kinds.get(name, "text"), value) if in_text else value
            except ValueError:
                told = f"{table.name} row {number}: {name} cannot be {value!r}"
                raise RequestError(told, path=path) from None
        if str(values.get("verdict") or "confirm") not in list(Verdict):
            told = f"{table.name} row {number}: no verdict {values['verdict']!r}"
            raise RequestError(told, path=path, remedy=f"one of {', '.join(Verdict)}, or empty")
        typed.append(values)
    return typed


def _value(kind: str, value: Any) -> Any:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        return int(value) if kind == "integer" and float(value).is_integer() else value
    if kind == "integer":
        return int(value)
    if kind == "number":
        return float(value)
    if kind == "boolean":
        return {"true": True, "false": False}[value.casefold()] if value.casefold() in ("true", "false") else _no()
    if kind in ("object", "objects"):
        return json.loads(value)
    return value


def _no() -> Any:
    raise ValueError
