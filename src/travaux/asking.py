"""What is asked of a language model about a record: readings, files of requests and answers, drafts, explanations.

Nothing is sent unless a model is named, and nothing at all where the agenda says ``llm: never``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from travaux.api import Progress, Record
from travaux.errors import ReadingError, RequestError
from travaux.model import Agenda, Reading, Report, ReportState
from travaux.outcomes import ReadOutcome
from travaux.reading.language_model import NAME
from travaux.reading.language_model.answers import Unusable, answered_items
from travaux.reading.language_model.batches import BatchAnswer, by_passage, read_answers, request_line
from travaux.reading.language_model.cache import FOLDER, AnswerCache, Answered, messages_digest, request_digest
from travaux.reading.language_model.calling import Patience
from travaux.reading.language_model.costs import Estimate
from travaux.reading.language_model.drafting import (
    DraftedAgenda,
    check_draft,
    drafted_agenda,
    drafting_messages,
)
from travaux.reading.language_model.endpoints import Endpoint, endpoint, resolved
from travaux.reading.language_model.explaining import (
    MOST_STATEMENTS,
    Explanation,
    check_explanation,
    explaining_messages,
)
from travaux.reading.language_model.grounding import Grounding
from travaux.reading.language_model.passages import Passage, sentences_in
from travaux.reading.language_model.prompt import VERSION, Form, prompt_for, rules_digest
from travaux.reading.language_model.reader import LanguageModelReader, Request, code_digest
from travaux.version import __version__

if TYPE_CHECKING:
    from pydantic_ai.models import Model

BATCH = "batch"
"""Stands for the server under which a batch's answers are kept."""
PROMPT_KEY = "llm-prompt/"
"""Before a run's id, the key of the small fact that holds its prompt."""


@dataclass(frozen=True, slots=True)
class ImportOutcome:
    """What became of a file of answers.

    Attributes:
        outcome: of the reports that had answers.
        stale: reports whose answers were given to another agenda or prompt; nothing was taken from these.
        unknown: how many answers are about reports the record does not have.
    """

    outcome: ReadOutcome
    stale: tuple[str, ...]
    unknown: int


def require_allowed(agenda: Agenda) -> None:
    """Nothing, unless the agenda forbids language models.

    Raises:
        RequestError: it does.
    """
    if agenda.llm == "never":
        raise RequestError(
            "this record is given to no language model: its agenda says `llm: never`",
            remedy="travaux read reads it here",
        )


def require_sendable(agenda: Path) -> None:
    """Nothing, unless an agenda file says ``llm: never``, be it finished or not.

    Raises:
        RequestError: it does.
    """
    from travaux.agenda.source import SourceError, parse_source, read_source

    try:
        text = read_source(agenda)
    except SourceError:  # no agenda yet
        return
    try:
        data = parse_source(text).data
        forbidden = isinstance(data, dict) and data.get("llm") == "never"
    except SourceError:  # a slip elsewhere in the file does not lift the ban
        forbidden = re.search(r"^llm\s*:\s*['\"]?never", text, re.MULTILINE) is not None
    if forbidden:
        require_allowed(Agenda("", (), (), llm="never"))


def language_model_reader(
    record: Record | None,
    model: str | None = None,
    base_url: str | None = None,
    *,
    form: Form | str = Form.FULL,
    patience: Patience | None = None,
    sending: bool = True,
    own_model: Model | None = None,
) -> LanguageModelReader:
    """A reader for a record, which keeps its answers in the record's folder; to be closed when done.

    Args:
        record: None for reports of no record; answers are then kept no longer than the reader.
        model, base_url: see `travaux.reading.language_model.endpoints.endpoint`.
        form: ``full`` or ``terse``.
        sending: False where nothing will be sent, not even a server asked for its model's name.
        own_model: a model of pydantic-ai to use in place of the one named.

    Raises:
        RequestError: no model is named, or the agenda forbids it. AgendaError: the agenda cannot be used.
        ModelRefuses: a server that should name its model does not. ModelMissing: the extra `llm` is not installed.
    """
    if record is not None:
        require_allowed(record.agenda)
    place = endpoint(model, base_url)
    if sending and own_model is None:
        place = resolved(place)
    answers = None if record is None else record.folder / FOLDER
    return LanguageModelReader(place, answers=answers, form=Form(form), patience=patience, model=own_model)


def estimate(record: Record, reader: LanguageModelReader) -> Estimate:
    """What reading the record with a language model will take, as far as it is not done."""
    from travaux.record import fingerprint_json

    agenda = record.agenda
    pending = record.store.pending(reader.name, fingerprint_json(reader.fingerprint()), agenda.digest)
    return reader.estimate((record.store.report(report_id) for report_id in pending), agenda)


