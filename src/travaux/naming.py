"""What somebody names, as what the record knows: parties, options, days, verdicts."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path

from travaux.errors import RequestError, UnknownName
from travaux.model import Verdict


def title_of(folder: Path) -> str:
    """What a negotiation is called where nobody says: the folder's name, in words."""
    return folder.resolve().name.replace("-", " ").replace("_", " ").strip().capitalize()


def day_of(given: date | str | None) -> date | None:
    """A day from a date or from ``2025-08-18``; None stays None.

    Raises:
        RequestError: it is no date.
    """
    if not isinstance(given, str):
        return given
    try:
        return date.fromisoformat(given)
    except ValueError:
        raise RequestError(f"{given!r} is no date", remedy="write it as 2025-08-18") from None


DECISIONS = (Verdict.CONFIRM, Verdict.REJECT, Verdict.CORRECT, Verdict.UNSURE)
"""What a person may decide on a statement that is there."""


def verdict_of(given: Verdict | str) -> Verdict:
    """A decision on a statement from its word.

    Raises:
        RequestError: there is no such decision.
    """
    if given in DECISIONS:
        return Verdict(given)
    raise RequestError(f"no verdict {str(given)!r}", remedy=f"one of {', '.join(DECISIONS)}")


def id_of(named: str, known: Mapping[str, tuple[str, ...]], noun: str) -> str:
    """The id somebody means: an id, or any of the names it goes by, upper or lower case.

    Raises:
        UnknownName: nothing goes by that name, or several things do.
    """
    from travaux.agenda.problems import did_you_mean

    if named in known:
        return named
    wanted = named.strip().casefold()
    found = [one for one, names in known.items() if wanted in (name.casefold() for name in names)]
    if len(found) == 1:
        return found[0]
    if found:
        raise UnknownName(f"{noun} {named!r} may be any of {', '.join(found)}", remedy="use the id")
    raise UnknownName(f"no {noun} {named!r} in this record", remedy=did_you_mean(named, list(known)))
