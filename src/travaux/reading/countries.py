"""Countries and large organisations as texts refer to them: adjectives, people, capitals, seats of government.

An agenda need not list what everybody knows: a party called Germany is meant by "Berlin" and "the Germans" too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import cache
from importlib.resources import files

from travaux.model import Agenda, Party
from travaux.reading.offices import without_article

PEOPLE = re.compile(r"[A-Z][a-z]+(?:an|[a-z]i|er|ist)")
"""A name that is an adjective or one of a people, so that "s" makes the people: "Vestrian", "Kirundi", "Sudmarker"."""


@dataclass(frozen=True, slots=True)
class Country:
    """A country or body and the ways texts refer to it.

    Attributes:
        name, others: what it is called. people: adjectives and its people. seats: capital and seats of government.
        kind: as an agenda's party has it.
    """

    name: str
    people: tuple[str, ...]
    seats: tuple[str, ...]
    others: tuple[str, ...]
    kind: str

    @property
    def names(self) -> tuple[str, ...]:
        """Every way to refer to it beside its name."""
        return self.people + self.seats + self.others


@cache
def countries() -> tuple[Country, ...]:
    """The countries and bodies of ``lexicon/countries.txt``."""
    lines = (files("travaux.reading") / "lexicon" / "countries.txt").read_text("utf-8").splitlines()
    found = []
    for line in lines:
        if line and not line.startswith("#"):
            name, *lists, kind = [part.strip() for part in (line + "|" * (4 - line.count("|"))).split("|")]
            people, seats, others = (tuple(filter(None, (one.strip() for one in part.split(",")))) for part in lists)
            found.append(Country(name, people, seats, others, kind or "state"))
    return tuple(found)


def with_usual_names(agenda: Agenda) -> Agenda:
    """The agenda with the names that everybody knows its parties by; what it lists for another party stays that party's."""
    taken = {plain(name) for party in agenda.parties for name in names_in(party)}
    parties = []
    for party in agenda.parties:
        usual = [name for name in dict.fromkeys(usual_names(party)) if plain(name) not in taken]
        taken |= set(map(plain, usual))
        parties.append(replace(party, names=(*party.names, *usual)))
    return replace(agenda, parties=tuple(parties))


def usual_names(party: Party) -> Iterator[str]:
    """Names that a party has beside those on its agenda: of the country or body that it is, and of its people."""
    own = {plain(name) for name in (party.name, *party.names)}
    known = next((one for one in countries() if own & set(map(plain, (one.name, *one.others)))), None)
    names: list[str] = []
    if known is not None and party.kind in {"state", known.kind}:
        # "The Commission", "the bloc", "the alliance" may be any other.
        names = [name for name in known.names if known.kind == "state" or not name.startswith("the ")]
    yield from names
    for name in (*party.names, *names):
        if PEOPLE.fullmatch(name):
            yield f"{name}s"


def names_in(party: Party) -> Iterator[str]:
    """Every name that an agenda has for a party and its people."""
    yield from (party.name, *party.names)
    for person in party.people:
        yield from (person.name, *person.names)


def plain(name: str) -> str:
    """A name without its article, in lower case."""
    return without_article(name).lower()
