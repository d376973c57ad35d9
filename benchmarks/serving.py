"""How long the server takes over each page of a large record with 8 clients, against a yardstick in the same run.

usage: python benchmarks/serving.py [--write] [REPORTS [STATEMENTS]]    (10,000 and 100,000 unless told otherwise)

The record is made up, see `large_record.py`. It is served by `travaux serve` in a process of its own. Of every kind of page
some addresses are first looked at one after the other, which nobody has done before; then eight clients ask at random, one
request after the other, once what the server works out beforehand is there. The yardstick is the style sheet, asked for in
the same way: what a request costs by itself. At last a statement is judged, and pages are asked for while what hangs on the
whole record is worked out anew.

``--write`` puts the table into docs/performance.md.
"""

from __future__ import annotations

import argparse
import http.client
import os
import random
import re
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from urllib.parse import urlencode, urlsplit

from large_record import ROOT, WORDS, fill
from marked import write_between

from travaux.api import Record

CLIENTS = 8
REQUESTS = 40
"""Of each client, of each kind of page."""
FIRST = 6
"""Addresses of each kind that are looked at for the first time, alone."""
MEDIAN, NINETY_NINTH = 0.150, 0.400
PAGE = ROOT / "docs" / "performance.md"


def paths(folder: Path) -> dict[str, list[str]]:
    """Addresses of each kind of page."""
    chance = random.Random(2)
    with Record.open(folder, read_only=True) as record:
        agenda, rows = record.agenda, record.reports()
        some = [one.id for one in chance.sample(record.store.statements(), 200)]
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
        "review": ["/review", *(f"/review?party={one}" for one in parties), *(f"/review?page={n}" for n in range(2, 99))],
        "shifts and conflicts": ["/across", *(f"/across?page={number}" for number in range(2, 20))],
        "meetings and incidents": ["/happenings", *(f"/happenings?page={number}" for number in range(2, 20))],
        "families": ["/families", *(f"/families?page={number}" for number in range(2, 10))],
        "term sheet": ["/terms"],
        "agenda": ["/agenda"],
    }  # fmt: skip


class Client:
    """A connection that is kept."""

    def __init__(self, address: str):
        self.split = urlsplit(address)
        self.connection = http.client.HTTPConnection(self.split.hostname or "", self.split.port, timeout=600)
        self.used = time.perf_counter()

    def get(self, path: str) -> tuple[int, str, float]:
        """Status, text and seconds."""
        self._connected()
        begun = time.perf_counter()
        self.connection.request("GET", path)
        answer = self.connection.getresponse()
        text = answer.read().decode()
        return answer.status, text, time.perf_counter() - begun

    def _connected(self) -> None:
        """Begin a new connection where the server may have given up the old one, which it does after five idle seconds."""
        now = time.perf_counter()
        if now - self.used > 2:
            self.connection.close()
        self.used = now

    def post(self, path: str, **fields: str) -> None:
        """A form as a page of the server sends it."""
        here = f"{self.split.scheme}://{self.split.netloc}"
        head = {"Content-Type": "application/x-www-form-urlencoded", "Origin": here, "Sec-Fetch-Site": "same-origin"}
        self._connected()
        self.connection.request("POST", path, urlencode(fields), head)
        answer = self.connection.getresponse()
        answer.read()
        assert answer.status == 303, answer.status


def asked(address: str, among: list[str]) -> list[float]:
    """Seconds of each request of all clients together, the shortest first."""
    taken: list[float] = []

    def ask(seed: int) -> None:
        chance, client = random.Random(seed), Client(address)
        for _ in range(REQUESTS):
            status, _, seconds = client.get(chance.choice(among))
            assert status == 200, status
            taken.append(seconds)

    clients = [threading.Thread(target=ask, args=(seed,)) for seed in range(CLIENTS)]
    for one in clients:
        one.start()
    for one in clients:
        one.join()
    return sorted(taken)


