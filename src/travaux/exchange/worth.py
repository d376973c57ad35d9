"""Families and flags as rows, for listings."""

from __future__ import annotations

from collections.abc import Sequence

from travaux.exchange.rows import Row
from travaux.model import Family, Flag, Kinship

FLAGS = ("id", "report", "kind", "quote", "start", "end", "says")
"""Columns of `flag_row`."""
FAMILIES = ("id", "reports", "verdict", "original", "says", "links")
"""Columns of `family_row`."""


def flag_row(flag: Flag) -> Row:
    """A reason to trust a report less; quote, start and end are empty where something is missing as a whole."""
    has_words = flag.end > flag.start
    return {
        "id": flag.id,
        "report": flag.report,
        "kind": str(flag.kind),
        "quote": flag.quote or None,
        "start": flag.start if has_words else None,
        "end": flag.end if has_words else None,
        "says": flag.says,
    }


def family_row(family: Family) -> Row:
    """Reports that derive from one text, with every link and the places of what is shared, in code points."""
    return {
        "id": family.id,
        "reports": list(family.reports),
        "verdict": verdict_of(family),
        "original": family.original,
        "says": family.says,
        "links": [
            {
                "first": link.first,
                "second": link.second,
                "verdict": str(link.kinship),
                "containment": link.containment,
                "likeness": link.likeness,
                "says": link.says,
                "passages": [
                    {
                        "start": passage.start,
                        "end": passage.end,
                        "other_start": passage.other_start,
                        "other_end": passage.other_end,
                    }
                    for passage in link.passages
                ],
            }
            for link in family.links
        ],
    }


def verdict_of(family: Family) -> str:
    """What holds a family together: ``copy shown`` only where every link shows a copy."""
    kinships: Sequence[Kinship] = sorted({link.kinship for link in family.links}, key=list(Kinship).index)
    return str(kinships[-1]) if kinships else str(Kinship.NONE)
