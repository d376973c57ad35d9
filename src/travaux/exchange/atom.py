"""An Atom feed (RFC 4287) of the statements, the last read or judged first, for feed readers.

An entry keeps its id when a statement is judged and changes its time, so that a reader shows it as updated. `published` is the
report's date where it is known to the day; `updated` is when the statement was read or last judged.
"""

from __future__ import annotations

import uuid
from datetime import UTC
from pathlib import Path
from xml.etree import ElementTree

from travaux.analysis.judgements import JudgedStatement
from travaux.exchange.annotations import sentence_of
from travaux.exchange.incoming_values import moment
from travaux.exchange.tables import ExportView
from travaux.exchange.whole_files import whole_file
from travaux.exchange.xml_text import xml_text
from travaux.record.rows import ReportRow
from travaux.version import __version__

ATOM = "http://www.w3.org/2005/Atom"
NEVER = "1970-01-01T00:00:00+00:00"
"""The time of an entry nobody can date: a record without any run."""


def export_atom(path: Path, view: ExportView) -> list[Path]:
    """Writes one feed.

    Raises:
        RequestError: the place cannot be written to.
    """
    ElementTree.register_namespace("", ATOM)
    feed = ElementTree.Element(f"{{{ATOM}}}feed")
    started = {(one.report_id, one.reader): one.started for one in view.readings}
    judged_at = {one.number: one.at for one in view.judgements}
    timed = sorted(
        ((_updated(one, started, judged_at), one) for one in view.counting()),
        key=lambda pair: (pair[0], pair[1].effective.id),
        reverse=True,
    )
    _add(feed, "id", _uuid(f"feed {view.title}"))
    _add(feed, "title", view.title)
    if view.notice:
        _add(feed, "subtitle", view.notice)
    _add(feed, "updated", timed[0][0] if timed else NEVER)
    _add(_add(feed, "author"), "name", "Travaux")
    _add(feed, "generator", "Travaux", version=__version__)
    reports = {report.name: report for report in view.reports}
    for updated, one in timed:
        _entry(feed, one, sentence_of(one, view), reports.get(one.effective.report), updated)
    ElementTree.indent(feed)
    with whole_file(path) as file:
        file.write('<?xml version="1.0" encoding="utf-8"?>\n')
        file.write(ElementTree.tostring(feed, encoding="unicode") + "\n")
    return [path]


def _updated(judged: JudgedStatement, started: dict[tuple[str, str], str], judged_at: dict[int, str]) -> str:
    one = judged.statement
    times = [started.get((one.report_id, one.reader)), judged_at.get(judged.judgement or 0)]
    known = [moment(time).astimezone(UTC) for time in times if time]
    return max(known).isoformat(timespec="seconds") if known else NEVER


def _entry(
    feed: ElementTree.Element, judged: JudgedStatement, title: str, report: ReportRow | None, updated: str
) -> None:
    one = judged.effective
    entry = _add(feed, "entry")
    _add(entry, "id", _uuid(f"statement {one.id}"))
    _add(entry, "title", title)
    _add(entry, "updated", updated)
    if report and report.published and report.published.precision == "day":
        _add(entry, "published", f"{report.published.value}T00:00:00Z")
    if report and report.url and report.url.startswith(("https://", "http://")):
        _add(entry, "link", rel="alternate", href=report.url)
    for term in (one.party, one.option, str(one.stance), str(one.act)):
        _add(entry, "category", term=term)
    told = [f"“{one.quote}”", " · ".join(filter(None, (report.publisher if report else None, one.report)))]
    if report and report.published and report.published.precision != "day":
        told.append(f"published {report.published.value}")
    elif report and not report.published:
        told.append("undated")
    _add(entry, "content", "\n".join(told), type="text")


def _add(parent: ElementTree.Element, name: str, text: str | None = None, **attributes: str) -> ElementTree.Element:
    clean = {key: xml_text(value) for key, value in attributes.items()}
    element = ElementTree.SubElement(parent, f"{{{ATOM}}}{name}", clean)
    element.text = None if text is None else xml_text(text)
    return element


def _uuid(name: str) -> str:
    return uuid.uuid5(uuid.NAMESPACE_URL, f"urn:travaux:{name}").urn
