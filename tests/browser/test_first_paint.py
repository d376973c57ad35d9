"""Pages stand still from their first paint on, by the browser's own Layout Instability API, in three widths."""

import pytest
from trickling import trickling

WIDTHS = (390, 900, 1440)
STILL = 0.01
"""The sum of an address's layout shifts, a tenth of what Web Vitals call good. Where the machine is so busy that a page comes in
pieces, a table's columns may give way by a pixel as its later rows arrive; anything that moves by itself is far above."""
WATCH = """
window.moved = [];
new PerformanceObserver((list) => {
  for (const entry of list.getEntries()) {
    if (!entry.hadRecentInput) {
      window.moved.push([entry.value, entry.sources.map((source) => source.node && (source.node.outerHTML || source.node.textContent.trim()).slice(0, 120))]);
    }
  }
}).observe({ type: "layout-shift", buffered: true });
"""
PAGES = ("/", "/options/nato-membership", "/parties/ukraine", "/reports", "/timeline", "/network", "/across", "/happenings", "/families", "/terms", "/review", "/agenda", "/search?q=guarantees")  # fmt: skip
DRAWN = "() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => setTimeout(done, 50))))"


def moved_on(page, address):
    page.goto(address, wait_until="load")
    page.evaluate(DRAWN)
    return page.evaluate("window.moved")


def moved_by_page(page, served, address):
    """What moved on each page of what is served, and on one of a report, as they come from an address."""
    report = served.get("/reports").text.split('href="/reports/')[1].split('"')[0]
    return {path: moved_on(page, address + path) for path in (*PAGES, f"/reports/{report}")}


def score(moved):
    return sum(value for value, _ in moved)


@pytest.mark.parametrize("width", WIDTHS)
def test_no_served_page_moves_after_its_first_paint(open_page, example, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.add_init_script(WATCH)
    moved = moved_by_page(page, example, example.address)
    assert {path: found for path, found in moved.items() if score(found) > STILL} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_no_page_that_comes_in_pieces_moves_what_has_come(open_page, example, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.add_init_script(WATCH)
    with trickling(example) as address:
        moved = moved_by_page(page, example, address)
    # A quote's closing mark has no node of its own, and a space between two words nothing to be seen: they go along with their text
    # while that comes in, and nothing else moves.
    moved = {path: [shift for shift in found if any(shift[1])] for path, found in moved.items()}
    assert {path: found for path, found in moved.items() if score(found) > STILL} == {}


@pytest.mark.parametrize("width", WIDTHS)
def test_the_one_file_does_not_move_after_its_first_paint(open_page, one_file, width):
    page = open_page(viewport={"width": width, "height": 900})
    page.add_init_script(WATCH)
    assert score(moved_on(page, one_file)) <= STILL


def test_the_watch_sees_what_moves(open_page, tmp_path):
    file = tmp_path / "moving.html"
    file.write_text("<!doctype html><link rel=icon href='data:,'><p>" + "Some words. " * 400, encoding="utf-8")
    page = open_page()
    page.add_init_script(WATCH)
    assert moved_on(page, file.as_uri()) == []
    page.evaluate("document.body.style.paddingTop = '300px'")
    page.evaluate(DRAWN)
    page.evaluate(DRAWN)
    assert score(page.evaluate("window.moved")) > STILL
