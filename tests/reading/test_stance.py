"""Who takes which side: cues, negation, composition, passives, two parties in one sentence."""

from __future__ import annotations

from collections.abc import Callable

import pytest

Sides = Callable[[str], set[tuple[str, str, str]]]


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Norway demanded a quota cut on Monday.", {("norway", "quota-cut", "for")}),
        ("Norway rejected a quota cut on Monday.", {("norway", "quota-cut", "against")}),
        ("Norway is ready to accept an arbitration panel.", {("norway", "arbitration", "for")}),
        ("Iceland opposes the observer scheme.", {("iceland", "observers", "against")}),
        ("Iceland is considering an observer scheme.", {("iceland", "observers", "open")}),
        ("Iceland voiced support for a quota cut.", {("iceland", "quota-cut", "for")}),
        ("Iceland would like a quota cut.", {("iceland", "quota-cut", "for")}),
        ("Iceland will put up with a quota cut.", {("iceland", "quota-cut", "for")}),
        ("Iceland has signed up to an observer scheme.", {("iceland", "observers", "for")}),
        ("Iceland said no to a quota cut.", {("iceland", "quota-cut", "against")}),
        ("Iceland came out in favour of an observer scheme.", {("iceland", "observers", "for")}),
        ("Iceland said that an observer scheme was out of the question.", {("iceland", "observers", "against")}),
        ("Iceland said that a quota cut was off the table.", {("iceland", "quota-cut", "against")}),
        ("Iceland said that an observer scheme was not off the table.", {("iceland", "observers", "open")}),
    ],
)
def test_a_cue_gives_its_party_a_side(sides: Sides, passage: str, expected: set[tuple[str, str, str]]) -> None:
    assert sides(passage) == expected


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Iceland did not agree to a quota cut.", {("iceland", "quota-cut", "against")}),
        ("Iceland did not rule out a quota cut.", {("iceland", "quota-cut", "open")}),
        ("Iceland refused to drop its demand for a quota cut.", {("iceland", "quota-cut", "for")}),
        ("Iceland rejected calls to abandon the observer scheme.", {("iceland", "observers", "for")}),
        ("Iceland refuses to accept an arbitration panel.", {("iceland", "arbitration", "against")}),
    ],
)
def test_negation_and_refusal_compose(sides: Sides, passage: str, expected: set[tuple[str, str, str]]) -> None:
    assert sides(passage) == expected


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Norway is said to oppose the quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway, through its envoy, is reported to not object to the quota cut.", {("norway", "quota-cut", "open")}),
        ("Norway is understood to be willing to accept the quota cut.", {("norway", "quota-cut", "for")}),
        ("Norway was quoted as rejecting the quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway is believed by Iceland to favour the quota cut.", {("norway", "quota-cut", "for")}),
        ("Norway was asked to accept the quota cut.", set()),
    ],
)
def test_whom_a_report_only_tells_of_takes_the_side(
    sides: Sides, passage: str, expected: set[tuple[str, str, str]]
) -> None:
    assert sides(passage) == expected


@pytest.mark.parametrize(
    "passage",
    [
        "Norway proposed an observer scheme instead of a quota cut.",
        "Norway wants an observer scheme rather than a quota cut.",
        "Norway offered an observer scheme in place of another quota cut.",
        "Rather than a quota cut, Norway demanded an observer scheme.",
        "In lieu of a quota cut Norway called for an observer scheme.",
    ],
)
def test_what_something_else_is_wanted_in_place_of_is_not_wanted(sides: Sides, passage: str) -> None:
    assert sides(passage) == {("norway", "observers", "for"), ("norway", "quota-cut", "against")}


def test_dropping_an_objection_leaves_the_party_open(sides: Sides) -> None:
    assert sides("Iceland dropped its objection to the observer scheme.") == {
        ("iceland", "observers", "former-against"),
        ("iceland", "observers", "open"),
    }


@pytest.mark.parametrize(
    "passage",
    [
        "A quota cut was ruled out by Norway.",
        "The quota cut was rejected by the Norwegian government.",
        "A quota cut, which Norway has rejected, would hurt the fleet.",
    ],
)
def test_the_agent_of_a_passive_holds_the_position(sides: Sides, passage: str) -> None:
    assert ("norway", "quota-cut", "against") in sides(passage)


def test_a_demand_and_its_rejection_are_two_positions(sides: Sides) -> None:
    assert sides("Oslo rejected Iceland's demand for a quota cut.") == {
        ("norway", "quota-cut", "against"),
        ("iceland", "quota-cut", "for"),
    }


def test_those_named_together_each_take_the_side(sides: Sides) -> None:
    assert sides("Norway and Iceland rejected a quota cut.") == {
        ("norway", "quota-cut", "against"),
        ("iceland", "quota-cut", "against"),
    }


def test_seconding_and_opposing_in_bulletin_style(sides: Sides) -> None:
    found = sides("NORWAY, supported by ICELAND and opposed by the FAROE ISLANDS, proposed an arbitration panel.")
    assert ("norway", "arbitration", "for") in found
    assert ("iceland", "arbitration", "for") in found


def test_the_plan_just_named_is_meant_by_it(sides: Sides) -> None:
    found = sides("Norway proposed an observer scheme. Iceland rejected the plan.")
    assert ("iceland", "observers", "against") in found


def test_what_a_verb_does_not_reach_stays_out(sides: Sides) -> None:
    """Two clauses side by side: the second verb says nothing about the first clause's option."""
    found = sides("Norway demanded a quota cut; Iceland rejected an arbitration panel.")
    assert ("iceland", "quota-cut", "against") not in found
    assert ("norway", "quota-cut", "for") in found
    assert ("iceland", "arbitration", "against") in found


@pytest.mark.parametrize(
    "passage",
    [
        "The quota cut will be discussed in spring.",
        "The weather over the northern sea was calm on Tuesday.",
        "Fishermen filled the harbour while ministers met.",
    ],
)
def test_nobody_takes_a_position(sides: Sides, passage: str) -> None:
    assert sides(passage) == set()


def test_giving_a_promise_is_not_giving_it_up(sides: Sides) -> None:
    assert ("norway", "quota-cut", "former-for") not in sides("Norway would give a promise of a quota cut.")
    assert ("norway", "quota-cut", "former-for") in sides("Norway gave up its demand for a quota cut.")
