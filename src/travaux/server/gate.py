"""The gate of a team's server: every request is somebody's whom it knows, or goes to the sign-in page.

It stands before all pages, so that a new one is closed to strangers without anybody thinking of it. Only style sheets,
scripts and the sign-in page are open to all.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from travaux.errors import RequestError
from travaux.server.asking import NotAllowed, leave
from travaux.server.guards import SAFE, Guard
from travaux.server.team import Team
from travaux.views.page.links import with_query
from travaux.views.words import counted

SIGN_IN = "/sign-in"
OPEN = "/static/"

Told = Callable[[Request, int, str, str], Response]
"""A page that says what is wrong: the request, the status, what, and what to do."""


class Gate:
    """Lets through who may come in, as often as they may."""

    def __init__(self, app: ASGIApp, team: Team, guard: Guard, told: Told):
        self.app, self.team, self.guard, self.told = app, team, guard, told

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        answer = await self._refusal(scope)
        await (self.app if answer is None else answer)(scope, receive, send)

    async def _refusal(self, scope: Scope) -> Response | None:
        """What is answered in place of the page, or None; who asks is left in the scope."""
        request, path = Request(scope), str(scope["path"])
        leave(scope, self.team.outsider(scope))
        if path.startswith(OPEN):
            return None
        try:
            asking = await run_in_threadpool(self.team.asking, scope, self.guard)
        except NotAllowed as error:
            return self.told(request, 403, error.message, error.remedy)
        except RequestError as error:
            # Which file and what is wrong with it is for whoever keeps it.
            print(f"Error: {error}", file=sys.stderr, flush=True)
            told = "nobody can be let in: the users file cannot be used"
            return self.told(request, 503, told, "whoever started the server sees why")
        leave(scope, asking)
        if asking.person is None:
            if path == SIGN_IN and not self.team.header:
                return None
            if scope["method"] not in SAFE:
                return self.told(request, 403, "you have not signed in, or not lately", "sign in and repeat it")
            back = path + (f"?{request.url.query}" if request.url.query else "")
            return RedirectResponse(with_query(SIGN_IN, back=back) if back != "/" else SIGN_IN, 303)
        kind = kind_of(str(scope["method"]), path, request.url.query)
        wait = self.team.limits[kind].wait(asking.person.name) if kind else 0.0
        return too_often(self.told, request, wait) if wait else None


def too_often(told: Told, request: Request, wait: float) -> Response:
    """What somebody is told who must wait, in seconds."""
    seconds = math.ceil(wait)
    shown = counted(seconds, "second") if seconds < 120 else f"{math.ceil(seconds / 60)} minutes"
    answer = told(request, 429, "this was too often", f"try again in {shown}")
    answer.headers["retry-after"] = str(seconds)
    return answer


def kind_of(method: str, path: str, query: str) -> str:
    """By which limit a request is counted; empty for none."""
    if method not in SAFE:
        return "send" if path == "/reports" else "write"
    # An edit of the agenda that is looked at works through the whole record, as a search does.
    return "search" if query and path in ("/search", "/agenda") else ""
