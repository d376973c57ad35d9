"""A lock on a river, two states and two unions of people who use it; and who a word of a text means to the reader."""

from __future__ import annotations

from travaux.agenda import parse_agenda
from travaux.intake import receive_bytes
from travaux.model import Agenda
from travaux.reading.local import LocalReader
from travaux.reading.mention import Mention

AGENDA = parse_agenda("""
title: The lock at Varn
parties:
  - id: veria
    name: Veria
    names: [Varn, Verian]
    people:
      - {name: Ana Sorel, names: [Sorel], role: President of Veria}
      - {name: Ivo Mareš, names: [Mareš], role: Prime Minister of Veria}
      - {name: Ilse Brok, names: [Brok], role: spokeswoman of the Verian Foreign Ministry}
      - {name: Tom Hale, names: [Hale], role: spokesman of the President of Veria}
  - id: ostland
    name: Ostland
    names: [Ostlandic, Brenn]
    people:
      - {name: Karl Weiss, names: [Weiss], role: Chancellor of Ostland}
  - id: union
    name: Rivermen's Union
    names: [the Union]
  - id: growers
    name: Hop Growers
    names: [Chamber of Hop Growers, Valley hop growers]
issues:
  - id: lock
    title: Lock
    options:
      - id: toll
        says: Barges pay a toll at the lock
        words: [lock toll, toll]
""")


def meant(text: str, word: str, agenda: Agenda = AGENDA) -> Mention | None:
    """The mention at the last token that reads so."""
    report = receive_bytes(text.encode(), "a.txt").report
    found = None
    for line in LocalReader(encoder=False).lines_of(report, agenda):
        for token in line.sentence.span:
            if token.text == word:
                found = line.mentions.get(token.i)
    return found


def parties_meant(text: str, word: str, agenda: Agenda = AGENDA) -> tuple[str, ...] | None:
    """Ids of the parties that the last token that reads so means; None where it means nobody."""
    found = meant(text, word, agenda)
    return found and found.parties