def read_with_model(record: Record, reader: LanguageModelReader, progress: Progress | None = None) -> ReadOutcome:
    """Read what is new with a language model, keep the prompt with the run, and let its statements count from now on.

    Raises:
        What `Record.read` raises.
    """
    agenda = record.agenda
    require_allowed(agenda)
    _keep_prompt(record, reader.fingerprint(), reader.prompt(agenda).instructions)
    outcome = record.read(reader, progress)
    if ReportState.READ in outcome.counts:
        record.choose_reader(reader.name)
    return outcome


def request_lines(record: Record, model: str = "", form: Form | str = Form.FULL) -> Iterator[str]:
    """One line for each request about the record's reports, in the order of their names; nothing is sent.

    Raises:
        RequestError: the agenda forbids it.
    """
    agenda = record.agenda
    require_allowed(agenda)
    asking = LanguageModelReader(Endpoint(model or BATCH), form=Form(form))
    for report in record.store.reports():
        for request in asking.requests(report, agenda):
            yield request_line(request, agenda, model.removeprefix("openai:"))


def import_answers(record: Record, path: Path, progress: Progress | None = None) -> ImportOutcome:
    """Take in the answers of a batch, grounded exactly as live ones.

    A report is read where each of its passages has an answer, in this file or an earlier one of the same model; one with
    some missing, failed or unusable is ``failed`` with the reason. Reports the file has no answers for are left alone.

    Raises:
        RequestError: the file cannot be read, or a line is no answer to our requests; nothing is taken in then.
    """
    agenda = record.agenda
    require_allowed(agenda)
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            answers = list(read_answers(file, path))
    except OSError as error:
        raise RequestError(f"cannot be read: {error.strerror}", path=path) from None
    if not answers:
        raise RequestError("the file holds no answers", path=path)
    names = {row.id: row.name for row in record.store.report_rows(reader=NAME)}
    given = by_passage(answer for answer in answers if answer.report_id in names)
    reader = _BatchReader(given, AnswerCache(record.folder / FOLDER))
    stale: list[str] = []
    fresh: list[str] = []
    for report_id in sorted({report_id for report_id, _ in given}, key=names.__getitem__):
        known = reader.recognise(record.store.report(report_id), agenda)
        (fresh if known else stale).append(report_id)
    prompts = [prompt_for(agenda, form).instructions for form in reader.forms()]
    _keep_prompt(record, reader.fingerprint(), "\n\n".join(prompts))
    outcome = record.read(reader, progress, only=set(fresh))
    if ReportState.READ in outcome.counts:
        record.choose_reader(NAME)
    unknown = sum(answer.report_id not in names for answer in answers)
    return ImportOutcome(outcome, tuple(names[report_id] for report_id in stale), unknown)


class _BatchReader:
    """Reads reports from answers given elsewhere."""

    name = NAME

    def __init__(self, given: Mapping[tuple[str, int], BatchAnswer], cache: AnswerCache):
        self.given = given
        self.cache = cache
        self.asked: dict[str, tuple[Form, list[Request]]] = {}
        self.models = sorted({answer.answered.model for answer in given.values() if answer.answered is not None})

    def recognise(self, report: Report, agenda: Agenda) -> bool:
        """Whether the answers about a report were given to what would be asked now, in either form."""
        numbers = {number: answer for (report_id, number), answer in self.given.items() if report_id == report.id}
        for form in Form:
            requests = LanguageModelReader(Endpoint(BATCH), form=form).requests(report, agenda)
            asked = {request.passage.number: messages_digest(request.messages) for request in requests}
            if all(asked.get(number) == answer.asked for number, answer in numbers.items()):
                self.asked[report.id] = (form, requests)
                return True
        return False

    def forms(self) -> list[Form]:
        """The forms of prompt that were answered."""
        return sorted({form for form, _ in self.asked.values()})

    def fingerprint(self) -> Mapping[str, str]:
        """Who answered, to which prompt, and a digest of the answers: another file is another run."""
        import hashlib

        digest = hashlib.sha256()
        for key, answer in sorted(self.given.items()):
            text = answer.answered.text if answer.answered else answer.failure
            digest.update(f"{key}\0{answer.asked}\0".encode() + text.encode(errors="replace") + b"\0")
        return {
            "version": VERSION,
            "model": ", ".join(self.models),
            "server": BATCH,
            "form": ", ".join(self.forms()),
            "rules": ", ".join(rules_digest(form) for form in self.forms()),
            "code": code_digest(),
            "answers": digest.hexdigest(),
        }

    def read(self, report: Report, agenda: Agenda) -> Reading:
        """The statements of a report that `recognise` knows.

        Raises:
            ReadingError: a passage has no usable answer.
        """
        form, requests = self.asked[report.id]
        grounded_from: list[tuple[Passage, Sequence[object]]] = []
        for request in requests:
            part = f" (part {request.passage.number} of {request.passage.of})" if request.passage.of > 1 else ""
            try:
                grounded_from.append((request.passage, answered_items(self._answer(request).text)))
            except Unusable as unusable:
                raise ReadingError(f"{unusable}{part}", path=report.name) from None
        made_by = f"{', '.join(self.models) or 'a model'}, in a batch, prompt {form} {VERSION}"
        grounded = Grounding(report, agenda, made_by).ground(grounded_from)
        return Reading(grounded.statements, sentences_in(report) if requests else 0, grounded.dropped)

    def _answer(self, request: Request) -> Answered:
        answer = self.given.get((request.report_id, request.passage.number))
        if answer is not None and answer.answered is not None:
            self.cache.put(request_digest(request.messages, answer.answered.model, BATCH), answer.answered)
            return answer.answered
        for model in self.models:
            kept = self.cache.get(request_digest(request.messages, model, BATCH))
            if kept is not None:
                return kept
        raise Unusable(answer.failure if answer is not None else "the file has no answer to it")


