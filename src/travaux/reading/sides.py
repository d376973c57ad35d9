"""Step 4, for a whole sentence: every side it tells on the options it names or on those named just before it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from travaux.model import Act, Stance
from travaux.reading.attribution import speaking_in
from travaux.reading.condition import Condition
from travaux.reading.cues import Cue, cue_at, lexicon, negated
from travaux.reading.holders import source_of, verb_source
from travaux.reading.linking import Link
from travaux.reading.mention import Mention
from travaux.reading.parse import Sentence
from travaux.reading.side import Side, apply_cue
from travaux.reading.stance import Walk

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

# Tokens between a cue and the option's words where the parser shows no tie between them. Tuned on the training passages.
FARTHEST_CUE = 15
UNTIL = {"unless", "until", "unless and until", "without", "not before"}
"""Marks of what somebody asks for who wants nothing else to be done before."""
LASTING = {"as long as", "so long as", "if", "while"}
"""Marks of what may be so now, and which whoever refuses something meanwhile wants to end."""
SETTING = UNTIL | {
    "provided",
    "provided that",
    "providing",
    "on condition that",
    "on the condition that",
    "only if",
    "only after",
    "only once",
}
"""Marks of what somebody asks for outright by setting it as a condition."""
ANSWERS = {"object", "agree", "concur", "disagree", "demur", "dissent", "refuse", "decline", "acquiesce", "consent"}
"""Verbs that need no object to answer what was just asked for."""
COMPLEMENTS = {"dobj", "prep", "ccomp", "xcomp", "oprd", "attr", "prt", "agent", "dative", "nsubjpass"}


@dataclass(frozen=True, slots=True)
class Found:
    """A side on an option, with the condition that goes with it.

    Attributes:
        carried: the option was named just before, and "it" or "the plan" points back to it.
        nearest: the parser shows no tie; the nearest cue was taken.
        asked: somebody makes it a condition and so asks for it.
    """

    side: Side
    link: Link
    condition: Condition | None
    carried: bool = False
    nearest: bool = False
    asked: bool = False


def sides_of(
    sentence: Sentence,
    mentions: Mapping[int, Mention],
    links: list[Link],
    earlier: list[Link],
    conditions: list[Condition],
    proposed: Mapping[str, Stance],
) -> Iterator[Found]:
    """Sides that a sentence tells on the options it names, or on those just named before it.

    Args:
        proposed: what was last asked for just before, as a stance by option; see `answers`.
    """
    doc = sentence.span.doc
    proposed = dict(proposed)
    told: set[tuple[str, tuple[str, ...]]] = set()
    for link in links:
        sides, nobody = sides_on(link, doc, mentions)
        for side in sides:
            anchor = doc[side.anchor]
            told.add((link.option, side.source.parties))
            inside = next((c for c in conditions if c.first <= anchor.i <= c.last), None)
            if inside is not None and side.token < inside.first:
                # What a party makes a condition, it demands, whatever it says of the thing on that condition.
                yield Found(
                    replace(side, stance=asked_in(inside, link, anchor, side), act=Act.DEMAND),
                    link,
                    None,
                    asked=inside.mark != "if",
                )
            else:
                yield Found(side, link, condition_outside(anchor.i, conditions))
                proposed[link.option] = side.stance
        if not nobody and not any(option == link.option for option, _ in told):
            near = nearest_side(link, sentence, mentions)
            inside = next((c for c in conditions if near is not None and c.first <= near.anchor <= c.last), None)
            if near is not None and inside is not None and wanted_first(near, inside):
                stance = asked_in(inside, link, doc[near.anchor], near)
                yield Found(
                    replace(near, stance=stance, act=Act.DEMAND), link, None, nearest=True, asked=inside.mark != "if"
                )
            elif near is not None:
                yield Found(near, link, condition_outside(near.anchor, conditions), nearest=True)
            else:
                yield from set_as_condition(link, sentence, mentions, conditions)
    known = {link.option: link for link in (*earlier, *links)}
    for side, option in answers(sentence, mentions, proposed):
        if option in known and (option, side.source.parties) not in told:
            told.add((option, side.source.parties))
            yield Found(side, known[option], None, carried=True)
    for anchor in pointing_back(sentence):
        # "It" and "the plan" mean what stood before them: in this sentence where it names an option, else just before.
        before = [link for link in links if link.tokens[-1] < anchor.i] or ([] if links else earlier)
        for side in Walk(anchor, mentions).sides:
            if anchor.lower_ == "neither" and anchor.dep_ != "nsubj":  # "offered neither"
                side = replace(side, stance=side.stance.opposite)
            for link in before:
                if (link.option, side.source.parties) not in told:
                    yield Found(side, link, condition_outside(anchor.i, conditions), carried=True)


def asked_in(condition: Condition, link: Link, anchor: Token, side: Side) -> Stance:
    """What a condition that holds an option's words asks: "until the order is withdrawn" asks that it be no more.

    Whoever refuses something as long as a thing is so asks that it be so no longer.
    """
    inner = told_within(condition, link, anchor)
    refused = side.stance is not inner
    return inner.opposite if condition.mark in LASTING and refused else inner


def told_within(condition: Condition, link: Link, anchor: Token) -> Stance:
    """Whether an option comes true by what a condition says."""
    behind_mark = condition.first + len(condition.mark.split())
    inner = walk_on(link, anchor, {}, (behind_mark, condition.last)).value
    return Stance.FOR if inner is Stance.OPEN else inner


def walk_on(link: Link, anchor: Token, mentions: Mapping[int, Mention], within: tuple[int, int] | None = None) -> Walk:
    """The walk from one of the words that name an option."""
    return Walk(
        anchor,
        mentions,
        absorb=link.does_away or link.of_what_goes,
        gone=link.of_what_goes,
        doings=link.doings,
        own=frozenset(link.tokens),
        within=within,
    )


def sides_on(link: Link, doc: Doc, mentions: Mapping[int, Mention]) -> tuple[list[Side], bool]:
    """Sides on one option: a walk from each of its words, the one nearest to the top first; one walk decides a party.

    And whether the sentence asks for, denies or keeps back a side, so that the nearest cue is none.
    """
    tokens = [doc[at] for at in link.tokens if at not in mentions] or [doc[at] for at in link.tokens]
    kept: dict[tuple[str, ...], list[Side]] = {}
    nobody = False
    for anchor in sorted(tokens, key=lambda token: (sum(1 for _ in token.ancestors), token.i)):
        found: dict[tuple[str, ...], list[Side]] = {}
        walk = walk_on(link, anchor, mentions)
        nobody = nobody or walk.nobody
        for side in walk.sides:
            found.setdefault(side.source.parties, []).append(side)
        for parties, sides in found.items():
            kept.setdefault(parties, sides)
    return [side for sides in kept.values() for side in sides], nobody


def answers(
    sentence: Sentence, mentions: Mapping[int, Mention], proposed: Mapping[str, Stance]
) -> Iterator[tuple[Side, str]]:
    """Sides of those who answer what was just asked for: "Ostland objected.", "This was opposed by Ostland", "…; Ostland concurred".

    Whoever objects to the deletion of a thing is for it.

    Args:
        proposed: what was last asked for, as a stance by option.
    """
    if not proposed:
        return
    for token in sentence.span:
        cue = answering(token)
        source = verb_source(token, mentions) if cue is not None else None
        if cue is None or source is None or not source.parties or negated(token):
            continue
        for option, stance in proposed.items():
            theirs = stance if cue.stance == "for" else stance.opposite
            yield Side(source, cue, token.i, theirs, cue.act, False, cue.speech, None, token.i, (cue.word,)), option


def answering(token: Token) -> Cue | None:
    """The cue of a verb that only answers: without an object ("objected"), or in the passive of "this"."""
    cue = cue_at(token) if token.pos_ == "VERB" else None
    if cue is None or cue.stance not in {"for", "against"}:
        return None
    this = [child for child in token.children if child.dep_ == "nsubjpass"]
    if this:
        return cue if this[0].lower_ == "this" else None
    bare = not any(child.dep_ in COMPLEMENTS and not is_apart(child, token) for child in token.children)
    return cue if bare and token.lemma_.lower() in ANSWERS else None


def is_apart(clause: Token, verb: Token) -> bool:
    """Whether a clause that the parser hangs on a verb is another's: before a semicolon, or behind a colon as the reason."""
    if clause.i > verb.i:
        return verb.i + 1 < verb.sent.end and verb.nbor(1).text == ":"
    return any(token.text == ";" for token in verb.doc[clause.i : verb.i])


