"""Reading and fetching from the browser: one at a time, told how far it is, and nothing but addresses of the web."""

import subprocess
import sys
import threading
import time

import pytest
from served import serving
from small_record import ByHeart, make_small_record
from web_stubs import article, page, running_site

from travaux import Record
from travaux.intake.web import Rules

QUICK = {"delay": 0.0, "pause": 0.0}

# A reading in a process of its own that stops at its first report until it is told to go on.
READS_SLOWLY = """
import sys
from travaux import Record
from small_record import ByHeart

class Slowly(ByHeart):
    def fingerprint(self):
        return {"code": "2"}

    def read(self, report, agenda):
        print("begun", flush=True)
        sys.stdin.readline()
        return ByHeart.read(self, report, agenda)

with Record.open(sys.argv[1]) as record:
    record.read(Slowly())
"""


@pytest.fixture
def site():
    with running_site() as running:
        yield running


@pytest.fixture
def fetching(folder, site):
    """A record served with leave to fetch from the site on this machine."""
    with serving(folder, web=Rules(loopback=frozenset({site.host}), **QUICK)) as at:
        yield at


def names(folder):
    with Record.open(folder, read_only=True) as record:
        return {row.name for row in record.reports()}


def ended(at):
    """The page once nothing is under way any more."""
    for _ in range(1200):
        shown = at.get("/reading").text
        if "data-goes-on" not in shown:
            return shown
        time.sleep(0.1)
    raise AssertionError("it did not end")


def test_what_is_sent_in_is_read_and_what_changed_is_shown(served, folder):
    with Record.open(folder) as record:
        record.add_bytes(b"Talks\n\nNorthland rejects the ferry, minister Ada North said.\n", "new.txt")
    assert "1 report is not read yet." in served.get("/reports").text
    answer = served.post("/reading", {"back": "/reading"})
    assert (answer.status, answer.headers["location"]) == (303, "/reading")
    shown = ended(served)
    assert "were read" in shown
    assert "new.txt" in shown
    assert "0 reports are not read yet." in shown
    with Record.open(folder, read_only=True) as record:
        (row,) = [row for row in record.reports() if row.name == "new.txt"]
        taken = next(
            one for one in record.statements(party="northland", option="ferry-link") if one.report == "new.txt"
        )
    assert (row.state, taken.stance) == ("read", "against")
    assert f'href="/statements/{taken.id}"' in shown
    assert served.get(f"/statements/{taken.id}").status == 200
    assert "not read yet" not in served.get("/").text


def test_nothing_begins_by_looking_or_without_leave(served, folder):
    assert "Nothing is under way." in served.get("/reading").text
    for path in ("/reading", "/reading/stop", "/addresses"):
        assert served.post(path, {"addresses": "https://example.org/"}, token=False).status == 400
        assert served.post(path, {}, headers={"Origin": "https://elsewhere.example"}).status == 403
    assert "Nothing is under way." in served.get("/reading").text
    with serving(folder, read_only=True) as at:
        assert at.post("/reading", {}).status == 403
        assert "<button>Read what is new" not in at.get("/reading").text


def test_one_reading_at_a_time_whoever_reads(served, folder):
    elsewhere = subprocess.Popen(
        [sys.executable, "-c", READS_SLOWLY, str(folder)],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, env={"PYTHONPATH": ":".join(sys.path)},
    )  # fmt: skip
    try:
        assert elsewhere.stdout.readline() == "begun\n"
        assert served.post("/reading", {}).status == 303
        assert "another reading of this record is under way: nothing was done" in ended(served)
        told = subprocess.run([sys.executable, "-m", "travaux", "read", str(folder)], capture_output=True, text=True)
        assert told.returncode == 3
        assert "another reading of this record is under way (nothing was done)" in told.stderr
    finally:
        elsewhere.communicate("\n" * 5, timeout=60)
    assert elsewhere.returncode == 0
    with Record.open(folder) as record:
        assert record.read(ByHeart()).read == 3  # the lock is free again


