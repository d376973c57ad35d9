"""The same requests as a file, and answers from one: the JSON Lines form of the OpenAI Batch API.

A request line is ``{"custom_id", "method", "url", "body"}``, an answer line ``{"custom_id", "response": {"status_code", "body"},
"error"}``. `custom_id` is ``REPORT-PASSAGE-ASKED``: the report's id, the number of the passage, and a digest of what was
asked, so that an answer to another agenda or prompt is never taken for one to this.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

from travaux.errors import RequestError
from travaux.model import Agenda
from travaux.reading.language_model.answers import LONGEST_ANSWER, answer_schema
from travaux.reading.language_model.cache import Answered, messages_digest
from travaux.reading.language_model.reader import Request
from travaux.reading.language_model.redaction import without_keys

UNNAMED = "MODEL"
"""Stands for the model in requests that name none; to be replaced before they are used."""
LONGEST_LINE = 8 * LONGEST_ANSWER

_ID = re.compile(r"([0-9a-f]{16})-(\d{1,5})-([0-9a-f]{16})")
# These models refuse a temperature.
_THINKING = re.compile(r"(?:o\d|gpt-[5-9])")


@dataclass(frozen=True, slots=True)
class BatchAnswer:
    """One line of a file of answers.

    Attributes:
        line: from 1; report_id, passage, asked: as the request's id says.
        answered: the answer; None where the line reports a failure, which `failure` tells.
    """

    line: int
    report_id: str
    passage: int
    asked: str
    answered: Answered | None
    failure: str = ""


def custom_id(request: Request) -> str:
    """The id of a request: report, passage, and what is asked."""
    return f"{request.report_id}-{request.passage.number}-{messages_digest(request.messages)}"


def request_line(request: Request, agenda: Agenda, model: str) -> str:
    """A request as one line of JSON, without the line end.

    Args:
        model: the name the provider knows; empty writes `UNNAMED`.
    """
    body: dict[str, Any] = {
        "model": model or UNNAMED,
        "messages": [{"role": message.role, "content": message.content} for message in request.messages],
        "response_format": {
            "type": "json_schema",
            "json_schema": {"name": "statements", "strict": True, "schema": answer_schema(agenda)},
        },
    }
    if not _THINKING.match(model):
        body["temperature"] = 0
    line = {"custom_id": custom_id(request), "method": "POST", "url": "/v1/chat/completions", "body": body}
    return json.dumps(line, ensure_ascii=True, separators=(",", ":"))


def read_answers(file: IO[str], path: Path | str) -> Iterator[BatchAnswer]:
    """The answers of a file, line by line; blank lines are left out.

    Raises:
        RequestError: a line that is no answer of a batch, or one that no request of ours was; names file and line.
    """
    for number, line in enumerate(_lines(file, path), 1):
        if line.strip():
            yield _answer(number, line, path)


def _lines(file: IO[str], path: Path | str) -> Iterator[str]:
    number = 0
    while True:
        number += 1
        try:
            line = file.readline(LONGEST_LINE + 1)
        except UnicodeDecodeError:
            raise RequestError("the file is not UTF-8", path=path, line=number) from None
        if len(line) > LONGEST_LINE:
            raise RequestError(f"a line of more than {LONGEST_LINE:,} characters", path=path, line=number)
        if not line:
            return
        yield line


def _answer(number: int, line: str, path: Path | str) -> BatchAnswer:
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise RequestError("this line is no JSON", path=path, line=number, remedy="is the file whole?") from None
    named = row.get("custom_id") if isinstance(row, dict) else None
    match = _ID.fullmatch(named) if isinstance(named, str) else None
    if match is None:
        remedy = "the answers to `travaux llm requests` have it"
        raise RequestError("no custom_id of a request of ours", path=path, line=number, remedy=remedy)
    identity = (number, match[1], int(match[2]), match[3])
    answered, failure = _outcome(row)
    return BatchAnswer(*identity, answered, failure)


def _outcome(row: dict[str, Any]) -> tuple[Answered | None, str]:
    """The answer a line holds, or why it holds none."""
    error, response = row.get("error"), row.get("response")
    if error:
        told = error.get("message") or error.get("code") if isinstance(error, dict) else error
        return None, without_keys(f"the batch failed: {' '.join(str(told).split())[:200]}")
    if not isinstance(response, dict):
        return None, "the line has neither response nor error"
    status, body = response.get("status_code", 200), response.get("body")
    if status != 200 or not isinstance(body, dict):
        return None, f"the server answered {str(status)[:20]}"
    try:
        choice = body["choices"][0]
        text = choice["message"].get("content")
        usage = body.get("usage") or {}
        counted = (int(usage.get("prompt_tokens") or 0), int(usage.get("completion_tokens") or 0))
    except (KeyError, IndexError, TypeError, AttributeError, ValueError):
        return None, "the response has no choices with a message"
    if not isinstance(text, str):
        return None, "the model gave no answer"
    return Answered(without_keys(text), without_keys(str(body.get("model") or ""))[:200], *counted), ""


def by_passage(answers: Iterable[BatchAnswer]) -> dict[tuple[str, int], BatchAnswer]:
    """Answers by report and passage; of two for one passage the later that is no failure counts."""
    found: dict[tuple[str, int], BatchAnswer] = {}
    for answer in answers:
        key = (answer.report_id, answer.passage)
        if key not in found or answer.answered is not None:
            found[key] = answer
    return found
