"""Step 6: who vouches for a position: its own speaker, the narrator, another named party, or nobody named."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from travaux.model import Via
from travaux.reading.cues import is_speech
from travaux.reading.holders import mention_below, same, source_of
from travaux.reading.mention import Mention
from travaux.reading.offices import speaker_words
from travaux.reading.parse import Sentence
from travaux.reading.side import Side

if TYPE_CHECKING:
    from spacy.tokens import Token


TELLINGS = frozenset({"account", "view", "word", "telling"})
"""What somebody says, as a noun: "by his account"."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """Who vouches: the codebook's ``via`` and ``via_name``, and why, in words a user reads."""

    via: Via
    name: str | None
    says: str


def according_to(sentence: Sentence, mentions: Mapping[int, Mention]) -> Mention | None:
    """The source of "according to …", "in the words of …", "by his account" in a sentence, or None."""
    if sentence.words.isdisjoint(TELLINGS | {"according"}):
        return None
    for token in sentence.span:
        if token.lower_ == "according":
            for child in token.children:
                if child.lower_ == "to":
                    return mention_below(child, mentions) or owner_below(child, mentions) or unnamed_below(child)
        if token.lemma_.lower() in TELLINGS and token.dep_ == "pobj":
            owner = next(
                (mentions[child.i] for child in token.children if child.dep_ == "poss" and child.i in mentions), None
            )
            if owner is not None and token.head.lower_ in {"by", "in"}:
                return owner
    return None


def owner_below(preposition: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Whose words a preposition governs: "according to the envoy's statement"."""
    owners = (child for below in preposition.children for child in below.children if child.dep_ == "poss")
    return next((mentions[owner.i] for owner in owners if owner.i in mentions), None)


def unnamed_below(preposition: Token) -> Mention | None:
    """People whom a preposition governs and nobody names: "according to two persons informed of the talks"."""
    noun = next((child for child in preposition.children if child.dep_ == "pobj"), None)
    if noun is None or noun.pos_ != "NOUN" or noun.lemma_.lower() not in speaker_words()["anonymous"]:
        return None
    first = noun.left_edge.i
    body = noun.doc[first : noun.i + 1].text
    return Mention((), None, body, True, f"unnamed source: {body}", first, noun.i)


def voucher_of(side: Side, sentence: Sentence, mentions: Mapping[int, Mention]) -> Voucher:
    """Who vouches for one side.

    Somebody else's speech above it makes it hearsay; an unnamed source makes it anonymous; speech of its own party
    makes it the speaker's; all else is the narrator's word.
    """
    relayer = side.relayer
    if relayer is None:
        named = according_to(sentence, mentions)
        if named is not None and not same(named, side.source):
            relayer = named
        elif named is not None:
            if named.anonymous:
                return Voucher(Via.ANONYMOUS, named.body, f"told by {named.body}, whom nobody names")
            return Voucher(Via.SPEAKER, None, "according to the party itself")
    if side.source.anonymous:
        return Voucher(Via.ANONYMOUS, side.source.body, f"told by {side.source.body}, whom nobody names")
    if relayer is not None:
        if relayer.anonymous:
            return Voucher(Via.ANONYMOUS, relayer.body, f"told by {relayer.body}, whom nobody names")
        name = called(relayer, sentence)
        return Voucher(Via.OTHER, name, f"told by {name}, not by the party")
    if side.speech:
        return Voucher(Via.SPEAKER, None, "a word of speech has the party as its source")
    return Voucher(Via.NARRATOR, None, "the report says so in its own voice")


def speaking_in(sentence: Sentence, mentions: Mapping[int, Mention]) -> list[Mention]:
    """Everybody who is the source of a word of speech in a sentence, in order, those named beside a source among them."""
    return [
        speaker
        for token in sentence.span
        if is_speech(token) and (source := source_of(token, mentions)) is not None
        for speaker in together(source, mentions, sentence)
    ]


def heard_in(sentence: Sentence, mentions: Mapping[int, Mention]) -> list[Mention]:
    """Everybody to whom words of a sentence are given: whom it goes by ("according to"), then those who speak in it."""
    named = according_to(sentence, mentions)
    return [*([named] if named is not None else []), *speaking_in(sentence, mentions)]


def called(mention: Mention, sentence: Sentence) -> str:
    """The name of whoever relays: full name or body where there is one, else the party as the words give it."""
    doc = sentence.span.doc
    return mention.speaker or doc[mention.first : min(mention.last + 1, len(doc))].text


def together(source: Mention, mentions: Mapping[int, Mention], sentence: Sentence) -> list[Mention]:
    """A source and those named beside it in one subject: "Ankara and Kyiv", "leaders, including Mr Merz", "Oslo, with Kyiv,"."""
    doc = sentence.span.doc
    heads = [at for at, mention in mentions.items() if mention is source]
    found = [source]
    if not heads:
        return found
    waiting: list[Token] = [doc[heads[0]]]
    while waiting:
        token = waiting.pop()
        for child in token.children:
            joined = child.dep_ == "conj" or (child.dep_ == "prep" and child.lower_ in {"including", "like"})
            if (
                child.dep_ == "prep"
                and child.lower_ == "as"
                and any(below.lower_ == "such" for below in child.children)
            ):
                joined = True
            # Set off by commas it is a subject's companion; "talks with Kyiv" are held with it.
            joined = joined or (child.dep_ == "prep" and child.lower_ == "with" and set_off(child))
            if not joined:
                continue
            members = [child] if child.dep_ == "conj" else [below for below in child.children if below.dep_ == "pobj"]
            for member in members:
                if member.i in mentions and mentions[member.i] not in found:
                    found.append(mentions[member.i])
                waiting.append(member)
    return found


def set_off(preposition: Token) -> bool:
    """Whether what a preposition begins stands between commas right behind the word it hangs on."""
    end = preposition.right_edge.i + 1
    before = preposition.i > preposition.sent.start and preposition.nbor(-1).text == ","
    return before and end < preposition.sent.end and preposition.doc[end].text == ","


def voucher_weighed(via: Via, party: str, sentence: Sentence, mentions: Mapping[int, Mention]) -> Voucher:
    """Who vouches where the encoder found the position: its answer, held to what the sentence shows.

    Hearsay needs somebody else who speaks in the sentence, an unnamed source needs one that nobody names; without them
    the narrator is left.
    """
    speaking = speaking_in(sentence, mentions)
    named = according_to(sentence, mentions)
    others = [source for source in ([named] if named is not None else []) + speaking if party not in source.parties]
    unnamed = next((source for source in others + speaking if source.anonymous), None)
    if named is not None and party not in named.parties:
        # "According to the envoy" makes hearsay of the whole sentence.
        via = Via.ANONYMOUS if named.anonymous else Via.OTHER
    if via is Via.ANONYMOUS and unnamed is not None:
        return Voucher(Via.ANONYMOUS, unnamed.body, f"told by {unnamed.body}, whom nobody names")
    if via is Via.OTHER:
        other = next((source for source in others if source.speaker or source.parties), None)
        if other is not None:
            name = called(other, sentence)
            return Voucher(Via.OTHER, name, f"told by {name}, not by the party")
    if via is Via.SPEAKER:
        return Voucher(Via.SPEAKER, None, "weighed by the encoder: the party speaks itself")
    return Voucher(Via.NARRATOR, None, "the report says so in its own voice")
