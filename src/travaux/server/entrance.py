"""Signing in and out, by plain forms."""

from __future__ import annotations

import asyncio
import secrets

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from travaux.record.deeds import What
from travaux.server.asking import Asking, asked_by
from travaux.server.forms import form_of, local_address, text_of
from travaux.server.gate import SIGN_IN, too_often
from travaux.server.guards import Guard, cookies_of
from travaux.server.pages import Pages
from travaux.server.passwords import is_password
from travaux.server.people import LONGEST_NAME, Person, folded
from travaux.server.team import SESSION_COOKIE, VISIT_COOKIE, Team
from travaux.server.trail import Trail
from travaux.views.page.rendering import rendered

AT_ONCE = 2
"""Passwords that are checked at one moment: each takes 64 MiB and a core."""
MOST_WAITING = 20
"""Attempts that wait for that; more are sent away at once."""


class Entrance:
    """The sign-in page of a team's server, and the way out."""

    def __init__(self, team: Team, guard: Guard, pages: Pages, trail: Trail):
        self.team, self.guard, self.pages, self.trail = team, guard, pages, trail
        self._waiting = 0
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def page(self, request: Request) -> Response:
        """The sign-in page."""
        back = local_address(request.query_params.get("back", ""))
        if asked_by(request, self.guard).person is not None:
            return RedirectResponse(back, 303)
        return self._page(request, back)

    async def sign_in(self, request: Request) -> Response:
        """Let somebody in by name and password."""
        cookies = cookies_of(request.headers)
        visit = cookies.get(self.guard.cookie(VISIT_COOKIE), "")
        asking = asked_by(request, self.guard)
        # Who has not signed in has no session to tie a form to; a cookie of the sign-in page takes its place, so that a
        # stranger's page cannot sign a browser in as somebody else.
        token = self.guard.token_for(f"visit {visit}") if visit else ""
        form = await form_of(request, Asking(asking.rights, token, None, asking.address))
        name, back = text_of(form, "name")[:LONGEST_NAME], local_address(text_of(form, "back"))
        password = form.get("password", "")
        wait = self.team.delays.attempt(folded(name), asking.address)
        if wait or self._waiting >= MOST_WAITING:
            return too_often(self.pages.error, request, wait or 1.0)
        self._waiting += 1
        try:
            person = await self._known(name, password if isinstance(password, str) else "")
        finally:
            self._waiting -= 1
        if person is None:
            await run_in_threadpool(self._note_failure, asking, name)
            return self._page(request, back, name=name, is_wrong=True)
        self.team.delays.succeeded(folded(name), asking.address)
        self.team.sessions.end(cookies.get(self.guard.cookie(SESSION_COOKIE), ""))
        inside = Asking(person.rights, "", person, asking.address)
        await run_in_threadpool(self.trail.note, inside, What.SIGNED_IN)
        answer = RedirectResponse(back, 303)
        self._keep(answer, SESSION_COOKIE, self.team.sessions.begin(person))
        self._drop(answer, VISIT_COOKIE)
        return answer

    async def sign_out(self, request: Request) -> Response:
        """End the session."""
        asking = asked_by(request, self.guard)
        await form_of(request, asking)
        self.team.sessions.end(cookies_of(request.headers).get(self.guard.cookie(SESSION_COOKIE), ""))
        await run_in_threadpool(self.trail.note, asking, What.SIGNED_OUT)
        answer = RedirectResponse(SIGN_IN, 303)
        self._drop(answer, SESSION_COOKIE)
        return answer

    async def _known(self, name: str, password: str) -> Person | None:
        """Who it is, if the password is theirs."""
        person = self.team.people.named(name) if self.team.people else None
        async with self._turns:
            right = await run_in_threadpool(is_password, password, person.password if person else "")
        return person if right else None

    def _note_failure(self, asking: Asking, name: str) -> None:
        # A name that nobody has may be a password in the wrong field, and is written down nowhere.
        known = self.team.people.named(name) if self.team.people else None
        about = "" if known else "a name that nobody has"
        self.trail.note(asking, What.SIGN_IN_FAILED, about, person=known.name if known else "")

    def _page(self, request: Request, back: str, *, name: str = "", is_wrong: bool = False) -> Response:
        had = cookies_of(request.headers).get(self.guard.cookie(VISIT_COOKIE), "")
        # Kept where there is one, so that the form in another tab stays good.
        visit = had if len(had) == len(secrets.token_urlsafe(24)) else secrets.token_urlsafe(24)
        around = self.pages.surroundings(request, None, "sign-in")
        around["token"] = self.guard.token_for(f"visit {visit}")
        html = rendered("served/sign_in.html", **around, back=back, name=name, is_wrong=is_wrong)
        answer = HTMLResponse(html, 403 if is_wrong else 200)
        self._keep(answer, VISIT_COOKIE, visit)
        return answer

    def _keep(self, answer: Response, name: str, value: str) -> None:
        # Lax, not strict: a link in a mail to a page of the record must find its reader signed in. Nothing changes by GET.
        private = self.guard.is_private
        answer.set_cookie(self.guard.cookie(name), value, path="/", httponly=True, samesite="lax", secure=private)

    def _drop(self, answer: Response, name: str) -> None:
        private = self.guard.is_private
        answer.delete_cookie(self.guard.cookie(name), path="/", httponly=True, samesite="lax", secure=private)
