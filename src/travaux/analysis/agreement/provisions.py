"""The term sheet: what each provision of the agreement would say, who stands for it, and what nobody has said.

A value is shown only where a statement on its option or a signed entry of an analyst carries it, so that it goes when the
statement goes, and changes when a judgement changes the statement.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from travaux.analysis.agreement.entries import Entries, TermEntry
from travaux.analysis.agreement.instrument import UNKNOWN_VALUE
from travaux.analysis.agreement.kinds import InstrumentKind, ProvisionKind
from travaux.analysis.agreement.stands import OPPOSITION, SUPPORT, Stand, StandKind
from travaux.model import Agenda, PartialDate, Provision, Statement


class TermStatus(StrEnum):
    """How a term stands. The last three are three different things and never stand for one another."""

    AGREED = "agreed"
    ACCEPTED = "accepted-by-some"
    CONDITIONAL = "conditional"
    CONTESTED = "contested"
    PROPOSED = "proposed-only"
    WITHDRAWN = "withdrawn"
    EXCLUDED = "excluded"
    NOT_MENTIONED = "not-mentioned"
    UNKNOWN = "unknown"


ON_THE_TABLE = (
    TermStatus.AGREED, TermStatus.ACCEPTED, TermStatus.CONDITIONAL, TermStatus.CONTESTED, TermStatus.PROPOSED,
)  # fmt: skip
"""From the firmest to the least firm."""

GAPS = (TermStatus.NOT_MENTIONED, TermStatus.UNKNOWN)
"""Statuses without a value."""

OTHER_GROUP = "other"


@dataclass(frozen=True, slots=True)
class Wording:
    """One wording of a provision.

    Attributes:
        value: in words; None where nothing carries it.
        aspect: of the provision it is about; empty for the whole.
        code: in the words of the kind; empty where it was not coded.
        option: the option it stands or falls with; None for an analyst's entry.
        stands: of the parties that have one, those whose agreement it takes first, each in the agenda's order.
        silent: ids of the parties whose agreement it takes and of whom nothing was read.
        entry: the analyst's entry that carries it, or None.
        reason: why it has this status, as a user reads it.
    """

    value: str | None
    status: TermStatus
    aspect: str = ""
    code: tuple[tuple[str, str], ...] = ()
    option: str | None = None
    stands: tuple[Stand, ...] = ()
    silent: tuple[str, ...] = ()
    entry: TermEntry | None = None
    reason: str = ""

    @property
    def is_live(self) -> bool:
        """It is on the table."""
        return self.status in ON_THE_TABLE

    @property
    def in_brackets(self) -> bool:
        """It is on the table and not agreed: it stands in brackets, as in a negotiating draft."""
        return self.is_live and self.status is not TermStatus.AGREED

    @property
    def statements(self) -> tuple[Statement, ...]:
        """All statements that speak to it, carrying ones first."""
        carrying = [one for stand in self.stands for one in stand.statements]
        aside = [one for stand in self.stands for one in (*stand.dissent, *stand.former, *stand.earlier)]
        return tuple(dict.fromkeys([*carrying, *aside]))

    @property
    def support(self) -> int:
        """How many independent sources carry the support of those who stand for it; 0 where it rests on an entry alone."""
        return len({source for one in self.stands if one.kind in SUPPORT for source in one.families})

    @property
    def dissent(self) -> tuple[Statement, ...]:
        """Statements of reports that give a party another stance than the one shown."""
        return tuple(one for stand in self.stands for one in stand.dissent)

    @property
    def distance(self) -> int | None:
        """The hearsay distance of the nearest word for it from a party that supports it; None where none does."""
        found = [one.distance for one in self.stands if one.kind in SUPPORT and one.distance is not None]
        return min(found, default=None)

    @property
    def since(self) -> PartialDate | None:
        """The earliest date since which a party supports it."""
        days = [one.since for one in self.stands if one.kind in SUPPORT and one.since is not None]
        return min(days, key=lambda day: (day.earliest, day.latest), default=None)

    @property
    def latest(self) -> PartialDate | None:
        """The latest date of a report that carries a stand on it."""
        days = [one.latest for one in self.stands if one.latest is not None]
        return max(days, key=lambda day: (day.earliest, day.latest), default=None)


@dataclass(frozen=True, slots=True)
class Term:
    """One provision of the term sheet with its wordings; one at least, that says what is missing where nothing stands."""

    provision: ProvisionKind
    wordings: tuple[Wording, ...]

    @property
    def status(self) -> TermStatus:
        """That of its firmest wording; contested where several compete. Entries of a list do not compete."""
        firmest = min((one.status for one in self.wordings), key=list(TermStatus).index)
        return TermStatus.CONTESTED if self.is_competing and firmest is not TermStatus.AGREED else firmest

    @property
    def is_competing(self) -> bool:
        """More than one wording of the same thing is on the table."""
        if self.provision.type == "list":
            return False
        live = [one for one in self.wordings if one.is_live]
        return any(len([one for one in live if one.aspect == each.aspect]) > 1 for each in live)

    @property
    def is_gap(self) -> bool:
        """Nobody says anything of it that was read."""
        return all(one.status in GAPS for one in self.wordings)


@dataclass(frozen=True, slots=True)
class TermSheet:
    """The agreement on the table, as of a day.

    Attributes:
        kind: which provisions it has; title: of the instrument.
        terms: in the order of the kind, those that the kind does not have last.
        parties: ids of those whose agreement it takes.
        as_of: the last day looked at; report: the one report looked at; None for all.
        unread: how many reports have not been read, or could not be.
        unplaced: how many options are left out because only undated reports speak to them.
    """

    kind: InstrumentKind
    title: str
    terms: tuple[Term, ...]
    parties: tuple[str, ...]
    as_of: date | None = None
    report: str | None = None
    unread: int = 0
    unplaced: int = 0

    def term(self, name: str) -> Term | None:
        """The term of a provision, by id or by a name an agenda may use."""
        known = self.kind.provision(name)
        wanted = known[0].id if known else name
        return next((one for one in self.terms if one.provision.id == wanted), None)

    @property
    def gaps(self) -> tuple[tuple[Term, Wording], ...]:
        """What nobody says: a provision, or one aspect of it, with why."""
        return tuple((term, one) for term in self.terms for one in term.wordings if one.status in GAPS)


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a term sheet is made from, besides the stands.

    Attributes:
        unread: reports not read or not readable; read: reports read.
        undated: options that only undated reports speak to, which a date asked for leaves out.
    """

    agenda: Agenda
    kind: InstrumentKind
    entries: Entries = field(default_factory=Entries)
    as_of: date | None = None
    report: str | None = None
    read: int = 0
    unread: int = 0
    undated: frozenset[str] = frozenset()