def prompt_of_run(record: Record, run_id: str) -> str:
    """The prompt a run was made with.

    Args:
        run_id: or the first characters of it.

    Raises:
        RequestError: no such run, or none with a prompt.
    """
    kept = {
        key.removeprefix(PROMPT_KEY): text
        for key, text in record.store.info().items()
        if key.startswith(f"{PROMPT_KEY}{run_id}")
    }
    if len(kept) != 1:
        known = [key.removeprefix(PROMPT_KEY) for key in record.store.info() if key.startswith(PROMPT_KEY)]
        remedy = f"prompts are kept of {', '.join(known)}" if known else "no language model has read this record"
        raise RequestError(f"no one run {run_id!r} with a prompt", remedy=remedy)
    return next(iter(kept.values()))


def _keep_prompt(record: Record, fingerprint: Mapping[str, str], prompt: str) -> None:
    from travaux.record import Run, fingerprint_json

    run = Run(NAME, fingerprint_json(fingerprint), record.agenda.digest, __version__)
    key = f"{PROMPT_KEY}{run.id}"
    if key not in record.store.info():
        record.store.set_info(key, prompt)


def draft_agenda(reader: LanguageModelReader, reports: Sequence[Report], title: str) -> DraftedAgenda:
    """A first agenda by a language model, less what no report bears out; for an analyst to edit.

    Raises:
        ReadingError: no usable answer is to be had. ModelRefuses, ModelMissing: the model cannot be asked.
    """
    answered = reader.ask_one(drafting_messages(reports, reader.form), check_draft)
    return drafted_agenda(answered.text, reports, title)


def explain(
    record: Record, reader: LanguageModelReader, party: str, option: str, *, statements_of: str | None = None
) -> Explanation:
    """A sentence by a language model on how a position changed or where reports disagree; never stored as evidence.

    Args:
        party, option: by id or any name; statements_of: the reader whose statements count, see `Record.judged`.

    Raises:
        RequestError: there is neither a change nor a disagreement. What `draft_agenda` raises.
    """
    agenda = record.agenda
    require_allowed(agenda)
    dates = {row.id: row.published for row in record.store.report_rows()}
    found = record.statements(party, option, reader=statements_of)
    if len({(one.stance, one.former) for one in found}) < 2:
        raise RequestError("nothing changes or disagrees here", remedy="travaux show marks what does with ±")

    def when(report_id: str) -> str:
        date = dates.get(report_id)
        return date.value if date else ""

    shown = sorted(found, key=lambda one: (when(one.report_id), one.report, one.start))[-MOST_STATEMENTS:]
    messages = explaining_messages(agenda, shown, dates)
    content = messages[-1].content
    answered = reader.ask_one(messages, lambda text: check_explanation(text, content, len(shown)))
    sentence, rests_on = check_explanation(answered.text, content, len(shown))
    written_by = answered.model or reader.place.model
    return Explanation(
        shown[0].party, shown[0].option, sentence, written_by, tuple(shown[number - 1] for number in rests_on)
    )
