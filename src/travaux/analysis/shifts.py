"""Shifts: a party's stance on an option, or the condition it sets, changes between reports whose order is known.

1. Reports speak of a position one after the other, by their dates of publication. A family's later copy is no new date.
2. Where a report and the next one that speaks have no stance in common, the position has shifted between them. Where one
   of them gives several, the best vouched stands for it: own words before the report's account, hearsay last.
3. Where the stance stays and a condition comes or goes between two reports in the party's own words, that is a shift too.
4. A position that a report marks as no longer held ("his previous opposition") gives a shift inside that report.
5. Where reports differ and dates cannot order them, that is said, and no shift is claimed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from itertools import pairwise

from travaux.analysis.hearsay import DISTANCE
from travaux.analysis.sure import sure_ones
from travaux.analysis.timing import Dates, Families, surely_before, told_dates
from travaux.model import Act, PartialDate, Stance, Statement, Via, content_id

_YIELDING = {Act.ACCEPT, Act.OFFER, Act.SUPPORT, Act.PROPOSE}


class ShiftKind(StrEnum):
    """How a position changes."""

    REVERSAL = "reversal"
    HARDENING = "hardening"
    SOFTENING = "softening"
    NEW_CONDITION = "new condition"
    DROPPED_CONDITION = "dropped condition"
    DIFFERENCE = "difference"


class Order(StrEnum):
    """How the order of the two statements is known."""

    DATES = "dates"
    REPORT = "report"  # one report says itself that a position was held before
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class Shift:
    """A change of one party's position on one option, with the two statements that show it.

    Attributes:
        id: hash of party, option, kind and the two statements.
        before, after: the statements; `after` is None where a report says only what was held before.
        order: how their order is known; for ``unknown`` the two may stand in either order.
        published: dates of the two reports, None for an undated one.
        says: the explanation a user reads.
    """

    id: str
    kind: ShiftKind
    party: str
    option: str
    before: Statement
    after: Statement | None
    order: Order
    published: tuple[PartialDate | None, PartialDate | None]
    says: str

    @property
    def changes_stance(self) -> bool:
        """Whether the stance itself changes, and not only a condition."""
        return self.after is None or self.before.stance is not self.after.stance


def shifts_in(
    statements: Iterable[Statement],
    dates: Dates,
    families: Families | None = None,
    *,
    as_of: date | None = None,
    since: date | None = None,
) -> list[Shift]:
    """The shifts that statements show: those of known order by date, then those inside one report, then unknown order.

    Args:
        statements: as they count, rejected ones left out; doubtful ones are passed over, see `travaux.analysis.sure`.
        dates: date of publication by report id. families: family by report id.
        as_of: the last day to look at; undated reports are then left out.
        since: only shifts whose later report was, or may have been, published on this day or after.
    """
    groups: dict[tuple[str, str], list[Statement]] = defaultdict(list)
    for one in sure_ones(statements):
        day = dates.get(one.report_id)
        if as_of is None or (day is not None and day.latest <= as_of):
            groups[one.party, one.option].append(one)
    told = told_dates(dates, families or {})
    found: list[Shift] = []
    for _, group in sorted(groups.items()):
        ordered = sorted(group, key=lambda one: (one.report, one.start, one.end, one.id))
        found += _of_known_order(ordered, dates, told)
        found += _inside_reports(ordered, dates)
        found += _of_unknown_order(ordered, dates)
    return sorted((one for one in found if _is_recent(one, since)), key=_place)


def _of_known_order(group: Sequence[Statement], dates: Dates, told: Dates) -> list[Shift]:
    by_report: dict[str, list[Statement]] = defaultdict(list)
    for one in group:
        day = dates.get(one.report_id)
        if not one.former and day is not None and day == told.get(one.report_id):
            by_report[one.report_id].append(one)
    moments = sorted(by_report.values(), key=lambda held: (_day(held[0], dates).latest, held[0].report))
    found = []
    for earlier, later in pairwise(moments):
        if not surely_before(_day(earlier[0], dates), _day(later[0], dates)):
            continue
        shift = _between(earlier, later, dates)
        if shift is not None:
            found.append(shift)
    return found


def _between(earlier: Sequence[Statement], later: Sequence[Statement], dates: Dates) -> Shift | None:
    """The shift from one report to the next that speaks, if there is one."""
    stances = ({one.stance for one in earlier}, {one.stance for one in later})
    before, after = _best(earlier), _best(later)
    if not stances[0] & stances[1]:
        return _shift(_kind(before, after), before, after, Order.DATES, dates)
    return _change_of_condition(earlier, later, dates)


def _change_of_condition(earlier: Sequence[Statement], later: Sequence[Statement], dates: Dates) -> Shift | None:
    """A condition that came or went, the stance staying: only in the party's own words on both sides, and without exception."""
    own = [[one for one in side if one.via is Via.SPEAKER] for side in (earlier, later)]
    if not all(own) or len({one.stance for side in own for one in side}) > 1:
        return None
    conditional = [[one.condition is not None for one in side] for side in own]
    before, after = own[0][0], own[1][0]
    if not any(conditional[0]) and all(conditional[1]):
        return _shift(ShiftKind.NEW_CONDITION, before, after, Order.DATES, dates)
    if all(conditional[0]) and not any(conditional[1]):
        return _shift(ShiftKind.DROPPED_CONDITION, before, after, Order.DATES, dates)
    return None


