"""What the server shows after it has been at work is, byte for byte, what a fresh one shows."""

import subprocess
import sys
import time

import pytest
from served import serving

from travaux import Record
from travaux.server import at_hand

PATHS = (
    "/",
    "/?as_of=2025-03-10",
    "/options/ferry-link",
    "/options/ferry-link?party=southmark",
    "/parties/southmark",
    "/reports",
    "/timeline",
    "/network",
    "/across",
    "/happenings",
    "/families",
    "/review",
    "/review?party=islands",
    "/review?for=A.+Reader&order=doubt",
    "/search?q=ferry",
    "/search?stance=for",
    "/agenda",
)
BEHIND = 'class="behind"'
ELSEWHERE = """
import sys
from travaux import Record
with Record.open(sys.argv[1]) as record:
    record.date("c.txt", "2025-03-25", reviewer="B. Other")
    record.judge(record.statements(party="islands")[0], "correct", reviewer="B. Other", corrections={"stance": "open"})
"""


def pages(at):
    """Every page, with the token that is another's each time taken out."""
    found = {}
    reports = sorted({part.split('"')[0] for part in at.get("/reports").text.split('href="/reports/')[1:]})
    for path in (*PATHS, *(f"/reports/{one}" for one in reports)):
        answer = at.get(path)
        assert answer.status == 200, path
        found[path] = answer.text.replace(at.guard.token, "TOKEN")
    return found


def settled(at):
    """Every page once nothing is worked out any more."""
    until = time.monotonic() + 120
    while BEHIND in at.get("/network").text:
        assert time.monotonic() < until
        time.sleep(0.05)
    return pages(at)


@pytest.fixture(params=[0, at_hand.SMALL], ids=["as if it were large", "small"])
def worked_on(request, folder, monkeypatch):
    monkeypatch.setattr(at_hand, "SMALL", request.param)
    with serving(folder) as at:
        yield folder, at


def fresh(folder):
    with serving(folder) as at:
        return settled(at)


def test_pages_are_those_of_a_fresh_server_whatever_was_done_before(worked_on):
    folder, at = worked_on
    first = pages(at)
    assert pages(at) == first == fresh(folder)  # looked at again
    with Record.open(folder, read_only=True) as record:
        one = record.statements(party="southmark")[0]
    judged = {"statement": one.id, "verdict": "reject", "reviewer": "A. Reader", "back": "/"}
    assert at.post("/judgements", judged).status == 303
    assert "A. Reader" in at.get(f"/statements/{one.id}").text  # at once
    after = settled(at)
    assert after != first
    assert after == fresh(folder)
    subprocess.run([sys.executable, "-c", ELSEWHERE, str(folder)], check=True)
    again = settled(at)
    assert again != after
    assert again == fresh(folder)


def test_a_large_record_says_as_of_when_it_is_while_the_rest_is_worked_out(folder, monkeypatch):
    monkeypatch.setattr(at_hand, "SMALL", 0)
    with serving(folder) as at:
        assert BEHIND not in at.get("/").text
        worked_out = at_hand.AtHand._loaded
        monkeypatch.setattr(at_hand.AtHand, "_loaded", lambda held: (time.sleep(1), worked_out(held))[1])
        with Record.open(folder) as record:
            record.judge(record.statements(party="southmark")[0], "confirm", reviewer="B. Other")
        text = at.get("/across").text
        assert BEHIND in text
        assert "Look again" in text
        settled(at)


def test_a_page_that_comes_too_early_asks_again_by_itself(folder, monkeypatch):
    monkeypatch.setattr(at_hand, "PATIENCE", 0.0)
    worked_out = at_hand.AtHand._loaded
    monkeypatch.setattr(at_hand.AtHand, "_loaded", lambda held: (time.sleep(0.5), worked_out(held))[1])
    with serving(folder, loaded=False) as at:
        answer = at.get("/")
        assert (answer.status, answer.headers["retry-after"]) == (503, "2")
        assert '<meta http-equiv="refresh" content="2">' in answer.text
        until = time.monotonic() + 60
        while at.get("/").status == 503:
            assert time.monotonic() < until
            time.sleep(0.05)
