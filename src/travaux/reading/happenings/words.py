"""The word lists of ``lexicon/happenings.toml``, ready to be looked up."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from travaux.reading.word_lists import word_lists


@dataclass(frozen=True, slots=True)
class HappeningWords:
    """The lexicon of meetings and incidents.

    Attributes:
        meeting_nouns, incident_nouns, incident_verbs: base form to form of happening.
        needs_before: meeting nouns that are one only with certain words before them, and those words.
        meeting_verbs: base form to what must stand with it.
        attenders: base forms of nouns for people and bodies that come to meetings.
        status, casualties: lists by name; weapons, targets: base forms.
    """

    meeting_nouns: Mapping[str, str]
    needs_before: Mapping[str, frozenset[str]]
    meeting_verbs: Mapping[str, Mapping[str, Any]]
    attenders: frozenset[str]
    status: Mapping[str, frozenset[str]]
    incident_nouns: Mapping[str, str]
    incident_verbs: Mapping[str, str]
    weapons: frozenset[str]
    targets: frozenset[str]
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
        incident_verbs=_by_word(raw["incident_verbs"]),
        weapons=frozenset(raw["weapons"]["nouns"]),
        targets=frozenset(raw["targets"]["nouns"]),
        casualties=_sets(raw["casualties"]),
    )


def _by_word(lists: Mapping[str, list[str]]) -> dict[str, str]:
    return {word: form for form, words in lists.items() for word in words}


def _sets(lists: Mapping[str, list[str]]) -> dict[str, frozenset[str]]:
    return {name: frozenset(words) for name, words in lists.items()}
