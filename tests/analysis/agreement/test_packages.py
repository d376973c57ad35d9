"""Packages: the solver against brute force, and each rule of what blocks what."""

from itertools import chain, combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from travaux.agenda import parse_agenda
from travaux.analysis.agreement import (
    Condition,
    Stand,
    StandKind,
    Supposition,
    Wish,
    deal_space,
    openings,
    weighed,
    what_if,
)
from travaux.analysis.agreement.counting import count_packages
from travaux.analysis.agreement.rules import agenda_rules, holds, objections_of, on_the_table
from travaux.errors import AgendaError, RequestError
from travaux.model import Agenda, Issue, Option, Party, Rule

PARTIES = ("north", "south", "east")


def agenda_of(issues, rules=()):
    made = tuple(
        Issue(f"i{place}", f"Issue {place}", tuple(Option(name, name, issue=f"i{place}") for name in names), choose)
        for place, (choose, names) in enumerate(issues)
    )
    return Agenda(
        "Talks", tuple(Party(one, one.title()) for one in PARTIES), made, rules=tuple(Rule(*one) for one in rules)
    )


def stands_from(given):
    return {
        (party, option): Stand(
            party,
            option,
            StandKind(kind),
            conditions=(Condition("if so", "s1", tuple(needs)),) if needs is not None else (),
        )
        for (party, option), (kind, needs) in given.items()
    }


def every_package(agenda):
    """All sets of options that keep to the rules, by trying each: the oracle."""
    options = [one.id for one in agenda.options]
    clauses = [clause for rule in agenda_rules(agenda) for clause in rule.clauses]
    subsets = chain.from_iterable(combinations(options, size) for size in range(len(options) + 1))
    return [package for package in map(frozenset, subsets) if all(holds(clause, package) for clause in clauses)]


@st.composite
def talks(draw):
    """A small agenda with rules, and stands on it."""
    sizes = draw(st.lists(st.integers(1, 3), min_size=1, max_size=3))
    names = iter("abcdefghi")
    issues = [(draw(st.sampled_from(["one", "some", "any"])), [next(names) for _ in range(size)]) for size in sizes]
    options = [name for _, ours in issues for name in ours]
    pair = st.tuples(st.sampled_from(options), st.sampled_from(options)).filter(lambda two: two[0] != two[1])
    rules = draw(st.lists(st.tuples(st.sampled_from(["excludes", "requires"]), pair), max_size=3))
    agenda = agenda_of(issues, [(kind, *two) for kind, two in rules])
    kinds = st.sampled_from([str(kind) for kind in StandKind])
    needs = st.none() | st.lists(st.sampled_from(options), max_size=2, unique=True)
    pairs = [(party, option) for party in PARTIES for option in options]
    taken = draw(st.dictionaries(st.sampled_from(pairs), st.tuples(kinds, needs), max_size=8))
    return agenda, stands_from({key: (kind, None if of is None else [one for one in of if one != key[1]])
                                for key, (kind, of) in taken.items()})  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(talks())
def test_the_solver_agrees_with_brute_force(given):
    agenda, stands = given
    packages = every_package(agenda)
    if not packages:
        with pytest.raises(AgendaError, match="no package keeps to these rules together"):
            deal_space(agenda, PARTIES, stands)
        return
    space = deal_space(agenda, PARTIES, stands, Wish(limit=500))
    objections = objections_of(agenda, PARTIES, stands)
    wanted = set(on_the_table(agenda, PARTIES, stands))

    opened = [one for one in packages if not any(each.blocks(one) for each in objections)]
    assert (space.allowed, space.open_number) == (len(packages), len(opened))
    cores = {one & wanted for one in opened}
    largest = {core for core in cores if not any(core < other for other in cores)}
    found = [frozenset(one.options) for one in space.open]
    assert {one & wanted for one in found} == largest
    assert len(found) == len(largest)
    assert all(one in opened for one in found)
    for one in found:
        least = min(len(other - wanted) for other in opened if other & wanted == one & wanted)
        assert len(one - wanted) == least, "no more of what nobody asks for than the rules want"

    broken = {frozenset(each for each in objections if each.blocks(one)) for one in packages}
    smallest = {one for one in broken if not any(other < one for other in broken)}
    moves = [frozenset(one.moves) for one in space.nearest] or [frozenset()]
    assert set(moves) == smallest
    assert len(moves) == len(smallest)
    assert [len(one) for one in moves] == sorted(len(one) for one in moves)
    for one in space.nearest:
        assert frozenset(one.options) in packages
        assert set(space.blocking(one.options)) == set(one.moves)
    assert not (space.more_open or space.more_nearest or space.out_of_time)


