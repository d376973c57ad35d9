"""Two readers: which statements count, how far they agree, what goes into the queue."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis import compare_readers, disagreements, over_readers
from travaux.analysis.readers import cohens_kappa
from travaux.model import Act, Judgement, Reason, Stance, Statement, Verdict, Via, statement_id

NAMES = ("local", "llm")


def made(reader, start=0, end=20, party="x", option="o", stance=Stance.FOR, **fields):
    identity = statement_id(reader, "r1", start, end, party, option, stance, False, None, "speaker")
    fields = {"act": Act.STATE, "via": Via.SPEAKER, **fields}
    return Statement(
        identity, "a.txt", "r1", start, end, "q" * (end - start), party, option, stance, reader=reader, **fields
    )


def judged(one, verdict=Verdict.CONFIRM, number=1, **fields):
    return Judgement(
        number,
        one.id,
        verdict,
        "the tests",
        "2026-01-01T00:00:00+00:00",
        one.report_id,
        one.start,
        one.end,
        one.quote,
        one.party,
        one.option,
        one.stance,
        **fields,
    )


def test_the_chosen_readers_statements_count_and_the_others_do_not():
    mine, other = made("local"), made("llm", 50, 70)
    assert [one.statement for one in over_readers([mine], [other], [])] == [mine]


def test_a_confirmed_statement_of_another_reader_counts_where_the_chosen_took_nothing():
    mine, other = made("local"), made("llm", 50, 70)
    found = over_readers([mine], [other], [judged(other)])
    assert [one.statement for one in found] == [mine, other]
    assert found[1].verdict is Verdict.CONFIRM


@pytest.mark.parametrize("verdict", [Verdict.REJECT, Verdict.UNSURE])
def test_a_rejected_or_doubted_statement_of_another_reader_does_not(verdict):
    mine, other = made("local"), made("llm", 50, 70)
    assert [one.statement for one in over_readers([mine], [other], [judged(other, verdict)])] == [mine]


def test_a_correction_of_another_readers_statement_counts_with_its_values():
    other = made("llm", 50, 70)
    correction = judged(other, Verdict.CORRECT, corrections=(("stance", "against"),))
    (one,) = over_readers([], [other], [correction])
    assert one.effective.stance is Stance.AGAINST


def test_a_judgement_on_the_same_passage_holds_for_both_readers():
    mine, other = made("local", 0, 20), made("llm", 2, 25)
    (one,) = over_readers([mine], [other], [judged(other, Verdict.REJECT)])
    assert one.statement == mine
    assert one.verdict is Verdict.REJECT
    (back,) = over_readers([other], [mine], [judged(mine)])
    assert (back.statement, back.verdict) == (other, Verdict.CONFIRM)


def test_one_reader_alone_is_judged_as_ever():
    from travaux.analysis import in_force

    mine = [made("local"), made("local", 30, 50)]
    judgements = [judged(mine[0]), judged(made("local", 90, 99))]
    assert over_readers(mine, [], judgements) == in_force(mine, judgements)


def test_agreement_counts_cells_and_fields():
    a = [made("local"), made("local", 30, 50, act=Act.DEMAND), made("local", 60, 80, party="y")]
    b = [made("llm", 1, 22), made("llm", 31, 52, act=Act.OFFER), made("llm", 90, 99, party="z")]
    found = compare_readers(a, b, NAMES, {"r1"})
    assert (found.both, found.first_only, found.second_only, found.f1) == (1, 1, 1, 0.5)
    fields = {one.field: (one.matched, one.same) for one in found.fields}
    assert fields["stance"] == (2, 2)
    assert fields["act"] == (2, 1)


def test_only_reports_both_have_read_are_compared():
    found = compare_readers([made("local")], [], NAMES, set())
    assert (found.both, found.first_only, found.f1) == (0, 0, None)
    assert disagreements([made("local")], [], NAMES, set()) == []


def test_disagreements_tell_each_difference_once_positions_first():
    a = [made("local"), made("local", 60, 80, party="y"), made("local", 100, 120, party="w", act=Act.OFFER)]
    b = [made("llm", 1, 22, stance=Stance.AGAINST), made("llm", 100, 121, party="w", act=Act.DEMAND)]
    found = disagreements(a, b, NAMES, {"r1"})
    assert [(one.kind, one.party) for one in found] == [("stance", "x"), ("position", "y"), ("act", "w")]
    assert found[0].says == "local has for, llm has against"
    assert found[1].says == "only local reads for here"
    assert len({one.id for one in found}) == 3


def test_what_a_reader_wants_looked_at_is_in_the_queue():
    odd = made("llm", reasons=(Reason("review", "no name of x stands near"),))
    (one,) = disagreements([made("local")], [odd], NAMES, {"r1"})
    assert (one.kind, one.says) == ("review", "llm: no name of x stands near")


def test_judged_ones_are_marked():
    one, two = made("local"), made("llm", stance=Stance.AGAINST)
    assert [found.judged for found in disagreements([one], [two], NAMES, {"r1"}, {two.id})] == [True]
    assert [found.judged for found in disagreements([one], [two], NAMES, {"r1"})] == [False]


@pytest.mark.parametrize(
    ("pairs", "kappa"),
    [
        ([], None),
        ([("a", "a")] * 3, None),
        ([("a", "a"), ("b", "b")], 1.0),
        ([("a", "b"), ("b", "a")], -1.0),
        # Cohen's worked table: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no.
        ([("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15, 0.4),
    ],
)
def test_kappa_is_cohens(pairs, kappa):
    assert cohens_kappa(pairs) == kappa


statements = st.lists(
    st.tuples(st.integers(0, 60), st.integers(5, 30), st.sampled_from("xy"), st.sampled_from(list(Stance))), max_size=8
)


@given(statements, statements)
def test_comparing_is_fair_to_both_sides(first, second):
    a = list({(one := made("local", s, s + n, party=p, stance=t)).id: one for s, n, p, t in first}.values())
    b = list({(one := made("llm", s, s + n, party=p, stance=t)).id: one for s, n, p, t in second}.values())
    there, back = compare_readers(a, b, NAMES, {"r1"}), compare_readers(b, a, NAMES[::-1], {"r1"})
    assert (there.both, there.first_only, there.second_only, there.f1) == (
        back.both,
        back.second_only,
        back.first_only,
        back.f1,
    )
    assert compare_readers(a, a, NAMES, {"r1"}).f1 in (1.0, None)
