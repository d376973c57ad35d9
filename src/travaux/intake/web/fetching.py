"""One address fetched: its redirects, its retries, its limits.

::

    address ──▶ robots.txt? pause ──▶ request ──▶ 200 body, unpacked within limits ──▶ Fetched
                     ▲                   │  304 as it was ──▶ Fetched without a body
                     └── next address ◀──┤  30x
                     └── back-off     ◀──┤  429, 5xx, connection lost
                                         └─ anything else ──▶ FetchError, one line

Proxies are not used: a proxy would look names up for us, and what it connects to could not be checked.
"""

from __future__ import annotations

import ssl
import time
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from urllib.parse import urldefrag

import httpcore2

from travaux import settings
from travaux.errors import FetchError
from travaux.intake.web.addresses import (
    CheckedBackend,
    OutOfTime,
    host_and_port,
    split_address,
    time_left,
)
from travaux.intake.web.manners import LARGEST_ROBOTS, Manners
from travaux.intake.web.rules import Rules
from travaux.intake.web.unpacking import BrokenOff, TooLarge, Unpacking
from travaux.version import __version__
from travaux.visit import Headers, Visit, joined_address, kept_headers

PAGES = "text/html,application/xhtml+xml,text/plain;q=0.8,application/pdf;q=0.7,*/*;q=0.1"
LISTS = "application/atom+xml,application/rss+xml,application/feed+json,application/xml;q=0.9,*/*;q=0.5"

_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_FALTERS = frozenset({429, 500, 502, 503, 504})
_MEANINGS = {
    401: "asks for a password",
    403: "forbidden to us",
    404: "no such page",
    410: "the page is gone",
    429: "too many requests",
    451: "withheld for legal reasons",
}


@dataclass(frozen=True, slots=True)
class Known:
    """What the server said of a copy we have, so that it need not send it again."""

    etag: str | None = None
    last_modified: str | None = None


@dataclass(frozen=True, slots=True)
class Fetched:
    """An answer.

    Attributes:
        visit: request, time and headers.
        body: its bytes, unpacked; None where the copy we have is still the latest.
    """

    visit: Visit
    body: bytes | None

    @property
    def media_type(self) -> str:
        """What the server says the body is, in lower case and without parameters; empty where it does not say."""
        return (self.visit.header("content-type") or "").partition(";")[0].strip().lower()

    @property
    def known(self) -> Known:
        """What to tell the server next time."""
        return Known(self.visit.header("etag"), self.visit.header("last-modified"))


