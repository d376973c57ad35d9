"""Kills a command at each of its write points, one after the other, and says what became of the record.

usage: PYTHONPATH=src:tests/support python tests/support/write_points.py SCENARIO PLACE [ADDRESS]

A write point is where a process asks the system or the database to change something: a statement that writes, a commit, a
file opened for writing, synced, renamed, linked or removed, a folder made. The command is run once whole to have them told;
then once for each point in a process forked for it, which dies there by SIGKILL. A second round lets files grow to so many
bytes and no more: the process dies in the middle of a write.

After each death what is there is compared with what the dead one had committed; then another process opens the record, checks it,
runs the command again and compares the record with that of the undisturbed run. Most deaths in one transaction leave the same
behind, file by file and row by row: what comes of that is tried the first time it is left. One line of JSON a death goes to
standard output.
"""

from __future__ import annotations

import gc
import json
import os
import re
import resource
import shutil
import signal
import sqlite3
import sys
import traceback
from collections import Counter
from contextlib import closing, redirect_stderr, redirect_stdout
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from older_schema import put_back
from small_record import AGENDA, TEXTS, ByHeart, make_small_record

import travaux.api.reading
import travaux.exchange.dna.writing
from travaux import Record
from travaux.cli.root import run

WRITES = re.compile(
    r"(INSERT INTO|INSERT OR \w+ INTO|REPLACE INTO|UPDATE|DELETE FROM|CREATE|DROP|ALTER|COMMIT|BEGIN IM)"
)
APPEND_ONLY = ("report", "original", "judgement", "dating", "retrieval", "updating", "told", "source", "deed")
WHEN = {
    "at",
    "started",
    "finished",
    "added",
    "polled",
    "requested",
    "request_headers",
    "headers",
    "request",
    "again_at",
    "updating",
}
"""Columns that say when something was done: two runs differ in them."""
STEP = 4096
LIMIT = 400
"""More points than any command here has: what would go on for ever is a failure."""


@dataclass
class Scenario:
    """One command on a record.

    Attributes:
        prepare: makes the record in a folder that is not there yet; what the command needs besides goes beside it.
        arguments: of the command, from folder and address of a web site.
        again_adds: the command signs something each time it is run, so that running it again may say the same twice.
        done_is_done: run again where it was done already, the command says so with exit code 2.
    """

    prepare: object
    arguments: object
    again_adds: bool = False
    done_is_done: bool = False
    files: tuple[str, ...] = field(default=("agenda.yaml",))


def _judged(folder):
    make_small_record(folder)
    with Record.open(folder) as record:
        record.judge(record.statements(report="a.txt")[0], "confirm", reviewer="Tester")
        record.date("c.txt", "2025-03", reviewer="Tester")


def _unread(folder):
    make_small_record(folder, {})
    source = folder.parent / "texts"
    if not source.exists():
        source.mkdir()
        for name, (_, _, text) in TEXTS.items():
            (source / name).write_text(text)
        (source / "manifest.csv").write_text("file,published\na.txt,2025-03-01\nb.txt,2025-03-20\n")


def _added(folder):
    _unread(folder)
    with Record.open(folder) as record:
        record.add(folder.parent / "texts")


def _apart(folder):
    """A record of one report, and beside it a colleague's of all."""
    make_small_record(folder, {"a.txt": TEXTS["a.txt"]})
    with Record.open(folder) as record:
        record.judge(record.statements()[0], "reject", reviewer="Tester")
    other = folder.parent / "colleagues"
    if not other.exists():
        _judged(other)
        with Record.open(other) as record:
            record.export("dna", folder.parent / "coded.dna")


def _old(folder):
    _judged(folder)
    put_back(folder / "record.sqlite", "0001")


def _with_source(folder):
    folder.mkdir()
    (folder / "agenda.yaml").write_text(AGENDA)
    Record.new(folder).close()


def _nothing(folder):
    folder.mkdir()


def _statement(folder):
    with Record.open(folder, read_only=True) as record:
        return record.statements()[-1].id