@settings(deadline=None, max_examples=200)
@given(
    st.lists(
        st.lists(st.tuples(st.sampled_from("abcdef"), st.booleans()), min_size=1, max_size=3).map(tuple), max_size=8
    )
)
def test_counting_agrees_with_trying_each(clauses):
    subsets = chain.from_iterable(combinations("abcdef", size) for size in range(7))
    number = sum(1 for one in subsets if all(holds(clause, frozenset(one)) for clause in clauses))
    assert count_packages("abcdef", clauses) == number


def test_a_count_that_takes_too_long_is_not_given():
    clauses = [((f"{a}{b}", False), (f"{b}{c}", False)) for a in "abcde" for b in "abcde" for c in "abcde"]
    options = {option for clause in clauses for option, _ in clause}
    assert count_packages(options, clauses, most_work=50) is None


def test_what_each_kind_of_stand_blocks():
    agenda = agenda_of([("any", ["a", "b"])])
    blocked = {}
    for kind in StandKind:
        for needs in ((), ("b",)):
            stands = stands_from({("north", "a"): (str(kind), needs)})
            found = objections_of(agenda, PARTIES, stands)
            packages = [frozenset(one) for one in ("", "a", "b", "ab")]
            blocked[str(kind), needs] = [
                "".join(sorted(one)) for one in packages if any(each.blocks(one) for each in found)
            ]
    nothing = {"for", "open", "without", "disputed", "unknown"}
    assert all(blocked[kind, needs] == [] for kind in nothing for needs in ((), ("b",)))
    for kind in ("ruled-out", "opposed"):
        assert blocked[kind, ()] == ["a", "ab"]
    assert blocked["opposed-unless", ()] == ["a", "ab"]
    assert blocked["opposed-unless", ("b",)] == ["a"]
    assert blocked["for-if", ()] == []
    assert blocked["for-if", ("b",)] == ["a"]
    assert blocked["without-if", ()] == []
    assert blocked["without-if", ("b",)] == [""]


def test_hard_and_soft_are_kept_apart_and_fewer_hard_moves_come_first():
    agenda = agenda_of([("one", ["a", "b"])])
    stands = stands_from({("north", "a"): ("ruled-out", None), ("south", "b"): ("opposed", None)})
    space = deal_space(agenda, PARTIES, stands)
    assert [(one.moves[0].party, one.is_hard) for one in space.nearest] == [("south", False), ("north", True)]
    assert not any(one.is_open for one in space.nearest)


def test_unknown_is_neither_yes_nor_no_and_is_counted():
    agenda = agenda_of([("one", ["a", "b"])])
    stands = stands_from({("north", "a"): ("for", None), ("south", "a"): ("disputed", None)})
    space = deal_space(agenda, PARTIES, stands)
    (package,) = space.open
    assert (package.options, package.unknown, package.disputed) == (("a",), 1, 1)
    assert space.unknown == 1


def test_a_condition_that_names_no_option_stays_text_beside_the_package():
    agenda = agenda_of([("one", ["a", "b"])])
    space = deal_space(agenda, PARTIES, stands_from({("north", "a"): ("for-if", ())}))
    assert [(party, option, each.text) for party, option, each in space.open[0].conditions] == [("north", "a", "if so")]


def test_balances_say_who_gets_and_who_gives_up_what():
    agenda = agenda_of([("one", ["a", "b"]), ("any", ["c"])])
    given = {("north", "a"): "for", ("north", "c"): "opposed", ("south", "a"): "ruled-out", ("south", "c"): "for"}
    space = deal_space(agenda, PARTIES, stands_from({key: (kind, None) for key, kind in given.items()}))
    package = space.package(["a"])
    north, south, east = package.balances
    assert (north.gets, north.keeps_out, north.forgoes, north.yields) == (("a",), ("c",), (), ())
    assert (south.gets, south.keeps_out, south.forgoes, south.yields) == ((), (), ("c",), ("a",))
    assert east.unknown == ("a",)
    assert [one.party for one in package.moves] == ["south"]
    assert space.broken(["a", "b"]) == ("issue `i0` (choose: one)",)


