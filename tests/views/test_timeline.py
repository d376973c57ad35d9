"""Where the timeline draws things: by stance, date and its precision; what has no date apart."""

from datetime import date, timedelta

import pytest

from travaux.model import Act, DateBasis, PartialDate, Party, ReportState, Stance, Statement
from travaux.record import ReportRow
from travaux.views.timeline import COLUMN, MARGIN, MOST_MARKS, WIDTH, Dated, Told, timeline_of

PARTIES = (Party("a", "A"), Party("b", "B"), Party("c", "C"))


def told(number, day, party="a", stance=Stance.FOR, act=Act.STATE):
    published = PartialDate(day, DateBasis.PAGE) if day else None
    row = ReportRow(
        f"r{number}", f"{number:05}.txt", None, None, None, published, None, None, ReportState.READ, "", 1, 9
    )
    one = Statement(f"s{number}", row.name, row.id, 0, 4, "text", party, "x", stance, act)
    return Told(one, row)


def test_height_says_the_stance():
    view = timeline_of(PARTIES, [told(1, "2025-01-05"), told(2, "2025-01-05", stance=Stance.AGAINST), told(3, "2025-01-05", stance=Stance.OPEN)])  # fmt: skip
    (lane,) = view.lanes
    heights = {str(mark.told.statement.stance): mark.y for mark in lane.dated.marks}
    assert heights["for"] < heights["open"] == lane.dated.middle < heights["against"]
    assert all(0 < mark.y < lane.dated.height for mark in lane.dated.marks)


def test_marks_stand_in_the_order_of_their_dates_and_never_cover_each_other():
    days = [date(2025, 1, 1) + timedelta(days=step) for step in range(0, 300, 3)]
    view = timeline_of(PARTIES, [told(number, day.isoformat()) for number, day in enumerate(days)])
    marks = view.lanes[0].dated.marks
    assert [mark.told.row.name for mark in sorted(marks, key=lambda mark: (mark.x, -mark.y))] == sorted(
        mark.told.row.name for mark in marks
    )
    places = sorted((mark.x, mark.y) for mark in marks)
    assert len(set(places)) == len(places) == 100
    assert all(0 <= mark.x <= WIDTH for mark in marks)
    near = [abs(one.x - two.x) for one in marks for two in marks if one is not two and one.y == two.y]
    assert min(near) >= COLUMN - 0.01


def test_a_date_known_to_the_month_is_drawn_over_all_its_days():
    view = timeline_of(PARTIES, [told(1, "2025-01-01"), told(2, "2025-02"), told(3, "2025-03-31")])
    marks = {mark.told.row.name: mark for mark in view.lanes[0].dated.marks}
    over = marks["00002.txt"]
    assert over.from_x < over.x < over.to_x
    assert marks["00001.txt"].from_x is None
    assert (view.first, view.last) == (date(2025, 1, 1), date(2025, 3, 31))


def test_what_has_no_date_stands_apart():
    view = timeline_of(PARTIES, [told(1, "2025-01-01"), told(2, None), told(3, None, "b")])
    assert (view.number, view.undated) == (3, 2)
    assert [len(lane.undated.marks) for lane in view.lanes] == [1, 1]
    assert [len(lane.dated.marks) for lane in view.lanes] == [1, 0]
    alone = timeline_of(PARTIES, [told(1, None)])
    assert (alone.first, alone.ticks) == (None, [])


def test_many_statements_end_in_numbers_and_none_is_lost():
    given = [told(n, f"2025-01-{1 + n % 28:02}", "abc"[n % 3], list(Stance)[n % 3 - n // 7 % 2]) for n in range(20_000)]
    view = timeline_of(PARTIES, given)
    drawn = sum(len(lane.dated.marks) for lane in view.lanes)
    told_by_number = sum(more.number for lane in view.lanes for more in lane.dated.more)
    assert drawn + told_by_number == 20_000
    assert drawn <= MOST_MARKS
    assert all(more.first <= more.last for lane in view.lanes for more in lane.dated.more)


def test_meetings_incidents_and_shifts_have_lanes_of_their_own():
    beside = [
        Dated("meeting", "m", "talks", date(2025, 1, 5), date(2025, 1, 5)),
        Dated("shift", "s", "turn", date(2025, 1, 2), date(2025, 1, 20)),
        Dated("shift", "t", "turn", date(2025, 1, 3), date(2025, 1, 9)),
        Dated("incident", "i", "before it all", date(2024, 1, 1), date(2024, 1, 1)),
    ]
    view = timeline_of(PARTIES, [told(1, "2025-01-01"), told(2, "2025-01-31")], beside)
    assert [(lane.kind, len(lane.spans)) for lane in view.beside] == [("meeting", 1), ("shift", 2)]
    first, second = view.beside[1].spans
    assert first.y != second.y
    assert first.x < second.x < second.to_x < first.to_x


@pytest.mark.parametrize(
    ("last", "labels"),
    [
        ("2025-01-04", ["2025-01-01", "2025-01-02", "2025-01-03", "2025-01-04"]),
        ("2025-03-20", ["2025-01", "2025-02", "2025-03"]),
        (
            "2029-06-01",
            ["2025-01", "2025-07", "2026-01", "2026-07", "2027-01", "2027-07", "2028-01", "2028-07", "2029-01"],
        ),
        ("2035-06-01", ["2026", "2028", "2030", "2032", "2034"]),
    ],
)
def test_ticks_leave_their_labels_room(last, labels):
    view = timeline_of(PARTIES, [told(1, "2025-01-01"), told(2, last)])
    assert [tick.label for tick in view.ticks] == labels


def test_ends_that_are_asked_for_are_kept_and_what_reaches_over_them_is_drawn_to_them():
    over = Dated("shift", "s", "over both ends", date(2025, 1, 1), date(2025, 12, 31))
    out = Dated("shift", "o", "outside", date(2025, 1, 1), date(2025, 1, 2))
    view = timeline_of(PARTIES, [told(1, "2025-03-05")], [over, out], first=date(2025, 3, 1), last=date(2025, 3, 31))
    assert (view.first, view.last) == (date(2025, 3, 1), date(2025, 3, 31))
    ((span,),) = [lane.spans for lane in view.beside]
    assert span.identity == "s"
    assert (span.x, span.to_x) == (MARGIN, WIDTH - MARGIN)
