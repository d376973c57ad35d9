"""Files and folders on disk: each becomes a report or is refused with a reason, and the rest go on."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from travaux.errors import IntakeError
from travaux.intake import Received, Refused, find_files, manifest_warnings, receive_bytes, receive_files
from travaux.intake import files as files_module
from travaux.intake.manifest import ManifestRow
from travaux.model import DateBasis, PartialDate, report_id

BODY = (
    "Talks end in Geneva\n\nThe delegations left on Friday without a result, and no date was set for another round.\n"
)


def filled(folder: Path, **contents: str | bytes) -> Path:
    for name, content in contents.items():
        path = folder / name.replace("__", "/").replace("_dot_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))
    return folder


def names(paths: list[Path]) -> list[str]:
    return [found.name for found in find_files(paths)]


def test_a_folder_gives_its_reports_sorted_with_their_path_below_it(tmp_path: Path) -> None:
    filled(
        tmp_path,
        b_dot_txt=BODY,
        a_dot_MD=BODY,
        sub__c_dot_html=BODY,
        sub__deep__d_dot_htm=BODY,
        _dot_hidden__e_dot_txt=BODY,
        _dot_f_dot_txt=BODY,
        picture_dot_jpg=b"\xff\xd8\xff",
        manifest_dot_csv="file,title\n",
    )
    assert names([tmp_path]) == ["a.MD", "b.txt", "sub/c.html", "sub/deep/d.htm"]


def test_other_kinds_are_left_out_and_counted(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY, b_dot_jpg=b"x", c_dot_jpg=b"x", README="x")
    told: list[str] = []
    assert len(list(receive_files([tmp_path], progress=told.append))) == 1
    assert told == ["a.txt", "left out 3 files of other kinds: no ending 1, .jpg 2"]


def test_a_folder_with_an_agenda_gives_only_its_reports(tmp_path: Path) -> None:
    filled(
        tmp_path,
        agenda_dot_yaml="title: x",
        notes_dot_md="# not a report",
        reports__a_dot_txt=BODY,
        reports__sub__b_dot_txt=BODY,
        manifest_dot_csv="file,title\na.txt,First\nsub/b.txt,Second\n",
    )
    received = list(receive_files([tmp_path]))
    assert [(item.report.name, item.report.title) for item in received if isinstance(item, Received)] == [
        ("a.txt", "First"),
        ("sub/b.txt", "Second"),
    ]
    assert all(item.report.listed for item in received if isinstance(item, Received))


def test_naming_the_reports_folder_or_a_file_in_it_finds_the_manifest_beside_it(tmp_path: Path) -> None:
    filled(tmp_path, reports__a_dot_txt=BODY, manifest_dot_csv="file,title\na.txt,First\n")
    for path in (tmp_path / "reports", tmp_path / "reports" / "a.txt"):
        (item,) = receive_files([path])
        assert isinstance(item, Received)
        assert (item.report.name, item.report.title) == ("a.txt", "First")


def test_the_nearest_manifest_counts(tmp_path: Path) -> None:
    filled(
        tmp_path,
        sub__a_dot_txt=BODY,
        sub__b_dot_txt=BODY,
        manifest_dot_csv="file,title\nsub/a.txt,Far\nsub/b.txt,Far\n",
        sub__manifest_dot_csv="file,title\na.txt,Near\n",
    )
    titles = [item.report.title for item in receive_files([tmp_path]) if isinstance(item, Received)]
    assert titles == ["Near", "Far"]


def test_a_manifest_overrides_what_the_report_says(tmp_path: Path) -> None:
    page = '<html><head><title>Page</title><meta property="article:published_time" content="2025-01-01"></head>'
    page += f"<body><h1>Page</h1><p>{BODY}</p></body></html>"
    filled(
        tmp_path,
        a_dot_html=page,
        manifest_dot_csv="file,publisher,published,url,title\na.html,Lake Herald,2025-08,https://x.example/2024/01/02/a,Listed\n",
    )
    (item,) = receive_files([tmp_path])
    assert isinstance(item, Received)
    report = item.report
    assert report.published == PartialDate("2025-08", DateBasis.MANIFEST)
    assert (report.title, report.publisher, report.url) == ("Listed", "Lake Herald", "https://x.example/2024/01/02/a")


def test_one_bad_file_never_stops_the_others(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY, b_dot_txt=b"\x89PNG\r\n", c_dot_txt=b"", d_dot_txt=bytes(100), e_dot_txt=BODY)
    items = list(receive_files([tmp_path]))
    assert [type(item) for item in items] == [Received, Refused, Received, Refused, Received]
    refused = items[1]
    assert isinstance(refused, Refused)
    assert refused.name == "b.txt"
    assert str(refused.error) == (
        f"{tmp_path / 'b.txt'}: not a text file but a PNG image (convert it to text, Markdown or HTML)"
    )


@pytest.mark.parametrize("content", [b"", b" \r\n\t ", "\ufeff".encode()])
def test_an_empty_file_is_a_report_without_blocks(content: bytes) -> None:
    report = receive_bytes(content, "empty.txt").report
    assert report.blocks == ()
    assert report.text.strip() == ""
    assert report.title is None
    assert report.language is None


def test_a_bad_row_refuses_its_report_and_no_other(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY, b_dot_txt=BODY, manifest_dot_csv="file,published\na.txt,soon\nb.txt,2025\n")
    first, second = receive_files([tmp_path])
    assert isinstance(first, Refused)
    assert f"{tmp_path / 'manifest.csv'}:2" in str(first.error)
    assert isinstance(second, Received)


def test_a_broken_manifest_is_told_once_and_the_reports_go_on(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY, b_dot_txt=BODY, manifest_dot_csv="name\nx\n")
    items = list(receive_files([tmp_path]))
    assert [(type(item), getattr(item, "name", None)) for item in items] == [
        (Refused, "manifest.csv"),
        (Received, None),
        (Received, None),
    ]


def test_what_is_named_and_cannot_be_a_report_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_doc=b"\xd0\xcf", manifest_dot_csv="file\n")
    os.mkfifo(tmp_path / "pipe.txt")
    os.symlink(tmp_path / "gone", tmp_path / "link.txt")
    named = ["a.doc", "nothing.txt", "manifest.csv", "pipe.txt", "link.txt"]
    items = list(receive_files([tmp_path / name for name in named]))
    told = [str(item.error) for item in items if isinstance(item, Refused)]
    assert len(told) == len(named)
    assert "cannot read files ending in .doc" in told[0]
    assert "no such file or folder" in told[1]
    assert "a manifest is no report" in told[2]
    assert "not a regular file" in told[3]
    assert "cannot be read" in told[4]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_a_file_without_permission_is_refused(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY)
    (tmp_path / "a.txt").chmod(0)
    (item,) = receive_files([tmp_path])
    assert isinstance(item, Refused)
    assert "Permission denied" in str(item.error)


def test_links_in_circles_end(tmp_path: Path) -> None:
    filled(tmp_path, sub__a_dot_txt=BODY)
    os.symlink(tmp_path, tmp_path / "sub" / "again")
    assert names([tmp_path]) == ["sub/a.txt"]


def test_the_same_file_named_twice_is_found_once(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY)
    assert names([tmp_path, tmp_path / "a.txt", tmp_path / "." / "a.txt"]) == ["a.txt"]


def test_a_file_name_that_is_no_utf_8_can_be_stored(tmp_path: Path) -> None:
    raw_name = os.fsencode(tmp_path) + b"/caf\xe9.txt"
    try:
        with open(raw_name, "wb") as file:
            file.write(BODY.encode())
    except OSError:
        pytest.skip("this file system takes only UTF-8 names")
    (item,) = receive_files([tmp_path])
    assert isinstance(item, Received)
    assert item.report.name == "caf\\xe9.txt"
    item.report.name.encode("utf-8")


def test_a_file_over_the_limit_is_refused_unread(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files_module, "LARGEST_FILE", 3 * 1024 * 1024)
    path = tmp_path / "a.txt"
    with path.open("wb") as file:
        file.truncate(3 * 1024 * 1024 + 1)
    (item,) = receive_files([path])
    assert isinstance(item, Refused)
    assert str(item.error) == f"{path}: larger than 3 MiB (split it)"
    with pytest.raises(IntakeError, match="larger than 3 MiB"):
        receive_bytes(bytes(3 * 1024 * 1024 + 1), "a.txt")


def test_bytes_are_kept_and_the_text_is_theirs_exactly() -> None:
    raw = "\ufeffTalks\r\n\r\nO\u0308zil met I\u0307nönü.\u2028Next\u00a0line \U0001f54a\r\n".encode()
    received = receive_bytes(raw, "sub/a.txt")
    assert received.raw == raw
    assert received.report.text == raw.decode("utf-8-sig")
    assert received.report.sha256 == hashlib.sha256(raw).hexdigest()
    assert received.report.id == report_id("sub/a.txt", received.report.sha256)
    assert received.report.media_type == "text/plain"


def test_media_types_by_name_and_by_beginning() -> None:
    assert receive_bytes(BODY.encode(), "a.md").report.media_type == "text/markdown"
    assert (
        receive_bytes(b"\n<!DOCTYPE html><html><body><p>x</p></body></html>", "a.txt").report.media_type == "text/html"
    )
    assert receive_bytes(BODY.encode(), "stdin-0123456789ab.txt").report.media_type == "text/plain"
    with pytest.raises(IntakeError, match="image/png is no kind of report"):
        receive_bytes(BODY.encode(), "a.txt", media_type="image/png")


def test_a_bad_row_is_raised_for_bytes() -> None:
    problem = IntakeError("published 'soon' of 'a.txt' is no date", path="manifest.csv", line=2)
    with pytest.raises(IntakeError, match=r"manifest\.csv:2"):
        receive_bytes(BODY.encode(), "a.txt", row=ManifestRow("a.txt", 2, problem=problem))


def test_rows_without_files_are_warned_about(tmp_path: Path) -> None:
    filled(tmp_path, reports__a_dot_txt=BODY, manifest_dot_csv="file\na.txt\ngone.txt\n")
    expected = (f"{tmp_path / 'manifest.csv'}:3: there is no file 'gone.txt'",)
    assert manifest_warnings([tmp_path]) == expected
    assert manifest_warnings([tmp_path / "reports"]) == expected
    assert manifest_warnings([tmp_path / "reports" / "a.txt"]) == expected


def test_the_same_input_gives_the_same_reports(tmp_path: Path) -> None:
    filled(tmp_path, a_dot_txt=BODY, b_dot_html=f"<html><body><p>{BODY}</p></body></html>")
    assert list(receive_files([tmp_path])) == list(receive_files([tmp_path]))
