"""How each party stands to each option, finer than for and against: what it rules out, what it only opposes, what it
accepts on a condition, what it would do without.

A stand is read from the statements that carry the party's position (`travaux.analysis.positions`) and from nothing else;
what no statement speaks to is unknown, which is neither yes nor no.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from travaux.analysis.agreement.conditions import Condition, Linking, conditions_of
from travaux.analysis.hearsay import DISTANCE
from travaux.analysis.positions import Position
from travaux.model import Act, Agenda, PartialDate, Stance, Statement


class StandKind(StrEnum):
    """How a party stands to an option coming true."""

    FOR = "for"
    FOR_IF = "for-if"
    OPEN = "open"
    WITHOUT = "without"
    WITHOUT_IF = "without-if"
    OPPOSED_UNLESS = "opposed-unless"
    OPPOSED = "opposed"
    RULED_OUT = "ruled-out"
    DISPUTED = "disputed"
    UNKNOWN = "unknown"


SUPPORT = frozenset({StandKind.FOR, StandKind.FOR_IF})
OPPOSITION = frozenset({StandKind.OPPOSED, StandKind.OPPOSED_UNLESS, StandKind.RULED_OUT})
"""What blocks a package that holds the option; hard is `RULED_OUT` alone."""

CONCEDING = frozenset({Act.OFFER, Act.ACCEPT})
"""Acts that with the stance against give something up rather than oppose it: an offer to stop, an undertaking to refrain."""

RULING_OUT = frozenset({Act.REJECT, Act.DEMAND})

RED_LINES = (
    "red line", "will never",
    "would never", "under no circumstances", "out of the question", "non-negotiable", "not negotiable", "categorical",
    "ruled out", "rules out", "rule out", "ruling out", "no compromise",
)  # fmt: skip
"""Words of a quote that make an opposition a hard one whatever its act. A definition, not tuned on any record."""


@dataclass(frozen=True, slots=True)
class Stand:
    """How one party stands to one option.

    Attributes:
        kind: see `StandKind`; ``disputed`` where reports of the same date, or of unknown order, say both.
        statements: those that carry it, the deciding one first; empty for unknown and for what is merely supposed.
        conditions: what it hangs on, for ``for-if``, ``without-if`` and ``opposed-unless``.
        since, latest: as in the position; undated where None.
        dissent: carrying statements whose stance is another than the one shown; former: of a position that reports mark
            as given up; earlier: of one that later reports supersede.
        supposed: it is a what-if and rests on no statement.
        families: the independent sources of `statements`: ids of families, or of reports that are in none; of `dissent` the
            same in dissenting.
    """

    party: str
    option: str
    kind: StandKind
    statements: tuple[Statement, ...] = ()
    conditions: tuple[Condition, ...] = ()
    since: PartialDate | None = None
    latest: PartialDate | None = None
    dissent: tuple[Statement, ...] = ()
    former: tuple[Statement, ...] = ()
    earlier: tuple[Statement, ...] = ()
    supposed: bool = False
    families: tuple[str, ...] = ()
    dissenting: tuple[str, ...] = ()

    @property
    def support(self) -> int:
        """How many independent sources carry it: a report with its copies and rewordings is one."""
        return len(self.families)

    @property
    def statement(self) -> Statement | None:
        """The statement to quote for it."""
        return self.statements[0] if self.statements else None

    @property
    def was_for(self) -> bool:
        """The party stood for the option before, as reports mark it or as earlier ones have it."""
        return any(one.stance is Stance.FOR for one in (*self.former, *self.earlier))

    @property
    def distance(self) -> int | None:
        """The hearsay distance of the nearest word for it, see `DISTANCE`; None where there is none."""
        return min((DISTANCE[one.via] for one in self.statements), default=None)

    @property
    def needs(self) -> tuple[str, ...]:
        """The options its conditions name, all of which they need."""
        return tuple(dict.fromkeys(option for condition in self.conditions for option in condition.needs))

    @property
    def is_hard(self) -> bool:
        """It rules the option out."""
        return self.kind is StandKind.RULED_OUT


def stands_of(
    agenda: Agenda,
    positions: Iterable[Position],
    statements: Iterable[Statement],
    linkings: Sequence[Linking] = (),
    families: Mapping[str, str] | None = None,
) -> dict[tuple[str, str], Stand]:
    """The stands that positions give, by party and option; what nothing speaks to is missing.

    1. ``for`` and ``against`` at once, or ``open`` and ``against``, is disputed.
    2. Of ``for`` and ``open`` at once the nearest word decides (`DISTANCE`); of equally near ones it is open, the lesser,
       which is what is sure. The other is named as dissent.
    3. ``for`` where every carrying statement sets a condition is for-if.
    4. ``against`` by offer or undertaking gives the option up: without, or without-if on a condition.
    5. ``against`` on a condition otherwise is opposed-unless.
    6. ``against`` without a condition is ruled out where a statement rejects it, demands that it not be, or has words
       of a red line (`RED_LINES`); else it is opposed.

    Args:
        statements: those that count as of the day of the positions, see `known_by`.
        linkings: an analyst's links of conditions to options, which outweigh those found in the words.
        families: family by report id, for the sources that carry a stand; a report in none is a source of its own.
    """
    by_id = {one.id: one for one in statements}
    parties, options = {one.id for one in agenda.parties}, {one.id for one in agenda.options}
    of_pair: dict[tuple[str, str], list[Statement]] = {}
    for one in by_id.values():
        of_pair.setdefault((one.party, one.option), []).append(one)
    found: dict[tuple[str, str], Stand] = {}
    for position in positions:
        if position.party not in parties or position.option not in options:
            continue
        carrying = [by_id[name] for name in position.statements if name in by_id]
        former = tuple(by_id[name] for name in position.former if name in by_id)
        if carrying or former:
            told = {*position.statements, *position.former}
            earlier = [one for one in of_pair[position.party, position.option] if one.id not in told]
            stand = replace(_stand(position, carrying, former), earlier=tuple(earlier))
            if stand.kind in (StandKind.FOR_IF, StandKind.WITHOUT_IF, StandKind.OPPOSED_UNLESS):
                conditions = conditions_of(stand.statements, agenda, by_id.values(), linkings)
                stand = replace(stand, conditions=conditions)
            found[position.party, position.option] = replace(
                stand,
                families=_sources(stand.statements, families or {}),
                dissenting=_sources(stand.dissent, families or {}),
            )
    return found


def _sources(statements: Iterable[Statement], families: Mapping[str, str]) -> tuple[str, ...]:
    return tuple(sorted({families.get(one.report_id, one.report_id) for one in statements}))


def known_by(
    statements: Iterable[Statement], dates: Mapping[str, PartialDate | None], as_of: date | None
) -> list[Statement]:
    """The statements of reports published by a day, as positions take them; all of them for None.

    Args:
        dates: date of publication by report id; undated reports are left out where a day is asked for.
    """
    if as_of is None:
        return list(statements)
    days = ((one, dates.get(one.report_id)) for one in statements)
    return [one for one, day in days if day is not None and day.latest <= as_of]


def stand_in(stands: Mapping[tuple[str, str], Stand], party: str, option: str) -> Stand:
    """The stand of a party on an option, unknown where nothing speaks to it."""
    return stands.get((party, option)) or Stand(party, option, StandKind.UNKNOWN)


def _stand(position: Position, carrying: Sequence[Statement], former: tuple[Statement, ...]) -> Stand:
    kind, deciding = _kind(position.stances, carrying)
    rest = [one for one in carrying if one not in deciding]
    return Stand(
        position.party,
        position.option,
        kind,
        (*sorted(deciding, key=_quoting_order), *(one for one in rest if _agrees(kind, one))),
        since=position.since,
        latest=position.latest,
        dissent=tuple(one for one in rest if not _agrees(kind, one)),
        former=former,
    )


def _quoting_order(one: Statement) -> tuple[int, str, int, str]:
    """Nearest word first."""
    return (DISTANCE[one.via], one.report, one.start, one.id)


def _agrees(kind: StandKind, one: Statement) -> bool:
    if kind is StandKind.DISPUTED:
        return True
    if kind in (StandKind.FOR, StandKind.FOR_IF):
        return one.stance is Stance.FOR
    return one.stance is (Stance.OPEN if kind is StandKind.OPEN else Stance.AGAINST)


def _kind(stances: Sequence[Stance], carrying: Sequence[Statement]) -> tuple[StandKind, list[Statement]]:
    """The kind of stand and the statements that decide it."""
    if not carrying:
        return StandKind.UNKNOWN, []
    if Stance.AGAINST in stances and len(stances) > 1:
        return StandKind.DISPUTED, list(carrying)
    wanting = [one for one in carrying if one.stance is Stance.FOR]
    considering = [one for one in carrying if one.stance is Stance.OPEN]
    if considering and not (wanting and _nearest(wanting) < _nearest(considering)):
        return StandKind.OPEN, considering
    if wanting:
        plain = [one for one in wanting if one.condition is None]
        return (StandKind.FOR, plain) if plain else (StandKind.FOR_IF, wanting)
    return _against(carrying)


def _nearest(statements: Iterable[Statement]) -> int:
    return min(DISTANCE[one.via] for one in statements)


def _against(carrying: Sequence[Statement]) -> tuple[StandKind, list[Statement]]:
    plain = [one for one in carrying if one.condition is None]
    hard = [one for one in plain if _is_hard(one)]
    if hard:
        return StandKind.RULED_OUT, hard
    opposing = [one for one in plain if one.act not in CONCEDING]
    if opposing:
        return StandKind.OPPOSED, opposing
    if plain:
        return StandKind.WITHOUT, plain
    unless = [one for one in carrying if one.act not in CONCEDING]
    return (StandKind.OPPOSED_UNLESS, unless) if unless else (StandKind.WITHOUT_IF, list(carrying))


def _is_hard(one: Statement) -> bool:
    if one.act in CONCEDING:
        return False
    quote = " ".join(one.quote.casefold().split())
    return one.act in RULING_OUT or any(words in quote for words in RED_LINES)
