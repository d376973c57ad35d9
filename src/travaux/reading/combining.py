"""Step 4c: what the grammar tells and what the encoder weighs become one decision, with how sure it is.

Six small regressions: which position there may be, its act, who vouches, whether it is conditional, whether it is former,
and, in a second look, whether the position stands beside its rivals: what else the sentence may tell of the party, of
the option, and where else the same may be told. Their weights stand in ``models/combination.json``, fitted by
``training/fit_combination.py`` on training passages that the encoder behind them had not seen; `evidence` names what they
look at.
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
from travaux.reading.evidence import FEATURES, Evidence, act_under, beside_rivals
from travaux.reading.table_model import ACTS, STANCES, VIAS, softmax

CLASSES: Mapping[str, tuple[str, ...]] = {
    "position": STANCES,
    "act": ACTS,
    "via": VIAS,
    "conditional": ("no", "yes"),
    "former": ("no", "yes"),
    "stands": ("no", "yes"),
}
"""The questions, and the answers to each."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """The probability from which a party's likeliest position in a sentence counts, and that for others there.

    Others are its further positions, and one on an option on which the grammar gives other parties alone a side.
    """

    first: float
    further: float


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
    """The regressions, and the probabilities from which a position counts and from which a yes is said.

    Args:
        thresholds: of a position. yes_from: of the questions that are answered yes or no, 0.5 where it names none.
    """

    def __init__(
        self,
        regressions: Mapping[str, Regression],
        thresholds: Thresholds,
        yes_from: Mapping[str, float] | None = None,
    ) -> None:
        self.regressions, self.thresholds, self.yes_from = regressions, thresholds, dict(yes_from or {})

    def decide(self, evidence: Sequence[Evidence]) -> list[Decision]:
        """A decision for each piece of evidence, in order; the caller compares its probability with `thresholds`."""
        if not evidence:
            return []
        each = {
            name: self.regressions[name].probabilities([getattr(one, name) for one in evidence])
            for name in CLASSES
            if name not in ("stands", "act")
        }
        stances = [Stance(STANCES[1 + best]) for best in each["position"][:, 1:].argmax(axis=1).tolist()]
        acts = [act_under(one, stance) for one, stance in zip(evidence, stances, strict=True)]
        each["act"] = self.regressions["act"].probabilities(acts)
        stands = self.regressions["stands"].probabilities(second_look(evidence, each["position"]))[:, 1]
        return [
            Decision(
                stances[row],
                round(float(stands[row]), 4),
                Act(ACTS[int(each["act"][row].argmax())]),
                Via(VIAS[int(each["via"][row].argmax())]),
                bool(each["conditional"][row, 1] > self.yes_from.get("conditional", 0.5)),
                bool(each["former"][row, 1] > self.yes_from.get("former", 0.5)),
            )
            for row in range(len(evidence))
        ]


def second_look(evidence: Sequence[Evidence], first: NDArray[np.float64]) -> list[tuple[float, ...]]:
    """Rows for "stands", from the first look's probabilities (cells, 4) over one report."""
    none = np.clip(first[:, 0], 1e-4, 1 - 1e-4)
    return beside_rivals(evidence, np.log((1.0 - none) / none).tolist())


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
    thresholds = Thresholds(float(raw["thresholds"]["first"]), float(raw["thresholds"]["further"]))
    return Combination(regressions, thresholds, raw["yes_from"])
