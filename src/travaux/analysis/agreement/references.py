"""Reference instruments: treaties, declarations and drafts coded on the same provisions, each cell with its article.

Those that ship are data files, ``references/KIND.yaml``; the user's own stand in ``references.yaml`` beside agenda.yaml, in
the same form, drafts of the agreement among them.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ConfigDict

from travaux.agenda.problems import did_you_mean
from travaux.agenda.schema import code_pairs
from travaux.agenda.source import Source, parse_source
from travaux.analysis.agreement.kinds import InstrumentKind, checked, fault, source_of
from travaux.errors import UnknownName

OWN_NAME = "references.yaml"
VERIFIED = {"V1": "seen in a copy of the text", "V2": "seen in a report on the text", "K": "unverified"}
"""What a confidence says: K is general knowledge that nobody has checked, and is shown as such."""

_CELL_KEYS = frozenset({"v", "art", "c", "q", "note"})
Code = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class ReferenceCell:
    """One provision of a reference instrument.

    Attributes:
        value: in words; code: the same as pairs, see `travaux.model.Provision`.
        article: where it stands; empty where the text itself was not seen.
        confidence: ``V1``, ``V2`` or ``K``, see `VERIFIED`.
        quote: a short phrase of the text; note: the coder's.
        aspects: codes of what is coded beside it, by aspect.
    """

    value: str
    code: Code
    article: str
    confidence: str
    quote: str = ""
    note: str = ""
    aspects: tuple[tuple[str, Code], ...] = ()

    @property
    def is_verified(self) -> bool:
        """Whether somebody has seen it in the text or in a report on it."""
        return self.confidence != "K"

    def code_of(self, aspect: str) -> Code:
        """The code of the whole, or of an aspect; empty where it is not coded."""
        return dict(self.aspects).get(aspect, ()) if aspect else self.code


@dataclass(frozen=True, slots=True)
class ReferenceInstrument:
    """A coded instrument; `cells` are by provision id, in the order of the kind."""

    id: str
    title: str
    date: str
    parties: str
    sources: tuple[str, ...]
    cells: tuple[tuple[str, ReferenceCell], ...]
    note: str = ""

    def cell(self, provision: str) -> ReferenceCell | None:
        """The cell of a provision, or None where the instrument is silent or was not coded."""
        return dict(self.cells).get(provision)


class _Instrument(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    id: str
    title: str
    date: str
    parties: str
    sources: tuple[str, ...]
    provisions: dict[str, dict[str, Any]]
    note: str = ""
    practice: str = ""


class _File(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)
    version: str
    kind: str
    instruments: tuple[_Instrument, ...]


def references_of(kind: InstrumentKind, folder: Path | None = None) -> tuple[ReferenceInstrument, ...]:
    """The reference instruments of a kind, the user's own first.

    Raises:
        AgendaError: the folder's references.yaml cannot be used; names file, line and remedy.
    """
    own = None if folder is None else folder / OWN_NAME
    found = parse_references(source_of(own), kind, own) if own is not None and own.is_file() else ()
    taken = {one.id for one in found}
    return (*found, *(one for one in _shipped(kind) if one.id not in taken))


def reference_named(named: str, references: tuple[ReferenceInstrument, ...]) -> ReferenceInstrument:
    """The reference of an id, or of the only id that begins so.

    Raises:
        UnknownName: there is none, or more than one.
    """
    wanted = named.casefold().replace("-", "_").replace(" ", "_")
    found = [one for one in references if one.id == wanted] or [one for one in references if one.id.startswith(wanted)]
    if len(found) == 1:
        return found[0]
    ids = tuple(one.id for one in references)
    remedy = f"one of {', '.join(one.id for one in found)}" if found else did_you_mean(named, ids)
    raise UnknownName(f"no reference instrument {named!r}", remedy=remedy or "there are none of this kind")


def _shipped(kind: InstrumentKind) -> tuple[ReferenceInstrument, ...]:
    return _read_shipped(kind.kind) if files(__package__).joinpath(f"references/{kind.kind}.yaml").is_file() else ()


@cache
def _read_shipped(name: str) -> tuple[ReferenceInstrument, ...]:
    from travaux.analysis.agreement.kinds import kind_of

    file = files(__package__).joinpath("references").joinpath(f"{name}.yaml")
    return parse_references(parse_source(file.read_text(encoding="utf-8")), kind_of(name), file.name)


def parse_references(source: Source, kind: InstrumentKind, path: Path | str) -> tuple[ReferenceInstrument, ...]:
    """Reference instruments from the data of their file; a file of another kind holds none of this one.

    Raises:
        AgendaError: what is wrong in it, with file, line and remedy.
    """
    file = checked(_File, source, path)
    if file.kind != kind.kind:
        return ()
    found = []
    for place, one in enumerate(file.instruments):
        cells = {}
        for name, given in one.provisions.items():
            loc = ("instruments", place, "provisions", name)
            known = kind.provision(name)
            if known is None or known[1]:
                remedy = did_you_mean(name, tuple(each.id for each in kind.provisions))
                raise fault(f"`{one.id}` codes an unknown provision `{name}`", source, loc, path, remedy)
            if "v" not in given or given.get("c") not in VERIFIED:
                told = f"`{one.id}`, `{name}`: expected `v` and a confidence `c`"
                raise fault(told, source, loc, path, f"c is one of {', '.join(VERIFIED)}")
            cells[known[0].id] = _cell(given)
        ordered = tuple((each.id, cells[each.id]) for each in kind.provisions if each.id in cells)
        note = " ".join(part for part in (one.note, one.practice) if part)
        found.append(ReferenceInstrument(one.id, one.title, one.date, one.parties, one.sources, ordered, note))
    return tuple(found)


def _cell(given: dict[str, Any]) -> ReferenceCell:
    code = code_pairs(given["v"])
    return ReferenceCell(
        value=in_words(code),
        code=code,
        article=given.get("art") or "",
        confidence=given["c"],
        quote=given.get("q") or "",
        note=given.get("note") or "",
        aspects=tuple((key, code_pairs(value)) for key, value in given.items() if key not in _CELL_KEYS),
    )


def in_words(code: Code) -> str:
    """A code as people read it: ``armed attack``, ``land, sea, air``, ``years 10, renewable``."""
    return ", ".join(_pair_in_words(key, value) for key, value in code)


def _pair_in_words(key: str, value: str) -> str:
    plain = value[2:] if value[:1].isdigit() and value[1:2] == "_" else value
    told = plain.replace("_", " ")
    if not key:
        return told
    named = key.replace("_", " ")
    return named if value == "true" else f"{named} {told}"
