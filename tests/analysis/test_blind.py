"""Blind review: samples that stay the same, and codings that stand for themselves."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis.blind import Coding, blind_passages, decided_by, sample_of
from travaux.analysis.judgements import judged_by
from travaux.analysis.reviewers import (
    AS_READ,
    CODED,
    agreement,
    agreement_with_reading,
    blind_decisions,
    decisions,
)
from travaux.model import PERSON, Act, Judgement, Stance, Statement, Verdict


def statement(number, stance="for", **fields):
    given = {"act": Act.SUPPORT, "reader": "local", **fields}
    start = 10 * number
    return Statement(
        f"{number:016x}", "a.txt", "r", start, start + 5, "words", "north", f"o{number}", Stance(stance), **given
    )


def judgement(number, of, reviewer, verdict=Verdict.CONFIRM, *, blind=True, withdraws=None, **corrections):
    return Judgement(
        number, of.id, verdict, reviewer, f"2025-01-01T00:00:{number:02d}+00:00", of.report_id, of.start, of.end, of.quote,
        of.party, of.option, of.stance, tuple(corrections.items()), blind=blind, withdraws=withdraws,
    )  # fmt: skip


MANY = [statement(number) for number in range(60)]


@given(st.integers(0, 10**6), st.integers(1, 70), st.permutations(MANY), st.integers(0, 59))
def test_a_sample_is_the_same_for_its_seed_and_holds_the_smaller_one(seed, number, shuffled, gone):
    found = sample_of(MANY, number, seed)
    assert found == sample_of([*shuffled, *shuffled[:3]], number, seed)
    assert len(found) == len({one.id for one in found}) == min(number, 60)
    assert {one.id for one in found} <= {one.id for one in sample_of(MANY, number + 5, seed)}
    assert [one.start for one in found] == sorted(one.start for one in found)
    without = sample_of([one for one in MANY if one is not MANY[gone]], number, seed)
    assert len({one.id for one in found} - {one.id for one in without} - {MANY[gone].id}) == 0


def test_every_statement_is_as_likely_as_any_other():
    drawn = [one.id for seed in range(600) for one in sample_of(MANY, 20, seed)]
    counts = [drawn.count(one.id) for one in MANY]
    assert sum(counts) == 600 * 20
    assert min(counts) > 140 and max(counts) < 260, "200 are expected of each, with a standard deviation of 11.5"


def test_what_a_person_added_is_in_no_sample():
    assert sample_of([statement(1, reader=PERSON), statement(2)], 5, 0) == [statement(2)]


READ = statement(1, condition="once it rains")
CODINGS = [
    (Coding("for", Act.SUPPORT, "once it rains"), Verdict.CONFIRM, {}),
    (Coding("for", Act.SUPPORT, "Once  it rains, she said"), Verdict.CONFIRM, {}),
    (Coding("for", Act.SUPPORT), Verdict.CORRECT, {"condition": None}),
    (Coding("for", Act.SUPPORT, "in spring"), Verdict.CORRECT, {"condition": "in spring"}),
    (Coding("against", Act.REJECT, "once it rains"), Verdict.CORRECT, {"stance": "against", "act": "reject"}),
    (Coding("for", Act.SUPPORT, "once it rains", former=True), Verdict.CORRECT, {"former": True}),
    (Coding("none"), Verdict.REJECT, {}),
    (Coding("unsure", Act.STATE, "in spring"), Verdict.UNSURE, {}),
]


@pytest.mark.parametrize(("coding", "verdict", "changes"), CODINGS)
def test_what_a_coding_comes_to(coding, verdict, changes):
    assert decided_by(coding, READ) == (verdict, changes)


def test_a_blind_judgement_stands_for_itself():
    seen = judgement(1, READ, "A", Verdict.CORRECT, blind=False, stance="against", condition=None)
    blind = judgement(2, READ, "B", Verdict.CORRECT, act="demand")
    left = judged_by(READ, [seen, blind])
    assert (left.effective.stance, left.effective.act, left.effective.condition) == ("for", "demand", "once it rains")
    assert "corrected blind by B" in left.reason
    confirmed = judged_by(READ, [seen, judgement(2, READ, "B")])
    assert confirmed.effective == READ, "what she did not see, she did not confirm"
    assert judged_by(READ, [seen, judgement(2, READ, "B", blind=False)]).effective.stance == "against"
    elsewhere = replace(READ, id="f" * 16, stance=Stance.AGAINST)
    carried = judged_by(elsewhere, [judgement(1, READ, "B")])
    assert carried.effective.stance == "for", "over another reading too she said what she said"


def test_nobody_judges_blind_what_she_has_seen():
    first, second, third = (statement(number) for number in (1, 2, 3))
    cut = replace(second, id="e" * 16, start=second.start + 1, end=second.end + 1)
    made = [
        judgement(1, first, "A", blind=False),
        judgement(2, first, "A", Verdict.WITHDRAW, blind=False, withdraws=1),
        judgement(3, cut, "A", blind=False),
    ]
    assert [one.id for one in blind_passages([first, second, third], made, "A")] == [third.id]
    assert [one.id for one in blind_passages([third, first, second], made, "B")] == [first.id, second.id, third.id]
    (shown,) = blind_passages([third], made, "A")
    hidden = {"stance", "act", "condition", "former", "confidence", "reasons", "speaker", "via", "reader"}
    assert not hidden & set(type(shown).__slots__)


def test_agreement_of_the_blind_is_theirs_alone():
    units = [statement(number) for number in range(4)]
    made = []

    def code(reviewer, unit, stance, *, blind=True):
        if stance == "for" and blind:
            verdict, changes = Verdict.CONFIRM, {}
        else:
            verdict, changes = Verdict.CORRECT, {"stance": stance}
        made.append(judgement(len(made) + 1, units[unit], reviewer, verdict, blind=blind, **changes))

    for unit, stance in enumerate(("for", "for", "against", "against")):
        code("A", unit, stance)
    for unit, stance in enumerate(("for", "against", "against", "against")):
        code("B", unit, stance)
    code("B", 1, "for", blind=False)  # once she had seen it
    blind = blind_decisions(units, made)
    found = {(one.measure, one.field): one for one in agreement(blind, CODED, blind=True)}
    # Cohen 1960: observed 3/4; by chance 1/2 × 1/4 + 1/2 × 3/4 = 1/2; (3/4 − 1/2) / (1/2) = 1/2.
    assert (found["kappa", "stance"].units, found["kappa", "stance"].same, found["kappa", "stance"].value) == (
        4,
        3,
        0.5,
    )
    # Krippendorff: 1 − (n − 1) Σ o / Σ e = 1 − 7 × 2 / (3 × 5 × 2) = 0.5333.
    assert found["alpha", "stance"].value == 0.5333
    assert all(one.blind for one in found.values())
    everything = {(one.measure, one.field): one for one in agreement(decisions(units, made))}
    assert everything["kappa", "stance"].value == 1.0
    assert everything["kappa", "stance"].id != found["kappa", "stance"].id
    with_reading = {(one.reviewers[0], one.field): one for one in agreement_with_reading(blind, units)}
    assert {one.reviewers[1] for one in with_reading.values()} == {AS_READ}
    assert with_reading["A", "stance"].same == 2
    assert with_reading["A", "act"].same == 4


def test_who_judged_nothing_blind_is_in_no_blind_figure():
    units = [statement(1)]
    made = [judgement(1, units[0], "A", blind=False), judgement(2, units[0], "B", blind=False)]
    assert blind_decisions(units, made) == {}
    withdrawn = [judgement(1, units[0], "A"), judgement(2, units[0], "A", Verdict.WITHDRAW, blind=False, withdraws=1)]
    assert blind_decisions(units, withdrawn) == {}
