"""What a single line is by its own words: page chrome, byline, a generator's leftover, an empty citation, or unknown.

The phrases are data with comments, in ``layout.toml``. Where a line stands is none of this module's business.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from travaux.intake.dating import dates_in, month_names
from travaux.model import BlockKind

LONGEST_FURNITURE = 400
"""Characters; longer lines are never chrome as a whole, and only their beginning is looked at for leftovers."""

LONGEST_LABEL = 160
"""Characters; longer lines are no menus, headings over links or bylines, but may be notices ("We use cookies …")."""

FEWEST_SENTENCE_WORDS = 6
"""A line of at least so many words with a final stop is a sentence, and the report's own unless its words forbid it."""

LONGEST_ENTRY_WORDS = 9
"""Words of an entry between bars below the report, where menus carry headlines."""

_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|<[^>]{1,80}>")
_LEAD_IN = re.compile(r"^(?:[#>\s]+|[-*+•▪→←»›«‹▶►|+☰≡✕×✖]\s*)+")
# Not ">" and "«": what is set off as a quotation is a report's.
_LIST_IN = re.compile(r"^(?:[#\s]+|[-*+•▪]\s*)+")
_ENDINGS = " \t\u00a0.:;…»›>→▶►|+-–—*_"
_BRACKETS = {"[": "]", "(": ")"}
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"'})
_SENTENCE_END = re.compile(r"[.!?。…]['\"”’»)\]]*$")
_PIPE = re.compile(r"\s*[|¦]\s*|\s+[·•∙]\s+")
_DASH = re.compile(r"\s+[-–—]\s+")
_TIME_TO_READ = re.compile(
    r"\s*[|·•]\s*(?:(?:estimated )?reading time:? (?:\w+ ){0,2}\w+|\d+[ -]min(?:ute)?s?(?: read)?)\s*$", re.IGNORECASE
)
_LABEL_OF_MENU = re.compile(r"(?:[^\s:]+ ){0,5}[^\s:]+: +")
_CRUMB = re.compile(r"\s*(?:[>›»→]|::)\s*|\s+[/\\]\s+")
_WORD = re.compile(r"\w+")
_NO_LETTER = re.compile(r"[\W_]+")
_NO_AUTHOR = frozenset(
    ("the", "a", "an", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "now", "then")
)
_NUMBER_TO_RING = re.compile(r"\d[\d ()/-]{6,}\d")
# "Let me know if you'd like it, the trader said": somebody's words without quotation marks.
_SAID = re.compile(
    r"[^.!?]*[,?!] (?!as you)(?:[\w’'.-]+ ){1,6}?(?:said|says|told|tells|asked|asks|added|wrote|joked|snapped|shot|replied)\b"
)
_BEHIND_LABEL = re.compile(r"[^:|]{3,40}: +[\"“‘']?(\w)")
_MARKDOWN_IMAGE = re.compile(r"!\[[^\]]*\]\([^)]*\)$")
_MARKDOWN_LINKS = re.compile(r"(?:[-*•|>\s]*\[[^\]]+\]\([^)\s]+\)[-*•|>,\s]*){2,}$")


@dataclass(frozen=True, slots=True)
class Phrases:
    """The phrases of ``layout.toml``, compiled.

    Attributes:
        exact: whole line to its reason; bylines: whole lines that are bylines.
        weak, strong, foot: one expression each for all beginnings; the name of the group that matched is a key of `reasons`.
        link_headings: whole lines that head a list of links; link_groups: the groups of beginnings of links.
        menu: entries of menus; settings: what is set behind a label; breadcrumb_starts: the first entry of a breadcrumb.
        labels_in_capitals: what kind of piece it is, where printed in capitals; a button otherwise.
    """

    exact: dict[str, str]
    link_headings: frozenset[str]
    link_groups: frozenset[str]
    weak: re.Pattern[str]
    strong: re.Pattern[str]
    foot: re.Pattern[str]
    reasons: dict[str, str]
    menu: frozenset[str]
    settings: frozenset[str]
    breadcrumb_starts: frozenset[str]
    bylines: frozenset[str]
    labels_in_capitals: frozenset[str]
    byline_starts: re.Pattern[str]
    byline_strong: re.Pattern[str]
    particles: frozenset[str]
    offices: frozenset[str]
    leftover: re.Pattern[str]
    labels: re.Pattern[str]
    placeholder: re.Pattern[str]
    field: re.Pattern[str]
    title_fields: frozenset[str]


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("travaux.intake").joinpath("layout.toml").read_text(encoding="utf-8"))


