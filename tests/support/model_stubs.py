"""What tests of language models share: a server on this machine, well or badly behaved, and answers made of gold statements."""

from __future__ import annotations

import hashlib
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from travaux.intake import receive_bytes
from travaux.model import Agenda, Report
from travaux.reading.language_model.calling import Patience

CHECKOUT = Path(__file__).resolve().parents[2]
GOLD = CHECKOUT / "tests" / "quality" / "black-sea-grain"
EXAMPLE = CHECKOUT / "examples" / "example-guarantees"
HASTE = Patience(concurrency=3, timeout=0.6, tries=3, first_wait=0.01, longest_wait=0.5)
FIELDS = (
    "quote",
    "occurrence",
    "speaker",
    "party",
    "option",
    "stance",
    "act",
    "condition",
    "former",
    "via",
    "via_name",
)

TEXT = """\
Ferry talks resume

Northland said on Monday it would accept the ferry link. Its minister called the plan “a fair bargain”.

Southland rejects the ferry link unless fares are frozen. Southland’s union was silent.

Read also: Northland to close its ports for ever
"""


def answer(**fields: Any) -> dict[str, Any]:
    """One right statement about `TEXT`, with other values where they are given."""
    return {
        "quote": "Northland said on Monday it would accept the ferry link",
        "occurrence": 1,
        "speaker": None,
        "party": "northland",
        "option": "ferry-link",
        "stance": "for",
        "act": "accept",
        "condition": None,
        "former": False,
        "via": "speaker",
        "via_name": None,
        **fields,
    }


SOUTH = answer(
    quote="Southland rejects the ferry link unless fares are frozen",
    party="southland",
    stance="against",
    act="reject",
    condition="unless fares are frozen",
    via="narrator",
)


def answered(*statements: dict[str, Any]) -> str:
    """An answer as a model gives it."""
    return json.dumps({"statements": list(statements)}, ensure_ascii=False)


def completion(text: str, **more: Any) -> dict[str, Any]:
    """A whole chat completion around an answer."""
    message = {"role": "assistant", "content": text}
    choice = {"index": 0, "message": message, "finish_reason": "stop"}
    usage = {"prompt_tokens": 100, "completion_tokens": 20, "total_tokens": 120}
    return {
        "id": "c1",
        "object": "chat.completion",
        "created": 1,
        "model": "stub-1",
        "choices": [choice],
        "usage": usage,
        **more,
    }


@dataclass
class Got:
    """One request a server got."""

    path: str
    headers: dict[str, str]
    body: dict[str, Any]

    @property
    def user(self) -> str:
        return str(self.body["messages"][-1]["content"])


Behaviour = Callable[["Handler", Got, int], None]


class Handler(BaseHTTPRequestHandler):
    """Hands each request to the server's behaviour."""

    protocol_version = "HTTP/1.1"
    server: Server  # type: ignore[assignment]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.got.append(Got(self.path, {k.lower(): v for k, v in self.headers.items()}, {}))
        if self.path.endswith("/models"):
            self.send(200, {"object": "list", "data": [{"id": name, "object": "model"} for name in self.server.models]})
        else:
            self.send(404, {"error": {"message": "no such page"}})

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("content-length", 0)))
        got = Got(self.path, {k.lower(): v for k, v in self.headers.items()}, json.loads(raw))
        with self.server.counting:
            self.server.got.append(got)
            number = len(self.server.got)
        try:
            self.server.behaviour(self, got, number)
        except (BrokenPipeError, ConnectionResetError):
            self.close_connection = True

    def send(self, status: int, body: dict[str, Any] | bytes, **headers: str) -> None:
        raw = body if isinstance(body, bytes) else json.dumps(body).encode()
        self.send_response(status)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        for name, value in headers.items():
            self.send_header(name.replace("_", "-"), value)
        self.end_headers()
        self.wfile.write(raw)

    def answer(self, *statements: dict[str, Any]) -> None:
        self.send(200, completion(answered(*statements)))

    def drip(self, raw: bytes, pause: float) -> None:
        """A response a byte at a time."""
        self.send_response(200)
        self.send_header("content-type", "application/json")
        self.send_header("content-length", str(len(raw)))
        self.end_headers()
        for place in range(len(raw)):
            self.wfile.write(raw[place : place + 1])
            self.wfile.flush()
            if self.server.over.wait(pause):
                return


