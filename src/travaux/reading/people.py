"""Names of people by the grammar around them, where a learned recogniser of names would take as long as the parse again.

What matters here is who speaks or holds an office: a run of capitalised words with a title or an office beside it, or one
of two words and more that acts, speaks or is said to be something. Places and bodies are left out by their own words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import TYPE_CHECKING

from travaux.reading.word_lists import words_in

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span, Token

LONGEST = 4
"""Words of a name, particles not counted."""
ACTING = frozenset({"nsubj", "nsubjpass", "appos", "conj", "poss", "ROOT", "npadvmod", "dobj", "attr"})
"""What a name of two words and more is in its sentence where nothing beside it says that it is a person."""
BY = frozenset({"by", "to", "with", "from", "than", "like"})
"""Prepositions that people follow more often than places do."""
INITIAL = re.compile(r"[A-Z]\.?(?:-?[A-Z]\.)*")


@cache
def offices() -> frozenset[str]:
    """Words for what one person is."""
    return words_in("names", "titles") | words_in("speakers", "offices")


def people_in(doc: Doc) -> list[Span]:
    """The names of people in a parsed text, in order, titles left out, labelled ``PERSON``; none overlap."""
    from spacy.tokens import Span  # loaded by whoever parsed

    return [Span(doc, first, end, label="PERSON") for first, end in runs(doc) if is_person(doc, first, end)]


def runs(doc: Doc) -> Iterator[tuple[int, int]]:
    """Stretches of tokens that could be one name each, as [first, end)."""
    first = end = 0
    for token in doc:
        if token.is_sent_start or token.i >= end + 3:
            if end:
                yield first, end
            end = 0
        if is_part(token):
            if not end:
                first = token.i
            end = token.i + 1
        elif end and token.text not in words_in("names", "particles"):
            yield first, end
            end = 0
    if end:
        yield first, end


def is_part(token: Token) -> bool:
    """Whether a token can be part of a person's name."""
    text = token.text
    if not text[0].isupper() or token.pos_ != "PROPN" or token.lower_ in offices():
        return False
    shouted = text.isupper() and len(text) > 1
    return bool(INITIAL.fullmatch(text)) or (not shouted and text[-1].isalpha())


def is_person(doc: Doc, first: int, end: int) -> bool:
    """Whether a run of capitalised words names a person."""
    if end - first > LONGEST + 2 or any(token.lower_ in words_in("names", "no_names") for token in doc[first:end]):
        return False
    run = doc[first:end]
    before = doc[first - 1] if first > run.sent.start else None
    if before is not None and (before.lower_ in words_in("names", "titles") or before.lemma_.lower() in offices()):
        return True
    words = [token for token in run if token.text[:1].isupper() and not INITIAL.fullmatch(token.text)]
    if len(words) + any(INITIAL.fullmatch(token.text) for token in run) < 2 or not words:
        return False
    if before is not None and before.lower_ in {"the", "a", "an"}:
        return False
    root = run.root
    if root.dep_ == "pobj":
        return root.head.lower_ in BY
    return root.dep_ in ACTING
