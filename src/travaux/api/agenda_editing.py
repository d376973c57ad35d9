"""Edits of the agenda, each with a preview of what it changes."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.api.agenda_log import AgendaLogged, diff_of, digest_of
from travaux.api.foundation import AGENDA_NAME
from travaux.api.judging import now, signed_by
from travaux.errors import AgendaError, RecordReadOnly, RequestError
from travaux.model import Agenda, Stance
from travaux.naming import id_of
from travaux.outcomes import AgendaPreview, PositionChange

if TYPE_CHECKING:
    from travaux.agenda.editing import AgendaEdit
    from travaux.analysis import JudgedStatement


class AgendaEdited(AgendaLogged):
    """The verbs that edit the agenda."""

    def preview_edit(self, edit: AgendaEdit, *, reader: str | None = None) -> AgendaPreview:
        """What an edit of the agenda would change; nothing is written.

        Args:
            edit: one of `travaux.agenda.editing`; parties, people and options by id or any name.
            reader: whose statements the changed positions are told for, see `judged`.

        Raises:
            AgendaError: the agenda cannot be used, or could not after the edit. UnknownName, RequestError: see
            `travaux.agenda.editing.edited_text`.
        """
        return self._previewed(edit, reader)[0]

    def edit_agenda(
        self, edit: AgendaEdit, *, expected: str | None = None, reviewer: str | None = None, note: str = ""
    ) -> AgendaPreview:
        """Make an edit in agenda.yaml, whose comments and order stay, and return what it changed.

        Judgements stay in force: those on a merged option hold for the one it was merged into. Reports must be read anew. The
        edit is signed and kept, so that `undo_agenda_edit` can take it back.

        Args:
            expected: the `digest` of the preview somebody agreed to; None where nobody looked.
            reviewer: who signs; by default as `settings.reviewer` says. note: why, in free text.

        Raises:
            RequestError: the file is no longer the one expected, or cannot be written; nobody signs. RecordReadOnly: the
            record was opened for reading only. What `preview_edit` raises.
        """
        from travaux.agenda.editing import MergedOptions, NewOption
        from travaux.record import LoggedEdit

        if self.store.read_only:
            raise RecordReadOnly("this record was opened for reading only", path=self.folder)
        preview, text = self._previewed(edit, None)
        path = self.folder / AGENDA_NAME
        if expected not in (None, preview.digest):
            raise RequestError("the agenda has changed since the preview", path=path, remedy="look at it again")
        made = preview.edit
        kind = (
            "add-option" if isinstance(made, NewOption) else "merge" if isinstance(made, MergedOptions) else "add-name"
        )
        before = path.read_bytes().decode("utf-8")
        row = LoggedEdit(
            0, kind, str(made), signed_by(reviewer), now(), note, preview.digest, digest_of(text.encode()), before
        )  # fmt: skip
        self._write_agenda(row, text)
        return preview

    def _previewed(self, edit: AgendaEdit, reader: str | None) -> tuple[AgendaPreview, str]:
        from travaux.agenda import parse_agenda
        from travaux.agenda.editing import MergedOptions, edited_text

        path = self.folder / AGENDA_NAME
        resolved = self._resolved(edit)  # loads the agenda, so that what is wrong with it is told with file and line
        raw = path.read_bytes()
        text = raw.decode("utf-8-sig")
        try:
            made = edited_text(text, resolved)
        except AgendaError as error:  # the lines it names are those of a file that nobody has
            raise RequestError(f"the edit would break the agenda: {error.message}", remedy=error.remedy) from None
        before, after = self.agenda, parse_agenda(made)
        touched = (
            self._merge_of(resolved, reader) if isinstance(resolved, MergedOptions) else AgendaPreview(edit, "", "")
        )
        preview = replace(
            touched,
            edit=resolved,
            digest=digest_of(raw),
            diff=diff_of(text, made),
            found_in=self._found_in(resolved),
            reread=self._read_before() if before.digest != after.digest else (),
            warnings=(*touched.warnings, *self._new_problems(text, made)),
        )
        return preview, ("\ufeff" if raw.startswith(b"\xef\xbb\xbf") else "") + made

    def _resolved(self, edit: AgendaEdit) -> AgendaEdit:
        """The edit with ids for names."""
        from travaux.agenda.editing import MergedOptions, NewName, NewOption

        agenda = self.agenda
        if isinstance(edit, MergedOptions):
            return MergedOptions(self._option(edit.gone) or "", self._option(edit.kept) or "")
        if isinstance(edit, NewName):
            party = self._party(edit.party) or ""
            return NewName(party, edit.name, edit.person and _person_named(agenda, party, edit.person))
        issues = {issue.id: (issue.id, issue.title) for issue in agenda.issues}
        return NewOption(id_of(edit.issue, issues, "issue"), edit.says, edit.words, edit.id)

    def _merge_of(self, edit: AgendaEdit, reader: str | None) -> AgendaPreview:
        """What a merge touches."""
        from travaux.agenda.editing import MergedOptions
        from travaux.analysis import over_readers, renamed_judgements, renamed_statements
        from travaux.analysis.judgements import held_judgements

        assert isinstance(edit, MergedOptions)
        own, others, made, added = self._sources(reader)
        before = over_readers(own, others, made, added)
        ids = {edit.gone: edit.kept}
        renamed = [renamed_statements(source, ids) for source in (own, others, added)]
        after = over_readers(renamed[0], renamed[1], renamed_judgements(made, ids), renamed[2])
        touched = [one for one in before if edit.gone in (one.statement.option, one.effective.option)]
        held = held_judgements([*own, *others, *added], made)
        judgements = {one.number: one for judged in touched for one in held.get(judged.statement.id, ())}
        return AgendaPreview(
            edit,
            "",
            "",
            statements=tuple(one.effective for one in touched),
            judgements=tuple(judgements[number] for number in sorted(judgements)),
            positions=self._changes(before, after),
            warnings=tuple(_judged_on_both(before, edit.gone, edit.kept)),
        )

    def _changes(
        self, before: Sequence[JudgedStatement], after: Sequence[JudgedStatement]
    ) -> tuple[PositionChange, ...]:
        held = [
            {(one.party, one.option): one.stances for one in self._positions_of(judged)} for judged in (before, after)
        ]
        none: tuple[Stance, ...] = ()
        changes = (
            PositionChange(*cell, held[0].get(cell, none), held[1].get(cell, none))
            for cell in sorted(held[0].keys() | held[1].keys())
        )
        return tuple(one for one in changes if one.before != one.after)

    def _found_in(self, edit: AgendaEdit) -> tuple[str, ...]:
        """Names of the reports in which what an edit adds stands: names to the letter, words as `agenda check` finds them."""
        from travaux.agenda.editing import NewName, NewOption
        from travaux.agenda.occurrence import Wordings

        reports = self.store.reports()
        if isinstance(edit, NewName):
            pattern = re.compile(rf"(?<!\w){re.escape(' '.join(edit.name.split()))}(?!\w)")
            return tuple(one.name for one in reports if pattern.search(one.text))
        if not isinstance(edit, NewOption):
            return ()
        found = []
        for report in reports:
            wordings = Wordings([report.text])
            if any(wordings.has(word) for word in edit.words):
                found.append(report.name)
        return tuple(found)

    def _new_problems(self, before: str, after: str) -> list[str]:
        """What the agenda's checks find after an edit and did not before, without lines, which shift."""
        from travaux.agenda.loading import check_text

        texts = {report.name: report.text for report in self.store.reports()}
        known = {_without_lines(one.message) for one in check_text(before, texts)}
        return [
            f"{one.message} ({one.remedy})" if one.remedy else one.message
            for one in check_text(after, texts)
            if _without_lines(one.message) not in known
        ]


