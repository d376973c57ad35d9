"""Flags that a report's layout shows: page chrome, a generator's leftovers, empty citations, repeats, and a missing date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travaux.intake.repeats import same_words_key
from travaux.model import Block, BlockKind, Flag, FlagKind, Report, content_id

# Citations inside a sentence. Bare numbers are left alone: they may well point to a list below.
INLINE_CITATION = re.compile(
    r"\[(?:insert |add |cite |your )?(?:source|citation|reference|link|url)s?(?: (?:needed|here|required|url|link|[#\d]+))?\]"
    r"|\((?:insert|add) (?:source|citation|reference|link|url)(?: here)?\)"
    r"|\[citation needed\]|:?contentReference\[[^\]]{1,60}\](?:\{[^}]{0,40}\})?|\[?oaicite:[^\s\]]{1,40}\]?"
    r"|【[^】]{1,40}】|\bturn\d+(?:search|news|view)\d+\b",
    re.IGNORECASE,
)
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


def _reason(block: Block) -> str:
    return block.reason.removeprefix("the page's own: ")


def _is_quoted(text: str, start: int, at: int) -> bool:
    """Whether a place stands between quotation marks that open in the same block."""
    before = text[start:at]
    return before.count('"') % 2 == 1 or before.count("“") > before.count("”")
