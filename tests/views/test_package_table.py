"""Packages as a table: each row says what the package says, shared or not, in any order."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from travaux.analysis.agreement import Objection, Package, Stand, StandKind
from travaux.analysis.agreement.packages import Balance
from travaux.errors import RequestError
from travaux.views.package_table import (
    PARTS,
    PackageFilter,
    PackageOrder,
    PackageRow,
    ordered_packages,
    package_order,
    shared_of,
    told_beside,
)

OPTIONS = ("a", "b", "c", "d")
PARTIES = ("north", "south")


def subset(draw):
    return tuple(one for one in OPTIONS if draw(st.booleans()))


@st.composite
def tables(draw):
    rows = []
    for number in range(1, draw(st.integers(1, 5)) + 1):
        moves = tuple(
            Objection(Stand(party, option, draw(st.sampled_from([StandKind.RULED_OUT, StandKind.OPPOSED]))), ())
            for party in PARTIES
            for option in OPTIONS
            if draw(st.integers(0, 3)) == 0
        )
        balances = tuple(Balance(party, *(subset(draw) for _ in PARTS), subset(draw), (), ()) for party in PARTIES)
        package = Package(subset(draw), moves, balances)
        hard = sum(one.is_hard for one in moves)
        blockers = tuple(party for party in PARTIES if any(one.party == party for one in moves))
        rows.append(PackageRow(number, package, hard, len(moves) - hard, blockers))
    return rows


@given(tables())
def test_what_is_shared_and_what_is_told_beside_it_are_the_whole(rows):
    shared = shared_of(rows)
    assert (shared is None) == (len(rows) < 2)
    for row in rows:
        told = told_beside(row, shared)
        both = [one for one in (shared, told) if one is not None]
        assert sorted(option for one in both for option in one.options) == sorted(row.package.options)
        for balance in row.package.balances:
            for part in PARTS:
                said = [
                    option
                    for one in both
                    for meaning in one.meanings
                    if meaning.party == balance.party
                    for option in getattr(meaning, part)
                ]
                assert sorted(said) == sorted(getattr(balance, part))
        assert not any(one.is_empty for one in told.meanings)


@given(tables(), st.sampled_from(PackageOrder))
def test_an_order_loses_nothing_and_keeps_the_listed_order_among_equals(rows, order):
    found = ordered_packages(reversed(rows), order)
    assert sorted(one.number for one in found) == [one.number for one in rows]
    sizes = {
        PackageOrder.MOVES: lambda row: len(row.moves),
        PackageOrder.HARD: lambda row: row.hard,
        PackageOrder.SOFT: lambda row: row.soft,
        PackageOrder.UNKNOWN: lambda row: row.package.unknown,
        PackageOrder.BLOCKERS: lambda row: len(row.blockers),
        PackageOrder.OPTIONS: lambda row: -len(row.package.options),
    }
    keys = [(sizes[order](row), row.number) for row in found]
    assert keys == sorted(keys)


@given(tables(), st.sampled_from(PARTIES), st.sampled_from(OPTIONS))
def test_filters_let_through_what_they_say(rows, party, option):
    for row in rows:
        assert PackageFilter().passes(row)
        blocks = any(one.party == party for one in row.moves)
        assert PackageFilter(blocked_by=party).passes(row) == blocks
        assert PackageFilter(agreed_by=party).passes(row) == (not blocks)
        assert PackageFilter(holds=option).passes(row) == (option in row.package.options)
        assert PackageFilter(open_only=True).passes(row) == (not row.moves)


def test_an_unknown_order_is_told():
    assert package_order("") is PackageOrder.MOVES
    with pytest.raises(RequestError, match="no order 'luck'"):
        package_order("luck")
