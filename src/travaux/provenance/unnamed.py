"""Whether a sentence tells something on the word of somebody whom it describes and does not name.

A description hides a person where it is indefinite or counted ("a senior official", "two of its delegates", "people who saw the
letter"), has no name beside it, and is the one who says so: the subject of a word of speech, the one to whom words such as
"according to" lead, or the one whom a paper quotes. Built from the lists of ``vouching.toml``; no grammar, no model.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

INSIDE_QUOTES = re.compile(r"[\"“][^\"”\n]*[\"”]")
_WORD = r"[\w’'.+&-]+"
_CAPITAL = r"(?-i:[A-ZÀ-Þ][\w’'-]+)"
_NAME = rf"(?:(?-i:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|General|Colonel)\.?\s{_CAPITAL}|{_CAPITAL}(?:\s(?:(?-i:[A-Z])\.\s)?{_CAPITAL})+)"
_NAMED_BEFORE = re.compile(rf"{_NAME}\s*,?\s*$", re.IGNORECASE)
_NAMED_BEHIND = re.compile(rf",\s(?:the\s)?(?:[\w-]+\s){{0,2}}{_NAME}(?:,|\.$|$)|\b(?:named|called)\s{_CAPITAL}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions made of the lists of ``vouching.toml``, compiled."""

    withheld: re.Pattern[str]
    described: re.Pattern[str]
    subject: re.Pattern[str]
    closing: re.Pattern[str]
    own: re.Pattern[str]
    spoken: re.Pattern[str]
    inverted: re.Pattern[str]
    relayed: re.Pattern[str]
    quoted: re.Pattern[str]


@cache
def _words() -> _Words:
    data = tomllib.loads(files("travaux.provenance").joinpath("vouching.toml").read_text(encoding="utf-8"))
    unnamed, persons = data["unnamed"], data["persons"]
    verbs, relays = persons["verbs"], persons["relays"]
    owner = rf"(?:the|its|his|her|their|our|this|that|these|those|{_WORD}[’']s?)"
    counted = rf"{persons['counted']}(?:\sof\s{owner})?"
    modifiers = rf"(?:\s(?!{persons['no_modifier']}\b){_WORD}){{0,6}}?"
    organ = rf"(?:{owner}\s)?(?:(?!{persons['no_modifier']}\b){_WORD}\s){{0,5}}?{persons['organs']}"
    # Behind the head of a description comes no noun: "an official report", "a minister's office".
    ends = rf"\b(?![’'])(?={persons['behind']})"
    ends_relay = rf"\b(?![’'])(?:(?={persons['behind']})|(?<!official)(?=\s(?-i:[A-Z])))"
    one = (
        rf"\b{counted}{modifiers}\s(?:{persons['roles']}{ends}|(?!{persons['documents']}\b){_WORD}\s(?:on|in|inside|within|from)\s{organ}\b"
        rf"|members?\s(?:of|on|in)\s(?:{organ}|it|them)\b)"
        rf"|\b(?:{counted}\s)?{persons['plain']}\s{persons['access']}"
        rf"|\b(?:{counted}\s)?(?:(?!{persons['no_modifier']}\b){_WORD}\s){{1,2}}?{persons['insight']}\b"
        rf"|\b{persons['counted']}\sof\s(?:them|these|those|us|(?:its|his|her|their|our|{_WORD}[’']s?)"
        rf"(?:\s(?!{persons['no_modifier']}\b){_WORD}){{0,3}}?\s(?!{persons['documents']}\b)[\w-]+s{ends})\b"
    )
    many = rf"\b(?:(?!{persons['no_source_of_claims']}\b)(?!{persons['no_modifier']}\b){_WORD}\s){{1,4}}?(?-i:{persons['role_plurals']}){ends_relay}|\b{persons['talkers']}{ends_relay}"
    alone = rf"\b{counted}{modifiers}\s(?:{persons['bystanders']}\b|{persons['roles']}{ends_relay})"
    person = rf"(?P<person>(?:{one})(?:\sand\s(?:{one}|{alone}))?)"
    several = rf"(?P<person>{one}|{many}|{alone})"
    # What stands between a person and the verb: no other clause, and commas only in pairs.
    step = rf"(?:\s(?!{persons['no_gap']}\b)(?!(?-i:{verbs})\b){_WORD})"
    aside = rf"(?:,\s(?:and\s)?{persons['asides']}\b[^;:—–]{{0,90}}?,|\s[—–]\s[^—–]{{1,90}}\s[—–])"
    gap = rf"(?P<gap>{step}{{0,12}}?(?:{aside}{step}{{0,3}}?)?)"
    clause = rf"(?:^[\W\d]*|\s\s+|[,;:–—(\]]\s*|\b{persons['openers']}\s|{persons['lead_in']})"
    spoke = rf"(?<!\bwho)(?<!\bbeen)(?<!\bwas)(?<!\bwere)\s(?-i:{verbs})\b"
    return _Words(
        withheld=_any_of(unnamed["withheld"]),
        described=_any_of(unnamed["described"]),
        subject=_compiled(rf"(?P<clause>{clause}){person}{gap}{spoke}"),
        closing=_compiled(rf",\s(?:(?!{persons['no_modifier']}\b){_WORD}\s){{0,3}}?(?-i:{persons['talkers']}){step}{{0,9}}?\s(?:said|told|reported)\b"),
        own=_compiled(rf"\b(?:members?|{counted}|{persons['roles']})\s(?:of|to|on|in)\s(?:his|her)\b"),
        spoken=_compiled(rf"\b(?:he|she)\s(?-i:{verbs})\b|\b(?-i:{persons['inverted']})\s(?:he|she)\b"),
        inverted=_compiled(rf"(?:[,;:–—]|^|\b(?:so|as))\s*(?-i:{persons['inverted']})\s{several}"),
        relayed=_compiled(rf"\b{relays}\s(?:the\swords?\sof\s)?{several}"),
        quoted=_compiled(rf"(?:{one}|{many}){step}{{0,8}}?\s{persons['quoted']}\b|\bif\s(?:{one}|{many}){step}{{0,8}}?\s(?:is|are|can|may)\s(?:to\s)?be\s(?:believed|trusted)\b"),
    )


