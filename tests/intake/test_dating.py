"""Dates from addresses and from bylines at the top; never from the report's own sentences."""

from __future__ import annotations

from datetime import date

import pytest

from travaux.intake.dating import date_in_url, dates_in, dates_in_layout, month_names, plausible
from travaux.intake.layout import layout_blocks
from travaux.model import DateBasis

TODAY = date(2026, 3, 1)
BODY = "The delegations left on Friday without a result, and no date was set for another round of talks between them."


@pytest.mark.parametrize(
    ("url", "value"),
    [
        ("https://x.example/2025/08/18/talks", "2025-08-18"),
        ("https://x.example/world/2025-08-18", "2025-08-18"),
        ("https://x.example/2025/8/5/talks.html", "2025-08-05"),
        ("https://x.example/world/2025/aug/18/talks", "2025-08-18"),
        ("https://x.example/news/20250818-talks", "2025-08-18"),
        ("https://x.example/2023/07/after-midnight", "2023-07"),
        ("https://x.example/talks-8841", None),
        ("https://x.example/article/20251399/talks", None),
        ("https://x.example/2027/08/18/talks", None),
        ("https://x.example/1970/01/01/talks", None),
        ("https://x.example/talks?date=2025-08-18", None),
        ("https://2025.08.18.example/talks", None),
        ("", None),
        (None, None),
    ],
)
def test_dates_in_addresses(url: str | None, value: str | None) -> None:
    found = date_in_url(url, today=TODAY)
    assert (found.value if found else None) == value
    assert found is None or found.basis is DateBasis.URL


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("18 August 2025", "2025-08-18"),
        ("18th of August, 2025", "2025-08-18"),
        ("August 18, 2025", "2025-08-18"),
        ("Aug. 18, 2025", "2025-08-18"),
        ("29.07.2023", "2023-07-29"),
        ("2025-08-18T23:30:00-05:00", "2025-08-18"),
        ("2025/08/18", "2025-08-18"),
        ("18. August 2025", "2025-08-18"),
        ("18 août 2025", "2025-08-18"),
        ("18 de agosto de 2025", "2025-08-18"),
        ("18 серпня 2025", "2025-08-18"),
        ("18/08/2025", "2025-08-18"),
        ("08/18/2025", "2025-08-18"),
        ("05/05/2025", "2025-05-05"),
        ("05/06/2025", None),
        ("31 February 2025", None),
        ("August 2025", None),
        ("May 19", None),
        ("12-13 June 2024", None),
        ("version 10.2.2025.1", None),
        ("1.12.2025.3", None),
        ("call 18082025", None),
    ],
)
def test_full_dates_in_words_and_figures(text: str, value: str | None) -> None:
    assert next((iso for _, _, iso in dates_in(text)), None) == value


def test_dates_are_given_with_their_place() -> None:
    text = "Lake Herald | 8 July 2023 | updated July 14, 2023"
    assert [(text[start:end], iso) for start, end, iso in dates_in(text)] == [
        ("8 July 2023", "2023-07-08"),
        ("July 14, 2023", "2023-07-14"),
    ]


def test_no_month_name_means_two_months() -> None:
    assert set(month_names().values()) == set(range(1, 13))
    assert month_names()["mars"] == month_names()["march"] == 3


@pytest.mark.parametrize(
    ("value", "accepted"),
    [("2026-03-02", True), ("2026-03-03", False), ("1989-12-31", False), ("1990-01-01", True), ("2025-02-30", False)],
)
def test_the_future_and_the_absurd_are_refused(value: str, accepted: bool) -> None:
    assert (plausible(value, DateBasis.PAGE, today=TODAY) is not None) is accepted


@pytest.mark.parametrize(
    ("top", "published", "updated"),
    [
        ("Lake Herald, 9 June 2023", "2023-06-09", None),
        ("Lake Herald (English service) - 29.07.2023 - From our editorial staff", "2023-07-29", None),
        ("Lake Herald | 8 July 2023 | updated 14 July 2023", "2023-07-08", "2023-07-14"),
        ("ANALYSIS | Lake Herald | 9 September 2023", "2023-09-09", None),
        ("Published: 18 August 2025\nLast updated: 19 August 2025", "2025-08-18", "2025-08-19"),
        ("Updated 19 August 2025", None, "2025-08-19"),
        ("By Staff Writer - August 20, 2025", "2025-08-20", None),
        ("By Staff Writer - August 20, 2031", None, None),
        ("By Staff Writer", None, None),
    ],
)
def test_bylines_at_the_top_give_dates(top: str, published: str | None, updated: str | None) -> None:
    text = f"Talks end in Geneva without result\n\n{top}\n\n{BODY}\n"
    found = dates_in_layout(text, layout_blocks(text), today=TODAY)
    assert tuple(item.value if item else None for item in found) == (published, updated)
    assert all(item is None or item.basis is DateBasis.TEXT for item in found)


@pytest.mark.parametrize(
    ("beginning", "value"),
    [
        ("MOSCOW, 4 July 2023. ", "2023-07-04"),
        ("ISTANBUL/KYIV, May 19, 2023 (Lake Wire) - ", "2023-05-19"),
        ("ISTANBUL/KYIV, May 19 (Lake Wire) - ", None),
        ("WASHINGTON - ", None),
        ("On 24 February 2022 the war began. ", None),
        ("NATO members met on 4 July 2023 in Vilnius. ", None),
    ],
)
def test_datelines_count_and_the_reports_own_dates_do_not(beginning: str, value: str | None) -> None:
    text = f"Talks end in Geneva without result\n\n{beginning}{BODY}\n"
    published, updated = dates_in_layout(text, layout_blocks(text), today=TODAY)
    assert (published.value if published else None) == value
    assert updated is None


def test_a_dated_line_far_below_the_top_is_no_date_of_publication() -> None:
    text = "Talks end in Geneva without result\n\n" + f"{BODY}\n\n" * 1
    text += "\n\n".join(f"{BODY} Round {number}." for number in range(15)) + "\n\nLake Herald, 9 June 2023\n"
    assert dates_in_layout(text, layout_blocks(text), today=TODAY) == (None, None)
