"""Files and folders on disk, and the report that one file's bytes become. A file that cannot become a report is refused
with one line; the rest go on.

`receive_bytes` runs the whole of intake; see the package's docstring for its steps.
"""

from __future__ import annotations

import hashlib
import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, TypeVar

from travaux.errors import IntakeError
from travaux.intake.dating import date_in_url, dates_in_layout
from travaux.intake.encodings import decode
from travaux.intake.formats.article import Article
from travaux.intake.formats.documents import DOCUMENTS, PDF, RTF, read_document
from travaux.intake.formats.mail import MAIL, read_mail
from travaux.intake.formats.ninjs import NINJS, looks_like_ninjs, read_ninjs
from travaux.intake.known import NOTHING, Described, encodable
from travaux.intake.language import language_of
from travaux.intake.layout import layout_blocks
from travaux.intake.manifest import MANIFEST_NAME, Manifest, ManifestRow, load_manifest
from travaux.intake.relative_days import with_dateline_day
from travaux.intake.web_pages import Page, read_page
from travaux.model import Block, BlockKind, PartialDate, Report, report_id
from travaux.visit import Visit

MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".html": "text/html", ".htm": "text/html"}
KINDS_OF_FILE = {**MEDIA_TYPES, **DOCUMENTS, ".eml": MAIL, ".ninjs": NINJS, ".json": NINJS}
"""Endings of files that hold one report, and what they are."""
BUNDLES = (".warc.gz", ".warc", ".jsonl.gz", ".jsonl", ".ndjson", ".parquet")
"""Endings of files that hold many; see `travaux.intake.bundles`."""
LARGEST_FILE = 64 * 1024 * 1024
REPORTS_FOLDER = "reports"
AGENDA_NAME = "agenda.yaml"
LONGEST_TITLE = 300

