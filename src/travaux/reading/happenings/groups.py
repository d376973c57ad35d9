"""Whose a group is that a meeting names by its number or its trade alone: "the three heads of government", "the ministers".

A number asks for as many parties: those of the meeting told last where they are that many, else those the report names most, the
first on the agenda of those named equally often; of governments, countries and their leaders only states are asked for. A bare
plural ("the ministers will resume") is of those who took part in the meeting told last, else of the two named most. The report's
own words stay the name that is shown.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from travaux.model import Agenda, Person
from travaux.reading.happenings.participants import Somebody

_NUMBERS = {"both": 2, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6}
_COUNTED = re.compile(rf"\b(?P<number>{'|'.join(_NUMBERS)})\b(?! of\b)", re.IGNORECASE)
_OF_STATES = re.compile(
    r"\b(?:government|countr|state|nation|capital|president|premier|prime minister|foreign minister|neighbour|neighbor)",
    re.IGNORECASE,
)
_LEADS = re.compile(
    r"(?<!deputy )(?<!vice )(?<!vice-)\b(?:leader|prime minister|premier|president|chancellor|chief executive|head of state)\b",
    re.IGNORECASE,
)
_BARE = re.compile(
    r"(?:the )?(?:(?:chief|lead|foreign|water|trade|two) )?(?:minister|negotiator|delegation|delegate|leader|side|team|envoy|president"
    r"|premier|diplomat|expert|official|partie)s(?: of (?:the )?(?:divided|rival|split|two|both|feuding|warring) [\w ]+)?\Z",
    re.IGNORECASE,
)


def with_parties(
    who: Sequence[Somebody],
    before: Sequence[Somebody],
    spoken: Sequence[Somebody],
    agenda: Agenda,
    *,
    whole: bool = False,
) -> list[Somebody]:
    """Those who take part, a group that names no party told of the parties it must be made up of.

    Args:
        before: who took part in the meeting told last; spoken: everybody spoken of so far.
        whole: whether that is the whole report; until then "the four" are known only as those who met before.
    """
    known = [one for one in who if one.party is not None and _number(one) is None]
    found: list[Somebody] = []
    for one in who:
        number = _number(one)
        parties: list[str] = []
        if number is not None and len({each.party for each in known}) < 2:
            known_now = whole or not _is_bare(one) or len(_parties(before)) == number
            parties = _so_many(number, one.name, before, spoken, agenda) if known_now else []
        elif number is None and one.party is None and _BARE.match(one.name) and not known:
            parties = _parties(before) if len(_parties(before)) > 1 else _so_many(2, one.name, before, spoken, agenda)
        meant = [each for each in before if each.party in parties and each.person]
        if len(parties) > 1 and _is_bare(one) and {each.party for each in meant} == set(parties):
            found += meant  # "the four" are those who met before
        else:
            found += [_of_party(one, party, agenda) for party in parties] if len(parties) > 1 else [one]
    return found


def _is_bare(group: Somebody) -> bool:
    """Whether a group is told by its number alone: "the four"."""
    return group.name.split()[-1].lower() in _NUMBERS


def _of_party(group: Somebody, party: str, agenda: Agenda) -> Somebody:
    """A group's member of one party: its leader where the group is of leaders and the agenda has one, else the group's words."""
    own = agenda.party(party)
    if own is not None and _is_bare(group):
        return Somebody(own.name, party, False)
    led = own.people if own is not None and re.search(r"\bleaders\b", group.name) else ()
    leader = next((one for one in led if _is_called("leader", one)), None)
    leader = leader or next((one for one in led if _LEADS.search(one.role)), None)
    return Somebody(leader.name, party, True) if leader is not None else Somebody(group.name, party, False)


def _is_called(word: str, person: Person) -> bool:
    """Whether somebody's office or one of their names holds a word: "the Northern leader"."""
    return any(
        re.search(rf"(?<!deputy )(?<!vice )(?<!vice-)\b{word}\b", told, re.IGNORECASE)
        for told in (person.role, *person.names)
    )


def is_counted(one: Somebody) -> bool:
    """Whether somebody is a group of parties by its number."""
    return _number(one) is not None


def _number(one: Somebody) -> int | None:
    """How many parties a group is of; None for a person and for a name that tells no number."""
    found = _COUNTED.search(one.name) if not one.person else None
    # "Four Dutch party leaders" and "the four" are groups, "Four Seasons" is a name.
    return _NUMBERS[found["number"].lower()] if found is not None and one.name.split()[-1].islower() else None


def _parties(who: Sequence[Somebody]) -> list[str]:
    return list(dict.fromkeys(one.party for one in who if one.party is not None))


def _so_many(
    number: int, words: str, before: Sequence[Somebody], spoken: Sequence[Somebody], agenda: Agenda
) -> list[str]:
    if len(_parties(before)) == number:
        return _parties(before)
    states = [party.id for party in agenda.parties if party.kind == "state"]
    named = {one.party for one in spoken}
    fitting = states if _OF_STATES.search(words) and len(named.intersection(states)) >= number else None
    times = Counter(one.party for one in spoken)
    if (word := re.search(r"\b(leader|negotiator|envoy|president)s\b", words)) is not None:
        # "The two leaders" are first of all those who are called so.
        called = [each.id for each in agenda.parties if any(_is_called(word[1], person) for person in each.people)]
        fitting = (
            [party for party in called if times[party]] if sum(times[one] > 0 for one in called) >= number else fitting
        )
    order = [party for party in fitting or [party.id for party in agenda.parties] if times[party]]
    most = sorted(order, key=lambda party: -times[party])[:number]
    return most if len(most) == number else []
