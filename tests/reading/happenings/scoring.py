"""Reads the exercise texts beside this file and says which expectations hold."""

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

HERE = Path(__file__).parent
PUBLISHED = "2024-06-12"


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
    return _same(wanted.get("place"), event.place) and all(
        figures.get(counted, "").casefold() == wanted[counted].casefold()
        for counted in ("killed", "injured")
        if counted in wanted
    )


def _same(wanted: str | None, found: str | None) -> bool:
    return wanted is None or (found is not None and wanted in found)


def run_half(half: str, verbose: bool = False) -> dict[str, tuple[float, float]]:
    """Precision and recall by kind over a half of the exercises."""
    total: Counter = Counter()
    for case in cases(half):
        counts, lines = score_case(case)
        total += counts
        if verbose and lines:
            print(f"- {case['name']}")
            for line in lines:
                print(f"    {line}")
    figures = {}
    for kind in ("meetings", "incidents", "conflicts"):
        right, missed, spurious = (total[kind, name] for name in ("right", "missed", "spurious"))
        figures[kind] = (right / max(1, right + spurious), right / max(1, right + missed))
        print(
            f"{half} {kind}: precision {figures[kind][0]:.3f} recall {figures[kind][1]:.3f} ({right} right, {missed} missed, {spurious} spurious)"
        )
    return figures
