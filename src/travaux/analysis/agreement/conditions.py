"""What a conditional stance hangs on: the options its condition names, or its words alone where it names none."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from travaux.agenda.occurrence import Wordings, telling_stems
from travaux.model import Act, Agenda, Option, Stance, Statement

SHORTEST_PHRASE = 2
"""Telling words a phrase of the agenda must have to name its option inside a condition: one word names too much."""

_TURNED = re.compile(r"\b(?:no|not|without|unless|never|nor|neither|except)\b|n['’]t\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Condition:
    """One condition of a stand.

    Attributes:
        text: its words, as the report has them; statement: id of the statement that sets it.
        needs: the options it names, all of which must be in the agreement; empty where it stays text.
        reason: why it is linked so, as a user reads it.
    """

    text: str
    statement: str
    needs: tuple[str, ...] = ()
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Linking:
    """An analyst's word that a party's condition on an option means other options; signed and dated.

    Attributes:
        needs: ids of the options; empty where the analyst says that the condition names none.
        on: ISO date.
    """

    party: str
    option: str
    needs: tuple[str, ...]
    by: str
    on: str


def conditions_of(
    statements: Sequence[Statement], agenda: Agenda, others: Iterable[Statement], linkings: Sequence[Linking] = ()
) -> tuple[Condition, ...]:
    """The conditions that statements of one party on one option set, in their order.

    1. An analyst's link holds before all else.
    2. What the party itself demands in the words of the condition is what the condition names (codebook, rule 12).
    3. Else the options of which the condition has a phrase of the agenda's `words`, of two telling words or more. A
       condition with "not", "without", "unless" and the like stays text: which way it turns is not told by its words.

    Args:
        others: all statements that count; those of the same party and report are looked at.
    """
    pool = list(others)
    found: list[Condition] = []
    for one in statements:
        if one.condition is None or any(one.condition == known.text for known in found):
            continue
        found.append(_linked(one, one.condition, agenda, pool, linkings))
    return tuple(found)


def _linked(
    one: Statement, text: str, agenda: Agenda, pool: Sequence[Statement], linkings: Sequence[Linking]
) -> Condition:
    signed = [each for each in linkings if (each.party, each.option) == (one.party, one.option)]
    if signed:
        last = signed[-1]
        return Condition(text, one.id, last.needs, f"linked by {last.by} on {last.on}")
    demanded = [
        other.option
        for other in pool
        if (other.party, other.report_id) == (one.party, one.report_id)
        and other.option != one.option
        and (other.act, other.stance) == (Act.DEMAND, Stance.FOR)
        and _same_words(text, other.quote)
    ]
    if demanded:
        return Condition(text, one.id, tuple(dict.fromkeys(demanded)), "the same words are a demand for it")
    if _TURNED.search(text):
        return Condition(text, one.id, (), "a condition turned by a negation stays text")
    named = _named(text, (option for option in agenda.options if option.id != one.option))
    if named:
        phrases = ", ".join(f"“{phrase}”" for _, phrase in named)
        return Condition(text, one.id, tuple(option for option, _ in named), f"it has {phrases} of the agenda")
    return Condition(text, one.id, (), "it names no option of the agenda")


def _same_words(condition: str, quote: str) -> bool:
    """One holds the other, and is not much longer: a whole sentence is no condition."""
    short, long = sorted((" ".join(text.casefold().split()).strip(" .,;") for text in (condition, quote)), key=len)
    return bool(short) and short in long and len(long) <= 2 * len(short)


def _named(text: str, options: Iterable[Option]) -> list[tuple[str, str]]:
    wordings = Wordings([text])
    found = []
    for option in options:
        phrase = next(
            (words for words in option.words if len(telling_stems(words)) >= SHORTEST_PHRASE and wordings.has(words)),
            None,
        )
        if phrase is not None:
            found.append((option.id, phrase))
    return found
