"""A corpus read against the reader alone in the same run, and what MinHash misses of copies.

usage: python benchmarks/corpus.py [read REPORTS | candidates PAIRS]        (by default both, with 200 and 200)
       python benchmarks/corpus.py large REPORTS FOLDER

The reports are those of `benchmarks/provenance.py`, made up of the words of the encoder's training articles, with sentences about the
example's agenda in between so that there is something to read. `read`: reports a second of `read_corpus` with two jobs at a time,
as a ratio to one `LocalReader` in this process that has its models loaded, and the peak memory of the process that reads and of the
one that hands out, in MiB. `candidates`: of pairs of reports in which the longer holds a share of the shorter word for word, how many
are not found by MinHash, and how many not by the winnowed fingerprints of a record; by the share, and by how much longer one is.

`large`: a whole corpus of short reports, kept in a folder, so that a run that was ended goes on with the same command. For each step
its time, the processors' time in it, and the memory of all processes together at its peak, from Linux's `/proc`. With fewer
processors, or beside other work, time grows and the processors' time hardly does.
"""

from __future__ import annotations

import json
import os
import random
import resource
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from provenance import texts, words

from travaux.agenda import load_agenda
from travaux.corpus import Settings, read_corpus
from travaux.corpus.engine import Engine
from travaux.corpus.families import candidates
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import REPORTS, report_values
from travaux.exchange.whole_files import whole_file
from travaux.intake import receive_bytes
from travaux.model import Agenda
from travaux.provenance.candidates import LEAST_SHARED, sharing
from travaux.provenance.traces import Traces, trace_of
from travaux.provenance.wording import Vocabulary
from travaux.reading.local import LocalReader
from travaux.workers.reading import ReadingWorker

EXAMPLE = Path(__file__).resolve().parents[1] / "examples" / "example-guarantees"
SHARES = (0.25, 0.4, 0.6, 1.0)
LONGER = (1, 3, 10)
SHORT = 200
"""Words of the shorter report of a pair."""


def with_positions(text: str, place: int) -> str:
    """A made-up text with two sentences that a reader takes statements from."""
    sides = ("supports", "rejects")
    own = f"Ukraine {sides[place % 2]} a ceasefire, its president said. Russia {sides[place // 2 % 2]} European troops in Ukraine."
    return f"{text}\n{own}\n"


