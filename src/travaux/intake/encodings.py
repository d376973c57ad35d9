"""Bytes to characters, one for one: nothing is normalised, replaced or dropped but a byte order mark.

The order of trust: byte order mark, declaration inside a page, strict UTF-8, UTF-16 by the pattern of its zero bytes,
Windows-1252 where the result looks like words, and last a statistical guess (charset-normalizer).
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from charset_normalizer import from_bytes

from travaux.errors import IntakeError

# Longer marks first: the UTF-32 mark begins with the UTF-16 one.
BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

MAGIC_BYTES = (
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or Office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xd0\xcf\x11\xe0", "an old Office document"),
    (b"{\\rtf", "a rich text document"),
    (b"SQLite format 3\x00", "a SQLite database"),
    (b"\x7fELF", "a program"),
    (b"\x00asm", "a program"),
)

DECLARATION_WINDOW = 4096
"""How far into a page a declaration is looked for; HTML asks for the first 1024 bytes, real pages are later."""

SAMPLE_BYTES = 262_144
"""How much of a long file the plausibility checks and the statistical guess look at."""

MOST_CONTROL_CHARACTERS = 0.005
"""More control characters than this share of a text mean a binary file; form feeds in scanned texts stay far below."""

MOST_HIGH_LETTERS = 0.25
"""Western European text has under a fifth of its letters beyond ASCII; Cyrillic misread as Windows-1252 nearly all."""

_XML_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?encoding\s*=\s*["']([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_META_CHARSET = re.compile(rb"""<meta[^>]{0,400}?charset\s*=\s*["']?\s*([A-Za-z0-9._:-]{2,40})""", re.IGNORECASE)
_CONTROL = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")

# What the WHATWG encoding standard prescribes: pages that say Latin-1 or ASCII are in truth Windows-1252.
_DECLARED_AS = {"iso8859-1": "cp1252", "ascii": "cp1252"}


@dataclass(frozen=True, slots=True)
class Decoded:
    """Characters and the encoding they were read in.

    Attributes:
        text: the characters, the byte order mark excepted.
        encoding: Python's name of the encoding, such as ``utf-8`` or ``cp1252``.
        how: what tells the encoding: ``mark``, ``declared``, ``valid``, ``pattern``, ``plausible`` or ``guess``.
    """

    text: str
    encoding: str
    how: str


def decode(raw: bytes, *, markup: bool = False, charset: str | None = None) -> Decoded:
    """Reads bytes as text.

    Args:
        raw: the whole file.
        markup: True for HTML, where a declaration inside the bytes is believed before any guess.
        charset: what the server that sent them called their encoding; goes before a declaration inside.

    Raises:
        IntakeError: the bytes are no text, or in no encoding that can be told.
    """
    for mark, encoding in BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _checked(_strictly(raw[len(mark) :], encoding, "byte order mark says"), encoding, "mark")
    _refuse_known_binary(raw)
    named = known_encoding(charset) if charset else None
    for declared in (named, declared_encoding(raw) if markup else None):
        if declared is None:
            continue
        try:
            return _checked(raw.decode(declared), declared, "declared")
        except UnicodeDecodeError:
            pass  # a wrong declaration is common; the bytes themselves are better evidence
    if (wide := _wide_encoding(raw)) is not None:
        return _checked(_strictly(raw, wide, "zero bytes suggest"), wide, "pattern")
    if b"\x00" in raw[:SAMPLE_BYTES]:
        raise IntakeError("not a text file: it contains zero bytes", remedy="convert it to text, Markdown or HTML")
    try:
        return _checked(raw.decode("utf-8"), "utf-8", "valid")
    except UnicodeDecodeError:
        pass
    return _legacy(raw)


def declared_encoding(raw: bytes) -> str | None:
    """Python's name of the encoding a page declares in its XML declaration or a meta tag, or None."""
    window = raw[:DECLARATION_WINDOW]
    found = _XML_DECLARATION.search(window) or _META_CHARSET.search(window)
    if found is None:
        return None
    name = known_encoding(found.group(1).decode("ascii"))
    # A declaration that could be read byte by byte is proof that the bytes are not UTF-16.
    return None if name is None or name.startswith(("utf-16", "utf-32")) else name


def known_encoding(declared: str) -> str | None:
    """Python's name of an encoding as pages and servers name it, or None."""
    try:
        name = codecs.lookup(declared).name
        b"text".decode(name, "ignore")
    except (LookupError, ValueError):
        return None  # unknown, or one of Python's codecs that do not give text
    return _DECLARED_AS.get(name, name)


def _legacy(raw: bytes) -> Decoded:
    sample = raw[:SAMPLE_BYTES]
    try:
        western = sample.decode("cp1252")
    except UnicodeDecodeError:
        western = ""
    if western and _looks_western(western):
        try:
            return _checked(raw.decode("cp1252"), "cp1252", "plausible")
        except UnicodeDecodeError:
            pass
    _refuse_control_characters(sample.decode("latin-1"))
    for guess in from_bytes(sample):
        encoding = codecs.lookup(guess.encoding).name
        try:
            text = raw.decode(encoding)
            # Some old encodings read two bytes as one character: the text would no longer tell which it was.
            if text.encode(encoding) == raw:
                return _checked(text, encoding, "guess")
        except UnicodeError:
            continue
    raise IntakeError("in an encoding that cannot be told", remedy="save it as UTF-8")


def _looks_western(text: str) -> bool:
    high_letters = letters = 0
    for character in text:
        if character.isalpha():
            letters += 1
            high_letters += character > "\x7f"
    return high_letters <= MOST_HIGH_LETTERS * letters


def _wide_encoding(raw: bytes) -> str | None:
    """UTF-16 without a mark: in scripts of the first few blocks every other byte is one of very few values."""
    sample = raw[:4096]
    if len(raw) % 2 or len(sample) < 4 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2], sample[1::2]
    # Zero bytes stand for the high half of ASCII; text has at least spaces and line ends, whatever the script.
    low_end_first = odd.count(0) > 0.1 * len(odd) and even.count(0) == 0
    high_end_first = even.count(0) > 0.1 * len(even) and odd.count(0) == 0
    return "utf-16-le" if low_end_first else "utf-16-be" if high_end_first else None


def _strictly(raw: bytes, encoding: str, because: str) -> str:
    try:
        return raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise IntakeError(
            f"{because} {encoding}, but byte {error.start + 1} does not fit it", remedy="save it as UTF-8"
        ) from error


def _checked(text: str, encoding: str, how: str) -> Decoded:
    _refuse_control_characters(text)
    return Decoded(text, encoding, how)


def _refuse_known_binary(raw: bytes) -> None:
    for magic, what in MAGIC_BYTES:
        if raw.startswith(magic):
            raise IntakeError(f"not a text file but {what}", remedy="convert it to text, Markdown or HTML")


def _refuse_control_characters(text: str) -> None:
    if "\x00" in text:
        raise IntakeError("not a text file: it contains zero characters", remedy="convert it to text, Markdown or HTML")
    controls = len(_CONTROL.findall(text[:SAMPLE_BYTES]))
    # One stray control character is damage in a text; a share of them is a binary file.
    if controls > 1 and controls > MOST_CONTROL_CHARACTERS * min(len(text), SAMPLE_BYTES):
        raise IntakeError(
            f"not a text file: {controls} control characters in its beginning",
            remedy="convert it to text, Markdown or HTML",
        )
