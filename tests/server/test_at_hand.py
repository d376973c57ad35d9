"""The record kept in memory: what is patched after a decision is what loading it anew would give."""

import threading
import time

import pytest
from small_record import make_small_record

from travaux import Record
from travaux.errors import AgendaError
from travaux.server import at_hand
from travaux.server.at_hand import AtHand, StillLoading, around
from travaux.server.kept import Kept


@pytest.fixture
def record(tmp_path):
    with Record.open(make_small_record(tmp_path / "talks")) as opened:
        yield opened


def shown(held):
    contents = held.contents
    return {
        "matrix": contents.view.matrix,
        "by_report": {key: [(one.statement, one.mark, one.carries) for one in found] for key, found in contents.by_report.items() if found},
        "by_position": {key: [(one.statement, one.mark, one.carries) for one in found] for key, found in contents.by_position.items() if found},
        "by_id": {key: (one.statement, one.judged.verdict) for key, one in contents.by_id.items()},
        "rejected": {one.effective.id for one in contents.view.rejected},
    }  # fmt: skip


DECISIONS = [
    ("southmark", "reject", None),
    ("southmark", "correct", {"stance": "open"}),
    ("northland", "correct", {"party": "southmark", "option": "low-fee"}),
    ("islands", "confirm", None),
    ("islands", "correct", {"condition": None}),
    ("northland", "reject", None),
]


def test_a_large_record_shows_each_decision_at_once_and_rightly(record, monkeypatch):
    monkeypatch.setattr(at_hand, "SMALL", 0)  # as if loading took long
    kept = AtHand(record)
    assert kept.held is kept.held
    monkeypatch.setattr(kept, "_load_beside", lambda: None)  # and were never done again
    for party, verdict, corrections in DECISIONS:
        one = record.statements(party=party)[0]
        record.judge(one, verdict, reviewer="A. Reader", corrections=corrections)
        assert shown(kept.held) == shown(AtHand(record).held), (party, verdict)
    passage = "Minister Ada North spoke of a low fee"
    fields = {"party": "northland", "option": "low-fee", "stance": "for"}
    record.add_statement("a.txt", passage, fields, reviewer="A. Reader")
    assert shown(kept.held) == shown(AtHand(record).held)
    record.undo(reviewer="A. Reader")
    assert shown(kept.held) == shown(AtHand(record).held)


def test_what_was_worked_out_once_is_kept_until_something_changes(record):
    kept = AtHand(record)
    made = []
    for _ in range(2):
        kept.held.once("thing", lambda: made.append(1))
    assert made == [1]
    record.judge(record.statements()[0], "confirm", reviewer="A. Reader")
    kept.held.once("thing", lambda: made.append(1))
    assert made == [1, 1]


def test_surroundings_are_those_of_the_paragraph(record):
    report = record.store.report("a.txt")
    start = report.text.index("Southmark rejects")
    found = around(report, start, start + 28)
    assert found.before == "Northland wants the ferry 😀 to run all year. "
    assert found.after == " The Islands would accept it if the fee stays low."


@pytest.fixture
def large(record, monkeypatch):
    """A record as if loading took long, loaded; and how to let what is worked out beside be done."""
    monkeypatch.setattr(at_hand, "SMALL", 0)
    kept = AtHand(record)
    assert kept.held.behind is False

    def done():
        if kept._loading is not None:
            kept._loading.join(30)

    done()
    return kept, done


def test_a_large_record_is_brought_up_to_date_beside_and_says_so_meanwhile(record, large):
    kept, done = large
    before = kept.held
    record.judge(record.statements()[0], "reject", reviewer="A. Reader")
    meanwhile = kept.held
    assert (meanwhile.behind, meanwhile.at) == (True, before.at)
    assert len(meanwhile.contents.view.rejected) == 1
    done()
    after = kept.held
    assert after.behind is False
    assert shown(after) == shown(AtHand(record).held)
    assert after.contents.view.shifts == AtHand(record).held.contents.view.shifts


