"""What is done in the pages: judging, adding, taking back, editing the agenda, adding reports. Each by POST."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from travaux.errors import IntakeError, RecordReadOnly, RequestError, UnknownName
from travaux.server.at_hand import AtHand
from travaux.server.edits import edit_of
from travaux.server.forms import corrections_of, fields_of, form_of, local_address, passage_of, text_of
from travaux.server.guards import KEY_COOKIE, Guard, cookies_of
from travaux.server.pages import REVIEWER_COOKIE
from travaux.views.page.links import with_query

MOST_UPLOADED = 80 * 1024 * 1024
"""Bytes of one sending of reports; what one file may have is intake's to say."""
A_YEAR = 365 * 24 * 3600


class Work:
    """The actions over one record."""

    def __init__(self, at_hand: AtHand, guard: Guard):
        self.at_hand = at_hand
        self.guard = guard

    async def judge(self, request: Request) -> Response:
        """Confirm, reject, leave unsure or correct a statement."""
        form = await self._allowed(request)
        identity, verdict, reviewer = (text_of(form, name) for name in ("statement", "verdict", "reviewer"))

        def done() -> int:
            record, held = self.at_hand.record, self.at_hand.held
            quoted = held.contents.found(identity)
            if quoted is None:
                raise UnknownName(f"no statement {identity!r} in this record")
            changes = None
            if verdict == "correct":
                text = record.store.report(quoted.row.id).text
                changes = corrections_of(form, quoted.statement, text)
                if not changes:
                    raise RequestError("nothing was changed", remedy="change a field, or confirm the statement")
            note = text_of(form, "note")
            made = record.judge(identity, verdict, reviewer=reviewer, note=note, corrections=changes)
            return made.number

        return self._on(form, await run_in_threadpool(done), reviewer)

    async def add(self, request: Request) -> Response:
        """Add a statement that every reader missed."""
        form = await self._allowed(request)
        reviewer = text_of(form, "reviewer")

        def done() -> int:
            record = self.at_hand.record
            report = record.store.report(text_of(form, "report"))
            passage = passage_of(form, report.text)
            note = text_of(form, "note")
            made = record.add_statement(report.name, passage, fields_of(form), reviewer=reviewer, note=note)
            return made.number

        return self._on(form, await run_in_threadpool(done), reviewer)

    async def withdraw(self, request: Request) -> Response:
        """Take back one's own judgement: the one named, else the last."""
        form = await self._allowed(request)
        reviewer, number = text_of(form, "reviewer"), text_of(form, "number")

        def done() -> int:
            record = self.at_hand.record
            if number.isdigit() and len(number) < 10:
                made = record.withdraw(int(number), reviewer=reviewer)
            else:
                made = record.undo(reviewer=reviewer)
            return made.number

        return self._on(form, await run_in_threadpool(done), reviewer)

    async def edit_agenda(self, request: Request) -> Response:
        """Make an edit of the agenda, in the very file that was looked at."""
        form = await self._allowed(request)
        edit = edit_of(lambda name: text_of(form, name))
        if edit is None:
            raise RequestError("no edit is named", remedy="start from the page on the agenda")
        expected = text_of(form, "digest")
        await run_in_threadpool(lambda: self.at_hand.record.edit_agenda(edit, expected=expected))
        return RedirectResponse("/agenda?made=1", 303)

    async def add_reports(self, request: Request) -> Response:
        """Add reports that were sent, within intake's limits; they are not read yet."""
        form = await self._allowed(request, MOST_UPLOADED)
        files = [one for one in form.getlist("reports") if isinstance(one, UploadFile) and one.filename]
        if not files:
            raise RequestError("no file was sent", remedy="choose one or more")
        added, refused = [], []
        for file in files:
            # A name only: nothing of it reaches a file system.
            name = PurePosixPath((file.filename or "").replace("\\", "/")).name or "report.txt"
            raw = await file.read()
            await file.close()
            try:
                outcome = await run_in_threadpool(self.at_hand.record.add_bytes, raw, name)
            except IntakeError as error:
                refused.append(f"{name}: {error.message}")
            else:
                added += [one.name for one in outcome.added if str(one.outcome) != "already"]
        if refused:
            raise RequestError("; ".join(refused), remedy=f"{len(added)} of {len(files)} were added")
        return RedirectResponse(with_query("/reports", added=len(added), state="new"), 303)

    async def give_key(self, request: Request) -> Response:
        """Take the key that lets somebody write from elsewhere."""
        form = await form_of(request, self.guard)
        key = text_of(form, "key")
        if not self.guard.key or not self.guard.is_key(key):
            raise RequestError("this is not the key", remedy="it was shown where the server was started")
        answer = RedirectResponse(local_address(text_of(form, "back")), 303)
        answer.set_cookie(KEY_COOKIE, key, httponly=True, samesite="strict")
        return answer

    async def _allowed(self, request: Request, most: int | None = None) -> FormData:
        if not self.guard.may_write(cookies_of(request.headers)):
            raise RecordReadOnly("writing from another machine needs the key", remedy="give it at the foot of any page")
        if self.at_hand.record.store.read_only:
            raise RecordReadOnly("this record is open for reading only")
        return await (form_of(request, self.guard) if most is None else form_of(request, self.guard, most))

    def _on(self, form: FormData, number: int, reviewer: str) -> Response:
        """On to the next page, which says what was done and can take it back."""
        back = local_address(text_of(form, "back"))
        path, _, fragment = back.partition("#")
        joined = f"{path}{'&' if '?' in path else '?'}done={number}" + (f"#{fragment}" if fragment else "")
        answer = RedirectResponse(joined, 303)
        if reviewer:
            answer.set_cookie(REVIEWER_COOKIE, cookie_safe(reviewer), max_age=A_YEAR, httponly=True, samesite="strict")
        return answer


def cookie_safe(name: str) -> str:
    """A name as a cookie may hold it: percent-encoded."""
    return quote(name[:200])
