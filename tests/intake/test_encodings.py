"""Bytes to characters, one for one."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.errors import IntakeError
from travaux.intake import decode
from travaux.intake.encodings import declared_encoding

TEXT = "Erdoğan’s “offer” – 5 € – is naïve.\r\nÇa ne va pas, say the delegations."
WESTERN = "Erdogan’s “offer” – 5 € – is naïve.\r\nÇa ne va pas, say the delegations."
RUSSIAN = (
    "Россия требует, чтобы украинские войска ушли из Донецкой области, сообщил представитель Кремля в понедельник. " * 5
)


@pytest.mark.parametrize(
    ("raw", "encoding"),
    [
        (TEXT.encode("utf-8"), "utf-8"),
        (TEXT.encode("utf-8-sig"), "utf-8"),
        (b"\xff\xfe" + TEXT.encode("utf-16-le"), "utf-16-le"),
        (b"\xfe\xff" + TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (b"\xff\xfe\x00\x00" + TEXT.encode("utf-32-le"), "utf-32-le"),
    ],
)
def test_unicode_with_and_without_a_mark(raw: bytes, encoding: str) -> None:
    decoded = decode(raw)
    assert decoded.text == TEXT
    assert decoded.encoding == encoding


def test_windows_1252_undeclared() -> None:
    decoded = decode(WESTERN.encode("cp1252"))
    assert decoded.text == WESTERN
    assert decoded.encoding == "cp1252"


def test_cyrillic_is_not_taken_for_windows_1252() -> None:
    decoded = decode(RUSSIAN.encode("cp1251"))
    assert decoded.text == RUSSIAN


def test_russian_utf_16_without_a_mark() -> None:
    assert decode(RUSSIAN.encode("utf-16-le")).text == RUSSIAN


@pytest.mark.parametrize(
    ("head", "encoding"),
    [
        ('<meta charset="windows-1251">', "cp1251"),
        ('<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">', "koi8-r"),
        ('<?xml version="1.0" encoding="windows-1251"?>', "cp1251"),
    ],
)
def test_what_a_page_declares(head: str, encoding: str) -> None:
    page = f"{head}<html><body><p>{RUSSIAN}</p></body></html>"
    decoded = decode(page.encode(encoding), markup=True)
    assert decoded.text == page
    assert (decoded.encoding, decoded.how) == (encoding, "declared")


def test_pages_that_say_latin_1_are_windows_1252() -> None:
    page = '<meta charset="iso-8859-1"><p>“yes”</p>'
    assert decode(page.encode("cp1252"), markup=True).text == page


def test_a_wrong_declaration_is_not_believed_against_the_bytes() -> None:
    page = f'<meta charset="ascii-is-unknown"><p>{TEXT}</p>'
    assert decode(page.encode("utf-8"), markup=True).text == page
    page = f'<meta charset="utf-8"><p>{WESTERN}</p>'
    assert decode(page.encode("cp1252"), markup=True).text == page
    assert declared_encoding(b'<meta charset="base64">') is None


def test_a_declaration_in_plain_text_is_just_words() -> None:
    text = f'The page said <meta charset="koi8-r">. {TEXT}'
    assert decode(text.encode("utf-8")).text == text


@pytest.mark.parametrize(
    "raw",
    [
        b"%PDF-1.7\n%\xe2\xe3",
        b"PK\x03\x04" + bytes(100),
        b"\x89PNG\r\n\x1a\n" + bytes(50),
        b"\xff\xd8\xff\xe0" + bytes(50),
        b"{\\rtf1 hello}",
        b"words\x00and\x00\x00\x00zero bytes!!" * 10,
        bytes(range(1, 32)) * 20,
        b"\x00" * 64,
        bytes(range(256)) * 8,
    ],
)
def test_binary_files_are_refused_with_a_reason(raw: bytes) -> None:
    with pytest.raises(IntakeError, match="not a text file"):
        decode(raw)


def test_a_truncated_utf_16_file_is_refused() -> None:
    with pytest.raises(IntakeError, match="byte order mark says utf-16-le"):
        decode(b"\xff\xfe" + TEXT.encode("utf-16-le")[:-1])


def test_one_stray_control_character_is_damage_not_binary() -> None:
    text = "The delegations met.\x07 They parted.\x0c\nNext page."
    assert decode(text.encode()).text == text


@given(st.text(alphabet=st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_utf_8_comes_back_letter_for_letter(text: str) -> None:
    raw = text.encode("utf-8")
    expected = text[1:] if text.startswith("\ufeff") else text
    if raw.startswith((b"%PDF-", b"PK", b"GIF8", b"BZh", b"Rar!", b"{\\rtf")):
        return
    assert decode(raw).text == expected


@given(st.binary(max_size=300), st.booleans())
def test_any_bytes_are_text_or_refused(raw: bytes, markup: bool) -> None:
    try:
        decoded = decode(raw, markup=markup)
    except IntakeError as error:
        assert "\n" not in str(error)
    else:
        assert decoded.text.encode(decoded.encoding) in (raw, raw[2:], raw[3:], raw[4:])
