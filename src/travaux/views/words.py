"""Words that people read, the same in the terminal, on the page and in notebooks."""

from __future__ import annotations

from collections.abc import Iterable

from travaux.analysis import Distance, distance_of
from travaux.model import PartialDate, Stance, Statement, Via

SIGNS = {Stance.FOR: "+", Stance.AGAINST: "−", Stance.OPEN: "○"}

LEGEND = (
    ("+", "for"),
    ("−", "against"),
    ("○", "open"),
    ("±", "the reports disagree"),
    ("*", "on a condition"),
    ("~", "on hearsay only"),
    ("?", "undated reports only"),
    ("†", "held formerly"),
)
"""Every sign of a matrix cell and what it says; the number beside a sign counts families: see COUNTED."""

COUNTED = "the number counts sources: a report with its copies and rewordings is one"

# Marks that make a terminal or a browser show text in another order than it has, or that drive a terminal.
_DIRECTION = (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
_HARMLESS = {
    **{code: chr(0x2400 + code) for code in range(0x20)},
    0x7F: "␡",
    **dict.fromkeys(range(0x80, 0xA0), "�"),
    **dict.fromkeys(_DIRECTION, "�"),
    **dict.fromkeys(range(0xD800, 0xE000), "�"),
}


def one_line(text: str) -> str:
    """A stranger's text for a terminal: on one line, with control and direction marks shown, not obeyed."""
    return " ".join(text.split()).translate(_HARMLESS)


def shown_date(date: PartialDate | None, *, basis: bool = False) -> str:
    """``2025-08-18``, ``about 2025-08``, with its basis in brackets where asked; ``undated`` for None."""
    if date is None:
        return "undated"
    told = f"about {date.value}" if date.about else date.value
    return f"{told} (by {_BASIS[date.basis]})" if basis else told


_BASIS = {
    "page": "its page",
    "url": "its address",
    "text": "its text",
    "manifest": "the manifest",
    "analyst": "the analyst",
}


def shown_stances(stances: Iterable[Stance]) -> str:
    """``for``, ``for and against``…; ``none at present`` where there is none."""
    return " and ".join(stances) or "none at present"


def shown_via(statement: Statement) -> str:
    """Who vouches for a statement, as a phrase."""
    named = statement.via_name
    if statement.via is Via.SPEAKER:
        if distance_of(statement) is Distance.OWN_WORDS:
            return f"in the words of {statement.speaker}" if statement.speaker else "in its own words"
        return f"said by {statement.speaker}, in other words" if statement.speaker else "said by it, in other words"
    if statement.via is Via.NARRATOR:
        return "by the report's own account"
    if statement.via is Via.OTHER:
        return f"as told by {named}" if named else "as told by another party"
    return f"by an unnamed source: {named}" if named else "by an unnamed source"


def counted(number: int, noun: str, plural: str = "") -> str:
    """``1 report``, ``2 reports``."""
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def shown_stance(statement: Statement) -> str:
    """``for``, ``formerly for``."""
    return f"formerly {statement.stance}" if statement.former else str(statement.stance)


def shortened(text: str, most: int) -> str:
    """A stranger's text on one line, no longer than so many characters; a cut one ends with ``…``."""
    line = one_line(text)
    return line if len(line) <= most else f"{line[: most - 1]}…"
