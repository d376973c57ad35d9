"""What is asked across the reports of a record: shifts, conflicts, meetings, incidents."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

from travaux.api.foundation import LOCAL
from travaux.api.looking import once
from travaux.api.questions import Asked
from travaux.model import Report, Statement, Verdict
from travaux.naming import day_of

if TYPE_CHECKING:
    from travaux.analysis import JudgedStatement
    from travaux.analysis.conflict import Conflict
    from travaux.analysis.events import Event
    from travaux.analysis.shifts import Shift
    from travaux.happening import Fact, Happening, HappeningKind


class Across(Asked):
    """The verbs that set reports against one another.

    Statements are those of the reader chosen, as they count after judgements. Meetings, incidents and facts are always those
    of the reader that ships: a language model reads positions only.
    """

    def shifts(
        self,
        as_of: date | str | None = None,
        since: date | str | None = None,
        party: str | None = None,
        option: str | None = None,
        *,
        reader: str | None = None,
    ) -> list[Shift]:
        """Changes of a party's position, those of known order first; see `travaux.analysis.shifts`.

        Args:
            as_of: the last day to look at, a date or ``2025-08-18``; undated reports are then left out.
            since: only shifts whose later report was published on this day or after.
            party, option: only those.
        """
        from travaux.analysis.shifts import shifts_in

        statements = self._sure_after_judgement(reader, party, option)
        return shifts_in(statements, self._dates(), self._family_of_reports(), as_of=day_of(as_of), since=day_of(since))

    def conflicts(
        self, as_of: date | str | None = None, since: date | str | None = None, *, reader: str | None = None
    ) -> list[Conflict]:
        """Reports that cannot both be right, those first on which most hangs; see `travaux.analysis.conflicts`.

        Args:
            as_of: the last day to look at; undated reports are then left out.
            since: only conflicts with a passage published on this day or after.
        """
        from travaux.analysis.conflicts import Material, conflicts_in

        dates, families = self._dates(), self._family_of_reports()
        sure = self._sure_after_judgement(reader)
        material = Material(sure, self._all_events(), self._facts(), self._compared_reports(sure), self.agenda)
        return conflicts_in(material, dates, families, as_of=day_of(as_of), since=day_of(since))

    def meetings(self, as_of: date | str | None = None, since: date | str | None = None) -> list[Event]:
        """Meetings held, planned, proposed or cancelled, each with every report's version; see `travaux.analysis.events`.

        Args:
            as_of: the last day a report may have been published; undated reports are then left out.
            since: only meetings that a report of this day or after tells of.
        """
        from travaux.happening import HappeningKind

        return self._events(HappeningKind.MEETING, as_of, since)

    def incidents(self, as_of: date | str | None = None, since: date | str | None = None) -> list[Event]:
        """What happened on the ground, with its figures and who gives them; see `meetings` for the arguments."""
        from travaux.happening import HappeningKind

        return self._events(HappeningKind.INCIDENT, as_of, since)

    def _events(self, kind: HappeningKind, as_of: date | str | None, since: date | str | None) -> list[Event]:
        from travaux.analysis.events import events_of

        told = [one for one in self._happenings() if one.kind is kind]
        return events_of(told, self._dates(), self._family_of_reports(), as_of=day_of(as_of), since=day_of(since))

    def _happenings(self) -> list[Happening]:
        return once(self, ("happenings",), lambda: self.store.happenings(reader=LOCAL))

    def _all_events(self) -> list[Event]:
        from travaux.analysis.events import events_of

        return once(self, ("events",), lambda: events_of(self._happenings(), self._dates(), self._family_of_reports()))

    def _facts(self) -> list[Fact]:
        return once(self, ("facts",), lambda: self.store.facts(reader=LOCAL))

    def _family_reports(self) -> list[Report]:
        """The reports that belong to families, with their texts."""
        return once(
            self, ("family reports",), lambda: [self.store.report(one) for one in sorted(self._family_of_reports())]
        )

    def _compared_reports(self, statements: Iterable[Statement]) -> list[Report]:
        """The reports whose words conflicts are looked for in: all of a small record, else those of families, and where
        consent may be denied."""
        from travaux.analysis.conflicts_apart import AT_MOST
        from travaux.analysis.conflicts_of_positions import beside_consent

        if len(self._dates()) <= AT_MOST:
            return list(self.store.reports())
        further = beside_consent(statements) - set(self._family_of_reports())
        return [*self._family_reports(), *(self.store.report(one) for one in sorted(further))]

    def _sure_after_judgement(
        self, reader: str | None, party: str | None = None, option: str | None = None
    ) -> list[Statement]:
        return as_vouched(self.judged(party, option, reader=reader))


def as_vouched(judged: Iterable[JudgedStatement]) -> list[Statement]:
    """Statements as they count; what a person vouches for is no longer doubtful, whatever the reader's confidence."""
    vouched = (Verdict.CONFIRM, Verdict.CORRECT)
    return [replace(one.effective, confidence=None) if one.verdict in vouched else one.effective for one in judged]
