"""Which statements are sure enough to set against one another.

A statement that a reader only half believes may stand in a list, where somebody looks at its quote; a shift or a conflict
built on it would be one more claim that nobody made.
"""

from __future__ import annotations

from collections.abc import Iterable

from travaux.model import Statement

LEAST_SHOWN, LEAST_WEIGHED = 0.25, 0.52
"""The confidence from which a statement counts: where the words that made its stance are known, and where only the whole
sentence was weighed. Chosen on the three development records, whose figures it flatters: with 0.5 for the second, nine conflicts
in thirteen are true and ten of fourteen found; with these, nine in twelve and ten. A reader says a position from another
confidence on, since in a list somebody looks at its quote. Shifts on 21 records come to F1 0.29 with these, and with one
confidence for both to 0.23 (from 0.2), 0.31 (0.4) or 0.10 (0.8): what is missed is nearly always not read at all."""


def sure_ones(statements: Iterable[Statement]) -> list[Statement]:
    """The statements whose reader gives no doubt, or a confidence that is enough for how it came to the stance."""
    return [one for one in statements if one.confidence is None or one.confidence >= least_for(one)]


def least_for(statement: Statement) -> float:
    """The confidence from which a statement counts."""
    shown = any(reason.step == "stance" and reason.start is not None for reason in statement.reasons)
    return LEAST_SHOWN if shown else LEAST_WEIGHED
