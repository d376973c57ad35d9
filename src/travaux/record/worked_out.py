"""What the store keeps of what is worked out over all reports: what they are worth, and the positions they give."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING

from sqlalchemy import Connection

from travaux.model import Family, Flag, Link, Report
from travaux.record import assessments, settled, worth
from travaux.record.changes import Topic

if TYPE_CHECKING:
    from travaux.provenance.titles import Title
    from travaux.provenance.traces import Traces


class WorkedOut:
    """The part of a `Store` that can be made anew from reports, statements and judgements."""

    if TYPE_CHECKING:

        def _reads(self) -> AbstractContextManager[Connection]: ...

        def _writes(self, topic: Topic = ..., *, durable: bool = False) -> AbstractContextManager[Connection]: ...

    # ------------------------------------------------------------------------------------------ what reports are worth

    def each_report(self, among: Collection[str] | None = None) -> Iterator[Report]:
        """All reports with text and layout, or those of the ids given, by name, one after the other and never all at once."""
        with self._reads() as connection:
            yield from assessments.each_report(connection, among)

    def stale(self, key: str) -> list[str]:
        """Ids of the reports that were not assessed by this key since they were described last."""
        with self._reads() as connection:
            return assessments.stale(connection, key)

    def save_assessments(self, made: Iterable[assessments.Assessment]) -> None:
        """Replace what reports show by themselves; see `assessments.Assessment`."""
        with self._writes(Topic.WORTH) as connection:
            settled.account(connection)  # no position hangs on it
            assessments.save_assessments(connection, list(made))

    def uncompared(self) -> list[str]:
        """Ids of the reports that were assessed, and not compared with the others since."""
        with self._reads() as connection:
            return assessments.uncompared(connection)

    def traces(self, *, by_name: bool = True) -> Traces:
        """The traces of all reports that were assessed, by the names of the reports, or by their ids, which is faster."""
        with self._reads() as connection:
            return assessments.traces(connection, by_name=by_name)

    def number_of_traces(self) -> int:
        """How many reports were assessed."""
        with self._reads() as connection:
            return assessments.number_of_traces(connection)

    def titles(self, among: Collection[str] | None = None) -> list[Title]:
        """The people that reports introduce with an office, by report: all, or those of the reports of the ids given."""
        with self._reads() as connection:
            return list(worth.titles(connection, among))

    def named(self) -> dict[str, list[str]]:
        """The names of the people that each report introduces with an office, by report id."""
        with self._reads() as connection:
            return worth.named(connection)

    def save_across(self, seen: int, key: str, families: Sequence[Family], flags: Iterable[Flag]) -> bool:
        """Replace families, and the flags that the reports show together; False where somebody wrote meanwhile.

        Nobody accounts for it: any position may count other families now.

        Args:
            seen: how often `Topic.WORTH` had been written to when the reports were looked at.
            key: what they were made by.
        """
        return self._unless_overtaken(lambda connection: worth.save_across(connection, seen, key, families, flags))

    def save_joined(self, seen: int, joined: worth.Joined) -> bool:
        """Take over what comparing new reports with the others changed; see `save_across` for what is given back."""

        def save(connection: Connection) -> None:
            kept = settled.account(connection)
            reached = worth.save_joined(connection, seen, joined)
            if kept:
                settled.touch(connection, reached)

        return self._unless_overtaken(save)

    def _unless_overtaken(self, save: Callable[[Connection], None]) -> bool:
        try:
            with self._writes(Topic.WORTH) as connection:
                save(connection)
        except worth.Overtaken:
            return False
        return True

    def links_of(self, families: Collection[str]) -> list[Link]:
        """The links of some families, by their ids."""
        with self._reads() as connection:
            return worth.links_of(connection, families)

    def flags(self) -> list[Flag]:
        """All flags, by report and place, as they were made last."""
        with self._reads() as connection:
            return worth.flags(connection)

    def families(self) -> list[Family]:
        """All families with their links, as they were made last."""
        with self._reads() as connection:
            return worth.families(connection)

    def family_of_reports(self) -> dict[str, str]:
        """The family of each report that is in one, by report id, as they were made last."""
        with self._reads() as connection:
            return worth.family_of_reports(connection)

    # ------------------------------------------------------------------------------------------ positions that are kept

    def kept_positions(self, key: str) -> tuple[int, settled.Kept | None]:
        """How many changes there have been, and the positions that are kept by this key, if any are; see `settled`."""
        with self._reads() as connection:
            return settled.count(connection), settled.kept(connection, key)

    def keep_positions(
        self,
        key: str,
        counted: int,
        positions: Mapping[settled.Cell, settled.Content],
        anew: Sequence[settled.Cell] | None = None,
    ) -> bool:
        """Keep positions; False where what they hang on was written to meanwhile; see `settled.keep`."""
        with self._writes(Topic.ERRANDS) as connection:
            return settled.keep(connection, key, counted, positions, anew)
