"""What can be read of a damaged database, saved into a new one.

1. the file as it is, copied, so that the damaged one is never written to
2. rows that can be read, judgements and datings first; a report only where bytes and text are what was added
3. what was lost, by name where an index still has it; bytes whose report is lost go into a folder of their own
4. what rests on a lost report is left out, judgements and datings excepted: adding the report again gives it its id back
5. statements only where all of them are there; else every report is to be read again. Flags, families and the index of words are
   made anew in any case
6. the damaged file is put aside, the new one in its place
"""

from __future__ import annotations

import hashlib
import json
import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from sqlalchemy.exc import DBAPIError

from travaux.errors import RecordBusy, RecordDamaged
from travaux.model import DateBasis, PartialDate
from travaux.record import queries
from travaux.record.backups import draft_beside, kept_as, replace_database
from travaux.record.checking import GAP, MISSING_REPORT, problems
from travaux.record.datings import datings
from travaux.record.dialect import told_plainly
from travaux.record.dialect.sqlite import Access, sqlite_engine, write_ahead
from travaux.record.lost import LOST, lost_judgements
from travaux.record.migrations import migrate
from travaux.record.opening import way_back
from travaux.record.schema import METADATA
from travaux.record.sqlite_file import SQLITE_FILES, Salvage, database_problem, is_locked
from travaux.record.whereabouts import DATABASE_NAME

LOST_REPORTS = "lost-reports"
"""The folder into which the bytes of reports go that could not be saved otherwise."""

_PEOPLES = ("judgement", "dating", "agenda_edit", "deed")
_REPORTS = ("report", "original")
_READ = ("run", "reading", "statement", "dropped", "happening", "fact")
_KEPT = ("source", "retrieval", "updating", "told", "info")
_MADE_ANEW = (
    "assessment",
    "trace",
    "flag",
    "family",
    "member",
    "link",
    "searched",
    "change",
    "settled",
    "position",
    "touched",
)
_ORDER = (*_PEOPLES, *_REPORTS, *_READ, *_KEPT)


@dataclass(frozen=True, slots=True)
class Repaired:
    """What a repair saved, and what it could not.

    Attributes:
        aside: where the damaged file is kept. saved: rows by table. lost: one line each.
        read_again: whether all reports are to be read again. bytes_kept: files of reports that are to be added again.
    """

    aside: Path | None
    saved: dict[str, int]
    lost: tuple[str, ...]
    read_again: bool
    bytes_kept: tuple[Path, ...]


def damage(folder: Path) -> str:
    """What is wrong with the database file as such, in one line; empty where nothing is."""
    file = folder / DATABASE_NAME
    if file.is_file() and not file.stat().st_size:
        return "the database is empty"
    return database_problem(file)


def repair(folder: Path) -> Repaired:
    """Save what can be read of a damaged database into a new one, and put that in its place.

    The damaged file is kept beside it, as it was. Stopped before its end, nothing has changed.

    Raises:
        RecordDamaged: nothing at all can be read. RecordBusy: another process has the record open for writing.
        StoreError: no room on the disk.
    """
    file = folder / DATABASE_NAME
    if is_locked(file):
        raise RecordBusy("another process is writing to this record", remedy="try again when it is done", path=file)
    source = kept_as(file, "damaged") or file
    with draft_beside(folder) as copied, draft_beside(folder) as made, told_plainly(file):
        try:
            for ending in ("", *SQLITE_FILES):  # 1
                if (part := Path(f"{source}{ending}")).exists():
                    shutil.copyfile(part, f"{copied}{ending}")
            made.write_bytes(b"")
        except OSError as error:
            raise RecordDamaged(f"it cannot be copied: {error.strerror}", remedy="make room", path=file) from error
        engine = sqlite_engine(made, Access.WRITE)
        try:
            write_ahead(engine)
            migrate(engine)
        finally:
            engine.dispose()
        with Salvage(copied) as salvage, closing(sqlite3.connect(made, isolation_level=None)) as new:
            found = _Saving(salvage, new, folder, made).all()
        if not sum(found.saved.values()):
            raise RecordDamaged("nothing can be read of this database", remedy=way_back(folder), path=file)
        aside = replace_database(file, made, "damaged")  # 6
    return Repaired(aside, found.saved, found.lost, found.read_again, found.bytes_kept)


