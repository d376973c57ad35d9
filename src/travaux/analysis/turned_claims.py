"""Claims that one telling turns round: what one denies and the other tells, and all the other ways of turning one.

A claim is turned where what is denied in one sentence stands in the facing one in a clause that denies nothing, with more of the
claim beside it (`clauses`). Passed over is what hangs on a condition ("not before", "unless"), what is denied twice, and what the
other report says as well. Then words and their opposites (`opposed_claims`), and how far a will and a decision go (`wills_told`,
`decisions_told`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from travaux.analysis.alignment import Beside, Facing, near_groups
from travaux.analysis.claims import found_in
from travaux.analysis.clauses import VEILED, WILL_NOT, Clause, clauses_of, of_facing, shown, veils_only
from travaux.analysis.conflict import ConflictKind
from travaux.analysis.decisions_told import decisions_in, decisions_otherwise, settled_otherwise
from travaux.analysis.opposed_claims import opposed_claims
from travaux.analysis.told_otherwise import LIKE, Difference
from travaux.analysis.wills_told import wills_otherwise

__all__ = ["claims_otherwise", "decisions_in"]

MOST = 0.5
"""Share of the lighter clause's weight that two clauses have in common where they make one claim."""
SHORT = 6
"""Words of a clause up to which it says no more than that it is not so: "nothing about it has been agreed"."""
TELLING = 2.2
"""Weight from which a word right behind "no" or "not a" carries a claim alone."""

_DENIES_NOUN = re.compile(r"\b(?:no|without|not an?|never an?)\b")
_AUXILIARIES = frozenset("is are was were be been has have had will would shall can could must do does did to".split())
_WILL = re.compile(
    r"refus|declin|reject|oppos|against|would not|will not|won't|hear of|deni|deny|rul\w* .*out|turn\w* .*down"
    r"|unwilling|veto|spurn|rebuff"
)
_ATTITUDES = re.compile(
    r"\bno (?:\w+ )?(?:doubts?|objections?|intention|wish|desire|interest|reservations?|sympathy|appetite)\b"
)
_SPURNS = re.compile(r"(?:reject\w*|spurn\w*|rebuff\w*|refus(?:e|es|ed|ing)|declin\w+)(?! to\b) (?!\w+ to\b)")


def claims_otherwise(beside: Beside) -> Iterator[Difference]:
    """Claims of one report that the other turns round, the surest first."""
    clauses = of_facing(beside, lambda text, sentence: clauses_of(text, sentence, beside))
    found = []
    for pair in beside.facing:
        for denier in (0, 1):
            turned = _turned(beside, pair, clauses, denier)
            if turned is not None:
                found.append(turned)
    found += opposed_claims(beside, clauses)
    found += wills_otherwise(beside)
    found += decisions_otherwise(beside)
    found += settled_otherwise(beside)
    seen: set[tuple[int, int]] = set()
    for one in sorted(found, key=lambda one: (-one.certain, one.sentences)):
        places = {(side, place) for side, place in enumerate(one.sentences)}
        if not places & seen:
            seen |= places
            yield one


def _turned(
    beside: Beside, pair: Facing, clauses: Sequence[Mapping[int, list[Clause]]], denier: int
) -> Difference | None:
    """The claim that the sentence of one side denies and that of the other tells."""
    places = (pair.first, pair.second)
    best: tuple[float, str, Clause, Clause] | None = None
    denied_parts = {one.part for one in clauses[1 - denier][places[1 - denier]] if one.negator}
    for denying in clauses[denier][places[denier]]:
        if not denying.denied or denying.hangs:
            continue
        for telling in clauses[1 - denier][places[1 - denier]]:
            if telling.hangs or telling.part in denied_parts or telling.negator not in {"", VEILED}:
                continue
            for stem, near in denying.denied.items():
                if telling.negator and not veils_only(telling, stem):
                    continue
                if _SPURNS.search(denying.negator) and next(found_in("granted", "words", telling.tokens), None) is None:
                    continue  # an offer that is rejected was made all the same
                sure = _one_claim(beside, pair, stem, near, denying, telling)
                if sure <= 0 or _is_told_too(beside, clauses, denier, places, stem):
                    continue
                if best is None or sure > best[0]:
                    best = sure, stem, denying, telling
    if best is None:
        return None
    sure, stem, denying, telling = best
    words = [shown(beside, denier, denying), shown(beside, 1 - denier, telling)]
    values = (words[0], words[1]) if denier == 0 else (words[1], words[0])
    word = next(token.word for token in denying.tokens if token.stem == stem)
    why = "one is taken from the other, and what one denies the other tells"
    of_will = WILL_NOT.search(denying.negator) is not None or _ATTITUDES.search(denying.negator) is not None
    kind = ConflictKind.POSITION if of_will or _WILL.search(denying.negator) else ConflictKind.STATUS
    return Difference(kind, f"whether: {word}", values, places, why, sure, of_will=of_will)


def _one_claim(beside: Beside, pair: Facing, stem: str, near: bool, denying: Clause, telling: Clause) -> float:
    """How sure it is that two clauses make one claim, one denying it: by what they share beside the word denied."""
    if not telling.has(stem):
        return 0.0
    own = {token.stem for token in denying.tokens if token.stem in beside.weights} - {stem} - denying.denying
    others = {token.stem for token in telling.tokens if token.stem in beside.weights} - {stem}
    groups = {group for other in others for group in near_groups(other)}
    shared = {one for one in own if one in others or any(group in groups for group in near_groups(one))}
    weight = beside.weights[stem]
    total = weight + sum(beside.weights[one] for one in shared)
    whole = weight + min(sum(beside.weights[one] for one in side) for side in (own, others))
    noun = near and weight >= TELLING and _DENIES_NOUN.search(denying.negator) is not None
    whole_claim = shared and total >= MOST * whole and _has_verb(telling)
    if pair.likeness >= LIKE and (whole_claim or noun):
        return pair.likeness + total / 20
    decides = next(found_in("decided", "done", telling.tokens), None) is not None
    return 0.1 if near and decides and len(denying.tokens) <= SHORT and _settles(stem) else 0.0


def _has_verb(clause: Clause) -> bool:
    """Whether a clause tells something, and does not only name it: an auxiliary, or a form in "-ed" or "-ing"."""
    return any(token.word in _AUXILIARIES or re.search(r"(?:ed|ing)$", token.word) for token in clause.tokens)


def _settles(stem: str) -> bool:
    return stem in {"agre", "settl", "decid", "sign", "approv", "ratifi", "fix", "conclud", "adopt", "final", "seal"}


def _is_told_too(
    beside: Beside, clauses: Sequence[Mapping[int, list[Clause]]], denier: int, places: tuple[int, int], stem: str
) -> bool:
    """Whether the side that denies tells it too, or the side that tells denies it too, in what faces the other's sentence."""
    for pair in beside.facing:
        there = (pair.first, pair.second)
        told = clauses[denier][there[denier]] if pair.likeness >= LIKE else ()
        if there[1 - denier] == places[1 - denier] and any(one.has(stem) and not one.negator for one in told):
            return True
        others = clauses[1 - denier][there[1 - denier]]
        if there[denier] == places[denier] and any(
            one.has(stem) and one.negator and not (one.negator == VEILED and veils_only(one, stem)) for one in others
        ):
            return True
    return False
