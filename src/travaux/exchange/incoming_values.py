"""Values of a file from elsewhere, taken only where they are of the kind they must be."""

from __future__ import annotations

from datetime import UTC, datetime

from travaux.model import Verdict

STAMPED = {
    "confirmed": Verdict.CONFIRM,
    "rejected": Verdict.REJECT,
    "corrected": Verdict.CORRECT,
    "left unsure": Verdict.UNSURE,
    "added": Verdict.ADD,
}
"""How `JudgedStatement.reason` begins, by what was decided."""


def moment(at: str) -> datetime:
    """The time that an ISO 8601 text names; one without an offset is in UTC.

    Raises:
        ValueError: it names none.
    """
    found = datetime.fromisoformat(at)
    return found if found.tzinfo else found.replace(tzinfo=UTC)


def words_of(value: object) -> str:
    """A text.

    Raises:
        TypeError: it is none.
    """
    if isinstance(value, str):
        return value
    raise TypeError(f"no text: {value!r}")


def place_of(value: object) -> int | None:
    """A place in a text, or None.

    Raises:
        TypeError: it is none.
    """
    if value is None or (isinstance(value, int) and not isinstance(value, bool)):
        return value
    raise TypeError(f"no place in a text: {value!r}")


def confidence_of(value: object) -> float | None:
    """How sure a reader is, or None.

    Raises:
        TypeError: it is no number.
    """
    if value is None or (isinstance(value, int | float) and not isinstance(value, bool)):
        return value
    raise TypeError(f"no confidence: {value!r}")


def stamped_verdict(stamp: str) -> Verdict | None:
    """The decision that a file says was in force on a statement when it was written, from `JudgedStatement.reason`."""
    return next((verdict for word, verdict in STAMPED.items() if stamp.startswith(word)), None)
