"""How many: numbers as a report words them, with what makes them rough, and what they may mean."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from travaux.happening import Figure

if TYPE_CHECKING:
    from spacy.tokens import Token

_UNITS = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen "
    "eighteen nineteen"
).split()
_TENS = "twenty thirty forty fifty sixty seventy eighty ninety".split()
_SMALL = {word: value for value, word in enumerate(_UNITS)} | {word: 10 * (at + 2) for at, word in enumerate(_TENS)}
_LARGE = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000, "trillion": 10**12}
_LARGE |= {"m": 1_000_000, "bn": 1_000_000_000}
_GROUPS = {"dozen": (24, 99), "score": (40, 199), "hundred": (200, 1_999), "thousand": (2_000, 19_999), "ten": (20, 99)}
"""What "dozens", "scores", "hundreds" may mean: two of the unit at least."""

TIMES = {"once": 1, "twice": 2, "thrice": 3}
NOBODY = {"nobody", "no-one", "none"}

# What stands before a number and bounds it: the words, whether they leave it open upwards and downwards, and whether rough.
_BOUNDS = (
    (("at", "least"), "up", False),
    (("more", "than"), "up", False),
    (("over",), "up", False),
    (("upwards", "of"), "up", False),
    (("no", "fewer", "than"), "up", False),
    (("no", "less", "than"), "up", False),
    (("up", "to"), "down", False),
    (("as", "many", "as"), "down", False),
    (("as", "much", "as"), "down", False),
    (("at", "most"), "down", False),
    (("no", "more", "than"), "down", False),
    (("fewer", "than"), "down", False),
    (("less", "than"), "down", False),
    (("under",), "down", False),
    (("about",), "near", True),
    (("around",), "near", True),
    (("some",), "near", True),
    (("nearly",), "near", True),
    (("almost",), "near", True),
    (("close", "to"), "near", True),
    (("roughly",), "near", True),
    (("approximately",), "near", True),
    (("an", "estimated"), "near", True),
)
_BEFORE = sorted(_BOUNDS, key=lambda bound: -len(bound[0]))  # "no more than" before "more than"

NEAR = 0.1
"""How far from a rough number the true one may lie, as a part of it: one in ten, so that "about 30" meets 31 and not 40."""


def number_value(words: str) -> float | None:
    """The value of a number in figures or words ("25,000", "2.5 million", "twenty-one"); None where it is none."""
    total, current, seen = 0.0, 0.0, False
    for word in re.findall(r"\d[\d,]*(?:\.\d+)?|[a-z]+", words.lower()):
        if word[0].isdigit():
            current, seen = current + float(word.replace(",", "")), True
        elif word in _SMALL:
            current, seen = current + _SMALL[word], True
        elif word in _LARGE:
            scale = _LARGE[word]
            if scale == 100:
                current = (current or 1) * 100
            else:
                total, current = total + (current or 1) * scale, 0.0
            seen = True
        elif word == "dozen":
            current, seen = (current or 1) * 12, True
        elif word == "half":
            current, seen = 0.5, True
        elif word not in {"and", "a"}:
            return None
    return total + current if seen else None


def is_number(token: Token) -> bool:
    """Whether a token is the last of a number's words: the one that hangs on what is counted."""
    if token.like_num and token.dep_ not in {"compound", "quantmod"}:
        return number_value(token.text) is not None
    return token.lower_ in {"million", "billion", "thousand", "hundred", "dozen"} and token.dep_ != "compound"


def figure_at(token: Token, counted: str) -> Figure | None:
    """The figure whose last word is a token ("seven", "million", "dozens"); None where it means no number."""
    doc = token.doc
    first = token.i
    if token.tag_ == "NNS" and token.lemma_.lower() in _GROUPS:
        least, most = _GROUPS[token.lemma_.lower()]
        return Figure(counted, token.text, least, most, True)
    while first > token.sent.start and _goes_before(doc[first - 1], doc[first]):
        first -= 1
    words = doc[first : token.i + 1].text
    value = number_value(words)
    if value is None:
        return None
    before = tuple(one.lower_ for one in doc[max(token.sent.start, first - 3) : first])
    bound = next((one for one, _, _ in _BEFORE if before[len(before) - len(one) :] == one), ())
    if bound:
        return bounded(value, before, counted, doc[first - len(bound) : token.i + 1].text)
    after = doc[token.i + 1 : token.i + 3].text.lower()
    if after == "or more":
        return Figure(counted, f"{words} or more", value, None)
    return Figure(counted, words, value, value)


def _goes_before(word: Token, following: Token) -> bool:
    """Whether a word is part of the number that goes on in the next."""
    if word.text == "-":
        return True
    if word.lower_ in {"half", "a"}:
        return following.lower_ in {"a", "dozen", "hundred", "thousand", "million"}
    return number_value(word.text) is not None and word.head.i >= word.i - 1 and not word.is_punct


def figure_of_words(words: str, counted: str) -> Figure | None:
    """The figure that a few words give ("at least seven people", "dozens"); None where they give none. Needs no grammar."""
    lowered = words.lower().split()
    for first in range(len(lowered)):
        if lowered[first].rstrip("s") in _GROUPS and lowered[first].endswith("s"):
            least, most = _GROUPS[lowered[first].rstrip("s")]
            return Figure(counted, words, least, most, True)
        if number_value(lowered[first].strip(",.")) is None or lowered[first] in {"and", "a"}:
            continue
        last = first
        while last + 1 < len(lowered) and number_value(" ".join(lowered[first : last + 2])) is not None:
            last += 1
        value = number_value(" ".join(lowered[first : last + 1]).strip(",."))
        assert value is not None
        return bounded(value, tuple(lowered[:first]), counted, words)
    return None


def bounded(value: float, before: tuple[str, ...], counted: str, words: str) -> Figure:
    """A figure from a value and the words that stand before it."""
    for bound, open_to, rough in _BEFORE:
        if before[len(before) - len(bound) :] == bound:
            if open_to == "near":
                return Figure(counted, words, value * (1 - NEAR), value * (1 + NEAR), rough)
            return Figure(counted, words, value if open_to == "up" else None, value if open_to == "down" else None)
    return Figure(counted, words, value, value)
