"""The words that make a position conditional, and the demands inside them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.model import Reading
from travaux.reading.parse import parsed
from travaux.reading.whole_condition import completed

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
        ("Norway accepted a quota cut provided the boats are paid for.", "provided the boats are paid for"),
        (
            "Not before the boats have been paid for will Norway accept a quota cut.",
            "Not before the boats have been paid for",
        ),
    ],
)
def test_the_condition_is_given_word_for_word(read: Read, passage: str, condition: str) -> None:
    found = [s for s in read(passage).statements if s.option == "quota-cut"]
    assert [s.condition for s in found] == [condition]
    assert condition in passage


@pytest.mark.parametrize(
    ("sentence", "seen", "whole"),
    [
        ("Norway would sign as soon as every boat was paid for.", "every boat was", "as soon as every boat was paid for"),
        ("Norway would sign if the emergency fund was renewed in April, he said.", "renewed in", "if the emergency fund was renewed in April"),
        ("Norway would sign in exchange for lower duties.", "exchange for lower duties", "in exchange for lower duties"),
        ("Norway would sign this year if Iceland stays in port.", "year if Iceland stays in port", "if Iceland stays in port"),
        ("Norway would sign provided Iceland countersigned.", "provided Iceland countersigned", "provided Iceland countersigned"),
        ("Norway would sign once the boats are on their way.", "once the boats are on their way", "once the boats are on their way"),
        ("Norway stands behind a pledge given mainly by Iceland.", "given mainly by Iceland", None),
        ("Norway will not join but will be provided with boats.", "provided with boats", None),
        ("Norway opposed it because it lacked a mandate.", "lacked a", None),
        ("Norway wants the Iceland Fund to pay.", "the Iceland Fund", None),
    ],
)  # fmt: skip
def test_what_looks_like_a_condition_is_completed_or_dropped(sentence: str, seen: str, whole: str | None) -> None:
    (doc,) = parsed([sentence])
    start = sentence.index(seen)
    part = doc.char_span(start, start + len(seen))
    assert part is not None
    found = completed(part)
    assert (None if found is None else doc[found[0] : found[1] + 1].text) == whole


@given(st.data())
def test_completed_words_lie_in_their_sentence_and_reach_as_far_as_what_was_seen(data: st.DataObject) -> None:
    (doc,) = parsed(
        ["Norway would sign as soon as the boats, once painted, were provided if Iceland paid; it did not. Why not?"]
    )
    first = data.draw(st.integers(0, len(doc) - 1))
    last = data.draw(st.integers(first, doc[first].sent.end - 1))
    found = completed(doc[first : last + 1])
    if found is not None:
        assert doc[first].sent.start <= found[0] <= found[1] < doc[first].sent.end
        assert found[1] >= last


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
        "Norway will get no quota cut but be provided with a loan, Kari Lund said.",
        "Norway proposed a quota cut, providing boats for Iceland.",
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