def _inside_reports(group: Sequence[Statement], dates: Dates) -> list[Shift]:
    """Positions that a report marks as no longer held, each with what it says is held now."""
    found, told = [], set()
    for former in group:
        if not former.former or (former.report_id, former.stance) in told:
            continue
        told.add((former.report_id, former.stance))
        present = [one for one in group if one.report_id == former.report_id and not one.former]
        if any(one.stance is former.stance for one in present):
            continue  # the report says both that it is held and that it was
        after = _best(present) if present else None
        kind = _kind(former, after) if after is not None else ShiftKind.DIFFERENCE
        found.append(_shift(kind, former, after, Order.REPORT, dates))
    return found


def _of_unknown_order(group: Sequence[Statement], dates: Dates) -> list[Shift]:
    """One difference for each pair of stances that only reports without known order show."""
    # One statement a report and stance will do: the pairs compared grow with the reports, not with all they say.
    firsts = {(one.report_id, one.stance): one for one in reversed(group) if not one.former}
    held = sorted(firsts.values(), key=lambda one: (one.report, one.start, one.end, one.id))
    found: list[Shift] = []
    told: set[frozenset[Stance]] = set()
    pairs = {frozenset((one, two)) for one in Stance for two in Stance if one is not two}
    for place, one in enumerate(held):
        for two in held[place + 1 :]:
            pair = frozenset((one.stance, two.stance))
            if len(pair) == 1 or pair in told or one.report_id == two.report_id:
                continue
            days = dates.get(one.report_id), dates.get(two.report_id)
            if surely_before(*days) or surely_before(days[1], days[0]):
                continue
            told.add(pair)
            found.append(_shift(ShiftKind.DIFFERENCE, one, two, Order.UNKNOWN, dates))
        if told == pairs:
            break
    return found


def _best(statements: Sequence[Statement]) -> Statement:
    """The statement that stands for a report's position: the best vouched, the last of those in the text."""
    return min(statements, key=lambda one: (DISTANCE[one.via], -one.start, one.id))


def _kind(before: Statement, after: Statement) -> ShiftKind:
    """A reversal between for and against; else towards yes is softening and towards no or a demand hardening."""
    if Stance.OPEN not in (before.stance, after.stance):
        return ShiftKind.REVERSAL
    if after.stance is Stance.AGAINST:
        return ShiftKind.HARDENING
    if after.stance is Stance.OPEN:
        # Out of a no, or out of a demand of one's own, is softer; out of a promise is harder.
        gave = before.stance is Stance.FOR and before.act in _YIELDING
        return ShiftKind.HARDENING if gave else ShiftKind.SOFTENING
    return ShiftKind.HARDENING if after.act is Act.DEMAND else ShiftKind.SOFTENING


def _shift(kind: ShiftKind, before: Statement, after: Statement | None, order: Order, dates: Dates) -> Shift:
    published = (dates.get(before.report_id), None if after is None else dates.get(after.report_id))
    identity = content_id("shift", kind, before.party, before.option, before.id, after.id if after else None)
    says = _told(kind, before, after, order, published)
    return Shift(identity, kind, before.party, before.option, before, after, order, published, says)


def _told(
    kind: ShiftKind,
    before: Statement,
    after: Statement | None,
    order: Order,
    published: tuple[PartialDate | None, PartialDate | None],
) -> str:
    """The explanation of a shift, in a sentence."""
    shown = [day.value if day else "undated" for day in published]
    if after is None:
        return f"{before.report} ({shown[0]}) says that it was {before.stance} before, and not what it is now."
    if order is Order.REPORT:
        return f"{before.report} ({shown[0]}) says itself that it was {before.stance} before and is {after.stance} now."
    sides = (f"{before.report} ({shown[0]})", f"{after.report} ({shown[1]})")
    if order is Order.UNKNOWN:
        return f"{before.stance} in {sides[0]}, {after.stance} in {sides[1]}; order unknown, so this may be a change or a conflict."
    if kind in (ShiftKind.NEW_CONDITION, ShiftKind.DROPPED_CONDITION):
        changed = "a condition is set" if kind is ShiftKind.NEW_CONDITION else "the condition is no longer set"
        return f"{before.stance} in {sides[0]} and in {sides[1]}, where {changed}."
    return f"{before.stance} in {sides[0]}, {after.stance} in {sides[1]}."


def _day(statement: Statement, dates: Dates) -> PartialDate:
    day = dates.get(statement.report_id)
    assert day is not None  # only dated reports come here
    return day


def _is_recent(shift: Shift, since: date | None) -> bool:
    if since is None:
        return True
    day = shift.published[1] if shift.after is not None else shift.published[0]
    return day is not None and day.latest >= since


def _place(shift: Shift) -> tuple[int, date, str, str, str]:
    rank = {Order.DATES: 0, Order.REPORT: 1, Order.UNKNOWN: 2}[shift.order]
    day = shift.published[1] or shift.published[0]
    return rank, day.earliest if day else date.max, shift.party, shift.option, shift.id
