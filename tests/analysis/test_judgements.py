"""Judgements stay in force: on the statement judged, and on its passage when it is read anew."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.analysis import in_force, orphaned, standing
from travaux.model import Act, Stance, Verdict, Via


def test_unjudged_statements_stand_as_read(make_statement):
    one = make_statement()
    (judged,) = in_force([one], [])
    assert (judged.statement, judged.effective, judged.verdict, judged.judgement, judged.reason) == (
        one,
        one,
        None,
        None,
        "",
    )
    assert standing([judged]) == [one]


def test_every_correctable_field_is_corrected(make_statement, make_judgement):
    one = make_statement(condition="unless fares fall", speaker="A Minister")
    corrections = {
        "party": "southland",
        "option": "fare-freeze",
        "stance": "against",
        "act": "reject",
        "condition": None,
        "former": True,
        "via": "other",
        "via_name": "an envoy",
        "speaker": None,
    }
    (judged,) = in_force([one], [make_judgement(1, one, "correct", corrections.items())])
    expected = replace(one, **corrections)
    assert judged.effective == expected
    assert judged.statement == one
    assert judged.effective.id == one.id
    assert isinstance(judged.effective.stance, Stance)
    assert isinstance(judged.effective.act, Act)
    assert isinstance(judged.effective.via, Via)
    assert (judged.verdict, judged.judgement, judged.carried) == (Verdict.CORRECT, 1, False)
    assert "corrected by reviewer-a on 2025-08-01 (party northland → southland" in judged.reason
    assert "former false → true" in judged.reason
    assert "speaker A Minister → none" in judged.reason


def test_the_latest_verdict_wins_whatever_order_the_rows_come_in(make_statement, make_judgement):
    one = make_statement()
    history = [make_judgement(1, one, "reject"), make_judgement(2, one), make_judgement(3, one, "reject")]
    for judgements in (history, history[::-1]):
        (judged,) = in_force([one], judgements)
        assert (judged.verdict, judged.judgement) == (Verdict.REJECT, 3)
        assert standing([judged]) == []


def test_corrections_add_up_until_they_are_reset(make_statement, make_judgement):
    one = make_statement()
    history = [
        make_judgement(1, one, "correct", [("stance", "against"), ("act", "reject")]),
        make_judgement(2, one, "correct", [("act", "oppose")]),
        make_judgement(3, one, "confirm"),
    ]
    (judged,) = in_force([one], history)
    assert (judged.effective.stance, judged.effective.act) == (Stance.AGAINST, Act.OPPOSE)
    assert judged.verdict is Verdict.CONFIRM
    for reset in ("unsure", "reject"):
        (judged,) = in_force([one], [*history, make_judgement(4, one, reset)])
        assert judged.effective == one
        assert judged.verdict == reset
        (judged,) = in_force([one], [*history, make_judgement(4, one, reset), make_judgement(5, one)])
        assert judged.effective == one


def test_unsure_puts_a_rejected_statement_back(make_statement, make_judgement):
    one = make_statement()
    judged = in_force([one], [make_judgement(1, one, "reject"), make_judgement(2, one, "unsure")])
    assert standing(judged) == [one]


@pytest.mark.parametrize(
    ("span", "holds"),
    [((0, 40), True), ((10, 55), True), ((20, 60), True), ((21, 61), False), ((0, 5), True), ((40, 80), False)],
)
def test_a_judgement_holds_for_its_passage_when_the_statement_is_gone(make_statement, make_judgement, span, holds):
    gone = make_statement(span=(0, 40))
    judgement = make_judgement(1, gone, "correct", [("stance", "open")])
    present = make_statement(span=span, speaker="Somebody")
    (judged,) = in_force([present], [judgement])
    assert (judged.effective.stance is Stance.OPEN) == holds
    assert judged.carried == holds
    assert orphaned([present], [judgement]) == ([] if holds else [judgement])
    if holds:
        assert "an earlier reading of this passage" in judged.reason


@pytest.mark.parametrize("other", [{"party": "southland"}, {"option": "fare-freeze"}, {"report": "b.txt"}])
def test_a_judgement_never_moves_to_another_party_option_or_report(make_statement, make_judgement, other):
    judgement = make_judgement(1, make_statement())
    present = make_statement(**other)
    assert in_force([present], [judgement])[0].verdict is None
    assert orphaned([present], [judgement]) == [judgement]


def test_a_confirmed_stance_outlives_a_reading_that_changes_it(make_statement, make_judgement):
    judgement = make_judgement(1, make_statement(stance="for"))
    (judged,) = in_force([make_statement(stance="against")], [judgement])
    assert judged.effective.stance is Stance.FOR
    assert judged.verdict is Verdict.CONFIRM
    assert "stance against → for" in judged.reason


def test_a_rejected_stance_says_nothing_about_another(make_statement, make_judgement):
    judgement = make_judgement(1, make_statement(stance="for"), "reject")
    present = make_statement(stance="against")
    assert standing(in_force([present], [judgement])) == [present]
    assert orphaned([present], [judgement]) == [judgement]


def test_of_several_candidates_the_passage_judged_is_chosen(make_statement, make_judgement):
    judgement = make_judgement(1, make_statement(span=(0, 40)), "reject")
    near, nearer = make_statement(span=(15, 45)), make_statement(span=(0, 45))
    other_stance = make_statement(span=(0, 40), stance="open")
    judged = in_force([near, other_stance, nearer], [judgement])
    assert [one.verdict for one in judged] == [None, None, Verdict.REJECT]


def test_a_carried_rejection_does_not_outweigh_a_judgement_of_ones_own(make_statement, make_judgement):
    kept = make_statement(speaker="A Minister")
    gone = make_statement(speaker="Somebody")
    (judged,) = in_force([kept], [make_judgement(1, kept), make_judgement(2, gone, "reject")])
    assert (judged.verdict, judged.judgement) == (Verdict.CONFIRM, 1)


statements = st.builds(
    lambda start, length, stance, party, speaker: (start, length, stance, party, speaker),
    st.integers(0, 60),
    st.integers(1, 40),
    st.sampled_from(["for", "against", "open"]),
    st.sampled_from(["northland", "southland"]),
    st.sampled_from([None, "Somebody"]),
)
corrections = st.sampled_from([(("stance", "open"),), (("act", "offer"), ("former", True)), (("party", "southland"),)])


@st.composite
def records(draw, make_statement, make_judgement):
    """Statements as read at first, as read later, and judgements on the first."""
    built = [
        make_statement(stance=stance, span=(start, start + length), party=party, speaker=speaker)
        for start, length, stance, party, speaker in draw(st.lists(statements, min_size=1, max_size=8))
    ]
    first = list({one.id: one for one in built}.values())
    later = draw(st.lists(st.sampled_from(first), unique_by=lambda one: one.id))
    judgements = []
    for number in range(1, draw(st.integers(0, 6)) + 1):
        verdict = draw(st.sampled_from(["confirm", "reject", "correct", "unsure"]))
        of = draw(st.sampled_from(first))
        judgements.append(make_judgement(number, of, verdict, draw(corrections) if verdict == "correct" else ()))
    return first, later, judgements


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_is_in_force_is_a_pure_function_of_the_tables(make_statement, make_judgement, data):
    _, later, judgements = data.draw(records(make_statement, make_judgement))
    shuffled = data.draw(st.permutations(judgements))
    assert in_force(later, judgements) == in_force(later, shuffled)
    assert {one.statement.id: one for one in in_force(later, judgements)} == {
        one.statement.id: one for one in in_force(data.draw(st.permutations(later)), judgements)
    }
    assert [one.statement for one in in_force(later, judgements)] == later


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_no_judgement_is_lost_and_reading_the_same_again_changes_nothing(make_statement, make_judgement, data):
    first, later, judgements = data.draw(records(make_statement, make_judgement))
    assert orphaned(first, judgements) == []
    latest = {judgement.statement: judgement for judgement in judgements}
    for judged in in_force(first, judgements):
        decided = latest.get(judged.statement.id)
        assert judged.verdict == (decided.verdict if decided else None)
        assert judged.judgement == (decided.number if decided else None)
    lost = orphaned(later, judgements)
    read = {one.id for one in later}
    assert [judgement for judgement in judgements if judgement in lost] == lost
    assert not any(judgement.statement in read for judgement in lost)
    carried = {one.judgement for one in in_force(later, judgements)}
    assert not carried & {judgement.number for judgement in lost}
    assert orphaned([], judgements) == judgements
