"""How long the deal space of a large agenda takes, against a yardstick in the same run.

usage: python benchmarks/packages.py [ISSUES OPTIONS PARTIES]

The yardstick is brute force over a small agenda (16 options, 65,536 sets of them) in plain Python on the same machine. The
large one has 30 issues of 6 options and 12 parties unless told otherwise, with stands, rules and conditions drawn by a
fixed seed, in three tempers: most open, mixed, most blocked.
"""

from __future__ import annotations

import random
import sys
import time
from itertools import product

from travaux.analysis.agreement import Condition, Stand, StandKind, Wish, deal_space, what_if
from travaux.analysis.agreement.moves import Supposition
from travaux.analysis.agreement.rules import agenda_rules, holds, objections_of
from travaux.model import Agenda, Issue, Option, Party, Rule

TEMPERS = {"most open": 0.01, "mixed": 0.05, "most blocked": 0.2}
"""The share of pairs of a party and an option in which the party is against."""

Stands = dict[tuple[str, str], Stand]


def talks(issues: int, options: int, parties: int, against: float) -> tuple[Agenda, Stands]:
    """An agenda of that size with stands on it; the same for the same numbers."""
    chance = random.Random(f"{issues} {options} {parties} {against}")
    groups = [[f"o{issue}-{option}" for option in range(options)] for issue in range(issues)]
    names = [name for group in groups for name in group]
    rules = [
        Rule(chance.choice(["excludes", "requires"]), *chance.sample(names, 2)) for _ in range(max(issues // 2, 1))
    ]
    made = tuple(
        Issue(f"i{place}", f"Issue {place}", tuple(Option(name, name, issue=f"i{place}") for name in group), choose)
        for place, group in enumerate(groups)
        for choose in (chance.choice(["one", "some"]),)
    )
    people = tuple(Party(f"p{place}", f"Party {place}") for place in range(parties))
    stands: Stands = {}
    for party, option in product((one.id for one in people), names):
        drawn = chance.random()
        kind = StandKind.UNKNOWN
        if drawn < against:
            kind = chance.choice([StandKind.RULED_OUT, StandKind.OPPOSED, StandKind.OPPOSED_UNLESS])
        elif drawn < 0.4:
            kind = chance.choice([StandKind.FOR, StandKind.FOR, StandKind.OPEN, StandKind.FOR_IF])
        if kind is StandKind.UNKNOWN:
            continue
        bound = kind in (StandKind.FOR_IF, StandKind.OPPOSED_UNLESS) and drawn < 0.2
        needs = (Condition("if so", "", (chance.choice(names),)),) if bound else ()
        stands[party, option] = Stand(party, option, kind, conditions=needs)
    return Agenda("Talks", people, made, rules=tuple(rules)), stands


def brute(agenda: Agenda, stands: Stands) -> int:
    """How many packages are open, by trying each set of options."""
    options = [one.id for one in agenda.options]
    clauses = [clause for rule in agenda_rules(agenda) for clause in rule.clauses]
    for one in objections_of(agenda, [party.id for party in agenda.parties], stands):
        clauses += one.clauses
    found = 0
    for chosen in product((False, True), repeat=len(options)):
        package = frozenset(option for option, inside in zip(options, chosen, strict=True) if inside)
        found += all(holds(clause, package) for clause in clauses)
    return found


def seconds(work: object) -> float:
    """Wall-clock time of a call."""
    begun = time.perf_counter()
    assert callable(work)
    work()
    return time.perf_counter() - begun


def main() -> None:
    """Measures and prints one line a temper."""
    sizes = tuple(map(int, sys.argv[1:4])) if len(sys.argv) > 3 else (30, 6, 12)
    small, stands = talks(4, 4, 3, 0.05)
    deal_space(small, [one.id for one in small.parties], stands)  # the solver's library is loaded once
    yardstick = min(seconds(lambda: brute(small, stands)) for _ in range(3))
    print(f"yardstick: brute force over 16 options, {yardstick:.2f} s")
    for temper, against in TEMPERS.items():
        agenda, taken = talks(*sizes, against)
        parties = [one.id for one in agenda.parties]
        space = deal_space(agenda, parties, taken, Wish())
        spent = min(seconds(lambda a=agenda, p=parties, t=taken: deal_space(a, p, t, Wish())) for _ in range(3))
        supposed = [Supposition(space.objections[0].party, space.objections[0].option, StandKind.FOR)]
        again = seconds(lambda s=space, w=supposed: what_if(s, w))
        many = "uncounted" if space.open_number is None else f"{space.open_number:.1e}"
        print(
            f"{temper}: {len(taken)} stands, {len(space.objections)} objections, {many} sets open; {spent:.2f} s, "
            f"{spent / yardstick:.2f} times the yardstick; what-if {again:.2f} s; {len(space.open)} packages, "
            f"{len(space.nearest)} sets of moves{', not all listed' if space.more_open or space.more_nearest else ''}"
            f"{', out of time' if space.out_of_time else ''}"
        )


if __name__ == "__main__":
    main()
