"""What a copy puts at another place of a scale: a draft as adopted, a thing put off as held, an opponent as a supporter.

Each state that one telling gives (`scales`) is held against the state of the same scale that the facing sentences of the other
give of the same thing, the one with which it shares most: where it is the same in other words nothing differs, and where the two
exclude each other that is a conflict. A verb in the future here and in the past there ("will resume", "have resumed") counts as a
scale of its own.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from travaux.analysis.alignment import Beside, Sentence, near_groups
from travaux.analysis.claims import claim_words
from travaux.analysis.conflict import ConflictKind, opening
from travaux.analysis.done_and_ahead import AHEAD, DONE, OPEN, doings_told
from travaux.analysis.scales import Told, scales, states_told, stretches, tells_vote
from travaux.analysis.told_otherwise import Difference
from travaux.provenance.telling import stem_of
from travaux.reading.happenings.figures import number_value

SAME = 2.5
"""Weight, in nats, of what two tellings share beside their states, from which they are about one thing; chosen on the exercises."""
LEAST = 0.5
"""Weight from which two states are held against each other at all."""
ALSO = 0.7
"""Share of that from which a further state of a side is about the same thing too."""
MUCH = 6.0
"""Weight from which two states are about one thing wherever they stand."""
WORD, SHORT = 1.5, 3
"""What a word that tells the state on both sides weighs at least, and the letters up to which it shows nothing."""
NUMBER = 2.0
"""What a figure that both tell weighs."""
OUTSIDE = 0.5
"""What a word counts that stands in the sentence, but not in the stretch that tells the state; on both sides, its square."""
BEFORE = 0.5
"""What a word of the sentence before counts where a pronoun begins the stretch."""
DECISION = "decision"
"""The scale of how far a decision has got, in ``scales.toml``; its states that leave all open, and that leave nothing to decide."""
_TOLD_ANYWHERE = frozenset({"event", DECISION})
"""Scales of what happens once: a thing is signed or put off once, and somebody wants many things."""
_STILL_OPEN = frozenset({"to_vote", "unadopted", "draft"})
_TAKEN = frozenset({"adopted", "in_force"})
DOING = "doing"
"""The name of the scale of what is ahead and what is done, beside those of ``scales.toml``."""

_POINTS_BACK = frozenset("it this that these those they he she who which its their his her both all".split())


@dataclass(frozen=True, slots=True, eq=False)
class _Mention:
    """A state told in a sentence of one side.

    Attributes:
        place: number of the sentence. about: stems by what they count, those of the stretch in full. telling: stems that
            tell the state. pronoun: one that begins the
            stretch and stands for somebody named before. names: stems with a capital letter before the state.
        voted: whether a word of voting tells it. figures: numbers in the stretch.
    """

    told: Told
    place: int
    about: Mapping[str, float]
    telling: frozenset[str]
    pronoun: str
    names: frozenset[str]
    voted: bool
    figures: frozenset[float]


_Shared = dict[tuple[_Mention, _Mention], float]


def states_otherwise(beside: Beside) -> Iterator[Difference]:
    """States of one scale that exclude each other, told of one thing by two reports; the surest first."""
    if not beside.facing:
        return
    told = [_mentions(beside, side) for side in (0, 1)]
    likeness = {(pair.first, pair.second): pair.likeness for pair in beside.facing}
    shared: _Shared = {
        (one, two): weight
        for first, second in likeness
        for one in told[0][first]
        for two in told[1][second]
        if _is_comparable(one, two) and (weight := _weight_shared(beside, one, two)) >= LEAST
    }
    shared |= _elsewhere(beside, told, likeness)
    facing = _facing_each_other(shared)
    found = []
    for one, two in facing.items():
        if (one, two) not in shared:
            continue  # the other way round
        weight = shared[one, two]
        if weight < SAME or not _exclude(one, two) or _of_two_times(beside, one, two):
            continue
        if not _is_told_too(one, two, shared, facing):
            found.append((weight, one, two))
    seen: set[tuple[int, int, int]] = set()
    pairs: set[tuple[int, int]] = set()
    for weight, one, two in sorted(
        found, key=lambda each: (_order(beside, each[1], each[2]), -each[0], each[1].place, each[2].place)
    ):
        places = {(0, one.place, one.told.stretch[0]), (1, two.place, two.told.stretch[0])}
        pair = one.place, two.place
        if places & seen or pair in pairs:
            continue
        seen |= places
        pairs.add(pair)
        yield _difference(beside, one, two, likeness.get(pair, 0.0) + weight / 20)
    if not any(one.told.scale == DECISION for _, one, _ in found):
        yield from _decided_as_a_whole(beside, told, likeness)


def _elsewhere(
    beside: Beside, told: Sequence[Mapping[int, list[_Mention]]], likeness: Mapping[tuple[int, int], float]
) -> _Shared:
    """What a rewording tells far from its place, as where it puts the end of a text first: states that share very much."""
    return {
        (one, two): weight
        for first, own in told[0].items()
        for second, others in told[1].items()
        if (first, second) not in likeness
        for one in own
        for two in others
        if one.told.scale in _TOLD_ANYWHERE
        and _is_comparable(one, two)
        and (weight := _weight_shared(beside, one, two)) >= MUCH
    }


def _decided_as_a_whole(
    beside: Beside,
    told: Sequence[Mapping[int, list[_Mention]]],
    likeness: Mapping[tuple[int, int], float],
) -> Iterator[Difference]:
    """What a whole report has still to be decided, and what faces it has decided: "have still to vote", "has been adopted".

    Who votes on what need not be said again at the end of a text, so nothing has to be shared. Neither report may tell of both.
    """
    decisions = [[one for own in side.values() for one in own if one.told.scale == DECISION] for side in told]
    for ahead in (0, 1):
        states = [{one.told.state for one in side} for side in decisions]
        if states[ahead] & _TAKEN or states[1 - ahead] & _STILL_OPEN:
            continue
        for one in decisions[ahead]:
            for two in decisions[1 - ahead]:
                first, second = (one, two) if ahead == 0 else (two, one)
                taken = one.told.state in _STILL_OPEN and two.told.state in _TAKEN and _exclude(first, second)
                if taken and (first.place, second.place) in likeness:
                    yield _difference(beside, first, second, likeness[first.place, second.place])
                    return


def _mentions(beside: Beside, side: int) -> dict[int, list[_Mention]]:
    report = (beside.first, beside.second)[side]
    sentences = beside.sentences[side]
    found = {}
    for place in sorted(beside.facing_places(side)):
        sentence = sentences[place]
        answer = sentences[place + 1] if place + 1 < len(sentences) else None
        told = states_told(report.text, sentence, answer)
        told += [
            Told(DOING, f"{doing.state} {doing.stem}", doing.first, doing.last, doing.stretch)
            for doing in doings_told(report.text, sentence)
        ]
        before = sentences[place - 1] if place else None
        found[place] = [_mention(beside, report.text, one, place, sentence, before) for one in told]
    return found


def _mention(
    beside: Beside, text: str, told: Told, place: int, sentence: Sentence, before: Sentence | None
) -> _Mention:
    about: dict[str, float] = {}
    first, last = told.stretch
    pronoun = sentence.tokens[first].word if sentence.tokens[first].word in _POINTS_BACK else ""
    if before is not None and first == 0 and pronoun:
        about.update({token.stem: BEFORE for token in before.tokens if token.stem in beside.weights})
    for at, token in enumerate(sentence.tokens):
        if (token.is_number or token.stem in beside.weights) and not told.first <= at <= told.last:
            about[token.stem] = max(about.get(token.stem, 0.0), 1.0 if first <= at <= last else OUTSIDE)
    telling = {token.stem for token in sentence.tokens[told.first : told.last + 1] if len(token.word) > SHORT}
    for stem in telling:
        about.pop(stem, None)
    names = _names_before(text, sentence, told)
    voted = any(token.word.startswith("vot") for token in sentence.tokens[told.first : told.last + 1])
    values = (number_value(token.word) for token in sentence.tokens[first : last + 1])
    figures = frozenset(value for value in values if value is not None)
    return _Mention(told, place, about, frozenset(telling), pronoun, names, voted, figures)


def _names_before(text: str, sentence: Sentence, told: Told) -> frozenset[str]:
    """The words with a capital before a state in its stretch, or in the nearest stretch before that has any."""
    tokens = sentence.tokens
    for first, last in reversed([one for one in stretches(text, tokens) if one[0] < told.first]):
        own = tokens[first : min(last + 1, told.first)]
        # A sentence begins with a capital letter whatever its first word; the name of a land is one all the same.
        found = frozenset(
            token.stem
            for token in own
            if text[token.start].isupper() and (token is not tokens[0] or near_groups(token.stem))
        )
        if found:
            return found
    return frozenset()


def _weight_shared(beside: Beside, one: _Mention, two: _Mention) -> float:
    groups = {group: stem for stem in two.about for group in near_groups(stem)}
    total = sum(max(WORD, beside.weights.get(stem, 0.0)) for stem in one.telling & two.telling)
    for stem, counts in one.about.items():
        like = (
            stem if stem in two.about else next((groups[group] for group in near_groups(stem) if group in groups), None)
        )
        if like is not None:
            total += counts * two.about[like] * min(beside.weights.get(stem, NUMBER), beside.weights.get(like, NUMBER))
    return total


def _facing_each_other(shared: _Shared) -> dict[_Mention, _Mention]:
    """Which state answers which: those that share most, each with one other; both ways round, the first telling's first."""
    facing: dict[_Mention, _Mention] = {}
    for (one, two), _ in sorted(
        shared.items(), key=lambda each: (-each[1], _order_in_text(each[0][0]), _order_in_text(each[0][1]))
    ):
        if one not in facing and two not in facing:
            facing |= {one: two, two: one}
    return facing


