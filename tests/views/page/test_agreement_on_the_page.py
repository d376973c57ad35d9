"""Term sheet and packages on the page: everything in brackets has words behind it, one click away."""

from __future__ import annotations

from dataclasses import replace

import lxml.html
import pytest

from travaux.agenda import parse_agenda
from travaux.analysis.agreement import Sheet, deal_space, kind_of, signatories, stands_of, term_sheet
from travaux.analysis.positions import positions_at
from travaux.model import Act, Stance
from travaux.views.agreement import AgreementView
from travaux.views.page import PageView, render_page


@pytest.fixture(scope="module")
def document(example: tuple[PageView, str], parse) -> lxml.html.HtmlElement:
    return parse(example[1])


def words(element: lxml.html.HtmlElement) -> str:
    return " ".join(element.text_content().split())


def test_the_sections_stand_where_the_navigation_leads(document: lxml.html.HtmlElement) -> None:
    assert [link.get("href") for link in document.xpath("//nav/a")] == [
        f"#{section.get('id')}" for section in document.xpath("//main/section")
    ]
    assert words(document.get_element_by_id("terms-title")) == "The agreement on the table"


def test_each_wording_stands_in_a_row_with_links_to_its_quotes(
    example: tuple[PageView, str], document: lxml.html.HtmlElement
) -> None:
    sheet = example[0].agreement.sheet
    rows = document.xpath("//table[@class='terms']/tbody/tr[not(@class='issue')]")
    live = [one for term in sheet.terms for one in term.wordings if one.value is not None]
    assert len(rows) == len(live) > 5
    for row, wording in zip(rows, live, strict=True):
        told = words(row)
        assert (f"[{wording.value}]" if wording.in_brackets else wording.value) in told
        links = {link.get("href") for link in row.xpath(".//a")}
        assert {f"#s-{stand.statement.id[:6]}" for stand in wording.stands if stand.statement} <= links


def test_gaps_are_asked_with_the_reason(example: tuple[PageView, str], document: lxml.html.HtmlElement) -> None:
    asked = [words(one) for one in document.xpath("//dl[@class='gaps']/dt")]
    reasons = [words(one) for one in document.xpath("//dl[@class='gaps']/dd")]
    gaps = example[0].agreement.sheet.gaps
    assert len(asked) == len(reasons) == len({(one.status, one.reason) for _, one in gaps})
    for term, wording in gaps:
        (place,) = [place for place, reason in enumerate(reasons) if reason.endswith(wording.reason)]
        assert term.provision.asks in asked[place]


def test_references_stand_beside_and_say_what_nobody_has_checked(
    example: tuple[PageView, str], document: lxml.html.HtmlElement
) -> None:
    view = example[0].agreement
    heads = [words(one) for one in document.xpath("//table[@class='terms']/thead//th")][3:]
    assert heads == [f"{one.title}, {one.date[:4]}" for one in view.beside]
    assert len(heads) == 2
    unverified = [cell for found in view.compared.values() if (cell := found.cell) and not cell.is_verified]
    shown = document.xpath("//table[@class='terms']//*[@class='unverified']")
    assert 0 < len(shown) <= len(unverified)


def test_every_red_cell_of_the_packages_opens_its_quote(
    example: tuple[PageView, str], document: lxml.html.HtmlElement
) -> None:
    view = example[0].agreement
    cells = document.xpath("//table[@class='blocked']//a[contains(@class, 'sign')]")
    assert [cell.get("href") for cell in cells] == [
        f"#s-{one.stand.statement.id[:6]}" for _, objections in view.blocked for one in objections
    ]
    assert {("against" in cell.get("class")) for cell in cells} == {one.is_hard for one in view.space.objections}
    listed = document.xpath("//table[@class='packages']/tbody/tr")
    shown = (*view.space.open, *view.space.nearest)
    assert len(listed) == len(shown) > 0
    said_once = [words(one) for one in document.xpath("//*[@class='shared']/ul/li")]
    for row, package in zip(listed, shown, strict=True):
        own = [words(one) for one in row.xpath("./td[5]/ul/li")]
        assert sorted([*said_once, *own]) == sorted(view.says(option) for option in package.options)
        links = {link.get("href") for link in row.xpath("./td[1]//a")}
        assert links == {f"#s-{one.stand.statement.id[:6]}" for one in package.moves}
        assert [words(one) for one in row.xpath("./td")][1:3] == [
            str(sum(one.is_hard for one in package.moves)), str(sum(not one.is_hard for one in package.moves)),
        ]  # fmt: skip


def test_supposing_is_named_with_the_exact_command(
    example: tuple[PageView, str], document: lxml.html.HtmlElement
) -> None:
    space = example[0].agreement.space
    moves = space.nearest[0].moves if space.nearest else ()
    (command,) = [words(one) for one in document.xpath("//section[@id='packages']//code")]
    supposed = [f"--suppose {one.party}:{one.option}=open" for one in moves]
    assert command == " ".join(["travaux whatif RECORD", *supposed])


HOSTILE = """\
title: Talks
parties: [{id: northland, name: "North </script><b>land"}, {id: southmark, name: Southmark}]
issues:
  - id: i
    title: I
    options: [{id: ferry-link, says: "A <i>ferry</i> runs"}, {id: low-fee, says: The fee is low}]
instrument:
  title: "T <script>alert(1)</script>"
  kind: security-guarantee
  provisions: {trigger: {value: "<img src=x onerror=alert(1)>", option: ferry-link}, <svg>: {value: a, option: low-fee}}
"""


def test_words_of_strangers_stay_words(received, state, view, parse) -> None:
    agenda = parse_agenda(HOSTILE)
    report = received("Northland wants the ferry <img src=x>. Southmark rejects the fee.")
    statements = [
        state(report, 0, 38, condition="if <script>x</script>"),
        state(report, 39, 65, party="southmark", option="low-fee", stance=Stance.AGAINST, act=Act.REJECT),
    ]
    given = view([report], statements, agenda)
    stands = stands_of(agenda, positions_at(statements, {}), statements)
    sheet = term_sheet(Sheet(agenda, kind_of(""), read=1), stands)
    shown = AgreementView(sheet, deal_space(agenda, signatories(agenda), stands), ())
    document = parse(render_page(replace(given, agreement=shown)))
    assert document.xpath("//img | //*[@onerror] | //section[@id='terms']//svg") == []
    assert len(document.xpath("//script[not(@type)]")) == 1
    assert "[<img src=x onerror=alert(1)>]" in words(document.get_element_by_id("terms"))
