"""Who says what: heads' marks become attributions with exact places, and the shipped heads find plain ones."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.intake import receive_bytes
from travaux.model import Attribution
from travaux.reading.tagging import (
    FARTHEST,
    FIRST,
    LATER,
    OUTSIDE,
    Marks,
    attributions_of,
    read_marks,
    said_in,
    stretches,
)

TEXT = "Norland said it would sign, Sudland denied that."
WORDS = [(0, 7), (8, 12), (13, 15), (16, 21), (22, 26), (28, 35), (36, 42), (43, 47)]
NORLAND, SAID, IT, SIGN, SUDLAND, DENIED, THAT = 0, 1, 2, 4, 5, 6, 7


def marks_with(tags: dict[int, int], roles: dict[int, tuple[list[int], list[int]]], count: int) -> Marks:
    """Marks of `count` tokens whose cues have the tags given, and give the tokens named to source and content."""
    cues = np.zeros((count, 3), dtype=np.float32)
    cues[:, OUTSIDE] = 4.0
    for place, tag in tags.items():
        cues[place, tag] = 8.0
    # One dimension a cue: its question is that dimension, a token answers with what it is to that cue.
    queries, keys = np.zeros((count, 2, count), dtype=np.float32), np.full((count, 2, count), -9.0, dtype=np.float32)
    for cue, columns in roles.items():
        queries[cue, :, cue] = 1.0
        for column, tokens in enumerate(columns):
            keys[tokens, column, cue] = 9.0
    near = np.zeros((2 * FARTHEST + 1, 2), dtype=np.float32)
    return Marks(cues, np.zeros((count, 2), dtype=np.float32), queries, keys, near)


def words_of(spans: tuple[tuple[int, int], ...]) -> list[str]:
    """The words at some places of the text."""
    return [TEXT[start:end] for start, end in spans]


def test_each_cue_has_its_own_source_and_content() -> None:
    marks = marks_with(
        {SAID: FIRST, DENIED: FIRST},
        {SAID: ([NORLAND], [IT, 3, SIGN]), DENIED: ([SUDLAND], [THAT])},
        len(WORDS),
    )
    one, other = read_marks(marks, WORDS, [True] * len(WORDS), TEXT)
    assert (words_of(one.source), words_of(one.cue)) == (["Norland"], ["said"])
    assert words_of(one.content) == ["it would sign"]
    assert (words_of(other.source), words_of(other.content)) == (["Sudland"], ["that"])


def test_a_cue_in_a_sentence_read_for_context_does_not_count() -> None:
    marks = marks_with({SAID: FIRST}, {SAID: ([NORLAND], [IT])}, len(WORDS))
    assert list(read_marks(marks, WORDS, [False] * len(WORDS), TEXT)) == []


def test_a_cue_without_content_is_none() -> None:
    marks = marks_with({SAID: FIRST}, {SAID: ([NORLAND], [])}, len(WORDS))
    assert list(read_marks(marks, WORDS, [True] * len(WORDS), TEXT)) == []


def test_a_cue_of_several_words_is_one_and_markers_do_not_break_it() -> None:
    places = [(0, 7), (8, 12), (0, 0), (13, 15), (16, 21)]
    marks = marks_with({1: FIRST, 3: LATER}, {1: ([0], [4])}, len(places))
    (found,) = read_marks(marks, places, [True] * len(places), TEXT)
    assert found == Attribution(((0, 7),), ((8, 15),), ((16, 21),))


def test_markers_are_never_part_of_anything() -> None:
    places = [(0, 0), (0, 7), (8, 12), (13, 15)]
    marks = marks_with({0: FIRST, 2: FIRST}, {0: ([1], [3]), 2: ([0, 1], [0, 3])}, len(places))
    (found,) = read_marks(marks, places, [True] * len(places), TEXT)
    assert found == Attribution(((0, 7),), ((8, 12),), ((13, 15),))


@given(st.lists(st.booleans(), min_size=1, max_size=12))
def test_stretches_cover_the_tokens_and_never_overlap(chosen: list[bool]) -> None:
    places = [(7 * n, 7 * n + 6) for n in range(len(chosen))]
    tokens = [n for n, taken in enumerate(chosen) if taken]
    found = stretches(tokens, places)
    assert all(any(a <= places[n][0] and places[n][1] <= b for a, b in found) for n in tokens)
    assert list(found) == sorted(found)
    assert all(one[1] < other[0] for one, other in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("text", "source", "cue", "content", "commitments"),
    [
        (
            "The Norland foreign minister said that the port would stay closed.",
            "minister",
            "said",
            "port would stay",
            0,
        ),
        ("“We will not sign,” the union's leader told reporters.", "leader", "told", "We will not sign", 1),
        ("According to the ministry, two ships were stopped.", "ministry", "According to", "two ships were stopped", 0),
    ],
)
def test_the_shipped_heads_find_plain_attributions(
    text: str, source: str, cue: str, content: str, commitments: int
) -> None:
    report = receive_bytes(text.encode(), "one.txt").report
    found = attributions_of(report)
    told = [
        {name: " … ".join(text[a:b] for a, b in getattr(one, name)) for name in ("source", "cue", "content")}
        for one in found
    ]
    (plain,) = (n for n, one in enumerate(told) if cue in one["cue"])
    assert source in told[plain]["source"]
    assert content in told[plain]["content"]
    # "we will not" is a commitment of its own where it is said; nothing else is found, and nothing beside what is said
    assert len(found) <= 1 + commitments
    assert all(one is found[plain] or inside(one, found[plain].content) for one in found)


def inside(one: Attribution, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether a whole attribution stands in the stretches."""
    return all(
        any(start <= low and high <= end for start, end in spans)
        for role in (one.source, one.cue, one.content)
        for low, high in role
    )


def test_offsets_are_the_reports_own() -> None:
    text = "# News\r\n\r\nNothing new.\r\n\r\nThe mayor, Ana Prat, said on Monday that buses would stop. She was angry.\r\n"
    report = receive_bytes(text.encode(), "one.txt").report
    for found in attributions_of(report):
        for spans in (found.source, found.cue, found.content):
            assert all(0 <= start < end <= len(report.text) for start, end in spans)
            assert all("\n" not in report.text[start:end] for start, end in spans)


def test_what_is_said_comes_in_the_reports_own_words() -> None:
    text = "The mayor, Ana Prat, said on Monday that buses would stop. A spokesman for the union called it a mistake."
    report = receive_bytes(text.encode(), "one.txt").report
    every = said_in(report)
    assert [one.report for one in every] == ["one.txt"] * len(every)
    for one in every:
        assert all(piece in text for piece in (one.source or "").split(" … ") + one.cue.split(" … ") if piece)
        assert all(piece in text[one.start : one.end] for piece in one.content.split(" … "))
    assert [one for one in every if "Prat" in (one.source or "")] == said_in(report, "ana prat") != []
    assert said_in(report, "nobody of this name") == []
