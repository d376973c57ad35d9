"""Overlapping quotes become flat segments; whatever overlaps, the segments joined are the text."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as some

from travaux.model import Act, Block, BlockKind, Report, Stance, Statement
from travaux.views.page.segments import Segment, segments

CHARACTERS = some.sampled_from("ab é\u00a0\u0301İ😀\u202eש\u2028\r\n<&\"'")


def report_of(text: str, blocks: tuple[Block, ...] = ()) -> Report:
    return Report("r", "r.txt", "0" * 64, "text/plain", "utf-8", text, blocks)


def quote(identity: str, text: str, start: int, end: int) -> Statement:
    return Statement(identity, "r.txt", "r", start, end, text[start:end], "p", "o", Stance.FOR, Act.STATE)


@some.composite
def texts_with_quotes(draw: some.DrawFn) -> tuple[Report, list[Statement]]:
    text = draw(some.text(CHARACTERS, min_size=1, max_size=40))
    place = some.integers(0, len(text))
    spans = draw(some.lists(some.tuples(place, place).filter(lambda span: span[0] < span[1]), max_size=8))
    borders = sorted(draw(some.sets(place, max_size=6)))
    kinds = some.sampled_from(BlockKind)
    blocks = tuple(Block(start, end, draw(kinds)) for start, end in zip(borders[::2], borders[1::2], strict=False))
    return report_of(text, blocks), [quote(f"s{at}", text, *span) for at, span in enumerate(spans)]


@given(texts_with_quotes())
def test_segments_are_the_text_and_hold_exactly_the_quotes_over_them(case: tuple[Report, list[Statement]]) -> None:
    report, statements = case
    cut = segments(report, statements)
    assert "".join(one.text for one in cut) == report.text
    assert all(one.text for one in cut)
    place = 0
    for one in cut:
        covering = {quote.id for quote in statements if quote.start < place + len(one.text) and quote.end > place}
        assert set(one.statements) == covering
        assert len(one.statements) == len(covering)
        place += len(one.text)


@given(texts_with_quotes())
def test_each_quote_begins_once_ends_once_and_reads_as_it_should(case: tuple[Report, list[Statement]]) -> None:
    report, statements = case
    cut = segments(report, statements)
    assert sorted(name for one in cut for name in one.begins) == sorted(one.id for one in statements)
    assert sorted(name for one in cut for name in one.ends) == sorted(one.id for one in statements)
    for statement in statements:
        assert "".join(one.text for one in cut if statement.id in one.statements) == statement.quote


@given(texts_with_quotes())
def test_each_block_is_opened_once(case: tuple[Report, list[Statement]]) -> None:
    report, statements = case
    opened = [one.block for one in segments(report, statements) if one.opens_block]
    assert opened == list(report.blocks)


def test_crossing_quotes_give_three_segments() -> None:
    text = "Iran rejects the offer"
    cut = segments(report_of(text), [quote("one", text, 0, 12), quote("two", text, 5, 22)])
    assert [(one.text, one.statements) for one in cut] == [
        ("Iran ", ("one",)),
        ("rejects", ("one", "two")),
        (" the offer", ("two",)),
    ]


def test_an_aside_is_none_of_the_kinds_that_evidence_comes_from() -> None:
    text = "Home\nTitle"
    blocks = (Block(0, 4, BlockKind.CHROME, "a menu"), Block(5, 10, BlockKind.TITLE))
    cut: list[Segment] = segments(report_of(text, blocks), [])
    assert [(one.kind, one.is_aside, one.is_heading) for one in cut] == [
        ("chrome", True, False),
        ("gap", False, False),
        ("title", False, True),
    ]


def test_an_empty_text_has_no_segments() -> None:
    assert segments(report_of(""), []) == []
