"""spaCy's attribute rules asked once for each kind of word: whatever the text, what spaCy itself says of it."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.reading.parse import LEMMATIZER, RECOGNISER, RULER, pipeline, remembered_rules
from travaux.reading.remembered_rules import RememberedRules, asks_for, is_remembered

WORDS = (
    "The minister said that he would n't gonna gotta let 's nothin' nothing is are was were 're 's ain't dont cannot do does did "
    "have has had to of not nt if because till y' all c'm on there It We THEY yours ours 've sign signed signing treaty treaties "
    ", . “ ” ; : ( ) 12 3.5 % $ \n \n\n than better most who whose which when where once save except Norland Sudland 's"
).split(" ")


def told(doc: Any) -> list[tuple[object, ...]]:
    """All that a rule may set."""
    return [(t.text, t.tag_, t.pos_, str(t.morph), t.lemma_, t.dep_, t.norm_) for t in doc]


def both(text: str) -> tuple[list[tuple[object, ...]], list[tuple[object, ...]]]:
    """A text by spaCy's whole pipeline, and with the memory in place of its rules."""
    (spacys,) = pipeline().pipe([text], disable=[RECOGNISER])
    (doc,) = pipeline().pipe([text], disable=[RECOGNISER, RULER, LEMMATIZER])
    ours = pipeline().get_pipe(LEMMATIZER)(remembered_rules()(doc))
    return told(spacys), told(ours)


@settings(deadline=None)
@given(st.lists(st.sampled_from(WORDS), max_size=25).map(" ".join))
def test_any_words_get_what_spacy_gives_them(text: str) -> None:
    spacys, ours = both(text)
    assert ours == spacys


@pytest.mark.parametrize(
    "text",
    [
        "There's nothin' they ain't gonna do, y' all.",
        "Let's go: c'm on, we gotta.",
        "He did. What they did not do, they had to.",
        "\n\n  Two  spaces\tand a tab.\n",
        "",
    ],
)
def test_rules_of_several_words_and_white_space_hold_too(text: str) -> None:
    spacys, ours = both(text)
    assert ours == spacys


def test_rules_of_one_word_are_nearly_all() -> None:
    rules = RememberedRules(pipeline().get_pipe(RULER))
    assert len(rules.alone) > 10 * len(rules.several) > 0


def test_a_rule_that_asks_for_more_is_not_remembered() -> None:
    assert is_remembered([{"LOWER": "of", "TAG": "IN"}])
    assert not is_remembered([{"LOWER": "of"}, {"LOWER": "the"}])
    assert not is_remembered([{"SHAPE": "Xx"}])


def test_words_that_a_rule_asks_for_are_told_from_others() -> None:
    assert asks_for("of", "of") and not asks_for("off", "of")
    assert asks_for("of", {"IN": ["of", "to"]}) and not asks_for("off", {"IN": ["of", "to"]})
    assert asks_for("n't", {"REGEX": "^n'?t$"}) and not asks_for("nut", {"REGEX": "^n'?t$"})
    assert asks_for("whatever", {"NOT_IN": ["of"]})
