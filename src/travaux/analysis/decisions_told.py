"""How far a decision has got in two tellings: still to be taken and taken, a meeting or its date fixed and open."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from travaux.analysis.alignment import Beside, Sentence, Token
from travaux.analysis.claims import claim_words, found_in
from travaux.analysis.clauses import of_facing, sides
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.told_otherwise import Difference

DECIDED = "whether it is decided"
"""What conflicts between what is still to be decided and what is decided are about, before whose decision it is."""


@dataclass(frozen=True, slots=True)
class Decision:
    """What a sentence says of a decision: by whom or of what kind, and whether it has been taken.

    Attributes:
        of: stem of a body that has the say, or of the verb of deciding. words: of the sentence, to be shown.
    """

    of: str
    done: bool
    words: str


def decisions_otherwise(beside: Beside) -> Iterator[Difference]:
    told = of_facing(beside, decisions_in)
    _name_bodies(beside, told)
    for pair in beside.facing:
        for one in told[0][pair.first]:
            for two in told[1][pair.second]:
                if one.of != two.of or one.done == two.done or _is_both(one, told[0]) or _is_both(two, told[1]):
                    continue
                why = "one is taken from the other, and what is still ahead in one is done in the other"
                places = (pair.first, pair.second)
                about = f"{DECIDED}: {one.of}"
                yield Difference(ConflictKind.STATUS, about, (one.words, two.words), places, why, 0.5 + pair.likeness)


_REFERS = re.compile(
    r"^\W*(?:(?:and|but|then|now|there|in the end|in turn) )?(?:its|their|they|it|the members|members|both houses)\b",
    re.IGNORECASE,
)


def _name_bodies(beside: Beside, told: tuple[dict[int, list[Decision]], dict[int, list[Decision]]]) -> None:
    """Adds to a decision the body that the sentence before names where its own refers to it: "Its members will vote"."""
    for (report, side), here in zip(sides(beside), told, strict=True):
        for place, decisions in here.items():
            sentence = side[place]
            if not decisions or not place or not _REFERS.match(report.text[sentence.start : sentence.end]):
                continue
            bodies = {
                token.stem for token in side[place - 1].tokens if token.stem in claim_words()["decided"]["deciders"]
            }
            new = bodies - {one.of for one in decisions}
            here[place] = [*decisions, *(replace(decisions[0], of=body) for body in sorted(new))]


def _is_both(one: Decision, told: Mapping[int, Sequence[Decision]]) -> bool:
    """Whether a report that tells of a decision as ahead tells it as done elsewhere, or the other way round."""
    return any(other.of == one.of and other.done != one.done for told_here in told.values() for other in told_here)


def decisions_in(text: str, sentence: Sentence) -> list[Decision]:
    """What a sentence says of a decision that is taken or still ahead, by whom each; none where it says both or denies it."""
    tokens = sentence.tokens
    counted = {place + 1 for place, token in enumerate(tokens) if token.is_number}  # "by 88 votes to 61"
    verbs = [first for first, _ in found_in("decided", "verbs", tokens) if first not in counted]
    if next(found_in("negators", "ahead", tokens), None) is not None:
        return []  # denied, and not ahead
    bodies = [token.stem for token in tokens if token.stem in claim_words()["decided"]["deciders"]]
    later = next(found_in("decided", "ahead", tokens), None) is not None
    coming = [verb for verb in verbs if _is_coming(tokens, verb)]
    done = [verb for verb in verbs if verb not in coming and _is_done(tokens, verb)]
    ahead = bool(coming) or (later and not done and bool(verbs or _is_put_to(tokens)))
    if ahead == bool(done):
        return []
    words = opening(text[sentence.start : sentence.end])
    return [
        Decision(of, bool(done), words)
        for of in dict.fromkeys((*bodies, *(tokens[verb].stem for verb in coming or done)))
    ]


def _is_coming(tokens: Sequence[Token], verb: int) -> bool:
    """Whether a verb of deciding tells what lies ahead: "is to be signed", "will ratify", "the members vote"."""
    before = [token.word for token in tokens[max(0, verb - 4) : verb]]
    if {"will", "shall"} & set(before) or re.search(r"\b(?:is|are|has|have|yet|still) to(?: be)?$", " ".join(before)):
        return True
    rules = before and (
        tokens[verb - 1].stem in claim_words()["decided"]["deciders"] or before[-1] in {"who", "then", "must"}
    )
    return bool(rules) and tokens[verb].word in {"vote", "votes", "decide", "decides"}


def _is_done(tokens: Sequence[Token], verb: int) -> bool:
    word = tokens[verb].word
    before = {token.word for token in tokens[max(0, verb - 4) : verb]}
    if before & {"to", "be", "will", "would", "may", "must", "if", "until", "before", "once"}:
        return False
    return word.endswith("ed") or word == "threw out" or bool(before & {"has", "have", "had", "already", "been"})


def _is_put_to(tokens: Sequence[Token]) -> bool:
    joined = " ".join(token.word for token in tokens)
    return re.search(r"\b(?:goes|go|going|put|puts|sent|submitted) to the\b", joined) is not None


# ------------------------------------------------------------------------------------------- fixed and open


def settled_otherwise(beside: Beside) -> Iterator[Difference]:
    told = of_facing(beside, lambda _, sentence: fixed_in(sentence))
    for pair in beside.facing:
        one, two = told[0][pair.first], told[1][pair.second]
        if one is None or two is None or one == two:
            continue
        texts = [
            opening(report.text[side[place].start : side[place].end])
            for (report, side), place in zip(sides(beside), (pair.first, pair.second), strict=True)
        ]
        why = "one is taken from the other, and what is fixed in one is open in the other"
        yield Difference(
            ConflictKind.STATUS,
            "whether it is settled",
            (texts[0], texts[1]),
            (pair.first, pair.second),
            why,
            0.4 + pair.likeness,
        )


def fixed_in(sentence: Sentence) -> bool | None:
    """Whether a sentence says of a meeting or its date that it is fixed (True) or open (False); None where it says neither."""
    if next(found_in("settled", "no", sentence.tokens), None) is not None:
        return False
    denies = next(found_in("negators", "ahead", sentence.tokens), None) is not None
    hangs = next(found_in("negators", "hanging", sentence.tokens), None) is not None
    if next(found_in("settled", "yes", sentence.tokens), None) is not None and not denies and not hangs:
        return True
    return None
