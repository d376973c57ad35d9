"""Statements and judgements that a test needs in passing."""

import pytest

from travaux.model import Act, Judgement, Stance, Statement, Verdict, Via, statement_id

WORDS = {"for": Stance.FOR, "against": Stance.AGAINST, "open": Stance.OPEN}


def statement(report="a.txt", stance="for", span=(0, 40), party="northland", option="ferry-link", **fields):
    """A statement that a reader might take from a report; its text is made up of its span."""
    start, end = span
    former, speaker, via = fields.get("former", False), fields.get("speaker"), fields.get("via", Via.SPEAKER)
    identity = statement_id("local", report, start, end, party, option, stance, former, speaker, via)
    return Statement(
        id=identity,
        report=report,
        report_id=report,
        start=start,
        end=end,
        quote="x" * (end - start),
        party=party,
        option=option,
        stance=WORDS[stance],
        **{"act": Act.STATE, **fields},
    )


def judgement(number, of, verdict="confirm", corrections=()):
    """A judgement on a statement as it was read."""
    return Judgement(
        number,
        of.id,
        Verdict(verdict),
        "reviewer-a",
        f"2025-08-{number:02}T10:00:00Z",
        of.report_id,
        of.start,
        of.end,
        of.quote,
        of.party,
        of.option,
        of.stance,
        tuple(corrections),
    )


@pytest.fixture(scope="session")
def make_statement():
    return statement


@pytest.fixture(scope="session")
def make_judgement():
    return judgement
