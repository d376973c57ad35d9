"""Step 4c: what the grammar tells and what the encoder weighs become one decision, with how sure it is.

Five small regressions: whether there is a position and which, its act, who vouches, whether it is conditional, whether it
is former. Their weights stand in ``models/combination.json``, fitted by ``training/fit_combination.py`` on training
passages that the encoder behind them had not seen; `evidence` names what they look at.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from travaux.model import Act, Stance, Via
from travaux.reading.evidence import FEATURES, Evidence
from travaux.reading.table_model import ACTS, STANCES, VIAS, softmax

CLASSES: Mapping[str, tuple[str, ...]] = {
    "position": STANCES,
    "act": ACTS,
    "via": VIAS,
    "conditional": ("no", "yes"),
    "former": ("no", "yes"),
}
"""The questions, and the answers to each."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The likeliest stance where there is one, the probability that there is any, and what the statement would be."""

    stance: Stance
    probability: float
    act: Act
    via: Via
    conditional: bool
    former: bool


class Regression:
    """Multinomial logistic regression: weights (classes, features) and intercepts (classes)."""

    def __init__(self, weights: NDArray[np.float64], intercepts: NDArray[np.float64]) -> None:
        self.weights, self.intercepts = weights, intercepts

    def probabilities(self, rows: Sequence[Sequence[float]]) -> NDArray[np.float64]:
        """(rows, classes), each row summing to 1."""
        return softmax(np.asarray(rows, dtype=np.float64) @ self.weights.T + self.intercepts)


class Combination:
    """The five regressions, and the probability from which a position counts."""

    def __init__(self, regressions: Mapping[str, Regression], threshold: float) -> None:
        self.regressions, self.threshold = regressions, threshold

    def decide(self, evidence: Sequence[Evidence]) -> list[Decision]:
        """A decision for each piece of evidence, in order; the caller compares its probability with `threshold`."""
        if not evidence:
            return []
        each = {
            name: self.regressions[name].probabilities([getattr(one, name) for one in evidence]) for name in CLASSES
        }
        best = each["position"][:, 1:].argmax(axis=1)
        return [
            Decision(
                Stance(STANCES[1 + int(best[row])]),
                round(float(1.0 - each["position"][row, 0]), 4),
                Act(ACTS[int(each["act"][row].argmax())]),
                Via(VIAS[int(each["via"][row].argmax())]),
                bool(each["conditional"][row, 1] > 0.5),
                bool(each["former"][row, 1] > 0.5),
            )
            for row in range(len(evidence))
        ]


@cache
def load_combination(folder: Path) -> Combination:
    """The weights that go with the model in a folder.

    Raises:
        ValueError: the file was fitted on other features than these; a bug in how the package was put together.
    """
    raw: dict[str, Any] = json.loads((folder / "combination.json").read_text("utf-8"))
    regressions = {}
    for name, classes in CLASSES.items():
        own = raw["regressions"][name]
        if own["features"] != list(FEATURES[name]) or own["classes"] != list(classes):
            raise ValueError("models/combination.json does not fit this reader: run training/fit_combination.py")
        regressions[name] = Regression(np.asarray(own["weights"]), np.asarray(own["intercepts"]))
    return Combination(regressions, float(raw["threshold"]))
