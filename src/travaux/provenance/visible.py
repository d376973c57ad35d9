"""Flags that a report's layout shows: page chrome, a generator's leftovers, empty citations, repeats, and a missing date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travaux.intake.repeats import same_words_key
from travaux.model import Block, BlockKind, Flag, FlagKind, Report, content_id
from travaux.provenance.sentences import sentences_in

# Citations inside a sentence, those in a row as one. Bare numbers are left alone: they may well point to a list below.
_CITATION = (
    r"\[(?:insert |add |cite |your )?(?:source|citation|reference|link|url)s?(?: (?:needed|here|required|missing|url|link|[#\d]+))?\]"
    r"|\((?:insert|add) (?:source|citation|reference|link|url)(?: here)?\)"
    r"|\[citation needed\]|:?contentReference\[[^\]]{1,60}\](?:\{[^}]{0,40}\})?|\[?oaicite:[^\s\]]{1,40}\]?"
    r"|【[^】]{1,40}】|\bturn\d+(?:search|news|view)\d+\b"
)
INLINE_CITATION = re.compile(rf"(?:{_CITATION})(?:[\s,;]*(?:(?:\[\d{{1,3}}\][\s,;]*)*(?:{_CITATION})))*", re.IGNORECASE)
FEWEST_WORDS_AGAIN = 10
"""Words of a sentence that two paragraphs share; shorter ones are refrains and set phrases."""
QUOTATION_MARKS = '"“„«'
_HEADING_OF_REPEAT = "heading of a repeated passage"
_KINDS = {
    BlockKind.CHROME: (FlagKind.PAGE_CHROME, "The page's own words among the report's: "),
    BlockKind.LEFTOVER: (FlagKind.GENERATOR_LEFTOVER, "Left in the text: "),
    BlockKind.PLACEHOLDER: (FlagKind.PLACEHOLDER_CITATION, "Cited is what is not there: "),
}


def flag_of(report: Report, kind: FlagKind, start: int, end: int, says: str) -> Flag:
    """A flag on the words [start, end) of a report, its reason ended with a full stop."""
    said = says if says.endswith((".", "!", "?", "”")) else f"{says}."
    return made_flag(report.name, report.id, kind, start, end, report.text[start:end], said)


def made_flag(report: str, report_id: str, kind: FlagKind, start: int, end: int, quote: str, says: str) -> Flag:
    """A flag with the id that its place and kind give; report is the name."""
    return Flag(content_id("flag", report_id, kind, start, end), report, report_id, kind, start, end, quote, says)


def visible_flags(report: Report) -> Iterator[Flag]:
    """The flags of a report's layout, in the order of the text; what is missing as a whole first."""
    if report.published is None:
        told = "Nobody says when it was published: it takes part in positions and proves no change"
        yield flag_of(report, FlagKind.UNDATED, 0, 0, told)
    seen: set[str] = set()
    for block in report.blocks:
        if block.kind in _KINDS:
            kind, says = _KINDS[block.kind]
            yield flag_of(report, kind, block.start, block.end, f"{says}{_reason(block)}")
        elif block.kind is BlockKind.REPEAT and block.reason != _HEADING_OF_REPEAT:
            # Printed four times, it is still one block that was printed again.
            key = same_words_key(report.text[block.start : block.end])
            if key not in seen:
                seen.add(key)
                yield flag_of(report, FlagKind.REPEATED_BLOCK, block.start, block.end, f"Printed again: {block.reason}")
        elif block.is_read:
            for found in INLINE_CITATION.finditer(report.text, block.start, block.end):
                if not _is_quoted(report.text, block.start, found.start()):
                    told = "Cited is what is not there: a citation that points to no source"
                    yield flag_of(report, FlagKind.PLACEHOLDER_CITATION, found.start(), found.end(), told)
    for start, end in _sentences_again(report):
        told = "Printed again: stands word for word in another paragraph of the report"
        yield flag_of(report, FlagKind.REPEATED_BLOCK, start, end, told)


def _sentences_again(report: Report) -> Iterator[tuple[int, int]]:
    """Long sentences that stand in an earlier block word for word, outside quotation marks; neighbours as one."""
    first_in: dict[str, int] = {}
    again: list[tuple[int, int]] = []
    goes_on = False
    for number, block in enumerate(report.blocks):
        if not block.is_read:
            continue
        for start, end in sentences_in(report.text, block.start, block.end):
            key = same_words_key(INLINE_CITATION.sub("", report.text[start:end]))
            is_again = (
                len(key.split(maxsplit=FEWEST_WORDS_AGAIN)) >= FEWEST_WORDS_AGAIN
                and first_in.setdefault(key, number) != number
                and not _is_quoted(report.text, block.start, start)
                and report.text[start] not in QUOTATION_MARKS
            )
            if is_again and goes_on:
                again[-1] = (again[-1][0], end)
            elif is_again:
                again.append((start, end))
            goes_on = is_again
        goes_on = False
    yield from again


def _reason(block: Block) -> str:
    return block.reason.removeprefix("the page's own: ")


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Whether a place stands between quotation marks that open in the same block."""
    before = text[start:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
