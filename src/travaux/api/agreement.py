"""The agreement on the table: its term sheet, references beside it, and the packages still open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from travaux.api.foundation import AGENDA_NAME, LOCAL
from travaux.api.looking import once
from travaux.api.questions import Asked
from travaux.errors import RequestError
from travaux.model import ReportState
from travaux.naming import day_of

if TYPE_CHECKING:
    from travaux.analysis.agreement import (
        Compared,
        DealSpace,
        Entries,
        InstrumentKind,
        Nearest,
        ReferenceInstrument,
        Stand,
        Supposition,
        TermChange,
        TermPair,
        TermSheet,
        WeighedPackage,
        WhatIf,
    )


@dataclass(frozen=True, slots=True)
class _Taken:
    """The stands as of a day or in one report, with what a term sheet says about what is missing.

    Attributes:
        entries: all that an analyst signed.
    """

    stands: Mapping[tuple[str, str], Stand]
    undated: frozenset[str]
    report: str | None
    entries: Entries


class OnTheTable(Asked):
    """The verbs about the agreement itself."""

    def term_sheet(
        self, as_of: date | str | None = None, *, report: str | None = None, reader: str | None = None
    ) -> TermSheet:
        """The term sheet of the agenda's instrument; see `travaux.analysis.agreement.provisions.term_sheet`.

        Args:
            as_of: the last day to look at, a date or ``2025-08-18``.
            report: only what this report says: a draft as published. Analysts' entries are left out then.

        Raises:
            RequestError: the agenda has no instrument. AgendaError: instrument, kind or terms.yaml cannot be used.
        """
        from travaux.analysis.agreement import Sheet, require_fitting, term_sheet

        agenda = self.agenda
        if agenda.instrument is None:
            remedy = "add `instrument:` with its provisions; docs/agreement.md shows how"
            raise RequestError("the agenda has no instrument", remedy=remedy, path=self.folder / AGENDA_NAME)
        require_fitting(agenda, self.folder / AGENDA_NAME)
        kind = self._kind()
        taken = self._stands(as_of, report, reader)
        states = [row.state for row in self.reports(reader=reader)]
        read = sum(1 for state in states if state in (ReportState.READ, ReportState.EMPTY))
        sheet = Sheet(
            agenda,
            kind,
            taken.entries,
            day_of(as_of),
            taken.report,
            read,
            len(states) - read,
            taken.undated,
        )
        return term_sheet(sheet, taken.stands)

    def term_changes(
        self,
        since: date | str | None = None,
        as_of: date | str | None = None,
        *,
        since_report: str | None = None,
        report: str | None = None,
        reader: str | None = None,
    ) -> list[TermChange]:
        """What entered the term sheet, fell out or was softened between two dates or two drafts.

        Args:
            since, as_of: the two days; without `as_of`, that of the latest report. Undated reports are left out: they
                prove no change.
            since_report, report: the two drafts, by the names of the reports that publish them.

        Raises:
            RequestError: there is nothing to compare with; see also `term_sheet`.
        """
        pairs = self.term_pairs(since, as_of, since_report=since_report, report=report, reader=reader)
        return [one.change for one in pairs if one.change is not None]

    def term_pairs(
        self,
        since: date | str | None = None,
        as_of: date | str | None = None,
        *,
        since_report: str | None = None,
        report: str | None = None,
        reader: str | None = None,
    ) -> list[TermPair]:
        """Two term sheets side by side, of two dates or two drafts, with what stayed; see `term_changes`."""
        from travaux.analysis.agreement import side_by_side

        if since is None and since_report is None:
            raise RequestError(
                "nothing to compare with", remedy="give an earlier day, or the report of an earlier draft"
            )
        before = self.term_sheet(since, report=since_report, reader=reader)
        # An undated report proves no change, so that with a date on one side the other is held to dated reports too.
        day = as_of if as_of is not None or since is None else self._last_day()
        return side_by_side(before, self.term_sheet(day, report=report, reader=reader))

    def references(self) -> tuple[ReferenceInstrument, ...]:
        """The reference instruments of the agenda's kind, those of the record's references.yaml first."""
        from travaux.analysis.agreement import references_of

        return references_of(self._kind(), self.folder)

    def compare_terms(
        self,
        reference: str,
        as_of: date | str | None = None,
        *,
        report: str | None = None,
        reader: str | None = None,
    ) -> list[Compared]:
        """The term sheet beside a reference instrument, provision by provision: stronger, equal, weaker, silent.

        Args:
            reference: its id, or the beginning of it: ``north_atlantic``.

        Raises:
            UnknownName: no such reference. See also `term_sheet`.
        """
        from travaux.analysis.agreement import compared, reference_named

        named = reference_named(reference, self.references())
        return compared(self.term_sheet(as_of, report=report, reader=reader), named)

    def nearest_references(self, as_of: date | str | None = None, *, reader: str | None = None) -> list[Nearest]:
        """The references in the order of their nearness to the term sheet, with the provisions that make it."""
        from travaux.analysis.agreement import nearest

        return nearest(self.term_sheet(as_of, reader=reader), self.references())

    def packages(
        self,
        as_of: date | str | None = None,
        *,
        include: Sequence[str] = (),
        leave_out: Sequence[str] = (),
        limit: int | None = None,
        reader: str | None = None,
    ) -> DealSpace:
        """The packages open to all whose agreement it takes, who blocks the rest, and the fewest moves that would open one.

        Args:
            include, leave_out: options every package has to hold, or may not.
            limit: how many packages, and sets of moves, to list; 10 by default.

        Raises:
            AgendaError: the rules allow no package. UnknownName: no such option. RequestError: a limit below 1.
        """
        from travaux.analysis.agreement import LIMIT, ImpossibleRules, Wish, deal_space, signatories
        from travaux.analysis.agreement.kinds import source_of

        if limit is not None and limit < 1:
            raise RequestError(f"a limit of {limit} lists nothing", remedy="give 1 or more")
        wish = Wish(self.option_ids(include), self.option_ids(leave_out), LIMIT if limit is None else limit)
        agenda, stands = self.agenda, self._stands(as_of, None, reader).stands
        try:
            return deal_space(agenda, signatories(agenda), stands, wish)
        except ImpossibleRules as error:
            path = self.folder / AGENDA_NAME
            raise ImpossibleRules(error.rules, path, source_of(path).line(error.place)) from None

    def what_if(
        self,
        suppositions: Sequence[str],
        as_of: date | str | None = None,
        *,
        include: Sequence[str] = (),
        leave_out: Sequence[str] = (),
        limit: int | None = None,
        reader: str | None = None,
        space: DealSpace | None = None,
    ) -> WhatIf:
        """The packages as they would be if parties stood otherwise; nothing of it is stored.

        Args:
            suppositions: each ``PARTY:OPTION=STAND``, as in ``russia:economic-zone=for``; stands are those of
                `travaux.analysis.agreement.moves.SUPPOSABLE`.
            space: the deal space to suppose in, where `packages` has given it already; the other arguments are its own then.

        Raises:
            RequestError: a supposition that cannot be read, or none. UnknownName: no such party or option.
        """
        from travaux.analysis.agreement import what_if

        if not suppositions:
            raise RequestError("nothing is supposed", remedy="as in russia:economic-zone=for")
        wanted = [self._supposition(one) for one in suppositions]
        before = space or self.packages(as_of, include=include, leave_out=leave_out, limit=limit, reader=reader)
        return what_if(before, wanted)

    def weighed_packages(self, space: DealSpace) -> list[WeighedPackage]:
        """The packages of a deal space by the weights in terms.yaml, and how far their order hangs on each weight.

        Raises:
            RequestError: terms.yaml has no weights.
        """
        from travaux.analysis.agreement import weighed

        entries = self._entries()
        if not entries.weights:
            remedy = "add `weights:` to terms.yaml; docs/agreement.md shows how"
            raise RequestError("nobody has given weights", remedy=remedy, path=self.folder)
        return weighed(space, entries.weights, entries.weighed_by)

    def term_entries(self) -> Entries:
        """What an analyst signed in the record's terms.yaml; nothing where there is no such file.

        Raises:
            AgendaError: the file cannot be used; names file, line and remedy.
        """
        return self._entries()

    def option_ids(self, named: Sequence[str]) -> tuple[str, ...]:
        """Ids of options that are named by id or by their sentence, each once.

        Raises:
            UnknownName: there is no such option.
        """
        return tuple(dict.fromkeys(option for one in named if (option := self._option(one)) is not None))

    # ------------------------------------------------------------------------------------------ names

    def _last_day(self) -> date:
        dated = [row.published.latest for row in self._rows(LOCAL) if row.published]
        if not dated:
            raise RequestError("no report has a date: nothing shows what changed since", remedy="compare two reports")
        return max(dated)

    def _kind(self) -> InstrumentKind:
        from travaux.analysis.agreement import kind_of

        instrument = self.agenda.instrument
        return kind_of(instrument.kind if instrument else "", self.folder)

    def _entries(self) -> Entries:
        from travaux.analysis.agreement import ENTRIES_NAME, Entries, load_entries

        if not (self.folder / ENTRIES_NAME).is_file():
            return Entries()
        texts = {one.name: one.text for one in self.store.reports()}
        return load_entries(self.folder, self.agenda, self._kind(), texts)

    def _stands(self, as_of: date | str | None, report: str | None, reader: str | None) -> _Taken:
        key = ("stands", day_of(as_of), report, self._reader_name(reader))
        return once(self, key, lambda: self._taken(as_of, report, reader))

    def _taken(self, as_of: date | str | None, report: str | None, reader: str | None) -> _Taken:
        from travaux.analysis import standing
        from travaux.analysis.agreement import known_by, stands_of

        judged = self.judged(report=report, reader=reader)
        statements = known_by(standing(judged), self._dates(), day_of(as_of))
        positions = self._positions_of(judged, as_of) if report else self.positions(as_of, reader=reader)
        entries = self._entries()
        stands = stands_of(
            self.agenda, positions, statements, entries.at(day_of(as_of)).linkings, self._family_of_reports()
        )
        placed = {option for _, option in stands}
        undated = frozenset(one.option for one in positions if one.undated and one.option not in placed)
        return _Taken(stands, undated, None if report is None else self._report(report), entries)

    def _supposition(self, written: str) -> Supposition:
        from travaux.analysis.agreement import SUPPOSABLE, Supposition

        pair, equals, stand = written.partition("=")
        party, colon, option = pair.partition(":")
        if not (equals and colon) or stand.strip() not in SUPPOSABLE:
            remedy = f"write PARTY:OPTION=STAND, with {', '.join(SUPPOSABLE)}"
            raise RequestError(f"{written!r} supposes nothing", remedy=remedy)
        party_id, option_id = self._party(party.strip()), self._option(option.strip())
        assert party_id is not None and option_id is not None  # None only where nothing is named
        return Supposition(party_id, option_id, SUPPOSABLE[stand.strip()])
