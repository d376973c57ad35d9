"""The formats by name: what each is for, whether it is a file or a folder, how it is written and read back, what it cannot hold.

The modules are imported when a format is used. `travaux export`, `travaux import` and docs/exchange.md are made from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from travaux.errors import RequestError

if TYPE_CHECKING:
    from travaux.exchange.incoming import Incoming
    from travaux.exchange.tables import ExportView


@dataclass(frozen=True, slots=True)
class Format:
    """A format.

    Attributes:
        says: what it is, and for whom.
        writer, reader: functions below `travaux.exchange`; reader is empty where there is no way back.
        file: name of the file that is written where only a folder is given; empty where it is a folder of files.
        extra: the extra of the package that it needs; empty for none.
        loses: what it cannot hold, and so does not bring back, a phrase each.
    """

    says: str
    writer: str
    reader: str = ""
    file: str = ""
    extra: str = ""
    loses: tuple[str, ...] = ()

    def write(self, path: Path, view: ExportView) -> list[Path]:
        """Write the record; returns the paths written.

        Raises:
            RequestError: the place cannot be written to, or a library is not installed.
        """
        written: list[Path] = _function(self.writer)(path, view)
        return written

    def read(self, path: Path) -> Incoming:
        """What a file or folder of this format brings.

        Raises:
            RequestError: it is not of this format, or a library is not installed.
        """
        try:
            brought: Incoming = _function(self.reader)(path)
        except (AttributeError, IndexError, KeyError, TypeError, ValueError, RecursionError) as error:
            # Files come from strangers: a part that is missing or of another kind is their mistake.
            told = f"not built as this format is: {type(error).__name__} {error}".rstrip()
            raise RequestError(told, path=path, remedy="export it again from the tool it is of") from error
        return brought


def _function(place: str) -> Callable[..., Any]:
    module, _, name = place.rpartition(".")
    function: Callable[..., Any] = getattr(import_module(f"travaux.exchange.{module}"), name)
    return function


_TEXTS = "the reports' texts: the record they go into needs the reports"
_REJECTED = "statements that a person rejected, or added and withdrew"
_AGENDA = "the agenda"
_REPORTS_ONLY = "everything but the reports' title, author, publisher, address and date"

FORMATS: dict[str, Format] = {
    "csv": Format(
        "Statements, positions, reports and judgements as CSV.",
        "csv_files.export_csv",
        "tables_in.read_csv_tables",
        loses=(_TEXTS, _AGENDA),
    ),
    "jsonl": Format(
        "The same as JSON lines.",
        "json_lines.export_json_lines",
        "tables_in.read_json_tables",
        loses=(_TEXTS, _AGENDA),
    ),
    "datapackage": Format(
        "Both, and a codebook that machines can read (Frictionless).",
        "data_package.export_data_package",
        "tables_in.read_json_tables",
        loses=(_TEXTS, _AGENDA),
    ),
    "parquet": Format(
        "The same as Parquet, for pandas, Polars, Arrow and R.",
        "parquet_files.export_parquet",
        "tables_in.read_parquet_tables",
        extra="parquet",
        loses=(_TEXTS, _AGENDA),
    ),
    "xlsx": Format(
        "The same as one spreadsheet, with a codebook.",
        "workbook.export_workbook",
        "tables_in.read_workbook_tables",
        file="record.xlsx",
        extra="excel",
        loses=(_TEXTS, _AGENDA, "characters of a cell beyond 32,767"),
    ),
    "datasette": Format(
        "A SQLite file with views and full text, and metadata.yaml for Datasette.",
        "datasette.export_datasette",
    ),
    "dna": Format(
        "A database of the Discourse Network Analyzer 3.",
        "dna.mapping.export_dna",
        "dna.mapping.read_dna_file",
        file="record.dna",
        loses=(
            _REJECTED,
            _AGENDA,
            "characters beyond the basic plane and the kind of line ends, in a record that has not the reports",
            "a report's original bytes where it is a web page",
        ),
    ),
    "dna-networks": Format(
        "What DNA would export from that: event list, matrices, DL, GraphML for visone.",
        "dna.exports.export_dna_networks",
    ),
    "graphml": Format("Networks for Gephi, visone, igraph and R, as GraphML.", "network_files.export_graphml"),
    "gexf": Format("The same as GEXF.", "network_files.export_gexf"),
    "annotations": Format(
        "W3C Web Annotations, as JSON-LD.",
        "annotations.export_annotations",
        "annotations.read_annotations",
        file="annotations.jsonld",
        loses=(_TEXTS, _AGENDA, _REJECTED),
    ),
    "hypothesis": Format(
        "Annotations as Hypothes.is takes them, JSON lines.",
        "annotations.export_hypothesis",
        "annotations.read_hypothesis",
        file="hypothesis.jsonl",
        loses=(_TEXTS, _AGENDA, _REJECTED),
    ),
    "csl": Format(
        "The reports as CSL-JSON, for Zotero and Word.",
        "bibliography.export_csl",
        "bibliography_in.read_csl",
        file="reports.json",
        loses=(_REPORTS_ONLY,),
    ),
    "bibtex": Format(
        "The reports as BibTeX, for LaTeX and Zotero.",
        "bibliography.export_bibtex",
        "bibliography_in.read_bibtex",
        file="reports.bib",
        extra="bibliography",
        loses=(_REPORTS_ONLY, "that a date is an estimate"),
    ),
    "ris": Format(
        "The reports as RIS, for EndNote, Zotero and others.",
        "bibliography.export_ris",
        "bibliography_in.read_ris",
        file="reports.ris",
        extra="bibliography",
        loses=(_REPORTS_ONLY, "that a date is an estimate"),
    ),
    "prodigy": Format(
        "Tasks for Prodigy, with spans as spaCy has them.",
        "prodigy.export_prodigy",
        "prodigy.read_prodigy",
        file="prodigy.jsonl",
        loses=(_TEXTS, _AGENDA, _REJECTED),
    ),
    "label-studio": Format(
        "Tasks and interface for Label Studio.",
        "label_studio.export_label_studio",
        "label_studio.read_label_studio",
        loses=(_AGENDA, _REJECTED, "a report's original bytes where it is a web page"),
    ),
    "prov": Format("Where everything comes from, as PROV-JSON.", "prov_json.export_prov", file="prov.json"),
    "plover": Format("Event rows with PLOVER's event types, as CSV.", "plover.export_plover", file="plover.csv"),
    "obsidian": Format("A vault of Markdown notes; what you write in them stays.", "obsidian.export_obsidian"),
    "atom": Format("A feed of the statements, the last read first.", "atom.export_atom", file="feed.atom"),
}
"""All formats, in the order they are listed."""

INCOMING = tuple(name for name, one in FORMATS.items() if one.reader)
"""The formats with a way back."""
