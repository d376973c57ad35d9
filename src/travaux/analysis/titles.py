"""What a report calls somebody beside the name, held against the role on the agenda where the two exclude each other.

A title is its last word ("governor"), the rank before it ("deputy", "high", "special") and the fields it names ("finance"). Only titles
that leave no room for another are held against each other: a minister is no governor, a special representative no high representative,
one who has the finances of a company does not chair it. A title with nothing but "head" or "leader" agrees with any.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from travaux.analysis.claims import claim_words

_HEADS = {
    "minister": "minister", "governor": "governor", "mayor": "mayor", "president": "president", "chancellor": "chancellor",
    "premier": "premier", "commissioner": "commissioner", "representative": "representative", "ambassador": "ambassador",
    "chairman": "chair", "chairwoman": "chair", "chair": "chair", "chairperson": "chair", "king": "king", "queen": "king",
    "treasurer": "finances", "judge": "judge", "bishop": "bishop", "senator": "senator",
}  # fmt: skip
_TOPMOST = frozenset(
    {"minister", "governor", "mayor", "president", "chancellor", "premier", "commissioner", "king", "judge"}
)
_COMPANY = frozenset({"chair", "finances"})
_RANKS = frozenset({"high", "special", "general", "personal", "permanent"})
_FINANCES = re.compile(
    r"\b(?:finance|financial) (?:chief|director|officer|head)\b|\bchief financial officer\b", re.IGNORECASE
)
_HEAD = re.compile(rf"\b(?:{'|'.join(sorted(_HEADS, key=len, reverse=True))})\b", re.IGNORECASE)
_BEFORE = re.compile(r"(?P<title>[^,.;:()\n“”\"–—]{3,70}?)(?P<comma>,)? (?:(?:Mrs?|Ms|Dr|Sir|Dame)\.? )?$")
_AFTER = re.compile(r"\s?[,(–—]\s?(?:who is |then |now )?(?:the |a |an )?(?P<title>[^,.;:()\n“”\"–—]{3,70})")
_RUNS = re.compile(r",? who (?:runs|heads|leads|chairs|governs|directs) (?:the )?(?P<body>[A-Z][\w ]{2,40})")
_STOP = re.compile(
    r"\b(?:and|with|to|by|from|that|said|told|says|met|between|as|than|when|while|after|before|whom|who|which|is|was"
    r"|were|are|has|had"
    r"|spokes\w+|adviser|aide|office|wife|husband|son|daughter|counterpart|predecessor|successor|party|like)\b",
    re.IGNORECASE,
)
_FORMER = re.compile(
    r"\b(?:former|ex|then|late|acting|designate|elect|future|next|onetime|would-be|candidate)\b", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Title:
    """A title: what its last word stands for, its ranks, its fields; `start`, `end` of its words and the name in the text."""

    head: str
    ranks: frozenset[str]
    fields: frozenset[str]
    start: int
    end: int


def title_at(text: str, start: int, end: int) -> Title | None:
    """The title beside a name, before it or in apposition; None where there is none that excludes another.

    Args:
        start, end: the name, in code points.
    """
    before = _BEFORE.search(text, max(0, start - 90), start)
    if before is not None and (before["comma"] is None or text[end : end + 1] in {*",.;)"}):
        words = _STOP.split(before["title"])[-1]
        found = _title(words, start - len(before.group()) + before.end("title") - before.start() - len(words), end)
        if found is not None and _ends_with_title(words):
            return found
    after = _AFTER.match(text, end)
    if after is not None:
        words = _STOP.split(after["title"])[0]
        if found := _title(words, start, after.start("title") + len(words)):
            return found
    return None


def runs_what(text: str, end: int) -> tuple[str, int] | None:
    """What somebody runs by the words behind the name, and where they end: "who runs the Bank of Zambia"."""
    found = _RUNS.match(text, end)
    return (found["body"], found.end()) if found is not None else None


def excludes(title: Title, role: str) -> bool | None:
    """Whether a title is none of those of a role: True where it cannot be, False where it is one of them, None where nothing tells."""
    own = titles_of(role)
    if any(title.head == one.head and not _clash(title, one) for one in own):
        return False
    if any(title.head == one.head and _clash(title, one) for one in own):
        return True
    heads = {one.head for one in own}
    if not heads or not heads <= _TOPMOST | _COMPANY | {"representative"}:
        return None
    for group in (_TOPMOST, _COMPANY):
        if title.head in group and heads <= group:
            return True
    return None


@lru_cache(maxsize=4096)
def titles_of(role: str) -> tuple[Title, ...]:
    """The titles that a role of the agenda names."""
    return tuple(_titles(role.split(" (")[0], 0, 0))


def _clash(one: Title, two: Title) -> bool:
    if one.ranks & _RANKS and two.ranks & _RANKS and not one.ranks & two.ranks:
        return True
    return bool(one.fields and two.fields and not one.fields & two.fields and one.head == "minister")


def _title(words: str, start: int, end: int) -> Title | None:
    if _FORMER.search(words):
        return None
    return next(iter(_titles(words, start, end)), None)


def _titles(words: str, start: int, end: int) -> Iterator[Title]:
    finances = _FINANCES.search(words)
    if finances is not None:
        yield Title("finances", frozenset(), frozenset({"finance"}), start + finances.start(), end)
    for found in _HEAD.finditer(words):
        front = words[: found.start()].lower().split()
        head = _HEADS[found.group().lower()]
        if head == "minister" and front[-1:] == ["prime"]:
            head = "premier"
        if front[-1:] in (["vice"], ["deputy"]) and head != "minister":
            continue
        told = {*front[-3:], *words[found.end() :].lower().split()[:4]}
        fields = {field for field, listed in claim_words()["portfolios"].items() if told & {field, *listed}}
        begins = len(" ".join(words[: found.start()].split(" ")[-4:]))
        yield Title(
            head, frozenset(told & (_RANKS | {"deputy"})), frozenset(fields), start + found.start() - begins, end
        )


def _ends_with_title(words: str) -> bool:
    """Whether the words before a name are those of an office to their end, that of a body behind it included."""
    found = list(_HEAD.finditer(words)) + list(_FINANCES.finditer(words))
    if not found:
        return False
    tail = words[max(one.end() for one in found) :].strip()
    return not tail or re.match(r"(?:of|for|at|to) ", tail) is not None
