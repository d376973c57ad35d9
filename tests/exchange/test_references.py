"""References: rendered by a citation processor, parsed by the libraries of reference managers, and put right there."""

from __future__ import annotations

import json
import warnings
from pathlib import Path

import bibtexparser
import pytest
import rispy

import travaux
from travaux.exchange.bibliography_in import read_bibtex


def test_citeproc_renders_the_csl(record: travaux.Record, tmp_path: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the processor warns of fields it does not know, and of its own imports
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON

        (path,) = record.export("csl", tmp_path / "r.json")
        items = json.loads(path.read_text(encoding="utf-8"))
        style = CitationStylesStyle("harvard-cite-them-right", validate=False)
        bibliography = CitationStylesBibliography(style, CiteProcJSON(items), formatter.plain)
        for item in items:
            bibliography.register(Citation([CitationItem(item["id"])]))
        shown = [str(one) for one in bibliography.bibliography()]
    assert len(shown) == 3
    assert any("Ferry 🚢 talks: {who} pays_what?" in one and "2025" in one and "The Quay, Ltd" in one for one in shown)
    by_report = {item["note"].split()[1]: item for item in items}
    known = {row.name: by_report[row.id] for row in record.reports()}
    assert known["a.txt"]["issued"] == {"date-parts": [[2025, 8, 18]]}
    assert known["b.html"]["issued"] == {"date-parts": [[2025, 9]]}
    assert "issued" not in known["c.txt"]
    assert [known[name]["type"] for name in ("a.txt", "b.html", "c.txt")] == [
        "article-newspaper",
        "article-newspaper",
        "document",
    ]
    assert "accessed" not in known["a.txt"]  # nobody knows when a page was looked at


def test_keys_are_the_same_in_all_three(record: travaux.Record, tmp_path: Path) -> None:
    csl = json.loads(record.export("csl", tmp_path / "r.json")[0].read_text(encoding="utf-8"))
    bibtex = bibtexparser.parse_string(record.export("bibtex", tmp_path / "r.bib")[0].read_text(encoding="utf-8"))
    ris = rispy.loads(record.export("ris", tmp_path / "r.ris")[0].read_text(encoding="utf-8"))
    keys = [item["id"] for item in csl]
    assert keys == [entry.key for entry in bibtex.entries] == [item["id"] for item in ris]
    assert all(key.isascii() for key in keys)
    assert bibtex.failed_blocks == []
    assert [entry.entry_type for entry in bibtex.entries] == ["article", "article", "misc"]
    assert [item["type_of_reference"] for item in ris] == ["NEWS", "NEWS", "GEN"]
    assert ris[0]["urls"] == ["https://quay.example/a?x=1&y=2"]


@pytest.mark.parametrize("form", ["csl", "bibtex", "ris"])
def test_what_is_put_right_there_describes_the_report_anew(form: str, record: travaux.Record, tmp_path: Path) -> None:
    (path,) = record.export(form, tmp_path / "references")
    text = path.read_text(encoding="utf-8")
    assert "Bo Writer" in text
    changed = text.replace("Bo Writer", "Bo Writer-Smith").replace("The Quay, Ltd", "The Quay")
    path.write_text(changed, encoding="utf-8", newline="")
    before = {report.name: report for report in record.store.reports()}
    outcome = record.import_from(form, path)
    assert (outcome.described, outcome.unplaced) == (("a.txt",), ())
    after = {report.name: report for report in record.store.reports()}
    assert (after["a.txt"].author, after["a.txt"].publisher) == ("Bo Writer-Smith", "The Quay")
    assert after["a.txt"].title == before["a.txt"].title
    assert after["a.txt"].published == before["a.txt"].published
    assert after["a.txt"].text == before["a.txt"].text
    assert after["b.html"] == before["b.html"]
    assert record.import_from(form, path).described == ()


def test_a_reference_without_our_id_is_known_by_its_address(record: travaux.Record, tmp_path: Path) -> None:
    path = tmp_path / "zotero.json"
    items = [
        {"id": "http://zotero.org/users/1/items/X", "type": "webpage", "title": "New title", "URL": "https://ofek.example/b",
         "author": [{"family": "Cohen", "given": "Dana"}], "issued": {"date-parts": [["2025", 9, 3]]}},
        {"id": "other", "type": "book", "title": "A book"},
    ]  # fmt: skip
    path.write_text(json.dumps(items))
    outcome = record.import_from("csl", path)
    assert outcome.described == ("b.html",)
    assert [one.says for one in outcome.unplaced] == ["no report of this record has this id or address"]
    report = record.store.report("b.html")
    assert (report.title, report.author, report.published.value) == ("New title", "Dana Cohen", "2025-09-03")


def test_latex_of_somebody_else(tmp_path: Path) -> None:
    path = tmp_path / "x.bib"
    path.write_text(
        '@article{k, title = {{\\"U}ber {NATO} \\& \\textit{peace}}, author = "M{\\"u}ller, Jan", date = {2025-08-18T10:00}}'
    )
    (one,) = read_bibtex(path).reports
    assert (one.title, one.author, one.published.value) == ("Über NATO & peace", "Müller, Jan", "2025-08-18")
