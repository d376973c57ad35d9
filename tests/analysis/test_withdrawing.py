"""Taking back, adding and renaming: what holds, whatever else was judged."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.analysis import (
    added_statements,
    in_effect,
    in_force,
    orphaned,
    over_readers,
    positions_at,
    renamed_judgements,
    renamed_statements,
    standing,
)
from travaux.model import PERSON, Judgement, Stance, Verdict
from travaux.record import added_id

NAMES = {"a.txt": "a.txt", "b.txt": "b.txt"}


def withdrawal(number, of):
    return replace(of, number=number, verdict=Verdict.WITHDRAW, corrections=(), withdraws=of.number)


def addition(number, span=(10, 30), stance=Stance.FOR, reviewer="reviewer-a", option="ferry-link", note="", **fields):
    start, end = span
    told = {"act": "demand", "former": False, "via": "speaker", **fields}
    made = Judgement(
        number, "", Verdict.ADD, reviewer, f"2025-08-{number:02}T10:00:00Z", "a.txt", start, end, "x" * (end - start),
        "northland", option, stance, tuple(told.items()), note,
    )  # fmt: skip
    return replace(made, statement=added_id(made))


histories = st.lists(
    st.tuples(st.integers(0, 2), st.sampled_from(["confirm", "reject", "correct", "unsure"])), max_size=7
)


@given(histories, st.integers(0, 2), st.sampled_from(["confirm", "reject", "correct", "unsure"]), st.booleans())
@settings(deadline=None)
def test_judging_and_taking_back_leaves_everything_as_it_was(
    make_statement, make_judgement, history, at, verdict, reread
):
    first = [
        make_statement(span=(place * 30, place * 30 + 40), stance=s)
        for place, s in enumerate(("for", "against", "open"))
    ]
    read = [replace(one, id=f"{one.id}x", start=one.start + 3) for one in first] if reread else first

    def made(number, place, word):
        return make_judgement(number, first[place], word, [("act", "offer")] if word == "correct" else ())

    before = [made(number, *one) for number, one in enumerate(history, 1)]
    slip = made(len(before) + 1, at, verdict)
    after = [*before, slip, withdrawal(slip.number + 1, slip)]
    assert in_force(read, after) == in_force(read, before)
    assert orphaned(read, after) == orphaned(read, before)
    assert in_effect(after) == in_effect(in_effect(after)) == before
    # What is taken back twice is taken back once, and later judgements hold on.
    twice = [*after, withdrawal(slip.number + 2, slip)]
    assert in_force(read, twice) == in_force(read, before)
    later = made(slip.number + 3, at, "confirm")
    assert in_force(read, [*twice, later]) == in_force(read, [*before, later])


def test_an_added_statement_says_who_added_it(make_judgement):
    made = [addition(1, note="between the lines"), addition(2, reviewer="reviewer-b")]
    (one,) = added_statements(made, NAMES)
    assert (one.reader, one.act, one.confidence, one.quote) == (PERSON, "demand", None, "x" * 20)
    assert [reason.says for reason in one.reasons] == [
        "added by reviewer-a on 2025-08-01: between the lines",
        "added by reviewer-b on 2025-08-02",
    ]
    (judged,) = in_force([one], made)
    assert (judged.verdict, judged.judgement, judged.effective) == (Verdict.ADD, 2, one)
    assert judged.reason == "added by reviewer-b on 2025-08-02"
    assert added_statements([*made, withdrawal(3, made[0])], NAMES)[0].reasons == one.reasons[1:]
    assert added_statements([*made, withdrawal(3, made[0]), withdrawal(4, made[1])], NAMES) == []


def test_an_added_statement_is_judged_like_any(make_judgement):
    added = addition(1)
    (one,) = added_statements([added], NAMES)
    corrected = make_judgement(2, one, "correct", [("stance", "against")])
    assert in_force([one], [added, corrected])[0].effective.stance is Stance.AGAINST
    assert standing(in_force([one], [added, make_judgement(3, one, "reject")])) == []


@pytest.mark.parametrize("verdict", ["reject", "confirm", "correct"])
def test_judgements_do_not_move_between_what_a_person_added_and_what_was_read(make_statement, make_judgement, verdict):
    read, added = make_statement(span=(10, 30)), addition(2)
    (one,) = added_statements([added], NAMES)
    corrections = [("act", "reject")] if verdict == "correct" else ()
    gone = make_judgement(1, make_statement(span=(12, 30)), verdict, corrections)
    assert in_force([one], [gone, added])[0].verdict is Verdict.ADD
    on_added = make_judgement(3, one, verdict, corrections)
    for made in ([added, on_added], [added, on_added, withdrawal(4, added)]):
        assert in_force([read], made)[0].verdict is None


def test_a_passage_that_a_reader_finds_too_counts_once(make_statement, make_judgement):
    added = addition(5, span=(10, 30))
    by_hand = added_statements([added], NAMES)
    same, other_stance = make_statement(span=(0, 40)), make_statement(span=(0, 40), stance="against")
    elsewhere = make_statement(span=(100, 140))
    counted = over_readers([same, other_stance, elsewhere], [], [added], by_hand)
    assert [one.statement.id for one in counted] == [other_stance.id, by_hand[0].id, elsewhere.id]
    rejected = make_judgement(6, by_hand[0], "reject")
    assert same.id in [one.statement.id for one in over_readers([same], [], [added, rejected], by_hand)]
    # Another reader's confirmed statement of the passage is the same one too.
    from_other = replace(same, id="f" * 16, reader="llm")
    made = [added, make_judgement(7, from_other)]
    assert [one.statement.reader for one in over_readers([], [from_other], made, by_hand)] == [PERSON]


def test_a_judgement_on_a_withdrawn_addition_never_reaches_another_reader(make_statement, make_judgement):
    added = addition(1)
    (one,) = added_statements([added], NAMES)
    made = [added, make_judgement(2, one), withdrawal(3, added)]
    from_other = replace(make_statement(span=(10, 30)), id="f" * 16, reader="llm")
    assert over_readers([make_statement(span=(200, 230))], [from_other], made, [])[0].statement.start == 200
    assert len(over_readers([], [from_other], made, [])) == 0


MERGED = {"ferry-link": "crossing"}


def test_what_was_judged_on_a_merged_option_holds_for_the_one_that_is_left(make_statement, make_judgement):
    read = make_statement(span=(0, 40))
    judgements = [make_judgement(1, read, "correct", [("stance", "against")]), addition(2, span=(60, 80))]
    made = renamed_judgements(judgements, MERGED)
    before_rereading = renamed_statements([read], MERGED)
    after_rereading = [make_statement(span=(2, 38), option="crossing")]
    for statements in (before_rereading, after_rereading):
        (judged,) = in_force(statements, made)
        assert (judged.effective.option, judged.effective.stance) == ("crossing", Stance.AGAINST)
        assert [one for one in orphaned(statements, made) if one.verdict is not Verdict.ADD] == []
    (added,) = added_statements(made, NAMES)
    assert (added.option, added.id) == ("crossing", judgements[1].statement)
    assert before_rereading[0].id == read.id


def test_a_correction_to_a_merged_option_is_one_to_the_option_left(make_statement, make_judgement):
    read = make_statement(option="fares")
    (judged,) = in_force(
        [read], renamed_judgements([make_judgement(1, read, "correct", [("option", "ferry-link")])], MERGED)
    )
    assert judged.effective.option == "crossing"


def test_a_corrected_span_shows_its_words(make_statement, make_judgement):
    read = make_statement(span=(0, 40))
    made = [make_judgement(1, read, "correct", [("start", 5), ("end", 9), ("quote", "abcd")])]
    for statements in ([read], [make_statement(span=(3, 44), speaker="Somebody")]):
        (judged,) = in_force(statements, made)
        assert (judged.effective.start, judged.effective.end, judged.effective.quote) == (5, 9, "abcd")
        assert "quote xxx" in judged.reason and "→ abcd" in judged.reason
        assert "start" not in judged.reason
    assert positions_at(standing(in_force([read], made)), {})[0].statements == (read.id,)
