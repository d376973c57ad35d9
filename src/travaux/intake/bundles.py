"""A file becomes its reports: one, or the many that a bundle holds (an archive, a corpus, an export of a news archive)."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from travaux.errors import IntakeError
from travaux.intake.encodings import decode
from travaux.intake.files import (
    FoundFile,
    Received,
    Refused,
    bytes_of,
    is_bundle,
    media_type_of,
    receive_bytes,
    report_of,
)
from travaux.intake.formats.article import Article
from travaux.intake.formats.documents import DOCX, RTF, read_document
from travaux.intake.formats.fields import Fields
from travaux.intake.formats.news_exports import export_articles
from travaux.intake.known import Described


def receive_each(found: FoundFile, fields: Fields | None = None) -> Iterator[Received | Refused]:
    """Reads one file; what cannot become a report is refused, never raised, and the rest of the file goes on.

    Args:
        fields: which field of a corpus holds what.
    """
    try:
        if found.problem is not None:
            raise found.problem
        if found.row is not None and found.row.problem is not None:
            raise found.row.problem
        articles = _bundled(found.path, fields or Fields()) if is_bundle(found.path.name) else None
        if articles is None:
            raw = bytes_of(found.path)
            exported = [] if found.row is not None else _exported(raw, found.name)
            if not exported:
                yield receive_bytes(raw, found.name, row=found.row)
                return
            articles = iter(exported)
        yield from _received(articles, found)
    except IntakeError as error:
        told = error if error.path else IntakeError(error.message, remedy=error.remedy, path=found.path)
        yield Refused(found.name, str(found.path), told)
    except OSError as error:
        told = IntakeError(f"cannot be read: {error.strerror or error}", path=found.path)
        yield Refused(found.name, str(found.path), told)
    except MemoryError:
        yield Refused(found.name, str(found.path), IntakeError("too large for the memory there is", path=found.path))


def _received(articles: Iterator[Article], found: FoundFile) -> Iterator[Received | Refused]:
    for article in articles:
        name = f"{found.name}/{article.part}" if article.part else found.name
        if article.problem is not None:
            yield Refused(name, str(found.path), article.problem)
            continue
        try:
            yield _one(article, name)
        except IntakeError as error:
            place = f"{found.path}: {article.part}"
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


def _bundled(path: Path, fields: Fields) -> Iterator[Article]:
    if not path.is_file():
        raise IntakeError("not a regular file", path=path)
    name = path.name.casefold()
    # Their libraries are loaded where such a file is met, not before.
    if name.endswith((".warc", ".warc.gz")):
        from travaux.intake.formats.warc import warc_articles

        return warc_articles(path)
    from travaux.intake.formats.articles import json_line_articles, parquet_articles

    return parquet_articles(path, fields) if name.endswith(".parquet") else json_line_articles(path, fields)


def _exported(raw: bytes, name: str) -> list[Article]:
    kind = media_type_of(raw, name)
    if kind == "text/plain":
        decoded = decode(raw)
        return export_articles(decoded.text, decoded.encoding)
    if kind in (RTF, DOCX):
        return export_articles(read_document(raw, kind).text)
    return []
