"""Step 4c: what the grammar tells and what the encoder weighs become one decision, with how sure it is.

A multinomial logistic regression over a dozen features of one (party, option, sentence). Its weights stand in
``models/combination.json``, fitted by ``training/fit_combination.py`` on training passages that the encoder behind them
had not seen.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from travaux.model import Stance
from travaux.reading.weighing import Weighed, model_folder

STANCES = (Stance.FOR, Stance.AGAINST, Stance.OPEN)
FEATURES = (
    "encoder: for over none",
    "encoder: against over none",
    "encoder: open over none",
    "grammar: for",
    "grammar: against",
    "grammar: open",
    "grammar: about what was named just before",
    "grammar: only the nearest cue",
    "grammar: the party's own undertaking",
    "words: how well the option is named",
    "party spoken of in the sentence",
    "party is a subject in the sentence",
    "grammar gives the party a side on another option here",
)
LEAST_PROBABILITY = 1e-6


@dataclass(frozen=True, slots=True)
class Told:
    """What the grammar tells of one party, option and sentence: stances, and how they were come by."""

    stances: frozenset[Stance] = frozenset()
    carried: bool = False
    nearest: bool = False
    undertaking: bool = False


def features(
    weighed: Weighed, told: Told, link: float, *, spoken: bool, subject: bool, elsewhere: bool
) -> tuple[float, ...]:
    """The values of `FEATURES` for one party, option and sentence; `link` is the option's link score, 0 to 1."""
    none, *others = (math.log(max(value, LEAST_PROBABILITY)) for value in weighed.probabilities)
    return (
        *(value - none for value in others),
        *(float(stance in told.stances) for stance in STANCES),
        float(told.carried),
        float(told.nearest),
        float(told.undertaking),
        link,
        float(spoken),
        float(subject),
        float(elsewhere),
    )


@dataclass(frozen=True, slots=True)
class Decision:
    """The likeliest stance where there is one, and the probability that there is any."""

    stance: Stance
    probability: float


class Combination:
    """Fitted weights: (4, features) and (4,), for none, for, against and open."""

    def __init__(self, weights: NDArray[np.float64], intercepts: NDArray[np.float64], threshold: float) -> None:
        self.weights, self.intercepts, self.threshold = weights, intercepts, threshold

    def decide(self, rows: Sequence[tuple[float, ...]]) -> list[Decision]:
        """A decision for each row of features, in order; the caller compares its probability with `threshold`."""
        if not rows:
            return []
        logits = np.asarray(rows) @ self.weights.T + self.intercepts
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        probabilities = shifted / shifted.sum(axis=1, keepdims=True)
        best = probabilities[:, 1:].argmax(axis=1)
        return [
            Decision(STANCES[int(place)], round(float(1.0 - row[0]), 4))
            for place, row in zip(best, probabilities, strict=True)
        ]


@cache
def shipped_combination() -> Combination:
    """The weights that ship with the model.

    Raises:
        ValueError: the file was fitted on other features than these; a bug in how the package was put together.
    """
    raw: Mapping[str, object] = json.loads((model_folder() / "combination.json").read_text("utf-8"))
    if raw["features"] != list(FEATURES):
        raise ValueError("models/combination.json does not fit this reader: run training/fit_combination.py")
    return Combination(
        np.asarray(raw["weights"], dtype=np.float64),
        np.asarray(raw["intercepts"], dtype=np.float64),
        float(str(raw["threshold"])),
    )
