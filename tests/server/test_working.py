"""What is done in the browser, by plain forms: it counts in the pages, the command line and the exports, and stays."""

import csv
import json
import os
import re
import signal
import subprocess
import sys
import urllib.request

import pytest
from click.testing import CliRunner
from served import serving
from small_record import ByHeart

from travaux import Record
from travaux.cli.root import command


def statement_on(folder, party, report="a.txt"):
    with Record.open(folder, read_only=True) as record:
        return next(one for one in record.statements(party=party) if one.report == report)


def judge(at, statement, verdict, **fields):
    return at.post(
        "/judgements",
        {"statement": statement.id, "verdict": verdict, "reviewer": "A. Reader", "back": "/review", **fields},
    )


def fields_of(one, **changes):
    given = {
        "party": one.party, "option": one.option, "stance": one.stance, "act": one.act, "via": one.via,
        "via_name": one.via_name or "", "speaker": one.speaker or "", "condition": one.condition or "", "quote": one.quote,
    }  # fmt: skip
    return {**given, **changes}


def test_a_correction_is_found_in_page_command_line_and_export_after_a_new_reading(served, folder, tmp_path):
    one = statement_on(folder, "southmark")
    answer = judge(served, one, "correct", **fields_of(one, stance="open", act="consider"), note="it only doubts")
    assert (answer.status, answer.headers["location"]) == (303, "/review?done=1")
    page = served.get(answer.headers["location"])
    assert "Judgement 1: correct." in page.text
    with Record.open(folder) as record:
        changed = (folder / "agenda.yaml").read_text(encoding="utf-8").replace("[ferry]", "[ferry, boat]")
        (folder / "agenda.yaml").write_text(changed, encoding="utf-8")
        assert record.read(ByHeart()).read == 3
    told = served.get(f"/statements/{one.id}").text
    assert "○ open" in told
    assert "corrected by A. Reader" in told
    assert "it only doubts" in told
    listed = CliRunner().invoke(command, ["statements", str(folder), "--party", "southmark", "--jsonl"])
    rows = [json.loads(line) for line in listed.stdout.splitlines()]
    assert next(row for row in rows if row["id"] == one.id)["stance"] == "open"
    with Record.open(folder, read_only=True) as record:
        record.export("csv", tmp_path / "out")
    with (tmp_path / "out" / "statements.csv").open(encoding="utf-8", newline="") as file:
        exported = {row["id"]: row["stance"] for row in csv.DictReader(file)}
    assert exported[one.id] == "open"


def test_fields_left_as_they_are_are_no_correction(served, folder):
    one = statement_on(folder, "islands")
    answer = judge(served, one, "correct", **fields_of(one))
    assert answer.status == 400
    assert "nothing was changed" in answer.text
    assert judge(served, one, "correct", **fields_of(one, condition="")).status == 303
    assert statement_on(folder, "islands").condition is None


def test_confirmed_rejected_unsure_and_taken_back(served, folder):
    one = statement_on(folder, "southmark")
    assert judge(served, one, "reject").headers["location"] == "/review?done=1"
    page = served.get("/review?done=1").text
    undo = re.search(
        r'action="/withdrawals".*?name="number" value="(\d+)".*?name="reviewer" value="([^"]+)"', page, re.S
    )
    assert undo.groups() == ("1", "A. Reader")
    assert "rejected by A. Reader" in served.get(f"/statements/{one.id}").text
    assert one.id not in served.get(f"/reports/{one.report_id}").text
    answer = served.post("/withdrawals", {"number": "1", "reviewer": "A. Reader", "back": "/review?order=doubt"})
    assert answer.headers["location"] == "/review?order=doubt&done=2"
    with Record.open(folder, read_only=True) as record:
        assert [str(made.verdict) for made in record.judgements()] == ["reject", "withdraw"]
        assert next(held for held in record.judged() if held.statement.id == one.id).verdict is None
    assert served.post("/withdrawals", {"number": "1", "reviewer": "Somebody Else"}).status == 400


def test_who_signs_is_remembered_for_the_next_form(served, folder):
    answer = judge(served, statement_on(folder, "islands"), "confirm", reviewer="Zoë Ö. Reader; x=1")
    name, value = re.match(r"([^=]+)=([^;]+)", answer.headers["set-cookie"]).groups()
    served.cookies[name] = value
    assert 'name="reviewer" value="Zoë Ö. Reader; x=1"' in served.get("/review").text


