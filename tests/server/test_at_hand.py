"""The record kept in memory: what is patched after a decision is what loading it anew would give."""

import pytest
from small_record import make_small_record

from travaux import Record
from travaux.server import at_hand
from travaux.server.at_hand import AtHand, around


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
    monkeypatch.setattr(at_hand, "SOON", 0.0)  # as if loading took long
    kept = AtHand(record)
    monkeypatch.setattr(kept, "_load_beside", lambda: None)  # and were never done
    assert kept.held is kept.held
    for party, verdict, corrections in DECISIONS:
        one = record.statements(party=party)[0]
        made = record.judge(one, verdict, reviewer="A. Reader", corrections=corrections)
        kept.judged_in(made.report_id)
        assert shown(kept.held) == shown(AtHand(record).held), (party, verdict)
    passage = "Minister Ada North spoke of a low fee"
    fields = {"party": "northland", "option": "low-fee", "stance": "for"}
    added = record.add_statement("a.txt", passage, fields, reviewer="A. Reader")
    kept.judged_in(added.report_id)
    assert shown(kept.held) == shown(AtHand(record).held)
    taken = record.undo(reviewer="A. Reader")
    kept.judged_in(taken.report_id)
    assert shown(kept.held) == shown(AtHand(record).held)


def test_it_is_loaded_beside_while_pages_are_shown_as_they_were(record, monkeypatch):
    monkeypatch.setattr(at_hand, "SOON", 0.0)
    kept = AtHand(record)
    before = kept.held
    record.judge(record.statements()[0], "reject", reviewer="A. Reader")
    assert kept.held is before
    kept._loading.join(30)
    after = kept.held
    assert after is not before
    assert len(after.contents.view.rejected) == 1


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
