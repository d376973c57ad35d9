"""Who of two parties wants a thing: what one telling has one party demand or propose, and the other another that both tell of.

Who wants it stands before the verb in its stretch ("The highlanders want the road reopened") or behind "by" ("was demanded by the
army"). Nothing is compared where one of the two is a stranger to the other telling, where either text tells of both side by side
as of one ("the director, Ms Aro"), or where either has both of them want it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz.distance import Levenshtein

from travaux.analysis.alignment import Beside, Sentence, near_groups
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.scales import stretches
from travaux.analysis.told_otherwise import LIKE, Difference

SAME = 2.5
"""Weight, in nats, of what two tellings share of the thing wanted, from which it is one thing."""
LONGEST_NAME = 7
"""Words before the verb, or behind "by", among which the party stands."""
SIDE_BY_SIDE = 5
"""Words within which two names or offices stand for one party somewhere: "the director of the museum, Ms Aro"."""

MISSPELT = 6
"""Letters from which a name that differs by one or two is a misspelling."""

DEMAND, PROPOSAL, OFFER = "demand", "proposal", "offer"
_VERBS = {
    DEMAND: r"wants?|wanted|wanting|demand(?:s|ed|ing)?|insist(?:s|ed|ing)? on|call(?:s|ed|ing)? for|ask(?:s|ed|ing)? for|seeks?|sought"
    r"|seeking|request(?:s|ed|ing)?|claim(?:s|ed|ing)|press(?:es|ed|ing)? for|push(?:es|ed|ing)? for",
    PROPOSAL: r"propos(?:es|ed|ing)|suggest(?:s|ed|ing)?|put(?:s|ting)? forward|tabled|tables",
    OFFER: r"offer(?:s|ed|ing)?",
}
_ANY = re.compile(rf"\b(?:{'|'.join(_VERBS.values())}|demanded|requested|proposed) *", re.IGNORECASE)
_KINDS = {kind: re.compile(rf"^(?:{verbs})$") for kind, verbs in _VERBS.items()}
_BY = re.compile(r"^(?:(?:put|made|tabled|raised) (?:forward )?|came )?by$")
_UNSURE = frozenset("not never no nor neither if unless whether nobody nothing cannot would could might".split())
_PRONOUNS = frozenset(
    "i we you he she it they who which that this these those one each all some others first second third".split()
)
_PLAIN = frozenset(
    "has have had is are was were be been being will also still now then again meanwhile yesterday today said".split()
)


@dataclass(frozen=True, slots=True)
class _Want:
    """What a sentence has a party want: the kind of wanting, the stems of who and of what, the words that tell it."""

    kind: str
    who: frozenset[str]
    what: frozenset[str]
    first: int
    last: int


def wanted_otherwise(beside: Beside) -> Iterator[Difference]:
    """What one of two parties wants in one telling, and the other in the other; the surest first."""
    texts = beside.first.text, beside.second.text
    if not beside.facing or not all(_ANY.search(text) for text in texts):
        return
    wants = [
        {place: list(_wants(texts[side], sentences[place], beside)) for place in sorted(beside.facing_places(side))}
        for side, sentences in enumerate(beside.sentences)
    ]
    known = [frozenset(token.stem for one in side for token in one.tokens) for side in beside.sentences]
    used: set[tuple[int, int]] = set()
    for pair in sorted(beside.facing, key=lambda pair: (-pair.likeness, pair.first, pair.second)):
        if pair.likeness < LIKE or {(0, pair.first), (1, pair.second)} & used:
            continue
        turned = (
            (one, two)
            for one in wants[0][pair.first]
            for two in wants[1][pair.second]
            if _is_turned(beside, one, two, wants, known)
        )
        found = next(turned, None)
        if found is None:
            continue
        used |= {(0, pair.first), (1, pair.second)}
        one, two = found
        values = _words(beside, 0, pair.first, one), _words(beside, 1, pair.second, two)
        why = "one is taken from the other, and it is not the same party that wants it"
        if one.kind != two.kind:
            why = "one is taken from the other, and what a party demands in one it offers in the other"
        yield Difference(
            ConflictKind.POSITION,
            f"who wants it: {values[0]}",
            values,
            (pair.first, pair.second),
            why,
            pair.likeness,
            of_will=True,
        )


def _is_turned(
    beside: Beside,
    one: _Want,
    two: _Want,
    wants: Sequence[Mapping[int, list[_Want]]],
    known: Sequence[frozenset[str]],
) -> bool:
    parties = one.who | two.who
    shared = (one.what & two.what) - parties
    if sum(beside.weights.get(stem, 0.0) for stem in shared) < SAME:
        return False
    if {one.kind, two.kind} == {DEMAND, OFFER}:
        return _meets(one.who, two.who)
    if one.kind != two.kind or one.kind == OFFER or _meets(one.who, two.who):
        return False
    both = any(_knows_both(beside, side, one.who, two.who) for side in (0, 1))
    if not both and not (one.who & known[1] and two.who & known[0]):
        return False  # a stranger, or the same party under another name
    if _are_one(beside, one.who, two.who):
        return False
    others = [
        (want, party)
        for side, party in ((0, two.who), (1, one.who))
        for own in wants[side].values()
        for want in own
        if want.kind == one.kind
    ]
    return not any(
        _meets(want.who, party)
        and sum(beside.weights.get(stem, 0.0) for stem in (want.what & shared) - parties) >= SAME / 2
        for want, party in others
    )


def _meets(one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether two parties are one: by a word, by the name of a land, or by a name that one of two spells otherwise."""
    groups = {group for stem in two for group in near_groups(stem)}
    if one & two or any(group in groups for stem in one for group in near_groups(stem)):
        return True
    return any(min(len(a), len(b)) >= MISSPELT and Levenshtein.distance(a, b) <= 2 for a in one for b in two)


