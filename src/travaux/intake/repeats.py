"""Which lines of a report stand in it already: word for word, as its title again, summed up in a closing list, or as a
passage of a paragraph.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from travaux.intake.line_phrases import straight
from travaux.intake.lines import LIST_MARK, Line
from travaux.model import BlockKind

FEWEST_WORDS = 5
"""Shorter lines recur in reports with good reason (names of speakers, sub-headings, "Yes.")."""

TITLE_OVERLAP = 0.66
FEWEST_TITLE_WORDS = 4
"""A headline that shares two thirds of its content words, and at least four, with the title in the same order is the
title again. Set by hand: word-swapped headlines share about two thirds, sub-headings of one report under a half."""

RECAP_COVER = 0.5
"""A point of a closing list of which half the words stand in runs of three words and more earlier in the report says it
again. Set by hand: recaps cover 0.55 to 1.0, new points of lists under 0.25."""
LONGEST_CLOSING_LIST = 12
MOST_COMPARED = 400_000
"""Code points of the report that a closing list is compared with."""

FEWEST_PASSAGE_WORDS = 7
"""Words of a line that stands in a paragraph as well; shorter ones are refrains and names of things."""
LONGEST_PASSAGE = 1_200
"""Code points of such a line."""

LONGEST_COMPARED_BY_WORDS = 4_000
"""Code points; longer paragraphs are compared letter for letter, so that a book on one line costs no list of words."""

_WORDS = re.compile(r"\w+")
_LABEL = re.compile(r"(?:[-*•#>_]+ ?)?\w[\w ’'-]{2,30}:[*_]* +")
_CITATION = re.compile(r"\[(?:\d{1,3}|[^\]]{0,12}(?:source|citation|reference|link|url)[^\]]{0,12})\]", re.IGNORECASE)
_TIME = re.compile(r"^\d{1,2}[.:h]\d\d(?: ?[ap]\.?m\b\.?)?(?: ?[A-Z]{2,4}\b)?[\s|:–—-]+(?=\S)")
_DASH = re.compile(r"\s*[–—]\s*|\s-+\s")
_SMALL_WORDS = (
    "the and for with from that this over after before about into upon between their its his her are was were has have "
    "will would could should concerning regarding amid under than not but who what when why how"
)
_NOT_CONTENT = frozenset(_SMALL_WORDS.split())
_AROUND = " \t\u00a0.,:;!?…'\"*_#>-–—•()[]"


def same_words_key(line: str) -> str:
    """What two lines with the same words have in common, whatever their case, quotation marks, dashes and outer punctuation.

    Live pages print the state of things again under another time.
    """
    if len(line) > LONGEST_COMPARED_BY_WORDS:
        return line.casefold()
    mark = LIST_MARK.match(line)
    bare = straight(line[mark.end() if mark else 0 :]).strip(_AROUND)
    bare = _TIME.sub("", _DASH.sub("-", bare), count=1)
    return " ".join(bare.casefold().split())


def mark_repeats(text: str, lines: Sequence[Line], title: Line | None) -> None:
    """Marks lines that stand earlier in the text, leaving alone what is page chrome already."""
    first_with: dict[int, int] = {}
    title_keys = _title_keys(text[title.start : title.end]) if title else set()
    for number, line in enumerate(lines):
        if line.kind is not None and line.kind is not BlockKind.HEADING:
            continue
        key = same_words_key(text[line.start : line.end])
        if title is not None and line is not title and key in title_keys:
            line.kind, line.reason = BlockKind.REPEAT, "the title again"
            continue
        earlier = first_with.setdefault(hash(key), number)
        if earlier == number or len(key.split(maxsplit=FEWEST_WORDS)) < FEWEST_WORDS:
            continue
        # Hashes only find the candidate; the words decide.
        if same_words_key(text[lines[earlier].start : lines[earlier].end]) == key:
            line.kind, line.reason = BlockKind.REPEAT, "stands word for word earlier in the report"
    _mark_repeated_headings(text, lines)


def _title_keys(title: str) -> set[str]:
    """A title is repeated with and without the site's name behind a bar or dash."""
    keys = {same_words_key(title)}
    for mark in (" | ", " - ", " – ", " — "):
        before = title.rpartition(mark)[0]
        if len(before.split()) >= 3:
            keys.add(same_words_key(before))
    return keys


def _mark_repeated_headings(text: str, lines: Sequence[Line]) -> None:
    """A short heading that recurs over a repeated passage recurs with it."""
    seen: set[str] = set()
    for line, following in pairwise(lines):
        if line.end - line.start > 60 or line.kind is not None:
            continue
        key = same_words_key(text[line.start : line.end])
        if key in seen and following.kind is BlockKind.REPEAT:
            line.kind, line.reason = BlockKind.REPEAT, "heading of a repeated passage"
        seen.add(key)


