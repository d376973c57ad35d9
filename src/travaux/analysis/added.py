"""Statements that a person added where every reader missed one; a pure function of the judgements that add them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace

from travaux.analysis.judgements import in_effect
from travaux.analysis.readers import place_in_record
from travaux.model import PERSON, Act, Judgement, Reason, Statement, Verdict, Via


def added_statements(judgements: Iterable[Judgement], names: Mapping[str, str]) -> list[Statement]:
    """The statements that people added and did not withdraw, by report name and place.

    Two people who add the same words with the same reading add one statement; its reasons name both.

    Args:
        names: of the reports, by id.
    """
    found: dict[str, Statement] = {}
    for judgement in in_effect(judgements):
        if judgement.verdict is not Verdict.ADD:
            continue
        told = f"added by {judgement.reviewer} on {judgement.at[:10]}"
        reason = Reason("added", f"{told}: {judgement.note}" if judgement.note else told)
        standing = found.get(judgement.statement)
        if standing is None:
            found[judgement.statement] = _statement(judgement, names[judgement.report_id], reason)
        else:
            found[judgement.statement] = replace(standing, reasons=(*standing.reasons, reason))
    return sorted(found.values(), key=place_in_record)


def _statement(judgement: Judgement, report: str, reason: Reason) -> Statement:
    fields = dict(judgement.corrections)

    def words(name: str) -> str | None:
        value = fields.get(name)
        return value if isinstance(value, str) else None

    return Statement(
        id=judgement.statement,
        report=report,
        report_id=judgement.report_id,
        start=judgement.start,
        end=judgement.end,
        quote=judgement.quote,
        party=judgement.party,
        option=judgement.option,
        stance=judgement.stance,
        act=Act(str(fields["act"])),
        speaker=words("speaker"),
        condition=words("condition"),
        former=bool(fields["former"]),
        via=Via(str(fields["via"])),
        via_name=words("via_name"),
        reader=PERSON,
        reasons=(reason,),
    )
