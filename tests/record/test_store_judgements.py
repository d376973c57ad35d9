"""Judgements: signed, dated, only ever added; and only decisions that can be."""

from dataclasses import replace

import pytest
from behind import REFUSED

from travaux.errors import RequestError, UnknownName
from travaux.model import Judgement, Reading, Verdict
from travaux.record import CORRECTABLE, Store, checked_corrections


@pytest.fixture
def judged(store, make_report, make_reading, make_run):
    """A judgement on the first of two statements, not stored yet."""
    report, raw = make_report()
    store.add_report(report, raw)
    store.save_reading(report.id, make_run(), make_reading(report))
    one = store.statements()[0]
    return Judgement(
        0,
        one.id,
        Verdict.CONFIRM,
        "reviewer-a",
        "2025-08-18T10:00:00Z",
        one.report_id,
        one.start,
        one.end,
        one.quote,
        one.party,
        one.option,
        one.stance,
    )


def test_judgements_are_numbered_in_the_order_they_are_made(store, folder, judged):
    corrected = replace(
        judged, verdict=Verdict.CORRECT, corrections=(("former", True), ("stance", "open")), note="see § 2 🕊"
    )
    assert store.judge(judged) == replace(judged, number=1)
    stored = store.judge(corrected)
    assert stored == replace(corrected, number=2, corrections=(("stance", "open"), ("former", True)))
    store.close()
    with Store.open(folder) as again:
        assert again.judgements() == [replace(judged, number=1), stored]


@pytest.mark.parametrize("change", ["UPDATE judgement SET verdict = 'reject'", "DELETE FROM judgement"])
def test_no_program_can_change_or_remove_a_judgement(store, behind, judged, change):
    store.judge(judged)
    with pytest.raises(REFUSED, match="forbidden"):
        behind.execute(change)
    assert store.judgements() == [replace(judged, number=1)]


def test_judgements_outlive_reading_again(store, judged, make_run):
    store.judge(judged)
    store.save_reading(judged.report_id, make_run(version="2"), Reading((), 2))
    assert store.statements() == []
    store.save_failure(judged.report_id, make_run(version="3"), "gone wrong")
    assert store.judgements() == [replace(judged, number=1)]
    assert store.check() == []


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"reviewer": " "}, "signed"),
        ({"verdict": Verdict.CORRECT}, "names what it changes"),
        ({"corrections": (("stance", "open"),)}, "only a correction"),
        ({"verdict": Verdict.CORRECT, "corrections": (("report", "x"),)}, "'report' cannot be corrected"),
        ({"verdict": Verdict.CORRECT, "corrections": (("quote", "x"),)}, "start, end and quote are corrected together"),
        ({"verdict": Verdict.CORRECT, "corrections": (("condition", "if pigs fly"),)}, "does not stand in a.txt"),
    ],
)
def test_judgements_that_cannot_be_are_refused_in_one_line(store, judged, changed, told):
    with pytest.raises(RequestError, match=told) as error:
        store.judge(replace(judged, **changed))
    assert "\n" not in str(error.value)
    assert store.judgements() == []


def test_a_judgement_needs_its_evidence(store, judged):
    with pytest.raises(UnknownName):
        store.judge(replace(judged, report_id="0" * 16))
    with pytest.raises(ValueError, match="not the text"):
        store.judge(replace(judged, quote="x" * len(judged.quote)))
    for at in ("2025-08-18T10:00:00", "2025-08-18T10:00:00+02:00", "yesterday"):
        with pytest.raises(ValueError):
            store.judge(replace(judged, at=at))
    assert store.judgements() == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("stance", "favourable"),
        ("stance", None),
        ("stance", True),
        ("act", ""),
        ("via", "hearsay"),
        ("former", "yes"),
        ("former", None),
        ("party", None),
        ("party", " "),
        ("option", True),
        ("speaker", False),
        ("condition", ""),
        ("start", "3"),
    ],
)
def test_corrections_have_values_of_their_kind(name, value):
    with pytest.raises(RequestError, match=name):
        checked_corrections([(name, value)])


def test_corrections_are_kept_in_one_order():
    given = [("speaker", None), ("former", False), ("act", "offer"), ("party", "southland"), ("condition", None)]
    checked = checked_corrections(given)
    assert checked == checked_corrections(reversed(given))
    assert [name for name, _ in checked] == [name for name in CORRECTABLE if name in dict(given)]
    with pytest.raises(RequestError, match="two corrections of act"):
        checked_corrections([("act", "offer"), ("act", "offer")])
