"""A gold record's ``checks.yaml``: what a careful reader expects across the reports, as the codebook lays it out."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path

from travaux.agenda.source import Plain, SourceError, parse_source, read_source
from travaux.errors import EvaluationError

KINDS = ("flags", "families", "shifts", "conflicts", "meetings", "incidents")

Entry = dict[str, Plain]


@dataclass(frozen=True, slots=True)
class Checks:
    """Everything expected, as the file gives it; the codebook says what each entry holds.

    Attributes:
        families: each the file names of its reports.
    """

    flags: tuple[Entry, ...] = ()
    families: tuple[tuple[str, ...], ...] = ()
    shifts: tuple[Entry, ...] = ()
    conflicts: tuple[Entry, ...] = ()
    meetings: tuple[Entry, ...] = ()
    incidents: tuple[Entry, ...] = ()
    given: frozenset[str] = field(default_factory=frozenset)
    """Kinds the file speaks of: one that is given and empty says that nothing of its kind is to be found."""


def read_checks(gold: Path) -> Checks:
    """What a gold record's ``checks.yaml`` expects; nothing is given where it has none.

    Raises:
        EvaluationError: the file cannot be used; names it and the line.
    """
    path = gold / "checks.yaml"
    if not path.exists():
        return Checks()
    try:
        data = parse_source(read_source(path)).data
    except SourceError as error:
        raise EvaluationError(error.faults[0].message, path=path, line=error.faults[0].line) from None
    groups = data if isinstance(data, dict) else {}
    found = {kind: items for kind in KINDS if isinstance(items := groups.get(kind), list)}
    entries = {
        kind: tuple(item for item in items if isinstance(item, dict))
        for kind, items in found.items()
        if kind != "families"
    }
    families = tuple(tuple(str(name) for name in item) for item in found.get("families", []) if isinstance(item, list))
    return Checks(families=families, given=frozenset(found), **entries)
