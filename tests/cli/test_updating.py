"""sources, update, changes, date and add by address, on the command line."""

from __future__ import annotations

import email
import email.policy
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from web_stubs import Site, article, page, redirect, running_site

FEED = b"<rss version='2.0'><channel><title>Lake Herald</title><item><link>/one</link></item></channel></rss>"
AGENDA = """\
title: The link
notice: Exercise.
parties:
  - {id: northland, name: Northland}
  - {id: southland, name: Southland}
issues:
  - id: link
    title: The link
    options:
      - {id: ferry, says: A ferry links the two shores, words: [ferry link]}
      - {id: bridge, says: A bridge is built, words: [the bridge]}
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        running.pages |= {"/feed": page(FEED), "/one": page(article("One"))}
        yield running


@pytest.fixture
def talks(travaux, tmp_path: Path) -> Path:
    """An empty record with an agenda that can be used."""
    folder = tmp_path / "talks"
    folder.mkdir()
    (folder / "agenda.yaml").write_text(AGENDA)
    assert travaux("new", folder).code == 0
    return folder


@pytest.fixture
def web(site: Site) -> list[str]:
    return ["--allow-loopback", site.host, "--delay", "0"]


def test_from_a_feed_to_an_e_mail(travaux, talks: Path, site: Site, web: list[str]) -> None:
    added = travaux("sources", "add", talks, site.url("/feed"), *web)
    assert (added.code, added.told) == (0, [f"Kept as feed, Lake Herald: {site.url('/feed')}"])
    told = travaux("update", talks, *web)
    assert told.code == 0
    assert "New reports (1)\n- One\n" in told.out
    assert "New statements (" in told.out
    assert told.told[-1].startswith("1 source asked, 1 page fetched: 1 report, ")
    again = travaux("update", talks, *web)
    assert (again.code, again.out) == (0, ""), "cron sends no mail about nothing"
    assert again.told == ["1 source asked, 0 pages fetched: nothing new."]
    mail = travaux("changes", talks, "--since", "2025-01-01", "--format", "eml", "--to", "desk@a.example")
    message = email.message_from_string(mail.out, policy=email.policy.default)
    assert message["To"] == "desk@a.example"
    assert "- One" in message.get_body(("plain",)).get_content()
    (source,) = json.loads(travaux("sources", "list", talks, "--json").out)
    assert (source["id"], source["kind"], source["url"], source["problem"]) == ("1", "feed", site.url("/feed"), None)
    assert source["polled"]
    assert travaux("sources", "remove", talks, "1").told == [f"Removed: {site.url('/feed')}"]
    assert "No sources yet" in travaux("sources", "list", talks).out
    assert len(travaux("reports", talks, "--jsonl").out.splitlines()) == 1, "what it brought stays"


def test_an_atom_feed_is_written_all_the_same(travaux, talks: Path, site: Site, web: list[str], tmp_path: Path) -> None:
    travaux("sources", "add", talks, site.url("/feed"), *web)
    place = tmp_path / "out" / "changes.atom"
    for _ in range(2):
        done = travaux("update", talks, "--format", "atom", "-o", place, *web)
        assert done.code == 0
        assert place.read_text().count('<category term="report"') == 1, "earlier news stay for those who come later"
    for command in ("update", "changes"):
        refused = travaux(command, talks, "--to", "x@a.example")
        assert (refused.code, refused.out) == (2, "")
        assert "only an e-mail has a sender and a receiver (add --format eml)" in refused.err


def test_what_fails_is_one_line_and_the_code_says_so(travaux, talks: Path, site: Site, web: list[str]) -> None:
    site.pages["/private"] = redirect("http://169.254.169.254/latest/")
    for path in ("/private", "/none", "/feed"):
        travaux("sources", "add", talks, site.url(path), "--kind", "feed")
    told = travaux("update", talks, *web)
    assert told.code == 1
    assert "New reports (1)" in told.out
    assert told.told[:2] == [
        f"Source: {site.url('/private')}: refused: 169.254.169.254 is a link-local address (169.254.169.254)",
        f"Source: {site.url('/none')}: answers 404: no such page",
    ]


def test_without_the_flag_this_machine_is_not_asked(travaux, talks: Path, site: Site) -> None:
    told = travaux("sources", "add", talks, site.url("/feed"))
    assert told.code == 1
    assert "refused: 127.0.0.1 is an address of this machine" in told.err
    assert travaux("add", talks, site.url("/one")).code == 1
    assert site.asked == []


def test_pages_are_added_by_their_address_beside_files(
    travaux, talks: Path, site: Site, web: list[str], tmp_path: Path
) -> None:
    (tmp_path / "a.txt").write_text("Southland rejects the bridge, its minister said on Monday.\n")
    told = travaux("add", talks, tmp_path / "a.txt", site.url("/one"), site.url("/none"), *web)
    assert told.code == 1
    assert told.told == [f"Refused: {site.url('/none')}: answers 404: no such page", "2 reports added, 1 refused."]
    again = travaux("add", talks, site.url("/one"), *web)
    assert again.told == ["0 reports added, 1 known already."]
    site.pages["/robots.txt"] = page(b"User-agent: *\nDisallow: /\n", "text/plain")
    assert travaux("add", talks, site.url("/two"), *web).code == 1
    site.pages["/two"] = page(
        article("Two", first="Northland is of two minds about the bridge, a minister said on Tuesday.")
    )
    assert travaux("add", talks, site.url("/two"), "--ignore-robots", *web).code == 0


def test_a_corpus_is_added_with_its_fields_told(travaux, talks: Path, tmp_path: Path) -> None:
    corpus = tmp_path / "corpus.jsonl"
    corpus.write_text('{"story": "Northland would accept the ferry link.", "day": "2025-08-18"}\n{"story": 5}\n')
    told = travaux("add", talks, corpus, "--field", "text=story", "--field", "published=day")
    assert told.code == 1
    assert told.told[0].startswith(f"Refused: {corpus}:2: no text among the fields story")
    (row,) = map(json.loads, travaux("reports", talks, "--jsonl").out.splitlines())
    assert (row["report"] if "report" in row else row["name"], row["published"]) == (
        "corpus.jsonl/000001",
        "2025-08-18",
    )
    small = tmp_path / "fields.txt"
    small.write_text("text: story\n")
    assert travaux("add", talks, corpus, "--fields-file", small, "--field", "text=story").code == 2
    assert travaux("add", talks, corpus, "--field", "words=story").code == 2


def test_a_report_is_dated_and_what_was_said_is_listed(travaux, talks: Path, tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Northland would accept the ferry link.\n")
    travaux("add", talks, tmp_path / "a.txt")
    told = travaux(
        "date", talks, "a.txt", "2025-08-18", "--about", "--by", "A. Reader", "--note", "names the meeting", "--json"
    )
    assert told.code == 0
    own, dated = json.loads(told.out)
    assert (own["date"], own["note"]) == (None, "the report itself")
    assert (dated["date"], dated["about"], dated["by"], dated["note"]) == (
        "2025-08-18",
        True,
        "A. Reader",
        "names the meeting",
    )
    assert "about 2025-08-18" in travaux("reports", talks).out
    assert travaux("date", talks, "A.TXT", "--withdraw").code == 0
    assert "undated" in travaux("reports", talks).out
    assert len(json.loads(travaux("date", "a.txt", "--json").out)) == 3, "the record used last"
    for wrong in (
        ["a.txt", "soon"],
        ["b.txt", "2025"],
        ["a.txt", "--about"],
        ["a.txt", "2025", "--withdraw"],
        ["a.txt", "2025", "x"],
    ):
        assert travaux("date", talks, *wrong).code == 2, wrong


def test_reports_in_another_language_are_listed_and_told(travaux, talks: Path, tmp_path: Path) -> None:
    text = (
        "Le ministre a déclaré lundi que le pays accepterait la liaison par ferry si les tarifs étaient gelés pour dix ans, "
        "et que les pourparlers se poursuivraient à l'automne dans la capitale avec les représentants de la rive sud.\n"
    )
    (tmp_path / "fr.txt").write_text(text)
    (tmp_path / "manifest.csv").write_text("file,language\nfr.txt,\n")
    travaux("add", talks, tmp_path / "fr.txt")
    told = travaux("read", talks)
    assert told.code == 0
    assert "in a language that is not read" in told.err
    assert "unread: language fr" in travaux("reports", talks).out
    assert "Missing: 1 report in a language that is not read" in travaux("show", talks).err
    (tmp_path / "manifest.csv").write_text("file,language\nfr.txt,en\n")
    travaux("add", talks, tmp_path / "fr.txt")
    assert "1 report read now" in travaux("read", talks).err