def test_nobody_signs_nothing_is_written(served, folder):
    assert judge(served, statement_on(folder, "islands"), "confirm", reviewer=" ").status == 400


def test_a_span_is_corrected_by_the_words_selected(served, folder):
    one = statement_on(folder, "northland")
    wider = "Northland wants the ferry 😀\r\n to run all year. Southmark rejects the ferry."
    assert judge(served, one, "correct", **fields_of(one, quote=wider)).status == 303
    after = statement_on(folder, "northland")
    assert after.quote == "Northland wants the ferry 😀 to run all year. Southmark rejects the ferry."
    assert judge(served, one, "correct", **fields_of(one, quote="Southmark accepts the ferry")).status == 400


def add(at, folder, **fields):
    with Record.open(folder, read_only=True) as record:
        report = next(row for row in record.reports() if row.name == "a.txt")
    given = {
        "report": report.id, "party": "northland", "option": "low-fee", "stance": "for", "act": "state", "via": "speaker",
        "speaker": "Ada North", "reviewer": "A. Reader", "back": f"/reports/{report.id}",
    }  # fmt: skip
    return at.post("/statements", {**given, **fields})


def test_a_missed_statement_is_added_by_its_words(served, folder):
    answer = add(served, folder, quote="Minister Ada North spoke of a low fee as a matter of course.")
    assert answer.status == 303
    found = [one for one in _statements(folder) if one.reader == "person"]
    assert [(one.party, one.option, one.stance, one.speaker) for one in found] == [
        ("northland", "low-fee", "for", "Ada North")
    ]
    assert "added by A. Reader" in served.get(f"/statements/{found[0].id}").text
    with Record.open(folder) as record:
        record.read(ByHeart())
    assert any(one.reader == "person" for one in _statements(folder))


def test_places_count_code_points_and_words_decide(served, folder):
    text = _text(folder, "a.txt")
    start = text.index("to run all year")
    assert add(served, folder, quote="to run all year", start=start, end=start + 15).status == 303
    (one,) = [one for one in _statements(folder) if one.reader == "person"]
    assert (one.start, one.quote) == (start, "to run all year")
    # Places that a browser counted otherwise are not believed: the words are looked for.
    assert add(served, folder, quote="Southmark rejects", start=start, end=start + 17).status == 303
    assert {one.quote for one in _statements(folder) if one.reader == "person"} == {
        "to run all year",
        "Southmark rejects",
    }


def test_words_that_stand_twice_want_a_number(served, folder):
    refused = add(served, folder, quote="ferry")
    assert refused.status == 400
    assert "say which occurrence" in refused.text
    assert add(served, folder, quote="ferry", occurrence=2).status == 303
    (one,) = [one for one in _statements(folder) if one.reader == "person"]
    assert one.start == _text(folder, "a.txt").index("ferry 😀")
    for wrong in ({"quote": "no such words"}, {"quote": ""}, {"quote": "ferry", "occurrence": 9}):
        assert add(served, folder, **wrong).status == 400


def test_the_agenda_is_edited_as_it_was_previewed(served, folder):
    page = served.get("/agenda?edit=option&issue=fees&says=The+fee+is+paid+monthly&words=monthly,by+month")
    assert "+      - id:" in page.text or "added" in page.text
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page.text)[1]
    fields = {
        "edit": "option",
        "issue": "fees",
        "says": "The fee is paid monthly",
        "words": "monthly,by month",
        "digest": digest,
        "reviewer": "A. Reader",
    }
    before = (folder / "agenda.yaml").read_text(encoding="utf-8")
    stale = served.post("/agenda", {**fields, "digest": "0" * 64})
    assert stale.status == 400
    assert (folder / "agenda.yaml").read_text(encoding="utf-8") == before
    assert served.post("/agenda", fields).status == 303
    after = (folder / "agenda.yaml").read_text(encoding="utf-8")
    assert after.startswith("# The ferry talks, for tests.")
    assert "The fee is paid monthly" in after
    assert "The fee is paid monthly" in served.get("/agenda").text


