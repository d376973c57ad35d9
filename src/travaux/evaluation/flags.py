"""Score flags: right is a flag of the same report and kind whose words are those expected, or hold or lie within them.

Only the codebook's kinds are measured; others are not annotated. Two flags may meet one expectation (a note told in two parts) and
one flag two of them (two sentences on one unnamed source's word).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from travaux.evaluation.checks import Checks, Entry
from travaux.evaluation.counting import Measured, measure_answers
from travaux.model import Flag, FlagKind

MEASURED = tuple(kind for kind in FlagKind if kind not in (FlagKind.MIXED_SPELLING, FlagKind.CONTRADICTORY_TENSE))
"""The codebook's kinds."""


def measured_flags(checks: Checks, found: Iterable[Flag]) -> list[Measured]:
    """Precision, recall and F1 of all flags of the codebook's kinds, then kind by kind where there are any."""
    flags = [flag for flag in found if flag.kind in MEASURED]
    rows = [_row("flags", checks.flags, flags)]
    for kind in MEASURED:
        expected = [entry for entry in checks.flags if entry.get("kind") == kind]
        own = [flag for flag in flags if flag.kind is kind]
        if expected or own:
            rows.append(_row(f"flags: {kind}", expected, own))
    return rows


def _row(name: str, expected: Sequence[Entry], flags: Sequence[Flag]) -> Measured:
    return Measured(name, measure_answers(flags, expected, lambda flag, entry: matches(entry, flag)))


def matches(entry: Entry, flag: Flag) -> bool:
    """Whether a flag is the one that is expected: report, kind, and one's words within the other's; white space aside."""
    if entry.get("report") != flag.report or entry.get("kind") != flag.kind:
        return False
    expected, shown = _words(str(entry.get("quote") or "")), _words(flag.quote)
    if not expected or not shown:
        return expected == shown
    return expected in shown or shown in expected


def _words(quote: str) -> str:
    return " ".join(quote.split())
