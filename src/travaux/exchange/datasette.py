"""A SQLite file to look at, and what Datasette needs to explain it: tables, views, full text, and ``metadata.yaml``.

The record's own database holds what was read; which statements count after people's judgements, and what positions follow,
is worked out by Travaux. This file holds the outcome, so that every program that opens SQLite sees what Travaux shows.
"""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import yaml

from travaux.exchange.columns import Column, Table
from travaux.exchange.csv_files import LIST_SEPARATOR
from travaux.exchange.data_package import SCHEMA_VERSION
from travaux.exchange.tables import TABLES, ExportView
from travaux.exchange.whole_files import whole_file, whole_place
from travaux.version import __version__

DATABASE = "travaux.db"
_TYPES = {"integer": "INTEGER", "number": "REAL", "boolean": "INTEGER"}

_AGENDA = """
CREATE TABLE parties (id TEXT PRIMARY KEY, name TEXT NOT NULL, kind TEXT NOT NULL);
CREATE TABLE options (id TEXT PRIMARY KEY, says TEXT NOT NULL, issue TEXT NOT NULL, issue_title TEXT NOT NULL);
"""
_VIEWS = """
CREATE VIEW v_statements AS
  SELECT s.id, p.name AS party, s.stance, o.says AS option, s.quote, s.act, s.condition, s.speaker, s.via, s.via_name,
         r.title AS report_title, s.report, s.published, s.published_precision, s.publisher, s.url, s.verdict, s.judgement
  FROM statements s
  JOIN reports r ON r.report = s.report
  LEFT JOIN parties p ON p.id = s.party
  LEFT JOIN options o ON o.id = s.option
  WHERE s.verdict IS NOT 'reject'
  ORDER BY s.published, s.report, s.start;
CREATE VIEW v_positions AS
  SELECT n.id, p.name AS party, o.issue_title AS issue, o.says AS option, n.stances, n.conditional, n.since, n.latest,
         n.reports, n.reason
  FROM positions n
  LEFT JOIN parties p ON p.id = n.party
  LEFT JOIN options o ON o.id = n.option
  ORDER BY o.rowid, p.rowid;
CREATE VIRTUAL TABLE statements_fts USING fts5(quote, content='statements', content_rowid='rowid');
INSERT INTO statements_fts (rowid, quote) SELECT rowid, quote FROM statements;
"""


def export_datasette(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``travaux.db`` and ``metadata.yaml``: ``datasette travaux.db -m metadata.yaml`` opens them.

    Raises:
        RequestError: the folder cannot be written to.
    """
    database, metadata = folder / DATABASE, folder / "metadata.yaml"
    with whole_place(database) as draft, closing(sqlite3.connect(draft)) as connection:
        _fill(connection, view)
    with whole_file(metadata) as file:
        yaml.safe_dump(_metadata(view), file, allow_unicode=True, sort_keys=False, width=110)
    return [database, metadata]


def _fill(connection: sqlite3.Connection, view: ExportView) -> None:
    connection.executescript(_AGENDA)
    if view.agenda:
        parties = [(one.id, one.name, one.kind) for one in view.agenda.parties]
        connection.executemany("INSERT INTO parties VALUES (?, ?, ?)", parties)
        options = [(one.id, one.says, issue.id, issue.title) for issue in view.agenda.issues for one in issue.options]
        connection.executemany("INSERT INTO options VALUES (?, ?, ?, ?)", options)
    for table in sorted(TABLES, key=lambda one: one.name != "reports"):  # what others refer to comes first
        connection.execute(_create(table))
        marks = ", ".join("?" * len(table.columns))
        rows = ([_cell(row[column.name]) for column in table.columns] for row in view.rows(table.name))
        connection.executemany(f'INSERT INTO "{table.name}" VALUES ({marks})', rows)
    connection.executescript(_VIEWS)
    connection.commit()
    connection.execute("VACUUM")


def _create(table: Table) -> str:
    parts = [_column(table, column) for column in table.columns]
    parts += [f'FOREIGN KEY ("{column}") REFERENCES "{other}" ("{named}")' for column, other, named in table.references]
    return f'CREATE TABLE "{table.name}" ({", ".join(parts)})'


_REFERRED = {(other, named) for table in TABLES for _, other, named in table.references}
"""Table and column of what other tables refer to."""


def _column(table: Table, column: Column) -> str:
    kind = _TYPES.get(column.kind, "TEXT")
    unique = " UNIQUE" if (table.name, column.name) in _REFERRED else ""
    key = " PRIMARY KEY" if column.name == "id" else unique
    return f'"{column.name}" {kind}{key}{" NOT NULL" if column.required else ""}'


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, list) and all(isinstance(item, str) for item in value):
        return LIST_SEPARATOR.join(value) or None
    if isinstance(value, list | dict):
        return json.dumps(value, ensure_ascii=False) if value else None
    return value


def _metadata(view: ExportView) -> dict[str, Any]:
    described = {
        table.name: {
            "description": table.says,
            "columns": {column.name: column.says for column in table.columns},
        }
        for table in TABLES
    }
    described["statements"] |= {
        "sort": "published",
        "facets": ["party", "option", "stance", "verdict"],
        "label_column": "quote",
    }
    described["reports"] |= {"sort": "published", "label_column": "report"}
    described["v_statements"] = {"description": "The statements that count, with parties and options by name."}
    described["v_positions"] = {"description": "Who stands where, with parties and options by name."}
    about: dict[str, Any] = {"title": view.title}
    if view.notice:
        about["description"] = view.notice
    about["about"] = f"Travaux {__version__}, schema {SCHEMA_VERSION}"
    about["databases"] = {
        Path(DATABASE).stem: {
            "tables": described,
            "queries": {
                "find_quotes": {
                    "title": "Quotes that hold these words",
                    "sql": "SELECT v.* FROM v_statements v JOIN statements s ON s.id = v.id WHERE s.rowid IN "
                    "(SELECT rowid FROM statements_fts WHERE statements_fts MATCH :words)",
                },
                "disagreements": {
                    "title": "Positions on which the latest reports disagree",
                    "sql": f"SELECT * FROM v_positions WHERE stances LIKE '%{LIST_SEPARATOR}%'",
                },
                "on_hearsay": {
                    "title": "Statements that somebody else vouches for",
                    "sql": "SELECT * FROM v_statements WHERE via IN ('other', 'anonymous')",
                },
            },
        }
    }
    return about
