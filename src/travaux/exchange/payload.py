"""A statement with all that belongs to it as one JSON object, for formats that have room for one.

Annotation tools keep what they do not know: `meta`, `data`, a long text. An object put there and taken out again brings a
statement back whole: its id, its reader, what was read and what people decided.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from travaux.analysis.judgements import JudgedStatement
from travaux.exchange.incoming import IncomingJudgement, IncomingStatement, Value
from travaux.exchange.rows import as_read, judgement_row
from travaux.exchange.tables import ExportView
from travaux.record.corrections import CORRECTABLE

Payload = dict[str, Any]


def payload_of(judged: JudgedStatement, view: ExportView) -> Payload:
    """Everything of a statement but its quote and place, which the format itself holds; values are ready for JSON."""
    shown = judged.effective
    own = [
        judgement_row(one)
        for one in sorted(view.judgements, key=lambda one: one.number)
        if one.statement == shown.id or one.number == judged.judgement
    ]
    return {
        "id": shown.id,
        "report": shown.report,
        "report_id": shown.report_id,
        "reader": shown.reader,
        **{name: _plain(getattr(shown, name)) for name in CORRECTABLE},
        "confidence": shown.confidence,
        "reasons": [{"step": one.step, "says": one.says, "start": one.start, "end": one.end} for one in shown.reasons],
        "as_read": {name: _plain(value) for name, value in as_read(judged).items()},
        "judgement": judged.reason,
        "judgements": own,
    }


def statement_from(
    payload: Mapping[str, Any],
    *,
    where: str,
    quote: str,
    start: int | None,
    end: int | None,
    values: Mapping[str, Value] | None = None,
    answer: str | None = None,
    by: str | None = None,
    at: str | None = None,
) -> IncomingStatement:
    """The statement a payload holds.

    Args:
        values: what the tool's own fields say; they count more than the payload, since that is where people work.
    """
    return IncomingStatement(
        where=where,
        report=str(payload.get("report") or ""),
        report_id=payload.get("report_id"),
        quote=quote,
        start=start,
        end=end,
        values={name: payload[name] for name in CORRECTABLE if name in payload} | dict(values or {}),
        id=payload.get("id"),
        reader=str(payload.get("reader") or ""),
        stamp=str(payload.get("judgement") or ""),
        answer=answer,
        by=by,
        at=at,
        as_read=payload.get("as_read") or {},
        extra={name: payload[name] for name in ("confidence", "reasons") if payload.get(name) is not None},
    )


def judgements_from(payload: Mapping[str, Any], where: str) -> Iterable[IncomingJudgement]:
    """The judgements a payload holds."""
    for row in payload.get("judgements") or ():
        yield IncomingJudgement(where, {"report": payload.get("report"), **row})


def _plain(value: Any) -> Any:
    return value if value is None or isinstance(value, bool | int) else str(value)
