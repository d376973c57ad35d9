"""Who was there by another sentence than the one that names the meeting: who presided, took part, looked on, or is listed.

"The board met on 10 June. Ann Lee presided; two envoys took part." and, in minutes, "Present: Ann Lee, Jo Field".
And hosts: "her host, Ann Lee, promised to go on" tells of two who met without any word for it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from travaux.model import Report
from travaux.reading.happenings.grammar import after_preposition, conjuncts, negated, objects, subjects
from travaux.reading.happenings.participants import Somebody, people_among, somebodies
from travaux.reading.happenings.words import happening_words
from travaux.reading.line import Line
from travaux.reading.names import Names

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from spacy.tokens import Token

_CHAIRS = {"chair", "co-chair", "cochair"}
_LISTED = re.compile(
    r"\W*(?:present|in attendance|attending|attendees|participants|also present|those present|taking part)\s*:",
    re.IGNORECASE,
)
_ENTRY = re.compile(
    r"^\W*\d{1,2}[.:h]\d{2}(?: ?[ap]\.?m\.?)?[ \t|,:–—-]+(?P<place>[A-ZÀ-Þ][\w'’-]+(?: [A-ZÀ-Þ][\w'’-]+){0,2})[ \t.:]*$",
    re.MULTILINE,
)


def present_in(line: Line, names: Names) -> list[Somebody]:
    """Those of whom a sentence says that they were there, without saying where."""
    span = line.sentence.span
    if _LISTED.match(span.text):
        return somebodies([(span.doc[at], mention) for at, mention in sorted(line.mentions.items())], names)
    return [
        one
        for verb in span
        if verb.pos_ == "VERB" and _is_attending(verb) and not negated(verb)
        for one in somebodies(people_among(subjects(verb), line), names)
    ]


def chairing_in(line: Line, names: Names) -> Iterator[tuple[str, list[Somebody]]]:
    """The bodies that a sentence says who chairs, by their noun, and those who do."""
    for verb in line.sentence.span:
        clause = verb.dep_ in {"relcl", "acl"}  # which the tagger may take for the noun
        if verb.lemma_.lower() not in _CHAIRS or not (verb.pos_ == "VERB" or clause) or negated(verb):
            continue
        by = after_preposition(verb, "by")
        doers = {"nsubj"} if verb.pos_ == "VERB" else {"nsubj", "nmod", "compound"}
        own = [one for one in verb.children if one.dep_ in doers and one.tag_ not in {"WDT", "WP"}]
        chairs = [one for first in by or own for one in conjuncts(first)]
        who = somebodies(people_among(chairs, line), names) if verb.pos_ == "VERB" else _of_names(chairs, names)
        bodies = subjects(verb) if by else objects(verb)
        # "Co-chaired" is two words to the grammar, which may hang the subject on the first.
        bodies = bodies or [one for one in line.sentence.span if one.i < verb.i and one.dep_ in {"nsubj", "nsubjpass"}]
        bodies = [*bodies, *([verb.head] if clause else [])]
        for body in bodies:
            if who and body.lemma_.lower() in happening_words().status["sits"]:
                yield body.lemma_.lower(), list(dict.fromkeys(who))


def _of_names(words: Sequence[Token], names: Names) -> list[Somebody]:
    """The parties that words name, also where the tagger took the verb behind them for a noun of theirs."""
    known = [names.known.get(one.text) for one in words]
    parties = [names.agenda.party(one.party) for one in known if one is not None and one.person is None]
    return [Somebody(party.name, party.id, False) for party in parties if party is not None]


def _is_attending(verb: Token) -> bool:
    """Whether a verb says that somebody was there: one of attending alone or with a word for the meeting, "took part"."""
    beside = {f"{verb.lemma_.lower()} {child.lower_}" for child in verb.children}
    words = happening_words()
    if beside & words.status["attending_phrases"]:
        return True
    if verb.lemma_.lower() == "speak" and not objects(verb):
        # "Spoke for an hour", and not "spoke of", "spoke to the press".
        return not {child.lower_ for child in verb.children if child.dep_ in {"prep", "prt"}} - {
            "for",
            "at",
            "last",
            "first",
        }
    if verb.lemma_.lower() not in words.status["attending"]:
        return False
    return all(one.lemma_.lower() in words.meeting_nouns or one.pos_ == "PRON" for one in objects(verb))


def hosted(token: Token, line: Line, report: Report, names: Names, spoken: Sequence[Somebody]) -> list[Somebody]:
    """The two that a word for a host or a guest tells of: whoever it names, and whose host; empty where it tells of no two people."""
    if token.pos_ != "NOUN" or token.lemma_.lower() not in {"host", "guest"} or token.dep_ in {"compound", "attr"}:
        return []
    named = [(one, line.mentions[one.i]) for one in (*token.children, token) if one.i in line.mentions]
    person = [(one, mention) for one, mention in named if mention.person and one.dep_ != "poss"]
    first = next((one for one in somebodies(person, names) if one.person), None)
    if first is None:
        return []
    owner = [(one, mention) for one, mention in named if one.dep_ == "poss" and mention.person]
    # "The host" alone may be that of a tournament: a guest in the same sentence or the entry's place must stand with it.
    received = entry_place(line, report) is not None or "guest" in {one.lemma_.lower() for one in line.sentence.span}
    definite = owner or (received and any(child.lower_ == "the" for child in token.children))
    others = [*somebodies(owner, names), *reversed(spoken)]
    fitting = [one for one in others if one.person and one.party != first.party and one.name != first.name]
    other = next((one for one in fitting if one.party is not None), next(iter(fitting), None))
    return [other, first] if other is not None and definite else []


def entry_place(line: Line, report: Report) -> str | None:
    """The place at the head of the live blog's entry that a sentence stands in: "19.40 Bergen"."""
    clock = [*re.finditer(r"^\W*\d{1,2}[.:h]\d{2}\b.*$", report.text[: line.sentence.start], re.MULTILINE)]
    found = _ENTRY.match(clock[-1].group()) if clock else None
    return found["place"] if found is not None else None
