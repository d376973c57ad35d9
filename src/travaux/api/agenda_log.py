"""Edits of the agenda that were made: signed and listed, and taken back while the file is as they left it."""

from __future__ import annotations

import difflib
import hashlib
import shutil
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Self

from travaux.api.foundation import AGENDA_NAME
from travaux.api.judging import now, signed_by
from travaux.api.questions import Asked
from travaux.errors import RequestError
from travaux.outcomes import AgendaUndo

if TYPE_CHECKING:
    from travaux.record import LoggedEdit

CONTEXT = 2
"""Lines shown around a change of agenda.yaml."""


class AgendaLogged(Asked):
    """The verbs of what was edited in the agenda."""

    @classmethod
    def open(cls, folder: str | Path, *, read_only: bool = False) -> Self:
        """Open the record in a folder, and carry out an edit of its agenda that was cut off once it had been kept.

        Raises:
            NotARecord, RecordReadOnly, RecordTooNew, RecordDamaged: see `Store.open`.
        """
        opened = super().open(folder, read_only=read_only)
        if not read_only and next(opened.folder.glob(f".{AGENDA_NAME}.*.edit"), None):
            opened._carry_out_agenda_edit()
        return opened

    def agenda_log(self) -> list[LoggedEdit]:
        """Every edit of the agenda made through Travaux, and every taking back, in the order they were made.

        What an analyst changes in the file by hand is not among them.
        """
        return self.store.agenda_edits()

    def preview_agenda_undo(self) -> AgendaUndo:
        """The last edit that holds, and what taking it back would change; nothing is written.

        Raises:
            RequestError: there is none, or agenda.yaml is no longer as it left it.
        """
        from travaux.agenda import parse_agenda
        from travaux.record import last_standing

        path = self.folder / AGENDA_NAME
        last = last_standing(self.store.agenda_edits())
        if last is None:
            raise RequestError("no edit of the agenda is left to take back", path=path)
        raw = path.read_bytes()
        if digest_of(raw) != last.after:
            told = f"the file is no longer as edit {last.number} ({last.says}) left it, so that it is not taken back"
            raise RequestError(told, remedy="change it by hand", path=path)
        text, former = raw.decode("utf-8-sig"), last.text_before.removeprefix("\ufeff")
        return AgendaUndo(last, diff_of(text, former), self._read_otherwise(parse_agenda(former).digest))

    def undo_agenda_edit(
        self, *, expected: int | None = None, reviewer: str | None = None, note: str = ""
    ) -> AgendaUndo:
        """Put agenda.yaml back as it was before the last edit that holds; doing it again takes back the one before.

        Nothing is removed from the log: a new row says so. Judgements hold as they did before the edit.

        Args:
            expected: number of the edit that somebody saw; None where nobody looked.
            reviewer: who signs; by default as `settings.reviewer` says.

        Raises:
            RequestError: the last edit is another one, nobody signs, or what `preview_agenda_undo` raises.
        """
        from travaux.record import LoggedEdit

        undo = self.preview_agenda_undo()
        last = undo.edit
        if expected not in (None, last.number):
            raise RequestError(f"the last edit is {last.number} ({last.says})", remedy="look at it again")
        row = LoggedEdit(
            0, "undo", f"takes back {last.says}", signed_by(reviewer), now(), note, last.after, last.before,
            (self.folder / AGENDA_NAME).read_bytes().decode("utf-8"), last.number,
        )  # fmt: skip
        self._write_agenda(row, last.text_before)
        return undo

    def _write_agenda(self, row: LoggedEdit, text: str) -> None:
        """Write agenda.yaml and the row that tells of it: both, or neither.

        The new file stands beside the old one before the row is kept. What is killed after that is carried out when the
        record is opened the next time.

        Raises:
            RequestError: the file is no longer the one the row is about, or the folder cannot be written to.
        """
        from travaux.exchange.whole_files import whole_file

        path, draft = self.folder / AGENDA_NAME, self._drafted(row)

        def check() -> None:
            if digest_of(path.read_bytes()) != row.before:
                raise RequestError("the agenda has changed since the preview", path=path, remedy="look at it again")

        with whole_file(draft) as file:
            file.write(text)
        shutil.copymode(path, draft)
        try:
            self.store.log_agenda_edit(row, check)
        except BaseException:
            draft.unlink(missing_ok=True)
            raise
        self._carry_out_agenda_edit()

    def _drafted(self, row: LoggedEdit) -> Path:
        return self.folder / f".{AGENDA_NAME}.{row.after[:16]}.edit"

    def _carry_out_agenda_edit(self) -> None:
        """Put the file of the last edit in its place, where it still waits for that."""
        edits = self.store.agenda_edits()
        path, draft = self.folder / AGENDA_NAME, edits and self._drafted(edits[-1])
        if draft and draft.is_file() and digest_of(path.read_bytes()) == edits[-1].before:
            with suppress(FileNotFoundError):  # another process was faster
                draft.replace(path)

    def _read_otherwise(self, digest: str) -> tuple[str, ...]:
        """Names of the reports that were read with another agenda than the one of that digest."""
        runs = {run.id: run.agenda_digest for run in self.store.runs()}
        names = {row.id: row.name for row in self.store.report_rows()}
        return tuple(
            sorted({names[one.report_id] for one in self.store.readings() if runs.get(one.run, digest) != digest})
        )

    def _read_before(self) -> tuple[str, ...]:
        rows = [row for name in self.store.readers() for row in self.store.report_rows(reader=name)]
        return tuple(sorted({row.name for row in rows if str(row.state) != "new"}))


def digest_of(raw: bytes) -> str:
    """SHA-256 of a file's bytes."""
    return hashlib.sha256(raw).hexdigest()


def diff_of(before: str, after: str) -> str:
    """The lines of agenda.yaml that change, as a unified diff."""
    lines = difflib.unified_diff(
        before.splitlines(), after.splitlines(), AGENDA_NAME, AGENDA_NAME, lineterm="", n=CONTEXT
    )
    return "\n".join(lines)
