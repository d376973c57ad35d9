"""Edits of the agenda are signed, kept and taken back; the file and the log never part."""

from itertools import pairwise

import pytest
from small_record import AGENDA, make_small_record

from travaux import Record
from travaux.agenda.editing import MergedOptions, NewName, NewOption
from travaux.errors import RecordReadOnly, RequestError


@pytest.fixture
def record(tmp_path):
    with Record.open(make_small_record(tmp_path / "talks")) as made:
        yield made


def text(record):
    return (record.folder / "agenda.yaml").read_bytes().decode("utf-8")


def test_edits_are_taken_back_one_by_one_and_all_of_it_stays_in_the_log(record):
    states = [text(record)]
    for edit in (
        NewOption("ferry", "A tunnel is dug", ("tunnel",)),
        NewName("northland", "Nordland"),
        MergedOptions("night-ferry", "ferry-link"),
    ):
        record.edit_agenda(edit, reviewer="A. Reader", note="why not")
        states.append(text(record))
    assert len(set(states)) == 4
    for expected in (states[2], states[1], states[0]):
        undone = record.undo_agenda_edit(reviewer="B. Reader")
        assert text(record) == expected
        assert undone.diff.splitlines()[0] == "--- agenda.yaml"
    assert text(record) == AGENDA, "comments and all"
    with pytest.raises(RequestError, match="no edit of the agenda is left to take back"):
        record.undo_agenda_edit(reviewer="A. Reader")
    log = record.agenda_log()
    assert [one.number for one in log] == [1, 2, 3, 4, 5, 6]
    assert [one.kind for one in log] == ["add-option", "add-name", "merge", "undo", "undo", "undo"]
    assert [one.undoes for one in log] == [None, None, None, 3, 2, 1]
    assert {(one.reviewer, one.note) for one in log} == {("A. Reader", "why not"), ("B. Reader", "")}
    for earlier, later in pairwise(log):
        assert earlier.after == later.before
    record.edit_agenda(NewName("southmark", "the south"), reviewer="A. Reader")
    record.undo_agenda_edit(reviewer="A. Reader")
    assert text(record) == AGENDA
    assert record.store.check() == []


def test_a_file_changed_by_hand_since_is_left_alone(record):
    record.edit_agenda(NewName("northland", "Nordland"), reviewer="A. Reader")
    by_hand = text(record) + "# by hand\n"
    (record.folder / "agenda.yaml").write_text(by_hand, encoding="utf-8")
    with pytest.raises(RequestError, match=r"no longer as edit 1 \(Nordland names northland\) left it"):
        record.undo_agenda_edit(reviewer="A. Reader")
    assert text(record) == by_hand
    (record.folder / "agenda.yaml").write_text(by_hand.removesuffix("# by hand\n"), encoding="utf-8")
    record.undo_agenda_edit(reviewer="A. Reader")
    assert text(record) == AGENDA
    record.edit_agenda(NewName("northland", "Nordland"), reviewer="A. Reader")
    with pytest.raises(RequestError, match="the last edit is 3"):
        record.undo_agenda_edit(expected=1, reviewer="A. Reader")


def test_judgements_hold_as_before_once_a_merge_is_taken_back(record):
    fee = record.statements(option="low-fee")[0]
    record.judge(fee, "correct", reviewer="A. Reader", corrections={"stance": "open"})
    before = [(one.id, one.option, one.stance) for one in record.statements()]
    record.edit_agenda(MergedOptions("low-fee", "ferry-link"), reviewer="A. Reader")
    assert record.statements(option="ferry-link")[-1].option == "ferry-link"
    undone = record.undo_agenda_edit(reviewer="A. Reader")
    assert [(one.id, one.option, one.stance) for one in record.statements()] == before
    assert undone.reread == (), "the reports were read with just that agenda"
    assert record.orphaned() == []


def test_neither_the_file_nor_the_log_changes_where_the_other_cannot(record, monkeypatch):
    with pytest.raises(RequestError, match="an edit of the agenda must be signed"):
        record.edit_agenda(NewName("northland", "Nordland"), reviewer="  ")
    assert (text(record), record.agenda_log()) == (AGENDA, [])

    def full(*_):
        raise RequestError("cannot be written: No space left on device")

    with monkeypatch.context() as broken:
        broken.setattr("travaux.exchange.whole_files.whole_file", full)
        with pytest.raises(RequestError, match="No space left"):
            record.edit_agenda(NewName("northland", "Nordland"), reviewer="A. Reader")
    assert (text(record), record.agenda_log()) == (AGENDA, [])
    record.edit_agenda(NewName("northland", "Nordland"), reviewer="A. Reader")
    with Record.open(record.folder, read_only=True) as reading:
        assert reading.preview_agenda_undo().edit.number == 1
        with pytest.raises(RecordReadOnly):
            reading.undo_agenda_edit(reviewer="A. Reader")
    assert len(record.agenda_log()) == 1


def test_a_mark_at_the_beginning_and_the_line_ends_come_back(record):
    raw = b"\xef\xbb\xbf" + AGENDA.replace("\n", "\r\n").encode()
    (record.folder / "agenda.yaml").write_bytes(raw)
    record.edit_agenda(NewOption("ferry", "A tunnel is dug"), reviewer="A. Reader")
    assert (record.folder / "agenda.yaml").read_bytes() != raw
    record.undo_agenda_edit(reviewer="A. Reader")
    assert (record.folder / "agenda.yaml").read_bytes() == raw


def test_two_hands_at_once_one_of_them_is_told(record):
    with Record.open(record.folder) as other:
        preview = other.preview_edit(NewName("northland", "Nordland"))
        record.edit_agenda(NewName("southmark", "the south"), reviewer="A. Reader")
        with pytest.raises(RequestError, match="has changed since the preview"):
            other.edit_agenda(preview.edit, expected=preview.digest, reviewer="B. Reader")
        assert len(other.agenda_log()) == 1
