"""4 The store: one record's reports, readings and judgements in one database, and what may be written to it."""

from travaux.record.corrections import CORRECTABLE, checked_corrections
from travaux.record.evidence import places_of
from travaux.record.judging import added_id
from travaux.record.opening import DATABASE_NAME, is_writable
from travaux.record.rows import Added, Outcome, Problem, ReportRow, Run, fingerprint_json
from travaux.record.searching import Passage, Term, passages, places, stands_in, terms_of
from travaux.record.store import Store

__all__ = [
    "CORRECTABLE",
    "DATABASE_NAME",
    "Added",
    "Outcome",
    "Passage",
    "Problem",
    "ReportRow",
    "Run",
    "Store",
    "Term",
    "added_id",
    "checked_corrections",
    "fingerprint_json",
    "is_writable",
    "passages",
    "places",
    "places_of",
    "stands_in",
    "terms_of",
]
