"""The reading pane in Chromium: flags in place, passages side by side; keys; new reports read from the browser."""

import re

import pytest
from accessibility import serious

from travaux import Record

IN_VIEW = """(place) => {
  const at = place.getBoundingClientRect(), pane = place.closest(".twins > *").getBoundingClientRect();
  return at.top >= pane.top - 1 && at.bottom <= pane.bottom + 1 && at.top >= 0 && at.bottom <= innerHeight;
}"""


@pytest.fixture(scope="module")
def copied(example_folder):
    """The two reports of the family with most passages, the original first."""
    with Record.open(example_folder, read_only=True) as record:
        links = [link for family in record.families() for link in family.links]
    link = max(links, key=lambda one: len(one.passages))
    return link.first_id, link.second_id


@pytest.fixture(scope="module")
def flagged(example_folder):
    with Record.open(example_folder, read_only=True) as record:
        return next(flag for flag in record.flags() if flag.kind == "misspelt-name")


def small(open_page, address, **options):
    """A window so low that a text does not fit."""
    return open_page(address, viewport={"width": 1200, "height": 420}, **options)


def test_a_passage_leads_to_the_same_words_beside_it(example, open_page, copied):
    original, copy = copied
    page = small(open_page, f"{example.address}/reports/{copy}")
    page.locator(".text a.twin").last.click()
    page.wait_for_url(f"**/reports/{copy}?beside={original}#other-*")
    number = page.url.rsplit("-", 1)[1]
    page.wait_for_function("document.querySelectorAll('.twins > section').length === 2")
    for anchor in (f"#shared-{number}", f"#other-{number}"):
        page.wait_for_function(f"({IN_VIEW})(document.querySelector('{anchor}'))")
    page.locator("#other-1").click()
    for anchor in ("#shared-1", "#other-1"):
        page.wait_for_function(f"({IN_VIEW})(document.querySelector('{anchor}'))")
    assert serious(page) == []


def test_side_by_side_without_a_script(example, open_page, copied):
    _, copy = copied
    page = small(open_page, f"{example.address}/reports/{copy}", java_script_enabled=False)
    page.locator(".text a.twin").last.click()
    assert page.locator(".twins > section").count() == 2
    number = page.url.rsplit("-", 1)[1]
    left, right = (page.locator(f"#{side}-{number}").bounding_box() for side in ("shared", "other"))
    assert left["x"] + 100 < right["x"]
    assert 0 <= right["y"] < 420
    page.locator(f"#other-{number}").click()
    assert page.url.endswith(f"#shared-{number}")


