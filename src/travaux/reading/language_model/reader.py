"""A language model behind the protocol of every reader; the steps are numbered in this package's first lines."""

from __future__ import annotations

import asyncio
import hashlib
import threading
from collections.abc import Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import CancelledError, Future
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar

from travaux.errors import ReadingError
from travaux.model import Agenda, Reading, Report
from travaux.reading.language_model import NAME
from travaux.reading.language_model.answers import Unusable, answer_schema, answered_items
from travaux.reading.language_model.cache import AnswerCache, Answered, request_digest
from travaux.reading.language_model.calling import Caller, Patience
from travaux.reading.language_model.costs import OUTPUT_PER_CHARACTER, Estimate, price_of, tokens_of
from travaux.reading.language_model.endpoints import Endpoint, http_client, model_of, require_extra
from travaux.reading.language_model.grounding import Grounding
from travaux.reading.language_model.passages import Passage, passages_of, sentences_in
from travaux.reading.language_model.prompt import VERSION, Form, Message, Prompt, prompt_for, rules_digest

if TYPE_CHECKING:
    from pydantic_ai.models import Model

AHEAD = 4
"""Requests prepared for each that may be under way: enough that none waits, few enough that memory does not grow."""

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Request:
    """One question to a model: the passage it is about, the messages, and the digest its answer is kept under."""

    report_id: str
    passage: Passage
    messages: tuple[Message, ...]
    digest: str


@cache
def code_digest() -> str:
    """SHA-256 over this package's modules and data: a changed rule of grounding makes reports unread again.

    Reading them again asks no model: the answers are kept.
    """
    folder = files("travaux.reading.language_model")
    parts = [item for item in folder.iterdir() if item.name.endswith((".py", ".toml"))]
    digest = hashlib.sha256()
    for item in sorted(parts, key=lambda item: item.name):
        digest.update(item.name.encode() + b"\0" + item.read_bytes())
    return digest.hexdigest()


