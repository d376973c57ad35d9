"""An agenda drafted from what a file names, for a record that has none yet: its parties and options, to be put in order by hand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

from travaux.exchange.incoming import Incoming
from travaux.model import Agenda, Issue, Option, Party, Person

ISSUE = "imported"


def agenda_from(incoming: Incoming, title: str) -> Agenda:
    """The parties, people and options of a file's statements, in alphabetical order.

    A person is listed with the party it speaks for most often. Every option is what the file calls a concept, and should be
    made a sentence that is true or false of an agreement.
    """
    speaking: dict[str, dict[str, int]] = {}
    options: set[str] = set()
    for one in incoming.statements:
        party, option, speaker = (str(one.values.get(name) or "") for name in ("party", "option", "speaker"))
        if party:
            speaking.setdefault(party, {})
            if speaker:
                speaking[party][speaker] = speaking[party].get(speaker, 0) + 1
        if option:
            options.add(option)
    home = {
        speaker: max(sorted(speaking), key=lambda party: speaking[party].get(speaker, 0))
        for people in speaking.values()
        for speaker in people
    }
    ids = _ids(sorted(speaking))
    parties = tuple(
        Party(
            ids[name],
            name,
            "organisation",
            people=tuple(Person(person) for person in sorted(home) if home[person] == name),
        )
        for name in sorted(speaking)
    )
    named = _ids(sorted(options))
    listed = tuple(Option(named[says], says, (), ISSUE) for says in sorted(options))
    return Agenda(title, parties, (Issue(ISSUE, "Imported", listed),))


def _ids(names: Iterable[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for name in names:
        plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
        wanted = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:48].strip("-") or "x"
        if not wanted[0].isalpha():
            wanted = f"x-{wanted}"
        identity, number = wanted, 2
        while identity in found.values():
            identity, number = f"{wanted}-{number}", number + 1
        found[name] = identity
    return found
