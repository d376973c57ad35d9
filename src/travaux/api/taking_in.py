"""What other tools and other records bring into a record."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from travaux import settings
from travaux.api.foundation import AGENDA_NAME, Progress, RecordBase, tell
from travaux.errors import RecordExists, RequestError
from travaux.model import Reading, Statement, Verdict
from travaux.outcomes import MergeOutcome, TakenInOutcome
from travaux.version import __version__

if TYPE_CHECKING:
    from travaux.exchange.incoming import Incoming

IMPORTED = "imported"
"""The key of a run's fingerprint that says the reading was not made here."""


class TakenIn(RecordBase):
    """The verbs that take in what was made elsewhere."""

    def import_from(
        self, format: str, path: str | Path, *, by: str | None = None, progress: Progress | None = None
    ) -> TakenInOutcome:
        """Take in a file of another tool: reports, statements, people's decisions; doing it twice changes nothing more.

        What the record has is never overwritten: a value changed elsewhere becomes a correction, signed and dated; one
        that contradicts a judgement made here since is listed as a conflict.

        Args:
            format: a name of `travaux.exchange.formats.INCOMING`.
            by: who signs decisions that the file does not sign; by default as `settings.reviewer` says.
            progress: told the reports that statements are added to.

        Raises:
            RequestError: no such format, or the file is not of it. AgendaError: the agenda cannot be used.
        """
        return self._take(_read(format, Path(path)), format, by, progress)

    def draft_agenda(self, format: str, path: str | Path) -> Path:
        """Write ``agenda.yaml`` from the parties and options a file names, where the record's own is still the template.

        Raises:
            RecordExists: somebody has written an agenda. RequestError: no such format, or the file names no positions.
        """
        from travaux.agenda import dump_agenda, load_agenda
        from travaux.errors import AgendaError
        from travaux.exchange.drafted_agenda import agenda_from
        from travaux.exchange.whole_files import whole_file
        from travaux.naming import title_of

        place = self.folder / AGENDA_NAME
        try:
            load_agenda(place)
        except AgendaError:
            if _says_something(place):
                told = "this agenda has been worked on and cannot be used yet"
                raise RecordExists(told, path=place, remedy="mend it, or move it away") from None
        else:
            raise RecordExists("there is an agenda", path=place, remedy="add what is missing by hand")
        drafted = agenda_from(_read(format, Path(path)), title_of(self.folder))
        if not drafted.parties or not drafted.options:
            raise RequestError("the file names no parties and options", path=path)
        with whole_file(place) as file:
            file.write(dump_agenda(drafted))
        return place

    def merge(self, other: RecordBase, *, progress: Progress | None = None) -> MergeOutcome:
        """Take in another record of the same negotiation: its reports, statements and judgements; the other stays as it is.

        Judgements of both are kept with their signatures and dates; of two on one statement the later one counts.
        """
        from travaux.analysis import renamed_judgements
        from travaux.analysis.merging import judges_agreement
        from travaux.exchange.incoming import Incoming, IncomingReport
        from travaux.exchange.record_in import incoming_judgements, incoming_statements

        theirs = other.store.judgements()
        read = [one for name in other.store.readers() for one in other.store.statements(reader=name)]
        agreement = judges_agreement(
            [
                *self._all_statements(),
                *self._as_called_here(read),
                *self._as_called_here(other._added(other._judgements())),
            ],
            self._judgements(),
            renamed_judgements(theirs, self._present_ids()),
        )
        here = {report.id for report in self.store.report_rows()}
        added: list[str] = []
        placed = []
        for report in other.store.reports():
            name = report.name
            if report.id not in here:
                done = self.store.add_report(report, other.store.raw(report.id))
                name = done.stored
                if done.is_new:
                    added.append(name)
            placed.append(IncomingReport(report.name, self.store.report(name).id))
        brought = Incoming(
            str(other.folder),
            tuple(placed),
            tuple(incoming_statements(read)),  # what people added comes as judgements
            tuple(incoming_judgements(theirs, {one.id: one.name for one in other.store.report_rows()})),
        )
        taken = self._save(brought, "merge", None, progress)
        return MergeOutcome(replace(taken, reports=tuple(added)), agreement)

    # ------------------------------------------------------------------------------------------ steps

    def _as_called_here(self, statements: list[Statement]) -> list[Statement]:
        from travaux.analysis import renamed_statements

        return renamed_statements(statements, self._present_ids())

    def _take(self, brought: Incoming, source: str, by: str | None, progress: Progress | None) -> TakenInOutcome:
        from travaux.api.placing import Placing

        if brought.statements:
            _ = self.agenda  # an agenda that cannot be used is said before anything is written
        placing = Placing(self.store)
        placed = tuple(map(placing.place, brought.reports))
        taken = TakenInOutcome((), (), 0, 0, 0, (), brought.told)
        if brought.statements or brought.judgements:
            taken = self._save(replace(brought, reports=placed), source, by, progress)
        return replace(
            taken,
            reports=tuple(placing.added),
            described=tuple(placing.described),
            unplaced=(*placing.unplaced, *taken.unplaced),
        )

    def _save(self, brought: Incoming, source: str, by: str | None, progress: Progress | None) -> TakenInOutcome:
        from travaux.exchange.taking_in import Standing, plan
        from travaux.record import Run, fingerprint_json

        runs = {run.id: json.loads(run.fingerprint) for run in self.store.runs()}
        own = [(one.report_id, one.reader) for one in self.store.readings() if IMPORTED not in runs.get(one.run, {})]
        standing = Standing(self.agenda, self.store.reports(), self._all_statements(), self.store.judgements())
        planned = plan(
            brought,
            standing,
            by=by if by is not None else settings.reviewer(),
            now=datetime.now(UTC).isoformat(timespec="seconds"),
            reader=source,
            own=own,
        )
        # As they were read: under the option's id of then, which their own id is made of.
        stored = (one for name in self.store.readers() for one in self.store.statements(reader=name))
        beside, groups = _by_reading(stored), _by_reading(planned.statements)
        for place, ((report_id, reader), new) in enumerate(sorted(groups.items()), 1):
            tell(progress, new[0].report, place, len(groups))
            run = Run(reader, fingerprint_json({IMPORTED: source}), "", __version__)
            together = _in_order([*beside[report_id, reader], *new])
            self.store.save_reading(report_id, run, Reading(together, len(together)))
        numbers: dict[int | None, int] = {}  # others may judge meanwhile, and numbers be other than planned
        for made in planned.judgements:
            if made.verdict is Verdict.WITHDRAW:
                taken_back = numbers.get(made.withdraws, made.withdraws or 0)
                self.store.withdraw(taken_back, made.reviewer, made.at, made.note, others=True)
            else:
                numbers[made.number] = self.store.judge(made).number
        return TakenInOutcome(
            (),
            (),
            len(planned.statements),
            len(planned.judgements),
            planned.known,
            planned.unplaced,
            brought.told,
        )


def _by_reading(statements: Iterable[Statement]) -> dict[tuple[str, str], list[Statement]]:
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in statements:
        groups[one.report_id, one.reader].append(one)
    return groups


def _in_order(statements: Iterable[Statement]) -> tuple[Statement, ...]:
    return tuple(sorted(statements, key=lambda one: (one.start, one.end, one.party, one.option, one.id)))


def _read(format: str, path: Path) -> Incoming:
    from travaux.exchange.formats import FORMATS, INCOMING

    if format not in INCOMING:
        told = f"{format} has no way back" if format in FORMATS else f"no format {format!r}"
        raise RequestError(told, remedy=f"one of {', '.join(INCOMING)}")
    if not path.exists():
        raise RequestError("there is no such file or folder", path=path)
    return FORMATS[format].read(path)


def _says_something(agenda: Path) -> bool:
    """Whether an agenda file holds more than the title of the template."""
    from travaux.agenda.source import SourceError, parse_source, read_source

    try:
        data = parse_source(read_source(agenda)).data
    except SourceError:
        return agenda.exists()
    return isinstance(data, dict) and any(value for name, value in data.items() if name != "title")
