"""The names of one agenda: what each spelling stands for, and who holds the offices that texts speak of."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.model import Agenda, Party, Person
from travaux.reading.countries import with_usual_names
from travaux.reading.offices import (
    GOVERNMENT,
    STATE,
    body_in,
    offices_in,
    party_words,
    role_words,
    speaker_words,
    without_article,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

    from travaux.reading.mention import Mention
    from travaux.reading.pronouns import Salience

LEADERS: tuple[tuple[str, ...], ...] = (
    ("president", "king", "queen", "emir", "sultan", "monarch", "pope"),
    ("prime minister", "chancellor", "taoiseach"),
)
"""Whom "the Turkish leader" means: the head of state where the agenda has one, else the head of government."""


@dataclass(frozen=True, slots=True)
class Known:
    """What a name on the agenda stands for."""

    party: str
    person: Person | None


def heads_of(agenda: Agenda) -> dict[str, list[str]]:
    """The last words of names, in lower case, that mean a body or people ("council", "growers"), and whose names they are."""
    heads: dict[str, list[str]] = {}
    for party in agenda.parties:
        for name in (party.name, *party.names):
            words = re.split(r"\s(?:of|for|in|on|at|against)\s", without_article(name))[0].split()
            last = words[-1].lower() if words else ""
            if last in speaker_words()["bodies"] or (is_plural(last) and (len(words) == 1 or words[-1].islower())):
                own = heads.setdefault(last, [])
                if party.id not in own:
                    own.append(party.id)
    return heads


def is_plural(word: str) -> bool:
    """Whether a word in lower case looks like many: "growers", and not "congress"."""
    return word.endswith("s") and not word.endswith(("ss", "us", "is"))


def leads_the_ministers(role: str) -> bool:
    """Whether an office is that of the prime minister alone, whom nobody calls "the minister"."""
    return "minister" not in role_words(role.lower().replace("prime minister", ""))


class Names:
    """The names of one agenda, ready to be found in text."""

    def __init__(self, agenda: Agenda) -> None:
        self.heads = heads_of(agenda)
        self.agenda = agenda = with_usual_names(agenda)
        self.known: dict[str, Known] = {}
        for party in agenda.parties:
            for name in (party.name, *party.names):
                self.add(name, Known(party.id, None))
            for person in party.people:
                for name in (person.name, *person.names):
                    self.add(name, Known(party.id, person))
        spellings = sorted(self.known, key=lambda name: (-len(name), name))
        alternatives = "|".join(re.escape(name).replace(r"\ ", r"\s+") for name in spellings)
        self.pattern = re.compile(rf"(?<!\w)(?:{alternatives})(?!\w)") if spellings else None

    def add(self, name: str, known: Known) -> None:
        """Take a spelling; the first party that claims it keeps it. "the Kremlin" is found as "Kremlin" too."""
        bare = without_article(name)
        spellings = {name.strip(), bare, bare[:1].upper() + bare[1:]}
        if len(bare) > 3:
            # Conference bulletins print parties in capitals, and people's last names.
            first, _, last = bare.rpartition(" ")
            spellings |= {bare.upper(), f"{first} {last.upper()}" if known.person is not None and first else bare}
        for spelling in sorted(spellings):
            if len(spelling) > 1:
                self.known.setdefault(spelling, known)

    def called(self, noun: Token, salience: Salience) -> str | None:
        """Id of the party that "the <noun>" means by the last word of a name: "the union" where one is the "Teachers' Union".

        Of several unions it is the one that the report has spoken of most.

        Args:
            salience: who was spoken of before; people may be called so at once, a body afterwards.
        """
        beside = [child for child in noun.children if child.dep_ in {"amod", "compound", "poss", "nummod", "relcl"}]
        of = any(child.dep_ == "prep" and child.lower_ == "of" for child in noun.children)
        parties = [] if beside or of else self.heads.get(noun.lower_, [])
        if len(parties) == 1 and is_plural(noun.lower_):
            return parties[0]
        return next(iter(salience.principals(party for party in salience.ids if party in parties)), None)

    def is_own(self, spelling: str) -> bool:
        """Whether a spelling is what the agenda itself calls a party, and no other name for it: "Russia", not "Moscow"."""
        return any(spelling.lower() == party.name.lower() for party in self.agenda.parties)

    def named_people(self, text: str) -> set[str]:
        """Full names of the agenda's people whom a text names."""
        found = self.pattern.finditer(text) if self.pattern is not None else ()
        known = (self.known.get(re.sub(r"\s+", " ", match.group())) for match in found)
        return {one.person.name for one in known if one is not None and one.person is not None}

    def holder(self, words: Iterable[str], party: Party) -> Person | None:
        """The one person of a party whose office has all these words; None where there is none or more than one.

        "The president" is the President, not the spokesman of the President; "the Foreign Ministry" is nobody's office.
        """
        told = " ".join(words)
        wanted = role_words(told)
        holders = [
            person
            for person in party.people
            if not (told.lower() == "minister" and leads_the_ministers(person.role))
            if wanted <= role_words(person.role) and wanted & role_words(" ".join(offices_in(person.role)))
        ]
        if len(holders) > 1:
            exact = {word for word in told.lower().split() if word.startswith("spokes")}
            shortest = [person for person in holders if role_words(person.role) - wanted <= party_words(party)]
            spelt = [person for person in holders if exact and exact <= set(person.role.lower().split())]
            holders = shortest or spelt or holders
        if not holders and told.lower() in {"leader", STATE, GOVERNMENT}:
            return self.leader(told.lower(), party)
        return holders[0] if len(holders) == 1 else None

    def leader(self, told: str, party: Party) -> Person | None:
        """The head of state or of government whom "the leader" of a party means."""
        state, government = LEADERS
        asked = {STATE: (state,), GOVERNMENT: (government,)}
        for offices in asked.get(told, LEADERS):
            found = [holder for office in offices if (holder := self.holder((office,), party)) is not None]
            if found:
                return found[0]
        return None

    def full_name(self, words: Iterable[str], party: Party) -> str | None:
        """A body of a party as the role of one of its people names it in full: "Russian Foreign Ministry"."""
        wanted = role_words(" ".join(words)) - party_words(party)
        bodies = (body_in(person.role) for person in party.people)
        return next((body for body in bodies if body and role_words(body) - party_words(party) == wanted), None)

    def body_of(self, owner: Mention | None, noun: str) -> str | None:
        """The body that somebody speaks for, by the role on the agenda, where it is of the kind asked for."""
        people = (person for party in self.agenda.parties for person in party.people)
        bodies = (body_in(person.role) for person in people if owner is not None and person.name == owner.person)
        return next((body for body in bodies if body and body.split()[-1].lower() == noun.lower()), None)
