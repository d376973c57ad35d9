"""What a repair could not save, as the record itself remembers it."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

LOST = "lost judgements"
"""Key in the record's small facts of the numbers of judgements that a repair could not read, as a JSON list."""


def lost_judgements(info: Mapping[str, str]) -> tuple[int, ...]:
    """The numbers of judgements that were lost to damage, by a record's small facts; empty where they say none."""
    try:
        found: Any = json.loads(info.get(LOST, "[]"))
    except ValueError:
        return ()
    return tuple(number for number in found if isinstance(number, int)) if isinstance(found, list) else ()
