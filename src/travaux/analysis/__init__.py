"""5 Pure functions over a record: which judgements are in force, what positions the parties hold, what waits for a look."""

from travaux.analysis.added import added_statements
from travaux.analysis.hearsay import Distance, distance_of
from travaux.analysis.judgements import JudgedStatement, in_effect, in_force, orphaned, standing
from travaux.analysis.positions import Position, positions_at
from travaux.analysis.readers import Agreement, Disagreement, compare_readers, disagreements, over_readers
from travaux.analysis.renaming import present_ids, renamed_judgements, renamed_statements

__all__ = [
    "Agreement",
    "Disagreement",
    "Distance",
    "JudgedStatement",
    "Position",
    "added_statements",
    "compare_readers",
    "disagreements",
    "distance_of",
    "in_effect",
    "in_force",
    "orphaned",
    "over_readers",
    "positions_at",
    "present_ids",
    "renamed_judgements",
    "renamed_statements",
    "standing",
]
