"""Words of a sentence that point to options of the agenda."""

from __future__ import annotations

import pytest

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.reading.linking import OptionIndex
from travaux.reading.parse import sentences_of

AGENDA = """
title: Escorts in the strait
parties:
  - {id: norway, name: Norway, names: [Oslo, the Norwegian side]}
  - {id: iceland, name: Iceland}
issues:
  - id: all
    title: All
    options:
      - id: alone
        says: The strait is patrolled although one of the two stays away
        words: [without Norway, nothing about Iceland without Iceland]
      - id: fee
        says: Ships pay a fee for the passage
        words: [passage fee, toll]
"""


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Norway asked for a meeting on Tuesday.", set()),
        ("Oslo and Iceland will meet again, Iceland said.", set()),
        ("The fleet would have to sail without Norway, the admiral said.", {"alone"}),
        ("Nothing about Iceland without Iceland: that was the prime minister's answer.", {"alone"}),
        ("Norway would pay the toll.", {"fee"}),
    ],
)
def test_a_phrase_of_names_is_named_by_all_its_words_alone(sentence: str, named: set[str]) -> None:
    index = OptionIndex(parse_agenda(AGENDA))
    (found,) = sentences_of(receive_bytes(sentence.encode(), "report.txt").report)
    assert {link.option for link in index.links(found)} == named
