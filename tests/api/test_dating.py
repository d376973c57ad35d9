"""An analyst's dates: from Python, by name or id, and what they change in what a record says."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

import travaux
from travaux.errors import RequestError, UnknownName
from travaux.model import DateBasis, PartialDate


@pytest.fixture
def record(tmp_path: Path) -> Iterator[travaux.Record]:
    with travaux.Record.new(tmp_path / "talks") as made:
        made.add_bytes(b"Northland would accept the ferry link.\n", "a.txt")
        yield made


def test_a_report_is_dated_by_name_or_id(record: travaux.Record) -> None:
    told = record.date("a.txt", "2025-08-18", about=True, reviewer="A. Reader", note="names the meeting")
    assert told.date == PartialDate("2025-08-18", DateBasis.ANALYST, about=True)
    assert record.reports()[0].published == told.date
    assert record.reports()[0].given is None
    record.date(record.reports()[0].id, date(2025, 8, 19), reviewer="A. Reader")
    assert record.reports()[0].published == PartialDate("2025-08-19", DateBasis.ANALYST)
    record.date("a.txt", None, reviewer="A. Reader")
    assert record.reports()[0].published is None
    assert [one.number for one in record.datings("a.txt")] == [1, 2, 3]
    assert record.datings() == record.datings("a.txt")


def test_what_cannot_be_is_refused(record: travaux.Record) -> None:
    for value in ("Monday", "2025-13", "18.8.2025", "2025-02-30", ""):
        with pytest.raises(RequestError, match="is no date"):
            record.date("a.txt", value, reviewer="A. Reader")
    with pytest.raises(RequestError, match="must be signed"):
        record.date("a.txt", "2025", reviewer="")
    with pytest.raises(UnknownName, match=r"did you mean `a\.txt`"):
        record.date("a.text", "2025", reviewer="A. Reader")
    assert record.datings() == []


def test_a_dated_report_is_undated_no_longer(record: travaux.Record) -> None:
    def undated() -> list[str]:
        return [one.report for one in record.flags(kind="undated")]

    assert undated() == ["a.txt"]
    record.date("a.txt", "2025-08-18", reviewer="A. Reader")
    assert undated() == []
    with travaux.Record.open(record.folder, read_only=True) as looked_at:
        assert looked_at.flags(kind="undated") == []
    record.date("a.txt", None, reviewer="A. Reader")
    assert undated() == ["a.txt"]
