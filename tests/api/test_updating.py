"""A record kept up to date from a real server: what is new comes once, what fails is told, and two at once do no harm."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from web_stubs import Site, article, page, raw, redirect, running_site

import travaux
from travaux.errors import FetchError, RecordBusy, RequestError, UnknownName
from travaux.intake.web import Rules
from travaux.model import ReportState

AGENDA = """\
title: The link
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


def rss(*items: str) -> bytes:
    listed = "".join(f"<item><title>{one}</title><link>{one}</link></item>" for one in items)
    return f"<rss version='2.0'><channel><title>Lake Herald</title>{listed}</channel></rss>".encode()


@pytest.fixture
def site() -> Iterator[Site]:
    with running_site() as running:
        yield running


@pytest.fixture
def web(site: Site) -> Rules:
    return Rules(loopback=frozenset({site.host}), delay=0.0, pause=0.01, seconds=3.0)


@pytest.fixture
def record(tmp_path: Path) -> Iterator[travaux.Record]:
    (tmp_path / "talks").mkdir()
    (tmp_path / "talks" / "agenda.yaml").write_text(AGENDA)
    with travaux.Record.new(tmp_path / "talks") as made:
        yield made


def kinds(outcome: travaux.UpdateOutcome) -> dict[str, int]:
    return {section.kind: len(section.entries) for section in outcome.changes.sections}


def test_an_update_fetches_reads_and_tells_what_is_new_once(record: travaux.Record, site: Site, web: Rules) -> None:
    record.add_bytes(b"Southland rejects the bridge, its minister said on Monday.\n", "before.txt")
    site.pages |= {
        "/feed": page(rss("/one", "/two"), "application/rss+xml", ETag='"1"'),
        "/one": page(article("One")),
        "/two": page(
            article("Two", first="Southland said that it would never accept the bridge under any condition at all.")
        ),
    }
    source, offered = record.add_source(site.url("/feed"), web=web)
    assert (source.kind, source.title, offered) == ("feed", "Lake Herald", ())
    first = record.update(web=web)
    assert first.added.new == 2
    assert [one.new for one in first.pollings] == [2]
    assert first.read is not None and first.read.counts == {ReportState.READ: 3}
    assert kinds(first)["report"] == 2, "what was there before the first update is no news"
    assert first.changes.since and first.changes.until
    assert {entry.title for entry in first.changes.sections[0].entries} == {"One", "Two"}
    statements = [entry for entry in first.changes.entries if entry.kind == "statement"]
    assert {entry.key for entry in statements} == {one.id for one in record.statements()}
    assert all(entry.quote and entry.detail for entry in statements)
    again = record.update(web=web)
    assert (again.added.new, kinds(again)) == (0, {})
    assert site.asked_for("/one") == 1
    record.add_bytes(b"Northland rejects the ferry link, its minister said on Friday.\n", "later.txt")
    assert kinds(record.update(web=web))["report"] == 1, "what was added in between is news too"
    assert record.changes().sections[0].entries[0].title == "later.txt"
    assert len(record.changes(datetime.now(UTC).date()).sections[0].entries) == 3
    with pytest.raises(RequestError, match="no date"):
        record.changes("yesterday")


def test_reports_of_the_web_are_stored_with_request_and_headers(record: travaux.Record, site: Site, web: Rules) -> None:
    site.pages["/a"] = page(article(), ETag='"7"')
    site.pages["/hop"] = redirect("/a")
    outcome = record.add(site.url("/hop"), web=web)
    assert [one.outcome for one in outcome.added] == ["added"]
    (row,) = record.reports()
    (kept,) = record.store.retrievals(row.id)
    assert (kept.visit.url, kept.visit.final_url, kept.visit.status) == (site.url("/hop"), site.url("/a"), 200)
    assert kept.visit.header("etag") == '"7"'
    assert record.store.raw(row.id) == article()


def test_a_page_whose_words_are_the_same_is_no_new_report(record: travaux.Record, site: Site, web: Rules) -> None:
    site.pages["/a"] = page(article(mark="advertisement 1"))
    record.add(site.url("/a"), web=web)
    site.pages["/a"] = page(article(mark="advertisement 2"))
    assert [one.outcome for one in record.add(site.url("/a"), web=web).added] == ["already"]
    assert len(record.store.retrievals(record.reports()[0].id)) == 2
    site.pages["/a"] = page(
        article(second="Southland has changed its mind and will accept the bridge after all, it said.")
    )
    (added,) = record.add(site.url("/a"), web=web).added
    assert added.outcome == "renamed"
    assert added.name.endswith("/a~2.html")


def test_a_page_is_a_source_too(record: travaux.Record, site: Site, web: Rules) -> None:
    feed = b"<link rel=alternate type='application/rss+xml' href='/feed'>"
    site.pages["/a"] = page(article().replace(b"<head>", b"<head>" + feed), ETag='"1"')
    source, offered = record.add_source(site.url("/a"), web=web)
    assert (source.kind, offered) == ("page", (site.url("/feed"),))
    assert record.update(web=web).added.new == 1
    assert record.update(web=web).added.added == ()
    site.pages["/a"] = page(
        article(second="Southland has changed its mind and will accept the bridge after all, it said.")
    )
    assert record.update(web=web).pollings[0].new == 1


