"""5 Pure functions over a record: which judgements are in force, what positions the parties hold."""

from travaux.analysis.judgements import JudgedStatement, in_force, orphaned, standing
from travaux.analysis.positions import Position, positions_at

__all__ = ["JudgedStatement", "Position", "in_force", "orphaned", "positions_at", "standing"]
