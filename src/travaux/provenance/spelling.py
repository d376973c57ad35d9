"""When two spellings are one name: accents, transliterations and short forms are no misspellings."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from enum import StrEnum
from functools import cache, lru_cache
from importlib.resources import files

from rapidfuzz.distance import DamerauLevenshtein

from travaux.model import Party

_LETTERS = str.maketrans({"ı": "i", "ø": "o", "ł": "l", "đ": "d", "ß": "ss", "æ": "a", "œ": "o", "ð": "d", "þ": "th"})
_SOUNDS_ALIKE = str.maketrans("cqzwfjy", "kksvvii")
_UMLAUT = re.compile(r"(?<=[aou])e(?=[a-z])")
_NO_LETTER = re.compile(r"[^a-z]")
# Letters with marks and how they are written without: "Støre", "Stoere"; "Çavuşoğlu", "Chavushoglu".
_UNMARKED = {
    "å": "aa?", "ä": "ae?", "æ": "ae?", "ö": "oe?", "ø": "oe?", "ő": "oe?", "ü": "ue?", "ű": "ue?", "œ": "oe?", "ı": "[iy]",
    "ý": "[iy]", "ğ": "g?h?", "ñ": "ny?", "þ": "th?", "ð": "dh?", "đ": "dj?", "ß": "ss?", "ž": "zh?", "ź": "zh?", "ż": "zh?",
    "ț": "t[sz]?", "ţ": "t[sz]?", "š": "s(?:c?h)?", "ş": "sh?", "ș": "sh?", "ś": "sh?", "č": "(?:t?s)?ch?", "ć": "ch?", "ç": "ch?",
}  # fmt: skip
# Surnames and given names that come from another script, whatever party they belong to.
_SLAVIC_SURNAME = re.compile(r"(?:[oe]va?|sk(?:y|yi|yy|iy|ii|aya)|enko|chuk|v[iy]ch|yan|dze|shvili)$")
_ARABIC_NAME = re.compile(
    r"\b(?:moham|muham|mahmo?u?d|ahm[ae]d|huss|hoss|hass|abd|ibrah|khal|sheikh|yous|yus[ue]f|mustaf|mostaf|salah|saleh|fais|feis|nass|karim)"
    r"|\b[ae]l[- ]|ullah\b|uddin\b|\bbin\b|\bibn\b"
)
_DOUBLE = re.compile(r"(.)\1+")
# Letters that names from scripts without vowels bring along, whatever party they belong to.
_HEARD = re.compile(r"q(?!u)|kh|gh|dh|aa|ullah|abd|\b[ae]l(?=[a-z]{4})|moham|muham|huss|hass")
SHORTEST = 4
"""Letters of a name that may be called misspelt, one letter left out or not; shorter ones are near too many others."""
LONG = 6
"""Letters from which two changed letters are still the same name misspelt, and not another name."""


class Script(StrEnum):
    """How a party's names come into Latin letters."""

    LATIN = "latin"
    CYRILLIC = "cyrillic"  # letter by letter, by several tables; Greek, Armenian and Georgian are counted with it
    CONSONANTAL = "consonantal"  # vowels as heard: Arabic, Persian, Hebrew; and scripts with several romanisations
    UNKNOWN = "unknown"


@cache
def _data() -> dict[str, dict[str, list[str]]]:
    return tomllib.loads(files("travaux.provenance").joinpath("spelling.toml").read_text(encoding="utf-8"))


@cache
def _given() -> dict[str, str]:
    return {name: line.split()[0] for line in _data()["given"]["names"] for name in line.split()}


def script_of(party: Party) -> Script:
    """The family of scripts of a party's names. A state that is on neither list writes Latin letters; others are not known."""
    names = [name.casefold().removeprefix("the ") for name in (party.id.replace("-", " "), party.name, *party.names)]
    for script in (Script.CYRILLIC, Script.CONSONANTAL):
        if any(name.startswith(tuple(_data()["scripts"][script])) for name in names):
            return script
    return Script.LATIN if party.kind == "state" else Script.UNKNOWN


def script_of_name(name: str, party: Party) -> Script:
    """The family of scripts of one person's name: the party's, or what the name itself shows where the party's does not tell.

    A federation or a company has people of all countries, and people of every country have names from Arabic.
    """
    script = script_of(party)
    if script in (Script.CYRILLIC, Script.CONSONANTAL):
        return script
    words = [folded(word) for word in name.split()]
    if script is Script.UNKNOWN and words and (words[0] in _given() or _SLAVIC_SURNAME.search(words[-1])):
        return Script.CONSONANTAL if _ARABIC_NAME.search(name.casefold()) else Script.CYRILLIC
    return Script.CONSONANTAL if _ARABIC_NAME.search(name.casefold()) else Script.LATIN


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """A name without accents, case and marks; German umlauts written with and without e come out the same."""
    return _UMLAUT.sub("", _bare(name))


@lru_cache(maxsize=100_000)
def _bare(name: str) -> str:
    """A name without accents, case and marks, letter by letter."""
    letters = unicodedata.normalize("NFKD", name.casefold().translate(_LETTERS))
    return _NO_LETTER.sub("", "".join(mark for mark in letters if not unicodedata.combining(mark)))


