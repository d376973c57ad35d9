"""The agreement on the table as it is shown: words for its statuses, and the one view model of terminal and page."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from travaux.analysis.agreement import (
    Compared,
    DealSpace,
    Nearest,
    Objection,
    Package,
    ReferenceInstrument,
    Stand,
    StandKind,
    Strength,
    Term,
    TermSheet,
    TermStatus,
    Wording,
    compared,
    in_words,
)
from travaux.model import Agenda, Option
from travaux.views.package_table import PackageRow, package_rows_of
from travaux.views.words import counted

STATUS_SAYS = {
    TermStatus.AGREED: "agreed by all",
    TermStatus.ACCEPTED: "accepted by some",
    TermStatus.CONDITIONAL: "on a condition",
    TermStatus.CONTESTED: "contested",
    TermStatus.PROPOSED: "proposed only",
    TermStatus.WITHDRAWN: "withdrawn",
    TermStatus.EXCLUDED: "excluded",
    TermStatus.NOT_MENTIONED: "not mentioned",
    TermStatus.UNKNOWN: "unknown",
}

STAND_SAYS = {
    StandKind.FOR: "for",
    StandKind.FOR_IF: "for, on a condition",
    StandKind.OPEN: "open",
    StandKind.WITHOUT: "would do without it",
    StandKind.WITHOUT_IF: "would do without it, on a condition",
    StandKind.OPPOSED_UNLESS: "against, unless",
    StandKind.OPPOSED: "against",
    StandKind.RULED_OUT: "rules it out",
    StandKind.DISPUTED: "the reports disagree",
    StandKind.UNKNOWN: "formerly",
}
"""A stand in words; one that is unknown is shown only where a former position stands beside it."""

SOURCES_SAY = "The number behind a party counts sources: a report with its copies and rewordings is one."

DISTANCE_SAYS = ("", "by a report's own account", "as told by another", "by an unnamed source")
"""By hearsay distance; nothing is said of a party's own words."""

STRENGTH_SAYS = {
    Strength.STRONGER: "stronger",
    Strength.EQUAL: "equal",
    Strength.WEAKER: "weaker",
    Strength.DIFFERS: "differs",
    Strength.NOT_CODED: "not coded",
    Strength.SILENT_HERE: "silent here",
    Strength.SILENT_THERE: "silent there",
}
"""How the wording on the table stands to a reference."""

GROUPS_OF_STANDS = (
    (StandKind.FOR,),
    (StandKind.FOR_IF,),
    (StandKind.OPEN,),
    (StandKind.WITHOUT, StandKind.WITHOUT_IF),
    (StandKind.OPPOSED_UNLESS, StandKind.OPPOSED),
    (StandKind.RULED_OUT,),
    (StandKind.DISPUTED,),
    (StandKind.UNKNOWN,),
)

BESIDE = 2
"""How many references the page shows beside the term sheet: the nearest."""


@dataclass(frozen=True)
class AgreementView:
    """Term sheet, packages and the references nearest to the sheet.

    Attributes:
        chosen: the references to show beside the sheet; None for the nearest.
    """

    sheet: TermSheet
    space: DealSpace
    nearest: Sequence[Nearest]
    chosen: Sequence[ReferenceInstrument] | None = None

    @property
    def agenda(self) -> Agenda:
        """The agenda both are made from."""
        return self.space.agenda

    def name(self, party: str) -> str:
        """A party's name."""
        return self.agenda.name_of(party)

    def says(self, option: str) -> str:
        """An option's proposition."""
        return self.agenda.says_of(option)

    @cached_property
    def beside(self) -> list[ReferenceInstrument]:
        """The references shown beside the sheet: those chosen, else the nearest that say something it says too."""
        if self.chosen is not None:
            return list(self.chosen)
        return [one.reference for one in self.nearest if one.same][:BESIDE]

    @cached_property
    def compared(self) -> dict[tuple[str, int], Compared]:
        """How a wording stands to a reference: by the reference's id and the wording's identity."""
        return {
            (reference.id, id(one.wording)): one
            for reference in self.beside
            for one in compared(self.sheet, reference)
            if one.wording is not None
        }

    @cached_property
    def rows(self) -> list[PackageRow]:
        """The packages as a table has them: open ones first, then those that need moves."""
        return package_rows_of(self.space)

    @property
    def supposing_command(self) -> str:
        """The command that supposes what opens the nearest package, with RECORD for the folder; the bare one where none needs it."""
        moves = self.space.nearest[0].moves if self.space.nearest else ()
        return " ".join(["travaux whatif RECORD", *(f"--suppose {moved_says(one)}" for one in moves)])

    @property
    def groups(self) -> list[tuple[str, list[Term]]]:
        """The terms by the heading of their group."""
        headings = {**self.sheet.kind.groups, "other": "Other"}
        found: dict[str, list[Term]] = {}
        for term in self.sheet.terms:
            found.setdefault(headings[term.provision.group], []).append(term)
        return list(found.items())

    @property
    def blocked(self) -> list[tuple[Option, list[Objection]]]:
        """The options that a party objects to, with the objections, hard ones first."""
        return blocked_options(self.space)


