"""The word lists of ``lexicon/happenings.toml``, ready to be looked up."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from travaux.reading.word_lists import word_lists


@dataclass(frozen=True, slots=True)
class Deed:
    """A verb, alone or with words that must follow it, that tells of an incident in the flesh.

    Attributes:
        form: of the incident. following: what must stand after the verb, lower case or base forms.
        who, what: kinds of things that do it, and that it is done to; no `what` where it befalls the subject.
    """

    form: str
    following: tuple[str, ...]
    who: frozenset[str]
    what: frozenset[str]


@dataclass(frozen=True, slots=True)
class HappeningWords:
    """The lexicon of meetings and incidents.

    Attributes:
        meeting_nouns, incident_nouns: base form to form of happening.
        needs_before: meeting nouns that are one only with certain words before them, and those words.
        meeting_verbs: base form to what must stand with it.
        attenders: base forms of nouns for people and bodies that come to meetings.
        incident_needs: nouns that are often figures of speech, and verbs that show they are not.
        deeds: by the base form of their verb, those with most words first.
        things: base form of a noun to the kinds of things it names.
        status, casualties: lists by name; weapons, unreal, mused: base forms.
    """

    meeting_nouns: Mapping[str, str]
    needs_before: Mapping[str, frozenset[str]]
    meeting_verbs: Mapping[str, Mapping[str, Any]]
    attenders: frozenset[str]
    status: Mapping[str, frozenset[str]]
    incident_nouns: Mapping[str, str]
    incident_needs: Mapping[str, frozenset[str]]
    deeds: Mapping[str, tuple[Deed, ...]]
    things: Mapping[str, frozenset[str]]
    weapons: frozenset[str]
    unreal: frozenset[str]
    mused: frozenset[str]
    casualties: Mapping[str, frozenset[str]]


@cache
def happening_words() -> HappeningWords:
    """The lexicon, read once."""
    raw = word_lists("happenings")
    return HappeningWords(
        meeting_nouns=_by_word(raw["meeting_nouns"]),
        needs_before=_sets(raw["needs_before"]),
        meeting_verbs=raw["meeting_verbs"],
        attenders=frozenset(raw["attenders"]["nouns"]),
        status=_sets(raw["status"]),
        incident_nouns=_by_word(raw["incident_nouns"]),
        incident_needs=_sets(raw["incident_needs"]),
        deeds=_deeds(raw["deeds"]),
        things=_kinds(raw["things"]),
        weapons=frozenset(raw["weapons"]["nouns"]),
        unreal=frozenset(raw["unreal"]["words"]),
        mused=frozenset(raw["unreal"]["mused"]),
        casualties=_sets(raw["casualties"]),
    )


def _by_word(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: form for form, words in lists.items() for word in words}


def _sets(lists: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lists.items()}


def _kinds(lists: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    kinds: dict[str, set[str]] = {}
    for kind, words in lists.items():
        for word in words:
            kinds.setdefault(word, set()).add(kind)
    return {word: frozenset(found) for word, found in kinds.items()}


def _deeds(tables: Iterable[Mapping[str, Any]]) -> dict[str, tuple[Deed, ...]]:
    deeds: dict[str, list[Deed]] = {}
    for table in tables:
        for phrase in table["phrases"]:
            verb, *following = phrase.split()
            kinds = frozenset(table["who"]), frozenset(table.get("what", ()))
            deeds.setdefault(verb, []).append(Deed(table["form"], tuple(following), *kinds))
    return {verb: tuple(sorted(found, key=lambda deed: -len(deed.following))) for verb, found in deeds.items()}