def nearest_side(link: Link, sentence: Sentence, mentions: Mapping[int, Mention]) -> Side | None:
    """The side of the nearest cue before the option's words with a party for its source, where the grammar shows no tie."""
    doc, first = sentence.span.doc, link.tokens[0]
    for at in range(first - 1, max(sentence.span.start - 1, first - FARTHEST_CUE), -1):
        cue = cue_at(doc[at])
        if cue is None or cue.stance == "relay" or cue.word_class == "verdict":
            continue
        source = source_of(doc[at], mentions)
        if source is None or not source.parties:
            continue
        under = negated(doc[at])
        stance = apply_cue(Stance.FOR, cue, under)
        if stance is None:
            return None
        return Side(
            source,
            cue,
            at,
            stance,
            cue.act,
            False,
            cue.speech,
            None,
            first,
            (("not " if under else "") + cue.word,),
        )
    return None


def set_as_condition(
    link: Link, sentence: Sentence, mentions: Mapping[int, Mention], conditions: Sequence[Condition]
) -> Iterator[Found]:
    """What whoever speaks, or acts, sets as a condition, where no cue tells it: "no talks, it said, until the lender is readmitted"."""
    doc = sentence.span.doc
    first, last = link.tokens[0], link.tokens[-1]
    inside = next((c for c in conditions if c.mark in SETTING | LASTING and c.first <= first and last <= c.last), None)
    if inside is None:
        return
    outer = next((over for over in doc[first].ancestors if not inside.first <= over.i <= inside.last), None)
    outer = outer if outer is not None and outer.pos_ in {"VERB", "AUX"} else None
    refused = outer is not None and negated(outer)
    if inside.mark in LASTING and not refused:
        return
    holder = verb_source(outer, mentions) if outer is not None else None
    if holder is None:
        tellers = [one for one in speaking_in(sentence, mentions) if one.parties]
        holder = tellers[0] if len({one.parties for one in tellers}) == 1 else None
    if holder is None or not holder.parties:
        return
    anchor = doc[first]
    stance = told_within(inside, link, anchor)
    stance = stance.opposite if inside.mark in LASTING else stance
    side = Side(holder, None, inside.first, stance, Act.DEMAND, False, False, None, anchor.i, (inside.mark,))
    yield Found(side, link, None, asked=inside.mark != "if")


