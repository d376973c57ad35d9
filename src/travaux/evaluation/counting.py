"""Precision and recall of findings that are matched with expected ones, several to one where that is what was expected."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TypeVar

from travaux.evaluation.statements import Measure

Thing = TypeVar("Thing")
Expected = TypeVar("Expected")


@dataclass(frozen=True, slots=True)
class Measured:
    """One row of an evaluation: what was measured, and how it came out."""

    name: str
    measure: Measure


def measure_answers(
    found: Sequence[Thing], expected: Sequence[Expected], answers: Callable[[Thing, Expected], bool]
) -> Measure:
    """`measure_of` for findings and expectations of which several may answer one another."""
    right = sum(any(answers(one, entry) for entry in expected) for one in found)
    met = sum(any(answers(one, entry) for one in found) for entry in expected)
    return measure_of(right, len(found), met, len(expected))


def measure_of(right: int, predicted: int, met: int, gold: int) -> Measure:
    """Precision, recall and F1. Where nothing was expected and nothing found, all three are 1.

    Args:
        right: findings that match something expected; predicted: all of them.
        met: expectations that some finding matches; gold: all of them.
    """
    if not predicted and not gold:
        return Measure(1.0, 1.0, 1.0, 0, 0)
    p = right / predicted if predicted else 0.0
    r = met / gold if gold else 0.0
    f1 = 2 * p * r / (p + r) if p + r else 0.0
    return Measure(round(p, 4), round(r, 4), round(f1, 4), predicted, gold)
