"""WARC archives: pages with request time and headers, bombs left with one line, and the rest read."""

from __future__ import annotations

import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from archive_stubs import a_warc, bomb_warc, packed_body, whole_gzip
from web_stubs import article

from travaux.intake import Received, Refused, find_files, receive_each
from travaux.model import DateBasis, PartialDate

BOUND = 320 * 1024 * 1024
"""Bytes: some times the largest record, far from ten gigabytes."""
PAGES = [("https://a.example/one", article("One")), ("https://a.example/two?x=1", article("Two"))]


def taken(path: Path) -> list[Received | Refused]:
    return [one for found in find_files([path]) for one in receive_each(found)]


@pytest.mark.parametrize("packed", [True, False])
def test_the_pages_of_an_archive_come_with_request_time_and_headers(tmp_path: Path, packed: bool) -> None:
    path = tmp_path / ("a.warc.gz" if packed else "a.warc")
    path.write_bytes(a_warc(PAGES, packed=packed))
    first, second = taken(path)
    assert isinstance(first, Received) and isinstance(second, Received)
    assert first.raw == PAGES[0][1]
    assert first.report.name == f"{path.name}/a.example/one.html"
    assert first.report.published == PartialDate("2025-08-18", DateBasis.PAGE), "the page's day, not the archive's"
    assert first.report.url == "https://a.example/one"
    visit = first.visit
    assert visit is not None
    assert (visit.by, visit.url, visit.at, visit.status) == (
        "warc",
        "https://a.example/one",
        "2025-08-30T12:00:00+00:00",
        200,
    )
    assert visit.header("content-type") == "text/html; charset=utf-8"
    assert visit.request_headers == (("user-agent", "crawler"),), "less what is secret"


def test_packed_and_chunked_bodies_are_unpacked(tmp_path: Path) -> None:
    import gzip

    packed = gzip.compress(article("One"))
    chunked = b"%x\r\n%s\r\n0\r\n\r\n" % (len(packed), packed)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(a_warc([("https://a.example/one", chunked)], Content_Encoding="gzip", Transfer_Encoding="chunked"))
    (item,) = taken(path)
    assert isinstance(item, Received)
    assert item.raw == article("One")


def test_a_record_of_ten_gigabytes_is_left_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    bomb_warc(path, a_warc(PAGES[:1]), a_warc(PAGES[1:]))
    assert path.stat().st_size > 5_000_000
    tracemalloc.start()
    items = taken(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(one) for one in items] == [Received, Refused, Received]
    assert "unpacks to more than 64 MiB, or is broken" in str(items[1].error)  # type: ignore[union-attr]
    assert str(path) in str(items[1].error)  # type: ignore[union-attr]
    assert peak < BOUND


def test_a_body_of_ten_gigabytes_is_left_and_the_rest_is_read(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    bomb = a_warc([("https://bomb.example/", packed_body(10))], Content_Encoding="gzip")
    path.write_bytes(a_warc(PAGES[:1]) + bomb + a_warc(PAGES[1:]))
    tracemalloc.start()
    items = taken(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [type(one) for one in items] == [Received, Refused, Received]
    assert "https://bomb.example/: unpacks to more than 64 MiB (left out)" in str(items[1].error)  # type: ignore[union-attr]
    assert peak < BOUND


def test_the_whole_process_stays_within_bounds(tmp_path: Path) -> None:
    """Memory that libraries take without Python's knowledge counts too."""
    path = tmp_path / "a.warc.gz"
    bomb_warc(path, a_warc(PAGES[:1]), a_warc(PAGES[1:]))
    program = (
        "import sys; from pathlib import Path; from travaux.intake import find_files, receive_each\n"
        "items = [type(one).__name__ for found in find_files([Path(sys.argv[1])]) for one in receive_each(found)]\n"
        # Not getrusage, whose peak counts what the process that started this one held.
        "print(*items, *(line.split()[1] for line in open('/proc/self/status') if line.startswith('VmHWM')))"
    )
    done = subprocess.run([sys.executable, "-c", program, str(path)], capture_output=True, text=True, check=True)
    *items, peak = done.stdout.split()
    assert items == ["Received", "Refused", "Received"]
    assert int(peak) * 1024 < 2 * BOUND


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"WARC/1.0\r\n",
        b"hello",
        b"\x1f\x8b\x08",
        b"\x1f\x8b\x08" * 10_000,
        whole_gzip(b"no archive"),
        bytes(1_000),
    ],
)
def test_broken_archives_are_told(tmp_path: Path, raw: bytes) -> None:
    for name in ("a.warc", "a.warc.gz"):
        (tmp_path / name).write_bytes(raw)
        items = taken(tmp_path / name)
        assert [type(one) for one in items] in ([Refused], [])
        assert raw[:2] != b"\x1f\x8b" or items


def test_a_broken_record_never_stops_the_others(tmp_path: Path) -> None:
    good, bad = a_warc(PAGES[:1]), bytearray(a_warc(PAGES[1:]))
    bad[60:90] = bytes(30)
    path = tmp_path / "a.warc.gz"
    path.write_bytes(good + bytes(bad) + good)
    items = taken(path)
    assert [type(one) for one in items].count(Refused) >= 1
    assert isinstance(items[0], Received) and isinstance(items[-1], Received)


def test_what_is_no_page_is_passed_over(tmp_path: Path) -> None:
    path = tmp_path / "a.warc.gz"
    path.write_bytes(a_warc([("https://a.example/p.png", b"\x89PNG")], Content_Type="image/png") + a_warc(PAGES[:1]))
    assert [type(one) for one in taken(path)] == [Received]
