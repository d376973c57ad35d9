"""Who may ask, and what an answer may do in a browser.

A page of a stranger, open in the same browser, must neither read the record nor write to it:

1. The Host header must name an address that this server was given: a name that a stranger's DNS points here does not.
2. Nothing changes by GET or HEAD. Whatever changes something must come from a page of this server, by Sec-Fetch-Site
   and Origin, and carry the token that its forms carry.
3. On another address than loopback, writing also needs the key that was shown when the server was started; a team's server
   lets in whom it knows instead (`gate`).
4. Every answer forbids scripts, frames, forms and addresses that are not this server's own.
"""

from __future__ import annotations

import hmac
import secrets
from collections.abc import Iterable
from dataclasses import dataclass, field
from http.cookies import CookieError, SimpleCookie
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from travaux.errors import RequestError

SAFE = frozenset({"GET", "HEAD"})
KEY_COOKIE = "travaux-key"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
ANSWERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    # Not `no-referrer`: with it browsers send `Origin: null` with the server's own forms.
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""Headers of every answer."""


@dataclass(frozen=True, slots=True)
class Guard:
    """What this server lets through.

    Attributes:
        hosts: the Host headers it answers to, with port where that is not 80; lower case.
        token: what its forms carry; on a team's server it is shown to nobody, and what forms carry is made of it.
        key: what writing needs besides, empty on loopback and on a team's server.
        public: scheme and host by which a server in front lets people reach it; None where there is none.
    """

    hosts: frozenset[str]
    token: str = field(default_factory=lambda: secrets.token_urlsafe(24))
    key: str = ""
    public: tuple[str, str] | None = None

    @classmethod
    def of(cls, host: str, port: int, names: Iterable[str] = (), *, public: str = "", keyed: bool = True) -> Guard:
        """The guard of a server at an address.

        Args:
            host: the address it listens on, without brackets.
            names: further names it is reached by.
            public: the address a server in front is reached by, as ``https://talks.example``.
            keyed: whether writing from elsewhere needs a key; no, where people sign in.

        Raises:
            RequestError: the public address is none.
        """
        shown = _scheme_and_host(public) if public else None
        local = is_loopback(host)
        given = {host, *names, *(("localhost", "127.0.0.1", "::1") if local else ())}
        bracketed = {f"[{one}]" if ":" in one else one.lower() for one in given}
        hosts = {f"{one}:{port}" for one in bracketed} | (bracketed if port == 80 else set())
        # What another server passes on comes from elsewhere, wherever this one listens.
        open_to_others = keyed and (not local or shown is not None)
        return cls(frozenset(hosts), key=secrets.token_urlsafe(18) if open_to_others else "", public=shown)

    def refusal(self, method: str, scheme: str, headers: Headers) -> tuple[int, str] | None:
        """Why a request is not answered, with the status, or None."""
        host = headers["host"].lower() if len(headers.getlist("host")) == 1 else ""
        public = self.public is not None and host == self.public[1]
        if not public and host not in self.hosts:
            return 421, "This server does not go by that name. Open the address it printed when it was started."
        if method in SAFE:
            return None
        if method != "POST":
            return 405, "This server knows GET, HEAD and POST."
        site = headers.get("sec-fetch-site")
        if site is not None and site != "same-origin":
            return 403, "This came from a page of another site, and was not carried out."
        origin = headers.get("origin")
        expected = self.public if public else (scheme, host)
        if origin is not None and _origin_of(origin) != expected:
            return 403, "This came from a page of another site, and was not carried out."
        return None

    @property
    def is_private(self) -> bool:
        """Whether what goes to and fro is encrypted, by a server in front: cookies are sent over nothing else then."""
        return self.public is not None and self.public[0] == "https"

    def cookie(self, name: str) -> str:
        """A cookie as it is called: where it goes encrypted only, by a name that no other server of the domain may set."""
        return f"__Host-{name}" if self.is_private else name

    def token_for(self, whom: str) -> str:
        """What the forms of somebody carry, who is told from others by `whom`."""
        return hmac.new(self.token.encode(), whom.encode(), "sha256").hexdigest()

    def is_key(self, given: str) -> bool:
        """Whether somebody knows the key."""
        return hmac.compare_digest(given.encode(), self.key.encode())

    def may_write(self, cookies: dict[str, str]) -> bool:
        """Whether whoever asks may write: on loopback anybody, else who has given the key."""
        return not self.key or self.is_key(cookies.get(KEY_COOKIE, ""))


def _scheme_and_host(address: str) -> tuple[str, str]:
    parts = urlsplit(address)
    try:
        port = parts.port
    except ValueError:
        port = -1
    plain = parts.scheme in ("http", "https") and address.isascii() and parts.username is None and port != -1
    if not plain or not parts.hostname or parts.path not in ("", "/") or parts.query or parts.fragment:
        raise RequestError(f"{address!r} is no address to reach this by", remedy="write it as https://talks.example")
    usual = {"http": 80, "https": 443}[parts.scheme]
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    return parts.scheme, host if port in (None, usual) else f"{host}:{port}"


def is_loopback(host: str) -> bool:
    """Whether an address is this machine's own and reached from nowhere else."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def cookies_of(headers: Headers) -> dict[str, str]:
    """The cookies of a request; none where they cannot be read."""
    try:
        return {name: morsel.value for name, morsel in SimpleCookie(headers.get("cookie", "")).items()}
    except CookieError:
        return {}


def _origin_of(origin: str) -> tuple[str, str] | None:
    """Of an address that a browser says a form comes from; None where it is none."""
    try:
        parts = urlsplit(origin)
    except ValueError:
        return None
    return parts.scheme, parts.netloc


class Guarded:
    """Lets a guard look at every request before the app, and gives every answer its headers."""

    def __init__(self, app: ASGIApp, guard: Guard):
        self.app = app
        self.guard = guard

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self.app(scope, receive, send)
            return  # no web sockets here

        async def send_guarded(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in ANSWERS.items():
                    headers[name] = value
                headers.setdefault("cache-control", "no-store")
            await send(message)

        refused = self.guard.refusal(scope["method"], scope["scheme"], Headers(scope=scope))
        if refused is None:
            await self.app(scope, receive, send_guarded)
            return
        status, says = refused
        await PlainTextResponse(f"{says}\n", status)(scope, receive, send_guarded)
