"""Another record's statements and judgements, in the form of what a file brings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from travaux.exchange.incoming import IncomingJudgement, IncomingStatement
from travaux.exchange.rows import judgement_row
from travaux.model import Judgement, Statement
from travaux.record.corrections import CORRECTABLE


def incoming_statements(statements: Iterable[Statement]) -> Iterator[IncomingStatement]:
    """Statements as they were read; what people made of them comes as their judgements."""
    for one in statements:
        values = {name: getattr(one, name) for name in CORRECTABLE}
        reasons = [{"step": why.step, "says": why.says, "start": why.start, "end": why.end} for why in one.reasons]
        yield IncomingStatement(
            where=f"statement {one.id}",
            report=one.report,
            report_id=one.report_id,
            quote=one.quote,
            start=one.start,
            end=one.end,
            values={
                name: value if value is None or isinstance(value, bool | int) else str(value)
                for name, value in values.items()
            },
            id=one.id,
            reader=one.reader,
            extra={"confidence": one.confidence, "reasons": reasons},
        )


def incoming_judgements(judgements: Iterable[Judgement], names: Mapping[str, str]) -> Iterator[IncomingJudgement]:
    """Judgements with the names of their reports.

    Args:
        names: of the reports, by id.
    """
    for one in judgements:
        row = {"report": names.get(one.report_id), **judgement_row(one)}
        yield IncomingJudgement(f"judgement {one.number}", row)
