"""What review writes: statements a person adds, corrected spans, withdrawals; rows are only ever added."""

from dataclasses import replace

import pytest
from older_schema import put_back

from travaux.errors import RecordReadOnly, RequestError
from travaux.model import Judgement, Reading, Stance, Verdict
from travaux.record import DATABASE_NAME, Store, added_id, places_of

AT = "2025-08-18T10:00:00+00:00"
MISSED = "accept the ferry link"


@pytest.fixture
def held(store, make_report, make_reading, make_run):
    report, raw = make_report()
    store.add_report(report, raw)
    store.save_reading(report.id, make_run(), make_reading(report))
    return report


def addition(report, quote=MISSED, fields=(("act", "accept"), ("former", False), ("via", "speaker")), **changed):
    start = report.text.index(quote)
    made = Judgement(
        0, "", Verdict.ADD, "reviewer-a", AT, report.id, start, start + len(quote), quote, "northland", "ferry-link",
        Stance.FOR, tuple(fields),
    )  # fmt: skip
    made = replace(made, **changed)
    return replace(made, statement=added_id(made))


def judged(one, verdict=Verdict.CONFIRM, corrections=(), reviewer="reviewer-a"):
    return Judgement(
        0, one.id, verdict, reviewer, AT, one.report_id, one.start, one.end, one.quote, one.party, one.option,
        one.stance, tuple(corrections),
    )  # fmt: skip


def test_an_added_statement_stays_over_reading_again_and_opening(store, folder, held, make_run):
    kept = store.judge(addition(held))
    store.save_reading(held.id, make_run(version="2"), Reading((), 2))
    store.close()
    with Store.open(folder) as again:
        assert again.judgements() == [kept]
        assert again.check() == []
        assert dict(kept.corrections) == {"act": "accept", "former": False, "via": "speaker"}


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ((), "lacks its act"),
        ((("act", "accept"), ("former", False)), "lacks its via"),
        ((("act", "dance"), ("former", False), ("via", "speaker")), "act cannot be 'dance'"),
        ((("act", "accept"), ("former", False), ("via", "speaker"), ("party", "southland")), "party is given twice"),
        ((("act", "accept"), ("former", False), ("via", "speaker"), ("condition", "if pigs fly")), "does not stand"),
    ],
)
def test_what_an_addition_must_say(store, held, fields, told):
    with pytest.raises(RequestError, match=told):
        store.judge(addition(held, fields=fields))
    assert store.judgements() == []


def test_an_addition_needs_its_evidence(store, held):
    with pytest.raises(ValueError, match="not the text"):
        store.judge(addition(held, end=held.text.index(MISSED) + 3))
    with pytest.raises(RequestError, match="blank"):
        store.judge(addition(held, quote=" "))
    with pytest.raises(ValueError, match="not the hash of its content"):
        store.judge(replace(addition(held), statement="0" * 16))
    assert store.judgements() == []


def test_no_reader_may_pass_for_a_person(store, held, make_run):
    with pytest.raises(ValueError, match="no reader may be called 'person'"):
        store.save_reading(held.id, make_run(reader="person"), Reading((), 2))


def test_a_corrected_span_quotes_the_report(store, held):
    one = store.statements()[0]
    start = held.text.index(MISSED)
    whole = (("start", start), ("end", start + len(MISSED)), ("quote", MISSED))
    assert store.judge(judged(one, Verdict.CORRECT, whole)).corrections == whole
    for wrong in ((("start", start + 1), *whole[1:]), (*whole[:1], ("end", 10_000), whole[2])):
        with pytest.raises(RequestError, match="not the text|outside the text"):
            store.judge(judged(one, Verdict.CORRECT, wrong))
    for wrong in (("start", -1), ("start", True), ("end", "7"), ("quote", " ")):
        with pytest.raises(RequestError, match=f"{wrong[0]} cannot be"):
            store.judge(judged(one, Verdict.CORRECT, (wrong,)))
    assert len(store.judgements()) == 1
    assert store.check() == []


def test_withdrawing_adds_a_row_and_only_once(store, held):
    one = store.statements()[0]
    store.judge(judged(one))
    taken = store.withdraw(1, "reviewer-a", AT, "a slip")
    assert (taken.number, taken.verdict, taken.withdraws, taken.note) == (2, Verdict.WITHDRAW, 1, "a slip")
    assert store.withdraw(1, "reviewer-a", AT, "again") == taken
    assert [row.number for row in store.judgements()] == [1, 2]
    assert store.check() == []


def test_what_cannot_be_withdrawn(store, held):
    store.judge(judged(store.statements()[0]))
    with pytest.raises(RequestError, match="was made by reviewer-a"):
        store.withdraw(1, "reviewer-b", AT)
    with pytest.raises(RequestError, match="no judgement 7"):
        store.withdraw(7, "reviewer-a", AT)
    with pytest.raises(RequestError, match="signed"):
        store.withdraw(1, " ", AT)
    store.withdraw(1, "reviewer-a", AT)
    with pytest.raises(RequestError, match="is a withdrawal"):
        store.withdraw(2, "reviewer-a", AT)
    with pytest.raises(RequestError, match="by its number"):
        store.judge(judged(store.statements()[0], Verdict.WITHDRAW))
    assert len(store.judgements()) == 2


def test_nothing_is_written_to_a_record_opened_for_reading(store, folder, held):
    store.judge(judged(store.statements()[0]))
    with Store.open(folder, read_only=True) as reading, pytest.raises(RecordReadOnly):
        reading.withdraw(1, "reviewer-a", AT)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ("verdict = 'withdraw', withdraws = 9", "withdraws no earlier judgement on its statement"),
        ("verdict = 'add'", "lacks its act"),
        ("""verdict = 'add', corrections = '[["act","state"],["former",false],["via","speaker"]]'""", "not the hash"),
        ("""verdict = 'correct', corrections = '[["start",0],["end",3],["quote","xyz"]]'""", "not the text at 0:3"),
    ],
)
def test_the_doctor_sees_judgements_that_somebody_forged(store, behind, held, change, told):
    store.judge(judged(store.statements()[0]))
    behind.forge(f"UPDATE judgement SET {change}")
    assert any(problem.about == "judgement 1" and told in problem.says for problem in store.check())


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)  # on a server no record is so old
def test_a_record_of_an_older_schema_keeps_its_judgements(store, folder, held):
    kept = store.judge(judged(store.statements()[0]))
    store.close()
    put_back(folder / DATABASE_NAME, "0005")
    with Store.open(folder) as opened:
        assert opened.judgements() == [kept]
        assert opened.withdraw(1, "reviewer-a", AT).withdraws == 1
        assert opened.check() == []


def test_places_of_words_are_code_points():
    assert places_of("aaa", "aa") == [0, 1]
    assert places_of("🕊 peace, İ peace", "peace") == [2, 11]
    assert places_of("x", "") == []
