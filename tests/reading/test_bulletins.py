"""Bulletins and what comes of their turns: who is named beside a proposer, who answers, what is asked to be deleted, what is over."""

from __future__ import annotations

import pytest
from lock_at_varn import AGENDA

from travaux.intake import receive_bytes
from travaux.reading.local import LocalReader, told_by_grammar

READER = LocalReader(encoder=False)


def told(text: str) -> set[tuple[str, str]]:
    """Party and stance on the toll of everything that the grammar tells of a text; "former" before what is over."""
    report = receive_bytes(text.encode(), "a.txt").report
    return {
        (statement.party, ("former " if statement.former else "") + statement.stance)
        for line in READER.lines_of(report, AGENDA)
        for statement in told_by_grammar(line, report)
    }


FOR_AND_AGAINST = {("veria", "for"), ("ostland", "for"), ("union", "against")}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("VERIA, supported by OSTLAND and opposed by the UNION, proposed a lock toll.", FOR_AND_AGAINST),
        ("Veria, supported by Ostland, but opposed by the Union, called for a lock toll.", FOR_AND_AGAINST),
        ("A lock toll was proposed by Veria, supported by Ostland and opposed by the Union.", FOR_AND_AGAINST),
        # Whoever proposes may be no party.
        ("LUMA and MEXA, supported by OSTLAND and opposed by the UNION, introduced a lock toll.", FOR_AND_AGAINST - {("veria", "for")}),
        ("VERIA, with OSTLAND, proposed a lock toll.", {("veria", "for"), ("ostland", "for")}),
        # Who talks with somebody does not speak for both.
        ("In its talks with Ostland, Veria proposed a lock toll.", {("veria", "for")}),
    ],
)  # fmt: skip
def test_who_is_named_beside_a_proposer(text: str, sides: set[tuple[str, str]]) -> None:
    assert told(text) == sides


@pytest.mark.parametrize(
    "text",
    [
        "Veria proposed to delete the lock toll.",
        "Veria asked for the lock toll to be struck out.",
        "Veria asked for the lock toll to be deleted.",
        "Veria asked that the lock toll be deleted.",
        "Veria called for the deletion of the lock toll.",
        "Veria wants to be rid of the lock toll.",
    ],
)
def test_what_is_asked_to_be_deleted_is_not_wanted(text: str) -> None:
    assert told(text) == {("veria", "against")}


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("VERIA asked for a lock toll. OSTLAND objected.", "against"),
        ("VERIA asked for a lock toll; OSTLAND concurred.", "for"),
        ("VERIA asked for a lock toll. OSTLAND objected: the river was poor, it said.", "against"),
        ("VERIA proposed to delete the lock toll, and OSTLAND concurred.", "against"),
        ("VERIA asked for the lock toll to be deleted. This was opposed by OSTLAND.", "for"),
        ("VERIA was against a lock toll. OSTLAND agreed.", "against"),
    ],
)
def test_who_answers_takes_the_side_that_the_answer_gives(text: str, answer: str) -> None:
    assert ("ostland", answer) in told(text)


def test_nobody_answers_across_paragraphs_or_with_words_of_his_own() -> None:
    assert told("VERIA asked for a lock toll.\n\nOSTLAND objected.") == {("veria", "for")}
    assert told("VERIA asked for a lock toll. OSTLAND objected to the hour.") == {("veria", "for")}


@pytest.mark.parametrize(
    ("text", "sides"),
    [
        ("Until recently Veria opposed a lock toll.", {("veria", "former against")}),
        ("Veria opposed a lock toll until last year.", {("veria", "former against")}),
        ("As recently as Tuesday, Veria insisted on a lock toll.", {("veria", "former for")}),
        ("Veria at first rejected a lock toll.", {("veria", "former against")}),
        # What holds until something happens is not over.
        ("Veria will oppose a lock toll until Ostland pays.", {("veria", "against")}),
    ],
)
def test_what_time_words_tell_is_over(text: str, sides: set[tuple[str, str]]) -> None:
    assert told(text) == sides


def test_a_time_that_is_past_is_no_condition() -> None:
    report = receive_bytes(
        b"Veria opposed a lock toll until last year. Veria will oppose a lock toll until Ostland pays.", "a.txt"
    ).report
    found = [
        statement.condition for line in READER.lines_of(report, AGENDA) for statement in told_by_grammar(line, report)
    ]
    assert found == [None, "until Ostland pays"]