def test_a_sitemap_is_read_through_its_index_and_only_what_fits(record: travaux.Record, site: Site, web: Rules) -> None:
    entry = "<url><loc>{}</loc></url>"
    site.pages |= {
        "/index.xml": page(
            b"<sitemapindex><sitemap><loc>/map.xml</loc></sitemap><sitemap><loc>/gone.xml</loc></sitemap></sitemapindex>"
        ),
        "/map.xml": page(
            b"<urlset>%s</urlset>" % "".join(entry.format(one) for one in ("/world/a", "/sport/b")).encode()
        ),
        "/world/a": page(article("A")),
        "/sport/b": page(article("B")),
    }
    record.add_source(site.url("/index.xml"), only="*/world/*", web=web)
    outcome = record.update(web=web)
    assert outcome.added.new == 1
    assert "gone.xml: answers 404" in outcome.pollings[0].warning
    assert site.asked_for("/sport/b") == 0


def test_what_is_too_much_for_one_update_waits_for_the_next(record: travaux.Record, site: Site, web: Rules) -> None:
    site.pages["/feed"] = page(rss(*(f"/{number}" for number in range(5))), ETag='"1"')
    site.pages |= {
        f"/{number}": page(
            article(f"Number {number}", first=f"Northland accepts the ferry link, said witness {number}.")
        )
        for number in range(5)
    }
    record.add_source(site.url("/feed"), web=web)
    outcomes = [record.update(most=2, web=web) for _ in range(4)]
    assert [(one.pollings[0].new, one.pollings[0].waiting) for one in outcomes] == [(2, 3), (2, 1), (1, 0), (0, 0)]


def test_a_page_that_fails_is_tried_at_three_updates(record: travaux.Record, site: Site, web: Rules) -> None:
    site.pages["/feed"] = page(rss("/gone", "/one"), ETag='"1"')
    site.pages["/one"] = page(article("One"))
    record.add_source(site.url("/feed"), web=web)
    refused = [len(record.update(web=web).added.refused) for _ in range(5)]
    assert refused == [1, 1, 1, 0, 0]
    assert site.asked_for("/gone") == 3
    assert site.asked_for("/one") == 1


def test_hostile_sources_are_one_line_each_and_the_rest_is_read(record: travaux.Record, site: Site, web: Rules) -> None:
    item = b"<item><link>/x</link></item>"

    def trickle(write: Callable[[bytes], None]) -> None:
        write(b"HTTP/1.1 200 OK\r\nContent-Type: application/rss+xml\r\n\r\n<rss>")
        for _ in range(200):
            write(b" ")
            time.sleep(0.05)

    hostile = {
        "/million": (
            raw(
                lambda write: [
                    write(b"HTTP/1.1 200 OK\r\n\r\n<rss><channel>"),
                    *(write(item * 1_000) for _ in range(1_000)),
                ]
            ),
            "larger than 16 MiB",
        ),
        "/dies": (
            raw(lambda write: write(b"HTTP/1.1 200 OK\r\nContent-Length: 9000\r\n\r\n" + rss("/one")[:-20])),
            "broke off after",
        ),
        "/trickles": (raw(trickle), "took longer than 3 seconds"),
        "/loopback": (redirect("http://127.0.0.1:1/"), "127.0.0.1 is an address of this machine"),
        "/metadata": (redirect("http://169.254.169.254/latest/"), "169.254.169.254 is a link-local address"),
        "/garbage": (page(bytes(range(256)) * 10), "this is no feed"),
    }
    site.pages |= {path: answer for path, (answer, _) in hostile.items()}
    deep = b"<html><body>" + b"<div>" * 100_000 + b"<p>Northland accepts the ferry link.</p></body></html>"
    site.pages |= {"/good": page(rss("/one", "/deep")), "/one": page(article("One")), "/deep": page(deep)}
    for path in (*hostile, "/good"):
        record.add_source(site.url(path), kind="feed")
    begun = time.monotonic()
    outcome = record.update(web=web)
    assert time.monotonic() - begun < 60
    for polling, (path, (_, told)) in zip(outcome.pollings, hostile.items(), strict=False):
        assert polling.source.url == site.url(path)
        assert told in polling.source.problem, path
        assert "\n" not in polling.source.problem
    assert outcome.problems == len(hostile)
    assert outcome.added.new == 2
    texts = "\n".join(report.text for report in record.store.reports())
    assert texts.count("Northland accepts the ferry link.") == 1


