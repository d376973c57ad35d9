"""Kinds of instrument: which provisions an agreement of that kind has, what each may hold, and what is stronger.

The kinds that ship are data files beside this module, ``kinds/*.yaml``; one of the user's own is ``KIND.yaml`` beside
agenda.yaml, in the same form.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Any, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from travaux.agenda.problems import did_you_mean
from travaux.agenda.source import Loc, Source, SourceError, parse_source, read_source
from travaux.errors import AgendaError

DEFAULT_KIND = "security-guarantee"
FREE_VALUES = frozenset({"party ids", "bodies"})
"""What stands in a file's `values` where a code is a name rather than a word of the file."""
AMOUNTS = frozenset({"number", "text", "bool", "party", "body"})
"""What an aspect or a key of a quantity may hold where its values are not listed."""

Entry = TypeVar("Entry", bound=BaseModel)


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


def _listed(value: object) -> object:
    """A mapping of values to explanations stands for the list of its keys."""
    return list(value) if isinstance(value, dict) else value


class ProvisionKind(_Form):
    """One provision of a kind of instrument; the fields are explained in ``kinds/security-guarantee.yaml``."""

    id: str
    group: str
    asks: str
    type: Literal["enum", "list", "ordinal", "quantity", "text"]
    definition: str
    names: tuple[str, ...] = ()
    values: Annotated[tuple[str, ...], BeforeValidator(_listed)] = ()
    also: dict[str, str | tuple[str, ...]] = {}
    order: tuple[str, ...] = ()
    stronger: Literal["more", "fewer"] | dict[str, Literal["more", "fewer"]] | None = None
    note: str = ""
    atop: str = ""

    def words(self, aspect: str = "") -> tuple[str, ...]:
        """The values a code of it, or of an aspect of it, may have; empty where it is free."""
        values = self.also.get(aspect, ()) if aspect else self.values
        if isinstance(values, str) or FREE_VALUES & set(values):
            return ()
        return values

    @property
    def ranks(self) -> tuple[str, ...]:
        """Its values from weak to strong; empty where none is stronger than another."""
        return self.values if self.type == "ordinal" else self.order


class InstrumentKind(_Form):
    """A kind of instrument.

    Attributes:
        sources: where the choice of provisions comes from.
        groups: id and heading of the groups, in order.
    """

    version: str
    kind: str
    title: str
    sources: tuple[str, ...]
    groups: dict[str, str]
    provisions: tuple[ProvisionKind, ...]

    def provision(self, name: str) -> tuple[ProvisionKind, str] | None:
        """What an agenda means by a name: a provision and the aspect of it (empty for the whole), or None."""
        for one in self.provisions:
            if name == one.id or name in one.names:
                return one, ""
        aspects = [(one, name) for one in self.provisions if name in one.also]
        return aspects[0] if len(aspects) == 1 else None

    @property
    def known_names(self) -> tuple[str, ...]:
        """All names an agenda may use, ids first."""
        names = [one.id for one in self.provisions]
        names += [name for one in self.provisions for name in (*one.names, *one.also)]
        return tuple(name for place, name in enumerate(names) if name not in names[:place] and self.provision(name))


def kind_names() -> tuple[str, ...]:
    """The kinds that ship."""
    return tuple(sorted(file.name.removesuffix(".yaml") for file in files(__package__).joinpath("kinds").iterdir()))


def kind_of(name: str, folder: Path | None = None) -> InstrumentKind:
    """The kind of that name: ``NAME.yaml`` in a folder where it is there, else the one that ships; empty for the default.

    Raises:
        AgendaError: there is none, or the folder's file is no kind; names file, line and remedy.
    """
    wanted = name or DEFAULT_KIND
    own = None if folder is None else folder / f"{wanted}.yaml"
    if own is not None and own.name == f"{wanted}.yaml" and own.is_file():
        return parse_kind(source_of(own), own)
    if wanted in kind_names():
        return _shipped(wanted)
    remedy = f"{did_you_mean(wanted, kind_names())}, or write {wanted}.yaml beside agenda.yaml".lstrip(", ")
    raise AgendaError(f"no kind of instrument `{wanted}`", remedy=remedy, path=folder and folder / "agenda.yaml")