def says_title_again(line: str, title: str) -> bool:
    """Whether a headline is the title with some words swapped."""
    ours, theirs = _content(line), _content(title)
    if not ours or not theirs:
        return False
    shared = [word for word in ours if word in theirs]
    in_order = [word for word in theirs if word in ours]
    enough = len(shared) >= max(FEWEST_TITLE_WORDS, TITLE_OVERLAP * min(len(ours), len(theirs)))
    return enough and shared == in_order


def mark_recap(text: str, lines: Sequence[Line], closing: Sequence[Line]) -> None:
    """Marks the points of a closing list that say again what the report said before.

    Args:
        closing: the lines of the list, the last ones of the report proper.
    """
    if not 0 < len(closing) <= LONGEST_CLOSING_LIST:
        return
    points = [_WORDS.findall(text[line.start : line.end].casefold()) for line in closing]
    wanted = {gram for words in points for gram in zip(words, words[1:], words[2:], strict=False)}
    found: set[tuple[str, str, str]] = set()
    left = MOST_COMPARED
    for line in lines:
        if line.start >= closing[0].start or left <= 0:
            break
        if line.kind in (None, BlockKind.TITLE, BlockKind.HEADING):
            words = _WORDS.findall(text[line.start : min(line.end, line.start + left)].casefold())
            found.update(wanted.intersection(zip(words, words[1:], words[2:], strict=False)))
            left -= line.end - line.start
    for line, words in zip(closing, points, strict=True):
        if line.kind is None and len(words) >= FEWEST_WORDS and _cover(words, found) >= RECAP_COVER:
            line.kind, line.reason = BlockKind.REPEAT, "closing point that says again what stands earlier in the report"
    above = next((line for line in reversed(lines) if line.start < closing[0].start), None)
    if above is not None and above.kind is None and all(line.kind is BlockKind.REPEAT for line in closing):
        shown = text[above.start : min(above.end, above.start + 80)]
        if len(shown.split()) < FEWEST_WORDS and not shown.endswith("."):
            above.kind, above.reason = BlockKind.REPEAT, "heading of a repeated passage"


def mark_passages(text: str, lines: Sequence[Line]) -> None:
    """Marks lines whose words stand one after another in a longer paragraph, above or below; citations aside.

    The paragraph is the report's, for it has what goes before and follows; the line alone is the repeat ("Key takeaways").
    """
    alone: dict[tuple[str, ...], list[tuple[Line, list[str]]]] = {}
    left = MOST_COMPARED
    paragraphs: list[tuple[Line, list[str]]] = []
    for line in lines:
        if line.kind is not None or left <= 0:
            continue
        shown = text[line.start : min(line.end, line.start + left)]
        left -= len(shown)
        words = _words_without_citations(shown)
        paragraphs.append((line, words))
        if len(shown) <= LONGEST_PASSAGE:
            label = _LABEL.match(shown)
            for ours in (words, _words_without_citations(shown[label.end() :]) if label else []):
                if len(ours) >= FEWEST_PASSAGE_WORDS:
                    alone.setdefault(tuple(ours[:FEWEST_PASSAGE_WORDS]), []).append((line, ours))
    for paragraph, words in paragraphs:
        for place in range(len(words) - FEWEST_PASSAGE_WORDS + 1):
            for line, ours in alone.get(tuple(words[place : place + FEWEST_PASSAGE_WORDS]), ()):
                # Of two lines of one length neither is the longer paragraph.
                is_longer = len(words) > len(ours) and line is not paragraph and paragraph.kind is None
                if is_longer and line.kind is None and words[place : place + len(ours)] == ours:
                    line.kind, line.reason = BlockKind.REPEAT, "stands in a longer paragraph of the report as well"
    for place, line in enumerate(lines):
        if line.kind is BlockKind.REPEAT and place:
            _mark_heading_of_repeats(text, lines, place)


def _mark_heading_of_repeats(text: str, lines: Sequence[Line], place: int) -> None:
    """A short line above repeats goes with them where nothing else follows under it."""
    above = lines[place - 1]
    shown = text[above.start : min(above.end, above.start + 80)]
    if above.kind is not None or len(shown.split()) >= FEWEST_WORDS or shown.endswith((".", "!", "?")):
        return
    following = next((line for line in lines[place:] if line.kind is not BlockKind.REPEAT), None)
    if following is None or following.kind is not None:
        above.kind, above.reason = BlockKind.REPEAT, "heading of a repeated passage"


def _words_without_citations(words: str) -> list[str]:
    return _WORDS.findall(_CITATION.sub(" ", words).casefold())


def _cover(words: Sequence[str], found: set[tuple[str, str, str]]) -> float:
    covered: set[int] = set()
    for number, gram in enumerate(zip(words, words[1:], words[2:], strict=False)):
        if gram in found:
            covered.update((number, number + 1, number + 2))
    return len(covered) / len(words)


def _content(line: str) -> list[str]:
    words = dict.fromkeys(word for word in _WORDS.findall(line.casefold()) if len(word) > 2)
    return [word for word in words if word not in _NOT_CONTENT]
