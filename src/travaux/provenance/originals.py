"""Which report of a family is probably the original: where credits or dates tell, and not otherwise."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from travaux.model import BlockKind, PartialDate, Report

_TAKEN = re.compile(
    r"\b(?:syndicated|re-?printed|re-?published|(?:originally|first) (?:published|appeared)|with permission of"
    r"|except for the headline)\b",
    re.IGNORECASE,
)
_REWRITTEN = re.compile(r"\b(?:re-?writ|re-?word|re-?phras|paraphras|summari[sz]ed version)", re.IGNORECASE)
_IN_BRACKETS = re.compile(r"\(([^()]{2,40})\)")
LEAD_OF_CREDITS = 160
"""Code points of the first paragraph in which a dateline names its agency in brackets."""


@dataclass(frozen=True, slots=True)
class Credited:
    """What a report says of where it comes from.

    Attributes:
        publisher: as the page or the manifest gives it, lower case; empty for none.
        published: when; None where nobody says.
        credits: its bylines and the agency in its dateline, lower case.
        taken: the words by which it says that it is taken from elsewhere; empty where it does not.
        reworded: whether a generator's note in it says that it is reworded.
    """

    publisher: str
    published: PartialDate | None
    credits: str
    taken: str
    reworded: bool

    def credits_to(self, publisher: str) -> bool:
        """Whether it names another outlet as its source."""
        if not publisher or publisher == self.publisher:
            return False
        return re.search(rf"\b{re.escape(publisher)}\b", self.credits) is not None


def credited_of(report: Report) -> Credited:
    """What a report says of where it comes from, in its bylines, its dateline and a generator's leftovers."""
    credits, taken = [report.author or ""], ""
    first, reworded = True, False
    for block in report.blocks:
        shown = report.text[block.start : min(block.end, block.start + 400)]
        if block.kind is BlockKind.BYLINE:
            credits.append(shown)
            taken = taken or (shown if _TAKEN.search(shown) else "")
        elif block.kind is BlockKind.LEFTOVER:
            says_so = _REWRITTEN.search(shown) is not None
            taken, reworded = taken or (shown if says_so else ""), reworded or says_so
        elif block.kind is BlockKind.PARAGRAPH and first:
            first = False
            credits += _IN_BRACKETS.findall(shown[:LEAD_OF_CREDITS])
    publisher = (report.publisher or "").casefold().strip()
    return Credited(publisher, report.published, "\n".join(credits).casefold(), " ".join(taken.split()), reworded)


def original_of(names: Sequence[str], members: Sequence[Credited]) -> tuple[int | None, str]:
    """The place of the probable original and why it is taken for that; None and why nothing tells.

    1. A report that others credit by its publisher's name.
    2. The only one that does not say it is taken from elsewhere.
    3. Of those that do not say so, the one that was surely published before all others.
    """
    credited = {
        place: by
        for place, one in enumerate(members)
        if (by := [other for other, theirs in enumerate(members) if theirs.credits_to(one.publisher)])
    }
    if len(credited) == 1:
        ((place, by),) = credited.items()
        if not members[place].taken:
            return place, f"{names[by[0]]} names its publisher as the source."
    free = [place for place, one in enumerate(members) if not one.taken]
    if len(free) == 1 and len(members) > 1:
        other = next(place for place in range(len(members)) if place != free[0])
        return free[0], f"{names[other]} says that it is taken from elsewhere: “{members[other].taken}”."
    undated = [place for place in free if members[place].published is None]
    if undated:
        return None, f"Nothing tells which is the original: {names[undated[0]]} has no date."
    for place in free:
        own = members[place].published
        others = [members[other].published for other in free if other != place]
        if own is not None and all(other is not None and own.latest < other.earliest for other in others):
            return place, f"It was published first, on {own.value}."
    return None, "Nothing tells which is the original: the order of their dates is not known."
