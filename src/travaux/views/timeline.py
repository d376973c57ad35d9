"""Who said what when: a lane for each party, a mark for each statement, worked out here and drawn by a template.

In a lane the height says the stance: for stands above the middle line, against below, open on it. The shape of a mark
says the act. A date known to the month or year is drawn with a line over all its days. Undated reports stand apart,
since nothing shows where they belong.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from travaux.model import Act, PartialDate, Party, Stance, Statement
from travaux.record import ReportRow

WIDTH = 960
"""Of the dated part of a lane, in units of the picture."""
COLUMN = 13
"""Width of the column that marks of about one day share, and of a mark with its surroundings."""
STEP = 12
HALF = 9
"""From the middle line to the first mark of a stack."""
MARGIN = 10
MOST_SPANS = 150
"""Meetings, incidents or shifts that are drawn; the earliest."""
MOST_MARKS = 1500
"""On one picture; fuller columns end in a number."""


@dataclass(frozen=True, slots=True)
class Told:
    """A statement with its report, as the timeline draws it."""

    statement: Statement
    row: ReportRow


@dataclass(frozen=True, slots=True)
class Mark:
    """A statement's mark.

    Attributes:
        x, y: its middle; from_x, to_x: the days its date may mean, where that is more than its own width.
    """

    told: Told
    x: float
    y: float
    from_x: float | None = None
    to_x: float | None = None

    @property
    def act(self) -> Act:
        """What its shape says."""
        return self.told.statement.act


@dataclass(frozen=True, slots=True)
class More:
    """A number in place of the marks that a full column has no room for, with the days it stands for."""

    x: float
    y: float
    number: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Strip:
    """A part of a lane: its marks, and how high and wide it is; `middle` is the height of its middle line."""

    width: float
    height: float
    middle: float
    marks: Sequence[Mark]
    more: Sequence[More]


@dataclass(frozen=True, slots=True)
class Lane:
    """A party's lane: what is dated, and what is not (None where nothing is undated in any lane)."""

    party: Party
    number: int
    dated: Strip
    undated: Strip | None


@dataclass(frozen=True, slots=True)
class Span:
    """A meeting, an incident or a shift on its days.

    Attributes:
        kind: ``meeting``, ``incident`` or ``shift``; identity: its id; says: what it is, in a line.
        x, to_x: where its first day begins and its last one ends, for a shift the two reports that show it; y: its height.
    """

    kind: str
    identity: str
    says: str
    x: float
    to_x: float
    y: float = 0


@dataclass(frozen=True, slots=True)
class SpanLane:
    """The spans of one kind, in as many rows as keep them apart."""

    kind: str
    spans: Sequence[Span]
    height: float


@dataclass(frozen=True, slots=True)
class Tick:
    """A date on the axis; `major` where a year begins."""

    x: float
    label: str
    major: bool


@dataclass(frozen=True, slots=True)
class TimelineView:
    """The whole picture.

    Attributes:
        first, last: the days at its ends; None where no report has a date.
        number: how many statements it shows; undated: how many of them have no date.
        beside: lanes of meetings, incidents and shifts within these days.
    """

    lanes: Sequence[Lane]
    ticks: Sequence[Tick]
    first: date | None
    last: date | None
    number: int
    undated: int
    beside: Sequence[SpanLane] = ()
    width: int = WIDTH


@dataclass(frozen=True, slots=True)
class _Axis:
    first: date
    last: date

    def x(self, day: date, share: float = 0.5) -> float:
        """Where a day lies; share 0 is its beginning and 1 its end."""
        days = (self.last - self.first).days + 1
        return round(MARGIN + (WIDTH - 2 * MARGIN) * ((day - self.first).days + share) / days, 1)


@dataclass(frozen=True, slots=True)
class Dated:
    """Something to be drawn on its days: a first and a last one."""

    kind: str
    identity: str
    says: str
    first: date
    last: date


