"""Which field of a corpus holds what: guessed by the usual names, or told by flags or a small file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from travaux.errors import RequestError

USUAL = {
    "text": "text body body_text content article_text articlebody fulltext full_text maintext main_text plain_text story",
    "html": "html body_html body_xhtml raw_html",
    "title": "title headline head",
    "author": "author authors byline creator by",
    "publisher": "publisher source source_name media_name outlet publication newspaper domain",
    "url": "url link uri href source_url canonical_url",
    "published": "published published_at publish_date publication_date pub_date pubdate date_published date_publish "
    "datepublished date firstcreated published_date",
    "updated": "updated updated_at date_modified modified datemodified versioncreated lastmod",
    "language": "language lang",
    "id": "id guid article_id doc_id stories_id story_id",
}
"""What each field of ours is usually called, in the order of preference; upper or lower case."""


@dataclass(frozen=True, slots=True)
class Fields:
    """Our field's name to the corpus's; what is not named is looked for under the usual names."""

    named: tuple[tuple[str, str], ...] = ()

    def of(self, row: Mapping[str, Any]) -> dict[str, Any]:
        """The values of a row by our names; those that are missing or empty are left out."""
        told = dict(self.named)
        lower = {key.casefold(): key for key in row}
        found: dict[str, Any] = {}
        for ours, usual in USUAL.items():
            value = value_at(row, told[ours]) if ours in told else _first(row, lower, usual.split())
            if value not in (None, "", []):
                found[ours] = value
        return found

    def columns(self, present: Iterable[str]) -> list[str]:
        """Those of the columns present that any value may come from."""
        wanted = {name for usual in USUAL.values() for name in usual.split()}
        wanted |= {name.partition(".")[0].casefold() for _, name in self.named} | {
            name.casefold() for _, name in self.named
        }
        return [name for name in present if name.casefold() in wanted]


def parse_fields(given: Iterable[str]) -> Fields:
    """Fields from ``text=body`` and the like.

    Raises:
        RequestError: not of that form, or no field of ours.
    """
    return Fields(tuple(_checked(one, *one.partition("=")[::2]) for one in given))


def load_fields(path: Path) -> Fields:
    """Fields from a small file with a line ``text: body`` for each.

    Raises:
        RequestError: it cannot be read, or a line is not of that form; names the line.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError("cannot be read as text", path=path) from error
    return Fields(tuple(_of_lines(path, lines)))


def _of_lines(path: Path, lines: list[str]) -> Iterator[tuple[str, str]]:
    for number, line in enumerate(lines, 1):
        if line.strip() and not line.lstrip().startswith("#"):
            ours, _, theirs = line.partition(":")
            try:
                yield _checked(line.strip(), ours.strip(), theirs.strip().strip("\"'"))
            except RequestError as error:
                raise RequestError(error.message, remedy=error.remedy, path=path, line=number) from None


def _checked(given: str, ours: str, theirs: str) -> tuple[str, str]:
    if ours not in USUAL or not theirs:
        told = f"{given!r} names no field" if ours not in USUAL else f"{given!r} names no column"
        raise RequestError(told, remedy=f"write FIELD=COLUMN, FIELD being one of {', '.join(USUAL)}")
    return ours, theirs


def value_at(row: Mapping[str, Any], name: str) -> Any:
    """The value of a column; ``a.b`` looks inside the column ``a`` where no column is called so."""
    if name in row:
        return row[name]
    at: Any = row
    for part in name.split("."):
        at = at.get(part) if isinstance(at, Mapping) else None
    return at


def _first(row: Mapping[str, Any], lower: Mapping[str, str], usual: list[str]) -> Any:
    return next((row[lower[name]] for name in usual if name in lower and row[lower[name]] not in (None, "", [])), None)
