"""Trap: the first-named party taken for the one who acts (passives, "was rejected by"); seen in event coders."""

from __future__ import annotations

import pytest

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.reading.local import LocalReader

AGENDA = """
title: A bridge
parties:
  - {id: chad, name: Chad, names: [N'Djamena, Chadian]}
  - {id: niger, name: Niger, names: [Niamey, Nigerien]}
issues:
  - id: crossing
    title: Crossing
    options:
      - {id: bridge, says: A bridge is built over the lake, words: [the bridge, bridge plan]}
"""


@pytest.mark.parametrize(
    ("passage", "who", "stance"),
    [
        ("Chad's bridge plan was rejected by Niger.", "niger", "against"),
        ("Chad's bridge plan was welcomed by Niger.", "niger", "for"),
        ("The bridge plan that Niger rejected in May was drawn up in N'Djamena.", "niger", "against"),
        ("In N'Djamena on Monday Niger rejected the bridge plan.", "niger", "against"),
    ],
)
def test_the_one_who_acts_holds_the_position(passage: str, who: str, stance: str) -> None:
    report = receive_bytes(passage.encode(), "bridge.txt").report
    found = {(s.party, str(s.stance)) for s in LocalReader().read(report, parse_agenda(AGENDA)).statements}
    assert (who, stance) in found
    assert ("chad", "against") not in found
