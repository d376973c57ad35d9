"""What waits for a person, and in which order: doubt, stake, and what hangs on a statement."""

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.analysis import in_force, positions_at, standing
from travaux.analysis.queue import EARLIER_STAKE, UNKNOWN, Hangs, Order, order_of, waiting
from travaux.analysis.reviewers import decisions
from travaux.errors import RequestError
from travaux.model import DateBasis, PartialDate, Reason, Verdict

DAYS = {f"{number}.txt": PartialDate(f"2025-08-{number:02}", DateBasis.PAGE) for number in range(1, 6)}


def queue(statements, judgements=(), dates=DAYS, **asked):
    return waiting(in_force(statements, judgements), dates, decisions(statements, judgements), **asked)


def hangs(statements, judgements=(), dates=DAYS):
    return {one.judged.statement.id: (one.hangs, one.stake) for one in queue(statements, judgements, dates)}


def test_a_lone_statement_holds_its_cell(make_statement):
    one = make_statement("1.txt", confidence=0.3)
    (waits,) = queue([one])
    assert (waits.hangs, waits.stake, waits.doubt, waits.priority) == (Hangs.ONLY, 1.0, 0.7, 0.7)
    assert waits.reason == "the reader is 30 in 100 sure; the position rests on it alone"


def test_statements_that_carry_one_stance_share_it(make_statement):
    ones = [make_statement("1.txt", span=(at, at + 20)) for at in (0, 50, 100)]
    assert set(hangs(ones).values()) == {(Hangs.SHARES, 0.3333)}
    older = [make_statement("1.txt"), make_statement("2.txt")]
    assert hangs(older) == {older[0].id: (Hangs.NOTHING, 0.0), older[1].id: (Hangs.SHARES, 0.5)}


def test_a_contradiction_hangs_on_the_one_that_contradicts(make_statement):
    two = [make_statement("1.txt", span=(at, at + 20)) for at in (0, 50)]
    other = make_statement("1.txt", "against", span=(100, 120))
    assert hangs([*two, other]) == {
        two[0].id: (Hangs.SHARES, 0.5),
        two[1].id: (Hangs.SHARES, 0.5),
        other.id: (Hangs.CONTRADICTS, 1.0),
    }


def test_the_latest_word_decides_and_the_earlier_shows_the_change(make_statement):
    before, now = make_statement("1.txt", "against"), make_statement("2.txt", "for")
    assert hangs([before, now]) == {before.id: (Hangs.EARLIER, EARLIER_STAKE), now.id: (Hangs.DECIDES, 1.0)}
    twice = make_statement("1.txt", "against", span=(50, 90))
    assert hangs([before, twice, now])[before.id] == (Hangs.NOTHING, 0.0)
    former = make_statement("2.txt", "against", former=True)
    assert hangs([now, former])[former.id] == (Hangs.NOTHING, 0.0)


def test_undated_statements_show_no_change(make_statement):
    undated, now = make_statement("x.txt", "against"), make_statement("2.txt", "for")
    assert hangs([undated, now]) == {undated.id: (Hangs.CONTRADICTS, 1.0), now.id: (Hangs.CONTRADICTS, 1.0)}


def test_doubt_is_the_readers_or_the_reviewers(make_statement, make_judgement):
    unknown = make_statement("1.txt")
    asked = make_statement("1.txt", span=(50, 90), confidence=0.9, reasons=(Reason("review", "two readings"),))
    unsure = make_statement("1.txt", span=(100, 140), confidence=0.9)
    doubts = {
        one.judged.statement.id: one for one in queue([unknown, asked, unsure], [make_judgement(1, unsure, "unsure")])
    }
    assert doubts[unknown.id].doubt == UNKNOWN
    assert doubts[asked.id].doubt == doubts[unsure.id].doubt == 1.0
    assert "asks for a look: two readings" in doubts[asked.id].reason
    assert "unsure" in doubts[unsure.id].reason