class Fetcher:
    """Fetches addresses, one after the other; remembers what hosts ask for while it lives.

    Args:
        rules: limits and manners.
    """

    def __init__(self, rules: Rules | None = None) -> None:
        self.rules = rules or Rules()
        self._manners = Manners(self.rules, self._robots_text)
        self._context: ssl.SSLContext | None = None

    def fetch(self, url: str, *, known: Known | None = None, accept: str = PAGES) -> Fetched:
        """Fetch an address.

        Args:
            known: asks for the body only where it is another than the copy we have.
            accept: kinds of document, as HTTP's ``Accept`` has them.

        Raises:
            FetchError: why it cannot be had, in one line.
        """
        return self._followed(url, self._headers(accept, known), self.rules, robots=True)

    def _followed(self, url: str, headers: Headers, rules: Rules, *, robots: bool) -> Fetched:
        split_address(url.strip())
        at = urldefrag(url.strip()).url
        passed: list[str] = []
        # What we wait for ourselves is no fault of the server and does not count.
        spare = rules.seconds
        for _ in range(rules.redirects + 1):
            parts = split_address(at)
            origin = f"{parts.scheme}://{parts.netloc.lower()}"
            if robots:
                self._manners.check(origin, at)
            begun = time.monotonic()
            answer = self._tried(at, headers, replace(rules, seconds=spare), origin)
            spare -= time.monotonic() - begun
            if answer.visit.status not in _REDIRECTS:
                return replace(answer, visit=replace(answer.visit, url=url.strip(), redirects=tuple(passed)))
            passed.append(at)
            target = answer.visit.header("location")
            if not target:
                told = f"answers {answer.visit.status} and says not where to"
                raise FetchError(told, path=at, status=answer.visit.status)
            at = urldefrag(joined_address(at, target)).url
            try:
                split_address(at)
            except FetchError as error:
                raise FetchError(f"sent on to {at[:200]}: {error.message}", remedy=error.remedy, path=url) from error
        raise FetchError(f"sent on more than {rules.redirects} times", path=url)

    def _tried(self, url: str, headers: Headers, rules: Rules, origin: str) -> Fetched:
        deadline = time.monotonic() + rules.seconds
        pause = rules.pause
        for last in (False,) * (rules.tries - 1) + (True,):
            waited = time.monotonic()
            self._manners.wait(origin)
            deadline += time.monotonic() - waited
            try:
                return self._asked(url, headers, rules, deadline)
            except FetchError as error:
                wait = pause if error.again_after is None else max(error.again_after, 0.0)
                if last or not error.retry or wait > rules.longest_wait or time.monotonic() + wait > deadline:
                    raise
                time.sleep(wait)
                pause *= 2
        raise AssertionError("the last try returns or raises")

    def _asked(self, url: str, headers: Headers, rules: Rules, deadline: float) -> Fetched:
        """One request, without redirects or retries."""
        at = datetime.now(UTC).isoformat(timespec="seconds")
        waits = dict.fromkeys(("connect", "read", "write", "pool"), rules.silence)
        got = 0
        try:
            with (
                httpcore2.ConnectionPool(
                    ssl_context=self._ssl_context() if url.lower().startswith("https") else None,
                    network_backend=CheckedBackend(rules.loopback, deadline),
                ) as pool,
                pool.stream("GET", _ascii(url), headers=list(headers), extensions={"timeout": waits}) as response,
            ):
                received = kept_headers(response.headers)
                visit = Visit("fetch", url, url, at, response.status, kept_headers(headers), received)
                if response.status in _REDIRECTS or response.status == 304:
                    return Fetched(visit, None)
                if not 200 <= response.status < 300:
                    raise _refusal(visit)
                if (visit.header("content-length") or "0").isdigit() and int(
                    visit.header("content-length") or 0
                ) > rules.largest:
                    raise TooLarge
                unpacking = Unpacking(_coding(visit), rules.largest)
                for piece in response.iter_stream():
                    got += len(piece)
                    if got > rules.largest:
                        raise TooLarge
                    unpacking.feed(piece)
                    time_left(deadline, None)
                return Fetched(visit, unpacking.whole())
        except TooLarge:
            told = f"larger than {rules.largest / 1024 / 1024:g} MiB"
            raise FetchError(told, remedy="it was not read further", path=url) from None
        except OutOfTime:
            told = f"took longer than {self.rules.seconds:g} seconds"
            raise FetchError(told, remedy="the server sends too slowly", path=url) from None
        except (BrokenOff, httpcore2.RemoteProtocolError, httpcore2.ReadError) as error:
            told = f"the connection broke off after {got:,} bytes" if got else "the server broke the connection off"
            raise FetchError(told, path=url, retry=True) from error
        except httpcore2.TimeoutException as error:
            if time.monotonic() >= deadline:
                told = f"took longer than {self.rules.seconds:g} seconds"
                raise FetchError(told, remedy="the server sends too slowly", path=url) from error
            raise FetchError("the server does not answer", path=url, retry=True) from error
        except (httpcore2.NetworkError, httpcore2.ProtocolError) as error:
            raise FetchError(f"cannot be reached: {_reason(error)}", path=url, retry=True) from error

    def _robots_text(self, url: str) -> str:
        limits = replace(self.rules, largest=LARGEST_ROBOTS, tries=2)
        try:
            answer = self._followed(url, self._headers("text/plain", None), limits, robots=False)
        except FetchError as error:
            # RFC 9309, 2.3.1: a host that has none, or forbids to read it, forbids nothing; one that fails forbids all.
            if error.status is not None and 400 <= error.status < 500 and error.status != 429:
                return ""
            raise
        return (answer.body or b"").decode("utf-8", "replace")

    def _headers(self, accept: str, known: Known | None) -> Headers:
        contact = settings.contact()
        agent = f"Travaux/{__version__} (+{contact})" if contact else f"Travaux/{__version__}"
        headers = [("User-Agent", agent), ("Accept", accept), ("Accept-Encoding", "gzip"), ("Connection", "close")]
        if known is not None and known.etag:
            headers.append(("If-None-Match", known.etag))
        if known is not None and known.last_modified:
            headers.append(("If-Modified-Since", known.last_modified))
        return tuple(headers)

    def _ssl_context(self) -> ssl.SSLContext:
        if self._context is None:
            self._context = httpcore2.default_ssl_context()
        return self._context


def _refusal(visit: Visit) -> FetchError:
    meaning = _MEANINGS.get(visit.status)
    told = f"answers {visit.status}: {meaning}" if meaning else f"answers {visit.status}"
    return FetchError(
        told,
        path=visit.url,
        retry=visit.status in _FALTERS,
        again_after=_again_after(visit.header("retry-after")),
        status=visit.status,
    )


def _again_after(value: str | None) -> float | None:
    """Seconds, from a number or a date (RFC 9110, 10.2.3)."""
    if value is None:
        return None
    if value.strip().isdigit():
        return float(value[:9])
    try:
        when = parsedate_to_datetime(value)
    except ValueError:
        return None
    return max(0.0, (when - datetime.now(when.tzinfo)).total_seconds())


def _coding(visit: Visit) -> str:
    named = (visit.header("content-encoding") or "").strip().lower()
    coding = {"": "", "identity": "", "gzip": "gzip", "x-gzip": "gzip", "deflate": "deflate"}.get(named)
    if coding is None:
        raise FetchError(f"packed as {named[:40]}, which was not asked for", path=visit.url)
    return coding


def _ascii(url: str) -> str:
    """The address as it goes over the line: the host in its ASCII form, other letters escaped."""
    from urllib.parse import quote

    parts = split_address(url)
    host, _ = host_and_port(parts)
    shown = f"[{host}]" if ":" in host else host
    netloc = shown if parts.port is None else f"{shown}:{parts.port}"
    safe = "/%:=&?~#+!$,;'@()*[]"
    return parts._replace(netloc=netloc, path=quote(parts.path or "/", safe), query=quote(parts.query, safe)).geturl()


def _reason(error: Exception) -> str:
    return str(error).partition("] ")[2] or str(error) or type(error).__name__
