"""Edits of the agenda, from the fields of an address that previews one or of the form that makes it."""

from __future__ import annotations

from collections.abc import Callable

from travaux.agenda.editing import AgendaEdit, MergedOptions, NewName, NewOption


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