def _any_of(patterns: list[str]) -> re.Pattern[str]:
    return _compiled("|".join(f"(?:{pattern})" for pattern in patterns))


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern, re.IGNORECASE)


def withholds_a_name(told: str) -> bool:
    """Whether words of a sentence, quotations taken out, keep somebody's name back."""
    return _words().withheld.search(told) is not None


def describes_a_source(told: str) -> bool:
    """Whether a sentence, quotations taken out, speaks of sources and people who know, whatever they do in it."""
    return _words().described.search(told) is not None


def rests_on_somebody(told: str) -> bool:
    """Whether a sentence, quotations taken out, is told on the word of somebody described and not named."""
    return any(True for _ in _tellers(told))


def seconds_somebody(before: str, told: str) -> bool:
    """Whether one of a person's own people is told to say something right behind what that person said: it rests on both."""
    return _words().own.search(told) is not None and _words().spoken.search(before) is not None


def _tellers(told: str) -> Iterator[re.Match[str]]:
    words = _words()
    for found in words.subject.finditer(told):
        if not _is_apposition(told, found):
            yield found
    for pattern in (words.inverted, words.relayed):
        for found in pattern.finditer(told):
            if not _NAMED_BEHIND.search(told, found.end(), found.end() + 90):
                yield found
    yield from words.quoted.finditer(told)
    yield from words.closing.finditer(told)


def _is_apposition(told: str, found: re.Match[str]) -> bool:
    """Whether a description that is the subject of speech belongs to a name before or behind it."""
    gap = found["gap"]
    if _NAMED_BEHIND.search(f"{gap},"):
        return True
    return gap.endswith(",") and found["clause"].startswith(",") and _NAMED_BEFORE.search(told, 0, found.start()) is not None
