"""Only public addresses are connected to, whatever a name says and however an address is written."""

from __future__ import annotations

import ipaddress
import socket

import pytest

from travaux.errors import FetchError
from travaux.intake.web import Fetcher, Rules
from travaux.intake.web.addresses import addresses_of, refusal, split_address

PRIVATE = (
    "127.0.0.1 127.8.9.1 10.0.0.1 172.16.5.5 192.168.1.1 169.254.169.254 0.0.0.0 100.64.0.1 198.18.0.1 224.0.0.1 240.0.0.1 "
    "255.255.255.255 192.0.0.8 ::1 :: fe80::1 fc00::1 fd12::1 ff02::1 ::ffff:127.0.0.1 ::ffff:169.254.169.254 ::127.0.0.1 "
    "64:ff9b::7f00:1 64:ff9b::a00:1 2002:7f00:1:: 2002:a9fe:a9fe:: 2001:db8::1"
).split()


@pytest.mark.parametrize("address", PRIVATE)
def test_private_addresses_are_refused_in_every_wrapping(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is not None


@pytest.mark.parametrize("address", ["93.184.216.34", "1.1.1.1", "2606:4700::1111", "64:ff9b::101:101"])
def test_public_addresses_pass(address: str) -> None:
    assert refusal(ipaddress.ip_address(address)) is None


@pytest.mark.parametrize("host", ["localhost", "127.0.0.1", "2130706433", "0x7f000001", "0177.0.0.1", "127.1", "::1"])
def test_loopback_is_found_out_however_it_is_written(host: str) -> None:
    try:
        socket.getaddrinfo(host, 80)
    except OSError:
        pytest.skip("this system does not know such a host")
    with pytest.raises(FetchError, match="refused: .* is an address of this machine"):
        addresses_of(host, 80, frozenset())


def test_one_private_address_among_public_ones_refuses_the_name(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [(2, 1, 6, "", ("93.184.216.34", 80)), (2, 1, 6, "", ("10.0.0.7", 80))]
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_, **__: found)
    with pytest.raises(FetchError, match=r"two-faced\.example is a private or reserved address \(10\.0\.0\.7\)"):
        addresses_of("two-faced.example", 80, frozenset())


def test_a_name_is_looked_up_once_and_that_address_is_connected_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """DNS rebinding: the second answer would be this machine."""
    looked_up: list[str] = []
    connected: list[tuple[str, int]] = []

    def answers(host: str, port: int, **_: object) -> list[object]:
        looked_up.append(host)
        return [(2, 1, 6, "", ("93.184.216.34" if len(looked_up) == 1 else "127.0.0.1", port))]

    def connect(address: tuple[str, int], *_: object, **__: object) -> socket.socket:
        connected.append(address)
        raise ConnectionRefusedError("Connection refused")

    monkeypatch.setattr(socket, "getaddrinfo", answers)
    monkeypatch.setattr(socket, "create_connection", connect)
    with pytest.raises(FetchError, match="cannot be reached"):
        Fetcher(Rules(robots=False, tries=1)).fetch("http://rebound.example/")
    assert looked_up == ["rebound.example"]
    assert connected == [("93.184.216.34", 80)]


@pytest.mark.parametrize(
    ("url", "told"),
    [
        ("file:///etc/passwd", "only http and https are fetched"),
        ("ftp://example.org/a", "only http and https are fetched"),
        ("gopher://example.org", "only http and https are fetched"),
        ("javascript:alert(1)", "only http and https are fetched"),
        ("http://", "not an address"),
        ("http://example.org:99999/", "not an address"),
        ("http://example.org/a b", "not an address"),
        ("http://example.org/\n", "not an address"),
        ("http://somebody:secret@example.org/", "user name or password"),
        ("http://example.org/" + "a" * 5_000, "not an address"),
    ],
)
def test_other_addresses_are_refused(url: str, told: str) -> None:
    with pytest.raises(FetchError, match=told) as refused:
        split_address(url)
    assert "secret" not in str(refused.value)
