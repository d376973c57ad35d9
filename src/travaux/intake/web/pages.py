"""An answer from the web becomes a report; its name is made from its address."""

from __future__ import annotations

import hashlib
import re
from urllib.parse import unquote, urlsplit

from travaux.errors import FetchError, IntakeError
from travaux.intake.files import KINDS_OF_FILE, Received, receive_bytes
from travaux.intake.known import Described
from travaux.intake.web.fetching import Fetched
from travaux.intake.web.listed import Listed

LONGEST_NAME = 150
_UNFIT = re.compile(r"[^\w.()+,=@~-]+")


def page_received(fetched: Fetched, listed: Listed | None = None) -> Received:
    """The report that an answer holds, with its visit.

    Args:
        listed: what a feed or sitemap says of it; what the page says of itself goes before it.

    Raises:
        IntakeError: it is no kind of document that is read, or nothing can be read in it.
    """
    visit = fetched.visit
    if fetched.body is None:
        raise FetchError("unchanged", path=visit.url)
    told = fetched.media_type
    kind = _AS_TEXT.get(told, told) or None
    if kind is not None and kind not in KINDS_OF_FILE.values():
        if kind != "application/octet-stream":
            raise FetchError(f"{told[:60]} is no kind of report", path=visit.url)
        kind = None
    name = name_of_address(visit.final_url, kind)
    described = Described(url=visit.final_url)
    if listed is not None:
        described = Described(
            title=listed.title,
            author=listed.author,
            publisher=listed.publisher,
            url=visit.final_url,
            published=listed.published,
            updated=listed.updated,
        )
    try:
        received = receive_bytes(fetched.body, name, media_type=kind, known=described, charset=_charset(fetched))
    except IntakeError as error:
        raise error if error.path else FetchError(error.message, remedy=error.remedy, path=visit.url) from error
    if not received.report.text.strip():
        raise FetchError("there is no text on this page", path=visit.url)
    return Received(received.report, received.raw, visit)


def name_of_address(url: str, media_type: str | None = None) -> str:
    """A report's name from its address: host and path, with ``/``; what a query says is told by a short hash.

    >>> name_of_address("https://example.org/world/2025/talks?page=2", "text/html")
    'example.org/world/2025/talks~7ad94c.html'
    """
    parts = urlsplit(url)
    path = [_UNFIT.sub("-", unquote(part, errors="replace")).strip("-.") for part in parts.path.split("/")]
    place = "/".join([(parts.netloc or "page").lower().replace(":", "-"), *filter(None, path)])
    ending = next((one for one in KINDS_OF_FILE if place.lower().endswith(one)), "")
    if ending:
        place = place[: -len(ending)]
    if media_type is not None and KINDS_OF_FILE.get(ending) != media_type:
        ending = next((one for one, kind in KINDS_OF_FILE.items() if kind == media_type), ending)
    digest = hashlib.sha256(url.encode("utf-8", "replace")).hexdigest()[:6]
    if parts.query or len(place) > LONGEST_NAME or "/" not in place:
        place = f"{place[:LONGEST_NAME]}~{digest}" if parts.query or len(place) > LONGEST_NAME else f"{place}/index"
    return place + (ending or ".html")


_AS_TEXT = {"application/xhtml+xml": "text/html", "application/x-pdf": "application/pdf"}


def _charset(fetched: Fetched) -> str | None:
    found = re.search(r"charset\s*=\s*[\"']?([\w.:-]{1,40})", fetched.visit.header("content-type") or "", re.IGNORECASE)
    return found.group(1) if found else None
