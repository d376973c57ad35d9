"""How time and memory of each command grow with the reports of a record, against a yardstick in the same run.

usage: python benchmarks/growth.py [--sizes 100,1000,10000,100000] [--limit SECONDS] [--last FOLDER] [--write]

The record is made up and grows from size to size: reports of some 150 words, one in twenty a copy of an earlier one, each with
two statements, every second with a person and her office, put into the store without being read (reading takes the same for each
report, and 100,000 of them hours). Two rows are the real thing: one more report added, read by the shipped reader, compared with
all others, and the matrix made; once by three commands in processes of their own, which load the reader's models, and once where
the program runs already, as a server does: the middle one of five reports. A command is left out at a size where, as it grew so
far, it would take longer than the limit (120 s).

With --last the record of the largest size is one that lies in a folder already; it is not made, and not compared anew.

The exponent is the slope of a line by least squares through the logarithms of sizes and seconds above a process that does
nothing; 1 is time in proportion to reports, 0 is time that does not depend on them. The yardstick is a Python process that imports
the libraries any command needs. With --write the table and the picture in docs/performance.md are made anew.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import math
import os
import platform
import random
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from marked import write_between

from travaux.api import Record
from travaux.model import (
    Act,
    Agenda,
    Block,
    BlockKind,
    DateBasis,
    PartialDate,
    Reading,
    Report,
    Stance,
    Statement,
    Via,
    report_id,
    statement_id,
)
from travaux.reading.local import LocalReader
from travaux.record import Run, Store, fingerprint_json
from travaux.version import __version__

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
PICTURE = ROOT / "docs" / "growth.svg"
YARDSTICK = ["-c", "import sqlalchemy, pydantic, yaml, click, rich.console, rich.table"]
NEW_REPORT = "Ukraine rejects a ceasefire before a peace agreement, its minister said on Monday.\n"
FAMILIES = "families and flags, all anew"
ONE_MORE = "one more report: add, read, show"
RUNNING = "the same where the program runs"
NEW_NAMED = "The mediator Sarala Dorisa said that Ukraine rejects a ceasefire before a peace agreement.\n"
COMMANDS = {
    "add one report": ["add", "{record}", "{new}"],
    "read, nothing new": ["read", "{record}"],
    "families": ["families", "{record}", "--jsonl"],
    "show": ["show", "{record}"],
    "statements of a report": ["statements", "{record}", "--report", "0000007.txt"],
    "statements of a party": ["statements", "{record}", "--party", "france", "--jsonl"],
    "search": ["search", "{record}", "kadora", "--jsonl"],
    "reports": ["reports", "{record}", "--jsonl"],
    "page": ["page", "{record}", "-o", "{page}"],
}
SYLLABLES = [first + vowel for first in "bdfghklmnprstvz" for vowel in "aeiou"]


@dataclass
class Measured:
    """Seconds and megabytes of one thing, by the number of reports."""

    seconds: dict[int, float] = field(default_factory=dict)
    megabytes: dict[int, float] = field(default_factory=dict)

    def exponent(self, nothing: float) -> float | None:
        """The slope through the logarithms, of what is above a process that does nothing; None where there is too little."""
        points = [
            (math.log(size), math.log(taken - nothing)) for size, taken in self.seconds.items() if taken > 1.2 * nothing
        ]
        if len(points) < 2:
            return None
        middle = [sum(column) / len(points) for column in zip(*points, strict=True)]
        spread = sum((x - middle[0]) ** 2 for x, _ in points)
        return sum((x - middle[0]) * (y - middle[1]) for x, y in points) / spread

    def last_step(self) -> float | None:
        """The slope between the two largest sizes, of all it takes: where a fixed start no longer hides what grows."""
        known = sorted(self.seconds.items())[-2:]
        if len(known) < 2:
            return None
        (small, before), (large, taken) = known
        return math.log(taken / before) / math.log(large / small)

    def expected(self, size: int) -> float:
        """Seconds at a larger size, as it grew between the last two."""
        known = sorted(self.seconds.items())
        if not known:
            return 0.0
        if len(known) < 2:
            return known[-1][1]
        (small, before), (large, taken) = known[-2:]
        return taken * (size / large) ** max(0.0, math.log(taken / before) / math.log(large / small))


def invented(number: int, words: list[str], chance: random.Random, earlier: list[str]) -> tuple[Report, bytes]:
    """A report of some 150 words, one in twenty a copy of one before, every second with a person and an office."""
    if earlier and number % 20 == 19:
        text = f"Edition {number}. {chance.choice(earlier)}"
    else:
        # Words as unevenly frequent as those of a language: the chance of a word falls with its place.
        picked = [words[int(len(words) * chance.random() ** 3)] for _ in range(150)]
        text = "\n\n".join(" ".join(picked[at : at + 15]).capitalize() + "." for at in range(0, 150, 15)) + "\n"
        if number % 2:
            first, last = (words[int(some * chance.random() ** 2)].capitalize() for some in (50, 400))
            text += f"\nThe mediator {first} {last} spoke.\n"
        if len(earlier) < 500:
            earlier.append(text)
    raw = text.encode()
    sha256, name = hashlib.sha256(raw).hexdigest(), f"{number:07}.txt"
    blocks = tuple(
        Block(match.start(), match.end(), BlockKind.PARAGRAPH) for match in re.finditer(r"[^\n]*\S[^\n]*", text)
    )
    day = PartialDate(f"{2020 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}", DateBasis.MANIFEST)
    made = Report(
        report_id(name, sha256), name, sha256, "text/plain", "utf-8", text, blocks, published=day, language="en"
    )
    return made, raw


def taken_from(report: Report, agenda: Agenda, chance: random.Random) -> Reading:
    """Two statements, on the first and third paragraph."""
    found = []
    for block in (report.blocks[0], report.blocks[2]):
        party, option = chance.choice(agenda.parties).id, chance.choice(agenda.options).id
        stance = chance.choice([Stance.FOR, Stance.FOR, Stance.AGAINST, Stance.OPEN])
        span = (block.start, block.end)
        identity = statement_id("local", report.id, *span, party, option, stance, False, None, Via.SPEAKER)
        quote = report.text[block.start : block.end]
        found.append(Statement(identity, report.name, report.id, *span, quote, party, option, stance, Act.STATE))
    return Reading(tuple(found), len(report.blocks))


def grown(folder: Path, sizes: list[int]) -> Iterator[tuple[int, float]]:
    """The record at each size, with the seconds that a report took to be stored."""
    chance = random.Random(0)
    words = ["".join(chance.choices(SYLLABLES, k=3)) for _ in range(30_000)]
    folder.mkdir()
    agenda_file = ROOT / "examples" / "example-guarantees" / "agenda.yaml"
    (folder / "agenda.yaml").write_bytes(agenda_file.read_bytes())
    with Record.new(folder) as record:
        agenda = record.agenda
    run = Run("local", fingerprint_json(LocalReader().fingerprint()), agenda.digest, __version__)
    earlier: list[str] = []
    number = 0
    for size in sizes:
        begun, before = time.perf_counter(), number
        with Store.open(folder) as store:
            while number < size:
                report, raw = invented(number, words, chance, earlier)
                store.add_report(report, raw)
                store.save_reading(report.id, run, taken_from(report, agenda, chance))
                number += 1
        yield size, (time.perf_counter() - begun) / (size - before)


APART = """\
import json, resource, subprocess, sys, time
begun = time.perf_counter()
done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
taken = time.perf_counter() - begun
if done.returncode:
    sys.exit(done.stderr)