def test_rules_that_leave_no_package_are_named_and_no_others():
    agenda = agenda_of(
        [("one", ["a", "b"]), ("some", ["c", "d"])],
        [("requires", "a", "c"), ("excludes", "b", "d"), ("excludes", "c", "a")],
    )
    with pytest.raises(AgendaError) as told:
        deal_space(agenda, PARTIES, {}, Wish(include=("a",)))
    assert str(told.value) == (
        "no package keeps to these rules together: requires: [a, c]; excludes: [c, a]; with a (take one of them back)"
    )
    with pytest.raises(RequestError, match="a cannot be in and left out at once"):
        deal_space(agenda, PARTIES, {}, Wish(include=("a",), leave_out=("a",)))


def test_a_limit_says_that_there_are_more():
    agenda = agenda_of([("one", ["a", "b", "c"])])
    stands = stands_from({("north", option): ("for", None) for option in "abc"})
    space = deal_space(agenda, PARTIES, stands, Wish(limit=2))
    assert (len(space.open), space.more_open, space.open_number) == (2, True, 3)
    blocked = stands_from({("north", option): ("ruled-out", None) for option in "abc"})
    space = deal_space(agenda, PARTIES, blocked, Wish(limit=2))
    assert (len(space.nearest), space.more_nearest) == (2, True)


def test_no_time_is_no_answer():
    agenda = agenda_of([("one", ["a", "b"])])
    space = deal_space(agenda, PARTIES, {}, Wish(seconds=0.0))
    assert space.out_of_time
    assert space.open == ()


def test_what_if_opens_and_closes_and_changes_nothing():
    agenda = agenda_of([("one", ["a", "b"])])
    stands = stands_from(
        {("north", "a"): ("ruled-out", None), ("south", "b"): ("opposed", None), ("east", "a"): ("for", None)}
    )
    space = deal_space(agenda, PARTIES, stands)
    before = dict(stands)
    found = what_if(space, [Supposition("north", "a", StandKind.FOR)])
    assert [one.options for one in found.opened] == [("a",)]
    assert found.after.stands["north", "a"].supposed
    assert stands == before
    back = what_if(found.after, [Supposition("south", "a", StandKind.RULED_OUT)])
    assert [one.options for one in back.closed] == [("a",)]
    assert {(one.objection.party, one.agreement, one.gained) for one in openings(space)} == {
        ("north", True, 1), ("south", True, 1),
    }  # fmt: skip


def test_weights_order_packages_and_say_what_the_order_hangs_on():
    agenda = agenda_of([("one", ["a", "b"])])
    stands = stands_from({
        ("north", "a"): ("for", None), ("north", "b"): ("opposed", None), ("south", "a"): ("opposed", None),
        ("south", "b"): ("for", None),
    })  # fmt: skip
    space = deal_space(agenda, PARTIES, stands)
    weights = {("north", "a"): 3.0, ("north", "b"): 1.0, ("south", "b"): 2.0, ("south", "a"): 0.0}
    found = weighed(space, weights)
    shares = {one.package.options: one.shares for one in found}
    assert shares == {("a",): {"north": 1.0, "south": 0.0}, ("b",): {"north": 0.0, "south": 1.0}}
    assert [(one.rank, one.worst) for one in found] == [(1, 0.0), (1, 0.0)]

    mixed = agenda_of([("one", ["a", "b"]), ("any", ["c"])])
    stands = stands_from({("north", "a"): ("for", None), ("north", "c"): ("for", None), ("south", "b"): ("for", None)})
    ours = weighed(deal_space(mixed, PARTIES, stands), {("north", "a"): 1.0, ("north", "c"): 1.5})
    assert [(one.package.options, one.rank) for one in ours] == [(("a", "c"), 1), (("b", "c"), 2)]
    assert ours[0].hangs_on == ()
    assert {(one.lowest, one.highest) for one in ours} == {(1, 1), (2, 2)}


def test_an_agenda_that_one_option_settles_cannot_require_two_of_it():
    text = """\
title: T
parties: [{id: north, name: North}]
issues:
  - {id: i, title: I, choose: one, options: [{id: a, says: A}, {id: b, says: B}]}
  - {id: j, title: J, options: [{id: c, says: C}, {id: d, says: D}]}
rules:
  - requires: [a, b]
"""
    with pytest.raises(
        AgendaError, match=r":7: .*`a` needs `a` and `b` together, and issue `i` is settled by one option"
    ):
        parse_agenda(text, "agenda.yaml")
