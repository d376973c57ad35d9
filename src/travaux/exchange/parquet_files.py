"""Parquet: one file a table, for pandas, Polars, Arrow, DuckDB and R.

Words of the codebook are dictionary-encoded, lists are lists, times are times in UTC. A date keeps its text (``2025-08``), and
beside it stands ``NAME_day``, a real date where it is known to the day and empty otherwise. Mappings are JSON.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

from travaux.errors import RequestError
from travaux.exchange.columns import Column, Table
from travaux.exchange.data_package import SCHEMA_VERSION
from travaux.exchange.extras import library
from travaux.exchange.rows import Row
from travaux.exchange.tables import TABLES, ExportView
from travaux.exchange.whole_files import whole_place
from travaux.version import __version__


def export_parquet(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``statements.parquet``, ``positions.parquet``, ``reports.parquet`` and ``judgements.parquet``.

    Raises:
        RequestError: pyarrow is not installed, or the folder cannot be written to.
    """
    paths = []
    for table in TABLES:
        path = folder / f"{table.name}.parquet"
        arrow = arrow_table(table, view)
        with whole_place(path) as draft:
            library("pyarrow.parquet", "parquet").write_table(arrow, draft, compression="zstd")
        paths.append(path)
    return paths


def arrow_table(table: Table, view: ExportView) -> Any:
    """A table of the record as a ``pyarrow.Table``; its schema's metadata say what it is of."""
    return arrow_of_rows(table, list(view.rows(table.name)), {"title": view.title, "notice": view.notice})


def arrow_of_rows(table: Table, rows: Sequence[Row], told: Mapping[str, str]) -> Any:
    """Rows as a ``pyarrow.Table``.

    Args:
        told: metadata of its schema, besides the table's name and the versions.
    """
    arrow = library("pyarrow", "parquet")
    fields, arrays = [], []
    for column in table.columns:
        values = [_value(column, row[column.name]) for row in rows]
        kind = _type(arrow, column)
        says = {"says": column.says}
        fields.append(arrow.field(column.name, kind, nullable=not column.required, metadata=says))
        arrays.append(arrow.array(values, type=kind))
        if column.kind == "date":
            says = {"says": f"`{column.name}` as a date, where it is known to the day."}
            fields.append(arrow.field(f"{column.name}_day", arrow.date32(), metadata=says))
            arrays.append(arrow.array([_day(value) for value in values], type=arrow.date32()))
    metadata = {**told, "table": table.name, "schema_version": str(SCHEMA_VERSION), "travaux": __version__}
    return arrow.Table.from_arrays(arrays, schema=arrow.schema(fields, metadata=metadata))


def _type(arrow: Any, column: Column) -> Any:
    if column.parts:
        kinds = {"text": arrow.string(), "integer": arrow.int64(), "number": arrow.float64()}
        return arrow.list_(arrow.struct([(name, kinds[kind]) for name, kind in column.parts]))
    if column.kind == "text" and column.values:
        return arrow.dictionary(arrow.int32(), arrow.string())
    return {
        "integer": arrow.int64(),
        "number": arrow.float64(),
        "boolean": arrow.bool_(),
        "bytes": arrow.binary(),
        "time": arrow.timestamp("us", tz="UTC"),
        "texts": arrow.list_(arrow.string()),
    }.get(column.kind, arrow.string())


def _value(column: Column, value: Any) -> Any:
    if column.kind in ("object", "objects") and not column.parts:
        return json.dumps(value, ensure_ascii=False) if value else None
    if column.kind == "time" and value is not None:
        return datetime.fromisoformat(value)
    return value


def _day(value: str | None) -> date | None:
    return date.fromisoformat(value) if value is not None and len(value) == 10 else None


def read_parquet(path: Path) -> Sequence[dict[str, Any]]:
    """The rows of a file that `export_parquet` wrote, with values as in JSON lines.

    Raises:
        RequestError: pyarrow is not installed, or the file is no Parquet.
    """
    arrow, parquet = library("pyarrow", "parquet"), library("pyarrow.parquet", "parquet")
    try:
        rows: list[dict[str, Any]] = parquet.read_table(path).to_pylist()
    except (arrow.ArrowException, OSError) as error:
        first = str(error).splitlines()[0]
        raise RequestError(f"not a Parquet file: {first}", path=path) from None
    for row in rows:
        for name in ("corrections", "as_read"):
            if isinstance(row.get(name), str):
                row[name] = json.loads(row[name])
        if isinstance(row.get("at"), datetime):
            row["at"] = row["at"].isoformat(timespec="seconds")
    return rows
