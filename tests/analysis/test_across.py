"""Shifts, conflicts and events over statements, facts and happenings made by hand."""

from dataclasses import replace
from datetime import date

import pytest
from happening_exercises import report as made

from travaux.analysis.conflicts import Material, conflicts_in
from travaux.analysis.conflicts_of_facts import offices_exclude
from travaux.analysis.events import events_of
from travaux.analysis.shifts import Order, ShiftKind, shifts_in
from travaux.happening import Fact, FactKind, Figure, Happening, HappeningKind, Status
from travaux.model import Act, DateBasis, PartialDate, Stance, Statement, Via

DATES = {
    "r1": PartialDate("2024-06-01", DateBasis.PAGE),
    "r2": PartialDate("2024-06-05", DateBasis.PAGE),
    "r3": PartialDate("2024-08-20", DateBasis.PAGE),
    "month": PartialDate("2024-06", DateBasis.PAGE),
    "guess": PartialDate("2024-08-01", DateBasis.ANALYST, about=True),
    "undated": None,
}


def said(report, stance, *, via=Via.SPEAKER, act=Act.STATE, **fields):
    """A statement of one party on one option."""
    identity = f"{report}-{stance}-{via}-{act}-{sorted(fields.items())}"
    quote = f"{stance} {via}"
    defaults = {"start": 0, "end": len(quote)} | fields
    start, end = defaults.pop("start"), defaults.pop("end")
    return Statement(
        identity,
        f"{report}.txt",
        report,
        start,
        end,
        quote,
        "norway",
        "quota",
        Stance(stance),
        act,
        via=via,
        **defaults,
    )


def shifts(*statements, **options):
    return [
        (one.kind, one.order, one.before.report_id, one.after.report_id if one.after else None)
        for one in shifts_in(statements, DATES, **options)
    ]


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [(said("r1", "for"), said("r2", "against"), ShiftKind.REVERSAL),
     (said("r1", "open"), said("r2", "against"), ShiftKind.HARDENING),
     (said("r1", "against"), said("r2", "open"), ShiftKind.SOFTENING),
     (said("r1", "for", act=Act.OFFER), said("r2", "open"), ShiftKind.HARDENING),
     (said("r1", "for", act=Act.DEMAND), said("r2", "open"), ShiftKind.SOFTENING),
     (said("r1", "open"), said("r2", "for", act=Act.DEMAND), ShiftKind.HARDENING),
     (said("r1", "for"), said("r2", "for", condition="if"), ShiftKind.NEW_CONDITION),
     (said("r1", "for", condition="if"), said("r2", "for"), ShiftKind.DROPPED_CONDITION)],
)  # fmt: skip
def test_kinds_of_shift(before, after, kind):
    assert shifts(before, after) == [(kind, Order.DATES, "r1", "r2")]
    assert shifts(after, before) == shifts(before, after)


def test_no_shift_where_a_stance_stays():
    assert shifts(said("r1", "for"), said("r2", "for")) == []
    assert shifts(said("r1", "for"), said("r1", "open", start=20, end=24), said("r2", "for")) == []


def test_a_condition_in_somebody_elses_account_is_no_new_condition():
    assert shifts(said("r1", "for"), said("r2", "for", via=Via.OTHER, condition="if")) == []


@pytest.mark.parametrize("other", ["undated", "guess", "month"])
def test_without_a_known_order_a_difference_is_told_and_no_shift(other):
    found = shifts(said("r1", "for"), said(other, "against"))
    assert [(kind, order) for kind, order, _, _ in found] == [(ShiftKind.DIFFERENCE, Order.UNKNOWN)]
    assert "order unknown" in shifts_in([said("r1", "for"), said(other, "against")], DATES)[0].says


def test_a_former_position_is_a_shift_inside_its_report():
    former, now = said("undated", "against", former=True), said("undated", "for", start=20, end=30)
    (found,) = shifts_in([former, now], DATES)
    assert (found.kind, found.order, found.before, found.after) == (ShiftKind.REVERSAL, Order.REPORT, former, now)
    (alone,) = shifts_in([former], DATES)
    assert alone.after is None
    assert "not what it is now" in alone.says


def test_a_familys_later_copy_is_no_new_date():
    held = [said("r1", "for"), said("r2", "against"), said("r3", "for")]
    assert len(shifts_in(held, DATES)) == 2
    assert [one.after.report_id for one in shifts_in(held, DATES, {"r1": "wire", "r3": "wire"})] == ["r2"]


