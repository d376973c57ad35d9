"""The states of ``scales.toml`` that a sentence tells: how far a decision has got, whether an event took place, where somebody stands.

By words, without grammar. A state counts as told where its phrase stands in a stretch that nothing leaves open ("if", "would"); a
negator or a word like "will" shortly before it turns it into the state that the scale names for what is denied or still ahead.
"""

from __future__ import annotations

import re
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

from travaux.analysis.alignment import Sentence, Token
from travaux.analysis.claims import found_in
from travaux.analysis.phrases import phrase_end

REACH = 4
"""Words before a phrase among which a negator, or what puts it ahead or leaves it open, touches it."""
FAR = 7
"""The same for what denies or leaves open all that follows: "denied that", "if"."""
GAP = 4
"""Words that "..." stands for at most."""

WOULD = "would"
_PASSIVE = frozenset("been was were is are be".split())
_NOT_SAID = re.compile(r"\bnot (?:say|said|promised?|know|clear)\b")

BASE = "?"
"""Marks a state told by the bare form of a verb, which counts only where it is denied or put ahead."""

_BREAK = re.compile(r"[,:;()?!—–]")
_NEVER_DENIES = {
    ("not", "only"),
    ("not", "just"),
    ("not", "merely"),
    ("no", "doubt"),
    ("nothing", "but"),
    ("not", "least"),
}
_WHOLE = frozenset(("nothing", "nobody", "none", "neither"))
_ANSWERS_NO = ("no", "not", "never", "hardly", "nobody", "none", "nothing")


@dataclass(frozen=True, slots=True)
class Told:
    """A state that a sentence tells.

    Attributes:
        scale, state: names in ``scales.toml``. first, last: the words that tell it. stretch: the words of the sentence, first and
            last, that stand together with it between two marks or joining words.
    """

    scale: str
    state: str
    first: int
    last: int
    stretch: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Scale:
    """A scale: its kind of conflict, what such a conflict is about, which states exclude each other.

    Attributes:
        excluding: pairs of states that cannot both be. alike: groups of states that two tellings of one thing may give.
        denied, ahead: the state that one comes to where it is denied, or lies ahead; empty where that tells nothing.
    """

    name: str
    kind: str
    about: str
    denied: Mapping[str, str]
    ahead: Mapping[str, str]
    excluding: frozenset[tuple[str, str]]
    alike: tuple[frozenset[str], ...]

    def may_be_one(self, one: str, other: str) -> bool:
        """Whether two states may be what two tellings make of one fact."""
        return one == other or any(one in group and other in group for group in self.alike)

    def compares(self, state: str) -> bool:
        """Whether any state excludes this one."""
        return any(state in pair for pair in self.excluding)

    def excludes(self, one: str, other: str) -> bool:
        """Whether two states cannot both be."""
        return (one, other) in self.excluding or (other, one) in self.excluding


@cache
def _lists() -> dict[str, Any]:
    return tomllib.loads(files("travaux.analysis").joinpath("scales.toml").read_text(encoding="utf-8"))


@cache
def scales() -> Mapping[str, Scale]:
    """The scales by name."""
    return {
        name: Scale(
            name,
            made["kind"],
            made["about"],
            made["denied"],
            made["ahead"],
            frozenset((one, other) for one, other in made["excludes"]),
            tuple(map(frozenset, made.get("same", ()))),
        )
        for name, made in _lists().items()
        if "states" in made
    }


# ---------------------------------------------------------------------------------------------------- phrases in words

_Phrase = tuple[tuple[str, ...], str, str]  # its parts, and what it tells: a scale and a state


def _bases(past: str) -> Iterator[str]:
    """The forms that may stand behind "did not" or "will" where a phrase has the past: "adopt", "ratify", "approve", "drop"."""
    stem = past[:-2]
    yield f"{stem[:-1]}y" if stem.endswith("i") else stem
    yield f"{stem}e"
    if stem[-1] == stem[-2]:
        yield stem[:-1]


