"""Who else holds what was just said: "So does Oslo", "as did Kuwait", "Berlin does not", "Oslo asked for the same", "Oslo agreed".

Such words name no option. What they mean is whatever the statement holds that they answer, once reading has decided what that
is: of the same sentence where they stand behind it, else of the sentences right before.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from travaux.model import Act, Reason, Report, Stance, Statement, Via
from travaux.reading.attribution import Voucher, together
from travaux.reading.cues import cue_at, negated
from travaux.reading.line import Line
from travaux.reading.pronouns import SUBJECTS
from travaux.reading.sides import Found
from travaux.reading.writing import Held, statement_of, written

if TYPE_CHECKING:
    from spacy.tokens import Token

    from travaux.reading.mention import Mention

REACH = 2
"""Sentences of the same paragraph before an answer in which what it answers may stand."""
LONGEST_ANSWER = 3
"""Telling words beside names that an answer has at most: "welcomed it warmly"; more of them speak of something of their own."""
PLAIN_LINK = 0.5
"""A link of at least this score means that a sentence names an option itself."""
HEARING = {"confirm", "say", "tell", "reply", "note", "answer"}
LIKE = {"so", "as", "neither", "nor"}
HELPERS = {"do", "does", "did", "is", "are", "was", "were", "has", "have", "had"} | {
    "will",
    "would",
    "can",
    "could",
    "should",
    "must",
    "may",
}
THINKING = {"do", "think", "feel", "see", "hold", "act", "vote", "sound", "believe", "argue"}
BESIDE = {"neg", "advmod", "punct", "cc", "aux", "mark", "intj"}
TELLING = {"NOUN", "PROPN", "VERB", "ADJ", "NUM"}
WANTING = {Act.DEMAND, Act.PROPOSE, Act.OFFER}
"""Acts that are about a thing, and not about what others hold of it: "asks for just that"."""
SIGNS = re.compile(
    r"\b(?:so|as|neither|nor|same|likewise|too|not|do(?:es)?|did|would|will|ha[sd]|have|can|could)\b|n['’]t\b",
    re.IGNORECASE,
)
"""Without one of these words nobody's position is shared by its grammar alone."""


@dataclass(frozen=True, slots=True)
class Echo:
    """Somebody who holds what another does, or the opposite.

    Attributes:
        mention: who; at: the token that tells it; opposite: whether it is the opposite.
        here: whether what is shared stands before it in the same sentence.
    """

    mention: Mention
    at: int
    opposite: bool
    here: bool


def with_echoes(lines: Sequence[Line], found: Iterable[Statement], report: Report) -> Iterator[Statement]:
    """The statements of a report, and those of whoever shares or answers one of them; what contradicts such a one is left out."""
    by_start: dict[int, list[Statement]] = {}
    for statement in found:
        by_start.setdefault(statement.start, []).append(statement)
    for number, line in enumerate(lines):
        own = by_start.get(line.sentence.start, [])
        before = next(
            (
                told
                for earlier in reversed(lines[max(0, number - REACH) : number])
                if earlier.sentence.block == line.sentence.block
                and (told := [one for one in by_start.get(earlier.sentence.start, ()) if not one.former])
            ),
            [],
        )
        for made in (*shared(line, own, before, report), *answered(line, own, before, report)):
            own = [one for one in own if (one.party, one.option, one.former) != (made.party, made.option, made.former)]
            own.append(made)
        if own:
            by_start[line.sentence.start] = own
        yield from own


def shared(line: Line, own: Sequence[Statement], before: Sequence[Statement], report: Report) -> Iterator[Statement]:
    """Statements of those who hold what others do, or the opposite, by the grammar of a sentence."""
    if not (own or before) or not line.mentions or not SIGNS.search(line.sentence.span.text):
        return
    for echo in echoes_in(line):
        earlier = told_before(echo, line, own) if echo.here else before
        for party in echo.mention.parties:
            taken: dict[str, Statement] = {}
            for one in earlier:
                if one.party != party and not one.former and not (echo.opposite and one.stance is Stance.OPEN):
                    taken[one.option] = one
            for option, one in taken.items():
                stance = one.stance.opposite if echo.opposite else one.stance
                if not any((o.party, o.option, o.stance) == (party, option, stance) for o in own):
                    yield echoing(line, echo, one, Held(party, option, stance, act_of(one, echo), False), report)


def act_of(one: Statement, echo: Echo) -> Act:
    """The act of whoever shares a position, or does not."""
    if not echo.opposite:
        return one.act
    return Act.REJECT if one.stance is Stance.FOR else Act.SUPPORT


def echoing(line: Line, echo: Echo, one: Statement, held: Held, report: Report) -> Statement:
    """The statement of somebody who shares what another one tells."""
    word = line.sentence.span.doc[echo.at]
    place = line.sentence.place(word)
    tells = "does not share" if echo.opposite else "shares"
    reasons = [
        Reason("speaker", echo.mention.how),
        Reason("stance", f"“{word.text}”: {tells} what {one.party} holds", *place),
    ]
    via = one.via if one.via in {Via.SPEAKER, Via.NARRATOR} else Via.NARRATOR
    voucher = Voucher(via, None, f"told as that of {one.party} is")
    return statement_of(line, held, echo.mention, voucher, None, reasons, one.confidence, report)


def told_before(echo: Echo, line: Line, own: Sequence[Statement]) -> list[Statement]:
    """Statements of a sentence of whoever was named last, as a subject, before an echo in it; else all of them."""
    doc = line.sentence.span.doc
    subjects = [at for at in sorted(line.mentions, reverse=True) if at < echo.at and doc[at].dep_ in SUBJECTS]
    for at in subjects:
        theirs = [one for one in own if one.party in line.mentions[at].parties]
        if theirs:
            return theirs
    return list(own)


