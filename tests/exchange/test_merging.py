"""Two analysts' records of one negotiation: judgements of both are kept, agreement is told, conflicts are listed."""

from __future__ import annotations

from dataclasses import replace

import pytest

import travaux
from travaux.analysis.merging import judges_agreement
from travaux.model import Verdict

LATER = "2030-01-01T00:00:00+00:00"


def test_judgements_of_both_are_kept_and_the_later_counts(record: travaux.Record, copy: travaux.Record) -> None:
    ids = [one.id for one in record.statements()]
    record.judge(ids[-1], "confirm", reviewer="A. Reader")
    copy.judge(ids[-1], "reject", reviewer="C. Other", note="no")
    copy.judge(ids[-2], "correct", reviewer="C. Other", corrections={"stance": "open"})
    copy.add_bytes(b"Southland demands a bridge at last.\n", "d.txt")
    shared = len(record.store.judgements()) - 1
    theirs = copy.store.judgements()
    outcome = record.merge(copy)
    assert (outcome.taken.reports, outcome.taken.judgements, outcome.taken.unplaced) == (("d.txt",), 2, ())
    assert {replace(one, number=0) for one in theirs} <= {replace(one, number=0) for one in record.store.judgements()}
    agreement = outcome.agreement
    assert (agreement.both, agreement.same, agreement.first_only, agreement.second_only) == (1, 0, 0, 1)
    (conflict,) = agreement.conflicts
    assert (conflict.statement.id, conflict.prevails) == (ids[-1], "second")
    assert conflict.first.startswith("confirmed by A. Reader")
    assert conflict.second.startswith("rejected by C. Other")
    assert ids[-1] not in {one.id for one in record.statements()}
    assert shared == 5
    again = record.merge(copy)
    assert (again.taken.judgements, again.taken.statements, again.taken.reports) == (0, 0, ())
    assert record.store.check() == []
    assert copy.store.judgements() == theirs  # the other record stays as it was


def test_an_older_judgement_that_comes_later_does_not_count(record: travaux.Record, copy: travaux.Record) -> None:
    one = copy.statements()[-1]
    old = replace(_judgement(copy, one), verdict=Verdict.REJECT, at="2020-01-01T00:00:00+00:00")
    copy.store.judge(old)
    record.judge(one.id, "confirm", reviewer="A. Reader")
    record.merge(copy)
    held = {judged.statement.id: judged for judged in record.judged(rejected=True)}
    assert held[one.id].verdict is Verdict.CONFIRM
    assert len([made for made in record.store.judgements() if made.statement == one.id]) == 2


def test_merging_either_way_ends_in_the_same(record: travaux.Record, copy: travaux.Record) -> None:
    statements = record.statements()
    for place, one in enumerate(statements):
        made = _judgement(record, one)
        mine = replace(made, verdict=Verdict.CONFIRM, at=f"2026-01-0{place + 1}T00:00:00+00:00")
        record.store.judge(mine)
        copy.store.judge(
            replace(made, verdict=Verdict.REJECT, reviewer="C", at=f"2026-01-0{8 - 3 * (place % 2)}T00:00:00+00:00")
        )
    first = record.judged(rejected=True)
    record.merge(copy)
    copy.merge(record)
    assert first != record.judged(rejected=True)
    wanted = [(one.statement.id, one.verdict, one.effective) for one in record.judged(rejected=True)]
    assert [(one.statement.id, one.verdict, one.effective) for one in copy.judged(rejected=True)] == wanted


def test_statements_of_another_reading_come_over_beside_ones_own(make, tmp_path) -> None:
    mine, theirs = make("mine"), make("theirs", read=False)
    theirs.read(_by_heart(slice(0, 2), name="second"))
    outcome = mine.merge(theirs)
    assert outcome.taken.statements == 2
    assert mine.store.readers() == ["local", "second"]
    assert [one.id for one in mine.store.statements(reader="second")] == [
        one.id for one in theirs.store.statements(reader="second")
    ]


def test_a_report_that_the_two_know_under_different_names(make) -> None:
    theirs, mine = make("theirs"), make("mine", read=False, reports=False)
    mine.add_bytes(theirs.store.raw(theirs.store.report("b.html").id), "page.html")
    mine.add_bytes(b"Another text under that name.\n", "a.txt")
    outcome = mine.merge(theirs)
    assert outcome.taken.unplaced == ()
    assert {"a~2.txt", "c.txt"} <= set(outcome.taken.reports)
    assert len(mine.store.statements()) == len(theirs.store.statements())
    assert {one.report for one in mine.store.statements()} >= {"a~2.txt", "c.txt"}
    assert mine.store.check() == []
    assert mine.merge(theirs).taken.statements == 0


def test_a_copy_under_another_name_is_the_same_report(make) -> None:
    theirs, mine = make("theirs", read=False, reports=False), make("mine", read=False, reports=False)
    theirs.add_bytes(b"Southland rejects the bridge.\n", "one.txt")
    mine.add_bytes(b"Southland rejects the bridge.\n", "two.txt")
    outcome = mine.merge(theirs)
    assert (outcome.taken.reports, [row.name for row in mine.reports()]) == ((), ["two.txt"])


