"""WARC archives (ISO 28500), packed with gzip record by record or not: the pages in them, with request time and headers.

A packed archive is unpacked record by record here and each is handed to warcio: a record that would unpack to gigabytes
is left at the limit, and the next one is found by its own beginning without unpacking the rest.
"""

from __future__ import annotations

import io
import mmap
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from travaux.errors import FetchError, IntakeError
from travaux.intake.formats.article import Article
from travaux.intake.web.unpacking import BrokenOff, TooLarge, Unpacking
from travaux.visit import Headers, Visit, kept_headers

LARGEST_RECORD = 64 * 1024 * 1024
PIECE = 64 * 1024
MEMBER = b"\x1f\x8b\x08"
MOST_MARKS = 1_000_000
"""False beginnings looked at after a broken record; packed bytes look like one every sixteen million."""
_BEGINNINGS = (b"WARC/", b"http://", b"https://", b"filedesc:")


def warc_articles(path: Path) -> Iterator[Article]:
    """The pages of an archive; records that are no pages (requests, images, notes) are passed over.

    Raises:
        IntakeError: the file is no archive.
    """
    with path.open("rb") as file:
        packed = file.read(len(MEMBER)) == MEMBER
    if not packed:
        with path.open("rb") as file:
            yield from _records(file, path, {})
        return
    if not path.stat().st_size:
        raise IntakeError("empty", path=path)
    requests: dict[str, Headers] = {}
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as raw:
        for place, member in _members(raw):
            if member is None:
                yield Article(
                    f"byte-{place}",
                    problem=IntakeError(
                        f"the record at byte {place:,} unpacks to more than {LARGEST_RECORD // 1024 // 1024} MiB, or is broken",
                        remedy="it is left out; an archive packed in one piece must be packed anew, record by record",
                        path=path,
                    ),
                )
            else:
                yield from _records(io.BytesIO(member), path, requests, place)


def _members(raw: mmap.mmap) -> Iterator[tuple[int, bytes | None]]:
    """Each packed record with its place; None in place of one that is too large or broken."""
    at = 0
    while 0 <= at < len(raw):
        if len(raw) - at <= PIECE and not raw[at:].strip(b"\0"):
            return  # padding
        found = _member(raw, at) if raw[at : at + len(MEMBER)] == MEMBER else None
        if found is not None:
            yield at, found[0]
            at = found[1]
        else:
            yield at, None
            at = _next_member(raw, at + 1)


def _member(raw: mmap.mmap, at: int) -> tuple[bytes, int] | None:
    """A packed record's bytes and where it ends; None where it is too large or broken."""
    inflate = zlib.decompressobj(31)
    out = bytearray()
    while not inflate.eof:
        piece = raw[at : at + PIECE]
        if not piece:
            return None
        at += len(piece)
        try:
            while piece:
                out += inflate.decompress(piece, LARGEST_RECORD + 1 - len(out))
                if len(out) > LARGEST_RECORD:
                    return None
                piece = inflate.unconsumed_tail
        except zlib.error:
            return None
    return bytes(out), at - len(inflate.unused_data)


def _next_member(raw: mmap.mmap, at: int) -> int:
    """Where the next packed record begins, -1 for nowhere: its mark alone proves nothing, its first words do."""
    for _ in range(MOST_MARKS):
        at = raw.find(MEMBER, at)
        if at < 0:
            return -1
        try:
            beginning = zlib.decompressobj(31).decompress(raw[at : at + 4096], 16)
        except zlib.error:
            beginning = b""
        if beginning.startswith(_BEGINNINGS):
            return at
        at += 1
    return -1


def _records(file: Any, path: Path, requests: dict[str, Headers], place: int | None = None) -> Iterator[Article]:
    try:
        for record in ArchiveIterator(file, arc2warc=True):
            at = place if place is not None else file.tell()
            if record.rec_type == "request" and record.http_headers is not None:
                # Written before its answer by some programs; kept for the few that come next.
                if len(requests) > 1_000:
                    requests.clear()
                target = record.rec_headers.get_header("WARC-Target-URI") or ""
                requests[target] = kept_headers(record.http_headers.headers)
            elif record.rec_type in ("response", "resource", "conversion"):
                article = _article(record, path, requests, at)
                if article is not None:
                    yield article
    except (ArchiveLoadFailed, OSError, ValueError, EOFError, zlib.error, AttributeError) as error:
        where = "" if place is None else f" at byte {place:,}"
        told = " ".join(str(error).split())[:150] or type(error).__name__
        yield Article("", problem=IntakeError(f"no WARC record{where} that can be read: {told}", path=path))


def _article(record: Any, path: Path, requests: dict[str, Headers], place: int) -> Article | None:
    from travaux.intake.web.pages import name_of_address

    target = record.rec_headers.get_header("WARC-Target-URI") or ""
    headers = kept_headers(record.http_headers.headers) if record.http_headers is not None else ()
    status = record.http_headers.get_statuscode() if record.http_headers is not None else "200"
    kind = dict(reversed(headers)).get("content-type") or record.rec_headers.get_header("Content-Type") or ""
    kind = kind.partition(";")[0].strip().lower()
    kind = {"application/xhtml+xml": "text/html"}.get(kind, kind)
    if status != "200" or kind not in ("text/html", "text/plain", "application/pdf") or target.endswith("/robots.txt"):
        return None
    name = name_of_address(target, kind)
    try:
        raw = _body(record, dict(reversed(headers)).get("content-encoding", ""))
    except IntakeError as error:
        return Article(name, problem=IntakeError(error.message, remedy=error.remedy, path=f"{path}: {target}"[:500]))
    asked = requests.pop(target, ())
    time = (record.rec_headers.get_header("WARC-Date") or "").replace("Z", "+00:00")
    visit = Visit("warc", target, target, time, int(status), asked, headers)
    return Article(name, raw, kind, visit=visit)


def _body(record: Any, coding: str) -> bytes:
    named = coding.strip().lower().removeprefix("x-")
    if named not in ("", "identity", "gzip", "deflate"):
        raise FetchError(f"packed as {named[:40]}, which is not read")
    unpacking = Unpacking("" if named == "identity" else named, LARGEST_RECORD)
    stream = record.raw_stream
    if record.http_headers is not None and record.http_headers.get_header("Transfer-Encoding") == "chunked":
        from warcio.bufferedreaders import ChunkedDataReader

        stream = ChunkedDataReader(stream)
    taken = 0
    try:
        while piece := stream.read(PIECE):
            taken += len(piece)
            unpacking.feed(piece)
        return unpacking.whole()
    except TooLarge:
        raise IntakeError(f"unpacks to more than {LARGEST_RECORD // 1024 // 1024} MiB", remedy="left out") from None
    except BrokenOff as error:
        raise IntakeError(f"broken after {taken:,} bytes: {error}") from error
