"""Overlapping highlights as flat segments, so that they never nest or cross.

``Iran |rejects |the offer`` with one statement on the first two parts and another on the last two gives the segments
``[one]``, ``[one two]``, ``[two]``. Slicing is done here, in code points; browsers count UTF-16 and see no offset.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from travaux.model import Block, BlockKind, Report, Statement


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a report's text within which nothing changes.

    Attributes:
        text: its characters; the segments of a report joined are its text.
        statements: ids of the statements whose quote it is part of, in the order of their beginning.
        begins, ends: ids of those whose quote begins or ends with it, in the same order.
        block: the layout block it lies in; None for white space between blocks.
        opens_block: it is the first of its block.
    """

    text: str
    statements: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    block: Block | None
    opens_block: bool

    @property
    def kind(self) -> str:
        """What its block is, ``gap`` between blocks."""
        return str(self.block.kind) if self.block else "gap"

    @property
    def is_aside(self) -> bool:
        """Whether evidence never comes from here."""
        return self.block is not None and not self.block.is_read

    @property
    def is_heading(self) -> bool:
        """Whether it is a title or a heading."""
        return self.block is not None and self.block.kind in (BlockKind.TITLE, BlockKind.HEADING)


def in_order(statements: Iterable[Statement]) -> list[Statement]:
    """Statements of one report by their place in it."""
    return sorted(statements, key=lambda one: (one.start, one.end, one.id))


def segments(report: Report, statements: Iterable[Statement]) -> list[Segment]:
    """A report's text cut wherever a block or a quote begins or ends; spans are code points, half open."""
    spans = [(one.start, one.end, one.id) for one in in_order(statements)]
    cuts = {0, len(report.text)}
    cuts.update(place for block in report.blocks for place in (block.start, block.end))
    cuts.update(place for start, end, _ in spans for place in (start, end))
    beginning, blocks = defaultdict(list), _Blocks(report.blocks)
    for span in spans:
        beginning[span[0]].append(span)
    found: list[Segment] = []
    held: list[tuple[int, int, str]] = []
    for start, end in pairwise(sorted(cuts)):
        held = [span for span in held if span[1] > start] + beginning[start]
        block = blocks.at(start)
        found.append(
            Segment(
                text=report.text[start:end],
                statements=tuple(identity for _, _, identity in held),
                begins=tuple(identity for _, _, identity in beginning[start]),
                ends=tuple(identity for _, last, identity in held if last == end),
                block=block,
                opens_block=block is not None and block.start == start,
            )
        )
    return found


class _Blocks:
    """The block at a place, for places asked in order."""

    def __init__(self, blocks: Sequence[Block]):
        self._blocks = blocks
        self._next = 0

    def at(self, place: int) -> Block | None:
        while self._next < len(self._blocks) and self._blocks[self._next].end <= place:
            self._next += 1
        block = self._blocks[self._next] if self._next < len(self._blocks) else None
        return block if block is not None and block.start <= place else None
