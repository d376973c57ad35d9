"""Whose a group is that a meeting names by its number: its parties, and their leaders where it is of leaders."""

import pytest

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.reading.local import LocalReader

AGENDA = parse_agenda("""
title: Forming a council
parties:
  - {id: reds, name: Reds, people: [{name: Ana Sorel, names: [Sorel], role: leader of the Reds}]}
  - id: blues
    name: Blues
    people:
      - {name: Karl Weiss, names: [Weiss], role: deputy leader of the Blues}
      - {name: Ida Holm, names: [Holm], role: leader of the Blues}
  - {id: greens, name: Greens, people: [{name: Bo Lund, names: [Lund], role: leader of the Greens}]}
issues:
  - id: council
    title: Council
    options:
      - {id: rent, says: Rents are frozen, words: [rent freeze]}
""")


def meetings(text):
    report = receive_bytes(text.encode(), "a.txt").report
    return LocalReader(encoder=False).read(report, AGENDA).happenings


REST = " Sorel wants the rent freeze. Holm opposes the rent freeze. Lund is for the rent freeze. Sorel insists on it."


@pytest.mark.parametrize(
    ("text", "participants"),
    [("The three party leaders met in Norrby on 4 June 2024." + REST, {"Ana Sorel", "Ida Holm", "Bo Lund"}),
     # Known only by the end of the report.
     (REST.strip() + " The three met in Norrby on 4 June 2024.", {"Reds", "Blues", "Greens"}),
     ("The three leaders met in Norrby on 4 June 2024." + REST + " The three are due to meet again in Norrby on 9 June 2024.",
      {"Ana Sorel", "Ida Holm", "Bo Lund"})],
)  # fmt: skip
def test_a_group_told_by_its_number(text, participants):
    found = meetings(text)
    assert found and all(set(one.participants) == participants for one in found)
    assert {party for one in found for party in one.parties} == {"reds", "blues", "greens"}


def test_they_talked_by_telephone_is_of_the_two_spoken_of_last():
    (one,) = meetings("Sorel wants the rent freeze. Holm does not. They talked it over by telephone on 4 June 2024.")
    assert (set(one.participants), one.form) == ({"Ana Sorel", "Ida Holm"}, "call")


def test_whom_they_bring_together_takes_part_too():
    (one,) = meetings(
        "Ana Sorel and Ida Holm were tired. They will bring the negotiators together again in Norrby on 4 June 2024."
    )
    assert {"Ana Sorel", "Ida Holm", "negotiators"} <= set(one.participants)