def test_side_by_side_on_a_phone(example, open_page, copied):
    original, copy = copied
    address = f"{example.address}/reports/{copy}?beside={original}"
    page = open_page(address, viewport={"width": 390, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    first, second = (page.locator(".twins > section").nth(at).bounding_box() for at in (0, 1))
    assert first["y"] + first["height"] <= second["y"]
    assert first["height"] + second["height"] < 800


def test_in_the_file_the_other_report_comes_beside(one_file, open_page, copied):
    page = small(open_page, one_file, offline=True)
    order = "[...document.querySelectorAll('article')].map((one) => one.id)"
    before = page.evaluate(order)
    page.locator(f"#r-{copied[1][:6]} .text a.twin").last.click()
    beside = page.locator(".twins > article").evaluate_all("all => all.map((one) => one.id)")
    assert set(beside) == {f"r-{one[:6]}" for one in copied}
    there = page.locator(f"#r-{copied[1][:6]} .text a.twin").last.get_attribute("href")
    page.wait_for_function(f"({IN_VIEW})(document.querySelector('{there}'))")
    assert serious(page) == []
    page.locator(f"[id='{beside[0]}'] .text a.twin").first.click()
    assert page.locator(".twins").count() == 1
    assert sorted(page.evaluate(order)) == sorted(before)


def test_a_flag_stands_at_its_words_and_leads_to_its_reason_and_back(example, one_file, open_page, flagged):
    for page in (open_page(f"{example.address}/reports/{flagged.report_id}"), open_page(one_file)):
        sign = page.locator(f"a.flag[href*='#f-{flagged.id[:6]}']")
        words = sign.locator("xpath=preceding-sibling::*[contains(@class, 'flagged')][1]")
        assert words.inner_text() == flagged.quote
        assert "wavy" in words.evaluate(
            "one => getComputedStyle(one).textDecorationLine + getComputedStyle(one).textDecorationStyle"
        )
        sign.click()
        reason = page.locator("li:target")
        assert reason.is_visible()
        assert flagged.says in reason.inner_text()
        reason.locator("a").click()
        page.wait_for_url("**#at-f-*")
        assert page.locator(":target").evaluate("one => one.nextSibling.textContent") == flagged.quote


def test_every_key_of_the_list_does_what_it_says(example, open_page, copied, flagged):
    page = open_page(example.address)
    page.keyboard.press("?")
    listed = page.locator("#keys th").evaluate_all("all => all.map((one) => one.innerText.trim().split(/\\s+/))")
    assert page.locator("#keys").is_visible()
    assert serious(page) == []
    page.keyboard.press("Escape")
    assert not page.locator("#keys").is_visible()
    going = {keys[1] for keys in listed if keys[0] == "g"}
    judging = {"c", "r", "u", "e", "z"}  # in test_working
    assert {key for keys in listed for key in keys} == (
        going | judging | set("gjk?/[]npwb") | {"Esc", "←", "↑", "→", "↓"}
    )
    for key in sorted(going):
        page.goto(example.address + "/search")
        link = page.locator(f"[data-go={key}]").get_attribute("href")
        page.keyboard.press("g")
        page.keyboard.press(key)
        page.wait_for_url(f"{example.address}{link}")
    page.goto(example.address)
    page.locator(".matrix td a").first.focus()
    start = page.evaluate("document.activeElement.parentElement.id")
    page.keyboard.press("ArrowRight")
    right = page.evaluate("document.activeElement.parentElement.id")
    assert right.split(".")[1] == start.split(".")[1] != ""
    assert right != start
    page.keyboard.press("ArrowLeft")
    assert page.evaluate("document.activeElement.parentElement.id") == start
    page.keyboard.press("ArrowDown")
    assert page.evaluate("document.activeElement.parentElement.id").split(".")[0] == start.split(".")[0]
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.parentElement.id") == start
    page.goto(example.address + "/search?all=yes")
    page.keyboard.press("]")
    page.wait_for_url("**page=2")
    page.keyboard.press("[")
    page.wait_for_url("**page=1")
    page.goto(f"{example.address}/reports/{flagged.report_id}")
    signs = page.locator(".text a.flag").evaluate_all("all => all.map((one) => one.getAttribute('href'))")
    for key, at in (("n", 0), ("n", 1 % len(signs)), ("p", 0)):
        page.keyboard.press(key)
        assert page.evaluate("document.activeElement.getAttribute('href')") == signs[at]
    page.goto(f"{example.address}/reports/{copied[1]}")
    page.keyboard.press("w")
    assert page.evaluate("document.activeElement.id") == "shared-1"
    page.keyboard.press("b")
    page.wait_for_url("**?beside=*")
    page.keyboard.press("b")
    page.wait_for_url(f"**/reports/{copied[1]}")


def test_days_in_the_fields_do_what_dragging_does(example, open_page):
    page = open_page(example.address + "/timeline", java_script_enabled=False)
    page.locator("[name=from]").fill("2025-08-17")
    page.locator("[name=to]").fill("2025-09-30")
    page.locator(".filters button").click()
    assert "from=2025-08-17&to=2025-09-30" in page.url
    assert page.locator(".axis svg").get_attribute("data-first") == "2025-08-17"
    page.locator(".filters a").first.click()
    assert page.url == example.address + "/timeline"


@pytest.mark.parametrize("script", [True, False])
def test_new_reports_are_read_from_the_browser(served, folder, open_page, script):
    with Record.open(folder) as record:
        record.add_bytes(b"Talks\n\nNorthland rejects the ferry, minister Ada North said.\n", "new.txt")
    page = open_page(served.address + "/reports", java_script_enabled=script)
    page.locator(".sending form[action='/reading'] button").click()
    page.wait_for_url("**/reading")
    # With a script the page follows by itself, without one it is loaded anew; either way nobody presses anything.
    page.locator("#beside:not([data-goes-on]) h2", has_text="New statements").wait_for(timeout=120_000)
    assert "Done." in page.locator("[role=status]").inner_text()
    assert page.locator(".news a", has_text=re.compile("Northland")).count() > 0
    if script:
        assert serious(page) == []


def test_what_is_sent_in_can_be_read_at_once(served, open_page, tmp_path):
    (tmp_path / "sent.txt").write_text("Talks\n\nSouthmark supports the ferry, it said.\n", encoding="utf-8")
    page = open_page(served.address + "/reports")
    page.locator("[name=reports]").set_input_files(tmp_path / "sent.txt")
    page.locator("form[enctype] button").click()
    assert "1 report was added." in page.locator(".done").inner_text()
    assert page.locator(".done button").inner_text() == "Read what is new"
