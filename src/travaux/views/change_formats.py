"""`Changes` as text, Markdown, an e-mail message, an Atom feed; `slack` has one more form.

Titles, quotes and addresses come from strangers.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from xml.etree import ElementTree

from markupsafe import Markup, escape

from travaux.model import content_id
from travaux.version import __version__
from travaux.views.changes import Changes, Entry
from travaux.views.slack import as_slack
from travaux.views.words import one_line
from travaux.visit import is_web_address

ATOM = "http://www.w3.org/2005/Atom"
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>()#+!|~&-])")
_NOT_XML = re.compile("[\ufffe\uffff]")


def as_text(changes: Changes) -> str:
    """Plain text, for a terminal and for mail."""
    lines = [_headline(changes)]
    if changes.notice:
        lines.append(one_line(changes.notice))
    for section in changes.sections:
        lines += ["", f"{section.heading} ({len(section.entries)})"]
        for entry in section.entries:
            lines.append(f"- {one_line(entry.title)}")
            if entry.quote:
                lines.append(f"  “{one_line(entry.quote)}”")
            if entry.detail:
                lines.append(f"  {one_line(entry.detail)}")
            if link := _link(entry):
                lines.append(f"  {link}")
    return "\n".join(lines) + "\n"


def as_markdown(changes: Changes) -> str:
    """Markdown (CommonMark); what strangers wrote is escaped."""
    lines = [f"# {_escaped(_headline(changes))}"]
    if changes.notice:
        lines += ["", f"*{_escaped(changes.notice)}*"]
    for section in changes.sections:
        lines += ["", f"## {section.heading} ({len(section.entries)})", ""]
        for entry in section.entries:
            link = _link(entry)
            title = f"[{_escaped(entry.title)}](<{link}>)" if link else _escaped(entry.title)
            lines.append(f"- {title}")
            if entry.quote:
                lines += ["", f"  > {_escaped(entry.quote)}", ""]
            if entry.detail:
                lines.append(f"  {_escaped(entry.detail)}")
    return "\n".join(lines) + "\n"


def as_html(changes: Changes) -> str:
    """A page for mail programs: no scripts, no pictures, nothing that is loaded from elsewhere."""
    parts = [Markup("<h1>{}</h1>").format(_headline(changes))]
    if changes.notice:
        parts.append(Markup("<p><em>{}</em></p>").format(one_line(changes.notice)))
    for section in changes.sections:
        parts.append(Markup("<h2>{} ({})</h2>").format(section.heading, len(section.entries)))
        rows = []
        for entry in section.entries:
            title: Markup = escape(one_line(entry.title))
            if link := _link(entry):
                title = Markup('<a href="{}">{}</a>').format(link, title)
            quote = Markup("<blockquote>{}</blockquote>").format(one_line(entry.quote)) if entry.quote else ""
            rows.append(Markup("<li>{}{}<br><small>{}</small></li>").format(title, quote, one_line(entry.detail)))
        parts.append(Markup("<ul>{}</ul>").format(Markup("\n").join(rows)))
    body = Markup("\n").join(parts)
    return str(
        Markup(
            '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{}</title></head>\n<body>\n{}\n</body></html>\n'
        ).format(_headline(changes), body)
    )


def as_mail(changes: Changes, sender: str = "", receiver: str = "") -> str:
    """An e-mail message (RFC 5322) with text and HTML; the same changes give the same message.

    Args:
        sender, receiver: addresses; left out where empty, for the program that sends it to add.
    """
    message = EmailMessage(policy=SMTP)
    message["Subject"] = _headline(changes)
    if sender:
        message["From"] = one_line(sender)
    if receiver:
        message["To"] = one_line(receiver)
    if changes.until:
        message["Date"] = format_datetime(datetime.fromisoformat(changes.until))
    mark = content_id("mail", changes.title, changes.until, *(entry.key for entry in changes.entries))
    message["Message-ID"] = f"<{mark}@travaux.invalid>"
    message.set_content(as_text(changes), cte="quoted-printable")
    message.add_alternative(as_html(changes), subtype="html", cte="quoted-printable")
    message.set_boundary(f"=_{mark}")
    return message.as_bytes().decode("ascii")


def as_atom(changes: Changes) -> str:
    """An Atom feed (RFC 4287), newest first; an entry keeps its id for good."""
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    _child(feed, "title", one_line(changes.title))
    if changes.notice:
        _child(feed, "subtitle", one_line(changes.notice))
    _child(feed, "id", f"urn:travaux:changes:{content_id('changes', changes.title)}")
    _child(feed, "updated", changes.until or "1970-01-01T00:00:00+00:00")
    _child(feed, "generator", "Travaux").set("version", __version__)
    _child(_child(feed, "author"), "name", one_line(changes.title))
    for entry in sorted(changes.entries, key=lambda one: one.told, reverse=True):
        told = _child(feed, "entry")
        _child(told, "id", f"urn:travaux:{entry.kind}:{entry.key}")
        _child(told, "title", one_line(entry.title))
        _child(told, "updated", entry.told)
        _child(told, "category").set("term", entry.kind)
        if link := _link(entry):
            _child(told, "link").set("href", link)
        quote = f"“{one_line(entry.quote)}”\n" if entry.quote else ""
        _child(told, "content", f"{quote}{one_line(entry.detail)}").set("type", "text")
    ElementTree.indent(feed)
    return f'<?xml version="1.0" encoding="utf-8"?>\n{ElementTree.tostring(feed, encoding="unicode")}\n'


FORMATS: dict[str, Callable[[Changes], str]] = {
    "text": as_text,
    "markdown": as_markdown,
    "html": as_html,
    "eml": as_mail,
    "atom": as_atom,
    "slack": as_slack,
}
"""Ways of writing changes down, by the name of the form."""


def _headline(changes: Changes) -> str:
    since = f" since {_time(changes.since)}" if changes.since else ""
    return f"{one_line(changes.title)}: {changes.summary}{since}"


def _time(told: str) -> str:
    return told[:16].replace("T", " ") + " UTC"


def _link(entry: Entry) -> str | None:
    """The address where it is one that may be shown as a link: a stranger's may be a script."""
    url = entry.url or ""
    fit = is_web_address(url) and url.isprintable() and not re.search(r'[\s<>"\\]', url)
    return url if fit else None


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", one_line(text))


def _child(parent: ElementTree.Element, name: str, text: str = "") -> ElementTree.Element:
    child = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}")
    if text:
        child.text = _NOT_XML.sub("�", text)
    return child