def test_a_server_that_asks_for_a_pause_gets_it(record: travaux.Record, site: Site, web: Rules) -> None:
    site.pages["/feed"] = page(b"", status=429, Retry_After="7200")
    record.add_source(site.url("/feed"), kind="feed")
    assert "answers 429" in record.update(web=web).pollings[0].source.problem
    assert "left alone, as its server asks, until" in record.update(web=web).pollings[0].warning
    assert site.asked_for("/feed") == 1


def test_an_agenda_that_cannot_be_used_keeps_what_was_fetched(record: travaux.Record, site: Site, web: Rules) -> None:
    (record.folder / "agenda.yaml").write_text("title: [")
    site.pages |= {"/feed": page(rss("/one")), "/one": page(article("One"))}
    record.add_source(site.url("/feed"), web=web)
    outcome = record.update(web=web)
    assert outcome.read is None
    assert "agenda.yaml" in str(outcome.not_read)
    assert kinds(outcome) == {"report": 1}
    (record.folder / "agenda.yaml").write_text(AGENDA)
    assert set(kinds(record.update(web=web))) == {"statement"}


def test_reports_in_another_language_are_stored_listed_and_left_unread(record: travaux.Record) -> None:
    french = (
        "Le ministre a déclaré lundi que le pays accepterait la liaison par ferry si les tarifs étaient gelés pour dix ans, "
        "et que les pourparlers se poursuivraient à l'automne dans la capitale avec les représentants de la rive sud."
    )
    record.add_bytes(french.encode(), "fr.txt")
    record.add_bytes(b"Northland would accept the ferry link, its minister said on Monday.\n", "en.txt")
    outcome = record.read()
    assert outcome.counts == {ReportState.READ: 1, ReportState.UNREAD: 1}
    assert outcome.read == 1
    (_, row) = record.reports()
    assert (row.name, str(row.state), row.reason, row.language) == ("fr.txt", "unread", "language fr", "fr")
    assert record.read().read == 0


# ------------------------------------------------------------------------------------------------ sources


def test_sources_are_checked_when_they_are_added(record: travaux.Record, site: Site, web: Rules) -> None:
    for url, kind, told in (
        ("file:///etc/passwd", None, "only http and https"),
        ("http://169.254.169.254/", None, "link-local"),
        (site.url("/none"), None, "answers 404"),
    ):
        with pytest.raises(FetchError, match=told):
            record.add_source(url, kind=kind, web=web)
    with pytest.raises(RequestError, match="no kind of source 'blog'"):
        record.add_source(site.url("/"), kind="blog")
    assert record.sources() == []
    kept, _ = record.add_source(site.url("/later#x"), kind="feed")
    assert kept.url == site.url("/later")
    with pytest.raises(UnknownName, match="no source 'x'"):
        record.remove_source("x")
    assert record.remove_source(1).url == kept.url
    assert record.sources() == []


# ------------------------------------------------------------------------------------------------ two at once

PROGRAM = """
import sys, travaux
from travaux.errors import RecordBusy
from travaux.intake.web import Rules
with travaux.Record.open(sys.argv[1]) as record:
    try:
        outcome = record.update(web=Rules(loopback=frozenset({sys.argv[2]}), delay=0.0))
    except RecordBusy as error:
        print("busy", error.exit_code)
    else:
        print("done", outcome.added.new)
"""


def started(record: travaux.Record, site: Site) -> subprocess.Popen[str]:
    command = [sys.executable, "-c", PROGRAM, str(record.folder), site.host]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_two_updates_at_once_do_no_harm(record: travaux.Record, site: Site) -> None:
    asked: list[float] = []

    def slowly(handler: object) -> None:
        asked.append(time.monotonic())
        while len(asked) < 2 and not finished:
            time.sleep(0.02)
        page(rss("/one"))(handler)  # type: ignore[arg-type]

    finished: list[bool] = []
    site.pages |= {"/feed": slowly, "/one": page(article("One"))}
    record.add_source(site.url("/feed"), kind="feed")
    first = started(record, site)
    while not asked:
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    second = started(record, site)
    out, err = second.communicate(timeout=60)
    assert (out, second.returncode) == ("busy 3\n", 0), err
    finished.append(True)
    out, err = first.communicate(timeout=60)
    assert out == "done 1\n", err
    assert len(asked) == 1
    assert len(record.reports()) == 1
    assert record.store.check() == []


def test_a_killed_update_locks_nobody_out(record: travaux.Record, site: Site, web: Rules) -> None:
    asked: list[float] = []

    def never(handler: object) -> None:
        asked.append(time.monotonic())
        time.sleep(2)

    site.pages |= {"/feed": never, "/one": page(article("One"))}
    record.add_source(site.url("/feed"), kind="feed")
    first = started(record, site)
    while not asked:
        assert first.poll() is None, first.communicate()
        time.sleep(0.02)
    with pytest.raises(RecordBusy, match="another update of this record is under way"):
        record.update(web=web)
    first.kill()
    first.communicate()
    site.pages["/feed"] = page(rss("/one"))
    assert record.update(web=web).added.new == 1
