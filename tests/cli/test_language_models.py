"""The command line of language models: what is said before, what is asked, what is dropped, what two readers disagree on."""

from __future__ import annotations

import json
import re
import shutil
import signal
import subprocess
from pathlib import Path

import pytest
from model_stubs import EXAMPLE, answered, batch_line, completion, perfect, serving, wait_until

KEY = "planted-key-0123456789abcdef"


@pytest.fixture
def serve():
    with serving() as start:
        yield start


@pytest.fixture
def rows():
    found: dict[str, list[dict]] = {}
    for line in (EXAMPLE / "statements.jsonl").read_text("utf-8").splitlines():
        row = json.loads(line)
        found.setdefault(row["report"], []).append(row)
    return found


def right(rows, got):
    """The right answers to a request."""
    shown = " ".join(got.body["messages"][1]["content"].split())
    found = [ones for ones in rows.values() if all(" ".join(row["quote"].split()) in shown for row in ones)]
    return perfect(found[0] if found else [])


def careful(rows):
    """A server that answers as a careful reader does."""

    def behaviour(handler, got, number):
        handler.answer(*right(rows, got))

    return behaviour


def test_nothing_is_sent_without_a_model(travaux, record):
    ended = travaux("read", record, "--reader", "llm")
    assert ended.code == 2
    assert "no model is named" in ended.err
    assert "--base-url" in ended.err


def test_a_model_without_the_reader_is_a_slip(travaux, record):
    ended = travaux("read", record, "--model", "openai:gpt-5-mini")
    assert (ended.code, "add --reader llm" in ended.err) == (2, True)


def test_a_dry_run_says_what_it_takes_and_sends_nothing(travaux, record, serve, monkeypatch):
    server = serve(lambda handler, got, number: handler.answer())
    ended = travaux("read", record, "--reader", "llm", "--base-url", server.url, "--dry-run")
    assert ended.code == 0
    assert "10 requests about 10 reports" in ended.err
    assert "no text leaves it" in ended.err
    assert "Nothing was sent." in ended.err
    assert server.got == []
    priced = travaux("read", record, "--reader", "llm", "--model", "openai:gpt-5-mini", "--dry-run")
    assert "US dollars, by prices of 2026-" in priced.err
    unpriced = travaux("read", record, "--reader", "llm", "--dry-run")
    assert (unpriced.code, "the price is not known" in unpriced.err) == (0, True)


def test_above_the_limit_nothing_is_sent_unasked(travaux, record):
    ended = travaux("read", record, "--reader", "llm", "--model", "openai:gpt-5-mini", "--limit", "0")
    assert ended.code == 2
    assert "more than the limit of 0.00 US dollars, and nothing was sent" in ended.err


def test_the_whole_path_over_a_server(travaux, record, serve, rows):
    server = serve(careful(rows))
    local = travaux("show", record, "--json")
    ended = travaux("read", record, "--reader", "llm", "--base-url", server.url)
    assert ended.code == 0, ended.err
    assert "Dropped: 0 of 118 answered statements (0.0 %)." in ended.err
    shown = travaux("show", record, "--json")
    assert "Reader: llm, and what a person confirmed; --reader local shows the other's." in shown.err
    assert shown.out != local.out
    assert travaux("show", record, "--json", "--reader", "local").out == local.out
    figures = {
        row["id"]: row for row in json.loads(travaux("evaluate", record, EXAMPLE, "--reader", "llm", "--json").out)
    }
    assert figures["position"]["f1"] == 1.0
    again = travaux("read", record, "--reader", "llm", "--base-url", server.url)
    assert "nothing to pay" in again.err
    assert len(server.asked) == 10
    back = travaux("read", record, "--reader", "local")
    assert back.code == 0
    assert travaux("show", record, "--json").out == local.out
    assert travaux("doctor", record).code == 0


def test_requests_and_answers_go_by_file(travaux, record, rows, tmp_path):
    requests, answers = tmp_path / "requests.jsonl", tmp_path / "answers.jsonl"
    ended = travaux("llm", "requests", record, "-o", requests)
    assert (ended.code, "10 requests written; nothing was sent" in ended.err) == (0, True)
    names = {row["id"]: row["report"] for row in json.loads(travaux("reports", record, "--json").out)}
    lines = []
    for line in requests.read_text("utf-8").splitlines():
        request = json.loads(line)
        lines.append(
            batch_line(
                request,
                *perfect(rows.get(names[request["custom_id"][:16]], [])),
            )
        )
    answers.write_text("\n".join(lines), encoding="utf-8")
    imported = travaux("llm", "import", record, answers)
    assert imported.code == 0, imported.err
    figures = {row["id"]: row for row in json.loads(travaux("evaluate", record, EXAMPLE, "--json").out)}
    assert figures["position"]["f1"] == 1.0
    to_stdout = travaux("llm", "requests", record, "-o", "-", "--model", "gpt-5-mini")
    assert len(to_stdout.out.splitlines()) == 10
    assert travaux("llm", "import", record, tmp_path / "none.jsonl").code == 2


