"""How pages are made: once for everybody to whom they look alike, from a record kept in memory."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any
from urllib.parse import unquote

from starlette.requests import Request
from starlette.responses import HTMLResponse, Response

from travaux import settings
from travaux.model import Judgement
from travaux.server.asking import asked_by
from travaux.server.at_hand import Around, AtHand, Held, StillLoading
from travaux.server.beforehand import LINKS, worked_out
from travaux.server.guards import Guard, cookies_of
from travaux.server.people import Right
from travaux.version import __version__
from travaux.views.page.contents import Quoted
from travaux.views.page.rendering import rendered

ALIKE = ("address", "token", "person", "may_write", "may_edit", "needs_key", "reviewer", "shown_at")
"""What pages differ in besides what they are about. The token among it: no page is shown to another person than its own."""
REVIEWER_COOKIE = "travaux-reviewer"
AGAIN = 2
"""Seconds after which a page asks again whether the record is loaded."""


class PageMaking:
    """What all pages over one record have in common."""

    def __init__(self, at_hand: AtHand, guard: Guard):
        self.at_hand = at_hand
        self.guard = guard
        at_hand.beforehand = worked_out

    def error(self, request: Request, status: int, says: str, remedy: str = "", *, again: int = 0) -> Response:
        """A page that says what is wrong.

        Args:
            again: seconds after which it asks again by itself; 0 for never.
        """
        around = self.surroundings(request, None, "error")
        html = rendered("served/error.html", **around, says=says, remedy=remedy, status=status, again=again)
        return HTMLResponse(html, status, {"retry-after": str(again)} if again else None)

    def _held(self, request: Request) -> Held:
        """What the page asked for is made of; the same from its beginning to its end, whatever changes meanwhile."""
        held: Held = request.state.held
        return held

    def _page(self, request: Request, template: str, here: str, **given: Any) -> Response:
        return HTMLResponse(rendered(template, **{**request.state.around, "here": here}, **given))

    def kept(self, look: Callable[[Request], Response]) -> Callable[[Request], Response]:
        """A page that is made once for everybody to whom it looks alike, until the record changes."""

        def looked(request: Request) -> Response:
            try:
                held = self.at_hand.held
            except StillLoading as loading:
                return self.error(request, 503, loading.message, again=AGAIN)
            around = self.surroundings(request, held, "")
            request.state.held, request.state.around = held, around
            page = held.pages.once(tuple(around[name] for name in ALIKE), lambda: look(request))
            if page.status_code != 200:
                return page
            return Response(page.body, media_type="text/html")

        return looked

    def surroundings(self, request: Request, held: Held | None, here: str) -> dict[str, Any]:
        """What every page shows around what it is about."""
        asking, writable = asked_by(request, self.guard), not self.at_hand.record.store.read_only
        named = cookies_of(request.headers).get(REVIEWER_COOKIE, "")
        return {
            "links": LINKS,
            "here": here,
            "address": str(request.url.path) + (f"?{request.url.query}" if request.url.query else ""),
            "agenda": held.agenda if held else None,
            "names": held.contents if held else None,
            "version": __version__,
            "token": asking.token,
            "person": asking.person,
            "is_inside": asking.is_inside,
            "may_write": writable and Right.JUDGE in asking.rights,
            "may_edit": writable and Right.EDIT in asking.rights,
            "needs_key": asking.needs_key,
            "reviewer": asking.person or unquote(named) or settings.reviewer() or "",
            "done": self._done(request) if asking.is_inside else None,
            "shown_at": f"{held.at:%H:%M:%S}" if held and held.behind else "",
        }

    def _done(self, request: Request) -> Judgement | None:
        """The judgement that an address says was just made, to say so and to offer to take it back."""
        number = request.query_params.get("done", "")
        if not number.isdigit() or len(number) > 9:
            return None
        return self.at_hand.record.store.judgement(int(number))

    def _around(self, quoted: Sequence[Quoted]) -> dict[str, Around]:
        spans: dict[str, list[Quoted]] = {}
        for one in quoted:
            spans.setdefault(one.row.id, []).append(one)
        found: dict[str, Around] = {}
        for report_id, ones in spans.items():
            around = self.at_hand.around(report_id, [(one.statement.start, one.statement.end) for one in ones])
            found |= {one.statement.id: around[one.statement.start, one.statement.end] for one in ones}
        return found
