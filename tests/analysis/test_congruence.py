"""Who sides with whom, by positions."""

from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis import Position
from travaux.analysis.congruence import pairs_of
from travaux.model import Stance

F, A, O = Stance.FOR, Stance.AGAINST, Stance.OPEN  # noqa: E741


def position(party, option, *stances):
    return Position(party, option, stances, False, (), (), (), None, None, 0, (), (), "")


def test_sides_are_counted_by_option():
    held = [
        position("a", "x", F), position("b", "x", F), position("c", "x", A),
        position("a", "y", A), position("b", "y", A), position("c", "y", F, A), position("a", "z", O), position("b", "z", F),
    ]  # fmt: skip
    found = {(one.first, one.second): (one.same, one.opposite) for one in pairs_of("abcd", held)}
    assert found == {("a", "b"): (("x", "y"), ()), ("a", "c"): ((), ("x",)), ("b", "c"): ((), ("x",))}
    first = pairs_of("abcd", held)[0]
    assert (first.first, first.second, first.shared, first.balance) == ("a", "b", 2, 1.0)


@given(
    st.dictionaries(
        st.tuples(st.sampled_from("abcd"), st.sampled_from("xyz")),
        st.sets(st.sampled_from([F, A, O]), max_size=3),
        max_size=12,
    )
)
def test_who_sides_with_whom_does_not_hang_on_the_order_of_parties(given_stances):
    held = [position(party, option, *sorted(stances)) for (party, option), stances in sorted(given_stances.items())]
    one = {frozenset((pair.first, pair.second)): (pair.same, pair.opposite) for pair in pairs_of("abcd", held)}
    other = {frozenset((pair.first, pair.second)): (pair.same, pair.opposite) for pair in pairs_of("dcba", held)}
    assert one == other
    for pair in pairs_of("abcd", held):
        assert pair.shared > 0
        assert -1 <= pair.balance <= 1
        assert not set(pair.same) & set(pair.opposite)
