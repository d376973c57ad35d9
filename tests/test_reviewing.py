"""Review from Python, on a real record: queue, additions, spans, taking back, agreement, edits of the agenda."""

import json
import re
import shutil

import pytest

import travaux
from travaux.agenda.editing import MergedOptions, NewName, NewOption
from travaux.errors import RecordReadOnly, RequestError, UnknownName
from travaux.model import Act, Reading, Reason, Stance, Verdict, Via, statement_id

AGENDA = """\
# The made-up talks on a crossing.
title: The link
parties:
  - id: northland
    name: Northland
    names: [the north]  # never "up there"
  - {id: southland, name: Southland, people: [{name: Ada Example, names: [Example], role: minister}]}
issues:
  - id: link
    title: The link
    options:
      # the ferry of old
      - id: ferry
        says: A ferry runs
        words: [ferry]
      - id: boat
        says: A boat crosses
        words: [boat, ferry]
      - id: bridge
        says: A bridge is built
        words: [bridge]
"""
READ = (
    ("Northland would accept a ferry", "northland", "ferry", Stance.FOR, 0.9),
    ("Southland rejects the bridge", "southland", "bridge", Stance.AGAINST, 0.4),
    ("Southland would not mind a boat", "southland", "boat", Stance.OPEN, None),
)
TEXT = ". ".join(quote for quote, *_ in READ) + ". Example: no bridge! Northland wants the bridge. No bridge, never.\n"


class Copyist:
    """A reader that finds what stands in `READ`, each for the option of that id or the one it was merged into."""

    name = "local"

    def fingerprint(self):
        return {"code": "1"}

    def read(self, report, agenda):
        found = []
        present = {before: option.id for option in agenda.options for before in (option.id, *option.was)}
        for quote, party, named, stance, confidence in READ:
            start = report.text.find(quote)
            if start < 0:
                continue
            option, end = present[named], start + len(quote)
            identity = statement_id("local", report.id, start, end, party, option, stance, False, None, "narrator")
            found.append(
                travaux.Statement(
                    identity, report.name, report.id, start, end, quote, party, option, stance, Act.STATE,
                    via=Via.NARRATOR, confidence=confidence,
                )
            )  # fmt: skip
        return Reading(tuple(found), 3)


@pytest.fixture
def folder(tmp_path):
    place = tmp_path / "talks"
    (place / "reports").mkdir(parents=True)
    (place / "agenda.yaml").write_text(AGENDA)
    (place / "reports" / "a.txt").write_text(TEXT)
    (place / "manifest.csv").write_text("file,published\na.txt,2025-08-16\n")
    return place


@pytest.fixture
def record(folder, monkeypatch):
    monkeypatch.setenv("TRAVAUX_REVIEWER", "A. Reader")
    with travaux.Record.new(folder) as made:
        made.add(folder)
        made.read(Copyist())
        yield made


NORTH = {"party": "the north", "option": "bridge", "stance": "for", "act": "demand"}


def test_the_queue_is_of_the_whole_matrix_and_can_be_narrowed(record):
    assert [one.judged.statement.party for one in record.queue()] == ["southland", "southland", "northland"]
    assert [one.doubt for one in record.queue(order="doubt")] == [0.6, 0.5, 0.1]
    assert [one.judged.statement.option for one in record.queue("Southland", report="a.txt")] == ["bridge", "boat"]
    record.judge(record.queue()[0].judged.statement, "confirm")
    assert len(record.queue()) == 2
    assert len(record.queue(reviewer="B. Reader")) == 3
    with pytest.raises(RequestError, match="no order"):
        record.queue(order="luck")
    with pytest.raises(UnknownName):
        record.queue("eastland")


