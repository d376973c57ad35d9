"""What is fuzzed: each target takes any bytes and raises only where Travaux has a bug. Seeds are made here, by Travaux itself.

A mistake in the bytes is a `TravauxError` of one line; anything else, or a broken promise about what came of them, is a bug.
"""

from __future__ import annotations

import gzip
import hashlib
import io
import json
import random
import shutil
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

from small_record import AGENDA, TEXTS, make_small_record

from travaux import Record
from travaux.agenda import check_agenda, parse_agenda
from travaux.agenda.editing import NewOption, edited_text
from travaux.errors import TravauxError
from travaux.exchange.formats import FORMATS, INCOMING
from travaux.intake import Received, find_files, layout_blocks, load_manifest, receive_bytes, receive_each
from travaux.intake.web.feeds import read_feed
from travaux.intake.web.sitemaps import read_sitemap
from travaux.record import Store, places_of
from travaux.record.evidence import Evidence

KINDS = (".txt", ".md", ".html", ".eml", ".ninjs", ".rtf", ".pdf", ".docx")
BUNDLES = (".jsonl", ".jsonl.gz", ".warc", ".warc.gz", ".parquet")


def plainly(work: Callable[[], object]) -> object:
    """What the work gives; None where it refuses in one clear line."""
    try:
        return work()
    except TravauxError as error:
        assert "\n" not in str(error), str(error)
        assert error.message.strip()
        return None


def kept_whole(received: Received, raw: bytes | None = None) -> None:
    """What intake promises of every report, the store's own checks included."""
    report = received.report
    assert raw is None or received.raw == raw
    assert report.sha256 == hashlib.sha256(received.raw).hexdigest()
    assert list(Evidence(report.text, report.blocks).layout_faults()) == []
    report.text.encode()  # what cannot be encoded cannot be stored
    for text in (report.title, report.author, report.publisher, report.url):
        assert text is None or "\n" not in text


def intake(data: bytes) -> None:
    """One file of any kind; its first byte says which."""
    kind, raw = KINDS[(data[0] if data else 0) % len(KINDS)], data[1:]
    received = plainly(lambda: receive_bytes(raw, f"a{kind}"))
    if isinstance(received, Received):
        kept_whole(received, raw)


def bundle(data: bytes) -> None:
    """One file that holds many reports."""
    kind = BUNDLES[(data[0] if data else 0) % len(BUNDLES)]
    with tempfile.TemporaryDirectory() as place:
        (Path(place) / f"a{kind}").write_bytes(data[1:])
        for found in find_files([Path(place)]):
            for one in receive_each(found):
                if isinstance(one, Received):
                    kept_whole(one)
                else:
                    assert "\n" not in str(one.error)


