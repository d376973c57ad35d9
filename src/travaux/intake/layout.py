"""A text's layout: which stretches are the report and which are the page's. Nothing is cut, everything is named.

`layout_blocks` runs these steps; the same numbers stand in its code:

1. lines, with wrapped ones joined to paragraphs (`lines`), a generator's notes and labels parted from the report's words (`leftovers`)
2. what each line is by its own words: chrome, byline, leftover, placeholder (`furniture`)
3. the title: as given, after ``#``, repeated, or the first headline-like line above the text
4. breadcrumbs glued to the title; what stands between the page's top and the text
5. repeats: lines, the title in other words, closing lists that sum up, passages of a paragraph that stand alone (`repeats`)
6. links under "Read also" and its like; menus and links below the text; headings at the end with nothing under them
7. headings, list items, boxes and paragraphs among the rest

All steps are linear in the length of the text.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from travaux.intake import furniture, line_phrases, menus
from travaux.intake.leftovers import parts_of
from travaux.intake.lines import LIST_MARK, Line, lines_of
from travaux.intake.repeats import mark_passages, mark_recap, mark_repeats, same_words_key, says_title_again
from travaux.model import Block, BlockKind

LINES_OF_HEAD = 40
"""How many lines a page may put above its text."""
LINES_OF_FOOT = 12
"""How many lines below its text a page's last links are looked for."""
NOTES_OF_FOOT = 2
"""How many sentences may stand among them: on the author, on where the text was taken from."""
LONGEST_HEADING_WORDS = 14
LONGEST_TITLE_WORDS = 30
PARAGRAPH_WORDS = 25
"""A line of so many words is a paragraph, whatever its punctuation."""
MOST_LINKS = 12

_FINAL = re.compile(r"[.!?。…;,:][\"'”’»)\]]*$")
_FULL_STOP = re.compile(r"[.!?。…][\"'”’»)\]]*$")
_MARKDOWN_HEADING = re.compile(r"#{1,6}[ \t]+(?=\S)")
_SETEXT = re.compile(r"(?:=+|-+)$")
_SENTENCE_BREAK = re.compile(r"[.!?][\"”’)]*\s+[\"“‘(]?[A-ZÀ-ÞА-Я]")
_BOX_LABEL = re.compile(r"([^:]{3,80}): *(?:the |an? )?", re.IGNORECASE)
_SPEAKER = re.compile(r"(?:Q|A|[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){0,3}) ?[:.] +\S")


def layout_blocks(text: str, title: str | None = None) -> tuple[Block, ...]:
    """The layout of a text.

    Args:
        text: as received; never altered, offsets are its code points.
        title: the report's title where somebody gave one; found in the text otherwise.

    Returns:
        Blocks in order, not overlapping; everything outside them is white space.
    """
    lines = [part for line in lines_of(text) for part in parts_of(text, line)]  # 1
    _mark_furniture(text, lines)  # 2
    found = _find_title(text, lines, title)  # 3
    if found is not None:
        found.kind, found.reason = BlockKind.TITLE, found.reason or "the title"
    named = title or (text[found.start : found.end] if found else None)
    lines = _split_glued_breadcrumbs(text, lines, named)  # 4
    found = found or next((line for line in lines if line.kind is BlockKind.TITLE), None)
    _mark_head(text, lines, found)
    mark_repeats(text, lines, found)  # 5
    if named is not None:
        _mark_title_variants(text, lines, found, named)
    mark_recap(text, lines, _closing_list(text, lines))
    mark_passages(text, lines)
    _mark_links(text, lines, found)  # 6
    _mark_foot(text, lines)
    _mark_empty_headings(text, lines)
    _name_the_rest(text, lines)  # 7
    return tuple(Block(line.start, line.end, line.kind or BlockKind.PARAGRAPH, line.reason) for line in lines)


# ------------------------------------------------------------------------------------------------ 1, 2: single lines


