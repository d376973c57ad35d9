"""A small agenda about herring, and a way to read one passage against it."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.model import Agenda, Reading
from travaux.reading.local import LocalReader

AGENDA = """
title: Herring quotas in the northern sea
parties:
  - id: norway
    name: Norway
    names: [Oslo, Norwegian]
    people:
      - {name: Kari Lund, names: [Lund], role: Fisheries Minister of Norway}
      - {name: Per Dahl, names: [Dahl], role: spokesman of the Fisheries Minister of Norway}
  - id: iceland
    name: Iceland
    names: [Reykjavik, Icelandic]
    people:
      - {name: Jon Arason, names: [Arason], role: Prime Minister of Iceland}
  - id: faroes
    name: Faroe Islands
    names: [the Faroes, Torshavn, Faroese]
issues:
  - id: catch
    title: Catch
    options:
      - id: quota-cut
        says: The herring quota is cut by a fifth
        words: [quota cut, smaller quota]
      - id: observers
        says: Observers sail on every trawler
        words: [observers, observer scheme]
      - id: landing-ban
        says: Foreign trawlers are banned from landing their catch
        words: [landing ban]
      - id: arbitration
        says: A panel of arbitration settles disputes
        words: [arbitration panel, arbitration]
"""


@pytest.fixture(scope="session")
def agenda() -> Agenda:
    return parse_agenda(AGENDA)


@pytest.fixture(scope="session")
def reader() -> LocalReader:
    """Grammar alone: what the encoder adds is measured on records, not on single sentences."""
    return LocalReader(encoder=False)


@pytest.fixture(scope="session")
def read(agenda: Agenda, reader: LocalReader) -> Callable[[str], Reading]:
    """Reads a passage as if it were a report of its own."""

    def read_passage(passage: str) -> Reading:
        return reader.read(receive_bytes(passage.encode(), "passage.txt").report, agenda)

    return read_passage


@pytest.fixture(scope="session")
def sides(read: Callable[[str], Reading]) -> Callable[[str], set[tuple[str, str, str]]]:
    """Party, option and stance of everything read in a passage; a former stance is marked."""

    def sides_of_passage(passage: str) -> set[tuple[str, str, str]]:
        found = read(passage).statements
        return {(s.party, s.option, ("former-" if s.former else "") + s.stance) for s in found}

    return sides_of_passage
