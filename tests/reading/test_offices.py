"""Leaders, spokespeople, ministries and letters: whose words they are, by the offices that the agenda knows."""

from __future__ import annotations

import pytest
from lock_at_varn import AGENDA

from travaux.intake import receive_bytes
from travaux.reading.local import LocalReader


@pytest.fixture(scope="module")
def reader() -> LocalReader:
    return LocalReader(encoder=False)


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        ("The Verian leader rejected a toll.", "Ana Sorel"),
        ("The Verian head of state rejected a toll.", "Ana Sorel"),
        ("The Verian head of government rejected a toll.", "Ivo Mareš"),
        ("The leader of Ostland rejected a toll.", "Karl Weiss"),
        ("Ms Sorel was abroad. Her spokesman rejected a toll.", "Tom Hale"),
        ("Veria's spokeswoman rejected a toll.", "Ilse Brok"),
        ("Veria's Foreign Ministry rejected a toll.", "Verian Foreign Ministry"),
        ("Ms Brok was asked twice. Her ministry rejected a toll.", "Verian Foreign Ministry"),
        ("The Foreign Ministry in Varn rejected a toll.", "Verian Foreign Ministry"),
        ("Ana Sorel's letter of 3 May rejected a toll.", "Ana Sorel"),
        ("Ana Sorel's letter came in May. It rejected a toll.", "Ana Sorel"),
        ("According to Ana Sorel, Veria rejects a toll.", "Ana Sorel"),
        ("President Sorel rejected a toll.", "Ana Sorel"),
        ("Veria's statement rejected a toll.", None),
        ("Veria's deputy leader rejected a toll.", "Veria's deputy leader"),
    ],
)
def test_who_speaks_by_office(reader: LocalReader, words: str, speaker: str | None) -> None:
    found = reader.read(receive_bytes(words.encode(), "passage.txt").report, AGENDA).statements
    assert [statement.speaker for statement in found] == [speaker]


def test_a_newspaper_is_nobody_who_speaks(reader: LocalReader) -> None:
    words = "A government source in Varn, who asked not to be named, told Canal Wire that Veria rejected a toll."
    found = reader.read(receive_bytes(words.encode(), "passage.txt").report, AGENDA).statements
    assert [(statement.party, statement.speaker) for statement in found] == [("veria", None)]
