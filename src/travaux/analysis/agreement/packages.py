"""Packages: which sets of options are open to every party, who blocks the others, and what would have to move.

A package settles every issue as the agenda's `choose` and `rules` say. It is open where no party whose agreement it takes
objects to it; an objection is hard where the party rules an option out, else soft. What is unknown is neither yes nor no:
it blocks nothing and is counted. There are no probabilities here, and no utilities.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from travaux.analysis.agreement.conditions import Condition
from travaux.analysis.agreement.counting import count_packages
from travaux.analysis.agreement.rules import (
    Clause,
    ImpossibleRules,
    NamedRule,
    Objection,
    agenda_rules,
    given,
    holds,
    objections_of,
    on_the_table,
)
from travaux.analysis.agreement.solving import SECONDS, Solving
from travaux.analysis.agreement.stands import OPPOSITION, SUPPORT, Stand, StandKind, stand_in
from travaux.model import Agenda

LIMIT = 10
"""How many packages, and how many sets of moves, are listed unless somebody asks for more."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is asked of a deal space.

    Attributes:
        include, leave_out: options every package has to hold, or may not.
        limit: how many packages and how many sets of moves to list.
        seconds: after which it stops and says what it did not enumerate.
    """

    include: tuple[str, ...] = ()
    leave_out: tuple[str, ...] = ()
    limit: int = LIMIT
    seconds: float = SECONDS


@dataclass(frozen=True, slots=True)
class Balance:
    """What a package would mean to one party; ids of options.

    Attributes:
        gets: in it, and the party is for it; keeps_out: not in it, and the party is against it.
        forgoes: not in it, and the party is for it; yields: in it, and the party is against it.
        unknown: in it, and nothing was read of the party on it; disputed: the reports disagree on the party's stance.
        conditions: of the party on what is in it, where they name no option: whether they are met nobody can tell.
    """

    party: str
    gets: tuple[str, ...]
    keeps_out: tuple[str, ...]
    forgoes: tuple[str, ...]
    yields: tuple[str, ...]
    unknown: tuple[str, ...]
    disputed: tuple[str, ...]
    conditions: tuple[tuple[str, Condition], ...]


@dataclass(frozen=True, slots=True)
class Package:
    """One package.

    Attributes:
        options: ids, in the order of the agenda.
        moves: the objections that would have to be given up; empty for one that is open.
        balances: one a party, in their order.
    """

    options: tuple[str, ...]
    moves: tuple[Objection, ...]
    balances: tuple[Balance, ...]

    @property
    def is_open(self) -> bool:
        """Nobody objects."""
        return not self.moves

    @property
    def is_hard(self) -> bool:
        """Somebody rules out what it holds."""
        return any(one.is_hard for one in self.moves)

    @property
    def unknown(self) -> int:
        """How many pairs of a party and an option in it nothing was read of."""
        return sum(len(one.unknown) for one in self.balances)

    @property
    def disputed(self) -> int:
        """How many pairs of a party and an option in it the reports disagree on."""
        return sum(len(one.disputed) for one in self.balances)

    @property
    def conditions(self) -> tuple[tuple[str, str, Condition], ...]:
        """Party, option and condition, of all that stays text."""
        return tuple((one.party, option, condition) for one in self.balances for option, condition in one.conditions)


@dataclass(frozen=True, slots=True)
class DealSpace:
    """What could still be agreed.

    Attributes:
        parties: ids of those whose agreement it takes.
        stands: by party and option.
        wanted: options that somebody asks for or considers; the others enter a package only where a rule wants them.
        objections: all positions that can block a package.
        open: the packages open to all that are contained in no larger one, the largest first.
        nearest: one package for each smallest set of positions that would have to move; where some are open, the only
            one is the empty set.
        allowed, open_number: how many sets of options the rules allow, and how many of these are open; None where counting
            them would take too long.
        more_open, more_nearest: there are more than listed.
        out_of_time: it stopped before it knew.
    """

    agenda: Agenda
    parties: tuple[str, ...]
    stands: Mapping[tuple[str, str], Stand]
    asked: Wish
    wanted: tuple[str, ...]
    objections: tuple[Objection, ...]
    open: tuple[Package, ...]
    nearest: tuple[Package, ...]
    allowed: int | None
    open_number: int | None
    more_open: bool
    more_nearest: bool
    out_of_time: bool

    @property
    def unknown(self) -> int:
        """How many pairs of a party and a wanted option nothing was read of."""
        pairs = ((party, option) for party in self.parties for option in self.wanted)
        return sum(1 for party, option in pairs if stand_in(self.stands, party, option).kind is StandKind.UNKNOWN)

    def blocking(self, options: Iterable[str]) -> tuple[Objection, ...]:
        """The objections to one package."""
        package = frozenset(options)
        return tuple(one for one in self.objections if one.blocks(package))

    def broken(self, options: Iterable[str]) -> tuple[str, ...]:
        """The rules of the agenda that one package breaks, in words."""
        package = frozenset(options)
        rules = agenda_rules(self.agenda)
        return tuple(one.says for one in rules if not all(holds(clause, package) for clause in one.clauses))

    def package(self, options: Iterable[str]) -> Package:
        """One package as it would be listed, whether the rules allow it or not."""
        return _package(self.agenda, self.parties, self.stands, frozenset(options), self.blocking(options))


def deal_space(
    agenda: Agenda,
    parties: Sequence[str],
    stands: Mapping[tuple[str, str], Stand],
    asked: Wish | None = None,
) -> DealSpace:
    """The deal space of an agenda and the stands taken on it.

    Raises:
        ImpossibleRules: an AgendaError; the rules allow no package at all. It names the rules that contradict each other.
    """
    wish = asked or Wish()
    objections = objections_of(agenda, parties, stands)
    options = [option.id for option in agenda.options]
    rules = [*agenda_rules(agenda), *given(wish.include, wish.leave_out)]
    clauses = [clause for rule in rules for clause in rule.clauses]
    if not _is_possible(options, rules):
        raise _contradiction(options, rules)
    wanted = tuple(dict.fromkeys([*on_the_table(agenda, parties, stands), *wish.include]))
    kept = [*clauses, *(clause for one in objections for clause in one.clauses)]
    found, more, late = _largest(options, kept, wanted, wish)
    moves, more_moves, later = _moves(options, clauses, objections, wish)
    nearest = [
        (moved, _witness(options, clauses, [one for one in objections if one not in moved], wanted)) for moved in moves
    ]

    def made(package: frozenset[str], moved: Sequence[Objection] = ()) -> Package:
        return _package(agenda, parties, stands, package, tuple(moved))

    return DealSpace(
        agenda=agenda,
        parties=tuple(parties),
        stands=stands,
        asked=wish,
        wanted=wanted,
        objections=objections,
        open=tuple(made(package) for package in found),
        nearest=tuple(made(package, moved) for moved, package in nearest if moved and package is not None),
        allowed=count_packages(options, clauses),
        open_number=0 if not found and not late else count_packages(options, kept),
        more_open=more,
        more_nearest=more_moves,
        out_of_time=late or later,
    )


def _largest(
    options: Sequence[str], clauses: Sequence[Clause], wanted: Sequence[str], wish: Wish
) -> tuple[list[frozenset[str]], bool, bool]:
    """The open packages that no larger one contains, as far as the limit goes; whether there are more; whether it was late."""
    solving = Solving(options, clauses, seconds=wish.seconds)
    found: list[frozenset[str]] = []
    while (package := solving.largest(wanted)) is not None:
        if len(found) == wish.limit:
            return found, True, False
        found.append(package)
        others: Clause = tuple((option, True) for option in wanted if option not in package)
        if not others:
            break
        solving.add(others)
    return found, False, solving.out_of_time


def _moves(
    options: Sequence[str], clauses: Sequence[Clause], objections: Sequence[Objection], wish: Wish
) -> tuple[list[tuple[Objection, ...]], bool, bool]:
    """The sets of objections that would have to go, none containing another, the smallest first."""
    solving = Solving(options, clauses, objections, wish.seconds)
    found: list[tuple[Objection, ...]] = []
    while (moved := solving.fewest_moves()) is not None:
        if len(found) == wish.limit:
            return found, True, False
        found.append(moved)
        if not moved:
            break
        solving.not_all_moved(moved)
    return found, False, solving.out_of_time


def _witness(
    options: Sequence[str], clauses: Sequence[Clause], objections: Sequence[Objection], wanted: Sequence[str]
) -> frozenset[str] | None:
    kept = [*clauses, *(clause for one in objections for clause in one.clauses)]
    return Solving(options, kept).largest(wanted)


def impossible_rules(agenda: Agenda) -> ImpossibleRules | None:
    """The rules of an agenda that leave no package, as a set from which none can be taken away; None where some is left."""
    options, rules = [option.id for option in agenda.options], agenda_rules(agenda)
    return _contradiction(options, rules) if rules and not _is_possible(options, rules) else None


def _is_possible(options: Sequence[str], rules: Sequence[NamedRule]) -> bool:
    return Solving(options, [clause for one in rules for clause in one.clauses]).is_possible()


def _contradiction(options: Sequence[str], rules: Sequence[NamedRule]) -> ImpossibleRules:
    """Which rules leave no package: a set of them from which none can be taken away."""
    needed = list(rules)
    for rule in rules:
        rest = [one for one in needed if one is not rule]
        if not _is_possible(options, rest):
            needed = rest
    return ImpossibleRules(needed)


def _package(
    agenda: Agenda,
    parties: Sequence[str],
    stands: Mapping[tuple[str, str], Stand],
    package: frozenset[str],
    moves: tuple[Objection, ...],
) -> Package:
    order = [option.id for option in agenda.options]
    chosen = tuple(option for option in order if option in package)
    return Package(chosen, moves, tuple(_balance(party, order, package, stands) for party in parties))


def _balance(
    party: str, order: Sequence[str], package: frozenset[str], stands: Mapping[tuple[str, str], Stand]
) -> Balance:
    found = [stand_in(stands, party, option) for option in order]

    def those(kinds: frozenset[StandKind], inside: bool) -> tuple[str, ...]:
        return tuple(one.option for one in found if one.kind in kinds and (one.option in package) is inside)

    open_conditions = (
        (one.option, condition)
        for one in found
        for condition in one.conditions
        if not condition.needs and (one.option in package) is (one.kind is not StandKind.WITHOUT_IF)
    )
    return Balance(
        party,
        gets=those(SUPPORT, True),
        keeps_out=those(OPPOSITION, False),
        forgoes=those(SUPPORT, False),
        yields=those(OPPOSITION, True),
        unknown=those(frozenset({StandKind.UNKNOWN}), True),
        disputed=those(frozenset({StandKind.DISPUTED}), True),
        conditions=tuple(open_conditions),
    )
