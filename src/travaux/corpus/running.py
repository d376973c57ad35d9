"""A corpus read from a source, as far as it is not read already."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from travaux.agenda import load_agenda
from travaux.api.foundation import AGENDA_NAME, Progress, tell
from travaux.api.worth import agenda_key, provenance_digest
from travaux.corpus.engine import Engine, JobsBroken
from travaux.corpus.families import ACROSS, find_across
from travaux.corpus.folder import CorpusFolder, digest_of
from travaux.corpus.reading import PartReader
from travaux.corpus.settling import settle
from travaux.corpus.source import SourceFile, files_of
from travaux.corpus.tables import FAMILIES, READINGS, REPORTS, SOURCES
from travaux.corpus.unpacking import Unpacker
from travaux.errors import EngineGivesUp, ModelMissing
from travaux.exchange.extras import library
from travaux.exchange.whole_files import whole_file
from travaux.intake import Fields, Refused
from travaux.model import Agenda, ReportState
from travaux.reading.local import LocalReader
from travaux.record import Outcome
from travaux.version import rules_digest
from travaux.workers.reading import form_of

PART = 200
"""Reports a part, and articles a pack: what is done again at most, for each worker, where a run is ended."""
SECONDS = 300.0
"""How long one document may take: a report of book length takes minutes."""
FOR_A_TURN = 64 * 1024 * 1024
"""Bytes of a file of many reports for which one more worker takes a turn at it."""
TRIES = 3
"""How often the engine may break off without anything done before a run gives up."""


@dataclass(frozen=True, slots=True)
class Settings:
    """How a corpus is read.

    Attributes:
        fields: which field of JSON lines and Parquet holds what. ray: address of a cluster. workers: jobs at a time.
        seconds: how long one document may take. part: reports a part.
        turn: bytes of a file of many reports for which one more worker takes a turn at it.
        failed_again: read parts again that hold reports which failed.
    """

    fields: Fields = field(default_factory=Fields)
    ray: str | None = None
    workers: int | None = None
    seconds: float = SECONDS
    part: int = PART
    turn: int = FOR_A_TURN
    failed_again: bool = False


@dataclass(frozen=True, slots=True)
class CorpusOutcome:
    """What a run came to.

    Attributes:
        reports: in the corpus, by state; new: taken in now; copies: left out as known, byte for byte.
        refused: documents refused now, as name, file and reason; failed: reports that failed now, as name and reason.
        read, statements: reports read now, and what was taken from them.
        anew: of the reports read now, how many were read before, with another agenda or another version of the reader.
        bug: traceback of the first bug of ours; empty where there is none.
    """

    reports: Counter[str]
    new: int
    copies: int
    refused: tuple[tuple[str, str, str], ...]
    failed: tuple[tuple[str, str], ...]
    read: int
    statements: int
    anew: int
    bug: str = ""


def read_corpus(
    source: str, agenda_file: Path, folder: Path, settings: Settings | None = None, progress: Progress | None = None
) -> CorpusOutcome:
    """Take in what is new in a source, read what is not read, and compare the reports; see the package for the steps.

    Args:
        source: see `travaux.corpus.source`; nothing that was taken in before is removed where a source no longer has it.
        agenda_file: what is read for; a copy of it stands in the corpus.
        folder: of the corpus; made where it is missing.
        progress: told each file, then each part, as it is done.

    Raises:
        AgendaError: the agenda cannot be used.
        RequestError: the source or the folder cannot be used, or an extra is not installed. RecordBusy: another run is at it.
        ModelMissing: the reader's language model is not installed. EngineGivesUp: the cluster breaks off again and again.
    """
    chosen, agenda = settings or Settings(), load_agenda(agenda_file)
    engine = Engine(chosen.ray, chosen.workers)
    library("pyarrow.parquet", "corpus")
    corpus = CorpusFolder.made(folder.absolute())
    with corpus.locked(), closing(engine):
        corpus.swept()
        with whole_file(corpus.folder / AGENDA_NAME) as file:
            file.write(agenda_file.read_text(encoding="utf-8"))
        told, refused = _taken_in(source, corpus, engine, chosen, progress)  # 1 to 3
        run = _run_of(agenda)
        read = _read(corpus, agenda, run, engine, chosen, progress)  # 4
        across = digest_of({"run": run, "parts": corpus.parts(REPORTS)})
        if corpus.run_of(FAMILIES, ACROSS) != across:
            find_across(corpus, agenda, engine, across, progress)  # 5
        states = Counter(
            row["state"] for part in corpus.parts(REPORTS) for row in corpus.rows(READINGS, part, ["state"])
        )
    new = told[Outcome.ADDED] + told[Outcome.RENAMED]
    return CorpusOutcome(states, new, told[Outcome.ALREADY], refused, **read)


def is_finished(corpus: CorpusFolder) -> bool:
    """Whether all parts were read in one run, and compared since."""
    parts = corpus.parts(REPORTS)
    runs = {corpus.run_of(READINGS, part) for part in parts}
    across = digest_of({"run": next(iter(runs)), "parts": parts}) if len(runs) == 1 and None not in runs else None
    return across is not None and corpus.run_of(FAMILIES, ACROSS) == across


def _run_of(agenda: Agenda) -> str:
    """What decides a reading: the agenda, the reader with its models, and the rules for flags."""
    return digest_of(
        {"agenda": agenda_key(agenda), "reader": dict(LocalReader().fingerprint()), "rules": provenance_digest()}
    )


@cache
def _intake_digest() -> str:
    """SHA-256 over the room of intake: what a changed rule would take in otherwise is taken in anew."""
    folder = files("travaux.intake")
    return rules_digest((folder, (".py", ".toml")), (folder / "formats", (".py", ".toml")))


def _taken_in(
    source: str, corpus: CorpusFolder, engine: Engine, chosen: Settings, progress: Progress | None
) -> tuple[Counter[str], tuple[tuple[str, str, str], ...]]:
    """Steps 1 to 3: how many reports became what, and what was refused."""
    known: dict[str, list[str]] = {}
    for part in corpus.parts(SOURCES):
        for row in corpus.rows(SOURCES, part):
            known.setdefault(row["name"], []).append(row["key"])
    refused: list[list[str]] = []
    rows: list[dict[str, Any]] = []
    for number, (unit, turns) in enumerate(_units(files_of(source, engine), chosen, engine, refused)):
        keys = [key for one in unit for key in known.get(one.name, ())]
        row = {"unit": number, "files": [one.told() for one in unit], "known": keys, "of": turns}
        rows += [{**row, "turn": turn} for turn in range(turns)]
    told = {
        "work": str(corpus.work),
        "fields": list(chosen.fields.named),
        "size": chosen.part,
        "seconds": chosen.seconds,
        "taking": digest_of({"fields": list(chosen.fields.named), "size": chosen.part, "intake": _intake_digest()}),
    }
    units: dict[int, list[dict[str, Any]]] = {}
    for answer in _each(engine, Unpacker, told, rows, ("unit", "turn"), progress):
        units.setdefault(answer["unit"], []).append(answer)
    given = [{"files": [], "refused": refused}, *(_agreed(units[number]) for number in sorted(units))]
    return settle(corpus, given, chosen.part)


def _agreed(turns: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """What all turns at a unit say; where they saw different bytes nothing is taken, for each has its own articles only."""
    if all(one["files"] == turns[0]["files"] and one["refused"] == turns[0]["refused"] for one in turns):
        return turns[0]
    refused = [told for one in turns for told in one["refused"]]
    changed = "changed while it was taken in (run the same command again)"
    seen = {(file["name"], file["address"]) for one in turns for file in one["files"]}
    return {"files": [], "refused": refused[:1] or [[name, address, changed] for name, address in sorted(seen)]}


def _units(
    found: Iterator[SourceFile | Refused], chosen: Settings, engine: Engine, refused: list[list[str]]
) -> Iterator[tuple[list[SourceFile], int]]:
    """Files to be unpacked together, and how many workers take turns at them: many small ones, or a large one alone."""
    pack: list[SourceFile] = []
    for one in found:
        if isinstance(one, Refused):
            refused.append([one.name, one.path, str(one.error)])
            continue
        if one.holds_many:
            if pack:
                yield pack, 1  # before it, so that reports keep the order of the source
                pack = []
            yield [one], engine.workers(max(1, -(-one.size // chosen.turn)))
            continue
        pack.append(one)
        if len(pack) == chosen.part:
            yield pack, 1
            pack = []
    if pack:
        yield pack, 1


def _read(
    corpus: CorpusFolder, agenda: Agenda, run: str, engine: Engine, chosen: Settings, progress: Progress | None
) -> dict[str, Any]:
    """Step 4: what `CorpusOutcome` says of it."""
    rows: list[dict[str, Any]] = []
    anew = 0
    for part in corpus.parts(REPORTS):
        before = corpus.run_of(READINGS, part)
        states = Counter(row["state"] for row in corpus.rows(READINGS, part, ["state"])) if before else Counter[str]()
        if before != run or (chosen.failed_again and states[ReportState.FAILED]):
            rows.append({"part": part})
            anew += states.total()
    told = {
        "corpus": str(corpus.folder),
        "agenda": form_of(Agenda).dump_python(agenda, mode="json"),
        "run": run,
        "seconds": chosen.seconds,
    }
    failed: list[tuple[str, str]] = []
    read, statements, bug = 0, 0, ""
    for answer in _each(engine, PartReader, told, rows, ("part",), progress):
        if answer["missing"] is not None:
            raise ModelMissing(answer["missing"][0], remedy=answer["missing"][1])
        failed += [(name, reason) for name, reason in answer["failed"]]
        read, statements, bug = read + answer["reports"], statements + answer["statements"], bug or answer["bug"]
    return {"failed": tuple(sorted(failed)), "read": read, "statements": statements, "anew": anew, "bug": bug}


def _each(
    engine: Engine,
    job: type[Any],
    told: dict[str, Any],
    rows: Sequence[dict[str, Any]],
    names: Sequence[str],
    progress: Progress | None,
) -> Iterator[dict[str, Any]]:
    """Every row's answer, once; rows that the engine lost, with a machine that ended for example, are asked again.

    Args:
        names: the values that tell a row from the others; an answer has them too.
    """
    left = {tuple(row[name] for name in names): row for row in rows}
    tries = 0
    while left:
        before = len(left)
        broken = ""
        try:
            for answer in engine.each(job, told, list(left.values())):
                if left.pop(tuple(answer[name] for name in names), None) is None:
                    continue  # the engine may do a job twice; it comes to the same
                tell(progress, f"{names[0]} {answer[names[0]]}", len(rows) - len(left), len(rows))
                yield answer
        except JobsBroken as error:
            broken = str(error)
        if left and len(left) == before:
            tries += 1
            if tries >= TRIES:
                told_shortly = " ".join(broken.split())[:300] or "some work is never answered"
                raise EngineGivesUp(told_shortly, remedy="what is done is kept; the same command goes on from there")
