"""How many packages keep to clauses, exactly: clauses that share no option are counted apart and multiplied.

The method is model counting by splitting on an option, with what follows at once settled first, and connected components
apart with their counts remembered (Bayardo and Pehoushek 2000, "Counting Models using Connected Components").
"""

from __future__ import annotations

from collections.abc import Iterable

from travaux.analysis.agreement.rules import Clause

MOST_WORK = 300_000
"""Clauses looked at after which the count is given up and said not to be known; some three tenths of a second of Python."""

_Clauses = frozenset[frozenset[tuple[str, bool]]]


class _TooMany(Exception):
    pass


def count_packages(options: Iterable[str], clauses: Iterable[Clause], most_work: int = MOST_WORK) -> int | None:
    """How many sets of options keep to all clauses; None where counting them would take too long."""
    names = frozenset(options)
    given = frozenset(frozenset(clause) for clause in clauses)
    # A clause with an option both in and out always holds.
    telling = frozenset(one for one in given if not any((option, not wanted) in one for option, wanted in one))
    try:
        return _Counter(most_work).count(names, telling)
    except _TooMany:
        return None


class _Counter:
    def __init__(self, work: int):
        self._left = work
        self._known: dict[_Clauses, int] = {}

    def count(self, options: frozenset[str], clauses: _Clauses) -> int:
        """Sets of these options that keep to the clauses, which name no others."""
        while single := next((next(iter(clause)) for clause in clauses if len(clause) == 1), None):
            options, clauses = options - {single[0]}, self._decided(clauses, *single)
        if frozenset() in clauses:
            return 0
        named = {option for clause in clauses for option, _ in clause}
        product: int = 2 ** (len(options) - len(named))
        for part in _components(clauses):
            if product == 0:
                return 0
            product *= self._component(part)
        return product

    def _component(self, clauses: _Clauses) -> int:
        if clauses in self._known:
            return self._known[clauses]
        occurrences: dict[str, int] = {}
        for clause in clauses:
            for option, _ in clause:
                occurrences[option] = occurrences.get(option, 0) + 1
        split = max(sorted(occurrences), key=lambda option: occurrences[option])
        rest = frozenset(occurrences) - {split}
        total = sum(self.count(rest, self._decided(clauses, split, value)) for value in (True, False))
        self._known[clauses] = total
        return total

    def _decided(self, clauses: _Clauses, option: str, value: bool) -> _Clauses:
        self._left -= len(clauses)
        if self._left < 0:
            raise _TooMany
        return frozenset(clause - {(option, not value)} for clause in clauses if (option, value) not in clause)


def _components(clauses: _Clauses) -> list[_Clauses]:
    of_option: dict[str, list[frozenset[tuple[str, bool]]]] = {}
    for clause in clauses:
        for option, _ in clause:
            of_option.setdefault(option, []).append(clause)
    found: list[_Clauses] = []
    seen: set[frozenset[tuple[str, bool]]] = set()
    for clause in clauses:
        if clause in seen:
            continue
        part, waiting = {clause}, [clause]
        while waiting:
            for option, _ in waiting.pop():
                for other in of_option.pop(option, ()):
                    if other not in part:
                        part.add(other)
                        waiting.append(other)
        seen |= part
        found.append(frozenset(part))
    return found
