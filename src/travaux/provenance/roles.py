"""Offices that reports give to people: which, of which state or body, held or former; and which of them cannot be.

An office is read where it stands beside a name: "German Foreign Minister Friedrich Merz", "Dmytro Kuleba, Ukraine's foreign
minister,". What is right comes from the agenda, whose roles may be dated, and for offices the agenda is silent about, from what most
dated reports of the same weeks say.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache

from travaux.model import Agenda, Flag, FlagKind, PartialDate, Party, Person, Report
from travaux.provenance.offices import Office, nations_in, office_named, office_phrases, offices_in, words_of_roles
from travaux.provenance.people import HONORIFICS, Naming
from travaux.provenance.posts import Posts
from travaux.provenance.visible import flag_of

BEFORE = 120
"""Code points before a name in which its office is looked for; AFTER: behind it."""
AFTER = 120
SPEAK_FOR_OTHERS = frozenset(("ambassador", "envoy", "spokesperson"))
"""Offices below the top of a body as of a state; its directors and presidents are told apart by nobody."""


@dataclass(frozen=True, slots=True)
class Held:
    """An office that a report gives to somebody.

    Attributes:
        office: which; of: id of the agenda's party it belongs to, None where the words do not say.
        body: the name of the body it belongs to as printed, empty where none is named or is no party's name.
        nations: the states in the words of the office, on the agenda or not.
        former: whether the words put it in the past.
        start, end: office and name together, in code points of the report's text.
    """

    office: Office
    of: str | None
    body: str
    nations: frozenset[str]
    former: bool
    start: int
    end: int


# A full stop ends a sentence, but for "U.S.".
_CAPITALISED = r"(?:(?:[A-Z]\.){2,}|[A-ZÀ-Þ][\w&'’-]*)"
_BODY = rf"{_CAPITALISED}(?: (?:(?:of|and|for|on|in|the|&|de|du|des) ){{0,2}}{_CAPITALISED}){{0,7}}"


@cache
def _last_before() -> re.Pattern[str]:
    """The office right before a name: "German Foreign Minister ", "the foreign secretary, "."""
    return re.compile(
        rf"(?<![\w-])(?P<office>(?i:{office_phrases()}))(?P<of> (?:of|at|for) (?:the )?{_BODY})?(?P<comma>,)?[ \u00a0]$"
    )


@cache
def _first_after() -> re.Pattern[str]:
    """An apposition behind a name: ", the German foreign minister,", ", Ukraine's president."."""
    return re.compile(
        rf"[ \u00a0]?\(?,?[ \u00a0]?(?P<before>(?:(?:the|a|an|who is|[\w.-]+[’']s?|former|ex|then|[A-Z][\w.]*)[ \u00a0-]){{0,6}})"
        rf"(?P<office>(?i:{office_phrases()}))(?![\w-])(?![’']s)(?P<of> (?:of|at|for) (?:the )?{_BODY})?"
    )


# "Mayor of Osmund until 2026": an office of another time.
_ENDED = re.compile(r"[^.,;()]{0,40}?\b(?:until|till|from (?:19|20)\d\d|between (?:19|20)\d\d|at the time)\b")


class Polities:
    """Which party of the agenda an adjective or a name before an office belongs to."""

    def __init__(self, agenda: Agenda | None):
        self._parties: dict[str, str] = {}
        for party in agenda.parties if agenda else ():
            for name in (party.name, *party.names):
                self._parties.setdefault(_bare(name), party.id)
        self._states = {party.id for party in (agenda.parties if agenda else ()) if party.kind == "state"}
        self._companies = {party.id for party in (agenda.parties if agenda else ()) if party.kind == "company"}
        names = sorted(self._parties, key=lambda name: (-len(name), name))
        self._any = re.compile(rf"(?<!\w)(?:{'|'.join(map(re.escape, names))})(?!\w)") if names else None
        self.posts = Posts(agenda)

    def of(self, words: str) -> str | None:
        """The party last named in some words; None where none is."""
        found = list(self._any.finditer(_bare(words))) if self._any is not None else []
        return self._parties[found[-1].group()] if found else None

    def share_words(self, party_id: str | None, party: Party) -> bool:
        """Whether names of two parties share a word, as those of a body and of one of its parts do."""
        told = {word for name, one in self._parties.items() if one == party_id for word in _words(name)}
        own = {word for name in (party.name, *party.names) for word in _words(name)}
        return bool(told & own - set(words_of_roles()["bodies"]["generic"]))

    def is_state(self, party_id: str | None) -> bool:
        """Whether a party is a state."""
        return party_id in self._states

    def is_company(self, party_id: str | None) -> bool:
        """Whether a party is a company."""
        return party_id in self._companies


def _bare(words: str) -> str:
    return words.casefold().replace("’", "'").removeprefix("the ").strip()


_STOP = re.compile(
    r"[,;:()\n“”\"]|\b(?:and|with|to|by|from|that|said|told|met|between|for|as|than|of)\b", re.IGNORECASE
)
_PLACED = re.compile(
    r"(?<!\w)(?:in|at|near|outside|inside|into|across|visiting|leaving|from|to)\s+(?:$|(?=[A-ZÀ-Þ]))", re.IGNORECASE
)


_RESPECT = re.compile(
    r"(?:(?<![\w-])(?:Mrs?|Ms|Dr|Prof|Professor|Sir|Dame|Lord|Lady|Sheikha?|Prince|Princess|General|Gen|Colonel|Col)\.?[ \u00a0])+$"
)


def office_at(text: str, start: int, end: int, polities: Polities) -> Held | None:
    """The office that the words around a name give to its bearer, or None.

    Args:
        start, end: the name, in code points.
    """
    # "Prime Minister Sheikh Mohammed": what is said out of respect stands between office and name.
    respect = _RESPECT.search(text, max(0, start - BEFORE), start)
    front = text[max(0, start - BEFORE) : respect.start() if respect is not None else start]
    found = _last_before().search(front)
    if found is not None and (not found["comma"] or text[end : end + 1] == ","):
        clause = _STOP.split(front[: found.start()])[-1]
        tail = _tail(clause)
        begins = max(0, start - BEFORE) + found.start() - len(tail)
        return _held(found["office"], clause, tail, found["of"] or "", (begins, end), polities)
    back = text[end : end + AFTER]
    if back[:1] in {",", "("} or back[:2] == " (":
        after = _first_after().match(back)
        if after is not None:
            if _ENDED.match(back, after.end("office")):
                return None
            following = back[after.end() : after.end() + 5]
            ends = following[:1] in {",", ".", ")", ";", ":", "", "\n"} or following.startswith((" and ", " who "))
            of = after["of"] or ""
            if ends or of:
                # "director general of the UN nuclear watchdog" describes a body and does not name it.
                named = of if ends else ""
                place = (start, end + after.end())
                return _held(after["office"], after["before"], after["before"], named, place, polities)
    return None


def _held(words: str, clause: str, front: str, of: str, place: tuple[int, int], polities: Polities) -> Held | None:
    """The office of some words, unless the clause before it says that it is not the present one."""
    near = [word.casefold() for word in re.findall(r"[\w’']+", clause)][-5:]
    if set(near) & set(words_of_roles()["before"]["silent"]):
        return None
    former = bool(set(near) & set(words_of_roles()["before"]["past"]))
    party = polities.of(of) or polities.of(front)
    named = re.sub(r"^ (?:of|at|for) (?:the )?", "", of)
    body = named if re.fullmatch(_BODY, named) else _body_in_front(front) if not of else ""
    office = office_named(words)
    return Held(office, party, body, _nations_of(office, front, of), former, *place)


def _nations_of(office: Office, front: str, of: str) -> frozenset[str]:
    """The states whose an office is: those before it, and behind "of"; right before an envoy's only adjectives tell whose."""
    return nations_in(front, owners_only=office.below) | nations_in(of if of.startswith(" of ") else "")


