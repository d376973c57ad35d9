"""Overlapping highlights as flat segments, so that they never nest or cross: quotes, flagged words, shared passages.

``Iran |rejects |the offer`` with one statement on the first two parts and another on the last two gives the segments
``[one]``, ``[one two]``, ``[two]``. Slicing is done here, in code points; browsers count UTF-16 and see no offset.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from travaux.model import Block, BlockKind, Report, Statement

Span = tuple[int, int, str]
"""Where something lies in a text, in code points, half open, and what it is known by. One that is empty is a place alone:
it begins with a segment and lies over none."""


@dataclass(frozen=True, slots=True)
class Covering:
    """What of one kind lies over a segment, in the order of its beginning: all of it, what begins and what ends with it."""

    over: tuple[str, ...] = ()
    begins: tuple[str, ...] = ()
    ends: tuple[str, ...] = ()


NOTHING = Covering()


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of a report's text within which nothing changes.

    Attributes:
        text: its characters; the segments of a report joined are its text.
        statements: ids of the statements whose quote it is part of, in the order of their beginning.
        begins, ends: ids of those whose quote begins or ends with it, in the same order.
        block: the layout block it lies in; None for white space between blocks.
        opens_block: it is the first of its block.
        flagged: flags on its words; shared: passages that stand in another report too; named: places that are linked to.
    """

    text: str
    statements: tuple[str, ...]
    begins: tuple[str, ...]
    ends: tuple[str, ...]
    block: Block | None
    opens_block: bool
    flagged: Covering = NOTHING
    shared: Covering = NOTHING
    named: Covering = NOTHING

    @property
    def classes(self) -> str:
        """What its look says, as classes; empty for plain text and for white space alone."""
        if self.text.isspace() and not self.statements and not self.is_aside:
            return ""
        said = {
            "more": len(self.statements) > 1,
            "aside": self.is_aside and not self.statements,
            "heading": self.is_heading,
            "flagged": bool(self.flagged.over),
            "shared": bool(self.shared.over),
            "named": bool(self.named.over),  # places alone have a name and no look
        }
        return " ".join(name for name, holds in said.items() if holds)

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


def segments(
    report: Report,
    statements: Iterable[Statement],
    *,
    flagged: Iterable[Span] = (),
    shared: Iterable[Span] = (),
    named: Iterable[Span] = (),
) -> list[Segment]:
    """A report's text cut wherever a block, a quote, flagged words or a passage begins or ends."""
    layers = [[(one.start, one.end, one.id) for one in in_order(statements)], *map(sorted, (flagged, shared, named))]
    cuts = {0, len(report.text)}
    cuts.update(place for block in report.blocks for place in (block.start, block.end))
    cuts.update(place for spans in layers for start, end, _ in spans for place in (start, end))
    coverings, blocks = [_Coverings(spans) for spans in layers], _Blocks(report.blocks)
    found: list[Segment] = []
    for start, end in pairwise(sorted(cuts)):
        quotes, flags, passages, places = (each.at(start, end) for each in coverings)
        block = blocks.at(start)
        found.append(
            Segment(
                text=report.text[start:end],
                statements=quotes.over,
                begins=quotes.begins,
                ends=quotes.ends,
                block=block,
                opens_block=block is not None and block.start == start,
                flagged=flags,
                shared=passages,
                named=places,
            )
        )
    return found


class _Coverings:
    """What of one kind lies over stretches that are asked in order."""

    def __init__(self, spans: Iterable[Span]):
        self._beginning: dict[int, list[Span]] = defaultdict(list)
        for span in spans:
            self._beginning[span[0]].append(span)
        self._held: list[Span] = []

    def at(self, start: int, end: int) -> Covering:
        begins = self._beginning.get(start, [])
        if not begins and not self._held:
            return NOTHING
        self._held = [span for span in (*self._held, *begins) if span[1] > start]
        return Covering(
            tuple(key for _, _, key in self._held),
            tuple(key for _, _, key in begins),
            tuple(key for _, last, key in self._held if last == end),
        )


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