def _forms(phrase: str) -> Iterator[str]:
    """A phrase as it stands, or with the forms of its first word where that is marked as a verb ("+accept")."""
    if phrase[0] not in "+^":
        yield phrase
        return
    verb, *rest = phrase[1:].split()
    stem = verb[:-1] if verb.endswith("e") else verb
    if verb.endswith("y") and verb[-2] not in "aeiou":
        forms = [verb, f"{verb[:-1]}ies", f"{verb[:-1]}ied", f"{verb}ing"]
    else:
        forms = [
            verb,
            f"{verb}{'es' if verb.endswith(('s', 'sh', 'ch', 'x', 'o')) else 's'}",
            f"{stem}ed",
            f"{stem}ing",
        ]
    forms += _IRREGULAR.get(verb, ())
    yield from (" ".join((form, *rest)) for form in forms[phrase[0] == "^" :])


# Past forms of verbs in ``scales.toml`` that have others than "-ed".
_IRREGULAR = {
    "bless": ("blest",),
    "swear": ("swore", "sworn"),
    "undertake": ("undertook", "undertaken"),
    "withdraw": ("withdrew", "withdrawn"),
    "sleep": ("slept",),
    "permit": ("permitted", "permitting"),
    "plead": ("pled",),
    "commend": (),
}


def _by_beginning(phrases: Iterable[tuple[str, str, str]]) -> Mapping[str, list[_Phrase]]:
    """Phrases by the first three letters of their first word, so that a word meets few of them."""
    found: dict[str, list[_Phrase]] = defaultdict(list)
    for phrase, scale, state in ((form, scale, state) for given, scale, state in phrases for form in _forms(given)):
        parts = tuple(phrase.split())
        found[parts[0].rstrip("~")[:3]].append((parts, scale, state))
        if scale and len(parts[0]) > len("used") and parts[0].endswith("ed"):
            for base in _bases(parts[0]):  # "did not adopt", "will adopt"
                found[base[:3]].append(((base, *parts[1:]), scale, f"{state}{BASE}"))
    return found


@cache
def _states() -> Mapping[str, list[_Phrase]]:
    return _by_beginning(
        (phrase, name, state)
        for name, made in _lists().items()
        if "states" in made
        for state, listed in made["states"].items()
        for phrase in listed
    )


@cache
def _touching() -> Mapping[str, list[_Phrase]]:
    return _by_beginning((phrase, "", kind) for kind, listed in _lists()["negators"].items() for phrase in listed)


def _phrases_at(index: Mapping[str, list[_Phrase]], words: Sequence[str], at: int) -> list[tuple[int, str, str]]:
    """Of the phrases of each scale that begin at a word the longest: its last word and what it tells."""
    longest: dict[str, tuple[int, str, str]] = {}
    for parts, scale, state in index.get(words[at][:3], ()):
        end = phrase_end(parts, words, at, GAP)
        if end is not None and end > longest.get(scale, (-1, "", ""))[0]:
            longest[scale] = end, scale, state
    return list(longest.values())


# ------------------------------------------------------------------------------------------------------- states told


def stretches(text: str, tokens: Sequence[Token]) -> list[tuple[int, int]]:
    """The stretches of a sentence between two marks or joining words ("and", "while", "who"), by their first and last words."""
    joints = {first for first, _ in found_in("negators", "joints", tokens)}
    joints -= {first for first, last in found_in("negators", "ahead", tokens) for first in range(first, last + 1)}
    starts = [
        place
        for place, token in enumerate(tokens)
        if place == 0 or place in joints or _BREAK.search(text[tokens[place - 1].end : token.start])
    ]
    return [
        (one, (starts[number + 1] if number + 1 < len(starts) else len(tokens)) - 1)
        for number, one in enumerate(starts)
    ]


