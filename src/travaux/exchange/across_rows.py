"""Shifts, conflicts, meetings and incidents as rows for listings, `id` first and values ready for JSON."""

from __future__ import annotations

from typing import Any

from travaux.analysis.conflict import Conflict, Passage
from travaux.analysis.events import Event
from travaux.analysis.shifts import Shift
from travaux.happening import Figure, Happening
from travaux.model import PartialDate, Statement

Row = dict[str, Any]

SHIFTS = (
    "id", "kind", "party", "option", "from", "to", "order", "says", "before", "before_published", "before_quote",
    "before_condition", "before_statement", "after", "after_published", "after_quote", "after_condition", "after_statement",
)  # fmt: skip
CONFLICTS = ("id", "kind", "about", "says", "weight", "reports", "sides")
EVENTS = (
    "id", "what", "form", "status", "place", "day", "participants", "parties", "figures", "claimed_by", "families",
    "reports", "versions",
)  # fmt: skip


def shift_row(shift: Shift) -> Row:
    """A shift with both its quotes; the columns of `after` are empty where a report says only what was held before."""
    return {
        "id": shift.id,
        "kind": str(shift.kind),
        "party": shift.party,
        "option": shift.option,
        "from": str(shift.before.stance),
        "to": None if shift.after is None else str(shift.after.stance),
        "order": str(shift.order),
        "says": shift.says,
        **_statement_columns("before", shift.before, shift.published[0]),
        **_statement_columns("after", shift.after, shift.published[1]),
    }


def _statement_columns(name: str, one: Statement | None, day: PartialDate | None) -> Row:
    return {
        name: None if one is None else one.report,
        f"{name}_published": None if day is None else day.value,
        f"{name}_quote": None if one is None else one.quote,
        f"{name}_condition": None if one is None else one.condition,
        f"{name}_statement": None if one is None else one.id,
    }


def conflict_row(conflict: Conflict) -> Row:
    """A conflict with its sides and their passages; start and end are code points into the report's text."""
    return {
        "id": conflict.id,
        "kind": str(conflict.kind),
        "about": conflict.about,
        "says": conflict.says,
        "weight": conflict.weight,
        "reports": list(conflict.reports),
        "sides": [
            {"value": side.value, "passages": [_passage_columns(one) for one in side.passages]}
            for side in conflict.sides
        ],
    }


def _passage_columns(one: Passage) -> Row:
    return {"report": one.report, "start": one.start, "end": one.end, "quote": one.quote}


def event_row(event: Event) -> Row:
    """A meeting or incident with each report's version of it."""
    return {
        "id": event.id,
        "what": event.what,
        "form": event.form,
        "status": str(event.status),
        "place": event.place,
        "day": event.day,
        "participants": list(event.participants),
        "parties": list(event.parties),
        "figures": [_figure_columns(one) for one in event.figures],
        "claimed_by": list(event.claimed_by),
        "families": event.families,
        "reports": list(event.reports),
        "versions": [_version_columns(one) for one in event.versions],
    }


def _version_columns(one: Happening) -> Row:
    return {
        "id": one.id,
        "report": one.report,
        "what": one.what,
        "status": str(one.status),
        "denied": one.denied,
        "place": one.place,
        "day": one.day,
        "when": one.when,
        "participants": list(one.participants),
        "figures": [_figure_columns(figure) for figure in one.figures],
        "claimed_by": one.claimed_by,
        "start": one.start,
        "end": one.end,
        "quote": one.quote,
    }


def _figure_columns(one: Figure) -> Row:
    return {"counted": one.counted, "words": one.words, "least": one.least, "most": one.most, "rough": one.rough}
