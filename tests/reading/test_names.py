"""What a party is called beside the names that its agenda lists: its country's people and capital, the last word of its name."""

from __future__ import annotations

import pytest
from lock_at_varn import parties_meant

from travaux.agenda import parse_agenda
from travaux.reading.countries import countries, with_usual_names

STATES = parse_agenda("""
title: Gas through the strait
parties:
  - {id: germany, name: Germany}
  - {id: turkey, name: Turkey, names: [Turkish]}
  - {id: india, name: India}
  - {id: bulgaria, name: Bulgaria}
  - {id: eu, name: European Union, kind: organisation}
  - id: berliners
    name: League of Berlin
    kind: organisation
    names: [Berlin]
  - {id: georgia, name: Georgia, kind: company}
issues:
  - id: gas
    title: Gas
    options:
      - {id: transit, says: Gas goes through the strait, words: [transit]}
""")


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("The Germans rejected transit.", "Germans", ("germany",)),
        ("Ankara rejected transit.", "Ankara", ("turkey",)),
        ("The Turks rejected transit.", "Turks", ("turkey",)),
        ("Brussels rejected transit.", "Brussels", ("eu",)),
        # What the agenda gives another stays another's.
        ("Berlin rejected transit.", "Berlin", ("berliners",)),
        # A company is no country, whatever its name.
        ("Tbilisi rejected transit.", "Tbilisi", None),
        # A name inside a longer one.
        ("Ships cross the Indian Ocean without transit.", "Indian", None),
        ("The Indian minister rejected transit.", "minister", ("india",)),
        ("Sofia Marković rejected transit.", "Sofia", None),
        ("Sofia rejected transit.", "Sofia", ("bulgaria",)),
    ],
)
def test_what_everybody_calls_a_country(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word, STATES) == parties


def test_no_name_means_two_parties() -> None:
    names = [name for party in with_usual_names(STATES).parties for name in (party.name, *party.names)]
    assert len(names) == len(set(names))


def test_every_country_has_names_of_its_own() -> None:
    named = [name for country in countries() for name in (country.name, *country.others)]
    assert len(named) == len(set(named)) > 150
    assert all(name and name == name.strip() for country in countries() for name in (country.name, *country.names))


@pytest.mark.parametrize(
    ("text", "word", "parties"),
    [
        ("The Verians rejected a toll.", "Verians", ("veria",)),
        # People are called so at once, a body once it has been spoken of.
        ("The growers rejected a toll.", "growers", ("growers",)),
        ("The Hop Growers met Ostland. The chamber rejected a toll.", "chamber", ("growers",)),
        ("Ostland rejected a toll, the chamber did not.", "chamber", None),
        ("The Hop Growers met Ostland. The trade chamber rejected a toll.", "chamber", None),
        ("The Hop Growers met Ostland. The chamber of Brenn rejected a toll.", "chamber", None),
    ],
)
def test_the_last_word_of_a_name(text: str, word: str, parties: tuple[str, ...] | None) -> None:
    assert parties_meant(text, word) == parties