def test_what_was_dropped_is_listed_with_its_reason(travaux, record, serve, rows):
    def behaviour(handler, got, number):
        wrong = {**perfect(next(iter(rows.values())))[0], "quote": "Russia has agreed to all of it \u202e at once"}
        handler.answer(wrong, "nonsense", {**wrong, "party": "atlantis"})

    ended = travaux("read", record, "--reader", "llm", "--base-url", serve(behaviour).url)
    assert "Dropped: 30 of 30 answered statements (100.0 %); travaux llm dropped lists them" in ended.err
    listed = [json.loads(line) for line in travaux("llm", "dropped", record, "--jsonl").out.splitlines()]
    assert {row["kind"] for row in listed} == {"quote-not-found", "malformed", "unknown-party"}
    table = travaux("llm", "dropped", record)
    assert "unknown-party" in table.out.replace("\n", "")
    assert "\u202e" not in table.out


def test_the_prompt_can_be_read(travaux, record):
    full, terse = travaux("llm", "prompt", record), travaux("llm", "prompt", record, "--prompt", "terse")
    assert "nato-membership: Ukraine joins NATO" in full.out
    assert len(terse.out) < len(full.out)


def test_two_readers_are_compared_and_judging_empties_the_queue(travaux, record, serve, rows):
    assert travaux("compare-readers", record).code == 2
    travaux("read", record, "--reader", "llm", "--base-url", serve(careful(rows)).url)
    figures = {row["id"]: row for row in json.loads(travaux("compare-readers", record, "--json").out)}
    assert 0 < figures["position"]["value"] < 1
    assert -1 <= figures["stance"]["value"] <= 1
    both = travaux("compare-readers", record, "--reader", "llm", "--reader", "local", "--json")
    assert {row["id"]: row for row in json.loads(both.out)}["position"]["value"] == figures["position"]["value"]
    queue = [json.loads(line) for line in travaux("compare-readers", record, "--queue", "--jsonl").out.splitlines()]
    first = next(row for row in queue if row["second"])
    assert travaux("judge", "confirm", record, first["second"]).code == 0
    left = [
        json.loads(line)["id"] for line in travaux("compare-readers", record, "--queue", "--jsonl").out.splitlines()
    ]
    assert first["id"] not in left
    everything = travaux("compare-readers", record, "--queue", "--all", "--jsonl").out
    assert first["id"] in everything
    assert travaux("compare-readers", record, *["--reader", "local"] * 3).code == 2
    assert travaux("compare-readers", record, "--queue").code == 0


def test_a_forbidden_record_is_told_in_one_line(travaux, record, serve):
    server = serve(lambda handler, got, number: handler.answer())
    agenda = record / "agenda.yaml"
    agenda.write_text("llm: never\n" + agenda.read_text("utf-8"), encoding="utf-8")
    for words in (
        ("read", record, "--reader", "llm", "--base-url", server.url),
        ("llm", "requests", record, "-o", "-"),
        ("llm", "explain", record, "russia", "nato-membership", "--base-url", server.url),
        ("agenda", "suggest", record, "--reader", "llm", "--base-url", server.url),
    ):
        ended = travaux(*words)
        assert ended.code == 2
        assert "llm: never" in ended.err
        assert ended.out == ""
    assert server.got == []


def test_a_slip_in_the_agenda_does_not_lift_the_ban(travaux, tmp_path, serve):
    server = serve(lambda handler, got, number: handler.answer())
    shutil.copytree(EXAMPLE / "reports", tmp_path / "talks" / "reports")
    (tmp_path / "talks" / "agenda.yaml").write_text("llm: never\ntitle: [unclosed\n", encoding="utf-8")
    ended = travaux("agenda", "suggest", tmp_path / "talks", "--reader", "llm", "--base-url", server.url)
    assert (ended.code, "llm: never" in ended.err) == (2, True)
    assert server.got == []


def test_an_agenda_is_drafted_and_labelled(travaux, tmp_path, serve):
    draft = {
        "parties": [{"name": "Russia", "names": ["Moscow", "Ruritania"]}, {"name": "Ukraine", "names": ["Kyiv"]}],
        "issues": [{"title": "Alliance", "options": [{"says": "Ukraine joins NATO", "words": ["NATO membership"]}]}],
    }
    server = serve(lambda handler, got, number: handler.send(200, completion(json.dumps(draft))))
    shutil.copytree(EXAMPLE / "reports", tmp_path / "talks" / "reports")
    ended = travaux("agenda", "suggest", tmp_path / "talks", "--reader", "llm", "--base-url", server.url)
    assert ended.code == 0, ended.err
    assert ended.out.startswith("# Drafted by stub-1 from the reports, to be edited.\n")
    assert "Ukraine joins NATO" in ended.out
    assert "Ruritania" not in ended.out
    assert "Ruritania” stands in no report" in ended.err


