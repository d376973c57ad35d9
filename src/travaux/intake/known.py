"""What is known of a report from elsewhere: a feed, a corpus, an archive."""

from __future__ import annotations

import re
from dataclasses import dataclass

from travaux.model import PartialDate


@dataclass(frozen=True, slots=True)
class Described:
    """What others say of a report; it counts where neither the report itself nor a manifest says so.

    Attributes:
        title, author, publisher, url: None where nobody says.
        published, updated: with their basis.
        language: two-letter code; goes before our own guess at the language.
    """

    title: str | None = None
    author: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: PartialDate | None = None
    updated: PartialDate | None = None
    language: str | None = None


NOTHING = Described()


def encodable(text: str) -> str:
    """The text with U+FFFD for each half of a surrogate pair, which JSON can name and no file can hold; as long as before."""
    return _HALVES.sub("\ufffd", text)


_HALVES = re.compile("[\ud800-\udfff]")


def text_or_none(value: object) -> str | None:
    """A value where it is text."""
    return value if isinstance(value, str) else None


def in_one_line(value: object) -> str | None:
    """Text in one line of 500 characters at most; None for anything else, and where nothing is left."""
    return " ".join(value.split())[:500] or None if isinstance(value, str) else None


def language_code(value: str | None) -> str | None:
    """``en`` from ``en``, ``en-GB``, ``eng`` or ``English``; None for anything else."""
    named = (value or "").strip().casefold().replace("_", "-").partition("-")[0]
    if len(named) == 2 and named.isascii() and named.isalpha():
        return named
    return _LANGUAGES.get(named)


_LANGUAGES = {
    name: code
    for code, names in {
        "en": "eng english",
        "de": "deu ger german deutsch",
        "fr": "fra fre french français",
        "es": "spa spanish español",
        "it": "ita italian italiano",
        "ru": "rus russian русский",
        "uk": "ukr ukrainian українська",
        "ar": "ara arabic",
        "fa": "fas per persian farsi",
        "he": "heb hebrew",
        "tr": "tur turkish",
        "zh": "zho chi chinese",
        "ja": "jpn japanese",
        "pt": "por portuguese",
        "pl": "pol polish",
        "nl": "nld dut dutch",
    }.items()
    for name in names.split()
}
