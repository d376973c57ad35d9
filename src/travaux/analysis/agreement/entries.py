"""What an analyst enters by hand: ``terms.yaml`` beside agenda.yaml, signed and dated, and never written by Travaux.

::

    terms:                                  # a value that no option of the agenda carries
      - {provision: duration, value: fifteen years, code: {years: 15}, status: proposed-only, parties: [united-states],
         by: A. Name, on: 2025-12-20, report: 10-berlin-questions.txt, quote: "…"}
    conditions:                             # which options a party's condition means
      - {party: ukraine, option: nato-membership, needs: [article5-like], by: A. Name, on: 2025-12-20}
    weights:                                # how much an option matters to a party, in the analyst's own numbers
      - {party: ukraine, by: A. Name, on: 2025-12-20, options: {article5-like: 5, european-force: 2}}

Of two entries on the same thing the later one counts. A quote must stand in the report it names.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from travaux.agenda.problems import did_you_mean
from travaux.agenda.schema import Code, Day, Text, Texts
from travaux.agenda.source import Loc, Source
from travaux.analysis.agreement.conditions import Linking
from travaux.analysis.agreement.kinds import InstrumentKind, checked, fault, source_of
from travaux.model import Agenda, DateBasis, PartialDate

ENTRIES_NAME = "terms.yaml"


@dataclass(frozen=True, slots=True)
class TermEntry:
    """A value of a provision that an analyst signs for.

    Attributes:
        status: as the analyst sees it, a word of `TermStatus`.
        parties: ids of those who stand for it.
        report, quote: what it rests on, where the analyst says so; checked against the report.
    """

    provision: str
    aspect: str
    value: str
    code: tuple[tuple[str, str], ...]
    status: str
    parties: tuple[str, ...]
    by: str
    on: str
    note: str = ""
    report: str = ""
    quote: str = ""

    @property
    def signature(self) -> str:
        """``entered by A. Name on 2025-12-20``."""
        return f"entered by {self.by} on {self.on}"


@dataclass(frozen=True, slots=True)
class Entries:
    """All that an analyst entered; `weights` are by party and option."""

    terms: tuple[TermEntry, ...] = ()
    linkings: tuple[Linking, ...] = ()
    weights: Mapping[tuple[str, str], float] = field(default_factory=dict)
    weighed_by: str = ""

    def at(self, as_of: date | None) -> Entries:
        """Those signed by a day; all of them for None."""
        if as_of is None:
            return self
        return Entries(
            tuple(one for one in self.terms if _day(one.on) <= as_of),
            tuple(one for one in self.linkings if _day(one.on) <= as_of),
            self.weights,
            self.weighed_by,
        )


class _Form(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class _Term(_Form):
    provision: Text
    value: Text
    code: Code = ()
    status: Literal[
        "agreed", "accepted-by-some", "conditional", "contested", "proposed-only", "withdrawn", "excluded"
    ] = "proposed-only"
    parties: Texts = []
    by: Text
    on: Day
    note: str = ""
    report: str = ""
    quote: str = ""


class _Condition(_Form):
    party: Text
    option: Text
    needs: Texts = []
    by: Text
    on: Day


class _Weights(_Form):
    party: Text
    by: Text
    on: Day
    options: dict[str, Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]]


def _no_entries(value: object) -> object:
    return [] if value is None else value


class _File(_Form):
    terms: Annotated[list[_Term], BeforeValidator(_no_entries)] = []
    conditions: Annotated[list[_Condition], BeforeValidator(_no_entries)] = []
    weights: Annotated[list[_Weights], BeforeValidator(_no_entries)] = []


def _day(text: str) -> date:
    return PartialDate(text, DateBasis.ANALYST).latest


def load_entries(folder: Path, agenda: Agenda, kind: InstrumentKind, texts: Mapping[str, str]) -> Entries:
    """The entries of a record's folder; none where there is no ``terms.yaml``.

    Args:
        texts: of the reports, by name, to check quotes against.

    Raises:
        AgendaError: the file cannot be used; names file, line and remedy.
    """
    path = folder / ENTRIES_NAME
    return parse_entries(source_of(path), agenda, kind, texts, path) if path.is_file() else Entries()


def parse_entries(
    source: Source, agenda: Agenda, kind: InstrumentKind, texts: Mapping[str, str], path: Path | str
) -> Entries:
    """The entries from the data of their file; see `load_entries`."""
    file = checked(_File, source, path)
    checking = _Checking(source, agenda, path)
    terms: dict[tuple[str, str, str], TermEntry] = {}
    for place, one in enumerate(file.terms):
        entry = _term(one, ("terms", place), kind, checking, texts)
        key = (entry.provision, entry.aspect, entry.value.casefold())
        if key not in terms or _day(terms[key].on) <= _day(entry.on):
            terms[key] = entry
    linkings = []
    for place, two in enumerate(file.conditions):
        loc: Loc = ("conditions", place)
        checking.party(two.party, (*loc, "party"))
        for option in (two.option, *two.needs):
            checking.option(option, loc)
        linkings.append(Linking(two.party, two.option, tuple(two.needs), two.by, two.on))
    weights: dict[tuple[str, str], float] = {}
    for place, three in enumerate(file.weights):
        checking.party(three.party, ("weights", place, "party"))
        for option, weight in three.options.items():
            checking.option(option, ("weights", place, "options", option))
            weights[three.party, option] = weight
    signed = ", ".join(dict.fromkeys(f"{one.by} on {one.on}" for one in file.weights))
    return Entries(tuple(terms.values()), tuple(sorted(linkings, key=lambda one: one.on)), weights, signed)


@dataclass(frozen=True, slots=True)
class _Checking:
    source: Source
    agenda: Agenda
    path: Path | str

    def party(self, named: str, loc: Loc) -> None:
        if self.agenda.party(named) is None:
            remedy = did_you_mean(named, tuple(one.id for one in self.agenda.parties))
            raise fault(f"unknown party `{named}`", self.source, loc, self.path, remedy)

    def option(self, named: str, loc: Loc) -> None:
        if self.agenda.option(named) is None:
            remedy = did_you_mean(named, tuple(one.id for one in self.agenda.options))
            raise fault(f"unknown option `{named}`", self.source, loc, self.path, remedy)


def _term(one: _Term, loc: Loc, kind: InstrumentKind, checking: _Checking, texts: Mapping[str, str]) -> TermEntry:
    known = kind.provision(one.provision)
    if known is None:
        remedy = did_you_mean(one.provision, kind.known_names)
        told = f"a {kind.title.lower()} has no provision `{one.provision}`"
        raise fault(told, checking.source, (*loc, "provision"), checking.path, remedy)
    for party in one.parties:
        checking.party(party, (*loc, "parties"))
    if one.quote and one.quote not in texts.get(one.report, ""):
        told = f"these words do not stand in {one.report}" if one.report in texts else f"no report `{one.report}`"
        remedy = (
            "copy the quote from the report, letter for letter" if one.report in texts else "name the report it is from"
        )
        raise fault(told, checking.source, (*loc, "quote"), checking.path, remedy)
    return TermEntry(
        known[0].id, known[1], one.value, one.code, one.status, tuple(one.parties), one.by, one.on, one.note, one.report,
        one.quote,
    )  # fmt: skip
