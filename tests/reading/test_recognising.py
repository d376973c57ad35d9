"""Names are recognised a sentence at a time, when first asked for; what was asked before makes no difference."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.reading.happenings.days import is_of_time
from travaux.reading.parse import kind_of, parsed, recognise

TEXT = (
    "Ms Lund met envoys from Estonia in Geneva on Tuesday. Nothing was signed. The talks took 12 hours, Minister Per Dahl said, "
    "and 40 boats stayed in port. In 2023 the Baltic Council had asked for less."
)


def parsed_text():
    (doc,) = parsed([TEXT])
    return doc


@settings(deadline=None, max_examples=30)
@given(st.permutations(range(44)))
def test_the_order_of_asking_changes_nothing(order: list[int]) -> None:
    first, second = parsed_text(), parsed_text()
    in_order = [kind_of(token) for token in first]
    for at in order:
        kind_of(second[at % len(second)])
    assert [kind_of(token) for token in second] == in_order


def test_a_sentence_that_nobody_asks_about_keeps_the_people_found_by_its_grammar() -> None:
    doc = parsed_text()
    people = [entity.text for entity in doc.ents]
    assert people == ["Lund", "Per Dahl"]
    geneva = next(token for token in doc if token.text == "Geneva")
    assert kind_of(geneva) == "GPE"
    assert [entity.text for entity in doc.ents if entity.start >= geneva.sent.end] == ["Per Dahl"]


def test_a_whole_text_recognised_at_once_is_not_asked_about_again() -> None:
    doc = parsed_text()
    recognise([doc])
    kinds = [token.ent_type_ for token in doc]
    assert {"GPE", "DATE", "PERSON"} <= set(kinds)
    assert [kind_of(token) for token in doc] == kinds


@pytest.mark.parametrize(
    ("word", "expected"), [("Tuesday", True), ("12", True), ("2023", True), ("40", False), ("Geneva", False)]
)
def test_what_belongs_to_a_time_has_a_word_of_time_beside_it(word: str, expected: bool) -> None:
    assert is_of_time(next(token for token in parsed_text() if token.text == word)) is expected