def _body_in_front(front: str) -> str:
    """The name of a body before an office ("U.S. Chamber of Commerce chairman"); an adjective of a country is none."""
    found = re.search(rf"({_BODY})(?:[’']s?)? $", re.sub(r"^(?:[Tt]he|[Ff]ormer|[Ee]x-) ", "", front))
    words = found.group(1).split() if found else []
    is_named = len(words) > 1 or (len(words) == 1 and len(words[0]) > 2 and words[0].isupper())
    return found.group(1) if found and is_named else ""


def _tail(clause: str) -> str:
    """What of a clause belongs to the office behind it: adjectives of states, names of bodies, "former"."""
    passing = "|".join(words_of_roles()["before"]["passing"])
    found = re.search(rf"(?:(?:(?i:{passing})|[Tt]he|{_CAPITALISED})[ \u00a0-]+)*$", clause)
    words = found.group() if found else ""
    # "In Germany Prime Minister Dahl said": a place, and nobody's office.
    if _PLACED.search(clause[: len(clause) - len(words)]) or _PLACED.match(words):
        return ""
    return words[4:] if words.startswith(("The ", "the ")) else words


def wrong_roles(report: Report, namings: Sequence[Naming], polities: Polities) -> Iterator[Flag]:
    """Offices that the agenda's people do not hold, by the agenda: each once, at its first place.

    1. An exclusive office where the agenda names another exclusive one, or the same of another party.
    2. An office at the top of another body than the agenda's; one of a state or body where the agenda has a lesser one; the
       same of another country.
    3. "former" before the office that the agenda says is held.
    4. An office before or after the time for which the agenda dates it, where the report is dated.
    5. A post that the agenda gives to somebody else (`posts.py`).
    Where a surname may be that of several, all of them must be at fault.
    """
    seen: set[_Key] = set()
    by_surname: dict[int, list[Naming]] = defaultdict(list)
    for naming in namings:
        if naming.has_surname:
            by_surname[naming.parts[-1].start].append(naming)
    for same in by_surname.values():
        most = max(len(naming.parts) for naming in same)
        meant = [naming for naming in same if len(naming.parts) == most]
        if most == 1 and _has_other_first_name(report.text, meant[0].start):
            continue
        if (flag := _by_office(report, meant, polities) or _by_post(report, meant, polities)) is None:
            continue
        key, made = flag
        if key not in seen:
            seen.add(key)
            yield made


