"""Step 5: the words that make a position conditional.

A condition is a clause or phrase that hangs on the words of the position by one of the marks of
``lexicon/conditions.toml``: "provided that …", "in return for …", "once a ceasefire holds", "unless …", "not until …".
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from travaux.reading.cues import cue_at, negated
from travaux.reading.parse import Sentence
from travaux.reading.turning import looks_back, part_of_cue
from travaux.reading.word_lists import words_in

if TYPE_CHECKING:
    from spacy.tokens import Token


CLAUSES = {"relcl", "acl", "advcl", "ccomp"}
"""How a clause hangs on "the day" and "the moment"."""
SUBJECTS = {"nsubj", "nsubjpass"}
INVERTED = {"should", "had", "were"}
FINITE = {"VBZ", "VBP", "VBD", "MD"}
PARTICIPLES = {"providing", "provided", "assuming"}
BREAKS = {"but", "while", "which", "who", "whereas", "although", "though", "because", "yet", "so", "then"}
"""Words that begin something else than one more condition."""


@dataclass(frozen=True, slots=True)
class Condition:
    """Conditional words of a sentence.

    Attributes:
        first, last: token numbers in the document, inclusive; mark: the words that make them a condition.
    """

    first: int
    last: int
    mark: str


@cache
def marks() -> re.Pattern[str]:
    """Pattern that finds a mark, the longest first."""
    every = (words_in("conditions", kind) for kind in ("marks", "moments", "parts"))
    spellings = sorted(frozenset[str]().union(*every), key=lambda mark: (-len(mark), mark))
    return re.compile(r"\b(?:" + "|".join(re.escape(mark) for mark in spellings) + r")\b", re.IGNORECASE)


def conditions_of(sentence: Sentence) -> list[Condition]:
    """All conditional stretches of a sentence, in order; one that lies inside another is left out."""
    span = sentence.span
    found: list[Condition] = []
    for match in marks().finditer(span.text):
        part = span.char_span(match.start(), match.end(), alignment_mode="expand")
        if part is None:
            continue
        mark = match.group().lower()
        if is_concession(part[0]):
            continue
        if mark in INVERTED and not inverted(part[0]):
            continue
        if mark in PARTICIPLES and not opens_clause(part[0]):
            continue
        if mark in {"if", "once", "before", "after", "until", "when", "as soon as", "only after"} and not clause_mark(
            part[0]
        ):
            continue
        if mark == "until" and looks_back(part[0]):
            continue
        if mark == "without" and (part_of_cue(part[0]) or (part[0].head.pos_ == "NOUN" and not negated(part[0].head))):
            # "Talks without a truce" are a kind of talks, "can do without a truce" needs none; "no talks without a truce"
            # sets a condition.
            continue
        if mark in words_in("conditions", "moments") and not any(child.dep_ in CLAUSES for child in part[-1].children):
            continue
        if mark in words_in("conditions", "parts") and not packaged(part[-1]):
            continue
        first, last = stretch(part[0], part[-1])
        if not found or first > found[-1].last:
            found.append(Condition(first, last, mark))
    return found


def packaged(preposition: Token) -> bool:
    """Whether a preposition takes something that parties agree on together: "as part of a lasting settlement"."""
    return any(
        child.dep_ == "pobj" and child.lemma_.lower() in words_in("conditions", "packages")
        for child in preposition.children
    )


def is_concession(token: Token) -> bool:
    """Whether a mark opens what a position holds in spite of: "even if", "even without"; or a likeness: "as if"."""
    return token.i > token.sent.start and token.doc[token.i - 1].lower_ in {"even", "as"}


def opens_clause(token: Token) -> bool:
    """Whether "provided" and its like open a clause: "provided the guns are locked up", not "provided with guns".

    A finite verb follows, whatever the parser hangs it on. "Provided" after a comma or at the start does without one that the
    parser knows, where no preposition follows.
    """
    after = token.doc[token.i + 1] if token.i + 1 < token.sent.end else None
    if after is None or any(child.dep_ in SUBJECTS and child.i < token.i for child in token.children):
        return False
    if after.lower_ == "that" or any(is_finite(word) for word in until_punctuation(token)):
        return True
    set_off = token.i == token.sent.start or token.doc[token.i - 1].is_punct
    return set_off and token.lower_ == "provided" and after.pos_ != "ADP"


def until_punctuation(token: Token) -> Iterator[Token]:
    """The words after one, as far as the next punctuation mark."""
    return itertools.takewhile(lambda word: not word.is_punct, token.doc[token.i + 1 : token.sent.end])


def is_finite(word: Token) -> bool:
    """Whether a word is a finite verb, and not that of a relative clause."""
    return word.tag_ in FINITE and "relcl" not in {word.dep_, word.head.dep_}


def inverted(token: Token) -> bool:
    """ "Should conditions allow": the auxiliary stands before its subject."""
    return token.dep_ == "aux" and any(child.dep_ in SUBJECTS and child.i > token.i for child in token.head.children)


def clause_mark(token: Token) -> bool:
    """Whether a word such as "once" opens a clause or phrase, rather than meaning "one time"."""
    if token.dep_ in {"mark", "prep", "advmod"} and token.i < token.head.i:
        return token.dep_ != "advmod" or token.head.dep_ in {"advcl", "ROOT", "ccomp", "prep", "pcomp"}
    return token.dep_ == "prep" or token.pos_ in {"SCONJ", "ADP"}


def stretch(first: Token, last: Token) -> tuple[int, int]:
    """From a condition's mark to the end of its clause.

    The clause ends before a comma after which something else begins, before a semicolon or closing quotation mark, or
    where the clause it hangs on goes on. The parser's own tree is not trusted for the end: it hangs a last "in the
    harbour" wherever it likes.
    """
    # "Not before the war has ended": the parser hangs "before" on the clause's verb, and "not" sometimes on "before".
    head = last.head if last.dep_ == "mark" else first if first.dep_ == "prep" else first.head
    end = last.i
    for token in first.doc[last.i + 1 : first.sent.end]:
        if token.text in {";", ":", "—", "–"} or (token.text in {",", ".", "?", "!"} and outside(token, head)):
            break
        if token.text in {"”", '"'} and end > last.i:
            break
        if token.dep_ in SUBJECTS | {"cc", "aux"} and token.i > head.i and token.head.i in above(head):
            # "if prices hold Norway will …", "if prices hold and has …", "not before prices hold will …": the main clause.
            break
        end = token.i
    return first.i, series(first, end)


def series(first: Token, end: int) -> int:
    """Last token of a series of conditions: "until A is paid, B is freed and C is opened".

    The parser ties what follows the first comma to the main clause. It belongs to the condition where the main clause came
    before, each part has a verb with a subject of its own, nobody speaks in it, and the last part is joined by "and".
    """
    sentence, doc = first.sent, first.doc
    rest = [token for token in doc[end + 1 : sentence.end] if not (token.is_punct and token.i >= sentence.end - 2)]
    opened = any(token.dep_ in SUBJECTS and token.head.i < first.i for token in doc[sentence.start : first.i])
    if not opened or not rest or rest[0].text != ",":
        return end
    parts: list[list[Token]] = []
    for token in rest:
        if token.text == ",":
            parts.append([])
        elif token.is_punct or token.lower_ in BREAKS or ((cue := cue_at(token)) is not None and cue.stance == "relay"):
            return end
        else:
            parts[-1].append(token)
    joined = any(token.lower_ in {"and", "or"} for token in parts[-1])
    whole = all(any(child.dep_ in SUBJECTS for token in part for child in token.children) for part in parts)
    return rest[-1].i if joined and whole else end


def above(token: Token) -> set[int]:
    """Numbers of the tokens above one."""
    return {ancestor.i for ancestor in token.ancestors}


def outside(comma: Token, head: Token) -> bool:
    """Whether what follows a comma no longer belongs to the condition's clause."""
    if comma.i + 1 >= len(comma.doc):
        return True
    following = comma.doc[comma.i + 1]
    inside = following.i == head.i or head.i in above(following)
    return not inside or (following.dep_ == "nsubj" and following.head.i != head.i)
