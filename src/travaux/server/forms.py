"""What forms carry: read within limits, signed, and turned into what the record's verbs take."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from travaux.errors import RequestError
from travaux.model import FieldValue, Statement
from travaux.server.asking import Asking

MOST_FORM = 256 * 1024
"""Bytes of a form without files."""
MOST_FIELDS = 60

WORDED = ("party", "option", "stance", "act", "via")
FREE = ("condition", "speaker", "via_name")


class TooLarge(RequestError):
    """More was sent than is taken."""


async def form_of(request: Request, asking: Asking, most: int = MOST_FORM) -> FormData:
    """The form of a request that comes from a page of this server, shown to whoever sends it.

    Args:
        most: bytes of the whole request.

    Raises:
        TooLarge: it is larger. RequestError: it does not carry their token, or cannot be read.
    """
    declared = request.headers.get("content-length", "")
    if declared and (not declared.isdigit() or int(declared) > most):
        raise TooLarge(f"more than {most:,} bytes were sent", remedy="send less at once")
    form = await Request(request.scope, _counting(request, most)).form(
        max_files=MOST_FIELDS, max_fields=MOST_FIELDS, max_part_size=MOST_FORM
    )
    if not asking.is_token(text_of(form, "token")):
        raise RequestError(
            "this form is not from this server as it runs now", remedy="load the page again and repeat it"
        )
    return form


def _counting(request: Request, most: int) -> Callable[[], Awaitable[Message]]:
    received = 0

    async def receive() -> Message:
        nonlocal received
        message = await request.receive()
        received += len(message.get("body", b""))
        if received > most:
            raise TooLarge(f"more than {most:,} bytes were sent", remedy="send less at once")
        return message

    return receive


def text_of(form: FormData, name: str) -> str:
    """A field's text without white space around it, line ends as the record has them; empty where there is none."""
    value = form.get(name, "")
    return value.replace("\r\n", "\n").strip() if isinstance(value, str) else ""


def local_address(given: str, otherwise: str = "/") -> str:
    """An address of this server to go on to; another one is not gone to."""
    return given if re.fullmatch(r"/(?![/\\])[!-\[\]-~]*", given) else otherwise


def corrections_of(form: FormData, statement: Statement, text: str) -> dict[str, FieldValue]:
    """What a form changes of a statement as it counts; fields left as they are count for nothing.

    Args:
        text: of the report, in which other words of the quote are looked for.

    Raises:
        RequestError: the words of the quote do not stand in the report.
    """
    found: dict[str, FieldValue] = {}
    for name in (*WORDED, *FREE):
        if name in form:
            value = text_of(form, name) or None
            if value != getattr(statement, name):
                found[name] = value
    if "act" in form and ("former" in form) != statement.former:
        found["former"] = "former" in form
    quote = text_of(form, "quote")
    if quote and spaced(quote) != spaced(statement.quote):
        start, end = located(text, quote, near=statement.start)
        found |= {"start": start, "end": end}
    return found


def fields_of(form: FormData) -> dict[str, FieldValue]:
    """The fields of a statement that is added."""
    given: dict[str, FieldValue] = {name: text_of(form, name) for name in (*WORDED, *FREE) if text_of(form, name)}
    return {**given, "former": "former" in form}


def passage_of(form: FormData, text: str) -> tuple[int, int]:
    """Start and end of the words a form names: by places where it has them and they are right, else by the words.

    Raises:
        RequestError: the words do not stand in the report, or several times and nothing tells which is meant.
    """
    quote = text_of(form, "quote")
    start, end = text_of(form, "start"), text_of(form, "end")
    if start.isdigit() and end.isdigit() and len(start) < 10 and len(end) < 10:
        places = int(start), int(end)
        if spaced(text[places[0] : places[1]]) == spaced(quote):
            return places
    occurrence = text_of(form, "occurrence")
    return located(text, quote, occurrence=int(occurrence) if occurrence.isdigit() and len(occurrence) < 7 else None)


def located(text: str, quote: str, *, near: int | None = None, occurrence: int | None = None) -> tuple[int, int]:
    """Where words stand in a text, white space of any kind between them.

    Args:
        near: the place nearest to this is meant; occurrence: or that of this number, from 1.

    Raises:
        RequestError: they do not stand there, or it is not told which of several places is meant.
    """
    words = quote.split()
    if not words:
        raise RequestError("no words are given", remedy="select them in the report, or copy them exactly")
    found = [match.span() for match in re.finditer(r"\s+".join(map(re.escape, words)), text)]
    if not found:
        raise RequestError("these words do not stand in the report", remedy="copy them exactly")
    if near is not None:
        return min(found, key=lambda span: (abs(span[0] - near), span))
    if occurrence is None and len(found) > 1:
        raise RequestError(
            f"these words stand there {len(found)} times", remedy="say which occurrence is meant, from 1"
        )
    if not 1 <= (occurrence or 1) <= len(found):
        raise RequestError(f"these words stand there {len(found)} times", remedy="there is no such occurrence")
    return found[(occurrence or 1) - 1]


def spaced(text: str) -> str:
    """A text with single spaces between its words."""
    return " ".join(text.split())