def test_a_missed_statement_counts_everywhere_and_outlives_readings(record, folder, tmp_path):
    kept = record.add_statement("a.txt", "Northland wants the bridge", NORTH, note="plain")
    assert (kept.verdict, kept.reviewer) == (Verdict.ADD, "A. Reader")
    (folder / "agenda.yaml").write_text(AGENDA.replace("[the north]", "[the north, Northlanders]"))
    assert record.read(Copyist()).read == 1
    (judged,) = record.judged("northland", "bridge")
    one = judged.effective
    assert (one.id, one.quote, one.act, one.via, one.reader) == (
        kept.statement, "Northland wants the bridge", Act.DEMAND, Via.SPEAKER, "person",
    )  # fmt: skip
    assert TEXT[one.start : one.end] == one.quote
    assert judged.reason.startswith("added by A. Reader on 20")
    assert record.positions(party="northland", option="bridge")[0].stances == (Stance.FOR,)
    assert "Northland wants the bridge" in record.page()
    assert one.id not in [waits.judged.statement.id for waits in record.queue()]
    assert one.id in [waits.judged.statement.id for waits in record.queue(reviewer="B. Reader")]
    record.export("jsonl", tmp_path / "out")
    rows = [json.loads(line) for line in (tmp_path / "out" / "statements.jsonl").read_text().splitlines()]
    (row,) = [row for row in rows if row["reader"] == "person"]
    assert (row["verdict"], row["judgement"]) == ("add", judged.reason)
    assert record.orphaned() == []
    assert record.store.check() == []
    # Judged, corrected and rejected like any other.
    record.judge(kept.statement, "correct", corrections={"quote": "wants the bridge", "stance": "open"})
    assert record.statements("northland", "bridge")[0].quote == "wants the bridge"
    record.judge(kept.statement, "reject")
    assert record.positions(party="northland", option="bridge") == []


def test_adding_the_same_again_adds_nothing(record):
    first = record.add_statement("a.txt", "Northland wants the bridge", NORTH)
    assert record.add_statement("a.txt", (first.start, first.end), NORTH) == first
    other = record.add_statement("a.txt", (first.start, first.end), NORTH, reviewer="B. Reader")
    assert (other.statement, other.number) == (first.statement, 2)
    assert len(record.statements("northland", "bridge")) == 1
    record.undo(reviewer="B. Reader")
    assert len(record.statements("northland", "bridge")) == 1
    record.undo()
    assert record.statements("northland", "bridge") == []


@pytest.mark.parametrize(
    ("passage", "fields", "told"),
    [
        ("no such words", {}, "do not stand here"),
        ("bridge", {}, "stand here 4 times"),
        ((5, 5), {}, "are no passage"),
        ((0, 10_000), {}, "are no passage"),
        ("No bridge", {"stance": "maybe"}, "stance cannot be 'maybe'"),
        ("No bridge", {"stance": None}, "needs its stance"),
        ("No bridge", {"party": "eastland"}, "no party 'eastland'"),
        ("No bridge", {"act": "dance"}, "act cannot be 'dance'"),
        ("No bridge", {"condition": "if pigs fly"}, "does not stand in a.txt"),
        ("No bridge", {"mood": "grim"}, "'mood' cannot be corrected"),
    ],
)
def test_what_cannot_be_added(record, passage, fields, told):
    with pytest.raises(RequestError, match=re.escape(told)):
        record.add_statement("a.txt", passage, {**NORTH, **fields})
    assert record.judgements() == []


def test_of_words_that_stand_often_an_occurrence_is_chosen(record):
    kept = record.add_statement("a.txt", "bridge", NORTH, occurrence=3)
    assert TEXT[: kept.start].count("bridge") == 2
    with pytest.raises(RequestError, match="no occurrence 9"):
        record.add_statement("a.txt", "bridge", NORTH, occurrence=9)


def test_a_span_is_corrected_by_words_or_by_place(record, folder):
    one = record.statements("southland", "bridge")[0]
    record.judge(one, "correct", corrections={"quote": "bridge"})
    (found,) = record.statements("southland", "bridge")
    assert (found.start, found.end) == (one.end - 6, one.end), "the nearest of four places"
    record.judge(one, "correct", corrections={"start": one.start, "end": one.start + 17})
    assert record.statements("southland", "bridge")[0].quote == "Southland rejects"
    (folder / "agenda.yaml").write_text(AGENDA.replace("[the north]", "[the north, Northlanders]"))
    record.read(Copyist())
    assert record.statements("southland", "bridge")[0].quote == "Southland rejects"
    with pytest.raises(RequestError, match="do not stand in a.txt"):
        record.judge(one, "correct", corrections={"quote": "a tunnel"})
    with pytest.raises(RequestError, match="corrected together|cannot be"):
        record.judge(one, "correct", corrections={"start": 3})
    assert len(record.judgements()) == 2


