"""What changed since a day: only what dated reports show."""

from datetime import date

from travaux.model import Act, DateBasis, PartialDate, Stance, Statement
from travaux.views.changed_positions import ChangeKind, changes_since, usual_since

DATES = {
    "r1": PartialDate("2025-01-10", DateBasis.PAGE),
    "r2": PartialDate("2025-02-10", DateBasis.PAGE),
    "r3": PartialDate("2025-02", DateBasis.PAGE),
    "r4": None,
}


def said(number, report, party, stance, former=False):
    return Statement(f"s{number}", f"{report}.txt", report, 0, 4, "text", party, "x", stance, Act.STATE, former=former)


def test_new_turned_and_said_again():
    statements = [
        said(1, "r1", "a", Stance.FOR), said(2, "r2", "a", Stance.AGAINST),
        said(3, "r2", "b", Stance.FOR),
        said(4, "r1", "c", Stance.OPEN), said(5, "r2", "c", Stance.OPEN),
        said(6, "r1", "d", Stance.FOR),
    ]  # fmt: skip
    changes = changes_since(statements, DATES, date(2025, 1, 31))
    assert [(one.party, one.kind, one.before, one.after) for one in changes.found] == [
        ("a", ChangeKind.TURNED, (Stance.FOR,), (Stance.AGAINST,)),
        ("b", ChangeKind.NEW, (), (Stance.FOR,)),
        ("c", ChangeKind.AGAIN, (Stance.OPEN,), (Stance.OPEN,)),
    ]
    assert (changes.told_anew, changes.undated) == (2, 1)


def test_what_has_no_sure_date_proves_no_change():
    statements = [
        said(1, "r1", "a", Stance.FOR),
        said(2, "r4", "a", Stance.AGAINST),
        said(3, "r3", "b", Stance.FOR),
        said(4, "r2", "c", Stance.FOR, former=True),
    ]
    assert changes_since(statements, DATES, date(2025, 2, 9)).found == []


def test_the_usual_day_is_a_week_before_the_latest_report():
    assert usual_since(DATES) == date(2025, 2, 21)
    assert usual_since({"r4": None}) is None
