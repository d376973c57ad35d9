"""Which addresses may be asked. A name is looked up once, what it means is checked, and that address is connected to:
a name that means another address a moment later gains nothing by it.

Private, loopback, link-local and otherwise special addresses are refused, also where IPv6 wraps them.
"""

from __future__ import annotations

import ipaddress
import socket
import time
from collections.abc import Iterable
from typing import Any
from urllib.parse import SplitResult, urlsplit

import httpcore2

from travaux.errors import FetchError

IpAddress = ipaddress.IPv4Address | ipaddress.IPv6Address

LONGEST_ADDRESS = 4_000
PORTS = {"http": 80, "https": 443}

_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_COMPATIBLE = ipaddress.ip_network("::/96")
_OTHERS = (ipaddress.ip_network("192.0.0.0/24"), ipaddress.ip_network("64:ff9b:1::/48"))
"""Special by IANA's registries, and not known as such to every Python."""


def split_address(url: str) -> SplitResult:
    """An address in its parts.

    Raises:
        FetchError: it is none that is fetched: no http(s), no host, a password in it, too long.
    """
    shown = url[:200]
    try:
        parts = urlsplit(url)
        port = parts.port
    except ValueError as error:
        raise FetchError("not an address", remedy=str(error), path=shown) from error
    if parts.scheme not in PORTS:
        raise FetchError("only http and https are fetched", path=shown)
    if not parts.hostname or port == 0 or len(url) > LONGEST_ADDRESS or not url.isprintable() or " " in url:
        raise FetchError("not an address", remedy="write it as https://example.org/page", path=shown)
    if parts.username is not None or parts.password is not None:
        place = f"{parts.scheme}://{parts.hostname}{parts.path}"[:200]
        raise FetchError("addresses with a user name or password are not fetched", path=place)
    return parts


def host_and_port(parts: SplitResult) -> tuple[str, int]:
    """The host as it is looked up, and the port."""
    host = (parts.hostname or "").rstrip(".")
    try:
        host.encode("ascii")
    except UnicodeEncodeError:
        try:
            host = host.encode("idna").decode("ascii")
        except UnicodeError as error:
            raise FetchError("not the name of a host", path=host) from error
    return host, parts.port or PORTS[parts.scheme]


def refusal(address: IpAddress) -> str | None:
    """Why an address is not connected to, in words; None where it may be."""
    wrapped = list(_wrapped(address))
    # An address that a network translates (NAT64) is as public as the one it stands for.
    for inner in wrapped if address in _TRANSLATED else (address, *wrapped):
        if inner.is_loopback:
            return "an address of this machine"
        if inner.is_link_local:
            return "a link-local address"
        special = (
            inner.is_multicast or inner.is_reserved or inner.is_unspecified or any(inner in one for one in _OTHERS)
        )
        if special or inner.is_private or not inner.is_global:
            return "a private or reserved address"
    return None


def _wrapped(address: IpAddress) -> Iterable[IpAddress]:
    """The IPv4 addresses that an IPv6 address stands for."""
    if isinstance(address, ipaddress.IPv6Address):
        if address.ipv4_mapped is not None:
            yield address.ipv4_mapped
        if address.sixtofour is not None:
            yield address.sixtofour
        if address.teredo is not None:
            yield from address.teredo
        if address in _TRANSLATED or address in _COMPATIBLE:
            yield ipaddress.IPv4Address(int(address) & 0xFFFF_FFFF)


def addresses_of(host: str, port: int, loopback: frozenset[str]) -> list[str]:
    """What a host's name means now, every one of them checked.

    Raises:
        FetchError: the name is unknown, or means an address that may not be asked.
    """
    place = f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
    try:
        found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise FetchError("there is no such host, or no network", path=place) from error
    addresses = [str(entry[4][0]).partition("%")[0] for entry in found]
    if place not in loopback:
        for address in addresses:
            why = refusal(ipaddress.ip_address(address))
            if why is not None:
                raise FetchError(f"refused: {host} is {why} ({address})", path=place)
    return list(dict.fromkeys(addresses))


class CheckedBackend(httpcore2.NetworkBackend):
    """Connects to checked addresses only, and lets nothing take longer than until `deadline` (monotonic seconds)."""

    def __init__(self, loopback: frozenset[str], deadline: float) -> None:
        self._plain = httpcore2.SyncBackend()
        self._loopback = loopback
        self._deadline = deadline

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore2.NetworkStream:
        """The first of the host's addresses that answers."""
        refused: Exception | None = None
        for address in addresses_of(host, port, self._loopback):
            try:
                stream = self._plain.connect_tcp(
                    address, port, time_left(self._deadline, timeout), local_address, socket_options
                )
            except (httpcore2.ConnectError, httpcore2.ConnectTimeout) as error:
                refused = error
            else:
                return _HurriedStream(stream, self._deadline)
        raise refused or httpcore2.ConnectError("no address")

    def connect_unix_socket(
        self, path: str, timeout: float | None = None, socket_options: Iterable[Any] | None = None
    ) -> httpcore2.NetworkStream:
        """Never: no address on the web is one."""
        raise httpcore2.ConnectError("not on the web")


class _HurriedStream(httpcore2.NetworkStream):
    """A connection whose every wait ends at the deadline: a server that sends a byte now and then cannot hold us."""

    def __init__(self, stream: httpcore2.NetworkStream, deadline: float) -> None:
        self._stream = stream
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._stream.read(max_bytes, time_left(self._deadline, timeout))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._stream.write(buffer, time_left(self._deadline, timeout))

    def close(self) -> None:
        self._stream.close()

    def start_tls(
        self, ssl_context: Any, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore2.NetworkStream:
        begun = self._stream.start_tls(ssl_context, server_hostname, time_left(self._deadline, timeout))
        return _HurriedStream(begun, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._stream.get_extra_info(info)


class OutOfTime(Exception):
    """The deadline of a request has passed."""


def time_left(deadline: float, timeout: float | None) -> float:
    """Seconds that may be waited now.

    Raises:
        OutOfTime: none are left.
    """
    left = deadline - time.monotonic()
    if left <= 0:
        raise OutOfTime
    return left if timeout is None else min(left, timeout)