def _mark_furniture(text: str, lines: Sequence[Line]) -> None:
    previous: Line | None = None
    in_fields = bool(lines) and text.startswith("---", lines[0].start) and lines[0].end - lines[0].start == 3
    for number, line in enumerate(lines):
        shown = text[line.start : min(line.end, line.start + furniture.LONGEST_FURNITURE + 1)]
        if line.kind is None and (told := furniture.kind_of_line(shown)) is not None:
            line.kind, line.reason = told
            # A notice under "… ended with these words:" is what the report is about.
            if line.kind is BlockKind.LEFTOVER and previous is not None and _announces(text, previous):
                line.kind, line.reason = None, ""
        if number < LINES_OF_HEAD and (number < 3 or in_fields):
            in_fields = _mark_field(text, lines, number) or (in_fields and line.kind is not BlockKind.PARAGRAPH)
        previous = line


def _announces(text: str, line: Line) -> bool:
    words = text[line.start : line.end]
    return line.kind is None and words.endswith(":") and line_phrases.word_count(words) >= 6


def _mark_field(text: str, lines: Sequence[Line], number: int) -> bool:
    """Fields above a text ("Author: …"): at least two in neighbouring lines, or a block between ``---``."""
    line = lines[number]
    shown = text[line.start : min(line.end, line.start + 300)]
    name = furniture.field_name(shown)
    if name is None:
        return False
    neighbours = [lines[n] for n in (number - 2, number - 1, number + 1, number + 2) if 0 <= n < len(lines)]
    names = [furniture.field_name(text[near.start : min(near.end, near.start + 300)]) for near in neighbours]
    if not any(names):
        return False
    # The value behind "Title:" is a line of its own and stays the report's.
    if not furniture.is_title_field(name) or line.kind is BlockKind.LEFTOVER:
        line.kind, line.reason = BlockKind.BYLINE, f"a field above the text ({name})"
    return True


# --------------------------------------------------------------------------------------------------------- 3: the title


def _is_paragraph(text: str, line: Line) -> bool:
    shown = text[line.start : min(line.end, line.start + 1_000)]
    return line.kind is None and (
        line_phrases.word_count(shown) >= PARAGRAPH_WORDS
        or (bool(_FULL_STOP.search(shown[-12:])) and line_phrases.word_count(shown) >= 8 and not shown.endswith("?"))
    )


def _find_title(text: str, lines: Sequence[Line], title: str | None) -> Line | None:
    head = lines[:LINES_OF_HEAD]
    if title is not None:
        wanted = same_words_key(title)
        for line in head:
            shown = text[line.start : min(line.end, line.start + 600)]
            key = same_words_key(shown)
            if key == wanted or (len(key.split()) >= 3 and (wanted.startswith(key) or key.endswith(f"| {wanted}"))):
                line.reason = "the title, as the page or the manifest gives it"
                return line
        # What says it in other words is how this page prints it, and no repeat of what it does not print.
        for line in head:
            shown = text[line.start : min(line.end, line.start + 400)]
            if line.kind is None and not _FINAL.search(shown[-12:]) and says_title_again(shown, title):
                line.reason = "the title in other words than the page or the manifest gives it"
                return line
    candidates: list[Line] = []
    paragraph: Line | None = None
    for line in head:
        if _is_paragraph(text, line):
            paragraph = line
            break
        if line.kind is None and text[line.start : line.end][:1] != "#":
            candidates.append(line)
        elif line.kind is None and _MARKDOWN_HEADING.match(text, line.start):
            line.reason = "the first heading"
            return line
    if paragraph is None:
        # Without a paragraph nothing tells a masthead from a list of headlines.
        candidates = candidates[:1] if len(lines) > 1 else []
    return _headline(text, lines, candidates)


