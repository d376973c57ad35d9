"""What is asked of a record: its reports, statements, positions, matrix, and who says what."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

from travaux.api.foundation import LOCAL, Progress, tell
from travaux.api.looking import once
from travaux.api.present import Present
from travaux.errors import RequestError
from travaux.model import Dropped, ReportState, Said, Statement
from travaux.naming import day_of

if TYPE_CHECKING:
    from travaux.analysis import Agreement, Disagreement, Position
    from travaux.record import ReportRow
    from travaux.views.matrix import Matrix


class Asked(Present):
    """The verbs that list and show."""

    def reports(self, *, reader: str | None = None) -> list[ReportRow]:
        """All reports without their text, by name, with what a reader made of them; see `judged` for which."""
        return self._rows(self._reader_name(reader))

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
            if (day, party, option) == (None, None, None) and chosen == self.reader:
                return self._present_positions(chosen)
            return self._positions_of(self.judged(party, option, reader=chosen), day)

        return list(once(self, ("positions", chosen, day, party, option), found))

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
