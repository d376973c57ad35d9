"""A person's decisions on statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from travaux import settings
from travaux.api.foundation import RecordBase
from travaux.errors import RequestError
from travaux.model import FieldValue, Judgement, Statement, Verdict
from travaux.naming import verdict_of

if TYPE_CHECKING:
    from travaux.record import Store


def signed_by(reviewer: str | None) -> str:
    """Who signs: the reviewer named, else as `settings.reviewer` says; empty, which the store refuses, where nobody does."""
    return (reviewer if reviewer is not None else settings.reviewer()) or ""


def now() -> str:
    """The time of a judgement made now: ISO 8601 in UTC, to the second."""
    return datetime.now(UTC).isoformat(timespec="seconds")


def time_to_judge(store: Store, report_id: str) -> str:
    """Now; where the clock has gone backwards, the time of the latest judgement in that report.

    Of two judgements on one statement the one signed later counts, and the one made now is meant to.
    """
    made = [one.at for one in store.judgements() if one.report_id == report_id]
    return max([now(), *made], key=datetime.fromisoformat)


class Judged(RecordBase):
    """The verbs of judgement."""

    def judge(
        self,
        statement: Statement | str,
        verdict: Verdict | str,
        *,
        reviewer: str | None = None,
        note: str = "",
        corrections: Mapping[str, FieldValue] | None = None,
    ) -> Judgement:
        """Add a person's decision on a statement, for good.

        Args:
            statement: the statement or its id; the first characters of an id are enough where they are unmistakable.
            verdict: ``confirm``, ``reject``, ``correct`` or ``unsure``.
            reviewer: who signs; by default as `settings.reviewer` says.
            corrections: codebook field and new value, for ``correct``; see `travaux.record.CORRECTABLE`. The span is
                corrected by ``start`` and ``end``, or by ``quote``: the words as they stand in the report, where they
                stand more than once the place nearest to what was read.

        Raises:
            UnknownName: no such statement, party or option. RequestError: what `Store.judge` refuses, or the words do not
            stand in the report.
        """
        judged = self._statement(statement.id if isinstance(statement, Statement) else statement)
        return self.store.judge(
            self._judgement_on(judged, verdict_of(verdict), reviewer=reviewer, note=note, corrections=corrections)
        )

    def _judgement_on(
        self,
        judged: Statement,
        verdict: Verdict,
        *,
        reviewer: str | None,
        note: str,
        corrections: Mapping[str, FieldValue] | None,
    ) -> Judgement:
        """A judgement yet to be stored; see `judge`."""
        changes = self._with_span(dict(corrections or {}), judged)
        for name, known in (("party", self._party), ("option", self._option)):
            if isinstance(changes.get(name), str):
                changes[name] = known(str(changes[name]))
        return Judgement(
            number=0,
            statement=judged.id,
            verdict=verdict,
            reviewer=signed_by(reviewer),
            at=time_to_judge(self.store, judged.report_id),
            report_id=judged.report_id,
            start=judged.start,
            end=judged.end,
            quote=judged.quote,
            party=judged.party,
            option=judged.option,
            stance=judged.stance,
            corrections=tuple(changes.items()),
            note=note,
        )

    def _with_span(self, changes: dict[str, FieldValue], judged: Statement) -> dict[str, FieldValue]:
        """Corrections with start, end and quote where the span is corrected by only some of them."""
        start, end, quote = (changes.get(name) for name in ("start", "end", "quote"))
        if isinstance(start, int) and isinstance(end, int) and quote is None:
            text = self.store.report(judged.report_id).text
            return {**changes, "quote": text[max(start, 0) : end]}
        if isinstance(quote, str) and start is None and end is None:
            from travaux.record import places_of

            places = places_of(self.store.report(judged.report_id).text, quote)
            if not places:
                told = f"the words {quote!r} do not stand in {judged.report}"
                raise RequestError(told, remedy="use the report's own words")
            middle = judged.start + judged.end
            nearest = min(places, key=lambda place: (abs(2 * place + len(quote) - middle), place))
            return {**changes, "start": nearest, "end": nearest + len(quote)}
        return changes

    def orphaned(self) -> list[Judgement]:
        """Judgements whose passage is no longer read; they are kept and hold again when it is."""
        from travaux.analysis import orphaned

        return orphaned(self._all_statements(), self._judgements())
