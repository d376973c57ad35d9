"""What is asked of a record: its reports, statements, positions, matrix, and who says what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from travaux.api.foundation import LOCAL, Progress, tell
from travaux.api.looking import once
from travaux.api.worth import Worth
from travaux.errors import RequestError
from travaux.model import Dropped, Judgement, ReportState, Said, Statement, Verdict
from travaux.naming import day_of

if TYPE_CHECKING:
    from travaux.analysis import Agreement, Disagreement, JudgedStatement, Position
    from travaux.record import ReportRow
    from travaux.views.matrix import Matrix


class Asked(Worth):
    """The verbs that list and show."""

    def reports(self, *, reader: str | None = None) -> list[ReportRow]:
        """All reports without their text, by name, with what a reader made of them; see `judged` for which."""
        return self._rows(self._reader_name(reader))

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
                whoever read it, and so does what a person added, see `travaux.analysis.readers.over_readers`.
        """
        party_id, option_id = self._party(party), self._option(option)
        name = None if report is None else self._report(report)
        known = None if name is None else self.store.known_report(name)
        report_id = None if known is None else known[0]
        return [
            one
            for one in self._judged(self._reader_name(reader), report_id)
            if (rejected or one.verdict is not Verdict.REJECT)
            and party_id in (None, one.effective.party)
            and option_id in (None, one.effective.option)
            and name in (None, one.effective.report)
        ]

    def _judged(self, reader: str, report_id: str | None) -> list[JudgedStatement]:
        """All that `judged` picks from: of one report, or of all."""
        from travaux.analysis import over_readers

        return once(self, ("judged", reader, report_id), lambda: over_readers(*self._sources(reader, report_id)))

    def _sources(
        self, reader: str | None, report_id: str | None = None
    ) -> tuple[list[Statement], list[Statement], list[Judgement], list[Statement]]:
        """What `over_readers` goes by: what the reader took, what others did, all judgements, what people added.

        With a report, only what is its own: a judgement holds for statements of its report and no other.
        """
        chosen = self._reader_name(reader)
        others = [
            statement
            for name in self.store.readers()
            if name != chosen
            for statement in self._statements_of(name, report_id)
        ]
        made = [one for one in self._judgements() if report_id in (None, one.report_id)]
        return self._statements_of(chosen, report_id), others, made, self._added(made)

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
        one, two = (self._statements_of(name) for name in names)
        judgements = self._judgements()
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
        chosen, day = self._reader_name(reader), day_of(as_of)

        def found() -> list[Position]:
            return self._positions_of(self.judged(party, option, reader=chosen), day)

        return list(once(self, ("positions", chosen, day, party, option), found))

    def _positions_of(self, judged: Sequence[JudgedStatement], as_of: date | str | None = None) -> list[Position]:
        """Positions from statements at hand, so that a view that shows both loads them once."""
        from travaux.analysis import positions_at, standing

        return positions_at(standing(judged), self._dates(), day_of(as_of), self._family_of_reports())

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
            tell(progress, one.name, place, len(reports))
            found += said_in(one, by)
        return found
