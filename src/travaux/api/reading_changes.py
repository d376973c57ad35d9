"""What is new read, and what that changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from travaux.api.foundation import Progress
from travaux.api.judging import now
from travaux.api.updating import Updated
from travaux.outcomes import ReadOutcome

if TYPE_CHECKING:
    from travaux.views.changes import Changes, Entry


class ReadWithChanges(Updated):
    """The verb that reads and says what came of it."""

    def read_changes(self, progress: Progress | None = None) -> tuple[ReadOutcome, Changes]:
        """Read what is new, by the reader that ships, and say what the record holds now that it did not before.

        The next update still tells these changes: they are shown here and not noted as told.

        Args:
            progress: see `Progress`.

        Raises:
            As `Record.read` does.
        """
        from travaux.views.changes import changes_between

        started = now()
        # A report that waits is there already, and has statements only afterwards: it counts as new with them.
        before = {(one.kind, one.key): one for one in self._told_entries()}
        outcome = self.read(progress=progress)
        entries = [one for one in self._told_entries() if _is_new(one, before.get((one.kind, one.key)))]
        return outcome, changes_between(self._title(), self.notice, entries, started, now())


def _is_new(one: Entry, before: Entry | None) -> bool:
    return before is None or (one.kind == "report" and one.detail != before.detail)
