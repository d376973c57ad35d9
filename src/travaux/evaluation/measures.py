"""What a gold record's ``checks.yaml`` expects across the reports, measured: a list that every kind of check adds to.

A kind of check is a module with a function of the gold record's `Checks` and of what the record `Found`, that gives its measures;
`MEASURES` names them in the order they are shown. Kinds that the file does not speak of are not measured.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from travaux.evaluation import families, flags
from travaux.evaluation.checks import Checks, read_checks
from travaux.evaluation.counting import Measured
from travaux.model import Family, Flag


@dataclass(frozen=True, slots=True)
class Found:
    """What a record holds of what may be expected."""

    flags: Sequence[Flag] = ()
    families: Sequence[Family] = ()


MEASURES: dict[str, Callable[[Checks, Found], list[Measured]]] = {
    "flags": lambda checks, found: flags.measured_flags(checks, found.flags),
    "families": lambda checks, found: families.measured_families(checks, found.families),
}
"""By the kind of ``checks.yaml``: what measures it."""


def measured(gold: Path, found: Found) -> list[Measured]:
    """The measures of a gold record's checks, in the order of `MEASURES`.

    Raises:
        EvaluationError: ``checks.yaml`` cannot be used.
    """
    checks = read_checks(gold)
    return [row for kind, measure in MEASURES.items() if kind in checks.given for row in measure(checks, found)]
