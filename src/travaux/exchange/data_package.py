"""A folder that explains itself: CSV, JSON lines, and ``datapackage.json``, the codebook machines can read.

The descriptor follows the Data Package standard of the Frictionless project (https://specs.frictionlessdata.io/).
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from travaux.exchange.columns import Column, Table
from travaux.exchange.csv_files import LIST_SEPARATOR, export_csv
from travaux.exchange.json_lines import export_json_lines
from travaux.exchange.tables import TABLES, ExportView
from travaux.exchange.whole_files import whole_file

SCHEMA_VERSION = 1
"""Counts up when a column is renamed or removed, or changes its meaning."""

_TYPES = {"integer": "integer", "number": "number", "boolean": "boolean", "time": "datetime"}


def export_data_package(folder: Path, view: ExportView) -> list[Path]:
    """Writes all tables as CSV and as JSON lines, and the codebook last; returns the paths.

    Raises:
        RequestError: the folder cannot be written to; a file is written whole or not at all.
    """
    csv_paths, json_paths = export_csv(folder, view), export_json_lines(folder, view)
    path = folder / "datapackage.json"
    with whole_file(path) as file:
        descriptor = _descriptor(view, csv_paths, json_paths)
        file.write(json.dumps(descriptor, ensure_ascii=False, indent=2, allow_nan=False) + "\n")
    return [*csv_paths, *json_paths, path]


def _descriptor(view: ExportView, csv_paths: Sequence[Path], json_paths: Sequence[Path]) -> dict[str, Any]:
    counted = f"{len(view.statements)} statements from {len(view.reports)} reports."
    return {
        "name": _package_name(view.title),
        "title": view.title,
        "description": f"{view.notice} {counted}".strip(),
        "profile": "data-package",
        "schema_version": SCHEMA_VERSION,
        "notice": view.notice or None,
        "readings": [
            {
                "reader": run.reader,
                "version": run.version,
                "fingerprint": json.loads(run.fingerprint),
                "agenda_digest": run.agenda_digest,
            }
            for run in sorted(view.runs, key=lambda run: (run.reader, run.version, run.fingerprint, run.agenda_digest))
        ],
        "resources": [
            *(_csv_resource(table, path) for table, path in zip(TABLES, csv_paths, strict=True)),
            *(_json_resource(table, path) for table, path in zip(TABLES, json_paths, strict=True)),
        ],
    }


def _package_name(title: str) -> str:
    """A name as the standard asks for it: lower case, digits, full stops, hyphens and underscores."""
    return re.sub(r"[^a-z0-9._-]+", "-", title.lower()).strip("-.")[:80].strip("-.") or "record"


def _csv_resource(table: Table, path: Path) -> dict[str, Any]:
    note = "A cell that a spreadsheet would run as a formula has an apostrophe in front that is no part of the text."
    return {
        "name": table.name,
        "profile": "tabular-data-resource",
        **_about_file(table, path, "csv", "text/csv"),
        "description": f"{table.says} {note}",
        "dialect": {"delimiter": ",", "lineTerminator": "\n", "quoteChar": '"', "doubleQuote": True, "header": True},
        "schema": _schema(table, in_csv=True),
    }


def _json_resource(table: Table, path: Path) -> dict[str, Any]:
    return {
        "name": f"{table.name}-lines",
        "profile": "data-resource",
        **_about_file(table, path, "jsonl", "application/jsonl"),
        "description": table.says,
        "schema": _schema(table, in_csv=False),
    }


def _about_file(table: Table, path: Path, form: str, media_type: str) -> dict[str, Any]:
    content = path.read_bytes()
    return {
        "path": path.name,
        "title": table.name.capitalize(),
        "format": form,
        "mediatype": media_type,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
    }


def _schema(table: Table, *, in_csv: bool) -> dict[str, Any]:
    schema: dict[str, Any] = {
        "fields": [_field(column, in_csv) for column in table.columns],
        "missingValues": [""],
        "primaryKey": "id",
    }
    if table.references and in_csv:
        schema["foreignKeys"] = [
            {"fields": column, "reference": {"resource": other, "fields": named}}
            for column, other, named in table.references
        ]
    return schema


def _field(column: Column, in_csv: bool) -> dict[str, Any]:
    constraints: dict[str, Any] = {"required": True} if column.required else {}
    kind, says = _TYPES.get(column.kind, "string"), column.says
    if column.kind == "date":
        constraints["pattern"] = r"\d{4}(-\d{2}(-\d{2})?)?"
    elif column.kind == "objects":
        kind = "array"
    elif column.kind == "object":
        kind = "object"
    elif column.kind == "texts":
        kind = "string" if in_csv else "array"
        known = f" Each one of: {', '.join(column.values)}." if column.values else ""
        says += known + (f" Joined by {LIST_SEPARATOR!r}." if in_csv else "")
    elif column.values:
        constraints["enum"] = list(column.values)
    field: dict[str, Any] = {"name": column.name, "type": kind, "description": says}
    return field | ({"constraints": constraints} if constraints else {})
