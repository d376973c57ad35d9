"""What a single line is by its own words: page chrome, byline, a generator's leftover, an empty citation, or unknown.

The phrases are data with comments, in ``layout.toml``. Where a line stands is none of this module's business.
"""

from __future__ import annotations

import re

from travaux.intake.dating import dates_in, month_names
from travaux.intake.line_phrases import SENTENCE_END, is_sentence, phrases, plain, straight, word_count
from travaux.intake.menus import breadcrumb, is_head, is_menu_at_foot, menu
from travaux.model import BlockKind

LONGEST_FURNITURE = 400
"""Characters; longer lines are never chrome as a whole, and only their beginning is looked at for leftovers."""

LONGEST_LABEL = 160
"""Characters; longer lines are no menus, headings over links or bylines, but may be notices ("We use cookies …")."""

# Not ">" and "«": what is set off as a quotation is a report's.
_LIST_IN = re.compile(r"^(?:[#\s]+|[-*+•▪]\s*)+")
_TIME_TO_READ = re.compile(
    r"\s*[|·•]\s*(?:(?:estimated )?reading time:? (?:\w+ ){0,2}\w+|\d+[ -]min(?:ute)?s?(?: read)?)\s*$", re.IGNORECASE
)
_NO_LETTER = re.compile(r"[\W_]+")
_NO_AUTHOR = frozenset(
    ("the", "a", "an", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "now", "then")
)
# "Let me know if you'd like it, the trader said": somebody's words without quotation marks.
_SAID = re.compile(
    r"[^.!?]*[,?!] (?!as you)(?:[\w’'.-]+ ){1,6}?(?:said|says|told|tells|asked|asks|added|wrote|joked|snapped|shot|replied)\b"
)
_BEHIND_LABEL = re.compile(r"[^:|]{3,40}: +[\"“‘']?(\w)")
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
_MARKDOWN_LINKS = re.compile(r"(?:[-*•|>\s]*\[[^\]]+\]\([^)\s]+\)[-*•|>,\s]*){2,}$")


def kind_of_line(line: str) -> tuple[BlockKind, str] | None:
    """What a line is by its words alone, with the reason, or None where the words do not say.

    Args:
        line: one line without white space around it.
    """
    if len(line) > LONGEST_FURNITURE:
        return leftover(line)
    if _NO_LETTER.fullmatch(line):
        return BlockKind.CHROME, "a rule or ornament without words"
    if phrases().placeholder.fullmatch(line):
        return BlockKind.PLACEHOLDER, "citations that point to no source"
    if (note := leftover(line)) is not None:
        return note
    if len(line) > LONGEST_LABEL:
        found = phrases().strong.match(plain(line[:LONGEST_LABEL]))
        reason = None if found is None else phrases().reasons[found.lastgroup or ""]
    elif (own := _byline(line)) is not None:
        return own
    else:
        reason = _chrome(line)
        if reason is not None and is_head(line):
            return BlockKind.BYLINE, "the paper's name, the day and who writes"
    return None if reason is None else (BlockKind.CHROME, f"the page's own: {reason}")


def leftover(line: str) -> tuple[BlockKind, str] | None:
    """A text generator's note about its task at the beginning of a line, or None. A quoted note is none."""
    if note_end(line) is None:
        return None
    return BlockKind.LEFTOVER, "a text generator's note about its own task"


def note_end(line: str) -> int | None:
    """Where the words end that show a line to begin with a generator's note; None where nothing shows it."""
    beginning = line[:LONGEST_FURNITURE]
    bare = _LIST_IN.sub("", beginning).lstrip("*_([ ")
    cut = len(beginning) - len(bare)
    # Folding case keeps the length of what notes are written in; a letter that grows moves their end by one.
    shown = straight(bare).casefold()
    found = phrases().leftover.match(f"[{shown}") if beginning.startswith("[") else None
    more = 0 if found is None else 1
    found = found or phrases().leftover.match(shown)
    if found is None or _SAID.match(shown, found.end() - 1):
        return None
    return min(len(beginning), cut + found.end() - more)


def label_end(line: str) -> int | None:
    """Where a generator's label such as ``Headline:`` ends and the report's words begin; None where there is none."""
    found = phrases().labels.match(line)
    return found.end() if found and found.end() < len(line) else None


def field_name(line: str) -> str | None:
    """The name of the field in a line such as ``Author: …`` above a text, lower case, or None."""
    found = phrases().field.match(line)
    return found.group(1).casefold() if found else None


def is_title_field(name: str) -> bool:
    """Whether a field of that name holds the title."""
    return name in phrases().title_fields