@cache
def _shipped(name: str) -> InstrumentKind:
    file = files(__package__).joinpath("kinds").joinpath(f"{name}.yaml")
    return parse_kind(parse_source(file.read_text(encoding="utf-8")), file.name)


def parse_kind(source: Source, path: Path | str) -> InstrumentKind:
    """A kind from the data of its file.

    Raises:
        AgendaError: what is wrong in it, with file, line and remedy.
    """
    kind = checked(InstrumentKind, source, path)
    ids: dict[str, int] = {}
    for place, one in enumerate(kind.provisions):
        loc: Loc = ("provisions", place)
        for name in (one.id, *one.names):
            if ids.setdefault(name, place) != place:
                told = f"provision `{one.id}`: the name `{name}` is taken by `{kind.provisions[ids[name]].id}`"
                raise fault(told, source, loc, path, "give one of them another")
        if one.group not in kind.groups:
            remedy = did_you_mean(one.group, tuple(kind.groups))
            raise fault(
                f"provision `{one.id}` names an unknown group `{one.group}`", source, (*loc, "group"), path, remedy
            )
        _check_order(one, source, loc, path)
    return kind


def _check_order(one: ProvisionKind, source: Source, loc: Loc, path: Path | str) -> None:
    for name in one.order:
        if name not in one.values:
            told = f"provision `{one.id}`: `order` names `{name}`, which is none of its values"
            raise fault(told, source, (*loc, "order"), path, did_you_mean(name, one.values))
    if one.order and one.type != "enum":
        raise fault(
            f"provision `{one.id}`: only an enum has an `order`", source, (*loc, "order"), path, "use `stronger`"
        )
    fits = {"list": str, "quantity": dict}.get(one.type)
    if one.stronger is not None and (fits is None or not isinstance(one.stronger, fits)):
        remedy = "`more` or `fewer` for a list, `{key: more}` for a quantity, nothing for the rest"
        raise fault(f"provision `{one.id}`: `stronger` does not fit its type", source, (*loc, "stronger"), path, remedy)
    for aspect, values in one.also.items():
        if isinstance(values, str) and values not in AMOUNTS:
            told = f"provision `{one.id}`: aspect `{aspect}` has values `{values}`"
            raise fault(told, source, (*loc, "also", aspect), path, f"a list, or one of {', '.join(sorted(AMOUNTS))}")


# ----------------------------------------------------------------------------------------------- files of the analyst


def source_of(path: Path) -> Source:
    """The data of a YAML file with its lines.

    Raises:
        AgendaError: it cannot be read, with file, line and remedy.
    """
    try:
        source = parse_source(read_source(path))
    except SourceError as error:
        first = error.faults[0]
        raise AgendaError(first.message, remedy=first.remedy, path=path, line=first.line) from None
    for first in source.faults:
        raise AgendaError(first.message, remedy=first.remedy, path=path, line=first.line)
    return source


def checked(form: type[Entry], source: Source, path: Path | str) -> Entry:
    """The data of a file in a form.

    Raises:
        AgendaError: the first thing wrong in it, with file, line and remedy.
    """
    try:
        return form.model_validate(source.data if source.data is not None else {})
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        loc = tuple(part for part in first["loc"] if isinstance(part, (str, int)))
        raise fault(_told(first, loc), source, loc, path, _remedy(first, loc, form)) from None


def fault(message: str, source: Source, loc: Loc, path: Path | str, remedy: str = "") -> AgendaError:
    """An error at a place of a file."""
    return AgendaError(message, remedy=remedy, path=path, line=source.line(loc))


def _told(found: Mapping[str, Any], loc: Sequence[str | int]) -> str:
    place = ".".join(str(part) for part in loc) or "the file"
    if found["type"] == "missing":
        return f"`{place}` is missing"
    if found["type"] == "extra_forbidden":
        return f"there is no key `{place}`"
    return f"`{place}`: {found.get('ctx', {}).get('error', found['msg'])}"


def _remedy(found: Mapping[str, Any], loc: Sequence[str | int], form: type[BaseModel]) -> str:
    if found["type"] == "extra_forbidden" and len(loc) == 1:
        return did_you_mean(str(loc[0]), tuple(form.model_fields))
    return "add it" if found["type"] == "missing" else ""
