"""The lexicon of cues: every phrase in it is found where a sentence says it, however the parser hangs its words."""

from __future__ import annotations

import pytest

from travaux.reading.cues import LONGEST_PHRASE, cue_at, lexicon, sets_apart, with_particles
from travaux.reading.parse import pipeline

SPLIT = {"let know", "make clear", "make mind"}
"""What somebody lets know or makes clear, and whose mind is made up, stands between their words."""


OBJECTS = {"see", "form", "have", "take"}
"""Verbs of phrases whose noun has an article or a "no" before it where a report says them."""


def saying(verb: str) -> str:
    """A sentence that says a phrase of the lexicon."""
    first, _, rest = verb.partition(" ")
    if first in OBJECTS and rest.isalpha() and verb != "take exception":
        return f"Norway will {first} no {rest} in the quota cut."
    return f"Norway will {verb} {'whether it takes ' * (verb == 'leave open')}the quota cut."


def phrases(*classes: str) -> set[str]:
    return {word for word_class, word in lexicon().cues if word_class in classes and " " in word}


def test_every_verb_of_several_words_is_found() -> None:
    verbs = sorted(word for word in phrases("verb") - SPLIT if not word.startswith("would "))
    assert len(verbs) > 100
    docs = pipeline().pipe(map(saying, verbs))
    found = {
        verb: {cue.word for cue in map(cue_at, doc) if cue is not None} for verb, doc in zip(verbs, docs, strict=True)
    }
    # "Speak in favour" is found by what it is in favour of.
    assert {verb for verb in verbs if verb not in found[verb]} <= {"speak in favour"}
    assert found["speak in favour"] >= {"in favour"}


@pytest.mark.parametrize("phrase", ["out of the question", "off the table", "on the table", "in favour"])
def test_phrases_that_hang_on_a_verb_are_found(phrase: str) -> None:
    found = {cue.word for cue in map(cue_at, pipeline()(f"Norway said the quota cut was {phrase}.")) if cue is not None}
    assert phrase in found


def test_what_undoes_is_found_whole() -> None:
    for word in sorted(word for word in lexicon().undo if word.count(" ") > 1):
        doc = pipeline()(f"Norway will {word} the quota cut.")
        assert any(word in with_particles(token) for token in doc), word


def test_no_phrase_is_longer_than_what_is_looked_at() -> None:
    every = {*phrases("verb", "noun", "adjective", "verdict"), *lexicon().undo, *lexicon().apart}
    assert max(len(phrase.split()) for phrase in every) == LONGEST_PHRASE


@pytest.mark.parametrize(
    ("sentence", "word"),
    [
        ("Norway wants a pledge instead of full membership.", "of"),
        ("Norway proposed a pledge rather than joining the alliance.", "than"),
        ("Norway gave a pledge in place of a seat.", "of"),
        ("Instead of a pledge, Norway demanded membership.", "of"),
        ("Norway would sooner give a pledge than a seat.", "than"),
        ("Norway prefers a pledge to a seat.", "to"),
        ("Norway gave a pledge in the place of meeting.", None),
        ("Norway wants a pledge and membership.", None),
        ("Norway gave more than a pledge to the alliance.", None),
    ],
)
def test_what_comes_after_is_set_apart(sentence: str, word: str | None) -> None:
    assert [token.text for token in pipeline()(sentence) if sets_apart(token)] == ([word] if word else [])