def states_told(text: str, sentence: Sentence, answer: Sentence | None = None) -> list[Told]:
    """The states that a sentence tells, in order.

    Args:
        answer: the sentence after it, where it is a question.
    """
    words = sentence.words
    asked = text[sentence.start : sentence.end].rstrip("\"'”’ ").endswith("?")
    if not any(word[:3] in _states() for word in words) or (asked and answer is None):
        return []
    denies = asked and answer is not None and answer.words[:1] and answer.words[0] in _ANSWERS_NO
    if asked and not denies and (answer is None or answer.words[:1] != ("yes",)):
        return []
    found: list[Told] = []
    touching: list[tuple[int, int, str]] = []
    for first, last in stretches(text, sentence.tokens):
        hung = any(kind == "hanging" for _, _, kind in touching) and words[first] in {"and", "or"}
        touching = list(_touching_in(words[first : last + 1], first))
        taken: dict[str, int] = {}
        for at in range(first, last + 1):
            for end, scale, state in _phrases_at(_states(), words, at):
                if at <= taken.get(scale, -1) or end > last:
                    continue
                taken[scale] = end
                meant = _meant(scales()[scale], state, words, (at, end), touching, denied=bool(denies))
                if scales()[scale].compares(meant) and not (hung and at == first + 1):  # "might yield and accept"
                    found.append(Told(scale, meant, at, end, (first, last)))
    opened = {one.stretch for one in found if (one.scale, one.state) == ("certainty", "open")}
    # "The final figure is to be fixed": what is called final is not.
    return [one for one in found if (one.scale, one.state) != ("certainty", "fixed") or one.stretch not in opened]


def _touching_in(words: Sequence[str], offset: int) -> Iterator[tuple[int, int, str]]:
    for at in range(len(words)):
        for end, _, kind in _phrases_at(_touching(), words, at):
            if tuple(words[at : at + 2]) not in _NEVER_DENIES:
                yield at + offset, end + offset, kind


def _meant(
    scale: Scale,
    state: str,
    words: Sequence[str],
    place: tuple[int, int],
    touching: Sequence[tuple[int, int, str]],
    *,
    denied: bool,
) -> str:
    """The state that a phrase comes to, what touches it taken into account; empty where it tells nothing."""
    before = [one for one in touching if one[1] < place[0]]
    # "No day for a signing has been named": what is denied stands before the verb.
    passive = bool(_PASSIVE & {words[place[0] - 1], *words[place[0] : place[1]]})
    whole = _WHOLE | {"no"} if passive else _WHOLE
    near = [one for one in before if place[0] - one[1] <= (FAR if words[one[0]] in whole else REACH)]
    bare, state = state.endswith(BASE), state.removesuffix(BASE)
    # "He would not accept it": what somebody would do is where the person stands, where nothing makes it hang.
    willed = scale.kind == "position" and WOULD not in words[place[0] : place[1] + 1]
    willed = willed and not (words[place[0] - 1] == "be" and words[place[0]].endswith("ed"))
    willed = willed and not _NOT_SAID.search(" ".join(words[: place[0]]))
    if any(
        kind == "hanging" and place[0] - end <= FAR and not (willed and words[end] == WOULD) for _, end, kind in before
    ):
        return ""
    if scale.kind == "position" and any(kind == "then" for _, _, kind in before):
        return ""
    far = [one for one in before if place[0] - one[1] <= FAR and words[one[1]] in {"that", "having", "ever", "any"}]
    number = len({one[1] for one in [*near, *far] if one[2] == "words"}) + denied
    if number > 1:
        return ""
    if number:
        return scale.denied.get(state, "")
    if any(kind == "ahead" for _, _, kind in near):
        return scale.ahead.get(state, state if scale.kind == "position" else "")
    return "" if bare else state


@cache
def vote_words() -> frozenset[str]:
    """Words of a vote, by which accepting and rejecting are a body's decision and not somebody's stance."""
    return frozenset(_lists()["votes"]["words"])


def tells_vote(sentence: Sentence) -> bool:
    """Whether a sentence tells of a vote."""
    return not vote_words().isdisjoint(sentence.words)