def _update(folder, address):
    if address is None:
        raise SystemExit("an update needs an ADDRESS")
    return ["update", folder, "--allow-loopback", address, "--delay", "0"]


SCENARIOS = {
    "new": Scenario(_nothing, lambda folder, _: ["new", folder], done_is_done=True),
    "add": Scenario(_unread, lambda folder, _: ["add", folder, folder.parent / "texts"]),
    "read": Scenario(_added, lambda folder, _: ["read", folder]),
    "show": Scenario(_added, lambda folder, _: ["families", folder]),
    "judge": Scenario(_judged, lambda folder, _: ["judge", "reject", folder, _statement(folder)], again_adds=True),
    "date": Scenario(_judged, lambda folder, _: ["date", folder, "c.txt", "2025-03-05"], again_adds=True),
    "sources": Scenario(
        _with_source, lambda folder, address: ["sources", "add", folder, f"http://{address}/feed", *_update(folder, address)[2:]]
    ),
    "update": Scenario(_with_source, _update, again_adds=True),
    "agenda": Scenario(
        _judged,
        lambda folder, _: ["agenda", "add-option", folder, "ferry", "A ferry at noon", "--id", "noon", "--write"],
        done_is_done=True,
    ),
    "import": Scenario(_apart, lambda folder, _: ["import", folder, "--format", "dna", folder.parent / "coded.dna"]),
    "merge": Scenario(_apart, lambda folder, _: ["merge", folder, folder.parent / "colleagues"]),
    "export": Scenario(_judged, lambda folder, _: ["export", folder, "-o", folder / "out"], files=("agenda.yaml", "out")),
    "export-dna": Scenario(
        _judged,
        lambda folder, _: ["export", folder, "--format", "dna", "-o", folder / "out.dna"],
        files=("agenda.yaml", "out.dna"),
    ),
    "page": Scenario(_judged, lambda folder, _: ["page", folder, "-o", folder / "page.html"], files=("agenda.yaml", "page.html")),
    "migrate": Scenario(_old, lambda folder, _: ["reports", folder]),
}  # fmt: skip


# --------------------------------------------------------------------------------------------------------- dying


class Points:
    """Counts the write points of this process, tells each into a pipe, and kills the process at one of them."""

    def __init__(self, below, pipe, die_at=0):
        self.below, self.pipe, self.die_at, self.number, self.last = str(below), pipe, die_at, 0, ""

    def reached(self, what):
        self.number += 1
        os.write(self.pipe, f"{what}\n".encode())
        if self.number == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self):
        """For the rest of this process."""
        connect, fsync = sqlite3.connect, os.fsync

        def connected(*arguments, **options):
            connection = connect(*arguments, **options)
            if self.below in str(arguments[0]):
                connection.set_trace_callback(self._statement)
            return connection

        def synced(descriptor):
            self.reached("fsync")
            fsync(descriptor)

        sqlite3.connect, os.fsync = connected, synced
        sys.addaudithook(self._audited)

    def _statement(self, sql):
        if WRITES.match(sql):
            told = " ".join(sql.split()[:3]).split("(")[0]
            # What a trigger does is traced under the statement that set it off.
            self.reached(f"inside {told}" if sql == self.last and sql != "COMMIT" else told)
            self.last = sql

    def _audited(self, event, arguments):
        if event == "open":
            path, _, flags = arguments
            if isinstance(flags, int) and flags & (os.O_WRONLY | os.O_RDWR | os.O_CREAT) and self.below in str(path):
                self.reached("open")
        elif event in ("os.rename", "os.link", "os.remove", "os.mkdir", "os.truncate") and self.below in str(
            arguments[0]
        ):
            self.reached(event)


