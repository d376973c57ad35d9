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
        ("Iceland is not ready to accept an arbitration panel.", {("iceland", "arbitration", "against")}),
        ("Iceland is not prepared to give up the observer scheme.", {("iceland", "observers", "for")}),
        ("Iceland will not drop the observer scheme.", {("iceland", "observers", "for")}),
        ("Norway was not opposed to the observer scheme.", {("norway", "observers", "open")}),
        ("Norway is not against the observer scheme.", {("norway", "observers", "open")}),
        ("Norway wants no quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway warned against accepting the quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway stopped short of endorsing the quota cut.", {("norway", "quota-cut", "open")}),
        ("Norway left open whether it would accept the quota cut.", {("norway", "quota-cut", "open")}),
        ("Norway has nothing against the observer scheme.", {("norway", "observers", "open")}),
        ("Norway sees no merit in an arbitration panel.", {("norway", "arbitration", "against")}),
        ("Norway would not stand in the way of the observer scheme.", {("norway", "observers", "open")}),
        ("Norway would have nothing to do with the observer scheme.", {("norway", "observers", "against")}),
        ("Norway refused to rule out a quota cut.", {("norway", "quota-cut", "open")}),
        ("At no point did Norway agree to a quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway will under no circumstances accept a quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway can do without the observer scheme.", {("norway", "observers", "against")}),
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
    ("passage", "expected"),
    [
        ("Norway has stopped asking for a quota cut.", {("norway", "quota-cut", "former-for")}),
        ("Norway would stop asking for a quota cut.", {("norway", "quota-cut", "against")}),
        ("Norway refuses to stop asking for a quota cut.", {("norway", "quota-cut", "for")}),
        (
            "Norway has stopped opposing the observer scheme.",
            {("norway", "observers", "former-against"), ("norway", "observers", "open")},
        ),
        ("Norway took back its consent to the quota cut.", {("norway", "quota-cut", "former-for")}),
        ("Norway walked back its support for the quota cut.", {("norway", "quota-cut", "former-for")}),
        ("Norway no longer insists on a quota cut.", {("norway", "quota-cut", "former-for")}),
        ("Norway used to reject the observer scheme.", {("norway", "observers", "former-against")}),
    ],
)
def test_who_stops_asking_has_given_up_or_offers_to(
    sides: Sides, passage: str, expected: set[tuple[str, str, str]]
) -> None:
    assert sides(passage) == expected


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("The quota cut is unacceptable to Norway.", {("norway", "quota-cut", "against")}),
        ("The quota cut is not acceptable to Norway.", {("norway", "quota-cut", "against")}),
        ("The quota cut would be premature in Norway's eyes.", {("norway", "quota-cut", "against")}),
        ("For Norway, the quota cut is out of the question.", {("norway", "quota-cut", "against")}),
        ("Norway considers the arbitration panel premature.", {("norway", "arbitration", "against")}),
        ("Norway described the observer scheme as acceptable.", {("norway", "observers", "for")}),
        ("Norway said that a quota cut was unacceptable.", {("norway", "quota-cut", "against")}),
        ("It would be wrong to drop the observer scheme, Norway said.", {("norway", "observers", "for")}),
        ("The observer scheme was essential, Norway told reporters.", {("norway", "observers", "for")}),
        ("Norway's quota cut is off the table.", set()),
        ("The quota cut is superfluous in the eyes of Iceland.", {("iceland", "quota-cut", "against")}),
    ],
)
def test_a_verdict_is_its_judges(sides: Sides, passage: str, expected: set[tuple[str, str, str]]) -> None:
    assert sides(passage) == expected


@pytest.mark.parametrize(
    ("passage", "expected"),
    [
        ("Norway scrapped the observer scheme on Friday.", {("norway", "observers", "against")}),
        ("Norway let the observer scheme lapse.", {("norway", "observers", "against")}),
        ("Norway wants the observer scheme gone.", {("norway", "observers", "against")}),
        ("Norway extended the observer scheme on Friday.", {("norway", "observers", "for")}),
        ("Norway is keeping the observer scheme.", {("norway", "observers", "for")}),
        ("Norway was persuaded to accept the quota cut.", {("norway", "quota-cut", "for")}),
        ("Norway prefers observers to an arbitration panel.",
         {("norway", "observers", "for"), ("norway", "arbitration", "against")}),
        ("Norway would sooner keep the observer scheme than accept a quota cut.",
         {("norway", "observers", "for"), ("norway", "quota-cut", "against")}),
        ("Norway gave an arbitration panel its blessing.", {("norway", "arbitration", "for")}),
        ("Norway would rather have a quota cut than an observer scheme.",
         {("norway", "quota-cut", "for"), ("norway", "observers", "against")}),
    ],
)  # fmt: skip
def test_deeds_and_preferences_take_sides(sides: Sides, passage: str, expected: set[tuple[str, str, str]]) -> None:
    assert sides(passage) == expected


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
        "Whether Norway will accept a quota cut is a question for the spring.",
        "Norway declined to comment on the quota cut.",
        "Norway denied that it had proposed a quota cut.",
        "Norway did not say that it would accept a quota cut.",
    ],
)
def test_nobody_takes_a_position(sides: Sides, passage: str) -> None:
    assert sides(passage) == set()


def test_giving_a_promise_is_not_giving_it_up(sides: Sides) -> None:
    assert ("norway", "quota-cut", "former-for") not in sides("Norway would give a promise of a quota cut.")
    assert ("norway", "quota-cut", "former-for") in sides("Norway gave up its demand for a quota cut.")
