"""Positions: what each party's stance on each option is as of a date, and since when."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import TypeVar

from travaux.analysis.hearsay import Distance, nearest
from travaux.model import Act, PartialDate, Stance, Statement, Via

Word = TypeVar("Word", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class Position:
    """A party's stance on an option as of a date, with the statements that carry it.

    Attributes:
        stances: in the order for, against, open. More than one: the reports disagree, or their order is not known.
            None at all: nothing that counts gives a present position, only what ``undated`` or ``former`` names.
        conditional: every statement that carries it sets a condition.
        acts, vias: those of the statements that carry it, in the codebook's order.
        statements: ids of the statements that carry it, by date, report and place; undated ones last.
        reports: names of their reports, sorted.
        since: date of the earliest report of the present unbroken stance; None where no dated report carries it.
        latest: date of the latest report that carries it; None where no dated one does.
        support: how many independent families its reports are: copies and rewordings of one text count once.
        distance: how far the nearest of its statements is from the party's own mouth; None where none carries it.
        undated: how many undated reports speak to it; with a date asked for they are left out, else they take part.
        former: ids of the statements that the reports mark as no longer held.
        reason: the explanation a user reads.
    """

    party: str
    option: str
    stances: tuple[Stance, ...]
    conditional: bool
    acts: tuple[Act, ...]
    statements: tuple[str, ...]
    reports: tuple[str, ...]
    since: PartialDate | None
    latest: PartialDate | None
    undated: int
    vias: tuple[Via, ...]
    former: tuple[str, ...]
    reason: str
    support: int = 0
    distance: Distance | None = None


@dataclass(frozen=True, slots=True)
class _Dated:
    statement: Statement
    day: PartialDate

    @property
    def place(self) -> tuple[date, date, str, int, int, str]:
        one = self.statement
        return (self.day.earliest, self.day.latest, one.report, one.start, one.end, one.id)


def positions_at(
    statements: Iterable[Statement],
    dates: Mapping[str, PartialDate | None],
    as_of: date | None = None,
    families: Mapping[str, str] | None = None,
) -> list[Position]:
    """The positions that statements give, by party and option.

    1. Statements that the reports mark as formerly held carry no position; they are named beside it.
    2. A report dated to a month or year counts once its last day has come: with ``as_of``, every dated report that
       may be later is left out, and so is every undated one.
    3. The position is what the latest dated reports say. A report whose date is surely before another's is
       superseded; reports whose dates overlap have no known order and count alike.
    4. Without ``as_of``, undated reports take part: what they say stands beside what the latest dated ones say. They
       never prove a shift: they neither begin nor end the time since which a stance is held.
    5. ``since`` is the earliest report of the present stance that is surely later than the last dated report of
       another stance. Where the latest dated reports disagree, it is the earliest of these.

    Args:
        statements: as they count, rejected ones left out: ``standing(in_force(…))``. Order and repetition do not matter.
        dates: date of publication by report id; a report missing here, or with None, is undated.
        as_of: the last day to look at; None for all there is.
        families: family by report id; a report in none is a source of its own.
    """
    groups: dict[tuple[str, str], dict[str, Statement]] = defaultdict(dict)
    for statement in statements:
        groups[statement.party, statement.option][statement.id] = statement
    positions = (
        _position(party, option, list(group.values()), dates, as_of, families or {})
        for (party, option), group in sorted(groups.items())
    )
    return [position for position in positions if position is not None]


def carrying(statements: Iterable[Statement], dates: Mapping[str, PartialDate | None]) -> list[Statement]:
    """Of the statements of one party on one option, those that carry the position `positions_at` gives today."""
    dated: list[_Dated] = []
    undated: list[Statement] = []
    for statement in statements:
        day = dates.get(statement.report_id)
        if statement.former:
            continue
        if day is None:
            undated.append(statement)
        else:
            dated.append(_Dated(statement, day))
    return [*(one.statement for one in _latest(dated)), *undated]


def _position(
    party: str,
    option: str,
    group: Sequence[Statement],
    dates: Mapping[str, PartialDate | None],
    as_of: date | None,
    families: Mapping[str, str],
) -> Position | None:
    dated: list[_Dated] = []
    undated: list[Statement] = []
    former: list[_Dated] = []
    former_undated: list[Statement] = []
    for statement in group:
        day = dates.get(statement.report_id)
        if day is None:
            (former_undated if statement.former else undated).append(statement)
        elif as_of is None or day.latest <= as_of:
            (former if statement.former else dated).append(_Dated(statement, day))
    undated.sort(key=_place)
    if as_of is not None:
        former_undated = []
    former_ids = _ordered(former, former_undated)
    if not (dated or undated or former_ids):
        return None
    newest = _latest(dated)
    carrying = [one.statement for one in newest] + (undated if as_of is None else [])
    reports = {one.report_id for one in carrying}
    support = len({families.get(report_id, report_id) for report_id in reports})
    return Position(
        party=party,
        option=option,
        stances=_present(Stance, {one.stance for one in carrying}),
        conditional=bool(carrying) and all(one.condition is not None for one in carrying),
        acts=_present(Act, {one.act for one in carrying}),
        statements=_ordered(newest, undated if as_of is None else []),
        reports=tuple(sorted({one.report for one in carrying})),
        since=_since(dated, newest),
        latest=_date_of_latest(newest),
        undated=len({one.report_id for one in undated}),
        vias=_present(Via, {one.via for one in carrying}),
        former=former_ids,
        reason=_told(dated, newest, undated, former_ids, as_of) + _told_of_families(len(reports), support),
        support=support,
        distance=nearest(carrying),
    )


def _place(statement: Statement) -> tuple[str, int, int, str]:
    return (statement.report, statement.start, statement.end, statement.id)


def _ordered(dated: Iterable[_Dated], undated: Iterable[Statement]) -> tuple[str, ...]:
    by_date = [one.statement for one in sorted(dated, key=lambda one: one.place)]
    return tuple(one.id for one in (*by_date, *sorted(undated, key=_place)))


def _present(kinds: Iterable[Word], found: set[Word]) -> tuple[Word, ...]:
    return tuple(kind for kind in kinds if kind in found)


def _lateness(day: PartialDate) -> tuple[date, int, str, str, bool]:
    """Sorts dates by their first day, of equals the more precise one last."""
    return (day.earliest, -day.latest.toordinal(), day.value, day.basis, day.about)


def _latest(dated: Sequence[_Dated]) -> list[_Dated]:
    """Those that no other is surely later than, by date."""
    if not dated:
        return []
    threshold = max(one.day.earliest for one in dated)
    return sorted((one for one in dated if one.day.latest >= threshold), key=lambda one: one.place)


def _date_of_latest(newest: Sequence[_Dated]) -> PartialDate | None:
    return max((one.day for one in newest), key=_lateness, default=None)


def _since(dated: Sequence[_Dated], newest: Sequence[_Dated]) -> PartialDate | None:
    """The date since which the present stance is unbroken."""
    if not newest:
        return None
    stances = {one.statement.stance for one in newest}
    if len(stances) > 1:
        unbroken = list(newest)
    else:
        broken = [one.day.latest for one in dated if one.statement.stance not in stances]
        last_broken = max(broken, default=date.min)
        unbroken = [
            one for one in dated if one.statement.stance in stances and (not broken or one.day.earliest > last_broken)
        ]
    days = {one.day for one in unbroken}
    return min(days, key=lambda day: (day.earliest, day.latest, day.value, day.basis, day.about))


def _told(
    dated: Sequence[_Dated],
    newest: Sequence[_Dated],
    undated: Sequence[Statement],
    former: Sequence[str],
    as_of: date | None,
) -> str:
    """The explanation of a position, in sentences."""
    sentences = [_told_of_dated(dated, newest, as_of)]
    if undated:
        count = len({one.report_id for one in undated})
        reports = "1 undated report" if count == 1 else f"{count} undated reports"
        if as_of is None:
            stances = " and ".join(_present(Stance, {one.stance for one in undated}))
            sentences.append(
                f"{reports} {'takes' if count == 1 else 'take'} part, saying {stances}; their place in time is unknown."
            )
        else:
            sentences.append(
                f"{reports} {'is' if count == 1 else 'are'} left out: nothing shows what was said by {as_of}."
            )
    if former:
        sentences.append("A position formerly held is reported beside it.")
    return " ".join(sentences)


def _told_of_families(reports: int, support: int) -> str:
    if support == reports:
        return ""
    sources = "one source" if support == 1 else f"{support} sources"
    return f" Its {reports} reports count as {sources}: some are copies or rewordings of others."


def _told_of_dated(dated: Sequence[_Dated], newest: Sequence[_Dated], as_of: date | None) -> str:
    if not newest:
        return f"No dated report up to {as_of} gives a position." if as_of else "No dated report gives a position."
    by_stance = {
        stance: [one for one in newest if one.statement.stance is stance]
        for stance in _present(Stance, {one.statement.stance for one in newest})
    }
    if len(by_stance) > 1:
        sides = "; ".join(f"{stance} by {_named(ones)}" for stance, ones in by_stance.items())
        if len({one.day.value for one in newest}) == 1:
            return f"The latest dated statements disagree: {sides}."
        return f"The latest dated statements differ and the order of their dates is unknown: {sides}."
    (stance,) = by_stance
    told = f"The latest dated word is {stance}, by {_named(newest)}"
    since, latest = _since(dated, newest), _date_of_latest(newest)
    if since != latest and since is not None:
        told += f", unbroken since {_shown(since)}"
    other = [one for one in dated if one.statement.stance is not stance]
    if other:
        last = max(other, key=lambda one: (_lateness(one.day), _place(one.statement)))
        told += f"; before that {last.statement.stance}, last by {_named([last])}"
    return told + "."


def _named(ones: Sequence[_Dated]) -> str:
    """Reports with their dates, the latest first and no more than three by name."""
    reports = {one.statement.report: one.day for one in ones}
    latest_first = sorted(sorted(reports), key=lambda name: _lateness(reports[name]), reverse=True)
    told = ", ".join(f"{name} ({_shown(reports[name])})" for name in latest_first[:3])
    return told if len(reports) <= 3 else f"{told} and {len(reports) - 3} more"


def _shown(day: PartialDate) -> str:
    return f"about {day.value}" if day.about else day.value