_Key = tuple[str, str, bool, str | None]


def _by_office(report: Report, meant: Sequence[Naming], polities: Polities) -> tuple[_Key, Flag] | None:
    """The flag of an office of the known ranks, by what the agenda says of all whom a name may mean."""
    held = office_at(report.text, meant[0].start, meant[0].end, polities)
    if held is None:
        return None
    faults = [fault_of(held, one.known.person, one.known.party, report.published, polities) for one in meant]
    if faults[0] is None or None in faults:
        return None
    key = (meant[0].known.person.name, held.office.name, held.former, held.of)
    return key, flag_of(report, FlagKind.WRONG_ROLE, held.start, held.end, faults[0])


def _by_post(report: Report, meant: Sequence[Naming], polities: Polities) -> tuple[_Key, Flag] | None:
    """The flag of a post that the agenda gives to somebody else."""
    given = polities.posts.at(report.text, meant[0].start, meant[0].end)
    if given is None:
        return None
    faults = [polities.posts.fault_of(given, one.known.person, report.published) for one in meant]
    if faults[0] is None or None in faults:
        return None
    key = (meant[0].known.person.name, given.title.casefold(), False, given.body)
    return key, flag_of(report, FlagKind.WRONG_ROLE, given.start, given.end, faults[0])


def _has_other_first_name(text: str, start: int) -> bool:
    """Whether a capitalised word right before a surname is no title: a first name the agenda does not have."""
    found = re.search(r"([A-ZÀ-Þ][\w’'.-]*)[ \u00a0]$", text[max(0, start - 30) : start])
    if found is None:
        return False
    word = found.group(1)
    is_start = re.search(r"[.!?:“\"\n]\s*$|^$", text[max(0, start - 34) : start - len(found.group())]) is not None
    is_owner = re.search(r"[’']s?$", word) is not None
    return not is_start and not is_owner and word.casefold().strip(".") not in HONORIFICS


