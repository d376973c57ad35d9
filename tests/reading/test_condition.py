"""The words that make a position conditional, and the demands inside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from travaux.model import Reading

Read = Callable[[str], Reading]


@pytest.mark.parametrize(
    ("passage", "condition"),
    [
        ("Norway accepted a quota cut, provided that Iceland stays in port.", "provided that Iceland stays in port"),
        ("Norway will accept a quota cut if Iceland stays in port.", "if Iceland stays in port"),
        ("Norway offered a quota cut in return for calm in the harbour.", "in return for calm in the harbour"),
        ("Norway would accept a quota cut as long as prices hold.", "as long as prices hold"),
        ("Norway rejected a quota cut unless Iceland stays in port.", "unless Iceland stays in port"),
        (
            "Norway will not accept a quota cut until prices rise, boats are repaired and the fleet is paid.",
            "until prices rise, boats are repaired and the fleet is paid",
        ),
        ("Norway will accept a quota cut if prices rise, Kari Lund said on Monday.", "if prices rise"),
        ("Norway accepted a quota cut as one element of a wider deal.", "as one element of a wider deal"),
        ("Norway offered a quota cut for the day Iceland stays in port.", "the day Iceland stays in port"),
    ],
)
def test_the_condition_is_given_word_for_word(read: Read, passage: str, condition: str) -> None:
    found = [s for s in read(passage).statements if s.option == "quota-cut"]
    assert [s.condition for s in found] == [condition]
    assert condition in passage


def test_a_condition_that_is_an_option_is_a_demand(read: Read) -> None:
    found = read("Iceland accepted a quota cut on condition that observers sail on Norwegian trawlers.")
    demands = [s for s in found.statements if s.option == "observers" and s.party == "iceland"]
    assert [(s.stance, s.act) for s in demands] == [("for", "demand")]


@pytest.mark.parametrize(
    "passage",
    [
        "Norway demanded a quota cut on Monday.",
        "Norway demanded a quota cut on the day of the meeting.",
        "Norway demanded a quota cut as part of its visit to Iceland.",
        "Norway accepted a quota cut without observers.",
    ],
)
def test_no_condition_where_there_is_none(read: Read, passage: str) -> None:
    found = read(passage).statements
    assert found
    assert all(statement.condition is None for statement in found)


@pytest.mark.parametrize(
    "passage",
    [
        "Norway will accept a quota cut even if Iceland leaves port.",
        "Norway spoke of a quota cut as if it had accepted it.",
    ],
)
def test_what_a_position_holds_in_spite_of_is_no_condition(read: Read, passage: str) -> None:
    assert all(s.condition is None for s in read(passage).statements)


def test_what_is_itself_the_condition_has_none(read: Read) -> None:
    found = read("Iceland would give up its quota cut in return for observers on Norwegian trawlers.").statements
    assert all(s.condition is None for s in found if s.option == "observers")
