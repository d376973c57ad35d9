"""Prodigy: one task a statement, as JSON lines with spans in code points (https://prodi.gy/docs/api-interfaces).

A task shows the paragraph a statement stands in, with the passage marked. Its key ``travaux`` brings the statement back.
In the file that Prodigy's ``db-out`` gives, accepting a task confirms the statement, rejecting it rejects it; another label
is a correction. A mark drawn otherwise or added is a statement of the annotator's own; where it is still the same passage,
it stands for the one that was there.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from travaux.analysis.judgements import JudgedStatement, same_passage
from travaux.exchange.annotations import sentence_of
from travaux.exchange.incoming import Incoming, IncomingJudgement, IncomingStatement
from travaux.exchange.json_lines import json_line
from travaux.exchange.labels import label_of, position_in
from travaux.exchange.payload import judgements_from, payload_of, statement_from
from travaux.exchange.tables import ExportView
from travaux.exchange.tables_in import read_json_lines
from travaux.exchange.whole_files import whole_file
from travaux.model import Report

ANSWERS = {"accept": "accept", "reject": "reject"}
READER = "prodigy"
"""Whose a statement is that somebody marked in Prodigy without a name."""


def export_prodigy(path: Path, view: ExportView) -> list[Path]:
    """Writes JSON lines for Prodigy, which spaCy's users read too.

    Raises:
        RequestError: the place cannot be written to.
    """
    texts = {report.name: report for report in view.texts}
    with whole_file(path) as file:
        for judged in view.counting():
            file.write(json_line(_task(judged, view, texts[judged.effective.report])) + "\n")
    return [path]


def _task(judged: JudgedStatement, view: ExportView, report: Report) -> dict[str, Any]:
    one = judged.effective
    first, last = passage_around(report, one.start, one.end)
    published = report.published.value if report.published else "undated"
    return {
        "text": report.text[first:last],
        "spans": [{"start": one.start - first, "end": one.end - first, "label": label_of(one)}],
        "meta": {"statement": sentence_of(judged, view), "report": one.report, "published": published},
        "travaux": {"offset": first, "start": one.start, "end": one.end, **payload_of(judged, view)},
    }


def passage_around(report: Report, start: int, end: int) -> tuple[int, int]:
    """The blocks of the layout that a passage stands in, from the first's start to the last's end."""
    touched = [block for block in report.blocks if block.start < end and block.end > start]
    if not touched:
        return start, end
    return min(touched[0].start, start), max(touched[-1].end, end)


def read_prodigy(path: Path) -> Incoming:
    """Tasks as `export_prodigy` wrote them and Prodigy gives them back.

    Raises:
        RequestError: a line is no JSON object.
    """
    statements: list[IncomingStatement] = []
    judgements: list[IncomingJudgement] = []
    foreign = 0
    for number, task in enumerate(read_json_lines(path), 1):
        payload = task.get("travaux")
        if not isinstance(payload, dict) or "option" not in payload:
            foreign += 1
            continue
        where = f"{path.name}, task {number}"
        judgements += judgements_from(payload, where)
        statements += _answered(task, payload, where)
    told = (f"{foreign} tasks that no record wrote: they do not say which report they are from",) if foreign else ()
    return Incoming(path.name, (), tuple(statements), tuple(judgements), told)


def _answered(task: Mapping[str, Any], payload: Mapping[str, Any], where: str) -> Iterator[IncomingStatement]:
    offset, text = int(payload["offset"]), str(task.get("text") or "")
    original = (int(payload["start"]) - offset, int(payload["end"]) - offset)
    by, at = _signed(task)
    answer = ANSWERS.get(str(task.get("answer")))
    marks = {(int(span["start"]), int(span["end"])): str(span.get("label") or "") for span in task.get("spans") or ()}
    if answer is not None and not any(same_passage(original, mark) for mark in marks):
        yield _marked(payload, text, offset, original, where=where, answer="reject", by=by, at=at)
    for place, label in marks.items():
        if place == original:
            kept, said = payload, answer
        elif answer == "accept":
            kept, said = own_statement(payload, by or READER), answer
        else:
            continue
        values = position_in(label)
        yield _marked(kept, text, offset, place, where=where, values=values, answer=said, by=by, at=at)


def _marked(
    payload: Mapping[str, Any], text: str, offset: int, place: tuple[int, int], **more: Any
) -> IncomingStatement:
    start, end = place
    return statement_from(payload, quote=text[start:end], start=offset + start, end=offset + end, **more)


def own_statement(payload: Mapping[str, Any], reader: str) -> dict[str, Any]:
    """What is kept of a statement for one that an annotator made beside it: the report and the fields, not who read it."""
    dropped = ("id", "confidence", "reasons", "as_read", "judgement", "judgements")
    return {name: value for name, value in payload.items() if name not in dropped} | {"reader": reader}


def _signed(task: Mapping[str, Any]) -> tuple[str | None, str | None]:
    by = task.get("_annotator_id") or task.get("_session_id")
    stamp = task.get("_timestamp")
    at = datetime.fromtimestamp(int(stamp), UTC).isoformat(timespec="seconds") if stamp else None
    return (str(by) if by else None), at
