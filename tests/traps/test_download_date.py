"""Trap: a download date silently used as the date of publication; "updated" taken for "published".

Pages carry many days that are not theirs: when a copy was saved, when the template was built, today's date in the
header, the year of the copyright, dates of other reports, and dates in the report's own sentences.
"""

from __future__ import annotations

import os
from datetime import date
from pathlib import Path

import pytest

from travaux.intake import Received, receive_bytes, receive_files
from travaux.model import DateBasis, PartialDate

TEXT = "".join(
    f"<p>The delegations left Geneva without a result in round {n}, and no date was set for another one.</p>"
    for n in range(6)
)
TODAY = date.today().isoformat()


def page(head: str = "", body: str = "", comment: str = "", after: str = "") -> bytes:
    return (
        f"<!DOCTYPE html>{comment}<html><head><title>Talks end</title>{head}</head><body>"
        f"<article><h1>Talks end in Geneva</h1>{body}{TEXT}</article>{after}</body></html>"
    ).encode()


@pytest.mark.parametrize(
    "source",
    [
        page(comment="<!-- saved from url=(0030)https://lake.example/talks at Mon, 18 Aug 2025 10:00:00 -->"),
        page(
            comment="<!-- Page saved with SingleFile url: https://lake.example saved date: Mon Aug 18 2025 10:00:00 -->"
        ),
        page(head='<meta name="archive-date" content="2025-08-18"><meta name="crawl_date" content="2025-08-18">'),
        page(body=f"<header><div>Today is {date.today():%d %B %Y}</div></header>"),
        page(after="<footer>Copyright 2025 Lake Herald</footer>"),
        page(after="<footer>© 2019-2025</footer>"),
        page(after="<aside><ul><li>18 August 2025: Another report</li><li>19 August 2025: One more</li></ul></aside>"),
        page(body="<p>On 24 February 2022 the war began; on 18 August 2025 the presidents met.</p>"),
        page(head='<script>var built = "2025-08-18T10:00:00Z";</script>'),
        page(
            head='<link rel="stylesheet" href="/style.css?v=20250818"><link rel="canonical" href="https://lake.example/talks">'
        ),
        page(body='<img src="/uploads/2025/08/18/hall.jpg">'),
        page(
            body='<time datetime="2025-08-18">a</time><time datetime="2025-08-19">b</time><time datetime="2025-08-20">c</time>'
        ),
    ],
    ids="saved singlefile crawl today copyright years other-reports sentence script stylesheet picture many-times".split(),
)
def test_a_page_that_gives_no_date_has_none(source: bytes) -> None:
    report = receive_bytes(source, "talks.html").report
    assert report.published is None
    assert report.updated is None


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:modified_time" content="2025-08-20T10:00:00Z">',
        '<meta property="og:updated_time" content="2025-08-20T10:00:00Z">',
        '<meta name="last-modified" content="2025-08-20">',
        '<meta itemprop="dateModified" content="2025-08-20">',
        '<script type="application/ld+json">{"@type":"NewsArticle","dateModified":"2025-08-20"}</script>',
    ],
)
def test_a_day_of_update_is_not_taken_for_the_day_of_publication(head: str) -> None:
    report = receive_bytes(page(head), "talks.html").report
    assert report.published is None
    assert report.updated == PartialDate("2025-08-20", DateBasis.PAGE)


def test_a_files_own_time_is_no_date(tmp_path: Path) -> None:
    path = tmp_path / "talks.txt"
    path.write_text("Talks end in Geneva\n\nThe delegations left on Friday without a result for the third time.\n")
    os.utime(path, (1_755_500_000, 1_755_500_000))
    (item,) = receive_files([path])
    assert isinstance(item, Received)
    assert item.report.published is None
    assert item.report.updated is None


def test_no_report_is_dated_today_for_want_of_a_date() -> None:
    for source in (page(), b"<html><body><p>Talks.</p></body></html>", b"<html></html>"):
        report = receive_bytes(source, "talks.html").report
        assert report.published is None or report.published.value != TODAY


def test_dates_in_the_running_text_are_background() -> None:
    text = (
        "Talks end in Geneva without result\n\nThe war, which began on 24 February 2022, goes on, and the talks that were "
        "opened on 3 June 2025 ended on Friday.\n\nOn 18 August 2025 the presidents are to meet in Alaska, it was said.\n"
    )
    assert receive_bytes(text.encode(), "talks.txt").report.published is None