class _Saving:
    """One repair under way."""

    def __init__(self, salvage: Salvage, new: sqlite3.Connection, folder: Path, made: Path):
        self._salvage, self._new, self._folder, self._made = salvage, new, folder, made
        self._saved: dict[str, int] = {}
        self._lost: list[str] = []
        self._gaps: dict[str, int] = {}
        self._bytes: list[Path] = []
        self._left_out: set[str] = set()

    def all(self) -> Repaired:
        self._new.execute("PRAGMA foreign_keys = OFF")
        guards = self._new.execute(
            "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE '%!_no!_%' ESCAPE '!'"
        )
        forbidding = guards.fetchall()
        for name, _ in forbidding:  # what was put in may be taken out again until the end
            self._new.execute(f'DROP TRIGGER "{name}"')
        for table in _ORDER:  # 2
            self._table(table)
        self._reports()  # 3
        self._orphans()  # 4
        self._judgements()  # before the rest is looked at: a gap that is not known hides what comes after it
        read_again = any(self._gaps.get(table) for table in _READ) or self._is_unsound()
        if read_again:  # 5
            for table in reversed(_READ):
                self._saved[table] = 0
                self._new.execute(f"DELETE FROM {table}")
            self._lost.append("statements: some cannot be read, so all reports are to be read again")
            self._is_unsound()
        self._judgements()
        for _, sql in forbidding:
            self._new.execute(sql)
        self._new.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        return Repaired(None, self._saved, tuple(self._lost), read_again, tuple(self._bytes))

    def _is_unsound(self) -> bool:
        """Whether something is wrong with what readers took; reports and judgements that are not sound are left out."""
        unsound = False
        names = {name: identity for identity, name in self._new.execute("SELECT id, name FROM report")}
        engine = sqlite_engine(self._made, Access.READ)
        try:
            with engine.connect() as connection:
                numbers = [row[0] for row in self._new.execute("SELECT number FROM judgement")]
                unparsed = [number for number in numbers if not _holds(queries.judgement, connection, number)]
                if not _holds(datings, connection):
                    self._datings()
            for number in unparsed:
                self._new.execute("DELETE FROM judgement WHERE number = ?", (number,))
            with engine.connect() as connection:
                found = list(problems(connection, str(self._made)))
        finally:
            engine.dispose()
        for problem in found:
            if problem.about in names and problem.about not in self._left_out:
                self._left_out.add(problem.about)
                self._lost_report(names[problem.about], problem.about)
                self._orphans()
            elif (
                problem.about.startswith("judgement ")
                and MISSING_REPORT not in problem.says
                and GAP not in problem.says
            ):
                self._new.execute("DELETE FROM judgement WHERE number = ?", (int(problem.about.split()[1]),))
            elif problem.about not in names and not problem.about.startswith(("judgement ", "database")):
                unsound = True
        return unsound

    def _datings(self) -> None:
        """Leave out the datings that are none."""
        for number, value, at in self._new.execute("SELECT number, value, at FROM dating").fetchall():
            if not _holds(lambda told, _: told is None or PartialDate(told, DateBasis.ANALYST), value, at):
                self._new.execute("DELETE FROM dating WHERE number = ?", (number,))
                self._lost.append(f"dating {number}: its date cannot be read")

    def _table(self, table: str) -> None:
        columns = [column.name for column in METADATA.tables[table].columns]
        names = ", ".join(f'"{name}"' for name in columns)
        question = ", ".join("?" * len(columns))
        number = 0
        for row in self._salvage.rows(table, columns):
            try:
                self._new.execute(f"INSERT INTO {table} ({names}) VALUES ({question})", row)
            except sqlite3.Error:  # a row that the damage made another of
                self._gaps[table] = self._gaps.get(table, 0) + 1
            else:
                number += 1
        self._saved[table] = number
        missing = self._salvage.missing(table)
        if missing:
            self._gaps[table] = self._gaps.get(table, 0) + missing
        if self._gaps.get(table) and table not in (*_READ, *_REPORTS, "judgement"):
            self._lost.append(f"{table}: {self._gaps[table]} rows, or a part of them, cannot be read")

    def _reports(self) -> None:
        """Leave out reports whose text or bytes are not what was added; keep their bytes where these are."""
        whole: set[str] = set()
        rows = self._new.execute("SELECT id, name, sha256, text_sha256, text FROM report").fetchall()
        names = {**self._salvage.names(), **{row[0]: row[1] for row in rows}}
        for identity, _, sha256, text_sha256, text in rows:
            raw = self._new.execute("SELECT raw FROM original WHERE report_id = ?", (identity,)).fetchone()
            sound = raw is not None and isinstance(raw[0], bytes) and isinstance(text, str)
            if (
                sound
                and hashlib.sha256(raw[0]).hexdigest() == sha256
                and hashlib.sha256(text.encode()).hexdigest() == text_sha256
            ):
                whole.add(identity)
        for identity, name in sorted(names.items(), key=lambda one: one[1]):
            if identity not in whole:
                self._lost_report(identity, name)
        for row in self._new.execute("SELECT report_id FROM original").fetchall():
            if row[0] not in whole and row[0] not in names:
                self._lost_report(row[0], f"{row[0]}.bin")
        self._saved["report"] = len(whole)
        self._saved.pop("original", None)
        if self._gaps.get("report") and not any(line.startswith("report ") for line in self._lost):
            self._lost.append(f"report: {self._gaps['report']} rows, or a part of them, cannot be read")

    def _lost_report(self, identity: str, name: str) -> None:
        raw = self._new.execute("SELECT raw FROM original WHERE report_id = ?", (identity,)).fetchone()
        self._new.execute("DELETE FROM original WHERE report_id = ?", (identity,))
        self._new.execute("DELETE FROM report WHERE id = ?", (identity,))
        kept = ""
        if raw is not None and isinstance(raw[0], bytes):
            place = self._folder / LOST_REPORTS / PurePosixPath(name.lstrip("/"))
            if ".." not in place.parts and not place.exists():
                place.parent.mkdir(parents=True, exist_ok=True)
                place.write_bytes(raw[0])
                self._bytes.append(place)
                kept = f"; its bytes are in {place.relative_to(self._folder)}"
        self._lost.append(f"report {name}: add it again, and judgements on it hold again{kept}")

    def _orphans(self) -> None:
        for table in (*_READ, "retrieval"):
            if "report_id" in METADATA.tables[table].columns:
                without = "report_id IS NOT NULL AND report_id NOT IN (SELECT id FROM report)"
                gone = self._new.execute(f"DELETE FROM {table} WHERE {without}").rowcount
                self._saved[table] = self._saved.get(table, 0) - gone
        self._new.execute("DELETE FROM reading WHERE run_id NOT IN (SELECT id FROM run)")
        self._new.execute("DELETE FROM told WHERE updating NOT IN (SELECT number FROM updating)")
        self._new.execute(
            "DELETE FROM info WHERE key = 'worth'"
        )  # families are not copied, and made again where this is missing

    def _judgements(self) -> None:
        """Note which numbers of the judgements are missing, so that nobody takes the gap for a forgery."""
        present = {row[0] for row in self._new.execute("SELECT number FROM judgement")}
        last = max([*present, *self._salvage.numbers("judgement")], default=0)
        before = self._new.execute("SELECT value FROM info WHERE key = ?", (LOST,)).fetchone()
        known = set(lost_judgements({LOST: before[0]} if before else {}))
        missing = sorted({*range(1, last + 1)} - present)
        fresh = [number for number in missing if number not in known]
        if fresh:
            self._lost.append(f"judgements {', '.join(map(str, fresh))} cannot be read")
        if missing:
            self._new.execute("INSERT OR REPLACE INTO info VALUES (?, ?)", (LOST, json.dumps(missing)))


def _holds(question: Callable[..., object], *given: object) -> bool:
    """Whether rows can be read as what they should be."""
    try:
        question(*given)
    except (ValueError, TypeError, DBAPIError):
        return False
    return True