print(json.dumps([taken, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024]))
"""
"""Starts a process from a small one: the memory of whoever starts it would count as its own."""


def process(arguments: list[str], home: Path) -> tuple[float, float]:
    """Seconds and megabytes of a Python process."""
    surroundings = {**os.environ, "TRAVAUX_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
    command = [sys.executable, "-S", "-E", "-c", APART, sys.executable, *arguments]
    done = subprocess.run(command, env=surroundings, stdout=subprocess.PIPE, text=True, check=True)
    taken, megabytes = json.loads(done.stdout)
    return taken, megabytes


def measured(place: Path, sizes: list[int], limit: float, last: Path | None) -> dict[str, Measured]:
    """Everything, the yardstick and the store among it; at the largest size on a record that is there already, if one is given."""
    found = {name: Measured() for name in ("yardstick", "store one report", FAMILIES, *COMMANDS, ONE_MORE, RUNNING)}
    reader = LocalReader()
    home, made = place / "home", place / "record"
    given = {"new": str(place / "new.txt"), "page": str(place / "page.html")}

    def at_each_size() -> Iterator[tuple[int, Path]]:
        for size, stored in grown(made, sizes if last is None else sizes[:-1]):
            found["store one report"].seconds[size] = stored
            with Record.open(made) as record:
                begun = time.perf_counter()
                record.assess()
                found[FAMILIES].seconds[size] = time.perf_counter() - begun
                record.settle()
            yield size, made
        if last is not None:
            yield sizes[-1], last

    def take(name: str, size: int, *commands: list[str]) -> None:
        if found[name].expected(size) > limit:
            print(f"{size:>8,} {name}: left out, it would take more than {limit:.0f} s", flush=True)
            return
        taken = [process(["-m", "travaux", *(part.format(**given) for part in one)], home) for one in commands]
        found[name].seconds[size] = sum(seconds for seconds, _ in taken)
        found[name].megabytes[size] = max(megabytes for _, megabytes in taken)
        print(f"{size:>8,} {name}: {found[name].seconds[size]:.2f} s", flush=True)

    for size, folder in at_each_size():
        given["record"] = str(folder)
        best = min(process(YARDSTICK, home) for _ in range(3))
        found["yardstick"].seconds[size], found["yardstick"].megabytes[size] = best
        for name, command in COMMANDS.items():
            if name == "add one report":
                Path(given["new"]).write_text(f"{size} {NEW_REPORT}")
            take(name, size, command)
            if name == "add one report":
                process(["-m", "travaux", "read", str(folder)], home)
        Path(given["new"]).write_text(f"{size} again. {NEW_REPORT}")
        take(ONE_MORE, size, COMMANDS["add one report"], COMMANDS["read, nothing new"], COMMANDS["show"])
        found[RUNNING].seconds[size] = one_more(folder, Path(given["new"]), reader)
        print(f"{size:>8,} {RUNNING}: {found[RUNNING].seconds[size]:.2f} s", flush=True)
    return found


def one_more(folder: Path, new: Path, reader: LocalReader) -> float:
    """Seconds until one more report stands in the matrix, in this process, with the reader's models loaded: the middle of five."""
    taken = []
    with Record.open(folder) as record:
        for number in range(6):  # the first loads the models
            new.write_text(f"{folder.stat().st_mtime} {number}. {NEW_NAMED}")
            begun = time.perf_counter()
            record.add(new)
            read = record.read(reader)
            record.settle()
            matrix = record.matrix()
            taken.append(time.perf_counter() - begun)
            assert read.read == 1 and any(cell.position for row in matrix.rows for cell in row.cells)
    return sorted(taken[1:])[2]


