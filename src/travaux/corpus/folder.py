"""Where a corpus lies: a folder of Parquet files, a folder a table, and a hidden one for what is under way.

A part of ``reports/`` is never altered; what was read from it stands in files of the same name in ``readings/``, ``statements/`` and
``flags/``. The file in ``readings/`` is written last and says by which run: a part without it, or with another run's, is to be read.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from travaux.corpus.tables import REPORT_COLUMNS, REPORTS, report_of
from travaux.errors import RecordBusy, RecordTooNew, RequestError
from travaux.exchange.columns import Table
from travaux.exchange.extras import library
from travaux.exchange.parquet_files import arrow_of_rows
from travaux.exchange.rows import Row
from travaux.exchange.whole_files import told_as_unwritable, whole_file, whole_place
from travaux.model import Report

HEAD = "corpus.json"
FORM = 1
"""Which form of folder this is; a later one is refused, not guessed at."""
RUN = b"run"


class CorpusFolder:
    """The folder of one corpus."""

    def __init__(self, folder: Path):
        self.folder = folder
        self.work = folder / ".work"

    @classmethod
    def made(cls, folder: Path) -> CorpusFolder:
        """The corpus in a folder, made where there is none.

        Raises:
            RequestError: the folder holds something else, or cannot be written to. RecordTooNew: a later version wrote it.
        """
        if not (folder / HEAD).exists():
            if folder.exists() and (not folder.is_dir() or any(one.name != ".lock" for one in folder.iterdir())):
                raise RequestError("there is something else here", remedy="name a new folder with --out", path=folder)
            with whole_file(folder / HEAD) as file:
                file.write(json.dumps({"form": FORM}) + "\n")
        return cls.opened(folder)

    @classmethod
    def opened(cls, folder: Path) -> CorpusFolder:
        """The corpus in a folder.

        Raises:
            RequestError: there is none. RecordTooNew: a later version wrote it.
        """
        try:
            head = json.loads((folder / HEAD).read_text(encoding="utf-8"))
            form = int(head["form"])
        except (OSError, ValueError, KeyError, TypeError):
            remedy = "travaux corpus read makes one"
            raise RequestError("this is no corpus", remedy=remedy, path=folder) from None
        if form > FORM:
            raise RecordTooNew("a later version of Travaux made this corpus", remedy="update Travaux", path=folder)
        return cls(folder)

    @contextmanager
    def locked(self) -> Iterator[None]:
        """Nobody else writes to it meanwhile.

        Raises:
            RecordBusy: somebody does already.
        """
        from filelock import FileLock, Timeout

        lock = FileLock(self.folder / ".lock", timeout=0)
        try:
            lock.acquire()
        except Timeout:
            raise RecordBusy("another run is at this corpus", remedy="nothing was done", path=self.folder) from None
        try:
            yield
        finally:
            lock.release()

    def file(self, table: Table, part: str) -> Path:
        """The file of a part of a table."""
        return self.folder / table.name / f"{part}.parquet"

    def parts(self, table: Table) -> list[str]:
        """The parts there are, in order."""
        return sorted(path.stem for path in (self.folder / table.name).glob("[!.]*.parquet"))

    def write(self, table: Table, part: str, rows: Sequence[Row], run: str = "") -> None:
        """Write a part, whole or not at all, over an older one."""
        with whole_place(self.file(table, part)) as draft:
            made = arrow_of_rows(table, rows, {RUN.decode(): run})
            library("pyarrow.parquet", "corpus").write_table(made, draft, compression="zstd")

    def rows(self, table: Table, part: str, columns: Sequence[str] | None = None) -> list[Row]:
        """The rows of a part, mappings as mappings; empty where there is no such part.

        Raises:
            RequestError: the file is damaged.
        """
        if not self.file(table, part).exists():
            return []
        found: list[Row] = self.arrow(table, part, columns).to_pylist()
        mappings = [
            one.name for one in table.columns if one.kind == "object" and (columns is None or one.name in columns)
        ]
        for row in found:
            for name in mappings:
                row[name] = json.loads(row[name]) if row[name] else None
        return found

    def arrow(self, table: Table, part: str, columns: Sequence[str] | None = None) -> Any:
        """A part as a ``pyarrow.Table``; mappings are JSON in it.

        Raises:
            RequestError: the file is damaged, or there is none.
        """
        path = self.file(table, part)
        arrow = library("pyarrow", "corpus")
        try:
            with library("pyarrow.parquet", "corpus").ParquetFile(path) as file:
                return file.read(None if columns is None else list(columns))
        except (arrow.ArrowException, OSError) as error:
            remedy = (
                "delete the folder and read the source anew" if table is REPORTS else "delete this file and read again"
            )
            raise RequestError(f"cannot be read: {str(error).splitlines()[0]}", remedy=remedy, path=path) from None

    def run_of(self, table: Table, part: str) -> str | None:
        """The run that wrote a part; None where none has."""
        path = self.file(table, part)
        arrow = library("pyarrow", "corpus")
        try:
            metadata = library("pyarrow.parquet", "corpus").read_schema(path).metadata or {}
        except (arrow.ArrowException, OSError):  # none, or damaged: read anew
            return None
        told: bytes = metadata.get(RUN, b"")
        return told.decode()

    def reports(self, part: str) -> list[Report]:
        """The reports of a part, in order."""
        return [report_of(row) for row in self.rows(REPORTS, part, REPORT_COLUMNS)]

    def swept(self) -> None:
        """Remove drafts that a killed run has left; only for who holds the lock."""
        with told_as_unwritable(self.folder):
            for draft in self.folder.glob("*/.*.part"):
                draft.unlink()

    def forget_work(self) -> None:
        """Remove what was under way."""
        shutil.rmtree(self.work, ignore_errors=True)


class Index:
    """Where each report of a corpus stands: part and place in it, by id; parts asked for last are kept in memory."""

    KEPT = 50

    def __init__(self, corpus: CorpusFolder):
        self._corpus = corpus
        self._places: dict[str, tuple[str, int]] = {}
        self._names: dict[str, str] = {}
        self._at_hand: dict[str, Any] = {}  # as they lie in the file: of a part, one report alone is wanted at a time
        for part in corpus.parts(REPORTS):
            for place, row in enumerate(corpus.rows(REPORTS, part, ["id", "report"])):
                self._places[row["id"]] = (part, place)
                self._names[row["id"]] = row["report"]

    def ids(self) -> list[str]:
        """The ids of all reports, by name."""
        return sorted(self._names, key=self._names.__getitem__)

    def report(self, report_id: str) -> Report:
        """The report of that id."""
        part, place = self._places[report_id]
        found = self._at_hand.pop(part, None)
        if found is None:
            found = self._corpus.arrow(REPORTS, part, REPORT_COLUMNS)
            while len(self._at_hand) >= self.KEPT:
                self._at_hand.pop(next(iter(self._at_hand)))
        self._at_hand[part] = found
        return report_of(found.slice(place, 1).to_pylist()[0])


def digest_of(told: Mapping[str, Any]) -> str:
    """SHA-256 over what decides something, the same for the same values in any order."""
    return hashlib.sha256(json.dumps(dict(told), sort_keys=True).encode()).hexdigest()
