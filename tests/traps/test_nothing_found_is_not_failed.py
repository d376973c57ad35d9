"""Trap: "nothing found" looks like "failed", or like "not looked at"."""

import hashlib

import pytest

from travaux.model import Block, BlockKind, Reading, Report, ReportState, report_id
from travaux.record import Run, Store

RUN = Run("local", '{"code":"1"}', "agenda", "1")


@pytest.fixture
def store(tmp_path):
    with Store.create(tmp_path / "talks") as opened:
        yield opened


def add(store, name):
    raw = f"Nothing is said in {name}.".encode()
    sha256 = hashlib.sha256(raw).hexdigest()
    blocks = (Block(0, len(raw), BlockKind.PARAGRAPH),)
    report = Report(report_id(name, sha256), name, sha256, "text/plain", "utf-8", raw.decode(), blocks)
    store.add_report(report, raw)
    return report.id


def test_each_state_is_told_apart(store):
    add(store, "new.txt")
    store.save_reading(add(store, "read.txt"), RUN, Reading((), sentences=1))
    store.save_reading(add(store, "empty.txt"), RUN, Reading((), sentences=0))
    store.save_failure(add(store, "failed.txt"), RUN, "longer than the parser takes")
    told = {row.name: (row.state, row.reason) for row in store.report_rows()}
    assert told == {
        "new.txt": (ReportState.NEW, ""),
        "read.txt": (ReportState.READ, ""),
        "empty.txt": (ReportState.EMPTY, ""),
        "failed.txt": (ReportState.FAILED, "longer than the parser takes"),
    }
    assert {row.statements for row in store.report_rows()} == {0}


def test_only_what_was_read_is_done(store):
    identities = {name: add(store, name) for name in ("new.txt", "read.txt", "empty.txt", "failed.txt")}
    store.save_reading(identities["read.txt"], RUN, Reading((), sentences=1))
    store.save_reading(identities["empty.txt"], RUN, Reading((), sentences=0))
    store.save_failure(identities["failed.txt"], RUN, "longer than the parser takes")
    assert store.pending(RUN.reader, RUN.fingerprint, RUN.agenda_digest) == [
        identities["failed.txt"],
        identities["new.txt"],
    ]


def test_a_failure_always_says_why(store):
    identity = add(store, "a.txt")
    with pytest.raises(ValueError, match="reason"):
        store.save_failure(identity, RUN, " \n")
    assert [row.state for row in store.report_rows()] == [ReportState.NEW]


def test_a_failure_leaves_no_statements_and_success_no_reason(store):
    identity = add(store, "a.txt")
    store.save_failure(identity, RUN, "first try")
    store.save_reading(identity, RUN, Reading((), sentences=1))
    (row,) = store.report_rows()
    assert (row.state, row.reason) == (ReportState.READ, "")
