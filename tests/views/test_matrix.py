"""The one view model of terminal, page and notebook."""

from datetime import date

import pytest

from travaux.analysis import Position
from travaux.model import Act, Agenda, DateBasis, Issue, Option, PartialDate, Party, Stance, Via
from travaux.views.matrix import Cell, matrix_of

FOR, AGAINST, OPEN = Stance.FOR, Stance.AGAINST, Stance.OPEN
DAY = PartialDate("2025-08-18", DateBasis.MANIFEST)
PARTIES = tuple(Party(name.lower().replace(" ", "-"), name) for name in ("Northland", "South Island", "Harbour Board"))
OPTIONS = (Option("ferry", "A ferry runs", issue="link"), Option("bridge", "A bridge is built", issue="link"))
AGENDA = Agenda("Talks on the link", PARTIES, (Issue("link", "The link", OPTIONS),), notice="Exercise.")


def position(party="northland", option="ferry", stances=(FOR,), **fields):
    given = {
        "conditional": False,
        "acts": (Act.STATE,),
        "statements": ("s1",),
        "reports": ("a.txt",),
        "since": DAY,
        "latest": DAY,
        "undated": 0,
        "vias": (Via.SPEAKER,),
        "former": (),
        "reason": "The latest dated word.",
    }
    given["support"] = len({**given, **fields}["reports"])
    return Position(party=party, option=option, stances=stances, **{**given, **fields})


@pytest.mark.parametrize(
    ("fields", "shown"),
    [
        ({}, "+ 1"),
        ({"stances": (AGAINST,)}, "− 1"),
        ({"stances": (OPEN,)}, "○ 1"),
        ({"stances": (FOR, AGAINST)}, "± 1"),
        ({"stances": (FOR, OPEN)}, "+○ 1"),
        ({"stances": (FOR, AGAINST, OPEN)}, "±○ 1"),
        ({"conditional": True}, "+* 1"),
        ({"reports": ("a.txt", "b.txt")}, "+ 2"),
        ({"reports": ("a.txt", "b.txt", "c.txt"), "support": 2}, "+ 2"),  # one is a copy of another
        ({"vias": (Via.OTHER, Via.ANONYMOUS)}, "+~ 1"),
        ({"vias": (Via.OTHER, Via.NARRATOR)}, "+ 1"),
        ({"since": None, "latest": None, "undated": 1}, "+? 1"),
        ({"stances": (), "statements": (), "reports": (), "vias": (), "latest": None, "former": ("s0",)}, "†"),
    ],
)
def test_what_a_cell_shows(fields, shown):
    assert Cell(PARTIES[0], OPTIONS[0], position(**fields)).shown == shown


def test_a_cell_without_a_position_shows_nothing():
    assert Cell(PARTIES[0], OPTIONS[0]).shown == ""


def test_rows_and_columns_are_in_the_order_of_the_agenda_and_cells_where_they_belong():
    matrix = matrix_of(AGENDA, [position("harbour-board", "bridge", (AGAINST,)), position()])
    assert [row.option.id for row in matrix.rows] == ["ferry", "bridge"]
    assert [[cell.shown for cell in row.cells] for row in matrix.rows] == [["+ 1", "", ""], ["", "", "− 1"]]
    assert matrix.notice == "Exercise."


def test_silent_parties_and_untouched_options_are_dropped_on_request():
    matrix = matrix_of(AGENDA, [position("harbour-board", "bridge")]).without_empty()
    assert [party.id for party in matrix.parties] == ["harbour-board"]
    assert [row.option.id for row in matrix.rows] == ["bridge"]


def test_only_a_party_only_an_option_and_the_date():
    matrix = matrix_of(AGENDA, [position()], as_of=date(2025, 8, 31), party="south-island", option="ferry")
    assert [party.id for party in matrix.parties] == ["south-island"]
    assert [row.option.id for row in matrix.rows] == ["ferry"]
    assert matrix.as_of == date(2025, 8, 31)
    assert matrix.is_empty


def test_positions_off_the_agenda_are_counted_not_shown():
    matrix = matrix_of(AGENDA, [position("eastland"), position(option="tunnel"), position()])
    assert matrix.strays == 2
    assert sum(cell.position is not None for row in matrix.rows for cell in row.cells) == 1
