"""4 Each part of ``reports/`` read: statements, flags, and what else a record keeps of a reading.

The reader is the one of `travaux read`, in a process of its own with its models loaded once; a report that ends it, or takes too
long, fails alone and is listed with the reason.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from travaux.corpus.engine import answered
from travaux.corpus.folder import CorpusFolder
from travaux.corpus.tables import FLAGS, READINGS, STATEMENTS, flag_values, statement_values
from travaux.errors import ModelMissing, ReadingError
from travaux.exchange.rows import Row
from travaux.happening import Fact, Happening
from travaux.model import Agenda, Flag, Reading, Report, ReportState
from travaux.provenance.titles import Title
from travaux.reading.local import LocalReader
from travaux.record.evidence import check_reading, check_told
from travaux.workers.reading import Made, ReadingWorker, form_of


class PartReader:
    """The job of step 4: a row names a part; the answer counts what came of its reports."""

    def __init__(self, told: str):
        self._told = json.loads(told)
        self._corpus = CorpusFolder(Path(self._told["corpus"]))
        agenda: Agenda = form_of(Agenda).validate_python(self._told["agenda"])
        self._reader = LocalReader()
        self._worker = ReadingWorker(self._reader, agenda, seconds=self._told["seconds"])

    def __call__(self, row: str) -> str:
        return answered(self._read_part, row)

    def close(self) -> None:
        """End what it is doing: a part in work is not written."""
        self._worker.close()

    def _read_part(self, row: dict[str, Any]) -> dict[str, Any]:
        part = row["part"]
        readings: list[Row] = []
        statements: list[Row] = []
        flags: list[Row] = []
        answer: dict[str, Any] = {"part": part, "failed": [], "bug": "", "missing": None}
        for report in self._corpus.reports(part):
            state, reason, reading = self._read(report, answer)
            if answer["missing"] is not None:
                return answer  # it can read nothing at all; the part stays to be read
            shown = self._worker.assess(report)
            if shown.error is not None:
                self._note(report, f"flags: {_reason(shown.error)}", shown, answer)
                reason = f"{reason}; no flags: {_reason(shown.error)}".removeprefix("; ")
            statements += [statement_values(one, report) for one in reading.statements]
            flags += [flag_values(flag) for flag in (shown.assessed.flags if shown.assessed else ())]
            readings.append(_row(report, state, reason, reading, shown))
        self._corpus.write(STATEMENTS, part, statements, self._told["run"])
        self._corpus.write(FLAGS, part, flags, self._told["run"])
        self._corpus.write(READINGS, part, readings, self._told["run"])  # last: it says that the part is read
        return {**answer, "reports": len(readings), "statements": len(statements)}

    def _read(self, report: Report, answer: dict[str, Any]) -> tuple[ReportState, str, Reading]:
        nothing = Reading((), 0)
        if report.language is not None and report.language not in self._reader.languages:
            return ReportState.UNREAD, f"language {report.language}", nothing
        made = self._worker.read(report)
        if isinstance(made.error, ModelMissing):
            answer["missing"] = [made.error.message, made.error.remedy]
        if made.reading is not None:
            try:
                check_reading(report, self._reader.name, made.reading)
                check_told(report, self._reader.name, made.reading)
            except ValueError as error:
                made = Made(error=error)
        if made.reading is None:
            self._note(report, _reason(made.error), made, answer)
            return ReportState.FAILED, _reason(made.error), nothing
        return ReportState.READ if made.reading.sentences else ReportState.EMPTY, "", made.reading

    def _note(self, report: Report, reason: str, made: Made, answer: dict[str, Any]) -> None:
        answer["failed"].append([report.name, reason])
        if not isinstance(made.error, ReadingError) and not answer["bug"]:
            answer["bug"] = f"{made.error}{made.error.__cause__ or '' if made.error else ''}"


def _reason(error: Exception | None) -> str:
    return error.message if isinstance(error, ReadingError) else f"a bug of Travaux: {error}"


def _row(report: Report, state: ReportState, reason: str, reading: Reading, shown: Made) -> Row:
    told = {
        "happenings": [form_of(Happening).dump_python(one, mode="json") for one in reading.happenings],
        "facts": [form_of(Fact).dump_python(one, mode="json") for one in reading.facts],
    }
    titles = [form_of(Title).dump_python(one, mode="json") for one in (shown.assessed.titles if shown.assessed else ())]
    return {
        "report_id": report.id,
        "report": report.name,
        "state": str(state),
        "reason": reason or None,
        "sentences": reading.sentences,
        "statements": len(reading.statements),
        "told": told,
        "titles": titles,
    }


def told_of(row: Row) -> tuple[tuple[Happening, ...], tuple[Fact, ...]]:
    """The meetings, incidents and facts of a row of ``readings``."""
    told = row["told"]
    happenings = (form_of(Happening).validate_python(one) for one in told["happenings"])
    return tuple(happenings), tuple(form_of(Fact).validate_python(one) for one in told["facts"])


def titles_of(row: Row) -> list[Title]:
    """The people that a report introduces with an office, from its row of ``readings``."""
    return [form_of(Title).validate_python(one) for one in row["titles"] or ()]


def flag_of(row: Row) -> Flag:
    """The flag of a row."""
    found: Flag = form_of(Flag).validate_python(row)
    return found