class LanguageModelReader:
    """Asks a model about each report and keeps what can be grounded; a context manager that ends what is under way.

    Args:
        place: which model, and where.
        answers: folder for kept answers; None keeps none beyond this reader.
        form: which prompt; patience: how the server is treated.
        model: a model of pydantic-ai in place of the one `place` names, as tests and callers of their own have it.
    """

    name = NAME

    def __init__(
        self,
        place: Endpoint,
        *,
        answers: Path | None = None,
        form: Form = Form.FULL,
        patience: Patience | None = None,
        model: Model | None = None,
    ):
        self.place = place
        self.form = form
        self.cache = AnswerCache(answers)
        self.patience = patience or Patience()
        self._model = model
        self._worker: _Worker | None = None
        self._caller: Caller | None = None
        self._prepared: tuple[Agenda, Prompt] | None = None
        self._to_come: Iterator[Report] = iter(())
        self._under_way: dict[str, list[tuple[Request, Future[Answered]]]] = {}

    def fingerprint(self) -> Mapping[str, str]:
        """Version and digests of model, prompt and grounding; nothing is imported or asked."""
        place = {"server": self.place.server} if self.place.server else {}
        return {
            "version": VERSION,
            "model": self.place.model,
            **place,
            "form": str(self.form),
            "rules": rules_digest(self.form),
            "code": code_digest(),
        }

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """The statements of one report, and what the model brought forward that may not stand.

        Raises:
            ReadingError: no usable answer is to be had. ModelRefuses, ModelMissing: the model cannot be asked at all.
        """
        waiting = self._under_way.pop(report.id, None)
        if waiting is None:
            waiting = self._ask(report, agenda)
        self._fill(agenda)  # before waiting, and whatever comes of it: the next reports must not wait for this one
        answers = []
        for request, future in waiting:
            try:
                answers.append((request.passage, answered_items(_wait_for(future).text)))
            except Unusable as unusable:
                part = f" (part {request.passage.number} of {request.passage.of})" if request.passage.of > 1 else ""
                raise ReadingError(f"{unusable}{part}", path=report.name) from None
        made_by = f"{self.place.model or 'a model'}, prompt {self.form} {VERSION}"
        grounded = Grounding(report, agenda, made_by).ground(answers)
        return Reading(grounded.statements, sentences_in(report) if waiting else 0, grounded.dropped)

    def read_ahead(self, reports: Iterable[Report], agenda: Agenda) -> None:
        """Begin to ask about the reports that will be read next, in their order, several at a time."""
        self._to_come = iter(reports)
        self._fill(agenda)

    def requests(self, report: Report, agenda: Agenda) -> list[Request]:
        """What would be asked about a report; empty where it has nothing to read."""
        prompt = self.prompt(agenda)
        found = []
        for passage in passages_of(report, prompt.longest_passage):
            messages = prompt.messages(report, passage)
            digest = request_digest(messages, self.place.model, self.place.server)
            found.append(Request(report.id, passage, messages, digest))
        return found

    def prompt(self, agenda: Agenda) -> Prompt:
        """The prompt for an agenda, kept while the agenda stays the same."""
        if self._prepared is None or self._prepared[0] is not agenda:
            self._prepared = (agenda, prompt_for(agenda, self.form))
        return self._prepared[1]

    def estimate(self, reports: Iterable[Report], agenda: Agenda) -> Estimate:
        """What reading these reports will take; answers that are kept cost nothing."""
        asked = kept = tokens_in = tokens_out = with_requests = 0
        for report in reports:
            new = 0
            for request in self.requests(report, agenda):
                if self.cache.get(request.digest) is not None:
                    kept += 1
                    continue
                new += 1
                tokens_in += tokens_of(request.messages)
                tokens_out += round(OUTPUT_PER_CHARACTER * len(request.passage.text))
            asked += new
            with_requests += bool(new)
        price = None if self.place.server else price_of(self.place.model)
        return Estimate(with_requests, asked, kept, tokens_in, tokens_out, price, self.place.is_own)

    def ask_one(self, messages: Sequence[Message], check: Callable[[str], object]) -> Answered:
        """One question of another kind to the same model, kept like any other answer.

        Raises:
            ReadingError: no usable answer is to be had. ModelRefuses, ModelMissing: the model cannot be asked at all.
        """
        digest = request_digest(messages, self.place.model, self.place.server)
        try:
            return _wait_for(self._future(tuple(messages), digest, check, None))
        except Unusable as unusable:
            raise ReadingError(str(unusable)) from None

    def close(self) -> None:
        """End what is under way; what was answered is kept. Calling it twice does no harm."""
        self._to_come = iter(())
        self._under_way.clear()
        worker, self._worker, self._caller = self._worker, None, None
        if worker is not None:
            worker.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def _fill(self, agenda: Agenda) -> None:
        """Keep enough requests prepared, and no more."""
        while sum(len(waiting) for waiting in self._under_way.values()) < AHEAD * self.patience.concurrency:
            report = next(self._to_come, None)
            if report is None:
                return
            self._under_way[report.id] = self._ask(report, agenda)

    def _ask(self, report: Report, agenda: Agenda) -> list[tuple[Request, Future[Answered]]]:
        schema = answer_schema(agenda)
        return [
            (request, self._future(request.messages, request.digest, answered_items, schema))
            for request in self.requests(report, agenda)
        ]

    def _future(
        self,
        messages: tuple[Message, ...],
        digest: str,
        check: Callable[[str], object],
        schema: dict[str, Any] | None,
    ) -> Future[Answered]:
        kept = self.cache.get(digest)
        if kept is not None:
            done: Future[Answered] = Future()
            done.set_result(kept)
            return done
        if self._worker is None:
            if self._model is None:
                require_extra()
            self._worker = _Worker()
        return self._worker.begin(self._answered(messages, digest, check, schema))

    async def _answered(
        self,
        messages: tuple[Message, ...],
        digest: str,
        check: Callable[[str], object],
        schema: dict[str, Any] | None,
    ) -> Answered:
        assert self._worker is not None  # it runs this
        async with self._worker.alone:
            if self._caller is None:
                self._caller = await self._made_caller()
        answered = await self._caller.ask(messages, check, schema)
        self.cache.put(digest, answered)
        return answered

    async def _made_caller(self) -> Caller:
        assert self._worker is not None  # it runs this
        if self._model is not None:
            return Caller(self._model, self.patience)
        client = http_client(self.place, self.patience.timeout)
        self._worker.at_end(client.aclose)
        model = await model_of(self.place, client)
        key = self.place.key
        return Caller(model, self.patience, keys=(key,) if key else ())


def _wait_for(future: Future[Answered]) -> Answered:
    """The result of a future; a wait that Ctrl-C ends on every system."""
    while True:
        try:
            return future.result(timeout=0.5)
        except TimeoutError:
            if future.done():
                return future.result()
        except CancelledError:
            raise ReadingError("stopped before it was answered") from None


class _Worker:
    """An event loop in a thread of its own, which ends with the program."""

    def __init__(self) -> None:
        self.alone = asyncio.Lock()
        self._loop = asyncio.new_event_loop()
        self._ends: list[Callable[[], Coroutine[Any, Any, None]]] = []
        self._thread = threading.Thread(target=self._loop.run_forever, name="travaux-llm", daemon=True)
        self._thread.start()

    def begin(self, work: Coroutine[Any, Any, Result]) -> Future[Result]:
        return asyncio.run_coroutine_threadsafe(work, self._loop)

    def at_end(self, work: Callable[[], Coroutine[Any, Any, None]]) -> None:
        self._ends.append(work)

    def stop(self) -> None:
        async def end() -> None:
            others = [task for task in asyncio.all_tasks() if task is not asyncio.current_task()]
            for task in others:
                task.cancel()
            await asyncio.gather(*others, return_exceptions=True)
            for work in self._ends:
                await work()

        self.begin(end()).result(timeout=10)
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(timeout=10)
        self._loop.close()
