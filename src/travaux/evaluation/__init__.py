"""Score a record against a gold record, kind by kind.

1. statements   who is for or against what: positions, and what is said of each (`statements.py`)
2. checks       what is expected across the reports: flags, families, shifts, conflicts, meetings, incidents (`checks.py`),
                each kind measured by a module of its own, which `measures.py` lists
"""

from travaux.evaluation.counting import Measured
from travaux.evaluation.measures import Found, measured
from travaux.evaluation.statements import (
    Difference,
    GoldProblem,
    Measure,
    Score,
    check_gold,
    count_differences,
    explain,
    read_statements,
    require_sound_gold,
    score,
)

__all__ = [
    "Difference",
    "Found",
    "GoldProblem",
    "Measure",
    "Measured",
    "Score",
    "check_gold",
    "count_differences",
    "explain",
    "measured",
    "read_statements",
    "require_sound_gold",
    "score",
]
