"""The claims that a sentence makes, clause by clause: what each denies, and by which words.

Without grammar, by words: a negator ("not", "refused", "called off") denies what it governs, the first telling words behind it or,
where none stand there, before it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

from travaux.analysis.alignment import Beside, Sentence, Token
from travaux.analysis.claims import found_in
from travaux.analysis.conflict import opening
from travaux.analysis.told_otherwise import Told
from travaux.model import Report
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.days import MONTHS, WEEKDAYS
from travaux.reading.happenings.figures import number_value

CLOSE = 5
"""Words behind "not" or "nothing" among which what it denies stands: "nothing about it has been agreed"."""
GOVERNED, WILLED = 1, 2
"""Telling words that a negator governs at most, and that "will not" governs; further ones may belong to another claim."""

WILL_NOT = re.compile(
    r"\b(?:would|will) (?:\w+ )?not\b|n't\b|\bden(?:y|ies|ied) having\b"
    r"|\bnot (?:going|intend\w*|plan\w*|mean|prepared|willing|ready) to\b"
)
_NEVER_DENIES = re.compile(
    r"\b(?:no longer|not only|not just|not merely|no more|no less|no doubt|no fewer|nothing but|not least|none other)\b"
)
_UNDONE = re.compile(r"un(?!der|ion|it|til|less|iform|ique|iver|anim|esco|icef)[a-z]{4,}")
_TIMES = frozenset(
    (*MONTHS, *WEEKDAYS, "evening", "morning", "night", "week", "month", "yesterday", "today", "tomorrow")
)
_FIGURES = frozenset(map(stem_of, "per cent percent percentage point".split()))
VEILED = "(in a word of its own)"  # what a clause denies that has no negator: "closed", "banned", "unharmed"


@dataclass(frozen=True, slots=True)
class Clause:
    """A stretch of a sentence that makes one claim.

    Attributes:
        tokens: its words. denied: stems that a negator in it governs, and whether it stands right before each.
        negator: its words; empty where nothing is denied. hangs: whether it depends on something else.
        denying: the stems of the negator itself, which are no part of the claim.
        part: which part of its sentence it stands in; what is set against something else ("while", ";") is another part.
    """

    tokens: tuple[Token, ...]
    denied: dict[str, bool]
    negator: str
    hangs: bool
    part: int = 0
    denying: frozenset[str] = frozenset()

    def has(self, stem: str) -> bool:
        return any(token.stem == stem for token in self.tokens)


def sides(beside: Beside) -> Iterator[tuple[Report, tuple[Sentence, ...]]]:
    return zip((beside.first, beside.second), beside.sentences, strict=True)


def of_facing(beside: Beside, told_in: Callable[[str, Sentence], Told]) -> tuple[dict[int, Told], dict[int, Told]]:
    """What the sentences of each side tell that face another, by their numbers."""
    first, second = (
        {place: told_in(report.text, side[place]) for place in sorted(beside.facing_places(number))}
        for number, (report, side) in enumerate(sides(beside))
    )
    return first, second


def clauses_of(text: str, sentence: Sentence, beside: Beside) -> list[Clause]:
    joints = {first for first, _ in found_in("negators", "joints", sentence.tokens)}
    against = {first for first, _ in found_in("negators", "contrasts", sentence.tokens)}
    to_come = {first for first, _ in found_in("negators", "ahead", sentence.tokens)}  # "have yet to be handed over"
    joints, against = joints - to_come, against - to_come
    clauses: list[Clause] = []
    group: list[Token] = []
    part = 0
    for place, token in enumerate(sentence.tokens):
        before = text[sentence.tokens[place - 1].end : token.start] if place else ""
        parts = place in against or ";" in before
        if group and (parts or place in joints or re.search(r"[,:()?!—–]", before)):
            clauses.append(replace(_clause(tuple(group), beside), part=part))
            group, part = [], part + parts
        group.append(token)
    return [*clauses, replace(_clause(tuple(group), beside), part=part)] if group else clauses


def _clause(tokens: tuple[Token, ...], beside: Beside) -> Clause:
    joined = " ".join(token.word for token in tokens)
    hanging = list(found_in("negators", "hanging", tokens))
    around = list(found_in("negators", "around", tokens))
    ahead = list(found_in("negators", "ahead", tokens))
    ahead += [(place, place) for place, token in enumerate(tokens) if token.word.endswith("n't")]
    ahead = [one for one in ahead if not any(first <= one[0] and one[1] <= last for first, last in around)]
    if not ahead and not around:
        veiled = next(found_in("negators", "veiled", tokens), None) is not None
        denies_itself = veiled or any(_UNDONE.match(token.word) for token in tokens)
        return Clause(tokens, {}, VEILED if denies_itself else "", bool(hanging))
    if _NEVER_DENIES.search(joined) or len(ahead) + len(around) > 1:
        return Clause(tokens, {}, joined, True)
    ((first, last),) = ahead + around
    hangs = any(last < place or place < first for place, _ in hanging)
    reach = (
        WILLED if WILL_NOT.search(" ".join(token.word for token in tokens[max(0, first - 1) : last + 2])) else GOVERNED
    )
    behind = _telling(tokens[last + 1 :], beside)[:reach]
    near = (
        set(behind[:1])
        if behind and behind[0] in {token.stem for token in tokens[last + 1 : last + 1 + CLOSE]}
        else set()
    )
    if around and len(behind) < 2:
        behind += _telling(tokens[:first], beside)[-GOVERNED:]
    negator = " ".join(token.word for token in tokens[max(0, first - 1) : last + 3])
    itself = frozenset(token.stem for token in tokens[first : last + 1])
    return Clause(tokens, {stem: bool(ahead) and stem in near for stem in behind}, negator, hangs, denying=itself)


def _telling(tokens: Sequence[Token], beside: Beside) -> list[str]:
    """The stems that a claim may be made of: neither plain words nor names nor days."""
    texts = beside.first.text, beside.second.text
    return [
        token.stem
        for token in tokens
        if token.stem in beside.weights
        and token.word not in _TIMES
        and token.stem not in _FIGURES
        and number_value(token.word) is None
        and not _is_capital(texts, token)
        and not _is_owner(texts, token)
    ]


def _is_owner(texts: tuple[str, str], token: Token) -> bool:
    """Whether a word says whose something is: "the employers' offer"."""
    return token.word.endswith("'s") or any(
        text[token.start : token.end + 1].casefold() in {f"{token.word}'", f"{token.word}’"}
        and token.word.endswith("s")
        for text in texts
    )


def _is_capital(texts: tuple[str, str], token: Token) -> bool:
    return any(
        text[token.start : token.end].casefold().replace("’", "'") == token.word and text[token.start].isupper()
        for text in texts
    )


def veils_only(clause: Clause, stem: str) -> bool:
    """Whether the one word of a clause that denies something by itself is the word that the other denies: "never closed", "closed"."""
    return {clause.tokens[first].stem for first, _ in found_in("negators", "veiled", clause.tokens)} == {stem}


def shown(beside: Beside, side: int, clause: Clause) -> str:
    text = (beside.first, beside.second)[side].text
    words = text[clause.tokens[0].start : clause.tokens[-1].end]
    return opening(words)
