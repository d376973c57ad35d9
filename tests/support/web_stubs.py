"""A web server on loopback that can misbehave in every way a stranger's can."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

Answer = Callable[[BaseHTTPRequestHandler], None]

ARTICLE = (
    "<!doctype html><html lang='en'><head><title>{title}</title>"
    "<meta property='article:published_time' content='{day}T08:00:00Z'></head>"
    "<body><nav><a href='/'>Home</a></nav><article><h1>{title}</h1>"
    "<p>{first}</p><p>{second}</p></article><footer>All rights reserved {mark}</footer></body></html>"
)


def article(title="Talks on the ferry link", day="2025-08-18", first="", second="", mark="") -> bytes:
    """A news page; `mark` stands outside the article."""
    first = first or "Northland said on Monday that it would accept the ferry link if fares were frozen for ten years."
    second = (
        second or "Southland rejected the bridge and said that the talks would go on in the autumn, its minister said."
    )
    return ARTICLE.format(title=title, day=day, first=first, second=second, mark=mark).encode()


def page(body: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **headers: str) -> Answer:
    """Answers with a body, and with headers whose names have _ for -; asked for the same again, it says so."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        told = {name.replace("_", "-"): value for name, value in headers.items()}
        if "ETag" in told and handler.headers.get("If-None-Match") == told["ETag"]:
            handler.send_response(304)
            handler.end_headers()
            return
        handler.send_response(status)
        handler.send_header("Content-Type", kind)
        handler.send_header("Content-Length", str(len(body)))
        for name, value in told.items():
            handler.send_header(name, value)
        handler.end_headers()
        handler.wfile.write(body)

    return answer


def redirect(target: str, status: int = 302) -> Answer:
    """Sends on to another address."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(status)
        handler.send_header("Location", target)
        handler.end_headers()

    return answer


def raw(send: Callable[[Callable[[bytes], None]], None]) -> Answer:
    """Sends whatever bytes the function hands to its argument, then hangs up."""

    def answer(handler: BaseHTTPRequestHandler) -> None:
        def write(piece: bytes) -> None:
            handler.wfile.write(piece)
            handler.wfile.flush()

        with suppress(OSError):  # whoever asked has had enough
            send(write)
        handler.close_connection = True

    return answer


@dataclass
class Site:
    """A running server: its address, its pages by path, and what it was asked for."""

    host: str
    pages: dict[str, Answer] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[Mapping[str, str]] = field(default_factory=list)

    def url(self, path: str = "/") -> str:
        return f"http://{self.host}{path}"

    def asked_for(self, path: str) -> int:
        return self.asked.count(path)


@contextmanager
def running_site() -> Iterator[Site]:
    """A site on a free port of 127.0.0.1; paths without a page answer 404."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.asked.append(self.path)
            site.headers.append(dict(self.headers))
            answer = site.pages.get(self.path)
            if answer is None:
                page(b"no such page", "text/plain", 404)(self)
            else:
                answer(self)

        def log_message(self, *told: object) -> None:
            """Tests are quiet."""

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *told: object) -> None:
            """A client that hangs up is what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    site = Site(f"127.0.0.1:{server.server_address[1]}")
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
