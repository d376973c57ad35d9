"""A file becomes its reports: one, or the many that a bundle holds (an archive, a corpus, an export of a news archive)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from travaux.errors import IntakeError
from travaux.intake.encodings import decode
from travaux.intake.files import (
    FoundFile,
    Received,
    Refused,
    bytes_of,
    find_files,
    is_bundle,
    media_type_of,
    receive_bytes,
    report_of,
)
from travaux.intake.formats.article import PASSED_OVER, Article
from travaux.intake.formats.documents import DOCX, RTF, read_document
from travaux.intake.formats.fields import Fields
from travaux.intake.formats.news_exports import export_articles
from travaux.intake.known import Described
from travaux.intake.web_pages import Page

WIDE_MARKS = (b"\xff\xfe", b"\xfe\xff")
EXPORT_SIGNS = (b"DOCUMENT", b"End of Document", b"HD ", b"\nDocument ")
"""One of these stands in every export of a news archive, and in few other texts."""


def receive_files(
    paths: Sequence[Path], *, progress: Callable[[str], None] | None = None
) -> Iterator[Received | Refused]:
    """Reads files and folders, one at a time; see `find_files` and `receive_each`.

    Args:
        progress: told each file's name before it is read, and at the end what was left out.
    """
    tell = progress or (lambda _: None)
    skipped: Counter[str] = Counter()
    for found in find_files(paths, skipped=skipped):
        tell(found.name)
        yield from receive_each(found)
    if skipped:
        kinds = ", ".join(f"{ending or 'no ending'} {number}" for ending, number in sorted(skipped.items()))
        tell(f"left out {skipped.total()} files of other kinds: {kinds}")


def receive_each(found: FoundFile, fields: Fields | None = None) -> Iterator[Received | Refused]:
    """Reads one file; what cannot become a report is refused, never raised, and the rest of the file goes on.

    Args:
        fields: which field of a corpus holds what.
    """
    return (one for one in receive_wanted(found, fields, lambda: True) if one is not None)


def receive_wanted(
    found: FoundFile, fields: Fields | None, wanted: Callable[[], bool]
) -> Iterator[Received | Refused | None]:
    """As `receive_each`, with None in place of every article that is not wanted: it is passed over at little cost.

    Args:
        wanted: asked before each article is made; what was given so far tells which one is meant.
    """
    try:
        if found.problem is not None:
            raise found.problem
        if found.row is not None and found.row.problem is not None:
            raise found.row.problem
        articles = _bundled(found.path, fields or Fields(), wanted) if is_bundle(found.path.name) else None
        if articles is None:
            own = wanted()
            if not own and found.row is not None:
                yield None
                return
            # A file that is passed over is looked at too: how many articles it holds decides which ones the next are.
            raw = bytes_of(found.path)
            exported = [] if found.row is not None else _exported(raw, found.name)
            if not exported:
                yield receive_bytes(raw, found.name, row=found.row) if own else None
                return
            articles = iter(exported)
        yield from _received(articles, found, wanted)
    except IntakeError as error:
        told = error if error.path else IntakeError(error.message, remedy=error.remedy, path=found.path)
        yield Refused(found.name, str(found.path), told)
    except OSError as error:
        told = IntakeError(f"cannot be read: {error.strerror or error}", path=found.path)
        yield Refused(found.name, str(found.path), told)
    except MemoryError:
        yield Refused(found.name, str(found.path), IntakeError("too large for the memory there is", path=found.path))


def _received(
    articles: Iterator[Article], found: FoundFile, wanted: Callable[[], bool]
) -> Iterator[Received | Refused | None]:
    for article in articles:
        if article is PASSED_OVER or not wanted():
            yield None
            continue
        name = f"{found.name}/{article.part}" if article.part else found.name
        if article.problem is not None:
            yield Refused(name, str(found.path), article.problem)
            continue
        try:
            yield _one(article, name)
        except IntakeError as error:
            place = f"{found.path}: {article.part}" if article.part else found.path
            yield Refused(name, str(found.path), IntakeError(error.message, remedy=error.remedy, path=place))


def _one(article: Article, name: str) -> Received:
    if article.visit is None:
        return report_of(article, name)
    # A page of an archive is read like one that was fetched.
    known = Described(url=article.visit.url)
    received = receive_bytes(article.raw, name, media_type=article.media_type, known=known)
    if not received.report.text.strip():
        raise IntakeError("there is no text on this page")
    return Received(received.report, received.raw, article.visit)


def _bundled(path: Path, fields: Fields, wanted: Callable[[], bool]) -> Iterator[Article]:
    if not path.is_file():
        raise IntakeError("not a regular file", path=path)
    name = path.name.casefold()
    # Their libraries are loaded where such a file is met, not before.
    if name.endswith((".warc", ".warc.gz")):
        from travaux.intake.formats.warc import warc_articles

        return warc_articles(path)
    from travaux.intake.formats.articles import json_line_articles, parquet_articles

    articles = parquet_articles if name.endswith(".parquet") else json_line_articles
    return articles(path, fields, wanted)


def _exported(raw: bytes, name: str) -> list[Article]:
    """The articles of a file that had to be read to tell whether it is an export; empty where it need not be."""
    kind = media_type_of(raw, name)
    if kind == "text/plain":
        if not raw.startswith(WIDE_MARKS) and not any(sign in raw for sign in EXPORT_SIGNS):
            return []
        decoded = decode(raw)
        whole = Article("", raw, kind, decoded.encoding, Page(decoded.text))
    elif kind in (RTF, DOCX):
        whole = Article("", raw, kind, page=read_document(raw, kind))
    else:
        return []
    return export_articles(whole.page.text, whole.encoding) or [whole]