def test_two_options_are_merged_and_judgements_stay(served, folder):
    one = statement_on(folder, "southmark")
    judge(served, one, "confirm")
    page = served.get("/agenda?edit=merge&gone=ferry-link&kept=night-ferry").text
    assert "5 statements will count for another option." in page
    assert "Judgements that go along: 1." in page
    digest = re.search(r'name="digest" value="([0-9a-f]+)"', page)[1]
    fields = {"edit": "merge", "gone": "ferry-link", "kept": "night-ferry", "digest": digest}
    unsigned = served.post("/agenda", fields)
    assert (unsigned.status, "must be signed" in unsigned.text) == (400, True)
    assert served.post("/agenda", {**fields, "reviewer": "A. Reader"}).status == 303
    assert served.get("/options/ferry-link").status == 404
    assert "confirmed by A. Reader" in served.get("/options/night-ferry").text


def upload(at, files):
    boundary = "frontier"
    parts = [("token", None, at.guard.token.encode()), *(("reports", name, raw) for name, raw in files)]
    body = b""
    for field, name, raw in parts:
        told = f'; filename="{name}"' if name is not None else ""
        body += f'--{boundary}\r\nContent-Disposition: form-data; name="{field}"{told}\r\n\r\n'.encode() + raw + b"\r\n"
    body += f"--{boundary}--\r\n".encode()
    headers = {
        "Content-Type": f"multipart/form-data; boundary={boundary}",
        "Origin": at.address,
        "Sec-Fetch-Site": "same-origin",
    }
    return at.ask("POST", "/reports", body, headers)


def test_reports_are_sent_through_intake(served, folder, tmp_path):
    before = sorted(path.name for path in tmp_path.rglob("*"))
    answer = upload(
        served, [("../../evil.txt", b"Northland wants the ferry too.\n"), ("C:\\\\x\\\\win.md", b"# Talks\n\nWords.\n")]
    )
    assert answer.status == 303
    assert answer.headers["location"] == "/reports?added=2&state=new"
    with Record.open(folder, read_only=True) as record:
        assert {"evil.txt", "win.md"} <= {row.name for row in record.reports()}
    after = sorted(path.name for path in tmp_path.rglob("*"))
    assert [name for name in after if name not in before and not name.startswith("record.sqlite")] == []
    refused = upload(served, [("movie.txt", bytes(range(256)) * 40)])
    assert refused.status == 400
    assert "movie.txt" in refused.text


@pytest.mark.parametrize("fields", [{"verdict": "true"}, {"verdict": ""}, {"statement": "ffff", "verdict": "confirm"}])
def test_what_cannot_be_is_refused(served, folder, fields):
    given = {"statement": statement_on(folder, "islands").id, "verdict": "confirm", "reviewer": "A. Reader", **fields}
    assert served.post("/judgements", given).status in (400, 404)


def test_reviewers_and_their_agreement_are_shown(served, folder):
    statements = _statements(folder)[:4]
    for place, one in enumerate(statements):
        judge(served, one, "confirm", reviewer="Ann")
        judge(served, one, "reject" if place == 0 else "confirm", reviewer="Ben")
    page = served.get("/review").text
    assert "Krippendorff" in page
    assert "Cohen" in page
    assert "reviewers differ" in page


def _statements(folder):
    with Record.open(folder, read_only=True) as record:
        return record.statements()


def _text(folder, name):
    with Record.open(folder, read_only=True) as record:
        return record.store.report(name).text


def test_the_command_serves_and_says_where(folder, tmp_path):
    surroundings = {**os.environ, "TRAVAUX_HOME": str(tmp_path / "home")}
    process = subprocess.Popen(
        [sys.executable, "-m", "travaux", "serve", str(folder), "-p", "0"],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=surroundings,
    )  # fmt: skip
    try:
        address = process.stdout.readline().strip()
        assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", address)
        with urllib.request.urlopen(address, timeout=30) as page:
            assert b"The ferry between Northland and Southmark" in page.read()
    finally:
        process.send_signal(signal.SIGINT)
        rest, told = process.communicate(timeout=60)
    assert rest == ""
    assert "Ctrl-C stops it." in told
    assert "Traceback" not in told


def test_a_port_that_is_taken_is_told(folder):
    with serving(folder) as at:
        done = CliRunner().invoke(command, ["serve", str(folder), "-p", str(at.port)])
        assert done.exit_code != 0
        assert "cannot be had" in str(done.exception)