def _headline(text: str, lines: Sequence[Line], candidates: Sequence[Line]) -> Line | None:
    shown = {id(line): text[line.start : line.end] for line in candidates}
    fitting = [
        line
        for line in candidates
        if line_phrases.word_count(shown[id(line)]) <= LONGEST_TITLE_WORDS
        and not LIST_MARK.match(shown[id(line)])
        and not shown[id(line)].endswith((":", ","))
        and not line_phrases.is_byline_word(shown[id(line)])
        and menus.glued_breadcrumb_end(shown[id(line)]) is None
    ]
    long = [line for line in fitting if line_phrases.word_count(shown[id(line)]) >= 4]
    for line in long:
        if any(shown[id(line)] == shown[id(other)] for other in candidates if other is not line):
            line.reason = "headline, printed twice"
            return line
    if long:
        # Mastheads are printed in capitals above a headline that is not.
        best = next((line for line in long if not _is_masthead(shown[id(line)])), long[0])
        best.reason = "first headline above the text"
        return best
    if fitting:
        longest = max(fitting, key=lambda line: line_phrases.word_count(shown[id(line)]))
        if line_phrases.word_count(shown[id(longest)]) >= 2:
            longest.reason = "longest line above the text"
            return longest
    return None if candidates else _first_sentence_as_title(text, lines)


def _is_masthead(shown: str) -> bool:
    entries = shown.split("|")
    return shown.isupper() or (len(entries) > 1 and all(line_phrases.word_count(entry) <= 3 for entry in entries))


