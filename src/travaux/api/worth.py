"""What each report is worth: its flags, and the families that count as one source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from travaux.api.foundation import LOCAL, Progress, RecordBase, tell
from travaux.api.looking import once
from travaux.errors import AgendaError, RequestError
from travaux.model import Agenda, Family, Flag, FlagKind
from travaux.naming import day_of
from travaux.version import rules_digest

if TYPE_CHECKING:
    from travaux.provenance.titles import Title


A_PACK = 100
"""Reports whose flags are written down together."""


@cache
def provenance_digest() -> str:
    """SHA-256 over the room of provenance, its lists included: what a changed rule has made is made anew."""
    return rules_digest((files("travaux.provenance"), (".py", ".toml", ".tsv")))


class Worth(RecordBase):
    """The verbs of families and flags.

    Both are made once and stored with what they were made from: the report's text, its date, publisher and author, the agenda,
    and the rules. What none of these has changed is never made again; where the record may not be written, they are made for the
    time it is open.
    """

    _at_hand: tuple[str, list[Family], list[Flag]] | None = None

    def assess(self, progress: Progress | None = None) -> None:
        """Find flags and families where they are missing or no longer hold; every verb that needs them calls this.

        Args:
            progress: told each report that is looked at.
        """
        once(self, ("worth",), lambda: self._assess(progress))

    def _assess(self, progress: Progress | None) -> None:
        agenda = self._agenda_or_none()
        described = self.store.described()
        rules = _digest(provenance_digest(), agenda_key(agenda))
        across = _digest(rules, *(f"{report_id} {told}" for report_id, told in described.items()))
        if self.store.read_only:
            if self._at_hand is None or self._at_hand[0] != across:
                self._at_hand = None if self.store.info().get("worth") == across else self._looked_at(across, agenda)
            return
        self._assess_each(agenda, {report_id: _digest(rules, told) for report_id, told in described.items()}, progress)
        if self.store.info().get("worth") != across:
            families, flags = self._across(self.store.titles(), agenda, progress)
            self.store.save_across(across, families, flags)

    def _assess_each(self, agenda: Agenda | None, keys: Mapping[str, str], progress: Progress | None) -> None:
        known = self.store.assessed()
        missing = [report_id for report_id, key in keys.items() if known.get(report_id) != key]
        if not missing:
            return
        from travaux.provenance.flags import Assessor
        from travaux.record import Assessment

        assessor, pack = Assessor(agenda), list[Assessment]()
        for place, report in enumerate(self.store.each_report(set(missing)), 1):
            tell(progress, report.name, place, len(missing))
            found = assessor.assess(report)
            pack.append(Assessment(report.id, keys[report.id], found.flags, found.titles))
            if len(pack) == A_PACK or place == len(missing):
                self.store.save_assessments(pack)  # what a stop leaves is kept
                pack = []

    def _across(
        self, titles: Sequence[Title], agenda: Agenda | None, progress: Progress | None = None
    ) -> tuple[list[Family], list[Flag]]:
        from travaux.provenance.families import families_of
        from travaux.provenance.titles import flags_of_titles

        families = families_of(self.store.each_report(), self.store.report, agenda, progress)
        return families, flags_of_titles(titles, _family_of(families))

    def _looked_at(self, across: str, agenda: Agenda | None) -> tuple[str, list[Family], list[Flag]]:
        """Everything at once, for a record that may not be written."""
        from travaux.provenance.flags import Assessor

        assessor = Assessor(agenda)
        found = [assessor.assess(report) for report in self.store.each_report()]
        families, flags = self._across([title for one in found for title in one.titles], agenda)
        together = {flag.id: flag for flag in (*flags, *(flag for one in found for flag in one.flags))}
        kinds = list(FlagKind)
        ordered = sorted(
            together.values(), key=lambda flag: (flag.report, flag.start, flag.end, kinds.index(flag.kind))
        )
        return across, families, ordered

    def _agenda_or_none(self) -> Agenda | None:
        try:
            return self.agenda
        except AgendaError:
            return None  # reports can be looked at without one

    # ------------------------------------------------------------------------------------------ questions

    def flags(
        self,
        report: str | None = None,
        kind: FlagKind | str | None = None,
        *,
        as_of: date | str | None = None,
        since: date | str | None = None,
    ) -> list[Flag]:
        """The reasons to trust reports less, each with its words, by report and place.

        Args:
            report: only this report. kind: only flags of this kind, a `FlagKind` or its word.
            as_of, since: only reports published up to, or from, a day, a date or ``2025-08-18``; undated reports are left out then.

        Raises:
            RequestError: there is no such kind, or a day is no date. UnknownName: no such report.
        """
        wanted = None if kind is None else flag_kind_of(kind)
        name = None if report is None else self._report(report)
        self.assess()
        found = self.store.flags() if self._at_hand is None else self._at_hand[2]
        among = self._published_between(as_of, since)
        return [
            flag
            for flag in found
            if name in (None, flag.report)
            and wanted in (None, flag.kind)
            and (among is None or flag.report_id in among)
        ]

    def families(
        self, report: str | None = None, *, as_of: date | str | None = None, since: date | str | None = None
    ) -> list[Family]:
        """The families of reports that derive from one text, with the links that hold them together, by their first report.

        Args:
            report: only the family of this report.
            as_of, since: only families with a report published up to, or from, a day; see `flags`.
        """
        name = None if report is None else self._report(report)
        self.assess()
        found = self.store.families() if self._at_hand is None else self._at_hand[1]
        among = self._published_between(as_of, since)
        return [
            family
            for family in found
            if (name is None or name in family.reports) and (among is None or not among.isdisjoint(family.report_ids))
        ]

    def _published_between(self, as_of: date | str | None, since: date | str | None) -> set[str] | None:
        last, first = day_of(as_of), day_of(since)
        if last is None and first is None:
            return None
        return {row.id for row in self._rows(LOCAL) if row.published and row.published.lies_within(first, last)}

    def _family_of_reports(self) -> Mapping[str, str]:
        """The family of each report that is in one, by report id."""

        def found() -> Mapping[str, str]:
            self.assess()
            return self.store.family_of_reports() if self._at_hand is None else _family_of(self._at_hand[1])

        return once(self, ("families",), found)


def flag_kind_of(given: FlagKind | str) -> FlagKind:
    """A kind of flag from its word.

    Raises:
        RequestError: there is no such kind.
    """
    try:
        return FlagKind(given)
    except ValueError:
        raise RequestError(f"no kind of flag {given!r}", remedy=f"one of {', '.join(FlagKind)}") from None


def _family_of(families: Sequence[Family]) -> dict[str, str]:
    return {report_id: family.id for family in families for report_id in family.report_ids}


def agenda_key(agenda: Agenda | None) -> str:
    """What of an agenda provenance looks at: what a reader sees of it, and its titles."""
    if agenda is None:
        return "none"
    return _digest(agenda.digest, agenda.title, *(issue.title for issue in agenda.issues))


def _digest(*parts: str) -> str:
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