def fault_of(held: Held, person: Person, party: Party, published: PartialDate | None, polities: Polities) -> str | None:
    """Why somebody cannot hold an office at a date, or None where nothing shows that."""
    # Other names of somebody may say more ("President Tandy").
    known = offices_in(person.role).union(*map(offices_in, person.names))
    told = f"On the agenda {person.name} is {person.role}{_term(person)}"
    if not known and party.kind not in ("company", "union"):
        return None
    ended = bool(person.until) and published is not None and _after(published, str(person.until))
    begun = not person.since or published is None or not _before(published, str(person.since))
    is_past = re.match(r"former\b|ex-", person.role.casefold()) is not None
    is_other = held.former or is_past or ended or not begun or _is_outside(person.role, published)
    if any(office.is_same(held.office) for office in known):
        is_elsewhere = held.of not in (None, party.id)
        if (
            held.former
            and party.kind != "state"
            and (is_elsewhere or (held.body and not _is_own_body(held.body, person, party)))
        ):
            return None  # of another body, at another time
        if held.office.exclusive and is_elsewhere and _is_of_another(held, party, polities):
            return f"{told}, an office of another party"
        if not is_other and _is_of_other_body(held, person, party, polities):
            return f"{told}, an office of another body"
        if not is_other and _is_of_other_nation(held, person, party):
            return f"{told}, an office of another country"
        if not held.office.exclusive:
            return None
        if held.former and not is_past and not ended and begun and not _is_dated(person.role):
            return f"{told} and not a former one"
        if not held.former and (ended or not begun):
            return f"{told}; this report is of {published.value if published else ''}"
        return None
    if not is_other and _speaks_for_another(known, held, party, polities):
        return f"{told}, an office of another body"
    if is_other:
        return None  # other offices at other times are nobody's mistake
    if _excludes(known, held, party, polities) or _is_of_other_body(held, person, party, polities):
        return told
    return None


def _excludes(known: frozenset[Office], held: Held, party: Party, polities: Polities) -> bool:
    """Whether who holds some offices cannot hold another one."""
    if held.office.exclusive and known and all(office.name in words_of_roles()["before"]["lesser"] for office in known):
        return held.of is not None or bool(held.nations) or held.office.is_of_state
    if held.office.of_body and party.kind != "state" and held.of not in (None, party.id):
        return not polities.is_state(held.of)
    if held.office.name == "deputy prime minister":
        return any(office.name in {"prime minister", "president", "chancellor"} for office in known)
    if held.office.below:
        # Nobody is somebody's deputy in a ministry and at the top of another house, or of the same.
        return bool(held.office.departments) and any(
            office.exclusive or (office.below and office.departments) for office in known
        )
    if not held.office.exclusive:
        return False
    if held.office.is_of_state and party.kind in ("company", "union"):
        return True
    if held.office.of_body and party.kind != "state" and not polities.is_state(held.of):
        # Presidents and chairs of one body are told apart by nobody; its vice president and its general secretary are.
        return any(office.exclusive or office.name in SPEAK_FOR_OTHERS for office in known)
    return any(office.exclusive or office.of_body or office.below for office in known)


