"""What is done in the pages: judging, adding, taking back, editing the agenda, adding reports. Each by POST."""

from __future__ import annotations

from pathlib import PurePosixPath
from urllib.parse import quote

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from travaux.errors import IntakeError, RecordReadOnly, RequestError, UnknownName
from travaux.model import Judgement
from travaux.record.deeds import What
from travaux.server.asking import Asking, NotAllowed, asked_by
from travaux.server.at_hand import AtHand
from travaux.server.edits import edit_of
from travaux.server.forms import MOST_FORM, corrections_of, fields_of, form_of, local_address, passage_of, text_of
from travaux.server.guards import KEY_COOKIE, Guard
from travaux.server.page_making import REVIEWER_COOKIE
from travaux.server.people import Right
from travaux.server.trail import Trail
from travaux.views.page.links import with_query

MOST_UPLOADED = 80 * 1024 * 1024
"""Bytes of one sending of reports; what one file may have is intake's to say."""
A_YEAR = 365 * 24 * 3600


class Work:
    """The actions over one record."""

    def __init__(self, at_hand: AtHand, guard: Guard, trail: Trail | None = None):
        self.at_hand = at_hand
        self.guard = guard
        self.trail = trail

    async def judge(self, request: Request) -> Response:
        """Confirm, reject, leave unsure or correct a statement."""
        asking, form = await self.allowed(request, Right.JUDGE)
        identity, verdict, reviewer = text_of(form, "statement"), text_of(form, "verdict"), _signer(asking, form)

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
            return self._made(asking, What.JUDGED, made)

        return self._on(form, await run_in_threadpool(done), asking)

    async def judge_blind(self, request: Request) -> Response:
        """Code a passage without having seen what was read of it."""
        asking, form = await self.allowed(request, Right.JUDGE)
        reviewer = _signer(asking, form)

        def done() -> int:
            made = self.at_hand.record.judge_blind(
                text_of(form, "statement"),
                text_of(form, "stance"),
                act=text_of(form, "act") or None,
                condition=text_of(form, "condition") or None,
                former="former" in form,
                reviewer=reviewer,
                note=text_of(form, "note"),
            )
            return self._made(asking, What.JUDGED, made)

        return self._on(form, await run_in_threadpool(done), asking)

    async def add(self, request: Request) -> Response:
        """Add a statement that every reader missed."""
        asking, form = await self.allowed(request, Right.JUDGE)
        reviewer = _signer(asking, form)

        def done() -> int:
            record = self.at_hand.record
            report = record.store.report(text_of(form, "report"))
            passage = passage_of(form, report.text)
            note = text_of(form, "note")
            made = record.add_statement(report.name, passage, fields_of(form), reviewer=reviewer, note=note)
            return self._made(asking, What.ADDED_STATEMENT, made)

        return self._on(form, await run_in_threadpool(done), asking)

    async def withdraw(self, request: Request) -> Response:
        """Take back one's own judgement: the one named, else the last. Of a team, who edits takes back anybody's."""
        asking, form = await self.allowed(request, Right.JUDGE)
        reviewer, number = _signer(asking, form), text_of(form, "number")
        others = asking.person is not None and Right.EDIT in asking.rights

        def done() -> int:
            record = self.at_hand.record
            if number.isdigit() and len(number) < 10:
                made = record.withdraw(int(number), reviewer=reviewer, others=others)
            else:
                made = record.undo(reviewer=reviewer)
            return self._made(asking, What.WITHDREW, made)

        return self._on(form, await run_in_threadpool(done), asking)

    async def edit_agenda(self, request: Request) -> Response:
        """Make an edit of the agenda, in the very file that was looked at."""
        asking, form = await self.allowed(request, Right.EDIT)
        edit = edit_of(lambda name: text_of(form, name))
        if edit is None:
            raise RequestError("no edit is named", remedy="start from the page on the agenda")
        expected = text_of(form, "digest")
        signed = {"reviewer": _signer(asking, form), "note": text_of(form, "note")}

        def done() -> None:
            self.at_hand.record.edit_agenda(edit, expected=expected, **signed)
            self.note(asking, What.EDITED_AGENDA, str(edit))

        await run_in_threadpool(done)
        return self._remembered(RedirectResponse("/agenda?made=1", 303), form, asking)

    async def undo_agenda(self, request: Request) -> Response:
        """Take the last edit of the agenda back, the very one that was looked at."""
        asking, form = await self.allowed(request, Right.EDIT)
        number, reviewer = text_of(form, "number"), _signer(asking, form)
        expected = int(number) if number.isdigit() and len(number) < 10 else 0

        def done() -> None:
            self.at_hand.record.undo_agenda_edit(expected=expected, reviewer=reviewer)
            self.note(asking, What.EDITED_AGENDA, f"took back edit {expected}")

        await run_in_threadpool(done)
        return self._remembered(RedirectResponse("/agenda?made=1", 303), form, asking)

    async def add_reports(self, request: Request) -> Response:
        """Add reports that were sent, within intake's limits; they are not read yet."""
        asking, form = await self.allowed(request, Right.EDIT, MOST_UPLOADED)
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
        if added:
            await run_in_threadpool(self.note, asking, What.SENT_REPORTS, ", ".join(added))
        if refused:
            raise RequestError("; ".join(refused), remedy=f"{len(added)} of {len(files)} were added")
        return RedirectResponse(with_query("/reports", added=len(added), state="new"), 303)

    async def give_key(self, request: Request) -> Response:
        """Take the key that lets somebody write from elsewhere."""
        form = await form_of(request, asked_by(request, self.guard))
        key = text_of(form, "key")
        if not self.guard.key or not self.guard.is_key(key):
            raise RequestError("this is not the key", remedy="it was shown where the server was started")
        answer = RedirectResponse(local_address(text_of(form, "back")), 303)
        answer.set_cookie(KEY_COOKIE, key, httponly=True, samesite="strict", secure=self.guard.is_private)
        return answer

    async def allowed(self, request: Request, right: Right, most: int = MOST_FORM) -> tuple[Asking, FormData]:
        """Who asks, and the form they sent, if they may do what it asks for.

        Raises:
            NotAllowed: they may not. RecordReadOnly: nobody may. Otherwise as `form_of`.
        """
        asking = asked_by(request, self.guard)
        try:
            asking.check(right)
        except NotAllowed:
            await run_in_threadpool(self.note, asking, What.REFUSED, request.url.path)
            raise
        if self.at_hand.record.store.read_only:
            raise RecordReadOnly("this record is open for reading only")
        return asking, await form_of(request, asking, most)

    def _made(self, asking: Asking, what: What, made: Judgement) -> int:
        """Note a judgement that was made, and return its number; the next page shows it."""
        told = f"judgement {made.number}: {made.verdict} {made.statement}"
        self.note(asking, what, told if made.withdraws is None else f"{told}, judgement {made.withdraws}")
        return made.number

    def note(self, asking: Asking, what: What, about: str) -> None:
        """Write down what a team's person did; without a team nothing is."""
        if self.trail is not None:
            self.trail.note(asking, what, about)

    def _on(self, form: FormData, number: int, asking: Asking) -> Response:
        """On to the next page, which says what was done and can take it back."""
        back = local_address(text_of(form, "back"))
        path, _, fragment = back.partition("#")
        joined = f"{path}{'&' if '?' in path else '?'}done={number}" + (f"#{fragment}" if fragment else "")
        return self._remembered(RedirectResponse(joined, 303), form, asking)

    def _remembered(self, answer: Response, form: FormData, asking: Asking) -> Response:
        """An answer that lets the next page know who signs, where nobody has to sign in."""
        reviewer = text_of(form, "reviewer")
        if reviewer and asking.person is None:
            answer.set_cookie(REVIEWER_COOKIE, cookie_safe(reviewer), max_age=A_YEAR, httponly=True, samesite="strict")
        return answer


def _signer(asking: Asking, form: FormData) -> str:
    """Who signs: on a team's server who has signed in, whatever a form says; else whom the form names."""
    return asking.person.signs if asking.person else text_of(form, "reviewer")


def cookie_safe(name: str) -> str:
    """A name as a cookie may hold it: percent-encoded."""
    return quote(name[:200])