def test_taking_back_goes_step_by_step_and_leaves_all_rows(record):
    one, two, _ = record.statements()
    record.judge(one, "reject")
    record.judge(two, "confirm", reviewer="B. Reader")
    record.judge(one, "correct", corrections={"stance": "open"})
    assert record.undo().withdraws == 3
    assert record.judged(rejected=True)[0].verdict is Verdict.REJECT
    assert record.undo(note="all wrong").withdraws == 1
    assert record.withdraw(1).number == 5, "withdrawn already: the row that did it"
    with pytest.raises(RequestError, match="A. Reader has no judgement to take back"):
        record.undo()
    with pytest.raises(RequestError, match="made by B. Reader"):
        record.withdraw(2)
    assert [made.verdict for made in record.judgements(one)] == ["reject", "correct", "withdraw", "withdraw"]
    assert [made.number for made in record.judgements(reviewer="B. Reader")] == [2]
    assert record.statements() == [one, two, record.statements()[2]]
    assert record.store.check() == []


def test_nobody_adds_or_withdraws_as_a_decision(record):
    one = record.statements()[0]
    for verdict in ("add", "withdraw", "perhaps"):
        with pytest.raises(RequestError, match=f"no verdict '{verdict}'"):
            record.judge(one, verdict)


def test_reviewers_and_their_agreement(record):
    assert (record.reviewers(), record.reviewer_agreement()) == ([], [])
    for one in record.statements():
        record.judge(one, "confirm")
        record.judge(one, "confirm" if one.option != "boat" else "reject", reviewer="B. Reader")
    assert [(tally.reviewer, tally.statements) for tally in record.reviewers()] == [("A. Reader", 3), ("B. Reader", 3)]
    stance = {found.measure: found for found in record.reviewer_agreement() if found.field == "stance"}
    assert (stance["kappa"].units, stance["kappa"].same) == (3, 2)
    assert [waits.judged.statement.option for waits in record.queue()] == ["boat"]


def edited(record):
    return (record.folder / "agenda.yaml").read_text()


def test_a_preview_writes_nothing_and_the_edit_keeps_the_analysts_file(record):
    edit = NewOption("The link", "A tunnel is dug", ("tunnel", "bridge"))
    preview = record.preview_edit(edit)
    assert edited(record) == AGENDA
    assert (preview.found_in, preview.reread, preview.positions) == (("a.txt",), ("a.txt",), ())
    assert "+      - id: a-tunnel-is-dug" in preview.diff.splitlines()
    assert record.edit_agenda(edit, expected=preview.digest) == preview
    added = "      - id: a-tunnel-is-dug\n        says: A tunnel is dug\n        words: [tunnel, bridge]\n"
    assert edited(record) == AGENDA + added
    assert record.agenda.option("a-tunnel-is-dug").issue == "link"
    with pytest.raises(RequestError, match="has changed since the preview"):
        record.edit_agenda(NewName("northland", "Nordland"), expected=preview.digest)


def test_a_name_is_added_to_a_party_or_a_person(record):
    assert record.edit_agenda(NewName("Northland", "Nordland")).found_in == ()
    assert 'names: [the north, Nordland]  # never "up there"' in edited(record)
    preview = record.edit_agenda(NewName("southland", "Northland wants", "Example"))
    assert preview.edit.person == "Ada Example"
    assert preview.found_in == ("a.txt",)
    assert record.agenda.party("southland").people[0].names == ("Example", "Northland wants")
    warnings = record.preview_edit(NewName("southland", "the north")).warnings
    assert any("claimed by two parties" in warning for warning in warnings)
    assert record.preview_edit(NewName("southland", "Sudland")).warnings == ()
    for wrong, told in ((NewName("eastland", "x"), "no party"), (NewName("southland", "x", "Nobody"), "no person")):
        with pytest.raises(UnknownName, match=told):
            record.preview_edit(wrong)


