"""3 Packs become parts of ``reports/``: names and copies as `travaux.record.adding` has them, in the order of the source.

1. The same bytes under the same name are the same report.
2. The same bytes under another name are a copy of what is there, unless a manifest lists them on their own.
3. Other bytes under a name that is taken are stored as ``name~2.ext``, ``name~3.ext``…

Settling the same packs twice adds nothing, so that a run ended in the middle of it is simply done again.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path
from typing import Any

from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import REFUSED, REPORTS, SOURCES, report_values
from travaux.exchange.extras import library
from travaux.exchange.rows import Row
from travaux.intake import Received
from travaux.model import Report, content_id, report_id
from travaux.record import Outcome
from travaux.record.adding import numbered_name
from travaux.visit import Visit
from travaux.workers.reading import form_of


class Known:
    """The names and bytes a corpus has."""

    def __init__(self, corpus: CorpusFolder):
        self._by_name: dict[str, str] = {}
        self._bytes: set[str] = set()
        for part in corpus.parts(REPORTS):
            for row in corpus.rows(REPORTS, part, ["report", "sha256"]):
                self._keep(row["report"], row["sha256"])

    def settled(self, report: Report) -> tuple[Outcome, Report]:
        """What becomes of a report, and the report under the name that it gets."""
        if self._by_name.get(report.name) == report.sha256:
            return Outcome.ALREADY, report
        if not report.listed and report.sha256 in self._bytes:
            return Outcome.ALREADY, report
        if report.name not in self._by_name:
            self._keep(report.name, report.sha256)
            return Outcome.ADDED, report
        for number in count(2):
            name = numbered_name(report.name, number)
            standing = self._by_name.get(name)
            if standing == report.sha256:
                return Outcome.ALREADY, report
            if standing is None:
                self._keep(name, report.sha256)
                return Outcome.RENAMED, replace(report, name=name, id=report_id(name, report.sha256))
        raise AssertionError("numbers do not end")

    def _keep(self, name: str, sha256: str) -> None:
        self._by_name[name] = sha256
        self._bytes.add(sha256)


def settle(
    corpus: CorpusFolder, units: Iterable[dict[str, Any]], size: int
) -> tuple[Counter[str], tuple[tuple[str, str, str], ...]]:
    """Write what units of step 2 brought, and then that they were taken in.

    Args:
        units: answers of `travaux.corpus.unpacking.Unpacker`, in the order of the source. size: reports a part.

    Returns:
        How many reports became what, and what was refused: name, file, reason.
    """
    known, told = Known(corpus), Counter[str]()
    files: list[Row] = []
    refused: list[Row] = []
    waiting: list[Row] = []
    for unit in units:
        files += unit["files"]
        refused += [{"name": name, "address": address, "reason": reason} for name, address, reason in unit["refused"]]
        for row in _rows(corpus.work / unit["pack"]) if "pack" in unit else ():
            if row["report"] is None:
                refused.append({"name": row["name"], "address": row["address"], "reason": row["reason"]})
                continue
            outcome, report = known.settled(form_of(Report).validate_json(row["report"]))
            told[outcome] += 1
            if outcome is not Outcome.ALREADY:
                visit = None if row["visit"] is None else form_of(Visit).validate_json(row["visit"])
                waiting.append(report_values(Received(report, row["raw"], visit)))
            if len(waiting) >= size:
                _part(corpus, waiting)
                waiting = []
    if waiting:
        _part(corpus, waiting)
    _note(corpus, files, refused)
    corpus.forget_work()
    return told, tuple((row["name"], row["address"], row["reason"]) for row in refused)


def _rows(pack: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(pack.glob("[!.]*.parquet")):
        with library("pyarrow.parquet", "corpus").ParquetFile(path) as file:
            yield from file.read().to_pylist()


def _part(corpus: CorpusFolder, rows: list[Row]) -> None:
    digest = content_id("part", *(row["id"] for row in rows))
    corpus.write(REPORTS, f"{len(corpus.parts(REPORTS)) + 1:06}-{digest}", rows)


def _note(corpus: CorpusFolder, files: list[Row], refused: list[Row]) -> None:
    """Write down what was refused, over what the same files had refused before, and last which files were taken in."""
    anew = {row["address"] for row in (*files, *refused)}
    kept = [row for row in corpus.rows(REFUSED, "all") if row["address"] not in anew]
    corpus.write(REFUSED, "all", sorted([*kept, *refused], key=lambda row: json.dumps([row["address"], row["name"]])))
    if files:
        digest = content_id("sources", *(row["key"] for row in files))
        corpus.write(SOURCES, f"{len(corpus.parts(SOURCES)) + 1:06}-{digest}", files)
