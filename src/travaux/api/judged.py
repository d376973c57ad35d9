"""Statements with the judgements in force on them, and the positions that they carry."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING

from travaux.api.looking import once
from travaux.api.worth import Worth
from travaux.model import Judgement, Statement, Verdict
from travaux.naming import day_of

if TYPE_CHECKING:
    from travaux.analysis import JudgedStatement, Position


class Judged(Worth):
    """The verbs that bring together what was read and what was judged."""

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

    def _positions_of(self, judged: Sequence[JudgedStatement], as_of: date | str | None = None) -> list[Position]:
        """Positions from statements at hand, so that a view that shows both loads them once."""
        from travaux.analysis import positions_at, standing

        return positions_at(standing(judged), self._dates(), day_of(as_of), self._family_of_reports())