def test_agreement_in_figures(record: travaux.Record) -> None:
    read = record.store.statements()
    mine = [
        replace(_judgement(record, one), verdict=Verdict.CONFIRM, number=place) for place, one in enumerate(read[:4], 1)
    ]
    theirs = [replace(one, reviewer="B", at=LATER) for one in mine]
    alike = judges_agreement(read, mine, theirs)
    assert (alike.both, alike.same, alike.kappa, alike.conflicts) == (
        4,
        4,
        None,
        (),
    )  # one and the same answer throughout
    mixed = [replace(one, verdict=Verdict.REJECT) if place > 1 else one for place, one in enumerate(theirs)]
    half = [replace(one, verdict=Verdict.REJECT) if place in (1, 3) else one for place, one in enumerate(mine)]
    found = judges_agreement(read, half, mixed)
    assert (found.both, found.same, found.kappa) == (4, 2, 0.0)  # two of four, which chance gives too
    assert judges_agreement(read, mine, mine) == judges_agreement(read, [], [])  # what both hold is no agreement
    nothing = judges_agreement(read, [], [])
    assert (nothing.both, nothing.kappa) == (0, None)


def _judgement(record: travaux.Record, one: travaux.Statement):
    from travaux.model import Judgement

    return Judgement(
        0, one.id, Verdict.CONFIRM, "A", "2026-01-01T00:00:00+00:00", one.report_id, one.start, one.end, one.quote,
        one.party, one.option, one.stance,
    )  # fmt: skip


def _by_heart(only: slice, name: str):
    from travaux.model import Act, Reading, Stance, Statement, statement_id

    class Second:
        def __init__(self):
            self.name = name

        def fingerprint(self):
            return {"code": "2"}

        def read(self, report, agenda):
            if report.name != "c.txt":
                return Reading((), 1)
            found = []
            for start, end in ((0, 28), (38, 47))[only]:
                made = statement_id(
                    name, report.id, start, end, "southland", "bridge", "against", False, None, "speaker"
                )
                found.append(
                    Statement(made, report.name, report.id, start, end, report.text[start:end], "southland", "bridge",
                              Stance.AGAINST, Act.REJECT, reader=name)
                )  # fmt: skip
            return Reading(tuple(found), 2)

    return Second()


@pytest.mark.parametrize("name", ["merge", "import_from", "draft_agenda", "network"])
def test_the_verbs_are_there(name: str) -> None:
    assert getattr(travaux.Record, name).__doc__


def test_what_a_person_added_to_a_report_of_another_name_is_the_same_here(make) -> None:
    theirs, mine = make("theirs", read=False, reports=False), make("mine", read=False, reports=False)
    for held, name in ((theirs, "one.txt"), (mine, "two.txt")):
        held.add_bytes(b"The crews are open to a bridge, if jobs are kept.\n", name)
    fields = {"party": "southland", "option": "bridge", "stance": "open"}
    added = theirs.add_statement("one.txt", "if jobs are kept", fields, reviewer="A. Reader")
    theirs.judge(added.statement, "correct", reviewer="B. Other", corrections={"stance": "for"})
    theirs.add_statement("one.txt", "open to a bridge", fields, reviewer="A. Reader")
    theirs.undo(reviewer="A. Reader")
    assert mine.merge(theirs).taken.unplaced == ()
    (held,) = [one for one in mine.judged() if one.effective.reader == "person"]
    assert (held.effective.report, held.effective.stance, held.verdict) == ("two.txt", "for", Verdict.CORRECT)
    assert held.statement.id != added.statement
    assert mine.orphaned() == []
    assert mine.store.check() == []
    assert mine.merge(theirs).taken.judgements == 0


def test_one_record_knows_an_option_under_the_id_it_had_before(record: travaux.Record, copy: travaux.Record) -> None:
    from travaux.agenda.editing import MergedOptions, NewOption

    bridge = record.statements("southland", "bridge")[0]
    copy.judge(bridge.id, "reject", reviewer="C. Other")
    record.edit_agenda(NewOption("link", "A crossing is built", (), "crossing"))
    record.edit_agenda(MergedOptions("bridge", "crossing"))
    taken = record.merge(copy).taken
    assert (taken.statements, taken.judgements, taken.unplaced) == (0, 1, ())
    assert bridge.id not in {one.id for one in record.statements(option="crossing")}
    copy.add_bytes(b"Southland rejects the bridge once more.\n", "d.txt")
    copy.read(_of_d())
    assert record.merge(copy).taken.statements == 1
    (one,) = record.statements(report="d.txt", reader="of-d")
    assert (one.option, one.id) == ("crossing", copy.store.statements(reader="of-d")[0].id)
    assert record.store.check() == []


def _of_d():
    from travaux.model import Act, Reading, Stance, Statement, statement_id

    class OfD:
        name = "of-d"

        def fingerprint(self):
            return {"code": "1"}

        def read(self, report, agenda):
            if report.name != "d.txt":
                return Reading((), 1)
            made = statement_id("of-d", report.id, 0, 28, "southland", "bridge", "against", False, None, "speaker")
            one = Statement(made, report.name, report.id, 0, 28, report.text[:28], "southland", "bridge",
                            Stance.AGAINST, Act.REJECT, reader="of-d")  # fmt: skip
            return Reading((one,), 1)

    return OfD()
