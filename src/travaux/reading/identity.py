"""Ids of happenings and facts: hashes of all that is told, so that the same reading gives the same ids."""

from __future__ import annotations

from dataclasses import replace

from travaux.happening import Fact, Figure, Happening
from travaux.model import content_id


def happening_id(one: Happening) -> str:
    """The id that a happening's content gives."""
    figures = [part for figure in one.figures for part in (figure.counted, figure.words)]
    return content_id(
        "happening", one.reader, one.report_id, one.start, one.end, one.kind, one.what, one.form, one.status, one.place,
        one.day, one.when, one.claimed_by, one.denied, len(one.participants), *one.participants, len(one.parties),
        *one.parties, *figures,
    )  # fmt: skip


def fact_id(one: Fact) -> str:
    """The id that a fact's content gives."""
    return content_id(
        "fact", one.reader, one.report_id, one.start, one.end, one.kind, one.subject, one.value, one.day, one.former,
        _worded(one.figure), *one.qualities,
    )  # fmt: skip


def identified_happening(one: Happening) -> Happening:
    """The same happening with the id of its content."""
    return replace(one, id=happening_id(one))


def identified_fact(one: Fact) -> Fact:
    """The same fact with the id of its content."""
    return replace(one, id=fact_id(one))


def _worded(figure: Figure | None) -> str | None:
    return None if figure is None else figure.words
