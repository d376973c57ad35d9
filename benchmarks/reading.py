"""How long reading takes against spaCy's parse of the same text alone, and how much memory, in one process.

usage: python benchmarks/reading.py [FOLDER]

FOLDER holds an agenda.yaml and reports/; the example record unless told. The best of five is taken of each, in turns.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from peers_programs import peak_of_memory

from travaux.agenda import load_agenda
from travaux.intake import Received, receive_files
from travaux.model import Agenda, Reading, Report
from travaux.reading.local import LocalReader
from travaux.reading.parse import pipeline

ROOT = Path(__file__).resolve().parents[1]
TURNS = 5


def seconds(work: Callable[[], object]) -> float:
    """Wall-clock time of one call."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


def in_turn(reader: LocalReader, reports: Sequence[Report], agenda: Agenda) -> list[Reading]:
    """Reads as a record does: the reader knows what comes next."""
    reader.read_ahead(reports, agenda)
    return [reader.read(report, agenda) for report in reports]


def main() -> None:
    """Measures and prints one line."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "examples" / "example-guarantees"
    agenda = load_agenda(folder / "agenda.yaml")
    reports = [found.report for found in receive_files([folder]) if isinstance(found, Received)]
    pieces = [report.text[b.start : b.end] for report in reports for b in report.blocks if b.is_read]
    parse = pipeline()
    whole, grammar = LocalReader(), LocalReader(encoder=False)
    work: dict[str, Callable[[], object]] = {
        "parse": lambda: list(parse.pipe(pieces, batch_size=64)),
        "grammar": lambda: [grammar.read(report, agenda) for report in reports],
        "whole": lambda: in_turn(whole, reports, agenda),
    }
    for each in work.values():
        each()
    best = dict.fromkeys(work, float("inf"))
    for _ in range(TURNS):
        for name, each in work.items():
            best[name] = min(best[name], seconds(each))
    memory = peak_of_memory()
    print(
        f"{len(reports)} reports: spaCy's parse {best['parse']:.2f} s, reading {best['whole']:.2f} s, "
        f"{best['whole'] / best['parse']:.2f} times the parse (grammar alone {best['grammar'] / best['parse']:.2f}); "
        f"{memory:.0f} MB"
    )


if __name__ == "__main__":
    main()