def _order_in_text(one: _Mention) -> tuple[int, int, str, str]:
    return one.place, one.told.first, one.told.scale, one.told.state


def _is_comparable(one: _Mention, two: _Mention) -> bool:
    """Whether two states are of one scale and one of them may answer the other: the same, told otherwise, or excluding it."""
    if one.told.scale != two.told.scale:
        return False
    if one.told.scale == DOING:
        return one.told.state.split()[1] == two.told.state.split()[1]
    if _parties_differ(one, two):
        return False
    return scales()[one.told.scale].may_be_one(one.told.state, two.told.state) or _exclude(one, two)


def _exclude(one: _Mention, two: _Mention) -> bool:
    if one.figures - two.figures and two.figures - one.figures:
        return False  # 31 of 37 are agreed and six are open; twelve have joined, six will
    if one.told.scale == DOING:
        (state, stem), (other, other_stem) = one.told.state.split(), two.told.state.split()
        return stem == other_stem and {state, other} in ({AHEAD, DONE}, {AHEAD, OPEN}, {DONE, OPEN})
    return scales()[one.told.scale].excludes(one.told.state, two.told.state)


_ANOTHER_TIME = re.compile(
    r"\b(?:previous\w*|earlier|last (?:one|time|year|month|week|summer|autumn|winter|spring)|a year ago|once|former\w*"
    r"|(?:in|of|since|until) (?:19|20)\d\d|had)\b"
)
_PUT_OFF_TO = re.compile(
    r"\b(?:(?:postpon|defer|delay|push|mov|resched|adjourn)\w*|put off|held over) (?:\w+ ){0,3}(?:to|until|till|by|for)\b"
    r"|\b(?:later than|after (?:an? |some )?(?:\w+ )?delay|delayed)\b"
)
_IF = re.compile(r"\b(?:if|provided|providing|once|so long as|as long as|on condition|unless|subject to|in return)\b")


