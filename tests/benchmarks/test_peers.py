"""The scores by which benchmarks/peers.py compares programs, on texts small enough to count by hand."""

import subprocess
import sys
from pathlib import Path

import pytest
from program_files import loaded

FOLDER = Path(__file__).resolve().parents[2] / "benchmarks"


scores = loaded(FOLDER / "peers_scores.py")


def said(text, source, *contents):
    """An attribution as spans, of its words."""
    places = [[text.index(piece), text.index(piece) + len(piece)] for piece in contents]
    return {"source": [[text.index(source), text.index(source) + len(source)]] if source else [], "content": places}


TEXT = "“We will sign,” Anna Berg said, “if they do.” Later Carl Dahl said that it rained."
QUOTATION = said(TEXT, "Anna Berg", "“We will sign,”", "“if they do.”")
REPORTED = said(TEXT, "Carl Dahl", "that it rained")


def counts(labels, found, within=None):
    one = scores.words_said(TEXT, labels, found, within)
    return one.right, one.found, one.wanted


def test_an_interrupted_quotation_may_be_found_as_one_or_as_two() -> None:
    halves = [said(TEXT, "Berg", "“We will sign,”"), said(TEXT, "Anna", "“if they do.”")]
    assert counts([QUOTATION], halves) == counts([QUOTATION], [QUOTATION]) == (6, 6, 6)


def test_words_of_another_speaker_are_found_but_not_right() -> None:
    assert counts([QUOTATION], [said(TEXT, "Carl Dahl", "“if they do.”")]) == (0, 3, 6)


def test_a_word_that_two_say_is_right_with_either_and_counts_once() -> None:
    both = [QUOTATION, said(TEXT, "Carl Dahl", "“if they do.”")]
    assert counts(both, [said(TEXT, "Dahl", "if they do")]) == (3, 3, 6)
    assert counts(both, [said(TEXT, "Dahl", "if they do"), said(TEXT, "Anna", "if they do")]) == (3, 3, 6)


def test_no_source_is_right_where_the_labels_name_none() -> None:
    nobody = said(TEXT, None, "that it rained")
    assert counts([nobody], [nobody]) == (3, 3, 3)
    assert counts([REPORTED], [nobody]) == counts([nobody], [REPORTED]) == (0, 3, 3)


def test_only_words_between_quotation_marks_count_where_that_is_asked() -> None:
    quoted = scores.quoted_words(TEXT)
    assert [TEXT[start:end] for number, (start, end) in enumerate(scores.word_spans(TEXT)) if number in quoted] == [
        "We",
        "will",
        "sign",
        "if",
        "they",
        "do",
    ]
    assert counts([QUOTATION, REPORTED], [QUOTATION, REPORTED], quoted) == (6, 6, 6)
    assert counts([QUOTATION, REPORTED], [REPORTED], quoted) == (0, 0, 6)


def test_straight_quotation_marks_pair_within_a_paragraph_only() -> None:
    text = 'He said "yes" and an inch is 1".\nShe said "no".'
    quoted = scores.quoted_words(text)
    assert [text[start:end] for number, (start, end) in enumerate(scores.word_spans(text)) if number in quoted] == [
        "yes",
        "no",
    ]


def test_precision_recall_and_f1_of_counts() -> None:
    one = scores.Counts(3, 4, 6) + scores.Counts(1, 1, 2)
    assert (one.precision, one.recall, one.f1) == (4 / 5, 4 / 8, pytest.approx(8 / 13))
    assert (scores.Counts().precision, scores.Counts().recall, scores.Counts().f1) == (0, 0, 0)


def test_a_line_is_kept_whatever_becomes_of_its_white_space_and_marks() -> None:
    given = "The talks went on.\n\nHome\nWorld\nDiplomacy\nNobody’s   paper"
    assert scores.lines_kept(["“The talks went on.”", "Home > World > Diplomacy", "Nobody's paper"], given) == 3
    assert scores.lines_kept(["talks went on and on", "The talk"], given) == 0


def test_pairs_missed_and_joined_wrongly() -> None:
    assert scores.missed_and_false([True, True, False, False], [True, False, True, False]) == (1, 1)


def test_a_program_that_nobody_knows_is_refused_before_anything_is_installed() -> None:
    done = subprocess.run(
        [sys.executable, str(FOLDER / "peers.py"), "--only", "textcy"], capture_output=True, text=True
    )
    assert done.returncode == 2
    assert "no program here is called textcy" in done.stderr


def test_help_shows_an_example() -> None:
    done = subprocess.run([sys.executable, str(FOLDER / "peers.py"), "-h"], capture_output=True, text=True)
    assert done.returncode == 0
    assert "example: python benchmarks/peers.py" in done.stdout
