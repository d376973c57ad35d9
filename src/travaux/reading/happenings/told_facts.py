"""A fact as one sentence tells it: every kind of fact has the whole sentence for its quote."""

from __future__ import annotations

from travaux.happening import Fact, FactKind, Figure
from travaux.model import Report
from travaux.reading.identity import identified_fact
from travaux.reading.line import Line


def told_fact(
    line: Line,
    report: Report,
    kind: FactKind,
    subject: str,
    qualities: tuple[str, ...],
    value: str,
    figure: Figure | None = None,
    day: str | None = None,
) -> Fact:
    """The fact that a sentence tells, with its id.

    Args:
        subject: what it is of; qualities: the words that narrow it. value: as told. figure, day: where it is a number or a day.
    """
    start, end = line.sentence.start, line.sentence.end
    quote = report.text[start:end]
    return identified_fact(
        Fact("", report.name, report.id, start, end, quote, kind, subject, qualities, value, figure, day)
    )