def blocked_options(space: DealSpace) -> list[tuple[Option, list[Objection]]]:
    """The options that a party objects to, in the order of the agenda, with the objections, hard ones first."""
    found = []
    for option in space.agenda.options:
        against = [one for one in space.objections if one.option == option.id]
        if against:
            found.append((option, sorted(against, key=lambda one: not one.is_hard)))
    return found


def grouped_stands(stands: Iterable[Stand]) -> list[tuple[str, list[Stand]]]:
    """Stands by what is said of them, supporters first."""
    given = list(stands)
    found = []
    for kinds in GROUPS_OF_STANDS:
        for kind in kinds:
            ours = [one for one in given if one.kind is kind]
            if ours:
                found.append((STAND_SAYS[kind], ours))
    return found


def gaps_by_reason(sheet: TermSheet) -> list[tuple[TermStatus, str, list[str]]]:
    """What nobody says, together where the reason is one: status, reason and the questions that have no answer."""
    found: dict[tuple[TermStatus, str], list[str]] = {}
    for term, wording in sheet.gaps:
        aspect = f" ({wording.aspect})" if wording.aspect else ""
        found.setdefault((wording.status, wording.reason), []).append(f"{term.provision.asks}{aspect}")
    return [(status, reason, asked) for (status, reason), asked in found.items()]


def dissent_says(stand: Stand) -> str:
    """Which reports have a party's stand otherwise: ``otherwise in a.txt, b.txt (1 source)``; empty where none has."""
    reports = sorted({one.report for one in stand.dissent})
    if not reports:
        return ""
    sources = "" if len(stand.dissenting) == len(reports) else f" ({counted(len(stand.dissenting), 'source')})"
    return f"otherwise in {', '.join(reports)}{sources}"


def objection_says(one: Objection) -> str:
    """Why a party objects, in words: ``rules it out``, ``for, only with economic-zone``."""
    needs = ", ".join(one.stand.needs)
    if one.stand.kind is StandKind.FOR_IF:
        return f"only together with {needs}"
    if one.stand.kind is StandKind.WITHOUT_IF:
        return f"does without it only if there is {needs}"
    if one.stand.kind is StandKind.OPPOSED_UNLESS:
        return (
            f"against, unless there is {needs}" if needs else "against, unless a condition is met that names no option"
        )
    return STAND_SAYS[one.stand.kind]


def moved_says(one: Objection) -> str:
    """The supposition that an objection is given up and nothing else: ``russia:economic-zone=open``."""
    stand = {StandKind.FOR_IF: "for", StandKind.WITHOUT_IF: "without"}.get(one.stand.kind, "open")
    return f"{one.party}:{one.option}={stand}"


def shown_wording(wording: Wording) -> str:
    """A wording as a negotiating draft has it: in brackets unless it is agreed."""
    if wording.value is None:
        return ""
    return f"[{wording.value}]" if wording.in_brackets else wording.value


def cell_value(found: Compared) -> str:
    """What a reference says, of the aspect the wording is about or of the whole; empty where it is silent."""
    if found.cell is None:
        return ""
    aspect = found.wording.aspect if found.wording else ""
    return in_words(found.cell.code_of(aspect)) if aspect else found.cell.value


def shown_article(article: str) -> str:
    """``Art. 5`` for a number; other words, such as ``preamble``, as they are."""
    return f"Art. {article}" if re.match(r"[0-9]|[IVXLC]+\b", article) else article


def space_says(space: DealSpace) -> str:
    """The deal space in a sentence or two."""
    many = (
        "more sets of options than could be counted" if space.allowed is None else f"{space.allowed:,} sets of options"
    )
    told = f"The rules allow {many}; "
    if space.open:
        number = "at least one" if space.open_number is None else f"{space.open_number:,}"
        told += f"{number} {'is' if space.open_number in (None, 1) else 'are'} open to all."
    elif space.out_of_time:
        told += "whether any is open was not found out in time."
    else:
        told += "none is open to all."
    if space.more_open or space.more_nearest or space.out_of_time:
        told += " Not all are listed here."
    pairs = len(space.parties) * len(space.wanted)
    return f"{told} Of {space.unknown:,} of {pairs:,} pairs of a party and an option asked for, nothing was read."


def package_notes(package: Package) -> str:
    """What is not known of a package, in a phrase; empty where all is."""
    parts = [
        f"{package.unknown} unknown" if package.unknown else "",
        f"{package.disputed} disputed" if package.disputed else "",
        f"{len(package.conditions)} on conditions that name no option" if package.conditions else "",
    ]
    return ", ".join(part for part in parts if part)