def heads_links(line: str) -> bool:
    """Whether a line is a heading over links to other reports."""
    return len(line) <= 60 and plain(line) in phrases().link_headings


def _chrome(line: str) -> str | None:
    words = phrases()
    shown = plain(line)
    if (reason := words.exact.get(shown)) is not None:
        return reason
    if _MARKDOWN_IMAGE.match(line):
        return "a picture"
    if _MARKDOWN_LINKS.match(line):
        return "a row of links"
    if (found := words.strong.match(shown)) is not None:
        return words.reasons[found.lastgroup or ""]
    if _labels_a_link(line):
        return "a link to another report"
    if is_sentence(line) and "|" not in line:
        return None
    return menu(line) or breadcrumb(line) or _weak(line, shown)


def _labels_a_link(line: str) -> bool:
    """Whether a heading over links stands before a colon, and a headline behind it: "More explainers: Why is the sea salt?"."""
    label, colon, headline = line.partition(": ")
    if not colon or not headline[:1].isupper() or headline.endswith(".") or len(line) > LONGEST_LABEL:
        return False
    shown = plain(label)
    found = phrases().weak.fullmatch(shown)
    return shown in phrases().link_headings or (found is not None and found.lastgroup in phrases().link_groups)


def _weak(line: str, shown: str) -> str | None:
    # A colon that ends the line was taken off with the punctuation, and beginnings may ask for it.
    found = phrases().weak.match(shown)
    if found is None or word_count(line) > 25:
        return None
    if found.lastgroup in phrases().link_groups and _goes_on(line):
        return None
    return phrases().reasons[found.lastgroup or ""]


def _goes_on(line: str) -> bool:
    """Whether a sentence goes on behind a colon, where a link has a headline ("Popular: the plan has the backing of all").

    "Read also:" stands before nothing else than links, whatever letter they begin with.
    """
    label = line.partition(":")[0]
    if len(label.split()) > 1 and plain(label) in phrases().link_headings:
        return False
    behind = _BEHIND_LABEL.match(line)
    return behind is not None and behind.group(1).islower()


def foot_reason(line: str) -> str | None:
    """Why a line below the report's last paragraph is the page's, or None where nothing says so.

    There a label with a headline is a link ("Video: ..."), and short entries between bars are a menu, whatever their words.
    """
    if len(line) > LONGEST_LABEL or (is_sentence(line) and not line.endswith("?")) or _byline(line) is not None:
        return None
    found = phrases().foot.match(plain(line))
    if found is not None and not _goes_on(line):
        return phrases().reasons[found.lastgroup or ""]
    return "a menu" if is_menu_at_foot(line) else None


def _byline(line: str) -> tuple[BlockKind, str] | None:
    words = phrases()
    shown = straight(line).casefold().strip("*_ ")
    if line.isupper() and plain(line) in words.labels_in_capitals:
        return BlockKind.BYLINE, "says what kind of piece it is"
    if words.byline_strong.match(shown):
        return BlockKind.BYLINE, "says where the text was taken from"
    count = word_count(line)
    if count <= 20 and words.byline_starts.match(shown):
        return BlockKind.BYLINE, "says who wrote or published it, or when"
    if count <= 10 and shown.startswith("by ") and not is_sentence(line) and _names_author(line):
        return BlockKind.BYLINE, "says who wrote it"
    return (BlockKind.BYLINE, "an outlet, place or author with a date") if count <= 16 and _is_dated(line) else None


def _names_author(line: str) -> bool:
    following = line.strip("*_ ").split()[1:]
    first = following[0].casefold().strip(",.") if following else "the"
    # "By Friday …", "By July …", "By the numbers" are headings.
    if first in _NO_AUTHOR or first in month_names():
        return False
    return is_name_like(following) or following[-1].casefold() in phrases().offices


def _is_dated(line: str) -> bool:
    found = next(dates_in(line), None)
    if found is None or SENTENCE_END.search(line):
        return False
    before, rest = line[: found[0]], f"{line[: found[0]]} {_TIME_TO_READ.sub('', line[found[1] :])}"
    # "Outlet, 9 June 2023" or names and particles only; a headline has other words in lower case.
    return is_name_like(rest.split()) or (before.rstrip().endswith((",", "|")) and word_count(rest) <= 6)


def is_name_like(words: list[str]) -> bool:
    """Whether words may be the name of an outlet, a bureau or a person: capitalised, particles aside."""
    known = phrases().particles
    bare = (word.strip("\"'“”‘’.,;:()[]*_") for word in words)
    return all(not word or word[0].isupper() or not word[0].isalpha() or word.casefold() in known for word in bare)
