"""What may stand as evidence: checked when a reading is written, and again by `Store.check`."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence

from travaux.happening import Fact, Happening
from travaux.model import Block, Reading, Report, Statement, statement_id
from travaux.reading.identity import fact_id, happening_id


def recomputed_id(statement: Statement) -> str:
    """The id that a statement's content gives."""
    return statement_id(
        statement.reader,
        statement.report_id,
        statement.start,
        statement.end,
        statement.party,
        statement.option,
        statement.stance,
        statement.former,
        statement.speaker,
        statement.via,
    )


def places_of(text: str, words: str) -> list[int]:
    """Where words stand in a text, in code points, overlapping places too; none for empty words."""
    places, at = [], text.find(words) if words else -1
    while at >= 0:
        places.append(at)
        at = text.find(words, at + 1)
    return places


class Evidence:
    """One report's text and layout, ready to check many statements.

    Args:
        text: the report's text.
        blocks: its layout, in order.
    """

    def __init__(self, text: str, blocks: Sequence[Block]):
        self.text = text
        self.blocks = blocks
        self._starts = [block.start for block in blocks]

    def layout_faults(self) -> Iterator[str]:
        """What is wrong with the blocks: outside the text, empty, out of order or overlapping."""
        reached = 0
        for block in self.blocks:
            if not reached <= block.start < block.end <= len(self.text):
                yield f"layout block {block.start}:{block.end} is empty, overlaps or lies outside the text"
                return
            reached = block.end

    def span_fault(self, start: int, end: int, quote: str) -> str | None:
        """Why a passage is no exact evidence, or None. ``text[start:end] == quote`` must hold, and it is not empty."""
        if not 0 <= start < end <= len(self.text):
            return f"span {start}:{end} lies outside the text of {len(self.text)} characters"
        if self.text[start:end] != quote:
            return f"the quote is not the text at {start}:{end}"
        return None

    def unread_fault(self, start: int, end: int) -> str | None:
        """Why a passage may not be used though its words are exact: part of it is no evidence block; else None."""
        place = start
        for index in range(max(bisect_right(self._starts, start) - 1, 0), len(self.blocks)):
            block = self.blocks[index]
            if block.start >= end:
                break
            if block.end <= place:
                continue
            if not block.is_read:
                return f"span {start}:{end} runs into a block of kind {block.kind}"
            if self.text[place : block.start].strip():
                break
            place = block.end
        return f"span {start}:{end} runs outside the layout blocks" if self.text[place:end].strip() else None

    def statement_fault(self, statement: Statement) -> str | None:
        """Why a statement may not stand, or None: span, block, condition, reasons, confidence and id are checked."""
        fault = self.span_fault(statement.start, statement.end, statement.quote)
        fault = fault or self.unread_fault(statement.start, statement.end)
        if fault:
            return fault
        if statement.condition is not None and (not statement.condition or statement.condition not in self.text):
            return "the condition does not stand in the text"
        if statement.confidence is not None and not 0 <= statement.confidence <= 1:
            return f"confidence {statement.confidence} is not between 0 and 1"
        for reason in statement.reasons:
            if reason.start is None and reason.end is None:
                continue
            if reason.start is None or reason.end is None or not 0 <= reason.start < reason.end <= len(self.text):
                return f"the reason for its {reason.step} rests on words outside the text"
        if statement.id != recomputed_id(statement):
            return "the id is not the hash of its content"
        return None


def check_reading(report: Report, reader: str, reading: Reading) -> None:
    """Refuse a reading that breaks the rules of evidence.

    Raises:
        ValueError: a bug of the reader: a quote that is not the text, a passage outside the evidence blocks, a
            statement of another report or reader, two statements with one id, statements where nothing was looked at.
    """
    evidence = Evidence(report.text, report.blocks)
    seen: set[str] = set()
    for statement in reading.statements:
        if (statement.report_id, statement.report, statement.reader) != (report.id, report.name, reader):
            raise ValueError(f"{report.name}: statement {statement.id} is of another report or reader")
        fault = evidence.statement_fault(statement)
        if fault is None and statement.id in seen:
            fault = "read twice"
        if fault:
            raise ValueError(f"{report.name}: statement {statement.id}: {fault}")
        seen.add(statement.id)
    for dropped in reading.dropped:
        if (dropped.report, dropped.reader) != (report.name, reader):
            raise ValueError(f"{report.name}: a dropped answer is of another report or reader")
    if reading.sentences < 0 or (reading.sentences == 0 and reading.statements):
        raise ValueError(f"{report.name}: {len(reading.statements)} statements from {reading.sentences} sentences")


def check_told(report: Report, reader: str, reading: Reading) -> None:
    """Refuse happenings and facts that break the rules of evidence.

    Raises:
        ValueError: a bug of the reader: a quote that is not the text or stands outside the evidence blocks, something of
            another report or reader, an id that is not the hash of its content, or the same told twice.
    """
    evidence = Evidence(report.text, report.blocks)
    told: Sequence[Happening | Fact] = (*reading.happenings, *reading.facts)
    seen: set[str] = set()
    for one in told:
        if (one.report_id, one.report, one.reader) != (report.id, report.name, reader):
            raise ValueError(f"{report.name}: {called(one)} is of another report or reader")
        fault = fault_of(one, evidence) or ("told twice" if one.id in seen else None)
        if fault:
            raise ValueError(f"{report.name}: {called(one)}: {fault}")
        seen.add(one.id)


def called(one: Happening | Fact) -> str:
    """How a happening or fact is called in a message."""
    return f"{'happening' if isinstance(one, Happening) else 'fact'} {one.id}"


def fault_of(one: Happening | Fact, evidence: Evidence) -> str | None:
    """Why a happening or fact may not stand, or None: span, blocks and id are checked."""
    fault = evidence.span_fault(one.start, one.end, one.quote) or evidence.unread_fault(one.start, one.end)
    expected = happening_id(one) if isinstance(one, Happening) else fact_id(one)
    return fault or (None if one.id == expected else "the id is not the hash of its content")
