"""What a position is called where a tool has room for one label: party, option and stance.

The label is ``party | option | stance``. Ids on an agenda hold no such strokes, and a name typed by hand in the other tool is
looked up on the agenda.
"""

from __future__ import annotations

from travaux.model import Agenda, Stance, Statement

JOINED = " | "


def label_of(statement: Statement) -> str:
    """The label of a statement."""
    return JOINED.join((statement.party, statement.option, str(statement.stance)))


def position_in(label: str) -> dict[str, str]:
    """Party, option and stance of a label; empty where it is none."""
    parts = [part.strip() for part in label.split(JOINED.strip())]
    if len(parts) != 3 or not all(parts):
        return {}
    return dict(zip(("party", "option", "stance"), parts, strict=True))


def labels_of(agenda: Agenda | None) -> list[str]:
    """Every label an agenda allows, in its order."""
    if agenda is None:
        return []
    return [
        JOINED.join((party.id, option.id, str(stance)))
        for party in agenda.parties
        for option in agenda.options
        for stance in Stance
    ]
