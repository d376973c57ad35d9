"""W3C Web Annotations, and the same for Hypothes.is: a statement is an annotation of the page it was read from.

Positions are code points, as the Web Annotation data model asks for (https://www.w3.org/TR/annotation-model/#text-position-selector).
Each annotation has a body for people to read and one, of format ``application/json``, that brings the statement back whole.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote as in_url

from travaux.analysis.judgements import JudgedStatement
from travaux.errors import RequestError
from travaux.exchange.incoming import Incoming, IncomingJudgement, IncomingStatement
from travaux.exchange.json_lines import json_line
from travaux.exchange.payload import judgements_from, payload_of, statement_from
from travaux.exchange.tables import ExportView
from travaux.exchange.tables_in import numbered_lines, text_of
from travaux.exchange.whole_files import whole_file
from travaux.model import Report
from travaux.version import __version__

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters before and after a quote that find it again on a page that has changed; as many as Hypothes.is takes."""
MARK = "travaux:"
"""Before the JSON in the text of an annotation of Hypothes.is, which knows no second body."""


def export_annotations(path: Path, view: ExportView) -> list[Path]:
    """Writes one JSON-LD file: an annotation collection with one page.

    Raises:
        RequestError: the place cannot be written to.
    """
    texts = {report.name: report for report in view.texts}
    items = [_annotation(one, view, texts[one.effective.report]) for one in view.counting()]
    collection = {
        "@context": CONTEXT,
        "id": "urn:travaux:annotations",
        "type": "AnnotationCollection",
        "label": view.title,
        "total": len(items),
        "first": {
            "id": "urn:travaux:annotations:1",
            "type": "AnnotationPage",
            "partOf": "urn:travaux:annotations",
            "startIndex": 0,
            "items": items,
        },
    }
    if view.notice:
        collection["summary"] = view.notice
    with whole_file(path) as file:
        file.write(json.dumps(collection, ensure_ascii=False, indent=1) + "\n")
    return [path]


def _annotation(judged: JudgedStatement, view: ExportView, report: Report) -> dict[str, Any]:
    one = judged.effective
    annotation: dict[str, Any] = {
        "id": f"urn:travaux:statement:{one.id}",
        "type": "Annotation",
        "motivation": "classifying",
        "generator": {"id": "urn:travaux", "type": "Software", "name": f"Travaux {__version__}"},
        "body": [
            {
                "type": "TextualBody",
                "purpose": "describing",
                "format": "text/plain",
                "language": "en",
                "value": sentence_of(judged, view),
            },
            {
                "type": "TextualBody",
                "purpose": "classifying",
                "format": "application/json",
                "value": json.dumps(payload_of(judged, view), ensure_ascii=False),
            },
        ],
        "target": {"source": source_of(report), "selector": _selectors(report, one.start, one.end)},
    }
    deciding = next((row for row in view.judgements if row.number == judged.judgement), None)
    if deciding is not None:
        annotation["creator"] = {"type": "Person", "name": deciding.reviewer}
        annotation["created"] = deciding.at
    return annotation


def sentence_of(judged: JudgedStatement, view: ExportView) -> str:
    """A statement as one line: who, stance, what, by which act, on which condition, on whose word."""
    one = judged.effective
    who = view.party_name(one.party) + (f" ({one.speaker})" if one.speaker else "")
    told = f"{who}: {one.stance} “{view.option_name(one.option)}” ({one.act}"
    told += ", formerly held" if one.former else ""
    told += f", via {one.via}" + (f" {one.via_name}" if one.via_name else "") + ")"
    if one.condition:
        told += f", on condition: “{one.condition}”"
    return told + (f" [{judged.reason}]" if judged.reason else "")


def source_of(report: Report) -> str:
    """The address of a report: its page, or a URN with its id where it has none."""
    if report.url and report.url.startswith(("https://", "http://")):
        return report.url
    return f"urn:travaux:report:{report.id}:{in_url(report.name, safe='')}"


def _selectors(report: Report, start: int, end: int) -> list[dict[str, Any]]:
    return [
        {
            "type": "TextQuoteSelector",
            "exact": report.text[start:end],
            "prefix": report.text[max(start - AROUND, 0) : start],
            "suffix": report.text[end : end + AROUND],
        },
        {"type": "TextPositionSelector", "start": start, "end": end},
    ]


