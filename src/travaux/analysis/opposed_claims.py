"""Clauses of two tellings that make one claim but for a word that stands for its opposite: "joined", "left"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rapidfuzz.distance import Levenshtein

from travaux.analysis.alignment import Beside, Token, near_groups
from travaux.analysis.claims import opposites
from travaux.analysis.clauses import VEILED, Clause, shown
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.told_otherwise import LIKE, VERY_LIKE, Difference
from travaux.provenance.telling import stem_of

NEARLY_ALL = 0.6
"""The same where nothing but a word and its opposite tells the two apart."""
NAMES = 3
"""Words with a capital before a clause that may name who does what it tells."""
LONG = 6
"""Letters of a word from which one changed letter leaves it the same word, misspelt."""


def opposed_claims(beside: Beside, clauses: Sequence[Mapping[int, list[Clause]]]) -> Iterator[Difference]:
    """Clauses that make one claim but for a word that stands for its opposite."""
    for pair in beside.facing:
        if pair.likeness < LIKE:
            continue
        first, second = clauses[0][pair.first], clauses[1][pair.second]
        for at, one in enumerate(first):
            for other_at, two in enumerate(second):
                if _denies_more(one) or _denies_more(two) or not _are_opposed(one, two):
                    continue
                if not (_are_opposed(_joined(first), two) and _are_opposed(one, _joined(second))):
                    continue  # one of them has both words: one goes and another stays
                alike = pair.likeness >= VERY_LIKE and _share(beside, one, two) >= NEARLY_ALL
                if alike or _alike_with_names(beside, first[: at + 1], second[: other_at + 1]):
                    values = (shown(beside, 0, one), shown(beside, 1, two))
                    why = "one is taken from the other, and a word of one is the opposite of the other's"
                    about = f"whether: {values[0]}"
                    places = (pair.first, pair.second)
                    yield Difference(ConflictKind.STATUS, about, values, places, why, pair.likeness, opposed=True)


_ENDS = frozenset(map(stem_of, "broke broken break off".split()))


def _denies_more(clause: Clause) -> bool:
    """Whether a negator denies something in a clause, and is no word that has an opposite itself ("broken off")."""
    return clause.negator not in {"", VEILED} and not (clause.denying and clause.denying <= _ENDS)


def _joined(clauses: Sequence[Clause]) -> Clause:
    return replace(clauses[0], tokens=tuple(token for one in clauses for token in one.tokens))


def _alike_with_names(beside: Beside, first: Sequence[Clause], second: Sequence[Clause]) -> bool:
    """Whether the last of some clauses are alike with the names before them, and share more than these."""
    one = _with_names(beside, 0, first)
    two = _spelt_as(_with_names(beside, 1, second), one)
    own, others = (
        {token.stem for token in clauses[-1].tokens if token.stem in beside.weights} for clauses in (first, second)
    )
    return bool(own & others) and _share(beside, one, two) >= NEARLY_ALL


def _spelt_as(clause: Clause, other: Clause) -> Clause:
    """A clause with its words as the other spells them, a letter or two changed."""
    known = {token.stem for token in other.tokens if len(token.stem) >= LONG}

    def spelt(token: Token) -> Token:
        if len(token.stem) < LONG or token.stem in known:
            return token
        near = (one for one in sorted(known) if one[0] == token.stem[0])
        like = next((one for one in near if Levenshtein.distance(one, token.stem, score_cutoff=1) <= 1), None)
        return token if like is None else replace(token, stem=like)

    return replace(clause, tokens=tuple(map(spelt, clause.tokens)))


def _with_names(beside: Beside, side: int, clauses: Sequence[Clause]) -> Clause:
    """The last of some clauses with the names before it: "Marsh, who had voted against it, stays"; without the word opposed."""
    text = (beside.first, beside.second)[side].text
    *before, last = clauses
    names = [token for clause in before for token in clause.tokens if text[token.start].isupper()]
    opposed = {word for pair in opposites() for word in pair}
    kept = [token for token in last.tokens if not any(one.search(token.word) for one in opposed)]
    return replace(last, tokens=(*names[-NAMES:], *kept))


_LEFT_OVER = re.compile(r"\b(?:is|are|was|were|be|been|nothing|little|what|much|time) left\b")


def _are_opposed(one: Clause, two: Clause) -> bool:
    words = [_LEFT_OVER.sub("over", " ".join(token.word for token in clause.tokens)) for clause in (one, two)]
    return any(
        first.search(words[0])
        and second.search(words[1])
        and not first.search(words[1])
        and not second.search(words[0])
        for first, second in opposites()
    )


def _share(beside: Beside, one: Clause, two: Clause) -> float:
    """The share of the lighter clause's weight that the other has too; 0 where that is a word alone."""
    own, others = ({token.stem for token in clause.tokens if token.stem in beside.weights} for clause in (one, two))
    groups = {group for stem in others for group in near_groups(stem)}
    shared = [stem for stem in own if stem in others or any(group in groups for group in near_groups(stem))]
    lighter = min(sum(beside.weights[stem] for stem in side) for side in (own, others))
    return sum(beside.weights[stem] for stem in shared) / lighter if len(shared) > 1 else 0.0