def _of_two_times(beside: Beside, one: _Mention, two: _Mention) -> bool:
    """Whether one of two stances or events is of another time than the other: "had greeted it", "the previous one was abandoned".

    So are they where one says under which conditions somebody consents, and the other that nothing is excluded.
    """
    words = [_stretch_of(beside, side, mention) for side, mention in enumerate((one, two))]
    if one.told.scale != DECISION and len([each for each in words if _ANOTHER_TIME.search(each)]) == 1:
        return True
    if {one.told.state, two.told.state} == {"planned", "off"}:
        return any(_PUT_OFF_TO.search(each) for each in words)
    if {one.told.state, two.told.state} != {"undecided", "for"}:
        return False
    sentences = [_sentence_of(beside, side, mention) for side, mention in enumerate((one, two))]
    return any(_IF.search(sentences[side]) for side, mention in enumerate((one, two)) if mention.told.state == "for")


def _sentence_of(beside: Beside, side: int, mention: _Mention) -> str:
    return " ".join(beside.sentences[side][mention.place].words)


def _stretch_of(beside: Beside, side: int, mention: _Mention) -> str:
    first, last = mention.told.stretch
    return " ".join(beside.sentences[side][mention.place].words[first : last + 1])


def _is_told_too(one: _Mention, two: _Mention, shared: _Shared, facing: Mapping[_Mention, _Mention]) -> bool:
    """Whether a side tells the state of the other as well in what faces it: both then say the same, one of them more."""
    enough = max(SAME, ALSO * shared[one, two])
    for (first, second), weight in shared.items():
        if weight < enough:
            continue
        if second == two and first != one and first.told.state == two.told.state and facing.get(first, two) == two:
            return True
        if first == one and second != two and second.told.state == one.told.state and facing.get(second, one) == one:
            return True
    return False


