"""Names of the agenda in a sentence, and the noun phrase that each makes: "Russian" in "Russian officials" means the officials."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING

from travaux.reading.discourse import BODIES_OF_MANY, Discourse
from travaux.reading.mention import Mention
from travaux.reading.names import Known, Names
from travaux.reading.offices import is_office, name_of, phrase_from, speaker_words
from travaux.reading.officials import body
from travaux.reading.parse import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Span, Token

WATERS = {"Ocean", "Sea", "Seas", "Gulf", "Strait", "Straits", "Channel", "Bay", "Peninsula", "Desert", "Mountains"}
"""Behind a party's name they make the name of a place."""
REGIONS = {"Latin", "Central", "North", "South", "East", "West", "Northern", "Southern", "Eastern", "Western"}
"""Before a party's name they make the name of another place: "Latin America", "South Korea"."""
DATELINE = re.compile(
    r"[A-ZÀ-Þ][A-ZÀ-Þ'’.-]+(?:[ /][A-ZÀ-Þ'’.-]+)*(?:,[^—–:;]{0,40}?)?(?:\s*\([^()]{1,30}\))?\s+(?:[—–]|--?)\s+(?=[\"“‘'A-ZÀ-Þ0-9])"
)
"""Where a report was sent from, in capitals, before a dash: nobody is spoken of by it."""
Name = tuple[int, Known, int, int]
"""A name of the agenda in a sentence: head token, what the name stands for, first and last token."""


def names_in(sentence: Sentence, names: Names) -> list[Name]:
    """Names of the agenda in a sentence: head token, what the name stands for, first and last token."""
    if names.pattern is None:
        return []
    span, found = sentence.span, []
    dateline = DATELINE.match(span.text)
    for match in names.pattern.finditer(span.text):
        if dateline is not None and match.end() <= dateline.end() and not names.is_own(match.group()):
            continue
        part = span.char_span(match.start(), match.end(), alignment_mode="expand")
        if part is None or not len(part):
            continue
        known = names.known.get(re.sub(r"\s+", " ", match.group()))
        if known is not None and not names_another(part, known):
            found.append((part.root.i, known, part.start, part.end - 1))
    return found


def names_another(part: Span, known: Known) -> bool:
    """Whether a party's name is only part of another: "Indian" of the "Indian Ocean", "Union" of the "European Union".

    Nor is a place meant by whose newspaper or station something is told in: "a London daily".
    """
    following = part.doc[part.end] if part.end < len(part.doc) else None
    if known.person is not None or following is None:
        return False
    if part.root.head.lemma_.lower() in speaker_words()["media"] and part.root.dep_ in {"amod", "compound", "nmod"}:
        return True
    longer = any(
        entity.label_ == "PERSON" and entity.start == part.start and entity.end > part.end for entity in part.sent.ents
    )
    before = part.doc[part.start - 1] if part.start > part.sent.start else None
    other = before is not None and (
        before.text in REGIONS or (part.text.lower() in speaker_words()["bodies"] and before.pos_ == "PROPN")
    )
    return longer or other or (following.text in WATERS and not following.is_sent_start)


def widen(told: Discourse, head: Token, known: Known, first: int, last: int) -> tuple[Mention | None, int]:
    """From a name to the noun phrase it makes: "Russian" in "Russian officials" means the officials.

    Returns:
        The mention and its token; the mention is None where the name only describes a thing ("Russian ammonia").
    """
    if known.person is not None:
        at = head
        while at.dep_ in {"compound", "flat", "nmod"} and at.head.ent_type_ == "PERSON" and at.head.pos_ == "PROPN":
            at = at.head
        mention = Mention((known.party,), known.person.name, None, False, f"named: {known.person.name}", first, last)
        return mention, at.i
    named = f"named: {head.doc[first : last + 1].text}"
    party = Mention((known.party,), None, None, False, named, first, last, told.kinds[known.party] in BODIES_OF_MANY)
    modified = head.head
    describes = head.dep_ in {"amod", "compound", "poss", "nmod"} and modified.pos_ in {"NOUN", "PROPN"}
    if not describes:
        return replace(party, body=phrase_from(head.left_edge, last) if is_office(head) else None), head.i
    elsewhere = head.dep_ == "poss" and modified.lemma_.lower() in told.lexicon["others"]
    if modified.lemma_.lower() in told.lexicon["agents"] and modified.ent_type_ != "PERSON" and not elsewhere:
        return body(told, modified, known.party, min(first, modified.left_edge.i), modified.i), modified.i
    if head.dep_ == "poss":
        # "Kyiv's request": the party stays a mention of its own, hanging on its own name.
        return party, head.i
    if modified.ent_type_ == "PERSON" or modified.pos_ == "PROPN":
        stranger = person_text(modified)
        if stranger is not None and modified.ent_type_ == "PERSON":
            return Mention((known.party,), stranger, None, False, "named with the party", first, modified.i), modified.i
    # "Russian ammonia" is a thing; "Ukrainian demands" are the party's (a cue noun asks for its modifier).
    return Mention((known.party,), None, None, False, f"named: {head.text}", first, last), head.i


def person_text(token: Token) -> str | None:
    """Full name as given around a token that spaCy takes for part of a person's name."""
    for entity in token.doc.ents:
        if entity.label_ == "PERSON" and entity.start <= token.i < entity.end:
            return name_of(entity)
    return None
