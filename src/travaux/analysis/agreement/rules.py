"""What an agreement may hold: the agenda's rules, how many options settle an issue, and whom a package would have to move.

All of it is written as clauses, each a list of (option, whether it is in the package) of which one must hold, so that
solver, counter and a check of one package read the same thing.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

from travaux.analysis.agreement.stands import SUPPORT, Stand, StandKind, stand_in
from travaux.errors import AgendaError, RequestError
from travaux.model import Agenda, Issue

Clause = tuple[tuple[str, bool], ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """A position that blocks every package that breaks one of its clauses.

    Attributes:
        stand: the position, with the statements to quote.
        clauses: what a package must keep to for the party not to object.
    """

    stand: Stand
    clauses: tuple[Clause, ...]

    @property
    def party(self) -> str:
        """Whose it is."""
        return self.stand.party

    @property
    def option(self) -> str:
        """What it is about."""
        return self.stand.option

    @property
    def is_hard(self) -> bool:
        """The party rules the option out; else it opposes it, or sets a condition that is not met."""
        return self.stand.is_hard

    def blocks(self, package: Iterable[str]) -> bool:
        """Whether the party objects to a package, given as ids of its options."""
        return not all(holds(clause, frozenset(package)) for clause in self.clauses)


@dataclass(frozen=True, slots=True)
class NamedRule:
    """A rule of the agenda with its clauses, and how to name it to a user.

    Attributes:
        place: where it stands in agenda.yaml, as keys and places from 0; empty where it stands elsewhere.
    """

    says: str
    clauses: tuple[Clause, ...]
    place: tuple[str | int, ...] = ()


class ImpossibleRules(AgendaError):
    """Rules that leave no package; `place` is where the first of them stands in agenda.yaml, empty where in none."""

    def __init__(self, rules: Sequence[NamedRule], path: Path | None = None, line: int | None = None):
        self.rules = tuple(rules)
        self.place = next((one.place for one in rules if one.place), ())
        told = "; ".join(one.says for one in rules)
        super().__init__(
            f"no package keeps to these rules together: {told}", remedy="take one of them back", path=path, line=line
        )


def holds(clause: Clause, package: frozenset[str]) -> bool:
    """Whether a package keeps to a clause."""
    return any((option in package) is wanted for option, wanted in clause)


def agenda_rules(agenda: Agenda) -> list[NamedRule]:
    """The rules of an agenda: how many options settle each issue, what excludes and what requires what."""
    found = [rule for place, issue in enumerate(agenda.issues) if (rule := _settled(issue, place)) is not None]
    for place, one in enumerate(agenda.rules):
        clause: Clause = ((one.first, False), (one.second, one.kind == "requires"))
        found.append(NamedRule(f"{one.kind}: [{one.first}, {one.second}]", (clause,), ("rules", place)))
    return found


def _settled(issue: Issue, place: int) -> NamedRule | None:
    if issue.choose == "any" or not issue.options:
        return None
    ids = [option.id for option in issue.options]
    clauses: list[Clause] = [tuple((option, True) for option in ids)]
    if issue.choose == "one":
        clauses += [((first, False), (second, False)) for first, second in combinations(ids, 2)]
    return NamedRule(f"issue `{issue.id}` (choose: {issue.choose})", tuple(clauses), ("issues", place))


def given(include: Sequence[str], leave_out: Sequence[str]) -> list[NamedRule]:
    """Options that a package has to hold, or may not, as rules."""
    both = set(include) & set(leave_out)
    if both:
        raise RequestError(f"{', '.join(sorted(both))} cannot be in and left out at once", remedy="name it once")
    found = [NamedRule(f"with {option}", (((option, True),),)) for option in include]
    return found + [NamedRule(f"without {option}", (((option, False),),)) for option in leave_out]


def objections_of(
    agenda: Agenda, parties: Sequence[str], stands: Mapping[tuple[str, str], Stand]
) -> tuple[Objection, ...]:
    """The positions that can block a package, by party and option in the order of the agenda.

    1. Ruled out, or opposed: every package with the option.
    2. Opposed unless: every package with the option that lacks what the condition names; where it names no option, every
       package with it, since nothing shows that the condition is met.
    3. For if: every package with the option that lacks what the condition names. Where it names no option the words
       stay beside the package and block nothing.
    4. Without if: every package without the option that lacks what the condition names.

    What is unknown, open or disputed blocks nothing and is counted.
    """
    found = []
    for party in parties:
        for option in agenda.options:
            stand = stands.get((party, option.id))
            clauses = () if stand is None else _clauses(stand)
            if stand is not None and clauses:
                found.append(Objection(stand, clauses))
    return tuple(found)


def _clauses(stand: Stand) -> tuple[Clause, ...]:
    absent: tuple[tuple[str, bool], ...] = ((stand.option, False),)
    if stand.kind in (StandKind.RULED_OUT, StandKind.OPPOSED):
        return (absent,)
    if stand.kind is StandKind.OPPOSED_UNLESS and not stand.needs:
        return (absent,)
    if stand.kind in (StandKind.OPPOSED_UNLESS, StandKind.FOR_IF):
        return tuple((*absent, (needed, True)) for needed in stand.needs)
    if stand.kind is StandKind.WITHOUT_IF:
        return tuple(((stand.option, True), (needed, True)) for needed in stand.needs)
    return ()


def on_the_table(agenda: Agenda, parties: Sequence[str], stands: Mapping[tuple[str, str], Stand]) -> tuple[str, ...]:
    """The options that a party is for, would have on a condition, or considers, and those in dispute; others are put into a
    package only where a rule wants them, since nobody asks for them."""
    wanted = SUPPORT | {StandKind.OPEN, StandKind.DISPUTED}
    return tuple(
        option.id
        for option in agenda.options
        if any(stand_in(stands, party, option.id).kind in wanted for party in parties)
    )