def wanted_first(side: Side, condition: Condition) -> bool:
    """Whether a side against something is told before a condition that holds the option's words: "not before X is done"."""
    return side.stance is Stance.AGAINST and side.token < condition.first and condition.mark in UNTIL


def condition_outside(anchor: int, conditions: list[Condition]) -> Condition | None:
    """The condition that goes with a side: the first one that does not hold the option's own words."""
    return next((c for c in conditions if not c.first <= anchor <= c.last), None)


def pointing_back(sentence: Sentence) -> list[Token]:
    """Words that stand for what was spoken of before, as the content of a cue: "rejected the plan", "welcomed it"."""
    words = lexicon()
    found: list[Token] = []
    if sentence.words.isdisjoint(words.general_nouns) and sentence.words.isdisjoint(words.general_pronouns):
        return found
    for token in sentence.span:
        general = token.lemma_.lower() in words.general_nouns and token.pos_ == "NOUN"
        if general and not any(
            child.lower_ in {"the", "this", "that", "these", "those", "such", "any"} for child in token.lefts
        ):
            continue
        pronoun = token.lower_ in words.general_pronouns and token.pos_ in {"PRON", "DET"}
        if not (general or pronoun) or token.dep_ not in {"dobj", "nsubjpass", "pobj", "nsubj"}:
            continue
        head = token.head if token.dep_ != "pobj" else token.head.head
        if cue_at(head) is not None or cue_at(token.head) is not None:
            found.append(token)
    return found