def timeline_of(
    parties: Iterable[Party],
    told: Iterable[Told],
    beside: Iterable[Dated] = (),
    *,
    first: date | None = None,
    last: date | None = None,
) -> TimelineView:
    """The timeline of statements; parties without any have no lane.

    Args:
        parties: in the order of the lanes.
        beside: what is drawn in lanes of its own, as far as it lies between the ends.
        first, last: the days at its ends; None for those of the first and the last report. Statements before or after
            are the caller's to leave out.
    """
    by_party: dict[str, list[Told]] = defaultdict(list)
    for one in told:
        by_party[one.statement.party].append(one)
    shown = [party for party in parties if by_party[party.id]]
    days = [one.row.published for party in shown for one in by_party[party.id] if one.row.published]
    axis = _axis(days, first, last)
    number = sum(len(by_party[party.id]) for party in shown)
    undated = number - len(days)
    # A column is as high as the fullest where all fit, else only as high as keeps the picture light.
    columns = max(1, len(shown)) * (WIDTH // COLUMN)
    deepest = 12 if number <= MOST_MARKS else max(2, MOST_MARKS // columns)
    lanes = []
    for party in shown:
        ours = by_party[party.id]
        dated = _strip(axis, [one for one in ours if one.row.published], deepest)
        apart = _strip(None, [one for one in ours if not one.row.published], deepest) if undated else None
        lanes.append(Lane(party, len(ours), *_level(dated, apart)))
    spans = _span_lanes(axis, beside) if axis else []
    ticks = _ticks(axis) if axis else []
    first, last = (axis.first, axis.last) if axis else (None, None)
    return TimelineView(lanes, ticks, first, last, number, undated, spans)


def _axis(days: Sequence[PartialDate], first: date | None, last: date | None) -> _Axis | None:
    if not days:
        return None
    first = first or min(day.earliest for day in days)
    return _Axis(first, max(last or max(day.latest for day in days), first))


def _span_lanes(axis: _Axis, beside: Iterable[Dated]) -> list[SpanLane]:
    kinds: dict[str, list[Dated]] = {"meeting": [], "incident": [], "shift": []}
    for one in sorted(beside, key=lambda one: (one.first, one.last, one.identity)):
        if one.first <= axis.last and axis.first <= one.last:
            kinds[one.kind].append(one)
    found = []
    for kind, ones in kinds.items():
        reached: list[float] = []  # how far each row is taken
        spans = []
        for one in ones[:MOST_SPANS]:
            # What began before or goes on after is drawn from end to end.
            x, to_x = axis.x(max(one.first, axis.first), 0), axis.x(min(one.last, axis.last), 1)
            row = next((place for place, taken in enumerate(reached) if taken + 3 <= x), len(reached))
            reached[row : row + 1] = [max(to_x, x + COLUMN)]
            spans.append(Span(kind, one.identity, one.says, x, to_x, HALF + STEP * row))
        if spans:
            found.append(SpanLane(kind, spans, 2 * HALF + STEP * (len(reached) - 1)))
    return found


def _strip(axis: _Axis | None, told: Sequence[Told], deepest: int) -> Strip:
    """Marks in columns, for above and against below a middle line that lies at 0 until `_level` moves it."""
    columns: dict[tuple[int, Stance], list[Told]] = defaultdict(list)
    of_day: dict[PartialDate | None, int] = {}  # many statements have one day
    for one in sorted(told, key=_order):
        day = one.row.published
        if day not in of_day:
            of_day[day] = _column(axis, one)
        columns[of_day[day], one.statement.stance].append(one)
    if axis is None:
        columns = _side_by_side(columns, deepest)
    marks: list[Mark] = []
    more: list[More] = []
    for (column, stance), ones in sorted(
        columns.items(), key=lambda item: (item[0][0], list(Stance).index(item[0][1]))
    ):
        side = {Stance.FOR: -1, Stance.AGAINST: 1, Stance.OPEN: 0}[stance]
        room = 1 if side == 0 else deepest
        fit = ones if len(ones) <= room else ones[: room - 1]
        for place, one in enumerate(fit):
            y = side * (HALF + STEP * place)
            marks.append(_mark(axis, one, COLUMN * (column + 0.5), y))
        if len(fit) < len(ones):
            days = [one.row.published for one in ones if one.row.published]
            first, last = (
                min((day.earliest for day in days), default=None),
                max((day.latest for day in days), default=None),
            )
            x = COLUMN * (column + 0.5) + (COLUMN if side == 0 else 0)
            more.append(More(x, side * (HALF + STEP * len(fit)), len(ones) - len(fit), first, last))
    width = WIDTH if axis else COLUMN * (max((column for column, _ in columns), default=0) + 1)
    return Strip(width, 0, 0, marks, more)


def _order(told: Told) -> tuple[date, str, int, str]:
    day = told.row.published
    return (day.earliest if day else date.min, told.row.name, told.statement.start, told.statement.id)


def _x(axis: _Axis | None, told: Told, otherwise: float) -> float:
    """The middle of the days a date may mean."""
    day = told.row.published
    if axis is None or day is None:
        return otherwise
    return round((axis.x(day.earliest, 0) + axis.x(day.latest, 1)) / 2, 1)


def _column(axis: _Axis | None, told: Told) -> int:
    return 0 if axis is None else int(_x(axis, told, 0) / COLUMN)


def _mark(axis: _Axis | None, told: Told, otherwise: float, y: float) -> Mark:
    day, x = told.row.published, _x(axis, told, otherwise)
    if axis is None or day is None or day.precision == "day":
        return Mark(told, otherwise, y)  # in the middle of its column, so that neighbours do not cover each other
    return Mark(told, x, y, axis.x(day.earliest, 0), axis.x(day.latest, 1))


def _side_by_side(columns: dict[tuple[int, Stance], list[Told]], deepest: int) -> dict[tuple[int, Stance], list[Told]]:
    """What has no date needs no place in time: stacks of three, one beside the other."""
    tall = min(3, deepest)
    found: dict[tuple[int, Stance], list[Told]] = {}
    most = 8  # columns: a lane of undated reports stays narrower than one of dated ones
    for (_, stance), ones in columns.items():
        each = 1 if stance is Stance.OPEN else tall
        for place in range(0, min(len(ones), each * most), each):
            found[place // each, stance] = ones[place : place + each]
        rest = ones[each * most :]
        if rest:
            found[most - 1, stance] = [*found[most - 1, stance], *rest]
    return found


def _level(dated: Strip, apart: Strip | None) -> tuple[Strip, Strip | None]:
    """Both parts of a lane with one middle line, high enough for either."""
    strips = [strip for strip in (dated, apart) if strip]
    heights = [mark.y for strip in strips for mark in strip.marks]
    heights += [more.y for strip in strips for more in strip.more]
    above = max(0.0, -min(heights, default=0.0)) + HALF + 3
    below = max(0.0, max(heights, default=0.0)) + HALF + 3

    def moved(strip: Strip) -> Strip:
        marks = [Mark(one.told, one.x, one.y + above, one.from_x, one.to_x) for one in strip.marks]
        more = [More(one.x, one.y + above, one.number, one.first, one.last) for one in strip.more]
        return Strip(strip.width, above + below, above, marks, more)

    return moved(dated), moved(apart) if apart else None


def _ticks(axis: _Axis) -> list[Tick]:
    """Beginnings of days, weeks, months or years, whichever leaves the labels room."""
    days = (axis.last - axis.first).days + 1
    if days <= 16:
        every = [date.fromordinal(axis.first.toordinal() + step) for step in range(0, days, 1 if days <= 8 else 2)]
        return [Tick(axis.x(day), day.isoformat(), False) for day in every]
    months = (axis.last.year - axis.first.year) * 12 + axis.last.month - axis.first.month
    step = next(step for step in (1, 2, 3, 6, 12, 24, 60, 120, 1200) if months / step <= 10)
    found = []
    for number in range(months + 1):
        year, month = divmod(axis.first.year * 12 + axis.first.month - 1 + number, 12)
        if (year * 12 + month) % step or date(year, month + 1, 1) < axis.first:
            continue
        label = f"{year}" if step >= 12 else f"{year}-{month + 1:02}"
        found.append(Tick(axis.x(date(year, month + 1, 1), 0), label, month == 0))
    return found or [Tick(axis.x(axis.first), axis.first.isoformat(), False)]
