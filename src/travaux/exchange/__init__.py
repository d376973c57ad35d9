"""Out to the tools people use: one module a format, all fed by one view of the record."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.first_access import on_first_access

if TYPE_CHECKING:
    from travaux.exchange.columns import Column, Table
    from travaux.exchange.csv_files import export_csv, read_csv, write_csv
    from travaux.exchange.data_package import export_data_package
    from travaux.exchange.json_lines import export_json_lines, write_json_lines
    from travaux.exchange.rows import judgement_row, occurrence_of, occurrences, position_row, report_row, statement_row
    from travaux.exchange.tables import TABLES, ExportView

__all__ = [
    "TABLES",
    "Column",
    "ExportView",
    "Table",
    "export_csv",
    "export_data_package",
    "export_json_lines",
    "judgement_row",
    "occurrence_of",
    "occurrences",
    "position_row",
    "read_csv",
    "report_row",
    "statement_row",
    "write_csv",
    "write_json_lines",
]

# Whoever needs one module of this package does not need all the others.
__getattr__, __dir__ = on_first_access(
    __name__,
    {
        "travaux.exchange.columns": ("Column", "Table"),
        "travaux.exchange.csv_files": ("export_csv", "read_csv", "write_csv"),
        "travaux.exchange.data_package": ("export_data_package",),
        "travaux.exchange.json_lines": ("export_json_lines", "write_json_lines"),
        "travaux.exchange.rows": (
            "judgement_row",
            "occurrence_of",
            "occurrences",
            "position_row",
            "report_row",
            "statement_row",
        ),
        "travaux.exchange.tables": ("TABLES", "ExportView"),
    },
)