def forked(work):
    """Runs `work(pipe)` in a process of its own: the status it ended with, and the lines it wrote to the pipe."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = 1
        gc.disable()  # it would touch, and so copy, all that the parent holds
        try:
            os.close(reading)
            code = work(writing)
        except BaseException:
            os.write(writing, traceback.format_exc().encode())
        finally:
            os._exit(code)
    os.close(writing)
    with os.fdopen(reading, encoding="utf-8") as told:
        lines = told.read().splitlines()
    return os.waitpid(child, 0)[1], lines


def command(arguments):
    """The command line, its words kept in a file; its exit code."""
    with errors().open("w") as file, redirect_stdout(file), redirect_stderr(file):
        return run([str(one) for one in arguments])


def errors():
    """What the last command said."""
    return Path(os.environ["TRAVAUX_HOME"]) / "errors"


# ------------------------------------------------------------------------------------------------------ comparing


def snapshot(folder, scenario, *, whole=False):
    """What a record holds, without the hours at which it was written, and the files the command writes.

    Unless the `whole` is asked for, without what a run that goes on rightly says once more.
    """
    held = {}
    with closing(sqlite3.connect(folder / "record.sqlite")) as database:
        tables = [
            row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name")
        ]
        for table in tables:
            if table.startswith("report_words_"):  # SQLite's own; asked through the index below
                continue
            if not whole and table == "change":  # how often was written, which a run that goes on does more often
                continue
            if not whole and table == "updating" and scenario.again_adds:  # an update run again is another update
                continue
            columns = [row[1] for row in database.execute(f"PRAGMA table_info({table})") if row[1] not in WHEN]
            if table == "report_words":
                held["ferry"] = [row[0] for row in database.execute(
                    "SELECT report_id FROM report_words JOIN searched ON number = report_words.rowid "
                    "WHERE report_words MATCH 'ferry' ORDER BY report_id")]  # fmt: skip
                continue
            chosen = ", ".join(f'"{name}"' for name in columns)
            rows = [[str(value) for value in row] for row in database.execute(f"SELECT {chosen} FROM {table}")]
            if not whole and scenario.again_adds and table in ("judgement", "dating"):
                place = columns.index("number")
                rows = [row[:place] + row[place + 1 :] for row in rows]
                rows = [list(row) for row in dict.fromkeys(map(tuple, rows))]
            held[table] = sorted(rows)
    for name in scenario.files:
        place = folder / name
        files = [place] if place.is_file() else sorted(place.rglob("*"))
        for file in files:
            if not file.name.startswith("."):
                held[str(file.relative_to(folder))] = file.read_bytes().decode("latin-1")
    return held


def rows_in(folder):
    """How many rows each table has that only ever grows."""
    if not (folder / "record.sqlite").exists():
        return {}
    with closing(sqlite3.connect(f"file:{folder / 'record.sqlite'}?mode=ro", uri=True)) as database:
        present = {row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
        return {
            table: database.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
            for table in APPEND_ONLY
            if table in present
        }


def committed(points):
    """Rows that were put into each table by transactions whose commit was done before the last point."""
    done, waiting = Counter(), Counter()
    for place, what in enumerate(points):
        if what.startswith("BEGIN"):
            waiting.clear()
        elif what.startswith("INSERT INTO"):
            waiting[what.split()[2]] += 1
        elif what == "COMMIT" and place < len(points) - 1:
            done += waiting
            waiting.clear()
    return done


def left_behind(folder, scenario, copy):
    """What a death left: every file, the database's by its size and its rows, and how many rows the growing tables have.

    Looked at in a copy, since whoever opens a database clears up after the dead one. The hours apart, and what SQLite
    draws by lot for its log, two that are equal here are one state of the disk.
    """
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    files = []
    for file in sorted(path for path in copy.rglob("*") if path.is_file()):
        # An unfinished file has the number of the process that made it, or letters drawn by lot, in its name.
        name = re.sub(r"\.[0-9a-f]+(?=\.part)|\d{2,}", ".N", str(file.relative_to(copy)))
        files.append((name, file.stat().st_size if ".sqlite" in name or name.endswith(".dna") else file.read_bytes()))
    held = snapshot(copy, scenario, whole=True) if (copy / "record.sqlite").exists() else {}
    return repr((files, held)), rows_in(copy)


def lost(before, now, points):
    """Rows of committed transactions that are gone."""
    done = committed(points)
    return [
        f"{table}: {now.get(table)} rows, {number} before and {done[table]} committed"
        for table, number in before.items()
        if now.get(table, 0) < number + done[table]
    ]


def aftermath(folder, scenario, arguments, before, whole, agendas):
    """What is wrong with a record after a death, and after the command was run again; empty where nothing is."""
    wrong = []
    if (folder / "record.sqlite").exists():
        with Record.open(folder) as record:
            wrong += [f"doctor: {problem}" for problem in record.store.check()]
        agenda = folder / "agenda.yaml"
        if not agenda.exists() or agenda.read_bytes() not in agendas:
            wrong.append("the agenda is neither the one before nor the one after")
    elif before:
        wrong.append("the record is gone")
    if wrong:
        return wrong
    code = command(arguments)
    if code != 0 and not (scenario.done_is_done and code == 2):  # the comparison shows then that it was done
        return [f"again: exit code {code}: {errors().read_text()[-400:]}"]
    after = snapshot(folder, scenario)
    with Record.open(folder) as record:
        wrong += [f"doctor again: {problem}" for problem in record.store.check()]
    for name in sorted(whole.keys() | after.keys()):
        if whole.get(name) != after.get(name):
            wrong.append(
                f"differs from the undisturbed run: {name}: {str(after.get(name))[:300]} / {str(whole.get(name))[:300]}"
            )
    return wrong


def main(name, place, address=None):
    """Runs the scenario; a line for each death."""
    scenario = SCENARIOS[name]
    # Neither writes anything: the reader's models take seconds to load, and a password is hashed a hundred thousand times.
    travaux.api.reading._reader = lambda _: ByHeart()
    travaux.exchange.dna.writing.password_hash = cache(travaux.exchange.dna.writing.password_hash)
    base, folder = place / "base", place / "talks"
    scenario.prepare(base)
    if name == "update":
        with Record.open(base) as record:
            from travaux.intake.web import Rules

            record.add_source(f"http://{address}/feed", web=Rules(loopback=frozenset({address}), delay=0.0))

    def fresh():
        shutil.rmtree(folder, ignore_errors=True)
        shutil.copytree(base, folder)

    fresh()
    arguments = scenario.arguments(folder, address)
    before = rows_in(base)
    assert command(arguments) == 0, (
        errors().read_text()
    )  # in this process, so that whoever is forked has everything loaded
    whole = snapshot(folder, scenario)
    agendas = [place.read_bytes() for place in (base / "agenda.yaml", folder / "agenda.yaml") if place.exists()]
    largest = max(path.stat().st_size for path in folder.rglob("*") if path.is_file())

    known = {}

    def told(point, what, deadly, points):
        left, now = left_behind(folder, scenario, place / "copy")
        wrong = lost(before, now, points) if now else []
        if left not in known:
            known[left] = forked(
                lambda pipe: bool(
                    [
                        os.write(pipe, f"{one}\n".encode())
                        for one in aftermath(folder, scenario, arguments, before, whole, agendas)
                    ]
                )
            )[1]
        print(json.dumps({"point": point, "what": what, "signal": deadly, "wrong": wrong + known[left]}), flush=True)

    for number in range(1, LIMIT):
        fresh()
        status, points = forked(lambda pipe, at=number: Points(folder, pipe, at).watch() or command(arguments))
        if not os.WIFSIGNALED(status):
            assert os.WEXITSTATUS(status) == 0, points[-20:]
            assert len(points) == number - 1, "every point was died at"
            break
        told(number, points[-1], os.WTERMSIG(status), points)
    else:
        raise SystemExit(f"more than {LIMIT} write points")
    for size in range(STEP // 2, largest + STEP, STEP * (1 + largest // STEP // 40)):
        fresh()

        def limited(pipe, size=size):
            resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
            signal.signal(signal.SIGXFSZ, signal.SIG_DFL)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))
            return command(arguments)

        status, _ = forked(limited)
        if os.WIFSIGNALED(status):
            told(size, "in the middle of a write", os.WTERMSIG(status), [])


if __name__ == "__main__":
    Path(os.environ["TRAVAUX_HOME"]).mkdir(parents=True, exist_ok=True)
    main(sys.argv[1], Path(sys.argv[2]), *sys.argv[3:])