class Server(ThreadingHTTPServer):
    """An OpenAI-compatible server on this machine."""

    daemon_threads = True

    def __init__(self, behaviour: Behaviour):
        super().__init__(("127.0.0.1", 0), Handler)
        self.behaviour = behaviour
        self.got: list[Got] = []
        self.models = ["stub-1"]
        self.counting = threading.Lock()
        self.over = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/v1"

    @property
    def asked(self) -> list[Got]:
        return [one for one in self.got if one.path.endswith("/chat/completions")]

    def handle_error(self, request: object, client_address: object) -> None:
        pass  # a client that hangs up is no news here


@contextmanager
def serving() -> Iterator[Callable[[Behaviour], Server]]:
    """Starts servers of given behaviour, and ends them."""
    started: list[tuple[Server, threading.Thread]] = []

    def start(behaviour: Behaviour) -> Server:
        server = Server(behaviour)
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
        thread.start()
        started.append((server, thread))
        return server

    try:
        yield start
    finally:
        for server, thread in started:
            server.over.set()
            server.shutdown()
            thread.join()
            server.server_close()


def report_of(text: str, name: str = "a.txt") -> Report:
    """A report as intake makes it of a text."""
    return receive_bytes(text.encode(), name).report


@dataclass
class GoldRecord:
    """A gold record: its agenda, its reports as intake makes them, its statements by report."""

    agenda: Agenda
    reports: list[Report] = field(default_factory=list)
    statements: dict[str, list[dict[str, Any]]] = field(default_factory=dict)


def perfect(rows: list[dict[str, Any]], bend: Callable[[str], str] = str) -> list[dict[str, Any]]:
    """The answers a careful reader gives, from gold statements; `bend` changes the typography of quotes."""
    return [
        {
            name: bend(row[name]) if name in ("quote", "condition") and row.get(name) else row.get(name)
            for name in FIELDS
        }
        for row in rows
    ]


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def wait_until(true: Callable[[], bool], seconds: float = 60.0) -> None:
    """Returns once it is true.

    Raises:
        AssertionError: it did not become true in time.
    """
    end = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < end, "it did not happen in time"
        time.sleep(0.01)


def counted_texts() -> Iterator[tuple[str, str]]:
    """Everything whose tokens are counted for comparison, named: instructions, requests and right answers of two records."""
    from travaux.agenda import load_agenda
    from travaux.reading.language_model.passages import passages_of
    from travaux.reading.language_model.prompt import Form, prompt_for

    for folder in (GOLD, EXAMPLE):
        agenda = load_agenda(folder / "agenda.yaml")
        reports = [report_of(path.read_text("utf-8"), path.name) for path in sorted((folder / "reports").glob("*.txt"))]
        rows = [json.loads(line) for line in (folder / "statements.jsonl").read_text("utf-8").splitlines()]
        for form in Form:
            prompt = prompt_for(agenda, form)
            yield f"{folder.name}/{form}", prompt.instructions
            for report in reports:
                for passage in passages_of(report, prompt.longest_passage):
                    name = f"{folder.name}/{form}/{report.name}/{passage.number}"
                    yield name, prompt.messages(report, passage)[1].content
        for report in reports:
            text = answered(*perfect([row for row in rows if row["report"] == report.name]))
            yield f"{folder.name}/answer/{report.name}", text


def batch_line(request: dict[str, Any], *statements: dict[str, Any]) -> str:
    """The line of an answered batch for a line of requests."""
    body = completion(answered(*statements))
    response = {"status_code": 200, "request_id": "r", "body": body}
    return json.dumps({"id": "b", "custom_id": request["custom_id"], "response": response, "error": None})
