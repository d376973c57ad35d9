"""Step 7: what a model brought forward becomes statements, or is dropped with the reason.

A statement stands only where

1. it is whole: every field there, with values of the codebook
2. party and option are on the agenda
3. its quote stands in the report, exactly or but for typography, in whole words, in the report's own text and not in page
   chrome or a generator's leftover
4. its condition stands near its quote
5. its quote is taken from no paragraph that gives orders to machines

The words stored are always the report's own. A speaker or relayer whose name neither report nor agenda knows is left out of
the statement. What is possible but odd is kept and flagged for a person: a reason of the step ``review``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from travaux.model import (
    Act,
    Agenda,
    Block,
    BlockKind,
    Dropped,
    Party,
    Reason,
    Report,
    Stance,
    Statement,
    Via,
    statement_id,
)
from travaux.reading.language_model import NAME
from travaux.reading.language_model.alignment import Folded, Located, locate
from travaux.reading.language_model.answers import AnsweredStatement, Unusable, answered_statement
from travaux.reading.language_model.orders import Order, order_at, orders_in
from travaux.reading.language_model.passages import Passage

LONGEST_QUOTE = 800
"""Two sentences at most, says the codebook; the longest quote of three gold records has 314 characters."""
FEWEST_WORDS = 3
"""A quote of one or two words identifies no option; the shortest of three gold records has three."""
CONDITION_REACH = 400
"""A condition may stand in the next sentence; in three gold records none is more than 95 characters away."""
NAME_REACH = 600
"""So far before a quote the party it is about is looked for: two or three paragraphs of news."""
SAME_WORD = 6
"""Words that begin with the same letters, this many, name the same thing: Russia and Russian."""
KEPT_OF_ANSWER = 2_000
"""Characters of a dropped answer that are kept."""

_TURNED = re.compile(
    r"(?:\b(?:not|never|no|nor|neither|without|denied|denies|deny|hardly)|n['’]t)(?:\s+\w+)?\s*$", re.I
)


class DropKind(StrEnum):
    """Why something a model brought forward may not stand."""

    MALFORMED = "malformed"
    UNKNOWN_PARTY = "unknown-party"
    UNKNOWN_OPTION = "unknown-option"
    OFF_THE_CODEBOOK = "off-the-codebook"
    QUOTE_TOO_LONG = "quote-too-long"
    QUOTE_TOO_SHORT = "quote-too-short"
    QUOTE_NOT_FOUND = "quote-not-found"
    NOT_THE_REPORT = "not-the-report"
    CONDITION_NOT_FOUND = "condition-not-found"
    ORDERS = "orders"
    TWICE = "twice"


class _Refused(Exception):
    def __init__(self, kind: DropKind, says: str):
        self.kind = kind
        self.says = says
        super().__init__(says)


@dataclass(frozen=True, slots=True)
class Grounded:
    """What grounding leaves of a model's answers.

    Attributes:
        statements: in the order of the text; dropped: in the order of the answers.
    """

    statements: tuple[Statement, ...]
    dropped: tuple[Dropped, ...]


class Grounding:
    """One report and one agenda, ready to check many answers.

    Args:
        made_by: the model and prompt, as the first reason of each statement names them.
    """

    def __init__(self, report: Report, agenda: Agenda, made_by: str):
        self.report = report
        self.agenda = agenda
        self.made_by = made_by
        self.text = Folded(report.text)
        self.orders: tuple[Order, ...] = orders_in(report)
        self._parties = _by_name((party.id, (party.id, party.name)) for party in agenda.parties)
        self._options = _by_name((option.id, (option.id, option.says)) for option in agenda.options)

    def ground(self, answers: Iterable[tuple[Passage, Sequence[Any]]]) -> Grounded:
        """Statements and dropped ones of all answers about the report; what passages repeat counts once.

        Args:
            answers: for each passage the items a model answered, unchecked.
        """
        statements: dict[str, Statement] = {}
        dropped: list[Dropped] = []
        for passage, items in answers:
            for item in items:
                try:
                    statement = self._statement(item, passage)
                    if statement.id in statements:
                        raise _Refused(DropKind.TWICE, "the same position on the same words was given before")
                    statements[statement.id] = statement
                except _Refused as refused:
                    dropped.append(Dropped(self.report.name, NAME, str(refused.kind), refused.says, _as_json(item)))
        ordered = sorted(statements.values(), key=lambda s: (s.start, s.end, s.party, s.option, s.stance, s.id))
        return Grounded(tuple(ordered), tuple(dropped))

    def _statement(self, item: Any, passage: Passage) -> Statement:
        try:
            answer = answered_statement(item)
        except Unusable as unusable:
            raise _Refused(DropKind.MALFORMED, str(unusable)) from None
        party = self._parties.get(_name_key(answer.party))
        option = self._options.get(_name_key(answer.option))
        if party is None:
            raise _Refused(DropKind.UNKNOWN_PARTY, f"no party {_short(answer.party)!r} on the agenda")
        if option is None:
            raise _Refused(DropKind.UNKNOWN_OPTION, f"no option {_short(answer.option)!r} on the agenda")
        stance, act, via = _words(answer)
        place = self._place(answer, passage)
        start, end = place.start, place.end
        order = order_at(self.orders, start, end)
        if order is not None:
            raise _Refused(DropKind.ORDERS, f"its paragraph speaks to a machine: {order.says!r}")
        condition = self._condition(answer, place)
        reasons = [
            Reason("quote", f"read by {self.made_by}; the quote was found {place.how}", start, end),
        ]
        speaker, doubts = self._named(answer.speaker, "speaker", place)
        via_name, more = self._named(answer.via_name, "relayer", place)
        doubts += more + self._oddities(party, speaker, via, start, end)
        reasons += [Reason("review", doubt) for doubt in doubts]
        identity = statement_id(NAME, self.report.id, start, end, party, option, stance, answer.former, speaker, via)
        return Statement(
            id=identity,
            report=self.report.name,
            report_id=self.report.id,
            start=start,
            end=end,
            quote=self.report.text[start:end],
            party=party,
            option=option,
            stance=stance,
            act=act,
            speaker=speaker,
            condition=condition,
            former=answer.former,
            via=via,
            via_name=via_name if via in (Via.OTHER, Via.ANONYMOUS) else None,
            reader=NAME,
            confidence=None,
            reasons=tuple(reasons),
        )

    def _place(self, answer: AnsweredStatement, passage: Passage) -> Located:
        quote = answer.quote.strip()
        if len(quote) > LONGEST_QUOTE:
            raise _Refused(DropKind.QUOTE_TOO_LONG, f"a quote of {len(quote)} characters; at most two sentences")
        if len(re.findall(r"\w+", quote)) < FEWEST_WORDS:
            raise _Refused(DropKind.QUOTE_TOO_SHORT, f"a quote of fewer than {FEWEST_WORDS} words")
        found = [one for one in locate(quote, self.text) if one.end - one.start <= 2 * LONGEST_QUOTE]
        if not found:
            raise _Refused(DropKind.QUOTE_NOT_FOUND, "these words do not stand in the report")
        own = [one for one in found if self._unread(one) is None]
        if not own:
            kind = self._unread(found[0]) or BlockKind.CHROME
            raise _Refused(DropKind.NOT_THE_REPORT, f"these words stand in {_KINDS.get(kind, 'no part that is read')}")
        here = [one for one in own if passage.start <= one.start and one.end <= passage.end] or own
        return here[min(answer.occurrence, len(here)) - 1]

    def _unread(self, place: Located) -> BlockKind | None:
        """The kind of the first block a passage touches that no evidence may come from; None where all may be read."""
        return unread_kind(self.report.text, self.report.blocks, place.start, place.end)

    def _condition(self, answer: AnsweredStatement, place: Located) -> str | None:
        if answer.condition is None:
            return None
        near = [
            one
            for one in locate(answer.condition.strip(), self.text)
            if self._unread(one) is None and max(one.start - place.end, place.start - one.end) <= CONDITION_REACH
        ]
        if not near or len(answer.condition) > LONGEST_QUOTE:
            told = _short(answer.condition)
            raise _Refused(DropKind.CONDITION_NOT_FOUND, f"the condition {told!r} does not stand near the quote")
        best = min(near, key=lambda one: (max(one.start - place.end, place.start - one.end, 0), one.start))
        return self.report.text[best.start : best.end]

    def _named(self, name: str | None, what: str, place: Located) -> tuple[str | None, list[str]]:
        """A speaker or relayer by the agenda's full name, in the report's own words, or made of words near the quote.

        What none of these knows is left out, and said.
        """
        if name is None:
            return None, []
        key = _name_key(name)
        for party in self.agenda.parties:
            for person in party.people:
                if key in {_name_key(one) for one in (person.name, *person.names)}:
                    return person.name, []
        for party in self.agenda.parties:
            if key == _name_key(party.name):
                return party.name, []
        own = [one for one in locate(name.strip(), self.text) if self._unread(one) is None] if len(name) < 200 else []
        if own:
            return self.report.text[own[0].start : own[0].end], []
        near = self.report.text[max(0, place.start - NAME_REACH) : place.end + NAME_REACH]
        if len(name) < 200 and _is_made_of(name, near):
            return " ".join("".join(one for one in name if one.isprintable() or one.isspace()).split()), []
        return None, [f"the {what} {_short(name)!r} stands nowhere and is left out"]

    def _oddities(self, party: str, speaker: str | None, via: Via, start: int, end: int) -> list[str]:
        """What is possible but odd about a statement, each in words."""
        told = []
        if self.orders:
            told.append(f"elsewhere this report speaks to a machine: {self.orders[0].says!r}")
        holder = next((one for one in self.agenda.parties if any(p.name == speaker for p in one.people)), None)
        if speaker is not None and holder is not None and holder.id != party and via is Via.SPEAKER:
            told.append(f"{speaker} speaks for {holder.name}")
        if _TURNED.search(self.report.text[max(0, start - 30) : start]):
            told.append("the word before the quote turns it round")
        of_party = self.agenda.party(party)
        assert of_party is not None  # it was looked up on the agenda
        if not _is_named(of_party, self.report.text[max(0, start - NAME_REACH) : end]):
            told.append(f"no name of {of_party.name} stands in the quote or before it")
        return told


_KINDS = {
    BlockKind.CHROME: "page chrome",
    BlockKind.LEFTOVER: "a text generator's leftover",
    BlockKind.PLACEHOLDER: "a citation that points nowhere",
    BlockKind.REPEAT: "a block that stands earlier in the report",
    BlockKind.BYLINE: "a byline",
    BlockKind.NOTE: "a note beside the report",
}


def unread_kind(text: str, blocks: Sequence[Block], start: int, end: int) -> BlockKind | None:
    """The kind of the first block a passage touches that evidence may not come from, ``chrome`` for words in no block.

    None where the whole passage may be evidence, by the same rule the record checks when a statement is written.
    """
    place = start
    for block in blocks:
        if block.end <= place:
            continue
        if block.start >= end:
            break
        if text[place : block.start].strip():
            return BlockKind.CHROME
        if not block.is_read:
            return block.kind
        place = block.end
    return BlockKind.CHROME if text[place:end].strip() else None


def _words(answer: AnsweredStatement) -> tuple[Stance, Act, Via]:
    for name, words, value in (("stance", Stance, answer.stance), ("act", Act, answer.act), ("via", Via, answer.via)):
        if value not in {str(word) for word in words}:
            raise _Refused(DropKind.OFF_THE_CODEBOOK, f"{_short(value)!r} is no {name}")
    return Stance(answer.stance), Act(answer.act), Via(answer.via)


def _by_name(entries: Iterable[tuple[str, tuple[str, ...]]]) -> dict[str, str]:
    """Ids by every name they go by; a name of two goes by none."""
    found: dict[str, str] = {}
    doubled = set()
    for identity, names in entries:
        for name in {_name_key(name) for name in names}:
            if found.setdefault(name, identity) != identity:
                doubled.add(name)
    return {name: identity for name, identity in found.items() if name not in doubled}


def _name_key(name: str) -> str:
    return Folded(name.strip()[:400]).folded.casefold()


def _is_named(party: Party, text: str) -> bool:
    words = [party.name, *party.names]
    for person in party.people:
        words += [person.name, *person.names, person.name.split()[-1]]
    return any(re.search(rf"(?<!\w){re.escape(word)}", text, re.IGNORECASE) for word in words if word)


def _is_made_of(name: str, text: str) -> bool:
    """Whether every word of a name stands in a text, endings aside: "Russian Foreign Ministry" of "Russia's Foreign Ministry"."""
    words = re.findall(r"\w{3,}", Folded(name).folded.casefold())
    plain = Folded(text).folded.casefold()
    return bool(words) and all(re.search(rf"(?<!\w){re.escape(word[:SAME_WORD])}", plain) for word in words)


def _short(text: str) -> str:
    plain = " ".join(text.split())
    return plain if len(plain) <= 60 else f"{plain[:59]}…"


def _as_json(item: Any) -> str:
    return json.dumps(item, ensure_ascii=True, default=str)[:KEPT_OF_ANSWER]
