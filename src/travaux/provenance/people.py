"""Where a report names people: runs of capitalised words, and which of the agenda's people they mean.

A name is compared part by part, so that "Volodymyr Zelensky", "Mr Zelenskyy" and "Zelenskiy" are one person, and "Georgio
Meloni" is somebody on the agenda with a letter changed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from travaux.model import Agenda, Party, Person, Report
from travaux.provenance.sentences import stretches_of
from travaux.provenance.spelling import Script, folded, initial, is_near, is_same_name, script_of_name

_PART = r"(?:[A-ZÀ-ÞĀĂĄĆČĎĐĒĖĘĚĞĢİĪĶĻŁĽŃŅŇŌŐŒŘŚŞŠŢŤŪŮŰŲŹŻŽΑ-ΩА-ЯЇІЄҐ][\w’'-]*\w|[A-Z](?=\.))\.?"
_PARTICLE = r"(?:von der|van der|van den|de la|von|van|der|den|de|da|di|du|dos|del|al|el|bin|bint|ibn|ben|ter|ten)"
NAMES = re.compile(rf"{_PART}(?:[ \u00a0](?:{_PARTICLE} )?{_PART}){{0,8}}")
_OWNER = re.compile(r"[’']s?$")
_PARTICLES = frozenset("von van der den de la da di du dos del al el bin bint ibn ben ter ten".split())

HONORIFICS = frozenset(
    "mr mrs ms miss dr sir dame lord lady president prime minister premier chancellor secretary general gen colonel col "
    "ambassador senator envoy king queen prince princess foreign defence defense vice deputy former chairman chairwoman "
    "commissioner speaker governor mayor judge justice professor prof pope comrade captain admiral field marshal sheikh sheikha".split()
)


@dataclass(frozen=True, slots=True)
class Part:
    """One word of a name where it stands: [start, end) in code points of the report's text, possessive endings left out."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody on the agenda.

    Attributes:
        parts: the words of the full name, the surname last; script: how they come into Latin letters.
        listed: other spellings and short forms, folded.
    """

    person: Person
    party: Party
    parts: tuple[str, ...]
    listed: frozenset[str]
    script: Script

    @property
    def surname(self) -> str:
        """The last word of the full name."""
        return self.parts[-1]


@dataclass(frozen=True, slots=True)
class Naming:
    """One place where somebody of the agenda is named, rightly or nearly so.

    Attributes:
        parts: the words that match parts of the name, in order; places: which parts of the full name they match.
        exact: whether each is a right spelling of that part.
    """

    known: Known
    parts: tuple[Part, ...]
    places: tuple[int, ...]
    exact: tuple[bool, ...]

    @property
    def start(self) -> int:
        """Where the first of its words begins."""
        return self.parts[0].start

    @property
    def end(self) -> int:
        """Where the last of its words ends."""
        return self.parts[-1].end

    @property
    def is_right(self) -> bool:
        """Whether every word is a right spelling."""
        return all(self.exact)

    @property
    def has_surname(self) -> bool:
        """Whether the surname is among them."""
        return self.places[-1] == len(self.known.parts) - 1


class People:
    """The people of an agenda, ready to be found in many reports."""

    def __init__(self, agenda: Agenda | None):
        self.known = tuple(
            Known(
                person,
                party,
                name_parts(person.name),
                frozenset(folded(name) for name in person.names),
                script_of_name(person.name, party),
            )
            for party in (agenda.parties if agenda else ())
            for person in party.people
            if name_parts(person.name)
        )

    @cached_property
    def _by_letter(self) -> dict[str, list[tuple[Known, int]]]:
        found: dict[str, list[tuple[Known, int]]] = {}
        for known in self.known:
            for place, part in enumerate(known.parts):
                found.setdefault(initial(folded(part)), []).append((known, place))
        return found

    def parts_meant(self, part: str) -> Iterator[tuple[Known, int, bool]]:
        """Whom a word may name: somebody, by which part of the name, and whether the spelling is right."""
        letter = initial(folded(part))
        for known, place in self._by_letter.get(letter, ()) if letter else ():
            if is_same_name(part, known.parts[place], known.script, place == len(known.parts) - 1):
                yield known, place, True
            elif is_near(part, known.parts[place]):
                yield known, place, False

    def namings(self, report: Report) -> list[Naming]:
        """Where a report names the agenda's people, in the order of the text; two at one place where both may be meant."""
        return [naming for run in runs_of(report) for naming in self._in_run(run)]

    def _in_run(self, run: tuple[Part, ...]) -> Iterator[Naming]:
        found: dict[int, list[tuple[int, int, bool]]] = {}
        for number, part in enumerate(run):
            for known, place, exact in self.parts_meant(part.text):
                found.setdefault(id(known), []).append((number, place, exact))
        by_id = {id(known): known for known in self.known}
        for identity, matches in found.items():
            known = by_id[identity]
            chosen: list[tuple[int, int, bool]] = []
            for match in matches:
                # Words of one name follow each other, in the order of the name; a middle name may be left out.
                if chosen and (match[0] == chosen[-1][0] or match[1] <= chosen[-1][1]):
                    continue
                chosen.append(match)
            yield Naming(
                known,
                tuple(run[number] for number, _, _ in chosen),
                tuple(place for _, place, _ in chosen),
                tuple(exact for _, _, exact in chosen),
            )


def name_parts(name: str) -> tuple[str, ...]:
    """The words of a name, particles and initials left out."""
    return tuple(word for word in name.split() if word.casefold() not in _PARTICLES and not word.endswith("."))


def runs_of(report: Report) -> Iterator[tuple[Part, ...]]:
    """The runs of capitalised words in a report's evidence blocks."""
    for start, end in stretches_of(report):
        for found in NAMES.finditer(report.text, start, end):
            yield tuple(_parts(found.group(), found.start()))


def _parts(words: str, start: int) -> Iterator[Part]:
    for found in re.finditer(r"[^\s\u00a0]+", words):
        text = _OWNER.sub("", found.group())
        text = text.rstrip(".") if len(text) > 2 else text  # a full stop is part of an initial only
        if text.casefold() not in _PARTICLES:
            yield Part(text, start + found.start(), start + found.start() + len(text))
