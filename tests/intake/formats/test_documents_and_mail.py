"""PDF, Word, rich text, e-mail and ninjs: real files, made here, and broken ones."""

from __future__ import annotations

import io
import json
import zipfile
from email.message import EmailMessage
from pathlib import Path

import docx
import pypdf
import pytest
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from travaux.errors import IntakeError
from travaux.intake import Received, find_files, receive_bytes, receive_files
from travaux.intake.formats import documents
from travaux.model import DateBasis, PartialDate

LINES = ("Talks on the ferry link", "Northland would accept the ferry link.", "Southland rejects the bridge.")


def a_pdf(*lines: str, password: str = "") -> bytes:
    """A PDF of one page a line of text."""
    writer = pypdf.PdfWriter()
    for line in lines or ("",):
        sheet = writer.add_blank_page(400, 400)
        font = DictionaryObject(
            {NameObject("/Type"): NameObject("/Font"), NameObject("/Subtype"): NameObject("/Type1"),
             NameObject("/BaseFont"): NameObject("/Helvetica")}
        )  # fmt: skip
        fonts = DictionaryObject({NameObject("/F1"): font})
        sheet[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 20 300 Td ({line}) Tj ET".encode("latin-1"))
        sheet[NameObject("/Contents")] = writer._add_object(stream)
    writer.add_metadata({"/Title": "The ferry link", "/Author": "Press office", "/CreationDate": "D:20240101000000Z"})
    if password:
        writer.encrypt(password)
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


def a_docx() -> bytes:
    document = docx.Document()
    document.core_properties.title = "The ferry link"
    document.add_paragraph(LINES[1])
    table = document.add_table(rows=1, cols=2)
    table.cell(0, 0).text, table.cell(0, 1).text = "Northland", "accepts"
    document.add_paragraph(LINES[2])
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


RTF = rb"{\rtf1\ansi\ansicpg1252{\fonttbl{\f0 Arial;}}\f0 Talks on the ferry link\par Northland said \'93yes\'94 \u8211? to the ferry link.\par}"


def test_a_pdf_gives_its_text_and_never_the_day_it_was_made() -> None:
    report = receive_bytes(a_pdf(*LINES), "a.pdf").report
    assert [line for line in report.text.splitlines() if line] == list(LINES)
    assert (report.title, report.author, report.media_type) == ("The ferry link", "Press office", "application/pdf")
    assert report.published is None
    assert receive_bytes(a_pdf(*LINES), "saved-as.txt").report.media_type == "application/pdf"


def test_a_word_file_gives_paragraphs_and_tables_in_order() -> None:
    report = receive_bytes(a_docx(), "a.docx").report
    assert report.text == f"{LINES[1]}\n\nNorthland | accepts\n\n{LINES[2]}"
    assert report.title == "The ferry link"
    assert report.published is None


def test_a_rich_text_file_gives_its_words() -> None:
    report = receive_bytes(RTF, "a.rtf").report
    assert report.text.splitlines() == [LINES[0], "Northland said “yes” – to the ferry link."]


@pytest.mark.parametrize(
    ("raw", "name", "told"),
    [
        (a_pdf(), "a.pdf", "no text in this document, images at most .*text recognition"),
        (a_pdf("secret", password="x"), "a.pdf", "asks for a password"),
        (a_pdf(*LINES)[:300], "a.pdf", "this document cannot be read"),
        (b"%PDF-1.7\n" + b"1 0 obj << /Type /Pages /Kids [1 0 R] >> endobj\n" * 50, "a.pdf", "cannot be read"),
        (b"PK\x03\x04 broken", "a.docx", "this document cannot be read"),
        (b"no zip at all", "a.docx", "this document cannot be read"),
        (b"{\\rtf1 }", "a.rtf", "no text in this document"),
        (b"{\\rtf1 " + b"{" * 100_000, "a.rtf", "no text in this document|cannot be read"),
    ],
)
def test_broken_and_empty_documents_are_one_line(raw: bytes, name: str, told: str) -> None:
    with pytest.raises(IntakeError, match=told) as refused:
        receive_bytes(raw, name)
    assert "\n" not in str(refused.value)


def test_a_word_file_that_unpacks_to_gigabytes_is_left() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("word/document.xml", "w") as part:
        for _ in range(160):
            part.write(bytes(1024 * 1024))
    with pytest.raises(IntakeError, match="larger than 128 MiB when unpacked"):
        receive_bytes(out.getvalue(), "a.docx")


def test_without_the_extra_it_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(raw: bytes) -> None:
        raise ModuleNotFoundError("No module named 'pypdf'")

    monkeypatch.setattr(documents, "_pdf", missing)
    with pytest.raises(IntakeError, match=r"needs an extra \(pip install 'travaux\[documents\]'\)"):
        receive_bytes(a_pdf(*LINES), "a.pdf")


# ------------------------------------------------------------------------------------------------ mail

PLAIN = "Northland would accept the ferry link, the ministry said.\n\n" + "The talks go on in the autumn. " * 10


def a_message(plain: str = "", html: str = "", **headers: str) -> bytes:
    message = EmailMessage()
    told = {
        "Subject": "The ferry – link",
        "From": "Press office <press@ministry.example>",
        "Date": "Mon, 18 Aug 2025 23:10:00 +0300",
    }
    for name, value in {**told, **headers}.items():
        message[name] = value
    if plain:
        message.set_content(plain)
    if html:
        message.add_alternative(html, subtype="html") if plain else message.set_content(html, subtype="html")
    return message.as_bytes()


def test_a_message_gives_its_words_sender_and_the_day_it_was_sent() -> None:
    report = receive_bytes(a_message(PLAIN), "a.eml").report
    assert "Northland would accept the ferry link" in report.text
    assert (report.title, report.publisher) == ("The ferry – link", "Press office")
    assert report.published == PartialDate("2025-08-18", DateBasis.PAGE)


def test_the_html_of_a_message_counts_where_its_plain_part_only_points_to_it() -> None:
    html = f"<html><body><p>{PLAIN}</p></body></html>"
    for plain in ("", "See the HTML version."):
        assert "Northland would accept" in receive_bytes(a_message(plain, html), "a.eml").report.text
    assert receive_bytes(a_message(PLAIN, "<p>Look!</p>"), "a.eml").report.text.startswith("Northland")


def test_odd_messages_are_read_or_told() -> None:
    unknown = b"Subject: x\r\nContent-Type: text/plain; charset=martian\r\n\r\nNorthland accepts the ferry.\r\n"
    assert "Northland accepts" in receive_bytes(unknown, "a.eml").report.text
    for raw in (b"", b"Subject: nothing\r\n\r\n", b"Content-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n"):
        with pytest.raises(IntakeError, match="no text in this message|cannot be read"):
            receive_bytes(raw, "a.eml")


# ------------------------------------------------------------------------------------------------ ninjs

ITEM = {
    "uri": "https://agency.example/item/1",
    "headline": "Talks on the ferry link",
    "byline": "A. Reporter",
    "body_text": "Northland would accept the ferry link.",
    "firstcreated": "2025-08-18T21:00:00+03:00",
    "versioncreated": "2025-08-19T08:00:00+03:00",
    "language": "en-GB",
    "provider": {"name": "Agency"},
}


def test_a_news_item_gives_first_day_and_version_apart() -> None:
    report = receive_bytes(json.dumps(ITEM).encode(), "a.ninjs").report
    assert report.text == "Talks on the ferry link\n\nNorthland would accept the ferry link."
    assert (report.published, report.updated) == (
        PartialDate("2025-08-18", DateBasis.PAGE),
        PartialDate("2025-08-19", DateBasis.PAGE),
    )
    assert (report.publisher, report.author, report.language) == ("Agency", "A. Reporter", "en")
    assert report.url == ITEM["uri"]


def test_news_items_of_later_versions_are_read() -> None:
    later = {
        "uri": "urn:1",
        "headlines": [{"role": "main", "value": "Talks"}],
        "bodies": [{"role": "main", "contenttype": "application/xhtml+xml", "value": "<p>Northland <b>accepts</b> it.</p><p>So.</p>"}],
        "versioncreated": "2025-08-19T08:00:00Z",
    }  # fmt: skip
    report = receive_bytes(json.dumps(later).encode(), "a.json").report
    assert report.text == "Talks\n\nNorthland accepts it.\n\nSo."
    assert report.published == PartialDate("2025-08-19", DateBasis.PAGE)
    assert report.url is None


def test_in_a_folder_only_news_items_are_meant(tmp_path: Path) -> None:
    (tmp_path / "item.json").write_text(json.dumps(ITEM))
    (tmp_path / "package.json").write_text('{"name": "x"}')
    assert [one.name for one in find_files([tmp_path])] == ["item.json"]
    (refused,) = receive_files([tmp_path / "package.json"])
    assert not isinstance(refused, Received)
    assert "no news item of ninjs" in str(refused.error)
    for raw in (b"{", b"[" * 200_000, b'{"uri": "x", "body_text": " "}'):
        with pytest.raises(IntakeError, match="broken JSON|no news item|no text"):
            receive_bytes(raw, "a.json")
