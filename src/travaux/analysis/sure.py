"""Which statements are sure enough to set against one another.

A statement that a reader only half believes may stand in a list, where somebody looks at its quote; a shift or a conflict
built on it would be one more claim that nobody made.
"""

from __future__ import annotations

from collections.abc import Iterable

from travaux.model import Statement

LEAST = 0.38
"""The confidence from which a statement counts. Chosen on the three development records, whose figures it flatters: at 0.35
four conflicts in nine are no more than a reading error, at 0.5 one true conflict in fourteen is lost. A reader says a
position from a lower confidence on, since in a list somebody looks at its quote."""


def sure_ones(statements: Iterable[Statement], least: float = LEAST) -> list[Statement]:
    """The statements whose reader gives no doubt, or a confidence of at least `least`."""
    return [one for one in statements if one.confidence is None or one.confidence >= least]
