"""The record looked at in Chromium: on the server, and as one file without a network."""

import hashlib
import json
import re
from pathlib import Path

import pytest
from accessibility import serious

VENDOR = Path(__file__).parent / "vendor"
WIDTHS = (390, 900, 1440)
SECTIONS = (
    "/",
    "/timeline",
    "/across",
    "/terms",
    "/happenings",
    "/network",
    "/reports",
    "/reading",
    "/families",
    "/review",
    "/agenda",
)
SHIFTS = """new Promise((done) => {
  let moved = 0;
  new PerformanceObserver((list) => list.getEntries().forEach((entry) => { moved += entry.value; }))
    .observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(moved), 300);
})"""


def test_what_is_vendored_is_what_it_says():
    told = json.loads((VENDOR / "vendor.json").read_text(encoding="utf-8"))
    content = (VENDOR / f"{told['name']}-{told['version']}.min.js").read_bytes()
    assert hashlib.sha256(content).hexdigest() == told["sha256"]
    assert (VENDOR / "axe-core-LICENSE").is_file()


def test_from_a_cell_to_its_quotes_to_the_place_in_the_report(example, open_page):
    page = open_page(example.address)
    cell = page.locator("td[id^='c-'] a").first
    cell.click()
    position = page.locator(f"[id='{page.url.split('#')[1]}']")
    quote = position.locator("blockquote").first.inner_text()
    position.locator(".statement a[href*='#at-']").first.click()
    marked = page.locator("mark.chosen")
    assert page.url.count("/reports/") == 1
    assert "".join(marked.all_inner_texts()).replace("\n", " ") in quote.replace("\n", " ")
    assert marked.first.evaluate(
        "mark => { const at = mark.getBoundingClientRect(); return at.top >= 0 && at.top < innerHeight; }"
    )
    number = page.locator(".text .ref").first
    number.click()
    assert page.locator(":target").evaluate("element => element.className").startswith("statement")


@pytest.mark.parametrize("path", SECTIONS)
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_for_those_who_see_or_hear_otherwise(example, open_page, path, scheme):
    page = open_page(example.address + path, color_scheme=scheme)
    assert serious(page) == []


@pytest.mark.parametrize("path", ["a report", "an option", "a party", "a statement", "a search", "no page"])
def test_nothing_serious_on_pages_below(example, open_page, path):
    page = open_page(example.address + "/reports")
    report = page.locator("tbody th a").nth(2).get_attribute("href")
    statement = re.search(r"/statements/[0-9a-f]+", example.get(report).text)[0]
    paths = {
        "a report": report,
        "an option": "/options/nato-membership",
        "a party": "/parties/ukraine",
        "a statement": statement,
        "a search": "/search?q=guarantees",
        "no page": "/options/none",
    }
    if path != "no page":  # which the browser's own console mentions
        page.goto(example.address + paths[path])
        page.locator("details").evaluate_all("all => all.forEach((one) => { one.open = true; })")
        assert serious(page) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_nothing_serious_in_the_one_file(one_file, open_page, scheme):
    assert serious(open_page(one_file, color_scheme=scheme)) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_is_wider_than_the_window_and_nothing_moves_while_it_loads(example, open_page, width):
    page = open_page(viewport={"width": width, "height": 800})
    for path in (*SECTIONS, "/options/nato-membership", "/search?q=guarantees"):
        page.goto(example.address + path)
        assert page.evaluate("document.documentElement.scrollWidth") <= width, path
        # On a busy machine a stroke of the scroll bar counts; from 0.1 on people call it moving (Core Web Vitals).
        assert page.evaluate(SHIFTS) < 0.01, path


@pytest.mark.parametrize("width", WIDTHS)
def test_the_file_is_no_wider_than_the_window(one_file, open_page, width):
    page = open_page(one_file, viewport={"width": width, "height": 800})
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    assert page.locator("nav").bounding_box()["height"] < 60  # one line, which scrolls where it is too long


def test_the_file_needs_no_network(one_file, open_page):
    page = open_page(offline=True)
    asked = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(one_file)
    page.locator("td[id^='c-'] a").first.click()
    figure = page.locator(f"[id='{page.url.split('#')[1]}'] .statement").first
    assert figure.locator("details summary").inner_text() == "Why it is read so"
    figure.locator("details summary").click()
    assert figure.locator("details li").count() > 0
    figure.locator("a[href^='#at-']").click()
    assert page.locator("mark.chosen").count() > 0
    assert {url.split("#")[0] for url in asked} == {one_file}


def test_a_mark_of_the_timeline_says_what_it_stands_for(one_file, open_page):
    page = open_page(one_file)
    titles = page.locator(".strip a[href^='#s-'] title").all_text_contents()
    assert len(titles) > 50
    assert all(title.count(" · ") >= 3 for title in titles)


def test_brushing_dims_in_the_file_and_filters_on_the_server(one_file, example, open_page):
    page = open_page(one_file)
    brush(page, 100, 400)
    assert 0 < page.locator(".strip a.dim").count() < page.locator(".strip a").count()
    address, dimmed = page.url, page.locator(".strip a.dim").count()
    assert re.search(r"#timeline=\d{4}-\d\d-\d\d=\d{4}-\d\d-\d\d$", address)
    assert open_page(address).locator(".strip a.dim").count() == dimmed  # the address says what is brushed
    brush(page, 50, 51)
    assert page.locator(".strip a.dim").count() == 0
    assert page.url.endswith("#timeline")
    page = open_page(example.address + "/timeline")
    whole = page.locator(".strip a[href^='/statements']").count()
    with page.expect_navigation():
        brush(page, 5, 300)
    told = dict(re.findall(r"(from|to)=(\d{4}-\d\d-\d\d)", page.url))
    assert told["from"] < told["to"]
    assert 0 < page.locator(".strip a[href^='/statements']").count() < whole


def brush(page, start, end):
    axis = page.locator(".axis svg")
    axis.scroll_into_view_if_needed()
    box = axis.bounding_box()
    page.mouse.move(box["x"] + start, box["y"] + 10)
    page.mouse.down()
    page.mouse.move(box["x"] + (start + end) / 2, box["y"] + 10)
    page.mouse.move(box["x"] + end, box["y"] + 10)
    page.mouse.up()


def test_a_view_is_passed_on_as_a_link(example, open_page):
    page = open_page(example.address + "/search?q=guarantees")
    page.locator(".filters select[name=stance]").select_option("against")
    page.locator(".filters button").click()
    assert "q=guarantees" in page.url
    assert "stance=against" in page.url
    shown = page.locator(".statement").evaluate_all("all => all.map((one) => one.id)")
    assert open_page(page.url).locator(".statement").evaluate_all("all => all.map((one) => one.id)") == shown


def test_it_prints(example, open_page):
    page = open_page(example.address + "/options/nato-membership")
    page.emulate_media(media="print")
    assert not page.locator(".finding").is_visible()
    assert page.locator("blockquote").first.is_visible()
    assert page.pdf()[:5] == b"%PDF-"
