"""Whether a sentence is told on the word of somebody whom it describes and does not name.

A description hides a person where it is indefinite or counted ("a senior official", "two of its delegates", "people who saw the
letter"), has no name beside it, and is the one who says so: the subject of a word of speech, the one to whom words such as
"according to" lead, or the one whom a paper quotes. Built from the lists of ``vouching.toml``; no grammar, no model. Every function
here takes a sentence whose quotations are left out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from travaux.provenance.vouching_words import Cued, any_of, compiled, cued, vouching_lists

INSIDE_QUOTES = re.compile(r"[\"“][^\"“”\n]*[\"”]")
_WORD = r"[\w’'.+&-]+"
_CAPITAL = r"(?-i:[A-ZÀ-Þ][\w’'-]+)"
_TITLED = rf"(?-i:Mr|Mrs|Ms|Dr|Sir|Dame|Lord|Lady|General|Colonel)\.?\s{_CAPITAL}"
_NAME = rf"(?:{_TITLED}|{_CAPITAL}(?:\s(?:(?-i:[A-Z])\.\s)?{_CAPITAL})+)"
_NAMED_BEFORE = re.compile(rf"{_NAME}\s*,\s*$", re.IGNORECASE)
_NAMED_BEHIND = re.compile(
    rf",\s(?:the\s)?(?:[\w-]+\s){{0,2}}{_NAME}(?:,|\.$|$)|\b(?:named|called)\s{_CAPITAL}", re.IGNORECASE
)
_REACH_OF_NAME = 90
"""Code points behind a description within which its name would stand."""
_REACH_BEFORE = 120
"""Code points before a description that are looked at, so that a sentence without an end costs no more than its length."""


@dataclass(frozen=True, slots=True)
class _Words:
    """The expressions made of the lists of ``vouching.toml``, compiled.

    A person is found first, then what stands before and behind is looked at: one expression for all would be long to make and slow.
    """

    withheld: Cued
    described: re.Pattern[str]
    one: re.Pattern[str]
    several: re.Pattern[str]
    relays: re.Pattern[str]
    inverted: re.Pattern[str]
    clause: re.Pattern[str]
    opening: re.Pattern[str]
    spoke: re.Pattern[str]
    label: re.Pattern[str]
    closing: re.Pattern[str]
    passive: re.Pattern[str]
    quoted: re.Pattern[str]
    believed: re.Pattern[str]
    audience: re.Pattern[str]
    public: re.Pattern[str]
    own: re.Pattern[str]
    pronoun_spoke: re.Pattern[str]


@cache
def _words() -> _Words:
    data = vouching_lists()
    unnamed, persons = data["unnamed"], data["persons"]
    verbs, inverted, counted = persons["verbs"], persons["inverted"], persons["counted"]
    owner = rf"(?:the|its|his|her|their|our|this|that|these|those|{_WORD}[’']s?)"
    modifier = rf"(?!{persons['no_modifier']}\b){_WORD}"
    organ = rf"(?:{owner}\s)?(?:{modifier}\s){{0,5}}?{persons['organs']}\b(?![’'])"
    # Behind the head of a description comes no noun, as in "an official report" or "a minister's office".
    ends = rf"\b(?![’'])(?={persons['behind']}|\s(?-i:{verbs})\b)"
    ends_relayed = rf"\b(?![’'])(?:(?={persons['behind']})|(?<!official)(?=\s(?-i:[A-Z])))"
    no_paper = rf"(?!{persons['documents']}\b)"
    one = (
        rf"\b{counted}(?:\sof\s{owner})?(?:\s{modifier}){{0,6}}?\s(?:{persons['roles']}{ends}"
        rf"|{no_paper}{_WORD}\s(?:who\s(?:sits|sit|sat|serves|serve|served)\s)?(?:on|in|inside|within|from)\s{organ}|members?\s(?:of|on|in)\s(?:{organ}|it|them)\b)"
        rf"|\b(?:{counted}\s)?(?:{persons['plain']}|(?-i:{persons['role_plurals']}))\s{persons['access']}"
        rf"|\b(?:{counted}\s)?(?:{modifier}\s){{1,2}}?{persons['insight']}\b"
        rf"|\b{counted}\sof\sthe\s(?:{modifier}\s){{0,2}}?{no_paper}[\w-]+s\s(?:at|in|around|on)\sthe\s(?:table|room|team|call|talks|delegation)\b"
        rf"|\b{counted}\sof\s(?:them|these|those|us|the\s(?:two|three|four|five|six|seven|eight)"
        rf"|(?:its|his|her|their|our|{_WORD}[’']s?)(?:\s{modifier}){{0,3}}?\s{no_paper}[\w-]+s{ends})\b"
    )
    many = (
        rf"\b(?:(?!{persons['no_source_of_claims']}\b){modifier}\s){{1,4}}?(?-i:{persons['role_plurals']}){ends_relayed}"
        rf"|\b{persons['talkers']}{ends_relayed}|\b(?-i:{persons['role_plurals']})(?=\s(?:in|at|from|close)\b)"
        rf"|\b{counted}(?:\s{modifier}){{0,6}}?\s(?:{persons['bystanders']}\b|{persons['roles']}{ends_relayed})"
    )
    # What stands between a person and the verb: no other clause, and commas only in pairs.
    step = rf"(?:\s(?!{persons['no_gap']}\b)(?!(?-i:{verbs})\b){_WORD})"
    aside = rf"(?:,\s(?:and\s)?{persons['asides']}\b[^;:—–]{{0,90}}?,|\s[—–]\s[^—–]{{1,90}}\s[—–])"
    second = rf"(?:\sand\s{counted}(?:\s{modifier}){{1,4}}?)?"
    opening = r"^[\W\d]*(?:[ap]\.?m\b\W*)?"
    return _Words(
        withheld=cued(any_of(unnamed["withheld"]), unnamed),
        described=any_of(unnamed["described"]),
        one=compiled(one),
        several=compiled(rf"(?:the\swords?\sof\s)?(?:{one}|{many})"),
        relays=compiled(rf"\b{persons['relays']}\s"),
        inverted=compiled(rf"(?:[,;:–—]|^|\b(?:so|as))\s*(?-i:{inverted})\s"),
        clause=compiled(rf"(?:{opening}|\s\s+|[,;:–—(\]]\s*|\b{persons['openers']}\s|{persons['lead_in']})$"),
        opening=compiled(rf"{opening}$"),
        spoke=compiled(
            rf"{second}(?P<gap>(?:\s(?:who|which)\s(?:(?:has|have|had|did|does|is|was)\s)?(?:\w+\s){{1,2}}?(?:it|them|both|all|him|her))?{step}{{0,12}}?(?:{aside}{step}{{0,3}}?)?)"
            rf"(?<!\bwho)(?<!\bbeen)(?<!\bwas)(?<!\bwere)\s(?P<verb>(?-i:{verbs}))\b"
        ),
        label=compiled(rf"{step}{{0,4}}?(?:,[^,:]{{1,40}})?:\s"),
        closing=compiled(
            rf",\s(?:{modifier}\s){{0,3}}?(?-i:{persons['talkers']}){step}{{0,9}}?\s(?:said|told|reported)\b"
        ),
        passive=re.compile(r"quoted|cited|believed|trusted"),
        quoted=compiled(rf"{step}{{0,8}}?\s{persons['quoted']}\b"),
        believed=compiled(rf"{step}{{0,8}}?\s(?:is|are|can|may)\s(?:to\s)?be\s(?:believed|trusted)\b"),
        audience=compiled(persons["audience"]),
        public=compiled(persons["public"]),
        own=compiled(rf"\b(?:members?|{counted}|{persons['roles']})\s(?:of|to|on|in)\s(?:his|her)\b"),
        pronoun_spoke=compiled(rf"\b(?:he|she)\s(?-i:{verbs})\b|\b(?-i:{inverted})\s(?:he|she)\b"),
    )


def withholds_a_name(told: str) -> bool:
    """Whether words keep somebody's name back, as "who would not see his name in print" does."""
    return _words().withheld.search(told) is not None


