"""Days told in part mean a day only against a known one."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from travaux.intake import receive_bytes
from travaux.intake.manifest import ManifestRow
from travaux.intake.relative_days import day_meant, relative_days_in
from travaux.model import DateBasis, PartialDate

MONDAY = PartialDate("2025-08-18", DateBasis.PAGE)


@pytest.mark.parametrize(
    ("words", "day"),
    [
        ("said on Sunday", "2025-08-17"),
        ("said on Monday", "2025-08-18"),
        ("said on Tuesday", "2025-08-12"),
        ("last Monday", "2025-08-11"),
        ("next Monday", "2025-08-25"),
        ("the coming Friday", "2025-08-22"),
        ("yesterday", "2025-08-17"),
        ("today", "2025-08-18"),
        ("tomorrow", "2025-08-19"),
        ("on August 17", "2025-08-17"),
        ("on 17 August", "2025-08-17"),
        ("on Aug. 3rd", "2025-08-03"),
        ("since 30 May", "2025-05-30"),
        ("since 30 January", None),
        ("by 2 December", "2025-12-02"),
        ("by 2 February", None),
        ("on 31 June", None),
        ("in the autumn", None),
        ("on August 17, 2021", None),
        ("2 May 2020", None),
    ],
)
def test_days_against_a_known_one(words: str, day: str | None) -> None:
    found = day_meant(words, MONDAY)
    assert (found.value if found else None) == day
    assert found is None or found.basis is DateBasis.TEXT


def test_what_is_to_come_lies_ahead() -> None:
    assert day_meant("will meet on Sunday", MONDAY, ahead=True) == PartialDate("2025-08-24", DateBasis.TEXT)
    assert day_meant("will meet on Monday", MONDAY, ahead=True) == PartialDate("2025-08-18", DateBasis.TEXT)


@pytest.mark.parametrize("words", ["on Sunday", "yesterday", "17 August", "next Friday"])
def test_without_a_known_day_nothing_is_resolved(words: str) -> None:
    assert day_meant(words, None) is None
    month, year = (PartialDate(value, DateBasis.URL) for value in ("2025-08", "2025"))
    wanted = "2025-08-17" if words == "17 August" else None
    for known in (month, year):
        found = day_meant(words, known)
        assert (found.value if found else None) == wanted
    assert day_meant("17 August", PartialDate("2025-07", DateBasis.URL)) is None


def test_an_estimate_gives_an_estimate() -> None:
    found = day_meant("yesterday", PartialDate("2025-08-18", DateBasis.ANALYST, about=True))
    assert found == PartialDate("2025-08-17", DateBasis.TEXT, about=True)


@given(
    some.dates(date(1995, 1, 1), date(2030, 1, 1)), some.sampled_from("Monday Tuesday Sunday".split()), some.booleans()
)
def test_a_weekday_is_within_a_week_and_is_that_weekday(known: date, name: str, ahead: bool) -> None:
    found = day_meant(f"on {name}", PartialDate(known.isoformat(), DateBasis.PAGE), ahead=ahead)
    assert found is not None
    assert found.earliest.strftime("%A") == name
    assert timedelta(0) <= (found.earliest - known if ahead else known - found.earliest) < timedelta(7)


def test_places_in_a_text() -> None:
    text = "On Sunday they met; on 21 August they meet again."
    assert [(text[start:end], day.value) for start, end, day in relative_days_in(text, MONDAY)] == [
        ("Sunday", "2025-08-17"),
        ("21 August", "2025-08-21"),
    ]


def test_a_dateline_makes_a_month_exact_and_nothing_else() -> None:
    text = "Talks on the ferry link\n\nHARBOURTON, Aug 17 (Agency) - Northland would accept the ferry link, its minister said.\n"

    def published(url: str | None) -> PartialDate | None:
        return receive_bytes(text.encode(), "a.txt", row=ManifestRow("a.txt", 2, url=url)).report.published

    assert published("https://a.example/2025/08/ferry") == PartialDate("2025-08-17", DateBasis.TEXT)
    assert published("https://a.example/2025/07/ferry") == PartialDate("2025-07", DateBasis.URL)
    assert published("https://a.example/2025/08/20/ferry") == PartialDate("2025-08-20", DateBasis.URL)
    assert published(None) is None
