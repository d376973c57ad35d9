"""Positions: the latest dated word, honest about what no date shows."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.analysis import positions_at
from travaux.model import Act, DateBasis, PartialDate, Stance, Via


def day(value, about=False):
    return PartialDate(value, DateBasis.MANIFEST, about)


def only(statements, dates=None, as_of=None):
    """The one position that statements give, with dates by report."""
    (position,) = positions_at(
        statements,
        {report: day(value) for report, value in (dates or {}).items()},
        None if as_of is None else date.fromisoformat(as_of),
    )
    return position


def test_nothing_gives_nothing():
    assert positions_at([], {}) == []


def test_the_latest_dated_report_gives_the_stance(make_statement):
    old, new = make_statement("a.txt", "for"), make_statement("b.txt", "against", act=Act.REJECT)
    position = only([old, new], {"a.txt": "2025-06-01", "b.txt": "2025-08-18"})
    assert (position.party, position.option, position.stances) == ("northland", "ferry-link", (Stance.AGAINST,))
    assert (position.statements, position.reports) == ((new.id,), ("b.txt",))
    assert (position.acts, position.vias) == ((Act.REJECT,), (Via.SPEAKER,))
    assert (position.since, position.latest) == (day("2025-08-18"), day("2025-08-18"))
    assert position.reason == (
        "The latest dated word is against, by b.txt (2025-08-18); before that for, last by a.txt (2025-06-01)."
    )


def test_as_of_looks_no_further(make_statement):
    old, new = make_statement("a.txt", "for"), make_statement("b.txt", "against")
    dates = {"a.txt": "2025-06-01", "b.txt": "2025-08-18"}
    assert only([old, new], dates, "2025-08-17").stances == (Stance.FOR,)
    assert only([old, new], dates, "2025-08-18").stances == (Stance.AGAINST,)
    assert positions_at([old, new], {name: day(value) for name, value in dates.items()}, date(2025, 5, 31)) == []


def test_a_month_counts_once_its_last_day_has_come(make_statement):
    one = make_statement("a.txt")
    assert positions_at([one], {"a.txt": day("2025-06")}, date(2025, 6, 29)) == []
    assert only([one], {"a.txt": "2025-06"}, "2025-06-30").stances == (Stance.FOR,)


def test_since_is_the_start_of_the_unbroken_stance(make_statement):
    reports = [make_statement(name, stance) for name, stance in zip("abcde", ["for", "against", "for", "for", "for"])]
    dates = {"a": "2025-01-01", "b": "2025-02-01", "c": "2025-03-01", "d": "2025-03", "e": "2025-05-01"}
    position = only(reports, dates)
    assert (position.since, position.latest) == (day("2025-03-01"), day("2025-05-01"))
    assert "unbroken since 2025-03-01; before that against, last by b (2025-02-01)" in position.reason


def test_a_date_that_overlaps_the_break_does_not_start_the_stance(make_statement):
    reports = [make_statement("a", "against"), make_statement("b", "for"), make_statement("c", "for")]
    position = only(reports, {"a": "2025-03-10", "b": "2025", "c": "2025-05-01"})
    assert (position.stances, position.since, position.latest) == (
        (Stance.FOR,),
        day("2025-05-01"),
        day("2025-05-01"),
    )


def test_overlapping_dates_have_no_order(make_statement):
    reports = [make_statement("a", "against"), make_statement("b", "for")]
    position = only(reports, {"a": "2025-08", "b": "2025-08-18"})
    assert position.stances == (Stance.FOR, Stance.AGAINST)
    assert (position.since, position.latest) == (day("2025-08"), day("2025-08-18"))
    assert "the order of their dates is unknown: for by b (2025-08-18); against by a (2025-08)" in position.reason


def test_copies_count_once(make_statement):
    from travaux.analysis import positions_at

    reports = [make_statement(name, "for") for name in "abc"]
    (position,) = positions_at(reports, {}, families={reports[0].report_id: "f", reports[1].report_id: "f"})
    assert (position.support, len(position.reports)) == (2, 3)
    assert position.reason.endswith("Its 3 reports count as 2 sources: some are copies or rewordings of others.")
    (alone,) = positions_at(reports, {})
    assert alone.support == 3 and "count as" not in alone.reason


def test_reports_of_one_day_may_disagree(make_statement):
    reports = [make_statement("a", "open"), make_statement("b", "for"), make_statement("c", "for")]
    position = only(reports, dict.fromkeys("abc", "2025-08-18"))
    assert position.stances == (Stance.FOR, Stance.OPEN)
    assert "disagree: for by" in position.reason
    assert position.reports == ("a", "b", "c")


def test_undated_reports_take_part_but_prove_no_shift(make_statement):
    dated, undated = make_statement("a", "for"), make_statement("u", "against")
    position = only([dated, undated], {"a": "2025-08-18"})
    assert position.stances == (Stance.FOR, Stance.AGAINST)
    assert position.statements == (dated.id, undated.id)
    assert (position.since, position.latest, position.undated) == (day("2025-08-18"), day("2025-08-18"), 1)
    assert "1 undated report takes part, saying against" in position.reason


def test_with_a_date_asked_for_undated_reports_are_left_out_and_counted(make_statement):
    reports = [make_statement("a", "for"), make_statement("u", "against"), make_statement("v", "against")]
    position = only(reports, {"a": "2025-08-18"}, "2025-09-01")
    assert (position.stances, position.undated, position.reports) == ((Stance.FOR,), 2, ("a",))
    assert "2 undated reports are left out" in position.reason
    before = only(reports, {"a": "2025-08-18"}, "2025-01-01")
    assert (before.stances, before.undated, before.statements, before.since) == ((), 2, (), None)
    assert before.conditional is False
    assert before.reason.startswith("No dated report up to 2025-01-01 gives a position.")


def test_only_undated_reports(make_statement):
    position = only([make_statement("u", "open"), make_statement("u", "open", span=(50, 90))])
    assert (position.stances, position.since, position.latest, position.undated) == ((Stance.OPEN,), None, None, 1)


def test_former_positions_are_named_but_carry_nothing(make_statement):
    former = make_statement("a", "against", former=True)
    position = only([former, make_statement("b", "for")], {"a": "2025-08-20", "b": "2025-08-18"})
    assert (position.stances, position.former) == ((Stance.FOR,), (former.id,))
    assert "formerly held" in position.reason
    alone = only([former], {"a": "2025-08-20"})
    assert (alone.stances, alone.former, alone.statements) == ((), (former.id,), ())
    assert positions_at([former], {"a": day("2025-08-20")}, date(2025, 8, 19)) == []
    assert positions_at([former], {}, date(2025, 8, 19)) == []


def test_conditional_only_where_every_carrying_statement_is(make_statement):
    condition = make_statement("a", condition="if fares fall")
    plain = make_statement("a", span=(50, 90))
    assert only([condition], {"a": "2025-08-18"}).conditional
    assert not only([condition, plain], {"a": "2025-08-18"}).conditional
    assert only([condition, plain], {}).conditional is False


def test_acts_and_vias_in_the_codebooks_order(make_statement):
    reports = [
        make_statement("a", act=Act.STATE, via=Via.ANONYMOUS),
        make_statement("b", act=Act.OFFER, via=Via.SPEAKER),
        make_statement("c", act=Act.ACCEPT, via=Via.NARRATOR),
    ]
    position = only(reports)
    assert position.acts == (Act.OFFER, Act.ACCEPT, Act.STATE)
    assert position.vias == (Via.SPEAKER, Via.NARRATOR, Via.ANONYMOUS)


def test_many_reports_are_counted_not_listed(make_statement):
    names = [f"{number}.txt" for number in range(6)]
    position = only([make_statement(name) for name in names], dict.fromkeys(names, "2025-08-18"))
    assert "and 3 more" in position.reason
    assert position.reports == tuple(names)


def test_an_analysts_estimate_is_shown_as_one(make_statement):
    (position,) = positions_at([make_statement("a")], {"a": day("2025-08", about=True)})
    assert "about 2025-08" in position.reason


def test_parties_and_options_are_sorted(make_statement):
    made = [make_statement(party=party, option=option) for party in "ba" for option in "yx"]
    assert [(one.party, one.option) for one in positions_at(made, {})] == [
        ("a", "x"),
        ("a", "y"),
        ("b", "x"),
        ("b", "y"),
    ]


values = st.sampled_from(["2025", "2025-08", "2025-09", "2025-08-01", "2025-08-18", "2025-09-02", "2024-12-31", None])
entries = st.tuples(
    st.sampled_from("abcdef"), st.sampled_from(["for", "against", "open"]), st.booleans(), st.integers(0, 3)
)


@st.composite
def records(draw, make_statement):
    made = [
        make_statement(report, stance, span=(place * 50, place * 50 + 40), former=former)
        for report, stance, former, place in draw(st.lists(entries, min_size=1, max_size=12))
    ]
    dates = {name: None if value is None else day(value) for name in "abcdef" for value in [draw(values)]}
    as_of = draw(st.none() | st.sampled_from([date(2024, 12, 31), date(2025, 8, 31), date(2026, 1, 1)]))
    return made, dates, as_of


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_order_and_repetition_of_statements_do_not_matter(make_statement, data):
    made, dates, as_of = data.draw(records(make_statement))
    expected = positions_at(made, dates, as_of)
    assert positions_at(data.draw(st.permutations(made)), dates, as_of) == expected
    assert positions_at(made + made, dates, as_of) == expected


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_carries_a_position_gives_that_position_again(make_statement, data):
    made, dates, as_of = data.draw(records(make_statement))
    for position in positions_at(made, dates, as_of):
        carrying = [one for one in made if one.id in position.statements]
        if not carrying:
            assert position.stances == () and (position.undated or position.former)
            continue
        (again,) = positions_at(carrying, dates, as_of)
        assert (again.stances, again.statements, again.acts, again.latest, again.conditional) == (
            position.stances,
            position.statements,
            position.acts,
            position.latest,
            position.conditional,
        )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_what_a_position_says_holds(make_statement, data):
    made, dates, as_of = data.draw(records(make_statement))
    by_id = {one.id: one for one in made}
    for position in positions_at(made, dates, as_of):
        carrying = [by_id[identity] for identity in position.statements]
        assert set(position.stances) == {one.stance for one in carrying}
        assert not any(one.former for one in carrying)
        assert all(by_id[identity].former for identity in position.former)
        used = [dates[one.report_id] for one in carrying if dates[one.report_id]]
        assert (position.latest is None) == (position.since is None) == (not used)
        if as_of is not None:
            assert len(used) == len(carrying)
            assert all(one.latest <= as_of for one in used)
        if position.since:
            assert position.since.earliest <= position.latest.earliest
        for one in used:  # nothing that counts is surely earlier than anything dated that could count
            assert not any(
                one.latest < dates[other.report_id].earliest
                for other in made
                if not other.former
                and dates[other.report_id]
                and (as_of is None or dates[other.report_id].latest <= as_of)
            )


@given(st.data())
@settings(max_examples=60, deadline=None)
def test_an_undated_report_never_moves_a_date(make_statement, data):
    made, dates, _ = data.draw(records(make_statement))
    dated = [one for one in made if dates[one.report_id]]
    with_all = [(one.since, one.latest) for one in positions_at(made, dates)]
    assert with_all == ([(one.since, one.latest) for one in positions_at(dated, dates)] or [(None, None)])


@pytest.mark.parametrize("as_of", [None, date(2025, 12, 31)])
def test_reasons_are_one_line(make_statement, as_of):
    reports = [make_statement(name, stance) for name, stance in zip("abc", ["for", "against", "open"])]
    for position in positions_at(reports, {"a": day("2025"), "b": day("2025-08-18")}, as_of):
        assert position.reason.endswith(".")
        assert "\n" not in position.reason