def test_judgements_survive_a_merge_of_options(record):
    ferry = record.statements(option="ferry")[0]
    boat = record.statements(option="boat")[0]
    record.judge(ferry, "correct", corrections={"stance": "against"})
    record.judge(boat, "reject", note="nobody says so")
    bridge = record.statements(option="bridge")[0]
    record.judge(bridge, "correct", corrections={"option": "boat"})
    added = record.add_statement("a.txt", "No bridge", {"party": "southland", "option": "boat", "stance": "for"})
    preview = record.preview_edit(MergedOptions("boat", "ferry"))
    assert [one.id for one in preview.statements] == [bridge.id, boat.id, added.statement]
    assert [made.number for made in preview.judgements] == [2, 3, 4]
    changes = {(one.party, one.option): (one.before, one.after) for one in preview.positions}
    assert set(changes) == {("southland", "boat"), ("southland", "ferry")}
    assert changes["southland", "boat"][1] == () == changes["southland", "ferry"][0]
    record.edit_agenda(MergedOptions("boat", "ferry"), expected=preview.digest)
    assert "      # boat (A boat crosses) was merged into ferry\n" in edited(record)
    assert "      # the ferry of old\n" in edited(record)

    def state():
        counted = {(one.quote, one.option, one.stance) for one in record.statements()}
        return counted, len(record.judgements()), record.orphaned(), len(record.statements(option="boat"))

    before = state()
    assert before[0] == {
        ("Northland would accept a ferry", "ferry", Stance.AGAINST),
        ("Southland rejects the bridge", "ferry", Stance.AGAINST),
        ("No bridge", "ferry", Stance.FOR),
    }
    assert record.read(Copyist()).read == 1
    assert state() == before, "the same before and after reading anew"
    assert before[2] == []
    assert record.store.check() == []
    record.withdraw(2)
    assert ("Southland would not mind a boat", "ferry", Stance.OPEN) in state()[0]


def test_a_merge_warns_where_one_passage_was_judged_on_one_option_only(record, monkeypatch):
    monkeypatch.setattr(
        f"{__name__}.READ",
        (*READ, ("Southland would not mind a boat", "southland", "ferry", Stance.FOR, None)),
    )

    class Again(Copyist):
        def fingerprint(self):
            return {"code": "2"}

    record.read(Again())
    record.judge(record.statements("southland", "boat")[0], "reject")
    (warning,) = record.preview_edit(MergedOptions("boat", "ferry")).warnings
    assert "has the verdict reject" in warning and "read anew, they are one" in warning


def test_an_edit_that_would_break_the_agenda_is_refused(record, folder):
    rules = AGENDA + "rules:\n  - requires: [ferry, bridge]\n  - excludes: [boat, bridge]\n"
    (folder / "agenda.yaml").write_text(rules)
    with pytest.raises(RequestError, match="would break the agenda: `ferry` requires `bridge` and excludes it"):
        record.edit_agenda(MergedOptions("boat", "ferry"))
    with pytest.raises(RequestError, match="exclude each other"):
        record.preview_edit(MergedOptions("boat", "bridge"))
    assert edited(record) == rules


def test_a_record_for_reading_previews_and_edits_nothing(record, folder, tmp_path):
    with travaux.Record.open(folder, read_only=True) as reading:
        assert reading.preview_edit(NewName("northland", "Nordland")).diff
        for write in (lambda: reading.edit_agenda(NewName("northland", "Nordland")), reading.undo):
            with pytest.raises((RecordReadOnly, RequestError)):
                write()
    assert edited(record) == AGENDA


def test_a_byte_order_mark_and_windows_line_ends_stay(record, folder):
    raw = b"\xef\xbb\xbf" + AGENDA.replace("\n", "\r\n").encode()
    (folder / "agenda.yaml").write_bytes(raw)
    record.edit_agenda(NewOption("link", "A tunnel is dug", id="tunnel"))
    made = (folder / "agenda.yaml").read_bytes()
    assert made.startswith(raw.rstrip())
    assert made.count(b"\n") == made.count(b"\r\n") == raw.count(b"\n") + 2


def test_a_reason_for_review_is_told_in_the_queue(record, folder):
    class Asking(Copyist):
        def fingerprint(self):
            return {"code": "3"}

        def read(self, report, agenda):
            from dataclasses import replace

            reading = super().read(report, agenda)
            asked = replace(reading.statements[0], reasons=(Reason("review", "two parties fit"),))
            return Reading((asked, *reading.statements[1:]), 3)

    record.read(Asking())
    assert record.queue()[0].reason.startswith("the reader asks for a look: two parties fit")
    copied = folder.parent / "copy"
    shutil.copytree(folder, copied)
    with travaux.Record.open(copied, read_only=True) as other:
        assert [one.reason for one in other.queue()] == [one.reason for one in record.queue()]
