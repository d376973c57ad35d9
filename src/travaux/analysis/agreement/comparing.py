"""A term sheet beside a reference instrument: stronger, equal, weaker or silent, by the order its kind gives."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from math import inf

from travaux.analysis.agreement.kinds import ProvisionKind
from travaux.analysis.agreement.provisions import Term, TermSheet, Wording
from travaux.analysis.agreement.references import Code, ReferenceCell, ReferenceInstrument


class Strength(StrEnum):
    """How a wording on the table stands to a reference.

    ``differs``: the kind draws no order between the two, or each is stronger in something. ``not-coded``: one of them is
    in free words only. ``silent-here`` and ``silent-there`` are what the other does not speak to.
    """

    STRONGER = "stronger"
    EQUAL = "equal"
    WEAKER = "weaker"
    DIFFERS = "differs"
    NOT_CODED = "not-coded"
    SILENT_HERE = "silent-here"
    SILENT_THERE = "silent-there"


@dataclass(frozen=True, slots=True)
class Compared:
    """One provision beside a reference; `wording` is None where nothing is on the table, `cell` where the reference is silent."""

    term: Term
    wording: Wording | None
    cell: ReferenceCell | None
    strength: Strength
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Nearest:
    """A reference and how near it comes: ids of the provisions in which both say the same, and of all that both code."""

    reference: ReferenceInstrument
    same: tuple[str, ...]
    compared: tuple[str, ...]


def compared(sheet: TermSheet, reference: ReferenceInstrument) -> list[Compared]:
    """The term sheet beside a reference, provision by provision; what neither speaks to is left out."""
    found = []
    for term in sheet.terms:
        cell = reference.cell(term.provision.id)
        live = [one for one in term.wordings if one.is_live]
        if not live and cell is not None:
            found.append(Compared(term, None, cell, Strength.SILENT_HERE))
        for wording in live:
            code = () if cell is None else cell.code_of(wording.aspect)
            if cell is None or (wording.aspect and not code):
                found.append(Compared(term, wording, cell, Strength.SILENT_THERE))
                continue
            strength, reason = compare_codes(term.provision, wording.aspect, wording.code, code)
            found.append(Compared(term, wording, cell, strength, reason))
    return found


def nearest(sheet: TermSheet, references: Iterable[ReferenceInstrument]) -> list[Nearest]:
    """References in the order of their nearness.

    Nearness counts provisions that say the same; of equals, the one with fewer that do not is nearer. It weighs nothing:
    a reader sees which provisions they are.
    """
    found = []
    for reference in references:
        rows = [one for one in compared(sheet, reference) if one.wording is not None and one.cell is not None]
        rows = [one for one in rows if one.strength not in (Strength.NOT_CODED, Strength.SILENT_THERE)]
        same = tuple(dict.fromkeys(one.term.provision.id for one in rows if one.strength is Strength.EQUAL))
        both = tuple(dict.fromkeys(one.term.provision.id for one in rows))
        found.append(Nearest(reference, same, both))
    return sorted(found, key=lambda one: (-len(one.same), len(one.compared), one.reference.id))


def compare_codes(provision: ProvisionKind, aspect: str, ours: Code, theirs: Code) -> tuple[Strength, str]:
    """How one code stands to another by the provision's own order, and why.

    Args:
        aspect: where it is about an aspect; aspects have no order, but of a list the larger one holds more.
    """
    if not ours:
        return Strength.NOT_CODED, "the term on the table has no `code` in agenda.yaml"
    if sorted(ours) == sorted(theirs):
        return Strength.EQUAL, ""
    if provision.type == "quantity" and not aspect:
        return _quantities(provision, ours, theirs)
    words = provision.words(aspect)
    if not words or any(value not in words for _, value in (*ours, *theirs)):
        return Strength.NOT_CODED, "free words have no order"
    if provision.type == "list" or aspect:
        return _lists(provision, aspect, {value for _, value in ours}, {value for _, value in theirs})
    mine, other = ours[0][1], theirs[0][1]
    ranks = provision.ranks
    if mine in ranks and other in ranks:
        return _than(ranks.index(mine), ranks.index(other)), provision.note
    return Strength.DIFFERS, "no order is drawn between the two"


def _than(mine: float, other: float) -> Strength:
    return Strength.EQUAL if mine == other else Strength.STRONGER if mine > other else Strength.WEAKER


def _lists(provision: ProvisionKind, aspect: str, ours: set[str], theirs: set[str]) -> tuple[Strength, str]:
    more = "more" if aspect else provision.stronger
    # An entry `none` says that there is nothing, which holds less than anything.
    ours, theirs = ours - {"none"}, theirs - {"none"}
    if more not in ("more", "fewer") or not (ours < theirs or ours > theirs):
        lacking = ", ".join(sorted(theirs - ours)).replace("_", " ")
        added = ", ".join(sorted(ours - theirs)).replace("_", " ")
        parts = [f"only here: {added}" if added else "", f"only there: {lacking}" if lacking else ""]
        return Strength.DIFFERS, "; ".join(part for part in parts if part)
    larger = ours > theirs
    rest = ", ".join(sorted(ours ^ theirs)).replace("_", " ")
    told = f"{'only here' if larger else 'only there'}: {rest}"
    return (Strength.STRONGER if larger is (more == "more") else Strength.WEAKER), told


def _quantities(provision: ProvisionKind, ours: Code, theirs: Code) -> tuple[Strength, str]:
    directions = provision.stronger if isinstance(provision.stronger, dict) else {}
    mine, other = _measures(ours), _measures(theirs)
    shared = [key for key in directions if key in mine and key in other]
    if not shared:
        return Strength.NOT_CODED, "they share no figure that has an order"
    found = {
        _than(mine[key], other[key]) if directions[key] == "more" else _than(other[key], mine[key]) for key in shared
    }
    told = ", ".join(key.replace("_", " ") for key in shared)
    if found == {Strength.EQUAL}:
        rest = set(mine) ^ set(other)
        return (Strength.DIFFERS if rest else Strength.EQUAL), told
    found.discard(Strength.EQUAL)
    return (found.pop(), told) if len(found) == 1 else (Strength.DIFFERS, f"each is stronger in something: {told}")


def _measures(code: Sequence[tuple[str, str]]) -> Mapping[str, float]:
    """The figures of a code by key; an indefinite term is longer than any number of years."""
    found: dict[str, float] = {}
    for key, value in code:
        if value in ("true", "false"):
            found[key] = float(value == "true")
            continue
        try:
            found[key] = float(value)
        except ValueError:
            if value == "indefinite":
                found["years"] = inf
    if found.get("indefinite"):
        found["years"] = inf
    return found