def test_limits_of_time():
    held = [said("r1", "for"), said("r2", "against"), said("r3", "for")]
    assert [one[3] for one in shifts(*held, as_of=date(2024, 7, 1))] == ["r2"]
    assert [one[3] for one in shifts(*held, since=date(2024, 7, 1))] == ["r3"]


def test_what_the_reader_half_believes_shows_no_shift():
    assert shifts(said("r1", "for", confidence=0.9), said("r2", "against", confidence=0.3)) == []


def conflicts(*statements, facts=(), happenings=(), families=None, **options):
    events = events_of(happenings, DATES, families)
    return conflicts_in(Material(statements, events, facts), DATES, families, **options)


def test_agreed_against_not_objecting_is_a_conflict():
    (found,) = conflicts(said("r1", "open", via=Via.NARRATOR), said("r2", "for", via=Via.NARRATOR, act=Act.ACCEPT))
    assert found.kind == "position"
    assert {side.value for side in found.sides} == {"open", "for (agreed)"}
    assert "more than not to object" in found.says
    assert found.weight == 4  # two statements, two reports


def test_consent_told_by_words_counts_whatever_the_act_that_was_read():
    quote = "Norland has agreed to let others offer a levy."
    offered = said("r2", "for", via=Via.NARRATOR, act=Act.OFFER)
    open_one = said("r1", "open", via=Via.NARRATOR)
    assert conflicts(open_one, offered) == []
    (found,) = conflicts(open_one, replace(offered, quote=quote))
    assert "more than not to object" in found.says
    assert conflicts(open_one, replace(offered, quote="Norland has never agreed to let others offer a levy.")) == []


@pytest.mark.parametrize(
    ("one", "two"),
    [(said("r1", "for"), said("r2", "against")),  # its own words, one after the other: a shift
     (said("r1", "for", via=Via.OTHER), said("r3", "against")),  # months apart
     (said("r1", "for", via=Via.OTHER), said("r2", "against", condition="unless")),  # not without
     (said("r1", "open"), said("r2", "for", act=Act.SUPPORT)),
     (said("r1", "against"), said("r2", "against", former=True))],  # given up since
)  # fmt: skip
def test_compatible_positions_are_no_conflict(one, two):
    assert conflicts(one, two) == []


@pytest.mark.parametrize("consent", ["for", "against"])
def test_consent_that_never_was_is_a_conflict_whichever_way_the_option_is_worded(consent):
    text = "The catch must stay as it is, the minister said. Nobody had ever had his consent to anything else, he added. It rained."
    held = "for" if consent == "against" else "against"
    report = made(text, "never.txt")
    agreed = said("r1", consent, via=Via.ANONYMOUS, act=Act.ACCEPT)
    own = replace(said(report.id, held, act=Act.DEMAND), report=report.name, quote=text[:28], start=0, end=28)
    dates = DATES | {report.id: DATES["r2"]}
    (found,) = conflicts_in(Material([agreed, own], [], [], [report]), dates)
    assert found.kind == "position"
    assert "never was" in found.says
    assert any("Nobody had ever had his consent" in one.quote for side in found.sides for one in side.passages)


def test_somebody_elses_account_against_own_words_is_a_conflict():
    (found,) = conflicts(said("r1", "for", via=Via.OTHER), said("r2", "against"))
    assert found.reports == ("r1.txt", "r2.txt")
    assert conflicts(said("r1", "for", via=Via.OTHER), said("r2", "against"), as_of=date(2024, 6, 2)) == []
    assert conflicts(said("r1", "for", via=Via.OTHER), said("r2", "against"), since=date(2024, 7, 1)) == []


def test_held_and_no_longer_held_at_an_unknown_time_is_a_conflict():
    (found,) = conflicts(said("undated", "against", former=True), said("r1", "against"))
    assert {side.value for side in found.sides} == {"against", "against no longer"}


def met(report, status, *, who=("Ann Lee", "Bo Ek"), place=None, day=None, denied=False, what="meeting", parties=()):
    """A meeting as one report tells it."""
    identity = f"{report}-{status}-{who}-{place}-{day}-{what}"
    return Happening(
        identity,
        f"{report}.txt",
        report,
        0,
        4,
        "text",
        HappeningKind.MEETING,
        what,
        "meeting",
        Status(status),
        place,
        day,
        participants=who,
        parties=parties,
        denied=denied,
    )