Said = TypeVar("Said", Page, Described)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file that is to become a report.

    Attributes:
        path: where it lies.
        name: the report's name: below the folder added, with ``/``; the file name for a file named directly.
        row: what the manifest beside it says, or None.
        problem: why it cannot become a report, where that shows before it is opened.
    """

    path: Path
    name: str
    row: ManifestRow | None = None
    problem: IntakeError | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class Received:
    """One report as received, the bytes it came from, and how they came where that was not from a file."""

    report: Report
    raw: bytes
    visit: Visit | None = None


@dataclass(frozen=True, slots=True)
class Refused:
    """One file that cannot become a report, and why."""

    name: str
    path: str
    error: IntakeError


def find_files(paths: Sequence[Path], *, skipped: Counter[str] | None = None) -> Iterator[FoundFile]:
    """Files that are to become reports, in the order of the paths, a folder's in the order of their names.

    Hidden files and folders are left out. In a folder, files of other kinds are left out and counted; named directly
    they are found with a problem. A folder with ``agenda.yaml`` and ``reports/`` gives the reports of the latter only.

    Args:
        paths: files and folders.
        skipped: counts, by file ending, what a folder holds beside reports.
    """
    manifests = _Manifests()
    counted: Counter[str] = Counter() if skipped is None else skipped
    seen: set[Path] = set()
    for path in paths:
        for found in _in_folder(path, manifests, counted) if path.is_dir() else _named_file(path, manifests):
            place = found.path.absolute()
            if place not in seen:
                seen.add(place)
                yield found


def manifest_warnings(paths: Sequence[Path]) -> tuple[str, ...]:
    """One line for each manifest row, in and below the folders named, that is about a file which is not there."""
    warnings: list[str] = []
    for path in sorted({path for given in paths for path in _manifests_below(given)}):
        try:
            manifest = load_manifest(path)
        except IntakeError:
            continue  # told already, as a refusal
        folder = path.parent
        present = [
            row.file
            for row in manifest.rows.values()
            if row.file and ((folder / row.file).is_file() or (folder / REPORTS_FOLDER / row.file).is_file())
        ]
        warnings += manifest.warnings(present)
    return tuple(warnings)


def receive_bytes(
    raw: bytes,
    name: str,
    *,
    row: ManifestRow | None = None,
    media_type: str | None = None,
    known: Described = NOTHING,
    charset: str | None = None,
) -> Received:
    """Makes a report of bytes, whatever they came from.

    Args:
        raw: the whole file, kept as it is.
        name: the report's name; for standard input ``stdin-<first 12 of sha256>.txt``.
        row: what a manifest says; it overrides what the report says of itself.
        media_type: one of `KINDS_OF_FILE`; by the name's ending, and the beginning of the bytes, where it is not given.
        known: what others say of it; counts where neither the report nor a manifest says so.
        charset: what the server that sent the bytes calls their encoding.

    Raises:
        IntakeError: the bytes cannot become a report; the message says why.
    """
    if len(raw) > LARGEST_FILE:
        raise _too_large()
    if row is not None and row.problem is not None:
        raise row.problem
    kind = media_type or media_type_of(raw, name)
    if kind not in KINDS_OF_FILE.values():
        raise IntakeError(f"{kind} is no kind of report", remedy=f"one of {', '.join(KINDS_OF_FILE)}")
    encoding = "utf-8"
    if kind in MEDIA_TYPES.values():
        decoded = decode(raw, markup=kind == "text/html", charset=charset)
        url = (row.url if row else None) or known.url
        encoding = decoded.encoding
        page = read_page(decoded.text, url=url) if kind == "text/html" else Page(decoded.text)
    elif kind == MAIL:
        page, known = read_mail(raw)
    elif kind == NINJS:
        page, known = read_ninjs(raw)
    else:
        page = read_document(raw, kind)
    return report_of(Article("", raw, kind, encoding, page, known), name, row)


def report_of(article: Article, name: str, row: ManifestRow | None = None) -> Received:
    """The report that an article of any format becomes.

    Args:
        name: the report's name. row: what a manifest says of it.
    """
    page, known, text = _encodable(article.page), _encodable(article.described), encodable(article.page.text)
    sha256 = hashlib.sha256(article.raw).hexdigest()
    given_title = (row.title if row else None) or page.title or known.title
    blocks = article.blocks if article.blocks is not None else layout_blocks(text, given_title)
    published, updated = dates_in_layout(text, blocks)
    address = (row.url if row else None) or page.url or known.url
    own = _finest(page.published, known.published, date_in_url(address), published)
    report = Report(
        id=report_id(name, sha256),
        name=name,
        sha256=sha256,
        media_type=article.media_type,
        encoding=article.encoding,
        text=text,
        blocks=blocks,
        title=given_title or _title_in(text, blocks),
        author=(row.author if row else None) or page.author or known.author,
        publisher=(row.publisher if row else None) or page.publisher or known.publisher,
        url=address,
        published=(row.published if row else None) or with_dateline_day(own, _opening(text, blocks)),
        updated=(row.updated if row else None) or page.updated or known.updated or updated,
        language=(row.language if row else None) or known.language or language_of(text),
        listed=row is not None,
    )
    return Received(report, article.raw, article.visit)


def _encodable(said: Said) -> Said:
    """What is said of a report, in characters that can be stored."""
    texts = {field.name: getattr(said, field.name) for field in fields(said)}
    mended: dict[str, Any] = {name: encodable(value) for name, value in texts.items() if isinstance(value, str)}
    return replace(said, **mended)


def _finest(*dates: PartialDate | None) -> PartialDate | None:
    """The first date there is, or a later one that lies within it and is more exact."""
    found = next((date for date in dates if date is not None), None)
    if found is None or found.precision == "day":
        return found
    finer = (date for date in dates if date is not None and len(date.value) > len(found.value))
    return next((date for date in finer if found.earliest <= date.earliest <= found.latest), found)


def _opening(text: str, blocks: Sequence[Block]) -> str:
    first = next((block for block in blocks if block.kind is BlockKind.PARAGRAPH), None)
    return text[first.start : min(first.end, first.start + 200)] if first else ""


def _title_in(text: str, blocks: Sequence[Block]) -> str | None:
    title = next((text[block.start : block.end] for block in blocks if block.kind is BlockKind.TITLE), None)
    return " ".join(title.strip("#* \t").split())[:LONGEST_TITLE] or None if title else None


def media_type_of(raw: bytes, name: str) -> str:
    """What a file is, by its beginning, else by its name's ending."""
    by_name = KINDS_OF_FILE.get(Path(name).suffix.casefold(), "text/plain")
    for mark, kind in ((b"%PDF-", PDF), (b"{\\rtf", RTF)):
        if raw.startswith(mark):
            return kind
    beginning = raw[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    # A page saved under another ending would otherwise be read tags and all.
    is_page = beginning.startswith((b"<!doctype html", b"<html")) or (
        beginning.startswith(b"<?xml") and b"<html" in beginning
    )
    return "text/html" if is_page else by_name


def _too_large() -> IntakeError:
    return IntakeError(f"larger than {LARGEST_FILE // 1024 // 1024} MiB", remedy="split it")


def bytes_of(path: Path) -> bytes:
    """A file's bytes.

    Raises:
        IntakeError: it cannot be read, is no regular file, or is too large.
    """
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            raise IntakeError("not a regular file", path=path)  # a pipe or device could wait for ever
        if status.st_size > LARGEST_FILE:
            raise _too_large()
        return path.read_bytes()
    except OSError as error:
        raise IntakeError(f"cannot be read: {error.strerror}", path=path) from error


# ------------------------------------------------------------------------------------------------ folders and manifests


class _Manifests:
    """Manifests by folder, each read once; a broken one is told once."""

    def __init__(self) -> None:
        self._loaded: dict[Path, Manifest | None] = {}
        self.broken: dict[Path, IntakeError] = {}

    def of(self, folder: Path) -> Manifest | None:
        if folder not in self._loaded:
            path = folder / MANIFEST_NAME
            self._loaded[folder] = None
            if path.is_file():
                try:
                    self._loaded[folder] = load_manifest(path)
                except IntakeError as error:
                    self.broken[path] = error
        return self._loaded[folder]

    def row(self, path: Path, root: Path) -> ManifestRow | None:
        """The row about a file in the nearest manifest that has one, from its own folder up to the root."""
        for folder in (path.parent, *path.parent.parents):
            manifest = self.of(folder)
            if manifest is not None:
                below = path.relative_to(folder).as_posix()
                row = manifest.row(below) or manifest.row(below.removeprefix(f"{REPORTS_FOLDER}/"))
                if row is not None:
                    return row
            if folder == root:
                break
        return None

    def told(self) -> Iterator[FoundFile]:
        """Broken manifests not told before, as files with a problem."""
        for path in sorted(self.broken):
            yield FoundFile(path, path.name, problem=self.broken.pop(path))


def _named_file(path: Path, manifests: _Manifests) -> Iterator[FoundFile]:
    name = stored_name(path.name)
    if not path.exists() and not path.is_symlink():
        yield FoundFile(path, name, problem=IntakeError("no such file or folder", path=path))
        return
    if path.name == MANIFEST_NAME:
        remedy = "name the folder it stands in"
        problem = IntakeError("a manifest is no report", remedy=remedy, path=path)
        yield FoundFile(path, name, problem=problem)
        return
    if path.suffix.casefold() not in KINDS_OF_FILE and not is_bundle(path.name):
        remedy = f"reports end in {', '.join(KINDS_OF_FILE)}, files of many in {', '.join(BUNDLES)}"
        problem = IntakeError(f"cannot read files ending in {path.suffix or 'nothing'}", remedy=remedy, path=path)
        yield FoundFile(path, name, problem=problem)
        return
    row = manifests.row(path, _root_of(path.parent))
    yield from manifests.told()
    yield FoundFile(path, name, row)


def _in_folder(folder: Path, manifests: _Manifests, skipped: Counter[str]) -> Iterator[FoundFile]:
    top = folder / REPORTS_FOLDER if _is_record_like(folder) else folder
    for path in _walk(top, skipped):
        row = manifests.row(path, _root_of(top) if top == folder else folder)
        yield from manifests.told()
        yield FoundFile(path, stored_name(path.relative_to(top).as_posix()), row)


def _root_of(folder: Path) -> Path:
    """How far up a manifest may stand: beside ``reports/`` for files in it, else in the folder itself."""
    return folder.parent if folder.name == REPORTS_FOLDER else folder


def _is_record_like(folder: Path) -> bool:
    return (folder / AGENDA_NAME).is_file() and (folder / REPORTS_FOLDER).is_dir()


def _walk(top: Path, skipped: Counter[str]) -> Iterator[Path]:
    # Links to folders are not followed: they can lead in circles.
    for here, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        for name in sorted(names):
            if name.startswith(".") or name == MANIFEST_NAME:
                continue
            ending = Path(name).suffix.casefold()
            if (ending in KINDS_OF_FILE and ending != ".json") or is_bundle(name) or _is_news_item(Path(here, name)):
                yield Path(here, name)
            else:
                skipped[ending] += 1


def is_bundle(name: str) -> bool:
    """Whether a file of that name holds many reports."""
    return name.casefold().endswith(BUNDLES)


def _is_news_item(path: Path) -> bool:
    """Whether a JSON file in a folder is meant: folders hold many others."""
    if path.suffix.casefold() != ".json":
        return False
    try:
        with path.open("rb") as file:
            return looks_like_ninjs(file.read(65_536))
    except OSError:
        return False


def _manifests_below(path: Path) -> Iterator[Path]:
    folder = path.parent if path.is_file() else path
    for beside in (folder, _root_of(folder)):
        if (beside / MANIFEST_NAME).is_file():
            yield beside / MANIFEST_NAME
    if folder is path:
        for here, folders, names in os.walk(path):
            folders[:] = sorted(name for name in folders if not name.startswith("."))
            if MANIFEST_NAME in names:
                yield Path(here, MANIFEST_NAME)


def stored_name(name: str) -> str:
    """A file's name as a report can have it."""
    # File names are bytes; those that are no UTF-8 are written with escapes, so that they can be stored and shown.
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
