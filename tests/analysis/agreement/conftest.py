"""Talks about a made-up river, small enough to check by hand."""

import pytest

from travaux.agenda import parse_agenda
from travaux.analysis.agreement import Sheet, kind_of, known_by, stands_of, term_sheet
from travaux.analysis.positions import positions_at
from travaux.model import Act, DateBasis, PartialDate, Stance, Statement, Via, statement_id

RIVER = """\
title: The river
parties: [{id: upland, name: Upland}, {id: lowland, name: Lowland}, {id: delta, name: The Delta}]
issues:
  - id: water
    title: Water
    options:
      - {id: quota, says: Each side draws a fixed share, words: [fixed share, quota of water]}
      - {id: dam, says: A dam is built, words: [new dam, build a dam]}
  - id: watch
    title: Watching
    options:
      - {id: gauges, says: Gauges are read by both, words: [common gauges, joint reading of gauges]}
instrument:
  title: River treaty
  kind: ceasefire
  provisions:
    parties: {value: both banks, option: quota}
    monitoring: {value: both read the gauges, option: gauges, code: joint_commission}
    duration: {value: unknown}
"""


@pytest.fixture(scope="session")
def river():
    return parse_agenda(RIVER)


def stated(party, option, stance, act="state", report="a.txt", start=0, **fields):
    """A statement with its words made up of what it says."""
    quote = fields.pop("quote", f"{party} {stance} {option}")
    given = {"speaker": None, "former": False, "via": Via.SPEAKER, "condition": None, **fields}
    made = statement_id(
        "made",
        report,
        start,
        start + len(quote),
        party,
        option,
        stance,
        given["former"],
        given["speaker"],
        given["via"],
    )
    return Statement(
        made, report, report, start, start + len(quote), quote, party, option, Stance(stance), Act(act), given["speaker"],
        given["condition"], given["former"], given["via"],
    )  # fmt: skip


@pytest.fixture(scope="session")
def state():
    return stated


DATES = {"a.txt": "2025-01-10", "b.txt": "2025-02-10", "c.txt": "2025-03-10", "u.txt": None}


def stands(agenda, statements, as_of=None, linkings=()):
    dates = {name: PartialDate(day, DateBasis.MANIFEST) if day else None for name, day in DATES.items()}
    known = known_by(statements, dates, as_of)
    return stands_of(agenda, positions_at(statements, dates, as_of), known, linkings)


@pytest.fixture(scope="session")
def taken():
    return stands


def sheet_of(agenda, statements, as_of=None, **fields):
    kind = kind_of(agenda.instrument.kind)
    return term_sheet(Sheet(agenda, kind, as_of=as_of, **{"read": 3, **fields}), stands(agenda, statements, as_of))


@pytest.fixture(scope="session")
def sheet():
    return sheet_of
