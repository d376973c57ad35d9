"""What every verb of a record stands on: its folder, store and agenda, and names that are looked up in them."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from travaux.api.looking import JUDGEMENTS, Look, looking_at, once
from travaux.errors import AgendaError, UnknownName
from travaux.model import Agenda, Judgement, PartialDate, Statement, Verdict
from travaux.naming import id_of, title_of

# Only what is light is imported above: a command that prints its help must not wait for spaCy, lxml and SQLAlchemy.
if TYPE_CHECKING:
    from travaux.record import ReportRow, Store

AGENDA_NAME = "agenda.yaml"
LOCAL = "local"
"""The reader that ships, and the one that counts where nobody chose another."""

Progress = Callable[[str, int, int], None]
"""Told a report's name, its place from 1, and how many there are (0: not known), before it is worked on."""


class RecordBase:
    """A record's folder, store and agenda, and the names that its verbs look up in them; see `travaux.api.Record`."""

    def __init__(self, folder: Path, store: Store):
        self.folder = folder
        self.store = store
        self._agenda: tuple[tuple[int, int], Agenda] | None = None

    @classmethod
    def new(cls, folder: str | Path, title: str = "") -> Self:
        """Make a record: its folder, a commented ``agenda.yaml`` unless there is one, and an empty database.

        Raises:
            RecordExists: there is a record already. RecordReadOnly: the folder may not be written.
        """
        from travaux.agenda import agenda_template
        from travaux.exchange.whole_files import whole_file
        from travaux.record import Store, check_room, is_record

        place = Path(folder)
        agenda = place / AGENDA_NAME
        check_room(place)
        # The database comes last: where this is cut short there is no record yet, and it can be made again.
        written = not agenda.exists()
        if written:
            with whole_file(agenda) as file:
                file.write(agenda_template(title or title_of(place)))
        try:
            return cls(place, Store.create(place))
        except BaseException:
            if written and not is_record(place):  # else another process was faster, and it is its agenda
                agenda.unlink(missing_ok=True)
            raise

    @classmethod
    def open(cls, folder: str | Path, *, read_only: bool = False) -> Self:
        """Open the record in a folder.

        Raises:
            NotARecord, RecordReadOnly, RecordTooNew, RecordDamaged: see `Store.open`.
        """
        from travaux.record import Store

        return cls(Path(folder), Store.open(Path(folder), read_only=read_only))

    def close(self) -> None:
        """Close the database."""
        self.store.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def __repr__(self) -> str:
        return f"Record({str(self.folder)!r})"

    @property
    def notice(self) -> str:
        """What the agenda wants said wherever the record is shown; empty where it says nothing or cannot be used."""
        try:
            return self.agenda.notice
        except AgendaError:
            return ""

    @property
    def agenda(self) -> Agenda:
        """The agenda as the file gives it now.

        Raises:
            AgendaError: it cannot be used; names file, line and what was expected.
        """
        from travaux.agenda import load_agenda

        path = self.folder / AGENDA_NAME
        try:
            status = path.stat()
        except OSError:
            return load_agenda(path)  # tells what is wrong
        stamp = (status.st_mtime_ns, status.st_size)
        if self._agenda is None or self._agenda[0] != stamp:
            self._agenda = (stamp, load_agenda(path))
        return self._agenda[1]

    @contextmanager
    def looking(self, look: Look | None = None) -> Iterator[Look]:
        """Within the block, what several questions need is asked of the database once; nothing may be written in it.

        Args:
            look: an earlier look to go on with; None for the one there is, or a new one.
        """
        with looking_at(self, look) as held:
            yield held

    # ------------------------------------------------------------------------------------------ names

    @property
    def reader(self) -> str:
        """Name of the reader whose statements count where none is named: the one chosen last, ``local`` until then."""
        return self.store.info().get("reader", LOCAL)

    def choose_reader(self, name: str) -> None:
        """Let a reader's statements count from now on where none is named.

        Raises:
            UnknownName: no reader of that name has read any report.
        """
        self.store.set_info("reader", self._reader_name(name))

    def _dates(self) -> dict[str, PartialDate | None]:
        """Date of publication by report id."""
        return once(self, ("dates",), self.store.dates)

    def _rows(self, reader: str) -> list[ReportRow]:
        """All reports without their text, by name, with what a reader of that very name made of them."""
        return list(once(self, ("rows", reader), lambda: self.store.report_rows(reader=reader)))

    def _reader_name(self, named: str | None) -> str:
        if named is None:
            return self.reader
        known = self.store.readers()
        if named == LOCAL or named in known:
            return named
        remedy = f"it was read by {', '.join(known)}" if known else "nobody has read it yet"
        raise UnknownName(f"no reader {named!r} has read this record", remedy=remedy)

    def _other_reader(self, first: str) -> str:
        others = [name for name in self.store.readers() if name != first]
        if len(others) == 1:
            return others[0]
        told = f"any of {', '.join(others)}" if others else "nobody else has read this record"
        raise UnknownName(f"which reader is compared with {first}? {told}", remedy="travaux read --reader llm reads it")

    def _party(self, named: str | None) -> str | None:
        if named is None:
            return None
        known = {party.id: (party.id, party.name, *party.names) for party in self.agenda.parties}
        return id_of(named, known, "party")

    def _option(self, named: str | None) -> str | None:
        if named is None:
            return None
        known = {option.id: (option.id, option.says, *option.was) for option in self.agenda.options}
        return id_of(named, known, "option")

    def _report(self, named: str) -> str:
        known = self.store.known_report(named)
        if known is not None:
            return known[1]
        return id_of(named, {row.name: (row.name,) for row in self._rows(LOCAL)}, "report")

    def _statement(self, named: str) -> Statement:
        from travaux.analysis import renamed_statements

        whole = self.store.statement(named)  # a whole id needs no look at all others
        if whole is not None:
            ids = self._present_ids()
            return renamed_statements([whole], ids)[0] if ids else whole
        found = [one for one in self._all_statements() if len(named) >= 4 and one.id.startswith(named.lower())]
        if len(found) == 1:
            return found[0]
        told = "more than one statement begins with" if found else "no statement"
        raise UnknownName(f"{told} {named!r} in this record", remedy="travaux statements lists them with their ids")

    # ------------------------------------------------------------------------------------------ what was read and judged

    def _all_statements(self) -> list[Statement]:
        """What every reader took and what people added."""
        read = [one for name in self.store.readers() for one in self._statements_of(name)]
        return [*read, *self._added(self._judgements())]

    def _statements_of(self, reader: str, report_id: str | None = None) -> list[Statement]:
        """What a reader took, from one report where one is named, options by the ids they go by now."""
        from travaux.analysis import renamed_statements

        def found() -> list[Statement]:
            read, ids = self.store.statements(reader=reader, report_id=report_id), self._present_ids()
            return renamed_statements(read, ids) if ids else read

        return list(once(self, ("statements", reader, report_id), found))

    def _judgements(self) -> list[Judgement]:
        """All judgements, options by the ids they go by now; `store.judgements` has them as they were made."""
        from travaux.analysis import renamed_judgements

        return list(once(self, (JUDGEMENTS,), lambda: renamed_judgements(self.store.judgements(), self._present_ids())))

    def _added(self, made: list[Judgement]) -> list[Statement]:
        """What people added and did not withdraw, of the judgements given."""
        from travaux.analysis import added_statements

        if not any(one.verdict is Verdict.ADD for one in made):
            return []
        return added_statements(made, {row.id: row.name for row in self._rows(LOCAL)})

    def _present_ids(self) -> dict[str, str]:
        from travaux.analysis import present_ids

        try:
            return present_ids(self.agenda)
        except AgendaError:
            return {}  # what was read is shown all the same; whoever needs the agenda is told what is wrong with it


def tell(progress: Progress | None, name: str, place: int, number: int) -> None:
    """Tell whoever listens what is worked on."""
    if progress is not None:
        progress(name, place, number)
