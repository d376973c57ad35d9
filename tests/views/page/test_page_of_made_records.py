"""Pages of small records made for one thing each."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from travaux.model import (
    Agenda,
    Block,
    BlockKind,
    DateBasis,
    Issue,
    Judgement,
    Option,
    PartialDate,
    Party,
    Reason,
    Report,
    ReportState,
    Stance,
    Statement,
    Verdict,
    Via,
)
from travaux.record import Run
from travaux.views.matrix import matrix_of
from travaux.views.page import PageView, render_fragment, render_page

TEXT = "Northland wants the ferry. The islands do not, a diplomat said. Southmark is open to it if the fee stays low.\n"


@pytest.fixture
def report(received: Callable[..., Report]) -> Report:
    return replace(received(TEXT), language="en", published=PartialDate("2025-03", DateBasis.ANALYST, about=True))


def judgement(of: Statement, verdict: str, corrections: tuple[tuple[str, str], ...] = (), number: int = 1) -> Judgement:
    return Judgement(
        number,
        of.id,
        Verdict(verdict),
        "reviewer-a",
        "2025-08-18T10:00:00Z",
        of.report_id,
        of.start,
        of.end,
        of.quote,
        of.party,
        of.option,
        of.stance,
        corrections,
    )


def words(element) -> str:
    return " ".join(element.text_content().split())


def test_a_record_without_reports(view, parse) -> None:
    told = words(parse(render_page(view([]))).find("body"))
    assert "0 reports" in told
    assert "No positions." in told
    assert "No statements." in told
    assert "No reports." in told


def test_a_report_that_could_not_be_read_says_why(view, parse, report) -> None:
    made = view([report])
    failed = replace(made.rows[0], state=ReportState.FAILED, reason="the text has <no> end")
    document = parse(render_page(replace(made, rows=(failed,))))
    assert "1 could not be read" in words(document.find_class("counts")[0])
    assert "failed: the text has <no> end" in words(document.get_element_by_id("reports"))
    assert "failed: the text has <no> end" in words(document.get_element_by_id(f"r-{report.id[:6]}"))


def test_dates_are_shown_with_what_they_rest_on(view, parse, report) -> None:
    document = parse(render_page(view([replace(report, updated=PartialDate("2025-04-02", DateBasis.PAGE))])))
    told = words(document.get_element_by_id("reports"))
    assert "about 2025-03 (by the analyst)" in told
    assert "updated 2025-04-02 (by its page)" in told
    assert "Reports published 2025-03-01 to 2025-03-31." in words(document.find_class("about")[0])


def test_a_report_without_a_date_says_so(view, parse, report, state) -> None:
    undated = replace(report, published=None)
    document = parse(render_page(view([undated], [state(undated, 0, 25)])))
    assert "1 without a date" in words(document.find_class("counts")[0])
    assert "no date" in words(document.find_class("statement")[0])
    assert "undated reports only" in words(document.get_element_by_id("c-northland.ferry-link"))


def test_on_whose_word_and_on_which_condition(view, parse, report, state) -> None:
    start = TEXT.index("The islands")
    hearsay = state(
        report, start, start + 35, party="islands", stance=Stance.AGAINST, via=Via.ANONYMOUS, via_name="a diplomat",
        speaker="The premier", condition="if the fee stays low", confidence=0.71, reasons=(Reason("stance", "do not"),),
    )  # fmt: skip
    document = parse(render_page(view([report], [hearsay])))
    told = words(document.get_element_by_id(f"s-{hearsay.id[:6]}"))
    assert "− against · state · The premier, by an unnamed source: a diplomat" in told
    assert "on the condition: if the fee stays low" in told
    why = json.loads(document.get_element_by_id("why").text)
    numbers = why["by_id"][hearsay.id[:6]]
    assert [why["says"][number] for number in numbers] == ["stance: do not", "the reader is 71% sure of its reading"]
    cell = words(document.get_element_by_id("c-islands.ferry-link"))
    assert cell == "− against state · 1 source *, on a condition ~, on hearsay only"


def test_reports_that_disagree_are_said_to_in_word_and_sign(view, parse, report, state) -> None:
    statements = [state(report, 0, 25), state(report, 0, 26, stance=Stance.AGAINST)]
    document = parse(render_page(view([report], statements)))
    assert words(document.get_element_by_id("c-northland.ferry-link")).startswith("± disagree")


def test_a_position_given_up_stays_readable(view, parse, report, state) -> None:
    document = parse(render_page(view([report], [state(report, 0, 25, former=True)])))
    assert "held formerly" in words(document.get_element_by_id("c-northland.ferry-link"))
    figure = document.find_class("statement")[0]
    assert words(figure.find("figcaption")).startswith("former + for")


def test_judgements_are_shown_with_their_signature_and_counted(view, parse, report, state) -> None:
    one, other = state(report, 0, 25), state(report, 0, 26, party="southmark")
    judged = [judgement(one, "correct", (("stance", "against"),)), judgement(other, "confirm", number=2)]
    document = parse(render_page(view([report], [one, other], judgements=judged)))
    told = words(document.get_element_by_id(f"s-{one.id[:6]}"))
    assert "− against" in told
    assert "corrected by reviewer-a on 2025-08-18 (stance for → against)" in told
    assert "confirmed by reviewer-a" in words(document.get_element_by_id(f"s-{other.id[:6]}"))
    assert "2 judged by a person" in words(document.find_class("counts")[0])


def test_statements_off_the_agenda_are_counted_and_leave_no_dead_link(view, parse, report, state) -> None:
    kept, gone = state(report, 0, 25), state(report, 0, 26, option="dropped")
    page = render_page(view([report], [kept, gone]))
    assert gone.id not in page
    told = words(parse(page).find("body"))
    assert "1 statements" not in told
    assert "1 statement on parties or options no longer on the agenda is not shown." in told


def test_statements_later_than_the_day_asked_for_are_listed_without_a_position(view, parse, report, state) -> None:
    made = view([report], [state(report, 0, 25)])
    early = replace(made, matrix=matrix_of(made.agenda, [], as_of=date(2025, 1, 1)))
    document = parse(render_page(early))
    assert "as of 2025-01-01" in words(document.get_element_by_id("matrix"))
    ids = set(document.xpath("//@id"))
    assert [link for link in document.xpath("//a/@href") if link[0] == "#" and link[1:] not in ids] == []
    assert len(document.find_class("statement")) == 1


def test_quotes_that_begin_together_each_have_a_place(view, parse, report, state) -> None:
    statements = [
        state(report, 0, end, party=party) for end, party in ((9, "northland"), (25, "islands"), (25, "southmark"))
    ]
    document = parse(render_page(view([report], statements)))
    marks = document.xpath("//mark[@data-statements]")
    assert [mark.text_content() for mark in marks] == [TEXT[:9], TEXT[9:25]]
    places = [document.get_element_by_id(f"at-{one.id[:6]}") for one in statements]
    assert {place if place.tag == "mark" else place.getparent() for place in places} == {marks[0]}
    assert [link.get("data-mark") for link in document.find_class("ref")] == ["1", "2", "3"]


def test_what_is_left_out_is_grey_with_its_reason(view, parse, report) -> None:
    blocks = (Block(0, 26, BlockKind.CHROME, "the page's own: a menu"), Block(27, len(TEXT) - 1, BlockKind.PARAGRAPH))
    document = parse(render_page(view([replace(report, blocks=blocks)])))
    (aside,) = document.xpath("//article//span[contains(@class, 'aside')]")
    assert aside.get("data-says") == "the page's own: a menu"
    assert aside.text_content() == TEXT[:26]
    assert "1 stretch left out" in words(document.get_element_by_id(f"r-{report.id[:6]}"))


def test_the_order_is_what_carries_the_position_then_the_latest_first(view, parse, received, state) -> None:
    reports = [
        replace(received(TEXT, name), published=PartialDate(day, DateBasis.PAGE))
        for name, day in (("a.txt", "2025-01-05"), ("b.txt", "2025-03-01"), ("c.txt", "2025-02-01"))
    ]
    statements = [state(one, 0, 25, stance=Stance.FOR if one.name == "b.txt" else Stance.AGAINST) for one in reports]
    document = parse(render_page(view(reports, statements)))
    quoted = [figure.get("id") for figure in document.find_class("statement")]
    assert quoted == [f"s-{statements[at].id[:6]}" for at in (1, 2, 0)]
    assert [words(figure.find("figcaption")).split()[0] for figure in document.find_class("statement")] == [
        "+",
        "earlier",
        "earlier",
    ]


def test_addresses_are_linked_only_where_they_are_of_the_web(view, parse, report) -> None:
    pages = [
        render_page(view([replace(report, url=url)])) for url in ("https://example.org/a?b=1&c", "javascript:alert(1)")
    ]
    assert parse(pages[0]).xpath("//a[@href='https://example.org/a?b=1&c']")
    assert "javascript:" not in pages[1]


def test_the_page_names_what_made_it(view, parse, report) -> None:
    run = Run("local", '{"version":"1"}', "d" * 64, "0.1.0")
    document = parse(render_page(replace(view([report]), runs=(run,))))
    assert f"reader local, version 0.1.0, run {run.id}" in words(document.find("body/footer"))


def test_the_fragment_for_notebooks_has_no_ids_and_no_scripts(view, report, state, parse) -> None:
    agenda = Agenda(
        "Talks <b>",
        (Party("northland", "North & land"),),
        (Issue("ferry", "Ferry", (Option("ferry-link", "A ferry <runs>", issue="ferry"),)),),
        notice="Exercise <only>",
    )
    made: PageView = view([report], [state(report, 0, 25)], agenda)
    fragment = render_fragment(made.matrix)
    element = parse(f"<body>{fragment}</body>")
    assert element.xpath("//@id | //script | //@style") == []
    told = words(element)
    assert "Exercise <only>" in told
    assert "A ferry <runs>" in told
    assert "+ 1" in told
