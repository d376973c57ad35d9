"""WARC archives made for tests, ten-gigabyte bombs among them."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterable
from pathlib import Path

GIGABYTE = 1024**3


def a_warc(pages: Iterable[tuple[str, bytes]], *, packed: bool = True, **headers: str) -> bytes:
    """An archive with a request and an answer for each page, packed record by record or not."""
    told = {
        "Content-Type": "text/html; charset=utf-8",
        **{name.replace("_", "-"): value for name, value in headers.items()},
    }
    lines = "".join(f"{name}: {value}\r\n" for name, value in told.items())
    records = []
    for url, body in pages:
        asked = b"GET / HTTP/1.1\r\nUser-Agent: crawler\r\nCookie: secret\r\n\r\n"
        answered = f"HTTP/1.1 200 OK\r\n{lines}\r\n".encode() + body
        records += [a_record("request", url, asked), a_record("response", url, answered)]
    return b"".join(gzip.compress(record, mtime=0) if packed else record for record in records)


def a_record(kind: str, url: str, block: bytes) -> bytes:
    """One record of an archive."""
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {url}\r\nWARC-Date: 2025-08-30T12:00:00Z\r\n"
        "WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\n"
        f"Content-Type: application/http;msgtype={kind}\r\nContent-Length: {len(block)}\r\n\r\n"
    )
    return head.encode() + block + b"\r\n\r\n"


def zeros_packed(gigabytes: int, head: bytes = b"") -> Iterable[bytes]:
    """A gzip member that unpacks to `head` and so many gigabytes of zeros; its pieces, megabytes in all."""
    packing = zlib.compressobj(9, zlib.DEFLATED, -15)
    yield b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\x03"
    yield packing.compress(head) + packing.flush(zlib.Z_FULL_FLUSH)
    # After a full flush the same bytes pack to the same piece, so one piece is written over and over.
    piece = packing.compress(bytes(1024 * 1024)) + packing.flush(zlib.Z_FULL_FLUSH)
    for _ in range(gigabytes * 1024):
        yield piece
    yield packing.flush(zlib.Z_FINISH)
    yield bytes(8)  # checksum and length: nobody should ever come as far


def bomb_warc(path: Path, before: bytes, after: bytes, gigabytes: int = 10) -> None:
    """An archive whose middle record unpacks to so many gigabytes."""
    head = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://bomb.example/\r\nWARC-Date: 2025-08-30T12:00:00Z\r\n"
        b"WARC-Record-ID: <urn:uuid:00000000-0000-0000-0000-000000000000>\r\nContent-Type: application/http;msgtype=response\r\n"
        + b"Content-Length: %d\r\n\r\nHTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n"
        % (gigabytes * GIGABYTE)
    )
    with path.open("wb") as file:
        file.write(before)
        file.writelines(zeros_packed(gigabytes, head))
        file.write(after)


def packed_body(gigabytes: int) -> bytes:
    """A body for ``Content-Encoding: gzip`` that unpacks to so many gigabytes."""
    return b"".join(zeros_packed(gigabytes))


def whole_gzip(raw: bytes) -> bytes:
    """An archive packed in one piece, which is not how archives are packed."""
    return gzip.compress(raw, mtime=0)
