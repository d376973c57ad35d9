"""Present positions of a large record: kept as they were worked out, and worked out anew only where something came since."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING

from travaux.api.foundation import Progress
from travaux.api.judged import Judged
from travaux.api.looking import Look, is_known
from travaux.api.worth import digest
from travaux.version import rules_digest

if TYPE_CHECKING:
    from pydantic import TypeAdapter

    from travaux.analysis import Position

LARGE = 5_000
"""Statements from which positions are kept: fewer are looked through faster than anybody notices."""

Cell = tuple[str, str]


@cache
def _rules() -> str:
    """SHA-256 over the room of analysis: what a changed rule has made is made anew."""
    return rules_digest((files("travaux.analysis"), (".py",)))


@cache
def _form() -> TypeAdapter[Position]:
    from pydantic import TypeAdapter

    from travaux.analysis import Position

    return TypeAdapter(Position)


class Present(Judged):
    """What `positions` asks for the present."""

    def settle(self, progress: Progress | None = None) -> None:
        """Work out and write down what would otherwise be worked out at the next look: flags, families, positions.

        Args:
            progress: told each report that is looked at.
        """
        self.assess(progress)
        if not self.store.read_only and self._is_large(self.reader):
            self._present_positions(self.reader)

    def _is_large(self, reader: str) -> bool:
        return self.store.number_of_statements(reader=reader) >= LARGE

    def _present_positions(self, reader: str) -> list[Position]:
        """The present positions by the statements of a reader, by party and option."""
        if is_known(self, ("judged", reader, None)) or not self._is_large(reader):
            return self._positions_of(self.judged(reader=reader))
        with self.looking(Look()):  # what is kept must be of one moment, and that moment known
            self.assess()  # families come first: positions hang on them
            if self._at_hand is not None:
                return self._positions_of(self.judged(reader=reader))  # these families are kept nowhere
            return self._settled_positions(reader)

    def _settled_positions(self, reader: str) -> list[Position]:
        renamed = self._present_ids()
        key = digest(_rules(), reader, *(f"{before} {now}" for before, now in sorted(renamed.items())))
        counted, kept = self.store.kept_positions(key)
        if kept is None:
            found = self._positions_of(self.judged(reader=reader))
            self._keep(key, counted, found, None)
            return found
        touched = {(party, renamed.get(option, option)) for party, option in kept.touched}
        standing = [_form().validate_python(content) for cell, content in kept.positions.items() if cell not in touched]
        anew = self._positions_on(touched, reader) if touched else []
        if touched:
            self._keep(key, counted, anew, sorted(touched))
        return sorted([*standing, *anew], key=lambda one: (one.party, one.option))

    def _keep(self, key: str, counted: int, found: Sequence[Position], anew: Sequence[Cell] | None) -> None:
        if not self.store.read_only:
            content = {(one.party, one.option): _form().dump_python(one, mode="json") for one in found}
            self.store.keep_positions(key, counted, content, anew)

    def _positions_on(self, cells: set[Cell], reader: str) -> list[Position]:
        """The positions on some parties and options alone.

        A judgement holds for statements of its report and no other, so that the statements on these parties and options, with
        all those of the reports that anybody judged, are all that can count.
        """
        from travaux.analysis import over_readers, positions_at, renamed_statements, standing

        renamed, judgements = self._present_ids(), self._judgements()
        before = {(party, old) for old, new in renamed.items() for party, option in cells if option == new}
        found = self.store.statements_on(cells | before, {one.report_id for one in judgements})
        read = renamed_statements(found, renamed) if renamed else found
        own, others = ([one for one in read if (one.reader == reader) is chosen] for chosen in (True, False))
        judged = over_readers(own, others, judgements, self._added(judgements))
        counting = [one for one in standing(judged) if (one.party, one.option) in cells]
        dates = self.store.dates({one.report_id for one in counting})
        return positions_at(counting, dates, None, self._family_of_reports())
