"""Stances of pairs of party and option: which one several passages come to, and how well they are found."""

from __future__ import annotations

from collections import Counter
from collections.abc import Hashable, Iterable
from typing import TypeVar

from travaux.reading.table_model import STANCES

Pair = TypeVar("Pair", bound=Hashable)


def last_held(told: Iterable[tuple[Pair, str, bool]]) -> dict[Pair, str]:
    """The stance of each pair: the last one still held, else the last one.

    Args:
        told: pair, stance, and whether it is told as no longer held, in the order of the text.
    """
    return {pair: stance for pair, stance, _ in sorted(told, key=lambda each: not each[2])}


def in_all(table: Counter[tuple[str, str]], side: int, stance: str) -> int:
    """How many pairs have a stance by the labels (side 0) or as found (side 1)."""
    return sum(count for pair, count in table.items() if pair[side] == stance)


def f1_by_stance(table: Counter[tuple[str, str]]) -> dict[str, float]:
    """F1 of none, for, against and open, from how often each stance by the labels was found as which."""
    return {s: 2 * table[s, s] / max(1, in_all(table, 0, s) + in_all(table, 1, s)) for s in STANCES}