# ------------------------------------------------------------------------------------------------------- telling


def table(found: dict[str, Measured], sizes: list[int]) -> str:
    """Rows of Markdown: seconds at each size, megabytes at the largest, the exponent."""
    head = ["", *(f"{size:,}" for size in sizes), "memory at most", "exponent", "last step"]
    lines = [f"| {' | '.join(head)} |", f"| --- {'| ---: ' * (len(sizes) + 3)}|"]
    nothing = min(found["yardstick"].seconds.values())
    for name, one in found.items():
        base = 0.0 if name in ("store one report", FAMILIES, RUNNING) else nothing
        exponent = None if name == "yardstick" else one.exponent(base)
        last = None if name == "yardstick" else one.last_step()
        cells = [_seconds(one.seconds.get(size)) for size in sizes]
        memory = f"{max(one.megabytes.values()):,.0f} MB" if one.megabytes else ""
        lines.append(f"| {name} | {' | '.join(cells)} | {memory} | {_slope(exponent)} | {_slope(last)} |")
    return "\n".join(lines)


def _slope(found: float | None) -> str:
    return "" if found is None else f"{found:.2f}"


def _seconds(taken: float | None) -> str:
    if taken is None:
        return "—"
    return f"{1000 * taken:.1f} ms" if taken < 0.1 else f"{taken:.2f} s"