def memory(pid: int) -> dict[str, int]:
    """Megabytes of a process: now, and at the most."""
    told = Path(f"/proc/{pid}/status").read_text(encoding="ascii")
    return {name: int(re.search(rf"{name}:\s+(\d+)", told)[1]) // 1024 for name in ("VmRSS", "VmHWM")}  # type: ignore[index]


def processor(pid: int) -> float:
    """Seconds a process has worked so far."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def idle(pid: int) -> float:
    """Seconds until a process has nothing to do any more."""
    begun = time.perf_counter()
    worked = -1.0
    while processor(pid) - worked > 0.02:
        worked = processor(pid)
        time.sleep(0.5)
    return time.perf_counter() - begun - 0.5


def loaded(address: str) -> float:
    """Seconds until the overview is there."""
    begun, client = time.perf_counter(), Client(address)
    while client.get("/")[0] == 503:
        time.sleep(0.05)
    return time.perf_counter() - begun


class Serving:
    """`travaux serve` over a record."""

    def __init__(self, folder: Path, home: Path):
        surroundings = {**os.environ, "TRAVAUX_HOME": str(home), "PYTHONPATH": str(ROOT / "src")}
        command = [sys.executable, "-m", "travaux", "serve", str(folder), "-p", "0"]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=surroundings)
        assert self.process.stdout is not None
        self.address = self.process.stdout.readline().strip()

    def __enter__(self) -> Serving:
        return self

    def __exit__(self, *_: object) -> None:
        self.process.terminate()
        self.process.wait()


def measured(folder: Path, home: Path) -> tuple[list[str], int]:
    """The lines of the table and what is told below it, and how many kinds of page are over their limit."""
    with Serving(folder, home) as one:
        first_time = loaded(one.address)
    with Serving(folder, home) as one:
        again = loaded(one.address)
        beforehand = idle(one.process.pid)
        client = Client(one.address)
        style = client.get("/")[1].split('rel="stylesheet" href="')[1].split('"')[0]
        asked(one.address, [style])
        yardstick = statistics.median(asked(one.address, [style]))
        lines = [
            f"| page | first look | median | 99th | processor | median, times a style sheet ({1000 * yardstick:.1f} ms) |",
            "| --- | --: | --: | --: | --: | --: |",
        ]
        over = 0
        kinds = paths(folder)
        for kind, among in kinds.items():
            first = max(client.get(path)[2] for path in among[:FIRST])
            worked = processor(one.process.pid)
            taken = asked(one.address, among)
            worked = (processor(one.process.pid) - worked) / len(taken)
            middle, last = statistics.median(taken), taken[int(0.99 * (len(taken) - 1))]
            is_over = middle >= MEDIAN or last >= NINETY_NINTH
            over += is_over
            shown = [f"{1000 * seconds:.0f} ms" for seconds in (first, middle, last, worked)]
            lines.append(f"| {kind} | {' | '.join(shown)} | {middle / yardstick:.1f} |{' over' if is_over else ''}")
            print(lines[-1], flush=True)
        told = judged(client, kinds, one.address)
        told["processor seconds of the server in all"] = f"{processor(one.process.pid):.0f}"
        told["seconds until the first page, flags and families still to be found"] = f"{first_time:.0f}"
        told["seconds until the first page, where they are known"] = f"{again:.1f}"
        held = memory(one.process.pid)
        told["seconds more until what pages need beforehand is worked out"] = f"{beforehand:.1f}"
        told["megabytes of the server, and at the most"] = f"{held['VmRSS']:,} and {held['VmHWM']:,}"
    return [*lines, "", *(f"- {what}: {figure}" for what, figure in told.items())], over


def judged(client: Client, kinds: dict[str, list[str]], address: str) -> dict[str, str]:
    """A judgement made in the browser: when it shows, how pages fare meanwhile, and when all hangs together again."""
    path = kinds["statement"][0]
    page = client.get(path)[1]
    token = page.split('name="token" value="')[1].split('"')[0]
    begun = time.perf_counter()
    fields = {"statement": path.rsplit("/", 1)[1], "verdict": "reject", "reviewer": "C. Third", "back": path}
    client.post("/judgements", token=token, **fields)
    text = client.get(path)[1]
    assert "C. Third" in text, "the judgement does not show"
    shown = time.perf_counter() - begun
    some = [kinds[kind][0] for kind in ("overview", "option", "party", "reports", "review", "search by filters")]
    meanwhile = asked(address, some)
    while 'class="behind"' in client.get("/network")[1]:
        time.sleep(0.05)
    done = time.perf_counter() - begun
    middle, last = statistics.median(meanwhile), meanwhile[int(0.99 * (len(meanwhile) - 1))]
    return {
        "seconds from a judgement to the page that shows it": f"{shown:.2f}",
        "pages while the rest is worked out, median and 99th": f"{1000 * middle:.0f} ms and {1000 * last:.0f} ms",
        "seconds until shifts, conflicts, term sheet and queue have it too": f"{done:.1f}",
    }


def main() -> int:
    """Measures and tells; 1 where a page is over its limit."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("reports", nargs="?", type=int, default=10_000)
    parser.add_argument("statements", nargs="?", type=int)
    parser.add_argument("--write", action="store_true", help="put the table into docs/performance.md")
    given = parser.parse_args()
    statements = given.statements or 10 * given.reports
    with tempfile.TemporaryDirectory() as place:
        begun = time.perf_counter()
        fill(Path(place) / "record", given.reports, statements)
        print(f"made in {time.perf_counter() - begun:.0f} s", flush=True)
        lines, over = measured(Path(place) / "record", Path(place) / "home")
    told = f"{given.reports:,} reports, {statements:,} statements, {CLIENTS} clients:"
    table = "\n".join([told, "", *lines, ""])
    print(table)
    if given.write:
        write_between(PAGE, "<!-- serving: benchmarks/serving.py -->", "<!-- end of serving -->", table)
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