def _parties_differ(one: _Mention, two: _Mention) -> bool:
    """Whether somebody else is named on each side as the one whose stance it is."""
    if scales()[one.told.scale].kind != "position":
        return False
    groups = [side.names | {group for name in side.names for group in near_groups(name)} for side in (one, two)]
    return bool(one.names and two.names) and not groups[0] & groups[1]


def _order(beside: Beside, one: _Mention, two: _Mention) -> int:
    """A vote decides, so its decision comes before a stance; a stance before what else a sentence tells."""
    voted = tells_vote(beside.sentences[0][one.place]) or tells_vote(beside.sentences[1][two.place])
    if _kind(beside, one, two) is ConflictKind.POSITION:
        return 1
    return 0 if voted and one.told.scale == "decision" else 2


_NOT_YET = re.compile(
    r"\b(?:has|have|had) (?:so far |still |as )?not (?:yet |so far )?been \w+(?:ed|en|n)\b|\byet to\b|\bno \w+ (?:has|have) been\b"
)
_ONE_PERSON = re.compile(r"^(?:\w+ ){0,2}(?:i|he|she)\b|^(?:who )?vot(?:ed|es|ing) (?:against|for|in favour)\b")
_RULED = re.compile(
    r"\b(?:courts?|tribunals?|judges?|authorit(?:y|ies)|regulators?|watchdog|parliament|senate|assembly|congress|chamber|borough|cabinet"
    r"|(?:cartel|competition|patent|antitrust) office)\b.*\b(?:has|have|had|was|were|been)\b"
    r"|\b(?:has|have|had) (?:yet )?(?:taken|made|reached|come to) no (?:\w+ )?decision\b"
    r"|\b(?:has|have|had|was|were|been) (?:\w+ )?(?:approved|ratified|adopted|authori[sz]ed|cleared|signed)\b"
)
_REFUSES = re.compile(r"\b(?:refus\w+|declin\w+|unwilling|reluctant) to\b")


def _kind(beside: Beside, one: _Mention, two: _Mention) -> ConflictKind:
    if one.told.scale == DOING:
        left_open = OPEN in {one.told.state.split()[0], two.told.state.split()[0]}
        return ConflictKind.POSITION if left_open else ConflictKind.STATUS
    words = [_stretch_of(beside, side, mention) for side, mention in enumerate((one, two))]
    if one.told.scale == DECISION and {one.told.state, two.told.state} == {"adopted", "rejected"}:
        bodies = claim_words()["decided"]["deciders"]
        if all(
            _ONE_PERSON.search(each) and not any(stem_of(word) in bodies for word in each.split()) for each in words
        ):
            return ConflictKind.POSITION
    if one.voted and two.voted:
        return ConflictKind.STATUS  # how a vote came out
    if any(_NOT_YET.search(each) for each in words):
        return ConflictKind.STATUS
    if scales()[one.told.scale].kind == "position" and all(_RULED.search(each) for each in words):
        return ConflictKind.STATUS  # what a court or an authority has done is no stance
    if any(_REFUSES.search(each) for each in words):
        return ConflictKind.POSITION
    return ConflictKind(scales()[one.told.scale].kind)


def _difference(beside: Beside, one: _Mention, two: _Mention, sure: float) -> Difference:
    first, second = (
        opening(
            report.text[
                sentences[mention.place].tokens[mention.told.stretch[0]].start : sentences[mention.place]
                .tokens[mention.told.stretch[1]]
                .end
            ]
        )
        for report, sentences, mention in zip((beside.first, beside.second), beside.sentences, (one, two), strict=True)
    )
    if one.told.scale == DOING:
        about, why = "whether it is done", "what is open or still ahead in one is ahead or done in the other"
    else:
        about = scales()[one.told.scale].about
        why = f"{_in_words(one.told.state)} and {_in_words(two.told.state)} exclude each other"
    why = f"one is taken from the other, and {why}"
    kind = _kind(beside, one, two)
    return Difference(
        kind,
        f"{about}: {first}",
        (first, second),
        (one.place, two.place),
        why,
        sure,
        moves=kind is ConflictKind.STATUS,
        of_will=kind is ConflictKind.POSITION,
    )


def _in_words(state: str) -> str:
    return f"“{state.replace('_', ' ')}”"