def describes_a_source(told: str) -> bool:
    """Whether sources and people who know are spoken of, whatever they do."""
    return _words().described.search(told) is not None


def rests_on_somebody(told: str) -> bool:
    """Whether somebody described and not named says it: not one who speaks before an audience, where nobody hides."""
    if not (_is_said(told) or _is_relayed(told) or _is_quoted(told)):
        return False
    return _words().public.search(told) is None


def opens_with_somebody(told: str) -> bool:
    """Whether a sentence begins with somebody described and not named, whatever is told of that person."""
    words = _words()
    return any(
        words.opening.search(told, 0, person.start())
        and not _NAMED_BEHIND.search(told, person.end(), person.end() + _REACH_OF_NAME)
        for person in words.one.finditer(told, 0, _REACH_BEFORE)
    )


def seconds_somebody(before: str, told: str) -> bool:
    """Whether one of a person's own people says something right behind what that person said, so that it rests on both."""
    return _words().own.search(told) is not None and _words().pronoun_spoke.search(before) is not None


def _is_said(told: str) -> bool:
    """Whether somebody unnamed is the subject of speech, or opens the sentence before a colon, as live pages have it."""
    words = _words()
    for person in words.one.finditer(told):
        before = max(0, person.start() - _REACH_BEFORE), person.start()
        # A heading in capitals ("OTHER LENDERS:") tells what a paragraph is on.
        if words.opening.search(told, *before) and (label := words.label.match(told, person.end())):
            if not told[person.start() : label.end()].isupper():
                return True
            continue
        spoke = words.spoke.match(told, person.end())
        if spoke is None or not words.clause.search(told, *before) or words.audience.match(told, spoke.start("verb")):
            continue
        is_named_before = spoke["gap"].endswith(",") and _NAMED_BEFORE.search(told, *before) is not None
        if not is_named_before and not _NAMED_BEHIND.search(f"{spoke['gap']},"):
            return True
    return words.closing.search(told) is not None


def _is_relayed(told: str) -> bool:
    """Whether "according to" and the like, or a verb that stands before its subject, lead to somebody unnamed."""
    words = _words()
    for leading in (words.relays, words.inverted):
        for found in leading.finditer(told):
            person = words.several.match(told, found.end())
            if person and not _NAMED_BEHIND.search(told, person.end(), person.end() + _REACH_OF_NAME):
                return True
    return False


def _is_quoted(told: str) -> bool:
    """Whether somebody unnamed is quoted by a paper, or told to be worth belief: "if two people there are to be believed"."""
    words = _words()
    if words.passive.search(told) is None:
        return False
    return any(
        words.quoted.match(told, person.end())
        or (
            told[max(0, person.start() - 3) : person.start()].lower() == "if "
            and words.believed.match(told, person.end())
        )
        for person in words.several.finditer(told)
    )
