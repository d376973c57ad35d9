"""Reads the exercise texts on meetings in tests/reading/happenings as whole reports and says which are found; run it to see."""

from __future__ import annotations

import sys
from dataclasses import replace
from functools import cache
from pathlib import Path

import yaml

from travaux.agenda import load_agenda
from travaux.analysis.events import Event, events_of
from travaux.happening import HappeningKind
from travaux.intake import receive_bytes
from travaux.model import DateBasis, PartialDate, Report
from travaux.reading.happenings import happenings_in
from travaux.reading.local import LocalReader

HERE = Path(__file__).parents[1] / "reading" / "happenings"
PUBLISHED = "2024-06-12"


@cache
def reader():
    return LocalReader(encoder=False), load_agenda(HERE / "talks_agenda.yaml")


def cases(half: str) -> list[dict]:
    """The exercises of ``developed`` or ``held_out``."""
    return yaml.safe_load((HERE / f"talks_{half}.yaml").read_text(encoding="utf-8"))


def events_told(case: dict) -> list[Event]:
    """The meetings read from one exercise, its reports laid out as they would be when received."""
    local, agenda = reader()
    names, _ = local.prepare(agenda)
    reports = [_report(given, number) for number, given in enumerate(case.get("texts") or [case["text"]])]
    happenings = [told for one in reports for told in happenings_in(local.lines_of(one, agenda), names, one)]
    events = events_of(happenings, {one.id: one.published for one in reports})
    return [event for event in events if event.kind is HappeningKind.MEETING]


def score_case(case: dict) -> tuple[tuple[int, int, int], list[str]]:
    """Right, missed and spurious meetings of an exercise, and a line for each of the last two."""
    free = events_told(case)
    lines: list[str] = []
    right = missed = 0
    for wanted in case["meetings"]:
        match = next((event for event in free if _fits(wanted, event)), None)
        if match is not None:
            free.remove(match)
            right += 1
        else:
            missed += 1
            lines.append(f"missed: {wanted}")
    lines += [f"spurious: {one.statuses} {one.what} | {one.place} | {one.day} | {one.participants}" for one in free]
    return (right, missed, len(free)), lines


def figures_of(half: str) -> tuple[int, int, int]:
    """Right, missed and spurious meetings of a half of the exercises."""
    scores = [score_case(case)[0] for case in cases(half)]
    right, missed, spurious = (sum(column) for column in zip(*scores, strict=True))
    return right, missed, spurious


def _report(given: str | dict, number: int) -> Report:
    told = given if isinstance(given, dict) else {"text": given}
    received = receive_bytes(told["text"].encode(), f"{number}.txt").report
    day = PartialDate(told.get("published", PUBLISHED), DateBasis.MANIFEST)
    return received if received.published is not None else replace(received, published=day)


def _fits(wanted: dict, event: Event) -> bool:
    parties = {party.name for party in reader()[1].parties if party.id in event.parties}
    return (
        wanted["status"] in event.statuses
        and all(name in parties or any(name in known for known in event.participants) for name in wanted["who"])
        and wanted.get("place", "").casefold() in (event.place or "").casefold()
        and wanted.get("date", event.day) == event.day
    )


if __name__ == "__main__":
    for half in sys.argv[1:] or ["developed", "held_out"]:
        for case in cases(half):
            for line in score_case(case)[1]:
                print(f"{half}: {case['name']}: {line}")
        print(half, figures_of(half))