def hit(report, killed, place="Kosti", day=None):
    """An incident with its dead."""
    number = Figure("killed", str(killed), killed, killed)
    return Happening(
        f"{report}-{killed}",
        f"{report}.txt",
        report,
        0,
        4,
        "text",
        HappeningKind.INCIDENT,
        "strike",
        "attack",
        Status.HELD,
        place,
        day,
        figures=(number,),
    )


def test_versions_of_one_meeting_are_one_event():
    (event,) = events_of(
        [met("r1", "planned", place="Oslo"), met("r2", "held", place="Oslo, Norway")], DATES, {"r1": "f", "r2": "f"}
    )
    assert event.statuses == (Status.PLANNED, Status.HELD)
    assert (event.reports, event.families) == (("r1.txt", "r2.txt"), 1)


@pytest.mark.parametrize(
    "other",
    [met("r2", "held", place="Bergen"), met("r2", "held", place="Oslo", day="2024-06-04"),
     met("r2", "held", who=("Ann Lee", "Cy Orr"), day="2024-06-01"), met("r3", "held")],
    ids=["another place", "another day", "another partner", "months later"],
)  # fmt: skip
def test_other_meetings_stay_apart(other):
    assert len(events_of([met("r1", "held", place="Oslo", day="2024-06-01"), other], DATES)) == 2


def test_rounds_are_one_or_two_by_their_number():
    second = met("r1", "planned", what="second round", place="Oslo", day="2024-06-04", who=())
    (event,) = events_of([second, met("r2", "held", what="second round", day="2024-06-04", who=("envoys",))], DATES)
    assert (event.statuses, event.place) == ((Status.PLANNED, Status.HELD), "Oslo")
    assert (
        len(events_of([second, met("r2", "planned", what="third round", place="Oslo", day="2024-06-04")], DATES)) == 2
    )


def test_groups_by_their_trade_may_be_called_otherwise():
    ministers = met("r1", "held", place="Oslo", who=("ministers",))
    assert (
        len(events_of([ministers, met("r2", "held", place="Oslo", who=("Cy Orr",), parties=("iceland",))], DATES)) == 1
    )
    known = met("r1", "held", place="Oslo", who=("Ann Lee",), parties=("norway",))
    assert len(events_of([known, met("r2", "held", place="Oslo", who=("Cy Orr",), parties=("iceland",))], DATES)) == 2


def test_a_settled_meeting_that_is_denied_is_a_conflict():
    (found,) = conflicts(happenings=[met("r1", "planned"), met("r2", "proposed", denied=True)])
    assert (found.kind, {side.value for side in found.sides}) == ("status", {"planned", "not agreed"})
    assert conflicts(happenings=[met("r1", "proposed"), met("r2", "planned")]) == []


def test_the_dead_of_one_strike_counted_twice():
    (found,) = conflicts(happenings=[hit("r1", 9), hit("r2", 4)])
    assert (found.kind, [side.value for side in found.sides]) == ("number", ["4", "9"])
    assert conflicts(happenings=[hit("r1", 4), hit("r2", 9)]) == [], "a toll that rises"
    assert conflicts(happenings=[hit("r1", 9), hit("r2", 4, place="Bergen")]) == [], "two places"


@pytest.mark.parametrize(
    ("one", "two", "exclude"),
    [("foreign minister", "defence minister", True), ("chancellor", "foreign minister", True), ("president", "prime minister", True),
     ("minister", "foreign minister", False), ("president", "president us", False), ("envoy climate", "envoy peace", False),
     ("spokesman", "foreign minister", False), ("minister", "prime minister", False)],
)  # fmt: skip
def test_offices_that_exclude_one_another(one, two, exclude):
    assert offices_exclude(one.split(), two.split()) is exclude
    assert offices_exclude(two.split(), one.split()) is exclude


def test_facts_about_two_things_are_not_compared():
    def fact(report, qualities, value):
        figure = Figure("docker", str(value), value, value)
        return Fact(
            f"{report}-{value}",
            f"{report}.txt",
            report,
            0,
            4,
            "text",
            FactKind.NUMBER,
            "union represent docker",
            qualities,
            str(value),
            figure,
        )

    assert len(conflicts(facts=[fact("r1", (), 12), fact("r2", ("new",), 8)])) == 1
    assert conflicts(facts=[fact("r1", ("old",), 12), fact("r2", ("new",), 8)]) == []
    assert conflicts(facts=[fact("r1", (), 12), fact("r3", (), 8)]) == [], "months apart"
