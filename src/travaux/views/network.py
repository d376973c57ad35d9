"""Who sides with whom, as a picture and as a table: the places of parties and lines are worked out here.

Parties stand on a circle, each next to the one it has most in common with. A line's width is the share of options two
parties agree on among those both take a side on; the same for lines of conflict, which are dashed.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import cos, pi, sin

from travaux.analysis.congruence import Pair, pairs_of
from travaux.model import Party
from travaux.views.matrix import Matrix

WIDTH, HEIGHT = 640, 430
RADIUS_X, RADIUS_Y = 190, 160
WIDEST = 7.0
"""Of a line, in units of the picture, where two parties agree, or disagree, on five options or more."""
MANY = 5


@dataclass(frozen=True, slots=True)
class Node:
    """A party's place; the label stands beside the dot, on the outer side.

    Attributes:
        anchor: ``start``, ``middle`` or ``end``, as SVG anchors text.
    """

    party: Party
    x: float
    y: float
    label_x: float
    label_y: float
    anchor: str


@dataclass(frozen=True, slots=True)
class Line:
    """A line between two parties.

    Attributes:
        path: as SVG draws it; width: in units of the picture; kind: ``same`` or ``opposite``.
    """

    pair: Pair
    path: str
    width: float
    kind: str


@dataclass(frozen=True, slots=True)
class NetworkView:
    """The picture and the pairs behind it, those with most in common first."""

    nodes: Sequence[Node]
    lines: Sequence[Line]
    pairs: Sequence[Pair]
    width: int = WIDTH
    height: int = HEIGHT


def network_of(matrix: Matrix) -> NetworkView:
    """The network of the parties of a matrix."""
    positions = [cell.position for row in matrix.rows for cell in row.cells if cell.position is not None]
    pairs = pairs_of([party.id for party in matrix.parties], positions)
    tied = {name for pair in pairs for name in (pair.first, pair.second)}
    order = _circle([party for party in matrix.parties if party.id in tied], pairs)
    places = {party.id: _place(at, len(order)) for at, party in enumerate(order)}
    nodes = [_node(party, *places[party.id]) for party in order]
    lines = [
        Line(
            pair,
            _path(places[pair.first], places[pair.second], bend),
            round(WIDEST * min(number, MANY) / MANY, 1),
            kind,
        )
        for pair in pairs
        for kind, number, bend in (("opposite", len(pair.opposite), -9), ("same", len(pair.same), 9))
        if number
    ]
    return NetworkView(nodes, sorted(lines, key=lambda line: line.kind == "same"), pairs)


def _circle(parties: Sequence[Party], pairs: Sequence[Pair]) -> list[Party]:
    """The parties in an order that puts those together that have most in common."""
    weight: dict[tuple[str, str], int] = {}
    for pair in pairs:
        both = len(pair.same) - len(pair.opposite)
        weight[pair.first, pair.second] = weight[pair.second, pair.first] = both
    left = list(parties)
    order: list[Party] = []
    while left:
        last = order[-1].id if order else ""
        best = max(left, key=lambda party: (weight.get((last, party.id), 0), -left.index(party)))
        left.remove(best)
        order.append(best)
    return order


def _place(at: int, number: int) -> tuple[float, float]:
    angle = 2 * pi * at / number - pi / 2
    return (round(WIDTH / 2 + RADIUS_X * cos(angle), 1), round(HEIGHT / 2 + RADIUS_Y * sin(angle), 1))


def _node(party: Party, x: float, y: float) -> Node:
    across, down = (x - WIDTH / 2) / RADIUS_X, (y - HEIGHT / 2) / RADIUS_Y
    anchor = "middle" if abs(across) < 0.3 else "start" if across > 0 else "end"
    return Node(party, x, y, round(x + 15 * across, 1), round(y + 17 * down + 5, 1), anchor)


def _path(start: tuple[float, float], end: tuple[float, float], bend: float) -> str:
    """A slightly bent line, so that agreement and conflict between two parties lie side by side."""
    (x1, y1), (x2, y2) = start, end
    length = ((x2 - x1) ** 2 + (y2 - y1) ** 2) ** 0.5 or 1.0
    x = round((x1 + x2) / 2 + bend * (y2 - y1) / length, 1)
    y = round((y1 + y2) / 2 - bend * (x2 - x1) / length, 1)
    return f"M{x1:g} {y1:g}Q{x:g} {y:g} {x2:g} {y2:g}"
