"""4 The store: one record's reports, readings and judgements in one database, and what may be written to it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.first_access import on_first_access

if TYPE_CHECKING:
    from travaux.record.agenda_edits import LoggedEdit, last_standing
    from travaux.record.assessments import Assessment
    from travaux.record.changes import Topic
    from travaux.record.corrections import CORRECTABLE, checked_corrections
    from travaux.record.datings import Dating
    from travaux.record.evidence import places_of
    from travaux.record.judging import added_id
    from travaux.record.opening import check_room, is_writable, may_write
    from travaux.record.retrievals import Retrieval
    from travaux.record.rows import Added, Outcome, Problem, ReportRow, Run, fingerprint_json
    from travaux.record.searching import Passage, Term, passages, places, stands_in, terms_of
    from travaux.record.sources import Source
    from travaux.record.store import Store
    from travaux.record.tellings import Updating
    from travaux.record.whereabouts import DATABASE_NAME, POINTER_NAME, is_record
    from travaux.record.worth import ACROSS, WHOLE, Joined

__all__ = [
    "ACROSS",
    "CORRECTABLE",
    "DATABASE_NAME",
    "Added",
    "Assessment",
    "Dating",
    "Joined",
    "LoggedEdit",
    "POINTER_NAME",
    "Outcome",
    "Passage",
    "Problem",
    "ReportRow",
    "Retrieval",
    "Run",
    "Source",
    "Store",
    "Term",
    "Topic",
    "Updating",
    "WHOLE",
    "added_id",
    "check_room",
    "checked_corrections",
    "fingerprint_json",
    "is_record",
    "is_writable",
    "last_standing",
    "may_write",
    "passages",
    "places",
    "places_of",
    "stands_in",
    "terms_of",
]

# Some of its modules know nothing of databases, and those who need them should not wait for SQLAlchemy.
__getattr__, __dir__ = on_first_access(
    __name__,
    {
        "travaux.record.agenda_edits": ("LoggedEdit", "last_standing"),
        "travaux.record.assessments": ("Assessment",),
        "travaux.record.changes": ("Topic",),
        "travaux.record.corrections": ("CORRECTABLE", "checked_corrections"),
        "travaux.record.datings": ("Dating",),
        "travaux.record.evidence": ("places_of",),
        "travaux.record.judging": ("added_id",),
        "travaux.record.opening": ("check_room", "is_writable", "may_write"),
        "travaux.record.retrievals": ("Retrieval",),
        "travaux.record.rows": ("Added", "Outcome", "Problem", "ReportRow", "Run", "fingerprint_json"),
        "travaux.record.searching": ("Passage", "Term", "passages", "places", "stands_in", "terms_of"),
        "travaux.record.sources": ("Source",),
        "travaux.record.store": ("Store",),
        "travaux.record.tellings": ("Updating",),
        "travaux.record.whereabouts": ("DATABASE_NAME", "POINTER_NAME", "is_record"),
        "travaux.record.worth": ("ACROSS", "WHOLE", "Joined"),
    },
)
