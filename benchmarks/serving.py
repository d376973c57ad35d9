"""How long the server takes over a page of a large record with 8 clients, against a yardstick in the same run.

usage: python benchmarks/serving.py [REPORTS [STATEMENTS]]    (10,000 and 100,000 unless told otherwise)

The record is made up: reports of some 1,500 characters, statements spread over the example's parties and options. It is
served by `travaux serve` in a process of its own. Eight clients ask for pages of every kind, each at random places, one
request after the other. The yardstick is the style sheet, asked for in the same way: what a request costs by itself.
"""

from __future__ import annotations

import http.client
import os
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections import defaultdict
from pathlib import Path
from urllib.parse import urlsplit

from travaux.api import Record
from travaux.model import Act, Agenda, Reading, Report, Stance, Statement, Via, statement_id
from travaux.reading.local import LocalReader

ROOT = Path(__file__).resolve().parents[1]
CLIENTS = 8
REQUESTS = 40
"""Of each client, of each kind of page."""
MEDIAN, NINETY_NINTH = 0.150, 0.400
WORDS = "talks ferry border fee envoy winter harbour vote paper clause draft round guarantee treaty price week".split()


class Invented:
    """Signs as the shipped reader and takes as many sentences as it is told for statements."""

    name = "local"

    def __init__(self, each: int):
        self.each = each
        self.chance = random.Random(1)

    def fingerprint(self) -> dict[str, str]:
        """Exactly the shipped reader's."""
        return dict(LocalReader().fingerprint())

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """One statement for each of the first sentences."""
        found = []
        start = 0
        for _ in range(self.each):
            end = report.text.index(".", start) + 1
            party, option = self.chance.choice(agenda.parties).id, self.chance.choice(agenda.options).id
            stance = self.chance.choice([Stance.FOR, Stance.FOR, Stance.AGAINST, Stance.OPEN])
            identity = statement_id("local", report.id, start, end, party, option, stance, False, None, Via.SPEAKER)
            act = self.chance.choice(list(Act))
            confidence = round(self.chance.random(), 2)
            quote = report.text[start:end]
            found.append(
                Statement(
                    identity,
                    report.name,
                    report.id,
                    start,
                    end,
                    quote,
                    party,
                    option,
                    stance,
                    act,
                    confidence=confidence,
                )
            )
            start = end + 1
        return Reading(tuple(found), self.each)


def fill(folder: Path, reports: int, statements: int) -> None:
    """The record, read."""
    folder.mkdir()
    agenda = (ROOT / "examples" / "example-guarantees" / "agenda.yaml").read_text(encoding="utf-8")
    (folder / "agenda.yaml").write_text(agenda, encoding="utf-8")
    chance = random.Random(0)
    with Record.new(folder) as record:
        for number in range(reports):
            sentences = (" ".join([str(number), *chance.choices(WORDS, k=14)]) + "." for _ in range(16))
            day = f"{2020 + number % 5}-{1 + number % 12:02}-{1 + number % 28:02}"
            head = f"{day}\n\n" if number % 10 else ""
            record.add_bytes((" ".join(sentences) + f"\n\n{head}").encode(), f"{number:05}.txt")
        record.read(Invented(statements // reports))


def paths(folder: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page."""
    chance = random.Random(2)
    with Record.open(folder, read_only=True) as record:
        agenda, rows = record.agenda, record.reports()
        some = [one.id for one in chance.sample(record.statements(), 200)]
    parties, options = [one.id for one in agenda.parties], [one.id for one in agenda.options]
    return {
        "overview": ["/"],
        "overview as of a day": [f"/?as_of={2020 + number % 5}-06-01" for number in range(5)],
        "option": [f"/options/{one}" for one in options],
        "option, one party": [f"/options/{one}?party={two}&page=2" for one in options for two in parties],
        "party": [f"/parties/{one}" for one in parties],
        "statement": [f"/statements/{one}" for one in some],
        "reports": [f"/reports?page={number}" for number in range(1, 100)],
        "report": [f"/reports/{row.id}" for row in chance.sample(rows, min(200, len(rows)))],
        "timeline": ["/timeline", *(f"/timeline?party={one}" for one in parties)],
        "network": ["/network"],
        "search by words": [f"/search?q={one}+{number}" for one in WORDS for number in range(0, 1000, 97)],
        "search by filters": [f"/search?party={one}&stance=against" for one in parties],
        "review": ["/review", *(f"/review?party={one}" for one in parties)],
        "shifts and conflicts": ["/across"],
        "families": ["/families"],
        "term sheet": ["/terms"],
    }


def asked(address: str, among: list[str]) -> list[float]:
    """Seconds of each request of all clients together."""
    split = urlsplit(address)
    taken: list[float] = []

    def client(seed: int) -> None:
        chance = random.Random(seed)
        connection = http.client.HTTPConnection(split.hostname or "", split.port)
        for _ in range(REQUESTS):
            begun = time.perf_counter()
            connection.request("GET", chance.choice(among))
            answer = connection.getresponse()
            answer.read()
            taken.append(time.perf_counter() - begun)
            assert answer.status == 200, answer.status
        connection.close()

    clients = [threading.Thread(target=client, args=(seed,)) for seed in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return taken


def main() -> int:
    """Measures and tells; 1 where a page is over its limit."""
    reports = int(sys.argv[1]) if len(sys.argv) > 1 else 10_000
    statements = int(sys.argv[2]) if len(sys.argv) > 2 else 10 * reports
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place) / "record"
        begun = time.perf_counter()
        fill(folder, reports, statements)
        print(
            f"{reports:,} reports and {statements:,} statements made in {time.perf_counter() - begun:.0f} s", flush=True
        )
        surroundings = {**os.environ, "TRAVAUX_HOME": str(Path(place) / "home"), "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "travaux", "serve", str(folder), "-p", "0"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings)
        try:
            assert server.stdout is not None
            return told(server.stdout.readline().strip(), paths(folder))
        finally:
            server.terminate()
            server.wait()


def told(address: str, kinds: dict[str, list[str]]) -> int:
    """A line for each kind of page."""
    over = 0
    begun = time.perf_counter()
    http_get(address, "/")
    print(f"first page, with everything loaded: {time.perf_counter() - begun:.1f} s", flush=True)
    style = http_get(address, "/").split('rel="stylesheet" href="')[1].split('"')[0]
    asked(address, [style])
    yardstick = statistics.median(asked(address, [style]))
    print(f"{'page':24} {'median':>8} {'99th':>8} {'times the yardstick':>20}   yardstick {1000 * yardstick:.1f} ms")
    every: dict[str, list[float]] = defaultdict(list)
    for kind, among in kinds.items():
        for path in among[:12]:  # what is worked out once for a page is worked out before, as for the second who looks
            http_get(address, path)
        every[kind] = taken = sorted(asked(address, among))
        middle, last = statistics.median(taken), taken[int(0.99 * (len(taken) - 1))]
        mark = "" if middle < MEDIAN and last < NINETY_NINTH else "   over"
        over += bool(mark)
        print(
            f"{kind:24} {1000 * middle:6.0f} ms {1000 * last:6.0f} ms {middle / yardstick:20.1f}{mark}",
            flush=True,
        )
    return 1 if over else 0


def http_get(address: str, path: str) -> str:
    """A page's text."""
    split = urlsplit(address)
    connection = http.client.HTTPConnection(split.hostname or "", split.port)
    connection.request("GET", path)
    text = connection.getresponse().read().decode()
    connection.close()
    return text


if __name__ == "__main__":
    sys.exit(main())
