"""Which fields of a statement a person may correct, and to what."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from travaux.errors import RequestError
from travaux.model import Act, Stance, Via

Correction = tuple[str, str | bool | None]

WORDED: dict[str, type[StrEnum]] = {"stance": Stance, "act": Act, "via": Via}
NAMED = ("party", "option")
FREE = ("condition", "via_name", "speaker")

CORRECTABLE = ("party", "option", "stance", "act", "condition", "former", "via", "via_name", "speaker")
"""The fields a judgement may correct, in the order corrections are stored. Span and quote stay as they were read."""


def checked_corrections(corrections: Iterable[Correction]) -> tuple[Correction, ...]:
    """The corrections in the order of `CORRECTABLE`, with values of the right kind.

    Stance, act and via take the codebook's words; former takes True or False; party and option take ids (that they
    stand on the agenda is for the caller to check); condition, via_name and speaker take words or None.

    Raises:
        RequestError: a field that cannot be corrected, one given twice, or a value it cannot have.
    """
    given: dict[str, str | bool | None] = {}
    for name, value in corrections:
        if name not in CORRECTABLE:
            raise RequestError(f"{name!r} cannot be corrected", remedy=f"one of {', '.join(CORRECTABLE)}")
        if name in given:
            raise RequestError(f"two corrections of {name}", remedy="give one value for each field")
        given[name] = _checked_value(name, value)
    return tuple((name, given[name]) for name in CORRECTABLE if name in given)


def _checked_value(name: str, value: str | bool | None) -> str | bool | None:
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