def echoes_in(line: Line) -> Iterator[Echo]:
    """Those who share what was said, or do not, in a sentence."""
    span = line.sentence.span
    for token in span:
        if token.lower_ in LIKE:
            mention = inverted_subject(token, line.mentions)
            opposite = False
        elif token.lower_ in HELPERS and token.dep_ in {"ROOT", "conj", "ccomp", "parataxis"}:
            mention, opposite = subject_alone(token, line.mentions), negated(token)
        elif token.lower_ in {"same", "likewise"}:
            mention, opposite = same_holder(token, line.mentions), False
        else:
            continue
        if mention is None or not mention.parties:
            continue
        here = sum(word.is_alpha for word in span.doc[span.start : min(token.i, mention.first)]) > 2
        for one in together(mention, line.mentions, line.sentence):
            yield Echo(one, token.i, opposite, here)


def inverted_subject(like: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who stands behind "so does", "as have" or "nor would", where no verb of their own follows."""
    doc, end = like.doc, like.sent.end
    if like.i + 2 >= end or doc[like.i + 1].lower_ not in HELPERS:
        return None
    first = like.i + 2
    found = next(
        (mention for mention in mentions.values() if mention.first in {first, first + 1} and mention.last < end), None
    )
    if found is None or (
        found.first == first + 1 and doc[first].lower_ not in {"the", "both"} and doc[first].pos_ != "PROPN"
    ):
        return None
    after = doc[found.last + 1] if found.last + 1 < end else None
    if after is not None and after.pos_ == "PROPN" and after.dep_ != "conj":
        after = doc[after.i + 1] if after.i + 1 < end else None
    ends = (
        after is None or after.is_punct or after.pos_ in {"CCONJ", "ADP", "SCONJ"} or after.lower_ in {"which", "who"}
    )
    return found if ends else None


def subject_alone(helper: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who is the subject of a verb that has nothing else: "Berlin does not", "so would Oslo, too"."""
    subject = next((child for child in helper.children if child.dep_ in SUBJECTS and child.i < helper.i), None)
    if subject is None or subject.i not in mentions:
        return None
    others = [child for child in helper.children if child.i != subject.i and child.dep_ not in BESIDE | {"conj"}]
    adverbs = {child.lower_ for child in helper.children if child.dep_ == "advmod"}
    return mentions[subject.i] if not others and adverbs <= {"too", "also", "not", "likewise", "now", "today"} else None


def same_holder(word: Token, mentions: Mapping[int, Mention]) -> Mention | None:
    """Who wants, says or does "the same", or does "likewise"."""
    if word.lower_ == "same":
        after = word.doc[word.i + 1] if word.i + 1 < word.sent.end else None
        if word.dep_ not in {"dobj", "pobj", "attr"} or (after is not None and after.pos_ in {"NOUN", "PROPN"}):
            return None
    verb = word.head if word.head.pos_ in {"VERB", "AUX"} else word.head.head
    if verb.pos_ not in {"VERB", "AUX"} or negated(verb) or verb.dep_ == "advcl":
        return None
    if verb.lemma_.lower() not in THINKING and cue_at(verb) is None:  # "likewise arrived by boat"
        return None
    subject = next((child for child in verb.children if child.dep_ == "nsubj"), None)
    return mentions.get(subject.i) if subject is not None else None


def answered(line: Line, own: Sequence[Statement], before: Sequence[Statement], report: Report) -> Iterator[Statement]:
    """Statements of those who answer what the sentences before hold, in few words: "Oslo could agree to this"."""
    carried = [
        (party, found, source) for party, found, source in line.members if found.carried and not found.side.former
    ]
    if (
        not (carried and before)
        or any(link.score >= PLAIN_LINK for link in line.links)
        or told_words(line) > LONGEST_ANSWER
    ):
        return
    done: set[tuple[str, str]] = {(one.party, one.option) for one in own}
    answering = {party for party, _, _ in carried}
    doc = line.sentence.span.doc
    others = [at for at, one in line.mentions.items() if doc[at].dep_ in SUBJECTS and not answering & set(one.parties)]
    for party, found, source in carried:
        if only_heard(found) or any(at < found.side.token for at in others):
            continue  # "Oslo does not want it in, and Bergen never agreed to it": who came before may be answered as well
        for one in before:
            if one.party == party:
                continue
            meant = about(found, one, line)
            if (party, one.option) not in done or meant.side.stance is not found.side.stance:
                done.add((party, one.option))
                yield written(line, party, meant, source, report)


def only_heard(found: Found) -> bool:
    """Whether a side is no more than silence on what was said: "has not confirmed it"."""
    return found.side.cue is not None and found.side.cue.word in HEARING


def about(found: Found, one: Statement, line: Line) -> Found:
    """A side told of what was spoken of before, as one on the option of a statement there.

    "It" is the thing; "this" and "that" are the statement itself: whoever regrets that Oslo refuses a levy is for one.
    """
    side = found.side
    whole = line.sentence.span.doc[side.anchor].lower_ in {"this", "that"} and side.act not in WANTING
    stance = side.stance.opposite if whole and one.stance is Stance.AGAINST else side.stance
    return replace(found, side=replace(side, stance=stance), link=replace(found.link, option=one.option))


def told_words(line: Line) -> int:
    """How many words of a sentence tell something and name nobody."""
    naming = {at for mention in line.mentions.values() for at in range(mention.first, mention.last + 1)}
    return sum(token.pos_ in TELLING and not token.is_stop and token.i not in naming for token in line.sentence.span)
