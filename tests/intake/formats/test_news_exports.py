"""Text exported from news archives is split into reports; the words are made up, the forms are the archives'."""

from __future__ import annotations

import io
from pathlib import Path

import docx
import pytest
from hypothesis import example, given
from hypothesis import strategies as some

from travaux.intake import Received, find_files, receive_each
from travaux.intake.formats.news_exports import export_articles
from travaux.model import BlockKind, DateBasis, PartialDate, Report

LEXIS = """\


                               1 of 2 DOCUMENTS


                                  Lake Herald

                            August 18, 2025 Monday
                                 Final Edition

Northland would accept the ferry link

BYLINE: Ann Example

SECTION: WORLD; Pg. A4

LENGTH: 312 words

DATELINE: HARBOURTON

Northland said on Sunday that it would accept the ferry link.

Southland rejected the bridge. The talks go on in the autumn.

LOAD-DATE: August 19, 2025

LANGUAGE: ENGLISH

PUBLICATION-TYPE: Newspaper

                       Copyright 2025 Lake Herald Company
                              All Rights Reserved


                               2 of 2 DOCUMENTS


                               The Southland Post

                           August 20, 2025 Wednesday

SECTION: NEWS

LENGTH: 120 words

HEADLINE: Bridge rejected

The minister rejected the bridge once more.

LOAD-DATE: August 20, 2025
"""
NEXIS = """\
Northland would accept the ferry link
Lake Herald
August 18, 2025 Monday

Copyright 2025 Lake Herald Company All Rights Reserved
Section: WORLD; Pg. A4
Length: 312 words
Byline: Ann Example

Body

Northland said on Sunday that it would accept the ferry link.

Southland rejected the bridge. The talks go on in the autumn.

Classification
Language: ENGLISH
Publication-Type: Newspaper
Load-Date: August 19, 2025

End of Document

Bridge rejected
The Southland Post
August 20, 2025 Wednesday

Copyright 2025 The Southland Post
Length: 120 words

Body

The minister rejected the bridge once more.

Load-Date: August 20, 2025

End of Document
"""
FACTIVA_CODED = """\
HD  Northland would accept
    the ferry link
BY  Ann Example
WC  312 words
PD  18 August 2025
SN  Lake Herald
SC  LAKEH
LA  English
CY  Copyright 2025, Lake Herald

LP
Northland said on Sunday that it would accept the ferry link.

TD
Southland rejected the bridge. The talks go on in the autumn.

CO  example : Example Corp
AN  Document LAKEH00020250818el8i0001h

HD  Bridge rejected
WC  120 words
PD  20 August 2025
SN  The Southland Post
LA  English
LP  The minister rejected the bridge once more.
AN  Document SOPOST0020250820el8k00002
"""
FACTIVA = """\
Northland would accept the ferry link
By Ann Example
312 words
18 August 2025
10:12
Lake Herald
LAKEH
English
Copyright 2025, Lake Herald

Northland said on Sunday that it would accept the ferry link.

Southland rejected the bridge. The talks go on in the autumn.

Document LAKEH00020250818el8i0001h

Bridge rejected
120 words
20 August 2025
The Southland Post
SOPOST
English
(c) 2025 The Southland Post

The minister rejected the bridge once more.

Document SOPOST0020250820el8k00002
"""
FORMS = {"lexis": LEXIS, "nexis": NEXIS, "factiva-coded": FACTIVA_CODED, "factiva": FACTIVA}


def reports_of(path: Path) -> list[Report]:
    return [one.report for found in find_files([path]) for one in receive_each(found) if isinstance(one, Received)]


def words(report: Report, *kinds: BlockKind) -> str:
    return "\n".join(report.text[block.start : block.end] for block in report.blocks if block.kind in kinds)


@pytest.mark.parametrize("form", FORMS)
def test_an_export_is_split_and_dated(tmp_path: Path, form: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(FORMS[form], encoding="utf-8")
    first, second = reports_of(path)
    assert [first.name, second.name] == ["export.txt/001", "export.txt/002"]
    assert first.title == "Northland would accept the ferry link"
    assert second.title == "Bridge rejected"
    assert (first.publisher, second.publisher) == ("Lake Herald", "The Southland Post")
    assert first.author == "Ann Example"
    assert first.published == PartialDate("2025-08-18", DateBasis.TEXT)
    assert second.published == PartialDate("2025-08-20", DateBasis.TEXT)
    assert first.language == "en"


@pytest.mark.parametrize("form", FORMS)
def test_only_the_articles_own_words_are_evidence(tmp_path: Path, form: str) -> None:
    path = tmp_path / "export.txt"
    path.write_text(FORMS[form], encoding="utf-8")
    first, second = reports_of(path)
    assert words(first, BlockKind.PARAGRAPH).split("\n") == [
        "Northland said on Sunday that it would accept the ferry link.",
        "Southland rejected the bridge. The talks go on in the autumn.",
    ]
    assert words(second, BlockKind.PARAGRAPH) == "The minister rejected the bridge once more."
    assert "Copyright" not in words(first, BlockKind.PARAGRAPH, BlockKind.TITLE, BlockKind.HEADING)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("encoding", ["utf-8", "cp1252", "utf-16"])
def test_nothing_is_dropped(tmp_path: Path, form: str, encoding: str) -> None:
    text = FORMS[form].replace("minister", "ministre désigné").replace("\n", "\r\n")
    path = tmp_path / "export.txt"
    path.write_bytes(text.encode(encoding))
    reports = reports_of(path)
    assert len(reports) == 2
    assert "".join("".join(report.text.split()) for report in reports) == "".join(text.split())
    for report in reports:
        covered = "".join(report.text[block.start : block.end] for block in report.blocks)
        assert "".join(covered.split()) == "".join(report.text.split()), "every word is in some block"


def test_an_export_as_a_word_file_is_split_too(tmp_path: Path) -> None:
    document = docx.Document()
    for line in NEXIS.splitlines():
        document.add_paragraph(line)
    out = io.BytesIO()
    document.save(out)
    (tmp_path / "export.docx").write_bytes(out.getvalue())
    assert [report.title for report in reports_of(tmp_path)] == [
        "Northland would accept the ferry link",
        "Bridge rejected",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Talks on the ferry link\n\nThe annex lists 3 of 25 documents. End of Document is what it says.\n",
        "Document signed in Harbourton\n\nThe HD television deal was signed. Document A1 was not.\n",
        "End of Document\n",
        "",
    ],
)
def test_an_ordinary_report_is_left_whole(text: str) -> None:
    assert export_articles(text) == []


@given(
    some.sampled_from(sorted(FORMS)),
    some.lists(
        some.tuples(
            some.integers(0, 2_000),
            some.sampled_from(["\n", "x", " ", "LOAD-DATE:", "\nBody\n", "\nHD \n", "\ud7ff", "\r"]),
        ),
        max_size=8,
    ),
)
@example("factiva-coded", [(0, "\nBody\n"), (0, "LOAD-DATE:"), (0, "\nBody\n"), (387, "x")])
def test_a_garbled_export_loses_no_word(form: str, changes: list[tuple[int, str]]) -> None:
    text = FORMS[form]
    for place, piece in changes:
        text = text[:place] + piece + text[place:]
    articles = export_articles(text)
    joined = "".join("".join(one.page.text.split()) for one in articles)
    assert not articles or joined in "".join(text.split())
    for one in articles:
        last = 0
        for block in one.blocks or ():
            assert last <= block.start < block.end <= len(one.page.text)
            last = block.end
