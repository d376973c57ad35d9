"""Who asks, and what they may: the same for a server of one's own, where anybody may, and for a team's."""

from __future__ import annotations

import hmac
from dataclasses import dataclass

from starlette.requests import Request
from starlette.types import Scope

from travaux.errors import RequestError
from travaux.server.guards import Guard, cookies_of
from travaux.server.people import RIGHTS, Person, Right, Role

PLACE = "travaux.asking"
"""Where a team's gate leaves it in the scope of a request."""


class NotAllowed(RequestError):
    """Whoever asks may not do this."""


@dataclass(frozen=True, slots=True)
class Asking:
    """Who asks.

    Attributes:
        rights: what they may do.
        token: what their forms carry; with an empty one nothing is carried out.
        person: who it is, on a team's server; None on one's own, and before somebody has signed in.
        address: the network address it comes from, on a team's server.
        needs_key: whether the key would let them write.
        is_inside: whether they may see anything of the record.
    """

    rights: frozenset[Right]
    token: str
    person: Person | None = None
    address: str = ""
    needs_key: bool = False
    is_inside: bool = True

    def is_token(self, given: str) -> bool:
        """Whether a form was made for whoever asks."""
        return bool(self.token) and hmac.compare_digest(given.encode(), self.token.encode())

    def check(self, right: Right) -> None:
        """Refuse what they may not do.

        Raises:
            NotAllowed: their role does not let them.
        """
        if right in self.rights:
            return
        if self.needs_key:
            told, remedy = "writing from another machine needs the key", "give it at the foot of any page"
            raise NotAllowed(told, remedy=remedy)
        needed = next(role for role in Role if right in RIGHTS[role])
        had = f"as {self.person.name} you may {self.person.role}" if self.person else "you have not signed in"
        raise NotAllowed(f"{had}; this needs the role {needed}", remedy="ask whoever keeps the users file")


def asked_by(request: Request, guard: Guard) -> Asking:
    """Who makes a request: whom the gate found, on a team's server; else anybody, who may write where the guard lets them."""
    found = request.scope.get(PLACE)
    if isinstance(found, Asking):
        return found
    may_write = guard.may_write(cookies_of(request.headers))
    return Asking(RIGHTS[Role.EDIT if may_write else Role.READ], guard.token, needs_key=not may_write)


def leave(scope: Scope, asking: Asking) -> None:
    """Leave in a request who makes it."""
    scope[PLACE] = asking