def manifest(data: bytes) -> None:
    """A manifest beside a file."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "manifest.csv"
        file.write_bytes(data)
        read = plainly(lambda: load_manifest(file))
        if read is not None:
            read.warnings(["a.txt"])  # type: ignore[attr-defined]


def agenda(data: bytes) -> None:
    """agenda.yaml: loaded, checked against a text, edited."""
    with tempfile.TemporaryDirectory() as place:
        file = Path(place) / "agenda.yaml"
        file.write_bytes(data)
        for problem in check_agenda(file, {"a.txt": TEXTS["a.txt"][2]}):
            assert str(problem)
    text = data.decode("utf-8", "replace")
    made = plainly(lambda: parse_agenda(text))
    if made is not None and made.issues:  # type: ignore[attr-defined]
        edit = NewOption(made.issues[0].id, "A ferry at noon", ("noon ferry",), "")  # type: ignore[attr-defined]
        edited = plainly(lambda: edited_text(text, edit))
        if isinstance(edited, str):
            parse_agenda(edited)


def layout(data: bytes) -> None:
    """Which lines of a text are the report: blocks within the text, in order, and places that are where they say."""
    text = data.decode("utf-8", "replace")
    blocks = layout_blocks(text)
    evidence = Evidence(text, tuple(blocks))
    assert list(evidence.layout_faults()) == []
    for block in blocks[:20]:
        words = text[block.start : block.end]
        assert any(text[place : place + len(words)] == words for place in places_of(text, words)), words


def web(data: bytes) -> None:
    """What an address answers: a feed, a sitemap."""
    for read in (read_feed, read_sitemap):
        plainly(lambda read=read: read(data, "https://a.example/feed"))  # type: ignore[misc]


def incoming(data: bytes) -> None:
    """A file of another tool; its first byte says which format. What it brings is taken into a record, which stays sound."""
    name = INCOMING[(data[0] if data else 0) % len(INCOMING)]
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "talks"
        shutil.copytree(_record(), folder)
        path = Path(place) / (FORMATS[name].file or "table.csv")
        if not FORMATS[name].file:
            path = Path(place) / "given"
            shutil.copytree(_exports() / name, path)
            chosen = sorted(one for one in path.rglob("*") if one.is_file())
            chosen[(data[1] if len(data) > 1 else 0) % len(chosen)].write_bytes(data[2:])
        else:
            path.write_bytes(data[1:])
        with Record.open(folder) as record:
            plainly(lambda: record.import_from(name, path, by="Tester"))
        with Store.open(folder) as store:
            assert store.check() == []


TARGETS: dict[str, Callable[[bytes], None]] = {
    "intake": intake,
    "bundle": bundle,
    "manifest": manifest,
    "agenda": agenda,
    "layout": layout,
    "web": web,
    "incoming": incoming,
}


# --------------------------------------------------------------------------------------------------------- seeds


@cache
def _place() -> Path:
    return Path(tempfile.mkdtemp(prefix="travaux-fuzz-"))


@cache
def _record() -> Path:
    folder = make_small_record(_place() / "talks")
    with Record.open(folder) as record:
        record.judge(record.statements()[0], "confirm", reviewer="Tester")
    return folder


@cache
def _exports() -> Path:
    place = _place() / "exports"
    with Record.open(_record()) as record:
        for name in INCOMING:
            record.export(name, place / name / FORMATS[name].file if FORMATS[name].file else place / name)
    return place


def seeds(target: str) -> list[bytes]:
    """Bytes that a target takes without complaint, to begin with."""
    return list(_SEEDS[target]())


def _intake_seeds() -> Iterator[bytes]:
    text = TEXTS["a.txt"][2]
    html = (
        "<!doctype html><html><head><title>A ferry</title><meta property='article:published_time' content='2025-08-18'>"
        f"</head><body><article><h1>A ferry</h1><p>{text}</p><p>By Ada North</p></article><footer>©</footer></body></html>"
    )
    mail = (
        f"From: a@b.example\r\nSubject: =?utf-8?q?F=C3=A4hre?=\r\nDate: Mon, 18 Aug 2025 08:00:00 +0000\r\n\r\n{text}"
    )
    ninjs = {"uri": "urn:a", "headline": "A ferry", "body_text": text, "versioncreated": "2025-08-18T08:00:00Z"}
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/document.xml", "<w:document/>")
    samples = (text, text, html, mail, json.dumps(ninjs), "{\\rtf1 " + text.replace("😀", "") + "}", "%PDF-1.4\n%%EOF")
    for number, sample in enumerate(samples):
        yield bytes([number]) + sample.encode()
    yield bytes([len(samples)]) + docx.getvalue()
    yield bytes([0]) + text.encode("utf-16")
    yield bytes([0]) + "Meldung\nVon Ada\n\nEs ist so weit.\n".encode("latin-1")


def _bundle_seeds() -> Iterator[bytes]:
    line = json.dumps(
        {"url": "https://a.example/1", "title": "A ferry", "text": TEXTS["a.txt"][2], "date": "2025-08-18"}
    )
    lines = f"{line}\n{line.replace('/1', '/2')}\n".encode()
    page = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<html><body><p>Northland wants the ferry.</p></body></html>"
    )
    warc = (
        b"WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\nWARC-Target-URI: https://a.example/1\r\n"
        b"WARC-Date: 2025-08-18T08:00:00Z\r\nContent-Type: application/http; msgtype=response\r\nContent-Length: "
        + str(len(page)).encode()
        + b"\r\n\r\n"
        + page
        + b"\r\n\r\n"
    )
    yield from (
        b"\0" + lines,
        b"\1" + gzip.compress(lines),
        b"\2" + warc,
        b"\3" + gzip.compress(warc),
        b"\4PAR1" + bytes(40) + b"PAR1",
    )


def _web_seeds() -> Iterator[bytes]:
    yield b"<rss version='2.0'><channel><title>M</title><item><link>/1</link><pubDate>Mon, 18 Aug 2025 08:00:00 GMT</pubDate></item></channel></rss>"
    yield b"<feed xmlns='http://www.w3.org/2005/Atom'><title>M</title><entry><link href='/1'/><updated>2025-08-18T08:00:00Z</updated></entry></feed>"
    yield b'{"version": "https://jsonfeed.org/version/1.1", "title": "M", "items": [{"url": "/1", "date_published": "2025-08-18"}]}'
    yield b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'><url><loc>https://a.example/1</loc><lastmod>2025-08-18</lastmod></url></urlset>"
    yield b"<sitemapindex><sitemap><loc>https://a.example/s.xml</loc></sitemap></sitemapindex>"


def _incoming_seeds() -> Iterator[bytes]:
    for number, name in enumerate(INCOMING):
        place = _exports() / name
        if FORMATS[name].file:
            yield bytes([number]) + (place / str(FORMATS[name].file)).read_bytes()
        else:
            files = sorted(one for one in place.rglob("*") if one.is_file())
            yield from (bytes([number, at]) + one.read_bytes() for at, one in enumerate(files))


_SEEDS: dict[str, Callable[[], Iterator[bytes]]] = {
    "intake": _intake_seeds,
    "bundle": _bundle_seeds,
    "manifest": lambda: iter(
        (b"file,publisher,published,url,title\na.txt,M,2025-03-01,,T\n", b"file;published\r\na.txt;2025\r\n")
    ),
    "agenda": lambda: iter((AGENDA.encode(), b"title: x\nparties: []\nissues: []\n")),
    "layout": lambda: iter(
        [text.encode() for _, _, text in TEXTS.values()] + [b"Menu\n\nHome | News\n\nBy A. B.\n\nText.\n\nShare\n"]
    ),
    "web": _web_seeds,
    "incoming": _incoming_seeds,
}


# ------------------------------------------------------------------------------------------------------ mutating

TOKENS = (
    b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xed\xa0\x80", b"\xc3", b"\r", b"\n", b"\x0b", b"\xe2\x80\xa8", b"\xc2\x85", b'"', b"'", b"&", b"*a",
    b"&a ", b"<<: ", b"{", b"}", b"[", b"]", b"---\n", b"!!python/object:a ", b"<![CDATA[", b"<!DOCTYPE a [<!ENTITY b 'c'>]>", b"&b;", b"</",
    b"-1", b"0", b"1e999", b"NaN", b"null", b"true", b"9" * 30, b"2025-13-45", b"0000", b"\xf0\x9f\x98\x80", b"\xcc\x81", b"\xd9\x80",
    b"\xe2\x80\xae", b"../", b"%00", b"a" * 300, b" " * 70, b"=1+1", b"{{7*7}}", b"\\ud800", b"http://[",
)  # fmt: skip


def mutated(data: bytes, others: list[bytes], chance: random.Random) -> bytes:
    """The bytes with a few small and large changes: flipped, cut, doubled, crossed with others, odd tokens put in."""
    made = bytearray(data)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        at, to = sorted(chance.randrange(len(made) + 1) for _ in range(2))
        to = min(to, at + chance.choice((1, 4, 40, 4000)))
        what = chance.randrange(7)
        if what == 0 and made:
            made[min(at, len(made) - 1)] ^= 1 << chance.randrange(8)
        elif what == 1:
            del made[at:to]
        elif what == 2:
            made[at:at] = made[at:to] * chance.choice((1, 1, 2, 9))
        elif what == 3:
            other = chance.choice(others)
            begin = chance.randrange(len(other) + 1)
            made[at:to] = other[begin : begin + chance.choice((3, 30, 300))]
        elif what == 4:
            made[at:at] = chance.choice(TOKENS)
        elif what == 5:
            made[at:to] = chance.choice(TOKENS)
        else:
            made[at:to] = chance.randbytes(to - at)
    return bytes(made[:200_000])
