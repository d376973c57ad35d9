"""Offices, bodies and the words around them: what makes a noun somebody who speaks, whose office it is, where its name ends."""

from __future__ import annotations

import re
from collections.abc import Collection
from functools import cache
from typing import TYPE_CHECKING

from travaux.model import Party
from travaux.reading.word_lists import word_lists

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

# Words of a role that say little about which office it is.
ROLE_STOP = {"of", "the", "and", "for", "to", "a", "an", "s", "in", "on", "mr", "ms", "mrs"}
OFFICE_WORDS = {
    "pm": "prime minister",
    "premier": "prime minister",
    "spokeswoman": "spokesman",
    "spokesperson": "spokesman",
}
STATE, GOVERNMENT = "head of state", "head of government"
BODIES = {"ministry", "department", "office", "embassy", "chancellery", "secretariat", "treasury", "agency", "commission",
          "presidency", "mission", "delegation", "directorate"}  # fmt: skip
"""Bodies that the role of one of their people names in full: "spokeswoman of the Russian Foreign Ministry"."""
ABROAD = {"embassy", "consulate", "mission", "envoy", "ambassador", "representative"}
"""Bodies and offices known by the place they are sent to: "the embassy in Paris"."""


@cache
def speaker_words() -> dict[str, frozenset[str]]:
    """The word lists of ``lexicon/speakers.toml``."""
    raw = word_lists("speakers")
    return {name: frozenset(words) for name, words in raw.items()}


def is_office(noun: Token) -> bool:
    """Whether a noun is the office of one person: "the governor", not "the governors"."""
    return noun.lemma_.lower() in speaker_words()["offices"] and noun.tag_ in {"NN", "NNP"}


def is_holder(noun: Token) -> bool:
    """Whether a noun that is as often a thing stands where somebody does: "the principal resigned", not "part of the principal"."""
    if noun.lemma_.lower() not in speaker_words()["things_too"]:
        return True
    named = any(child.dep_ == "appos" or child.ent_type_ == "PERSON" for child in noun.children)
    return named or noun.dep_ in {"nsubj", "appos", "poss", "agent", "conj", "dative"} or noun.head.lower_ == "by"


def is_one_person(noun: Token) -> bool:
    """Whether a noun means one person, by an office or without: "the governor", "a diplomat"."""
    words = speaker_words()
    return noun.lemma_.lower() in words["offices"] | words["persons"] and noun.tag_ in {"NN", "NNP"}


def role_words(role: str) -> set[str]:
    """The words that tell one office from another, lower case, with near words brought together."""
    for short, long in OFFICE_WORDS.items():
        role = re.sub(rf"\b{short}\b", long, role, flags=re.IGNORECASE)
    return {word for word in re.findall(r"[a-z]+", role.lower()) if word not in ROLE_STOP}


def offices_in(role: str) -> list[str]:
    """The words that say what somebody is, without whose or where: "spokesman" of "spokesman of the President"."""
    parts = re.split(r",|;|\band\b", role)
    return [re.split(r"\s(?:of|for|to|at|in)\s", part.strip(), maxsplit=1)[0].split(" ")[-1] for part in parts]


def body_in(role: str) -> str | None:
    """The body that a role belongs to, where it names one in full."""
    found = re.search(r"\s(?:of|for|at)\s(?:the\s)?(.+)$", role)
    return found.group(1) if found and found.group(1).split()[-1].lower() in BODIES else None


def office_of(noun: Token) -> list[str]:
    """The words of an office or body: what describes the noun, the noun, and "of state" behind a head."""
    words = [child.text for child in noun.lefts if child.dep_ in {"compound", "amod"}] + [noun.lemma_]
    if noun.lemma_.lower() == "head":
        after = noun.doc[noun.i + 1 : noun.i + 3].text.lower()
        words += after.split() if f"head {after}" in {STATE, GOVERNMENT} else []
    return words


def without_article(name: str) -> str:
    """A name without the article and white space around it: "Kremlin" of "the Kremlin"."""
    return re.sub(r"^(the|a|an)\s+", "", name.strip(), flags=re.IGNORECASE)


def party_words(party: Party) -> set[str]:
    """The words of a party's own names, lower case."""
    return {word for name in (party.name, *party.names) for word in re.findall(r"[a-z]+", name.lower())}


def end_of_office(noun: Token) -> int:
    """Last token of an office's name: "the director of the state company", "the minister responsible for trade".

    And "the embassy in Paris".
    """
    last = noun.i
    for child in noun.rights:
        belonging = {"of", "for", "to", "from"} | ({"in", "at"} if noun.lemma_.lower() in ABROAD else set())
        belongs = child.dep_ == "prep" and child.lower_ in belonging
        if child.i != last + 1 or not (belongs or child.lower_ == "responsible"):
            break
        end = child.i
        for token in noun.doc[child.i : child.right_edge.i + 1]:
            aside = token.dep_ in {"relcl", "acl", "appos"} or token.pos_ in {"VERB", "AUX"}
            if aside or (token.is_punct and token.text != "-"):
                break
            end = token.i
        if end == child.i:
            break
        last = end
    return last


def person_beside(noun: Token) -> tuple[str, int] | None:
    """Name and last token of the person who stands right after an office, or whom it describes.

    "Its head of delegation Ingrid Stokke", "their spokesman, Curtis Baptiste,", "Australia's trade minister Helen Marsden",
    "Moscow's envoy in Geneva, Gennady Gatilov,".
    """
    end = end_of_office(noun)
    for entity in noun.sent.ents:
        if entity.label_ != "PERSON":
            continue
        apart = entity.start - end - 1
        comma = apart == 1 and noun.doc[end + 1].text == ","
        apposed = entity.root.dep_ == "appos" and noun.i <= entity.root.head.i <= end
        if (apart == 0 or comma) and (apposed or (apart == 0 and noun.dep_ in {"compound", "nmod", "amod"})):
            return name_of(entity), entity.end - 1
    return None


def titled(person: Span, offices: Collection[str]) -> bool:
    """Whether an office stands right before a name: "Energy Minister Curtis Ramlogan"."""
    return person.start > person.sent.start and person.doc[person.start - 1].lemma_.lower() in offices


def name_of(person: Span) -> str:
    """A person's name as given, without the mark of the possessive."""
    return re.sub(r"('s|’s)$", "", person.text).strip()


def last_name(name: str) -> str:
    """The last word of a name."""
    return (name.split() or [""])[-1]


def phrase_from(first: Token, last: int) -> str:
    """The words from one token to another, without what stands before them and has no letter: a live blog's "07:45"."""
    words = first.doc[first.i : last + 1]
    start = next((token.i for token in words if any(map(str.isalpha, token.text))), first.i)
    return first.doc[start : last + 1].text.strip()