def term_sheet(sheet: Sheet, stands: Mapping[tuple[str, str], Stand]) -> TermSheet:
    """The term sheet of an agenda's instrument.

    1. A term of the agenda gets the stands of the parties on its option. Those whose agreement it takes
       (`instrument.parties`; all of the agenda where it names none) decide its status, the others are shown.
    2. An analyst's signed entry is a wording of its own, and says so.
    3. A provision to which nothing is tied is unknown: nobody looked for it. One whose option no report speaks to is not
       mentioned, or unknown while reports are unread.
    """
    instrument = sheet.agenda.instrument
    needed = signatories(sheet.agenda)
    wordings: dict[str, list[Wording]] = {}
    strangers: dict[str, list[Wording]] = {}
    for term in instrument.provisions if instrument else ():
        known = sheet.kind.provision(term.name)
        made = _wording(term, known[1] if known else "", sheet, needed, stands)
        (wordings if known else strangers).setdefault(known[0].id if known else term.name, []).append(made)
    for entry in sheet.entries.at(sheet.as_of).terms if sheet.report is None else ():
        wordings.setdefault(entry.provision, []).append(_entered(entry, needed))
    terms = [Term(one, _told(wordings.get(one.id, ()))) for one in sheet.kind.provisions]
    for name, made_of in strangers.items():
        asks = f"{name.replace('_', ' ').replace('-', ' ').capitalize()}?"
        stranger = ProvisionKind(id=name, group=OTHER_GROUP, asks=asks, type="text", definition="")
        terms.append(Term(stranger, tuple(made_of)))
    title = instrument.title if instrument else ""
    return TermSheet(
        sheet.kind, title, tuple(terms), needed, sheet.as_of, sheet.report, sheet.unread, len(sheet.undated)
    )


def signatories(agenda: Agenda) -> tuple[str, ...]:
    """Ids of the parties whose agreement it takes: those the instrument names, else all of the agenda."""
    if agenda.instrument is not None and agenda.instrument.parties:
        return tuple(dict.fromkeys(agenda.instrument.parties))
    return tuple(party.id for party in agenda.parties)


def _told(wordings: Sequence[Wording]) -> tuple[Wording, ...]:
    """The wordings; a gap goes where words stand on the same aspect, and one is told where none is about the whole."""
    standing = {one.aspect for one in wordings if one.status not in GAPS}
    told = [one for one in wordings if one.status not in GAPS or one.aspect not in standing]
    if all(one.aspect for one in told):
        told.append(
            Wording(None, TermStatus.UNKNOWN, reason="No option of the agenda speaks to it: nothing was looked for.")
        )
    return tuple(told)