@cache
def phrases() -> Phrases:
    """The phrases of ``layout.toml``."""
    data = _data()
    groups: list[dict[str, Any]] = data["chrome"]
    reasons = {f"g{number}": group["reason"] for number, group in enumerate(groups)}
    exact = {line: group["reason"] for group in reversed(groups) for line in group.get("lines", ())}
    labels = "|".join(sorted(map(re.escape, data["leftover"]["labels"]), key=lambda label: (-len(label), label)))
    fields = data["fields"]["names"] + data["fields"]["title"]
    return Phrases(
        exact=exact,
        link_headings=frozenset(line for group in groups if group.get("links") for line in group["lines"]),
        link_groups=frozenset(f"g{number}" for number, group in enumerate(groups) if group.get("links")),
        weak=_beginnings(groups, "weak"),
        strong=_beginnings(groups, "strong"),
        foot=_beginnings(groups, "foot"),
        reasons=reasons,
        menu=frozenset(data["menu"]["words"]),
        settings=frozenset(data["menu"]["settings"]),
        breadcrumb_starts=frozenset(data["menu"]["breadcrumb_starts"]),
        bylines=frozenset(data["byline"]["lines"]),
        labels_in_capitals=frozenset(data["byline"]["capitals"]),
        byline_starts=_any_of(data["byline"]["starts"]),
        byline_strong=_any_of(data["byline"]["strong"]),
        particles=frozenset(data["byline"]["particles"]),
        offices=frozenset(data["byline"]["offices"]),
        leftover=_any_of([_spelt_out(note, data["leftover"]["words"]) for note in data["leftover"]["notes"]]),
        labels=re.compile(rf"[#*_>\s]*(?:{labels})(?: ?\d)?[*_]* ?:[*_]*[ \t\u00a0]*", re.IGNORECASE),
        placeholder=re.compile(
            rf"(?:{data['placeholder']['headings']}\s*)?(?:(?:{'|'.join(data['placeholder']['tokens'])})[\s,;.]*)+",
            re.IGNORECASE,
        ),
        field=re.compile(rf"({'|'.join(map(re.escape, fields))}) ?:", re.IGNORECASE),
        title_fields=frozenset(data["fields"]["title"]),
    )


def _beginnings(groups: list[dict[str, Any]], strength: str) -> re.Pattern[str]:
    named = (f"(?P<g{n}>{'|'.join(group[strength])})" for n, group in enumerate(groups) if group.get(strength))
    return re.compile("|".join(named))


def _spelt_out(note: str, words: dict[str, str]) -> str:
    """A note with the expressions its names stand for."""
    return re.sub(r"<(\w+)>", lambda name: words[name.group(1)], note)


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def plain(line: str) -> str:
    """A short line as the phrases are written: lower case, one space, no mark-up, no arrows or marks around it."""
    shown = _MARKUP.sub(lambda link: link.group(1) or "", line) if any(mark in line for mark in "[*_`<") else line
    shown = _LEAD_IN.sub("", shown).rstrip(_ENDINGS)
    if shown[:1] in _BRACKETS and shown.endswith(_BRACKETS[shown[0]]):
        shown = shown[1:-1]
    return " ".join(straight(shown).split()).casefold()


def straight(line: str) -> str:
    """A line with typewriter quotation marks and apostrophes."""
    return line if line.isascii() else line.translate(_STRAIGHT)


def is_sentence(line: str) -> bool:
    """Whether a line is one or more full sentences: six words and more with a final stop."""
    return bool(_SENTENCE_END.search(line[-12:])) and word_count(line) >= FEWEST_SENTENCE_WORDS


def word_count(line: str) -> int:
    """Words separated by white space; numbers and marks count."""
    return len(line.split())


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
        if reason is not None and _is_head(line):
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
    return _menu(line) or _breadcrumb(line) or _weak(line, shown)


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


