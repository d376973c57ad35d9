"""Since when a thing has been in use: "has been running since 2008", "in use since 1974", "was put in three years ago"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from travaux.happening import Fact, FactKind
from travaux.model import Report
from travaux.reading.happenings.days import base_day
from travaux.reading.happenings.figures import number_value
from travaux.reading.happenings.grammar import negated, subjects
from travaux.reading.happenings.places import place_name
from travaux.reading.happenings.told_facts import told_fact
from travaux.reading.line import Line

if TYPE_CHECKING:
    from spacy.tokens import Token

SERVICE = "in use"
"""The last word of these facts' subjects, after what is in use: "lock in use"."""

_RUNS = {
    "run",
    "operate",
    "use",
    "work",
    "serve",
    "open",
    "stand",
    "exist",
    "operation",
    "service",
    "operational",
    "place",
}
_BEGINS = {
    "put",
    "install",
    "build",
    "open",
    "introduce",
    "launch",
    "commission",
    "start",
    "erect",
    "inaugurate",
    "come",
    "go",
    "set",
    "switch",
}
_SINCE = re.compile(r"\bsince\s+((?:18|19|20)\d\d)\b")
_AGO = re.compile(r"\b((?:\d+|[a-z]+(?:-[a-z]+)?))\s+years?\s+ago\b", re.IGNORECASE)


def services_told(lines: Sequence[Line], report: Report) -> Iterator[Fact]:
    """Since when things have been in use by a report, to the year, in the order of the text."""
    before: Line | None = None
    for line in lines:
        yield from _since(line, before, report)
        before = line


def _since(line: Line, before: Line | None, report: Report) -> Iterator[Fact]:
    start, end = line.sentence.start, line.sentence.end
    quote = report.text[start:end]
    told = [(found, found[1]) for found in _SINCE.finditer(quote)]
    base = base_day(report)
    for found in _AGO.finditer(quote) if base is not None else ():
        years = number_value(found[1])
        if years is not None and base is not None:
            # Three years before January 2025 may be late 2021 or early 2022.
            told.append((found, f"{base.year - int(years) - 1}/{base.year - int(years)}"))
    for found, year in told:
        thing = _thing_in_use(line, before, start + found.start(), ago=found.re is _AGO)
        if thing is not None:
            name, qualities = thing
            value = found.group()
            subject = f"{name} {SERVICE}"
            yield told_fact(line, report, FactKind.DATE, subject, qualities, value, None, year)


def _thing_in_use(line: Line, before: Line | None, place: int, *, ago: bool) -> tuple[str, tuple[str, ...]] | None:
    """What has been in use since the words at a place: its noun and the places that narrow it."""
    at = next((one for one in line.sentence.span if one.idx + len(one.text) > place - line.sentence.offset), None)
    wanted = _BEGINS if ago else _RUNS
    while at is not None and at.lemma_.lower() not in wanted:
        below = _in_use(at)
        if below is not None and not ago:
            at = below
            break
        if at.head == at:
            return None
        at = at.head
    if at is None or negated(at):
        return None
    noun = _user(at)
    if noun is not None and noun.pos_ == "PRON" and noun.lower_ in {"it", "which", "that"} and before is not None:
        noun = _topic(before)
    if noun is None or noun.pos_ != "NOUN":
        return None
    return noun.lemma_.lower(), tuple(sorted({*_qualities(noun)}))


def _in_use(verb: Token) -> Token | None:
    """The noun of "has been in use", "is in operation"."""
    inside = [one for child in verb.children if child.dep_ == "prep" and child.lower_ == "in" for one in child.children]
    return next((one for one in inside if one.lemma_.lower() in _RUNS), None)


def _user(word: Token) -> Token | None:
    """Whose being in use a word tells: the subject of its verb, or the noun that "in use" hangs on."""
    if word.pos_ == "VERB":
        return next(iter(subjects(word)), None)
    at = word.head
    while at.pos_ not in {"NOUN", "VERB", "AUX"} and at.head != at:
        at = at.head
    return next(iter(subjects(at)), None) if at.pos_ in {"VERB", "AUX"} else at


def _topic(line: Line) -> Token | None:
    """What a sentence is about: its subject, or its head where it has no verb ("And the gate in Mobile?")."""
    root = line.sentence.span.root
    found = next((one for one in subjects(root) if one.pos_ == "NOUN"), None)
    return found or (root if root.pos_ == "NOUN" else None)


def _qualities(noun: Token) -> Iterator[str]:
    for child in noun.children:
        if child.dep_ in {"compound", "amod"} and child.is_alpha:
            yield child.lemma_.lower()
        if child.dep_ == "prep" and child.lower_ in {"in", "at", "near", "of"}:
            yield from (
                f"in {name.casefold()}"
                for one in child.children
                if one.dep_ == "pobj" and (name := place_name(one) or one.text)
            )
