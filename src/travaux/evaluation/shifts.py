"""Shifts against the gold record's.

A shift found answers an entry where party, option, and the stances it leads from and to are the same, and the stretches of
time from the earlier report to the later have more than a day in common: two pairs of reports may show one change. Only
changes of stance between dated reports are compared, as the codebook defines the entries.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from travaux.analysis.shifts import Order, Shift
from travaux.evaluation.checks import Checks, Entry
from travaux.evaluation.counting import measure_answers
from travaux.evaluation.given import AcrossInput
from travaux.evaluation.statements import Measure
from travaux.model import PartialDate


def measure_shifts(checks: Checks, shifts: Sequence[Shift], given: AcrossInput) -> Measure:
    """Precision and recall of the shifts found."""
    dates = {report.name: report.published for report in given.reports}
    found = [shift for shift in shifts if shift.order is Order.DATES and shift.changes_stance]
    return measure_answers(found, checks.shifts, lambda shift, entry: _answers(shift, entry, dates))


def _answers(shift: Shift, entry: Entry, dates: Mapping[str, PartialDate | None]) -> bool:
    assert shift.after is not None  # a change between two reports
    told = (shift.party, shift.option, str(shift.before.stance), str(shift.after.stance))
    if told != tuple(entry.get(key) for key in ("party", "option", "from", "to")):
        return False
    found = _stretch(shift.before.report, shift.after.report, dates)
    gold = _stretch(str(entry.get("before")), str(entry.get("after")), dates)
    if found is None or gold is None:
        return (shift.before.report, shift.after.report) == (entry.get("before"), entry.get("after"))
    return max(found[0], gold[0]) < min(found[1], gold[1])


def _stretch(before: str, after: str, dates: Mapping[str, PartialDate | None]) -> tuple[date, date] | None:
    first, last = dates.get(before), dates.get(after)
    return None if first is None or last is None else (first.latest, last.earliest)
