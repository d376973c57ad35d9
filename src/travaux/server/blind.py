"""The page of blind review: passages without what was read or decided of them, for one reviewer."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.analysis.blind import BlindPassage
from travaux.errors import RequestError
from travaux.model import Statement
from travaux.server.people import Person

if TYPE_CHECKING:
    from travaux.api import Record
    from travaux.model import Judgement
    from travaux.server.at_hand import Held
    from travaux.server.filters import Filters

ALL = 10**9
"""The size of a sample that leaves nothing out."""


@dataclass(frozen=True, slots=True)
class BlindAsked:
    """What an address asks for.

    Attributes:
        reviewer: for whom; empty where nobody is known yet. sample, seed: of how many, see `Record.sample`; None for all.
    """

    reviewer: str
    sample: int | None
    seed: int


@dataclass(frozen=True, slots=True)
class BlindQueue:
    """What is left to judge blind, and how many there are with those that this reviewer has judged."""

    waiting: Sequence[BlindPassage]
    total: int


def blind_asked(given: Mapping[str, str], reviewer: str | Person) -> BlindAsked:
    """The parts of an address.

    Args:
        reviewer: who judges where the address names nobody; of a team, who has signed in, whatever the address says.

    Raises:
        RequestError: a number that is none.
    """
    who = (given.get("for", "").strip() or reviewer) if isinstance(reviewer, str) else reviewer.signs
    return BlindAsked(who, _number(given, "sample", 1), _number(given, "seed", 0) or 0)


def blind_queue(record: Record, held: Held, asked: BlindAsked, filters: Filters) -> BlindQueue:
    """The passages of an address; nothing of it depends on what was decided but by this reviewer."""
    if not asked.reviewer:
        return BlindQueue((), 0)
    party, option = filters.party or None, filters.option or None
    number = asked.sample or ALL

    def drawn() -> frozenset[str]:
        return frozenset(one.id for one in record.sample(number, seed=asked.seed, party=party, option=option))

    chosen = held.once(("sample", number, asked.seed, party, option), drawn)
    waiting = record.blind_queue(reviewer=asked.reviewer, among=chosen, party=party, option=option)
    return BlindQueue(waiting, len(chosen))


def revealed(done: Judgement | None, held: Held) -> Statement | None:
    """What was read of the passage that was just judged blind, to be told once it is judged; None where none was."""
    quoted = held.contents.found(done.statement) if done is not None and done.blind else None
    return quoted.judged.statement if quoted else None


def _number(given: Mapping[str, str], name: str, least: int) -> int | None:
    text = given.get(name, "").strip()
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) < 7 and int(text) >= least):
        raise RequestError(f"no {name} {text!r}", remedy=f"a number from {least}")
    return int(text)
