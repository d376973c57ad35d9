"""Reports into a record."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

from travaux.api.foundation import Progress, RecordBase, tell
from travaux.outcomes import AddOutcome

if TYPE_CHECKING:
    from travaux.intake import Received, Refused
    from travaux.record import Added


class Incoming(RecordBase):
    """The verbs that take reports in."""

    def add(self, *paths: str | Path, progress: Progress | None = None) -> AddOutcome:
        """Add files and folders of reports; what the record has already is left alone.

        A file that cannot become a report is refused, with the reason, and the rest go on.

        Args:
            paths: files, and folders that are searched through; ``manifest.csv`` beside them describes them.
            progress: see `Progress`.
        """
        from travaux.intake import find_files, manifest_warnings, receive

        given = [Path(path) for path in paths]
        skipped: Counter[str] = Counter()
        added: list[Added] = []
        refused: list[Refused] = []
        for place, found in enumerate(find_files(given, skipped=skipped), 1):
            tell(progress, found.name, place, 0)
            self._take_in(receive(found), added, refused)
        return AddOutcome(tuple(added), tuple(refused), manifest_warnings(given), dict(sorted(skipped.items())))

    def add_bytes(self, raw: bytes, name: str) -> AddOutcome:
        """Add one report from its bytes.

        Raises:
            IntakeError: they cannot become a report.
        """
        from travaux.intake import receive_bytes

        added: list[Added] = []
        self._take_in(receive_bytes(raw, name), added, [])
        return AddOutcome(tuple(added))

    def _take_in(self, one: Received | Refused, added: list[Added], refused: list[Refused]) -> None:
        from travaux.intake import Received

        if isinstance(one, Received):
            added.append(self.store.add_report(one.report, one.raw))
        else:
            refused.append(one)
