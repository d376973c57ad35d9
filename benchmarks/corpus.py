"""A corpus read on Daft against the reader alone in the same run, and what MinHash misses of copies.

usage: python benchmarks/corpus.py [read REPORTS | candidates PAIRS]        (by default both, with 200 and 200)

The reports are those of `benchmarks/provenance.py`, made up of the words of the encoder's training articles, with sentences about the
example's agenda in between so that there is something to read. `read`: reports a second of `read_corpus` with two jobs at a time,
as a ratio to one `LocalReader` in this process that has its models loaded, and the peak memory of the process that reads and of the
one that hands out, in MiB. `candidates`: of pairs of reports in which the longer holds a share of the shorter word for word, how many
are not found by MinHash, and how many not by the winnowed fingerprints of a record; by the share, and by how much longer one is.
"""

from __future__ import annotations

import json
import random
import resource
import sys
import tempfile
import time
from itertools import islice
from pathlib import Path

from provenance import texts, words

from travaux.agenda import load_agenda
from travaux.corpus import Settings, read_corpus
from travaux.corpus.engine import Engine
from travaux.corpus.families import candidates
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import REPORTS, report_values
from travaux.intake import receive_bytes
from travaux.provenance.candidates import Postings, fingerprints_of
from travaux.provenance.families import LEAST_SHARED
from travaux.provenance.wording import Vocabulary, wording_of
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
            postings, vocabulary = Postings(), Vocabulary()
            for one in reports:
                postings.add(fingerprints_of(wording_of(one.report, vocabulary).hashes))
            known = set(map(tuple, postings.pairs(LEAST_SHARED).tolist()))
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
