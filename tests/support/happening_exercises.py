"""Reads the exercise texts in tests/reading/happenings and says which expectations hold; run it to see the figures."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import cache
from pathlib import Path

import yaml

from travaux.agenda import load_agenda
from travaux.analysis.conflicts import Material, conflicts_in
from travaux.analysis.events import Event, events_of
from travaux.happening import Fact, Happening
from travaux.model import Block, BlockKind, DateBasis, PartialDate, Report, report_id
from travaux.reading.happenings import facts_in, happenings_in
from travaux.reading.local import LocalReader

HERE = Path(__file__).parents[1] / "reading" / "happenings"
PUBLISHED = "2024-06-12"
KINDS = ("meetings", "incidents", "conflicts")
HALVES = ("developed", "held_out")


@cache
def reader():
    return LocalReader(encoder=False), load_agenda(HERE / "agenda.yaml")


def report(text: str, name: str = "a.txt", published: str | None = PUBLISHED) -> Report:
    """A report of one paragraph."""
    sha256 = hashlib.sha256(text.encode()).hexdigest()
    blocks = tuple(Block(m.start(), m.end(), BlockKind.PARAGRAPH) for m in re.finditer(r"[^\n]*\S[^\n]*", text))
    day = PartialDate(published, DateBasis.MANIFEST) if published else None
    return Report(report_id(name, sha256), name, sha256, "text/plain", "utf-8", text, blocks=blocks, published=day)


def told_in(*reports: Report) -> tuple[list[Happening], list[Fact]]:
    """What the reader takes from reports beside positions."""
    local, agenda = reader()
    names, _ = local.prepare(agenda)
    happenings: list[Happening] = []
    facts: list[Fact] = []
    for one in reports:
        lines = local.lines_of(one, agenda)
        happenings += happenings_in(lines, names, one)
        facts += facts_in(lines, names, one)
    return happenings, facts


def cases(half: str) -> list[dict]:
    """The exercises of ``developed`` or ``held_out``."""
    return yaml.safe_load((HERE / f"{half}.yaml").read_text(encoding="utf-8"))


def score_case(case: dict) -> tuple[Counter, list[str]]:
    """Counts of right, missed and spurious things by kind, and a line for each miss."""
    reports = []
    for number, given in enumerate(case["texts"]):
        told = given if isinstance(given, dict) else {"text": given}
        reports.append(report(told["text"], f"{number}.txt", told.get("published", PUBLISHED)))
    happenings, facts = told_in(*reports)
    dates = {one.id: one.published for one in reports}
    events = events_of(happenings, dates)
    counts: Counter = Counter()
    lines: list[str] = []
    for kind, fits in (("meetings", _meeting_fits), ("incidents", _incident_fits)):
        if kind not in case:
            continue
        found = [event for event in events if f"{event.kind}s" == kind]
        _compare(kind, case[kind], found, fits, counts, lines)
    if "conflicts" in case:
        found_kinds = [str(one.kind) for one in conflicts_in(Material([], events, facts), dates)]
        _compare("conflicts", case["conflicts"], found_kinds, lambda wanted, one: wanted == one, counts, lines)
    return counts, lines


def _compare(kind, wanted, found, fits, counts, lines) -> None:
    free = list(found)
    for one in wanted:
        match = next((other for other in free if fits(one, other)), None)
        counts[kind, "right" if match is not None else "missed"] += 1
        if match is not None:
            free.remove(match)
        else:
            lines.append(f"missed {kind}: {one}")
    counts[kind, "spurious"] += len(free)
    lines += [f"spurious {kind}: {_shown(one)}" for one in free]


def _shown(one) -> str:
    if not isinstance(one, Event):
        return str(one)
    return f"{one.status} {one.what} | {one.place} | {one.day} | {one.participants} | {[(f.counted, f.words) for f in one.figures]}"


def _meeting_fits(wanted: dict, event: Event) -> bool:
    return (
        wanted["status"] in event.statuses
        and all(any(name in known for known in event.participants) or name in _parties(event) for name in wanted["who"])
        and _same(wanted.get("place"), event.place)
        and (wanted.get("date") is None or wanted["date"] == event.day)
    )


def _parties(event: Event) -> set[str]:
    return {party.name for party in reader()[1].parties if party.id in event.parties}


def _incident_fits(wanted: dict, event: Event) -> bool:
    figures = {figure.counted: figure.words for figure in event.figures}
    return (
        _same(wanted.get("place"), event.place)
        and (wanted.get("date") is None or wanted["date"] == event.day)
        and all(
            figures.get(counted, "").casefold() == wanted[counted].casefold()
            for counted in ("killed", "injured")
            if counted in wanted
        )
    )


def _same(wanted: str | None, found: str | None) -> bool:
    return wanted is None or (found is not None and wanted in found)


def figures_of(half: str) -> dict[str, tuple[int, int, int]]:
    """Right, missed and spurious things of a half of the exercises, by kind."""
    total: Counter = Counter()
    for case in cases(half):
        total += score_case(case)[0]
    return {kind: tuple(total[kind, name] for name in ("right", "missed", "spurious")) for kind in KINDS}


def table_row(half: str, kind: str, right: int, missed: int, spurious: int) -> str:
    """A row of the table in docs/across.md."""
    precision, recall = right / max(1, right + spurious), right / max(1, right + missed)
    return f"| {half} | {kind} | {precision:.2f} | {recall:.2f} | {right} | {missed} | {spurious} |"


if __name__ == "__main__":
    for half in HALVES:
        for case in cases(half):
            for line in score_case(case)[1]:
                print(f"{half}: {case['name']}: {line}")
        for kind, numbers in figures_of(half).items():
            print(table_row(half, kind, *numbers))
