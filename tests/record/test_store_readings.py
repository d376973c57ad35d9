"""Saving readings: evidence is exact, a reading is whole, and what is pending is known."""

import multiprocessing
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.errors import UnknownName
from travaux.model import Block, BlockKind, Reading, Reason, ReportState, Stance
from travaux.record import Run, Store, fingerprint_json
from travaux.record.evidence import Evidence


@pytest.fixture
def report(store, make_report):
    report, raw = make_report()
    store.add_report(report, raw)
    return report


def test_statements_come_back_as_they_were_read(store, report, make_statement, make_run):
    statement = make_statement(
        report,
        "Northland said it would accept the ferry link",
        speaker="Foreign Ministry",
        former=True,
        via_name="a diplomat",
        condition="unless fares are frozen",
        confidence=0.25,
        reasons=(Reason("stance", "“accept” is for", 24, 30), Reason("via", "named")),
    )
    store.save_reading(report.id, make_run(), Reading((statement,), 1))
    (stored,) = store.statements()
    assert stored == statement
    assert stored.reasons == statement.reasons
    assert store.runs() == [make_run()]


def test_statements_are_ordered_by_report_and_place(store, make_report, make_statement, make_run):
    for name in ("b.txt", "a.txt"):
        report, raw = make_report(name, listed=True)
        store.add_report(report, raw)
        spans = [("ferry link", "y"), ("Northland", "y"), ("ferry", "y"), ("ferry", "x")]
        read = tuple(make_statement(report, quote, party=party) for quote, party in spans)
        store.save_reading(report.id, make_run(), Reading(read, 2))
    ordered = [(one.report, one.quote, one.party) for one in store.statements()]
    per_report = [("Northland", "y"), ("ferry", "x"), ("ferry", "y"), ("ferry link", "y")]
    assert ordered == [(name, *rest) for name in ("a.txt", "b.txt") for rest in per_report]


def test_reading_again_replaces_only_this_readers_statements(store, report, make_statement, make_reading, make_run):
    other = make_statement(report, "Southland rejects it", party="southland", stance=Stance.AGAINST, reader="other")
    store.save_reading(report.id, make_run("other"), Reading((other,), 1))
    store.save_reading(report.id, make_run(), make_reading(report))
    again = Reading(make_reading(report).statements[:1], 2)
    store.save_reading(report.id, make_run(version="2"), again)
    assert store.statements() == list(again.statements)
    assert store.statements(reader="other") == [other]
    assert {run.version for run in store.runs()} == {"1", "2"}
    store.save_reading(report.id, make_run("other", version="2"), Reading((other,), 1))
    assert {run.version for run in store.runs()} == {"2"}  # runs that nothing comes from any more are not named
    assert store.check() == []


def test_a_reading_that_breaks_a_rule_is_a_bug_and_changes_nothing(
    store, report, make_statement, make_reading, make_run
):
    good = make_reading(report)
    store.save_reading(report.id, make_run(), good)
    first = good.statements[0]
    quote = "Northland said it would accept the ferry link"
    broken = {
        "not the text": replace(first, start=1, end=1 + len(quote)),
        "outside": replace(first, start=0, end=10**6),
        "condition": make_statement(report, quote, condition="if the moon turns blue"),
        "another report": replace(first, report_id="0" * 16),
        "or reader": replace(first, reader="other"),
        "hash": replace(first, id="0" * 16),
        "confidence": make_statement(report, quote, confidence=1.5),
        "reason": make_statement(report, quote, reasons=(Reason("stance", "…", 5, 10**6),)),
    }
    for fault, statement in broken.items():
        with pytest.raises(ValueError, match=fault):
            store.save_reading(report.id, make_run(version="2"), Reading((statement,), 1))
    with pytest.raises(ValueError, match="twice"):
        store.save_reading(report.id, make_run(version="2"), Reading((first, first), 1))
    with pytest.raises(ValueError, match="from 0 sentences"):
        store.save_reading(report.id, make_run(version="2"), Reading((first,), 0))
    assert store.statements() == list(good.statements)
    assert store.runs() == [make_run()]


@pytest.mark.parametrize("kind", [kind for kind in BlockKind if not Block(0, 1, kind).is_read])
def test_page_chrome_and_notes_are_never_evidence(store, make_report, make_statement, make_run, kind):
    text = "A headline about ferries\nRead also: Northland accepts the ferry link\n"
    cut = text.index("\n")
    blocks = (Block(0, cut, BlockKind.TITLE), Block(cut + 1, len(text) - 1, kind, "a link list"))
    report, raw = make_report("chrome.txt", text, blocks=blocks)
    store.add_report(report, raw)
    for quote in ("Northland accepts the ferry link", "ferries\nRead also"):
        with pytest.raises(ValueError, match=f"block of kind {kind}"):
            store.save_reading(report.id, make_run(), Reading((make_statement(report, quote),), 1))
    store.save_reading(report.id, make_run(), Reading((make_statement(report, "about ferries"),), 1))


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_a_span_is_evidence_exactly_when_every_word_of_it_is_in_read_blocks(data):
    words = data.draw(st.lists(st.sampled_from(["ab ", "ü", " ", "\n", "🕊x\n"]), min_size=1, max_size=12))
    text = "".join(words)
    kinds = st.sampled_from([BlockKind.PARAGRAPH, BlockKind.CHROME, None])
    blocks, place = [], 0
    for word in words:
        kind = data.draw(kinds) if word.strip() else None
        if kind:
            blocks.append(Block(place, place + len(word), kind))
        place += len(word)
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    readable = {place for block in blocks if block.is_read for place in range(block.start, block.end)}
    chrome = {place for block in blocks if not block.is_read for place in range(block.start, block.end)}
    allowed = all(place in readable or (place not in chrome and text[place].isspace()) for place in range(start, end))
    evidence = Evidence(text, blocks)
    assert (evidence.unread_fault(start, end) is None) == allowed
    assert evidence.span_fault(start, end, text[start:end]) is None
    assert list(evidence.layout_faults()) == []