def _speaks_for_another(known: frozenset[Office], held: Held, party: Party, polities: Polities) -> bool:
    """Whether somebody of one body is made the spokesman of another, neither of them a state."""
    if held.office.name != "spokesperson" or held.of in (None, party.id) or not known:
        return False
    return party.kind != "state" and not polities.is_state(held.of) and not polities.share_words(held.of, party)


def _is_of_another(held: Held, party: Party, polities: Polities) -> bool:
    """Whether an office belongs to another party, by its words: to a state where the bearer's is one, or to another body."""
    return party.kind == "state" or not polities.is_state(held.of)


def _is_of_other_body(held: Held, person: Person, party: Party, polities: Polities) -> bool:
    """Whether an office is one at the top of a body that is not the bearer's, while the agenda gives such an office.

    Ministers preside over conferences and councils; none is at the head of a company or a secretariat besides.
    """
    if party.kind == "state" and held.office.of_body and polities.is_company(held.of):
        return True
    if not held.office.of_body or not any(office.exclusive or office.of_body for office in offices_in(person.role)):
        return False
    if party.kind == "state" and held.office.name not in {"chief executive", "secretary-general"}:
        return False
    if held.of is not None:
        return held.of != party.id and not polities.is_state(held.of)
    return bool(held.body) and not _is_own_body(held.body, person, party)


def _is_of_other_nation(held: Held, person: Person, party: Party) -> bool:
    """Whether an office is another country's than those that the agenda's role and party name.

    Of negotiators and other people of no rank nothing is known: they may work for anybody.
    """
    own = nations_in(" ".join((person.role, party.name, *party.names)))
    is_known = held.office.exclusive or held.office.below
    return is_known and held.of != party.id and bool(held.nations and own) and not held.nations & own


def _is_own_body(body: str, person: Person, party: Party) -> bool:
    """Whether the name of a body may be that of somebody's own: they share a word that tells, or one is short for the other."""
    own = [person.role, party.name, *party.names]
    generic = _words(" ".join(words_of_roles()["bodies"]["generic"]))
    told = _words(body) - generic
    if not told or told & (frozenset[str]().union(*map(_words, own)) - generic):
        return True
    full = {_initials(name) for name in (*own, *re.findall(_BODY, person.role))}
    return bool(full & _short_forms([body])) or _initials(body) in _short_forms(own)


def _short_forms(names: Sequence[str]) -> set[str]:
    return {word.casefold().replace(".", "") for name in names for word in name.split() if word.isupper()}


def _words(name: str) -> frozenset[str]:
    return frozenset(word.removesuffix("s") for word in re.findall(r"\w{3,}", name.casefold())) - {"the", "and", "for"}


def _initials(name: str) -> str:
    return "".join(word[0] for word in re.findall(r"[\w’']+", name) if word[0].isupper()).casefold()


_DATED_ROLE = re.compile(r"\b(until|till|since|from|in|to)\b [^,;()]{0,24}?\b((?:19|20)\d\d)\b")


def _is_dated(role: str) -> bool:
    """Whether the words of a role say when it was held ("President until 20 January 2025")."""
    return _DATED_ROLE.search(role) is not None


def _is_outside(role: str, published: PartialDate | None) -> bool:
    """Whether a report may be of a time for which the words of a role do not hold it."""
    if published is None:
        return False
    for found in _DATED_ROLE.finditer(role):
        year, word = int(found.group(2)), found.group(1)
        if word in {"until", "till", "to", "in"} and published.latest.year > year:
            return True
        if word in {"since", "from", "in"} and published.earliest.year < year:
            return True
    return False


def _term(person: Person) -> str:
    since, until = person.since, person.until
    if since and until:
        return f" from {since} to {until}"
    return f" since {since}" if since else f" until {until}" if until else ""


def _after(published: PartialDate, until: str) -> bool:
    return published.earliest > PartialDate(until, published.basis).latest


def _before(published: PartialDate, since: str) -> bool:
    return published.latest < PartialDate(since, published.basis).earliest
