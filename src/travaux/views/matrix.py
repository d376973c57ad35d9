"""The matrix of parties and options: the one view model of terminal, page and notebook."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from travaux.analysis import Position
from travaux.model import Agenda, Issue, Option, Party, Stance, Via
from travaux.views.words import SIGNS

HEARSAY = frozenset({Via.OTHER, Via.ANONYMOUS})


@dataclass(frozen=True, slots=True)
class Cell:
    """A party's position on an option; `position` is None where nothing was read."""

    party: Party
    option: Option
    position: Position | None = None

    @property
    def sign(self) -> str:
        """``+``, ``−``, ``○``, their combinations, ``±`` for both for and against; empty for none at present."""
        stances = self.position.stances if self.position else ()
        if Stance.FOR in stances and Stance.AGAINST in stances:
            return "±" + SIGNS[Stance.OPEN] * (Stance.OPEN in stances)
        return "".join(SIGNS[stance] for stance in stances)

    @property
    def is_conditional(self) -> bool:
        """Every statement that carries it sets a condition."""
        return self.position is not None and self.position.conditional

    @property
    def is_hearsay(self) -> bool:
        """Nobody but other parties and unnamed sources vouches for it."""
        return self.position is not None and bool(self.position.vias) and HEARSAY.issuperset(self.position.vias)

    @property
    def is_undated(self) -> bool:
        """No dated report carries it."""
        return self.position is not None and bool(self.position.stances) and self.position.latest is None

    @property
    def is_former(self) -> bool:
        """There is no present position, only one that reports mark as given up."""
        return self.position is not None and not self.position.stances and bool(self.position.former)

    @property
    def marks(self) -> str:
        """The signs beside the stance: ``*`` conditional, ``~`` hearsay, ``?`` undated, ``†`` former."""
        pairs = ((self.is_conditional, "*"), (self.is_hearsay, "~"), (self.is_undated, "?"), (self.is_former, "†"))
        return "".join(mark for holds, mark in pairs if holds)

    @property
    def reports(self) -> int:
        """How many reports carry it."""
        return len(self.position.reports) if self.position else 0

    @property
    def support(self) -> int:
        """How many families of reports carry it: copies and rewordings of one text count once."""
        return self.position.support if self.position else 0

    @property
    def shown(self) -> str:
        """Sign, marks and number of families: ``+* 3``; empty where nothing was read."""
        count = f" {self.support}" if self.support else ""
        return f"{self.sign}{self.marks}{count}"


@dataclass(frozen=True, slots=True)
class Row:
    """An option with one cell a party, in the order of the matrix."""

    issue: Issue
    option: Option
    cells: tuple[Cell, ...]

    @property
    def is_empty(self) -> bool:
        """No party has taken a position."""
        return all(cell.position is None for cell in self.cells)


@dataclass(frozen=True, slots=True)
class Matrix:
    """Parties and options with the positions as of a date.

    Attributes:
        parties: the columns, in the order of the agenda; rows: in the order of the agenda, grouped by issue.
        as_of: the last day looked at; None for all there is.
        strays: positions on parties or options that are no longer on the agenda and so have no cell.
        unplaced: pairs of party and option that only undated reports speak to, which a date asked for leaves out.
    """

    title: str
    notice: str
    parties: tuple[Party, ...]
    rows: tuple[Row, ...]
    as_of: date | None = None
    strays: int = 0
    unplaced: int = 0

    @property
    def is_empty(self) -> bool:
        """There is not one position."""
        return all(row.is_empty for row in self.rows)

    def without_empty(self) -> Matrix:
        """The same without the parties that take no position and the options nobody takes one on."""
        keep = [
            place
            for place in range(len(self.parties))
            if any(row.cells[place].position is not None for row in self.rows)
        ]
        rows = (
            Row(row.issue, row.option, tuple(row.cells[place] for place in keep))
            for row in self.rows
            if not row.is_empty
        )
        parties = tuple(self.parties[place] for place in keep)
        return replace(self, parties=parties, rows=tuple(rows))


def matrix_of(
    agenda: Agenda,
    positions: Iterable[Position],
    *,
    as_of: date | None = None,
    party: str | None = None,
    option: str | None = None,
) -> Matrix:
    """The matrix of an agenda and the positions taken on it.

    Args:
        as_of: the date the positions are of; it is shown, nothing is left out here.
        party, option: ids; only that column or row.
    """
    given = list(positions)
    held = {(one.party, one.option): one for one in given if one.stances or one.former}
    parties = tuple(one for one in agenda.parties if party in (None, one.id))
    rows = tuple(
        Row(issue, one, tuple(Cell(column, one, held.get((column.id, one.id))) for column in parties))
        for issue in agenda.issues
        for one in issue.options
        if option in (None, one.id)
    )
    known_parties, known_options = {one.id for one in agenda.parties}, {one.id for one in agenda.options}
    strays = sum(1 for one, other in held if one not in known_parties or other not in known_options)
    return Matrix(agenda.title, agenda.notice, parties, rows, as_of, strays, len(given) - len(held))