@lru_cache(maxsize=100_000)
def transliterated(name: str, script: Script) -> str:
    """What all right spellings of a name from another script have in common."""
    key = folded(name)
    key = _given().get(key, key)
    if script is Script.CYRILLIC:
        key = _from_cyrillic(key)
        return _given_from_cyrillic().get(key, key)
    key = key.removeprefix("al").removeprefix("el") if len(key) > 6 else key
    key = _DOUBLE.sub(r"\1", key)
    for pattern, letters in _CONSONANTAL:
        key = pattern.sub(letters, key)
    return _DOUBLE.sub(r"\1", key)


@lru_cache(maxsize=100_000)
def _from_cyrillic(key: str) -> str:
    for pattern, letters in _CYRILLIC:
        key = pattern.sub(letters, key)
    return _DOUBLE.sub(r"\1", key)


@cache
def _given_from_cyrillic() -> dict[str, str]:
    return {_from_cyrillic(name): _from_cyrillic(first) for name, first in _given().items()}


@lru_cache(maxsize=10_000)
def _unmarked(name: str) -> re.Pattern[str]:
    """All ways in which a name is written without its marks."""
    composed = unicodedata.normalize("NFC", name.casefold())
    return re.compile("".join(_UNMARKED.get(letter) or re.escape(folded(letter)) for letter in composed))


_CYRILLIC = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"shch|sch|sh", "s"), (r"tch|ch|cz|tsch", "c"), (r"zh|dzh|dj|j(?=[aeou])", "z"), (r"kh|ch(?=r)", "h"), (r"gh|g", "h"),
        (r"ts|tz", "c"), (r"x", "ks"), (r"ph", "f"), (r"w|ff$|f$", "v"), (r"ck|q", "k"), (r"ou|yu|iu|ju", "u"),
        (r"ya|ia|ja", "a"), (r"ye|ie|je|yo|io|jo", "e"), (r"[aeiyj]*[iyj]$", "i"), (r"[yj]", "i"), (r"ii+", "i"),
    )
]  # fmt: skip
_CONSONANTAL = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"sh|sch", "s"), (r"tch|ch", "c"), (r"kh|gh|q|g|k|ck", "k"), (r"dh", "d"), (r"th", "t"), (r"ph", "f"), (r"w", "v"),
        (r"zh|dj|j", "z"), (r"(?<=.)[aeiouyh]", ""), (r"^[aeiouyh]+", "a"),
    )
]  # fmt: skip


def is_same_name(one: str, other: str, script: Script, is_surname: bool = False) -> bool:
    """Whether two spellings of one part of a name are both right.

    Args:
        is_surname: a surname in Latin letters has no short forms: with a letter left off its end it is misspelt.
    """
    a, b = folded(one), folded(other)
    if a == b or _given().get(a, a) == _given().get(b, b):
        return True
    if min(len(a), len(b)) >= 3 and (a.startswith(b) or b.startswith(a)):
        # A short form, a possessive, a plural.
        if not (is_surname and script is Script.LATIN):
            return True
        if a in map(folded, other.split("-")) or b in map(folded, one.split("-")):
            return True
    if not (one + other).isascii() and (_unmarked(one).fullmatch(b) or _unmarked(other).fullmatch(a)):
        return True
    kinds: list[Script] = [script] if script in (Script.CYRILLIC, Script.CONSONANTAL) else []
    if script is Script.UNKNOWN:
        kinds.append(Script.CYRILLIC)
        if _HEARD.search(f"{a} {b}"):
            kinds.append(Script.CONSONANTAL)
    return any(transliterated(one, kind) == transliterated(other, kind) for kind in kinds)


def initial(name: str) -> str:
    """A folded name's first letter, one for those that sound alike ("Carla", "Karla"); empty where it has none."""
    return name[:1].translate(_SOUNDS_ALIKE)


_VOWELS = [
    (re.compile(pattern), letters)
    for pattern, letters in (
        (r"(?<=.)(?:ie|ey|y)$", "i"), (r"(?<=[^aeiou])e$", ""), (r"ea|ee|ie|ei|y", "i"), (r"oa|ow|oe|eau", "o"), (r"au|aw|ai|ay", "a"),
        (r"ou|oo|ew|ue", "u"), (r"ph", "f"), (r"ck|c(?=[aourlt])|q", "k"), (r"th(?=$|o)", "t"), (r"z", "s"),
        (r"(?<=.)h(?=[^aeiou]|$)", ""),
    )
]  # fmt: skip


@lru_cache(maxsize=100_000)
def heard(name: str) -> str:
    """A folded name as it is heard: written by ear, "Laurie Neame" is "Lawrie Neem"."""
    for pattern, letters in _VOWELS:
        name = pattern.sub(letters, name)
    return _DOUBLE.sub(r"\1", name)


def is_near(one: str, other: str) -> bool:
    """Whether one part of a name may be another misspelt: one letter apart, two in long ones or where both sound the same."""
    a, b = _bare(one), _bare(other)
    if max(len(a), len(b)) < SHORTEST or min(len(a), len(b)) < SHORTEST - 1 or initial(a) != initial(b):
        return False
    allowed = 2 if min(len(a), len(b)) >= LONG or heard(a) == heard(b) else 1
    return 0 < DamerauLevenshtein.distance(a, b, score_cutoff=allowed) <= allowed
