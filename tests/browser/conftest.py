"""Real Chromium, where it is installed: Debian's package, by its path; nothing is downloaded."""

import os
import shutil
from pathlib import Path

import pytest
from served import serving
from small_record import make_small_record

from travaux import Record
from travaux.reading.local import LocalReader

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")
CHECKOUT = Path(__file__).resolve().parents[2]
EXAMPLE = CHECKOUT / "examples" / "example-guarantees"
WIDTHS = (390, 900, 1440)


def pytest_collection_modifyitems(items):
    if CHROMIUM is None:
        reason = "no Chromium here: on Debian and Ubuntu, apt install chromium"
        for item in items:
            if Path(__file__).parent in item.path.parents:
                item.add_marker(pytest.mark.skip(reason=reason))


@pytest.fixture(scope="session")
def chromium():
    from playwright.sync_api import sync_playwright

    arguments = ["--no-sandbox", "--disable-background-networking", "--disable-dev-shm-usage"]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, headless=True, args=arguments)
        yield browser
        browser.close()


@pytest.fixture
def open_page(chromium):
    """Opens pages that fail the test on anything the console complains of."""
    contexts, complaints = [], []

    def opened(address=None, **options):
        context = chromium.new_context(**{"viewport": {"width": 1440, "height": 900}, **options})
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(20_000)
        page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
        page.on("pageerror", lambda error: complaints.append(str(error)))
        if address:
            page.goto(address)
        return page

    yield opened
    for context in contexts:
        context.close()
    assert complaints == []


@pytest.fixture(scope="session")
def example_folder(tmp_path_factory):
    """The example, read by grammar alone, which is quicker."""
    place = tmp_path_factory.mktemp("browser") / "record"
    place.mkdir()
    shutil.copy(EXAMPLE / "agenda.yaml", place)
    with Record.new(place) as record:
        record.add(EXAMPLE)
        record.read(LocalReader(encoder=False))
        record.assess()
    return place


@pytest.fixture(scope="session")
def example(example_folder):
    """The example, served; for tests that only look."""
    with serving(example_folder) as at:
        yield at


@pytest.fixture
def folder(tmp_path):
    return make_small_record(tmp_path / "talks")


@pytest.fixture
def served(folder):
    with serving(folder) as at:
        yield at


@pytest.fixture(scope="session")
def one_file(example_folder, tmp_path_factory):
    """The page of the example as one file, by its address."""
    place = tmp_path_factory.mktemp("page") / "record.html"
    with Record.open(example_folder, read_only=True) as record:
        place.write_text(record.page(), encoding="utf-8")
    assert os.path.getsize(place) > 100_000
    return place.as_uri()
