"""A report by its sentences, as those who ask on whose word it tells something need it, and what it is about."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from travaux.model import Agenda, Report
from travaux.provenance.posts_of_agenda import titles_of_one
from travaux.provenance.unnamed import INSIDE_QUOTES

_ASKED = re.compile(r"\W*(?:Q|Question|Interviewer)\b\s?[.:)]")
_OPENS = re.compile(r"(?:(?<=\s)|(?<=[(—–])|^)(?:“|\"(?=[\w’'…]))")
_CLOSES = re.compile(r"[\"”]")
# Whom a sentence goes on about without naming a party.
GOES_ON = re.compile(
    r"\W*(?:[Tt]hey|[Bb]oth|[Ii]t|[Hh]e|[Ss]he|[Ii]ts|[Tt]heir|[Hh]is|[Hh]er|[Tt]his"
    r"|[Tt]he (?:two|three|four|sides|parties|negotiators|delegations"
    r"|delegates|talks|deal|accord|letter|paper|text|draft))\b"
)
_LED_UP = 3
"""Sentences before one that goes on about something, in which a party may be named."""


class Topic:
    """What a negotiation is about: the names of its parties and people, and whose they are."""

    def __init__(self, agenda: Agenda | None):
        self._parties: dict[str, str] = {}
        for party in agenda.parties if agenda else ():
            people = (name for person in party.people for name in (person.name, *person.names))
            for name in (party.name, *party.names, *people):
                self._parties.setdefault(name, party.id)
        for title, party_id in titles_of_one(agenda):
            self._parties.setdefault(f"the {title}", party_id)
        for name in [name for name in self._parties if name[:1].islower()]:  # at the beginning of a sentence
            self._parties.setdefault(name[:1].upper() + name[1:], self._parties[name])
        ordered = sorted(map(re.escape, self._parties), key=lambda name: (-len(name), name))
        self._names = re.compile(rf"(?<!\w)(?:{'|'.join(ordered)})(?!\w)") if ordered else None

    def is_named_in(self, words: str) -> bool:
        """Whether a party or one of its people is named; True where there is no agenda."""
        return self._names is None or self._names.search(words) is not None

    def parties_in(self, words: str) -> list[str]:
        """The ids of the parties that are named, by themselves or by their people, in the order of the words."""
        return (
            [self._parties[found.group()] for found in self._names.finditer(words)] if self._names is not None else []
        )


@dataclass(frozen=True, slots=True)
class Told:
    """A report by its sentences: where they stand, their words, and their words without what is between quotation marks."""

    report: Report
    places: Sequence[tuple[int, int]]
    shown: Sequence[str]
    told: Sequence[str]
    topic: Topic

    def is_on_topic(self, number: int) -> bool:
        """Whether a party is named in a sentence or the one before, or in those on which it goes on."""
        first = max(0, number - (_LED_UP if GOES_ON.match(self.shown[number]) else 1))
        return self.topic.is_named_in(" ".join(self.shown[first : number + 1]))

    def is_of_paragraph_on_topic(self, number: int) -> bool:
        """Whether a party is named in the sentences of the paragraph up to a given one, or in the one before these."""
        first = number
        while first and self.is_same_paragraph(first - 1):
            first -= 1
        return self.topic.is_named_in(" ".join(self.shown[max(0, first - 1) : number + 1]))

    def is_same_paragraph(self, number: int) -> bool:
        """Whether the sentence behind a given one stands in the same paragraph."""
        if number + 1 >= len(self.places):
            return False
        return "\n" not in self.report.text[self.places[number][1] : self.places[number + 1][0]]

    def is_asked(self, number: int) -> bool:
        """Whether a sentence belongs to what an interviewer puts to somebody: a paragraph that asks."""
        start = self.places[number][0]
        whole = self.report.text
        paragraph = whole[:start].rpartition("\n")[2] + whole[start:].partition("\n")[0]
        return _ASKED.match(paragraph) is not None or paragraph.rstrip(' "”’)').endswith("?")

    def following(self, number: int) -> str:
        """The sentence behind a given one; empty behind the last."""
        return self.shown[number + 1] if number + 1 < len(self.shown) else ""


def told_outside_quotations(text: str, places: Sequence[tuple[int, int]]) -> list[str]:
    """The words of each sentence without quotations, those that go on over several sentences of a paragraph included."""
    told: list[str] = []
    is_open, last_end = False, 0
    for start, end in places:
        words = text[start:end]
        is_open = is_open and "\n" not in text[last_end:start]
        last_end = end
        if is_open:
            closing = _CLOSES.search(words)
            if closing is None:
                told.append(" ")
                continue
            words = f" {words[closing.end() :]}"
        shown = INSIDE_QUOTES.sub(" ", words)
        opening = _OPENS.search(shown)
        is_open = opening is not None
        told.append(shown if opening is None else f"{shown[: opening.start()]} ")
    return told