def test_what_another_process_reads_and_judges_is_seen_in_a_large_record(record, large, tmp_path):
    kept, done = large
    with Record.open(record.folder) as other:
        other.judge(other.statements()[0], "reject", reviewer="B. Other")
        assert len(kept.held.contents.view.rejected) == 1
        other.date("c.txt", "2025-04-01", reviewer="B. Other")
    assert kept.held.behind
    done()
    assert kept.held  # what was written while it was loaded is seen the next time
    done()
    assert kept.held.contents.dates == AtHand(record).held.contents.dates
    assert kept.held.behind is False


def test_what_no_page_shows_makes_nothing_anew(record, large):
    kept, _ = large
    before = kept.held
    record.add_source("https://example.org/feed.xml", kind="feed")
    assert kept.held is before
    assert before.behind is False


def test_the_queue_goes_on_at_once_without_what_was_settled(record, large, monkeypatch):
    kept, _ = large

    def waiting(held):
        return [one.judged.effective.id for one in held.asked(("queue", "priority", ""), lambda asked: asked.queue())]

    first, *rest = waiting(kept.held)
    monkeypatch.setattr(kept, "_load_beside", lambda: None)
    record.judge(first, "confirm", reviewer="A. Reader")
    assert waiting(kept.held) == rest


def test_a_page_asked_for_too_early_is_told_so(record, monkeypatch):
    monkeypatch.setattr(at_hand, "PATIENCE", 0.01)
    kept = AtHand(record)
    loaded = kept._loaded
    go_on = threading.Event()

    def slowly():
        go_on.wait(30)
        return loaded()

    monkeypatch.setattr(kept, "_loaded", slowly)
    with pytest.raises(StillLoading):
        _ = kept.held
    go_on.set()
    kept._loading.join(30)
    assert kept.held.contents.by_id


def test_an_agenda_that_breaks_is_told_and_looked_at_again(record):
    kept = AtHand(record)
    agenda = record.folder / "agenda.yaml"
    good = agenda.read_text(encoding="utf-8")
    agenda.write_text("parties: 3", encoding="utf-8")
    with pytest.raises(AgendaError):
        _ = kept.held
    agenda.write_text(good, encoding="utf-8")
    assert kept.held.contents.by_id


def test_a_thing_is_made_by_one_while_the_others_wait():
    kept, made, begun = Kept(10), [], threading.Barrier(8)

    def look():
        begun.wait(10)
        return kept.once("thing", lambda: (time.sleep(0.05), made.append(1)))

    threads = [threading.Thread(target=look) for _ in range(8)]
    for one in threads:
        one.start()
    for one in threads:
        one.join(10)
    assert made == [1]


def test_what_could_not_be_made_is_made_the_next_time():
    kept = Kept(10)
    with pytest.raises(ZeroDivisionError):
        kept.once("thing", lambda: 1 // 0)
    assert kept.once("thing", lambda: 3) == 3


def test_the_longest_unused_is_forgotten():
    kept = Kept(2)
    for key in ("a", "b", "a", "c"):
        kept.once(key, lambda: key)  # noqa: B023
    assert [key for key, _ in kept.items()] == ["a", "c"]


def test_after_judgements_alone_nothing_else_is_asked_of_the_record_again(record, large, monkeypatch):
    kept, done = large
    statements = kept.held.look
    asked = []
    loads = record.store.statements
    monkeypatch.setattr(record.store, "statements", lambda **given: asked.append(given) or loads(**given))
    one = record.statements(party="southmark")[0]
    asked.clear()
    record.judge(one, "reject", reviewer="A. Reader")
    _ = kept.held
    done()
    assert kept.held.behind is False
    assert kept.held.look is not statements
    assert [given for given in asked if given.get("report_id") is None] == []
    record.date("c.txt", "2025-04-01", reviewer="A. Reader")
    _ = kept.held
    done()
    assert [given for given in asked if given.get("report_id") is None] != []
