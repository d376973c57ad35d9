"""E-mail messages (RFC 5322): press offices and newsletters send their texts that way. Attachments are not read."""

from __future__ import annotations

import email
import email.policy
from email.message import EmailMessage

from travaux.errors import IntakeError
from travaux.intake.dating import machine_date
from travaux.intake.known import Described
from travaux.intake.web_pages import Page, read_page
from travaux.model import DateBasis

MAIL = "message/rfc822"
FEWEST_CHARACTERS = 200
"""A plain part shorter than this beside an HTML part only says that the HTML part should be looked at."""


def read_mail(raw: bytes) -> tuple[Page, Described]:
    """The text of a message, with subject, sender and the day it was sent.

    Raises:
        IntakeError: there is no text in it.
    """
    try:
        message = email.message_from_bytes(raw, policy=email.policy.default)
        assert isinstance(message, EmailMessage)
        plain, html = _part(message, "plain"), _part(message, "html")
        subject, sender, sent = (_header(message, name) for name in ("subject", "from", "date"))
    except Exception as error:  # the library raises whatever a broken message leads it to
        raise IntakeError("this message cannot be read", remedy="save its text") from error
    if plain and (len(plain.strip()) >= FEWEST_CHARACTERS or not html):
        page = Page(plain.replace("\r\n", "\n"))
    elif html:
        read = read_page(html)
        page = Page(read.text, url=read.url)
    else:
        page = Page("")
    if not page.text.strip():
        raise IntakeError("there is no text in this message", remedy="attachments are not read: add them by themselves")
    name = _sender(message) or sender
    described = Described(subject, None, name, page.url, machine_date(sent, DateBasis.PAGE))
    return Page(page.text), described


def _part(message: EmailMessage, kind: str) -> str:
    part = message.get_body(preferencelist=(kind,))
    if not isinstance(part, EmailMessage):
        return ""
    try:
        text = part.get_content()
    except LookupError:  # a charset nobody knows
        payload = part.get_payload(decode=True)
        text = payload.decode("utf-8", "replace") if isinstance(payload, bytes) else ""
    return str(text).encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _header(message: EmailMessage, name: str) -> str | None:
    value = message.get(name)
    return " ".join(str(value).encode("utf-8", "replace").decode("utf-8").split())[:500] or None if value else None


def _sender(message: EmailMessage) -> str | None:
    addresses = getattr(message.get("from"), "addresses", ())
    return next((one.display_name for one in addresses if one.display_name), None)