def test_what_somebody_settled_waits_no_more_until_reviewers_differ(make_statement, make_judgement):
    one = make_statement("1.txt")
    confirmed = make_judgement(1, one)
    rejected = replace(make_judgement(2, one, "reject"), reviewer="reviewer-b")
    assert queue([one], [confirmed]) == []
    assert queue([one], [make_judgement(1, one, "reject")]) == []
    (waits,) = queue([one], [confirmed, rejected])
    assert (waits.doubt, waits.hangs) == (1.0, Hangs.DECIDES)
    assert waits.reason.startswith("reviewers differ: reviewer-a northland for ferry-link, reviewer-b none; rejected")
    assert [made.number for made in waits.decisions] == [1, 2]
    withdrawn = replace(rejected, number=3, verdict=Verdict.WITHDRAW, withdraws=2)
    assert queue([one], [confirmed, rejected, withdrawn]) == []


def test_each_reviewer_has_a_queue_of_her_own(make_statement, make_judgement):
    one, two = make_statement("1.txt"), make_statement("2.txt", "against")
    made = [make_judgement(1, one), replace(make_judgement(2, two, "reject"), reviewer="reviewer-b")]

    def waits_for(reviewer):
        return {waits.judged.statement.id for waits in queue([one, two], made, reviewer=reviewer)}

    assert (waits_for("reviewer-a"), waits_for("reviewer-b"), waits_for("reviewer-c")) == (
        {two.id},
        {one.id},
        {one.id, two.id},
    )
    assert waits_for(None) == set()


def test_the_orders(make_statement):
    likely = make_statement("1.txt", confidence=0.95, party="southland")  # holds its cell
    doubtful = [make_statement("1.txt", span=(at, at + 20), confidence=0.4) for at in (0, 50)]  # share theirs
    by_order = {order: [w.judged.statement.party for w in queue([likely, *doubtful], order=order)] for order in Order}
    assert by_order[Order.STAKE][0] == "southland"
    assert by_order[Order.DOUBT][-1] == by_order[Order.PRIORITY][-1] == "southland"
    assert order_of("doubt") is Order.DOUBT
    with pytest.raises(RequestError, match="no order 'hope'"):
        order_of("hope")


made_up = st.lists(
    st.tuples(
        st.sampled_from(["1.txt", "2.txt", "3.txt", "x.txt"]),
        st.sampled_from(["for", "against", "open"]),
        st.integers(0, 3),
        st.booleans(),
        st.sampled_from(["confirm", "reject", None, None]),
    ),
    max_size=9,
)


@given(made_up)
@settings(deadline=None)
def test_what_is_said_to_hang_on_a_statement_does(make_statement, make_judgement, given_ones):
    """Every stake is checked by taking the statement away (or, rejected, putting it back) and looking at the position."""
    made, judgements = {}, []
    for report, stance, place, former, verdict in given_ones:
        one = make_statement(report, stance, span=(place * 50, place * 50 + 40), former=former)
        if one.id not in made and verdict:
            judgements.append(replace(make_judgement(len(judgements) + 1, one, verdict), reviewer="reviewer-a"))
        made.setdefault(one.id, one)
    ones = list(made.values())
    judged = in_force(ones, judgements)

    def stances(counting):
        return next((position.stances for position in positions_at(counting, DAYS)), ())

    counting = standing(judged)
    shown = stances(counting)
    found = queue(ones, judgements, reviewer="somebody else")
    assert len(found) == len(ones)
    for waits in found:
        one = waits.judged.effective
        rejected = waits.judged.verdict is Verdict.REJECT
        flipped = [*counting, one] if rejected else [other for other in counting if other.id != one.id]
        changes = stances(flipped) != shown
        assert changes == (waits.hangs in (Hangs.ONLY, Hangs.CONTRADICTS, Hangs.DECIDES))
        assert (waits.stake == 1.0) == changes
        assert (waits.hangs is Hangs.ONLY) == (changes and not rejected and stances(flipped) == ())
        assert 0 <= waits.priority <= waits.stake <= 1
    assert [waits.priority for waits in found] == sorted((waits.priority for waits in found), reverse=True)
