"""The solver: OR-tools CP-SAT over clauses. The one module that knows it, and imports it only when it solves.

It runs on one thread with a fixed seed, so that the same record gives the same packages.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from typing import Any

from travaux.analysis.agreement.rules import Clause, Objection

SECONDS = 10.0
"""After so long an enumeration stops and says what it did not enumerate; never reached at the size it is made for
(30 issues of 6 options and 12 parties, see benchmarks/packages.py)."""

_MOST = 10**7
_NEXT = 10**4
_TIE = 50


class Solving:
    """A growing set of clauses over options, with one switch an objection that lets its party move."""

    def __init__(
        self,
        options: Sequence[str],
        clauses: Iterable[Clause],
        objections: Sequence[Objection] = (),
        seconds: float = SECONDS,
    ):
        from ortools.sat.python import cp_model

        self._kit: Any = cp_model
        self._model: Any = cp_model.CpModel()
        self._solver: Any = cp_model.CpSolver()
        self._solver.parameters.num_workers = 1
        self._solver.parameters.random_seed = 0
        self._options = tuple(options)
        self._in = {option: self._model.new_bool_var(option) for option in options}
        self._objections = tuple(objections)
        self._moved = [self._model.new_bool_var(f"{one.party}/{one.option}") for one in objections]
        self._ends = time.monotonic() + seconds
        self.out_of_time = False
        for clause in clauses:
            self.add(clause)
        for one, moved in zip(self._objections, self._moved, strict=True):
            for clause in one.clauses:
                self._model.add_bool_or([*self._literals(clause), moved])

    def _literals(self, clause: Clause) -> list[Any]:
        return [self._in[option] if wanted else ~self._in[option] for option, wanted in clause]

    def add(self, clause: Clause) -> None:
        """One more clause that every package keeps to."""
        self._model.add_bool_or(self._literals(clause))

    def not_all_moved(self, objections: Sequence[Objection]) -> None:
        """Not all of these move at once: an answer known already, and what only adds to it, is left out."""
        places = [self._objections.index(one) for one in objections]
        self._model.add_bool_or([~self._moved[place] for place in places])

    def is_possible(self) -> bool:
        """Whether any package keeps to all clauses."""
        self._model.clear_objective()
        return self._solve()

    def largest(self, wanted: Sequence[str]) -> frozenset[str] | None:
        """The package with most of the wanted options and fewest of the others; None where there is none left."""
        weights = {one: (_MOST if one in set(wanted) else -_NEXT) + _tie(one) for one in self._options}
        self._model.maximize(sum(weight * self._in[one] for one, weight in weights.items()))
        if not self._solve():
            return None
        return frozenset(one for one in self._options if self._solver.boolean_value(self._in[one]))

    def fewest_moves(self) -> tuple[Objection, ...] | None:
        """The smallest set of positions that would have to move, of equals the one with fewer hard ones; None for none left."""
        weights = [_MOST + (_NEXT if one.is_hard else 0) + _tie(one.party + one.option) for one in self._objections]
        self._model.minimize(sum(weight * moved for weight, moved in zip(weights, self._moved, strict=True)))
        if not self._solve():
            return None
        return tuple(
            one for one, moved in zip(self._objections, self._moved, strict=True) if self._solver.boolean_value(moved)
        )

    def _solve(self) -> bool:
        left = self._ends - time.monotonic()
        if left <= 0:
            self.out_of_time = True
            return False
        self._solver.parameters.max_time_in_seconds = left
        status = self._solver.solve(self._model)
        if status == self._kit.MODEL_INVALID:
            raise AssertionError(self._model.validate())
        # A solution that is not proved to be the best one is no answer to "the smallest".
        self.out_of_time = status not in (self._kit.OPTIMAL, self._kit.INFEASIBLE)
        return bool(status == self._kit.OPTIMAL)


def _tie(name: str) -> int:
    """A small number of a name's own, so that of equal answers the same one is found by any release of the solver."""
    return hashlib.sha256(name.encode()).digest()[0] % _TIE
