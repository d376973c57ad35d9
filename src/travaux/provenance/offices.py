"""Which office some words name: its rank, and for ministers, secretaries and commissioners what they are in charge of.

"Minister of Climate and Environment", "environment minister" and "climate secretary" are one office, for they share a department.
The words are data, in ``roles.toml``.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files
from typing import Any


@dataclass(frozen=True, slots=True)
class Office:
    """An office.

    Attributes:
        name: as people are told it ("foreign minister").
        exclusive: whether who holds it holds no other exclusive one; of_body: whether bodies that are no states have it;
            below: whether who holds it holds no exclusive office of a state.
        departments: what it is in charge of; none where that is everything, or where the words do not say.
        also: the name of another office by which it may be called; empty where there is none.
    """

    name: str
    exclusive: bool = False
    of_body: bool = False
    below: bool = False
    departments: frozenset[str] = frozenset()
    also: str = ""

    def is_same(self, other: Office) -> bool:
        """Whether two offices may be one: by name, or by a department that both are in charge of."""
        names = {self.name, self.also} & {other.name, other.also} - {""}
        return bool(names) or (self.below is other.below and bool(self.departments & other.departments))

    @property
    def is_of_state(self) -> bool:
        """Whether only states and unions of states have it."""
        return self.exclusive and not self.of_body


@cache
def words_of_roles() -> dict[str, Any]:
    """The words of ``roles.toml``."""
    return tomllib.loads(files("travaux.provenance").joinpath("roles.toml").read_text(encoding="utf-8"))


@cache
def _fixed() -> dict[str, Office]:
    return {
        words: Office(
            entry["name"],
            entry.get("exclusive", False),
            entry.get("of_body", False),
            entry.get("below", False),
            frozenset(entry.get("departments", ())),
            entry.get("also", ""),
        )
        for entry in words_of_roles()["office"]
        for words in entry["words"]
    }


@cache
def _departments() -> Mapping[str, frozenset[str]]:
    """Word to the departments it stands for."""
    by_word: dict[str, set[str]] = {}
    for department, words in words_of_roles()["departments"].items():
        for word in words:
            by_word.setdefault(word, set()).add(department)
    return {word: frozenset(departments) for word, departments in by_word.items()}


def _longest_first(words: Mapping[str, object]) -> str:
    return "|".join(re.escape(word) for word in sorted(words, key=lambda word: (-len(word), word)))


@cache
def office_phrases() -> str:
    """One expression for all that names an office, to be matched whatever the case."""
    department = _longest_first(_departments())
    # "climate, energy and rural affairs"; but in "the minister of finance, flew home" home is none.
    several = rf"(?:{department})(?:(?:, |(?:,? and |,? & )(?:the )?(?:[\w-]+ ){{0,2}}?)(?:{department})\b)*"
    deputy = f"(?:(?:{'|'.join(words_of_roles()['before']['deputies'])})[ -])?"
    named = rf"(?:minister(?:[ -](?:delegate|of state))?|secretary of state|secretary|commissioner) (?:of|for) (?:the )?(?:{several})"
    return rf"{deputy}{named}|{deputy}(?:{several})[ -](?:minister|secretary|commissioner)|{_longest_first(_fixed())}"


@cache
def _department() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{_longest_first(_departments())})(?![\w-])")


@cache
def _any_office() -> re.Pattern[str]:
    return re.compile(rf"(?<![\w-])(?:{office_phrases()})(?![\w-])", re.IGNORECASE)


@lru_cache(maxsize=10_000)
def office_named(words: str) -> Office:
    """The office of words that `office_phrases` matched."""
    folded = words.casefold()
    if (fixed := _fixed().get(folded)) is not None:
        return fixed
    named = _department().findall(folded)
    departments = frozenset[str]().union(*(_departments()[word] for word in named))
    # A department whose own name stands there names the office: "agriculture minister" for "minister of agriculture and food".
    shown = dict.fromkeys(min(_departments()[word], key=lambda one: (one != word, one)) for word in named)
    is_deputy = folded.startswith(tuple(words_of_roles()["before"]["deputies"]))
    name = f"{'deputy ' if is_deputy else ''}{' and '.join(shown)} minister"
    return Office(name, exclusive=not is_deputy, below=is_deputy, departments=departments)


@cache
def _nations() -> tuple[re.Pattern[str], Mapping[str, tuple[str, bool]]]:
    """One expression for names and adjectives of states; of each the state and whether it is an adjective."""
    state_of: dict[str, tuple[str, bool]] = {}
    for row in words_of_roles()["nations"]["names"]:
        names, _, adjectives = (part.strip() for part in row.partition("|"))
        for is_adjective, words in ((False, names), (True, adjectives)):
            state_of.update({word: (row, is_adjective) for word in words.split(", ") if word})
    return re.compile(rf"(?<![\w-])(?:{_longest_first(state_of)})(?![\w-])(?P<owns>[’']s?)?"), state_of


def nations_in(words: str, owners_only: bool = False) -> frozenset[str]:
    """The states that are named in some words, or by adjective ("the Danish ambassador").

    Args:
        owners_only: leave out plain names: "Sudan envoy" is where the envoy is sent.
    """
    any_nation, state_of = _nations()
    found = ((state_of[one[0].removesuffix(one["owns"] or "")], one["owns"]) for one in any_nation.finditer(words))
    return frozenset(state for (state, is_adjective), owns in found if is_adjective or owns or not owners_only)


_WHOSE = re.compile(r"\b(?:of|to|for|with)\s+(?:the |a |its |his |her )?(?:[A-Z][\w.’']*\s+)*$")


_UNLISTED = re.compile(
    r"(?<![\w-])(?:([A-Za-z][\w-]{3,}) minister|minister (?:of|for) (?:the )?([A-Za-z][\w-]{3,}))\b", re.IGNORECASE
)


@lru_cache(maxsize=10_000)
def offices_in(role: str) -> frozenset[Office]:
    """The offices in a role as an agenda writes it; a role may hold several. A president's spokesman is no president."""
    held = frozenset(
        office_named(found.group())
        for found in _any_office().finditer(role)
        if _WHOSE.search(role[: found.start()]) is None and not re.match(r"[’']s?\s", role[found.end() :])
    )
    if any(office.exclusive or office.below for office in held):
        return held
    # A ministry that is on no list ("irrigation minister") is another one than those that are.
    unlisted = _UNLISTED.search(role)
    word = (unlisted.group(1) or unlisted.group(2)).casefold() if unlisted else ""
    if not word or word in words_of_roles()["before"]["vague"]:
        return held
    return held | {Office(f"{word} minister", exclusive=True, departments=frozenset((word,)))}
