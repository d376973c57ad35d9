"""2 Files to reports, pack by pack, by the code of ``travaux add``, each file in a process that may die of it.

The articles of a file are counted, and so many of them make a pack. Several workers may unpack one file: each passes over the packs
that are not its own, and those that stand there already from a run that was ended.
"""

from __future__ import annotations

import hashlib
import json
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any, cast

from travaux.corpus.engine import answered, fetched, is_object
from travaux.corpus.source import file_told
from travaux.errors import IntakeError, TravauxError
from travaux.exchange.extras import library
from travaux.exchange.whole_files import whole_place
from travaux.intake import Fields, Received, Refused
from travaux.intake.bundles import receive_wanted
from travaux.intake.files import stored_name
from travaux.model import Report, content_id
from travaux.visit import Visit
from travaux.workers.process import Worker, WorkerEnded
from travaux.workers.reading import form_of

NEXT = b"next"
PASSED_AT_ONCE = 2_000
"""Articles passed over in one go, well within any limit on one."""
_END = object()


class Unpacker:
    """The job of step 2: a row names files, and which turn at them is the worker's; the answer says what came of it."""

    def __init__(self, told: str):
        self._told = json.loads(told)
        self._worker: Worker | None = None
        self._closed = False

    def __call__(self, row: str) -> str:
        return answered(self._unpack_files, row)

    def close(self) -> None:
        """End what it is doing: a pack in work is not written."""
        self._closed = True
        if self._worker is not None:
            self._worker.close()

    def _unpack_files(self, told: dict[str, Any]) -> dict[str, Any]:
        with tempfile.TemporaryDirectory(prefix="travaux-") as place:
            answer: dict[str, Any] = {"unit": told["unit"], "turn": told["turn"], "files": [], "refused": []}
            new = []
            for number, one in enumerate(told["files"]):
                try:
                    path = self._at_hand(one, Path(place) / str(number))
                    sha256, size = _sha256(path)
                except TravauxError as error:
                    answer["refused"].append([one["name"], stored_name(one["address"]), stored_name(str(error))])
                    continue
                key = content_id("source", one["name"], sha256, json.dumps(one["row"]), self._told["taking"])
                if key not in told["known"]:
                    new.append({**one, "path": str(path)})
                    address = stored_name(one["address"])
                    answer["files"].append({"name": one["name"], "address": address, "key": key, "bytes": size})
            if new:
                answer["pack"] = content_id("pack", *(one["key"] for one in answer["files"]))
                self._unpack(new, told["turn"], told["of"], Path(self._told["work"]) / answer["pack"], Path(place))
        return answer

    def _at_hand(self, one: dict[str, Any], place: Path) -> Path:
        if not is_object(one["address"]):
            return Path(one["address"])
        place.mkdir()
        path = place / Path(one["name"]).name  # intake goes by the ending
        fetched(one["address"], path)
        return path

    def _unpack(self, files: list[dict[str, Any]], turn: int, of: int, out: Path, place: Path) -> None:
        """Have the packs of this turn written; an article that ends the process, or takes too long, is refused by its number."""
        poison: dict[str, str] = {}
        stops: list[int] = []
        at = place / "at"
        while True:
            have = [int(path.stem) for path in out.glob("[!.]*.parquet")] if out.is_dir() else []
            first = {
                **{name: self._told[name] for name in ("fields", "size")},
                "files": files,
                "turn": turn,
                "of": of,
                "out": str(out),
                "at": str(at),
                "have": have,
                "poison": poison,
                "stops": stops,
            }
            at.write_text("0", encoding="ascii")
            try:
                with Worker(__name__, json.dumps(first).encode()) as worker:
                    self._worker = worker
                    if self._closed:
                        worker.close()
                    while json.loads(worker.ask(NEXT, self._told["seconds"]))["more"]:
                        pass
                return
            except WorkerEnded as error:
                number = at.read_text(encoding="ascii").strip()
                again = number in poison  # then it cannot even be passed over there
                poison[number] = str(error)
                if again:
                    if int(number) in stops:
                        raise
                    stops.append(int(number))
                    poison[number] += "; what comes after it in this file is left out"


