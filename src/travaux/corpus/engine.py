"""Jobs side by side, on this machine or on a Ray cluster, and what Daft does with tables; no other module knows Daft or Ray.

Work is handed out as texts of JSON, one job a pack of documents, and what a job returns is a text of JSON: a job writes its files
itself, so that what is done stays done whatever becomes of the engine.
"""

from __future__ import annotations

import json
import shutil
import socket
import traceback
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from operator import call
from pathlib import Path
from typing import Any, Protocol

from travaux import settings
from travaux.errors import IntakeError, RequestError, TravauxError
from travaux.exchange.extras import library
from travaux.workers.machine import fitting_workers
from travaux.workers.team import by_whoever_is_idle

OBJECT_STORES = ("s3://", "s3a://", "gs://", "gcs://", "az://", "abfs://", "abfss://")
PIECE = 8 * 1024 * 1024
PATIENCE = 10.0
"""Seconds that a cluster may take to answer its door."""


class Job(Protocol):
    """Work on rows, one at a time: both the row and the answer are texts of JSON."""

    def __init__(self, told: str) -> None: ...

    def __call__(self, row: str) -> str: ...

    def close(self) -> None:
        """End what it is doing, from another thread; whatever it answers then, nothing of it is written."""


class Engine:
    """Jobs and Daft made ready; one a process, since Daft chooses its runner once.

    Args:
        ray: address of a Ray cluster, such as ``auto`` or ``10.0.0.1:6379``; None for this machine.
        workers: jobs at a time; None for as many as the machine, or each machine of the cluster, bears.

    Raises:
        RequestError: Daft or Ray is not installed, or there is no such cluster.
    """

    def __init__(self, ray: str | None = None, workers: int | None = None):
        settings.ask_nobody_home()
        self._daft = library("daft", "corpus")
        self._workers = workers
        self._ray: Any = None
        self._underway: Generator[str] | None = None
        if ray is None:
            self._stay_here()
            return
        self._ray = library("ray", "ray")
        _refuse_silent(ray)
        try:
            if not self._ray.is_initialized():
                self._ray.init(address=ray, log_to_driver=False, logging_level="ERROR", configure_logging=False)
            self._daft.set_runner_ray(noop_if_initialized=True)
        except (ConnectionError, RuntimeError, ValueError, TimeoutError) as error:
            raise _no_cluster(ray, error) from None

    def _stay_here(self) -> None:
        try:
            self._daft.set_runner_native()  # told nothing, Daft imports Ray to find out whether there is a cluster
        except self._daft.exceptions.DaftCoreException:  # it was told before, in this process
            if self._daft.get_or_infer_runner_type() != "native":
                raise RequestError(
                    "this process works on a Ray cluster already", remedy="start another process"
                ) from None

    def workers(self, jobs: int) -> int:
        """How many jobs to run side by side."""
        if self._ray is None:
            return fitting_workers(jobs, self._workers)
        there = int(self._ray.cluster_resources().get("CPU", 1))
        return max(1, min(jobs, there if self._workers is None else self._workers))

    def each(self, job: type[Job], told: dict[str, Any], rows: Sequence[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        """What a job answers for each row, as it is done, in no order.

        Args:
            job: a class of a module of ours: made once a worker with `told` as JSON, then called with each row as JSON.

        Raises:
            JobBug, RequestError: a job raised something.
            JobsBroken: the engine gave up, as it does where a machine is lost; what was answered until then holds.
        """
        if not rows:
            return
        first, asked, number = json.dumps(told), [json.dumps(row) for row in rows], self.workers(len(rows))
        answers = self._on_cluster if self._ray is not None else _here
        self._underway = answers(job, first, asked, number)
        for text in self._underway:
            answer = json.loads(text)
            if "error" in answer:
                message, remedy, path = answer["error"]
                raise RequestError(message, remedy=remedy, path=path)
            if "bug of a job" in answer:
                raise JobBug(answer["bug of a job"])
            yield answer

    def close(self) -> None:
        """End what jobs are doing whose answers nobody waits for any more."""
        if self._underway is not None:
            self._underway.close()

    def _on_cluster(self, job: type[Job], first: str, rows: Sequence[str], number: int) -> Generator[str]:
        made = self._daft.cls(job, max_concurrency=number, use_process=False)(first)
        frame = self._daft.from_pydict({"row": list(rows)}).into_partitions(len(rows))
        answers = frame.select(made(frame["row"]).alias("answer")).iter_rows()
        while True:
            try:
                row = next(answers, None)
            except Exception as error:  # whatever Daft or Ray calls it; the rows without an answer are asked again
                raise JobsBroken(str(error)) from error
            if row is None:
                return
            yield row["answer"]

    def found(self, pattern: str) -> list[tuple[str, int]]:
        """The objects of a store that fit a pattern, with their sizes, by address.

        Raises:
            RequestError: the store cannot be asked.
        """
        try:
            found = self._daft.from_glob_path(pattern).to_pydict()
        except Exception as error:
            if "no files found" in str(error).lower() or isinstance(error, FileNotFoundError):
                return []
            raise RequestError(f"cannot be listed: {_first_line(error)}", path=pattern) from None
        return sorted(zip(found["path"], found["size"], strict=True))

    def shared_lists(self, frame: Any, keys: Sequence[str], value: str) -> Any:
        """For each combination of keys in more than one row of a frame, the list of the values, as a ``pyarrow.Table``."""
        column = self._daft.col
        grouped = frame.groupby(*keys).agg(column(value).list_agg().alias("together"))
        return grouped.where(column("together").list_count() > 1).select("together").to_arrow()

    def sketched(self, files: Sequence[Path], words: Callable[..., str], hashes: int, gram: int) -> Any:
        """A frame with ``id``, ``place`` and ``smallest``: the MinHash of each report's words, one row a hash.

        Args:
            words: of text and blocks, the words that are compared, parted by spaces; reports without any have no row.
        """
        from daft.functions import minhash

        column, daft = self._daft.col, self._daft
        own = daft.func(words, return_dtype=daft.DataType.string())
        frame = daft.read_parquet([str(one) for one in files]).select("id", "text", "blocks")
        frame = frame.select("id", own(column("text"), column("blocks")).alias("words")).where(column("words") != "")
        sketch = minhash(column("words"), num_hashes=hashes, ngram_size=gram, hash_function="xxhash3_64")
        frame = frame.select("id", sketch.cast(daft.DataType.list(daft.DataType.uint32())).alias("smallest"))
        places = daft.lit(list(range(hashes)))
        return frame.with_column("place", places).explode("smallest", "place")

    def tables(self, files: Mapping[str, Sequence[Path]]) -> dict[str, Any]:
        """Parquet files as frames, by the name of the table."""
        return {name: self._daft.read_parquet([str(one) for one in paths]) for name, paths in files.items()}

    def chosen(self, frame: Any, condition: str) -> list[dict[str, Any]]:
        """The rows of a frame for which a condition in SQL holds.

        Raises:
            RequestError: it is no condition on these columns.
        """
        try:
            expression = self._daft.sql_expr(condition)
            found: list[dict[str, Any]] = frame.where(expression).to_pylist()
        except Exception as error:
            remedy = "columns are those of docs/corpus.md; write texts in single quotation marks"
            raise RequestError(f"cannot be used as a condition: {_first_line(error)}", remedy=remedy) from None
        return found


def _here(job: type[Job], first: str, rows: Sequence[str], number: int) -> Generator[str]:
    """Answers by so many jobs in threads of this process; what is heavy they do in processes of their own."""
    jobs = [job(first) for _ in range(number)]
    answer = by_whoever_is_idle(jobs, call)
    threads = ThreadPoolExecutor(number, thread_name_prefix="travaux-corpus")
    try:
        for done in as_completed([threads.submit(answer, row) for row in rows]):
            yield done.result()
    finally:
        for one in jobs:
            one.close()
        threads.shutdown(cancel_futures=True)


def answered(work: Callable[[dict[str, Any]], dict[str, Any]], row: str) -> str:
    """A job's answer to a row as JSON; what it raises becomes an answer too, since engines make their own of exceptions."""
    try:
        return json.dumps(work(json.loads(row)))
    except TravauxError as error:
        return json.dumps({"error": [error.message, error.remedy, error.path]})
    except Exception:
        return json.dumps({"bug of a job": traceback.format_exc()})


class JobBug(Exception):
    """A bug of ours in a job; its text is the traceback."""


class JobsBroken(Exception):
    """The engine gave up in the middle; its text says why."""


def fetched(address: str, place: Path) -> None:
    """Copy an object of a store to a file.

    Raises:
        IntakeError: it cannot be had.
    """
    settings.ask_nobody_home()
    daft = library("daft", "corpus")
    try:
        with daft.open_file(address, "rb") as source, place.open("wb") as target:
            shutil.copyfileobj(source, target, PIECE)
    except Exception as error:
        raise IntakeError(f"cannot be had: {_first_line(error)}", path=address) from None


def is_object(source: str) -> bool:
    """Whether a source is an address in an object store."""
    return source.startswith(OBJECT_STORES)


def _refuse_silent(address: str) -> None:
    """Refuse an address at which nobody listens: Ray itself would wait for minutes and then end this process."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    if not host or not port.isdigit():
        return  # "auto": Ray looks for the cluster of this machine
    try:
        socket.create_connection((host.strip("[]"), int(port)), timeout=PATIENCE).close()
    except (OSError, OverflowError) as error:
        raise _no_cluster(address, error) from None


def _no_cluster(address: str, error: BaseException) -> RequestError:
    remedy = "ray start --head starts one; name its address with --ray"
    return RequestError(f"no Ray cluster answers at {address}: {_first_line(error)}", remedy=remedy)


def _first_line(error: BaseException) -> str:
    told = " ".join(str(error).split()) or type(error).__name__
    return told[:200]
