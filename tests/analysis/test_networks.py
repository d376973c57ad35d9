"""Networks: the quantities are what their names say, checked against numpy and against cases worked out by hand."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis.networks import (
    ONE_MODE,
    ONE_MODE_NORMALISATIONS,
    TWO_MODE,
    TWO_MODE_NORMALISATIONS,
    Aggregation,
    Normalisation,
    one_mode,
    stance_counts,
    two_mode,
)
from travaux.model import Act, Stance, Statement

# Ukraine spoke three times, the United States once, and one of these in common: a true cosine is 1/sqrt(3).
CASE = {"ukraine": {"a": (1, 0), "b": (1, 0), "c": (1, 0)}, "us": {"a": (1, 0)}, "russia": {"b": (0, 1), "d": (0, 1)}}
OPTIONS = ("a", "b", "c", "d")
PROFILE = st.dictionaries(st.sampled_from(OPTIONS), st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=4)
COUNTS = st.dictionaries(st.sampled_from(("p", "q", "r")), PROFILE, min_size=1)


def vector(profile: dict, part: str) -> np.ndarray:
    votes = [profile.get(option, (0, 0)) for option in OPTIONS]
    return {
        "common": np.array([agree + oppose for agree, oppose in votes], float),
        "net": np.array([agree - oppose for agree, oppose in votes], float),
        "sides": np.array([*(agree for agree, _ in votes), *(oppose for _, oppose in votes)], float),
        "turned": np.array([*(oppose for _, oppose in votes), *(agree for agree, _ in votes)], float),
    }[part]


def cosine(one: np.ndarray, two: np.ndarray) -> float:
    lengths = np.linalg.norm(one) * np.linalg.norm(two)
    return float(one @ two / lengths) if lengths else 0.0


def test_a_true_cosine_is_not_what_dna_calls_one():
    true = one_mode(CASE, Aggregation.CONGRUENCE, Normalisation.COSINE).weight("ukraine", "us")
    dnas = one_mode(CASE, Aggregation.CONGRUENCE, Normalisation.DNA_COSINE).weight("us", "ukraine")
    assert (round(true, 3), round(dnas, 6)) == (0.577, 0.333333)


@given(COUNTS)
def test_cosines_are_those_of_numpy(counts):
    parties = sorted(counts)
    for place, one in enumerate(parties):
        for two in parties[place + 1 :]:
            left, right = counts[one], counts[two]
            wanted = {
                Aggregation.COMMON: cosine(vector(left, "common"), vector(right, "common")),
                Aggregation.CONGRUENCE: cosine(vector(left, "sides"), vector(right, "sides")),
                Aggregation.CONFLICT: cosine(vector(left, "sides"), vector(right, "turned")),
                Aggregation.SUBTRACT: cosine(vector(left, "net"), vector(right, "net")),
            }
            for aggregation, value in wanted.items():
                found = one_mode(counts, aggregation, Normalisation.COSINE).weight(one, two)
                assert math.isclose(found, value, abs_tol=1e-12)


@given(COUNTS)
def test_subtract_is_congruence_less_conflict_and_all_stay_in_their_bounds(counts):
    for normalisation in ONE_MODE_NORMALISATIONS:
        networks = {aggregation: one_mode(counts, aggregation, normalisation) for aggregation in ONE_MODE}
        for one in counts:
            for two in counts:
                common, congruence, conflict, subtract = (networks[kind].weight(one, two) for kind in ONE_MODE)
                if normalisation is not Normalisation.COSINE:
                    assert math.isclose(subtract, congruence - conflict, abs_tol=1e-9)
                if normalisation in (Normalisation.JACCARD, Normalisation.COSINE):
                    assert all(0 <= value <= 1 + 1e-9 for value in (common, congruence, conflict))
                    assert -1 - 1e-9 <= subtract <= 1 + 1e-9
                if normalisation is Normalisation.NONE:
                    assert common == congruence + conflict


@given(COUNTS)
def test_jaccard_counts_each_option_once(counts):
    parties = sorted(counts)
    for place, one in enumerate(parties):
        for two in parties[place + 1 :]:
            spoken = [{option for option, votes in counts[party].items() if any(votes)} for party in (one, two)]
            either, both = spoken[0] | spoken[1], spoken[0] & spoken[1]
            found = one_mode(counts, Aggregation.COMMON, Normalisation.JACCARD).weight(one, two)
            assert math.isclose(found, len(both) / len(either) if either else 0)


@given(COUNTS)
def test_shares_of_activity_and_prominence(counts):
    shares = two_mode(counts, Aggregation.COMMON, Normalisation.ACTIVITY)
    for party in counts:
        total = sum(shares.weight(party, option) for option in OPTIONS)
        assert math.isclose(total, 1.0 if shares.activity[party] else 0.0, abs_tol=1e-9)
    among = two_mode(counts, Aggregation.COMMON, Normalisation.PROMINENCE)
    for option in among.columns:
        total = sum(among.weight(party, option) for party in counts)
        assert math.isclose(total, 1.0 if among.prominence[option] else 0.0, abs_tol=1e-9)


def test_an_option_that_a_party_was_for_and_against():
    counts = {"p": {"a": (2, 1)}, "q": {"a": (0, 1)}}
    assert two_mode(counts, Aggregation.COMBINE).weight("p", "a") == 3
    assert two_mode(counts, Aggregation.SUBTRACT).weight("p", "a") == 1
    assert [one_mode(counts, kind).weight("p", "q") for kind in ONE_MODE] == [3, 1, 2, -1]


def test_pairs_that_there_is_no_network_of():
    with pytest.raises(ValueError, match="no one-mode network combine"):
        one_mode(CASE, Aggregation.COMBINE)
    with pytest.raises(ValueError, match="no two-mode network conflict"):
        two_mode(CASE, Aggregation.CONFLICT)
    assert set(ONE_MODE) | set(TWO_MODE) == set(Aggregation)
    assert set(ONE_MODE_NORMALISATIONS) | set(TWO_MODE_NORMALISATIONS) == set(Normalisation)


def statement(number: int, report: str, party: str, stance: Stance, **more) -> Statement:
    return Statement(str(number), report, report, number, number + 1, "x", party, "a", stance, Act.STATE, **more)


def test_what_is_counted():
    said = [
        statement(1, "r", "p", Stance.FOR),
        statement(2, "r", "p", Stance.FOR),
        statement(3, "s", "p", Stance.FOR),
        statement(4, "s", "p", Stance.AGAINST),
        statement(5, "s", "p", Stance.OPEN),
        statement(6, "t", "p", Stance.AGAINST, former=True),
    ]
    assert stance_counts(said, parties=["q"]) == {"q": {}, "p": {"a": (2, 1)}}
    assert stance_counts(said, once_a_report=False) == {"p": {"a": (3, 1)}}


def test_a_family_counts_once():
    said = [statement(number, report, "p", Stance.FOR) for number, report in enumerate("rst")]
    families = {"r": "family", "s": "family"}
    assert stance_counts(said, families=families) == {"p": {"a": (2, 0)}}
    against = statement(9, "s", "p", Stance.AGAINST)
    assert stance_counts([*said, against], families=families) == {"p": {"a": (2, 1)}}
    assert stance_counts(said, once_a_report=False, families=families) == {"p": {"a": (3, 0)}}