def read(number: int) -> None:
    """Measures reading."""
    made = [with_positions(text, place) for place, text in enumerate(islice(texts(number), number))]
    agenda = load_agenda(EXAMPLE / "agenda.yaml")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "made.jsonl"
        source.write_text("".join(json.dumps({"id": f"r{n:06}", "text": text}) + "\n" for n, text in enumerate(made)))
        begun = time.perf_counter()
        outcome = read_corpus(
            str(source), EXAMPLE / "agenda.yaml", Path(folder) / "corpus", Settings(workers=2, part=20)
        )
        corpus = time.perf_counter() - begun
        begun = time.perf_counter()
        again = read_corpus(str(source), EXAMPLE / "agenda.yaml", Path(folder) / "corpus", Settings(workers=2, part=20))
        nothing = time.perf_counter() - begun
    assert outcome.read == number and again.read == 0
    reports = [
        receive_bytes(text.encode(), f"r{n:06}.txt").report for n, text in enumerate(made[: max(20, number // 5)])
    ]
    reader = LocalReader()
    reader.read(reports[0], agenda)
    begun = time.perf_counter()
    for report in reports:
        reader.read(report, agenda)
    alone = (time.perf_counter() - begun) / len(reports)
    worker = ReadingWorker(reader, agenda)
    for report in reports:
        worker.read(report)
        worker.assess(report)
    reading, own = worker.peak_memory(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    worker.close()
    print(f"{number} reports of {sum(map(len, made)) // number} characters; {outcome.statements} statements")
    print(f"one reader alone: {1 / alone:.2f} reports a second")
    print(
        f"corpus, two jobs: {number / corpus:.2f} a second in {corpus:.0f} s, starting included: {number / corpus * alone:.2f} times"
    )
    print(f"again, with nothing new: {nothing:.1f} s")
    print(f"peak memory: {(reading or 0) >> 20} MiB in a process that reads, {own >> 20} MiB in this one")


@dataclass
class Step:
    """What one step of a run took, so far."""

    seconds: float = 0.0
    processors: float = 0.0
    memory: int = 0
    alone: int = 0


@dataclass
class Watch:
    """Looks at this process and all it starts, once a second; what ends between two looks is known as it was at the last."""

    steps: dict[str, Step] = field(default_factory=dict)
    step: str = ""
    _used: dict[str, float] = field(default_factory=dict)
    _last: float = field(default_factory=time.perf_counter)

    def at(self, step: str) -> None:
        """What is done from now on belongs to this step."""
        if step != self.step:
            self.look()
            self.step = step

    def look(self) -> None:
        """Add what was used since the last look."""
        now, step = time.perf_counter(), self.steps.setdefault(self.step, Step())
        step.seconds += now - self._last
        self._last = now
        sizes = []
        for process, used, size in _family():
            step.processors += used - self._used.get(process, 0.0)
            self._used[process] = used
            sizes.append(size)
        step.memory, step.alone = max(step.memory, sum(sizes)), max(step.alone, sizes[0])

    def always(self) -> None:
        """Look until the process ends."""
        while True:
            time.sleep(1)
            self.look()


def _family() -> list[tuple[str, float, int]]:
    """This process, first, and those it started: number, seconds of the processor, bytes of memory that no other has."""
    tick, parents, found = os.sysconf("SC_CLK_TCK"), {}, {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            told = (folder / "stat").read_text().rpartition(")")[2].split()
            pages = (folder / "statm").read_text().split()
        except OSError:
            continue  # it has ended meanwhile
        parents[folder.name] = told[1]
        own = (int(pages[1]) - int(pages[2])) * os.sysconf("SC_PAGE_SIZE")
        found[folder.name] = (folder.name, (int(told[11]) + int(told[12])) / tick, own)
    family = [str(os.getpid())]
    for one in family:
        family += [process for process, parent in parents.items() if parent == one]
    return [found[process] for process in family]


def short_reports(number: int, agenda: Agenda) -> list[str]:
    """Texts of some 80 words, in each two sentences about the agenda, of which one report in five is a copy or rewording."""
    made = []
    for place, text in enumerate(texts(number, paragraphs=3, run=9)):
        dice = random.Random(f"positions {place}")
        told = []
        for _ in range(2):
            verb = dice.choice(("supports", "rejects", "is ready to discuss", "insists on", "has ruled out"))
            option = dice.choice([one for one in agenda.options if one.words])
            told.append(f"{dice.choice(agenda.parties).name} {verb} {dice.choice(option.words)}, officials said.")
        made.append(f"{text}\n{' '.join(told)}\n")
    return made


def large(number: int, folder: Path) -> None:
    """Measures a whole corpus; goes on where a run before was ended."""
    folder.mkdir(parents=True, exist_ok=True)
    source = folder / "made.jsonl"
    if not source.exists():
        made = short_reports(number, load_agenda(EXAMPLE / "agenda.yaml"))
        with whole_file(source) as file:
            file.writelines(json.dumps({"id": f"r{n:06}", "text": text}) + "\n" for n, text in enumerate(made))
    watch = Watch(step="taking in")
    threading.Thread(target=watch.always, daemon=True).start()

    def told(name: str, place: int, of: int) -> None:
        kind = name.split()[0]
        watch.at("taking in" if kind == "unit" else "reading" if kind == "part" else "comparing")
        if place % (20 if of else 10_000) == 0 or place == of:
            print(f"{watch.step} {place} of {of}: {watch.steps.get(watch.step, Step()).seconds:.0f} s", flush=True)
        if place == of:
            watch.at("reading" if kind == "unit" else "comparing")  # what is told is done

    outcome = read_corpus(str(source), EXAMPLE / "agenda.yaml", folder / "corpus", Settings(), told)
    watch.look()
    print(f"{sum(outcome.reports.values()):,} reports, {outcome.read:,} read now, {outcome.statements:,} statements")
    print("| step | seconds | of the processors | reports a second | memory of all, MiB | of this process |")
    print("| --- | ---: | ---: | ---: | ---: | ---: |")
    for name, step in watch.steps.items():
        done = outcome.read if name == "reading" else sum(outcome.reports.values())
        figures = [f"{step.seconds:,.0f}", f"{step.processors:,.0f}", f"{done / step.seconds:.1f}"]
        print(f"| {name} | {' | '.join(figures)} | {step.memory >> 20:,} | {step.alone >> 20:,} |")


def find(pairs: int) -> None:
    """Measures candidates."""
    pool = words()
    engine = Engine()
    print(
        "| shared | longer by | pairs | missed by MinHash | missed by fingerprints | others by MinHash | by fingerprints |"
    )
    print("| --- | --- | --- | --- | --- | --- | --- |")
    for share in SHARES:
        for longer in LONGER:
            made = [text for place in range(pairs) for text in _pair(pool, share, longer, place)]
            reports = [receive_bytes(text.encode(), f"r{n:06}.txt") for n, text in enumerate(made)]
            wanted = {(n, n + 1) for n in range(0, len(made), 2)}
            with tempfile.TemporaryDirectory() as folder:
                corpus = CorpusFolder.made(Path(folder) / "corpus")
                corpus.write(REPORTS, "000001", [report_values(one) for one in reports])
                place_of = {one.report.id: n for n, one in enumerate(reports)}
                found = set(map(tuple, candidates(corpus, engine, place_of).tolist()))
            vocabulary = Vocabulary()
            traces = Traces.of(trace_of(one.report, vocabulary) for one in reports)
            known = set(map(tuple, sharing(traces.fingerprints, share=LEAST_SHARED).tolist()))
            missed, others = (
                [len(some) for some in (wanted - found, wanted - known)],
                (found - wanted, known - wanted),
            )
            told = [f"{share:.0%}", longer, pairs, *missed, *map(len, others)]
            print(f"| {' | '.join(map(str, told))} |", flush=True)


def _pair(pool: list[str], share: float, longer: int, place: int) -> tuple[str, str]:
    """Two texts; the second, so many times as long, has a share of the first word for word, in one run at a random place."""
    dice = random.Random(f"{share} {longer} {place}")
    first = dice.choices(pool, k=SHORT)
    length = int(SHORT * share)
    start = dice.randrange(SHORT - length + 1)
    rest = dice.choices(pool, k=SHORT * longer - length)
    at = dice.randrange(len(rest) + 1)
    second = [*rest[:at], *first[start : start + length], *rest[at:]]
    return _lines(first), _lines(second)


def _lines(words_: list[str]) -> str:
    return "\n".join(" ".join(words_[at : at + 40]) + "." for at in range(0, len(words_), 40))


if __name__ == "__main__":
    asked = sys.argv[1] if len(sys.argv) > 1 else ""
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 200
    if asked in ("", "read"):
        read(count)
    if asked in ("", "candidates"):
        find(count)
    if asked == "large":
        large(count, Path(sys.argv[3]))
