"""Flags that a report's layout shows: page chrome, a generator's leftovers, empty citations, repeats, and a missing date."""

from __future__ import annotations

import re
from collections.abc import Iterator

from travaux.intake.furniture import LONGEST_LABEL, kind_of_line
from travaux.intake.repeats import same_words_key
from travaux.model import Block, BlockKind, Flag, FlagKind, Report, content_id
from travaux.provenance.sentences import sentences_in

# Citations inside a sentence, those in a row as one. Bare numbers are left alone: they may well point to a list below.
_CITATION = (
    r"\[(?:insert |add |cite |your )?(?:source|citation|reference|link|url)s?(?: (?:needed|here|required|missing|url|link|[#\d]+))?\]"
    r"|\[(?:source|citation|reference)s?: ?(?:link|url|here|tb[acd]|todo|xx+|n/?a|to be added|needed|pending|unknown)\]"
    r"|\((?:insert|add) (?:source|citation|reference|link|url)(?: here)?\)"
    r"|\[citation needed\]|:?contentReference\[[^\]]{1,60}\](?:\{[^}]{0,40}\})?|\[?oaicite:[^\s\]]{1,40}\]?"
    r"|【[^】]{1,40}】|\bturn\d+(?:search|news|view)\d+\b"
)
INLINE_CITATION = re.compile(rf"(?:{_CITATION})(?:[\s,;]*(?:(?:\[\d{{1,3}}\][\s,;]*)*(?:{_CITATION})))*", re.IGNORECASE)
FEWEST_WORDS_AGAIN = 10
"""Words of a sentence that two paragraphs share; shorter ones are refrains and set phrases."""
FEWEST_WORDS_OF_POINT = 8
"""Words of a point in a closing list that stands as a whole sentence before."""
QUOTATION_MARKS = '"“„«'
# What a page says in place of a film or a map. It is nobody's claim, so that the layout may leave it among the report's lines.
_ASKS_FOR_COOKIES = re.compile(
    r"(?:accept|allow|enable|activate|permit|agree to|reject|refuse|decline) (?:[\w-]+ ){0,2}cookies"
    r"(?:(?: (?:to|for|in order) [^.!?]{3,60})?| ?\?(?: [\w |/]{1,40})?)$",
    re.IGNORECASE,
)
_BRACKETED = re.compile(r"(?:\[[^\[\]\n]{1,40}\]\s*){2,6}")
_BRACKETED_ENTRY = re.compile(r"\[([^\[\]\n]+)\]")
_IN_OTHER_WORDS = "closing point"
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
        if block.kind not in _KINDS and (start := _buttons_in(report.text, block)) is not None:
            told = "The page's own words among the report's: buttons behind a line of it"
            yield flag_of(report, FlagKind.PAGE_CHROME, start, block.end, told)
        if block.kind in _KINDS and (block.kind is not BlockKind.CHROME or _has_words(report.text, block)):
            kind, says = _KINDS[block.kind]
            yield flag_of(report, kind, block.start, block.end, f"{says}{_reason(block)}")
        elif block.kind is BlockKind.REPEAT and block.reason != _HEADING_OF_REPEAT:
            # Printed four times, it is still one block that was printed again.
            key = same_words_key(report.text[block.start : block.end])
            # A short point of a closing list may well say the same in passing, but not to the letter.
            is_short = _IN_OTHER_WORDS in block.reason and len(key.split()) < FEWEST_WORDS_AGAIN
            if key not in seen and not (is_short and not _stands_before(report, block, key)):
                seen.add(key)
                yield flag_of(report, FlagKind.REPEATED_BLOCK, block.start, block.end, f"Printed again: {block.reason}")
        elif block.is_read:
            if block.end - block.start <= LONGEST_LABEL and _ASKS_FOR_COOKIES.match(
                report.text[block.start : block.end]
            ):
                told = "The page's own words among the report's: a notice about cookies or scripts"
                yield flag_of(report, FlagKind.PAGE_CHROME, block.start, block.end, told)
            for found in INLINE_CITATION.finditer(report.text, block.start, block.end):
                if not _is_quoted(report.text, block.start, found.start()):
                    told = "Cited is what is not there: a citation that points to no source"
                    yield flag_of(report, FlagKind.PLACEHOLDER_CITATION, found.start(), found.end(), told)
    for start, end in _sentences_again(report):
        told = "Printed again: stands word for word in another paragraph of the report"
        yield flag_of(report, FlagKind.REPEATED_BLOCK, start, end, told)


def _has_words(text: str, block: Block) -> bool:
    """Whether a block says anything: a rule of dashes between two parts of a text is no word of the page's."""
    return any(letter.isalnum() for letter in text[block.start : block.end])


def _buttons_in(text: str, line: Block) -> int | None:
    """Where the buttons begin that a page prints behind a short line ("Friday, 6 June. Reload | Mute"); None where none are."""
    if _BRACKETED.fullmatch(text, line.start, line.end):
        told = kind_of_line(" | ".join(_BRACKETED_ENTRY.findall(text, line.start, line.end)))
        return line.start if told is not None and told[0] is BlockKind.CHROME else None
    if line.end - line.start > LONGEST_LABEL or "|" not in text[line.start : line.end]:
        return None
    shown = text[line.start : line.end]
    begins = shown.rfind(". ", 0, shown.find("|") + 1) + 2
    told = kind_of_line(shown[begins:]) if begins >= 2 else None
    return line.start + begins if told is not None and told[0] is BlockKind.CHROME else None


def _stands_before(report: Report, point: Block, key: str) -> bool:
    """Whether a point of a list is a whole sentence of an earlier paragraph, word for word."""
    if len(key.split()) < FEWEST_WORDS_OF_POINT:
        return False
    return any(
        same_words_key(report.text[start:end]) == key
        for block in report.blocks
        if block.is_read and block.end <= point.start
        for start, end in sentences_in(report.text, block.start, block.end)
    )


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
