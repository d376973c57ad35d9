"""Trap: crossing highlights mis-nest, and the text between them is doubled or lost."""

from __future__ import annotations

import lxml.html
from hypothesis import given, settings
from hypothesis import strategies as some

from travaux.analysis import JudgedStatement, positions_at
from travaux.model import Act, Agenda, Issue, Option, Party, Report, ReportState, Stance, Statement
from travaux.record import ReportRow
from travaux.views.matrix import matrix_of
from travaux.views.page import PageView, render_page

AGENDA = Agenda("Talks", (Party("p", "P"),), (Issue("i", "I", (Option("o", "O", issue="i"),)),))
PIECES = some.sampled_from(
    ["Iran rejects the offer. ", "</script>", "</mark>", "<!--", "-->", "]]>", "&amp;", "😀", "👩‍👩‍👧", "e\u0301", "\u00a0", "İ",
     "\u2028", "\u2029", "שלום", "مرحبا", "\u202e", "\u202c", "\u2067", "\n\n", "\r\n", "\r", "\t", "  ", "\ufeff", "\"'>"]
)  # fmt: skip


@some.composite
def reports_with_quotes(draw: some.DrawFn) -> tuple[Report, list[Statement]]:
    text = "".join(draw(some.lists(PIECES, min_size=1, max_size=12)))
    place = some.integers(0, len(text))
    spans = draw(some.sets(some.tuples(place, place).filter(lambda span: span[0] < span[1]), max_size=7))
    report = Report("0a", "r.txt", "0" * 64, "text/plain", "utf-8", text)
    return report, [
        Statement(f"5{at}", "r.txt", "0a", start, end, text[start:end], "p", "o", Stance.FOR, Act.STATE)
        for at, (start, end) in enumerate(sorted(spans))
    ]


def page_of(report: Report, statements: list[Statement]) -> str:
    row = ReportRow(
        "0a", "r.txt", None, None, None, None, None, None, ReportState.READ, "", len(statements), len(report.text)
    )
    matrix = matrix_of(AGENDA, positions_at(statements, {}))
    return render_page(PageView(AGENDA, matrix, [JudgedStatement(one, one) for one in statements], (report,), (row,)))


@settings(deadline=None)
@given(reports_with_quotes())
def test_highlights_never_nest_and_the_text_stays_itself(case: tuple[Report, list[Statement]]) -> None:
    report, statements = case
    document = lxml.html.document_fromstring(page_of(report, statements).encode("utf-8"))
    (text,) = document.xpath("//article//div[@class='text']")
    assert text.text_content() == report.text
    assert document.xpath("//mark//mark") == []
    for one in statements:
        marks = document.xpath(f"//mark[contains(concat(' ', @data-statements, ' '), ' {one.id} ')]")
        assert "".join(mark.text_content() for mark in marks) == one.quote
        assert document.get_element_by_id(f"s-{one.id}").find("blockquote").text_content() == one.quote


def test_the_known_case() -> None:
    report = Report("0a", "r.txt", "0" * 64, "text/plain", "utf-8", "Iran rejects the offer")
    crossing = [
        Statement(name, "r.txt", "0a", start, end, report.text[start:end], "p", "o", Stance.AGAINST, Act.REJECT)
        for name, start, end in (("51", 0, 12), ("52", 5, 22))
    ]
    document = lxml.html.document_fromstring(page_of(report, crossing))
    marks = document.xpath("//mark[@data-statements]")
    assert [(mark.get("data-statements"), mark.text_content()) for mark in marks] == [
        ("51", "Iran "),
        ("51 52", "rejects"),
        ("52", " the offer"),
    ]
