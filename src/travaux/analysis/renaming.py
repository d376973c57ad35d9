"""Options that went by another id before: what was read and judged under it counts for the option as it is called now."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from travaux.model import Agenda, Judgement, Statement


def present_ids(agenda: Agenda) -> dict[str, str]:
    """The id each option goes by now, by every id it went by before (``was`` in agenda.yaml)."""
    return {before: option.id for option in agenda.options for before in option.was}


def renamed_statements(statements: Iterable[Statement], ids: Mapping[str, str]) -> list[Statement]:
    """Statements with their options under the present ids; a statement keeps its own id, which links refer to.

    Args:
        ids: as `present_ids` gives them.
    """
    return [replace(one, option=ids[one.option]) if one.option in ids else one for one in statements]


def renamed_judgements(judgements: Iterable[Judgement], ids: Mapping[str, str]) -> list[Judgement]:
    """Judgements with the option judged, and a corrected one, under the present ids; the stored rows stay as they are."""
    return [_renamed(one, ids) for one in judgements] if ids else list(judgements)


def _renamed(judgement: Judgement, ids: Mapping[str, str]) -> Judgement:
    corrections = tuple(
        (name, ids.get(value, value) if name == "option" and isinstance(value, str) else value)
        for name, value in judgement.corrections
    )
    return replace(judgement, option=ids.get(judgement.option, judgement.option), corrections=corrections)
