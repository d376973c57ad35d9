"""Numbers and time words: what they mean, and what they leave open."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis.conflicts_of_facts import figures_agree, has_grown
from travaux.happening import Figure
from travaux.model import DateBasis, PartialDate, Report
from travaux.reading.happenings.days import base_day, day_meant, lies_ahead, time_words
from travaux.reading.happenings.figures import figure_of_words, number_value


@pytest.mark.parametrize(
    ("words", "value"),
    [("seven", 7), ("25,000", 25_000), ("2.5 million", 2_500_000), ("twenty-one", 21), ("half a dozen", 6), ("three hundred", 300),
     ("two thousand five hundred", 2_500), ("many", None), ("", None)],
)  # fmt: skip
def test_numbers_in_figures_and_words(words, value):
    assert number_value(words) == value


@given(st.integers(min_value=0, max_value=10**9))
def test_a_number_in_figures_is_read_with_and_without_commas(number):
    assert number_value(str(number)) == number_value(f"{number:,}") == number


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [("more than 100", "103", True), ("at least seven", "five", False), ("about 30", "31", True), ("about 30", "40", False),
     ("up to 50", "44", True), ("up to 50", "60", False), ("dozens", "36", True), ("dozens", "120", False), ("seven", "seven people", True),
     ("no more than 20", "25", False), ("almost 33 million", "32 million", True), ("Hundreds", "340", True)],
)  # fmt: skip
def test_rough_figures_agree_with_what_they_may_mean(one, two, agree):
    first, second = figure_of_words(one, "killed"), figure_of_words(two, "killed")
    assert first is not None
    assert second is not None
    assert figures_agree(first, second) is agree
    assert figures_agree(second, first) is agree


BOUND = st.none() | st.floats(min_value=0, max_value=1e6)


@given(BOUND, BOUND, BOUND, BOUND)
def test_whether_figures_agree_does_not_depend_on_their_order(a, b, c, d):
    one, two = Figure("killed", "x", a, b), Figure("killed", "y", c, d)
    assert figures_agree(one, two) == figures_agree(two, one)


def test_a_count_grows_only_upwards():
    four, nine = Figure("killed", "four", 4, 4), Figure("killed", "nine", 9, 9)
    assert has_grown(four, nine)
    assert not has_grown(nine, four)


WEDNESDAY = date(2024, 6, 12)


@pytest.mark.parametrize(
    ("text", "ahead", "meant"),
    [("on Monday", False, "2024-06-10"), ("on Monday", True, "2024-06-17"), ("on Wednesday", False, "2024-06-12"),
     ("last week", False, "2024-06-03/2024-06-09"), ("next month", True, "2024-07"), ("last year", False, "2023"),
     ("on 5 June 2023", False, "2023-06-05"), ("June 5", False, "2024-06-05"), ("the 21 of July", True, "2024-07-21"),
     ("yesterday", False, "2024-06-11"), ("in March", False, "2024-03"), ("in March", True, "2025-03"), ("in November", False, "2023-11"),
     ("at the weekend", True, "2024-06-15/2024-06-16"), ("on 31 June 2024", False, None), ("they may meet", False, None),
     ("from 30 May to 2 June", False, "2024-05-30/2024-06-02"), ("4-5 June 2023", False, "2023-06-04/2023-06-05"),
     ("on 3 and 4 June", False, "2024-06-03/2024-06-04"), ("June 3-6", False, "2024-06-03/2024-06-06"),
     ("28 December to 3 January 2024", False, "2023-12-28/2024-01-03"), ("Monday, 3 June", True, "2024-06-03"),
     ("on 5 January", True, "2024-01-05"), ("on 30 December", False, "2023-12-30")],
)  # fmt: skip
def test_time_words_mean_days(text, ahead, meant):
    words = time_words(text, 0, len(text))
    assert (day_meant(words[0], WEDNESDAY, ahead=ahead) if words else None) == meant


@pytest.mark.parametrize(
    ("text", "ahead"),
    [("tomorrow", True), ("last Friday", False), ("on Friday", None), ("on 20 June", True), ("3-4 June 2024", False), ("today", None),
     ("10 to 20 June", None), ("in 2025", True)],
)  # fmt: skip
def test_whether_time_words_lie_ahead(text, ahead):
    (words,) = time_words(text, 0, len(text))
    assert lies_ahead(words, WEDNESDAY) is ahead


@pytest.mark.parametrize("text", ["on Monday", "last week", "today", "on 5 June", "in March"])
def test_relative_days_mean_nothing_without_a_known_date(text):
    (words,) = time_words(text, 0, len(text))
    assert day_meant(words, None, ahead=False) is None


@pytest.mark.parametrize(
    "published",
    [None, PartialDate("2024-06", DateBasis.PAGE), PartialDate("2024-06-12", DateBasis.ANALYST, about=True)],
)
def test_only_a_day_that_is_known_counts(published):
    report = Report("r", "a.txt", "0", "text/plain", "utf-8", "text", published=published)
    assert base_day(report) is None


@given(st.dates(date(1990, 1, 1), date(2090, 1, 1)), st.sampled_from(["monday", "friday", "sunday"]), st.booleans())
def test_a_weekday_lies_within_a_week_on_the_side_it_is_told_of(base, weekday, ahead):
    (words,) = time_words(weekday, 0, len(weekday))
    meant = date.fromisoformat(day_meant(words, base, ahead=ahead) or "")
    apart = (meant - base).days
    assert (0 <= apart <= 6) if ahead else (-6 <= apart <= 0)
