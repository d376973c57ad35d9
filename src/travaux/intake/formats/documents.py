"""PDF, Word and rich text files: their text, in order. What they say of their making is no date of publication.

The three libraries come with the extra ``documents``.
"""

from __future__ import annotations

import io
import logging
import zipfile
from collections.abc import Iterator

from travaux.errors import IntakeError
from travaux.intake.known import in_one_line
from travaux.intake.web_pages import Page

PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
RTF = "application/rtf"
DOCUMENTS = {".pdf": PDF, ".docx": DOCX, ".rtf": RTF}

MOST_PAGES = 2_000
LARGEST_UNPACKED = 128 * 1024 * 1024
LONGEST_TEXT = 16 * 1024 * 1024
"""Characters; a document with more is a library."""


def read_document(raw: bytes, kind: str) -> Page:
    """The text of a document, its title and author where it names them.

    Args:
        kind: its media type, one of `DOCUMENTS`.

    Raises:
        IntakeError: it cannot be read, holds no text, or the extra is not installed.
    """
    reading = {PDF: _pdf, DOCX: _docx, RTF: _rtf}[kind]
    try:
        page = reading(raw)
    except ImportError:
        raise IntakeError(
            "reading PDF, Word and rich text files needs an extra", remedy="pip install 'travaux[documents]'"
        ) from None
    except (IntakeError, MemoryError):
        raise
    except Exception as error:  # strangers' files meet every corner of a parser; the other reports go on
        told = " ".join(str(error).split())[:200] or type(error).__name__
        raise IntakeError(f"this document cannot be read: {told}", remedy="save it as text") from error
    if not page.text.strip():
        remedy = "run it through text recognition first" if kind == PDF else ""
        raise IntakeError("there is no text in this document, images at most", remedy=remedy)
    if len(page.text) > LONGEST_TEXT:
        raise IntakeError(f"more than {LONGEST_TEXT:,} characters of text", remedy="split it")
    return page


def _pdf(raw: bytes) -> Page:
    import pypdf

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    document = pypdf.PdfReader(io.BytesIO(raw))
    if document.is_encrypted and not document.decrypt(""):
        raise IntakeError("this PDF asks for a password", remedy="save a copy without one")
    if len(document.pages) > MOST_PAGES:
        raise IntakeError(f"more than {MOST_PAGES:,} pages", remedy="split it")
    parts: list[str] = []
    length = 0
    for sheet in document.pages:
        parts.append(_clean(sheet.extract_text()).strip())
        length += len(parts[-1])
        if length > LONGEST_TEXT:
            break  # told by the caller
    told = document.metadata
    title, author = (told.title, told.author) if told else (None, None)
    return Page("\n\n".join(part for part in parts if part), _line(title), _line(author))


def _docx(raw: bytes) -> Page:
    import docx

    with zipfile.ZipFile(io.BytesIO(raw)) as packed:
        # The library unpacks every part; zipfile stops at the sizes told here, so they can be relied on.
        if sum(part.file_size for part in packed.infolist()) > LARGEST_UNPACKED:
            raise IntakeError(f"larger than {LARGEST_UNPACKED // 1024 // 1024} MiB when unpacked")
    document = docx.Document(io.BytesIO(raw))
    told = document.core_properties
    return Page("\n\n".join(_paragraphs(document)), _line(told.title), _line(told.author))


def _paragraphs(document: object) -> Iterator[str]:
    from docx.table import Table

    for part in document.iter_inner_content():  # type: ignore[attr-defined]
        if isinstance(part, Table):
            for row in part.rows:
                cells = dict.fromkeys(" ".join(cell.text.split()) for cell in row.cells)  # merged ones come twice
                if line := " | ".join(cell for cell in cells if cell):
                    yield line
        elif part.text.strip():
            yield _clean(part.text).strip()


def _rtf(raw: bytes) -> Page:
    from striprtf.striprtf import rtf_to_text

    text: str = rtf_to_text(raw.decode("latin-1"), errors="ignore")  # type: ignore[no-untyped-call]
    return Page(_clean(text).strip())


def _clean(text: str) -> str:
    """Without half characters, which cannot be stored, and zero characters."""
    return text.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _line(value: object) -> str | None:
    return in_one_line(_clean(value)) if isinstance(value, str) else None
