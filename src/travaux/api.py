"""The Python interface: a record and its verbs, the same as the commands'. `travaux.building` makes one in one go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from travaux import settings
from travaux.errors import AgendaError, ModelMissing, ModelRefuses, ReadingError, RequestError, UnknownName
from travaux.model import Agenda, Dropped, Judgement, Reading, Report, ReportState, Said, Statement, Verdict
from travaux.naming import day_of, id_of, title_of, verdict_of
from travaux.outcomes import AddOutcome, Failure, ReadOutcome
from travaux.version import __version__

# Only what is light is imported above: a command that prints its help must not wait for spaCy, lxml and SQLAlchemy.
if TYPE_CHECKING:
    from travaux.analysis import Agreement, Disagreement, JudgedStatement, Position
    from travaux.evaluation import Score
    from travaux.exchange import ExportView
    from travaux.intake import Received, Refused
    from travaux.reading.protocol import Reader
    from travaux.record import Added, ReportRow, Run, Store
    from travaux.views.matrix import Matrix
    from travaux.views.page import PageView

AGENDA_NAME = "agenda.yaml"
FORMATS = ("csv", "jsonl", "datapackage")
"""Export formats: the four tables as CSV, as JSON lines, or both with a ``datapackage.json`` that explains them."""

LOCAL = "local"
"""The reader that ships, and the one that counts where nobody chose another."""

Progress = Callable[[str, int, int], None]
"""Told a report's name, its place from 1, and how many there are (0: not known), before it is worked on."""


