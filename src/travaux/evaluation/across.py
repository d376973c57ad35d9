"""Score what is read across reports against ``checks.yaml``: shifts, conflicts, meetings, incidents.

Shifts and conflicts depend on the statements read. They are measured twice: with the record's statements, which is what a user
gets, and with the gold record's, which judges the analysis by itself. Several gold entries may tell of one thing found, and
several things found answer one entry; so precision counts what was found and answers some entry, recall the entries answered.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from travaux.analysis.conflicts import Material, conflicts_in
from travaux.analysis.events import events_of
from travaux.analysis.shifts import shifts_in
from travaux.evaluation.checks import read_checks
from travaux.evaluation.conflicts import measure_conflicts
from travaux.evaluation.given import AcrossInput
from travaux.evaluation.happenings import measure_happenings
from travaux.evaluation.shifts import measure_shifts
from travaux.evaluation.statements import Measure, place_of, read_statements
from travaux.happening import HappeningKind
from travaux.model import Act, Report, Stance, Statement, Via, content_id


def across_measures(gold: Path, given: AcrossInput) -> dict[str, Measure]:
    """The figures of every kind of check that the gold record gives, by name; none where it has no ``checks.yaml``.

    Raises:
        EvaluationError: the gold record cannot be used.
    """
    checks = read_checks(gold)
    read, ideal = given.statements, gold_statements(gold, given.reports)
    events = events_of(given.happenings, given.dates, given.families)
    found: dict[str, Measure] = {}
    for name, statements in (("", read), (" of gold statements", ideal)):
        if "shifts" in checks.given:
            shifts = shifts_in(statements, given.dates, given.families)
            found[f"shifts{name}"] = measure_shifts(checks, shifts, given)
        if "conflicts" in checks.given:
            material = Material(statements, events, given.facts, given.reports, given.agenda)
            conflicts = conflicts_in(material, given.dates, given.families)
            found[f"conflicts{name}"] = measure_conflicts(checks, conflicts, given)
    for name, kind in (("meetings", HappeningKind.MEETING), ("incidents", HappeningKind.INCIDENT)):
        if name in checks.given:
            of_kind = [event for event in events if event.kind is kind]
            found[name] = measure_happenings(getattr(checks, name), of_kind, given)
    return found


def gold_statements(gold: Path, reports: Sequence[Report]) -> list[Statement]:
    """The gold record's statements as if a reader had taken them from these reports; those of other reports are left out.

    Raises:
        EvaluationError: the file cannot be used.
    """
    by_name = {report.name: report for report in reports}
    made = []
    for row in read_statements(gold / "statements.jsonl"):
        report = by_name.get(str(row.get("report")))
        if report is None:
            continue
        quote, occurrence = str(row["quote"]), int(row.get("occurrence") or 1)
        start = place_of(report.text, quote, occurrence)
        stance, act, via = Stance(row["stance"]), Act(row["act"]), Via(row["via"])
        former = bool(row.get("former"))
        identity = content_id("gold", report.id, start, str(row["party"]), str(row["option"]), stance, former)
        made.append(
            Statement(
                identity,
                report.name,
                report.id,
                start,
                start + len(quote),
                quote,
                str(row["party"]),
                str(row["option"]),
                stance,
                act,
                row.get("speaker"),
                row.get("condition"),
                former,
                via,
                row.get("via_name"),
                "gold",
            )
        )
    return made


def gold_families(gold: Path, reports: Sequence[Report]) -> dict[str, str]:
    """The families that ``checks.yaml`` gives, by report id, to judge the analysis apart from the families found."""
    ids = {report.name: report.id for report in reports}
    families = (sorted(names) for names in read_checks(gold).families)
    return {ids[name]: names[0] for names in families for name in names if name in ids}