def _entered(entry: TermEntry, needed: Sequence[str]) -> Wording:
    silent = tuple(party for party in needed if party not in entry.parties)
    reason = f"{entry.signature[0].upper()}{entry.signature[1:]}" + (f": {entry.note}" if entry.note else "") + "."
    status = TermStatus(entry.status)
    return Wording(entry.value, status, entry.aspect, entry.code, silent=silent, entry=entry, reason=reason)


def _wording(
    term: Provision, aspect: str, sheet: Sheet, needed: Sequence[str], stands: Mapping[tuple[str, str], Stand]
) -> Wording:
    if term.option is None:
        reason = "agenda.yaml notes that nobody has put a term forward."
        if term.value != UNKNOWN_VALUE:
            reason = "agenda.yaml gives a value that no option carries and nobody signs for."
        return Wording(None, TermStatus.UNKNOWN, aspect, reason=reason)
    others = [party.id for party in sheet.agenda.parties if party.id not in needed]
    found = [stands[party, term.option] for party in (*needed, *others) if (party, term.option) in stands]
    status, reason = _status(found, needed, sheet, term.option)
    gone = status in GAPS
    heard = {one.party for one in found}
    return Wording(
        None if gone else term.value,
        status,
        aspect,
        () if gone else term.code,
        term.option,
        tuple(found),
        tuple(party for party in needed if party not in heard),
        reason=reason,
    )


def _status(found: Sequence[Stand], needed: Sequence[str], sheet: Sheet, option: str) -> tuple[TermStatus, str]:
    """The status of a term by the stands on its option, and why."""
    if not found:
        return _missing(sheet, option)
    names = {party.id: party.name for party in sheet.agenda.parties}

    def named(stands: Iterable[Stand]) -> str:
        return ", ".join(names[one.party] for one in stands)

    deciding = [one for one in found if one.party in needed] or list(found)
    support = [one for one in deciding if one.kind in SUPPORT]
    bound = [one for one in support if one.kind is StandKind.FOR_IF]
    against = [one for one in deciding if one.kind in OPPOSITION]
    disputed = [one for one in deciding if one.kind is StandKind.DISPUTED]
    if disputed and not against:
        return TermStatus.CONTESTED, f"The reports disagree on {named(disputed)}."
    if support and (against or disputed):
        return TermStatus.CONTESTED, f"For: {named(support)}; against: {named([*against, *disputed])}."
    if bound:
        return TermStatus.CONDITIONAL, f"{named(bound)} would have it on a condition."
    if support:
        return _supported(support, needed, named)
    considered = [one for one in deciding if one.kind is StandKind.OPEN]
    if considered:
        told = f"Only considered, by {named(considered)}" + (f"; against: {named(against)}." if against else ".")
        return (TermStatus.CONTESTED if against else TermStatus.PROPOSED), told
    holders = [one for one in deciding if one.was_for]
    if holders:
        return TermStatus.WITHDRAWN, f"Nobody stands for it any more; formerly: {named(holders)}."
    # Giving a thing up says that it was wanted.
    given_up = [one for one in deciding if one.kind in (StandKind.WITHOUT, StandKind.WITHOUT_IF)]
    if given_up:
        return TermStatus.WITHDRAWN, f"Given up by {named(given_up)}" + (
            "." if all(one.kind is StandKind.WITHOUT for one in given_up) else ", on a condition."
        )
    if not against:
        return TermStatus.UNKNOWN, f"Only what is no longer held is reported, of {named(deciding)}."
    return TermStatus.EXCLUDED, f"Nobody stands for it; against: {named(against)}."


def _supported(
    support: Sequence[Stand], needed: Sequence[str], named: Callable[[Iterable[Stand]], str]
) -> tuple[TermStatus, str]:
    if {one.party for one in support} >= set(needed):
        return TermStatus.AGREED, "All whose agreement it takes are for it, none on a condition."
    if len(support) > 1:
        return TermStatus.ACCEPTED, f"For: {named(support)}; the others have not said so."
    return TermStatus.PROPOSED, f"Nobody but {named(support)} is for it so far."


def _missing(sheet: Sheet, option: str) -> tuple[TermStatus, str]:
    if option in sheet.undated:
        return TermStatus.UNKNOWN, "Only undated reports speak to it: nothing shows what was said by then."
    if sheet.unread:
        told = f"Nothing in the {sheet.read} reports that were read; {sheet.unread} were not, or could not be."
        return TermStatus.UNKNOWN, told
    if sheet.report is not None:
        return TermStatus.NOT_MENTIONED, f"Looked for in {sheet.report}, and not found."
    if not sheet.read:
        return TermStatus.UNKNOWN, "No report has been read."
    return TermStatus.NOT_MENTIONED, f"Looked for in {sheet.read} reports, and not found."
