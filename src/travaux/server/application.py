"""The app: which address is which page, and how mistakes are told."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from functools import cache

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from travaux.errors import RecordBusy, RecordReadOnly, RequestError, StoreError, TravauxError, UnknownName
from travaux.server.asking import NotAllowed
from travaux.server.at_hand import AtHand
from travaux.server.beside import Beside
from travaux.server.entrance import Entrance
from travaux.server.forms import TooLarge
from travaux.server.gate import SIGN_IN, Gate
from travaux.server.guards import Guard, Guarded
from travaux.server.pages import Pages
from travaux.server.reading_page import ReadingPage
from travaux.server.team import Team
from travaux.server.trail import Trail
from travaux.server.working import Work
from travaux.views.page.rendering import ASSETS, asset, beside

KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}
FOR_GOOD = "public, max-age=31536000, immutable"

Look = Callable[[Request], Response]
Act = Callable[[Request], Awaitable[Response]]


def application(at_hand: AtHand, guard: Guard, beside: Beside, team: Team | None = None) -> Guarded:
    """The ASGI app over a record, guarded; with a team only for its people.

    Args:
        beside: does what takes long.
    """
    pages = Pages(at_hand, guard)
    looks: dict[str, Look] = {
        "/": pages.overview,
        "/options/{option}": pages.option,
        "/parties/{party}": pages.party,
        "/statements/{statement}": pages.statement,
        "/reports": pages.reports,
        "/reports/{report}": pages.report,
        "/timeline": pages.timeline,
        "/network": pages.network,
        "/search": pages.search,
        "/across": pages.across,
        "/happenings": pages.happenings,
        "/families": pages.families,
        "/terms": pages.terms,
        "/review": pages.review,
        "/agenda": pages.agenda,
    }
    trail = Trail(at_hand.record) if team else None
    work = Work(at_hand, guard, trail)
    reading = ReadingPage(pages, work, beside)
    acts: dict[str, Act] = {
        "/judgements": work.judge,
        "/judgements/blind": work.judge_blind,
        "/withdrawals": work.withdraw,
        "/statements": work.add,
        "/agenda": work.edit_agenda,
        "/agenda/undo": work.undo_agenda,
        "/reports": work.add_reports,
        "/key": work.give_key,
        "/reading": reading.read,
        "/reading/stop": reading.stop,
        "/addresses": reading.fetch,
    }
    routes = [Route(path, _plainly(pages.kept(look), pages), methods=["GET"]) for path, look in looks.items()]
    routes += [
        Route(path, _plainly(pages.terms_file, pages), methods=["GET"]) for path in ("/terms.csv", "/packages.csv")
    ]
    routes.append(Route("/reading", _plainly(reading.look, pages), methods=["GET"]))
    routes += [Route(path, _told(act, pages), methods=["POST"]) for path, act in acts.items()]
    if team and trail and not team.header:
        entrance = Entrance(team, guard, pages, trail)
        routes.append(Route(SIGN_IN, _told(entrance.page, pages), methods=["GET"]))
        routes.append(Route(SIGN_IN, _told(entrance.sign_in, pages), methods=["POST"]))
        routes.append(Route("/sign-out", _told(entrance.sign_out, pages), methods=["POST"]))
    routes += [Route(asset(name), _static, methods=["GET"]) for name in ASSETS]

    async def told(request: Request, error: Exception) -> Response:
        assert isinstance(error, HTTPException)
        return pages.error(request, error.status_code, error.detail)

    async def bug(request: Request, error: Exception) -> Response:
        return pages.error(request, 500, f"a bug of Travaux: {type(error).__name__}", "the terminal shows more")

    app = Starlette(routes=routes, exception_handlers={HTTPException: told, Exception: bug})
    return Guarded(Gate(app, team, guard, pages.error) if team else app, guard)


def _plainly(look: Look, pages: Pages) -> Act:
    """A page in a thread of its own, its known errors told in a line."""
    return _told(lambda request: run_in_threadpool(look, request), pages)


def _told(act: Act, pages: Pages) -> Act:
    """An action, its known errors told in a line."""

    async def answered(request: Request) -> Response:
        try:
            return await act(request)
        except TravauxError as error:
            return pages.error(request, status_of(error), error.message, error.remedy)

    return answered


def status_of(error: TravauxError) -> int:
    """The status of HTTP that says what an error is."""
    if isinstance(error, UnknownName):
        return 404
    if isinstance(error, TooLarge):
        return 413
    if isinstance(error, RecordReadOnly | NotAllowed):
        return 403
    if isinstance(error, RecordBusy):
        return 409
    if isinstance(error, RequestError):
        return 400
    return 503 if isinstance(error, StoreError) else 500


@cache
def _served(path: str) -> tuple[bytes, str]:
    name = next(name for name in ASSETS if asset(name) == path)
    return beside(name).encode(), KINDS[name.rsplit(".", 1)[1]]


async def _static(request: Request) -> Response:
    # The path is one of a few known ones; no file is looked for by what a request says.
    content, kind = _served(request.url.path)
    return Response(content, headers={"content-type": kind, "cache-control": FOR_GOOD})
