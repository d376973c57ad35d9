"""Edits of the agenda: from the fields of an address that previews one or of the form that makes it, and those made."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from travaux.agenda.editing import AgendaEdit, MergedOptions, NewName, NewOption
from travaux.api import AGENDA_NAME
from travaux.errors import RequestError

if TYPE_CHECKING:
    from travaux.api import Record


def edit_of(field: Callable[[str], str]) -> AgendaEdit | None:
    """The edit of the agenda that fields name; None where they name none.

    Args:
        field: the text of a field, empty where there is none.
    """
    kind = field("edit")
    if kind == "option":
        words = tuple(word.strip() for word in field("words").split(",") if word.strip())
        return NewOption(field("issue"), field("says"), words, field("id"))
    if kind == "merge":
        return MergedOptions(field("gone"), field("kept"))
    if kind == "name":
        return NewName(field("party"), field("name"), field("person") or None)
    return None


def edits_made(record: Record) -> dict[str, Any]:
    """The edits made so far, the last first, and what taking the last one back would change, or why it cannot be."""
    logged = record.agenda_log()
    undone = {one.undoes: one.number for one in logged if one.undoes is not None}
    undo, kept = None, ""
    if any(one.undoes is None and one.number not in undone for one in logged):
        try:
            undo = record.preview_agenda_undo()
        except RequestError as error:
            kept = f"{AGENDA_NAME}: {error.message}"
    return {"logged": logged[::-1], "undo": undo, "kept": kept, "undone": undone}
