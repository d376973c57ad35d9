"""Conflicts against the gold record's.

A conflict found answers an entry where the kind is the same and two of its sides hold passages that overlap the entry's two
quotes, each in its report. A copy or rewording shares the conflicts of its family: there any passage of the report will do.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from travaux.analysis.conflict import Conflict, Side
from travaux.evaluation.checks import Checks, Entry
from travaux.evaluation.counting import measure_answers
from travaux.evaluation.given import AcrossInput, family_members
from travaux.evaluation.statements import Measure


def measure_conflicts(checks: Checks, conflicts: Sequence[Conflict], given: AcrossInput) -> Measure:
    """Precision and recall of the conflicts found."""
    texts = {report.name: report.text for report in given.reports}
    members = family_members(checks)
    return measure_answers(conflicts, checks.conflicts, lambda one, entry: answers(one, entry, texts, members))


def answers(conflict: Conflict, entry: Entry, texts: Mapping[str, str], members: Mapping[str, set[str]]) -> bool:
    """Whether a conflict found is the one an entry tells of."""
    if str(conflict.kind) != entry.get("kind"):
        return False
    reports, quotes = entry.get("reports"), entry.get("quotes")
    if not isinstance(reports, list) or not isinstance(quotes, list) or len(reports) != 2 or len(quotes) != 2:
        return False
    told = [(str(report), str(quote)) for report, quote in zip(reports, quotes, strict=True)]
    holding = [
        {place for place, side in enumerate(conflict.sides) if _holds(side, report, quote, texts, members)}
        for report, quote in told
    ]
    return any(first != second for first in holding[0] for second in holding[1])


def _holds(side: Side, report: str, quote: str, texts: Mapping[str, str], members: Mapping[str, set[str]]) -> bool:
    start = texts.get(report, "").find(quote)
    for one in side.passages:
        if one.report == report and start >= 0 and one.start < start + len(quote) and start < one.end:
            return True
        if one.report != report and one.report in members.get(report, set()):
            return True
    return False