class Record:
    """One negotiation: a folder with ``agenda.yaml`` and one database. A context manager that closes the database.

    Parties, options and reports are named by id, or by any name the agenda gives them; unknown ones raise UnknownName
    with the nearest known. Every method may raise the errors of `Store`.
    """

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
        from travaux.record import Store

        place = Path(folder)
        store = Store.create(place)
        agenda = place / AGENDA_NAME
        if not agenda.exists():
            with whole_file(agenda) as file:
                file.write(agenda_template(title or title_of(place)))
        return cls(place, store)

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

    # ------------------------------------------------------------------------------------------ reports in

    def add(self, *paths: str | Path, progress: Progress | None = None) -> AddOutcome:
        """Add files and folders of reports; what the record has already is left alone.

        A file that cannot become a report is refused, with the reason, and the rest go on.

        Args:
            paths: files, and folders that are searched through; ``manifest.csv`` beside them describes them.
            progress: see `Progress`.
        """
        from travaux.intake import find_files, manifest_warnings, receive

        given = [Path(path) for path in paths]
        skipped: Counter[str] = Counter()
        added: list[Added] = []
        refused: list[Refused] = []
        for place, found in enumerate(find_files(given, skipped=skipped), 1):
            _tell(progress, found.name, place, 0)
            self._take_in(receive(found), added, refused)
        return AddOutcome(tuple(added), tuple(refused), manifest_warnings(given), dict(sorted(skipped.items())))

    def add_bytes(self, raw: bytes, name: str) -> AddOutcome:
        """Add one report from its bytes.

        Raises:
            IntakeError: they cannot become a report.
        """
        from travaux.intake import receive_bytes

        added: list[Added] = []
        self._take_in(receive_bytes(raw, name), added, [])
        return AddOutcome(tuple(added))

    def _take_in(self, one: Received | Refused, added: list[Added], refused: list[Refused]) -> None:
        from travaux.intake import Received

        if isinstance(one, Received):
            added.append(self.store.add_report(one.report, one.raw))
        else:
            refused.append(one)

    # ------------------------------------------------------------------------------------------ reading

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

    def read(
        self,
        reader: str | Reader = LOCAL,
        progress: Progress | None = None,
        *,
        only: Collection[str] | None = None,
    ) -> ReadOutcome:
        """Read the reports that have not been read with this reader and this agenda, one transaction each.

        Stopped in the middle, it has kept what was read and goes on there the next time.

        Args:
            reader: ``local``, or any object of the protocol in `travaux.reading.protocol`.
            only: ids of the reports to read; None for all.

        Raises:
            ModelMissing: the reader's language model is not installed. AgendaError: the agenda cannot be used.
            ModelRefuses: the server of a language model cannot be used.
        """
        from travaux.record import Run, fingerprint_json

        chosen = _reader(reader)
        agenda = self.agenda
        fingerprint = fingerprint_json(chosen.fingerprint())
        run = Run(chosen.name, fingerprint, agenda.digest, __version__)
        pending = [
            report_id
            for report_id in self.store.pending(chosen.name, fingerprint, agenda.digest)
            if only is None or report_id in only
        ]
        read_ahead = getattr(chosen, "read_ahead", None)  # a reader that waits for others works on several at once
        if read_ahead is not None:
            read_ahead((self.store.report(report_id) for report_id in pending), agenda)
        failures: list[Failure] = []
        readings: list[tuple[int, int]] = []
        for place, report_id in enumerate(pending, 1):
            report = self.store.report(report_id)
            _tell(progress, report.name, place, len(pending))
            made = self._read_one(report, chosen, agenda, run)
            if isinstance(made, Failure):
                failures.append(made)
            else:
                readings.append((len(made.statements), len(made.dropped)))
        states = Counter(row.state for row in self.store.report_rows(reader=chosen.name))
        counts = {state: states[state] for state in ReportState if states[state]}
        statements, dropped = (sum(numbers) for numbers in zip(*readings, strict=True)) if readings else (0, 0)
        return ReadOutcome(len(readings), counts, tuple(failures), statements, dropped)

    def _read_one(self, report: Report, reader: Reader, agenda: Agenda, run: Run) -> Reading | Failure:
        try:
            reading = reader.read(report, agenda)
        except (ModelMissing, ModelRefuses):
            raise  # without its model the reader can read nothing at all
        except ReadingError as error:
            failure = Failure(report.name, error.message)
        except Exception as error:  # one bad report never stops the others; the caller shows the bug
            failure = Failure(report.name, f"a bug of Travaux: {type(error).__name__}: {error}".strip(": "), error)
        else:
            self.store.save_reading(report.id, run, reading)
            return reading
        self.store.save_failure(report.id, run, failure.reason)
        return failure

    # ------------------------------------------------------------------------------------------ questions

    def reports(self, *, reader: str | None = None) -> list[ReportRow]:
        """All reports without their text, by name, with what a reader made of them; see `judged` for which."""
        return self.store.report_rows(reader=self._reader_name(reader))

    def judged(
        self,
        party: str | None = None,
        option: str | None = None,
        report: str | None = None,
        *,
        rejected: bool = False,
        reader: str | None = None,
    ) -> list[JudgedStatement]:
        """Statements with the judgements in force on them, by report and place.

        Args:
            party, option, report: only those, by their values as they count after corrections.
            rejected: those that a person rejected too.
            reader: whose statements; by default those of the reader chosen last. What a person confirmed counts
                whoever read it, see `travaux.analysis.readers.over_readers`.
        """
        from travaux.analysis import over_readers

        party_id, option_id = self._party(party), self._option(option)
        name = None if report is None else self._report(report)
        chosen = self._reader_name(reader)
        judged = over_readers(self.store.statements(reader=chosen), self._of_others(chosen), self.store.judgements())
        return [
            one
            for one in judged
            if (rejected or one.verdict is not Verdict.REJECT)
            and party_id in (None, one.effective.party)
            and option_id in (None, one.effective.option)
            and name in (None, one.effective.report)
        ]

    def _of_others(self, chosen: str) -> list[Statement]:
        return [
            statement
            for name in self.store.readers()
            if name != chosen
            for statement in self.store.statements(reader=name)
        ]

    def statements(
        self,
        party: str | None = None,
        option: str | None = None,
        report: str | None = None,
        *,
        rejected: bool = False,
        reader: str | None = None,
    ) -> list[Statement]:
        """Statements as they count: corrected ones corrected, rejected ones left out unless asked for; see `judged`."""
        return [one.effective for one in self.judged(party, option, report, rejected=rejected, reader=reader)]

    def dropped(self, *, reader: str | None = None) -> list[Dropped]:
        """What a reader brought forward that may not stand, with the reason; see `judged` for which reader."""
        return self.store.dropped(reader=self._reader_name(reader))

    def compare_readers(self, first: str = LOCAL, second: str | None = None) -> tuple[Agreement, list[Disagreement]]:
        """How far two readers agree over the reports both have read, and what a person should look at.

        Args:
            first, second: names of readers; `second` may be left out where only one other has read the record.

        Raises:
            UnknownName: no such reader has read the record, or there is no second one. RequestError: they are one.
        """
        from travaux.analysis import compare_readers, disagreements, in_force

        names = (self._reader_name(first), self._reader_name(second) if second else self._other_reader(first))
        if names[0] == names[1]:
            raise RequestError(f"{names[0]} cannot be compared with itself", remedy="name two readers")
        read = [
            {
                row.id
                for row in self.store.report_rows(reader=name)
                if row.state in (ReportState.READ, ReportState.EMPTY)
            }
            for name in names
        ]
        one, two = (self.store.statements(reader=name) for name in names)
        judgements = self.store.judgements()
        judged = {
            held.statement.id for side in (one, two) for held in in_force(side, judgements) if held.verdict is not None
        }
        both = read[0] & read[1]
        return compare_readers(one, two, names, both), disagreements(one, two, names, both, judged)

    def positions(
        self,
        as_of: date | str | None = None,
        party: str | None = None,
        option: str | None = None,
        *,
        reader: str | None = None,
    ) -> list[Position]:
        """The parties' positions, by party and option; see `travaux.analysis.positions.positions_at`.

        Args:
            as_of: the last day to look at, a date or ``2025-08-18``.
        """
        return self._positions_of(self.judged(party, option, reader=reader), as_of)

    def _positions_of(self, judged: Sequence[JudgedStatement], as_of: date | str | None = None) -> list[Position]:
        """Positions from statements at hand, so that a view that shows both loads them once."""
        from travaux.analysis import positions_at, standing

        dates = {row.id: row.published for row in self.store.report_rows()}
        return positions_at(standing(judged), dates, day_of(as_of))

    def matrix(
        self,
        as_of: date | str | None = None,
        party: str | None = None,
        option: str | None = None,
        *,
        reader: str | None = None,
    ) -> Matrix:
        """The matrix of parties and options that the terminal, the page and notebooks show."""
        from travaux.views.matrix import matrix_of

        positions = self.positions(as_of, party, option, reader=reader)
        return matrix_of(
            self.agenda, positions, as_of=day_of(as_of), party=self._party(party), option=self._option(option)
        )

    # ------------------------------------------------------------------------------------------ judgements

    def said(self, by: str | None = None, report: str | None = None, progress: Progress | None = None) -> list[Said]:
        """Who says what in the reports, positions or not, by report and place; needs no agenda and stores nothing.

        Args:
            by: only sources whose words contain these, in whatever case.
            report: only this report.
            progress: called with name, place and number of each report before it is looked at.
        """
        from travaux.reading.tagging import said_in

        name = None if report is None else self._report(report)
        reports = [one for one in self.store.reports() if name in (None, one.name)]
        found: list[Said] = []
        for place, one in enumerate(reports, 1):
            _tell(progress, one.name, place, len(reports))
            found += said_in(one, by)
        return found

    def judge(
        self,
        statement: Statement | str,
        verdict: Verdict | str,
        *,
        reviewer: str | None = None,
        note: str = "",
        corrections: Mapping[str, str | bool | None] | None = None,
    ) -> Judgement:
        """Add a person's decision on a statement, for good.

        Args:
            statement: the statement or its id; the first characters of an id are enough where they are unmistakable.
            verdict: ``confirm``, ``reject``, ``correct`` or ``unsure``.
            reviewer: who signs; by default as `settings.reviewer` says.
            corrections: codebook field and new value, for ``correct``; see `travaux.record.CORRECTABLE`.

        Raises:
            UnknownName: no such statement, party or option. RequestError: what `Store.judge` refuses.
        """
        judged = self._statement(statement.id if isinstance(statement, Statement) else statement)
        changes = dict(corrections or {})
        for name, known in (("party", self._party), ("option", self._option)):
            if isinstance(changes.get(name), str):
                changes[name] = known(str(changes[name]))
        return self.store.judge(
            Judgement(
                number=0,
                statement=judged.id,
                verdict=verdict_of(verdict),
                reviewer=(reviewer if reviewer is not None else settings.reviewer()) or "",
                at=datetime.now(UTC).isoformat(timespec="seconds"),
                report_id=judged.report_id,
                start=judged.start,
                end=judged.end,
                quote=judged.quote,
                party=judged.party,
                option=judged.option,
                stance=judged.stance,
                corrections=tuple(changes.items()),
                note=note,
            )
        )

    def orphaned(self) -> list[Judgement]:
        """Judgements whose passage is no longer read; they are kept and hold again when it is."""
        from travaux.analysis import orphaned

        return orphaned(self._all_statements(), self.store.judgements())

    def _all_statements(self) -> list[Statement]:
        return [one for name in self.store.readers() for one in self.store.statements(reader=name)]

    # ------------------------------------------------------------------------------------------ out

    def export(self, format: str, path: str | Path, *, reader: str | None = None) -> list[Path]:
        """Write the record's tables into a folder and return the files written; the same record gives the same bytes.

        Args:
            format: one of `FORMATS`.
            reader: see `judged`.

        Raises:
            RequestError: an unknown format, or a folder that cannot be written.
        """
        from travaux import exchange

        writers = {
            "csv": exchange.export_csv,
            "jsonl": exchange.export_json_lines,
            "datapackage": exchange.export_data_package,
        }
        if format not in writers:
            raise RequestError(f"no export format {format!r}", remedy=f"one of {', '.join(FORMATS)}")
        return writers[format](Path(path), self._export_view(reader))

    def _export_view(self, reader: str | None) -> ExportView:
        from travaux.exchange import ExportView, occurrences

        judged = self.judged(rejected=True, reader=reader)
        agenda = self.agenda
        return ExportView(
            title=agenda.title,
            notice=agenda.notice,
            statements=judged,
            positions=self._positions_of(judged),
            reports=self.reports(reader=reader),
            judgements=self.store.judgements(),
            runs=self.store.runs(),
            occurrences=occurrences(
                (one.effective for one in judged), {report.name: report.text for report in self.store.reports()}
            ),
        )

    def page(self, *, reader: str | None = None) -> str:
        """The whole record as one HTML file that needs no network; the same record gives the same bytes."""
        from travaux.views.page import render_page

        return render_page(self._page_view(reader))

    def _page_view(self, reader: str | None = None) -> PageView:
        from travaux.views.matrix import matrix_of
        from travaux.views.page import PageView

        judged, agenda = self.judged(reader=reader), self.agenda
        return PageView(
            agenda=agenda,
            matrix=matrix_of(agenda, self._positions_of(judged)),
            statements=tuple(judged),
            reports=tuple(self.store.reports()),
            rows=tuple(self.reports(reader=reader)),
            runs=tuple(self.store.runs()),
        )

    def evaluate(self, gold: str | Path, *, reader: str | None = None) -> Score:
        """How the record's statements, as they count, agree with a gold record.

        Raises:
            EvaluationError: the folder is no gold record.
        """
        from travaux.evaluation import score

        return score(Path(gold), self.statements(reader=reader))

    def _repr_html_(self) -> str:
        """The matrix, for notebooks."""
        from travaux.views.page import render_fragment

        return render_fragment(self.matrix())

    # ------------------------------------------------------------------------------------------ names

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
        return id_of(named, {option.id: (option.id, option.says) for option in self.agenda.options}, "option")

    def _report(self, named: str) -> str:
        rows = self.store.report_rows()
        by_id = {row.id: row.name for row in rows}
        names = {row.name: (row.name,) for row in rows}
        return by_id.get(named) or id_of(named, names, "report")

    def _statement(self, named: str) -> Statement:
        found = [one for one in self._all_statements() if len(named) >= 4 and one.id.startswith(named.lower())]
        if len(found) == 1:
            return found[0]
        told = "more than one statement begins with" if found else "no statement"
        raise UnknownName(f"{told} {named!r} in this record", remedy="travaux statements lists them with their ids")


def _reader(reader: str | Reader) -> Reader:
    if not isinstance(reader, str):
        return reader
    if reader != LOCAL:
        remedy = "local ships; travaux.asking.language_model_reader makes one of a language model"
        raise RequestError(f"no reader {reader!r}", remedy=remedy)
    from travaux.reading.local import LocalReader

    return LocalReader()


def _tell(progress: Progress | None, name: str, place: int, number: int) -> None:
    if progress is not None:
        progress(name, place, number)
