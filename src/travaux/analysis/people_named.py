"""The people that two tellings name: who is named in a sentence, and who is one person, a letter or two spelt otherwise."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache

from rapidfuzz.distance import Levenshtein

from travaux.analysis.alignment import Beside, Sentence
from travaux.analysis.claims import claim_words
from travaux.reading.countries import countries

NEAR_SPELLING = 2
"""Letters that may differ between two spellings of one surname of six letters and more."""

UPPER = "A-Z" + "".join(letter for letter in map(chr, range(0xC0, 0x250)) if letter.isupper())
"""Capital letters, for a class of a pattern: "Š" and "Ł" as well."""
_CAP = rf"[{UPPER}][\w'’-]*[\wÀ-ÿ]"
_FULL = re.compile(
    rf"{_CAP}(?: (?:[A-Z]\.|al|el|bin|de|del|der|den|di|da|du|la|le|van|von|ter|ten|{_CAP})){{0,7}} {_CAP}|{_CAP}"
)


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody named in a sentence: the surname, and its place with the first names."""

    surname: str
    start: int
    end: int


def full_names(beside: Beside) -> dict[str, str]:
    """Full names by surname, of both reports."""
    found: dict[str, str] = {}
    for report, sentences in zip((beside.first, beside.second), beside.sentences, strict=True):
        for sentence in sentences:
            for name in names_in(report.text, sentence):
                words = report.text[name.start : name.end]
                if " " in words:
                    found.setdefault(name.surname, words)
    return found


def names_in(text: str, sentence: Sentence) -> Iterator[Named]:
    """Runs of words with a capital that may name a person: neither offices nor bodies nor states."""
    for run in _FULL.finditer(text, sentence.start, sentence.end):
        start, end = run.span()
        words = [(word.group(), run.start() + word.start()) for word in re.finditer(r"\S+", run.group())]
        last = max((place for place, (word, _) in enumerate(words) if _no_name(word)), default=-1)
        words = words[last + 1 :]  # "Lubina's Finance Minister Nadia Terrin"
        if not words:
            continue
        start = words[0][1]
        surname = re.sub(r"['’]s$", "", words[-1][0])
        end = words[-1][1] + len(surname)
        if len(surname) > 2:
            yield Named(surname, start, end)


@cache
def _never_names() -> frozenset[str]:
    words = {word for kind in claim_words()["bodies"].values() for word in kind}
    words |= set(claim_words()["names"]["never"])
    for country in countries():
        words |= {name.lower() for name in (country.name, *country.names) if " " not in name}
    return frozenset(words)


def _no_name(word: str) -> bool:
    bare = re.sub(r"['’]s$", "", word).lower()
    return bare in _never_names() or (word.isupper() and len(word) <= 4)


def both_name(
    beside: Beside, sentences: tuple[Sentence, Sentence], known: Mapping[str, str]
) -> Iterator[tuple[Named, Named]]:
    """The people that both sentences name, by surname, a letter or two changed; of whom one report has the full name."""
    first, second = (
        list(names_in(report.text, sentence))
        for report, sentence in zip((beside.first, beside.second), sentences, strict=True)
    )
    for one in first:
        for two in second:
            alike = one_surname(one.surname, two.surname) or _one_name(known.get(one.surname), known.get(two.surname))
            if alike and (one.surname in known or two.surname in known):
                yield one, two


def one_surname(one: str, two: str) -> bool:
    if one == two:
        return True
    if min(len(one), len(two)) < 6 or one[0] != two[0] or abs(len(one) - len(two)) > NEAR_SPELLING:
        return False
    return Levenshtein.distance(one, two, score_cutoff=NEAR_SPELLING) <= NEAR_SPELLING


def _one_name(one: str | None, two: str | None) -> bool:
    """Whether two full names are one, the first name the same and a letter of the surname changed, however short it is."""
    if one is None or two is None or " " not in one or " " not in two:
        return False
    first, second = one.rsplit(" ", 1), two.rsplit(" ", 1)
    alike = first[0] == second[0] and first[1][0] == second[1][0]
    return alike and Levenshtein.distance(first[1], second[1], score_cutoff=1) <= 1
