"""Who takes part in a meeting, and whose people only do."""

from pathlib import Path

import pytest

from travaux.agenda import load_agenda, parse_agenda
from travaux.intake import receive_bytes
from travaux.reading.local import LocalReader

AGENDA = load_agenda(Path(__file__).parent / "agenda.yaml")


@pytest.mark.parametrize(
    ("text", "participants"),
    [
        (
            "Marta Keller met with Lars Haugen's special envoy Steve Winter and Haugen's son Jack Cushing.",
            {"Marta Keller", "Steve Winter", "Jack Cushing"},
        ),
        ("Marta Keller met with Lars Haugen and Jon Petursson.", {"Marta Keller", "Lars Haugen", "Jon Petursson"}),
        # "He" is the subject of the clause joined to this one, though another name stands nearer.
        ("Lars Haugen recently met with Marta Keller, and now he is hosting Jon Petursson.", {"Lars Haugen", "Jon Petursson"}),
    ],
)  # fmt: skip
def test_who_takes_part(text, participants):
    read = LocalReader(encoder=False).read(receive_bytes(text.encode(), "a.txt").report, AGENDA)
    assert participants in [set(one.participants) for one in read.happenings]


THREE = parse_agenda("""
title: The lock at Varn
parties:
  - {id: veria, name: Veria, people: [{name: Ana Sorel, names: [Sorel], role: President of Veria}]}
  - {id: ostland, name: Ostland, people: [{name: Karl Weiss, names: [Weiss], role: President of Ostland}]}
  - {id: sund, name: Sund, people: [{name: Ida Holm, names: [Holm], role: President of Sund}]}
issues:
  - id: talks
    title: Talks
    options:
      - {id: summit, says: Sorel and Weiss meet together, words: [summit]}
""")


def test_so_many_holders_of_an_office_are_those_whom_the_agenda_names_together():
    text = "Ana Sorel wrote to Karl Weiss. Ida Holm waited. A meeting of the two presidents has been arranged in Brenn."
    read = LocalReader(encoder=False).read(receive_bytes(text.encode(), "a.txt").report, THREE)
    assert [set(one.participants) for one in read.happenings] == [{"Ana Sorel", "Karl Weiss"}]
