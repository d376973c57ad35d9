"""Agreement of several reviewers, against published worked examples and by properties."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis.readers import cohens_kappa
from travaux.analysis.reviewers import MEASURED, agreement, decisions, differ, krippendorffs_alpha, tallies
from travaux.model import Stance, Verdict


def crossed(table):
    """Pairs of a table of counts, rows the first coder's."""
    return [(str(i), str(j)) for i, row in enumerate(table) for j, count in enumerate(row) for _ in range(count)]


def columns(*coders):
    """Units of a reliability matrix, a text of values a coder; a full stop is a missing one."""
    return [[value for value in unit if value != "."] for unit in zip(*coders, strict=True)]


def test_kappa_of_cohens_own_example():
    # Cohen 1960, A Coefficient of Agreement for Nominal Scales, table 2, in counts of 200; page 45: (.70 - .41) / (1 - .41), about .492.
    assert cohens_kappa(crossed([[88, 14, 18], [10, 40, 10], [2, 6, 12]])) == 0.4915


@pytest.mark.parametrize(
    ("units", "alpha"),
    [
        # Krippendorff 2011, Computing Krippendorff's Alpha-Reliability: A, two observers, two values: 0.095.
        (columns("0100000010", "1110010000"), 0.095),
        # B, two observers, five values: 0.692.
        (columns("aabbdcccedda", "babbbccceddd"), 0.692),
        # C, four observers, five values, some missing: 0.743.
        (columns("123321412...", "123322412 5.3".replace(" ", ""), ".3332342251.", "12332441251."), 0.743),
    ],
)
def test_alpha_of_krippendorffs_own_examples(units, alpha):
    assert round(krippendorffs_alpha(units), 3) == alpha


@pytest.mark.parametrize("units", [[], [["a"]], [["a"], ["b"]], [["a", "a"], ["a", "a", "a"]]])
def test_alpha_says_nothing_where_nothing_can_be_compared(units):
    assert krippendorffs_alpha(units) is None


values = st.sampled_from("abc")


@given(st.lists(st.lists(values, max_size=4), max_size=12), st.randoms())
def test_alpha_is_bounded_and_blind_to_order_and_names(units, random):
    alpha = krippendorffs_alpha(units)
    shuffled = [random.sample(unit, len(unit)) for unit in random.sample(units, len(units))]
    assert krippendorffs_alpha(shuffled) == alpha
    assert krippendorffs_alpha([[{"a": "x", "b": "a", "c": "y"}[value] for value in unit] for unit in units]) == alpha
    assert krippendorffs_alpha([*units, ["a"], []]) == alpha
    assert alpha is None or -1 <= alpha <= 1
    if alpha == 1:
        assert all(len(set(unit)) == 1 for unit in units if len(unit) > 1)


@given(st.lists(st.tuples(values, values), max_size=20))
def test_kappa_is_bounded_and_symmetric(pairs):
    kappa = cohens_kappa(pairs)
    assert cohens_kappa([(two, one) for one, two in pairs]) == kappa
    assert kappa is None or -1 <= kappa <= 1
    if kappa is not None and all(one == two for one, two in pairs):
        assert kappa == 1


def by(reviewer, judgement):
    return replace(judgement, reviewer=reviewer)


def test_the_last_decision_of_each_counts_as_it_stood(make_statement, make_judgement):
    one = make_statement()
    history = [
        by("ann", make_judgement(1, one)),
        by("ann", make_judgement(2, one, "correct", [("stance", "against")])),
        by("bea", make_judgement(3, one)),  # confirms what then stands: against
        by("cleo", make_judgement(4, one, "reject")),
        by("dora", make_judgement(5, one, "unsure")),
    ]
    (unit,) = decisions([one], history).values()
    assert {name: made.value("stance") for name, made in unit.items()} == {
        "ann": "against", "bea": "against", "cleo": "none", "dora": None,
    }  # fmt: skip
    assert {name: made.value("verdict") for name, made in unit.items()} == {
        "ann": "correct", "bea": "confirm", "cleo": "reject", "dora": None,
    }  # fmt: skip
    assert unit["bea"].value("position") == "northland against ferry-link"
    assert differ(unit)
    assert not differ({name: unit[name] for name in ("ann", "bea", "dora")})


def test_a_judgement_on_an_earlier_reading_counts_for_the_present_one(make_statement, make_judgement):
    gone, present = make_statement(span=(0, 40)), make_statement(span=(5, 45))
    history = [by("ann", make_judgement(1, gone)), by("bea", make_judgement(2, present))]
    assert list(decisions([present], history)) == [present.id]
    orphans = decisions([], history)
    assert {identity: list(unit) for identity, unit in orphans.items()} == {gone.id: ["ann"], present.id: ["bea"]}


def test_agreement_is_told_for_all_and_for_each_two(make_statement, make_judgement):
    ones = [
        make_statement(span=(at, at + 9), stance=stance) for at, stance in ((0, "for"), (50, "against"), (90, "open"))
    ]
    history = []
    for reviewer, verdicts in {"ann": "ccr", "bea": "crr", "cleo": "cc"}.items():
        for one, verdict in zip(ones, verdicts, strict=False):
            word = {"c": "confirm", "r": "reject"}[verdict]
            history.append(by(reviewer, make_judgement(len(history) + 1, one, word)))
    found = agreement(decisions(ones, history))
    assert [(one.measure, one.reviewers) for one in found[:: len(MEASURED)]] == [
        ("alpha", ("ann", "bea", "cleo")),
        ("kappa", ("ann", "bea")),
        ("kappa", ("ann", "cleo")),
        ("kappa", ("bea", "cleo")),
    ]
    alpha, kappa = found[0], found[3]
    assert (alpha.field, alpha.units, alpha.same) == ("verdict", 3, 2)
    assert (kappa.units, kappa.same, kappa.value) == (3, 2, 0.4)
    assert len({one.id for one in found}) == len(found)
    assert agreement(decisions(ones, [one for one in history if one.reviewer == "ann"])) == []


def test_tallies_count_what_holds_and_what_was_taken_back(make_statement, make_judgement):
    one, two = make_statement(), make_statement(span=(50, 90))
    history = [make_judgement(1, one), make_judgement(2, two, "reject")]
    history.append(replace(history[1], number=3, verdict=Verdict.WITHDRAW, withdraws=2, at="2025-08-09T10:00:00Z"))
    (tally,) = tallies(history, decisions([one, two], history))
    assert (tally.statements, tally.verdicts, tally.withdrawn) == (1, {Verdict.CONFIRM: 1}, 1)
    assert (tally.first, tally.last) == ("2025-08-01", "2025-08-09")


reviews = st.lists(
    st.tuples(st.sampled_from("AB"), st.integers(0, 3), st.sampled_from(["confirm", "reject", "unsure"])), max_size=14
)


@given(reviews)
def test_who_comes_first_does_not_matter_for_agreement(make_statement, make_judgement, made):
    ones = [make_statement(span=(at * 50, at * 50 + 40), stance=str(list(Stance)[at % 3])) for at in range(4)]
    history = [by(who, make_judgement(n, ones[at], verdict)) for n, (who, at, verdict) in enumerate(made, 1)]
    swapped = [replace(one, reviewer={"A": "B", "B": "A"}[one.reviewer]) for one in history]
    there, back = agreement(decisions(ones, history)), agreement(decisions(ones, swapped))
    assert [(one.units, one.same, one.value) for one in there] == [(one.units, one.same, one.value) for one in back]