def test_an_explanation_is_labelled_and_shows_its_quotes(travaux, record, serve):
    told = json.dumps({"sentence": "Reports of Russia disagree.", "rests_on": [1, 2]})
    server = serve(lambda handler, got, number: handler.send(200, completion(told)))
    ended = travaux("llm", "explain", record, "russia", "article5-like", "--base-url", server.url)
    assert ended.code == 0, ended.err
    assert ended.out.splitlines()[0] == "Written by a language model (stub-1), no evidence: Reports of Russia disagree."
    assert len(ended.out.splitlines()) == 3


def test_a_planted_key_is_found_nowhere(apart, record, serve, rows, tmp_path):
    """In the record, the kept answers, exports, the page, requests, talk: the server gives it back wherever it can."""

    def behaviour(handler, got, number):
        assert got.headers["authorization"] == f"Bearer {KEY}"
        if number % 4 == 0:
            handler.send(500 if number < 12 else 400, {"error": {"message": f"bad key {KEY}"}})
            return
        items = right(rows, got)
        items = (
            [{**item, "speaker": KEY, "via_name": KEY} for item in items] + [{**items[0], "quote": f"{KEY} is it"}]
            if items
            else []
        )
        handler.send(200, completion(answered(*items), model=KEY))

    server = serve(behaviour)
    told = []
    words = ("read", record, "--reader", "llm", "--base-url", server.url, "--model", "m")
    for arguments in (
        words,
        ("statements", record, "--reader", "llm", "--why"),
        ("llm", "dropped", record, "--json"),
        ("llm", "requests", record, "-o", "-"),
        ("export", record, "--reader", "llm", "--format", "datapackage", "-o", tmp_path / "out"),
        ("page", record, "--reader", "llm", "-o", tmp_path / "out.html"),
    ):
        ended = apart(*arguments, TRAVAUX_LLM_KEY=KEY)
        told += [ended.out, ended.err]
    assert "Dropped" in told[1]
    for path in (*record.rglob("*"), *tmp_path.rglob("*")):
        if path.is_file():
            told.append(path.read_bytes().decode("latin-1"))
    assert len(told) > 20
    assert [text[:200] for text in told if KEY in text] == []


def test_a_bug_shows_no_key(apart, record, tmp_path):
    """A traceback of ours names no value: what breaks is the answer of a server that is no server."""
    ended = apart(
        "read", record, "--reader", "llm", "--base-url", "http://127.0.0.1:9/v1", "--model", "m", TRAVAUX_LLM_KEY=KEY
    )
    assert ended.code == 3
    assert KEY not in ended.err
    assert "is the server running?" in ended.err


def test_a_run_stopped_by_ctrl_c_goes_on_where_it_was(started, record, serve, rows, travaux):
    answers = careful(rows)

    def behaviour(handler, got, number):
        if number > 4:
            handler.server.over.wait(180)
        else:
            answers(handler, got, number)

    server = serve(behaviour)
    running = started("read", record, "--reader", "llm", "--base-url", server.url, "--model", "m", "--concurrency", "2")
    folder = Path(record) / "llm" / "answers"
    wait_until(lambda: len(list(folder.rglob("*.json"))) == 4, 150)
    wait_until(lambda: len(server.asked) >= 6, 60)
    running.send_signal(signal.SIGINT)
    try:
        _, told = running.communicate(timeout=90)
    except subprocess.TimeoutExpired:
        running.kill()
        raise
    assert running.returncode == 130, told
    assert b"Stopped" in told
    server.over.set()
    server.behaviour = answers
    before = len(server.asked)
    ended = travaux("read", record, "--reader", "llm", "--base-url", server.url, "--model", "m")
    assert ended.code == 0, ended.err
    # Of the four answers that came, some were read into the record before the stop and the others lie in the folder.
    kept = sum(
        int(number)
        for pattern in (r"(\d+) answers? kept from before", r"(\d+) read before")
        for number in re.findall(pattern, ended.err)
    )
    assert kept == 4, ended.err
    assert len(server.asked) - before <= 6


def test_without_the_extra_everything_else_works(apart, record, tmp_path):
    """As for somebody who installed `travaux` alone: the packages are hidden from the process."""
    hiding = tmp_path / "hiding"
    hiding.mkdir()
    blocked = "import sys\nfor name in ('pydantic_ai', 'openai', 'httpx2'):\n    sys.modules[name] = None\n"
    (hiding / "sitecustomize.py").write_text(blocked)
    source = str(Path(__file__).resolve().parents[2] / "src")
    surroundings = {"PYTHONPATH": f"{hiding}:{source}"}
    refused = apart("read", record, "--reader", "llm", "--model", "openai:gpt-5-mini", **surroundings)
    assert refused.code == 3
    assert "pip install 'travaux[llm]'" in refused.err
    assert "Traceback" not in refused.err
    for words in (
        ("read", record),
        ("show", record),
        ("llm", "prompt", record),
        ("llm", "requests", record, "-o", "-"),
    ):
        assert apart(*words, **surroundings).code == 0
