"""Which fields of a statement a person may correct, and to what."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from travaux.errors import RequestError
from travaux.model import Act, FieldValue, Stance, Via

Correction = tuple[str, FieldValue]

WORDED: dict[str, type[StrEnum]] = {"stance": Stance, "act": Act, "via": Via}
NAMED = ("party", "option")
FREE = ("condition", "via_name", "speaker")
SPAN = ("start", "end", "quote")

CORRECTABLE = ("party", "option", "stance", "act", "condition", "former", "via", "via_name", "speaker", *SPAN)
"""The fields a judgement may correct, in the order corrections are stored. The three of the span go together."""

ADDED = ("act", "former", "via")
"""What an added statement must say besides what every judgement names; condition, via_name and speaker may be given too."""


def checked_corrections(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections in the order of `CORRECTABLE`, with values of the right kind.

    Stance, act and via take the codebook's words; former takes True or False; party and option take ids (that they
    stand on the agenda is for the caller to check); condition, via_name and speaker take words or None; start, end and
    quote come together (that the quote is the text there is for the store to check).

    Raises:
        RequestError: a field that cannot be corrected, one given twice, or a value it cannot have.
    """
    given: dict[str, FieldValue] = {}
    for name, value in corrections:
        if name not in CORRECTABLE:
            raise RequestError(f"{name!r} cannot be corrected", remedy=f"one of {', '.join(CORRECTABLE)}")
        if name in given:
            raise RequestError(f"two corrections of {name}", remedy="give one value for each field")
        given[name] = _checked_value(name, value)
    if 0 < len(given.keys() & set(SPAN)) < len(SPAN):
        raise RequestError("start, end and quote are corrected together", remedy="give all three")
    return tuple((name, given[name]) for name in CORRECTABLE if name in given)


def checked_addition(fields: Iterable[Correction]) -> tuple[Correction, ...]:
    """The fields of an added statement besides what its judgement names, as `checked_corrections` has them.

    Raises:
        RequestError: act, former or via is missing, or there is one too many; what `checked_corrections` refuses.
    """
    checked = checked_corrections(fields)
    names = {name for name, _ in checked}
    missing = [name for name in ADDED if name not in names]
    if missing:
        raise RequestError(f"an added statement lacks its {missing[0]}", remedy="say what the words say")
    if names - {*ADDED, *FREE}:
        told = sorted(names - {*ADDED, *FREE})[0]
        raise RequestError(f"{told} is given twice", remedy="the statement itself names it")
    return checked


def _checked_value(name: str, value: FieldValue) -> FieldValue:
    if name in ("start", "end"):
        if isinstance(value, int) and not isinstance(value, bool) and value >= 0:
            return value
        raise RequestError(f"{name} cannot be {value!r}", remedy="a place in the report's text, in characters from 0")
    if name == "former":
        if isinstance(value, bool):
            return value
        raise RequestError(f"former cannot be {value!r}", remedy="true or false")
    if name in WORDED:
        words = [str(word) for word in WORDED[name]]
        if isinstance(value, str) and value in words:
            return str(value)
        raise RequestError(f"{name} cannot be {value!r}", remedy=f"one of {', '.join(words)}")
    if isinstance(value, str) and value.strip():
        return value
    if value is None and name in FREE:
        return None
    raise RequestError(f"{name} cannot be {value!r}", remedy="give words" + (" or nothing" if name in FREE else ""))
