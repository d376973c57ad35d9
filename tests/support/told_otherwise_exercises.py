"""Scores the exercise texts in tests/analysis/told_otherwise: which conflicts are found; run it to see the figures."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

import yaml
from happening_exercises import PUBLISHED, report, told_in

from travaux.analysis.conflict import Conflict
from travaux.analysis.conflicts import Material, conflicts_in
from travaux.analysis.events import events_of
from travaux.model import Report

HERE = Path(__file__).parents[1] / "analysis" / "told_otherwise"
FURTHER = (
    "further",
    "once_more",
    "independent",
    "independent_once_more",
    "independent_third",
    "fresh",
    "fresh_once_more",
    "fresh_third",
    "rewordings_once_more",
    "rewordings_fourth",
    "denials",
    "denials_once_more",
    "denials_third",
)
# Some of the faithful rewordings of these still give a conflict, so that the look-alikes of them are not asked to be silent.
NOT_SILENT = ("rewordings", "rewordings_third", "rewordings_fifth")
HALVES = ("developed", "held_out", "longer", *FURTHER, *NOT_SILENT)


def cases(half: str) -> list[dict]:
    """The exercises of ``developed`` or ``held_out``."""
    return yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8"))


def reports_of(case: dict) -> list[Report]:
    """The reports of an exercise."""
    reports = []
    for number, given in enumerate(case.get("family") or case["apart"]):
        told = given if isinstance(given, dict) else {"text": given}
        reports.append(report(told["text"], f"{number}.txt", _day(told.get("published", PUBLISHED))))
    return reports


def _day(given) -> str | None:
    return str(given) if given else None


def conflicts_of(case: dict) -> list[Conflict]:
    """The conflicts found between the reports of an exercise."""
    reports = reports_of(case)
    happenings, facts = told_in(*reports)
    dates = {one.id: one.published for one in reports}
    families = {one.id: "family" for one in reports} if "family" in case else {}
    events = events_of(happenings, dates, families)
    return conflicts_in(Material([], events, facts, reports), dates, families)


def score_case(case: dict) -> tuple[Counter, list[str]]:
    """How many conflicts of a case are right, missed and spurious, and a line for each that is not right."""
    return scored(conflicts_of(case), case["conflicts"])


def scored(found: list[Conflict], expected: list[list[str]]) -> tuple[Counter, list[str]]:
    """How many conflicts are right, missed and spurious, and a line for each that is not right."""
    free = list(found)
    counts: Counter = Counter()
    lines: list[str] = []
    for wanted in expected:
        match = next((one for one in free if fits(one, *wanted)), None)
        counts["right" if match is not None else "missed"] += 1
        if match is not None:
            free.remove(match)
        else:
            lines.append(f"missed {wanted}")
    counts["spurious"] += len(free)
    lines += [f"spurious {one.kind}: {one.says}" for one in free]
    return counts, lines


def fits(conflict: Conflict, kind: str, *words: str) -> bool:
    """Whether a conflict is of a kind and has two sides, one with each of two words."""
    quotes = ["\n".join(one.quote for one in side.passages) for side in conflict.sides]
    return str(conflict.kind) == kind and any(
        words[0] in first and words[1] in second
        for place, first in enumerate(quotes)
        for other, second in enumerate(quotes)
        if place != other
    )


def figures_of(half: str) -> tuple[int, int, int]:
    """Right, missed and spurious conflicts of a half."""
    total: Counter = Counter()
    for case in cases(half):
        total += score_case(case)[0]
    return total["right"], total["missed"], total["spurious"]


if __name__ == "__main__":
    import sys

    for half in sys.argv[1:] or HALVES:
        for case in cases(half):
            for line in score_case(case)[1]:
                print(f"{half}: {case['name']}: {line}")
        print(half, figures_of(half))