def _is_entry(entry: str) -> bool:
    words = phrases()
    shown = plain(entry)
    return shown in words.menu or shown in words.exact or bool(words.strong.match(shown) or words.weak.match(shown))


def _menu(line: str) -> str | None:
    entries = [entry for entry in _PIPE.split(line) if entry]
    dashed = _DASH.split(line) if len(entries) == 1 else []
    if len(dashed) > 2 and all(_is_entry(entry) for entry in dashed):
        return "a menu"
    is_row = line.startswith("|") and line.endswith("|")  # of a table
    if len(entries) < 2 or (is_row and not all(_is_entry(entry) for entry in entries)):
        return None
    if _are_settings(entries):
        return "a menu"
    if ". " in entries[0] and word_count(entries[0]) >= FEWEST_SENTENCE_WORDS:
        return None  # the page's name and day, with its buttons behind them
    if len(entries) == 2 and is_byline_word(entries[0]) and word_count(entries[1]) >= 3 and not _is_entry(entries[1]):
        return None  # "OPINION | <title>"
    if any(_is_entry(entry) for entry in entries) and all(len(entry.split()) <= 12 for entry in entries):
        # "LIVE | <title>" and "<title> | News" carry the report's own words; beside "87 comments" stands no title.
        long = [entry for entry in entries if len(entry.split()) >= 5 and not _is_entry(entry)]
        first_says = bool(phrases().weak.match(plain(entries[0])) or phrases().strong.match(plain(entries[0])))
        return "a menu" if not long or first_says or any(_is_button(entry) for entry in entries) else None
    short = all(
        (len(entry.split()) <= 4 and not _WORD.fullmatch(entry.replace(",", ""))) or entry.isalpha()
        for entry in entries
    )
    return "a menu" if len(entries) >= 3 and short and not any(entry.isdigit() for entry in entries) else None


def _is_head(line: str) -> bool:
    """Whether a row between bars is the head of a report: a day stands among its entries, and no two of a menu."""
    entries = [entry for entry in _PIPE.split(line) if entry]
    return len(entries) >= 2 and next(dates_in(line), None) is not None and sum(map(_is_entry, entries)) < 2


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


def foot_reason(line: str) -> str | None:
    """Why a line below the report's last paragraph is the page's, or None where nothing says so.

    There a label with a headline is a link ("Video: ..."), and short entries between bars are a menu, whatever their words.
    """
    if len(line) > LONGEST_LABEL or (is_sentence(line) and not line.endswith("?")) or _byline(line) is not None:
        return None
    found = phrases().foot.match(plain(line))
    if found is not None and not _goes_on(line):
        return phrases().reasons[found.lastgroup or ""]
    entries = [entry for entry in _PIPE.split(line) if entry]
    # An address or a number to ring belongs to a statement's last lines.
    is_menu = (
        len(entries) >= 2
        and not is_byline_word(entries[0])
        and next(dates_in(line), None) is None
        and not line.startswith("|")
        and "@" not in line
        and not _NUMBER_TO_RING.search(line)
        and all(len(entry.split()) <= LONGEST_ENTRY_WORDS and not entry[0].islower() for entry in entries)
    )
    return "a menu" if is_menu else None


def _breadcrumb(line: str) -> str | None:
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
    if found is None or _SENTENCE_END.search(line):
        return False
    before, rest = line[: found[0]], f"{line[: found[0]]} {_TIME_TO_READ.sub('', line[found[1] :])}"
    # "Outlet, 9 June 2023" or names and particles only; a headline has other words in lower case.
    return is_name_like(rest.split()) or (before.rstrip().endswith((",", "|")) and word_count(rest) <= 6)


def is_name_like(words: list[str]) -> bool:
    """Whether words may be the name of an outlet, a bureau or a person: capitalised, particles aside."""
    known = phrases().particles
    bare = (word.strip("\"'“”‘’.,;:()[]*_") for word in words)
    return all(not word or word[0].isupper() or not word[0].isalpha() or word.casefold() in known for word in bare)


def is_byline_word(line: str) -> bool:
    """Whether a whole line is a section label or a byline by its words (``OPINION``, ``Staff writer``)."""
    return plain(line) in phrases().bylines
