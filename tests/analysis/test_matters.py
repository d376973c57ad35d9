"""What ties two tellings of one fact that share hardly any words: notions, times by any words, titles that exclude each other."""

from datetime import date

import pytest
from happening_exercises import report

from travaux.analysis.alignment import sentence_of
from travaux.analysis.conflicts_apart import conflicts_apart
from travaux.analysis.conflicts_of_copies import beside_in_families
from travaux.analysis.moments import moments_in
from travaux.analysis.notions import notions_in
from travaux.analysis.titles import excludes, title_at
from travaux.analysis.told_otherwise import moments_otherwise

BASE = date(2024, 6, 12)


def _notions(words):
    return set(notions_in(sentence_of(words, 0, len(words)).tokens))


@pytest.mark.parametrize(
    ("one", "other", "notion"),
    [
        ("312 households were put out over arrears", "families who lost their homes", "evict"),
        ("the yard parted with two ferries", "the boats changed hands", "sell"),
        ("the boats changed hands", "the yard parted with two ferries", "sell"),
        ("the mayors walked out", "the judges handed in their badges", "resign"),
        ("the bill is in committee", "the council approved it", "adopt"),
        ("the offer lapses in May", "it is open until the tenth of May", "lapse"),
    ],
)
def test_different_words_tell_one_notion(one, other, notion):
    assert notion in _notions(one) & _notions(other)


@pytest.mark.parametrize(
    ("words", "first", "last"),
    [
        ("in the autumn of 2008", date(2008, 9, 1), date(2008, 11, 30)),
        ("since the middle of January", date(2024, 1, 8), date(2024, 1, 23)),
        ("by early May", date(2024, 5, 1), date(2024, 5, 10)),
        ("in the second half of October 2023", date(2023, 10, 15), date(2023, 10, 31)),
        ("in the last week of May 2022", date(2022, 5, 22), date(2022, 5, 31)),
        ("last December", date(2023, 12, 1), date(2023, 12, 31)),
        ("since 2011", date(2011, 1, 1), date(2011, 12, 31)),
        ("on 3 May", date(2024, 5, 3), date(2024, 5, 3)),
    ],
)
def test_a_time_is_told_by_any_words(words, first, last):
    (moment,) = moments_in(words, 0, len(words), BASE)
    assert (moment.first, moment.last) == (first, last)
    assert words[moment.start : moment.end] in words


def test_a_day_told_in_words_lies_ahead_where_it_is_asked_for():
    words = "It shuts on the thirtieth of June."
    (moment,) = moments_in(words, 0, len(words), BASE, ahead=True)
    assert moment.first == moment.last == date(2024, 6, 30)


@pytest.mark.parametrize(
    ("words", "name", "role", "other"),
    [
        ("deputy finance minister Ana Rook spoke", "Ana Rook", "Governor of the Bank of Lorn", True),
        ("Ana Rook, the governor of the central bank, spoke", "Ana Rook", "Governor of the Bank of Lorn", False),
        ("the High Representative, Ana Rook, spoke", "Ana Rook", "Special Representative of the Union", True),
        ("the chairwoman of the committee, Ana Rook, spoke", "Ana Rook", "Special Representative of the Union", None),
        ("Ana Rook, the finance chief of Alp, sailed", "Ana Rook", "chairwoman of Alp", True),
    ],
)
def test_a_title_is_that_of_the_agenda_or_leaves_no_room_for_it(words, name, role, other):
    start = words.index(name)
    title = title_at(words, start, start + len(name))
    assert title is not None
    assert excludes(title, role) is other


@pytest.mark.parametrize(
    "words", ["former governor Ana Rook spoke", "Ana Rook met the governor", "an aide, Ana Rook, spoke"]
)
def test_what_is_no_title_of_the_time_is_none(words):
    start = words.index("Ana Rook")
    assert title_at(words, start, start + len("Ana Rook")) is None


def test_a_time_of_a_copy_is_compared_by_other_words_than_days():
    told = "The fund's head, Rita Low, said she was pleased with the pledges and would put the loan to her board {}."
    texts = told.format("by early September"), told.format("in the second half of October")
    reports = [report(text, f"{number}.txt") for number, text in enumerate(texts)]
    (beside,) = beside_in_families(reports, {one.id: "family" for one in reports})
    (found,) = moments_otherwise(beside)
    assert found.values == ("early September", "in the second half of October")


def test_a_number_may_be_told_otherwise_by_two_reports():
    texts = (
        "In the spring the town parted with 4,200 flats. Nobody wept.",
        "Four thousand six hundred homes were sold that spring, says a lawyer of the town.",
        "The town sold 5,100 apartments in the spring, an auditor found.",
    )
    reports = [report(text, f"{number}.txt") for number, text in enumerate(texts)]
    found = conflicts_apart(reports, {one.id: one.published for one in reports}, {})
    assert len([one for one in found if one.kind == "number"]) >= 2
