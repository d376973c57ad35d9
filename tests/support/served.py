"""A record served on loopback by the real server, and a client that sends exactly what it is told to."""

import http.client
import threading
import time
import urllib.parse
from contextlib import contextmanager
from dataclasses import dataclass, field

from travaux import Record
from travaux.server.running import prepared


@dataclass
class Answer:
    status: int
    headers: dict
    body: bytes
    set_cookies: list = field(default_factory=list)

    @property
    def text(self):
        return self.body.decode("utf-8")


@dataclass
class Served:
    """An address with what its forms carry."""

    host: str
    port: int
    guard: object
    cookies: dict = field(default_factory=dict)

    @property
    def address(self):
        return f"http://{self.host}:{self.port}"

    def ask(self, method, path, body=None, headers=None, host=None, declared=True):
        """One request; `host` None sends the right one, an empty one sends none; `declared`: with the body's length."""
        connection = http.client.HTTPConnection(self.host, self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            if host != "":
                connection.putheader("Host", host or f"{self.host}:{self.port}")
            if self.cookies:
                connection.putheader("Cookie", "; ".join(f"{name}={value}" for name, value in self.cookies.items()))
            for name, value in (headers or {}).items():
                connection.putheader(name, value)
            if body is not None and declared:
                connection.putheader("Content-Length", str(len(body)))
            connection.endheaders(body)
            answer = connection.getresponse()
            headers = {name.lower(): value for name, value in answer.getheaders()}
            return Answer(answer.status, headers, answer.read(), answer.headers.get_all("Set-Cookie") or [])
        finally:
            connection.close()

    def get(self, path, **options):
        return self.ask("GET", path, **options)

    def post(self, path, fields, headers=None, token=True, **options):
        """A form as a page of this server sends it."""
        given = {**({"token": self.guard.token} if token else {}), **fields}
        sent = {
            "Content-Type": "application/x-www-form-urlencoded",
            "Origin": self.address,
            "Sec-Fetch-Site": "same-origin",
            **(headers or {}),
        }
        sent = {name: value for name, value in sent.items() if value is not None}
        return self.ask("POST", path, urllib.parse.urlencode(given).encode(), sent, **options)


@contextmanager
def serving(folder, host="127.0.0.1", read_only=False, loaded=True, **options):
    """The record in a folder, served until the end of the block; `loaded`: begun once it is in memory."""
    with Record.open(folder, read_only=read_only) as record:
        up = threading.Event()
        found = []

        def ready(address, guard):
            found.append(guard)
            up.set()

        server, listening = prepared(record, host, 0, ready, **options)
        thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
        thread.start()
        try:
            assert up.wait(60)
            at = Served(host, listening.getsockname()[1], found[0])
            until = time.monotonic() + 60
            while loaded and "retry-after" in at.get("/").headers:
                assert time.monotonic() < until
                time.sleep(0.05)
            yield at
        finally:
            server.should_exit = True
            thread.join(30)
            listening.close()
            assert not thread.is_alive()
