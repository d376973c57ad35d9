"""The reports as a bibliography: CSL-JSON, BibTeX and RIS, for Zotero, Word and LaTeX.

A report is cited under the same key in all three, made of publisher, year and the report's id. A date is given as exactly as
it is known; when a page was looked at is not known and not given.
"""

from __future__ import annotations

import json
import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from travaux.exchange.tables import ExportView
from travaux.exchange.whole_files import whole_file
from travaux.model import Report

MARK = "travaux-report:"
"""Before a report's id in a note, by which a reference that comes back is known."""
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "$": r"\$",
    "&": r"\&",
    "#": r"\#",
    "_": r"\_",
    "%": r"\%",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
}


def citation_key(report: Report) -> str:
    """``quay-2025-0f3a…``: stable, and of characters that every program takes."""
    plain = unicodedata.normalize("NFKD", report.publisher or "report").encode("ascii", "ignore").decode()
    publisher = re.sub(r"[^a-z0-9]+", "-", plain.casefold()).strip("-")[:24].strip("-") or "report"
    year = report.published.value[:4] if report.published else "nd"
    return f"{publisher}-{year}-{report.id}"


def export_csl(path: Path, view: ExportView) -> list[Path]:
    """Writes CSL-JSON (https://docs.citationstyles.org).

    Raises:
        RequestError: the place cannot be written to.
    """
    with whole_file(path) as file:
        file.write(json.dumps([_csl(report) for report in _ordered(view)], ensure_ascii=False, indent=1) + "\n")
    return [path]


def _ordered(view: ExportView) -> list[Report]:
    return sorted(view.texts, key=lambda one: (one.name, one.id))


def _csl(report: Report) -> dict[str, Any]:
    kind = "article-newspaper" if report.publisher else "webpage" if report.url else "document"
    item: dict[str, Any] = {"id": citation_key(report), "type": kind, "title": one_line(report.title or report.name)}
    if report.author:
        item["author"] = [{"literal": one_line(report.author)}]
    if report.publisher:
        item["container-title"] = one_line(report.publisher)
    if report.published:
        item["issued"] = {"date-parts": [[int(part) for part in report.published.value.split("-")]]}
        if report.published.about:
            item["issued"]["circa"] = True
    if report.url:
        item["URL"] = report.url
    if report.language:
        item["language"] = report.language
    item["note"] = f"{MARK} {report.id}"
    return item


def one_line(text: str) -> str:
    """A text with every run of white space as one space; a title's own no-break spaces stay."""
    return re.sub(r"[ \t\r\n\f\v\u2028\u2029\x85]+", " ", text).strip()


def export_bibtex(path: Path, view: ExportView) -> list[Path]:
    """Writes BibTeX in UTF-8: ``@article`` where a publisher is known, else ``@online``, else ``@misc``.

    Raises:
        RequestError: the place cannot be written to.
    """
    with whole_file(path) as file:
        file.write("\n".join(_bibtex(report) for report in _ordered(view)))
    return [path]


def _bibtex(report: Report) -> str:
    kind = "article" if report.publisher else "online" if report.url else "misc"
    fields = [("title", "{" + _latex(report.title or report.name) + "}")]  # braces twice: capitals stay as they are
    if report.author:
        fields.append(("author", "{" + _latex(report.author) + "}"))
    if report.publisher:
        fields.append(("journal", _latex(report.publisher)))
    if report.published:
        fields += [("date", report.published.value), ("year", report.published.value[:4])]
    if report.url:
        fields.append(("url", report.url.translate({ord("{"): "%7B", ord("}"): "%7D", ord("\\"): "%5C"})))
    if report.language:
        fields.append(("langid", report.language))
    fields.append(("travauxid", report.id))
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields)
    return f"@{kind}{{{citation_key(report)},\n{lines}}}\n"


def _latex(text: str) -> str:
    return "".join(LATEX.get(character, character) for character in one_line(text))


def export_ris(path: Path, view: ExportView) -> list[Path]:
    """Writes RIS: ``NEWS`` where a publisher is known, else ``ELEC`` or ``GEN``.

    Raises:
        RequestError: the place cannot be written to.
    """
    with whole_file(path) as file:
        for report in _ordered(view):
            file.writelines(f"{tag}  - {value}\r\n" for tag, value in _ris(report))
            file.write("ER  - \r\n\r\n")
    return [path]


def _ris(report: Report) -> Iterator[tuple[str, str]]:
    yield "TY", "NEWS" if report.publisher else "ELEC" if report.url else "GEN"
    yield "ID", citation_key(report)
    yield "TI", one_line(report.title or report.name)
    if report.author:
        yield "AU", one_line(report.author)
    if report.publisher:
        yield "T2", one_line(report.publisher)
    if report.published:
        parts = [*report.published.value.split("-"), "", ""][:3]
        yield "PY", parts[0]
        yield "DA", "/".join(parts) + "/"
    if report.url:
        yield "UR", one_line(report.url)
    if report.language:
        yield "LA", report.language
    yield "N1", f"{MARK} {report.id}"
