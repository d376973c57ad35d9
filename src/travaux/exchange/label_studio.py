"""Label Studio: one task a report, the statements as predictions, and the labelling interface that fits them.

``tasks.json`` and ``interface.xml`` go into a new project; the JSON that Label Studio exports comes back. In an annotation, a
region kept confirms the statement, another label corrects it, a region taken away rejects it, and a new one is a statement
of the annotator's own. Offsets are code points, as Label Studio's own
(https://labelstud.io/guide/task_format); one that counts UTF-16 units is recognised by the region's text.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator, Mapping
from datetime import UTC
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from travaux.analysis.judgements import JudgedStatement
from travaux.errors import RequestError
from travaux.exchange.incoming import Incoming, IncomingJudgement, IncomingReport, IncomingStatement
from travaux.exchange.incoming_values import moment
from travaux.exchange.labels import label_of, labels_of, position_in
from travaux.exchange.payload import judgements_from, payload_of, statement_from
from travaux.exchange.prodigy import own_statement
from travaux.exchange.tables import ExportView
from travaux.exchange.tables_in import text_of
from travaux.exchange.whole_files import whole_file
from travaux.intake.known import text_or_none
from travaux.model import Stance

CONTROL, OBJECT = "position", "text"
_COLOURS = {Stance.FOR: "#2a7f3f", Stance.AGAINST: "#b3261e", Stance.OPEN: "#8a6d00"}


def export_label_studio(folder: Path, view: ExportView) -> list[Path]:
    """Writes ``tasks.json`` and ``interface.xml``.

    Raises:
        RequestError: the folder cannot be written to.
    """
    tasks, interface = folder / "tasks.json", folder / "interface.xml"
    with whole_file(tasks) as file:
        file.write(json.dumps(list(_tasks(view)), ensure_ascii=False, indent=1) + "\n")
    with whole_file(interface) as file:
        file.write(_interface(view))
    return [tasks, interface]


def _tasks(view: ExportView) -> Iterator[dict[str, Any]]:
    of_report: dict[str, list[JudgedStatement]] = defaultdict(list)
    for counting in view.counting():
        of_report[counting.effective.report].append(counting)
    for report in sorted(view.texts, key=lambda one: one.name):
        judged = of_report[report.name]
        predictions: dict[str, list[dict[str, Any]]] = defaultdict(list)
        for one in (held.effective for held in judged):
            region: dict[str, Any] = {
                "id": one.id,
                "from_name": CONTROL,
                "to_name": OBJECT,
                "type": "labels",
                "value": {"start": one.start, "end": one.end, "text": one.quote, "labels": [label_of(one)]},
            }
            predictions[one.reader].append(region | ({} if one.confidence is None else {"score": one.confidence}))
        yield {
            "data": {
                "text": report.text,
                "title": report.title or report.name,
                "report": report.name,
                "report_id": report.id,
                "travaux": {one.effective.id: payload_of(one, view) for one in judged},
            },
            "predictions": [
                {"model_version": reader, "result": regions} for reader, regions in sorted(predictions.items())
            ],
        }


def _interface(view: ExportView) -> str:
    labels = labels_of(view.agenda) or sorted({label_of(one.effective) for one in view.counting()})
    lines = [
        f"    <Label value={quoteattr(label)} background={quoteattr(_COLOURS[Stance(position_in(label)['stance'])])}/>\n"
        for label in labels
    ]
    return (
        '<View>\n  <Header value="$title"/>\n'
        f'  <Filter toName="{CONTROL}" minlength="0" name="filter"/>\n'
        f'  <Labels name="{CONTROL}" toName="{OBJECT}" choice="single">\n{"".join(lines)}  </Labels>\n'
        f'  <Text name="{OBJECT}" value="$text" granularity="word"/>\n</View>\n'
    )


def read_label_studio(path: Path) -> Incoming:
    """Tasks as Label Studio exports them (JSON); a folder holds them as ``tasks.json``.

    Raises:
        RequestError: the file is no JSON list of tasks.
    """
    file = path / "tasks.json" if path.is_dir() else path
    try:
        tasks = json.loads(text_of(file))
    except ValueError as error:
        raise RequestError(f"not JSON: {error}", path=file) from None
    if not isinstance(tasks, list) or not all(
        isinstance(one, dict) and isinstance(one.get("data"), dict) for one in tasks
    ):
        raise RequestError("not a list of tasks", path=file, remedy="export from Label Studio as JSON, not JSON-MIN")
    reports: list[IncomingReport] = []
    statements: list[IncomingStatement] = []
    judgements: list[IncomingJudgement] = []
    for number, task in enumerate(tasks, 1):
        data, where = task["data"], f"{file.name}, task {number}"
        payloads = data.get("travaux") if isinstance(data.get("travaux"), dict) else {}
        if not isinstance(data.get("text"), str):
            raise RequestError(f"task {number} has no text", path=file)
        name = str(data.get("report") or f"label-studio-task-{task.get('id', number)}.txt")
        reports.append(
            IncomingReport(
                name, text_or_none(data.get("report_id")), data["text"].encode(), title=text_or_none(data.get("title"))
            )
        )
        for payload in payloads.values():
            judgements += judgements_from(payload, where)
        statements += _annotated(task, payloads, name, where)
    return Incoming(file.name, tuple(reports), tuple(statements), tuple(judgements))


def _annotated(
    task: Mapping[str, Any], payloads: Mapping[str, Mapping[str, Any]], name: str, where: str
) -> Iterator[IncomingStatement]:
    text: str = task["data"]["text"]
    done = [one for one in task.get("annotations") or () if not one.get("was_cancelled")]
    if not done:  # nobody has worked on it: it brings back what it was sent with
        for prediction in task.get("predictions") or ():
            for region in prediction.get("result") or ():
                if region.get("id") in payloads:
                    yield _region(region, payloads[region["id"]], text, where)
    for annotation in done:
        by, at = _signed(annotation)
        regions = [one for one in annotation.get("result") or () if one.get("type") == "labels"]
        for region in regions:
            payload = payloads.get(str(region.get("id")))
            if payload is None:
                payload = own_statement({"report": name, "report_id": task["data"].get("report_id")}, by)
            yield _region(region, payload, text, where, answer="accept", by=by, at=at)
        kept = {str(region.get("id")) for region in regions}
        for identity, payload in payloads.items():
            if identity not in kept:
                span = _sent(task, identity)
                if span is not None:
                    yield _region(span, payload, text, where, answer="reject", by=by, at=at)


def _sent(task: Mapping[str, Any], identity: str) -> Mapping[str, Any] | None:
    for prediction in task.get("predictions") or ():
        for region in prediction.get("result") or ():
            if region.get("id") == identity:
                return region  # type: ignore[no-any-return]
    return None


def _region(
    region: Mapping[str, Any], payload: Mapping[str, Any], text: str, where: str, **decided: Any
) -> IncomingStatement:
    value = region.get("value") or {}
    start, end, quote = int(value["start"]), int(value["end"]), value.get("text")
    if isinstance(quote, str) and text[start:end] != quote:
        units = text.encode("utf-16-le")
        before, upto = (len(units[: 2 * place].decode("utf-16-le", "ignore")) for place in (start, end))
        if text[before:upto] == quote:
            start, end = before, upto
    labels = value.get("labels") or [""]
    values = position_in(str(labels[0]))
    return statement_from(payload, where=where, quote=text[start:end], start=start, end=end, values=values, **decided)


def _signed(annotation: Mapping[str, Any]) -> tuple[str, str | None]:
    who = annotation.get("completed_by")
    if isinstance(who, dict):
        who = who.get("email") or who.get("id")
    stamp = annotation.get("updated_at") or annotation.get("created_at")
    at = moment(str(stamp)).astimezone(UTC).isoformat(timespec="seconds") if stamp else None
    return (f"Label Studio user {who}" if isinstance(who, int) else str(who or "Label Studio")), at
