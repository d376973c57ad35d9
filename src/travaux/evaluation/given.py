"""What of a record is scored across its reports, and which of these the gold record counts as one."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from travaux.evaluation.checks import Checks
from travaux.happening import Fact, Happening
from travaux.model import Agenda, PartialDate, Report, Statement


@dataclass(frozen=True, slots=True)
class AcrossInput:
    """What of a record is measured.

    Attributes:
        agenda: names of parties and people, for participants.
        reports: with their text and date; statements, happenings, facts: as they count.
        families: family by report id.
    """

    agenda: Agenda
    reports: Sequence[Report]
    statements: Sequence[Statement]
    happenings: Sequence[Happening]
    facts: Sequence[Fact]
    families: Mapping[str, str]

    @property
    def dates(self) -> dict[str, PartialDate | None]:
        """Date of publication by report id."""
        return {report.id: report.published for report in self.reports}


def family_members(checks: Checks) -> dict[str, set[str]]:
    """The reports that count as one with a report, itself among them, by file name."""
    members: dict[str, set[str]] = {}
    for names in checks.families:
        for name in names:
            members[name] = set(names)
    return members
