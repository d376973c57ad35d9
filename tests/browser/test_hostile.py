"""Reports that mean harm, in Chromium: shown letter for letter, and inert."""

import pytest
from served import serving
from small_record import make_small_record

from travaux import Record

LINES = (
    "</script><script>document.title = 'taken'</script>",
    "<!-- <script>document.title = 'taken'//",
    "<img src=x onerror=\"document.title='taken'\">",
    "<style>body { display: none }</style><link rel=stylesheet href=http://evil.example/x.css>",
    "</mark></div></article></main><plaintext>",
    "before\u2028middle\u2029after",
    "\u202egnp.exe \u2067שלום\u2069 مرحبا",
    "😀 👩‍👩‍👧 e\u0301 İ \u00a0 \ufeff \u200b",
    "javascript:alert(1) {{ 7 * 7 }} ${7*7}",
)
TEXT = "\n\n".join(f"Northland wants the ferry too. {line}" for line in LINES) + "\r\nThe end.\r"
LONG = "Northland wants the <b>ferry</b> too. " * 55_000


@pytest.fixture(scope="module")
def hostile(tmp_path_factory):
    texts = {"<img src=x>.txt": ("2025-03-01", LINES[0], TEXT), "long.txt": ("", "", LONG)}
    return make_small_record(tmp_path_factory.mktemp("hostile") / "talks", texts)


def reports(folder):
    with Record.open(folder, read_only=True) as record:
        return record.store.reports()


def test_on_the_server(hostile, open_page):
    assert len(LONG) > 2_000_000
    with serving(hostile) as at:
        page = open_page()
        asked = []
        page.on("request", lambda request: asked.append(request.url))
        for report in reports(hostile):
            page.goto(f"{at.address}/reports/{report.id}")
            assert page.evaluate("document.querySelector('.text').textContent") == report.text
            assert page.title().endswith(" · The ferry between Northland and Southmark")
            assert page.locator("main").is_visible()
        page.goto(f"{at.address}/search?q=%3Cscript%3Edocument.title%3D%27taken%27%3C/script%3E")
        assert page.title().startswith("<script>document.title='taken'</script> · ")
        assert {url for url in asked if not url.startswith((at.address, "data:"))} == set()


def test_in_the_one_file(hostile, open_page, tmp_path):
    with Record.open(hostile, read_only=True) as record:
        (tmp_path / "record.html").write_text(record.page(), encoding="utf-8", newline="")
    page = open_page(offline=True)
    page.goto((tmp_path / "record.html").as_uri())
    for report in reports(hostile):
        shown = page.evaluate("id => document.querySelector(`#r-${id} .text`).textContent", report.id[:6])
        assert shown == report.text
    assert page.title() == "The ferry between Northland and Southmark"
    assert page.locator("#matrix").is_visible()
