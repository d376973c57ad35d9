"""Offices that reports give to people: which, of which state, held or former; and which of them cannot be.

An office is read where it stands beside a name: "German Foreign Minister Friedrich Merz", "Dmytro Kuleba, Ukraine's foreign
minister,". What is right comes from the agenda, whose roles may be dated, and for offices the agenda is silent about, from what most
dated reports of the same weeks say.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from travaux.model import Agenda, Flag, FlagKind, PartialDate, Party, Person, Report
from travaux.provenance.people import Naming
from travaux.provenance.visible import flag_of

BEFORE = 90
"""Code points before a name in which its office is looked for; AFTER: behind it."""
AFTER = 90


@dataclass(frozen=True, slots=True)
class Office:
    """An office: its name, and whether who holds it holds no other exclusive one."""

    name: str
    exclusive: bool


@dataclass(frozen=True, slots=True)
class Held:
    """An office that a report gives to somebody.

    Attributes:
        office: which; of: id of the agenda's party it belongs to, None where the words do not say.
        former: whether the words put it in the past.
        start, end: office and name together, in code points of the report's text.
    """

    office: Office
    of: str | None
    former: bool
    start: int
    end: int


@cache
def _data() -> dict[str, Any]:
    return tomllib.loads(files("travaux.provenance").joinpath("roles.toml").read_text(encoding="utf-8"))


@cache
def _offices() -> dict[str, Office]:
    return {
        words: Office(entry["name"], entry.get("exclusive", False))
        for entry in _data()["office"]
        for words in entry["words"]
    }


def _phrases() -> str:
    return "|".join(sorted(map(re.escape, _offices()), key=lambda phrase: (-len(phrase), phrase)))


@cache
def _last_before() -> re.Pattern[str]:
    """The office right before a name: "German Foreign Minister ", "the foreign secretary, "."""
    return re.compile(
        rf"(?<![\w-])(?:({_phrases()}))(?P<of> of (?:the )?[\w .'’-]{{3,40}}?)?(?P<comma>,)?[ \u00a0]$", re.IGNORECASE
    )


@cache
def _first_after() -> re.Pattern[str]:
    """An apposition behind a name: ", the German foreign minister,", ", Ukraine's president."."""
    return re.compile(
        rf"[ \u00a0]?\(?,?[ \u00a0]?(?P<before>(?:(?:the|a|an|who is|[\w.-]+[’']s?|former|ex|then|[A-Z][\w.]*)[ \u00a0-]){{0,4}})"
        rf"(?P<office>(?i:{_phrases()}))(?![\w-])(?![’']s)(?P<of> of (?:the )?[A-Z][\w.'’-]*(?: [A-Z][\w.'’-]*){{0,2}})?"
    )


@cache
def _any_office() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_phrases()})(?![\w-])", re.IGNORECASE)


class Polities:
    """Which party of the agenda an adjective or a name before an office belongs to."""

    def __init__(self, agenda: Agenda | None):
        self._parties: dict[str, str] = {}
        for party in agenda.parties if agenda else ():
            for name in (party.name, *party.names):
                self._parties.setdefault(_bare(name), party.id)
        names = sorted(self._parties, key=lambda name: (-len(name), name))
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None

    def of(self, words: str) -> str | None:
        """The party last named in some words; None where none is."""
        found = list(self._any.finditer(_bare(words))) if self._any is not None else []
        return self._parties[found[-1].group()] if found else None


def _bare(words: str) -> str:
    return words.casefold().replace("’", "'").removeprefix("the ").strip()


_STOP = re.compile(
    r"[,;:()\n“”\"]|\b(?:and|with|to|by|from|that|said|told|met|between|for|as|than|of)\b", re.IGNORECASE
)


def office_at(text: str, start: int, end: int, polities: Polities) -> Held | None:
    """The office that the words around a name give to its bearer, or None.

    Args:
        start, end: the name, in code points.
    """
    front = text[max(0, start - BEFORE) : start]
    found = _last_before().search(front)
    if found is not None and (not found["comma"] or text[end : end + 1] == ","):
        clause = _STOP.split(front[: found.start()])[-1]
        begins = max(0, start - BEFORE) + found.start() - len(_tail(clause))
        return _held(found.group(1), clause, found["of"], (begins, end), polities)
    back = text[end : end + AFTER]
    if back[:1] in {",", "("} or back[:2] == " (":
        after = _first_after().match(back)
        if after is not None and (back[after.end() : after.end() + 1] in {",", ".", ")", ";", ""} or after["of"]):
            return _held(after["office"], after["before"], after["of"], (start, end + after.end()), polities)
    return None


def _held(words: str, clause: str, of: str | None, place: tuple[int, int], polities: Polities) -> Held | None:
    """The office of some words, unless the clause before it says that it is not the present one."""
    office = _offices()[words.casefold()]
    near = [word.casefold() for word in re.findall(r"[\w’']+", clause)][-5:]
    if set(near) & set(_data()["before"]["silent"]):
        return None
    former = bool(set(near) & set(_data()["before"]["past"]))
    return Held(office, polities.of(f"{clause} {of or ''}"), former, *place)


def _tail(clause: str) -> str:
    """What of a clause belongs to the office behind it: adjectives of states, "former"."""
    found = re.search(r"(?:(?:[Ff]ormer|[Ee]x-?|[Tt]he|[A-Z][\w.]*(?:[’']s)?|[A-Z]\.[A-Z]\.)[ \u00a0-]+)*$", clause)
    words = found.group() if found else ""
    return words[4:] if words.startswith(("The ", "the ")) else words


def offices_in(role: str) -> frozenset[str]:
    """The names of the offices in a role as an agenda writes it; a role may hold several."""
    return frozenset(_offices()[found.casefold()].name for found in _any_office().findall(role))


def wrong_roles(report: Report, namings: Sequence[Naming], polities: Polities) -> Iterator[Flag]:
    """Offices that the agenda's people do not hold, by the agenda: each once, at its first place.

    1. An exclusive office where the agenda names another exclusive one, or the same of another party.
    2. "former" before the office that the agenda says is held.
    3. An office before or after the time for which the agenda dates it, where the report is dated.
    """
    seen: set[tuple[str, str, bool, str | None]] = set()
    for naming in namings:
        if not naming.has_surname:
            continue
        held = office_at(report.text, naming.start, naming.end, polities)
        if held is None:
            continue
        says = fault_of(held, naming.known.person, naming.known.party, report.published)
        key = (naming.known.person.name, held.office.name, held.former, held.of)
        if says is None or key in seen:
            continue
        seen.add(key)
        yield flag_of(report, FlagKind.WRONG_ROLE, held.start, held.end, says)


def fault_of(held: Held, person: Person, party: Party, published: PartialDate | None) -> str | None:
    """Why somebody cannot hold an office at a date, or None where nothing shows that."""
    known = offices_in(person.role)
    if not known or not held.office.exclusive:
        return None
    ended = bool(person.until) and published is not None and _after(published, str(person.until))
    begun = not person.since or published is None or not _before(published, str(person.since))
    term = _term(person)
    is_past = re.match(r"former\b|ex-", person.role.casefold()) is not None
    if held.office.name in known:
        if held.of is not None and held.of != party.id and party.kind == "state":
            return f"On the agenda {person.name} is {person.role}{term}, an office of another party"
        if held.former and not is_past and not ended and (begun or published is None):
            return f"On the agenda {person.name} is {person.role}{term} and not a former one"
        if not held.former and (ended or not begun):
            return f"On the agenda {person.name} is {person.role}{term}; this report is of {published.value if published else ''}"
        return None
    if held.former or is_past or ended or not begun:
        return None  # other offices at other times are nobody's mistake
    exclusive = {entry["name"] for entry in _data()["office"] if entry.get("exclusive")}
    if known & exclusive or (known & {"deputy foreign minister"} and held.office.name == "foreign minister"):
        return f"On the agenda {person.name} is {person.role}{term}"
    return None


def _term(person: Person) -> str:
    since, until = person.since, person.until
    if since and until:
        return f" from {since} to {until}"
    return f" since {since}" if since else f" until {until}" if until else ""


def _after(published: PartialDate, until: str) -> bool:
    return published.earliest > PartialDate(until, published.basis).latest


def _before(published: PartialDate, since: str) -> bool:
    return published.latest < PartialDate(since, published.basis).earliest
