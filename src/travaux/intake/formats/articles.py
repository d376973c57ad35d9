"""JSON lines and Parquet: one article a row.

A row's bytes are kept: the line as it is, or a Parquet row as one line of JSON.
"""

from __future__ import annotations

import gzip
import json
import re
import zlib
from collections.abc import Callable, Iterator, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any, cast

from travaux.errors import IntakeError
from travaux.intake.dating import plausible
from travaux.intake.formats.article import PASSED_OVER, Article
from travaux.intake.formats.fields import Fields
from travaux.intake.known import Described, in_one_line, language_code
from travaux.intake.web_pages import Page, read_page
from travaux.model import DateBasis, PartialDate

LONGEST_LINE = 16 * 1024 * 1024
ROWS_AT_ONCE = 64
LONGEST_PART = 80
_UNFIT = re.compile(r"[^\w.-]+")
MOST_BROKEN = 20
"""Broken lines in a row after which a file is held for no file of articles."""


def json_line_articles(path: Path, fields: Fields, wanted: Callable[[], bool] = lambda: True) -> Iterator[Article]:
    """The articles of a file of JSON lines, packed with gzip or not.

    Args:
        wanted: asked before each is made; `PASSED_OVER` stands in place of those that are not.
    """
    broken = 0
    with cast("IO[bytes]", gzip.open(path) if path.name.lower().endswith(".gz") else path.open("rb")) as file:
        number = 0
        while True:
            try:
                line = file.readline(LONGEST_LINE + 1)
                number += 1
                if len(line) > LONGEST_LINE:
                    yield _refused(path, number, f"this line is longer than {LONGEST_LINE // 1024 // 1024} MiB")
                    if not _skipped_line(file, line):
                        yield _refused(path, number, "no end of it within reach: the rest is left out")
                        return
                    continue
            except (OSError, EOFError, zlib.error) as error:
                yield _refused(path, number, f"the file breaks off here: {error}")
                return
            if not line:
                return
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except (ValueError, RecursionError):
                row = None
            if isinstance(row, dict):
                broken = 0
                part = f"{number:06}"
                own = wanted()
                yield article_of_row(row, fields, line.rstrip(b"\r\n"), part, path, number) if own else PASSED_OVER
                continue
            broken += 1
            yield _refused(path, number, "this line is no JSON object")
            if broken >= MOST_BROKEN:
                yield _refused(path, number, f"{MOST_BROKEN} lines in a row that are none: the rest is left out")
                return


def _skipped_line(file: IO[bytes], line: bytes) -> bool:
    """Whether the end of a line is reached before the rest of it is taken for a bomb."""
    for _ in range(16):
        if not line or line.endswith(b"\n"):
            return True
        line = file.readline(LONGEST_LINE)
    return False


def parquet_articles(path: Path, fields: Fields, wanted: Callable[[], bool] = lambda: True) -> Iterator[Article]:
    """The articles of a Parquet file, a few rows in memory at a time; see `json_line_articles` for `wanted`."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise IntakeError(
            "reading Parquet needs an extra", remedy="pip install 'travaux[parquet]'", path=path
        ) from None
    try:
        with parquet.ParquetFile(path) as file:
            columns = fields.columns(file.schema_arrow.names)
            number = 0
            for batch in file.iter_batches(batch_size=ROWS_AT_ONCE, columns=columns):
                for row in batch.to_pylist():
                    number += 1
                    if not wanted():
                        yield PASSED_OVER
                        continue
                    raw = json.dumps(row, ensure_ascii=False, default=str, sort_keys=True).encode("utf-8", "replace")
                    yield article_of_row(row, fields, raw, f"{number:06}", path, number)
    except (pyarrow.ArrowException, OSError, ValueError) as error:
        told = str(error).strip().splitlines()
        raise IntakeError(f"no Parquet file that can be read: {told[0][:200] if told else ''}", path=path) from error


def article_of_row(row: Mapping[str, Any], fields: Fields, raw: bytes, part: str, path: Path, number: int) -> Article:
    """The article that a row holds.

    Args:
        part: its name inside the file, where the row itself gives no id. number: of the row, from 1, for messages.
    """
    found = fields.of(row)
    html, text = found.get("html"), found.get("text")
    page: Page | None = None
    if isinstance(text, str) and text.strip():
        page = Page(text)
    elif isinstance(html, str) and html.strip():
        page = read_page(html, url=_line(found.get("url")))
    if page is None or not page.text.strip():
        have = ", ".join(list(row)[:8]) or "nothing"
        return _refused(path, number, f"no text among the fields {have}", remedy="name its field: --field text=COLUMN")
    described = Described(
        title=_line(found.get("title")),
        author=_line(found.get("author")),
        publisher=_line(found.get("publisher")),
        url=_line(found.get("url")),
        published=date_told(found.get("published")),
        updated=date_told(found.get("updated")),
        language=language_code(_line(found.get("language"))),
    )
    named = found.get("id")
    own = _UNFIT.sub("-", str(named))[:LONGEST_PART].strip("-.") if isinstance(named, str | int) else ""
    return Article(own or part, raw, "application/json", "utf-8", page, described)


def date_told(value: object) -> PartialDate | None:
    """A date as a corpus has it: text (``2025-08-18…``, ``18 August 2025``), a time stamp of a Parquet file, or
    seconds since 1970; None for anything else."""
    if isinstance(value, datetime | date):
        return plausible(value.isoformat()[:10], DateBasis.MANIFEST)
    if isinstance(value, int | float) and not isinstance(value, bool):
        seconds = value / 1000 if value > 100_000_000_000 else value
        try:
            return plausible(datetime.fromtimestamp(seconds, UTC).date().isoformat(), DateBasis.MANIFEST)
        except (ValueError, OverflowError, OSError):
            return None
    if not isinstance(value, str):
        return None
    told = value.strip()
    if len(told) in (4, 7) and told[:4].isdigit():
        return plausible(told, DateBasis.MANIFEST)
    if len(told) == 8 and told.isdigit():
        return plausible(f"{told[:4]}-{told[4:6]}-{told[6:]}", DateBasis.MANIFEST)
    from travaux.intake.dating import machine_date

    return machine_date(told, DateBasis.MANIFEST)


def _line(value: object) -> str | None:
    if isinstance(value, list | tuple):
        value = ", ".join(one for one in value if isinstance(one, str))
    if isinstance(value, Mapping):
        value = value.get("name")
    return in_one_line(value)


def _refused(path: Path, number: int, told: str, *, remedy: str = "") -> Article:
    return Article(f"{number:06}", problem=IntakeError(told, remedy=remedy, path=path, line=number))
