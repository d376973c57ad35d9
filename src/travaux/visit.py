"""How bytes came to us: what was asked for, when, and what the server said of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urljoin, urlsplit

Headers = tuple[tuple[str, str], ...]

WITHHELD = frozenset({"set-cookie", "set-cookie2", "cookie", "authorization", "proxy-authorization"})
"""Headers that hold a visitor's secrets and say nothing of the page; they are not kept."""


@dataclass(frozen=True, slots=True)
class Visit:
    """One request and what the answer said, without the body.

    Attributes:
        by: ``fetch`` for a request of ours, ``warc`` for one that an archive tells of.
        url: the address asked for; final_url: the one that answered, after redirects.
        at: ISO 8601 time in UTC. It never becomes a date of publication.
        status: of the answer, such as 200; 0 where the archive does not tell.
        request_headers, headers: as sent and as received, names in lower case, in order, less what `WITHHELD` names.
        redirects: the addresses in between, in order.
    """

    by: str
    url: str
    final_url: str
    at: str
    status: int
    request_headers: Headers = ()
    headers: Headers = ()
    redirects: tuple[str, ...] = ()

    def header(self, name: str) -> str | None:
        """The first header of that name in the answer, or None."""
        return next((value for key, value in self.headers if key == name.lower()), None)


def is_web_address(place: str) -> bool:
    """Whether somebody means an address on the web, not a file."""
    return place[:8].lower().startswith(("http://", "https://"))


def joined_address(base: str, target: str) -> str:
    """An address as a page at `base` gives it, perhaps in part; empty where it is none."""
    try:
        joined = urljoin(base, target.strip())
        urlsplit(joined)
    except ValueError:  # "http://[" and the like
        return ""
    return joined


def kept_headers(pairs: Sequence[tuple[str | bytes, str | bytes]]) -> Headers:
    """Headers as they are kept: text, names in lower case, without `WITHHELD`."""
    told = ((_text(name).lower(), _text(value)) for name, value in pairs)
    return tuple((name, value) for name, value in told if name not in WITHHELD)


def _text(value: str | bytes) -> str:
    text = value.decode("latin-1") if isinstance(value, bytes) else value
    return text.encode("utf-8", "replace").decode("utf-8")
