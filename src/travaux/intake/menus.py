"""Menus, breadcrumbs, buttons and settings of a page: lines made of entries, told by what separates them and by their words."""

from __future__ import annotations

import re

from travaux.intake.dating import dates_in
from travaux.intake.line_phrases import FEWEST_SENTENCE_WORDS, is_byline_word, phrases, plain, word_count

LONGEST_ENTRY_WORDS = 9
"""Words of an entry between bars below the report, where menus carry headlines."""

_PIPE = re.compile(r"\s*[|¦]\s*|\s+[·•∙]\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_LABEL_OF_MENU = re.compile(r"(?:[^\s:]+ ){0,5}[^\s:]+: +")
_CRUMB = re.compile(r"\s*(?:[>›»→]|::)\s*|\s+[/\\]\s+")
_WORD = re.compile(r"\w+")
_NUMBER_TO_RING = re.compile(r"\d[\d ()/-]{6,}\d")


def glued_breadcrumb_end(line: str) -> int | None:
    """Where a breadcrumb glued to what follows ends (``HomeGlobal NewsTitle`` → 15), or None where there is none.

    It begins with a word for the front page and each entry touches the next without a space.
    """
    menu = phrases().menu
    end = 0
    while True:
        # The longest entry that the next capital letter touches.
        here = next(
            (
                stop
                for stop in range(min(len(line) - 1, end + 24), end + 1, -1)
                if line[stop].isupper() and not line[stop - 1].isspace() and line[end:stop].casefold() in menu
            ),
            None,
        )
        if here is None or (end == 0 and line[:here].casefold() not in phrases().breadcrumb_starts):
            return end or None
        end = here


def is_menu_run(front: str) -> bool:
    """Whether a stretch is made of menu entries touching each other (``HomeWorldEurope``)."""
    menu = phrases().menu
    rest = front.casefold().strip()
    while rest:
        entry = next((rest[:stop] for stop in range(min(len(rest), 24), 1, -1) if rest[:stop] in menu), None)
        if entry is None:
            return False
        rest = rest[len(entry) :].strip()
    return True


def entries_of(line: str) -> list[str]:
    """What stands between the bars of a line, or the dots."""
    return [entry for entry in _PIPE.split(line) if entry]


def is_entry(entry: str) -> bool:
    """Whether words are an entry of a menu, or the page's own in any other way."""
    words = phrases()
    shown = plain(entry)
    return shown in words.menu or shown in words.exact or bool(words.strong.match(shown) or words.weak.match(shown))


def menu(line: str) -> str | None:
    """Why a line is a menu; None where it is none."""
    entries = entries_of(line)
    dashed = _DASH.split(line) if len(entries) == 1 else []
    if len(dashed) > 2 and all(is_entry(entry) for entry in dashed):
        return "a menu"
    is_row = line.startswith("|") and line.endswith("|")  # of a table
    if len(entries) < 2 or (is_row and not all(is_entry(entry) for entry in entries)):
        return None
    if _are_settings(entries):
        return "a menu"
    if ". " in entries[0] and word_count(entries[0]) >= FEWEST_SENTENCE_WORDS:
        return None  # the page's name and day, with its buttons behind them
    if len(entries) == 2 and is_byline_word(entries[0]) and word_count(entries[1]) >= 3 and not is_entry(entries[1]):
        return None  # "OPINION | <title>"
    if any(is_entry(entry) for entry in entries) and all(len(entry.split()) <= 12 for entry in entries):
        # "LIVE | <title>" and "<title> | News" carry the report's own words; beside "87 comments" stands no title.
        long = [entry for entry in entries if len(entry.split()) >= 5 and not is_entry(entry)]
        first_says = bool(phrases().weak.match(plain(entries[0])) or phrases().strong.match(plain(entries[0])))
        return "a menu" if not long or first_says or any(_is_button(entry) for entry in entries) else None
    short = all(
        (len(entry.split()) <= 4 and not _WORD.fullmatch(entry.replace(",", ""))) or entry.isalpha()
        for entry in entries
    )
    return "a menu" if len(entries) >= 3 and short and not any(entry.isdigit() for entry in entries) else None


def is_head(line: str) -> bool:
    """Whether a row between bars is the head of a report: a day stands among its entries, and no two of a menu."""
    entries = entries_of(line)
    return len(entries) >= 2 and next(dates_in(line), None) is not None and sum(map(is_entry, entries)) < 2


def _are_settings(entries: list[str]) -> bool:
    """Whether entries are what a reader sets on a page: a label, then words in lower case ("Cookies here: accept | refuse")."""
    label = _LABEL_OF_MENU.match(entries[0])
    if label is None:
        return False
    settings = [entries[0][label.end() :], *entries[1:]]
    is_short = all(
        entry and entry.islower() and len(entry.split()) <= 3 and entry[-1] not in ".?!" for entry in settings
    )
    return is_short and any(entry in phrases().settings for entry in settings)


def _is_button(entry: str) -> bool:
    """Whether an entry is something to press, and neither a section of the site nor a heading over reports."""
    words = phrases()
    shown = plain(entry)
    if shown in words.menu or shown in words.link_headings or shown in words.bylines:
        return False
    return shown in words.exact or bool(words.strong.match(shown) or words.weak.match(shown))


def breadcrumb(line: str) -> str | None:
    """Why a line is the way that led to the page ("Home > World > Asia"); None where it is none."""
    entries = [entry for entry in _CRUMB.split(line) if entry]
    if len(entries) < 2 or len(line) > 250:
        return None
    first = plain(entries[0]).removeprefix("you are here").strip(" :") or "home"
    if first in phrases().breadcrumb_starts:
        return "a breadcrumb"
    known = sum(plain(entry) in phrases().menu for entry in entries)
    short = all(len(entry.split()) <= 4 for entry in entries)
    # Of two entries one is a section of the page and the other has a name: "Business > Oil & gas", "Quay Review > Opinion".
    enough = known >= 1 and (len(entries) >= 3 or all(entry[:1].isupper() for entry in entries))
    return "a breadcrumb" if enough and short and re.search("[>›»→]", line) else None


def is_menu_at_foot(line: str) -> bool:
    """Whether entries between bars below the report's last paragraph are a menu, whatever their words."""
    entries = entries_of(line)
    # An address or a number to ring belongs to a statement's last lines.
    return (
        len(entries) >= 2
        and not is_byline_word(entries[0])
        and next(dates_in(line), None) is None
        and not line.startswith("|")
        and "@" not in line
        and not _NUMBER_TO_RING.search(line)
        and all(len(entry.split()) <= LONGEST_ENTRY_WORDS and not entry[0].islower() for entry in entries)
    )
