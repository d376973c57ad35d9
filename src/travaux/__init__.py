"""Travaux keeps the record of a negotiation from what is published about it.

::

    import travaux

    record = travaux.build("examples/example-guarantees", "build/demo")
    for position in record.positions(party="russia"):
        print(position.option, position.stances, position.reports)
    record.statements(party="Russia", option="nato-membership")[0].quote

Nothing heavy is imported before it is used: the names below are loaded on first access.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.first_access import on_first_access
from travaux.version import __version__

if TYPE_CHECKING:
    from travaux.api import Record
    from travaux.building import build
    from travaux.errors import TravauxError
    from travaux.model import Act, Agenda, Report, Said, Stance, Statement, Verdict, Via
    from travaux.outcomes import AddOutcome, Failure, ReadOutcome, UpdateOutcome

__all__ = [
    # the verbs
    "build",
    "Record",
    "AddOutcome",
    "ReadOutcome",
    "UpdateOutcome",
    "Failure",
    # the nouns
    "Agenda",
    "Report",
    "Statement",
    "Said",
    "Stance",
    "Act",
    "Via",
    "Verdict",
    # what may go wrong
    "TravauxError",
    "__version__",
]

__getattr__, __dir__ = on_first_access(
    __name__,
    {
        "travaux.building": ("build",),
        "travaux.api": ("Record",),
        "travaux.outcomes": ("AddOutcome", "ReadOutcome", "UpdateOutcome", "Failure"),
        "travaux.model": ("Agenda", "Report", "Statement", "Said", "Stance", "Act", "Via", "Verdict"),
        "travaux.errors": ("TravauxError",),
    },
)
