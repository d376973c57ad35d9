"""Terminal views at any width, and strangers' text in them."""

import io
import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from travaux.analysis import JudgedStatement, Position
from travaux.model import (
    Act,
    Agenda,
    DateBasis,
    Issue,
    Option,
    PartialDate,
    Party,
    Reason,
    ReportState,
    Stance,
    Statement,
    Via,
)
from travaux.record import ReportRow
from travaux.views.matrix import matrix_of
from travaux.views.terminal import matrix_view, report_view, short_names, statement_view
from travaux.views.words import one_line

NAMES = (
    "Ukraine",
    "Russia",
    "United States",
    "United Kingdom",
    "France",
    "Germany",
    "European Union",
    "NATO",
    "Türkiye",
)
ISSUES = tuple(
    Issue(
        f"i{number}",
        f"Issue number {number}",
        (Option(f"o{number}", f"A rather long proposition, number {number}", (), f"i{number}"),),
    )
    for number in range(3)
)


def agenda(names=NAMES, notice=""):
    return Agenda("The talks", tuple(Party(f"p{n}", name) for n, name in enumerate(names)), ISSUES, notice=notice)


def position(party, option, stance=Stance.FOR, conditional=False):
    day = PartialDate("2025-08-18", DateBasis.MANIFEST)
    return Position(
        party, option, (stance,), conditional, (Act.STATE,), ("s",), ("a.txt",), day, day, 0, (Via.SPEAKER,), (), "", 1
    )


def printed(view, width):
    console = Console(file=io.StringIO(), width=width, color_system=None)
    console.print(view(width) if callable(view) else view)
    return console.file.getvalue()


def whole(names=NAMES, **fields):
    given = agenda(names, **fields)
    stances = list(Stance)
    pairs = product((party.id for party in given.parties), (option.id for option in given.options))
    return matrix_of(given, [position(p, o, stances[n % 3], n % 2 == 0) for n, (p, o) in enumerate(pairs)])


@pytest.mark.parametrize("width", [30, 40, 60, 80, 100, 120, 200])
@pytest.mark.parametrize("number", [1, 4, 9, 30])
def test_it_fits_any_width_and_loses_no_position(width, number):
    matrix = whole([f"{NAMES[n % 9]} {n}" if n >= 9 else NAMES[n] for n in range(number)])
    text = printed(lambda size: matrix_view(matrix, size), width)
    assert all(cell_len(line) <= width for line in text.splitlines())
    found = Counter("".join(pair) for pair in re.findall(r"(?:^|(?<=\s))([+−○]\*?) ?(1)(?!\S)", text))
    assert found == Counter(cell.shown.replace(" ", "") for row in matrix.rows for cell in row.cells)


def test_wide_terminals_show_whole_names_narrow_ones_a_key():
    wide = printed(lambda size: matrix_view(whole(), size), 160)
    assert "Türkiye" in wide
    assert "Tür Türkiye" not in wide
    narrow = printed(lambda size: matrix_view(whole(), size), 90)
    assert "US United States" in narrow
    assert "Tür Türkiye" in narrow


def test_the_legend_names_every_sign_that_is_used():
    text = printed(lambda size: matrix_view(whole(), size), 100)
    for told in ("+ for", "− against", "○ open", "* on a condition"):
        assert told in text
    assert "hearsay" not in text


def test_who_and_what_is_left_out_is_said():
    matrix = matrix_of(agenda(), [position("p0", "o0"), position("gone", "o0")])
    text = " ".join(printed(lambda size: matrix_view(matrix, size), 100).split())
    assert "No position read of: Russia, United States" in text
    assert "No position read on: o1, o2." in text
    assert "1 position on parties or options no longer on the agenda" in text


def test_what_a_date_leaves_out_is_counted():
    nothing = replace(position("p1", "o1"), stances=(), statements=(), reports=(), undated=2)
    matrix = matrix_of(agenda(), [position("p0", "o0"), nothing], as_of=date(2025, 8, 31))
    text = " ".join(printed(lambda size: matrix_view(matrix, size), 100).split())
    assert "Left out, since only undated reports speak to them: 1 position." in text
    assert "No position read of: Russia, " in text
    assert "as of 2025-08-31" in text


def test_an_empty_matrix_says_so():
    text = printed(lambda size: matrix_view(matrix_of(agenda(notice="Exercise."), []), size), 80)
    assert "No positions." in text
    assert "Exercise." in text


@given(st.lists(st.text(min_size=1, max_size=20), min_size=1, max_size=12))
@settings(max_examples=60, deadline=None)
def test_short_names_are_short_and_all_different(names):
    parties = [Party(f"p{n}", name) for n, name in enumerate(names)]
    short = short_names(parties)
    assert len(set(short.values())) == len(parties)
    assert all(short.values())


def statement(**fields):
    given = {
        "id": "abc", "report": "a.txt", "report_id": "r", "start": 0, "end": 4, "quote": "We do", "party": "p0",
        "option": "o0", "stance": Stance.FOR, "act": Act.ACCEPT,
    }  # fmt: skip
    return Statement(**{**given, **fields})


def row(**fields):
    given = {
        "id": "r", "name": "a.txt", "title": None, "publisher": None, "url": None,
        "published": PartialDate("2025-08", DateBasis.ANALYST, about=True), "updated": None, "language": None,
        "state": ReportState.READ, "reason": "", "statements": 1, "characters": 9,
    }  # fmt: skip
    return ReportRow(**{**given, **fields})


def test_a_statement_shows_quote_report_date_and_who_vouches():
    one = statement(
        via=Via.OTHER, via_name="Russia", condition="if asked", former=True, reasons=(Reason("stance", "accept"),)
    )
    text = printed(statement_view([JudgedStatement(one, one)], agenda(), {"a.txt": row()}, why=True), 120)
    for told in (
        "Ukraine · formerly for, on a condition",
        "“We do”",
        "on the condition: “if asked”",
        "as told by Russia",
        "abc",
    ):
        assert told in text
    assert "a.txt, about 2025-08 (by the analyst)" in text
    assert "stance: accept" in text


def test_a_report_that_failed_shows_why():
    text = printed(report_view([row(state=ReportState.FAILED, reason="too long", published=None)], "Exercise."), 100)
    assert "failed: too long" in text
    assert "undated" in text
    assert "Exercise." in text


@given(st.text())
@settings(deadline=None)
def test_no_text_drives_the_terminal(text):
    shown = one_line(text)
    assert not any(ord(mark) < 32 or 127 <= ord(mark) < 160 for mark in shown)
    assert not set(shown) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
    shown.encode()


def test_markup_of_the_terminal_library_is_text():
    one = statement(quote="[bold]We[/] do [link=x]")
    text = printed(statement_view([JudgedStatement(one, one)], agenda(), {}), 80)
    assert "“[bold]We[/] do [link=x]”" in text
