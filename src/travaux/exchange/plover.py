"""Event rows with the event types of PLOVER, for users of event data.

PLOVER (Open Event Data Alliance; the types of POLECAT) codes what an actor does to another. A statement has no addressee, so
the recipient is left empty, never guessed. Only those acts that mean one type of event are mapped; the others are left out and
counted by who calls. What PLOVER calls a mode is left empty: a statement does not say it.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from travaux.exchange.csv_files import write_csv
from travaux.exchange.tables import ExportView
from travaux.exchange.whole_files import whole_file
from travaux.model import Act

EVENT_TYPES = {
    Act.ACCEPT: "AGREE",
    Act.OFFER: "AGREE",
    Act.SUPPORT: "SUPPORT",
    Act.DEMAND: "REQUEST",
    Act.PROPOSE: "REQUEST",
    Act.REJECT: "REJECT",
    Act.OPPOSE: "ACCUSE",
}
"""What an act is in PLOVER, by our own reading: we know of no published crosswalk. AGREE takes in offers and promises, REQUEST
appeals and demands, ACCUSE disapproval. `consider` and `state` are no event of theirs."""

COLUMNS = (
    "id",
    "event_date",
    "event_date_precision",
    "event_type",
    "event_mode",
    "actor",
    "actor_id",
    "actor_kind",
    "speaker",
    "recipient",
    "context",
    "stance",
    "conditional",
    "via",
    "quote",
    "start",
    "end",
    "report",
    "publisher",
    "url",
    "verdict",
    "notice",
)


def export_plover(path: Path, view: ExportView) -> list[Path]:
    """Writes a CSV file, one row an event. The date is the report's: when somebody spoke is not known to the day.

    Raises:
        RequestError: the place cannot be written to.
    """
    with whole_file(path) as file:
        write_csv(file, COLUMNS, _rows(view))
    return [path]


def _rows(view: ExportView) -> Iterator[dict[str, Any]]:
    reports = {report.name: report for report in view.reports}
    for judged in view.counting():
        one = judged.effective
        if one.act not in EVENT_TYPES or one.former:
            continue
        report = reports.get(one.report)
        published = report.published if report else None
        party = view.agenda.party(one.party) if view.agenda else None
        yield {
            "id": one.id,
            "event_date": published.value if published else None,
            "event_date_precision": published.precision if published else None,
            "event_type": EVENT_TYPES[one.act],
            "event_mode": None,
            "actor": view.party_name(one.party),
            "actor_id": one.party,
            "actor_kind": party.kind if party else None,
            "speaker": one.speaker,
            "recipient": None,
            "context": view.option_name(one.option),
            "stance": str(one.stance),
            "conditional": one.condition is not None,
            "via": str(one.via),
            "quote": one.quote,
            "start": one.start,
            "end": one.end,
            "report": one.report,
            "publisher": report.publisher if report else None,
            "url": report.url if report else None,
            "verdict": None if judged.verdict is None else str(judged.verdict),
            "notice": view.notice or None,
        }