def _sha256(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    try:
        with path.open("rb") as file:
            while piece := file.read(1024 * 1024):
                digest.update(piece)
                size += len(piece)
    except OSError as error:
        raise IntakeError(f"cannot be read: {error.strerror}", path=path) from error
    return digest.hexdigest(), size


# ------------------------------------------------------------------------------------------------ in the other process


def answering(first: bytes) -> Callable[[bytes], bytes]:
    """Each request takes in one article more, or passes over many."""
    steps = _steps(json.loads(first))

    def answer(request: bytes) -> bytes:
        return json.dumps({"more": next(steps, None) is not None}).encode()

    return answer


def _steps(told: dict[str, Any]) -> Iterator[int]:
    turn, of, size = told["turn"], told["of"], told["size"]
    have, poison, stops = set(told["have"]), told["poison"], set(told["stops"])
    fields, at, out = Fields(tuple((a, b) for a, b in told["fields"])), Path(told["at"]), Path(told["out"])
    number, passed = 0, 0
    rows: list[dict[str, Any]] = []

    def is_own() -> bool:
        return number // size % of == turn and number // size not in have

    def wanted() -> bool:
        return is_own() and str(number) not in poison

    with at.open("wb", buffering=0) as begun:
        for file in told["files"]:
            address = stored_name(file["address"])
            found = receive_wanted(file_told(file, Path(file["path"])), fields, wanted)
            while True:
                begun.seek(0)
                begun.write(f"{number:<20}".encode())  # read by whoever asked, should this process end
                stopped = number in stops
                one = None if stopped else next(found, _END)
                if one is _END:
                    break
                refused = poison.get(str(number))
                if refused is not None and is_own():
                    problem = IntakeError(refused, path=address)
                    one = Refused(f"{file['name']}, number {number + 1}", address, problem)
                if one is not None and is_own():  # that a file breaks off is told in every turn
                    rows.append(_row(number, cast("Received | Refused", one), address))
                number += 1
                passed = passed + 1 if one is None else 0
                if number % size == 0:
                    _write(out, number // size - 1, rows)
                    rows = []
                if one is not None or passed % PASSED_AT_ONCE == 0:
                    yield number
                if stopped:
                    break  # the rest of this file cannot be come by; the next one can
    if rows:
        _write(out, (number - 1) // size, rows)


def _row(number: int, one: Received | Refused, address: str) -> dict[str, Any]:
    empty = dict.fromkeys(("report", "raw", "visit", "name", "reason"))
    if isinstance(one, Received):
        try:
            told = form_of(Report).dump_json(one.report).decode()
        except ValueError:  # half a character, which no file of text can hold
            one = Refused(one.report.name, address, IntakeError("holds half a character", path=address))
        else:
            visit = None if one.visit is None else form_of(Visit).dump_json(one.visit).decode()
            return {**empty, "number": number, "report": told, "raw": one.raw, "visit": visit, "address": address}
    return {**empty, "number": number, "name": one.name, "reason": stored_name(str(one.error)), "address": address}


def _write(out: Path, pack: int, rows: Sequence[dict[str, Any]]) -> None:
    if not rows:
        return
    arrow = library("pyarrow", "corpus")
    kinds = {"number": arrow.int64(), "raw": arrow.binary()}
    names = ("number", "report", "raw", "visit", "name", "reason", "address")
    schema = arrow.schema([(name, kinds.get(name, arrow.string())) for name in names])
    with whole_place(out / f"{pack:08}.parquet") as draft:
        library("pyarrow.parquet", "corpus").write_table(arrow.Table.from_pylist(list(rows), schema), draft)
