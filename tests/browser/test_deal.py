"""The agreement, blind review and edits of the agenda in Chromium: with a script, without one, and in the one file."""

import pytest
from accessibility import serious
from ferry_deal import make_ferry_deal, make_several_packages
from served import serving

from travaux import Record


@pytest.fixture
def deal(tmp_path):
    folder = make_ferry_deal(tmp_path / "talks")
    with serving(folder) as at:
        at.folder = folder
        yield at


def rows(page):
    return page.locator("table.packages tbody tr").evaluate_all(
        "all => all.filter((row) => !row.hidden).map((row) => row.cells[0].innerText)"
    )


@pytest.fixture
def several(tmp_path):
    """The one file of a record with several packages."""
    place = tmp_path / "record.html"
    with Record.open(make_several_packages(tmp_path / "talks")) as record:
        place.write_text(record.page(), encoding="utf-8")
    return place.as_uri()


@pytest.mark.parametrize("script", [True, False])
def test_supposing_with_and_without_a_script(deal, open_page, script):
    page = open_page(deal.address + "/terms", java_script_enabled=script)
    assert "open to all" not in page.locator("table.packages tbody").inner_text()
    form = page.locator("form:has([name=stand])")
    form.locator("[name=party]").select_option("islands")
    form.locator("[name=option]").select_option("low-fee")
    form.locator("[name=stand]").select_option("open")
    form.locator("button").click()
    page.wait_for_url("**suppose=islands:low-fee%3Dopen**")
    assert "open to all" in page.locator("table.packages tbody").inner_text()
    again = open_page(page.url, java_script_enabled=script)
    assert "0 before, 1 with this" in again.locator(".supposed").inner_text()
    again.locator(".supposed a").click()
    assert "open to all" not in again.locator("table.packages tbody").inner_text()
    again.get_by_text("suppose all of this").click()
    assert "open to all" in again.locator("table.packages tbody").inner_text()


def test_a_red_cell_opens_its_quote_where_it_stands(deal, open_page):
    page = open_page(deal.address + "/terms")
    cell = page.locator("table.packages .opens")
    assert not cell.locator("blockquote").is_visible()
    cell.locator("summary").click()
    assert cell.locator("blockquote").inner_text() == "The Islands reject a low fee, it is said."
    cell.locator("a").click()
    assert "/statements/" in page.url


def test_packages_of_the_one_file_are_sorted_and_filtered_by_its_script(several, open_page):
    page = open_page(several)
    all_rows = rows(page)
    assert len(all_rows) == 3
    heads = page.locator("table.packages thead button")
    numbers = "all => all.map((row) => parseInt(row.cells[4].textContent))"
    heads.nth(4).click()
    unknown = page.locator("table.packages tbody tr").evaluate_all(numbers)
    assert unknown == sorted(unknown)
    heads.nth(4).click()
    assert page.locator("table.packages tbody tr").evaluate_all(numbers) == sorted(unknown, reverse=True)
    assert page.locator("table.packages thead th[aria-sort]").count() == 1
    form = page.locator("#packages p:has(select)")
    by = form.locator("select").nth(0)
    party = by.locator("option").nth(1).inner_text()
    by.select_option(party)
    blocked = page.locator("table.packages tbody tr:not([hidden])")
    assert 0 < blocked.count() <= len(all_rows)
    assert all(party in text for text in blocked.evaluate_all("all => all.map((row) => row.cells[1].textContent)"))
    by.select_option(index=0)
    holds = form.locator("select").nth(1)
    option = holds.locator("option").nth(1).inner_text()
    holds.select_option(option)
    assert all(option in text for text in blocked.evaluate_all("all => all.map((row) => row.cells[5].textContent)"))
    holds.select_option(index=0)
    form.locator("input").check()
    assert rows(page) == []
    form.locator("input").uncheck()
    assert sorted(rows(page)) == sorted(all_rows)
    assert "travaux whatif RECORD --suppose " in page.locator("#packages").inner_text()


def test_the_one_file_lists_its_packages_without_a_script(several, open_page):
    page = open_page(several, java_script_enabled=False)
    assert page.locator("#packages select").count() == 0
    assert page.locator("table.packages tbody tr").count() == 3


def test_blind_review_by_keyboard_alone(served, folder, open_page):
    page = open_page(served.address + "/review?blind=1&for=A.+Reader")
    left = page.locator(".waiting").count()
    page.keyboard.press("a")
    assert page.locator(".waiting").first.locator("[value=against]").is_checked()
    page.locator(".waiting").first.locator("[name=act]").select_option("reject")
    page.evaluate("document.activeElement.blur()")
    page.keyboard.press("s")
    page.wait_for_url("**done=1**")
    assert page.locator(".revealed").inner_text().startswith("It was read as for, demand.")
    assert page.locator(".waiting").count() == left - 1
    page.keyboard.press("n")
    page.keyboard.press("s")
    page.wait_for_url("**done=2**")
    with Record.open(folder, read_only=True) as record:
        assert [(str(one.verdict), one.blind) for one in record.judgements()] == [("correct", True), ("reject", True)]


def test_an_edit_of_the_agenda_is_taken_back_without_a_script(served, folder, open_page):
    before = (folder / "agenda.yaml").read_text(encoding="utf-8")
    page = open_page(served.address + "/agenda", java_script_enabled=False)
    form = page.locator("form:has([value=name])")
    form.locator("[name=party]").select_option("northland")
    form.locator("[name=name]").fill("Nordland")
    form.locator("button").click()
    page.locator(".preview [name=reviewer]").fill("A. Reader")
    page.locator(".preview button").click()
    assert "Nordland" in (folder / "agenda.yaml").read_text(encoding="utf-8")
    page.locator("details.preview summary").click()
    page.locator("details.preview button").click()
    assert (folder / "agenda.yaml").read_text(encoding="utf-8") == before
    assert page.locator("section:has(#log-title) tbody tr").count() == 2


@pytest.mark.parametrize("width", [390, 900, 1440])
def test_no_page_is_wider_than_the_window_and_nothing_is_serious(deal, open_page, width):
    with Record.open(deal.folder) as record:
        first = record.blind_queue(reviewer="A. Reader")[0]
        record.judge_blind(first.id, "for", act="demand", reviewer="A. Reader")
        if not record.agenda_log():
            from travaux.agenda.editing import NewName

            record.edit_agenda(NewName("northland", "Nordland"), reviewer="A. Reader")
    page = open_page(viewport={"width": width, "height": 800})
    for path in (
        "/terms?suppose=islands:low-fee=open&since=2025-03-10&with=low-fee", "/review?blind=1&for=B&sample=2", "/review",
        "/agenda",
    ):  # fmt: skip
        page.goto(deal.address + path)
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        assert serious(page) == [], path
