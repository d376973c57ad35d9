"""5 Pure functions over a record: which judgements are in force, what positions the parties hold."""

from travaux.analysis.hearsay import Distance, distance_of
from travaux.analysis.judgements import JudgedStatement, in_force, orphaned, standing
from travaux.analysis.positions import Position, positions_at
from travaux.analysis.readers import Agreement, Disagreement, compare_readers, disagreements, over_readers

__all__ = [
    "Agreement",
    "Disagreement",
    "Distance",
    "JudgedStatement",
    "Position",
    "compare_readers",
    "disagreements",
    "distance_of",
    "in_force",
    "orphaned",
    "over_readers",
    "positions_at",
    "standing",
]