def test_pages_are_fetched_by_their_addresses(fetching, site, folder):
    site.pages["/talks"] = page(article("Talks on the ferry link"))
    site.pages["/film"] = page(b"\0\1\2", "video/mp4")
    given = "\n".join(site.url(path) for path in ("/talks", "/film", "/gone"))
    assert fetching.post("/addresses", {"addresses": given}).headers["location"] == "/reading"
    shown = ended(fetching)
    name = f"{site.host.replace(':', '-')}/talks.html"
    assert name in names(folder)
    assert f"{name}</bdi> <small>added" in shown
    assert "/film: video/mp4 is no kind of report" in shown
    assert "/gone: answers 404" in shown
    assert "1 report is not read yet." in shown
    assert fetching.post("/addresses", {"addresses": site.url("/talks")}).status == 303
    assert "was there already" in ended(fetching)


@pytest.mark.parametrize(
    "given", ["", "/etc/passwd", "file:///etc/passwd", "javascript:alert(1)", "..", "ftp://example.org/x", "C:\\x.txt"]
)
def test_what_is_no_address_of_the_web_is_refused(fetching, folder, given):
    before = names(folder)
    answer = fetching.post("/addresses", {"addresses": given})
    assert answer.status == 400
    assert "Nothing is under way." in fetching.get("/reading").text
    assert names(folder) == before


def test_private_addresses_are_not_asked(served, site):
    site.pages["/talks"] = page(article())
    assert served.post("/addresses", {"addresses": site.url("/talks")}).status == 303
    assert "Could not be had" in ended(served)
    assert site.asked == []


def test_too_many_addresses_are_refused(fetching):
    many = "\n".join(f"https://example.org/{number}" for number in range(21))
    answer = fetching.post("/addresses", {"addresses": many})
    assert answer.status == 400
    assert "21 addresses were given" in answer.text


def test_while_something_goes_on_nothing_else_begins_and_it_can_be_stopped(fetching, site, folder):
    asked, go_on = threading.Event(), threading.Event()
    sent = page(article("Talks on the ferry link"))

    def slow(handler):
        asked.set()
        go_on.wait(30)
        sent(handler)

    site.pages["/slow"] = slow
    site.pages["/second"] = page(article("A second report", first="The fee is what the talks are about, she said."))
    given = f"{site.url('/slow')}\n{site.url('/second')}"
    try:
        assert fetching.post("/addresses", {"addresses": given}).status == 303
        assert asked.wait(30)
        shown = fetching.get("/reading").text
        assert "1 of 2:" in shown
        assert '<progress value="0" max="2"' in shown
        assert '<noscript><meta http-equiv="refresh"' in shown
        refused = fetching.post("/reading", {})
        assert refused.status == 409
        assert "fetching is under way already" in refused.text
        assert fetching.get("/").status == 200  # pages are answered meanwhile
        assert fetching.post("/reading/stop", {}).status == 303
    finally:
        go_on.set()
    assert "Stopped." in ended(fetching)
    assert site.asked_for("/second") == 0
    assert f"{site.host.replace(':', '-')}/slow.html" in names(folder)


def test_a_server_that_ends_waits_for_the_page_it_fetches(tmp_path, site):
    folder = make_small_record(tmp_path / "talks")
    asked = threading.Event()
    sent = page(article("Talks on the ferry link"))

    def slow(handler):
        asked.set()
        time.sleep(0.5)
        sent(handler)

    site.pages["/slow"] = slow
    with serving(folder, web=Rules(loopback=frozenset({site.host}), **QUICK)) as at:
        assert at.post("/addresses", {"addresses": site.url("/slow")}).status == 303
        assert asked.wait(30)
    assert f"{site.host.replace(':', '-')}/slow.html" in names(folder)
    assert not any(thread.name.startswith("travaux-") for thread in threading.enumerate())
