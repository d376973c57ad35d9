"""Evidence is exact whatever the text, and the same input gives the same reading."""

from __future__ import annotations

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from travaux.intake import receive_bytes
from travaux.model import Agenda
from travaux.reading.local import LocalReader
from travaux.reading.parse import LONGEST_PIECE, pieces, sentences_of

FRAGMENTS = st.sampled_from(
    ["Norway rejected a quota cut. ", "İstanbul 😀 ", "e\u0301te\u0301 ", "\u00a0", "\r\n\r\n", "\u2028", "“Yes,” said Kari Lund. ",
     "Skip to content\n", "Oslo wants observers, ", "she said. ", "\t", "A", ".", "\u202e", "Iceland did not rule out arbitration.\n\n"]
)  # fmt: skip


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(parts=st.lists(FRAGMENTS, max_size=25))
def test_quotes_stand_in_the_text(parts: list[str], agenda: Agenda, reader: LocalReader) -> None:
    text = "".join(parts)
    report = receive_bytes(text.encode(), "text.txt").report
    reading = reader.read(report, agenda)
    for statement in reading.statements:
        assert report.text[statement.start : statement.end] == statement.quote
        assert statement.quote.strip() == statement.quote != ""
        assert statement.condition is None or statement.condition in report.text
        for reason in statement.reasons:
            assert reason.start is None or 0 <= reason.start < (reason.end or 0) <= len(report.text)
    assert len({statement.id for statement in reading.statements}) == len(reading.statements)
    assert reader.read(report, agenda) == reading
    assert LocalReader(encoder=False).read(report, agenda) == reading


@given(text=st.text(alphabet="ab \n.", max_size=400), cut=st.integers(0, 40))
def test_pieces_cover_the_stretch_in_order(text: str, cut: int) -> None:
    start = min(cut, len(text))
    at = start
    for first, last in pieces(text, start, len(text)):
        assert first == at < last
        at = last
    assert at == len(text)


def test_a_line_of_two_million_characters_is_cut_for_the_parser() -> None:
    text = "x" * (2 * LONGEST_PIECE + 7) + " " + "word " * 10_000
    cuts = list(pieces(text, 0, len(text)))
    assert max(last - first for first, last in cuts) <= LONGEST_PIECE
    assert "".join(text[first:last] for first, last in cuts) == text


def test_chrome_is_never_read(agenda: Agenda, reader: LocalReader) -> None:
    text = "Read also: Norway rejected a quota cut\n\nThe ministers met in Bergen and talked about the weather at length.\n"
    report = receive_bytes(text.encode(), "chrome.txt").report
    assert all(
        block.start <= sentence.start for sentence in sentences_of(report) for block in report.blocks if block.is_read
    )
    assert reader.read(report, agenda).statements == ()


def test_nothing_to_read_is_no_sentence(agenda: Agenda, reader: LocalReader) -> None:
    assert reader.read(receive_bytes(b"", "empty.txt").report, agenda).sentences == 0