def _judged_on_both(judged: Sequence[JudgedStatement], gone: str, kept: str) -> list[str]:
    """Passages whose judgement on one of two options will hold for what was read on the other."""
    from travaux.analysis.judgements import shared_passage

    kept_by_place: dict[tuple[str, str], list[JudgedStatement]] = defaultdict(list)
    for one in judged:
        if one.statement.option == kept:
            kept_by_place[one.statement.report_id, one.statement.party].append(one)
    told = []
    for one in judged:
        read = one.statement
        if read.option != gone or one.verdict is None:
            continue
        for other in kept_by_place.get((read.report_id, read.party), ()):
            if shared_passage(read, other.statement) and one.verdict != other.verdict:
                told.append(
                    f"{read.report}: {read.party}'s statement {read.id} on {gone} has the verdict {one.verdict}, "
                    f"{other.statement.id} on {kept} in the same passage {other.verdict or 'none'}: read anew, they are one"
                )
    return told


def _person_named(agenda: Agenda, party: str, named: str) -> str:
    """The full name of a person of a party, by any of her names; what is unknown is told by the edit itself."""
    found = agenda.party(party)
    people = {person.name: (person.name, *person.names) for person in found.people} if found else {}
    return id_of(named, people, "person")


def _without_lines(message: str) -> str:
    return re.sub(r"line \d+", "line", message)