def _knows_both(beside: Beside, side: int, one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether a sentence of a side tells of both parties, and so of two."""
    stems = [{token.stem for token in sentence.tokens} for sentence in beside.sentences[side]]
    return any(one & own and two & own for own in stems)


def _are_one(beside: Beside, one: frozenset[str], two: frozenset[str]) -> bool:
    """Whether words for both stand side by side somewhere, as of one party."""
    for side in beside.sentences:
        for sentence in side:
            at = [[place for place, token in enumerate(sentence.tokens) if token.stem in who] for who in (one, two)]
            if any(abs(here - there) <= SIDE_BY_SIDE for here in at[0] for there in at[1]):
                return True
    return False


def _wants(text: str, sentence: Sentence, beside: Beside) -> Iterator[_Want]:
    shown = text[sentence.start : sentence.end]
    if shown.rstrip("\"'”’ ").endswith("?") or not _ANY.search(shown):
        return
    words = sentence.words
    for first, last in stretches(text, sentence.tokens):
        for at in range(first, last + 1):
            end = next((end for end in (at + 1, at) if end <= last and _kind_of(words[at : end + 1])), None)
            if end is None:
                continue
            if _UNSURE & set(words[first:at]) or any(word.endswith("n't") for word in words[first:at]):
                break
            by = next(
                (place for place in range(end + 1, min(end + 4, last + 1)) if _is_by(words[end + 1 : place + 1])), None
            )
            if by is not None:
                places = range(by + 1, min(by + 1 + LONGEST_NAME, last + 1))
            elif words[at - 1] in {"a", "an", "the", "any", "this", "that", "its", "their", "of"}:
                continue  # a noun: "the demand"
            else:
                places = range(max(0, at - 2 * LONGEST_NAME) if at == first else max(first, at - LONGEST_NAME), at)
            who = frozenset(_party(sentence, places, beside, text))
            if who and not _PRONOUNS & {words[place] for place in places}:
                told = range(len(words)) if by is not None or end == last else range(end + 1, len(words))
                what = frozenset(
                    sentence.tokens[place].stem
                    for place in told
                    if place not in places and sentence.tokens[place].stem in beside.weights
                )
                yield _Want(_kind_of(words[at : end + 1]), who, what, first, last)
                break


def _kind_of(words: Sequence[str]) -> str:
    joined = " ".join(words)
    return next((kind for kind, verbs in _KINDS.items() if verbs.match(joined)), "")


def _is_by(words: Sequence[str]) -> bool:
    return _BY.match(" ".join(words)) is not None


def _party(sentence: Sentence, places: range, beside: Beside, text: str) -> Iterator[str]:
    for place in places:
        token = sentence.tokens[place]
        if token.word in _PLAIN or token.is_number:
            continue
        if token.stem in beside.weights or (text[token.start].isupper() and near_groups(token.stem)):
            yield token.stem


def _words(beside: Beside, side: int, place: int, want: _Want) -> str:
    text, tokens = (beside.first, beside.second)[side].text, beside.sentences[side][place].tokens
    return opening(text[tokens[want.first].start : tokens[want.last].end])