def test_pending_is_what_was_not_read_exactly_so(store, make_report, make_reading, make_run):
    ids = {}
    for name in ("c.txt", "a.txt", "b.txt"):
        report, raw = make_report(name, listed=True)
        store.add_report(report, raw)
        ids[name] = report.id
    run = make_run()

    def pending(**changed):
        asked = {"reader": run.reader, "fingerprint": run.fingerprint, "agenda_digest": run.agenda_digest, **changed}
        names = {identity: name for name, identity in ids.items()}
        return [names[identity] for identity in store.pending(**asked)]

    assert pending() == ["a.txt", "b.txt", "c.txt"]
    for name, identity in ids.items():
        store.save_reading(identity, run, make_reading(store.report(name)))
    assert pending() == []
    assert pending(agenda_digest="agenda-2") == pending(reader="other") == ["a.txt", "b.txt", "c.txt"]
    assert pending(fingerprint=fingerprint_json({"code": "2"})) == ["a.txt", "b.txt", "c.txt"]
    store.save_failure(ids["b.txt"], run, "the parser gave up")
    assert pending() == ["b.txt"]
    store.save_reading(ids["b.txt"], replace(run, version="2"), make_reading(store.report("b.txt")))
    assert pending() == []  # the version alone decides nothing: the fingerprint does


def test_nobody_reads_what_is_not_there(store, make_run):
    with pytest.raises(UnknownName):
        store.save_reading("0" * 16, make_run(), Reading((), 0))
    with pytest.raises(UnknownName):
        store.save_failure("0" * 16, make_run(), "…")


def test_run_ids_depend_on_everything_but_the_clock(make_run):
    runs = [make_run(), make_run("x"), make_run(version="2"), make_run(agenda="x"), make_run(code="2")]
    assert len({run.id for run in runs}) == 5
    assert (
        Run("local", fingerprint_json({"b": "1", "a": "2"}), "", "").id
        == Run("local", fingerprint_json({"a": "2", "b": "1"}), "", "").id
    )


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
import conftest
from travaux.record import Store
with Store.open(Path(sys.argv[1])) as store:
    for number in range(10_000):
        report, raw = conftest.report(f"{number:05}.txt", conftest.TEXT * 50 + str(number))
        store.add_report(report, raw)
        store.save_reading(report.id, conftest.run(), conftest.two_statements(report))
        print(number, flush=True)
"""


def test_a_killed_process_leaves_a_whole_record(store, folder):
    store.close()
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    writer = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(folder), os.path.dirname(__file__)],
        stdout=subprocess.PIPE,
        env=environment,
        text=True,
    )
    with writer:
        seen = 0
        for line in writer.stdout:
            seen = int(line)
            if seen >= 20:
                break
        time.sleep(0.013)  # somewhere in the middle of a later report
        writer.send_signal(signal.SIGKILL)
    assert writer.returncode == -signal.SIGKILL
    with Store.open(folder, read_only=True) as left:
        rows = left.report_rows()
        assert len(rows) > seen
        assert {row.statements for row in rows[:-1]} == {2}
        assert rows[-1].state in (ReportState.NEW, ReportState.READ)
        assert (rows[-1].statements == 2) == (rows[-1].state is ReportState.READ)
        assert left.check() == []
    with Store.open(folder) as again:
        again.set_info("works", "still")


def _read_all(folder, run, reading_of, started):
    with Store.open(folder) as store:
        started.wait()
        for identity in store.pending(run.reader, run.fingerprint, run.agenda_digest):
            store.save_reading(identity, run, reading_of(store.report(identity)))


def test_two_processes_reading_one_record_do_no_harm(store, folder, make_report, make_reading, make_run):
    for number in range(15):
        store.add_report(*make_report(f"{number:02}.txt", f"{make_report()[0].text}{number}"))
    store.close()
    context = multiprocessing.get_context("fork")
    started = context.Barrier(2)
    readers = [context.Process(target=_read_all, args=(folder, make_run(), make_reading, started)) for _ in range(2)]
    for reader in readers:
        reader.start()
    for reader in readers:
        reader.join(30)
    assert [reader.exitcode for reader in readers] == [0, 0]
    with Store.open(folder) as both:
        assert len(both.statements()) == 30
        assert both.check() == []