def _first_sentence_as_title(text: str, lines: Sequence[Line]) -> Line | None:
    """A first line of one sentence over paragraphs of several: a headline that lost its mark-up."""
    proper = [line for line in lines[:LINES_OF_HEAD] if line.kind is None]
    if len(proper) < 3:
        return None
    first, *others = proper
    shown = text[first.start : min(first.end, first.start + 400)]
    several = sum(bool(_SENTENCE_BREAK.search(text, line.start, min(line.end, line.start + 2_000))) for line in others)
    lengths = sorted(line.end - line.start for line in others)
    if (
        line_phrases.word_count(shown) > PARAGRAPH_WORDS
        or _SENTENCE_BREAK.search(shown)
        or several < 0.6 * len(others)
        or lengths[len(lengths) // 2] < 1.8 * (first.end - first.start)
    ):
        return None
    first.reason = "first line, one short sentence above longer paragraphs"
    return first


# ---------------------------------------------------------------------------------------------------- 4: the page's top


def _split_glued_breadcrumbs(text: str, lines: Sequence[Line], title: str | None) -> list[Line]:
    """Marks breadcrumbs that touch a title: as a whole where the title stands elsewhere too, else split from it."""
    result: list[Line] = []
    keys = {
        same_words_key(text[line.start : line.end]) for line in lines[:LINES_OF_HEAD] if line.end - line.start < 400
    }
    if title is not None:
        keys.add(same_words_key(title))
    title_found = any(line.kind is BlockKind.TITLE for line in lines[:LINES_OF_HEAD])
    for number, line in enumerate(lines):
        if number >= LINES_OF_HEAD or line.kind is not None or line.end - line.start >= 400:
            result.append(line)
            continue
        shown = text[line.start : line.end]
        end = menus.glued_breadcrumb_end(shown)
        if (end is not None and (title_found or same_words_key(shown[end:]) in keys)) or _ends_with_key(shown, keys):
            line.kind, line.reason = BlockKind.CHROME, "a breadcrumb glued to the title"
            result.append(line)
        elif end is not None and line_phrases.word_count(shown[end:]) >= 3:
            crumb = Line(line.start, line.start + end, line.gap, BlockKind.CHROME, "a breadcrumb glued to the title")
            rest = Line(line.start + end, line.end, 0, BlockKind.TITLE, "the title, behind a breadcrumb glued to it")
            title_found = True
            result += (crumb, rest)
        else:
            result.append(line)
    return result


def _ends_with_key(shown: str, keys: set[str]) -> bool:
    """Whether a line ends with another line's words, with entries of a menu glued in front ("WorldEuropeTitle")."""
    if not shown[:1].isupper():
        return False
    folded = same_words_key(shown)
    for key in keys:
        if len(key.split()) >= 3 and len(key) < len(folded) and folded.endswith(key):
            front = shown[: len(folded) - len(key)]
            if front and not front[-1].isspace() and front[-1].isalnum() and menus.is_menu_run(front):
                return True
    return False


def _mark_head(text: str, lines: Sequence[Line], title: Line | None) -> None:
    """Names what stands around the title before the text begins: the outlet and its section, a line under the title."""
    if title is None:
        return
    at = next(number for number, line in enumerate(lines) if line is title)
    for line in lines[:at]:
        shown = text[line.start : min(line.end, line.start + 200)]
        short = line_phrases.word_count(shown) <= 8 and not _FINAL.search(shown[-12:])
        is_title_again = same_words_key(shown) == same_words_key(text[title.start : title.end])
        is_name = shown.isupper() or furniture.is_name_like(shown.split()) or line_phrases.is_byline_word(shown)
        if line.kind is None and short and is_name and not is_title_again:
            line.kind, line.reason = BlockKind.BYLINE, "line above the title: the outlet or a section"
    for line, following in zip(lines[at + 1 : at + 10], lines[at + 2 : at + 11], strict=False):
        shown = text[line.start : min(line.end, line.start + 200)]
        words = shown.split()
        if _is_paragraph(text, line) or LIST_MARK.match(shown):
            break
        followed_by_page = following.kind in (BlockKind.CHROME, BlockKind.BYLINE)
        if line.kind is None and len(words) <= 5 and followed_by_page and furniture.is_name_like(words):
            line.kind, line.reason = BlockKind.BYLINE, "name under the title: the outlet or the author"


# ------------------------------------------------------------------------------------------------------- 5: said again


def _mark_title_variants(text: str, lines: Sequence[Line], title: Line | None, named: str) -> None:
    """The title in other words, among what stands above the second paragraph: slots for captions and teasers."""
    paragraphs = 0
    for line in lines[:LINES_OF_HEAD]:
        if _is_paragraph(text, line):
            paragraphs += 1
            if paragraphs == 2:
                return
            continue
        shown = text[line.start : min(line.end, line.start + 400)]
        is_headline = (
            line.kind is None and line is not title and not line.behind_label and not _FINAL.search(shown[-12:])
        )
        if is_headline and says_title_again(shown, named):
            line.kind, line.reason = BlockKind.REPEAT, "the title again, in other words"


def _closing_list(text: str, lines: Sequence[Line]) -> list[Line]:
    """The list that ends the report, page chrome after it aside; empty where the report ends with a paragraph."""
    closing: list[Line] = []
    for line in reversed(lines):
        if line.kind in (BlockKind.CHROME, BlockKind.LEFTOVER, BlockKind.PLACEHOLDER, BlockKind.BYLINE) and not closing:
            continue
        if line.kind not in (None, BlockKind.REPEAT) or not LIST_MARK.match(text, line.start):
            break
        closing.append(line)
    # A report that is one list has nothing to sum up.
    return closing[::-1] if len(closing) * 2 <= len(lines) else []


# --------------------------------------------------------------------------------------------------- 6: the page's end


def _mark_links(text: str, lines: Sequence[Line], title: Line | None) -> None:
    """Headline-like lines under "Read also" and its like, up to the report's next paragraph."""
    left = 0
    past_title = title is None
    for number, line in enumerate(lines):
        past_title = past_title or line is title
        shown = text[line.start : min(line.end, line.start + 300)]
        if line.kind is BlockKind.CHROME:
            left = MOST_LINKS if past_title and furniture.heads_links(shown) else left
            continue
        heads_section = number + 1 < len(lines) and _is_paragraph(text, lines[number + 1])
        first = number > 0 and lines[number - 1].kind is BlockKind.CHROME
        is_link = line.kind is None and not _FINAL.search(shown[-12:]) and line_phrases.word_count(shown) <= 20
        if left and is_link and (not heads_section or (first and lines[number + 1].gap > 1)):
            line.kind, line.reason = BlockKind.CHROME, "a link to another report"
            left -= 1
        else:
            left = 0


def _mark_foot(text: str, lines: Sequence[Line]) -> None:
    """Menus and links below the report's last paragraph; a short note or two may stand among them."""
    notes = 0
    for line in lines[: -LINES_OF_FOOT - 1 : -1]:
        if line.kind is BlockKind.TITLE:
            return
        if line.kind is not None:
            continue
        shown = text[line.start : min(line.end, line.start + 600)]
        notes += _is_paragraph(text, line)
        if line_phrases.word_count(shown) >= PARAGRAPH_WORDS or notes > NOTES_OF_FOOT or LIST_MARK.match(shown):
            return
        if (reason := furniture.foot_reason(shown)) is not None:
            line.kind, line.reason = BlockKind.CHROME, f"the page's own: {reason}"


def _mark_empty_headings(text: str, lines: Sequence[Line]) -> None:
    """Headings at the end that have nothing under them."""
    if not any(_is_paragraph(text, line) for line in lines[:LINES_OF_HEAD]):
        return
    for line in reversed(lines):
        if line.kind is not None and line.kind is not BlockKind.TITLE:
            continue
        shown = text[line.start : min(line.end, line.start + 120)]
        words = shown.split()
        if line.kind is BlockKind.TITLE or len(words) > 5 or _FULL_STOP.search(shown) or LIST_MARK.match(shown):
            return
        if not furniture.is_name_like(words) or any(character.isdigit() or character in ":(" for character in shown):
            return
        line.kind, line.reason = BlockKind.CHROME, "a heading at the end with nothing under it"


# --------------------------------------------------------------------------------------------------------- 7: the rest


def _name_the_rest(text: str, lines: Sequence[Line]) -> None:
    following_kinds: Line | None = None
    past_leftover = any(line.kind in (BlockKind.LEFTOVER, BlockKind.PLACEHOLDER) for line in lines)
    for line in reversed(lines):
        if line.kind is None:
            shown = text[line.start : min(line.end, line.start + 400)]
            if LIST_MARK.match(shown):
                line.kind = BlockKind.LIST_ITEM
            elif past_leftover and _is_box(shown):
                line.kind, line.reason = BlockKind.NOTE, "a box that explains a term, its label repeated"
            else:
                line.kind = (
                    BlockKind.HEADING if _is_heading(text, line, shown, following_kinds) else BlockKind.PARAGRAPH
                )
        if line.kind not in (BlockKind.CHROME, BlockKind.PLACEHOLDER):
            following_kinds = line


def _is_box(shown: str) -> bool:
    label = _BOX_LABEL.match(shown)
    if label is None:
        return False
    term = label.group(1).casefold().removeprefix("the ").removeprefix("what is ").strip(" ?")
    return len(term.split()) <= 8 and shown[label.end() :].casefold().startswith(term) and len(shown) > 2 * label.end()


def _is_heading(text: str, line: Line, shown: str, following: Line | None) -> bool:
    if _MARKDOWN_HEADING.match(shown):
        return True
    if line.behind_label:
        return line_phrases.word_count(shown) <= LONGEST_TITLE_WORDS
    if line.end - line.start > 120 or line_phrases.word_count(shown) > LONGEST_HEADING_WORDS or _SPEAKER.match(shown):
        return False
    if _FINAL.search(shown) and not (shown.endswith("?") or (shown.endswith(":") and len(shown.split()) <= 6)):
        return False
    return following is not None and following.kind in (
        BlockKind.PARAGRAPH,
        BlockKind.LIST_ITEM,
        BlockKind.REPEAT,
        BlockKind.HEADING,
    )