def read_annotations(path: Path) -> Incoming:
    """Annotations that `export_annotations` wrote, whatever another annotator changed around them.

    Raises:
        RequestError: the file is no JSON-LD of annotations.
    """
    try:
        data = json.loads(text_of(path))
    except ValueError as error:
        raise RequestError(f"not JSON: {error}", path=path) from None
    found = list(_annotations_in(data))
    if not found:
        raise RequestError("no annotations in this file", path=path, remedy="export the record as annotations first")
    statements: list[IncomingStatement] = []
    judgements: list[IncomingJudgement] = []
    foreign = 0
    for number, annotation in enumerate(found, 1):
        payload = next(filter(None, map(_payload, _listed(annotation.get("body")))), None)
        if payload is None:
            foreign += 1
            continue
        target = next(iter(_listed(annotation.get("target"))), {})
        where = f"{path.name}, annotation {number}"
        statements.append(_selected(payload, _listed(target.get("selector")), where))
        judgements += judgements_from(payload, where)
    told = (f"{foreign} annotations that no record wrote: they name no party and option",) if foreign else ()
    return Incoming(path.name, (), tuple(statements), tuple(judgements), told)


def _annotations_in(data: object) -> Iterator[Mapping[str, Any]]:
    if isinstance(data, list):
        for item in data:
            yield from _annotations_in(item)
    elif isinstance(data, dict):
        if data.get("type") == "Annotation":
            yield data
        for key in ("first", "items", "rows"):
            yield from _annotations_in(data.get(key))


def _listed(value: object) -> list[dict[str, Any]]:
    return [item for item in (value if isinstance(value, list) else [value]) if isinstance(item, dict)]


def _payload(body: Mapping[str, Any]) -> dict[str, Any] | None:
    if body.get("format") != "application/json":
        return None
    try:
        data = json.loads(str(body.get("value")))
    except ValueError:
        return None
    return data if isinstance(data, dict) and "option" in data else None


def _selected(payload: Mapping[str, Any], selectors: list[dict[str, Any]], where: str) -> IncomingStatement:
    quote = next((one["exact"] for one in selectors if one.get("type") == "TextQuoteSelector"), "")
    place = next((one for one in selectors if one.get("type") == "TextPositionSelector"), {})
    return statement_from(payload, where=where, quote=str(quote), start=place.get("start"), end=place.get("end"))


def export_hypothesis(path: Path, view: ExportView) -> list[Path]:
    """Writes JSON lines, each the body of a POST to ``/api/annotations`` of Hypothes.is; nothing is sent.

    Raises:
        RequestError: the place cannot be written to.
    """
    texts = {report.name: report for report in view.texts}
    with whole_file(path) as file:
        for judged in view.counting():
            one, report = judged.effective, texts[judged.effective.report]
            # Two hyphens would end the comment; within JSON they can be written otherwise.
            kept = json.dumps(payload_of(judged, view), ensure_ascii=False).replace("--", "-\\u002d")
            source = source_of(report)
            line = {
                "uri": source,
                "document": {"title": [report.title or report.name]},
                "text": f"{sentence_of(judged, view)}\n\n<!-- {MARK} {kept} -->",
                "tags": [view.party_name(one.party), view.option_name(one.option), str(one.stance), str(one.act)],
                "target": [{"source": source, "selector": _selectors(report, one.start, one.end)}],
            }
            file.write(json_line(line) + "\n")
    return [path]


def read_hypothesis(path: Path) -> Incoming:
    """Annotations as `export_hypothesis` wrote them, or as the search of Hypothes.is gives them (``rows``).

    Raises:
        RequestError: a line is no JSON.
    """
    statements: list[IncomingStatement] = []
    judgements: list[IncomingJudgement] = []
    foreign = 0
    for number, line in numbered_lines(path):
        try:
            data = json.loads(line)
        except ValueError as error:
            raise RequestError(f"not JSON: {error}", path=path, line=number) from None
        for annotation in data.get("rows", [data]) if isinstance(data, dict) else []:
            payload = _marked(str(annotation.get("text") or ""))
            if payload is None:
                foreign += 1
                continue
            where = f"{path.name}:{number}"
            target = next(iter(_listed(annotation.get("target"))), {})
            statements.append(_selected(payload, _listed(target.get("selector")), where))
            judgements += judgements_from(payload, where)
    told = (f"{foreign} annotations that no record wrote: they name no party and option",) if foreign else ()
    return Incoming(path.name, (), tuple(statements), tuple(judgements), told)


def _marked(text: str) -> dict[str, Any] | None:
    _, mark, rest = text.partition(f"<!-- {MARK} ")
    if not mark:
        return None
    try:
        data, _ = json.JSONDecoder().raw_decode(rest)
    except ValueError:
        return None
    return data if isinstance(data, dict) and "option" in data else None
