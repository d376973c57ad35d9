"""A team's server: by what it knows people, and what it keeps of them while it runs."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address, ip_network

from starlette.datastructures import Headers
from starlette.types import Scope

from travaux.errors import RequestError
from travaux.server.asking import Asking, NotAllowed
from travaux.server.guards import Guard, cookies_of
from travaux.server.limits import Allowance, Delays
from travaux.server.passwords import prepare
from travaux.server.people import People, Person, Role, is_name
from travaux.server.sessions import Sessions

Network = IPv4Network | IPv6Network

SESSION_COOKIE = "travaux-session"
VISIT_COOKIE = "travaux-visit"


def usual_limits() -> dict[str, Allowance]:
    """How often a person may write, search and send in reports. Keys confirm a statement a second, for an hour."""
    return {"write": Allowance(60, 120), "search": Allowance(30, 60), "send": Allowance(5, 10)}


@dataclass(frozen=True, slots=True)
class Team:
    """Who may come in.

    Attributes:
        people: the users file; None where a server in front says who somebody is, and nobody else is known.
        header: the header by which a server in front says who asks; empty where people sign in here.
        proxies: the addresses such a server asks from. What others put into its headers counts for nothing.
        others: the role of whom the header names and the file does not; None lets them not in.
        sessions, delays, limits: what is remembered while the server runs.
    """

    people: People | None
    header: str = ""
    proxies: tuple[Network, ...] = ()
    others: Role | None = None
    sessions: Sessions = field(default_factory=Sessions)
    delays: Delays = field(default_factory=Delays)
    limits: dict[str, Allowance] = field(default_factory=usual_limits)

    @classmethod
    def of(cls, people: People | None, header: str = "", proxies: Iterable[str] = (), others: str = "") -> Team:
        """The team as a command line names it.

        Raises:
            RequestError: what is named does not go together, or no network is called so.
        """
        networks = tuple(_network(one) for one in proxies)
        if header and not networks:
            told = f"{header} would be believed from everybody"
            raise RequestError(told, remedy="--proxy ADDRESS says where the server in front asks from")
        if header and not all(letter.isascii() and (letter.isalnum() or letter == "-") for letter in header):
            raise RequestError(f"{header!r} is no name of a header", remedy="something like X-Remote-User")
        if others and not header:
            told = "--others is about people that a server in front names"
            raise RequestError(told, remedy="--trusted-header says by which header it does")
        if people is None and not header:
            raise RequestError("nobody could sign in", remedy="--users FILE names who may")
        if people is None and not others:
            told = "nobody would be let in: there is no users file, and others have no role"
            raise RequestError(told, remedy="--others read lets in whomever the header names, to look")
        if people is not None and not people.all():
            raise RequestError("nobody is in it", remedy="travaux users add adds somebody", path=people.file)
        if not header:
            prepare()
        return cls(people, header.lower(), networks, Role(others) if others else None)

    # ------------------------------------------------------------------------------------------ who asks

    def asking(self, scope: Scope, guard: Guard) -> Asking:
        """Who makes a request, as they are at this moment.

        Raises:
            NotAllowed: a server in front should say who it is, and does not, or names somebody who may not come in.
            RequestError: the users file cannot be used.
        """
        headers = Headers(scope=scope)
        address = self.address_of(scope)
        if self.header:
            person = self._named_by_header(scope)
            return Asking(person.rights, guard.token_for(f"person {person.name}"), person, address)
        secret = cookies_of(headers).get(guard.cookie(SESSION_COOKIE), "")
        found = self.sessions.of(secret, self._named) if secret else None
        if found is None:
            return Asking(frozenset(), "", None, address, is_inside=False)
        person, session = found
        return Asking(person.rights, session.token, person, address)

    def outsider(self, scope: Scope) -> Asking:
        """Whoever makes a request, as long as nobody knows who it is."""
        return Asking(frozenset(), "", None, self.address_of(scope), is_inside=False)

    def address_of(self, scope: Scope) -> str:
        """The network address a request comes from: the connection's, or what a server in front says it came from there."""
        client = scope.get("client")
        address = _plain(client[0]) if client else ""
        if not self._is_proxy(address):
            return address
        # Each server adds whom it was asked by at the end; what stands further left may be anybody's invention.
        told = ",".join(Headers(scope=scope).getlist("x-forwarded-for"))
        for one in reversed([_plain(part.strip()) for part in told.split(",")]):
            if not self._is_proxy(one):
                return one if _is_address(one) else address
        return address

    def _named_by_header(self, scope: Scope) -> Person:
        client = scope.get("client")
        if not client or not self._is_proxy(_plain(client[0])):
            told = "this server is asked by way of another one only"
            raise NotAllowed(told, remedy="open the address of the server in front")
        given = [value for name, value in scope["headers"] if name.decode("latin-1").lower() == self.header]
        try:
            (name,) = [one.decode("utf-8").strip() for one in given]
        except ValueError:  # none, several, or not UTF-8
            name = ""
        if not is_name(name):
            raise NotAllowed("the server in front did not say who you are", remedy="sign in there")
        known = self._named(name)
        if known is not None:
            return known
        if self.others is None or (self.people is not None and self.people.is_taken(name)):
            raise NotAllowed(f"{name} may not come in here", remedy="ask whoever keeps the users file")
        return Person(name, self.others, name)

    def _named(self, name: str) -> Person | None:
        return None if self.people is None else self.people.named(name)

    def _is_proxy(self, address: str) -> bool:
        return _is_address(address) and any(ip_address(address) in network for network in self.proxies)


def _plain(address: str) -> str:
    """An address without its zone, and of IPv4 where it is one in the clothes of IPv6."""
    try:
        found = ip_address(address.partition("%")[0])
    except ValueError:
        return address
    if isinstance(found, IPv6Address) and found.ipv4_mapped is not None:
        return str(found.ipv4_mapped)
    return str(found)


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def _network(text: str) -> Network:
    try:
        return ip_network(text)
    except ValueError:
        raise RequestError(f"{text!r} is no network address", remedy="127.0.0.1, ::1 or 10.0.0.0/24") from None
