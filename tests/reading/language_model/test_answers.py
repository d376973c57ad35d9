"""What a model answers is read however untidily it is put, and never guessed at."""

import json

import pytest
from model_stubs import answer, answered

from travaux.reading.language_model.answers import (
    LONGEST_ANSWER,
    Unusable,
    answer_schema,
    answered_items,
    answered_statement,
)

GOOD = answered(answer())


@pytest.mark.parametrize(
    "text",
    [
        GOOD,
        f"```json\n{GOOD}\n```",
        f"Here are the statements:\n\n{GOOD}\n\nI hope this helps {{really}}.",
        f'<think>{{"statements": []}} or not?</think>{GOOD}',
        f"\ufeff{GOOD}",
        json.dumps([answer()]),
        GOOD.replace('"statements"', '\n  "statements"').replace(", ", ",\n"),
    ],
)
def test_what_stands_around_an_answer_does_not_matter(text):
    assert [item["party"] for item in answered_items(text)] == ["northland"]


@pytest.mark.parametrize("text", ['{"statements": []}', '```\n{"statements": [ ]}\n```'])
def test_nothing_found_is_an_answer(text):
    assert answered_items(text) == []


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("", "empty"),
        ("   \n", "empty"),
        ("I cannot help with that.", "no JSON"),
        (GOOD[:-30], "cut off"),
        (GOOD[: len(GOOD) // 2], "cut off"),
        ('{"statements": "none"}', "no JSON"),
        ("[]", "no JSON"),
        ("[" * 5_000, "no JSON"),
        ('{"a":' * 5_000, "cut off"),
        ("9" * 5_000, "no JSON"),
        ("x" * (LONGEST_ANSWER + 1), "characters"),
        (answered(*[answer()] * 401), "more than a passage"),
    ],
)
def test_what_holds_no_whole_answer_is_unusable_and_says_why(text, why):
    with pytest.raises(Unusable, match=why):
        answered_items(text)


def test_a_cut_off_answer_gives_none_of_its_statements():
    with pytest.raises(Unusable, match="cut off"):
        answered_items(answered(answer(), answer(party="southland"))[:-2])


def test_small_slips_are_made_good():
    found = answered_statement(
        answer(stance=" For ", speaker="null", condition="", former=None, occurrence=None, mood="glad")
    )
    assert (found.stance, found.speaker, found.condition, found.former, found.occurrence) == (
        "for",
        None,
        None,
        False,
        1,
    )


@pytest.mark.parametrize(
    "item", [None, 3, "text", [], {}, answer(quote=None), answer(occurrence=0), answer(party=["a"])]
)
def test_what_is_no_statement_says_which_field(item):
    with pytest.raises(Unusable):
        answered_statement(item)


def test_the_schema_holds_a_model_to_the_agenda_and_the_codebook(ferry):
    schema = answer_schema(ferry)
    fields = schema["properties"]["statements"]["items"]
    assert fields["properties"]["party"]["enum"] == ["northland", "southland"]
    assert fields["properties"]["option"]["enum"] == ["ferry-link", "fares"]
    assert fields["required"] == list(fields["properties"])
    assert set(fields["properties"]) == set(answer())
