"""The page of what is done beside the pages, and what starts and stops it."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from travaux.record.deeds import What
from travaux.server.beforehand import LINKS
from travaux.server.beside import Beside
from travaux.server.forms import text_of
from travaux.server.pages import Pages
from travaux.server.people import Right
from travaux.server.working import Work
from travaux.views.page.contents import Contents
from travaux.views.page.rendering import rendered

if TYPE_CHECKING:
    from travaux.views.changes import Entry

SHOWN = 60
"""Changes of one kind that are shown."""


class ReadingPage:
    """Reading and fetching, by their pages and forms."""

    def __init__(self, pages: Pages, work: Work, beside: Beside):
        self.pages = pages
        self.work = work
        self.beside = beside

    def look(self, request: Request) -> Response:
        """How far it is, and what came of it; never kept, since it changes without the record."""
        state, held = self.beside.state, self.pages.at_hand.held
        around = self.pages.surroundings(request, held, "reports")
        waiting = sum(1 for row in held.contents.view.rows if row.state == "new")
        html = rendered(
            "served/reading.html",
            **around,
            state=state,
            failures=[f"{one.report}: {one.reason}" for one in state.read.failures] if state and state.read else [],
            refusals=[str(one.error) for one in state.added.refused] if state and state.added else [],
            waiting=waiting,
            most=SHOWN,
            place_of=_places(held.contents),
        )
        return HTMLResponse(html)

    async def read(self, request: Request) -> Response:
        """Begin to read what is new."""
        asking, _ = await self.work.allowed(request, Right.EDIT)
        self.beside.read()
        await run_in_threadpool(self.work.note, asking, What.READ_REPORTS, "what was new")
        return RedirectResponse("/reading", 303)

    async def fetch(self, request: Request) -> Response:
        """Begin to fetch pages by their addresses, one a line."""
        asking, form = await self.work.allowed(request, Right.EDIT)
        addresses = text_of(form, "addresses").split()
        self.beside.fetch(addresses)
        await run_in_threadpool(self.work.note, asking, What.FETCHED_PAGES, " ".join(addresses))
        return RedirectResponse("/reading", 303)

    async def stop(self, request: Request) -> Response:
        """Let it end."""
        await self.work.allowed(request, Right.EDIT)
        self.beside.stop()
        return RedirectResponse("/reading", 303)


def _places(contents: Contents) -> Callable[[Entry], str | None]:
    """A function that gives the address of what changed; None for what the pages do not show."""
    flagged = {flag.id: report_id for report_id, flags in contents.flags.items() for flag in flags}

    def place_of(entry: Entry) -> str | None:
        if entry.kind == "report":
            return LINKS.report(entry.key)
        if entry.kind == "statement":
            return LINKS.by_id(entry.key) if entry.key in contents.by_id else None
        if entry.kind == "flag":
            return f"{LINKS.report(flagged[entry.key])}#f-{entry.key}" if entry.key in flagged else None
        return LINKS.span(entry.kind, entry.key)

    return place_of
