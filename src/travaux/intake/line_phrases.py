"""The phrases of ``layout.toml``, and a line as they are written: lower case, without marks around it."""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

FEWEST_SENTENCE_WORDS = 6
"""A line of at least so many words with a final stop is a sentence, and the report's own unless its words forbid it."""

_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)\s]*\)|[*_`]{1,3}(?=\S)|(?<=\S)[*_`]{1,3}|<[^>]{1,80}>")
_LEAD_IN = re.compile(r"^(?:[#>\s]+|[-*+•▪→←»›«‹▶►|+☰≡✕×✖]\s*)+")
_ENDINGS = " \t\u00a0.:;…»›>→▶►|+-–—*_"
_BRACKETS = {"[": "]", "(": ")"}
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "„": '"', "«": '"'})
SENTENCE_END = re.compile(r"[.!?。…]['\"”’»)\]]*$")


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
    return bool(SENTENCE_END.search(line[-12:])) and word_count(line) >= FEWEST_SENTENCE_WORDS


def word_count(line: str) -> int:
    """Words separated by white space; numbers and marks count."""
    return len(line.split())


def is_byline_word(line: str) -> bool:
    """Whether a whole line is a section label or a byline by its words (``OPINION``, ``Staff writer``)."""
    return plain(line) in phrases().bylines
