"""What changed in the parties' positions since a day, as far as dated reports show it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from travaux.analysis import positions_at
from travaux.model import PartialDate, Stance, Statement

USUAL = timedelta(days=7)
"""How far back from the latest report to look where nobody says."""


class ChangeKind(StrEnum):
    """What became of a position."""

    NEW = "new"
    TURNED = "turned"
    AGAIN = "again"


ORDER = (ChangeKind.TURNED, ChangeKind.NEW, ChangeKind.AGAIN)


@dataclass(frozen=True, slots=True)
class ChangedPosition:
    """A position that dated reports have spoken to since a day.

    Attributes:
        before, after: the stances as of the day, and now; `before` is empty where there was none.
        reports: names of the reports that have spoken to it since, by date; latest: the date of the last.
    """

    party: str
    option: str
    kind: ChangeKind
    before: tuple[Stance, ...]
    after: tuple[Stance, ...]
    reports: tuple[str, ...]
    latest: PartialDate


@dataclass(frozen=True, slots=True)
class ChangedPositions:
    """All changes since a day: new positions and turned ones first, what was said again last."""

    since: date
    found: Sequence[ChangedPosition]
    undated: int

    @property
    def told_anew(self) -> int:
        """How many of them are turned or new; these stand first."""
        return sum(1 for one in self.found if one.kind is not ChangeKind.AGAIN)


def usual_since(dates: Mapping[str, PartialDate | None]) -> date | None:
    """A week before the latest report; None where none has a date."""
    latest = max((day.latest for day in dates.values() if day), default=None)
    return latest - USUAL if latest else None


def changes_since(
    statements: Sequence[Statement], dates: Mapping[str, PartialDate | None], since: date
) -> ChangedPositions:
    """The positions that reports published surely after a day speak to.

    A report dated to a month counts as later only where the whole month is; undated reports prove no change and are
    only counted.

    Args:
        statements: as they count, rejected ones left out.
        dates: date of publication by report id.
        since: the last day that counts as before.
    """

    later: dict[tuple[str, str], list[tuple[PartialDate, Statement]]] = defaultdict(list)
    for one in statements:
        day = dates.get(one.report_id)
        if day is not None and day.earliest > since and not one.former:
            later[one.party, one.option].append((day, one))
    concerned = [one for one in statements if (one.party, one.option) in later]
    before = {(one.party, one.option): one.stances for one in positions_at(concerned, dates, since)}
    found = []
    for position in positions_at(concerned, dates, date.max):
        pair = (position.party, position.option)
        told = sorted(later[pair], key=lambda each: (each[0].earliest, each[0].latest, each[1].report))
        stances = before.get(pair, ())
        kind = ChangeKind.AGAIN if stances == position.stances else ChangeKind.TURNED if stances else ChangeKind.NEW
        reports = tuple(dict.fromkeys(one.report for _, one in told))
        found.append(ChangedPosition(*pair, kind, stances, position.stances, reports, told[-1][0]))
    return ChangedPositions(since, sorted(found, key=_telling), sum(1 for day in dates.values() if day is None))


def _telling(one: ChangedPosition) -> tuple[int, int, str, str]:
    return (list(ORDER).index(one.kind), -one.latest.earliest.toordinal(), one.option, one.party)
