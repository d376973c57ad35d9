"""What each report is worth: its flags, and the families that count as one source."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Hashable, Mapping, Sequence
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
    from travaux.record import Joined

A_PACK = 100
"""Reports whose flags are written down together."""
TOGETHER = 300
"""In a record of up to so many reports all are compared with all whenever one is new: that takes a second or two."""
GROWN = 1.1
"""So many times the reports that were all compared with all, and all are again: by then other words are telling."""


@cache
def provenance_digest() -> str:
    """SHA-256 over the room of provenance, its lists included: what a changed rule has made is made anew."""
    return rules_digest((files("travaux.provenance"), (".py", ".toml", ".tsv")))


class Worth(RecordBase):
    """The verbs of families and flags.

    What a report shows by itself is made once and stored with what it was made by: the agenda and the rules. What the reports show
    together is made of all of them in a record of up to `TOGETHER` reports, where these have changed, and where there are a tenth
    more; otherwise what is new is compared with all others and joined to what stands. Where the record may not be written, all is
    made for the time it is open.
    """

    _at_hand: tuple[Hashable, list[Family], list[Flag]] | None = None

    def assess(self, progress: Progress | None = None) -> None:
        """Find flags and families where they are missing or no longer hold; every verb that needs them calls this.

        Args:
            progress: told each report that is looked at.
        """
        once(self, ("worth",), lambda: self._assess(progress))

    def _assess(self, progress: Progress | None) -> None:
        agenda = self._agenda_or_none()
        key = digest(provenance_digest(), agenda_key(agenda))
        if self.store.read_only:
            from travaux.record import Topic

            written = self.store.changes()
            state = (key, written[Topic.REPORTS], written[Topic.WORTH])
            if self._at_hand is None or self._at_hand[0] != state:
                self._at_hand = None if self._is_assessed(key) else self._looked_at(state, agenda)
            return
        self._assess_each(agenda, key, progress)
        while not self._compared(agenda, key, progress):
            pass  # somebody else wrote meanwhile

    def _is_assessed(self, key: str) -> bool:
        """Whether all that is stored was made by this key, of the reports as they are."""
        from travaux.record import ACROSS

        return self.store.info().get(ACROSS) == key and not self.store.stale(key) and not self.store.uncompared()

    def _assess_each(self, agenda: Agenda | None, key: str, progress: Progress | None) -> None:
        missing = self.store.stale(key)
        if not missing:
            return
        from travaux.provenance.flags import Assessor
        from travaux.provenance.traces import trace_of
        from travaux.provenance.wording import Vocabulary
        from travaux.record import Assessment

        assessor, vocabulary, pack = Assessor(agenda), Vocabulary(), list[Assessment]()
        for place, report in enumerate(self.store.each_report(missing), 1):
            tell(progress, report.name, place, len(missing))
            found = assessor.assess(report)
            pack.append(Assessment(report.id, key, found.flags, found.titles, trace_of(report, vocabulary)))
            if len(pack) == A_PACK or place == len(missing):
                self.store.save_assessments(pack)  # what a stop leaves is kept
                pack = []

    def _compared(self, agenda: Agenda | None, key: str, progress: Progress | None) -> bool:
        """Compare what is new with all others, or all with all; False where somebody else wrote meanwhile."""
        from travaux.record import ACROSS, WHOLE, Topic

        seen, info, new = self.store.changes()[Topic.WORTH], self.store.info(), self.store.uncompared()
        if info.get(ACROSS) == key and not new:
            return True
        from travaux.provenance.families import families_among
        from travaux.provenance.titles import flags_of_titles
        from travaux.provenance.unattributed import unattributed_flags

        if info.get(ACROSS) == key and TOGETHER < self.store.number_of_traces() <= GROWN * int(info.get(WHOLE, 0)):
            return self.store.save_joined(seen, self._joined(agenda, new, progress))
        families = families_among(self.store.traces(), self.store.report, agenda, progress=progress)
        flags = flags_of_titles(self.store.titles(), _family_of(families))
        flags += unattributed_flags(families, self.store.report, agenda)
        return self.store.save_across(seen, key, families, flags)

    def _joined(self, agenda: Agenda | None, new: Sequence[str], progress: Progress | None) -> Joined:
        """What comes of comparing new reports with all others."""
        from travaux.provenance.families import Standing, families_among
        from travaux.provenance.titles import flags_within, reach_of
        from travaux.provenance.unattributed import places_of_runs, unattributed_flags
        from travaux.record import Joined

        family_of = self.store.family_of_reports()
        standing = Standing(frozenset(new), family_of, self.store.links_of)
        traces = self.store.traces(by_name=False)
        families = families_among(traces, self.store.report, agenda, standing, progress)
        reached = {one for family in families for one in family.report_ids}
        apart = {one for one, family in family_of.items() if family in standing.replaced} - reached
        reached |= apart | set(new)
        kept = {one: family for one, family in family_of.items() if one not in reached}
        flags, places = list[Flag](), set[tuple[str, int, int]]()
        if self.store.titles(reached):
            reach = reach_of(reached, self.store.named())
            flags, places = flags_within(reach, self.store.titles(reach.reports), {**kept, **_family_of(families)})
        flags += unattributed_flags(families, self.store.report, agenda)
        in_families = {one for one in reached if one in family_of or one in _family_of(families)}
        for report in self.store.each_report(sorted(in_families)) if in_families else ():
            places.update(places_of_runs(report))
        return Joined([*new, *sorted(apart - set(new))], families, flags, places)

    def _looked_at(self, state: Hashable, agenda: Agenda | None) -> tuple[Hashable, list[Family], list[Flag]]:
        """Everything at once, for a record that may not be written."""
        from travaux.provenance.families import families_of
        from travaux.provenance.flags import Assessor
        from travaux.provenance.titles import flags_of_titles
        from travaux.provenance.unattributed import unattributed_flags

        assessor = Assessor(agenda)
        found = [assessor.assess(report) for report in self.store.each_report()]
        families = families_of(self.store.each_report(), self.store.report, agenda)
        flags = flags_of_titles([title for one in found for title in one.titles], _family_of(families))
        flags += unattributed_flags(families, self.store.report, agenda)
        together = {flag.id: flag for flag in (*flags, *(flag for one in found for flag in one.flags))}
        kinds = list(FlagKind)
        ordered = sorted(
            together.values(), key=lambda flag: (flag.report, flag.start, flag.end, kinds.index(flag.kind))
        )
        return state, families, ordered

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
    return digest(agenda.digest, agenda.title, *(issue.title for issue in agenda.issues))


def digest(*parts: str) -> str:
    """SHA-256 over some texts in order, which says whether what was made by them still holds."""
    return hashlib.sha256(json.dumps(parts).encode()).hexdigest()
