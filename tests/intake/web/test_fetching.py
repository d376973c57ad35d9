"""Fetching from a real server that misbehaves: each failure is one clear line, and nothing takes for ever."""

from __future__ import annotations

import gzip
import time
import zlib
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest
from web_stubs import Site, article, page, raw, redirect, running_site

from travaux.errors import FetchError
from travaux.intake.web import Fetcher, Known

Make = Callable[..., Fetcher]


def test_a_page_comes_with_request_time_and_headers(site: Site, fetcher: Make) -> None:
    site.pages["/a"] = page(article(), ETag='"1"', Set_Cookie="track=me")
    fetched = fetcher().fetch(site.url("/a#part"))
    assert fetched.body == article()
    assert fetched.media_type == "text/html"
    assert fetched.visit.status == 200
    assert fetched.visit.header("ETag") == '"1"'
    assert fetched.visit.header("Set-Cookie") is None, "a visitor's secrets are not kept"
    assert dict(fetched.visit.request_headers)["user-agent"].startswith("Travaux/")
    assert datetime.fromisoformat(fetched.visit.at).utcoffset() == timedelta(0)
    assert site.asked == ["/robots.txt", "/a"]


def test_a_contact_is_told_to_the_server(site: Site, fetcher: Make, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRAVAUX_CONTACT", "desk@example.org")
    site.pages["/a"] = page(article())
    fetcher().fetch(site.url("/a"))
    assert site.headers[-1]["User-Agent"].endswith("(+desk@example.org)")


def test_an_unchanged_page_is_not_sent_again(site: Site, fetcher: Make) -> None:
    site.pages["/a"] = page(article(), ETag='"1"', Last_Modified="Mon, 18 Aug 2025 08:00:00 GMT")
    first = fetcher().fetch(site.url("/a"))
    again = fetcher().fetch(site.url("/a"), known=first.known)
    assert first.known == Known('"1"', "Mon, 18 Aug 2025 08:00:00 GMT")
    assert again.body is None
    assert again.visit.status == 304
    assert site.headers[-1]["If-Modified-Since"] == "Mon, 18 Aug 2025 08:00:00 GMT"


def test_without_the_flag_this_machine_is_not_asked(site: Site, fetcher: Make) -> None:
    with pytest.raises(FetchError, match="refused: 127.0.0.1 is an address of this machine"):
        fetcher(loopback=frozenset()).fetch(site.url("/a"))
    assert site.asked == []


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_redirects_are_followed_and_kept(site: Site, fetcher: Make, status: int) -> None:
    site.pages |= {"/a": redirect("/b?x=1", status), "/b?x=1": page(article())}
    visit = fetcher().fetch(site.url("/a")).visit
    assert (visit.url, visit.final_url) == (site.url("/a"), site.url("/b?x=1"))
    assert visit.redirects == (site.url("/a"),)


def test_redirects_to_private_addresses_are_refused(site: Site, fetcher: Make) -> None:
    with running_site() as other:
        targets = {
            f"http://{other.host}/secret": "127.0.0.1 is an address of this machine",
            "http://169.254.169.254/latest/meta-data/": "169.254.169.254 is a link-local address",
            "http://[::ffff:169.254.169.254]/": "is a link-local address|is a private or reserved address",
            "file:///etc/passwd": "only http and https are fetched",
        }
        for target, told in targets.items():
            site.pages["/a"] = redirect(target)
            begun = time.monotonic()
            with pytest.raises(FetchError, match=told):
                fetcher().fetch(site.url("/a"))
            assert time.monotonic() - begun < 5
        assert other.asked == []


def test_redirects_in_a_circle_end(site: Site, fetcher: Make) -> None:
    site.pages |= {"/a": redirect("/b"), "/b": redirect("/a")}
    with pytest.raises(FetchError, match="sent on more than 5 times"):
        fetcher().fetch(site.url("/a"))
    site.pages["/c"] = raw(lambda write: write(b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\n\r\n"))
    with pytest.raises(FetchError, match="says not where to"):
        fetcher().fetch(site.url("/c"))


# ------------------------------------------------------------------------------------------------ size


@pytest.mark.parametrize("coding", ["gzip", "deflate", "raw-deflate"])
def test_packed_bodies_are_unpacked(site: Site, fetcher: Make, coding: str) -> None:
    packers = {
        "gzip": gzip.compress,
        "deflate": zlib.compress,
        "raw-deflate": lambda body: zlib.compress(body)[2:-4],
    }
    site.pages["/a"] = page(packers[coding](article()), Content_Encoding=coding.removeprefix("raw-"))
    assert fetcher().fetch(site.url("/a")).body == article()


def test_bodies_over_the_limit_are_not_read_further(site: Site, fetcher: Make) -> None:
    site.pages["/told"] = page(b"x" * 3_000_000)
    site.pages["/untold"] = raw(
        lambda write: [write(b"HTTP/1.1 200 OK\r\n\r\n"), *(write(b"x" * 65_536) for _ in range(64))]
    )
    site.pages["/bomb"] = page(gzip.compress(bytes(50_000_000)), Content_Encoding="gzip")
    site.pages["/twice"] = page(gzip.compress(bytes(600_000)) * 3, Content_Encoding="gzip")
    for path in ("/told", "/untold", "/bomb", "/twice"):
        with pytest.raises(FetchError, match=r"larger than 1 MiB \(it was not read further\)"):
            fetcher(largest=1024 * 1024).fetch(site.url(path))


def test_a_coding_nobody_asked_for_is_told(site: Site, fetcher: Make) -> None:
    site.pages["/a"] = page(b"\x0b\x02\x80", Content_Encoding="br")
    with pytest.raises(FetchError, match="packed as br"):
        fetcher().fetch(site.url("/a"))


# ------------------------------------------------------------------------------------------------ time


def test_a_trickling_server_is_left_at_the_deadline(site: Site, fetcher: Make) -> None:
    def trickle(write: Callable[[bytes], None], head: bytes) -> None:
        write(head)
        for _ in range(100):
            write(b"x")
            time.sleep(0.05)

    site.pages["/body"] = raw(lambda write: trickle(write, b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n"))
    site.pages["/headers"] = raw(lambda write: trickle(write, b"HTTP/1.1 200 OK\r\nX-Slow: "))
    for path in ("/body", "/headers"):
        begun = time.monotonic()
        with pytest.raises(FetchError, match=r"took longer than 1 seconds \(the server sends too slowly\)"):
            fetcher(seconds=1.0).fetch(site.url(path))
        assert time.monotonic() - begun < 4


def test_a_silent_server_is_asked_again_and_then_told(site: Site, fetcher: Make) -> None:
    site.pages["/a"] = raw(lambda write: time.sleep(1.0))
    with pytest.raises(FetchError, match="the server does not answer"):
        fetcher(silence=0.1, tries=2).fetch(site.url("/a"))
    assert site.asked_for("/a") == 2


def test_a_connection_that_dies_is_tried_again_and_then_told(site: Site, fetcher: Make) -> None:
    site.pages["/length"] = raw(lambda write: write(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n<rss>"))
    site.pages["/chunked"] = raw(
        lambda write: write(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<rss>\r\n")
    )
    site.pages["/packed"] = page(gzip.compress(article())[:-20], Content_Encoding="gzip")
    site.pages["/nothing"] = raw(lambda write: None)
    for path in ("/length", "/chunked", "/packed", "/nothing"):
        with pytest.raises(FetchError, match="broke off after|broke the connection off"):
            fetcher().fetch(site.url(path))
        assert site.asked_for(path) == 3


def test_a_server_that_falters_is_asked_again(site: Site, fetcher: Make) -> None:
    answers = [page(b"", status=503), page(b"", status=429, Retry_After="0"), page(article())]
    site.pages["/a"] = lambda handler: answers.pop(0)(handler)
    assert fetcher().fetch(site.url("/a")).body == article()
    site.pages["/gone"] = page(b"", status=410)
    with pytest.raises(FetchError, match="answers 410: the page is gone"):
        fetcher().fetch(site.url("/gone"))
    assert site.asked_for("/gone") == 1


def test_a_long_pause_is_told_not_waited_for(site: Site, fetcher: Make) -> None:
    later = format_datetime(datetime.now(UTC) + timedelta(hours=1), usegmt=True)
    for value in ("3600", later):
        site.pages["/a"] = page(b"", status=429, Retry_After=value)
        begun = time.monotonic()
        with pytest.raises(FetchError, match="answers 429: too many requests") as told:
            fetcher().fetch(site.url("/a"))
        assert told.value.again_after is not None and 3500 < told.value.again_after <= 3600
        assert time.monotonic() - begun < 3


# ------------------------------------------------------------------------------------------------ manners


def test_robots_txt_is_obeyed(site: Site, fetcher: Make) -> None:
    site.pages |= {
        "/robots.txt": page(b"User-agent: *\nDisallow: /private/\nAllow: /private/open\n", "text/plain"),
        "/private/a": page(article()),
        "/private/open": page(article()),
        "/hop": redirect("/private/a"),
    }
    polite = fetcher()
    for path in ("/private/a", "/hop"):
        with pytest.raises(FetchError, match=r"robots\.txt asks programs to leave this page alone"):
            polite.fetch(site.url(path))
    assert polite.fetch(site.url("/private/open")).body == article()
    assert site.asked_for("/robots.txt") == 1
    assert site.asked_for("/private/a") == 0
    assert fetcher(robots=False).fetch(site.url("/private/a")).body == article()


def test_a_host_whose_robots_txt_fails_is_left_alone(site: Site, fetcher: Make) -> None:
    site.pages |= {"/robots.txt": page(b"", status=500), "/a": page(article())}
    with pytest.raises(FetchError, match=r"left alone: .*/robots\.txt cannot be had: answers 500"):
        fetcher().fetch(site.url("/a"))
    assert site.asked_for("/a") == 0


def test_a_host_is_not_asked_faster_than_it_wants(site: Site, fetcher: Make) -> None:
    site.pages |= {"/robots.txt": page(b"User-agent: *\nCrawl-delay: 0.3\n", "text/plain"), "/a": page(article())}
    polite = fetcher()
    polite.fetch(site.url("/a"))
    begun = time.monotonic()
    polite.fetch(site.url("/a"))
    assert time.monotonic() - begun >= 0.29
    site.pages["/robots.txt"] = page(b"User-agent: *\nCrawl-delay: 3600\n", "text/plain")
    with pytest.raises(FetchError, match="more than 60 seconds"):
        fetcher().fetch(site.url("/a"))