COLOURS = (
    "#1b6ca8",
    "#b3541e",
    "#2e7d32",
    "#7b1fa2",
    "#00838f",
    "#ad1457",
    "#5d4037",
    "#455a64",
    "#9e9d24",
    "#ef6c00",
    "#283593",
)


def picture(found: dict[str, Measured], sizes: list[int]) -> str:
    """A line for each command on two logarithmic scales, as SVG."""
    shown = {name: one for name, one in found.items() if name not in ("yardstick", "store one report") and one.seconds}
    every = [taken for one in shown.values() for taken in one.seconds.values()]
    low, high = math.floor(math.log10(min(every))), math.ceil(math.log10(max(every)))
    left, top, wide, tall = 60, 20, 460, 320

    def place(size: float, taken: float) -> tuple[float, float]:
        across = math.log10(size / sizes[0]) / max(math.log10(sizes[-1] / sizes[0]), 1e-9)
        return left + wide * across, top + tall * (high - math.log10(taken)) / (high - low)

    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 760 {top + tall + 50}" font-family="sans-serif" font-size="12" '
        'role="img" aria-label="Seconds of each command by the number of reports">',
        f'<rect width="760" height="{top + tall + 50}" fill="#fff"/>',
    ]
    for power in range(low, high + 1):
        y = place(sizes[0], 10.0**power)[1]
        label = f"{10.0**power:g} s"
        parts.append(
            f'<path d="M{left} {y:.1f}h{wide}" stroke="#ddd"/><text x="{left - 6}" y="{y + 4:.1f}" text-anchor="end">{label}</text>'
        )
    for size in sizes:
        x = place(size, 10.0**low)[0]
        parts.append(f'<text x="{x:.1f}" y="{top + tall + 20}" text-anchor="middle">{size:,}</text>')
    parts.append(f'<text x="{left + wide / 2}" y="{top + tall + 42}" text-anchor="middle">reports</text>')
    for place_in_list, (name, one) in enumerate(shown.items()):
        colour = COLOURS[place_in_list % len(COLOURS)]
        points = [place(size, taken) for size, taken in sorted(one.seconds.items())]
        drawn = " ".join(f"{x:.1f},{y:.1f}" for x, y in points)
        parts.append(f'<polyline points="{drawn}" fill="none" stroke="{colour}" stroke-width="2"/>')
        parts += [f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3" fill="{colour}"/>' for x, y in points]
        y = top + 14 + 20 * place_in_list
        parts.append(f'<path d="M{left + wide + 16} {y - 4}h18" stroke="{colour}" stroke-width="2"/>')
        parts.append(f'<text x="{left + wide + 40}" y="{y}">{name}</text>')
    return "\n".join([*parts, "</svg>"]) + "\n"


def main() -> None:
    """Measures, prints, and writes where asked to."""
    wanted = argparse.ArgumentParser()
    wanted.add_argument("--sizes", default="100,1000,10000,100000")
    wanted.add_argument("--limit", type=float, default=120.0)
    wanted.add_argument("--last", type=Path, metavar="FOLDER")
    wanted.add_argument("--write", action="store_true")
    chosen = wanted.parse_args()
    sizes = [int(size) for size in chosen.sizes.split(",")]
    with tempfile.TemporaryDirectory() as place:
        found = measured(Path(place), sizes, chosen.limit, chosen.last)
    told = table(found, sizes)
    machine = f"{os.cpu_count()} processors, Python {platform.python_version()}, load of the machine then {os.getloadavg()[0]:.1f}"
    print(told)
    print(machine)
    print(json.dumps({name: one.seconds for name, one in found.items()}))
    if chosen.write:
        write_between(PAGE, "<!-- growth -->", "<!-- end of growth -->", f"{told}\n\nMeasured on {machine}.")
        PICTURE.write_text(picture(found, sizes), encoding="utf-8")


if __name__ == "__main__":
    main()
