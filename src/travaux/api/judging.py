"""A person's decisions on statements."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime

from travaux import settings
from travaux.api.foundation import RecordBase
from travaux.model import Judgement, Statement, Verdict
from travaux.naming import verdict_of


class Judged(RecordBase):
    """The verbs of judgement."""

    def judge(
        self,
        statement: Statement | str,
        verdict: Verdict | str,
        *,
        reviewer: str | None = None,
        note: str = "",
        corrections: Mapping[str, str | bool | None] | None = None,
    ) -> Judgement:
        """Add a person's decision on a statement, for good.

        Args:
            statement: the statement or its id; the first characters of an id are enough where they are unmistakable.
            verdict: ``confirm``, ``reject``, ``correct`` or ``unsure``.
            reviewer: who signs; by default as `settings.reviewer` says.
            corrections: codebook field and new value, for ``correct``; see `travaux.record.CORRECTABLE`.

        Raises:
            UnknownName: no such statement, party or option. RequestError: what `Store.judge` refuses.
        """
        judged = self._statement(statement.id if isinstance(statement, Statement) else statement)
        changes = dict(corrections or {})
        for name, known in (("party", self._party), ("option", self._option)):
            if isinstance(changes.get(name), str):
                changes[name] = known(str(changes[name]))
        return self.store.judge(
            Judgement(
                number=0,
                statement=judged.id,
                verdict=verdict_of(verdict),
                reviewer=(reviewer if reviewer is not None else settings.reviewer()) or "",
                at=datetime.now(UTC).isoformat(timespec="seconds"),
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
        )

    def orphaned(self) -> list[Judgement]:
        """Judgements whose passage is no longer read; they are kept and hold again when it is."""
        from travaux.analysis import orphaned

        return orphaned(self._all_statements(), self.store.judgements())
